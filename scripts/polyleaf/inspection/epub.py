"""An EPUB as its parts in reading order, and what its package says of them (EPUB 3.3)."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lxml import etree

from polyleaf.errors import RenderError
from polyleaf.inspection import html
from polyleaf.quotations import shorten

if TYPE_CHECKING:
    from polyleaf.inspection.html import HtmlDocument

OPF = "{http://www.idpf.org/2007/opf}"
CONTAINER = "META-INF/container.xml"
XHTML = "application/xhtml+xml"

BROKEN: tuple[type[Exception], ...] = (zipfile.BadZipFile, etree.XMLSyntaxError, zlib.error, struct.error)
BROKEN += (KeyError, StopIteration, RuntimeError, OSError, ValueError, EOFError)
"""What reading a container raises of which some bytes are not what they were: any of its fields may say anything."""


@dataclass(frozen=True, slots=True)
class Item:
    """A file that the package lists: its name in the container, its media type and properties."""

    id: str
    name: str
    media_type: str
    properties: tuple[str, ...]


@dataclass(frozen=True)
class EpubDocument:
    """An EPUB: its file, its *direction* (`ltr` or `rtl`), the files in it by name, and its package.

    *files* are in the order of the container; *spine* has the names of the parts in reading order.
    """

    location: str
    direction: str
    files: Mapping[str, bytes]
    items: tuple[Item, ...]
    spine: tuple[str, ...]

    @cached_property
    def parts(self) -> dict[str, HtmlDocument]:
        """The documents of the book by name, those of the spine first; raises RenderError for one not well-formed."""
        listed = [item.name for item in self.items if item.media_type == XHTML]
        names = [name for name in dict.fromkeys((*self.spine, *listed)) if name in self.files]
        return {name: html.read_xhtml(self.files[name], f"{self.location}, {name}", self.direction) for name in names}

    @property
    def navigation(self) -> str:
        """The name of the document with the contents."""
        return next((item.name for item in self.items if "nav" in item.properties), "")


LARGEST = 500_000_000
"""Bytes in all files of an e-book: no leaflet has as many."""


def read_epub(content: bytes, location: str, direction: str) -> EpubDocument:
    """Return the EPUB *content* taken apart; raises RenderError when the file *location* is none."""
    hint = "Run `polyleaf build` again."
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            if sum(member.file_size for member in container.infolist()) > LARGEST:
                raise RenderError(f"{location}: it unpacks to more than {LARGEST // 1_000_000} MB", hint=hint)
            files = {member.filename: container.read(member) for member in container.infolist()}
        path = str(next(etree.fromstring(files[CONTAINER]).iter("{*}rootfile")).get("full-path"))
        package = etree.fromstring(files[path])
    except BROKEN as error:
        raise RenderError(f"{location}: not an EPUB: {shorten(str(error), 200)}", hint=hint) from error
    items = tuple(_item(item, posixpath.dirname(path)) for item in package.iter(OPF + "item"))
    names = {item.id: item.name for item in items}
    spine = tuple(names.get(str(ref.get("idref")), "") for ref in package.iter(OPF + "itemref"))
    return EpubDocument(location, direction, files, items, spine)


def _item(item: etree._Element, folder: str) -> Item:
    name = posixpath.normpath(posixpath.join(folder, str(item.get("href"))))
    properties = tuple(str(item.get("properties", "")).split())
    return Item(str(item.get("id")), name, str(item.get("media-type")), properties)
