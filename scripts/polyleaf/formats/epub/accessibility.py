"""Accessibility metadata of a book (EPUB Accessibility 1.1, section 2), found in its content."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image

from polyleaf.formats.epub.page_list import XHTML

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml import etree

    from polyleaf.formats.epub.page_list import Page
    from polyleaf.model import Edition, Picture


@dataclass(frozen=True, slots=True)
class Accessibility:
    """Values of accessMode, accessModeSufficient, accessibilityFeature and accessibilityHazard (schema.org)."""

    modes: tuple[str, ...]
    sufficient: tuple[str, ...]
    features: tuple[str, ...]
    hazards: tuple[str, ...]


def describe(edition: Edition, roots: Sequence[etree._Element], pages: Sequence[Page]) -> Accessibility:
    """Return the metadata of the book of *edition*, whose chapters are *roots* and whose printed pages are *pages*.

    No conformance is claimed: see `decisions/epub.md`.
    """
    images = [image for root in roots for image in root.iter(f"{{{XHTML}}}img")]
    described = all(image.get("alt") for image in images)
    moving = any(map(_may_move, edition.pictures))
    return Accessibility(
        modes=("textual", "visual") if images else ("textual",),
        sufficient=(*(("textual",) if described else ()), *(("textual,visual",) if images else ())),
        features=tuple(_features(edition, roots, described=bool(images) and described, paged=bool(pages))),
        hazards=("unknown",) if moving else ("none",),
    )


def _features(edition: Edition, roots: Sequence[etree._Element], *, described: bool, paged: bool) -> Iterator[str]:
    yield from ("tableOfContents", "readingOrder", "ARIA", "displayTransformability")
    if edition.contents:
        yield "structuralNavigation"
    if paged:
        yield from ("pageBreakMarkers", "pageNavigation")
    if described:
        yield "alternativeText"
    if any(root.xpath("//*[local-name() = 'details']") for root in roots):
        yield "longDescription"
    if any(root.xpath("//*[local-name() = 'math']") for root in roots):
        yield "MathML"


def _may_move(picture: Picture) -> bool:
    """Tell whether *picture* may move: an SVG by its style sheet, another by having more than one frame."""
    if picture.name.lower().endswith(".svg"):
        return b"keyframes" in picture.content
    try:
        with Image.open(io.BytesIO(picture.content)) as image:
            return bool(getattr(image, "is_animated", False))
    except OSError:  # it cannot be read
        return True
