"""The printed leaflet: the web leaflet laid out on A4 pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from polyleaf import templates
from polyleaf.formats import code, html, layout, path
from polyleaf.model import Artifact

if TYPE_CHECKING:
    from polyleaf.model import Edition

DISCLOSURE = re.compile(r'<details class="long-description"><summary>(.*?)</summary>(.*?)</details>', re.DOTALL)
PRINTED = r'<div class="long-description"><p class="label">\1</p>\2</div>'
"""Paper has nothing to unfold: what a page hides until it is asked for is printed."""


def render(edition: Edition) -> Artifact:
    """Return *edition* as a tagged PDF (PDF/UA-1) on A4."""
    body = Markup(DISCLOSURE.sub(PRINTED, str(html.body(edition))))  # noqa: S704 - as in formats.html
    styles = templates.styles("base.css", "print.css")
    page = templates.render("print.html.j2", code(edition), edition=edition, body=body, styles=styles)
    return Artifact(path(edition, "pdf"), layout.pdf(page, "pdf/ua-1"))
