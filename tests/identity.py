"""The law of identity: who translates every message of a document into itself gets the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polyleaf import tree, units
from polyleaf.units import parsing

if TYPE_CHECKING:
    from collections.abc import Sequence

    from polyleaf.model import Document, Node, Nodes, Unit
    from polyleaf.units.segmentation import Segment


def broken(documents: Sequence[Document], cut: Sequence[tuple[Unit, ...]]) -> list[tuple[str, str]]:
    """Return place and fact of everything that keeps the law from holding for *documents*, whose units are in *cut*."""
    found = []
    read = iter(units.parse_translations([(unit, unit.message) for its_units in cut for unit in its_units]))
    for document, its_units in zip(documents, cut, strict=True):
        texts = {unit.index: next(read) for unit in its_units}
        for unit in its_units:
            found += [(unit.location, fault) for fault in units.find_faults(unit, unit.message, texts[unit.index])]

        def refill(segment: Segment, inlines: Nodes, texts: dict[int, Nodes] = texts) -> Nodes:
            return units.restore(texts[segment.index], inlines) if segment.index in texts else inlines

        pairs = zip(normal(document), normal(units.fill(document, document.language, refill)), strict=True)
        found += [(str(document.path), f"{one} became {other}") for one, other in pairs if one != other]
    return found


def normal(document: Document) -> list[tuple[str, Nodes]]:
    """Return kind and normal form of every text of *document*, notes inside a text by themselves."""
    found: list[tuple[str, Nodes]] = []

    def hollow(node: Node) -> Node:
        if node["t"] == "Image":
            return tree.with_children(node, [])
        return tree.element("Note", []) if node["t"] == "Note" else node

    def visit(segment: Segment, inlines: Nodes) -> Nodes:
        found.append((f"{segment.index} {segment.kind}", parsing._normalized(tree.rebuild(inlines, hollow))))
        return inlines

    units.fill(document, document.language, visit)
    return found
