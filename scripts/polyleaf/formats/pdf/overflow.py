"""Overflow: texts and pictures that a layout puts where they cannot be read.

They leave the page, or the part of it that they belong in (CSS Paged Media 3, 3.2: the page area, a margin box; a cell
of a table); they stand on each other; or they are on no page, as the head of a table that is higher than one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, takewhile
from typing import Any, NamedTuple

from polyleaf.formats.pdf import page_starts
from polyleaf.quotations import quote

Box = Any
"""A box of WeasyPrint."""

ROUNDING = 2
"""By how many pixels a box may leave another, or stand on it: so much is rounded, or the side of a slanted sign."""

CAPITAL, SPACE = 0.7, 0.5
"""How high a capital letter is above the baseline, and how wide a space is at most, in sizes of type."""

PAGE_AREA = "the text area of the page"
PARTS = {"MarginBox": "the head or foot of the page", "TableCellBox": "its cell of the table"}
"""What boxes keep to themselves, by their class."""


class Area(NamedTuple):
    """A rectangle in pixels from the upper left corner of the page, and what it is called."""

    left: float
    top: float
    right: float
    bottom: float
    name: str = ""

    def leaves(self, other: Area) -> bool:
        """Tell whether some of it is outside *other*."""
        return (
            min(self.left - other.left, self.top - other.top) < -ROUNDING
            or max(self.right - other.right, self.bottom - other.bottom) > ROUNDING
        )

    def crosses(self, other: Area) -> bool:
        """Tell whether some of it is on *other*."""
        width = min(self.right, other.right) - max(self.left, other.left)
        return width > ROUNDING < min(self.bottom, other.bottom) - max(self.top, other.top)


class _Content(NamedTuple):
    """The *words* of a line, or the alternative text of a picture, where they are, and all text of their element."""

    words: str
    area: Area
    around: Area
    element: Any

    @property
    def text(self) -> str:
        return "".join(self.element.itertext()) or self.words


def find_lost(root: Any, document: Any) -> Iterator[tuple[int, str, str]]:  # noqa: ANN401 - WeasyPrint brings no types
    """Yield what cannot be read in the layout *document* of the HTML *root*: the page, from 1, the fact, and the text.

    The page of a text on none is 0; only numbered elements count there (`page_starts`).
    """
    shown: set[Any] = set()
    for number, page in enumerate(document.pages, 1):
        box = page._page_box  # noqa: SLF001 - there is no other way in
        contents = list(_find_contents(box, _measure(box, PAGE_AREA)))
        shown.update(content.element for content in contents)
        for content in contents:
            if content.area.leaves(Area(0, 0, page.width, page.height)):
                yield number, f"{quote(content.words)} leaves the page", content.text
            elif content.area.leaves(content.around):
                yield number, f"{quote(content.words)} leaves {content.around.name}", content.text
        for content, other in _find_crossing(contents):
            yield number, f"{quote(content.words)} and {quote(other.words)} stand on each other", content.text
    for element in root.iter():
        is_text = element.get(page_starts.NUMBER) and (element.text or "").strip() and element.get("hidden") is None
        if is_text and element not in shown:
            yield 0, f"{quote(element.text.strip())} is on no page", "".join(element.itertext())


def _find_contents(box: Box, around: Area) -> Iterator[_Content]:
    """Yield the texts and the pictures in *box*, which belong in *around* or in a part of it."""
    box = getattr(box, "_box", box)  # what is positioned by itself is held by something else
    name = type(box).__name__
    if name in PARTS:
        corner = box.position_x, box.position_y
        around = Area(*corner, corner[0] + box.margin_width(), corner[1] + box.margin_height(), PARTS[name])
    if getattr(box, "text", "").strip():
        yield _Content(box.text.strip(), _measure_text(box), around, box.element)
    elif hasattr(box, "replacement") and box.element.get("alt"):
        yield _Content(box.element.get("alt"), _measure(box), around, box.element)
    for child in getattr(box, "children", ()):
        yield from _find_contents(child, around)


def _measure(box: Box, name: str = "") -> Area:
    """Return the content area of *box*."""
    left, top = box.content_box_x(), box.content_box_y()
    return Area(left, top, left + box.width, top + box.height, name)


def _measure_text(box: Box) -> Area:
    """Return the area of the capital letters of the text *box*, without the space at the end of some lines."""
    size = box.style["font_size"]
    baseline = box.position_y + box.baseline
    space = SPACE * size if box.text != box.text.strip() else 0
    left, right = box.position_x, box.position_x + box.width
    is_from_right = box.style["direction"] == "rtl"
    return Area(left + space * is_from_right, baseline - CAPITAL * size, right - space * (not is_from_right), baseline)


def _find_crossing(contents: Sequence[_Content]) -> Iterator[tuple[_Content, _Content]]:
    """Yield the pairs of *contents*, those of one page, that stand on each other."""
    ordered = sorted(contents, key=lambda content: content.area.top)
    for at, content in enumerate(ordered, 1):
        below = takewhile(lambda other: other.area.top < content.area.bottom, islice(ordered, at, None))  # noqa: B023 - used at once
        yield from ((content, other) for other in below if content.area.crosses(other.area))
