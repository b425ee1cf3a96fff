"""The cells of a table: how far they reach, and what heads them (ISO 32000-1, 14.8.5.7; ISO 14289-1, 7.5)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from polyleaf.formats.pdf.tags.model import Node

SCOPES = {"col": "Column", "colgroup": "Column", "row": "Row", "rowgroup": "Row"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell in its place: the rows and columns it takes, and of which of the two it is the header, if it is one."""

    node: Node
    rows: range
    columns: range
    scope: str


class _Headers:
    """The headers among the *cells* of a table, by each row or column that they head."""

    def __init__(self, cells: Sequence[Cell]) -> None:
        self._cells = cells
        self._heads: dict[tuple[str, int], list[int]] = defaultdict(list)
        for place, cell in enumerate(cells):
            for at in {"Row": cell.rows, "Column": cell.columns}.get(cell.scope, ()):
                self._heads[cell.scope, at].append(place)

    def of(self, cell: Cell) -> list[Cell]:
        """Return those of *cell*, in the order of the table."""
        lines = [("Row", row) for row in cell.rows] + [("Column", column) for column in cell.columns]
        return [
            self._cells[place] for place in sorted({place for line in lines for place in self._heads.get(line, ())})
        ]


def describe(table: Node, name: str) -> None:
    """Say of each cell of *table* its spans and headers; *name* makes the IDs of headers unique in the file."""
    cells = list(_placed(table))
    heading = _Headers(cells)
    for cell in cells:
        about: dict[str, Any] = {"O": b"/Table"}
        spans = {"RowSpan": len(cell.rows), "ColSpan": len(cell.columns)}
        about.update({key: number for key, number in spans.items() if number > 1})
        if cell.scope:
            about["Scope"] = f"/{cell.scope}".encode()
            cell.node.about["ID"] = _name(name, cell)
        elif headers := [_name(name, header) for header in heading.of(cell)]:
            about["Headers"] = headers
        cell.node.about["A"] = about


def _placed(table: Node) -> Iterator[Cell]:
    taken: set[tuple[int, int]] = set()
    for at, (part, row) in enumerate(_rows(table)):
        column = 0
        for node in row.elements():
            while (at, column) in taken:
                column += 1
            rows = range(at, at + _span(node, "rowspan"))
            columns = range(column, column + _span(node, "colspan"))
            taken.update((down, across) for down in rows for across in columns)
            yield Cell(node, rows, columns, _scope(node, part))


def _rows(table: Node) -> Iterator[tuple[str, Node]]:
    for part in table.elements():
        if part.kind == "TR":
            yield "TBody", part
        yield from ((part.kind, row) for row in part.elements() if row.kind == "TR")


def _span(node: Node, name: str) -> int:
    value = "" if node.source is None else node.source.get(name, "")
    return max(1, int(value)) if value.isdigit() else 1


def _scope(node: Node, part: str) -> str:
    if node.kind != "TH":
        return ""
    return SCOPES.get(node.source.get("scope"), "Column" if part == "THead" else "Row")


def _name(table: str, cell: Cell) -> str:
    return f"{table}-{cell.rows.start + 1}-{cell.columns.start + 1}"
