"""Marked content (ISO 32000-1, 14.6): artifacts, drawings as one object each, glyphs in reading order, every space.

Tagged text has every space that parts its words (14.8.2.5), since who reads it by its tags cannot see where the words
stand. WeasyPrint paints none at the end of a line, and none that shows nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from polyleaf.formats.pdf.tags import rtl_text
from polyleaf.formats.pdf.tags.model import Element, Mark
from polyleaf.formats.pdf.tags.normalize import INLINE

if TYPE_CHECKING:
    from polyleaf.formats.pdf.tags.model import HtmlElement

POINT = 0.75
"""The points in a pixel of CSS."""

WHITE = re.compile(r"[ \t\n\r\f]+")
CHILD = "\ufffc"
"""What stands for an element inside a text."""


def mark_artifacts(stream: Any, read: Collection[int]) -> None:  # noqa: ANN401 - WeasyPrint brings no types
    """Make content whose number is not in *read* an artifact (14.8.2.2): running heads, feet, repeated table heads."""
    parts = stream.stream
    for at, part in enumerate(parts):
        if isinstance(part, dict) and "MCID" in part and part["MCID"] not in read:
            parts[at - 1] = "/Artifact"
            parts[at] = type(part)({"Type": "/Pagination"})


def group_drawing(pydyf: Any, pdf: Any, stream: Any, figure: Element) -> None:  # noqa: ANN401 - as above
    """Make the drawing of *figure* one object: WeasyPrint draws many for an SVG, of which a reader takes one for all.

    Its box, in pixels from the top, becomes one in points from the bottom (14.8.5.4.3). So does the space of the
    object, since gradients and patterns in it are placed in that of the page, where they were drawn (8.7.2).
    """
    mark = next(figure.marks())
    parts, box = stream.stream, figure.entries["A"]["BBox"]
    start = next(at for at, part in enumerate(parts) if isinstance(part, dict) and part.get("MCID") == mark.mcid) + 2
    end = parts.index(b"EMC", start)
    objects = {item.reference: item for item in pdf.objects if item.number}
    page = objects[pdf.page_references[mark.page]]
    resources = objects[page["Resources"]]
    name = f"d{len(resources['XObject'])}"
    left, top, right, bottom = (POINT * edge for edge in box)
    height = page["MediaBox"][3]
    box[:] = (left, height - bottom, right, height - top)
    to_pixels = pydyf.Array((1 / POINT, 0, 0, -1 / POINT, 0, height / POINT))
    extra = {"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array(box), "Resources": page["Resources"]}
    to_points = f"{POINT} 0 0 {-POINT} 0 {height} cm"
    drawing = pydyf.Stream([to_points, *parts[start:end]], {**extra, "Matrix": to_pixels}, compress=stream.compress)
    pdf.add_object(drawing)
    resources["XObject"][name] = drawing.reference
    parts[start:end] = [f"/{name} Do"]


def order_glyphs(stream: Any, marks: Iterable[Mark], spaced: Collection[Mark], fonts: Mapping[str, Any]) -> None:  # noqa: ANN401 - as above
    """Have the glyphs of *marks* painted in the order in which they are read, and a space behind those *spaced*.

    *fonts* are WeasyPrint's, by name.
    """
    parts = stream.stream
    starts = {part["MCID"]: at + 2 for at, part in enumerate(parts) if isinstance(part, dict) and "MCID" in part}
    for mark in sorted(marks, key=lambda mark: -starts[mark.mcid]):
        start = starts[mark.mcid]
        end = parts.index(b"EMC", start)
        parts[start:end] = _ordered(parts[start:end], mark.box, fonts, space=mark in spaced)


def _ordered(parts: list[Any], box: Any, fonts: Mapping[str, Any], *, space: bool) -> list[Any]:  # noqa: ANN401 - as above
    has_signs_alone = bool(box.text.strip()) and not any(map(str.isalnum, box.text))
    if rtl_text.has_rtl(box.text) or (box.style["direction"] == "rtl" and (space or has_signs_alone)):
        return rtl_text.reorder(parts, rtl_text.find_order(box), fonts, space=space)
    return rtl_text.add_space(parts, fonts) if space else parts


def find_missing_spaces(tree: Element, gaps: Collection[Mark]) -> list[Mark]:
    """Return the marks of *tree* behind which a space belongs; *gaps* are those with an unpainted one behind them."""
    texts: dict[HtmlElement, tuple[str, int]] = {}
    before, after = set(), set(gaps)
    for mark in tree.marks():
        left, right = _spaces(mark, texts)
        before |= {mark} if left else set()
        after |= {mark} if right else set()
    pairs = (pair for line in _lines(tree) for pair in pairwise(line))
    return [left for left, right in pairs if (left in after or right in before) and not _are_parted(left, right)]


def _lines(element: Element) -> Iterator[list[Mark]]:
    """Yield the marks that are read without a pause: those of a paragraph, a cell, a label."""
    line: list[Mark] = []
    for kid in element.kids:
        if isinstance(kid, Mark):
            line.append(kid)
        elif isinstance(kid, Element) and kid.kind in INLINE:
            line.extend(kid.marks())
        elif isinstance(kid, Element):
            yield line
            yield from _lines(kid)
            line = []
    yield line


def _spaces(mark: Mark, texts: dict[HtmlElement, tuple[str, int]]) -> tuple[bool, bool]:
    """Return whether the HTML has a space before and behind *mark*; *texts* has how far each element was read."""
    box = mark.box
    if not hasattr(box, "text") or "::" in box.element_tag:
        return False, False
    text, at = texts.get(box.element) or (_own_text(box.element), 0)
    words = WHITE.sub(" ", box.text).strip(" ")
    start = text.find(words, at)
    if start < 0:
        return False, False
    end = start + len(words)
    texts[box.element] = (text, end)
    return text[:start].endswith(" "), text[end : end + 1] == " "


def _own_text(html: HtmlElement) -> str:
    """Return the text of *html* without that of the elements in it; a line break parts words as well."""
    inner = ((" " if child.tag == "br" else CHILD) + (child.tail or "") for child in html)
    return WHITE.sub(" ", "".join([html.text or "", *inner]))


def _are_parted(left: Mark, right: Mark) -> bool:
    before, after = (getattr(mark.box, "text", "") for mark in (left, right))
    return before[-1:].isspace() or after[:1].isspace() or not (before and after)
