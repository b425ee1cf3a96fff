"""Catalogues are read as gettext reads them: what it refuses is refused in its words, what it reads is read."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import support
import translations
from polyleaf import catalogs, cli
from polyleaf.catalogs import po
from polyleaf.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Callable

PATH = "locales/nl/LC_MESSAGES/knee.po"
HEADER = 'msgid ""\nmsgstr ""\n"Language: nl\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
ENTRY = 'msgid "Wear loose clothing."\nmsgstr "Draag losse kleren."\n'
CONFLICT = '<<<<<<< HEAD\nmsgstr "Draag losse kleren."\n=======\nmsgstr "Draag ruime kleren."\n>>>>>>> translator\n'


def read(body: str, header: str = HEADER) -> po.File:
    """Return the catalogue with *body* from the line 6 on."""
    return po.parse(f"{header}\n{body}".encode(), PATH)


def entry(body: str) -> po.Entry:
    return read(body)[0]


@pytest.mark.parametrize(
    ("body", "line", "words"),
    [
        ('msgid "a"\nmsgstr "Wear loose clothing\n', 7, "end-of-line within string"),
        ('msgid "a"\nmsgstr "Wear loose clothing\n\nmsgid "b"\nmsgstr "c"\n', 7, "end-of-line within string"),
        ('msgid "a\nmsgstr "b"\n', 6, "end-of-line within string"),
        ('msgid "a"\nmsgstr "The doctor looks a', 7, "end-of-file within string"),
        ('msgid "a"\nmsgstr "b" c\n', 7, 'keyword "c" unknown'),
        ('msgid "a"\nmsgst "b"\n', 7, 'keyword "msgst" unknown'),
        ('msgid "a"\nmsgstr "\\q"\n', 7, "invalid control sequence"),
        ('msgid "a"\n\nmsgid "b"\nmsgstr "c"\n', 6, "missing 'msgstr' section"),
        ('#~ msgid "a"\nmsgstr "b"\n', 7, "inconsistent use of #~"),
        ('msgid "a"\nmsgid_plural "b"\nmsgstr "c"\n', 8, "syntax error"),
        ('msgid "a" "\nmsgstr "b"\n', 6, "end-of-line within string"),
        (f"{ENTRY}>\n", 8, "syntax error"),
    ],
)
def test_what_gettext_refuses_is_refused_in_its_words_with_its_line(body: str, line: int, words: str) -> None:
    with pytest.raises(CatalogError, match=words) as caught:
        read(body)

    assert caught.value.message.startswith(f"{PATH}:{line}: ")
    assert caught.value.hint


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (f'msgid "Wear loose clothing."\n{CONFLICT}', 7),
        (f'msgid "Wear loose clothing."\n{CONFLICT}'.replace("\n", "\r\n"), 7),
        (f"{ENTRY}=======\n{ENTRY}", 8),
        (f"{ENTRY}\n||||||| 1234567\n", 9),
        (f"{ENTRY}\n>>>>>>> main\n", 9),
    ],
)
def test_a_conflict_that_git_left_is_called_so(body: str, line: int) -> None:
    with pytest.raises(CatalogError, match=f"^{PATH}:{line}: git left a merge conflict here") as caught:
        read(body)

    assert "both sides" in caught.value.hint


@pytest.mark.parametrize("text", ["<<<<<<< HEAD", "=======", ">>>>>>> main"])
def test_the_signs_of_a_conflict_in_a_text_are_a_text(text: str) -> None:
    assert text == entry(f'msgid "a"\nmsgstr ""\n"{text}"\n').msgstr


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (f'{ENTRY}\nmsgid "Wear loose clothing."\nmsgstr "Draag losse kleren."\n', 9),
        (f'{ENTRY}\n# Twice.\n#. paragraph\nmsgid "Wear loose "\n"clothing."\nmsgstr "Draag iets losvallends."\n', 9),
        (f'{ENTRY}\n#~ msgid "Wear loose clothing."\n#~ msgstr "Draag iets losvallends."\n', 9),
    ],
)
def test_a_message_that_is_there_twice_is_named(body: str, line: int) -> None:
    with pytest.raises(CatalogError, match=f"^{PATH}:{line}: the message 'Wear loose clothing.' is there twice"):
        read(body)


@pytest.mark.parametrize("charset", ["CP1252", "ISO-8859-1", "GBK", "US-ASCII", "CHARSET", "x-nonsense"])
def test_another_charset_is_named(charset: str) -> None:
    with pytest.raises(CatalogError, match=f"^{PATH}:1: the charset is {charset}, not UTF-8"):
        read('msgid "a"\nmsgstr "é"\n', HEADER.replace("UTF-8", charset))


def test_letters_without_a_charset_are_refused() -> None:
    with pytest.raises(CatalogError, match=f"^{PATH}:1: .*charset"):
        read('msgid "a"\nmsgstr "é"\n', "")


@pytest.mark.parametrize("text", ["Slik\0 niet.", "Slik\\0 niet.", "Slik\\x00 niet.", "Slik\\000 niet.", "Slik\\400"])
def test_a_character_that_would_cut_off_the_text_is_refused(text: str) -> None:
    """Gettext reads `Slik` and says nothing: a NUL ends a string in C."""
    with pytest.raises(CatalogError, match=f"^{PATH}:[67]: there is a NUL character"):
        read(f'msgid "a"\nmsgstr "{text}"\n')


def test_a_second_domain_is_refused() -> None:
    with pytest.raises(CatalogError, match=f"^{PATH}:9: a catalogue has no `domain`"):
        read(f'{ENTRY}\ndomain "other"\nmsgid "a"\nmsgstr "b"\n')


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('"caf\\303\\251"', "café"),
        ('"\\x41\\x42"', "AB"),
        ('"\\\\0"', "\\0"),
        ('"1\\0602"', "102"),
        ('"a" "b"', "ab"),
        ('"a""b"\n"c" "d"', "abcd"),
        ('""\n"a"\n\n"b"', "ab"),
        ('"a\\n" "b"', "a\nb"),
        ('"a\\tb\\a\\v"', "a\tb\a\v"),
        ('"\\"a\\\\"', '"a\\'),
        ('"a\u2028b\x85c\xa0"', "a\u2028b\x85c\xa0"),
        ('"' + "a" * 20_000 + '"', "a" * 20_000),
    ],
)
def test_every_way_to_write_a_text_is_read(written: str, text: str) -> None:
    assert text == entry(f'msgid "x"\nmsgstr {written}\n').msgstr
    assert text == entry(f'msgid {written}\nmsgstr "x"\n').msgid


def test_a_text_that_no_paragraph_has_is_refused_with_its_line() -> None:
    with pytest.raises(CatalogError, match=r"knee\.po:\d+: a text here has more than 30000 characters"):
        entry(f'msgid "x"\nmsgstr "{"a" * 30_001}"\n')


@pytest.mark.parametrize(
    "flags",
    [
        *("#, fuzzy", "#,fuzzy", "#,  fuzzy ", "#, c-format fuzzy", "#, fuzzy c-format", "#,c-format,fuzzy", "#!fuzzy"),
        *("#,\tfuzzy", "#, no-wrap, fuzzy", "#, read-only fuzzy", "#, fuzzy\n#, c-format", "#, c-format\n#, fuzzy"),
    ],
)
def test_what_gettext_calls_fuzzy_is_fuzzy(flags: str) -> None:
    """Two lines of flags are fuzzy when one of them is; gettext 0.21 takes the last line alone."""
    assert entry(f"{flags}\n{ENTRY}").fuzzy
    assert catalogs.read(f"{HEADER}\n{flags}\n{ENTRY}".encode(), "nl", PATH).entries["", "Wear loose clothing."].fuzzy


@pytest.mark.parametrize("comment", ["# fuzzy", "#. fuzzy", "#, fuzzyx", "#, not-fuzzy", "#fuzzy", "#: fuzzy"])
def test_what_only_looks_fuzzy_is_not(comment: str) -> None:
    assert not entry(f"{comment}\n{ENTRY}").fuzzy


@pytest.mark.parametrize(
    ("comments", "expected"),
    [
        ("#note", ("note", "")),
        ("#note\n#\n# more", ("note\n\nmore", "")),
        ("##note\n#-note", ("#note\n-note", "")),
        ("#.a\n#.\n#. b", ("", "a\n\nb")),
        ("# a\n#. b", ("a", "b")),
    ],
)
def test_comments_are_read_however_they_begin(comments: str, expected: tuple[str, str]) -> None:
    message = entry(f"{comments}\n{ENTRY}")

    assert expected == (message.tcomment, message.comment)


def test_the_names_in_a_header_may_be_in_any_case() -> None:
    header = HEADER.replace("Language", "language").replace("Content-Type", "content-type")
    content = f'{header}"x-Generator: Tool\\n"\n\n{ENTRY}'.encode()
    pot = catalogs.make_template("knee", [], "en", support.NOW)
    updated = catalogs.update(pot, content, "nl", PATH).decode()

    assert "Draag losse kleren." == catalogs.read(content, "nl", PATH).entries["", "Wear loose clothing."].text
    assert 1 == updated.lower().count("language: nl")
    assert '"x-Generator: Tool\\n"' in updated


def test_a_header_at_the_end_is_the_header() -> None:
    file = po.parse(f"# A note.\n{ENTRY}\n{HEADER}".encode(), PATH)

    assert "nl" == file.metadata["Language"]
    assert [("A note.", "Draag losse kleren.")] == [(message.tcomment, message.msgstr) for message in file]


LINES = f"""{HEADER}
#~ msgid "Gone."
#~ msgstr "Weg."

