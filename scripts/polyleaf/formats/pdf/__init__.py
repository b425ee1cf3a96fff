"""The printed leaflet: the web leaflet laid out on A4 pages."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from markupsafe import Markup

from polyleaf import paths, templates
from polyleaf.formats import code, html
from polyleaf.formats.pdf import layout, page_starts
from polyleaf.model import Artifact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from polyleaf.model import Chapter, Edition

DISCLOSURE = re.compile(r'<details class="long-description"><summary>(.*?)</summary>(.*?)</details>', re.DOTALL)
PRINTED = r'<div class="long-description"><p class="label">\1</p>\2</div>'
"""Paper has nothing to unfold: what a page hides until it is asked for is printed."""


def render(edition: Edition, sheets: layout.PageLayout | None = None) -> Artifact:
    """Return *edition* as a PDF (PDF/A-2a and PDF/UA-1) on A4, from its *sheets* if it is laid out already."""
    return Artifact(paths.output(edition.leaflet, code(edition), ".pdf"), layout.written(sheets or lay_out(edition)))


def lay_out(edition: Edition) -> layout.PageLayout:
    """Return *edition* laid out on A4; what stands before its first section opens page 1.

    Where a page begins is told by the number of an element in its chapters, counted from 0 through all of them.
    """
    first = edition.chapters[:1]
    before = first if first and first[0].heading is None else ()
    places = count()
    opening = _printed(edition, before, places)
    body = _printed(edition, edition.chapters[len(before) :], places)
    styles = templates.printed(edition.theme, "base.css", "print.css")
    page = templates.render("print.html.j2", code(edition), edition=edition, opening=opening, body=body, styles=styles)
    return layout.lay_out(page, edition.theme)


def _printed(edition: Edition, chapters: Sequence[Chapter], places: Iterator[int]) -> Markup:
    printed = DISCLOSURE.sub(PRINTED, str(html.body(edition, chapters)))
    return Markup(page_starts.numbered(printed, places))  # noqa: S704 - as in formats.html
