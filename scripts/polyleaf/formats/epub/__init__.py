"""EPUB: one EPUB 3.3 a language, an XHTML file a section, packed so that the same text gives the same bytes.

`page_list` marks the pages of the PDF, `fonts` embeds fonts.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from lxml import etree
from markupsafe import Markup

from polyleaf import templates
from polyleaf.errors import RenderError
from polyleaf.formats import language_code, localize_picture, make_artifact, tables
from polyleaf.formats.epub import page_list
from polyleaf.formats.epub.fonts import Resource, embed
from polyleaf.formats.epub.page_list import OPS, XHTML, Page
from polyleaf.formats.pdf import layout
from polyleaf.model import SECTION, Artifact, Chapter, Edition, Heading, Picture
from polyleaf.quotations import quote
from polyleaf.theme.css import MEDIA_TYPES, media_type

COVER = "cover.png"
LOGO = "logo"
IMAGES = "images/"
"""A folder for what the author brings, so that no image of a leaflet can take the place of a file of the book."""

FIRST_PAGE = Page("1", "title.xhtml", f"{page_list.PREFIX}1")
"""The first page of the PDF begins where the title page of the book does."""

SMALL_SCREEN = 20
"""How wide the text of a book is on a small screen, in sizes of its type: tables that are wider are records."""

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the container: the earliest that ZIP has."""

TYPES = {
    "glossary": "//*[contains(concat(' ', @class, ' '), ' glossary ')]",
    "bibliography": "//*[@id='refs']",
    "endnotes": "//*[@role='doc-endnotes']",
    "colophon": "//*[contains(concat(' ', @class, ' '), ' colophon ')]",
}
"""Types of chapters (EPUB 3 Structural Semantics Vocabulary 1.1), each with an XPath that only such a chapter has."""


