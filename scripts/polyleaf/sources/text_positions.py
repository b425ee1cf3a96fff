"""Every text of a document with the line of the manuscript on which it starts, in reading order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from polyleaf import tree
from polyleaf.sources import front_matter, unparsed_markup
from polyleaf.sources.positions import Lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from polyleaf.model import Document, Node, Nodes

COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)

CODE = re.compile(r"^[ \t]*(`{3,}|~{3,})[^`\n]*\n.*?^[ \t]*\1[`~]*[ \t]*$|`[^`\n]+`", re.DOTALL | re.MULTILINE)
"""What is code, in a block or between words."""

KINDS = {"BulletList": "item", "OrderedList": "item", "Table": "cell", "Figure": "caption", "Note": "note"}
KINDS |= {"Header": "heading", "LineBlock": "line"}
"""What the texts in an element are called; elsewhere a text is a `paragraph`."""

ASIDE = frozenset(("caption", "note"))
"""Kinds of text that stand elsewhere in the manuscript than the tree has them."""


@dataclass(frozen=True, slots=True)
class Written:
    """A text of a manuscript: its inlines, the line on which it starts, and its kind, as in KINDS."""

    inlines: Nodes
    line: int
    kind: str


def written(document: Document) -> list[Written]:
    """Return every text of *document*, those of the front matter first; what is kept in every language as well."""
    made = [Written(inlines, document.front.lines[key], "front") for key, inlines in document.front.texts.items()]
    where = Lines(COMMENT.sub(emptied, front_matter.BLOCK.sub(emptied, document.text, count=1)))
    for inlines, kind in _texts(document.blocks, "paragraph"):
        line = where.find(tree.plain(inlines), aside=kind in ASIDE)
        made.append(Written(inlines, max(1, line - _wordless(inlines)), kind))
    return made


def _wordless(inlines: Nodes) -> int:
    """Return how many lines of a text come before its first word, by which it is found."""
    worded = [re.search(r"\w", row) is not None for row in unparsed_markup.lines(inlines)]
    return worded.index(True) if True in worded else 0


def line_with(text: str, words: str, start: int) -> int:
    """Return the first line of *text*, from *start* on and else before it, that has *words* in it; 0 when none has.

    *words* are whole ones. A sign with a backslash before it stands for itself, and is not found; nor is code.
    """
    rows = [plain(row) for row in uncoded(text).split("\n")]
    looks = re.compile(rf"(?<!\0){re.escape(plain(words))}(?![\w.,;:!?*_`~])")
    near = [*range(start - 1, len(rows)), *range(start - 1)]
    return next((at + 1 for at in near if looks.search(rows[at])), 0)


def plain(row: str) -> str:
    """Return *row* without escaped signs, and with dashes, quotation marks and dots as people type them."""
    return unparsed_markup.ESCAPED.sub("\0", row).translate(TYPED)


def uncoded(text: str) -> str:
    """Return *text* with every line where it was, and nothing where code is."""
    return CODE.sub(emptied, text)


TYPED = {ord("—"): "---", ord("–"): "--", ord("…"): "...", ord("\u00a0"): " "}
TYPED |= {ord(sign): '"' for sign in "“”"} | {ord(sign): "'" for sign in "‘’"}


def emptied(found: re.Match[str]) -> str:
    """Return as many line ends as there are in what was *found*."""
    return "\n" * found.group().count("\n")


def _texts(value: Any, kind: str) -> Iterator[tuple[Nodes, str]]:  # noqa: ANN401 - as in tree.walk
    if isinstance(value, list):
        for part in value:
            yield from _texts(part, kind)
    elif isinstance(value, dict):
        kind = KINDS.get(value.get("t", ""), kind)
        for inlines in _own(value):
            yield inlines, "term" if value["t"] == "DefinitionList" else kind
        parts = list(value.values())
        if value.get("t") == "Table":
            yield from _texts(value["c"][1], "caption")
            parts = value["c"][3:]
        yield from _texts(parts, kind)


def _own(node: Node) -> Sequence[Nodes]:
    """Return the texts that *node* has by itself, each a run of inlines."""
    name, content = node.get("t"), tree.content(node)
    if name in {"Para", "Plain"}:
        return [content]
    if name == "Header":
        return [content[2]]
    if name == "LineBlock":
        return tuple(content or ())
    return [term for term, _ in content or ()] if name == "DefinitionList" else []
