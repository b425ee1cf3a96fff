"""Headings of admonitions (warnings, key points): the bold line that opens one, or the word for its urgency."""

from __future__ import annotations

from collections import Counter
from typing import Any

from polyleaf import tree
from polyleaf.editions.language_labels import label_inlines
from polyleaf.model import Node, Nodes

KEYPOINTS = "keypoints"
LOWEST_LEVEL = 6

URGENCY = {
    "warning": "Warning",
    "call-now": "Call now",
    "call-today": "Call today",
    "call-appointment": "Make an appointment",
}
"""The boxes that tell how urgent something is, and the theme's label that says it in words (WCAG 2.2, 1.4.1)."""

TITLED = (KEYPOINTS, *URGENCY)
"""The boxes whose bold line is a heading."""

PREFIX = "polyleaf-"
"""What the id of a heading begins with that no author wrote."""


def with_headings(blocks: Nodes, language: str) -> Nodes:
    """Return *blocks* in which boxes that start with a bold line have it as a heading.

    It is one level below the section in which they stand, or the title. A heading is in the contents, and a screen
    reader can go to it; a bold line is only to be seen. A line that is all of the box heads nothing, and stays a text.

    A box of urgency that opens with neither a heading nor bold words gets the word for its urgency, in *language* (a
    gettext code): else only its colour and its sign would tell.
    """
    return list(_AdmonitionHeadings(language).visit(blocks, 1))


def is_titled(block: Node) -> bool:
    """Tell whether *block* is a box that `with_headings` gave its heading: it belongs to the section it stands in."""
    if block["t"] != "Div" or not block["c"][1] or block["c"][1][0]["t"] != "Header":
        return False
    identifier = str(block["c"][1][0]["c"][1][0])
    return any(identifier.startswith(PREFIX + name) for name in TITLED if name in tree.classes(block))


class _AdmonitionHeadings:
    """Counts the boxes of each kind, so that every heading has an id of its own."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._counts: Counter[str] = Counter()

    def visit(self, value: Any, above: int) -> Any:  # noqa: ANN401 - as in tree.walk
        """Return *value* with its boxes made, wherever they stand; the last heading before one tells its level."""
        if isinstance(value, dict):
            if value.get("t") == "Div":
                return self._box(value, above)
            return {key: self.visit(part, above) for key, part in value.items()}
        if not isinstance(value, list):
            return value
        visited = []
        for part in value:
            above = part["c"][0] if isinstance(part, dict) and part.get("t") == "Header" else above
            visited.append(self.visit(part, above))
        return visited

    def _box(self, box: Node, above: int) -> Node:
        attr, blocks = box["c"]
        name = next((name for name in TITLED if name in attr[1]), "")
        line = _strip_bold(blocks[0]["c"]) if blocks[1:] and blocks[0]["t"] == "Para" else []
        title = line or self._urgency_label(name, blocks)
        if not name or not title:
            return tree.element("Div", [attr, self.visit(blocks, above)])
        self._counts[name] += 1
        identifier = f"{PREFIX}{name}" + (f"-{self._counts[name]}" if self._counts[name] > 1 else "")
        level = min(above + 1, LOWEST_LEVEL)
        heading = tree.element("Header", [level, [identifier, [], []], title])
        return tree.element("Div", [attr, [heading, *self.visit(blocks[1:] if line else blocks, above)]])

    def _urgency_label(self, name: str, blocks: Nodes) -> Nodes:
        """Return the word for the urgency of the box *name*, where *blocks* open with nothing that stands out."""
        return label_inlines(URGENCY[name], self._language) if name in URGENCY and blocks and not _opens(blocks) else []


def _opens(blocks: Nodes) -> bool:
    """Tell whether *blocks* open with a heading or with bold words."""
    first = blocks[0]
    if first["t"] == "Div":
        return bool(first["c"][1]) and _opens(first["c"][1])
    return first["t"] == "Header" or (first["t"] in {"Para", "Plain"} and _is_bold(first["c"]))


def _is_bold(inlines: Nodes) -> bool:
    """Tell whether the first word of *inlines* is bold."""
    first = next((node for node in inlines if tree.plain([node])), None)
    return first is not None and (first["t"] == "Strong" or _is_bold(tree.children(first)))


def _strip_bold(inlines: Nodes) -> Nodes:
    """Return *inlines* without the bold that all of them are in; nothing when it is not all of them."""
    if len(inlines) != 1 or inlines[0]["t"] not in {"Strong", "Span"}:
        return []
    inside = tree.children(inlines[0])
    if inlines[0]["t"] == "Strong":
        return inside
    inside = _strip_bold(inside)
    return [tree.with_children(inlines[0], inside)] if inside else []
