"""The tree made to the rules for what stands in what (ISO 32000-1, 14.8.4; ISO 14289-1, 7.2), whatever a page holds."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from polyleaf.formats.pdf.tags.model import Area, Mark, Node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Kid = Node | Mark | Area

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


def mended(node: Node) -> Node:
    """Return *node* and all below it as the standards want it; what holds nothing is left out."""
    kids = [mended(kid) if isinstance(kid, Node) else kid for kid in node.kids]
    kids = [kid for kid in kids if not isinstance(kid, Node) or kid.kind in CELLS or _full(kid)]
    if node.kind in PARTS:
        kids = _parted(node.kind, kids)
    if node.kind == "Table":
        kids = _tabled(kids)
    if node.kind in GROUPS or (node.kind in MIXED and not all(map(_inline, kids))):
        kids = list(_gathered(kids, _inline, "P"))
    if node.kind != "Figure" and any(isinstance(kid, Node) for kid in kids):
        kids = list(_gathered(kids, lambda kid: isinstance(kid, Mark), "Span"))
    return replace(node, kids=kids)


def _full(node: Node) -> bool:
    return any(isinstance(kid, Mark) for kid in node.kids) or any(
        kid.kind in CELLS or _full(kid) for kid in node.elements()
    )


def _inline(kid: Kid) -> bool:
    return not isinstance(kid, Node) or kid.kind in INLINE


def _gathered(kids: Sequence[Kid], apart: Callable[[Kid], bool], kind: str) -> Iterator[Kid]:
    """Put every run of *kids* that are *apart* into one element of the *kind*."""
    for together, run in groupby(kids, apart):
        if together:
            part = Node(kind, kids=list(run))
            yield mended(part) if kind == "P" else part
        else:
            yield from run


def _parted(kind: str, kids: list[Kid]) -> list[Kid]:
    allowed, around = PARTS[kind]
    runs = [(fits, list(run)) for fits, run in groupby(kids, lambda kid: isinstance(kid, Node) and kid.kind in allowed)]
    made = [kid for fits, run in runs for kid in (run if fits else [_within(around, run)])]
    if kind == "LI" and not any(isinstance(kid, Node) and kid.kind == "LBody" for kid in made):
        made.append(Node("LBody"))
    return made


def _within(kinds: tuple[str, ...], kids: list[Kid]) -> Node:
    inner = _within(kinds[1:], kids) if kinds[1:] else None
    return mended(Node(kinds[0], kids=kids if inner is None else [inner]))


def _tabled(kids: list[Kid]) -> list[Kid]:
    """Sort the parts of a table; a head without a body is a body (ISO 32000-1, 14.8.4.3.4)."""
    parts = [kid for kid in kids if isinstance(kid, Node)]
    if not any(part.kind in {"TBody", "TR"} for part in parts):
        parts = [replace(part, kind="TBody") if part.kind == "THead" else part for part in parts]
    return [*sorted(parts, key=lambda part: ORDER.get(part.kind, 2))]
