"""What a page and a part of a book are both asked."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from polyleaf.model import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from polyleaf.inspection.html import HtmlDocument


def language(page: HtmlDocument) -> Iterator[str]:
    """Yield what *page* does not say, or says wrongly, of its title, its language and its direction."""
    root = page.tags[0]
    if not any(tag.words for tag in page.named("title")):
        yield "it has no title"
    if root.get("lang") != page.language:
        yield f"it says that its language is {root.get('lang')!r}, and it is in {page.language!r}"
    if root.get("dir") != page.direction:
        yield f"it says that it is read {root.get('dir')!r}, and it is read {page.direction!r}"


def levels(page: HtmlDocument) -> Iterator[str]:
    """Yield each heading of *page* that skips a level."""
    headings = page.named(*HEADINGS)
    for before, after in pairwise(headings):
        if HEADINGS.index(after.name) > HEADINGS.index(before.name) + 1:
            yield f"line {after.line}: the heading {after.words!r} skips a level: {before.name}, then {after.name}"


def images(page: HtmlDocument) -> Iterator[str]:
    """Yield each image of *page* without an alternative text."""
    for tag in page.named("img"):
        if "alt" not in tag.attributes:
            yield f"line {tag.line}: an image has no alternative text"


def twice(page: HtmlDocument) -> Iterator[str]:
    """Yield each id of *page* that several elements have."""
    for name, count in Counter(page.ids).items():
        if count > 1:
            yield f"{count} elements have the id {name!r}"
