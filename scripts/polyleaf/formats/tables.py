"""Tables of HTML set in another way: as records where they are too wide, and with the cells that span rows repeated.

The elements are those of `xml.etree` or of lxml, in the name space of HTML or in none. A table is read as the grid of
WHATWG HTML (4.9.12.1), part by part.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Sequence
from typing import Any

Element = Any
"""An element of `xml.etree` or of lxml."""

Row = dict[int, Element]
"""The cell at each column of a row, counted from 0; a cell that spans is there more than once."""

PARTS = ("thead", "tbody", "tfoot")
CELLS = frozenset(("th", "td"))
OF_TABLE = ("style", "data-label", "rowspan", "colspan")
"""Attributes of a cell that mean nothing in a record."""

RECORD = "record"
"""The class of a table that is one row of another."""

LETTER, PADDING = 0.6, 1.2
"""How wide a letter is at most on the average, and the space beside the words of a cell, in sizes of type."""

WORDS = re.compile("[^ \\t\\r\\n\\f\\u3000-\\u9fff\\uf900-\\ufaff]+|[\\u3000-\\u9fff\\uf900-\\ufaff]")
"""What a line does not break: words, and single characters of Chinese and Japanese."""

UNIQUE = frozenset(("doc-pagebreak", "doc-footnote"))
"""The roles of elements that a copy has not."""

REPEATED = "repeated"
"""The class of what stands in the page once more."""

VALUE, ROW_HEADER = "value", "row-header"
"""The classes of what a cell with copies has of its own, and of the copy of what heads a row."""


def name_of(element: Element) -> str:
    """Return the name of *element* without its name space; nothing for a comment."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def find_rows(table: Element) -> dict[str, list[list[Element]]]:
    """Return the rows of *table* by the kind of its parts: of each kind the parts, each a list of rows."""
    parts: dict[str, list[list[Element]]] = {name: [] for name in PARTS}
    for part in table:
        if name_of(part) in parts:
            parts[name_of(part)].append([row for row in part if name_of(row) == "tr"])
    return parts


def read_grid(rows: Sequence[Element]) -> list[Row]:
    """Return the grid of the *rows* of one part of a table; cells that are hidden are not in it."""
    grid: list[Row] = [{} for _ in rows]
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            if name_of(cell) not in CELLS or cell.get("hidden") is not None:
                continue
            while column in grid[at]:
                column += 1
            for line in grid[at : at + span(cell, "rowspan")]:
                line.update(dict.fromkeys(range(column, column + span(cell, "colspan")), cell))
            column += span(cell, "colspan")
    return grid


def span(cell: Element, name: str) -> int:
    """Return how many rows or columns *cell* takes, by its attribute *name*."""
    return max(1, int(cell.get(name) or 1))


def repeat_spanning(row: Element, above: Row, line: Row) -> list[tuple[Element, Element]]:
    """Put into *row*, at its columns *line*, a copy of each cell that spans it from the row *above*.

    Return every such cell with its copy, which has nothing that a page can have once only.
    """
    pairs = []
    for at, cell in enumerate(dict.fromkeys(line[column] for column in sorted(line))):
        if any(cell is other for other in above.values()):
            pairs.append((cell, _copy(cell)))
            row.insert(at, pairs[-1][1])
    return pairs


def repeat_for_small_screens(root: Element) -> bool:
    """Give every row of the tables in *root* a hidden copy of each cell that spans it from above; tell whether any has.

    A style sheet that shows rows one by one shows them, so that no row has less than its table. They stand within the
    cells of the row, before or behind what is there, for a cell more would be one too many for the table.
    """
    is_changed = False
    for table in find_tables(root):
        for name in PARTS[1:]:
            for rows in find_rows(table)[name]:
                grid = read_grid(rows)
                for at in range(1, len(rows)):
                    is_changed |= _carry_down(grid[at - 1], grid[at])
    return is_changed


def _carry_down(above: Row, line: Row) -> bool:
    """Put into the cells of the row *line* hidden copies of those that it has from *above*; tell whether there are any.

    A copy stands before the next cell of the row, that of the last columns behind the last one.
    """
    cells = list(dict.fromkeys(line[column] for column in sorted(line)))
    spanning = [any(cell is other for other in above.values()) for cell in cells]
    if not any(spanning) or all(spanning):
        return False
    values = {at: _make_value_part(cell) for at, cell in enumerate(cells) if not spanning[at]}
    for at in (at for at, is_above in enumerate(spanning) if is_above):
        after = next((number for number in values if number > at), None)
        host = cells[max(values) if after is None else after]
        host.insert(len(host) if after is None else list(host).index(values[after]), _make_copy_part(cells[at]))
    return True


def _make_value_part(cell: Element) -> Element:
    """Put all that is in *cell*, and the name of its column, into a part of its own, and return that."""
    part = _make_part(cell, VALUE)
    part.text, cell.text = cell.text, None
    part.extend(list(cell))
    for child in list(cell):
        cell.remove(child)
    if cell.get("data-label"):
        part.set("data-label", cell.attrib.pop("data-label"))
    cell.append(part)
    return part


def _make_copy_part(cell: Element) -> Element:
    """Return a hidden part of a cell with what is in *cell*, and the name of its column."""
    duplicate = _copy(cell)
    part = _make_part(cell, REPEATED)
    part.set("hidden", "hidden")
    if cell.get("scope") == "row":
        add_class(part, ROW_HEADER)
    label = cell.get("data-label") or next((value.get("data-label") for value in cell if value.get("data-label")), "")
    if label:
        part.set("data-label", label)
    part.text = duplicate.text
    part.extend(list(duplicate))
    return part


