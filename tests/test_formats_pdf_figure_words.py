"""Words in figures: those that leave their drawing, or stand on others, stop the build."""

from __future__ import annotations

import base64
from functools import partial

import pytest

from polyleaf import svg
from polyleaf.errors import RenderError
from polyleaf.fonts import fallback
from polyleaf.formats.pdf import layout
from polyleaf.model import DEFAULT_THEME

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


def _set(inside: str, language: str = "en") -> None:
    figure = svg.parse(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 200">{inside}</svg>'.encode(), "k.svg"
    )
    content = svg.replace_families(figure, language, partial(fallback.list_families, words="", theme=DEFAULT_THEME))
    source = f"data:image/svg+xml;base64,{base64.b64encode(content).decode()}"
    layout.render_pdf(
        f'<html lang="{language}"><title>Knee</title><p><img alt="A knee" src="{source}"></p>', DEFAULT_THEME
    )


def test_words_that_fit_in_their_drawing_are_set() -> None:
    for inside in FITTING.values():
        _set(inside)


@pytest.mark.parametrize("way", LEAVING)
def test_words_that_leave_their_drawing_are_named(way: str) -> None:
    with pytest.raises(RenderError, match=r"^the words .Runs out of it. run out of the drawing .A knee.") as refused:
        _set(LEAVING[way])

    assert "translation" in refused.value.hint


def test_words_that_stand_on_others_are_named() -> None:
    with pytest.raises(RenderError, match=r"'One tablet' and 'in the evening' stand on each other in the drawing"):
        _set(TEXT.format(20, 50, "", "One tablet") + TEXT.format(90, 52, "", "in the evening"))
