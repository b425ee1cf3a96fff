"""The tree of tags grown from what is painted, in the order of the text.

WeasyPrint's boxes are cut where a line or a page ends, and wrapped where the layout asks for it. The elements of the
page are not: what is painted goes to the element that it is of, wherever it stands, so that each is one in the tree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from polyleaf.formats.pdf.tags import structure_types
from polyleaf.formats.pdf.tags.model import Area, Mark, Node

if TYPE_CHECKING:
    from polyleaf.formats.pdf.tags.model import Source

REPEATED = frozenset(("thead", "tfoot"))
CELLS = frozenset(("th", "td"))
Box = Any
"""A box of WeasyPrint."""


class Tree:
    """The structure tree of one file; *root* is the `html` element of its page.

    *gaps* are the pieces behind which stands a space that is not painted.
    """

    def __init__(self, root: Source) -> None:
        """Begin a tree in which nothing has grown yet."""
        self.document = Node("Document", root)
        self.gaps: set[Mark] = set()
        self._last: list[Mark] = []
        self._parents = {child: parent for parent in root.iter() for child in parent}
        self._inner = {root: self.document}
        self._outer = {root: self.document}
        self._items: dict[Source, Node] = {}
        self._pages: dict[Source, int] = {}

    def read(self, page: int, box: Box, marked: dict[Box, Any]) -> None:
        """Take in the boxes of *page*; *marked* tells which content is painted for each."""
        self._read(box, page, marked, None)

    def _read(self, box: Box, page: int, marked: dict[Box, Any], link: Source) -> None:
        if hasattr(box, "_box"):  # with a place of its own, such as the number of a page
            box = box._box  # noqa: SLF001 - there is no other way in
            self.gaps.update(self._last)
        source, name = box.element, box.element_tag
        if type(box).__name__ == "MarginBox" or (name in REPEATED and self._pages.setdefault(source, page) != page):
            return  # what every page repeats is an artifact (14.8.2.2)
        if name in CELLS:
            self._node(source)
        link = self._link(box, page, link)
        if box in marked and not _decorates(box):
            self._last = [Mark(page, marked[box]["mcid"], box)]
            self._holder(source, name).kids.extend(self._last)
        elif box in marked and hasattr(box, "text") and box.text:
            self.gaps.update(self._last)
        for child in box.children:
            self._read(child, page, marked, link)

    def _link(self, box: Box, page: int, link: Source) -> Source:
        """Return the link that *box* is in; what stands inside a link is in its area already (ISO 14289-1, 7.18.5)."""
        if link is not None or box.link_annotation is None or box.element_tag != "a":
            return link
        self._node(box.element).kids.append(Area(page, box.link_annotation))
        return box.element

    def _holder(self, source: Source, name: str) -> Node:
        inner = self._node(source)
        if not name.endswith("::marker") or self._outer[source].kind != "LI":
            return inner
        label = Node("Lbl")
        self._outer[source].kids.insert(0, label)
        return label

    def _node(self, source: Source) -> Node:
        if source not in self._inner:
            around = self._around(source)
            names = structure_types.of(source, self._above(source))
            nodes = [Node(name, source) for name in names]
            for node in nodes:
                around.kids.append(node)
                around = node
            self._inner[source], self._outer[source] = around, nodes[0] if nodes else around
        return self._inner[source]

    def _above(self, source: Source) -> tuple[Source, ...]:
        above = []
        while source in self._parents:
            source = self._parents[source]
            above.append(source)
        return tuple(above)

    def _around(self, source: Source) -> Node:
        """Return the element that *source* goes into: a term and its meaning in one item, a caption in its figure."""
        parent = self._parents[source]
        if source.tag in {"dt", "dd"} and parent.tag == "dl":
            return self._item(source, parent)
        if source.tag != "figcaption":
            return self._node(parent)
        return self._node(next((part for part in parent.iter() if part.tag in structure_types.IMAGES), parent))

    def _item(self, source: Source, terms: Source) -> Node:
        first = source
        for part in list(terms)[: list(terms).index(source)][::-1]:
            if part.tag == "dd" and first.tag == "dt":
                break
            first = part
        if first not in self._items:
            self._items[first] = Node("LI")
            self._node(terms).kids.append(self._items[first])
        return self._items[first]


def _decorates(box: Box) -> bool:
    """Whether *box* says nothing: a space for which nothing is painted, an image of a style sheet or without words."""
    if hasattr(box, "text"):
        return not box.text.strip()
    return box.element_tag not in structure_types.IMAGES or box.element.get("alt") == ""
