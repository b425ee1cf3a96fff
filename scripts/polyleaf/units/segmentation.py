"""The one cut: which parts of a document are translatable, in one fixed order."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from polyleaf import tree
from polyleaf.sources import localization_notes
from polyleaf.units import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from polyleaf.model import Node, Nodes

SAFETY = frozenset(("warning", "call", "call-now", "call-today", "call-appointment"))
"""Boxes in which every word matters."""

MARKED = "safety"
"""The class of a heading under which every word matters, down to the next heading of its level."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A place for a text: its number in the document, its kind, its context for the catalogue, its surroundings.

    *comments* are what the author tells translators about it.
    *cell* says of a text in a table the shape of the table, its row and its column: `6x3 0 2`.
    """

    index: int
    kind: str
    context: str = ""
    section: str = ""
    safety: bool = False
    comments: tuple[str, ...] = ()
    cell: str = ""


class Segmenter:
    """Goes once through a document and calls *visit* with every place and the inlines there.

    What *visit* returns takes their place. Extraction and translation both go this way, so that they
    cannot disagree about what a unit is. Places get their numbers outer before inner, in reading order;
    *visit* sees the inner ones (a note inside a sentence) first.

    What the author tells translators (`sources.localization_notes`) goes into the places, and not into what comes back.
    Afterwards *unheard* has the comments that are about no text, and *kept* what stays as it is in every
    language, each with the answer to whether it stands in a box in which every word matters.
    """

    def __init__(self, visit: Callable[[Segment, Nodes], Nodes]) -> None:
        """Start counting at 0."""
        self._visit = visit
        self._count = 0
        self._section = ""
        self._safety = False
        self._marked = 0
        self._context = ""
        self._comments: tuple[str, ...] = ()
        self._texts = 0
        self._shown: dict[str, tuple[str, bool]] = {}
        self.unheard: list[str] = []
        self.kept: list[tuple[Node, bool]] = []
        self._grid = self._cell = ""
        self._row = 0

    @property
    def _careful(self) -> bool:
        """Whether every word matters here: in such a box, or under such a heading."""
        return self._safety or self._marked > 0

    def text(self, inlines: Nodes, kind: str, context: str = "") -> Nodes:
        """Return what *visit* makes of the *inlines* of one place, and of the places inside them."""
        comments, inlines = localization_notes.parted(inlines)
        given, inlines = localization_notes.context_of(inlines)
        whole = ":".join(part for part in (context, given or self._context) if part)
        place = Segment(
            self._count, kind, whole, self._section, self._careful, (*self._comments, *comments), self._cell
        )
        self._count += 1
        is_text = message.is_text(inlines)
        self._texts += is_text
        self.unheard += [] if is_text else comments
        return self._visit(place, [self._inline(node) for node in inlines])

    def words(self, text: str, kind: str, context: str = "") -> str:
        """Return what *visit* makes of a plain *text*, such as a title in an attribute."""
        return tree.plain(self.text(tree.words(text), kind, context)) if text else text

    @contextmanager
    def showing(self, picture: str) -> Iterator[None]:
        """Let the words of *picture* be in the section that shows it; of safety if it is shown so anywhere."""
        before = self._section, self._safety, self._marked
        self._section, self._safety = self._shown.get(picture, ("", False))
        self._marked = 0
        yield
        self._section, self._safety, self._marked = before

    def blocks(self, blocks: Nodes, kind: str = "paragraph") -> Nodes:
        """Return *blocks* with every place in them visited; *kind* is what their paragraphs are called."""
        made: Nodes = []
        comments: list[str] = []
        for block in blocks:
            if comment := localization_notes.comment(block):
                comments.append(comment)
            else:
                made += self._commented(block, kind, comments)
                comments = []
        self.unheard += comments
        return made

    def _commented(self, block: Node, kind: str, comments: list[str]) -> Nodes:
        """Return *block* visited, with *comments* for every place in it; a box that is there for a context is none."""
        before, texts = self._comments, self._texts
        self._comments += tuple(comments)
        made = self._block(block, kind)
        self._comments = before
        self.unheard += comments if self._texts == texts else []
        is_wrap = made["t"] == "Div" and made["c"][0] == tree.NO_ATTR != block["c"][0]
        return list(made["c"][1]) if is_wrap else [made]

    def _block(self, block: Node, kind: str) -> Node:
        name = block["t"]
        if localization_notes.is_kept(block):
            return self._whole(block)
        if name in {"Para", "Plain"}:
            return tree.element(name, self.text(block["c"], kind))
        look = getattr(self, f"_{name.lower()}", None)
        return look(block["c"], kind) if look else block

    def _whole(self, node: Node) -> Node:
        """Return *node*, which is not translated: nothing in it is a place."""
        self.kept.append((node, self._careful))
        self.unheard += localization_notes.comments(node)
        made: Node = localization_notes.silent([node])[0]
        if node["t"] != "Header":
            return made
        level, (identifier, classes, pairs), inlines = made["c"]
        self._open(level, classes, inlines)
        # Pandoc hands the attributes of a heading to the whole section under it; this one is about the heading only.
        rest = [pair for pair in pairs if pair[0] != localization_notes.TRANSLATE]
        span = tree.span(inlines, pairs={localization_notes.TRANSLATE: "no"})
        return tree.element("Header", [level, [identifier, classes, rest], [span]])

    def _header(self, content: list[Any], _kind: str) -> Node:
        level, attr, inlines = content
        self._open(level, attr[1], inlines)
        given, rest = localization_notes.context(attr)
        with self._inside(given):
            return tree.element("Header", [level, rest, self.text(inlines, "heading")])

    def _open(self, level: int, classes: list[str], inlines: Nodes) -> None:
        """Take note of the section that a heading opens."""
        self._section = tree.plain(inlines)
        if level <= self._marked:
            self._marked = 0
        if MARKED in classes and not self._marked:
            self._marked = level

    def _div(self, content: list[Any], kind: str) -> Node:
        attr, blocks = content
        given, rest = localization_notes.context(attr)
        with self._inside(given, safety=not SAFETY.isdisjoint(attr[1])):
            return tree.element("Div", [rest, self.blocks(blocks, kind)])

    @contextmanager
    def _inside(self, context: str, *, safety: bool = False) -> Iterator[None]:
        before = self._context, self._safety, self._marked
        self._context, self._safety = context or self._context, self._safety or safety
        yield
        self._context, self._safety, self._marked = before

    def _blockquote(self, content: Nodes, _kind: str) -> Node:
        return tree.element("BlockQuote", self.blocks(content, "quotation"))

    def _lineblock(self, content: list[Nodes], _kind: str) -> Node:
        return tree.element("LineBlock", [self.text(line, "line") for line in content])

    def _bulletlist(self, content: list[Nodes], _kind: str) -> Node:
        return tree.element("BulletList", [self.blocks(item, "list item") for item in content])

    def _orderedlist(self, content: list[Any], _kind: str) -> Node:
        return tree.element("OrderedList", [content[0], [self.blocks(item, "list item") for item in content[1]]])

    def _definitionlist(self, content: list[Any], _kind: str) -> Node:
        made = []
        for term, definitions in content:
            head = self.text(term, "term")
            made.append([head, [self.blocks(blocks, "definition") for blocks in definitions]])
        return tree.element("DefinitionList", made)

    def _figure(self, content: list[Any], kind: str) -> Node:
        attr, caption, blocks = content
        return tree.element("Figure", [attr, self._caption(caption), self.blocks(blocks, kind)])

    def _table(self, content: list[Any], _kind: str) -> Node:
        attr, caption, columns, head, bodies, foot = content
        made = [self._caption(caption), columns]
        around = self._grid, self._cell, self._row
        rows = [head[1], *(part for body in bodies for part in body[2:4]), foot[1]]
        self._grid, self._row = f"{sum(map(len, rows))}x{len(columns)}", 0
        made.append([head[0], self._rows(head[1], "column header")])
        made.append([[body[0], body[1], self._rows(body[2], "cell"), self._rows(body[3], "cell")] for body in bodies])
        made.append([foot[0], self._rows(foot[1], "cell")])
        self._grid, self._cell, self._row = around
        return tree.element("Table", [attr, *made])

    def _caption(self, caption: list[Any]) -> list[Any]:
        short, long = caption
        return [self.text(short, "short caption") if short else short, self.blocks(long, "caption")]

    def _rows(self, rows: list[Any], kind: str) -> list[Any]:
        return [[attr, self._cells(cells, kind)] for attr, cells in rows]

    def _cells(self, cells: list[Any], kind: str) -> list[Any]:
        made = []
        for column, cell in enumerate(cells):
            self._cell = f"{self._grid} {self._row} {column}"
            made.append([*cell[:4], self.blocks(cell[4], kind)])
        self._row += 1
        return made

    def _inline(self, node: Node) -> Node:
        """Return *node* with the places inside it visited: notes, alt texts, titles."""
        name, content = node["t"], tree.content(node)
        if name == "Note":
            return tree.element("Note", self.blocks(content, "note"))
        if name == "Image":
            shown = self._shown.get(content[2][0], (self._section, False))
            self._shown[content[2][0]] = shown[0], shown[1] or self._careful
            alt = self.text(content[1], "alternative text", "alt") if content[1] else []
            return tree.element("Image", [content[0], alt, self._target(content[2])])
        if name == "Cite":
            return node
        if localization_notes.is_kept(node):
            return self._whole(node)
        inner = [self._inline(child) for child in tree.children(node)]
        made = tree.with_children(node, inner) if inner else node
        if name == "Link":
            return tree.element("Link", [made["c"][0], made["c"][1], self._target(content[2])])
        return made

    def _target(self, target: list[str]) -> list[str]:
        return [target[0], self.words(target[1], "title of a link or image", "title")]
