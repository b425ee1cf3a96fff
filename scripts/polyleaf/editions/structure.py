"""The tree made ready for setting: what pandoc's HTML writer and a screen reader each want to find."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from polyleaf import templates, tree
from polyleaf.languages import sort_key

if TYPE_CHECKING:
    from polyleaf.model import Node, Nodes

TOP = 2
"""The level of a section: the title of the leaflet is the only heading of level 1."""

VOID = re.compile(r"<(br|wbr)\b[^<>]*>", re.IGNORECASE)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def structured(blocks: Nodes, language: str, colophon: str) -> Nodes:
    """Return *blocks* with sections from level 2, notes at the end, tight lists, headers of tables and figures named.

    *language* is a gettext code for the labels, *colophon* the HTML for the division of that name.
    """
    blocks = _levelled(blocks)
    blocks = _with_notes(blocks, language)
    blocks = _with_sources(blocks, language)
    rooms = _Rooms(language, colophon)
    return list(tree.rebuild(blocks, rooms.change))


def with_innermost_links(blocks: Nodes) -> Nodes:
    """Return *blocks* with links innermost, for PDF/UA-1 (7.18.5): `<strong><a>`, not `<a><strong>`."""

    def change(node: Node) -> Node:
        return _innermost(node) if node["t"] == "Link" else node

    return list(tree.rebuild(blocks, change))


def sections(blocks: Nodes) -> list[Nodes]:
    """Return *blocks* cut before every section; the first part is what stands before them (perhaps nothing)."""
    parts: list[Nodes] = [[]]
    for block in blocks:
        if _opens(block):
            parts.append([])
        parts[-1].append(block)
    return parts if parts[0] else parts[1:]


def heading(section: Nodes) -> Node | None:
    """Return the heading that opens *section*, None when it has none."""
    first = section[0]
    if not _opens(first):
        return None
    return first if first["t"] == "Header" else first["c"][1][0]


def _opens(block: Node) -> bool:
    if block["t"] == "Div" and block["c"][1]:
        block = block["c"][1][0]
    return bool(block["t"] == "Header" and block["c"][0] == TOP)


def _levelled(blocks: Nodes) -> Nodes:
    levels = [node["c"][0] for node in tree.walk(blocks) if node["t"] == "Header"]
    shift = TOP - min(levels, default=TOP)

    def change(node: Node) -> Node:
        if node["t"] != "Header":
            return node
        level, attr, inlines = node["c"]
        return tree.element("Header", [min(level + shift, 6), attr, inlines])

    return list(tree.rebuild(blocks, change))


def _with_notes(blocks: Nodes, language: str) -> Nodes:
    """Return *blocks* with letters for the notes, and the notes in a section at the end."""
    notes: list[Nodes] = []

    def change(node: Node) -> Node:
        if node["t"] != "Note":
            return node
        notes.append(node["c"])
        return _note_mark(len(notes))

    made = list(tree.rebuild(blocks, change))
    if not notes:
        return made
    back = templates.label("Back to text", language)
    items = [_note(note, number, back) for number, note in enumerate(notes, 1)]
    title = tree.element("Header", [TOP, ["notes", [], []], tree.words(templates.label("Notes", language))])
    style = [1, tree.element("LowerAlpha"), tree.element("Period")]
    listed = tree.element("OrderedList", [style, [[item] for item in items]])
    return [*made, tree.div(["footnotes"], [title, listed], pairs={"role": "doc-endnotes"})]


def _note_mark(number: int) -> Node:
    attr = [f"fnref-{number}", [], [["role", "doc-noteref"]]]
    link = tree.element("Link", [attr, [tree.string(_letter(number))], [f"#fn-{number}", ""]])
    return tree.span([tree.element("Superscript", [link])], classes=["note-ref"])


def _note(blocks: Nodes, number: int, back: str) -> Node:
    attr = ["", ["backlink"], [["role", "doc-backlink"], ["aria-label", f"{back} ({_letter(number)})"]]]
    link = tree.element("Link", [attr, [tree.string("↩\ufe0e")], [f"#fnref-{number}", ""]])
    text = _joined([block for block in blocks if block["t"] in {"Para", "Plain"}])
    anchor = tree.element("Span", [[f"fn-{number}", [], []], text])
    return tree.element("Plain", [anchor, tree.element("Space"), link])


def _letter(number: int) -> str:
    number -= 1
    return LETTERS[number % 26] * (number // 26 + 1)


def _with_sources(blocks: Nodes, language: str) -> Nodes:
    """Return *blocks* with a place for the sources when it cites some and has none."""
    nodes = list(tree.walk(blocks))
    cites = any(node["t"] == "Cite" for node in nodes)
    has_place = any(node["t"] == "Div" and node["c"][0][0] == "refs" for node in nodes)
    if not cites or has_place:
        return blocks
    title = tree.words(templates.label("Sources", language))
    return [
        *blocks,
        tree.element("Header", [TOP, ["sources", [], []], title]),
        tree.div([], [], identifier="refs"),
    ]


class _Rooms:
    """What changes in each kind of block."""

    def __init__(self, language: str, colophon: str) -> None:
        self._language = language
        self._colophon = colophon

    def change(self, node: Node) -> Node | Nodes:
        look = getattr(self, f"_{node['t'].lower()}", None)
        return look(node) if look else node

    def _bulletlist(self, node: Node) -> Node:
        return tree.element("BulletList", [_tight(item) for item in node["c"]])

    def _orderedlist(self, node: Node) -> Node:
        return tree.element("OrderedList", [node["c"][0], [_tight(item) for item in node["c"][1]]])

    def _definitionlist(self, node: Node) -> Node:
        return tree.element("DefinitionList", [[term, [_tight(item) for item in items]] for term, items in node["c"]])

    def _div(self, node: Node) -> Node | Nodes:
        (identifier, classes, pairs), blocks = node["c"]
        if "colophon" in classes:
            return tree.div(classes, [tree.raw(self._colophon), *blocks], identifier=identifier)
        if "long-description" in classes:
            return self._described(blocks)
        if "glossary" in classes:
            blocks = [_sorted(block) for block in blocks]
        return tree.div(classes, blocks, identifier=identifier, pairs={k: v for k, v in pairs if k != "for"})

    def _described(self, blocks: Nodes) -> Nodes:
        label = templates.label("Description of the figure", self._language)
        opening = f'<details class="long-description"><summary>{label}</summary>'
        return [tree.raw(opening), *blocks, tree.raw("</details>")]

    def _table(self, node: Node) -> Node:
        return _with_headers(node)

    def _rawinline(self, node: Node) -> Node:
        """A void element is closed, so that the HTML is XML too."""
        format_, text = node["c"]
        void = VOID.fullmatch(text)
        return tree.element("RawInline", [format_, f"<{void[1].lower()} />"]) if void else node

    def _figure(self, node: Node) -> Node:
        """A figure without alternative text of its own is called what its caption says."""
        attr, caption, blocks = node["c"]
        name = " ".join(tree.plain(block["c"]) for block in caption[1] if block["t"] in {"Para", "Plain"})

        def named(inner: Node) -> Node:
            if inner["t"] != "Image" or inner["c"][1]:
                return inner
            return tree.element("Image", [inner["c"][0], tree.words(name), inner["c"][2]])

        return tree.element("Figure", [attr, caption, tree.rebuild(blocks, named)])


def _innermost(link: Node) -> Node:
    attr, inlines, target = link["c"]
    if len(inlines) == 1 and tree.children(inlines[0]) and inlines[0]["t"] != "Image":
        inner = tree.element("Link", [attr, tree.children(inlines[0]), target])
        return tree.with_children(inlines[0], [_innermost(inner)])
    return tree.element("Link", [attr, _unwrapped(inlines), target])


def _unwrapped(inlines: Nodes) -> Nodes:
    """Return *inlines* without emphasis: their words, images and spaces."""
    made: Nodes = []
    for node in inlines:
        inner = tree.children(node) if node["t"] != "Image" else []
        made += _unwrapped(inner) if inner else [tree.string(node["c"][1])] if node["t"] == "Code" else [node]
    return made


def _tight(item: Nodes) -> Nodes:
    """Return a list item without paragraphs: PDF/UA-1 allows only label and body in an item (7.2, test 20)."""
    made: Nodes = []
    for block in item:
        if block["t"] not in {"Para", "Plain"}:
            made.append(block)
        elif made and made[-1]["t"] == "Plain":
            made[-1] = tree.element("Plain", _joined([made[-1], block]))
        else:
            made.append(tree.element("Plain", block["c"]))
    return made


def _joined(blocks: Nodes) -> Nodes:
    """Return the inlines of *blocks*, with a line break between them."""
    made: Nodes = []
    for block in blocks:
        made += [tree.element("LineBreak"), *block["c"]] if made else block["c"]
    return made


def _sorted(block: Node) -> Node:
    """Return a definition list in the alphabetical order of its language."""
    if block["t"] != "DefinitionList":
        return block
    return tree.element("DefinitionList", sorted(block["c"], key=lambda pair: sort_key(tree.plain(pair[0]))))


def _with_headers(node: Node) -> Node:
    """Return a table whose header cells say what they head, and whose cells carry the name of their column."""
    attr, caption, columns, head, bodies, foot = node["c"]
    names = [_cell_text(cell) for cell in head[1][-1][1]] if head[1] else []
    rows_headed = "row-headers" in attr[1]
    head = [head[0], [[row[0], [_with_attr(cell, "scope", "col") for cell in row[1]]] for row in head[1]]]
    made = []
    for body_attr, header_columns, own_head, rows in bodies:
        count = max(header_columns, 1) if rows_headed else header_columns
        made.append([body_attr, count, own_head, [_row(row, count, names) for row in rows]])
    return tree.element("Table", [attr, caption, columns, head, made, foot])


def _row(row: list[Any], headers: int, names: list[str]) -> list[Any]:
    cells = []
    for at, cell in enumerate(row[1]):
        if at < headers:
            cells.append(_with_attr(cell, "scope", "row"))
        else:
            cells.append(_with_attr(cell, "data-label", names[at]) if at < len(names) and names[at] else cell)
    return [row[0], cells]


def _cell_text(cell: list[Any]) -> str:
    return " ".join(tree.plain(block["c"]) for block in cell[4] if block["t"] in {"Para", "Plain"})


def _with_attr(cell: list[Any], key: str, value: str) -> list[Any]:
    identifier, classes, pairs = cell[0]
    return [[identifier, classes, [*pairs, [key, value]]], *cell[1:]]
