"""The printed leaflet: the web leaflet laid out on A4 pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from polyleaf import templates
from polyleaf.formats import code, html, layout, path
from polyleaf.model import Artifact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from polyleaf.model import Chapter, Edition

DISCLOSURE = re.compile(r'<details class="long-description"><summary>(.*?)</summary>(.*?)</details>', re.DOTALL)
PRINTED = r'<div class="long-description"><p class="label">\1</p>\2</div>'
"""Paper has nothing to unfold: what a page hides until it is asked for is printed."""


def render(edition: Edition) -> Artifact:
    """Return *edition* as a PDF (PDF/A-2a and PDF/UA-1) on A4; what stands before its first section opens page 1."""
    first = edition.chapters[:1]
    before = first if first and first[0].heading is None else ()
    opening, body = _printed(edition, before), _printed(edition, edition.chapters[len(before) :])
    styles = templates.printed(edition.theme, "base.css", "print.css")
    page = templates.render("print.html.j2", code(edition), edition=edition, opening=opening, body=body, styles=styles)
    return Artifact(path(edition, "pdf"), layout.pdf(page))


def _printed(edition: Edition, chapters: Sequence[Chapter]) -> Markup:
    return Markup(DISCLOSURE.sub(PRINTED, str(html.body(edition, chapters))))  # noqa: S704 - as in formats.html
