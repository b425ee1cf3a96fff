"""Untranslated passages: each says in words that it is in the source language, once for a run of neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from polyleaf import templates, tree
from polyleaf.languages import direction, tag
from polyleaf.localize import UNTRANSLATED
from polyleaf.model import Node, Nodes

LABEL = "passage-language"
"""The class of the words that say in which language the passage after them is."""

FIGURE = "This figure has words that are not translated %(label)s."
"""The theme's label for a drawing with words in the source language."""

DRAWING_LABEL = "passage-drawing"
"""The class of the words about a drawing."""

ALONE = frozenset(("Div", "LineBlock", "BlockQuote", "CodeBlock"))
"""Blocks that a reader may come to without what stands before them: nothing in them counts as a neighbour of that."""


@dataclass(frozen=True, slots=True)
class LanguageLabel:
    """How an edition in *language* (a gettext code) says that a passage is in the language *source*.

    *drawings* are the names of the pictures in which words of that language stand.
    """

    language: str
    source: str
    drawings: frozenset[str] = frozenset()

    @property
    def label(self) -> str:
        """What stands before such a passage: `(in Dutch)`."""
        return templates.in_language(self.source, self.language)


def label_passages(blocks: Nodes, language_label: LanguageLabel) -> Nodes:
    """Return *blocks*, in which every passage that is not translated says in which language it is.

    The words stand before the passage, where a screen reader finds them and a page without style sheet shows them; of
    texts that follow each other the first has them. What is reached by itself has its own: a heading, a caption, the
    header of a column or row, a term, a note. In an alternative text they are part of the text. A figure with such
    words in its drawing says so in its caption.
    """
    return list(_LabelInserter(language_label).visit(blocks))


def label_inlines(text: str, language: str) -> Nodes:
    """Return the theme's label *text* in *language* as inlines; a label in English names its language in `lang`."""
    words = tree.words(templates.label(text, language))
    pairs = templates.label_attributes(language)
    return [tree.span(words, pairs=pairs)] if pairs else words


def without_labels(inlines: Nodes) -> Nodes:
    """Return *inlines* as they are without what `label_passages` put before them."""
    at = next((at for at, node in enumerate(inlines) if LABEL in tree.classes(node)), None)
    return inlines if at is None else [*inlines[:at], *inlines[at + 2 :]]


def is_foreign(inlines: Nodes) -> bool:
    """Tell whether there is a passage in *inlines* that is not translated."""
    return any(UNTRANSLATED in tree.classes(node) for node in tree.walk(inlines))


