"""Footnotes: letters in the text, their texts in a section at the end, and names of such links for screen readers."""

from __future__ import annotations

from typing import Any

from polyleaf import templates, tree
from polyleaf.editions.language_labels import label_inlines
from polyleaf.model import NOTES, Node, Nodes

LEVEL = 2
"""The level of the heading above the notes: that of a section."""

SOURCE = "#ref-"
"""What the address of a source begins with, as citeproc has it."""

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def with_notes(blocks: Nodes, language: str) -> Nodes:
    """Return *blocks* with letters for the notes, and the notes in a section at the end, labels in *language*.

    Notes are numbered in reading order; one within a note comes after those in the text.
    """
    notes: list[Nodes] = []

    def extract(value: Any) -> Any:  # noqa: ANN401 - as in tree.walk
        if isinstance(value, list):
            return [extract(part) for part in value]
        if not isinstance(value, dict):
            return value
        if value.get("t") != "Note":
            return {key: extract(part) for key, part in value.items()}
        notes.append(value["c"])
        return _reference(len(notes), language)

    text: Nodes = extract(blocks)
    if not notes:
        return text
    back = templates.label("Back to text", language)
    items: list[Nodes] = []
    while len(items) < len(notes):
        number = len(items) + 1
        items.append(_item(extract(notes[number - 1]), _backlink(number, back), f"fn-{number}"))
    title = label_inlines("Notes", language)
    heading = tree.element("Header", [LEVEL, [NOTES, [], []], title])
    style = [1, tree.element("LowerAlpha"), tree.element("Period")]
    note_list = tree.element("OrderedList", [style, items])
    return [*text, tree.div(["footnotes"], [heading, note_list], pairs={"role": "doc-endnotes"})]


def tight(item: Nodes) -> Nodes:
    """Return the blocks of a list item without paragraphs: those that follow each other become lines of one text."""
    blocks: Nodes = []
    for block in item:
        if block["t"] not in {"Para", "Plain"}:
            blocks.append(block)
        elif blocks and blocks[-1]["t"] == "Plain":
            blocks[-1] = tree.element("Plain", [*blocks[-1]["c"], tree.element("LineBreak"), *block["c"]])
        else:
            blocks.append(tree.element("Plain", block["c"]))
    return blocks


def with_named_sources(blocks: Nodes, language: str) -> Nodes:
    """Return *blocks* in which the link of a citation is called "Source 1", in *language* (a gettext code).

    A list of links, and a screen reader in the PDF, would say "1".
    """

    def change(node: Node) -> Node:
        if node["t"] != "Link" or not node["c"][2][0].startswith(SOURCE):
            return node
        (identifier, classes, pairs), inlines, target = node["c"]
        named = [*pairs, *_accessible_name("Source %(number)s", language, number=tree.plain(inlines))]
        return tree.element("Link", [[identifier, classes, named], inlines, target])

    def cited(node: Node) -> Node:
        return tree.with_children(node, tree.rebuild(tree.children(node), change)) if node["t"] == "Cite" else node

    return list(tree.rebuild(blocks, cited))


def _accessible_name(label: str, language: str, **values: str) -> list[list[str]]:
    """Return the attributes of a link that is called *label*, which holds the words that it shows (WCAG 2.2, 2.5.3)."""
    name = templates.label(label, language) % values
    return [["aria-label", name], *([key, value] for key, value in templates.label_attributes(language).items())]


def _reference(number: int, language: str) -> Node:
    name = _accessible_name("Note %(letter)s", language, letter=_letter(number))
    attr = [f"fnref-{number}", [], [["role", "doc-noteref"], *name]]
    link = tree.element("Link", [attr, [tree.string(_letter(number))], [f"#fn-{number}", ""]])
    return tree.span([tree.element("Superscript", [link])], classes=[tree.NOTE_REFERENCE])


def _backlink(number: int, back: str) -> Node:
    attr = ["", ["backlink"], [["role", "doc-backlink"], ["aria-label", f"{back} ({_letter(number)})"]]]
    return tree.element("Link", [attr, [tree.string("↩\ufe0e")], [f"#fnref-{number}", ""]])


def _item(note: Nodes, back: Node, identifier: str) -> Nodes:
    """Return a note as an item of a list: its first text is where links to it lead, its last one leads back."""
    blocks = tight(note)
    first = blocks[0]["c"] if blocks and blocks[0]["t"] == "Plain" else []
    anchor = tree.element("Span", [[identifier, [], []], first])
    blocks = [tree.element("Plain", [anchor]), *(blocks[1:] if first else blocks)]
    if blocks[-1]["t"] != "Plain":
        return [*blocks, tree.element("Plain", [back])]
    return [*blocks[:-1], tree.element("Plain", [*blocks[-1]["c"], tree.string("\u00a0"), back])]  # on the last line


def _letter(number: int) -> str:
    """Return the marker of item *number* of a list of small letters: aa follows z (CSS Counter Styles 3, 3.1.3)."""
    before, last = divmod(number - 1, len(LETTERS))
    return (_letter(before) if before else "") + LETTERS[last]
