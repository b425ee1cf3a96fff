"""Units to and from PO files: nothing a translator wrote is lost, and nothing is offered that could be wrong."""

from __future__ import annotations

import gettext
import re
import subprocess
from dataclasses import replace

import pytest
from babel import Locale
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import support
from polyleaf import catalogs
from polyleaf.catalogs import po
from polyleaf.errors import CatalogError, ToolMissing
from polyleaf.model import Unit

WHERE = "locales/nl/LC_MESSAGES/knee.po"


def unit(message: str, context: str = "", line: int = 1, path: str = "source/knee.md") -> Unit:
    return Unit(0, message, context, "paragraph", "Use", f"{path}:{line}")


def pot(*messages: str | Unit) -> bytes:
    extracted = [unit(message) if isinstance(message, str) else message for message in messages]
    return catalogs.make_template("knee", extracted, "en", support.NOW)


def translated(pairs: dict[str, str], *, fuzzy: bool = False, language: str = "nl") -> bytes:
    """Return a catalogue with the translations in *pairs*."""
    file = po.parse(catalogs.update(pot(*pairs), None, language, WHERE), WHERE)
    for entry in file:
        entry.msgstr = pairs[entry.msgid]
        entry.flags += ["fuzzy"] if fuzzy else []
    return po.write(file)


def updated(before: bytes, *messages: str | Unit, language: str = "nl") -> dict[str, po.Entry]:
    """Return the entries by message after an update to *messages*."""
    return {entry.msgid: entry for entry in po.parse(catalogs.update(pot(*messages), before, language, WHERE), WHERE)}


def test_a_new_catalogue_has_a_whole_header() -> None:
    metadata = po.parse(catalogs.update(pot("Knee"), None, "pt_BR", WHERE), WHERE).metadata

    assert {
        "Project-Id-Version": "knee",
        "Report-Msgid-Bugs-To": "",
        "POT-Creation-Date": "2026-03-01 12:00+0000",
        "PO-Revision-Date": "2026-03-01 12:00+0000",
        "Last-Translator": "none yet",
        "Language-Team": "none yet",
        "Language": "pt_BR",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": "en",
        "Plural-Forms": "nplurals=2; plural=(n > 1);",
    } == metadata


def test_the_dates_of_a_header_are_not_on_adjacent_lines_which_git_could_not_merge() -> None:
    before = translated({"Knee": "Knie"}).decode()
    gettext = re.sub(r'("POT-Creation-Date.*\n)("Report-Msgid-Bugs-To.*\n)', r"\2\1", before)
    names = re.findall(r'^"([\w-]+): ', before, re.MULTILINE)

    assert ["Project-Id-Version", "POT-Creation-Date", "Report-Msgid-Bugs-To", "PO-Revision-Date"] == names[:4]
    assert before != gettext
    assert before == catalogs.update(pot("Knee"), gettext.encode(), "nl", WHERE).decode()


@pytest.mark.parametrize("code", ["nl", "en", "de", "fr", "es", "ar", "pl", "uk", "zh_Hans", "pt_BR"])
def test_the_plural_rule_is_that_of_cldr_for_whole_numbers(code: str) -> None:
    header = po.parse(catalogs.update(pot("Knee"), None, code, WHERE), WHERE).metadata["Plural-Forms"]
    parts = re.fullmatch(r"nplurals=(\d); plural=(.*);", header)
    assert parts
    rule = gettext.c2py(parts[2])
    pairs = {(rule(number), Locale.parse(code).plural_form(number)) for number in range(1000)}

    assert int(parts[1]) == len(pairs) == len(dict(pairs))


