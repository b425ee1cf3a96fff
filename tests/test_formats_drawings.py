"""Words in drawings: those that leave their drawing or what they stand in, or stand on others, stop the build."""

from __future__ import annotations

import base64
from dataclasses import replace
from itertools import cycle
from typing import TYPE_CHECKING

import pytest

import edition_values
import output_reader
import support
from polyleaf import cli, svg
from polyleaf.errors import RenderError
from polyleaf.fonts import text_runs
from polyleaf.formats import drawings, localize_picture
from polyleaf.model import Picture

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.law

TEXT = '<text x="{}" y="{}" font-size="20" {}>{}</text>'

FITTING = {
    "in the drawing": TEXT.format(20, 50, "", "Fits well"),
    "at its upper edge": TEXT.format(20, 15, "", "Fits well"),
    "in its middle": TEXT.format(150, 50, 'text-anchor="middle"', "In the middle it fits"),
    "at its end": TEXT.format(299, 50, 'text-anchor="end"', "At the end it fits"),
    "turned": f'<g transform="rotate(90)">{TEXT.format(20, -50, "", "Turned it fits")}</g>',
    "in two texts below each other": TEXT.format(20, 50, "", "Take one") + TEXT.format(20, 71, "", "Take two"),
    "in two lines": '<text font-size="20" text-anchor="middle"><tspan x="150" y="50">Take one tablet or</tspan>'
    '<tspan x="150" dy="22">two <tspan font-weight="bold">in the evening</tspan></tspan></text>',
    "twice in a place": TEXT.format(20, 50, 'fill="white"', "Shadow") + TEXT.format(21, 51, "", "Shadow"),
}

LEAVING = {
    "on the right": TEXT.format(200, 50, "", "Runs out of it"),
    "at the top": TEXT.format(20, 8, "", "Runs out of it"),
    "on the left of its middle": TEXT.format(50, 50, 'text-anchor="middle"', "Runs out of it"),
    "on the left of its end": TEXT.format(90, 50, 'text-anchor="end"', "Runs out of it"),
    "in a faint group": f'<g opacity=".5" transform="translate(190)">{TEXT.format(20, 50, "", "Runs out of it")}</g>',
    "turned": f'<g transform="rotate(90)">{TEXT.format(100, -50, "", "Runs out of it")}</g>',
    "in a drawing in it": '<svg x="200" y="100" width="100" height="100" viewBox="0 0 50 50">'
    f"{TEXT.format(0, 30, '', 'Runs out of it')}</svg>",
    "in its second line": '<text font-size="20"><tspan x="9" y="50">Take</tspan><tspan x="200" dy="22">Runs out of it'
    "</tspan></text>",
}


MIDDLE = TEXT.format(150, 105, 'text-anchor="middle"', "Hart")
LONG = {"de": "Herzinsuffizienz und Lunge", "ti": "ሕማም ልቢ ንኹሉ ሰብ እዩ ዝመጽእ", "ar": "قصور القلب المزمن وأمراض الرئة"}
"""Translations of "Hart" that are wider than 160 pixels, and narrower than the drawing."""

AROUND = {
    "a box": '<rect x="70" y="70" width="160" height="60" fill="none" stroke="#000"/>',
    "a surface": '<rect x="70" y="70" width="160" height="60" fill="#036"/>',
    "a pale surface": '<rect x="70" y="70" width="160" height="60" fill="#cce"/>',
    "an ellipse": '<ellipse cx="150" cy="100" rx="85" ry="40" fill="#cfc" stroke="#060"/>',
    "a polygon": '<polygon points="40,100 150,20 260,100 150,180" fill="#cfc"/>',
    "a path, turned": '<g transform="rotate(90 150 100)"><path d="M120 20c-9 60-9 90 0 160h60V20z" fill="#cfc"/></g>',
    "lines": '<path d="M70 20v160M230 20v160" stroke="#000"/>',
    "a copy": '<defs><rect id="b" width="160" height="60" fill="#cfc"/></defs><use href="#b" x="70" y="70"/>',
}
"""What the word "Hart" stands in, and its translations do not."""

BESIDE = {
    "nothing": "",
    "a box that is large": '<rect x="3" y="70" width="294" height="60" fill="none" stroke="#000"/>',
    "lines that its text crosses too": '<path d="M0 100h300M70 20v160M150 20v160" stroke="#000"/>',
    "what is hidden": '<rect x="70" y="70" width="160" height="60"/><rect width="300" height="200" fill="#cfc"/>',
    "what is clipped": '<clipPath id="c"><rect width="300" height="60"/></clipPath>'
    '<path clip-path="url(#c)" d="M70 20v160" stroke="#000"/>',
    "a gradient": '<linearGradient id="g"><stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#69c"/>'
    '</linearGradient><rect width="300" height="200" fill="url(#g)"/>',
    "a line below": '<path d="M0 115h300" stroke="#000"/>',
}
"""What may stand around or beside translations of "Hart"."""


