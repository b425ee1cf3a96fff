"""The types of a structure tree: elements, marked content, and the areas of links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

HtmlElement = Any
"""An element of the HTML page, of xml.etree."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked-content sequence: number *mcid* on *page*, counted from 0, painted for *box* of WeasyPrint.

    *hyphen* is the number of the hyphen that was added to its text where a line ends. That has no box.
    """

    page: int
    mcid: int
    box: Any
    hyphen: int | None = None


@dataclass(frozen=True, slots=True)
class LinkArea:
    """The annotation, an object of the file, of a link on one line of *page* (counted from 0)."""

    page: int
    annotation: Any


@dataclass(frozen=True, slots=True, eq=False)
class Element:
    """A structure element (ISO 32000-1, 14.7.2): its structure type, its HTML element, its kids in reading order.

    *kids* and *entries* (what else its dictionary holds) are filled while the tree is built.
    """

    kind: str
    html: HtmlElement = None
    kids: list[Element | Mark | LinkArea] = field(default_factory=list)
    entries: dict[str, Any] = field(default_factory=dict)

    def children(self) -> list[Element]:
        """Return the kids that are structure elements."""
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def walk(self) -> Iterator[Element]:
        """Yield this element and all below it, in reading order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(element.children())

    def marks(self) -> Iterator[Mark]:
        """Yield what is painted for this element and those below it, in reading order."""
        waiting = self.kids[::-1]
        while waiting:
            kid = waiting.pop()
            if isinstance(kid, Mark):
                yield kid
            elif isinstance(kid, Element):
                waiting += reversed(kid.kids)
