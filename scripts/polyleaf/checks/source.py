"""Questions to the author: what a document has that a reader will stumble over.

A check yields pairs: a piece of the source by which the line is found, and the fact.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from polyleaf import tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from polyleaf.config import Project
    from polyleaf.model import Document
    from polyleaf.sources import Reference

SIGN = re.compile(r"[-+*|]|#{1,6}|#\w\S*|:::+|\d{1,2}[.)]")
"""What opens a list, a heading, a table or a box at the start of a line."""

TEXTS = frozenset(("Header", "Para", "Plain"))
MEASURES = r"\s?(?:mg|microgram|mcg|[µμ]g|g|kg|ml|l|mmol|IE|IU)\b"
UNSAFE = (
    (re.compile(rf"(?<![\d.,])\d+[.,]0{{1,2}}{MEASURES}"), "can be read as ten times as much: leave the zero out"),
    (re.compile(rf"(?<![\d.,\w])[.,]\d+{MEASURES}"), "can be read as ten times as much: put a zero before the sign"),
    (re.compile(r"\d+\s?(?:[µμ]g|mcg)\b"), "can be read as mg: write microgram in full"),
)


@dataclass(frozen=True, slots=True)
class Copy:
    """What an author hands in: a document, with the bibliography and the settings of its project."""

    document: Document
    references: Mapping[str, Reference]
    project: Project


def heading_skipped(copy: Copy) -> Iterator[tuple[str, str]]:
    """Headings go down one level at a time, so that a screen reader's list of them makes sense.

    Bad:  "# Use", then "### Doses"
    Good: "# Use", then "## Doses"
    """
    before = 0
    for node in tree.walk(copy.document.blocks):
        if node["t"] != "Header":
            continue
        level, _, inlines = node["c"]
        if before and level > before + 1:
            text = tree.plain(inlines)
            yield text, f"the heading {text!r} is {level - before} levels below the one before it"
        before = level


def heading_empty(copy: Copy) -> Iterator[tuple[str, str]]:
    """A heading has words in it.

    Bad:  "#"
    Good: "# Use"
    """
    for node in tree.walk(copy.document.blocks):
        if node["t"] == "Header" and not tree.plain(node["c"][2]):
            yield "#", "this heading has no words"


def figure_named_by_caption(copy: Copy) -> Iterator[tuple[str, str]]:
    """A figure has an alternative text of its own, which says what is to be seen; a caption says what it is about.

    Bad:  "![Foods with magnesium.](media/food.svg)"
    Good: "![Foods with magnesium.](media/food.svg){alt="A plate with nuts, beans and a banana."}"
    """
    for figure in tree.walk(copy.document.blocks):
        if figure["t"] != "Figure":
            continue
        for node in tree.walk(figure["c"][2]):
            if node["t"] == "Image" and not node["c"][1]:
                yield node["c"][2][0], f"the figure {node['c'][2][0]!r} has no alternative text of its own"


def block_not_made(copy: Copy) -> Iterator[tuple[str, str]]:
    """What looks like a list, a heading or a table is one: each needs an empty line before it.

    Bad:  "Take:", and on the next line "- 250 mg"
    Good: "Take:", an empty line, and "- 250 mg"
    """
    for node in tree.walk(copy.document.blocks):
        if node["t"] == "LineBlock" and any("|" in tree.plain(line) for line in node["c"]):
            yield "|", "these rows are plain lines, not a table: there is no |---| under the first"
        if node["t"] not in {"Para", "Plain"}:
            continue
        inlines = node["c"]
        starts = [0, *(at + 1 for at, inline in enumerate(inlines) if inline["t"] == "SoftBreak")]
        for at in starts:
            word = inlines[at]["c"] if at < len(inlines) and inlines[at]["t"] == "Str" else ""
            if SIGN.fullmatch(word) and (len(inlines) > at + 1 or word.startswith("#")):
                yield word, f"the line that starts with {word!r} is plain text, not a list, heading or table"


def table_without_caption(copy: Copy) -> Iterator[tuple[str, str]]:
    """A table has a caption, so that somebody who cannot see it knows whether to go into it.

    Bad:  a table and nothing under it
    Good: a table, an empty line, and ": Medicines and the time between"
    """
    for node in tree.walk(copy.document.blocks):
        if node["t"] == "Table" and not node["c"][1][1]:
            first = [tree.plain(block["c"]) for block in tree.walk(node["c"][3]) if block["t"] in {"Para", "Plain"}]
            yield (
                (first[0] if first else "|"),
                f"the table that starts with {', '.join(first)!r} has no caption",
            )


def dose_unsafe(copy: Copy) -> Iterator[tuple[str, str]]:
    """A dose is written so that it cannot be misread: no zero too many or too few, and microgram in full.

    Bad:  "Take 1.0 mg, or .5 mg, or 50 µg"
    Good: "Take 1 mg, or 0.5 mg, or 50 microgram"
    """
    for node in tree.walk(copy.document.blocks):
        if node["t"] not in TEXTS:
            continue
        text = tree.plain(node["c"] if node["t"] != "Header" else node["c"][2])
        for pattern, danger in UNSAFE:
            for found in pattern.finditer(text):
                yield found.group(), f"{found.group()!r} {danger}"
