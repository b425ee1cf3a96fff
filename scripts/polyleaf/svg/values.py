"""Values of attributes that SVG's grammar does not have.

A browser takes the attribute as not there; WeasyPrint fails, or reads what Python does: `float("NaN")` is a number.
Programs that draw from data write `NaN` where a number is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from polyleaf.quotations import quote
from polyleaf.svg.lengths import font_size
from polyleaf.svg.nodes import name

if TYPE_CHECKING:
    from lxml import etree

NUMBER = r"(?>[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)"
NUMBERS = rf"{NUMBER}(?:(?:\s*,\s*|\s+|(?=[-+.])){NUMBER})*+"
COMMA = r"\s*+(?:,\s*+)?"
FLAGS = rf"{NUMBER}{COMMA}{NUMBER}{COMMA}{NUMBER}{COMMA}[01]{COMMA}[01]{COMMA}{NUMBER}{COMMA}{NUMBER}{COMMA}"
"""The arguments of an elliptical arc, whose flags may stand without anything between them."""

ARGUMENTS: Mapping[str, str] = {
    letters: rf"(?:{NUMBER}{COMMA}){{{count}}}" for letters, count in {"mlt": 2, "hv": 1, "qs": 4, "c": 6}.items()
} | {"a": FLAGS}
COMMANDS = "|".join(rf"[{letters}]\s*+(?:{arguments})++" for letters, arguments in ARGUMENTS.items())
PATH = rf"none|(?=m)(?:(?:{COMMANDS}|z\s*+))*+"
"""The data of a path (SVG 2, 9.3.9). A browser draws a path up to its first fault, WeasyPrint what it makes of it."""

POINTS = rf"(?:{NUMBER}{COMMA}{NUMBER}{COMMA})*+"
GRAMMAR: Mapping[str, re.Pattern[str]] = {
    key: re.compile(rf"\A(?:{pattern})\Z", re.IGNORECASE)
    for key, pattern in {
        **dict.fromkeys(("opacity", "fill-opacity", "stroke-opacity", "stop-opacity"), f"{NUMBER}%?"),
        "stroke-miterlimit": NUMBER,
        "d": PATH,
        "points": POINTS,
        **dict.fromkeys(("rotate", "viewBox"), NUMBERS),
        "font-style": "normal|italic|oblique",
        "orient": f"auto|auto-start-reverse|{NUMBER}",
    }.items()
}
"""The values of attributes on any other of which WeasyPrint fails, or draws something else than a browser
(SVG 1.1, appendix F.3; SVG 2, 10.6.1; CSS Fonts 4, 2.4)."""

LENGTH = rf"{NUMBER}(?:%|px|pt|pc|in|cm|mm|q|em|ex|rem|ch|lh|vw|vh|vmin|vmax)?"
LENGTHS = re.compile(
    rf"{LENGTH}(?:(?:\s*,\s*|\s+|(?=[-+.])){LENGTH})*+|none|auto|normal|inherit|initial|unset", re.IGNORECASE
)
"""A browser takes no other value of a coordinate. WeasyPrint looks at its last letters, and fails or draws 0."""

COORDINATES = frozenset(
    """x y x1 y1 x2 y2 cx cy r rx ry fx fy dx dy width height offset font-size letter-spacing stroke-width
    stroke-dasharray stroke-dashoffset refX refY markerWidth markerHeight""".split()  # noqa: SIM905 - as in `reading`
)
"""Attributes that are nothing but numbers with units."""

LARGEST_WORDS = 100_000
"""The size of words in pixels up to which Pango sets them: it counts in 1024ths of a point, in 32 bits."""

EXPORT = "Put it right, or make the drawing again: a number may be missing in what it was drawn from."


def find_faults(element: etree._Element) -> Iterator[tuple[str, str]]:
    """Yield fact and hint for each value of *element* that its attribute cannot have."""
    for key, value in element.attrib.items():
        grammar = GRAMMAR.get(str(key)) or (LENGTHS if key in COORDINATES else None)
        if value and grammar and not grammar.fullmatch(value.strip()):
            yield f"{key} cannot be {quote(str(value))}", EXPORT
    if name(element) in {"text", "tspan"} and not font_size(element) <= LARGEST_WORDS:
        yield f"these words are more than {LARGEST_WORDS} pixels high", "Give them a smaller font-size."
