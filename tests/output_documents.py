"""Outputs read back with what only our own tests ask of them: their languages, style sheets, metadata and claims."""

from __future__ import annotations

import io
import posixpath
import zipfile
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import pikepdf
from lxml import etree

import css_rules
from polyleaf.inspection.epub import CONTAINER, OPF, EpubDocument, read_epub
from polyleaf.inspection.html import HtmlDocument, read_html
from polyleaf.inspection.pdf import PdfDocument, read_pdf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from css_rules import Stylesheet

DC = "{http://purl.org/dc/elements/1.1/}"
PARTS = ("pdfaid:part", "pdfaid:conformance", "{http://www.aiim.org/pdfua/ns/id/}part")


@dataclass(frozen=True)
class WebPage(HtmlDocument):
    """A web page, or a part of an e-book, with the language (BCP 47) that it ought to have."""

    language: str

    @cached_property
    def style_sheet(self) -> Stylesheet:
        """What its style sheets and style attributes declare."""
        styles = "\n".join(tag.words for tag in self.named("style"))
        return css_rules.read_style_sheet(styles, tuple(tag.get("style") for tag in self.tags if tag.get("style")))


@dataclass(frozen=True)
class Ebook(EpubDocument):
    """An e-book with the language (BCP 47) that it ought to have, and the bytes of its container."""

    language: str
    content: bytes

    @cached_property
    def pages(self) -> dict[str, WebPage]:
        """Its parts by name."""
        return {name: WebPage(**vars(part), language=self.language) for name, part in self.parts.items()}

    @cached_property
    def stored(self) -> frozenset[str]:
        """The names of the files that are not compressed."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as container:
            files = container.infolist()
        return frozenset(file.filename for file in files if file.compress_type == zipfile.ZIP_STORED)

    @cached_property
    def metadata(self) -> dict[str, tuple[str, ...]]:
        """Every property of its package with its values."""
        path = str(next(etree.fromstring(self.files[CONTAINER]).iter("{*}rootfile")).get("full-path"))
        values: dict[str, tuple[str, ...]] = {}
        for element in etree.fromstring(self.files[path]).iterfind(f"{OPF}metadata/*"):
            name = str(element.get("property") or element.tag).removeprefix(DC)
            values[name] = (*values.get(name, ()), (element.text or "").strip())
        return values

    def target(self, name: str, link: str) -> tuple[str, str]:
        """Return the file, and the id in it, to which *link* in the part *name* leads."""
        path, _, id_ = link.partition("#")
        return (posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name), id_


@dataclass(frozen=True)
class Claims:
    """What a PDF says of itself; *conformance* is the PDF/A part, its level, and the PDF/UA part.

    *undescribed* are the pages of figures without an alternative text, *missing_fonts* the fonts that are not in the
    file.
    """

    title: str
    shows_title: bool
    language: str
    marked: bool
    conformance: tuple[str, ...]
    bookmarks: tuple[str, ...]
    undescribed: tuple[int, ...]
    missing_fonts: tuple[str, ...]


@dataclass(frozen=True)
class Pdf(PdfDocument):
    """A PDF with the language (BCP 47) that it ought to have, and its bytes."""

    language: str
    content: bytes

    @cached_property
    def claims(self) -> Claims:
        """What it says of itself."""
        with pikepdf.open(io.BytesIO(self.content)) as document, document.open_outline() as outline:
            root: Any = document.Root
            metadata = document.open_metadata()
            return Claims(
                title=str(document.docinfo.get("/Title", "")),
                shows_title=bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)),
                language=str(root.get("/Lang", "")),
                marked=bool(root.get("/MarkInfo", {}).get("/Marked", False)),
                conformance=tuple(str(metadata.get(name, "")) for name in PARTS),
                bookmarks=tuple(title for item in outline.root for title in _titles(item)),
                undescribed=tuple(_undescribed_figures(document)),
                missing_fonts=tuple(_missing_fonts(document)),
            )


def read_page(content: bytes, location: str, language: str, direction: str) -> WebPage:
    """Return the HTML page *content* of the file *location*."""
    return WebPage(**vars(read_html(content, location, direction)), language=language)


def read_ebook(content: bytes, location: str, language: str, direction: str) -> Ebook:
    """Return the EPUB *content* of the file *location*."""
    return Ebook(**vars(read_epub(content, location, direction)), language=language, content=content)


def read_pdf_document(content: bytes, location: str, language: str, direction: str) -> Pdf:
    """Return the PDF *content* of the file *location*."""
    return Pdf(**vars(read_pdf(content, location, direction)), language=language, content=content)


def _titles(item: pikepdf.OutlineItem) -> Iterator[str]:
    yield str(item.title)
    for child in item.children:
        yield from _titles(child)


def _undescribed_figures(document: pikepdf.Pdf) -> Iterator[int]:
    pages = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
    for figure in _dictionaries(document, "/S", "/Figure"):
        if not str(figure.get("/Alt", "")) and not str(figure.get("/ActualText", "")):
            yield pages.get(figure.Pg.objgen, 0) if "/Pg" in figure else 0


def _missing_fonts(document: pikepdf.Pdf) -> Iterator[str]:
    for font in _dictionaries(document, "/Type", "/FontDescriptor"):
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys()):
            yield str(font.FontName).rpartition("+")[2].removeprefix("/")
    for font in _dictionaries(document, "/Type", "/Font"):
        if font.Subtype not in {"/Type0", "/Type3"} and "/FontDescriptor" not in font:
            yield str(font.BaseFont).removeprefix("/")


def _dictionaries(document: pikepdf.Pdf, key: str, value: str) -> Iterator[Any]:
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get(key) == value:
            yield item
