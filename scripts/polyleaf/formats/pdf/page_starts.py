"""Page starts: at which letter of the text each page of a layout of WeasyPrint begins.

The HTML that is laid out has a number on every element of the text, so that a page start is found again in the same
text elsewhere, as in the e-book: the element, and how many letters of its own stand before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

NUMBER = "data-number"
"""The attribute with the number of an element."""

TAG = re.compile(r"<!--.*?-->|(<[A-Za-z][^\s/>]*)", re.DOTALL)

SOFT_HYPHEN = "\N{SOFT HYPHEN}"
"""A letter that is in a text and not on paper."""


@dataclass(frozen=True, slots=True)
class PageStart:
    """Where *page* (from 2) begins: in which *element*, by its number, and after how many *letters* of its own."""

    page: int
    element: int
    letters: int


def number_elements(html: str, numbers: Iterator[int]) -> str:
    """Return *html*, well-formed as pandoc writes it, with the next of *numbers* on every element."""
    return TAG.sub(lambda tag: f'{tag[1]} {NUMBER}="{next(numbers)}"' if tag[1] else tag[0], html)


def count_letters(text: str) -> int:
    """Return the number of letters, figures and signs of *text* on paper: all but spaces, which a line may lose."""
    return sum(not (letter.isspace() or letter == SOFT_HYPHEN) for letter in text)


def find_page_starts(document: Any) -> Iterator[PageStart]:  # noqa: ANN401 - WeasyPrint brings no types
    """Yield the starts of the pages of WeasyPrint's *document*, from the second.

    A page that begins with something else than text (the contents) begins at the first text after that; a
    page after the last of the text is left out. The heads of a table, which each of its pages repeats, begin nothing.
    """
    read: dict[int, int] = {}
    heads: set[int] = set()
    waiting: list[int] = []
    for number, page in enumerate(document.pages, 1):
        waiting += [number] if number > 1 else []
        for element, text in list(_pieces(page._page_box, heads)):  # noqa: SLF001 - there is no other way in
            yield from (PageStart(page_number, element, read.get(element, 0)) for page_number in waiting)
            waiting.clear()
            read[element] = read.get(element, 0) + count_letters(text)
        heads |= set(_heads(page._page_box))  # noqa: SLF001 - as above


def _pieces(box: Any, heads: set[int]) -> Iterator[tuple[int, str]]:  # noqa: ANN401 - as in find_page_starts
    """Yield the texts and pictures below *box* in reading order, with their elements; none of *heads* again."""
    box = getattr(box, "_box", box)  # what is positioned by itself is held by something else
    number = _number(box)
    if number is not None and (count_letters(getattr(box, "text", "")) or hasattr(box, "replacement")):
        yield number, getattr(box, "text", "")
    if not (_is_head(box) and number in heads):
        for child in getattr(box, "children", ()):
            yield from _pieces(child, heads)


def _heads(box: Any) -> Iterator[int]:  # noqa: ANN401 - as in find_page_starts
    box = getattr(box, "_box", box)
    number = _number(box)
    if _is_head(box) and number is not None:
        yield number
    for child in getattr(box, "children", ()):
        yield from _heads(child)


def _is_head(box: Any) -> bool:  # noqa: ANN401 - as in find_page_starts
    return bool(getattr(box, "is_header", False))


def _number(box: Any) -> int | None:  # noqa: ANN401 - as in find_page_starts
    """Return the number of the element of *box*; None where the content is that of a style sheet."""
    html = box.element
    number = None if html is None or "::" in box.element_tag else html.get(NUMBER)
    return None if number is None else int(number)