def test_the_header_of_a_catalogue_is_its_translators() -> None:
    text = translated({"Knee": "Knie"}).decode()
    text = text.replace("none yet", "A. Translator <a@b.example>").replace(
        '"X-Source', '"X-Generator: Tool 1.0\\n"\n"X-Odd: yes\\n"\n"X-Source'
    )
    text = "# Made with care.\n" + text
    updated = catalogs.update(pot("Knee", "Leg"), text.encode(), "nl", WHERE).decode()

    assert "# Made with care.\n" in updated
    assert '"X-Generator: Tool 1.0\\n"' in updated
    assert '"X-Odd: yes\\n"' in updated
    assert '"Last-Translator: A. Translator <a@b.example>\\n"' in updated


def test_what_translators_note_stays_with_the_message() -> None:
    long = "A note of a translator that is a good deal longer than the seventy-nine columns of a line in a catalogue."
    text = translated({"Knee": "Knie"}).replace(b"#. paragraph", f"# {long}\n#. paragraph".encode())

    assert long == updated(text, "Knee")["Knee"].tcomment
    assert long == updated(text, "Leg")["Knee"].tcomment


def test_a_message_that_goes_is_kept_and_comes_back() -> None:
    before = translated({"Bend the knee.": "Buig de knie.", "Stop.": "Stop."})
    without = catalogs.update(pot("Stop."), before, "nl", WHERE)
    again = updated(without, "Bend the knee.", "Stop.")["Bend the knee."]

    assert b'#~ msgid "Bend the knee."' in without
    assert b"#~|" not in without
    assert ("Buig de knie.", False, 0) == (again.msgstr, again.fuzzy, again.obsolete)


def test_a_message_that_goes_untranslated_leaves_nothing() -> None:
    assert ["Stop."] == list(updated(translated({"Bend.": "", "Stop.": "Stop."}), "Stop."))


def test_a_small_change_offers_the_old_translation_beside_the_old_message() -> None:
    entry = updated(translated({"Bend the knee slowly.": "Buig de knie langzaam."}), "Bend the knee very slowly.")
    changed = entry["Bend the knee very slowly."]

    assert ("Buig de knie langzaam.", True, "Bend the knee slowly.") == (
        changed.msgstr,
        changed.fuzzy,
        changed.previous_msgid,
    )


@pytest.mark.parametrize(
    "new", ["Always bend the knee slowly.", "Bend the knee slowly and wait.", "Just bend it slowly."]
)
def test_a_word_that_may_answer_a_negation_is_no_other_fact(new: str) -> None:
    entry = updated(translated({"Bend the knee slowly.": "Buig.", "Bend it slowly.": "Buig."}), new)[new]

    assert ("Buig.", True) == (entry.msgstr, entry.fuzzy)


def test_what_is_fuzzy_stays_fuzzy_with_its_old_message() -> None:
    before = catalogs.update(
        pot("Bend the knee very slowly."), translated({"Bend the knee slowly.": "Buig."}), "nl", WHERE
    )
    entry = updated(before, "Bend the knee very slowly.")["Bend the knee very slowly."]

    assert (True, "Bend the knee slowly.") == (entry.fuzzy, entry.previous_msgid)


