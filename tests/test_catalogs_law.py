"""A law: what msgcat reads, polyleaf reads as the same; what it refuses, polyleaf refuses in its words, with a line."""

from __future__ import annotations

import gettext
import io
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import support
from polyleaf import catalogs
from polyleaf.catalogs import po
from polyleaf.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = pytest.mark.law

PATH = "x.po"
HEADER = 'msgid ""\nmsgstr ""\n"Language: nl\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
OURS = re.compile(r"x\.po:\d+: (this is not UTF-8|there is a NUL|a catalogue has no `domain`|the charset is )")
"""What we refuse before msgcat does, or where it is silent."""

EMPTY = re.compile(r"#[.]?$|#,")
"""The lines of a catalogue that are compared apart, or that say nothing."""

LAW = settings(
    max_examples=200, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)

SMALL = f"""# Head.
{HEADER}
# Note.
#. paragraph · Use
#: a.md
#, fuzzy, c-format
#| msgid "old"
msgctxt "c"
msgid ""
"Take 2 \\"tablets\\" "
"daily.\\n"
msgstr "Neem 2 \\\\ \\303\\251én."

#, no-wrap
msgid "knee" msgid_plural "knees"
msgstr[0] "knie"
msgstr[1] "knieën"

#~ msgid "gone"
#~ msgstr "weg"
"""


