"""Where the pages of a printed leaflet begin, read from what WeasyPrint has laid out.

The HTML that is laid out has a number on every element of the text, so that a place in it is found again in the same
text elsewhere: the element, and how many letters of its own stand before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

NUMBER = "data-place"
"""The attribute with the number of an element."""

TAG = re.compile(r"<!--.*?-->|(<[A-Za-z][^\s/>]*)", re.DOTALL)

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
"""A letter that is in a text and not on paper."""


@dataclass(frozen=True, slots=True)
class Start:
    """The place where *page* (from 2) begins: an element by its number, and how many of its own letters are before."""

    page: int
    element: int
    letters: int


def numbered(html: str, places: Iterator[int]) -> str:
    """Return *html*, well-formed as pandoc writes it, with the next of *places* on every element."""
    return TAG.sub(lambda tag: f'{tag[1]} {NUMBER}="{next(places)}"' if tag[1] else tag[0], html)


def letters(text: str) -> int:
    """Return how many letters, figures and signs *text* has on paper: all but spaces, which a line may lose."""
    return sum(not (letter.isspace() or letter == SOFT_HYPHEN) for letter in text)


def starts(document: Any) -> Iterator[Start]:  # noqa: ANN401 - WeasyPrint brings no types
    """Yield where the pages of WeasyPrint's *document* begin, from the second.

    A page that begins with something else than text (the contents) begins at the first text after that; a
    page after the last of the text is left out. The heads of a table, which each of its pages repeats, begin nothing.
    """
    read: dict[int, int] = {}
    heads: set[int] = set()
    waiting: list[int] = []
    for number, page in enumerate(document.pages, 1):
        waiting += [number] if number > 1 else []
        for element, text in list(_pieces(page._page_box, heads)):  # noqa: SLF001 - there is no other way in
            yield from (Start(which, element, read.get(element, 0)) for which in waiting)
            waiting.clear()
            read[element] = read.get(element, 0) + letters(text)
        heads |= set(_heads(page._page_box))  # noqa: SLF001 - as above


def _pieces(box: Any, heads: set[int]) -> Iterator[tuple[int, str]]:  # noqa: ANN401 - as in starts
    """Yield the texts and pictures below *box* in reading order, with their elements; none of *heads* again."""
    box = getattr(box, "_box", box)  # what is placed apart is held by something else
    place = _place(box)
    if place is not None and (letters(getattr(box, "text", "")) or hasattr(box, "replacement")):
        yield place, getattr(box, "text", "")
    if not (_is_head(box) and place in heads):
        for child in getattr(box, "children", ()):
            yield from _pieces(child, heads)


def _heads(box: Any) -> Iterator[int]:  # noqa: ANN401 - as in starts
    box = getattr(box, "_box", box)
    place = _place(box)
    if _is_head(box) and place is not None:
        yield place
    for child in getattr(box, "children", ()):
        yield from _heads(child)


def _is_head(box: Any) -> bool:  # noqa: ANN401 - as in starts
    return bool(getattr(box, "is_header", False))


def _place(box: Any) -> int | None:  # noqa: ANN401 - as in starts
    """Return the number of the element of *box*, unless a style sheet has written what is in it."""
    source = box.element
    number = None if source is None or "::" in box.element_tag else source.get(NUMBER)
    return None if number is None else int(number)
