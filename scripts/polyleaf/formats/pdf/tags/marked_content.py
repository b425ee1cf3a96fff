"""Marked content (ISO 32000-1, 14.6): artifacts, drawings as one object each, glyphs in reading order, spaces, hyphens.

Tagged text has every space that parts its words (14.8.2.5), since who reads it by its tags cannot see where the words
stand. WeasyPrint paints none at the end of a line, and none that shows nothing. The hyphen of a word that goes on at
the next line is content of its own, so that its element can say that it is a soft one (14.8.2.2.3, 14.9.4).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
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
UNPAINTED = re.compile("[\u00ad\u2066-\u2069]")
"""What a box may be without though its element has it: soft hyphens, and isolates that have been applied."""

CHILD = "\ufffc"
"""What stands for an element inside a text."""


def note_hyphens(measure: Callable[..., Any]) -> Callable[..., Any]:
    """Return WeasyPrint's *measure* of a first line of text, which notes in the layout whether a hyphen was added."""

    def first_line_metrics(  # noqa: PLR0913, PLR0917 - its parameters
        line: Any,  # noqa: ANN401 - WeasyPrint brings no types
        text: str,
        layout: Any,  # noqa: ANN401 - as above
        resume_at: int | None,
        space_collapse: bool,  # noqa: FBT001 - as above
        style: Any,  # noqa: ANN401 - as above
        hyphenated: bool = False,  # noqa: FBT001, FBT002 - as above
        hyphen: str | None = None,
    ) -> Any:  # noqa: ANN401 - as above
        layout.is_hyphenated = hyphenated
        return measure(line, text, layout, resume_at, space_collapse, style, hyphenated, hyphen)

    return first_line_metrics


def is_hyphenated(box: Any) -> bool:  # noqa: ANN401 - as above
    """Tell whether the last sign of *box* is a hyphen that its text does not have."""
    return bool(getattr(box.pango_layout, "is_hyphenated", False))


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

    The hyphen of a mark becomes a mark of its own. *fonts* are WeasyPrint's, by name.
    """
    parts = stream.stream
    starts = {part["MCID"]: at + 2 for at, part in enumerate(parts) if isinstance(part, dict) and "MCID" in part}
    for mark in sorted(marks, key=lambda mark: -starts[mark.mcid]):
        start = starts[mark.mcid]
        end = parts.index(b"EMC", start)
        if mark.hyphen is None:
            parts[start:end] = _ordered(parts[start:end], mark.box, fonts, space=mark in spaced)
        else:
            word, hyphen = rtl_text.cut_hyphen(parts[start:end], rtl_text.find_order(mark.box), fonts)
            number = type(parts[start - 2])({"MCID": mark.hyphen})
            parts[start:end] = [*word, b"EMC", "/Span", number, b"BDC", *hyphen]


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
    words = _plain(box.text.removesuffix(box.style["hyphenate_character"]) if is_hyphenated(box) else box.text)
    words = words.strip(" ")
    start = text.find(words, at)
    if start < 0:
        return False, False
    end = start + len(words)
    texts[box.element] = (text, end)
    return text[:start].endswith(" "), text[end : end + 1] == " "


def _own_text(html: HtmlElement) -> str:
    """Return the text of *html* without that of the elements in it; a line break parts words as well."""
    inner = ((" " if child.tag == "br" else CHILD) + (child.tail or "") for child in html)
    return _plain("".join([html.text or "", *inner]))


def _plain(text: str) -> str:
    return WHITE.sub(" ", UNPAINTED.sub("", text))


def _are_parted(left: Mark, right: Mark) -> bool:
    before, after = (getattr(mark.box, "text", "") for mark in (left, right))
    return before[-1:].isspace() or after[:1].isspace() or not (before and after)
