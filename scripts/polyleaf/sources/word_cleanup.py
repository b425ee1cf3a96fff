"""Cleanup of word processor documents: bullets typed by hand, boxes drawn as tables, invisible characters."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from polyleaf import tree
from polyleaf.model import Node, Nodes
from polyleaf.sources import encoding

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
    return _with_numbered_lists(list(tree.rebuild(blocks, _clean)))


def clean_inlines(inlines: Nodes) -> Nodes:
    """Return *inlines* as an author would have written them."""
    return list(tree.rebuild(inlines, _clean))


def _clean(node: Node) -> Node | Nodes:
    change = CHANGES.get(node["t"])
    return change(node) if change else node


def _remove(_node: Node) -> Nodes:
    return []


def _clean_string(node: Node) -> Node | Nodes:
    text = _clean_text(node["c"])
    return tree.string(text) if text else []


def _clean_wrapper(node: Node) -> Node | Nodes:
    """Return *node*, what is in it when it is a span without class and attribute; nothing without words."""
    inside = tree.children(node)
    is_plain = node["t"] == "Span" and not node["c"][0][1] and not node["c"][0][2]
    return inside if is_plain or not inside else node


def _clean_text(text: str) -> str:
    return encoding.FORBIDDEN.sub("", BOUND.sub(" ", HYPHENS.sub("", text.translate(SYMBOLS))))


def _clean_image(node: Node) -> Node:
    """Return an image with its alternative text where pandoc's Markdown has it: between the brackets."""
    attr, inlines, target = node["c"]
    alt = dict(attr[2]).get("alt")
    return tree.element("Image", [tree.NO_ATTR, tree.words(alt) if alt else inlines, [target[0], ""]])


def _unwrap_table(node: Node) -> Node | Nodes:
    """Return the blocks in a table of one cell, which is how a box is drawn; another table as it is."""
    head, bodies, foot = node["c"][3:6]
    rows = [*head[1], *(row for body in bodies for part in body[2:4] for row in part), *foot[1]]
    cells = [cell for row in rows for cell in row[1]]
    return list(cells[0][4]) if len(cells) == 1 else node


def _clean_paragraph(node: Node) -> Node | Nodes:
    inlines = node["c"]
    if not inlines:
        return []
    first = inlines[0]
    if first["t"] != "Str" or not BULLET.match(first["c"]):
        return node
    inlines = [tree.string(first["c"][1:].lstrip()), *inlines[1:]]
    while inlines and (inlines[0]["t"] in tree.SPACES or inlines[0] == tree.string("")):
        inlines = inlines[1:]
    return tree.element("BulletList", [[tree.element("Plain", inlines)]]) if inlines else []


CHANGES: Mapping[str, Callable[[Node], Node | Nodes]] = {
    "Str": _clean_string,
    "RawInline": _remove,
    "RawBlock": _remove,
    "Image": _clean_image,
    "Table": _unwrap_table,
    "Para": _clean_paragraph,
    "Plain": _clean_paragraph,
    "Span": _clean_wrapper,
    "Link": _clean_wrapper,
    "Emph": _clean_wrapper,
    "Strong": _clean_wrapper,
    "Underline": _clean_wrapper,
}
"""What is done with each kind of element."""


def _with_numbered_lists(blocks: Nodes) -> Nodes:
    """Return *blocks* with paragraphs that start with numbers, one after the other, as items of a list."""
    blocks = [_inside(block) for block in blocks]
    numbers = [_number(block) for block in blocks]
    result: Nodes = []
    for at, (block, number) in enumerate(zip(blocks, numbers, strict=True)):
        before, after = [None, *numbers][at], [*numbers, None][at + 1]
        if number is not None and (before == number - 1 or after == number + 1):
            item = tree.element("Plain", block["c"][2:])
            result.append(tree.element("OrderedList", [[number, {"t": "Decimal"}, {"t": "Period"}], [[item]]]))
        else:
            result.append(block)
    return result


def _inside(block: Node) -> Node:
    if block["t"] == "Div":
        return tree.element("Div", [block["c"][0], _with_numbered_lists(block["c"][1])])
    return tree.element("BlockQuote", _with_numbered_lists(block["c"])) if block["t"] == "BlockQuote" else block


def _number(block: Node) -> int | None:
    if block["t"] not in {"Para", "Plain"} or len(block["c"]) < 3 or block["c"][1]["t"] not in tree.SPACES:  # noqa: PLR2004
        return None
    match = NUMBER.fullmatch(block["c"][0]["c"]) if block["c"][0]["t"] == "Str" else None
    return int(match[1]) if match else None
