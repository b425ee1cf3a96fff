"""Segmentation: which parts of a document are translatable, in one fixed order."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from polyleaf import tree
from polyleaf.model import Node, Nodes
from polyleaf.sources import localization_notes
from polyleaf.units import message

SAFETY = frozenset(("warning", "call", "call-now", "call-today", "call-appointment"))
"""Boxes in which every word matters."""

SAFETY_HEADING = "safety"
"""The class of a heading under which every word matters, down to the next heading of its level."""

TITLE = "title of a link or image"
"""What the words are called that stand in an attribute of a link, an image or an abbreviation."""

HTML_TITLE = re.compile(r"""(?<=\stitle=)(["'])(.*?)\1""")
"""The title in an HTML element, with its quotation marks."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A translatable text of a document: *index* is its number in it, from 0; *kind* what it is called.

    *context* is that of its message in the catalogue, *section* the heading above it, and *safety* whether every word
    matters. *comments* are what the author tells translators about it. *cell* says of a text in a table the rows and
    columns of the table, its row and its column, from 0: `6x3 0 2`.
    """

    index: int
    kind: str
    context: str = ""
    section: str = ""
    safety: bool = False
    comments: tuple[str, ...] = ()
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A *node* that stays as it is in every language, the heading above it, and whether every word matters there."""

    node: Node
    in_safety: bool
    section: str


class Segmenter:
    """Goes once through a document and calls *visit* with every segment and its inlines; the result replaces them.

    Extraction and translation both go this way, so that they cannot disagree about what a unit is. Segments are
    numbered outer before inner, in reading order; *visit* sees the inner ones (a note inside a sentence) first.

    What the author tells translators (`sources.localization_notes`) goes into the segments, not into the result.
    Afterwards *unheard* has the comments that are about no text, and *kept* what stays as it is in every language.
    """

    def __init__(self, visit: Callable[[Segment, Nodes], Nodes]) -> None:
        """Start counting at 0."""
        self._visit = visit
        self._count = 0
        self._section = ""
        self._in_safety_box = False
        self._safety_level = 0
        self._context = ""
        self._comments: tuple[str, ...] = ()
        self._texts = 0
        self._shown: dict[str, tuple[str, bool]] = {}
        self.unheard: list[str] = []
        self.kept: list[Kept] = []
        self._shape = self._cell = ""
        self._row = 0

    @property
    def _is_safety(self) -> bool:
        """Whether every word matters here: in such a box, or under such a heading."""
        return self._in_safety_box or self._safety_level > 0

    def text(self, inlines: Nodes, kind: str, context: str = "") -> Nodes:
        """Return what *visit* makes of the *inlines* of a segment, and of the segments inside them."""
        comments, inlines = localization_notes.split_comments(inlines)
        own_context, inlines = localization_notes.unwrap_context(inlines)
        full_context = ":".join(part for part in (context, own_context or self._context) if part)
        segment = Segment(
            self._count, kind, full_context, self._section, self._is_safety, (*self._comments, *comments), self._cell
        )
        self._count += 1
        is_text = message.is_text(inlines)
        self._texts += is_text
        self.unheard += [] if is_text else comments
        return self._visit(segment, [self._inline(node) for node in inlines])

    def words(self, text: str, kind: str, context: str = "") -> str:
        """Return what *visit* makes of a plain *text*, such as a title in an attribute."""
        return tree.plain(self.text(tree.words(text), kind, context)) if text else text

    @contextmanager
    def showing(self, picture: str) -> Iterator[None]:
        """Put the words of *picture* in the section that shows it first; of safety when it is shown so anywhere."""
        before = self._section, self._in_safety_box, self._safety_level
        self._section, self._in_safety_box = self._shown.get(picture, ("", False))
        self._safety_level = 0
        yield
        self._section, self._in_safety_box, self._safety_level = before

    def blocks(self, blocks: Nodes, kind: str = "paragraph") -> Nodes:
        """Return *blocks* with every segment in them visited; *kind* is what their paragraphs are called."""
        visited: Nodes = []
        comments: list[str] = []
        for block in blocks:
            if comment := localization_notes.read_comment(block):
                comments.append(comment)
            else:
                visited += self._block_with_comments(block, kind, comments)
                comments = []
        self.unheard += comments
        return visited

    def _block_with_comments(self, block: Node, kind: str, comments: list[str]) -> Nodes:
        """Return *block* visited, with *comments* for every segment in it; without a box that only holds a context."""
        before, texts = self._comments, self._texts
        self._comments += tuple(comments)
        visited = self._block(block, kind)
        self._comments = before
        self.unheard += comments if self._texts == texts else []
        is_wrapper = visited["t"] == "Div" and visited["c"][0] == tree.NO_ATTR != block["c"][0]
        return list(visited["c"][1]) if is_wrapper else [visited]

    def _block(self, block: Node, kind: str) -> Node:
        name = block["t"]
        if localization_notes.is_kept(block):
            return self._keep(block)
        if name in {"Para", "Plain"}:
            return tree.element(name, self.text(block["c"], kind))
        visit = getattr(self, f"_{name.lower()}", None)
        return visit(block["c"], kind) if visit else block

    def _keep(self, node: Node) -> Node:
        """Return *node*, which is not translated: nothing in it is a segment."""
        self.kept.append(Kept(node, self._is_safety, self._section))
        self.unheard += localization_notes.find_comments(node)
        kept: Node = localization_notes.remove_notes([node])[0]
        if node["t"] != "Header":
            return kept
        level, (identifier, classes, pairs), inlines = kept["c"]
        self._open_section(level, classes, inlines)
        # Pandoc hands the attributes of a heading to the whole section under it; this one is about the heading only.
        pairs = [pair for pair in pairs if pair[0] != localization_notes.TRANSLATE]
        span = tree.span(inlines, pairs={localization_notes.TRANSLATE: "no"})
        return tree.element("Header", [level, [identifier, classes, pairs], [span]])

    def _header(self, content: list[Any], _kind: str) -> Node:
        level, attr, inlines = content
        self._open_section(level, attr[1], inlines)
        context, attr = localization_notes.split_context(attr)
        with self._inside(context):
            return tree.element("Header", [level, attr, self.text(inlines, "heading")])

    def _open_section(self, level: int, classes: list[str], inlines: Nodes) -> None:
        self._section = tree.plain(inlines)
        if level <= self._safety_level:
            self._safety_level = 0
        if SAFETY_HEADING in classes and not self._safety_level:
            self._safety_level = level

    def _div(self, content: list[Any], kind: str) -> Node:
        attr, blocks = content
        context, attr = localization_notes.split_context(attr)
        with self._inside(context, safety=not SAFETY.isdisjoint(attr[1])):
            return tree.element("Div", [attr, self.blocks(blocks, kind)])

    @contextmanager
    def _inside(self, context: str, *, safety: bool = False) -> Iterator[None]:
        before = self._context, self._in_safety_box, self._safety_level
        self._context, self._in_safety_box = context or self._context, self._in_safety_box or safety
        yield
        self._context, self._in_safety_box, self._safety_level = before

    def _blockquote(self, content: Nodes, _kind: str) -> Node:
        return tree.element("BlockQuote", self.blocks(content, "quotation"))

    def _lineblock(self, content: list[Nodes], _kind: str) -> Node:
        return tree.element("LineBlock", [self.text(line, "line") for line in content])

    def _bulletlist(self, content: list[Nodes], _kind: str) -> Node:
        return tree.element("BulletList", [self._item(item) for item in content])

    def _orderedlist(self, content: list[Any], _kind: str) -> Node:
        return tree.element("OrderedList", [content[0], [self._item(item) for item in content[1]]])

    def _item(self, item: Nodes) -> Nodes:
        """Return *item* visited; the box of a task is no part of its text."""
        box, rest = tree.split_task_box(item)
        return tree.with_task_box(box, self.blocks(rest, "list item"))

    def _definitionlist(self, content: list[Any], _kind: str) -> Node:
        items = []
        for term, definitions in content:
            text = self.text(term, "term")
            items.append([text, [self.blocks(blocks, "definition") for blocks in definitions]])
        return tree.element("DefinitionList", items)

    def _figure(self, content: list[Any], kind: str) -> Node:
        attr, caption, blocks = content
        return tree.element("Figure", [attr, self._caption(caption), self.blocks(blocks, kind)])

    def _table(self, content: list[Any], _kind: str) -> Node:
        attr, caption, columns, head, bodies, foot = content
        parts = [self._caption(caption), columns]
        outer = self._shape, self._cell, self._row
        rows = [head[1], *(part for body in bodies for part in body[2:4]), foot[1]]
        self._shape, self._row = f"{sum(map(len, rows))}x{len(columns)}", 0
        parts.append([head[0], self._rows(head[1], "column header")])
        parts.append([[body[0], body[1], self._rows(body[2], "cell"), self._rows(body[3], "cell")] for body in bodies])
        parts.append([foot[0], self._rows(foot[1], "cell")])
        self._shape, self._cell, self._row = outer
        return tree.element("Table", [attr, *parts])

    def _caption(self, caption: list[Any]) -> list[Any]:
        short, long = caption
        return [self.text(short, "short caption") if short else short, self.blocks(long, "caption")]

    def _rows(self, rows: list[Any], kind: str) -> list[Any]:
        return [[attr, self._cells(cells, kind)] for attr, cells in rows]

    def _cells(self, cells: list[Any], kind: str) -> list[Any]:
        visited = []
        for column, cell in enumerate(cells):
            self._cell = f"{self._shape} {self._row} {column}"
            visited.append([*cell[:4], self.blocks(cell[4], kind)])
        self._row += 1
        return visited

    def _inline(self, node: Node) -> Node:
        """Return *node* with the segments inside it visited: notes, alternative texts, titles."""
        if node["t"] == "Cite":
            return node
        visit = INLINES.get(node["t"])
        if visit:
            return visit(self, tree.content(node))
        if localization_notes.is_kept(node):
            return self._keep(node)
        inside = [self._inline(child) for child in tree.children(node)]
        visited = tree.with_children(node, inside) if inside else node
        if node["t"] == "Link":
            return tree.element("Link", [visited["c"][0], visited["c"][1], self._target(node["c"][2])])
        return visited

    def _note(self, content: Nodes) -> Node:
        return tree.element("Note", self.blocks(content, "note"))

    def _image(self, content: list[Any]) -> Node:
        section, in_safety = self._shown.get(content[2][0], (self._section, False))
        self._shown[content[2][0]] = section, in_safety or self._is_safety
        alt = self.text(content[1], "alternative text", "alt") if content[1] else []
        return tree.element("Image", [content[0], alt, self._target(content[2])])

    def _html(self, content: list[str]) -> Node:
        return tree.element("RawInline", [content[0], HTML_TITLE.sub(self._html_title, content[1])])

    def _target(self, target: list[str]) -> list[str]:
        return [target[0], self.words(target[1], TITLE, "title")]

    def _html_title(self, match: re.Match[str]) -> str:
        text = self.words(match[2], TITLE, "title")
        return match[0] if text == match[2] else f'"{html.escape(text)}"'


INLINES: Mapping[str, Callable[[Segmenter, Any], Node]] = {
    "Note": Segmenter._note,  # noqa: SLF001 - a table of the methods of the class above
    "Image": Segmenter._image,  # noqa: SLF001
    "RawInline": Segmenter._html,  # noqa: SLF001
}
"""How the inlines are visited that hold segments of their own."""
