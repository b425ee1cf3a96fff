"""Gradients and patterns of figures, painted as SVG has them (SVG 1.1, 13). Calls fontTools for the box of a path.

Each becomes a PDF tiling pattern of one tile (ISO 32000-1, 8.7.3) in the units of the gradient or pattern, whose
matrix leads to the user space of the figure. WeasyPrint's own ones are elsewhere for a radius, for a transform,
for a box of curves, for `x` and `y`, for transparent colours and for lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from math import hypot
from typing import Any, NamedTuple

LEAST = 1e-6
"""How far apart two colours are at the least, in lengths of the gradient: PDF has none at one point."""

MARGIN = 0.01
"""What is painted beyond the box, in its sizes, so that no edge of a tile is seen."""


class Box(NamedTuple):
    """A rectangle: its left top, its width and its height."""

    x: float
    y: float
    width: float
    height: float


class Stop(NamedTuple):
    """A colour of a gradient: where it is, from 0 to 1, its red, green and blue, and its opacity."""

    at: float
    rgb: tuple[float, ...]
    alpha: float


class Colours(NamedTuple):
    """Colours along a gradient, and the coordinates of its ends, as a PDF shading has them."""

    stops: Sequence[Stop]
    coordinates: Sequence[float]


def replacements(svg_module: Any, matrix: Any) -> dict[str, Callable[..., bool]]:  # noqa: ANN401 - a module and a class
    """Return what is put in the place of the painters of *svg_module*, WeasyPrint's, which counts with *matrix*."""

    def draw_gradient(svg: Any, node: Any, gradient: Any, size: float, opacity: float, stroke: bool) -> bool:  # noqa: ANN401, FBT001, PLR0913, PLR0917 - as WeasyPrint has it
        return _Painter(svg_module, matrix, svg, node, size).paint_gradient(gradient, opacity, stroke=stroke)

    def draw_pattern(svg: Any, node: Any, pattern: Any, size: float, opacity: float, stroke: bool) -> bool:  # noqa: ANN401, FBT001, PLR0913, PLR0917 - as above
        return _Painter(svg_module, matrix, svg, node, size).paint_pattern(pattern, opacity, stroke=stroke)

    return {"draw_gradient": draw_gradient, "draw_pattern": draw_pattern}


