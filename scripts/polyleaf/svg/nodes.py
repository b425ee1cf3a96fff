"""Names of SVG's elements, and small questions about them; the error that names a line of a figure."""

from __future__ import annotations

import functools

from lxml import etree

from polyleaf.errors import SourceError

NAMESPACE = "{http://www.w3.org/2000/svg}"
LINKS = ("href", "{http://www.w3.org/1999/xlink}href", "src")

SHAPES = frozenset(("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"))
"""Elements that draw a line or a surface (SVG 1.1, 9)."""

EXPORT = "Export the drawing as plain SVG, without scripts and links."


def name(element: etree._Element) -> str:
    """Return the local name of *element*."""
    return etree.QName(element).localname


def fault(path: str, element: etree._Element, fact: str, hint: str = EXPORT) -> SourceError:
    """Return the error that says *fact* of *element* in the file *path*."""
    return SourceError(f"{path}:{element.sourceline or 1}: {fact}", hint=hint)


def target(element: etree._Element) -> str:
    """Return the id that *element* links to, empty without one."""
    return next((str(element.get(key)).strip()[1:] for key in LINKS if element.get(key)), "")


def remove(element: etree._Element) -> None:
    """Take *element* out of its tree, with what is in it; the text after it stays."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def inherited(element: etree._Element, key: str, initial: str = "") -> str:
    """Return the value of the property *key* that *element* has, or has from the elements around it."""
    values = (str(around.get(key, "")) for around in (element, *element.iterancestors()))
    return next((value for value in values if value and value != "inherit"), initial)


def by_id(element: etree._Element, identifier: str) -> etree._Element | None:
    """Return the element that had that id when `index_ids` was called last for the figure of *element*."""
    return _ids(element.getroottree().getroot()).get(identifier)


def index_ids(root: etree._Element) -> dict[str, etree._Element]:
    """Return the elements of the figure *root* by their ids, the first of each; `by_id` finds these from now on."""
    _ids.cache_clear()
    return _ids(root)


@functools.lru_cache(maxsize=1)
def _ids(root: etree._Element) -> dict[str, etree._Element]:
    elements = [element for element in root.iter(etree.Element) if element.get("id")]
    return {str(element.get("id")): element for element in reversed(elements)}
