"""Boxes: the bold line that opens the key points is their heading, so that they are found by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polyleaf import tree

if TYPE_CHECKING:
    from polyleaf.model import Node, Nodes

KEYPOINTS = "keypoints"
DEEPEST = 6


def with_headings(blocks: Nodes, above: int = 1) -> Nodes:
    """Return *blocks* in which key points that start with a bold line have it as a heading, one level below *above*.

    That is the level of the section in which they stand, or of the title. A heading is in the contents, and a voice
    can go to it; a bold line is only to be seen.
    """
    return _Boxes().visit(blocks, above)


class _Boxes:
    """Counts the boxes, so that every heading has an id of its own."""

    def __init__(self) -> None:
        self._count = 0

    def visit(self, blocks: Nodes, above: int) -> Nodes:
        made = []
        for block in blocks:
            above = block["c"][0] if block["t"] == "Header" else above
            made.append(self._box(block, above) if block["t"] == "Div" else block)
        return made

    def _box(self, box: Node, above: int) -> Node:
        attr, blocks = box["c"]
        line = _bold(blocks[0]["c"]) if blocks and blocks[0]["t"] == "Para" else []
        if KEYPOINTS not in attr[1] or not line:
            return tree.element("Div", [attr, self.visit(blocks, above)])
        self._count += 1
        identifier = "polyleaf-keypoints" + (f"-{self._count}" if self._count > 1 else "")
        heading = tree.element("Header", [min(above + 1, DEEPEST), [identifier, [], []], line])
        return tree.element("Div", [attr, [heading, *self.visit(blocks[1:], above)]])


def _bold(inlines: Nodes) -> Nodes:
    """Return *inlines* without the bold that all of them are in; nothing when it is not all of them."""
    if len(inlines) != 1 or inlines[0]["t"] not in {"Strong", "Span"}:
        return []
    inside = tree.children(inlines[0])
    if inlines[0]["t"] == "Strong":
        return inside
    bare = _bold(inside)
    return [tree.with_children(inlines[0], bare)] if bare else []
