"""Tables: header cells that say what they head, and cells that carry the name of their column."""

from __future__ import annotations

from typing import Any

from polyleaf import tree
from polyleaf.editions.language_labels import is_foreign
from polyleaf.model import Node

Row = list[Any]
"""A row in pandoc's tree: its attributes and its cells."""

Cell = list[Any]
"""A cell in pandoc's tree: attributes, alignment, rows and columns that it spans, blocks."""


def with_headers(node: Node, label: str) -> Node:
    """Return a table whose header cells say what they head, and whose cells carry the name of their column.

    *label* goes before a name that is not translated.

    The class `row-headers` makes headers of the first column. A table that is all head becomes all body.
    """
    attr, caption, columns, head, bodies, foot = node["c"]
    if not any(body[3] for body in bodies):
        head, bodies = [head[0], []], [[["", [], []], 0, [], [*head[1], *(row for body in bodies for row in body[2])]]]
    names = _names(head[1], label)
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


def _names(rows: list[Row], label: str) -> dict[int, str]:
    """Return the text of the lowest header above each column."""
    names = {}
    for row, columns in zip(rows, tree.columns_of_cells(rows), strict=True):
        for cell, column in zip(row[1], columns, strict=True):
            names.update(dict.fromkeys(range(column, column + cell[3]), _text(cell, label)))
    return names


def _rows(rows: list[Row], headers: int, names: dict[int, str]) -> list[Row]:
    labelled = []
    for row, columns in zip(rows, tree.columns_of_cells(rows), strict=True):
        cells = [_cell(cell, column, headers, names) for cell, column in zip(row[1], columns, strict=True)]
        labelled.append([row[0], cells])
    return labelled


def _cell(cell: Cell, column: int, headers: int, names: dict[int, str]) -> Cell:
    if column < headers:
        return _with_attr(cell, "scope", "row")
    name = names.get(column, "")
    return _with_attr(cell, "data-label", name) if name else cell


def _text(cell: Cell, label: str) -> str:
    text = " ".join(tree.plain(block["c"]) for block in cell[4] if block["t"] in {"Para", "Plain"})
    return f"{label} {text}" if is_foreign(cell[4]) else text


def _with_attr(cell: Cell, key: str, value: str) -> Cell:
    identifier, classes, pairs = cell[0]
    return [[identifier, classes, [*pairs, [key, value]]], *cell[1:]]