def _check(inside: str, language: str = "nl", text: str = "") -> None:
    """Check the words of a drawing with what is *inside* it, all in the *language* as *text* if there is one."""
    content = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200">{inside}</svg>'.encode()
    if text:
        root = svg.parse(content, "k.svg")
        content = svg.replace_texts(root, [(text, "") for _ in svg.find_texts(root)], language)
    picture = Picture("media/k.svg", content)
    drawings.check_words(replace(edition_values.edition(language), pictures=(picture,)))
    assert b"data-source" not in localize_picture(picture, edition_values.edition(language), embeds=False)


def test_words_that_fit_in_their_drawing_are_set() -> None:
    for inside in FITTING.values():
        _check(inside)


@pytest.mark.parametrize("way", LEAVING)
def test_words_that_leave_their_drawing_are_named(way: str) -> None:
    with pytest.raises(
        RenderError, match=r"^in the drawing .media/k.svg. the words .Runs out of it. run out"
    ) as refused:
        _check(LEAVING[way])

    assert "translation" in refused.value.hint


def test_words_that_stand_on_others_are_named() -> None:
    with pytest.raises(RenderError, match=r"the words 'One tablet' and 'in the evening' stand on each other"):
        _check(TEXT.format(20, 50, "", "One tablet") + TEXT.format(90, 52, "", "in the evening"))


@pytest.mark.parametrize(("shape", "language"), [*zip(AROUND, cycle(LONG), strict=False)])
def test_a_translation_that_leaves_what_its_text_stands_in_is_named(shape: str, language: str) -> None:
    _check(AROUND[shape] + MIDDLE, language, LONG[language].split()[0])

    with pytest.raises(RenderError, match=f"the words '{LONG[language]}' run over an edge or a line") as refused:
        _check(AROUND[shape] + MIDDLE, language, LONG[language])

    assert LONG[language] == refused.value.text


@pytest.mark.parametrize(("shape", "language"), [*zip(BESIDE, cycle(LONG), strict=False)])
def test_a_translation_may_stand_on_what_its_text_stands_on(shape: str, language: str) -> None:
    _check(BESIDE[shape] + MIDDLE, language, LONG[language])


def test_a_text_in_another_script_is_measured_in_its_own_font() -> None:
    _check(AROUND["a box"] + MIDDLE.replace("Hart", "قلب سليم"), "nl", "Gezond hart")


def test_a_page_alone_is_not_built_with_words_that_do_not_fit(
    new_project: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200">{AROUND["a box"]}{MIDDLE}</svg>'
    text = "---\ntitle: Knie\n---\n\n![Een knie.](knee.svg)\n"
    folder = new_project({"source/knee.md": text, "source/knee.svg": drawing}, update=True)
    support.translate(folder, {"Knie": "Knee", "Een knie.": "A knee.", "Hart": "A heart that fails"})

    assert 1 == cli.run(["build", "-q"])
    error = capsys.readouterr().err
    assert "locales/en/LC_MESSAGES/knee.po:" in error
    assert "knee in en: in the drawing 'knee.svg' the words 'A heart that fails' run over an edge" in error
    assert not (folder / "build/en/knee.html").exists()


def test_amounts_keep_their_order_among_words_of_a_drawing_from_right_to_left(new_project: Callable[..., Path]) -> None:
    words = TEXT.format(9, 50, "", "Neem 2 × 500 mg")
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200">{words}</svg>'
    text = "---\ntitle: Knie\n---\n\n![Een knie.](knee.svg)\n"
    settings = support.SETTINGS.replace('"en"', '"ar"')
    folder = new_project({"source/knee.md": text, "source/knee.svg": drawing}, settings, update=True)
    support.translate(folder, {"Knie": "ركبة", "Een knie.": "ركبة.", "Neem 2 × 500 mg": "خذ 2 × 500 mg"}, language="ar")

    assert 0 == cli.run(["build", "-q"])
    page = output_reader.page(folder / "build/ar/knee.html")
    [source] = [src for src in page.xpath("//main//img/@src") if src.startswith(text_runs.SVG_URL)]
    content = base64.b64decode(source[len(text_runs.SVG_URL) :])
    assert "خذ \u20662 × 500 mg\u2069" in content.decode()
