"""Stage 6: one module per format, each with `render(edition) -> Artifact`."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from polyleaf.model import Edition

MEDIA_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
"""The kinds of image that a leaflet can hold, and their media types."""


def code(edition: Edition) -> str:
    """Return the gettext code of the language of *edition*."""
    return edition.language.replace("-", "_")


def path(edition: Edition, suffix: str) -> PurePosixPath:
    """Return where the file of *edition* with *suffix* belongs in the build folder."""
    return PurePosixPath(code(edition)) / f"{edition.leaflet}.{suffix}"


def media_type(name: str) -> str:
    """Return the media type of the image *name*."""
    return MEDIA_TYPES[PurePosixPath(name).suffix.lower()]


def with_images(html: str, links: Mapping[str, str]) -> str:
    """Return *html*, as pandoc writes it, with the addresses of images replaced by those in *links*."""
    return re.sub(r'(<img src=")([^"]*)"', lambda found: f'{found[1]}{links.get(found[2], found[2])}"', html)
