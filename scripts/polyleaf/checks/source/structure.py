"""Checks of the structure of a source: what a reader will stumble over.

A check yields pairs: the line, or a piece of the source on that line, the fact, and if need be
the way out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from polyleaf import tree
from polyleaf.checks.model import Diagnostic, check
from polyleaf.checks.subjects import LeafletCollection, SourceText
from polyleaf.model import Node, Nodes, Severity
from polyleaf.quotations import quote
from polyleaf.sources.images import find_coarse_images

MOST_BOXES = 2
"""How many warnings a leaflet has at most, lest nobody reads them (writing advice of the Dutch medicines board)."""

LONGEST_LIST = 9
"""How many points a list has at most (readability guideline of the European Commission)."""


@check(SourceText, Severity.ERROR)
def heading_skipped(source: SourceText) -> Iterator[Diagnostic]:
    """Headings go down one level at a time, so that a screen reader's list of them makes sense.

    Bad:  "# Use", then "### Doses"
    Good: "# Use", then "## Doses"
    """
    before = 0
    for node in tree.walk(source.document.blocks):
        if node["t"] != "Header":
            continue
        level, _, inlines = node["c"]
        if before and level > before + 1:
            text = tree.plain(inlines)
            yield Diagnostic(f"the heading {quote(text)} is {level - before} levels below the one before it", text)
        before = level


@check(SourceText, Severity.ERROR)
def heading_empty(source: SourceText) -> Iterator[Diagnostic]:
    """A heading has words in it.

    Bad:  "#"
    Good: "# Use"
    """
    for node in tree.walk(source.document.blocks):
        if node["t"] == "Header" and not tree.plain(node["c"][2]):
            yield Diagnostic("this heading has no words", "#")


@check(SourceText, Severity.WARNING)
def section_empty(source: SourceText) -> Iterator[Diagnostic]:
    """Something stands under every heading: a heading alone says nothing, nor does a comment.

    Bad:  "# Side effects", then "# Storage" and a text
    Good: "# Side effects", then a text about them
    """
    lines = {id(text.inlines): text.line for text in source.texts}
    blocks = source.document.blocks
    for heading in _find_empty(blocks):
        inlines = heading["c"][2]
        if tree.plain(inlines):
            fact = f"nothing stands under the heading {quote(tree.plain(inlines))}"
            yield Diagnostic(fact, lines.get(id(inlines), 1), "Write what belongs there, or take the heading out.")


def _find_empty(blocks: Nodes) -> Iterator[Node]:
    """Yield the headings in *blocks* that show nothing before the next, which is no deeper, or the end."""
    headings = [at for at, block in enumerate(blocks) if block["t"] == "Header"]
    for start, end in pairwise([*headings, len(blocks)]):
        is_parent = end < len(blocks) and blocks[end]["c"][0] > blocks[start]["c"][0]
        if not is_parent and not _is_seen(blocks[start + 1 : end]):
            yield blocks[start]
    for block in blocks:
        if block["t"] == "Div":
            yield from _find_empty(block["c"][1])


def _is_seen(blocks: Nodes) -> bool:
    """Tell whether *blocks* show something: words, a picture, what is filled in (sources, particulars)."""
    return any(
        node["t"] in SEEN or (node["t"] == "Div" and (node["c"][0][0] == "refs" or "colophon" in node["c"][0][1]))
        for node in tree.walk(blocks)
    )


@check(SourceText, Severity.WARNING)
def figure_named_by_caption(source: SourceText) -> Iterator[Diagnostic]:
    """A figure has an alternative text of its own, which says what is to be seen; a caption says what it is about.

    Bad:  "![Foods with magnesium.](media/food.svg)"
    Good: "![Foods with magnesium.](media/food.svg){alt="A plate with nuts, beans and a banana."}"
    """
    for figure in tree.walk(source.document.blocks):
        if figure["t"] != "Figure":
            continue
        for node in tree.walk(figure["c"][2]):
            if node["t"] == "Image" and not node["c"][1]:
                yield Diagnostic(
                    f"the figure {quote(node['c'][2][0])} has no alternative text of its own", node["c"][2][0]
                )


@check(SourceText, Severity.WARNING)
def image_coarse(source: SourceText) -> Iterator[Diagnostic]:
    """An image has enough pixels for the width that it is given; with fewer than 90 an inch, readers see them.

    Bad:  "![A knee.](media/knee.jpg){width=14cm}" for a photo that is 300 pixels wide
    Good: the same photo with 1700 pixels, or with "width=7cm"
    """
    for name, dots in find_coarse_images(source.document):
        hint = "Export it with more pixels, or give it a smaller width."
        yield Diagnostic(f"the image {quote(name)} has only {dots} pixels an inch in this width", name, hint)


@check(SourceText, Severity.WARNING)
def table_without_caption(source: SourceText) -> Iterator[Diagnostic]:
    """A table has a caption, so that somebody who cannot see it knows whether to go into it.

    Bad:  a table and nothing under it
    Good: a table, an empty line, and ": Medicines and the time between"
    """
    for node in tree.walk(source.document.blocks):
        if node["t"] == "Table" and not node["c"][1][1]:
            first = [tree.plain(block["c"]) for block in tree.walk(node["c"][3]) if block["t"] in {"Para", "Plain"}]
            words = [text for text in first if text]
            which = f"the table that starts with {quote(', '.join(words))}" if words else "a table without words"
            yield Diagnostic(f"{which} has no caption", words[0] if words else "|")


@check(SourceText, Severity.WARNING)
def cell_empty(source: SourceText) -> Iterator[Diagnostic]:
    """A table with a name over each column has something in each cell: an empty one may be a bar that was forgotten.

    Bad:  "| Adults | 250 mg" under "| Who | In the morning | In the evening |"
    Good: "| Adults | 250 mg | nothing |"
    """
    lines = {id(text.inlines): text.line for text in source.texts}
    for table in tree.walk(source.document.blocks):
        heads = table["c"][3][1] if table["t"] == "Table" else []
        names = [_words(cell) for cell in heads[-1][1]] if heads else []
        for _, cells in (row for body in table["c"][4] for row in body[3]) if names and all(names) else ():
            line = next((lines[id(part["c"])] for part in tree.walk(cells) if id(part.get("c")) in lines), 1)
            for name, cell in zip(names, cells, strict=False):
                if not _words(cell) and cell[2:4] == [1, 1]:
                    fact = f"the cell under {quote(name)} is empty in this row of the table"
                    yield Diagnostic(fact, line, "Mend the bars of the row, or write what is meant, such as a hyphen.")


def _words(cell: Sequence[Any]) -> str:
    """Return what is to be seen in *cell* of a table, nothing when it is empty."""
    seen = [tree.plain([node]) or node["t"] for node in tree.walk(cell[4]) if node["t"] in SEEN]
    return " ".join(seen)


SEEN = frozenset(("Str", "Code", "CodeBlock", "Math", "Image"))
"""The nodes that show something."""


@check(SourceText, Severity.ERROR)
def text_absent(source: SourceText) -> Iterator[Diagnostic]:
    """A leaflet has a text, or a picture at least, under its front matter.

    Bad:  a file with a title and nothing more, or with a comment alone
    Good: a title, and under it "Call us when you have a fever."
    """
    blocks = source.document.blocks
    words = "".join(node["c"] for node in tree.walk(blocks) if node["t"] == "Str")
    if not any(map(str.isalnum, words)) and not _is_seen(
        tree.rebuild(blocks, lambda node: [] if node["t"] == "Str" else node)
    ):
        yield Diagnostic("there is no text under the front matter", 1, "Write the text of the leaflet there.")


@check(SourceText, Severity.WARNING)
def boxes_many(source: SourceText) -> Iterator[Diagnostic]:
    """A leaflet has two warning boxes at most: where everything warns, nothing does.

    Bad:  three times "::: warning"
    Good: "::: warning" once, with the three dangers as a list
    """
    boxes = [node for node in tree.walk(source.document.blocks) if "warning" in tree.classes(node)]
    if len(boxes) > MOST_BOXES:
        yield Diagnostic(
            f"there are {len(boxes)} warning boxes; {MOST_BOXES} are the most that readers heed", "warning"
        )


@check(SourceText, Severity.WARNING)
def list_long(source: SourceText) -> Iterator[Diagnostic]:
    """A list has nine points at most: a longer one is not remembered, and can be parted.

    Bad:  a list of 12 side effects
    Good: two lists, under "Often" and "Seldom"
    """
    for node in tree.walk(source.document.blocks):
        items = {"BulletList": lambda content: content, "OrderedList": lambda content: content[1]}.get(node["t"])
        points = items(node["c"]) if items else []
        if len(points) > LONGEST_LIST:
            first = [tree.plain(block["c"]) for block in points[0] if block["t"] in {"Para", "Plain"}]
            yield Diagnostic(
                f"this list has {len(points)} points; {LONGEST_LIST} are the most that readers follow",
                first[0] if first else "-",
            )


@check(SourceText, Severity.WARNING)
def review_overdue(source: SourceText) -> Iterator[Diagnostic]:
    """A leaflet is read again by the day that its front matter names: what was true then may not be so now.

    Bad:  "review-by: 2020-01-01"
    Good: a day to come, set when somebody has read the text again
    """
    front = source.document.front
    last = front.plain.get("review-by", "")
    if last and date.fromisoformat(last) < source.today:
        yield Diagnostic(f"this leaflet should have been reviewed by {last}", front.lines["review-by"])


@check(LeafletCollection, Severity.WARNING)
def citation_unused(collection: LeafletCollection) -> Iterator[Diagnostic]:
    """Every source in the bibliography is cited by some leaflet; what nobody cites needs no upkeep.

    Bad:  "jansen2024" in source/references.json, and no "[@jansen2024]" in any leaflet
    Good: "Most people get enough [@jansen2024]."
    """
    cited: set[str] = set()
    for node in tree.walk([document.blocks for document in collection.documents]):
        if node["t"] == "Cite":
            cited.update(citation["citationId"] for citation in node["c"][0])
        elif node["t"] == "Link":
            cited.add(node["c"][2][0].removeprefix("#ref-"))
    for key in collection.references:
        if key not in cited:
            yield Diagnostic(f"no leaflet cites {quote(key)}", json.dumps(key, ensure_ascii=False))