def test_a_fuzzy_message_that_goes_leaves_no_old_message_behind() -> None:
    before = catalogs.update(
        pot("Bend the knee very slowly."), translated({"Bend the knee slowly.": "Buig."}), "nl", WHERE
    )
    updated = catalogs.update(pot("Something else."), before, "nl", WHERE)

    assert b"#~|" not in updated
    assert b"#|" not in updated
    assert (
        0 == subprocess.run(["msgfmt", "-c", "-o", "-", "-"], input=updated, capture_output=True, check=True).returncode
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Take 250 mg of it each day.", "Take 350 mg of it each day."),
        ("Take 2.5 mg of it each day.", "Take 25 mg of it each day."),
        ("Take 250mg of it each day.", "Take 250g of it each day."),
        ("Take 5 µg of it each day.", "Take 5 mg of it each day."),
        ("Take 5 mg of it each day.", "Take 5 ml of it each day."),
        ("Take ½ tablet of it each day.", "Take ¼ tablet of it each day."),
        ("Take two tablets of it each day.", "Take ten tablets of it each day."),
        ("Take it once, not more, each day.", "Take it twice, not more, each day."),
        ("Take 2 tablets 3 times each day.", "Take 3 tablets 2 times each day."),
        ("Wait 2 hours after the tablet.", "Wait 2 days after the tablet."),
        ("Wait 2 hours after the tablet.", "Wait 2 hours before the tablet."),
        ("You do take this with other tablets.", "You don’t take this with other tablets."),
        ("You can take this with other tablets.", "You cannot take this with other tablets."),
        ("The value must be < 5 in all tests.", "The value must be > 5 in all tests."),
        ("The value is 5 % in all tests.", "The value is 5 ‰ in all tests."),
        ("تناول ٢ أقراص كل يوم مع الماء", "تناول ٣ أقراص كل يوم مع الماء"),
    ],
)
def test_nothing_is_offered_across_other_facts(old: str, new: str) -> None:
    entry = updated(translated({old: "Old translation."}), new)[new]

    assert ("", False, None) == (entry.msgstr, entry.fuzzy, entry.previous_msgid)


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [
        ("nl", "Slik dit wel samen met andere pillen.", "Slik dit niet samen met andere pillen."),
        ("nl", "Slik dit met andere pillen van uw arts.", "Slik dit zonder andere pillen van uw arts."),
        ("nl", "Slik per dag niet meer dan 250 mg.", "Slik per dag niet minder dan 250 mg."),
        ("nl", "Slik twee pillen per dag na het eten.", "Slik drie pillen per dag na het eten."),
        ("de", "Nehmen Sie die Tablette vor dem Essen.", "Nehmen Sie die Tablette nach dem Essen."),
        ("sw", "Usinywe dawa hii leo.", "Unywe dawa hii leo."),
    ],
)
def test_facts_are_read_in_the_language_of_the_source(language: str, old: str, new: str) -> None:
    before = _template(old, language=language)
    content = po.parse(catalogs.update(before, None, "en", WHERE), WHERE)
    content[0].msgstr = "Old translation."
    updated = catalogs.update(_template(new, language=language), po.write(content), "en", WHERE)

    assert "" == next(entry.msgstr for entry in po.parse(updated, WHERE) if entry.msgid == new)


def _template(message: str, language: str) -> bytes:
    return catalogs.make_template("knee", [Unit(0, message, "", "paragraph", "", "a.md:1")], language, support.NOW)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Knee", Unit(0, "Knee", "meta:title", "title", "", "a.md:1")),
        ("Bend the knee.", "Something quite different."),
        ("Bend.", "Bend. Then rest a little, and bend it again."),
    ],
)
def test_nothing_is_offered_that_is_another_text(old: str, new: str | Unit) -> None:
    message = new if isinstance(new, str) else new.message
    updated = po.parse(catalogs.update(pot(new), translated({old: "Old"}), "nl", WHERE), WHERE)

    assert [("", False)] == [
        (entry.msgstr, entry.fuzzy) for entry in updated if entry.msgid == message and not entry.obsolete
    ]


def test_the_date_of_a_template_moves_only_with_its_messages() -> None:
    long = Unit(0, "Bend", "", "paragraph", "S" * 100, "source/knee.md:4", legend=("[…][a] = link to ", "x" * 90))
    first = catalogs.make_template("knee", [long], "en", support.NOW)
    moved = catalogs.make_template("knee", [replace(long, location="source/leg.md:4")], "en", support.LATER, first)
    changed = catalogs.make_template("knee", [long, unit("Stop")], "en", support.LATER, first)

    assert b"2026-03-01" in moved
    assert b"#: source/leg.md\n" in moved
    assert b"2027-06-01" in changed


