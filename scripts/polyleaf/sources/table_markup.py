"""Table markup that was read otherwise than it was meant: cells that are lost, bars that make columns, headings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from polyleaf import tree
from polyleaf.model import Document, Node
from polyleaf.quotations import quote
from polyleaf.sources.unparsed_markup import IN_GRID
from polyleaf.sources.words_out_of_reach import Fault

TABLE_RULE = re.compile(r"\s*+(?:\|\s*+)?:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)*+(?:\|\s*+)?")
"""The line under the header of a pipe table."""

NO_BORDER = re.compile(r"`[^`]*`|\\.")
"""What may hold a bar that is no border: code, and a bar with a backslash before it."""

LINE_LENGTH = 80
"""Of so many characters pandoc takes a column of a grid table to be a part."""

NARROWEST = 5
"""A column of so many characters, with its bar, may come of a bar that does not stand under the others."""

MEND_BARS = f"{IN_GRID.capitalize()}: mend those of this table."


def find_faults(document: Document) -> Iterator[Fault]:
    """Yield where a table of *document* was not read as it was meant."""
    for table in (node for node in tree.walk(document.blocks) if node["t"] == "Table"):
        yield from _headings(table, document.text)
        yield from _chance_columns(table)
    for row in _rows_too_wide(document.text):
        fact = f"this row has more cells than the table has columns: {quote(row.strip())}"
        yield row, fact, "Mend its bars; a bar that is no border is written \\|."


def _headings(table: Node, text: str) -> Iterator[Fault]:
    for heading in (node for node in tree.walk(table) if node["t"] == "Header"):
        words = tree.plain(heading["c"][2])
        hint = f"{MEND_BARS} Where no heading is meant, write \\# for the sign; for strong words write **{words}**."
        in_cell = f"| {'#' * heading['c'][0]} {words}"
        yield in_cell if in_cell in text else words, f"this heading is in a cell of a table: {quote(words)}", hint


def _chance_columns(table: Node) -> Iterator[Fault]:
    """Yield the columns that are there since a bar stands beside the others: narrow, and no cell is of them alone."""
    _, _, columns, head, bodies, _ = table["c"]
    cells = [
        (column, cell)
        for rows in (head[1], *(body[3] for body in bodies))
        for row, starts in zip(rows, tree.columns_of_cells(rows), strict=True)
        for column, cell in zip(starts, row[1], strict=True)
    ]
    for number, (_, width) in enumerate(columns):
        if not 0 < round(width.get("c", 0) * LINE_LENGTH) <= NARROWEST:
            continue
        there = [cell for column, cell in cells if column <= number < column + cell[3]]
        words = [tree.plain(node["c"]) for cell in there for node in cell[4] if node["t"] in {"Plain", "Para"}]
        if words and all(cell[3] > 1 for cell in there if cell[4]):
            yield words[0], f"a bar beside this cell makes a column of its own: {quote(words[0])}", MEND_BARS


def _rows_too_wide(text: str) -> Iterator[str]:
    """Yield every row in the manuscript *text* with more cells than its table has columns."""
    columns = 0
    for line in text.split("\n"):
        if "|" in line and TABLE_RULE.fullmatch(line):
            columns = _count_cells(line)
        elif "|" not in line:
            columns = 0
        elif columns and _count_cells(line) > columns:
            yield line


def _count_cells(line: str) -> int:
    bare = NO_BORDER.sub("x", line).strip()
    return bare.removeprefix("|").removesuffix("|").count("|") + 1
