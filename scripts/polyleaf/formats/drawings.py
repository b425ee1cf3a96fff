"""Words in drawings that do not fit, for all formats: what brings the same words in the same fonts draws them alike.

A translation stands where the text of the source does, and may be longer. Beside it there may be nothing that was not
beside the source: a line, the edge of its box, part of the picture. A picture of the drawing without words tells.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from polyleaf import raster_images, svg
from polyleaf.errors import RenderError
from polyleaf.fonts import fallback
from polyleaf.formats.pdf import figure_words, layout
from polyleaf.quotations import quote
from polyleaf.theme.css import MEDIA_TYPES, media_type

if TYPE_CHECKING:
    from polyleaf.formats.pdf.figure_words import Line
    from polyleaf.model import Edition, Picture
    from polyleaf.raster_images import Box

SHORTEN = "Shorten the words in the drawing or their translation, or leave more space for them in the drawing."

PAGE = (
    '<html lang="{}"><title>-</title><style>@page {{ size: {}px {}px; margin: 0 }} img {{ display: block }}</style>{}'
)
IMAGE = '<img alt="-" style="break-after: page" src="data:image/svg+xml;base64,{}">'
BESIDE = 9
"""How much larger than its drawing a page is, in pixels: for what is rounded."""

DETAIL, LARGEST = 2.0, 2000.0
"""How many dots a pixel has in the picture, and how many a side of it has at most."""

CONTRAST = 12
"""By how much neighbouring dots differ at an edge at least, of 255: gradients are finer."""


def check_words(edition: Edition) -> None:
    """Raise RenderError for words that do not fit in the drawings of *edition*."""
    drawings = [picture for picture in edition.pictures if media_type(picture) == MEDIA_TYPES[".svg"]]
    faults = dict.fromkeys((picture.name, *fault) for picture in drawings for fault in _find_faults(picture, edition))
    if faults:
        facts = "; ".join(f"in the drawing {quote(name)} {fact}" for name, fact, _ in faults)
        raise RenderError(facts, hint=SHORTEN, text=next(words for *_, words in faults))


def _find_faults(picture: Picture, edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the words in *picture*, and the words."""
    figure, source = (svg.parse(picture.content, picture.name) for _ in range(2))
    if not svg.find_looks(figure, edition.language):
        return
    drawn = [figure, source] if svg.show_source(source) else [figure]
    words = "\n".join(text for each in drawn for _, text in svg.find_texts(each))
    families = partial(fallback.list_families, words=words, theme=edition.theme)
    files = [base64.b64encode(svg.replace_families(each, edition.language, families)).decode() for each in drawn]
    size = [float(str(figure.get(key))) + BESIDE for key in ("width", "height")]
    page = PAGE.format(edition.language, *size, "".join(map(IMAGE.format, files)))
    scale = min(DETAIL, LARGEST / max(size))
    with figure_words.record() as figures:
        *_, without_words = layout.draw_pages(page, edition.theme, scale)
    yield from figure_words.find_faults(figures[0])
    for line, before in zip(*(each.lines for each in figures), strict=True) if len(figures) > 1 else ():
        own, allowed = (raster_images.find_contrast(without_words, _box(each, scale)) for each in (line, before))
        if line.is_straight and own > max(allowed, CONTRAST) + CONTRAST:
            yield f"the words {quote(line.words)} run over an edge or a line beside them", line.words


def _box(line: Line, scale: float) -> Box:
    """Return the box of *line*, without the leeway at its ends, in a picture with *scale* dots a pixel."""
    inset = figure_words.LEEWAY
    left, top, right, bottom = (
        round(scale * edge) for edge in (line.left + inset, line.top, line.right - inset, line.bottom)
    )
    return left, top, max(left, right), max(top, bottom)
