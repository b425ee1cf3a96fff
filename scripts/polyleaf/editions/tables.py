"""Tables: header cells that say what they head, and cells that carry the name of their column."""

from __future__ import annotations

from typing import Any

from polyleaf import languages, tree
from polyleaf.editions.language_labels import LanguageLabel, is_foreign
from polyleaf.model import Node

Row = list[Any]
"""A row in pandoc's tree: its attributes and its cells."""

Cell = list[Any]
"""A cell in pandoc's tree: attributes, alignment, rows and columns that it spans, blocks."""


def with_headers(node: Node, language_label: LanguageLabel) -> Node:
    """Return a table whose header cells say what they head, and whose cells carry the name of their column.

    *language_label* goes before a name that is not translated. A cell has the names of all headers above it, from the
    top, and of all columns that it spans.

    The class `row-headers` makes headers of the first column. A table that is all head becomes all body.
    """
    attr, caption, columns, head, bodies, foot = node["c"]
    if not any(body[3] for body in bodies):
        head, bodies = [head[0], []], [[["", [], []], 0, [], [*head[1], *(row for body in bodies for row in body[2])]]]
    names = _Names(head[1], language_label)
    has_row_headers = "row-headers" in attr[1]
    head = [head[0], [[row[0], [_with_attr(cell, "scope", "col") for cell in row[1]]] for row in head[1]]]
    labelled = []
    for body_attr, header_columns, own_head, rows in bodies:
        count = max(header_columns, 1) if has_row_headers else header_columns
        labelled.append([body_attr, count, own_head, _rows(rows, count, names)])
    return tree.element("Table", [attr, caption, _with_widths(columns), head, labelled, foot])


def _with_widths(columns: list[Any]) -> list[Any]:
    """Return *columns* with the widths that an author chose: not equal ones, nor those of a table as it was typed.

    Pandoc reads the widths of a grid table from its characters, which say nothing of another language or size of type;
    the columns are then as wide as their content asks for.
    """
    widths = [width.get("c", 0) for _, width in columns]
    if round(sum(widths), 2) == 1 and len(set(widths)) > 1:
        return columns
    return [[alignment, tree.element("ColWidthDefault")] for alignment, _ in columns]


class _Names:
    """The names of the columns of a table, by its head."""

    def __init__(self, rows: list[Row], language_label: LanguageLabel) -> None:
        self._label = language_label.label
        self._separator = languages.list_separator(language_label.language)
        self._heads: list[dict[int, Cell]] = []
        for row, columns in zip(rows, tree.columns_of_cells(rows), strict=True):
            line = {at: cell for cell, column in zip(row[1], columns, strict=True) for at in _span(cell, column)}
            self._heads.append(line)

    def find(self, columns: range) -> str:
        """Return the name of *columns*, empty when they have none."""
        cells = {id(cell): cell for line in self._heads for at, cell in line.items() if at in columns}
        return self._separator.join(filter(None, (_text(cell, self._label) for cell in cells.values())))


def _rows(rows: list[Row], headers: int, names: _Names) -> list[Row]:
    labelled = []
    for row, columns in zip(rows, tree.columns_of_cells(rows), strict=True):
        cells = [_cell(cell, column, headers, names) for cell, column in zip(row[1], columns, strict=True)]
        labelled.append([row[0], cells])
    return labelled


def _cell(cell: Cell, column: int, headers: int, names: _Names) -> Cell:
    if column < headers:
        return _with_attr(cell, "scope", "row")
    name = names.find(_span(cell, column))
    return _with_attr(cell, "data-label", name) if name else cell


def _span(cell: Cell, column: int) -> range:
    return range(column, column + cell[3])


def _text(cell: Cell, label: str) -> str:
    text = " ".join(tree.plain(block["c"]) for block in cell[4] if block["t"] in {"Para", "Plain"})
    return f"{label} {text}" if is_foreign(cell[4]) else text


def _with_attr(cell: Cell, key: str, value: str) -> Cell:
    identifier, classes, pairs = cell[0]
    return [[identifier, classes, [*pairs, [key, value]]], *cell[1:]]
