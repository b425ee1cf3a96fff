"""Three versions of a catalogue merged: what one side changed is there, and no translation is lost."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from polyleaf.catalogs import entry_merge, po
from polyleaf.catalogs.merge import Merged, merge
from polyleaf.errors import CatalogError

PATH = "locales/nl/LC_MESSAGES/knee.po"
HEADER = {"Content-Type": "text/plain; charset=UTF-8", "Language": "nl"}
MARKS = "#-#-#-#-#  ours: ,   #-#-#-#-#\n{}\n#-#-#-#-#  theirs: ,   #-#-#-#-#\n{}"

Fields = tuple[Any, ...]


def catalogue(*entries: Fields, header: dict[str, str] | None = None, comment: str = "") -> bytes:
    """Return a catalogue with *entries*: message, translation (after `~` fuzzy, after `-` obsolete), other fields."""
    file = po.new()
    file.header = comment
    file.metadata = {**HEADER, **(header or {})}
    for message, text, *rest in entries:
        fields = {"flags": [], **(rest[0] if rest else {})}
        entry = po.Entry(msgid=message, msgstr=text.lstrip("~-"), obsolete=text.startswith("-"), **fields)
        entry.flags = ["fuzzy"] * text.startswith("~") + entry.flags
        file.append(entry)
    return po.write(file)


def show(content: bytes) -> list[tuple[str, str]]:
    """Return the entries of a catalogue as `catalogue` takes them, without other fields."""
    return [(e.msgid, "-" * bool(e.obsolete) + "~" * e.fuzzy + e.msgstr) for e in po.parse(content, PATH)]


def merged(base: Iterable[Fields], ours: Iterable[Fields], theirs: Iterable[Fields]) -> list[tuple[str, str]]:
    return show(merge(catalogue(*base), catalogue(*ours), catalogue(*theirs), PATH).content)


def merge_all(versions: Iterable[bytes]) -> Merged:
    base, ours, theirs = versions
    return merge(base, ours, theirs, PATH)


A, B, C = ("Arm", "A1"), ("Back", "B1"), ("Calf", "C1")
TRANSLATIONS = {
    "one side translated": ("", "", "1", "1"),
    "one side changed": ("1", "1", "2", "2"),
    "both the same": ("", "1", "1", "1"),
    "a fuzzy text is confirmed": ("~1", "~1", "1", "1"),
    "a fuzzy text is changed": ("~1", "2", "~1", "2"),
    "a text is called fuzzy": ("1", "~1", "1", "~1"),
    "one is sure of the same text": ("", "~1", "1", "1"),
    "one translated, one offers nothing": ("", "", "~1", "~1"),
    "taken away": ("1", "1", "", ""),
    "now obsolete": ("1", "-1", "1", "-1"),
    "now obsolete, and changed": ("1", "-1", "2", "-2"),
    "back again": ("-1", "1", "-1", "1"),
    "back again, and changed": ("-1", "~1", "-1", "~1"),
}
CONFLICTS = {
    "two translations": ("", "1", "2", MARKS.format("1", "2")),
    "two changes": ("0", "1", "2", MARKS.format("1", "2")),
    "confirmed and changed": ("~1", "1", "~2", MARKS.format("1", "2")),
    "changed and taken away": ("1", "2", "", "2"),
    "a conflict of an earlier merge": (
        "",
        f"~{MARKS.format('1', '2')}",
        "3",
        f"{MARKS.format('1', '2')}\n#-#-#-#-#  theirs: ,   #-#-#-#-#\n3",
    ),
    "a conflict with a text that is in it": ("", f"~{MARKS.format('1', '2')}", "2", MARKS.format("1", "2")),
}


@pytest.mark.parametrize("name", TRANSLATIONS)
def test_a_translation_that_one_side_changed_is_taken(name: str) -> None:
    base, ours, theirs, expected = TRANSLATIONS[name]

    assert [("Knee", expected)] == merged([("Knee", base)], [("Knee", ours)], [("Knee", theirs)])
    assert [("Knee", expected)] == merged([("Knee", base)], [("Knee", theirs)], [("Knee", ours)])


@pytest.mark.parametrize("name", CONFLICTS)
def test_a_translation_that_both_changed_is_fuzzy_and_holds_both(name: str) -> None:
    base, ours, theirs, expected = CONFLICTS[name]
    result = merge(catalogue(A, ("Knee", base)), catalogue(A, ("Knee", ours)), catalogue(A, ("Knee", theirs)), PATH)

    assert [A, ("Knee", f"~{expected}")] == show(result.content)
    assert ["Knee"] == [conflict.message for conflict in result.conflicts]
    assert {'msgid "Knee"', "#, fuzzy"} & {result.content.decode().splitlines()[result.conflicts[0].line - 1]}


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        ([A, B], [A], [A, B], [A]),
        ([A, B], [A], [A, ("Back", "B2")], [A, ("Back", "-B2")]),
        ([A, ("Back", "")], [A], [A, B], [A, ("Back", "-B1")]),
        ([A, ("Back", "")], [A], [A, ("Back", "")], [A]),
        ([A, ("Back", "-B1")], [A], [A, ("Back", "-B1")], [A]),
        ([A, B], [A], [A, ("Back", "-B1")], [A, ("Back", "-B1")]),
        ([A, ("Back", "-B1")], [A], [A, B], [A, B]),
        ([A, ("Back", "-B1")], [A], [A, ("Back", "")], [A, ("Back", "")]),
        ([A, ("Back", "-B1")], [A], [A, ("Back", "-B2")], [A, ("Back", "-B2")]),
        ([A, B], [A], [A], [A]),
        ([A], [A, B], [A], [A, B]),
        ([A], [B, A], [A, C], [B, A, C]),
        ([A], [A, B], [A, C], [A, B, C]),
        ([A], [B, A], [C, A], [B, C, A]),
        ([], [A, B], [A, C], [A, B, C]),
        ([A, B, C], [C, A, B], [A, B, C, ("New", "")], [C, ("New", ""), A, B]),
        ([A, B, C], [A, ("New", ""), B, C], [C, A, B], [C, A, ("New", ""), B]),
        ([A, B], [A, ("Back", "-B1"), ("Old", "-O")], [A, B, C], [A, C, ("Back", "-B1"), ("Old", "-O")]),
        ([A, ("Old", "-O")], [A, B, ("Old", "-O")], [A, ("Old", "O")], [A, B, ("Old", "O")]),
    ],
)
def test_entries_come_and_go_and_keep_their_order(
    base: Sequence[Fields], ours: Sequence[Fields], theirs: Sequence[Fields], expected: list[Fields]
) -> None:
    assert expected == merged(base, ours, theirs)


def test_all_else_of_an_entry_is_merged_by_what_changed() -> None:
    base = {"tcomment": "a\nb", "comment": "x", "occurrences": [("a.md", "")], "flags": ["python-brace-format"]}
    ours = {**base, "tcomment": "a\nb\nours", "comment": "y", "flags": ["python-brace-format", "max-length:9"]}
    theirs = {**base, "tcomment": "a\ntheirs", "occurrences": [("b.md", "")], "flags": []}
    content = merge_all(catalogue(("Knee", "1", fields)) for fields in (base, ours, theirs)).content
    entry = po.parse(content, PATH)[0]

    assert ("a\nours\ntheirs", "y", [("b.md", "")]) == (entry.tcomment, entry.comment, entry.occurrences)
    assert "python-brace-format" not in entry.flags


@pytest.mark.parametrize("first", [0, 1])
def test_the_header_has_the_later_revision_with_its_translator_and_the_later_template(first: int) -> None:
    sides = [
        {"POT-Creation-Date": "2026-03-05 12:00+0000", "PO-Revision-Date": "2026-03-02 12:00+0100", "X-Generator": "P"},
        {"POT-Creation-Date": "2026-03-04 12:00+0000", "PO-Revision-Date": "2026-03-02 11:30+0000", "X-Bugs": "x"},
    ]
    base = {"POT-Creation-Date": "2026-03-01 12:00+0000", "PO-Revision-Date": "2026-03-01 12:00+0000"}
    people = [{"Last-Translator": "Ana"}, {"Last-Translator": "Ben", "Language-Team": "Dutch"}]
    headers = [{**side, **names} for side, names in zip(sides, people, strict=True)]
    versions = [catalogue(A, header=header) for header in ({**base, **people[1]}, headers[first], headers[1 - first])]

    assert {
        **HEADER,
        "POT-Creation-Date": "2026-03-05 12:00+0000",
        "PO-Revision-Date": "2026-03-02 11:30+0000",
        "Last-Translator": "Ben",
        "X-Generator": "P",
        "X-Bugs": "x",
    } == po.parse(merge_all(versions).content, PATH).metadata


def test_plural_forms_of_other_tools_are_merged_too() -> None:
    def forms(*texts: str) -> bytes:
        return catalogue(("Day", "", {"msgid_plural": "Days", "msgstr_plural": dict(enumerate(texts))}))

    added = po.parse(merge(forms("", ""), forms("", ""), forms("Dag", "Dagen"), PATH).content, PATH)[0]
    conflict = po.parse(merge(forms("", ""), forms("Dag", "Dage"), forms("Dag", "Dagen"), PATH).content, PATH)[0]

    assert ({0: "Dag", 1: "Dagen"}, False) == (added.msgstr_plural, added.fuzzy)
    assert ({0: "Dag", 1: MARKS.format("Dage", "Dagen")}, True) == (conflict.msgstr_plural, conflict.fuzzy)


def test_the_old_message_goes_with_the_translation_that_is_taken() -> None:
    fuzzy = ("Knee", "~1", {"previous_msgid": "Old"})
    confirmed = merge(catalogue(fuzzy), catalogue(fuzzy), catalogue(("Knee", "1")), PATH).content
    made_fuzzy = merge(catalogue(("Knee", "1")), catalogue(fuzzy), catalogue(("Knee", "1")), PATH).content

    assert [None, "Old"] == [po.parse(content, PATH)[0].previous_msgid for content in (confirmed, made_fuzzy)]


def test_the_marks_of_a_conflict_are_those_of_msgcat(tmp_path: Path) -> None:
    for text in "12":
        (tmp_path / text).write_bytes(catalogue(("Knee", text), header={"X-Text": text}))
    process = subprocess.run(["msgcat", "1", "2"], cwd=tmp_path, capture_output=True, check=True)
    theirs = po.parse(process.stdout, PATH)[0]
    ours = po.parse(merge(b"", catalogue(("Knee", "1")), catalogue(("Knee", "2")), PATH).content, PATH)[0]
    sides = re.compile("(?<=^#-#-#-#-#  ).*(?=  #-#-#-#-#$)", re.MULTILINE)

    assert sides.sub("", theirs.msgstr) == sides.sub("", ours.msgstr)
    assert theirs.fuzzy
    assert entry_merge.is_conflict(theirs.msgstr)


@pytest.mark.parametrize("text", ["", "Knie", "# Knie", "#-# Knie #-#", "Bel #31#"])
def test_other_texts_are_no_conflict(text: str) -> None:
    assert not entry_merge.is_conflict(text)


@pytest.mark.parametrize("side", [0, 1, 2])
@pytest.mark.parametrize("damage", [b"hello\n", b'\nmsgid "Arm"\nmsgstr "x"\n', b"\xff\n"])
def test_a_damaged_file_is_named_with_its_side_and_line(damage: bytes, side: int) -> None:
    versions = [catalogue(A), catalogue(A), catalogue(A)]
    versions[side] += damage
    with pytest.raises(CatalogError) as caught:
        merge_all(versions)

    name = ("base", "ours", "theirs")[side]
    assert caught.value.message.startswith(f"{PATH} ({name}):")
    assert caught.value.hint


MESSAGES = ("Arm", "Back", "Calf", "Knee")
TEXTS = st.sampled_from(["", "1", "2", "~1", "~2", "-1", "-2"])
VERSIONS = st.permutations(MESSAGES).flatmap(
    lambda messages: st.lists(TEXTS, max_size=len(messages)).map(lambda texts: list(zip(messages, texts, strict=False)))
)
law = settings(max_examples=60, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.mark.law
@law
@given(VERSIONS, VERSIONS)
def test_a_side_that_changed_nothing_changes_nothing(base: list[Fields], other: list[Fields]) -> None:
    before, after = catalogue(*base), catalogue(*other)
    kept = {message for message, _ in show(after)}

    for versions in ((before, before, after), (before, after, before), (before, after, after)):
        result = merge_all(versions)
        assert () == result.conflicts
        assert sorted(show(after)) == sorted(row for row in show(result.content) if row[0] in kept)


@pytest.mark.law
@law
@given(VERSIONS, VERSIONS, VERSIONS)
def test_no_new_translation_is_lost_and_both_directions_agree(
    base: list[Fields], ours: list[Fields], theirs: list[Fields]
) -> None:
    known = {(message, text.lstrip("~-")) for message, text in show(catalogue(*base))}
    wanted = {(m, text.lstrip("~-")) for side in (ours, theirs) for m, text in show(catalogue(*side))} - known
    there = merge(catalogue(*base), catalogue(*ours), catalogue(*theirs), PATH)
    back = merge(catalogue(*base), catalogue(*theirs), catalogue(*ours), PATH)
    texts = dict(show(there.content))

    assert {conflict.message for conflict in there.conflicts} == {conflict.message for conflict in back.conflicts}
    assert [] == [(message, text) for message, text in wanted if text and text not in texts.get(message, "")]
    assert all(texts[conflict.message].lstrip("-").startswith("~") for conflict in there.conflicts)
