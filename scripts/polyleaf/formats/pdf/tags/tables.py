"""Table attributes: spans of cells, scopes and headers (ISO 32000-1, 14.8.5.7; ISO 14289-1, 7.5)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from polyleaf.formats.pdf.tags.model import Element

SCOPES = {"col": "Column", "colgroup": "Column", "row": "Row", "rowgroup": "Row"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, the rows and columns that it takes, counted from 0, and its scope: `Row`, `Column`, or none."""

    element: Element
    rows: range
    columns: range
    scope: str


def describe(table: Element, name: str) -> None:
    """Give each cell of *table* its spans and headers; *name* makes the IDs of headers unique in the file."""
    cells = list(_cells(table))
    headers = _headers_by_line(cells)
    for cell in cells:
        attributes: dict[str, Any] = {"O": b"/Table"}
        spans = {"RowSpan": len(cell.rows), "ColSpan": len(cell.columns)}
        attributes.update({key: number for key, number in spans.items() if number > 1})
        lines = [("Row", row) for row in cell.rows] + [("Column", column) for column in cell.columns]
        if cell.scope:
            attributes["Scope"] = f"/{cell.scope}".encode()
            cell.element.entries["ID"] = _id(name, cell)
        elif numbers := {number for line in lines for number in headers.get(line, ())}:
            attributes["Headers"] = [_id(name, cells[number]) for number in sorted(numbers)]
        cell.element.entries["A"] = attributes


def _headers_by_line(cells: Sequence[Cell]) -> dict[tuple[str, int], list[int]]:
    """Return the numbers of the *cells* that head each row or column."""
    headers: dict[tuple[str, int], list[int]] = defaultdict(list)
    for number, cell in enumerate(cells):
        for line in {"Row": cell.rows, "Column": cell.columns}.get(cell.scope, ()):
            headers[cell.scope, line].append(number)
    return headers


def _cells(table: Element) -> Iterator[Cell]:
    taken: set[tuple[int, int]] = set()
    for at, (part, row) in enumerate(_rows(table)):
        column = 0
        for element in row.children():
            while (at, column) in taken:
                column += 1
            rows = range(at, at + _span(element, "rowspan"))
            columns = range(column, column + _span(element, "colspan"))
            taken.update((down, across) for down in rows for across in columns)
            yield Cell(element, rows, columns, _scope(element, part))


def _rows(table: Element) -> Iterator[tuple[str, Element]]:
    for part in table.children():
        if part.kind == "TR":
            yield "TBody", part
        yield from ((part.kind, row) for row in part.children() if row.kind == "TR")


def _span(element: Element, name: str) -> int:
    value = "" if element.html is None else element.html.get(name, "")
    return max(1, int(value)) if value.isdigit() else 1


def _scope(element: Element, part: str) -> str:
    if element.kind != "TH":
        return ""
    return SCOPES.get(element.html.get("scope"), "Column" if part == "THead" else "Row")


def _id(table: str, cell: Cell) -> str:
    return f"{table}-{cell.rows.start + 1}-{cell.columns.start + 1}"
