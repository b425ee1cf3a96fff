"""Stage 6: one module per format, each with `render(edition) -> Artifact`."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from polyleaf import svg, templates
from polyleaf.fonts import fallback
from polyleaf.theme.css import MEDIA_TYPES, media_type

if TYPE_CHECKING:
    from collections.abc import Mapping

    from polyleaf.model import Edition, Picture

LANG = re.compile(r'\blang="([A-Za-z0-9-]+)"')


def code(edition: Edition) -> str:
    """Return the gettext code of the language of *edition*."""
    return edition.language.replace("-", "_")


def with_images(html: str, links: Mapping[str, str]) -> str:
    """Return *html*, as pandoc writes it, with the addresses of images replaced by those in *links*."""
    return re.sub(r'(<img src=")([^"]*)"', lambda found: f'{found[1]}{links.get(found[2], found[2])}"', html)


def spoken(edition: Edition) -> tuple[str, ...]:
    """Return the tags of the languages in which something stands on the page of *edition*, its own first."""
    others = (alternate.language for alternate in edition.alternates)
    found = (tag for chapter in edition.chapters for tag in LANG.findall(chapter.html))
    return tuple(dict.fromkeys((edition.language, edition.source_language, templates.FALLBACK, *others, *found)))


def drawn(picture: Picture, edition: Edition) -> bytes:
    """Return the content of *picture*; a drawing has its words in the fonts of the language and theme of *edition*.

    Words in other scripts than that of the language have those of their script, as they have in the text.
    """
    if media_type(picture.name) != MEDIA_TYPES[".svg"]:
        return picture.content
    words = svg.words(picture.content)
    named = partial(fallback.families_of, words=words, theme=edition.theme)
    return svg.with_families(picture.content, edition.language, named)
