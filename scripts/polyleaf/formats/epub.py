"""The e-book: one EPUB 3 per language, a file per section, packed so that the same text gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree
from markupsafe import Markup

from polyleaf import templates
from polyleaf.errors import RenderError
from polyleaf.formats import code, drawn, embedding, layout, media_type, path
from polyleaf.model import Artifact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from polyleaf.model import Chapter, Edition, Heading

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
COVER = "cover.png"
IMAGES = "images/"
"""A folder for what the author brings, so that no image of a leaflet can take the place of a file of the book."""

SECTION = 2
"""The level of headings that open a chapter."""

MOMENT = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the container: the earliest that a zip can hold."""

TYPES = {
    "glossary": "//*[contains(concat(' ', @class, ' '), ' glossary ')]",
    "bibliography": "//*[@id='refs']",
    "endnotes": "//*[@role='doc-endnotes']",
    "colophon": "//*[contains(concat(' ', @class, ' '), ' colophon ')]",
}
"""Kinds of chapter in EPUB's vocabulary (Structural Semantics 1.1), and what shows that a chapter is one."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the book: what the templates ask for; *title* is its heading in words, or that of the book."""

    name: str
    title: str
    heading: Heading | None
    body: Markup
    types: tuple[str, ...]
    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the book as its package lists it."""

    id: str
    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the book's contents, with those below it."""

    heading: Heading
    href: str
    children: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Accessibility:
    """What the book offers, in words of schema.org (EPUB Accessibility 1.1, section 2), found by looking at it."""

    modes: tuple[str, ...]
    sufficient: tuple[str, ...]
    features: tuple[str, ...]
    hazards: tuple[str, ...]
    summary: str = ""


def render(edition: Edition) -> Artifact:
    """Return *edition* as an EPUB 3.3 with cover, title page, navigation and accessibility metadata."""
    roots = [_root(chapter) for chapter in edition.chapters]
    names = [f"part-{at:02d}.xhtml" for at in range(1, len(roots) + 1)]
    homes = {str(id_): name for name, root in zip(names, roots, strict=True) for id_ in root.xpath("//@id")}
    for root in roots:
        _relink(root, homes)
    rows = zip(edition.chapters, names, roots, strict=True)
    title = f"{edition.foreign_label} {edition.title}" if "title" in edition.foreign else edition.title
    parts = [_part(chapter, name, root, title) for chapter, name, root in rows]
    files = dict(_files(edition, parts, _contents(edition.contents, homes), _accessibility(edition, roots)))
    return Artifact(path(edition, "epub"), _packed(files))


def _root(chapter: Chapter) -> etree._Element:
    try:
        return etree.fromstring(f'<div xmlns="{XHTML}" xmlns:epub="{OPS}">{chapter.html}</div>')
    except etree.XMLSyntaxError as error:
        title = chapter.heading.text if chapter.heading else "the start"
        raise RenderError(
            f"the section {title!r} is not XHTML: {error}", hint="Look for HTML in the source there."
        ) from error


def _relink(root: etree._Element, homes: Mapping[str, str]) -> None:
    """Make links between sections into links between files, and name images where they are in the book."""
    for image in root.iter(f"{{{XHTML}}}img"):
        image.set("src", IMAGES + str(image.get("src", "")))
    for link in root.iter(f"{{{XHTML}}}a"):
        target = str(link.get("href", ""))
        if target.startswith("#") and target[1:] in homes:
            link.set("href", homes[target[1:]] + target)


def _part(chapter: Chapter, name: str, root: etree._Element, title: str) -> Part:
    body = (root.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in root)
    types = tuple(type_ for type_, sign in TYPES.items() if root.xpath(sign))
    properties = ("mathml",) if root.xpath("//*[local-name() = 'math']") else ()
    heading = chapter.heading
    words = f"{heading.label} {heading.text}".strip() if heading else title
    return Part(name, words, heading, Markup(body), types, properties)  # noqa: S704 - pandoc wrote it


def _contents(headings: Sequence[Heading], homes: Mapping[str, str]) -> tuple[Entry, ...]:
    """Return the contents as a tree of two levels: sections and what is in them."""
    made: list[Entry] = []
    for heading in headings:
        entry = Entry(heading, f"{homes[heading.id]}#{heading.id}")
        if heading.level == SECTION or not made:
            made.append(entry)
        else:
            last = made[-1]
            made[-1] = Entry(last.heading, last.href, (*last.children, entry))
    return tuple(made)


def _accessibility(edition: Edition, roots: Sequence[etree._Element]) -> Accessibility:
    images = [image for root in roots for image in root.iter(f"{{{XHTML}}}img")]
    described = all(image.get("alt") for image in images)
    features = ["tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability"]
    if images and described:
        features.append("alternativeText")
    if any(root.xpath("//*[local-name() = 'details']") for root in roots):
        features.append("longDescription")
    moving = any(picture.name.lower().endswith((".gif", ".webp")) for picture in edition.pictures)
    return Accessibility(
        modes=("textual", "visual") if images else ("textual",),
        sufficient=(*(("textual",) if described else ()), *(("textual,visual",) if images else ())),
        features=tuple(features),
        hazards=("unknown",) if moving else ("none",),
    )


def _files(
    edition: Edition, parts: Sequence[Part], toc: tuple[Entry, ...], accessibility: Accessibility
) -> Iterator[tuple[str, bytes]]:
    language = code(edition)
    images = [
        Image(f"image-{at}", IMAGES + picture.name, media_type(picture.name))
        for at, picture in enumerate(edition.pictures, 1)
    ]

    def made(name: str, **more: object) -> bytes:
        return templates.render(f"epub/{name}.j2", language, edition=edition, **more).encode()

    yield "META-INF/container.xml", made("container.xml")
    modified = edition.modified.strftime("%Y-%m-%dT%H:%M:%SZ")
    package = {"modified": modified, "chapters": parts, "images": images, "accessibility": accessibility}
    pages = {
        "nav.xhtml": made("nav.xhtml", cover_image=COVER, chapters=parts, toc=toc, page_list=()),
        "cover.xhtml": made("cover.xhtml", cover_image=COVER),
        "title.xhtml": made("titlepage.xhtml"),
        **{part.name: made("chapter.xhtml", chapter=part) for part in parts},
    }
    fonts, font_styles = embedding.embedded(list(pages.values()))
    yield "EPUB/package.opf", made("package.opf", cover_image=COVER, fonts=fonts, **package)
    for name, page in pages.items():
        yield f"EPUB/{name}", page
    yield "EPUB/style.css", (font_styles + templates.text("epub.css")).encode()
    for font in fonts:
        yield f"EPUB/{font.name}", font.content
    yield f"EPUB/{COVER}", layout.picture(made("cover.html", styles=templates.styles("cover.css")).decode())
    for picture in edition.pictures:
        yield f"EPUB/{IMAGES}{picture.name}", drawn(picture, edition.language)


def _packed(files: Mapping[str, bytes]) -> bytes:
    """Return the container (OCF 3.3, section 4): the media type first and as it is, the rest deflated."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as container:
        container.writestr(_member("mimetype", zipfile.ZIP_STORED), b"application/epub+zip")
        for name, content in files.items():
            container.writestr(_member(name, zipfile.ZIP_DEFLATED), content, compresslevel=9)
    return target.getvalue()


def _member(name: str, method: int) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, MOMENT)
    member.compress_type = method
    member.create_system = 3
    member.external_attr = 0o644 << 16
    return member
