"""What an element says of itself: language, words instead of a picture or a sign, kind of list, name of a note."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from polyleaf.formats.pdf.tags import tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from polyleaf.formats.pdf.tags.model import Node, Source

NUMBERINGS = {"a": "LowerAlpha", "A": "UpperAlpha", "i": "LowerRoman", "I": "UpperRoman"}
TEX = "application/x-tex"


def describe(document: Node) -> None:
    """Fill in what the elements of *document* say of themselves."""
    counted: Counter[str] = Counter()
    _languages(document)
    for node in document.below():
        counted[node.kind] += 1
        if node.kind == "Table":
            tables.describe(node, f"table-{counted[node.kind]}")
        elif node.kind == "Note":
            node.about["ID"] = f"note-{counted[node.kind]}"
        elif node.kind in ABOUT and node.source is not None:
            node.about.update(ABOUT[node.kind](node))


def words(source: Source) -> str:
    """Return the words of a link: what it is called, or else what it shows, or else where it leads."""
    text = source.get("aria-label") or " ".join("".join(source.itertext()).split())
    return text or next((image.get("alt") for image in source.iter("img")), "") or str(source.get("href", ""))


def _languages(node: Node) -> None:
    """Name the language of each passage (ISO 32000-1, 14.9.2), on the outermost of the elements that it is."""
    for kid in node.elements():
        if kid.source is not None and kid.source is not node.source and kid.source.get("lang"):
            kid.about["Lang"] = kid.source.get("lang")
        _languages(kid)


def _list(node: Node) -> dict[str, Any]:
    """How the items are numbered (ISO 14289-1, 7.6)."""
    if not any(part.kind == "Lbl" for item in node.elements() for part in item.elements()) or node.source.tag == "dl":
        return {}
    kind = "Disc" if node.source.tag == "ul" else NUMBERINGS.get(node.source.get("type", ""), "Decimal")
    return {"A": {"O": b"/List", "ListNumbering": f"/{kind}".encode()}}


def _figure(node: Node) -> dict[str, Any]:
    """Words for a picture, and its box in pixels from the top of its page."""
    if node.source.tag == "img":
        text = node.source.get("alt")
    else:
        text = node.source.findtext("{http://www.w3.org/2000/svg}title")
    if not text:
        raise ValueError(f"image {str(node.source.get('src'))[:80]} has no description")
    box = next(node.marks()).box
    left, top = box.content_box_x(), box.content_box_y()
    return {"Alt": text, "A": {"O": b"/Layout", "BBox": [left, top, left + box.width, top + box.height]}}


def _formula(node: Node) -> dict[str, Any]:
    """A formula as it is written, for a voice (ISO 14289-1, 7.7)."""
    written = [part.text for part in node.source.iter() if part.get("encoding") == TEX]
    text = node.source.get("alttext") or next(filter(None, written), "")
    return {"Alt": text or " ".join("".join(node.source.itertext()).split())}


def _link(node: Node) -> dict[str, Any]:
    label = node.source.get("aria-label")
    return {"Alt": label} if label else {}


ABOUT: dict[str, Callable[[Node], dict[str, Any]]] = {
    "L": _list,
    "Figure": _figure,
    "Formula": _formula,
    "Link": _link,
}
