"""The web leaflet: one file with everything in it, that asks for nothing from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from polyleaf import paths, templates
from polyleaf.fonts import fallback
from polyleaf.formats import code, drawn, spoken, with_images
from polyleaf.model import Artifact, Picture
from polyleaf.theme import css

if TYPE_CHECKING:
    from collections.abc import Sequence

    from polyleaf.model import Chapter, Edition


def render(edition: Edition) -> Artifact:
    """Return *edition* as a self-contained HTML page."""
    styles = templates.styles(edition.theme, "base.css", "screen.css") + fallback.page_styles(
        spoken(edition), edition.theme
    )
    page = templates.render("page.html.j2", code(edition), edition=edition, body=body(edition), styles=styles)
    return Artifact(paths.output(edition.leaflet, code(edition), ".html"), page.encode())


def body(edition: Edition, chapters: Sequence[Chapter] | None = None) -> Markup:
    """Return the text of *edition*, or of some *chapters* of it, with its images inside it."""
    html = "\n".join(chapter.html for chapter in (edition.chapters if chapters is None else chapters))
    pictures = [Picture(one.name, drawn(one, edition)) for one in edition.pictures]
    links = {str(escape(one.name)): css.inline(one) for one in pictures}
    return Markup(with_images(html, links))  # noqa: S704 - pandoc wrote it from a screened source