def test_the_date_of_a_catalogue_moves_only_with_its_messages() -> None:
    before = translated({"Bend": "Buig", "Stop": "Stop"}).replace(b"#: source/knee.md", b"#: source/knee.md:4")
    changes = {
        "nothing but references": ("2026-03-01", unit("Stop", line=9)),
        "another message": ("2027-06-01", unit("Rest")),
        "another section": ("2027-06-01", replace(unit("Stop"), section="Rest")),
    }
    dates = {}
    for name, (_, changed) in changes.items():
        template = catalogs.make_template("knee", [unit("Bend"), changed], "en", support.LATER)
        merged = catalogs.update(template, before, "nl", WHERE).decode()
        dates[name] = re.findall(r"POT-Creation-Date: ([\d-]+)", merged)
        assert "knee.md:" not in merged

    assert {name: [date] for name, (date, _) in changes.items()} == dates


def test_the_same_message_twice_is_one_entry_with_a_reference_for_each_file_and_none_to_lines() -> None:
    figure = unit("Rest", line=3, path="source/media/knee.svg")
    text = pot(unit("Rest", line=4), unit("Rest", line=9), figure, unit("Bend")).decode()

    assert 1 == text.count('msgid "Rest"')
    assert ["source/knee.md source/media/knee.svg", "source/knee.md"] == re.findall("^#: (.*)$", text, re.MULTILINE)


def test_the_references_of_one_message_in_several_contexts_hold_the_contexts() -> None:
    text = pot(unit("Rest"), unit("Rest", "rest|deel"), unit("Bend", "meta:title")).decode()

    assert ["knee.md", "knee.md#rest%7Cdeel", "knee.md"] == re.findall("^#: source/(.*)$", text, re.MULTILINE)


def test_a_change_of_the_source_changes_no_other_entry_of_a_catalogue() -> None:
    before = translated({"Bend": "Buig", "Stop": "Stop"})
    units = [unit("Rest", line=1), unit("Bend", line=3), unit("Stop", line=5)]
    after = catalogs.update(catalogs.make_template("knee", units, "en", support.LATER), before, "nl", WHERE)
    lines = set(after.decode().splitlines()) ^ set(before.decode().splitlines())

    assert {'"POT-Creation-Date', 'msgid "Rest"'} == {line.partition(":")[0] for line in lines}


def test_a_path_with_a_space_stays_one_reference() -> None:
    updated = catalogs.update(pot(unit("Rest", path="source/my knee.md", line=4)), None, "nl", WHERE).decode()

    assert "#: \u2068source/my knee.md\u2069\n" in updated


def test_a_message_with_a_mark_is_checked_by_everybodys_tools() -> None:
    marked = Unit(0, "Bend{fn1}", "", "paragraph", "", "a.md:1", marks={"fn1": {"t": "Note", "c": []}})
    wrapped = Unit(0, "[Bend][a]", "", "paragraph", "", "a.md:1", marks={"a": {"t": "Link", "c": []}})
    flags = {entry.msgid: entry.flags for entry in po.parse(pot(marked, wrapped, "10 % diarree"), "x")}

    assert {"Bend{fn1}": ["python-brace-format"], "[Bend][a]": [], "10 % diarree": []} == flags


def test_a_catalogue_says_what_may_be_printed_and_where_it_stands() -> None:
    catalog = catalogs.read(translated({"Knee": "Knie", "Leg": ""}), "nl", WHERE)

    assert "Knie" == catalog.translation(unit("Knee"))
    assert catalog.translation(unit("Leg")) is None
    assert catalog.translation(unit("Arm")) is None
    assert f"{WHERE}:17" == catalog.location(unit("Knee"))
    assert WHERE == catalog.location(unit("Arm"))


def test_a_fuzzy_translation_is_not_printed() -> None:
    catalog = catalogs.read(translated({"Knee": "Knie"}, fuzzy=True), "nl", WHERE)

    assert catalog.translation(unit("Knee")) is None


