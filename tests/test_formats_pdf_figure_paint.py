"""Gradients and patterns of figures: colours on paper where SVG has them."""

from __future__ import annotations

import base64
from typing import Any

import pypdfium2
import pytest

from polyleaf import svg
from polyleaf.formats.pdf import layout
from polyleaf.model import DEFAULT_THEME

Pixel = tuple[int, int, int]
RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)

STOPS = '<stop offset="0" stop-color="red"/><stop offset="1" stop-color="blue"/>'
SQUARE = '<rect width="10" height="10" fill="red"/>'
RECT = '<rect x="20" y="20" width="200" height="100" fill="url(#p)"/>'
EVERY_20 = 'id="p" width="20" height="20" patternUnits="userSpaceOnUse"'

PAINTS: dict[str, tuple[str, dict[tuple[int, int], Pixel]]] = {
    "a radius of half a circle": (
        f'<radialGradient id="p">{STOPS}</radialGradient><circle cx="100" cy="100" r="80" fill="url(#p)"/>',
        {(100, 100): RED, (176, 100): (13, 0, 242), (60, 100): (128, 0, 128)},
    ),
    "a circle that is transformed": (
        (
            f'<radialGradient id="p" gradientUnits="userSpaceOnUse" cx="0" cy="0" r="1" gradientTransform='
            f'"translate(120 70) scale(100 40)">{STOPS}</radialGradient>{RECT}'
        ),
        {(120, 70): RED, (170, 70): (128, 0, 128), (120, 114): BLUE},
    ),
    "a gradient in a group that is moved": (
        (
            f'<linearGradient id="p" gradientUnits="userSpaceOnUse" x1="0" x2="100" gradientTransform="translate(20)">'
            f'{STOPS}</linearGradient><g transform="translate(40 10) scale(1.2)">'
            '<rect x="20" y="20" width="100" height="50" fill="url(#p)"/></g>'
        ),
        {(66, 50): (250, 0, 5), (124, 50): (128, 0, 128), (181, 50): (5, 0, 250)},
    ),
    "a colour that is transparent": (
        (
            '<linearGradient id="p"><stop offset="0" stop-color="red" stop-opacity="0"/><stop offset="1"'
            f' stop-color="blue"/></linearGradient>{RECT}'
        ),
        {(22, 70): (255, 252, 252), (120, 70): (191, 128, 191), (218, 70): (5, 2, 253)},
    ),
    "a line": (
        (
            f'<linearGradient id="p" gradientUnits="userSpaceOnUse" x1="20" x2="220">{STOPS}</linearGradient>'
            '<line x1="20" y1="50" x2="220" y2="50" stroke="url(#p)" stroke-width="30"/>'
        ),
        {(22, 38): (252, 0, 3), (120, 62): (128, 0, 128), (120, 80): WHITE},
    ),
    "a curve, which is less high than its points": (
        (
            f'<linearGradient id="p" x2="0" y2="1">{STOPS}</linearGradient>'
            '<path d="M20 120C20 -40 220 -40 220 120z" fill="url(#p)"/>'
        ),
        {(120, 3): (247, 0, 8), (120, 60): (128, 0, 128), (120, 118): (4, 0, 251)},
    ),
    "tiles that begin elsewhere": (
        f'<pattern {EVERY_20} x="7" y="4">{SQUARE}</pattern>{RECT}',
        {(52, 49): RED, (42, 49): WHITE, (52, 59): WHITE},
    ),
    "tiles of a shape that begins between them": (
        f'<pattern {EVERY_20}>{SQUARE}</pattern><rect x="33" y="33" width="150" height="90" fill="url(#p)"/>',
        {(45, 45): RED, (55, 45): WHITE, (45, 55): WHITE},
    ),
    "tiles around a shape": (
        (
            f'<pattern {EVERY_20}>{SQUARE}</pattern><rect x="40" y="40" width="150" height="90" fill="none"'
            ' stroke="url(#p)" stroke-width="40"/>'
        ),
        {(25, 65): RED, (35, 65): WHITE, (115, 85): WHITE},
    ),
}


def _picture(inside: str) -> Any:
    content = f'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200" viewBox="0 0 300 200">{inside}</svg>'
    figure = svg.replace_families(svg.parse(content.encode(), "k.svg"), "en", lambda _: ("Noto Sans",))
    source = f"data:image/svg+xml;base64,{base64.b64encode(figure).decode()}"
    style = "@page { size: 300px 200px; margin: 0 } body { margin: 0 } img { display: block }"
    page = f'<html lang="en"><title>Knee</title><style>{style}</style><img alt="A knee" src="{source}">'
    document = pypdfium2.PdfDocument(layout.render_pdf(page, DEFAULT_THEME))
    return document[0].render(scale=96 / 72).to_pil().convert("RGB")


@pytest.mark.parametrize("paint", PAINTS)
def test_a_figure_has_its_colours_on_paper_where_they_are_drawn(paint: str) -> None:
    inside, expected = PAINTS[paint]
    picture = _picture(inside)

    painted = {point: picture.getpixel(point) for point in expected}

    assert {} == {
        point: (colour, painted[point])
        for point, colour in expected.items()
        if any(abs(part - other) > 12 for part, other in zip(colour, painted[point], strict=True))
    }
