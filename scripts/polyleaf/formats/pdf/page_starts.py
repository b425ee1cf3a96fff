"""Page starts: at which letter of the text each page of a layout of WeasyPrint begins.

The HTML that is laid out has a number on every element of the text, so that a page start is found again in the same
text elsewhere, as in the e-book: the element, and how many letters of its own stand before.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from polyleaf.formats.pdf import footnotes, row_headers

NUMBER = "data-number"
"""The attribute with the number of an element."""

TAG = re.compile(r"<!--.*?(?:-->|\Z)|(<[A-Za-z][^\s/>]*)", re.DOTALL)

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
    page after the last of the text is left out. The heads of a table, which each of its pages repeats, begin nothing,
    and no note does: the same text elsewhere has the notes at its end.
    """
    read: dict[int, int] = {}
    heads: set[int] = set()
    waiting: list[int] = []
    for at, page in enumerate(document.pages, 1):
        waiting += [at] if at > 1 else []
        for box in _boxes(page._page_box, heads):  # noqa: SLF001 - there is no other way in
            element, letters = _number(box), count_letters(getattr(box, "text", ""))
            if element is not None and (letters or hasattr(box, "replacement")):
                yield from (PageStart(page_number, element, read.get(element, 0)) for page_number in waiting)
                waiting.clear()
                read[element] = read.get(element, 0) + letters
        boxes = filter(_is_head, _boxes(page._page_box))  # noqa: SLF001 - as above
        heads |= {number for number in map(_number, boxes) if number is not None}


def has_text(page: Any) -> bool:  # noqa: ANN401 - as in find_page_starts
    """Tell whether a numbered element stands on WeasyPrint's *page*, and not only what a template puts there."""
    return any(_number(box) is not None for box in _boxes(page._page_box))  # noqa: SLF001 - as in find_page_starts


def _boxes(box: Any, heads: Collection[int] = ()) -> Iterator[Any]:  # noqa: ANN401 - as in find_page_starts
    """Yield *box* and those in it, in reading order; nothing inside the table heads *heads*, and no notes."""
    waiting = [box]
    while waiting:
        box = waiting.pop()
        box = getattr(box, "_box", box)  # what is positioned by itself is held by something else
        if row_headers.is_repeated(box) or (box.element is not None and box.element.get("role") == footnotes.ROLE):
            continue
        yield box
        if not (_is_head(box) and _number(box) in heads):
            waiting += reversed(getattr(box, "children", ()))


def _is_head(box: Any) -> bool:  # noqa: ANN401 - as in find_page_starts
    return bool(getattr(box, "is_header", False))


def _number(box: Any) -> int | None:  # noqa: ANN401 - as in find_page_starts
    """Return the number of the element of *box*; None where the content is that of a style sheet."""
    html = box.element
    number = None if html is None or "::" in box.element_tag else html.get(NUMBER)
    return None if number is None else int(number)
