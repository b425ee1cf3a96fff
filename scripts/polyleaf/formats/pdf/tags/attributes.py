"""Entries and attributes of structure elements (ISO 32000-1, 14.8.5): languages, descriptions, lists, tables, notes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from polyleaf.formats.pdf.tags.model import Element, HtmlElement

NUMBERINGS = {"a": "LowerAlpha", "A": "UpperAlpha", "i": "LowerRoman", "I": "UpperRoman"}
BULLETS = {"•": "Disc", "◦": "Circle", "▪": "Square"}
"""Bullets as WeasyPrint paints them (CSS Counter Styles 3, 6.2), and their names (ISO 32000-1, table 347)."""

TEX = "application/x-tex"
SCOPES = {"col": "Column", "colgroup": "Column", "row": "Row", "rowgroup": "Row"}


def describe(document: Element) -> None:
    """Fill in the entries of all elements of *document*. Raises ValueError for an image without a description."""
    counts: Counter[str] = Counter()
    _add_languages(document)
    for element in document.walk():
        counts[element.kind] += 1
        if element.kind == "Table":
            _describe_table(element, f"table-{counts[element.kind]}")
        elif element.kind == "Note":
            element.entries["ID"] = f"note-{counts[element.kind]}"
        elif element.kind in DESCRIBED and element.html is not None:
            element.entries.update(DESCRIBED[element.kind](element))


def link_text(link: HtmlElement) -> str:
    """Return the words of a link: its label, or else its text, the text of its image, or its address."""
    text = link.get("aria-label") or _text(link)
    return text or next((image.get("alt") for image in link.iter("img")), "") or str(link.get("href", ""))


def _text(html: HtmlElement) -> str:
    return " ".join("".join(html.itertext()).split())


def _add_languages(element: Element) -> None:
    """Name the language of each passage (ISO 32000-1, 14.9.2), on the outermost of its elements."""
    for child in element.children():
        if child.html is not None and child.html is not element.html and child.html.get("lang"):
            child.entries["Lang"] = child.html.get("lang")
        _add_languages(child)


def _list(element: Element) -> dict[str, Any]:
    """Return how the items are numbered, or with which bullet (ISO 14289-1, 7.6)."""
    labels = [part for item in element.children() for part in item.children() if part.kind == "Lbl"]
    if not labels or element.html.tag == "dl":
        return {}
    bullet = "".join(mark.box.text for mark in labels[0].marks()).strip()
    is_bulleted = element.html.tag == "ul"
    numbering = BULLETS.get(bullet, "None") if is_bulleted else NUMBERINGS.get(element.html.get("type"), "Decimal")
    return {"A": {"O": b"/List", "ListNumbering": f"/{numbering}".encode()}}


def _figure(element: Element) -> dict[str, Any]:
    """Return the description of a picture, and its box in pixels from the top left corner of its page."""
    is_img = element.html.tag == "img"
    text = element.html.get("alt") if is_img else element.html.findtext("{http://www.w3.org/2000/svg}title")
    if not text:
        raise ValueError(f"an image has no alternative text: {str(element.html.get('src'))[:80]}")
    box = next(element.marks()).box
    left, top = box.content_box_x(), box.content_box_y()
    return {"Alt": text, "A": {"O": b"/Layout", "BBox": [left, top, left + box.width, top + box.height]}}


def _formula(element: Element) -> dict[str, Any]:
    """Return a formula as it is written, for a voice (ISO 14289-1, 7.7)."""
    tex = [part.text for part in element.html.iter() if part.get("encoding") == TEX]
    return {"Alt": element.html.get("alttext") or next(filter(None, tex), "") or _text(element.html)}


def _named(element: Element) -> dict[str, Any]:
    label = element.html.get("aria-label")
    return {"Alt": label} if label else {}


DESCRIBED: dict[str, Callable[[Element], dict[str, Any]]] = {
    "L": _list,
    "Figure": _figure,
    "Formula": _formula,
    "Link": _named,
    "Span": _named,
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, the rows and columns that it takes, counted from 0, and its scope: `Row`, `Column`, or none."""

    element: Element
    rows: range
    columns: range
    scope: str


def _describe_table(table: Element, name: str) -> None:
    """Give each cell of *table* its spans, scope and headers (14.8.5.7; ISO 14289-1, 7.5); *name* begins its IDs."""
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