class _LabelInserter:
    """Goes through a tree in reading order; *running* is whether the text before was a passage of the source language.

    What it has seen of the tree decides what it makes of the next part, so it is no `tree.rebuild`.
    """

    def __init__(self, language_label: LanguageLabel) -> None:
        self._label = language_label
        self._attributes = {"lang": tag(language_label.language)}
        if direction(language_label.language) != direction(language_label.source):
            self._attributes["dir"] = direction(language_label.language)
        self._label_attributes = templates.label_attributes(language_label.language)
        self._words = [
            tree.span(tree.words(language_label.label), classes=[LABEL], pairs=self._label_attributes),
            tree.element("Space"),
        ]
        self._running = self._foreign = False

    def visit(self, value: Any) -> Any:  # noqa: ANN401 - as in tree.walk
        if not isinstance(value, list):
            return value
        visited: list[Any] = []
        for part in value:
            visited += self._node(part) if isinstance(part, dict) and "t" in part else [self.visit(part)]
        return visited

    def _alone(self, value: Any) -> Any:  # noqa: ANN401 - as in tree.walk
        """Return *value* visited as what is reached by itself."""
        self._running = False
        return self.visit(value)

    def _node(self, node: Node) -> Nodes:
        insert = getattr(self, f"_{node['t'].lower()}", None)
        if insert:
            return list(insert(node))
        if node["t"] not in ALONE:
            return [self._with(node, self.visit(tree.content(node)))]
        visited = self._with(node, self._alone(tree.content(node)))
        self._running = False
        return [visited]

    def _with(self, node: Node, content: Any) -> Node:  # noqa: ANN401 - as in tree.element
        return node if content is None else tree.element(node["t"], content)

    def _str(self, node: Node) -> Nodes:
        self._running = self._running and not any(char.isalnum() for char in node["c"])
        return [node]

    def _header(self, node: Node) -> Nodes:
        """A heading is reached by itself, and what follows it is its neighbour."""
        return [self._with(node, self._alone(node["c"]))]

    def _definitionlist(self, node: Node) -> Nodes:
        return [self._with(node, [[self._alone(term), self.visit(definitions)] for term, definitions in node["c"]])]

    def _table(self, node: Node) -> Nodes:
        attr, caption, columns, head, bodies, foot = node["c"]
        caption = self._alone(caption)
        head = [head[0], self._rows(head[1])]
        self._running = False
        bodies = [[body[0], body[1], self._rows(body[2]), self._rows(body[3])] for body in bodies]
        foot = [foot[0], self._rows(foot[1])]
        self._running = False
        return [self._with(node, [attr, caption, columns, head, bodies, foot])]

    def _rows(self, rows: list[Any]) -> list[Any]:
        return [[attr, [self._cell(cell) for cell in cells]] for attr, cells in rows]

    def _cell(self, cell: list[Any]) -> list[Any]:
        """A header is read out with every cell that it heads."""
        is_header = "scope" in dict(cell[0][2])
        return [*cell[:4], self._alone(cell[4]) if is_header else self.visit(cell[4])]

    def _figure(self, node: Node) -> Nodes:
        attr, (short, caption), blocks = node["c"]
        drawings = [image for image in tree.walk(blocks) if image["t"] == "Image" and self._is_drawing(image)]
        blocks, caption = self._alone(blocks), self._alone(caption)
        self._running = False
        if drawings and caption and caption[-1]["t"] in {"Para", "Plain"}:
            blocks = tree.rebuild(blocks, lambda inner: [] if DRAWING_LABEL in tree.classes(inner) else inner)
            caption = [*caption[:-1], tree.element(caption[-1]["t"], [*caption[-1]["c"], *self._drawing_label()])]
        return [self._with(node, [attr, [short, caption], blocks])]

    def _span(self, node: Node) -> Nodes:
        (identifier, classes, _), inlines = node["c"]
        if identifier.startswith("fn-"):
            self._running = False
        if UNTRANSLATED not in classes:
            return [tree.with_children(node, self.visit(inlines))]
        before = [] if self._running else self._words
        self._foreign = True
        passage = tree.with_children(node, self.visit(inlines))
        self._foreign, self._running = False, True
        return [*before, passage]

    def _image(self, node: Node) -> Nodes:
        """An alternative text names its language in an attribute, and in words before it."""
        (identifier, classes, pairs), alt, target = node["c"]
        foreign = next((part for part in tree.walk(alt) if UNTRANSLATED in tree.classes(part)), None)
        more = (
            foreign["c"][0][2] if foreign else [[*pair] for pair in self._attributes.items()] if self._foreign else []
        )
        pairs = [*pairs, *(pair for pair in more if pair[0] not in dict(pairs))]
        alt = [*self._words, *alt] if foreign else alt
        image = tree.element("Image", [[identifier, classes, pairs], alt, target])
        return [image, *self._drawing_label()] if self._is_drawing(node) else [image]

    def _is_drawing(self, image: Node) -> bool:
        return image["c"][2][0] in self._label.drawings

    def _drawing_label(self) -> Nodes:
        """Return what is said of a drawing with words that are not translated."""
        text = templates.label(FIGURE, self._label.language) % {"label": self._label.label}
        pairs = self._attributes | self._label_attributes
        return [tree.element("Space"), tree.span(tree.words(text), classes=[LABEL, DRAWING_LABEL], pairs=pairs)]
