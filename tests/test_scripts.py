"""One leaflet in five scripts: `tests/projects/scripts`, built once, and read as a reader does."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import polib
import pytest
from lxml import etree

import output_reader
from polyleaf import cli

PROJECT = Path(__file__).parent / "projects" / "scripts"
TRANSLATIONS = ("ar", "pl", "tr", "uk", "ti", "zh_Hans")
LANGUAGES = ("en", *TRANSLATIONS)
RTL = {"ar"}

LETTERS = {"Noto-Sans", "Noto-Sans-Bold", "Noto-Sans-Math"}
NAMES = {"Noto-Sans-Arabic", "Noto-Sans-Ethiopic", "Noto-Sans-CJK-SC"}
"""The colophon names every language in its own letters."""

FONTS = {
    "en": LETTERS | NAMES | {"Noto-Sans-Italic"},
    "ar": LETTERS | NAMES | {"Noto-Sans-Arabic-Bold"},
    "pl": LETTERS | NAMES | {"Noto-Sans-Italic"},
    "tr": LETTERS | NAMES | {"Noto-Sans-Italic"},
    "uk": LETTERS | NAMES | {"Noto-Sans-Italic"},
    "ti": LETTERS | NAMES | {"Noto-Sans-Ethiopic-Bold"},
    "zh_Hans": (LETTERS | NAMES | {"Noto-Sans-CJK-SC-Bold"}) - {"Noto-Sans-Bold"},
}

pytestmark = pytest.mark.law

each = pytest.mark.parametrize("language", LANGUAGES)
each_translation = pytest.mark.parametrize("language", TRANSLATIONS)


def test_the_catalogues_are_up_to_date_and_nothing_in_them_is_wrong(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(PROJECT)

    assert 0 == cli.run(["update", "--check"])
    assert 0 == cli.run(["check"])
    assert "not translated" not in "".join(capsys.readouterr())


def test_no_check_finds_a_fault_in_a_finished_file(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], scripts: Path
) -> None:
    monkeypatch.chdir(PROJECT)

    assert 0 == cli.run(["check", "-o", str(scripts)])
    output = "".join(capsys.readouterr())
    assert "not_built" not in output
    assert not [line for line in output.splitlines() if "tea.pdf" in line or "tea.html" in line or "tea.epub" in line]


@each
def test_every_file_says_its_language_and_direction(language: str, scripts: Path) -> None:
    spoken = (language.replace("_", "-"), "rtl" if language in RTL else "ltr")
    page = output_reader.page(scripts / language / "tea.html")
    parts = output_reader.parts(output_reader.book(scripts / language / "tea.epub"))

    assert spoken == (page.get("lang"), page.get("dir"))
    assert {spoken} == {(part.get("lang"), part.get("dir")) for part in parts}
    with pikepdf.open(scripts / language / "tea.pdf") as paper:
        assert spoken[0] == str(paper.Root.Lang)
        turned = str(dict(paper.Root.ViewerPreferences).get("/Direction", "/L2R"))
    assert {"rtl": "/R2L", "ltr": "/L2R"}[spoken[1]] == turned


@each
def test_paper_has_the_named_fonts_and_no_others(language: str, scripts: Path) -> None:
    with pikepdf.open(scripts / language / "tea.pdf") as paper:
        fonts = {str(font.BaseFont) for page in paper.pages for font in dict(page.Resources.Font).values()}

    assert FONTS[language] == {font.rpartition("+")[2] for font in fonts}


@each
def test_a_book_brings_the_fonts_of_its_language(language: str, scripts: Path) -> None:
    files = output_reader.book(scripts / language / "tea.epub")
    own = {"ar": "arabic-", "ti": "ethiopic-", "zh_Hans": "cjk-sc-"}.get(language, "")

    assert any(name.startswith(f"EPUB/fonts/noto-sans-{own}400.") for name in files)
    assert any(name.startswith(f"EPUB/fonts/noto-sans-{own}700.") for name in files)
    assert 250_000 > sum(len(content) for name, content in files.items() if "/fonts/" in name)


# How Arabic is read back from paper is tested with the tags of the PDF.
@pytest.mark.parametrize("language", [code for code in TRANSLATIONS if code not in RTL])
def test_the_words_on_paper_can_be_read_back(language: str, scripts: Path) -> None:
    text = "".join(output_reader.pages(scripts / language / "tea.pdf"))
    letters = "".join(output_reader.words(text))
    catalogue = polib.pofile(str(PROJECT / "locales" / language / "LC_MESSAGES" / "tea.po"))
    shown = [entry.msgstr for entry in catalogue if entry.msgctxt not in {"alt", "meta:description"}]

    assert "\ufffd" not in text
    lost = [part for message in shown for part in _parts(message) if "".join(output_reader.words(part)) not in letters]
    assert [] == lost


@each_translation
def test_every_word_is_on_the_page_and_in_the_book(language: str, scripts: Path) -> None:
    page = output_reader.visible(output_reader.page(scripts / language / "tea.html"))
    book = " ".join(
        map(output_reader.visible, output_reader.parts(output_reader.book(scripts / language / "tea.epub")))
    )
    drawn = "".join(output_reader.words((PROJECT / "source" / "media" / "cup.svg").read_text("utf-8")))
    catalogue = polib.pofile(str(PROJECT / "locales" / language / "LC_MESSAGES" / "tea.po"))
    shown = [entry.msgstr for entry in catalogue if entry.msgctxt not in {"alt", "meta:description"}]

    assert drawn
    for text in (page, book):
        letters = "".join(output_reader.words(text))
        lost = [
            part for message in shown for part in _parts(message) if "".join(output_reader.words(part)) not in letters
        ]
        assert [] == lost


@pytest.mark.parametrize(
    ("language", "quotation"),
    [
        ("en", "“tea”"),
        ("ar", "”شاي“"),
        ("pl", "„herbatą”"),
        ("tr", "“çay”"),
        ("uk", "«чаєм»"),
        ("ti", "«ሻሂ»"),
        ("zh_Hans", "“茶”"),
    ],
)
def test_quotation_marks_are_those_of_the_language(language: str, quotation: str, scripts: Path) -> None:
    assert quotation in output_reader.visible(output_reader.page(scripts / language / "tea.html"))


@pytest.mark.parametrize(
    ("language", "day", "names"),
    [
        ("en", "5 March 2026", "Polski, Türkçe"),
        ("ar", "5 مارس 2026", "\u2068Polski\u2069، \u2068Türkçe\u2069"),
        ("pl", "5 marca 2026", "English, \u2068العربية\u2069, Türkçe"),
        ("tr", "5 Mart 2026", "Polski, Українська"),
        ("uk", "5 березня 2026\u202fр.", "Polski, Türkçe"),
        ("ti", "መጋቢት 5, 2026", "Polski፣ Türkçe"),
        ("zh_Hans", "2026年3月5日", "Polski、Türkçe"),
    ],
)
def test_dates_and_lists_are_those_of_the_language(language: str, day: str, names: str, scripts: Path) -> None:
    (particulars,) = output_reader.page(scripts / language / "tea.html").find_class("particulars")
    text = "".join(particulars.itertext())

    assert day in text
    assert names in text


def test_numbers_keep_their_units_and_groups_among_arabic_words(scripts: Path) -> None:
    text = output_reader.visible(output_reader.page(scripts / "ar" / "tea.html"))

    assert "\u206639\u00a0°C\u2069" in text
    assert "\u2066+31 20 123 45 67\u2069" in text.replace("\u00a0", " ")


def test_a_source_in_latin_letters_keeps_its_order_among_arabic_words(scripts: Path) -> None:
    entries = {
        language: output_reader.page(scripts / language / "tea.html").xpath("//*[@class='csl-right-inline']")
        for language in LANGUAGES
    }

    assert {language: "ltr" if language in RTL else None for language in LANGUAGES} == {
        language: entries[language][0].get("dir") for language in LANGUAGES
    }


@pytest.mark.parametrize("label", ["Contents", "Notes", "Sources", "Description of the figure", "Version", "Draft."])
def test_labels_in_english_say_so_on_the_page(label: str, scripts: Path) -> None:
    page = output_reader.page(scripts / "ti" / "tea.html")
    elements = page.xpath("//body//*[not(*) and normalize-space() = $label]", label=label)

    assert elements
    assert {"en"} == {str(element.xpath("string(ancestor-or-self::*[@lang][1]/@lang)")) for element in elements}


def test_labels_in_english_say_so_in_the_book(scripts: Path) -> None:
    files = output_reader.book(scripts / "ti" / "tea.epub")
    nav = etree.fromstring(files["EPUB/nav.xhtml"])
    package = etree.fromstring(files["EPUB/package.opf"])
    summary = package.xpath("//*[@property='schema:accessibilitySummary']")[0]

    assert "en" == nav.xpath("string(//*[text() = 'Contents']/@lang)")
    assert "en" == nav.xpath("string(//*[text() = 'Notes']/ancestor-or-self::*[@lang][1]/@lang)")
    assert "Draft: Contents" == nav.findtext(f".//{output_reader.XHTML}title")
    assert "en" == summary.get("{http://www.w3.org/XML/1998/namespace}lang")
    assert "<" not in str(summary.text)


def test_labels_in_english_say_so_on_paper(scripts: Path) -> None:
    with pikepdf.open(scripts / "ti" / "tea.pdf") as paper:
        spoken = [str(item.Lang) for item in paper.objects if isinstance(item, pikepdf.Dictionary) and "/Lang" in item]

    assert 10 < spoken.count("en")


@pytest.mark.parametrize("language", ["ar", "pl", "zh_Hans"])
def test_labels_in_the_language_need_not_say_so(language: str, scripts: Path) -> None:
    page = output_reader.page(scripts / language / "tea.html")
    inside = page.xpath("//body//*[@lang = 'en' and not(@class = 'source-description')]")

    assert ["English"] * len(inside) == ["".join(element.itertext()).strip("\u2068\u2069") for element in inside]


def _parts(message: str) -> list[str]:
    """Return the runs of plain words in *message*."""
    return [part for part in re.split(r"\{\w+\}|\[|\]\[\w\]|[*\\@\"“”]", message) if part.strip()]