class _Painter(NamedTuple):
    """What paints *node* of the figure *svg*, whose words have *size*."""

    module: Any
    matrix: Any
    svg: Any
    node: Any
    size: float

    def paint_gradient(self, gradient: Any, opacity: float, *, stroke: bool) -> bool:  # noqa: ANN401 - as above
        """Set *gradient* as the paint of the surface or of the line, and tell whether there is one."""
        stops, box = [*self._stops(gradient, opacity)], self._box()
        is_user = gradient.get("gradientUnits") == "userSpaceOnUse"
        if not stops or (not is_user and not (box.width and box.height)):
            return False
        unit = self.matrix() if is_user else self.matrix(box.width, 0, 0, box.height, box.x, box.y)
        to_user = self._transform(gradient.get("gradientTransform")) @ unit
        self._set_width(stroke=stroke)
        area = _around(to_user.invert, self._painted(box)) if to_user.determinant else None
        colours = None if area is None else _colours(stops, self._ends(gradient, is_user=is_user))
        if area is None or colours is None:
            self._set_colour(stops[-1], stroke=stroke)
            return True
        self._fill(to_user, area, colours, "linear" in gradient.tag, stroke=stroke)
        return True

    def paint_pattern(self, pattern: Any, opacity: float, *, stroke: bool) -> bool:  # noqa: ANN401 - as above
        """Set *pattern* as the paint of the surface or of the line, and tell whether there is one."""
        own = pattern.__dict__.setdefault("own_attributes", dict(pattern.attrib))
        box = self._box()
        tile = self._tile(own, box)
        if not (tile.width and tile.height):
            return False
        self._set_width(stroke=stroke)
        if "viewBox" not in own and own.get("patternContentUnits") == "objectBoundingBox":
            pattern.attrib["transform"] = f"scale({box.width} {box.height})"
        pattern._etree_node.tag = "svg"  # noqa: SLF001 - as WeasyPrint does
        for key in ("x", "y", "patternTransform"):
            pattern.attrib.pop(key, None)
        pattern.attrib.update({"width": str(tile.width), "height": str(tile.height), "overflow": "visible"})
        stream = self.svg.stream
        to_page = self.matrix(1, 0, 0, 1, tile.x, tile.y) @ self._transform(own.get("patternTransform")) @ stream.ctm
        painted = stream.add_pattern(0, 0, tile.width, tile.height, tile.width, tile.height, to_page)
        painted.set_alpha(opacity)
        group = painted.add_group(0, 0, tile.width, tile.height)
        figure = self.module.Pattern(pattern, self.svg)
        figure.draw(group, tile.width, tile.height, self.svg.base_url, self.svg.context)
        painted.draw_x_object(group.id)
        self._use(painted, stroke=stroke)
        return True

    def _tile(self, own: dict[str, str], box: Box) -> Box:
        if own.get("patternUnits") == "userSpaceOnUse":
            x, y = self.svg.point(own.get("x"), own.get("y"), self.size)
            return Box(x, y, *self.svg.point(own.get("width"), own.get("height"), self.size))
        x, y, width, height = (
            self.module.size(own.get(key, "0"), self.size, 1) for key in ("x", "y", "width", "height")
        )
        return Box(box.x + x * box.width, box.y + y * box.height, width * box.width, height * box.height)

    def _stops(self, gradient: Any, opacity: float) -> Iterator[Stop]:  # noqa: ANN401 - as above
        last = 0.0
        for child in gradient:
            last = min(1, max(last, self.module.size(child.get("offset"), self.size, 1)))
            colour = self.module.color(child.get("stop-color", "black")).to("srgb")
            alpha = colour.alpha * self.module.alpha_value(child.get("stop-opacity", 1)) * opacity
            yield Stop(last, tuple(colour[:3]), alpha)

    def _ends(self, gradient: Any, *, is_user: bool) -> tuple[float, ...]:  # noqa: ANN401 - as above
        """Return x and y of the ends of a linear *gradient*, or x, y and radius of the circles of a radial one."""
        svg = self.svg
        width, height, diagonal = (svg.inner_width, svg.inner_height, svg.inner_diagonal) if is_user else (1, 1, 1)
        wholes = {"x": width, "y": height, "r": diagonal}

        def measure(key: str, initial: str) -> float:
            return float(self.module.size(gradient.get(key, initial), self.size, wholes[key.strip("12cf")]))

        if "linear" in gradient.tag:
            return measure("x1", "0"), measure("y1", "0"), measure("x2", "100%"), measure("y2", "0")
        cx, cy, r = measure("cx", "50%"), measure("cy", "50%"), measure("r", "50%")
        fx, fy = (measure(key, str(centre)) for key, centre in (("fx", cx), ("fy", cy)))
        return fx, fy, measure("fr", "0"), cx, cy, r

    def _box(self) -> Box:
        """Return the box of the shape without its line: of its curves, not of the points that draw them."""
        if self.node.tag == "path":
            return _path_box(self.node.get("d", ""))
        box = self.module.bounding_box(self.svg, self.node, self.size, False)  # noqa: FBT003 - as WeasyPrint has it
        return Box(*box) if all(map(_is_finite, box)) else Box(0, 0, 0, 0)

    def _painted(self, box: Box) -> Box:
        """Return what may be painted of a shape with the box *box*: its line, and corners of it."""
        line = self.svg.length(self.node.get("stroke-width", "1px"), self.size)
        more = line * max(1.0, float(self.node.get("stroke-miterlimit", 4))) + MARGIN * hypot(box.width, box.height)
        return Box(box.x - more, box.y - more, box.width + 2 * more, box.height + 2 * more)

    def _transform(self, written: str | None) -> Any:  # noqa: ANN401 - a matrix
        if not written:
            return self.matrix()
        return self.module.transform(written, "0 0", self.size, self.svg.inner_diagonal)

    def _set_width(self, *, stroke: bool) -> None:
        if stroke:
            self.svg.stream.set_line_width(self.svg.length(self.node.get("stroke-width", "1px"), self.size))

    def _set_colour(self, stop: Stop, *, stroke: bool) -> None:
        parts = " ".join(f"{part * 100}%" for part in stop.rgb)
        self.svg.stream.set_color(self.module.color(f"rgb({parts} / {stop.alpha})"), stroke=stroke)

    def _fill(self, to_user: Any, area: Box, colours: Colours, is_linear: bool, *, stroke: bool) -> None:  # noqa: ANN401, FBT001 - as above
        pattern = self.svg.stream.add_pattern(*area, *area[2:], to_user @ self.svg.stream.ctm)
        group = pattern.add_group(*area)
        stops, coordinates = colours
        shape = (2 if is_linear else 3, (stops[0].at, stops[-1].at), coordinates, True)
        shading = group.add_shading(*shape, _function(group, stops, lambda stop: stop.rgb))
        if any(stop.alpha != 1 for stop in stops):
            faint = group.set_alpha_state(*area)
            alphas = faint.add_shading(*shape, _function(group, stops, lambda stop: (stop.alpha,)), "DeviceGray")
            faint.stream = [f"/{alphas.id} sh"]
        group.paint_shading(shading.id)
        pattern.set_alpha(1)
        pattern.draw_x_object(group.id)
        self._use(pattern, stroke=stroke)

    def _use(self, pattern: Any, *, stroke: bool) -> None:  # noqa: ANN401 - as above
        self.svg.stream.set_color_space("Pattern", stroke=stroke)
        self.svg.stream.set_color_special(pattern.id, stroke=stroke)