def test_an_obsolete_translation_is_not_printed() -> None:
    catalog = catalogs.read(catalogs.update(pot("Leg"), translated({"Knee": "Knie"}), "nl", WHERE), "nl", WHERE)

    assert catalog.translation(unit("Knee")) is None


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b'msgid ""\nmsgstr "\xff"\n', f"{WHERE}:2: this is not UTF-8"),
        (b"this is no catalogue\n", f'{WHERE}:1: gettext refuses this: keyword "this" unknown'),
        (b"", f"{WHERE}:1: the charset is missing, not UTF-8"),
        (b'msgid ""\nmsgstr "Content-Type: text/plain; charset=CP1252\\n"\n', "charset is CP1252"),
        (b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n', "Language: nothing, not nl"),
        (translated({"Knee": "Genou"}, language="fr"), "Language: fr, not nl"),
        (translated({"A": "1"}) + b'\nmsgid ""\nmsgstr "x"\n', f"{WHERE}:22: the header is there twice"),
        (
            translated({"A": "1"}) + b'\nmsgid ""\nmsgstr "x"\n#, no-wmsgctxt " "a"\n',
            f"{WHERE}:22: the header is there",
        ),
        (translated({"A": "1"}) + b'\nmsgid "A"\nmsgstr "2"\n', f"{WHERE}:22: the message 'A' is there twice"),
    ],
)
def test_a_catalogue_that_cannot_be_trusted_is_refused(content: bytes, fault: str) -> None:
    with pytest.raises(CatalogError) as caught:
        catalogs.read(content, "nl", WHERE)
    with pytest.raises(CatalogError):
        catalogs.update(pot("Knee"), content, "nl", WHERE) if content else catalogs.read(content, "nl", WHERE)

    assert fault in caught.value.message
    assert caught.value.hint


def test_a_catalogue_from_windows_is_read() -> None:
    content = b"\xef\xbb\xbf" + translated({"Knee": "Knie"}).replace(b"\n", b"\r\n")

    assert "Knie" == catalogs.read(content, "nl", WHERE).translation(unit("Knee"))


def test_a_tag_in_the_header_is_taken_for_the_code() -> None:
    content = translated({"Knee": "Joelho"}, language="pt_BR").replace(b"Language: pt_BR", b"Language: pt-BR")

    assert "Joelho" == catalogs.read(content, "pt_BR", WHERE).translation(unit("Knee"))


def test_old_lines_that_babel_trips_over_are_dropped() -> None:
    content = translated({"Knee": "Knie"}) + b'\n#~| msgid "Shin"\n#~ msgid "Leg"\n#~ msgstr "Been"\n'
    updated = catalogs.update(pot("Knee"), content, "nl", WHERE)

    assert b'#~ msgid "Leg"' in updated
    assert b"#~|" not in updated


def test_without_gettext_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(ToolMissing, match="GNU gettext"):
        pot("Knee")


def test_what_msgcat_refuses_is_our_error() -> None:
    with pytest.raises(CatalogError, match="msgcat refuses"):
        pot("Knee\x04")


def test_the_labels_of_a_theme_are_what_may_be_printed() -> None:
    content = 'msgid "Notes"\nmsgstr "Noten"\n\n#, fuzzy\nmsgid "Sources"\nmsgstr "Bron"\n'

    assert {"Notes": "Noten"} == catalogs.read_labels(content, "nl")


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), include_characters='\t\n\\"\u2028\u2029\x85'),
    min_size=1,
    max_size=30,
)


@pytest.mark.law
@settings(max_examples=15, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(TEXT, TEXT), min_size=20, max_size=20, unique_by=lambda pair: pair[0]))
def test_whatever_is_written_is_read_again(pairs: list[tuple[str, str]]) -> None:
    file = po.new()
    file.metadata = {"Content-Type": "text/plain; charset=UTF-8"}
    file.extend(po.Entry(msgid=message, msgstr=text) for message, text in pairs)
    content = po.write(file)

    assert pairs == [(entry.msgid, entry.msgstr) for entry in po.parse(content, WHERE)]