def _make_part(cell: Element, name: str) -> Element:
    """Return a division of the class *name* in the name space that *cell* is of."""
    part = cell.makeelement(str(cell.tag)[: -len("td")] + "div", {})
    part.set("class", name)
    return part


def fit_screen(root: Element, width: float) -> bool:
    """Set the tables in *root* that may be wider than *width*, in sizes of their type, as records; tell whether any is.

    Nobody knows the font of a screen: letters are taken to be wide.
    """
    parents = {child: parent for parent in root.iter() for child in parent}
    wide = [table for table in find_tables(root) if _estimate_width(table) > width]
    for table in wide:
        at = list(parents[table]).index(table)
        parents[table][at : at + 1] = make_records(table)
    return bool(wide)


def _estimate_width(table: Element) -> float:
    """Return about how wide *table* is at least, in sizes of its type: the longest word of each column, and padding."""
    widths: dict[int, float] = {}
    for parts in find_rows(table).values():
        for line in (line for rows in parts for line in read_grid(rows)):
            for column, cell in line.items():
                longest = max(map(len, WORDS.findall("".join(cell.itertext()))), default=0)
                widths[column] = max(widths.get(column, 0), PADDING + LETTER * longest / span(cell, "colspan"))
    return sum(widths.values())


def make_records(table: Element) -> list[Element]:
    """Return *table* as records: for each of its rows a table, with a row for each cell and its column's name.

    What heads a row heads its record. A cell that spans rows is in the record of each. Ids stay on the first.
    """
    parts = find_rows(table)
    heads = [line for rows in parts["thead"] for line in read_grid(rows)]
    lines = [line for name in PARTS[1:] for rows in parts[name] for line in read_grid(rows)]
    seen: list[Element] = []
    records = [_make_record(table, line, heads, seen) for line in lines]
    records[0].attrib.update({name: value for name, value in table.attrib.items() if name not in {"class", "style"}})
    for number, caption in enumerate(part for part in table if name_of(part) == "caption"):
        records[0].insert(number, caption)
    records[-1].tail = table.tail
    return records


def _make_record(table: Element, line: Row, heads: Sequence[Row], seen: list[Element]) -> Element:
    record, parts = _make(table, "table"), (_make(table, "thead"), _make(table, "tbody"))
    record.set("class", RECORD)
    for cell in dict.fromkeys(line[column] for column in sorted(line)):
        columns = [column for column in sorted(line) if line[column] is cell]
        labels = dict.fromkeys(head[column] for head in heads for column in columns if column in head)
        is_head = name_of(cell) == "th"
        row = _make(table, "tr")
        label = _make_label(table, [head for head in labels if has_content(head)], seen, "col" if is_head else "row")
        row.extend([*label, _make_value(cell, seen, is_alone=not label)])
        parts[not is_head].append(row)
    record.extend([part for part in parts if len(part)])
    return record


def _make_label(table: Element, heads: Sequence[Element], seen: list[Element], scope: str) -> list[Element]:
    """Return a header with what is in the *heads* of a column; nothing when there is none."""
    if not heads:
        return []
    label = _make(table, "th")
    label.set("scope", scope)
    for number, head in enumerate(heads):
        content = head if all(head is not other for other in seen) else _copy(head)
        seen.append(head)
        _append_text(label, (", " if number else "") + (content.text or ""))
        label.extend(copy.deepcopy(list(content)))
    return [label]


def _make_value(cell: Element, seen: list[Element], *, is_alone: bool) -> Element:
    """Return *cell* as the value in a record: itself the first time, later a copy."""
    is_new = all(cell is not other for other in seen)
    seen.append(cell)
    value = copy.deepcopy(cell) if is_new else _copy(cell)
    for name in OF_TABLE:
        value.attrib.pop(name, None)
    if name_of(cell) == "th":
        value.set("scope", "col")
    if is_alone:
        value.set("colspan", "2")
    return value


def has_content(cell: Element) -> bool:
    """Tell whether there is a text or an image in *cell*."""
    return bool("".join(cell.itertext()).strip()) or any(name_of(part) == "img" for part in cell.iter())


def add_class(element: Element, name: str) -> None:
    """Add the class *name* to those of *element*."""
    element.set("class", f"{element.get('class', '')} {name}".strip())


def _make(table: Element, name: str) -> Element:
    """Return an element of the name space that *table* is of."""
    return table.makeelement(str(table.tag)[: -len("table")] + name, {})


def _copy(element: Element) -> Element:
    """Return *element* without what a page can have once only: ids, the numbers of elements, notes, page breaks."""
    duplicate = copy.deepcopy(element)
    duplicate.tail = None
    add_class(duplicate, REPEATED)
    for part in list(duplicate.iter()):
        for child in list(part):
            if child.get("role") in UNIQUE:
                _remove(part, child)
        for name in ("id", "data-number"):
            part.attrib.pop(name, None)
    return duplicate


def _remove(parent: Element, child: Element) -> None:
    at = list(parent).index(child)
    tail = child.tail or ""
    if at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    child.tail = None
    parent.remove(child)


def _append_text(element: Element, text: str) -> None:
    children = list(element)
    if children:
        children[-1].tail = (children[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def find_tables(root: Element) -> Iterator[Element]:
    """Yield every table in *root*."""
    return (element for element in root.iter() if name_of(element) == "table")