# One.
msgid "a" msgstr "b" msgid "c"
 msgstr
"d\\
e"

#~ msgid "Nothing."
#~ msgstr ""

# A comment that ends with a backslash takes the next line: \\
msgid "no"
#. paragraph
msgid "f"
msgstr "g"
# The last line is of none.
"""


def test_a_line_is_that_of_the_file_and_not_of_what_msgcat_makes_of_it() -> None:
    lines = {message.msgid: message.linenum for message in po.parse(LINES.encode(), PATH)}
    windows = {message.msgid: message.linenum for message in po.parse(LINES.replace("\n\n", "\r\n\r\n").encode(), PATH)}

    assert {"Gone.": 6, "a": 9, "c": 10, "f": 18} == lines == windows


@pytest.mark.parametrize("flags", ["read-only, max-length:100", "no-wrap, read-only", "c-format, x-own", "x-own"])
@pytest.mark.parametrize("fuzzy", [False, True])
@pytest.mark.parametrize("marker", ["", "#~ "])
def test_flags_of_other_tools_are_kept(flags: str, fuzzy: bool, marker: str) -> None:  # noqa: FBT001
    wanted = f"#, {'fuzzy, ' if fuzzy else ''}{flags}".split(", ")
    content = po.write(read(f'#: a.md:3\n{", ".join(wanted)}\n{marker}msgid "a"\n{marker}msgstr "b"\n'))

    assert set(wanted[1:]) == set(po.parse(content, PATH)[0].flags)
    assert content == po.write(po.parse(content, PATH))


@pytest.mark.parametrize("text", ["C:\\", "a\\\nb\\", "\\"])
def test_a_comment_that_ends_with_a_backslash_takes_no_line_with_it(text: str) -> None:
    file = read(ENTRY)
    file[0].tcomment = file[0].comment = text
    again = po.parse(po.write(file), PATH)

    assert text == again[0].tcomment.replace(" ", "")
    assert text == again[0].comment.replace(" ", "")
    assert "Draag losse kleren." == again[0].msgstr


def test_plural_forms_are_read_and_written() -> None:
    forms = "".join(f'msgstr[{number}] "{number} knieën"\n' for number in range(12))
    file = read(f'msgid "a knee"\nmsgid_plural "knees"\n{forms}')
    again = po.parse(po.write(file), PATH)

    assert {number: f"{number} knieën" for number in range(12)} == file[0].msgstr_plural == again[0].msgstr_plural
    assert "knees" == again[0].msgid_plural


@pytest.mark.law
def test_the_labels_of_the_theme_are_catalogues_that_gettext_reads() -> None:
    files = sorted((Path(catalogs.__file__).parents[1] / "assets" / "locales").rglob("*.po"))

    assert len(files) >= 10
    for file in files:
        checked = subprocess.run(["msgfmt", "-c", "-o", "-", file], capture_output=True, check=False)

        assert (0, b"") == (checked.returncode, checked.stderr)
        assert catalogs.read_labels(file.read_text("utf-8"), file.parts[-3])


def contents(folder: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


DAMAGES = {
    "a lost quote": lambda text: text.replace('Buig de knie langzaam en stop bij pijn."\nmsgstr "', "", 1),
    "a cut": lambda text: text[: text.index("Zginaj kolano") + 8],
    "a conflict": lambda text: text.replace('msgstr "Kolano"', '<<<<<<< HEAD\nmsgstr "Kolano"', 1),
}


@pytest.mark.law
@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize(
    "command",
    [
        ("update",),
        ("check",),
        ("build",),
        ("status",),
        ("review",),
        ("acknowledge", f"{translations.path('pl')}:30", "copied", "--by", "A", "--reason", "b"),
    ],
    ids=lambda command: command[0],
)
def test_a_damaged_catalogue_stops_every_command_and_nothing_is_written(
    damage: str,
    command: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    translations.project(tmp_path)
    monkeypatch.chdir(tmp_path)
    change: Callable[[str], str] = DAMAGES[damage]
    file = tmp_path / translations.path("pl")
    file.write_text(change(file.read_text("utf-8")), "utf-8")
    before = contents(tmp_path)
    capsys.readouterr()
    code = cli.run(list(command))
    errors = capsys.readouterr().err

    assert 5 == code
    assert f"{translations.path('pl')}:" in errors
    assert 1 == errors.count("Error")
    assert before == contents(tmp_path)
