"""Fonts: the named ones and no others, for every language, and a letter that none of them has is an error."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from lxml import etree
from PIL import Image

import edition_values
from polyleaf import svg
from polyleaf.errors import RenderError
from polyleaf.fonts import fallback, files, text_runs
from polyleaf.fonts.text_runs import TextRun
from polyleaf.formats import epub, html, localize_picture, pdf
from polyleaf.formats.pdf import layout
from polyleaf.model import DEFAULT_THEME, Alternate, Chapter, Picture
from polyleaf.theme import families

if TYPE_CHECKING:
    from collections.abc import Iterator

    from polyleaf.model import Artifact, Edition

LISTED = fallback.list_families
SPREAD = 'dx="0 1 1 1"'
"""Letters that are placed one by one stay so."""

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" font-family="Comic" width="9" height="9">'
    '<text style="fill:red;font-family:Georgia;font-weight:600">Knie</text></svg>'
)


@pytest.fixture
def no_arabic(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    rest = {family: faces for family, faces in files.find_installed().items() if "Arabic" not in family}
    monkeypatch.setattr(files, "find_installed", lambda: rest)
    fallback._default_family.cache_clear()
    yield
    fallback._default_family.cache_clear()


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("nl", "Noto Sans"),
        ("uk", "Noto Sans"),
        ("ar", "Noto Sans Arabic"),
        ("fa-AF", "Noto Sans Arabic"),
        ("ti", "Noto Sans Ethiopic"),
        ("he", "Noto Sans Hebrew"),
        ("zh-Hans", "Noto Sans CJK SC"),
        ("zh-TW", "Noto Sans CJK TC"),
        ("ja", "Noto Sans CJK JP"),
        ("ko", "Noto Sans CJK KR"),
        ("sr-Latn", "Noto Sans"),
        ("no such tag", "Noto Sans"),
    ],
)
def test_a_language_has_the_fonts_of_its_script_first(language: str, first: str) -> None:
    named = families.find_families(language, DEFAULT_THEME)

    assert first == named[0]
    assert "Noto Sans" in named
    assert "Noto Sans Math" in named


def test_only_the_fonts_that_a_text_needs_are_chosen_for_it() -> None:
    chosen = fallback.choose([TextRun("nl", "≥ 5 mg"), TextRun("ar", "دواء"), TextRun("zh-Hans", "药")], DEFAULT_THEME)

    assert {"nl": ["Noto Sans", "Noto Sans Math"], "ar": ["Noto Sans Arabic"], "zh-Hans": ["Noto Sans CJK SC"]} == {
        language: list(named) for language, named in chosen.items()
    }


def test_letters_of_another_script_are_shown_by_the_font_of_that_script() -> None:
    chosen = fallback.choose([TextRun("nl", "دواء 药")], DEFAULT_THEME)

    assert ["Noto Sans Arabic", "Noto Sans CJK SC"] == list(chosen["nl"])


def test_spaces_and_signs_that_steer_need_no_glyph() -> None:
    steering = "\u00a0\u202f\u200b\u200c\u200d\u200e\u2066\u2069\ufe0e\u2028\n\t\u00ad"

    assert {"ar": {}} == fallback.choose([TextRun("ar", steering)], DEFAULT_THEME)


@pytest.mark.usefixtures("no_arabic")
def test_a_letter_without_a_font_is_named_with_its_place_and_what_to_install() -> None:
    with pytest.raises(RenderError) as caught:
        fallback.choose([TextRun("ar", "فحص", "الركبة")], DEFAULT_THEME)

    assert "U+0641 ARABIC LETTER FEH (ف) in “فحص” under “الركبة”" in caught.value.message
    assert "named for ar: Noto Sans Arabic (not installed), Noto Sans" in caught.value.message
    assert "apt install fonts-noto-core" in str(caught.value.hint)
    assert "font-noto-sans-arabic" in str(caught.value.hint)


def test_a_sign_that_no_font_has_must_go() -> None:
    with pytest.raises(RenderError, match=r"U\+1F438 FROG FACE.*named for nl: Noto Sans,") as caught:
        fallback.choose([TextRun("nl", "een 🐸")], DEFAULT_THEME)

    assert "other signs" in str(caught.value.hint)


def test_many_letters_without_a_font_are_counted() -> None:
    with pytest.raises(RenderError, match="and 3 characters more"):
        fallback.choose([TextRun("nl", "🐸🐶🐱🐭🐹🐰🦊")], DEFAULT_THEME)


@pytest.mark.usefixtures("no_arabic")
@pytest.mark.parametrize("render", [pdf.render, epub.render])
def test_nothing_is_laid_out_when_a_letter_has_no_font(render: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "_weasyprint", lambda: pytest.fail("pages were laid out"))
    edition = replace(edition_values.edition("ar", "rtl"), chapters=(Chapter(None, "<p>ركبة</p>"),))

    with pytest.raises(RenderError, match="ARABIC LETTER"):
        render(edition)  # type: ignore[operator]


def test_what_a_style_sheet_adds_is_never_set_in_a_font_of_the_machine() -> None:
    page = '<html lang="nl"><head><style>p::before {content: "ሀ"}</style></head><body><p>Kikker</p></body></html>'

    with pytest.raises(RenderError, match="would be set in"):
        layout.render_pdf(page, DEFAULT_THEME)


@pytest.mark.law
def test_code_is_set_in_the_fonts_of_its_text() -> None:
    output = pdf.render(_with("<p>Typ <code>knie</code>.</p>"))

    assert {"Noto Sans"} == {_plain(name) for name in _fonts(output)}


@pytest.mark.law
def test_a_passage_has_the_fonts_of_its_own_language() -> None:
    output = pdf.render(_with('<p>Zeg <span lang="ar" dir="rtl">شكرا</span> of <span lang="zh-Hans">谢谢</span>.</p>'))

    assert {"Noto Sans", "Noto Sans Arabic", "Noto Sans CJK SC"} == {_plain(name) for name in _fonts(output)}


def test_signs_of_lists_and_numbers_count_as_text() -> None:
    page = '<html lang="ti"><body><ul><li>ሀ<ul><li>ለ</li></ul></li></ul></body></html>'

    assert {"•", "◦", text_runs.NUMBERS} <= {text.words for text in text_runs.find_in_page(page)}


@pytest.mark.law
def test_numbers_of_a_list_in_another_script_have_a_font() -> None:
    output = pdf.render(_with('<p>Nee.</p><div lang="he"><ol><li><p>שלום</p></li></ol></div>'))

    assert {"Noto Sans", "Noto Sans Hebrew"} == {_plain(name) for name in _fonts(output)}


def test_words_in_a_drawing_count_as_text() -> None:
    source = text_runs.SVG_URL + base64.b64encode(DRAWING.encode()).decode()

    runs = text_runs.find_in_page(f'<html lang="nl"><body><h2>Kop</h2><img src="{source}"></body></html>')

    assert TextRun("nl", "Knie", "Kop") in runs


def test_a_drawing_has_the_fonts_of_its_language_and_weights_that_every_machine_has() -> None:
    other = DRAWING.replace("</svg>", '<text xml:lang="nl">Enkel</text></svg>')

    root = etree.fromstring(
        svg.replace_families(svg.parse(other.encode(), "k.svg"), "ar", partial(LISTED, words="", theme=DEFAULT_THEME))
    )

    assert str(root.get("font-family")).startswith('"Noto Sans Arabic","Noto Sans",')
    assert ("red", "700") == (root[0].get("fill"), root[0].get("font-weight"))
    assert str(root[1].get("font-family")).startswith('"Noto Sans","Noto Sans Math"')


@pytest.mark.law
def test_words_in_a_drawing_may_be_in_another_script() -> None:
    drawing = (
        "<svg xmlns='http://www.w3.org/2000/svg' font-family='Comic' viewBox='0 0 400 90'><title>Knie</title>"
        "<text x='9' y='20'>Knie</text>"
        "<text x='300' y='50'>ركبة</text><text x='9' y='80' xml:lang='en'>膝 knee</text></svg>"
    )
    edition = replace(
        _with('<p><img src="media/k.svg" alt="Knie"></p>'), pictures=(Picture("media/k.svg", drawing.encode()),)
    )

    assert {"Noto Sans", "Noto Sans Arabic", "Noto Sans CJK SC"} == {
        _plain(name) for name in _fonts(pdf.render(edition))
    }
    root = etree.fromstring(localize_picture(edition.pictures[0], edition, embeds=False))
    assert str(root.get("font-family")).startswith('"Noto Sans","Noto Sans Math"')
    assert ["Noto Sans Arabic"] == re.findall("Noto Sans Arabic", str(root[3].get("font-family")))


@pytest.mark.law
def test_a_drawing_on_a_page_and_in_a_book_brings_the_fonts_of_its_words() -> None:
    drawing = (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 400 90'><text x='9' y='20'>Knee</text>"
        "<text x='9' y='50' font-weight='bold'>Колено</text><text x='300' y='80' xml:lang='ar'>ركبة</text></svg>"
    )
    edition = replace(
        _with('<p><img src="media/k.svg" alt="Knee"/></p>'), pictures=(Picture("media/k.svg", drawing.encode()),)
    )
    page = html.render(edition).content.decode()
    source = next(part for part in page.split('"') if part.startswith(text_runs.SVG_URL))
    with zipfile.ZipFile(io.BytesIO(epub.render(edition).content)) as book:
        drawings = [base64.b64decode(source[len(text_runs.SVG_URL) :]), book.read("EPUB/images/media/k.svg")]

    for content in drawings:
        styles = str(etree.fromstring(content)[0].text)
        rules = re.findall(r'font-family: "(.*?)"; font-weight: (\d+).*?base64,(.*?)"', styles)
        fonts = {rule[:2]: set(TTFont(io.BytesIO(base64.b64decode(rule[2]))).getBestCmap()) for rule in rules}
        words = {("Noto Sans", "400"): "Knee", ("Noto Sans", "700"): "Колено", ("Noto Sans Arabic", "400"): "ركبة"}
        assert {family: set(map(ord, text)) for family, text in words.items()} == fonts


def test_words_that_only_the_machine_has_a_font_for_are_told_as_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fallback, "print_styles", lambda _chosen, _theme: "")
    page = '<html lang="ar"><style>* { font-family: "Noto Naskh Arabic" }</style><p>ركبة سليمة</p></html>'

    with pytest.raises(RenderError, match=r"^'ركبة سليمة' would be set in Noto Naskh Arabic, which only this machine"):
        layout.render_pdf(page, DEFAULT_THEME)


@pytest.mark.law
def test_words_in_a_drawing_are_joined_as_their_letters_are_in_a_text() -> None:
    alone, word, placed = (_width(attributes, text) for attributes, text in (("", "س"), ("", "سسسس"), (SPREAD, "سسسس")))

    assert alone * 3.5 > word
    assert placed > alone * 4


def _width(attributes: str, text: str) -> int:
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="700" height="99"><text y="50" font-size="32" {attributes}>'
    )
    figure = svg.parse((drawing + f"{text}</text></svg>").encode(), "k.svg")
    drawing = svg.replace_families(figure, "ar", partial(LISTED, words="", theme=DEFAULT_THEME)).decode()
    source = text_runs.SVG_URL + base64.b64encode(drawing.encode()).decode()
    page = (
        f'<html lang="ar"><style>@page {{margin: 0}} body {{margin: 0}}</style><body><img src="{source}"></body></html>'
    )
    picture = Image.open(io.BytesIO(layout.render_png(page, DEFAULT_THEME))).convert("L")
    left, _, right, _ = picture.point([255] * 128 + [0] * 128).getbbox() or (0, 0, 0, 0)
    return right - left


def test_a_page_names_the_fonts_of_every_language_on_it() -> None:
    other = replace(_with('<p><i lang="ti">ሰላም</i></p>'), alternates=(Alternate("ar", "العربية", "x.html"),))

    page = html.render(other).content.decode()

    assert '[lang="ar"] { --heading: "Noto Sans Arabic", "Noto Sans",' in page
    assert '[lang="ti"] { --heading: "Noto Sans Ethiopic", "Noto Sans",' in page
    assert "sans-serif; }" in page
    assert "@font-face" not in page


def test_a_book_brings_the_characters_it_has_and_no_others() -> None:
    edition = replace(edition_values.edition("ar", "rtl"), title="ركبة", chapters=(Chapter(None, "<p>ركبة ≥ 5</p>"),))
    output = _book(epub.render(edition))
    brought = {name.removeprefix("EPUB/fonts/"): output[name] for name in output if "/fonts/" in name}

    assert {"noto-sans-arabic-400.ttf", "noto-sans-arabic-700.ttf", "noto-sans-math-400.ttf"} <= set(brought)
    assert not [name for name in brought if "italic" in name or "cjk" in name]
    characters = _characters(brought["noto-sans-arabic-400.ttf"])
    assert set(map(ord, "ركبة")) <= characters
    assert ord("ظ") not in characters
    style = output["EPUB/style.css"].decode()
    assert '[lang="ar"] { font-family: "Noto Sans Arabic", ' in style
    assert 'src: url("fonts/noto-sans-arabic-700.ttf")' in style


def test_a_book_brings_slanted_letters_where_there_are_some() -> None:
    output = _book(epub.render(_with("<p>Een <em>knie</em>.</p>")))

    assert "EPUB/fonts/noto-sans-400-italic.ttf" in output


@pytest.mark.law
def test_a_book_in_chinese_brings_a_small_part_of_a_large_font() -> None:
    edition = replace(edition_values.edition("zh-Hans"), chapters=(Chapter(None, "<p>“药”</p>"),))
    output = _book(epub.render(edition))
    content = output["EPUB/fonts/noto-sans-cjk-sc-400.otf"]

    assert b"OTTO" == content[:4]
    assert {ord("药"), ord("“")} <= _characters(content)
    assert 50_000 > len(content)


def test_the_same_characters_are_the_same_bytes() -> None:
    face = files.find_face("Noto Sans Arabic")
    assert face is not None

    assert files.subset(face, "ركبة") == files.subset(face, "ةبكر")


def test_a_font_that_is_gone_is_told() -> None:
    face = files.find_face("Noto Sans")
    assert face is not None

    with pytest.raises(RenderError, match="cannot be read"):
        files.subset(replace(face, file="/nowhere.ttf"), "a")


def _with(body: str) -> Edition:
    return replace(edition_values.edition("nl"), chapters=(Chapter(None, body),))


def _fonts(output: Artifact) -> set[str]:
    document = pypdfium2.PdfDocument(output.content)
    try:
        return {
            item.get_font().get_base_name()
            for page in document
            for item in page.get_objects()
            if hasattr(item, "get_font")
        }
    finally:
        document.close()


def _plain(name: str) -> str:
    return name.rpartition("+")[2].removesuffix("-Bold").replace("-", " ")


def _book(output: Artifact) -> dict[str, bytes]:
    with zipfile.ZipFile(edition_values.stream(output)) as container:
        return {name: container.read(name) for name in container.namelist()}


def _characters(content: bytes) -> set[int]:
    return set(TTFont(io.BytesIO(content)).getBestCmap())
