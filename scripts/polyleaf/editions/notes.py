"""Notes: letters where an author put them, and their texts in a section at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from polyleaf import templates, tree
from polyleaf.editions.labels import labelled

if TYPE_CHECKING:
    from polyleaf.model import Node, Nodes

LEVEL = 2
"""The level of the heading above the notes: that of a section."""

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def with_notes(blocks: Nodes, language: str) -> Nodes:
    """Return *blocks* with letters for the notes, and the notes in a section at the end, labels in *language*.

    Notes are numbered in reading order; one within a note comes after those in the text.
    """
    notes: list[Nodes] = []

    def pulled(value: Any) -> Any:  # noqa: ANN401 - as in tree.walk
        if isinstance(value, list):
            return [pulled(part) for part in value]
        if not isinstance(value, dict):
            return value
        if value.get("t") != "Note":
            return {key: pulled(part) for key, part in value.items()}
        notes.append(value["c"])
        return _mark(len(notes))

    made: Nodes = pulled(blocks)
    if not notes:
        return made
    back = templates.label("Back to text", language)
    items: list[Nodes] = []
    while len(items) < len(notes):
        number = len(items) + 1
        items.append(_item(pulled(notes[number - 1]), _way_back(number, back), f"fn-{number}"))
    title = labelled("Notes", language)
    heading = tree.element("Header", [LEVEL, ["notes", [], []], title])
    style = [1, tree.element("LowerAlpha"), tree.element("Period")]
    listed = tree.element("OrderedList", [style, items])
    return [*made, tree.div(["footnotes"], [heading, listed], pairs={"role": "doc-endnotes"})]


def tight(item: Nodes) -> Nodes:
    """Return the blocks of a list item without paragraphs: those that follow each other become lines of one text."""
    made: Nodes = []
    for block in item:
        if block["t"] not in {"Para", "Plain"}:
            made.append(block)
        elif made and made[-1]["t"] == "Plain":
            made[-1] = tree.element("Plain", [*made[-1]["c"], tree.element("LineBreak"), *block["c"]])
        else:
            made.append(tree.element("Plain", block["c"]))
    return made


def _mark(number: int) -> Node:
    attr = [f"fnref-{number}", [], [["role", "doc-noteref"]]]
    link = tree.element("Link", [attr, [tree.string(_letter(number))], [f"#fn-{number}", ""]])
    return tree.span([tree.element("Superscript", [link])], classes=["note-ref"])


def _way_back(number: int, back: str) -> Node:
    attr = ["", ["backlink"], [["role", "doc-backlink"], ["aria-label", f"{back} ({_letter(number)})"]]]
    return tree.element("Link", [attr, [tree.string("↩\ufe0e")], [f"#fnref-{number}", ""]])


def _item(note: Nodes, back: Node, identifier: str) -> Nodes:
    """Return a note as an item of a list: its first text is where links to it lead, its last one leads back."""
    made = tight(note)
    first = made[0]["c"] if made and made[0]["t"] == "Plain" else []
    anchor = tree.element("Span", [[identifier, [], []], first])
    made = [tree.element("Plain", [anchor]), *(made[1:] if first else made)]
    if made[-1]["t"] != "Plain":
        return [*made, tree.element("Plain", [back])]
    return [*made[:-1], tree.element("Plain", [*made[-1]["c"], tree.string("\u00a0"), back])]  # never alone on a line


def _letter(number: int) -> str:
    number -= 1
    return LETTERS[number % 26] * (number // 26 + 1)