def _colours(stops: Sequence[Stop], ends: Sequence[float]) -> Colours | None:
    """Return *stops* between *ends*, and beyond them the first and the last; nothing where the ends are one point."""
    half = len(ends) // 2
    start, end = ends[:half], ends[half:]
    if start == end or (half > 2 and not end[-1]):  # noqa: PLR2004 - circles have x, y and radius
        return None
    padded = [Stop(0.0, *stops[0][1:]), *stops, Stop(1.0, *stops[-1][1:])]
    apart = [stop._replace(at=stop.at + LEAST * at) for at, stop in enumerate(padded)]
    coordinates = [a + (b - a) * at for at in (apart[0].at, apart[-1].at) for a, b in zip(start, end, strict=True)]
    return Colours(apart, coordinates)


def _function(stream: Any, stops: Sequence[Stop], values: Callable[[Stop], Sequence[float]]) -> Any:  # noqa: ANN401 - as above
    """Return the PDF function (ISO 32000-1, 7.10.4) of *values* along *stops*."""
    parts = [stream.create_interpolation_function((0, 1), values(a), values(b), 1) for a, b in pairwise(stops)]
    bounds = [stop.at for stop in stops[1:-1]]
    return stream.create_stitching_function((stops[0].at, stops[-1].at), (0, 1) * len(parts), bounds, parts)


def _around(matrix: Any, box: Box) -> Box:  # noqa: ANN401 - a matrix
    """Return the box around *box* in the coordinates that *matrix* leads to."""
    corners = [
        matrix.transform_point(box.x + across * box.width, box.y + down * box.height)
        for across in (0, 1)
        for down in (0, 1)
    ]
    (left, right), (top, bottom) = ((min(values), max(values)) for values in zip(*corners, strict=True))
    return Box(left, top, right - left, bottom - top)


def _path_box(d: str) -> Box:
    from fontTools.pens.boundsPen import BoundsPen  # noqa: PLC0415 - only figures with gradients need it
    from fontTools.svgLib.path.parser import parse_path  # noqa: PLC0415 - as above

    pen = BoundsPen(None)
    parse_path(d, pen)
    left, top, right, bottom = pen.bounds or (0, 0, 0, 0)
    return Box(left, top, right - left, bottom - top)


def _is_finite(number: float) -> bool:
    return abs(number) < float("inf")
