"""Stage 6: outputs. Each format is a module with `render(edition) -> Artifact`, and has a record in `registry`.

Modules: `epub` (EPUB 3.3), `html` (one self-contained page), `pdf` (PDF/UA-1 and PDF/A-2a on A4). `tables`
sets tables otherwise where they are too wide, `drawings` finds words in drawings that do not fit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from polyleaf import paths, svg, templates
from polyleaf.fonts import embedding, fallback
from polyleaf.fonts.text_runs import TextRun
from polyleaf.model import Artifact, Edition, Picture
from polyleaf.theme.css import MEDIA_TYPES, media_type

LANG = re.compile(r'\blang="([A-Za-z0-9-]+)"')


def language_code(edition: Edition) -> str:
    """Return the language of *edition* as a gettext code: `pt_BR`."""
    return edition.language.replace("-", "_")


def make_artifact(edition: Edition, suffix: str, content: bytes) -> Artifact:
    """Return *content* as the output of *edition* with *suffix* (`.pdf`)."""
    return Artifact(paths.output(edition.leaflet, language_code(edition), suffix), content)


def with_images(html: str, links: Mapping[str, str]) -> str:
    """Return *html*, as pandoc writes it, with the addresses of images replaced by those in *links*."""
    return re.sub(r'(<img src=")([^"]*)"', lambda match: f'{match[1]}{links.get(match[2], match[2])}"', html)


def find_languages(edition: Edition) -> tuple[str, ...]:
    """Return the BCP 47 tags of the languages on the page of *edition*, its own first."""
    alternates = (alternate.language for alternate in edition.alternates)
    marked = (tag for chapter in edition.chapters for tag in LANG.findall(chapter.html))
    return tuple(dict.fromkeys((edition.language, edition.source_language, templates.FALLBACK, *alternates, *marked)))


def localize_picture(picture: Picture, edition: Edition, *, embeds: bool) -> bytes:
    """Return the content of *picture*; an SVG has its words in the fonts of the language and theme of *edition*.

    Words in other scripts than that of the language have those of their script, as they have in the text. One that
    *embeds* has these fonts in it, for an image on a screen takes none from the page.
    """
    if media_type(picture) != MEDIA_TYPES[".svg"]:
        return picture.content
    figure = svg.parse(picture.content, picture.name)
    looks = [(look, TextRun(tag, words)) for look, tag, words in svg.find_looks(figure, edition.language)]
    styles = embedding.drawing_styles(looks, edition.theme) if embeds else ""
    words = "\n".join(text for _, text in svg.find_texts(figure))
    families = partial(fallback.list_families, words=words, theme=edition.theme)
    return svg.replace_families(figure, edition.language, families, styles)
