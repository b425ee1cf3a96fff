"""Words in figures measured as WeasyPrint draws them: their boxes, and which leave the figure or stand on others.

A translation is often longer than its text, and no line of a figure breaks by itself.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextvars import ContextVar
from itertools import combinations
from typing import Any, NamedTuple

from polyleaf.quotations import quote

LEEWAY = 1.0
"""How far words may reach out of a drawing, in pixels: less than a letter has of space beside it."""

ASCENT, DESCENT = 0.25, 0.2
"""What a line of a font has above its capitals, and below its letters, in heights of the line (Noto Sans)."""

CROSSED = 0.3
"""How far lines of words may run into each other, in heights of the smaller."""


class Line(NamedTuple):
    """A line of words in a figure, and the corners of its box in pixels from the left top of the figure.

    It is straight when it runs along an edge of the figure, and level when that is the upper one.
    """

    words: str
    left: float = 0
    top: float = 0
    right: float = 0
    bottom: float = 0
    is_level: bool = False
    is_straight: bool = False


class Figure(NamedTuple):
    """A figure of *width* and *height* in pixels with the *lines* of words in it, as they were drawn."""

    width: float
    height: float
    lines: list[Line]


_RECORDED: ContextVar[list[Figure] | None] = ContextVar("_RECORDED", default=None)


@contextlib.contextmanager
def record() -> Iterator[list[Figure]]:
    """Yield a list that fills with the figures that are drawn in the block."""
    figures: list[Figure] = []
    token = _RECORDED.set(figures)
    try:
        yield figures
    finally:
        _RECORDED.reset(token)


def watch(draw_node: Callable[..., None]) -> Callable[..., None]:
    """Return WeasyPrint's *draw_node* of figures, which measures the words in those that are recorded."""

    def draw(svg: Any, node: Any, size: float, fill_stroke: bool = True, context: Any = None) -> None:  # noqa: ANN401, FBT001, FBT002 - as WeasyPrint has it
        figures = _RECORDED.get()
        if figures is not None and node is svg.tree and not hasattr(svg, "svg"):  # a pattern has the figure around it
            svg.lines, svg.paper = [], _matrix(svg.stream)
            figures.append(Figure(svg.concrete_width, svg.concrete_height, svg.lines))
        draw_node(svg, node, size, fill_stroke, context)
        if fill_stroke and hasattr(svg, "lines") and _is_line(node):
            svg.lines.append(_measured(svg, node, size))

    return draw


def place_group(add_group: Callable[..., Any]) -> Callable[..., Any]:
    """Return WeasyPrint's *add_group* of a stream, which makes groups that know where they begin."""

    def add(stream: Any, *box: float) -> Any:  # noqa: ANN401 - WeasyPrint brings no types
        group = add_group(stream, *box)
        group.origin = _matrix(stream)
        return group

    return add


def _matrix(stream: Any) -> Any:  # noqa: ANN401 - as above
    """Return the matrix from the coordinates of *stream* to those of the page."""
    origin = getattr(stream, "origin", None)
    return stream.ctm if origin is None else stream.ctm @ origin


def _is_line(node: Any) -> bool:  # noqa: ANN401 - as above
    """Tell whether *node* is a line of words (see `svg.lines`)."""
    if node.tag not in {"text", "tspan"} or not node.visible or not hasattr(node, "text_bounding_box"):
        return False
    starts = [bool({"x", "y"} & set(child.attrib)) for child in node]
    return not any(starts) and (node.tag == "text" or bool({"x", "y"} & set(node.attrib)))


def _measured(svg: Any, node: Any, size: float) -> Line:  # noqa: ANN401 - as above
    x, y, width, height = node.text_bounding_box
    words = " ".join("".join(node._etree_node.itertext()).split())  # noqa: SLF001 - there is no other way in
    if not words or not 0 < width < float("inf"):
        return Line("")
    anchor, is_rtl = node.get("text-anchor", "start"), node.get("direction") == "rtl"
    x -= {"middle": width / 2, "end": 0 if is_rtl else width, "start": width if is_rtl else 0}.get(anchor, 0)
    matrix = _matrix(svg.stream) @ svg.paper.invert
    own = svg.get_node_transform_matrix(node, size)
    matrix = matrix if own is None else own @ matrix
    top, bottom = y + height * ASCENT, y + height * (1 - DESCENT)
    box = ((x, top), (x + width, top), (x, bottom), (x + width, bottom))
    corners = [matrix.transform_point(*corner) for corner in box]
    across, down = zip(*corners, strict=True)
    is_level, is_upright = (abs(corners[0][axis] - corners[1][axis]) < LEEWAY for axis in (1, 0))
    return Line(words, min(across), min(down), max(across), max(down), is_level, is_level or is_upright)


def find_faults(figure: Figure) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the lines of *figure*, and the words of the line."""
    lines = [line for line in figure.lines if line.words]
    for line in lines:
        out = max(-line.left, -line.top, line.right - figure.width, line.bottom - figure.height)
        if out > LEEWAY:
            yield f"the words {quote(line.words)} run out of it", line.words
    for line, other in combinations([line for line in lines if line.is_level], 2):
        least = CROSSED * min(line.bottom - line.top, other.bottom - other.top)
        across = min(line.right, other.right) - max(line.left, other.left)
        down = min(line.bottom, other.bottom) - max(line.top, other.top)
        if min(across, down) > least and line.words != other.words:
            yield f"the words {quote(line.words)} and {quote(other.words)} stand on each other", line.words
