"""Lengths of SVG in pixels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

MEDIUM = 16.0
"""The size of words that nothing is said of, in pixels."""

PIXELS: Mapping[str, float] = {
    "": 1, "px": 1, "pt": 4 / 3, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 96 / 25.4,
}  # fmt: skip
"""What a unit measures (CSS Values 4, 6.2)."""

LENGTH = re.compile(r"([-+]?(?:\d++(?:\.\d*+)?|\.\d++)(?:e[-+]?\d++)?)\s*+(px|pt|pc|in|cm|mm|em|ex|%)?", re.IGNORECASE)


def in_pixels(value: str, size: float = MEDIUM, reference: float | None = None) -> float | None:
    """Return the length *value* in pixels, where words have *size* and 100 % is *reference*; None for what is none."""
    match = LENGTH.fullmatch(value.strip())
    if match is None:
        return None
    unit = (match[2] or "").lower()
    relative = {"em": size, "ex": size / 2, "%": None if reference is None else reference / 100}
    factor = relative[unit] if unit in relative else PIXELS[unit]
    return None if factor is None else float(match[1]) * factor


def font_size(element: etree._Element) -> float:
    """Return the size of the words of *element* in pixels."""
    parent = element.getparent()
    around = MEDIUM if parent is None else font_size(parent)
    own = in_pixels(str(element.get("font-size", "1em")), around, around)
    return around if own is None else own


def written(number: float) -> str:
    """Return *number* as SVG writes it, with at most three decimals."""
    return f"{number:.3f}".rstrip("0").rstrip(".")
