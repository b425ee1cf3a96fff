"""Row headers: the header of a row that goes on at the next page stands there again, as the head of its table does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Box = Any
"""A box of WeasyPrint."""

SkipStack = Any
"""Where WeasyPrint goes on: the index of a child, and the same for that child; of a row, of each cell that goes on."""


def repeat_row_headers(lay_out: Callable[..., Any]) -> Callable[..., Any]:
    """Return WeasyPrint's *lay_out* for tables with the headers of a broken row repeated: such a box `is_repeated`."""

    def table_layout(context: Any, table: Box, bottom_space: float, skip_stack: SkipStack, *others: Any) -> Any:  # noqa: ANN401 - WeasyPrint brings no types
        return lay_out(context, *_repeat(table, bottom_space, skip_stack), *others)

    return table_layout


def _repeat(table: Box, bottom_space: float, skip_stack: SkipStack) -> tuple[Box, float, SkipStack]:
    group_at, rows = next(iter((skip_stack or {}).items()), (0, None))
    row_at, cells = next(iter((rows or {}).items()), (0, None))
    if not cells:
        return table, bottom_space, skip_stack
    group = table.children[group_at]
    row = group.children[row_at]
    heads = {at: {0: None} for at, cell in enumerate(row.children) if cell.children and _is_header(cell)}
    boxes = [cell.copy() if at in heads and at not in cells else cell for at, cell in enumerate(row.children)]
    for at in heads.keys() - cells.keys():
        boxes[at].is_repeated = True
    groups = list(table.children)
    rows_of_group = list(group.children)
    rows_of_group[row_at] = row.copy_with_children(boxes)
    groups[group_at] = group.copy_with_children(rows_of_group)
    return table.copy_with_children(groups), bottom_space, {group_at: {row_at: heads | cells}}


def _is_header(cell: Box) -> bool:
    return cell.element is not None and cell.element.get("scope") == "row"


def is_repeated(box: Box) -> bool:
    """Tell whether *box* is the header of a row once more."""
    return bool(getattr(box, "is_repeated", False))
