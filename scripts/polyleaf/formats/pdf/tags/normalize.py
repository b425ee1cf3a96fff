"""A structure tree brought to the rules of nesting (ISO 32000-1, 14.8.4; ISO 14289-1, 7.2), whatever a page holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from polyleaf.formats.pdf.tags.model import Element, LinkArea, Mark

Kid = Element | Mark | LinkArea

CELLS = frozenset(("TH", "TD"))
ROWS = frozenset(("TR",))
PARTS: dict[str, tuple[frozenset[str], tuple[str, ...]]] = {
    "L": (frozenset(("LI", "L", "Caption")), ("LI",)),
    "LI": (frozenset(("Lbl", "LBody")), ("LBody",)),
    "TOC": (frozenset(("TOCI", "TOC", "Caption")), ("TOCI",)),
    "Table": (frozenset(("Caption", "THead", "TBody", "TFoot", "TR")), ("TBody", "TR", "TD")),
    "THead": (ROWS, ("TR", "TD")),
    "TBody": (ROWS, ("TR", "TD")),
    "TFoot": (ROWS, ("TR", "TD")),
    "TR": (CELLS, ("TD",)),
}
"""What may stand in an element, and what is put around anything else in it, from the outside in."""

ORDER = {"Caption": 0, "THead": 1, "TFoot": 3}
"""The parts of a table as they are read; a style sheet may show them in another order."""

GROUPS = frozenset(("Document", "Sect", "Div", "Art", "BlockQuote"))
MIXED = frozenset(("LBody", "TD", "TH", "Note", "Caption", "BibEntry"))
INLINE = frozenset(("Span", "Link", "Reference", "Quote", "Code", "Formula"))
"""Elements within a line. A group holds paragraphs, not lines; a body may hold either, not both side by side."""


def normalize_tree(element: Element) -> Element:
    """Return *element* and all below it as the standards want it; what holds nothing is left out."""
    kids = [normalize_tree(kid) if isinstance(kid, Element) else kid for kid in element.kids]
    kids = [kid for kid in kids if not isinstance(kid, Element) or kid.kind in CELLS or _has_content(kid)]
    if element.kind in PARTS:
        kids = _with_parts(element.kind, kids)
    if element.kind == "Table":
        kids = _sorted_parts(kids)
    if element.kind in GROUPS or (element.kind in MIXED and not all(map(_is_inline, kids))):
        kids = list(_wrapped(kids, _is_inline, "P"))
    if element.kind != "Figure" and any(isinstance(kid, Element) for kid in kids):
        kids = list(_wrapped(kids, lambda kid: isinstance(kid, Mark), "Span"))
    return replace(element, kids=kids)


def _has_content(element: Element) -> bool:
    return any(isinstance(kid, Mark) for kid in element.kids) or any(
        child.kind in CELLS or _has_content(child) for child in element.children()
    )


def _is_inline(kid: Kid) -> bool:
    return not isinstance(kid, Element) or kid.kind in INLINE


def _wrapped(kids: Sequence[Kid], is_wanted: Callable[[Kid], bool], kind: str) -> Iterator[Kid]:
    """Put every run of *kids* that are wanted into one element of the *kind*."""
    for wanted, run in groupby(kids, is_wanted):
        if wanted:
            wrapper = Element(kind, kids=list(run))
            yield normalize_tree(wrapper) if kind == "P" else wrapper
        else:
            yield from run


def _with_parts(kind: str, kids: list[Kid]) -> list[Kid]:
    allowed, wrappers = PARTS[kind]
    runs = groupby(kids, lambda kid: isinstance(kid, Element) and kid.kind in allowed)
    parts = [kid for fits, run in runs for kid in (run if fits else [_nested(wrappers, list(run))])]
    if kind == "LI" and not any(isinstance(kid, Element) and kid.kind == "LBody" for kid in parts):
        parts.append(Element("LBody"))
    return parts


def _nested(kinds: tuple[str, ...], kids: list[Kid]) -> Element:
    return normalize_tree(Element(kinds[0], kids=[_nested(kinds[1:], kids)] if kinds[1:] else kids))


def _sorted_parts(kids: list[Kid]) -> list[Kid]:
    """Sort the parts of a table; a head without a body is a body (ISO 32000-1, 14.8.4.3.4)."""
    parts = [kid for kid in kids if isinstance(kid, Element)]
    if not any(part.kind in {"TBody", "TR"} for part in parts):
        parts = [replace(part, kind="TBody") if part.kind == "THead" else part for part in parts]
    return [*sorted(parts, key=lambda part: ORDER.get(part.kind, 2))]