@dataclass(frozen=True, slots=True)
class Part:
    """A content document of the book; *title* is its heading with its number, or the title of the book."""

    name: str
    title: str
    heading: Heading | None
    body: Markup
    types: tuple[str, ...]
    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the table of contents, with those below it."""

    heading: Heading
    href: str
    children: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Accessibility:
    """Values of accessMode, accessModeSufficient, accessibilityFeature and accessibilityHazard (schema.org)."""

    modes: tuple[str, ...]
    sufficient: tuple[str, ...]
    features: tuple[str, ...]
    hazards: tuple[str, ...]


def render(edition: Edition, page_layout: layout.PageLayout | None = None) -> Artifact:
    """Return *edition* as an EPUB 3.3 with cover, title page, navigation and accessibility metadata.

    With the *page_layout* of its PDF, the book has a page list. Raises RenderError for a section that is not XHTML.
    """
    roots = [_root(chapter) for chapter in edition.chapters]
    files = {f"part-{at:02d}.xhtml": root for at, root in enumerate(roots, 1)}
    file_of = {str(id_): name for name, root in files.items() for id_ in root.xpath("//@id")}
    for root in roots:
        _relink(root, file_of, {picture.name: _file_name(picture) for picture in edition.pictures})
    starts = page_layout.starts if page_layout else ()
    pages = (FIRST_PAGE, *page_list.mark_pages(files, starts, language_code(edition))) if page_layout else ()
    for root in roots:
        tables.fit_screen(root, SMALL_SCREEN)
    title = f"{edition.foreign_label} {edition.title}" if "title" in edition.foreign else edition.title
    book = {
        "chapters": [
            _part(chapter, *file, title) for chapter, file in zip(edition.chapters, files.items(), strict=True)
        ],
        "toc": _contents(edition.contents, file_of),
        "page_list": pages,
        "accessibility": _accessibility(edition, roots, pages),
    }
    return make_artifact(edition, ".epub", _packed(dict(_files(edition, book))))


def _root(chapter: Chapter) -> etree._Element:
    try:
        return etree.fromstring(f'<div xmlns="{XHTML}" xmlns:epub="{OPS}">{chapter.html}</div>')
    except etree.XMLSyntaxError as error:
        title = chapter.heading.text if chapter.heading else "the start"
        raise RenderError(
            f"the section {quote(title)} is not XHTML: {error}", hint="Look for HTML in the source there."
        ) from error


def _relink(root: etree._Element, file_of: Mapping[str, str], images: Mapping[str, str]) -> None:
    """Make links between sections links between files, and addresses of images those that they have in the book."""
    for image in root.iter(f"{{{XHTML}}}img"):
        name = str(image.get("src", ""))
        image.set("src", images.get(name, IMAGES + name))
    for link in root.iter(f"{{{XHTML}}}a"):
        target = str(link.get("href", ""))
        if target.startswith("#") and target[1:] in file_of:
            link.set("href", file_of[target[1:]] + target)


def _file_name(picture: Picture) -> str:
    """Return the name of *picture* in the book, which ends in the suffix of its kind."""
    kind = media_type(picture)
    is_named = MEDIA_TYPES[PurePosixPath(picture.name).suffix.lower()] == kind
    return IMAGES + picture.name + ("" if is_named else next(name for name in MEDIA_TYPES if MEDIA_TYPES[name] == kind))


def _part(chapter: Chapter, name: str, root: etree._Element, title: str) -> Part:
    body = (root.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in root)
    types = tuple(type_ for type_, xpath in TYPES.items() if root.xpath(xpath))
    properties = ("mathml",) if root.xpath("//*[local-name() = 'math']") else ()
    heading = chapter.heading
    words = f"{heading.label} {heading.text}".strip() if heading else title
    return Part(name, words, heading, Markup(body), types, properties)  # noqa: S704 - pandoc wrote it


def _contents(headings: Sequence[Heading], file_of: Mapping[str, str]) -> tuple[Entry, ...]:
    """Return the contents as a tree of two levels: sections and what is in them."""
    entries: list[Entry] = []
    for heading in headings:
        entry = Entry(heading, f"{file_of[heading.id]}#{heading.id}")
        if heading.level == SECTION or not entries:
            entries.append(entry)
        else:
            entries[-1] = replace(entries[-1], children=(*entries[-1].children, entry))
    return tuple(entries)


def _files(edition: Edition, book: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the container by name; *book* has what the templates show beside the edition."""
    images = [
        Resource(
            f"image-{at}", _file_name(picture), media_type(picture), localize_picture(picture, edition, embeds=True)
        )
        for at, picture in enumerate(edition.pictures, 1)
    ]
    logo = LOGO + PurePosixPath(edition.theme.logo.name).suffix.lower() if edition.theme.logo else ""

    def filled(name: str, **more: object) -> bytes:
        values = {"edition": edition, "cover_image": COVER, "logo": logo, **book, **more}
        return templates.render(f"epub/{name}.j2", language_code(edition), **values).encode()

    yield "META-INF/container.xml", filled("container.xml")
    texts = {
        "nav.xhtml": filled("nav.xhtml"),
        "cover.xhtml": filled("cover.xhtml"),
        "title.xhtml": filled("titlepage.xhtml"),
        **{part.name: filled("chapter.xhtml", chapter=part) for part in book["chapters"]},
    }
    fonts, font_styles = embed(list(texts.values()), edition.theme)
    modified = edition.modified.strftime("%Y-%m-%dT%H:%M:%SZ")
    yield "EPUB/package.opf", filled("package.opf", modified=modified, fonts=fonts, images=images)
    yield from ((f"EPUB/{name}", text) for name, text in texts.items())
    yield "EPUB/style.css", (font_styles + templates.book_styles(edition.theme)).encode()
    yield from ((f"EPUB/{font.name}", font.content) for font in fonts)
    if edition.theme.logo:
        yield f"EPUB/{logo}", edition.theme.logo.content
    cover = filled("cover.html", styles=templates.cover_styles(edition.theme)).decode()
    yield f"EPUB/{COVER}", layout.render_png(cover, edition.theme)
    yield from ((f"EPUB/{image.name}", image.content) for image in images)


def _accessibility(edition: Edition, roots: Sequence[etree._Element], pages: Sequence[Page]) -> Accessibility:
    """Return the metadata of the book of *edition*, whose chapters are *roots* and whose printed pages are *pages*.

    No conformance is claimed: see `decisions/epub.md`.
    """
    images = [image for root in roots for image in root.iter(f"{{{XHTML}}}img")]
    described = all(image.get("alt") for image in images)
    return Accessibility(
        modes=("textual", "visual") if images else ("textual",),
        sufficient=(*(("textual",) if described else ()), *(("textual,visual",) if images else ())),
        features=tuple(_features(edition, roots, described=bool(images) and described, paged=bool(pages))),
        hazards=("none",),  # what moves is refused in raster images and left out of drawings
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


def _packed(files: Mapping[str, bytes]) -> bytes:
    """Return the container (OCF 3.3, section 4): the media type first and as it is, the rest deflated."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as container:
        container.writestr(_member("mimetype", zipfile.ZIP_STORED), b"application/epub+zip")
        for name, content in files.items():
            container.writestr(_member(name, zipfile.ZIP_DEFLATED), content, compresslevel=9)
    return target.getvalue()


def _member(name: str, method: int) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, EARLIEST)
    member.compress_type = method
    member.create_system = 3
    member.external_attr = 0o644 << 16
    return member
