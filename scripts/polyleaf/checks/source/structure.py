"""Questions to the author: what a document has that a reader will stumble over.

A check yields pairs: the line, or a piece of the source by which it is found, the fact, and if need be
the way out.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from polyleaf import tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from polyleaf.config import Project
    from polyleaf.model import Document
    from polyleaf.sources import Reference
    from polyleaf.sources.positions import LocatedText

MOST_BOXES = 2
"""How many warnings a leaflet has at most, lest nobody reads them (writing advice of the Dutch medicines board)."""

LONGEST_LIST = 9
"""How many points a list has at most (readability guideline of the European Commission)."""


@dataclass(frozen=True, slots=True)
class LeafletCollection:
    """All leaflets of a project together, with their bibliography and its text."""

    documents: Sequence[Document]
    references: Mapping[str, Reference]
    text: str


@dataclass(frozen=True, slots=True)
class SourceText:
    """What an author hands in, and on which day: a document, the bibliography and the settings of its project.

    *texts* are those of the document with their lines, which several checks ask for.
    """

    document: Document
    texts: Sequence[LocatedText]
    references: Mapping[str, Reference]
    project: Project
    today: date = date.min


def heading_skipped(copy: SourceText) -> Iterator[tuple[str, str]]:
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


def heading_empty(copy: SourceText) -> Iterator[tuple[str, str]]:
    """A heading has words in it.

    Bad:  "#"
    Good: "# Use"
    """
    for node in tree.walk(copy.document.blocks):
        if node["t"] == "Header" and not tree.plain(node["c"][2]):
            yield "#", "this heading has no words"


def figure_named_by_caption(copy: SourceText) -> Iterator[tuple[str, str]]:
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


def table_without_caption(copy: SourceText) -> Iterator[tuple[str, str]]:
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


def cell_empty(copy: SourceText) -> Iterator[tuple[int, str, str]]:
    """A table with a name over each column has something in each cell: an empty one may be a bar that was forgotten.

    Bad:  "| Adults | 250 mg" under "| Who | In the morning | In the evening |"
    Good: "| Adults | 250 mg | nothing |"
    """
    lines = {id(text.inlines): text.line for text in copy.texts}
    for table in tree.walk(copy.document.blocks):
        heads = table["c"][3][1] if table["t"] == "Table" else []
        names = [_words(cell) for cell in heads[-1][1]] if heads else []
        for _, cells in (row for body in table["c"][4] for row in body[3]) if names and all(names) else ():
            place = next((lines[id(part["c"])] for part in tree.walk(cells) if id(part.get("c")) in lines), 1)
            for name, cell in zip(names, cells, strict=False):
                if not _words(cell) and cell[2:4] == [1, 1]:
                    fact = f"the cell under {name!r} is empty in this row of the table"
                    yield place, fact, "Mend the bars of the row, or write what is meant, such as a hyphen."


def _words(cell: Sequence[Any]) -> str:
    """Return what is to be seen in *cell* of a table, nothing when it is empty."""
    seen = [tree.plain([node]) or node["t"] for node in tree.walk(cell[4]) if node["t"] in SEEN]
    return " ".join(seen)


SEEN = frozenset(("Str", "Code", "Math", "Image"))


def boxes_many(copy: SourceText) -> Iterator[tuple[str, str]]:
    """A leaflet has two warning boxes at most: where everything warns, nothing does.

    Bad:  three times "::: warning"
    Good: "::: warning" once, with the three dangers as a list
    """
    boxes = [node for node in tree.walk(copy.document.blocks) if "warning" in tree.classes(node)]
    if len(boxes) > MOST_BOXES:
        yield "warning", f"there are {len(boxes)} warning boxes; {MOST_BOXES} are the most that readers heed"


def list_long(copy: SourceText) -> Iterator[tuple[str, str]]:
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


def review_overdue(copy: SourceText) -> Iterator[tuple[int, str]]:
    """A leaflet is read again by the day that its front matter names: what was true then may not be so now.

    Bad:  "review-by: 2020-01-01"
    Good: a day to come, set when somebody has read the text again
    """
    front = copy.document.front
    last = front.plain.get("review-by", "")
    if last and date.fromisoformat(last) < copy.today:
        yield front.lines["review-by"], f"this leaflet should have been reviewed by {last}"


def citation_unused(shelf: LeafletCollection) -> Iterator[tuple[str, str]]:
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