def run(program: str, content: bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
    words = [program, *options, "-"]
    return subprocess.run(words, input=content, capture_output=True, check=False, env={"LC_ALL": "C.UTF-8"})


def comparable(text: str) -> str:
    """Return a catalogue in the bytes of msgcat, without flags, and without fields and comments of its header."""
    text = re.sub(r'(?m)^(?:#[:.].*\n)*msgid ""\nmsgstr .*\n(".*"\n)*', "", text, count=1)
    lines = (line.rstrip("\r ") for line in text.split("\n"))
    return re.sub(r"\n+", "\n", "\n".join(line for line in lines if not EMPTY.match(line))).strip()


def printed(content: bytes) -> dict[str, str] | None:
    """Return what a program would print: the translations that gettext's own compiler and Python's reader have.

    None when the compiler asks more than the grammar: that a translation ends a line as its message does.
    """
    compiled = run("msgfmt", content, "-o", "-")
    if compiled.returncode or not compiled.stdout:
        return None
    texts = vars(gettext.GNUTranslations(io.BytesIO(compiled.stdout)))["_catalog"]
    return {key.removeprefix("\x04"): text for key, text in texts.items() if isinstance(key, str) and key}


def assert_same(content: bytes, canonical: str) -> None:
    """Assert that *content* is read as *canonical*, which msgcat makes of it, and that writing it loses nothing."""
    file = po.parse(content, PATH)
    written = po.write(file)
    lines = content.decode("utf-8-sig").count("\n") + 1

    assert comparable(canonical) == comparable(written.decode())
    assert written == po.write(po.parse(written, PATH))
    assert all(1 <= (entry.linenum or 0) <= lines for entry in file)
    if file.metadata.get("Content-Type") == "text/plain; charset=UTF-8":  # which Python's reader asks for
        assert_printed_the_same(file, printed(content))


def assert_printed_the_same(file: po.File, theirs: Mapping[str, str] | None) -> None:
    """Assert that *file* has exactly *theirs* as translations, but for those that are fuzzy by a line of flags."""
    live = [entry for entry in file if not entry.obsolete and not entry.msgid_plural]
    texts = {entry.msgid_with_context if entry.msgctxt else entry.msgid: entry for entry in live}
    ours = {key: entry.msgstr for key, entry in texts.items() if entry.msgstr and not entry.fuzzy}

    for key, text in (theirs or ours).items():
        assert text == ours.get(key, text)
        assert key in ours or key not in texts or texts[key].fuzzy
    dependent = {key for key in ours if "<PRI" in key}  # on the machine, which Python's reader leaves out
    assert not theirs or ours.keys() - dependent <= theirs.keys()


def refusal(content: bytes) -> CatalogError | None:
    try:
        po.parse(content, PATH)
    except CatalogError as error:
        return error
    return None


def assert_agrees(content: bytes) -> None:
    """Assert that msgcat and polyleaf both read *content*, as the same, or both refuse it."""
    judged = run("msgcat", content, "--force-po")
    error = refusal(content)
    if error:
        words = re.findall(r"<stdin>:\d+(?::\d+)?: (?!warning)(.*)", judged.stderr.decode(errors="replace"))
        same = any(word in error.message for word in words) or any(word.startswith("duplicate") for word in words)
        assert re.match(r"x\.po:\d+: ", error.message)
        assert error.hint
        assert OURS.match(error.message) or (judged.returncode and same)
    else:
        assert not judged.returncode, judged.stderr
        assert_same(content, judged.stdout.decode())


LETTERS = st.sampled_from(
    ["a", "é", "ж", "0", "7", " ", ":", "#", "~", ",", "|", "\u2028", "\xa0", "\x85", "{", "]", "x"]
)
ESCAPED = st.sampled_from([r"\"", r"\\", r"\n", r"\t", r"\a", r"\303\251", r"\x41", r"\101", r"\r", r"\v", r"\0601"])
GAP = st.sampled_from(["", " ", "\n", "\t", " \n\n", "\r\n"])
TEXT = st.lists(st.one_of(LETTERS, ESCAPED), max_size=12).map("".join)
WORDS = st.text(st.sampled_from("aé :.,~|#\\\"'"), max_size=12).map(lambda text: f"{text}.")
FLAG = st.sampled_from(["fuzzy", "c-format", "no-wrap", "python-brace-format", "read-only", "range: 0..9", "x-own"])


@st.composite
def strings(draw: st.DrawFn) -> str:
    """Return a string in one or more pieces, on one or more lines."""
    first, *rest = draw(st.lists(TEXT, min_size=1, max_size=3))
    return f'"{first}"' + "".join(f'{draw(GAP)}"{part}"' for part in rest)


@st.composite
def comments(draw: st.DrawFn) -> str:
    """Return comments above an entry, its flags perhaps among them, begun in any way that gettext knows."""
    marks = st.sampled_from(["# ", "#", "##", "#-", "#\t", "#. ", "#.", "#  "])
    lines = [draw(marks) + draw(WORDS) for _ in range(draw(st.integers(0, 3)))]
    flags = draw(st.lists(FLAG, max_size=3, unique=True))
    begin, between = draw(st.sampled_from(["#, ", "#,", "#,\t", "#!"])), draw(st.sampled_from([", ", ",", " ", " ,\t"]))
    lines += [begin + between.join(flags)] if flags else []
    return "".join(f"{line}\n" for line in draw(st.permutations(lines)))


@st.composite
def bodies(draw: st.DrawFn, number: int) -> str:
    """Return the fields of the message with *number*, which no other has."""
    context = f"msgctxt{draw(GAP)}{draw(strings())}\n" if draw(st.booleans()) else ""
    message = f'msgid "{number}"{draw(GAP)}{draw(strings())}\n'
    if draw(st.integers(0, 3)):
        return f"{context}{message}msgstr{draw(GAP)}{draw(strings())}\n"
    forms = (f"msgstr[{form}]{draw(GAP)}{draw(strings())}\n" for form in range(draw(st.integers(1, 3))))
    return f"{context}{message}msgid_plural {draw(strings())}\n{''.join(forms)}"


@st.composite
def files(draw: st.DrawFn) -> str:
    """Return a catalogue in any spelling that the grammar of gettext allows."""
    text = "".join(f"# {line}\n" for line in draw(st.lists(WORDS, max_size=2))) + HEADER
    for number in range(draw(st.integers(1, 4))):
        body = draw(bodies(number))
        if not draw(st.integers(0, 3)):
            marker = draw(st.sampled_from(["#~ ", "#~"]))
            body = "".join(f"{marker}{line}\n" for line in re.split(r"[\r\n]+", body) if line)
        text += draw(st.sampled_from(["\n", "", "\r\n"])) + draw(comments()) + body
    return text


DAMAGE = st.sampled_from(
    ['"', "\\", "\n", "#", "msgid", 'msgstr "a"', "#~", "#|", "[0]", " x", "\0", "\r", "\x0b", "#, "]
)


@LAW
@given(files())
def test_every_spelling_of_the_grammar_is_read_as_gettext_reads_it(text: str) -> None:
    assert_agrees(text.encode())


@LAW
@given(files(), st.lists(st.tuples(st.floats(0, 1), DAMAGE, st.integers(0, 3)), min_size=1, max_size=3))
def test_every_damage_is_refused_as_gettext_refuses_it_or_read_as_gettext_reads_it(
    text: str, damages: list[tuple[float, str, int]]
) -> None:
    for part, inserted, lost in damages:
        position = int(part * len(text))
        text = text[:position] + inserted + text[position + lost :]

    assert_agrees(text.encode())


def test_a_file_that_is_cut_anywhere_is_read_or_refused_as_by_gettext() -> None:
    content = SMALL.encode()
    for position in range(len(content)):
        assert_agrees(content[:position])


def test_a_file_that_lost_a_character_anywhere_is_read_or_refused_as_by_gettext() -> None:
    for position in range(len(SMALL)):
        assert_agrees((SMALL[:position] + SMALL[position + 1 :]).encode())


def test_the_number_of_a_plural_form_may_have_as_many_zeros_as_gettext_reads() -> None:
    assert_agrees(SMALL.replace("msgstr[0]", f"msgstr[{'0' * 5000}]").replace("msgstr[1]", "msgstr[01]").encode())


def installed() -> list[Path]:
    """Return catalogues of the programs on this machine, the first in each of some languages."""
    folders = (
        Path("/usr/share/locale") / code / "LC_MESSAGES" for code in ("nl", "de", "pl", "tr", "ar", "uk", "zh_CN")
    )
    return [file for folder in folders for file in sorted(folder.glob("[a-hj-z]*.mo"))[:1]]


@pytest.mark.parametrize("file", installed(), ids=lambda file: file.parts[-3])
def test_catalogues_of_programs_are_read_as_gettext_reads_them(file: Path) -> None:
    content = run("msgconv", run("msgunfmt", file.read_bytes(), "--no-wrap").stdout, "--to-code=UTF-8").stdout

    assert content
    assert_agrees(content)


@LAW
@given(files())
def test_an_update_of_what_was_read_loses_no_translation(text: str) -> None:
    if refusal(text.encode()):
        return
    before = po.parse(text.encode(), PATH)
    template = catalogs.make_template("x", [], "en", support.NOW)
    updated = po.parse(catalogs.update(template, text.encode(), "nl", PATH), PATH)
    kept = {po.key(entry): po.forms(entry) for entry in updated}

    assert {po.key(entry): po.forms(entry) for entry in before if po.forms(entry)[0]}.items() <= kept.items()
