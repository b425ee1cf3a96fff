"""The entries and attributes of structure elements: language, alternate descriptions, list numbering, IDs of notes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from polyleaf.formats.pdf.tags import tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from polyleaf.formats.pdf.tags.model import Element, HtmlElement

NUMBERINGS = {"a": "LowerAlpha", "A": "UpperAlpha", "i": "LowerRoman", "I": "UpperRoman"}
TEX = "application/x-tex"


def describe(document: Element) -> None:
    """Fill in the entries of all elements of *document*. Raises ValueError for an image without a description."""
    counts: Counter[str] = Counter()
    _add_languages(document)
    for element in document.walk():
        counts[element.kind] += 1
        if element.kind == "Table":
            tables.describe(element, f"table-{counts[element.kind]}")
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
    """Return how the items are numbered (ISO 14289-1, 7.6)."""
    has_labels = any(part.kind == "Lbl" for item in element.children() for part in item.children())
    if not has_labels or element.html.tag == "dl":
        return {}
    numbering = "Disc" if element.html.tag == "ul" else NUMBERINGS.get(element.html.get("type", ""), "Decimal")
    return {"A": {"O": b"/List", "ListNumbering": f"/{numbering}".encode()}}


def _figure(element: Element) -> dict[str, Any]:
    """Return the description of a picture, and its box in pixels from the top left corner of its page."""
    is_img = element.html.tag == "img"
    text = element.html.get("alt") if is_img else element.html.findtext("{http://www.w3.org/2000/svg}title")
    if not text:
        raise ValueError(f"image {str(element.html.get('src'))[:80]} has no description")
    box = next(element.marks()).box
    left, top = box.content_box_x(), box.content_box_y()
    return {"Alt": text, "A": {"O": b"/Layout", "BBox": [left, top, left + box.width, top + box.height]}}


def _formula(element: Element) -> dict[str, Any]:
    """Return a formula as it is written, for a voice (ISO 14289-1, 7.7)."""
    tex = [part.text for part in element.html.iter() if part.get("encoding") == TEX]
    return {"Alt": element.html.get("alttext") or next(filter(None, tex), "") or _text(element.html)}


def _link(element: Element) -> dict[str, Any]:
    label = element.html.get("aria-label")
    return {"Alt": label} if label else {}


DESCRIBED: dict[str, Callable[[Element], dict[str, Any]]] = {
    "L": _list,
    "Figure": _figure,
    "Formula": _formula,
    "Link": _link,
}
