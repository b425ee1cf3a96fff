"""The habits of word processors taken off a tree: bullets typed by hand, boxes drawn as tables, signs nobody sees."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from polyleaf import tree
from polyleaf.sources import encoding

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from polyleaf.model import Node, Nodes

SYMBOLS = {0xF0B7: "•", 0xF0A7: "▪", 0xF0D8: "➢", 0xF0FC: "✓", 0x2028: " ", 0x2029: " ", 0x09: " "}
"""Signs of the fonts that Word takes its bullets from, and what ends a line nowhere."""

BULLET = re.compile(r"[•·▪▫◦‣∙●○■□◆➢➤✓–-](?=\s|$)")
"""What people and programs type for a list item."""

NUMBER = re.compile(r"(\d{1,2})[.)]")
"""What people type before an item of a list in its order."""

HYPHENS = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Characters that only say where a line may or may not end."""

BOUND = re.compile(r"(?<=\d)[\u00a0\u202f](?=[^\W\d_])")
"""A space between a number and its word; polyleaf binds the two itself."""


def clean_blocks(blocks: Nodes) -> Nodes:
    """Return *blocks* as an author would have written them."""
    return _numbered(list(tree.rebuild(blocks, _one)))


def clean_inlines(inlines: Nodes) -> Nodes:
    """Return *inlines* as an author would have written them."""
    return list(tree.rebuild(inlines, _one))


def _one(node: Node) -> Node | Nodes:
    return CHANGES.get(node["t"], _unchanged)(node)


def _unchanged(node: Node) -> Node:
    return node


def _nothing(_node: Node) -> Nodes:
    return []


def _string(node: Node) -> Node | Nodes:
    text = _letters(node["c"])
    return tree.string(text) if text else []


def _around(node: Node) -> Node | Nodes:
    """Return what stands around words as it is; nothing without words; of a span that says nothing its words."""
    inner = tree.children(node)
    is_mute = node["t"] == "Span" and not node["c"][0][1] and not node["c"][0][2]
    return inner if is_mute or not inner else node


def _letters(text: str) -> str:
    return encoding.FORBIDDEN.sub("", BOUND.sub(" ", HYPHENS.sub("", text.translate(SYMBOLS))))


def _image(node: Node) -> Node:
    """Return an image with its alternative text where pandoc's Markdown has it: between the brackets."""
    attr, inlines, target = node["c"]
    alt = dict(attr[2]).get("alt")
    return tree.element("Image", [tree.NO_ATTR, tree.words(alt) if alt else inlines, [target[0], ""]])


def _table(node: Node) -> Node | Nodes:
    """Return the blocks in a table of one cell, which is how a box is drawn; another table as it is."""
    head, bodies, foot = node["c"][3:6]
    rows = [*head[1], *(row for body in bodies for part in body[2:4] for row in part), *foot[1]]
    cells = [cell for row in rows for cell in row[1]]
    return list(cells[0][4]) if len(cells) == 1 else node


def _paragraph(node: Node) -> Node | Nodes:
    inlines = node["c"]
    if not inlines:
        return []
    first = inlines[0]
    if first["t"] != "Str" or not BULLET.match(first["c"]):
        return node
    rest = [tree.string(first["c"][1:].lstrip()), *inlines[1:]]
    while rest and (rest[0]["t"] in tree.SPACES or rest[0] == tree.string("")):
        rest = rest[1:]
    return tree.element("BulletList", [[tree.element("Plain", rest)]]) if rest else []


CHANGES: Mapping[str, Callable[[Node], Node | Nodes]] = {
    "Str": _string,
    "RawInline": _nothing,
    "RawBlock": _nothing,
    "Image": _image,
    "Table": _table,
    "Para": _paragraph,
    "Plain": _paragraph,
    "Span": _around,
    "Link": _around,
    "Emph": _around,
    "Strong": _around,
    "Underline": _around,
}
"""What is done with each kind of element."""


def _numbered(blocks: Nodes) -> Nodes:
    """Return *blocks* with paragraphs that start with numbers, one after the other, as items of a list."""
    blocks = [_inside(block) for block in blocks]
    numbers = [_number(block) for block in blocks]
    made: Nodes = []
    for at, (block, number) in enumerate(zip(blocks, numbers, strict=True)):
        near = (numbers[at - 1] if at else None, numbers[at + 1] if at + 1 < len(numbers) else None)
        if number is not None and (near[0] == number - 1 or near[1] == number + 1):
            item = tree.element("Plain", block["c"][2:])
            made.append(tree.element("OrderedList", [[number, {"t": "Decimal"}, {"t": "Period"}], [[item]]]))
        else:
            made.append(block)
    return made


def _inside(block: Node) -> Node:
    if block["t"] == "Div":
        return tree.element("Div", [block["c"][0], _numbered(block["c"][1])])
    return tree.element("BlockQuote", _numbered(block["c"])) if block["t"] == "BlockQuote" else block


def _number(block: Node) -> int | None:
    if block["t"] not in {"Para", "Plain"} or len(block["c"]) < 3 or block["c"][1]["t"] not in tree.SPACES:  # noqa: PLR2004
        return None
    found = NUMBER.fullmatch(block["c"][0]["c"]) if block["c"][0]["t"] == "Str" else None
    return int(found[1]) if found else None
