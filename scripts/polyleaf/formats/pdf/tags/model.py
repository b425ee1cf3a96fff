"""The nouns of a tree of tags: elements, what is painted for them, and the areas of links."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

Source = Any
"""An element of the HTML page, of xml.etree."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A piece of content: number *mcid* on *page*, counted from 0, painted for *box* of WeasyPrint."""

    page: int
    mcid: int
    box: Any


@dataclass(frozen=True, slots=True)
class Area:
    """The annotation of a link on one line or *page*: an object of the file."""

    page: int
    annotation: Any


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A structure element (ISO 32000-1, 14.7.2): its kind, what of the page it is, and its kids in reading order.

    *kids* and *about* (further entries of its dictionary) are filled while the tree grows.
    """

    kind: str
    source: Source = None
    kids: list[Node | Mark | Area] = field(default_factory=list)
    about: dict[str, Any] = field(default_factory=dict)

    def elements(self) -> list[Node]:
        """Return the kids that are structure elements."""
        return [kid for kid in self.kids if isinstance(kid, Node)]

    def below(self) -> Iterator[Node]:
        """Yield this element and all below it, in reading order."""
        yield self
        for kid in self.elements():
            yield from kid.below()

    def marks(self) -> Iterator[Mark]:
        """Yield what is painted for this element, in reading order."""
        for kid in self.kids:
            if isinstance(kid, Mark):
                yield kid
            elif isinstance(kid, Node):
                yield from kid.marks()
