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
    """Return location and fact of everything that breaks the law for *documents*, whose units are in *cut*."""
    faults = []
    read = iter(units.parse_translations([(unit, unit.message) for its_units in cut for unit in its_units]))
    for document, its_units in zip(documents, cut, strict=True):
        texts = {unit.index: next(read) for unit in its_units}
        for unit in its_units:
            faults += [(unit.location, fault) for fault in units.find_faults(unit, unit.message, texts[unit.index])]

        def refill(segment: Segment, inlines: Nodes, texts: dict[int, Nodes] = texts) -> Nodes:
            return units.restore(texts[segment.index], inlines) if segment.index in texts else inlines

        pairs = zip(normal(document), normal(units.fill(document, document.language, refill)), strict=True)
        faults += [(str(document.path), f"{before} became {after}") for before, after in pairs if before != after]
    return faults


def normal(document: Document) -> list[tuple[str, Nodes]]:
    """Return kind and normal form of every text of *document*, notes inside a text by themselves."""
    texts: list[tuple[str, Nodes]] = []

    def hollow(node: Node) -> Node:
        if node["t"] == "Image":
            return tree.with_children(node, [])
        return tree.element("Note", []) if node["t"] == "Note" else node

    def visit(segment: Segment, inlines: Nodes) -> Nodes:
        texts.append((f"{segment.index} {segment.kind}", parsing._normalized(tree.rebuild(inlines, hollow))))
        return inlines

    units.fill(document, document.language, visit)
    return texts
