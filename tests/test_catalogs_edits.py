"""What the editors of translators leave in catalogues: kept where it is theirs, put right where it is not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import translations
from polyleaf import catalogs
from polyleaf.catalogs import po
from polyleaf.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WHERE = "locales/pl/LC_MESSAGES/knee.po"
FLAGS = "#, fuzzy, python-brace-format\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return translations.changed(translations.project(tmp_path_factory.mktemp("editors")))


@pytest.fixture
def text(project: Path) -> str:
    return (project / translations.path("pl")).read_text("utf-8")


@pytest.fixture
def pot(project: Path) -> bytes:
    return (project / "locales/knee.pot").read_bytes()


def updated(pot: bytes, text: str | bytes, language: str = "pl") -> str:
    before = text if isinstance(text, bytes) else text.encode()
    return catalogs.update(pot, before, language, WHERE).decode()


@pytest.mark.parametrize("flags", [FLAGS, "#, python-brace-format, fuzzy\n", "#, fuzzy\n#, python-brace-format\n"])
def test_flags_in_any_order_come_out_in_the_order_of_gettext(flags: str, text: str, pot: bytes) -> None:
    merged = updated(pot, text.replace("#, python-brace-format\n", flags))

    assert text.replace("#, python-brace-format\n", FLAGS) == merged


def test_a_flag_that_was_lost_is_put_back(text: str, pot: bytes) -> None:
    assert text == updated(pot, text.replace("#, python-brace-format\n", ""))


def test_what_poedit_and_weblate_write_into_the_header_is_kept(text: str, pot: bytes) -> None:
    theirs = (
        '"X-Generator: Poedit 3.4\\n"\n"X-Poedit-Basepath: ../../..\\n"\n"X-Poedit-SourceCharset: UTF-8\\n"\n'
        '"X-Poedit-Bookmarks: 3,-1,-1,-1,-1,-1,-1,-1,-1,-1\\n"\n'
    )
    before = text.replace('"Last-Translator: none yet\\n"', '"Last-Translator: A. Translator <a@b.example>\\n"')
    before = re.sub(r"PO-Revision-Date: [^\\]*", "PO-Revision-Date: 2001-01-01 01:00+0000", before)
    head, body = before.split("\n\n", 1)
    merged = updated(pot, f"{head}\n{theirs.rstrip()}\n\n{body}")

    assert merged.count('"X-Generator: Poedit 3.4\\n"') == 1
    for line in theirs.splitlines():
        assert line in merged
    assert '"Last-Translator: A. Translator <a@b.example>\\n"' in merged
    assert '"PO-Revision-Date: 2001-01-01 01:00+0000\\n"' in merged
    assert merged == updated(pot, merged)


@pytest.mark.parametrize(
    "windows",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(),
    ],
    ids=["mark of bytes", "line ends", "both"],
)
def test_a_catalogue_from_windows_loses_its_windows_and_nothing_else(
    windows: Callable[[str], bytes], text: str, pot: bytes
) -> None:
    assert text == updated(pot, windows(text))


def test_the_old_text_of_what_is_obsolete_is_dropped(text: str, pot: bytes) -> None:
    marked = text.replace("#~ msgid", '#~| msgid "Heel oud."\n#~ msgid', 1)

    assert marked != text
    assert text == updated(pot, marked)


def test_a_note_on_what_is_obsolete_is_kept_and_comes_back_with_the_text(text: str, pot: bytes) -> None:
    noted = text.replace('#~ msgid "Dit', '# Ask again.\n#~ msgid "Dit')
    source = pot.replace(b'msgid "Nieuw."', b'msgid "Dit staat er straks niet meer."')
    entry = po.parse(updated(source, noted).encode(), WHERE).find("Dit staat er straks niet meer.")

    assert noted == updated(pot, noted)
    assert entry
    assert ("Ask again.", "Tego tu nie będzie.", 0) == (entry.tcomment, entry.msgstr, entry.obsolete)


@pytest.mark.parametrize("named", ["pl", "pl_PL", "pl-PL", "PL", "pl_Latn_PL"])
def test_a_language_with_the_territory_it_implies_is_the_same(named: str, text: str, pot: bytes) -> None:
    renamed = text.replace('"Language: pl\\n"', f'"Language: {named}\\n"')

    assert text == updated(pot, renamed)
    assert catalogs.read(renamed.encode(), "pl", WHERE).entries


@pytest.mark.parametrize(
    ("named", "language"),
    [("en_GB", "en"), ("en_US", "en"), ("pt_BR", "pt"), ("pt_PT", "pt"), ("nl-BE", "nl"), ("de_AT", "de"),
     ("zh_Hant_HK", "zh_Hant"), ("zh_TW", "zh_Hant"), ("es_419", "es")],
)  # fmt: skip
def test_a_language_without_a_territory_takes_that_of_its_translator(
    named: str, language: str, text: str, pot: bytes
) -> None:
    renamed = text.replace('"Language: pl\\n"', f'"Language: {named}\\n"')

    assert catalogs.read(renamed.encode(), language, WHERE).entries
    assert f'"Language: {named}\\n"' not in updated(pot, renamed, language)


@pytest.mark.parametrize(
    ("named", "language"),
    [
        ("pl_DE", "pl"),
        ("pt", "pt_PT"),
        ("en_US", "en_GB"),
        ("en", "en_GB"),
        ("sr_Latn_RS", "sr"),
        ("zh_TW", "zh"),
        ("zh_TW", "zh_Hans"),
        ("Polish", "pl"),
        ("", "pl"),
    ],
)
def test_another_language_or_territory_is_refused(named: str, language: str, text: str, pot: bytes) -> None:
    with pytest.raises(CatalogError, match=f"Language: {named or 'nothing'}, not {language}"):
        updated(pot, text.replace('"Language: pl\\n"', f'"Language: {named}\\n"'), language)


def test_a_header_that_an_editor_shortened_is_whole_again(text: str, pot: bytes) -> None:
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith(('"X-Source', '"Report-', '"MIME'))]

    assert text == updated(pot, "".join(lines))


def test_a_header_that_is_marked_fuzzy_would_hide_its_charset(text: str, pot: bytes) -> None:
    assert text == updated(pot, text.replace('msgid ""\n', '#, fuzzy\nmsgid ""\n', 1))


def test_long_lines_are_wrapped_again(text: str, pot: bytes) -> None:
    file = po.parse(text.encode(), WHERE)
    file.wrapwidth = 0

    assert str(file) != text
    assert text == updated(pot, str(file))


def test_a_text_that_gets_a_context_is_offered_its_old_translation(pot: bytes, text: str) -> None:
    source = pot.replace(b'msgid "Met water."', b'msgctxt "slikken"\nmsgid "Met water."')
    entry = po.parse(updated(source, text).encode(), WHERE).find("Met water.", msgctxt="slikken")

    assert entry
    assert ("Z wodą.", True, "Met water.") == (entry.msgstr, entry.fuzzy, entry.previous_msgid)


def test_a_second_context_of_a_text_is_offered_the_translation_of_the_first(pot: bytes, text: str) -> None:
    source = pot + b'\nmsgctxt "glas"\nmsgid "Met water."\nmsgstr ""\n'
    file = po.parse(updated(source, text).encode(), WHERE)
    first, second = file.find("Met water."), file.find("Met water.", msgctxt="glas")

    assert first
    assert second
    assert ("Z wodą.", False) == (first.msgstr, first.fuzzy)
    assert ("Z wodą.", True) == (second.msgstr, second.fuzzy)
