"""HTML: one self-contained file, which loads nothing from anywhere."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup, escape

from polyleaf import templates
from polyleaf.fonts import fallback
from polyleaf.formats import find_languages, language_code, localize_picture, make_artifact, with_images
from polyleaf.model import Artifact, Chapter, Edition, Picture
from polyleaf.theme import css


def render(edition: Edition) -> Artifact:
    """Return *edition* as a self-contained HTML page."""
    styles = templates.styles(edition.theme, "base.css", "screen.css", "lists.css")
    styles += fallback.page_styles(find_languages(edition), edition.theme)
    page = templates.render("page.html.j2", language_code(edition), edition=edition, body=body(edition), styles=styles)
    return make_artifact(edition, ".html", page.encode())


def body(edition: Edition, chapters: Sequence[Chapter] | None = None) -> Markup:
    """Return the HTML of the *chapters* of *edition*, of all without them, with its images inside it."""
    html = "\n".join(chapter.html for chapter in (edition.chapters if chapters is None else chapters))
    pictures = [Picture(picture.name, localize_picture(picture, edition)) for picture in edition.pictures]
    links = {str(escape(picture.name)): css.data_url(picture) for picture in pictures}
    return Markup(with_images(html, links))  # noqa: S704 - pandoc wrote it from a screened source
