"""HTML: one self-contained file, which loads nothing from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lxml import etree
from markupsafe import Markup, escape

from polyleaf import templates
from polyleaf.errors import RenderError
from polyleaf.fonts import fallback
from polyleaf.formats import find_languages, language_code, localize_picture, make_artifact, tables, with_images
from polyleaf.model import Artifact, Chapter, Edition, Picture
from polyleaf.theme import css

TEXT_WIDTH = 30
"""How wide the text is on a large screen, in sizes of its type (screen.css: `main`)."""

VOID = frozenset(("br", "col", "hr", "img", "wbr"))


def render(edition: Edition) -> Artifact:
    """Return *edition* as a self-contained HTML page."""
    styles = templates.styles(edition.theme, "base.css", "screen.css", "lists.css")
    styles += fallback.page_styles(find_languages(edition), edition.theme)
    chapters = [replace(chapter, html=_fit_screens(chapter.html)) for chapter in edition.chapters]
    text = body(edition, chapters, embeds=True)
    page = templates.render("page.html.j2", language_code(edition), edition=edition, body=text, styles=styles)
    return make_artifact(edition, ".html", page.encode())


def body(edition: Edition, chapters: Sequence[Chapter], *, embeds: bool = False) -> Markup:
    """Return the HTML of the *chapters* of *edition* with its images in it; those that it *embeds* have their fonts."""
    html = "\n".join(chapter.html for chapter in chapters)
    pictures = [
        Picture(picture.name, localize_picture(picture, edition, embeds=embeds)) for picture in edition.pictures
    ]
    links = {str(escape(picture.name)): css.data_url(picture) for picture in pictures}
    return Markup(with_images(html, links))  # noqa: S704 - pandoc wrote it from a screened source


def _fit_screens(html: str) -> str:
    """Return *html* with tables that fit every screen: records where they are wide, hidden copies for narrow ones."""
    if "<table" not in html:
        return html
    try:
        root = etree.fromstring(f"<div>{html}</div>")
    except etree.XMLSyntaxError as error:
        raise RenderError(f"a section with a table is not XML: {error}", hint="Look for HTML in the source.") from error
    changes = [tables.fit_screen(root, TEXT_WIDTH), tables.repeat_for_small_screens(root)]
    if not any(changes):
        return html
    for element in root.iter(etree.Element):
        if element.tag not in VOID and not len(element):
            element.text = element.text or ""  # so it gets a tag at its end
    return (root.text or "") + "".join(etree.tostring(part, encoding="unicode") for part in root)
