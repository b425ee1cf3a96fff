"""What is painted on a page: which of it is read and in which order, and drawings as one object each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from polyleaf.formats.pdf.tags import letters, rtl_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from polyleaf.formats.pdf.tags.model import Mark, Node

POINT = 0.75
"""How many points a pixel of CSS is."""


def set_apart(stream: Any, read: Collection[int]) -> None:  # noqa: ANN401 - WeasyPrint brings no types
    """Make content that is not *read* an artifact: the running head and foot, the head of a table again (14.8.2.2)."""
    parts = stream.stream
    for at, part in enumerate(parts):
        if isinstance(part, dict) and "MCID" in part and part["MCID"] not in read:
            parts[at - 1] = "/Artifact"
            parts[at] = type(part)({"Type": "/Pagination"})


def draw_at_once(paper: Any, pdf: Any, stream: Any, figure: Node) -> None:  # noqa: ANN401 - as above
    """Make the drawing of *figure* one object: WeasyPrint draws many for an SVG, of which a reader takes one for all.

    Its box becomes one in points from below, as the file wants it (14.8.5.4.3).
    """
    mark = next(figure.marks())
    parts, box = stream.stream, figure.about["A"]["BBox"]
    start = next(at for at, part in enumerate(parts) if isinstance(part, dict) and part.get("MCID") == mark.mcid) + 2
    end = parts.index(b"EMC", start)
    objects = {item.reference: item for item in pdf.objects if item.number}
    page = objects[pdf.page_references[mark.page]]
    resources = objects[page["Resources"]]
    name = f"d{len(resources['XObject'])}"
    extra = {"Type": "/XObject", "Subtype": "/Form", "BBox": paper.Array(box), "Resources": page["Resources"]}
    drawing = paper.Stream(parts[start:end], extra, compress=stream.compress)
    pdf.add_object(drawing)
    resources["XObject"][name] = drawing.reference
    parts[start:end] = [f"/{name} Do"]
    left, top, right, bottom = (POINT * edge for edge in box)
    height = page["MediaBox"][3]
    box[:] = (left, height - bottom, right, height - top)


def set_as_read(stream: Any, marks: Iterable[Mark], spaced: Collection[Mark], fonts: Mapping[str, Any]) -> None:  # noqa: ANN401 - as above
    """Have the glyphs of *marks* painted in the order in which they are read, and a space behind those *spaced*.

    *fonts* are WeasyPrint's, by name.
    """
    parts = stream.stream
    starts = {part["MCID"]: at + 2 for at, part in enumerate(parts) if isinstance(part, dict) and "MCID" in part}
    for mark in sorted(marks, key=lambda mark: -starts[mark.mcid]):
        start = starts[mark.mcid]
        end = parts.index(b"EMC", start)
        parts[start:end] = _as_read(parts[start:end], mark.box, fonts, space=mark in spaced)


def _as_read(parts: list[Any], box: Any, fonts: Mapping[str, Any], *, space: bool) -> list[Any]:  # noqa: ANN401 - as above
    if letters.turned(box.text) or (space and box.style["direction"] == "rtl"):
        return rtl_text.set_in_order(parts, rtl_text.read_order(box), fonts, space=space)
    return rtl_text.with_space(parts, fonts) if space else parts
