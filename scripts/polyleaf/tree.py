"""Pandoc's tree in its JSON form: walk it, rebuild it, make and read its elements."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from polyleaf.model import Node, Nodes

Attr = tuple[str, list[str], list[list[str]]]
"""Identifier, classes and key-value pairs of an element."""

NO_ATTR: list[Any] = ["", [], []]
ATTR_POSITIONS = {"Header": 1} | dict.fromkeys(
    ("Table", "Figure", "Div", "Span", "Link", "Image", "Code", "CodeBlock"), 0
)
"""Where in the content of an element its attributes are."""

SPACES = {"Space": " ", "SoftBreak": " ", "LineBreak": "\n"}
QUOTES = {"SingleQuote": "‘’", "DoubleQuote": "“”"}


def walk(value: Any) -> Iterator[Node]:  # noqa: ANN401 - a tree is nodes, lists and text at any depth
    """Yield every element in *value*, outer before inner, in reading order."""
    unfinished = [iter((value,))]  # a stack: through generators in generators an element would pass one by one
    while unfinished:
        for part in unfinished[-1]:
            if type(part) is dict:
                if "t" in part:
                    yield part
                    if type(part.get("c")) is str:  # most elements are words
                        continue
                unfinished.append(iter(part.values()))
                break
            if type(part) is list:
                unfinished.append(iter(part))
                break
        else:
            unfinished.pop()


def rebuild(value: Any, change: Callable[[Node], Node | Nodes]) -> Any:  # noqa: ANN401 - as in walk
    """Return *value* made anew, inner before outer; *change* gives for an element one or any number of them."""
    if type(value) is dict:
        return _rebuild_inside(value, change)
    if type(value) is not list:
        return value
    parts: list[Any] = []
    for part in value:
        new = part
        if type(part) is dict:
            new = _rebuild_inside(part, change)
            new = change(new) if "t" in new else [new]
        elif type(part) is list:
            new = [rebuild(part, change)]
        if type(new) is list:
            parts += new
        else:
            parts.append(new)
    return parts


def _rebuild_inside(table: Node, change: Callable[[Node], Node | Nodes]) -> Node:
    """Return a copy of *table* with its lists and tables made anew."""
    new = table.copy()
    for key, part in table.items():
        if type(part) is list or type(part) is dict:
            new[key] = rebuild(part, change)
    return new


def element(name: str, content: Any = None) -> Node:  # noqa: ANN401 - content differs by element
    """Return the element *name* with *content* as pandoc's JSON has it."""
    return {"t": name} if content is None else {"t": name, "c": content}


def content(node: Node) -> Any:  # noqa: ANN401 - content differs by element
    """Return what is in *node*, None when its kind of element holds nothing."""
    return node.get("c")


def string(text: str) -> Node:
    """Return *text* as one word of pandoc's tree, spaces and all."""
    return element("Str", text)


def words(text: str) -> Nodes:
    """Return plain *text* as inlines, with a space element between the words."""
    inlines = [node for word in text.split(" ") for node in (element("Space"), string(word))][1:]
    return [node for node in inlines if node != string("")]


def div(classes: list[str], blocks: Nodes, *, identifier: str = "", pairs: dict[str, str] | None = None) -> Node:
    """Return a division of *blocks*."""
    return element("Div", [[identifier, classes, [[k, v] for k, v in (pairs or {}).items()]], blocks])


def span(inlines: Nodes, *, classes: list[str] | None = None, pairs: dict[str, str] | None = None) -> Node:
    """Return a span of *inlines*."""
    return element("Span", [["", classes or [], [[k, v] for k, v in (pairs or {}).items()]], inlines])


def raw(html: str) -> Node:
    """Return a block of *html* that goes into the finished file as it is."""
    return element("RawBlock", ["html", html])


def attr(node: Node) -> Attr | None:
    """Return the attributes of *node*, or None when its kind of element has none."""
    position = ATTR_POSITIONS.get(node["t"])
    return None if position is None else node["c"][position]


def classes(node: Node) -> list[str]:
    """Return the classes of *node*, an empty list when it has none."""
    attributes = attr(node)
    return attributes[1] if attributes else []


def language(inlines: Nodes) -> str:
    """Return the tag of the language that *inlines*, one span, say that they are in; nothing when they say none."""
    pairs = inlines[0]["c"][0][2] if len(inlines) == 1 and inlines[0]["t"] == "Span" else []
    return str(dict(pairs).get("lang", ""))


TASK_BOXES = frozenset(("☐", "☒"))
"""What pandoc makes of `[ ]` and `[x]` at the start of an item of a list."""


def split_task_box(item: Nodes) -> tuple[Nodes, Nodes]:
    """Return the box that the *item* of a list of tasks begins with, and the space behind it; and the item without."""
    first = item[0] if item and item[0]["t"] in {"Plain", "Para"} else element("Null")
    inlines = content(first) or []
    if not inlines or inlines[0] not in [string(box) for box in TASK_BOXES]:
        return [], item
    return inlines[:2], [element(first["t"], inlines[2:]), *item[1:]]


def with_task_box(box: Nodes, item: Nodes) -> Nodes:
    """Return *item* with *box* in front; the counterpart of `split_task_box`."""
    return [element(item[0]["t"], [*box, *item[0]["c"]]), *item[1:]] if box else item


NOTE_REFERENCE = "note-ref"
"""The class of the letter of a note."""


def plain(inlines: Nodes) -> str:
    """Return the text of *inlines* as it is read aloud: no markup, no notes and their letters, alt texts for images."""
    return "".join(_plain(node) for node in inlines).strip()


def _plain(node: Node) -> str:
    name, inside = node["t"], content(node)
    if name in SPACES:
        return SPACES[name]
    if name == "Str":
        return str(inside)
    if name in {"Code", "Math"}:
        return str(inside[-1])
    if name in {"Note", "RawInline"} or NOTE_REFERENCE in classes(node):
        return ""
    if name == "Quoted":
        marks = QUOTES[inside[0]["t"]]
        return marks[0] + "".join(_plain(part) for part in inside[1]) + marks[1]
    return "".join(_plain(part) for part in children(node))


def children(node: Node) -> Nodes:
    """Return the inlines inside the inline element *node* (an empty list for a word or a note)."""
    inside = content(node)
    if node["t"] in {"Emph", "Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps"}:
        return list(inside or [])
    if node["t"] in {"Quoted", "Cite", "Span", "Link", "Image"} and inside:
        return list(inside[1])
    return []


def with_children(node: Node, inlines: Nodes) -> Node:
    """Return *node* with other inlines inside; the counterpart of `children`."""
    inside = content(node)
    if node["t"] in {"Quoted", "Cite", "Span", "Link", "Image"} and inside:
        return element(node["t"], [inside[0], inlines, *inside[2:]])
    return element(node["t"], inlines)


def columns_of_cells(rows: list[Any]) -> Iterator[list[int]]:
    """Yield for each of the *rows* of a table the column that each of its cells starts in, from 0.

    Cells from rows above may span it.
    """
    taken: dict[int, int] = {}
    for _, cells in rows:
        columns = []
        below = {column: left - 1 for column, left in taken.items() if left > 1}
        column = 0
        for cell in cells:
            while column in taken:
                column += 1
            columns.append(column)
            if cell[2] > 1:
                below.update(dict.fromkeys(range(column, column + cell[3]), cell[2] - 1))
            column += cell[3]
        taken = below
        yield columns
