"""Shapes of a figure changed into others that look the same on paper and on a screen; the size of the figure."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable

from lxml import etree

from polyleaf.svg.lengths import in_pixels, written
from polyleaf.svg.nodes import NAMESPACE, SHAPES, by_id, fault, inherited, name, target

WIDEST, HIGHEST = 640.0, 480.0
"""The size of a figure that says none of itself, in pixels: as wide as lines of text are, and not half a page high."""

LARGEST = 14_400.0
"""The largest side of a figure in pixels: 200 inches at 72 dots, the largest page of a PDF (ISO 32000-1, Annex C)."""

ROUNDED = 0.02
"""By how much the proportions of a figure and of its view box may differ, as they do where programs round them."""

OF_WHOLE = ("id", "opacity", "clip-path", "mask", "transform", "transform-origin", "visibility")
"""Attributes that stay with both paints of a shape."""

MARKERS = ("marker-start", "marker-mid", "marker-end")
WHITE = frozenset(("white", "#fff", "#ffffff", "rgb(255,255,255)"))
FAINT = re.compile(r"(?:rgb|hsl)a\(|#(?:[0-9a-f]{4}|[0-9a-f]{8})$|\w+\([^)]*/", re.IGNORECASE)
NO_PAPER = frozenset(("", "none", "transparent", "initial", "inherit", *WHITE))


def give_size(root: etree._Element, path: str) -> None:
    """Give *root* a view box, and a width and height in its proportion. Raises SourceError where it has no size."""
    width, height = (in_pixels(str(root.get(key, "")).replace(" ", "")) for key in ("width", "height"))
    box = [in_pixels(number) for number in str(root.get("viewBox", "")).replace(",", " ").split()]
    if len(box) != 4 or None in box:  # noqa: PLR2004 - x, y, width and height
        box = [0.0, 0.0, width, height]
    across, down = box[2] or 0, box[3] or 0
    if min(across, down) <= 0:
        hint = "Give <svg> a viewBox (in Inkscape: File > Document Properties > Resize to content)."
        raise fault(path, root, "this drawing does not say how large it is", hint)
    aspect = str(root.get("preserveAspectRatio", ""))
    is_other = bool(width and height and abs(width * down - height * across) > ROUNDED * width * down)
    if is_other and ("none" in aspect or "slice" in aspect):
        raise fault(path, root, "this drawing is stretched or cut", "Give <svg> the proportions of its viewBox.")
    if not width and not height:
        width = min(WIDEST, HIGHEST * across / down)
    width = width or (height or 0) * across / down
    if not 1 <= max(width, width * down / across) <= LARGEST:
        raise fault(path, root, f"this drawing is {written(width)} pixels wide", "Give <svg> another width and height.")
    root.set("viewBox", " ".join(written(number or 0) for number in box))
    root.set("width", written(width))
    root.set("height", written(width * down / across))
    for key in ("x", "y", "overflow", "preserveAspectRatio"):
        root.attrib.pop(key, None)


def draw_paper(root: etree._Element, colour: str) -> None:
    """Give *root*, which has a view box, a surface of *colour* below all else, unless that is paper anyway."""
    if "".join(colour.lower().split()) in NO_PAPER:
        return
    x, y, width, height = str(root.get("viewBox")).split()
    paper = etree.Element(NAMESPACE + "rect", {"x": x, "y": y, "width": width, "height": height})
    paper.attrib.update({"fill": colour, "stroke": "none"})
    root.insert(0, paper)


def divide_paints(root: etree._Element) -> None:
    """Draw surface and line of a shape one after the other where the line is transparent or comes first.

    WeasyPrint paints both at once, the line on top and where it lies without the surface below it.
    """
    for shape in [*root.iter(*(NAMESPACE + shape for shape in SHAPES))]:
        is_line_first = str(shape.get("paint-order", "")).split()[:1] == ["stroke"]
        is_faint = inherited(shape, "stroke-opacity", "1") != "1" or FAINT.match(inherited(shape, "stroke"))
        has_both = inherited(shape, "stroke", "none") != "none" and inherited(shape, "fill") != "none"
        if has_both and (is_line_first or is_faint):
            _divide(shape, is_line_first=is_line_first)


def _divide(shape: etree._Element, *, is_line_first: bool) -> None:
    surface, line = copy.copy(shape), copy.copy(shape)
    surface.attrib.update({"stroke": "none", **dict.fromkeys(MARKERS, "none")})
    line.set("fill", "none")
    own = {str(key): str(value) for key, value in shape.attrib.items() if key in OF_WHOLE}
    for paint in (surface, line):
        paint.tail = None
        for key in (*OF_WHOLE, "paint-order"):
            paint.attrib.pop(key, None)
    for child in [*shape]:
        shape.remove(child)
    shape.tag = NAMESPACE + "g"
    shape.attrib.clear()
    shape.attrib.update(own)
    shape.extend((line, surface) if is_line_first else (surface, line))


def clip_for_masks(root: etree._Element) -> None:
    """Make a `clipPath` of each `mask` that is a white surface, as Sketch and Figma write them."""
    for mask in [*root.iter(NAMESPACE + "mask")]:
        if len(mask) and mask.get("maskContentUnits") != "objectBoundingBox" and all(map(_is_white, mask)):
            mask.tag = NAMESPACE + "clipPath"
            for key in ("x", "y", "width", "height", "maskUnits"):
                mask.attrib.pop(key, None)
            users: Iterable[etree._Element] = root.iter(etree.Element)
            for user in [user for user in users if user.get("mask") == f"url(#{mask.get('id')})"]:
                if not user.get("clip-path"):
                    user.set("clip-path", user.attrib.pop("mask"))


def _is_white(element: etree._Element) -> bool:
    """Tell whether *element*, a child of a mask, is nothing but a white surface."""
    shown = by_id(element, target(element)) if name(element) == "use" else element
    if shown is None or name(shown) not in SHAPES or any(map(shown.get, ("opacity", "fill-opacity", "transform"))):
        return False
    is_clear = all(inherited(element, key, "1") == "1" for key in ("opacity", "fill-opacity"))
    fill = shown.get("fill") or inherited(element, "fill")
    return is_clear and "".join(fill.lower().split()) in WHITE and inherited(element, "stroke", "none") == "none"
