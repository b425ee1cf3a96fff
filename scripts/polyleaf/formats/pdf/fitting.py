"""Fitting: tables, rows, spans and words that are too large for their page, and how it is changed so that they fit.

WeasyPrint lays out what is too wide beyond the edge of the page. Boxes tell what does not fit; classes, for which
print.css has rules, and other elements in the HTML, make it fit; then all is laid out again. Nothing is made smaller.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from polyleaf.formats import tables

HtmlElement = Any
"""An element of the HTML page, of xml.etree."""

Parents = dict[HtmlElement, HtmlElement]
"""The parent of each element."""

Box = Any
"""A box of WeasyPrint."""

ROUNDING = 1
"""By how many pixels a box may be wider than what it stands in: so much is rounded."""

NARROW, LANDSCAPE, RECORDS = "narrow", "landscape", "records"
WAYS = (NARROW, LANDSCAPE, RECORDS)
"""How a table is set that is too wide, the first that fits."""

FULL_WIDTH = "full-width"
"""The class of a narrow table that takes all of the page, as boxes do."""

TALL = "tall"
"""The class of a row that may be broken, for it is higher than a page, and of its table."""

HYPHENATED, WRAPPED, BROKEN = "hyphenated", "wrapped", "broken"
"""The classes of an element with a word that is longer than its line: it is broken with a hyphen, or, where a hyphen
would seem to be part of it (a code, an address), without one; as is a word behind signs that are in another element."""

WORD = re.compile(r"\W*[^\W\d_]+(?:['’-][^\W\d_]+)*\W*")
"""Letters, with signs around them, hyphens and apostrophes in them."""

SPACE = re.compile("[ \t\n]")
NO_BREAK = re.compile("[\u00a0\u202f]")
BOXES = frozenset(("keypoints", "warning", "call", "call-now", "call-today", "call-appointment"))
GROUPS = frozenset(("html", "body", "main", "section", "div"))
HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))


@dataclass(frozen=True, slots=True)
class Misfits:
    """What does not fit.

    *wide* are tables, *headless* those with a page on which their head does not fit, *tall* rows; *parted* are rows at
    which a page begins while a cell spans them from above. *long* are elements with words that are longer than their
    lines, with these words.
    """

    wide: list[HtmlElement] = field(default_factory=list)
    headless: list[HtmlElement] = field(default_factory=list)
    tall: list[HtmlElement] = field(default_factory=list)
    parted: list[HtmlElement] = field(default_factory=list)
    long: Mapping[HtmlElement, frozenset[str]] = field(default_factory=dict)


def fit(root: HtmlElement, document: Any) -> bool:  # noqa: ANN401 - WeasyPrint brings no types
    """Change the page *root*, which is laid out as *document*, where something does not fit; tell whether it did."""
    misfits = find_misfits(root, document)
    parents = {child: parent for parent in root.iter() for child in parent}
    for change, elements in (
        (_set_otherwise, misfits.wide),
        (lambda element, _: _let_words_break(element, misfits.long[element]), misfits.long),
        (_let_row_break, misfits.tall),
        (_set_otherwise, misfits.headless),
        (_repeat_spanning, misfits.parted),
    ):
        changes = [change(element, parents) for element in elements]
        if any(changes):
            return True  # what comes after depends on what stands on which page
    return False


def find_misfits(root: HtmlElement, document: Any) -> Misfits:  # noqa: ANN401 - as above
    """Return what of the page *root* does not fit in its layout *document*, each in the order of the page."""
    wide: dict[HtmlElement, None] = {}
    headless: dict[HtmlElement, None] = {}
    long: dict[HtmlElement, set[str]] = defaultdict(set)
    pages: dict[HtmlElement, list[int]] = defaultdict(list)
    for number, page in enumerate(document.pages):
        for box, around in walk(page._page_box):  # noqa: SLF001 - there is no other way in
            if getattr(box, "is_table_wrapper", False) and _is_wider(box, around):
                wide[box.element] = None
            elif type(box).__name__ == "TableBox" and _has_lost_head(box):
                headless[box.element] = None
            elif type(box).__name__ == "TableRowBox" and box.element is not None:
                pages[box.element].append(number)
            elif type(box).__name__ == "LineBox":
                for element, word in _find_long(box, around):
                    long[element].add(word)
    heads = {row for head in root.iter("thead") for row in head.iter("tr")}
    tall = [row for row, numbers in pages.items() if len(numbers) > 1 and row not in heads]
    words = {element: frozenset(words) for element, words in long.items()}
    return Misfits(list(wide), list(headless), tall, list(_find_parted(root, pages)), words)


def walk(box: Box, around: Box = None) -> Iterator[tuple[Box, Box]]:
    """Yield *box* and those in it, in reading order, each with the one that it stands in."""
    waiting = [(box, around)]
    while waiting:
        box, around = waiting.pop()
        box = getattr(box, "_box", box)  # what is positioned by itself is held by something else
        yield box, around
        waiting += [(child, box) for child in reversed(getattr(box, "children", ()))]


def _is_wider(wrapper: Box, around: Box) -> bool:
    return bool(wrapper.margin_width() > around.width + ROUNDING)


def _has_lost_head(table: Box) -> bool:
    """Tell whether *table* has a head that is not on its page."""
    is_there = any(part.is_header for part in table.children)
    return not is_there and table.element is not None and any(len(part) for part in table.element.iter("thead"))


def _find_long(line: Box, around: Box) -> Iterator[tuple[HtmlElement, str]]:
    """Yield the word that is longer than the *line* of the block *around*, with the element of each part of it.

    Such a word stands alone. (WeasyPrint counts the space after the last word of some lines, which then seem too long.)
    Words that are kept on one line, such as the parts of a telephone number, count as one.
    """
    left = around.content_box_x()
    boxes = [box for box in _find_in_flow(line) if getattr(box, "text", "").strip() and box.element is not None]
    word = "".join(box.text for box in boxes).strip()
    free = "".join(box.text for box in boxes if box.style["white_space"] != "nowrap").strip()
    over = (max(left - box.position_x, box.position_x + box.width - left - around.width) for box in boxes)
    if not SPACE.search(free) and max(over, default=0) > ROUNDING:
        yield from ((box.element, word) for box in boxes)


def _find_in_flow(box: Box) -> Iterator[Box]:
    """Yield *box* and those in it, without what floats or is positioned by itself."""
    yield box
    for child in getattr(box, "children", ()):
        if not hasattr(child, "_box") and child.is_in_normal_flow():
            yield from _find_in_flow(child)


def _find_parted(root: HtmlElement, pages: dict[HtmlElement, list[int]]) -> Iterator[HtmlElement]:
    """Yield the rows that begin a page while a cell spans them from above."""
    for table in tables.find_tables(root):
        for rows in tables.find_rows(table)["tbody"]:
            grid = tables.read_grid(rows)
            for (above, upper), (row, line) in itertools.pairwise(zip(rows, grid, strict=True)):
                is_first = pages[row][:1] != pages[above][-1:]
                if is_first and set(upper.values()) & set(line.values()):
                    yield row


def _set_otherwise(table: HtmlElement, parents: Parents) -> bool:
    """Set *table* in the next of WAYS; tell whether there is one.

    Only a table between paragraphs gets a page on its side: a box or a list stays in one piece.
    """
    classes = table.get("class", "").split()
    ancestry = list(_find_ancestry(table, parents))
    is_free = all(element.tag in GROUPS and not BOXES.intersection(_classes(element)) for element in ancestry)
    ways = [way for way in WAYS if is_free or way != LANDSCAPE]
    way = None if tables.RECORD in classes else next((way for way in ways if way not in classes), None)
    if way == RECORDS:
        for element in _find_of_page(table, parents):
            _remove_classes(element, {NARROW, LANDSCAPE, FULL_WIDTH})
        at = list(parents[table]).index(table)
        parents[table][at : at + 1] = tables.make_records(table)
    elif way == LANDSCAPE:
        for element in _find_of_page(table, parents):
            _add_class(element, LANDSCAPE)
    if way in {NARROW, LANDSCAPE}:
        _add_class(table, way)
    if way == NARROW and is_free:
        _add_class(table, FULL_WIDTH)
    return way is not None


def _find_of_page(table: HtmlElement, parents: Parents) -> Iterator[HtmlElement]:
    """Yield *table* and what belongs on its page: the headings right before it, and the note below it."""
    yield table
    after = list(parents[table])[list(parents[table]).index(table) + 1 :][:1]
    yield from (element for element in after if "table-note" in _classes(element))
    element = table
    while element in parents:
        before = list(parents[element])[: list(parents[element]).index(element)]
        headings = [sibling for sibling in reversed(before) if sibling.tag in HEADINGS]
        if len(headings) < len(before) or parents[element].tag != "section":
            yield from itertools.takewhile(lambda sibling: sibling.tag in HEADINGS, reversed(before))
            return
        yield from headings
        element = parents[element]


def _find_ancestry(element: HtmlElement, parents: Parents) -> Iterator[HtmlElement]:
    while element in parents:
        element = parents[element]
        yield element


def _let_words_break(element: HtmlElement, words: Collection[str]) -> bool:
    """Let *words* go on at the next line of *element*: between those that no-break spaces join, or else within one."""
    parted = [_part_words(element, word) for word in words if NO_BREAK.search(word)]
    if any(parted):
        return True
    way = HYPHENATED if all(WORD.fullmatch(word) for word in words) else WRAPPED
    is_word = not SPACE.search((element.text or "").strip())
    return _add_class(element, way) or (is_word and _add_class(element, BROKEN))


def _part_words(element: HtmlElement, chain: str) -> bool:
    """Part the words of *chain*, which are joined in the text of *element*; tell whether it is there."""
    parted = NO_BREAK.sub(" ", chain)
    has_chain = any(chain in (text or "") for text in (element.text, *(child.tail for child in element)))
    element.text = (element.text or "").replace(chain, parted)
    for child in element:
        child.tail = (child.tail or "").replace(chain, parted)
    return has_chain


def _let_row_break(row: HtmlElement, parents: Parents) -> bool:
    """Let *row* go on at the next page; it is higher than one, for else it would stand on the next."""
    table = next(element for element in _find_ancestry(row, parents) if element.tag == "table")
    return any([_add_class(row, TALL), _add_class(table, TALL)])


def _repeat_spanning(row: HtmlElement, parents: Parents) -> bool:
    """Part the cells that span *row* from above into two: what they say stands on the page of *row* as well."""
    rows = [other for other in parents[row] if other.tag == "tr"]
    grid, at = tables.read_grid(rows), rows.index(row)
    for cell, copied in tables.repeat_spanning(row, grid[at - 1], grid[at]):
        first = next(number for number, line in enumerate(grid) if any(cell is other for other in line.values()))
        rest = tables.span(cell, "rowspan") - (at - first)
        cell.set("rowspan", str(at - first))
        copied.set("rowspan", str(rest))
    return True


def _classes(element: HtmlElement) -> list[str]:
    return str(element.get("class", "")).split()


def _add_class(element: HtmlElement, name: str) -> bool:
    """Add the class *name* to *element*; tell whether it did not have it."""
    if name in _classes(element):
        return False
    tables.add_class(element, name)
    return True


def _remove_classes(element: HtmlElement, names: Collection[str]) -> None:
    element.set("class", " ".join(other for other in _classes(element) if other not in names))
