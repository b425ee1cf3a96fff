"""Questions to the author: what a document has that a reader will stumble over.

A check yields pairs: the line, or a piece of the source by which it is found, and the fact.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from polyleaf import tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from polyleaf.config import Project
    from polyleaf.model import Document
    from polyleaf.sources import Reference

SIGN = re.compile(r"[-+*|]|#{1,6}|#\w\S*|:::+|\d{1,2}[.)]")
"""What opens a list, a heading, a table or a box at the start of a line."""

MOST_BOXES = 2
"""How many warnings a leaflet has at most, lest nobody reads them (writing advice of the Dutch medicines board)."""

LONGEST_LIST = 9
"""How many points a list has at most (readability guideline of the European Commission)."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """All leaflets of a project together, with their bibliography and its text."""

    documents: Sequence[Document]
    references: Mapping[str, Reference]
    text: str


@dataclass(frozen=True, slots=True)
class Copy:
    """What an author hands in, and on which day: a document, the bibliography and the settings of its project."""

    document: Document
    references: Mapping[str, Reference]
    project: Project
    today: date = date.min


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


def boxes_many(copy: Copy) -> Iterator[tuple[str, str]]:
    """A leaflet has two warning boxes at most: where everything warns, nothing does.

    Bad:  three times "::: warning"
    Good: "::: warning" once, with the three dangers as a list
    """
    boxes = [node for node in tree.walk(copy.document.blocks) if "warning" in tree.classes(node)]
    if len(boxes) > MOST_BOXES:
        yield "warning", f"there are {len(boxes)} warning boxes; {MOST_BOXES} are the most that readers heed"


def list_long(copy: Copy) -> Iterator[tuple[str, str]]:
    """A list has nine points at most: a longer one is not remembered, and can be parted.

    Bad:  a list of 12 side effects
    Good: two lists, under "Often" and "Seldom"
    """
    for node in tree.walk(copy.document.blocks):
        items = {"BulletList": lambda content: content, "OrderedList": lambda content: content[1]}.get(node["t"])
        points = items(node["c"]) if items else []
        if len(points) > LONGEST_LIST:
            first = [tree.plain(block["c"]) for block in points[0] if block["t"] in {"Para", "Plain"}]
            yield (
                (first[0] if first else "-"),
                f"this list has {len(points)} points; {LONGEST_LIST} are the most that readers follow",
            )


def review_overdue(copy: Copy) -> Iterator[tuple[int, str]]:
    """A leaflet is read again by the day that its front matter names: what was true then may not be so now.

    Bad:  "review-by: 2020-01-01"
    Good: a day to come, set when somebody has read the text again
    """
    front = copy.document.front
    last = front.plain.get("review-by", "")
    if last and date.fromisoformat(last) < copy.today:
        yield front.lines["review-by"], f"this leaflet should have been reviewed by {last}"


def citation_unused(shelf: Shelf) -> Iterator[tuple[str, str]]:
    """Every source in the bibliography is cited by some leaflet; what nobody cites needs no upkeep.

    Bad:  "jansen2024" in source/references.json, and no "[@jansen2024]" in any leaflet
    Good: "Most people get enough [@jansen2024]."
    """
    cited: set[str] = set()
    for node in tree.walk([document.blocks for document in shelf.documents]):
        if node["t"] == "Cite":
            cited.update(citation["citationId"] for citation in node["c"][0])
        elif node["t"] == "Link":
            cited.add(node["c"][2][0].removeprefix("#ref-"))
    for key in shelf.references:
        if key not in cited:
            yield json.dumps(key, ensure_ascii=False), f"no leaflet cites {key!r}"
