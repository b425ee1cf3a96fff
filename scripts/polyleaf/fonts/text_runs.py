"""The words of a finished page, each with its language and the heading above it; signs before items of lists too."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree, html

from polyleaf.model import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DRAWING = "data:image/svg+xml;base64,"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

UNSEEN = frozenset(("head", "title", "desc", "metadata", "style", "script", "template"))
"""Elements of pages and drawings whose text is not set on the page."""

LISTS = frozenset(("ul", "ol", "menu", "dir"))
BULLETS = "•◦▪"
"""What stands before the items of lists, lists in lists, and so on (WHATWG HTML, 15.3.8)."""

NUMBERS = "0123456789."
"""What stands before the items of lists with numbers, and in the foot of pages."""


@dataclass(frozen=True, slots=True)
class Text:
    """Words in one *language* (a BCP 47 tag) that stand under *heading*."""

    language: str
    words: str
    heading: str = ""


def of_page(page: str) -> list[Text]:
    """Return the texts of an HTML page, those in drawings included."""
    root = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    return [Text(str(root.get("lang", "")), NUMBERS), *_Walk().texts(root)]


def of_book(parts: Sequence[bytes]) -> list[Text]:
    """Return the texts of the XHTML *parts* of a book; a drawing in it is a file of its own."""
    roots = [etree.fromstring(part) for part in parts]
    texts = [text for root in roots for text in _Walk().texts(root)]
    return [*(Text(str(root.get("lang", "")), NUMBERS) for root in roots[:1]), *texts]


class _Walk:
    """Goes through a page in reading order and remembers the last heading."""

    def __init__(self) -> None:
        self._heading = ""

    def texts(self, element: etree._Element, language: str = "", depth: int = 0) -> Iterator[Text]:
        if not isinstance(element.tag, str):
            return
        name = etree.QName(element).localname
        if name in UNSEEN:
            return
        language = str(element.get("lang") or element.get(XML_LANG) or language)
        if name in HEADINGS:
            self._heading = " ".join("".join(str(part) for part in element.itertext()).split())
        if name == "ul":
            yield Text(language, BULLETS[min(depth, len(BULLETS) - 1)], self._heading)
        if name == "ol":
            yield Text(language, NUMBERS, self._heading)
        depth += name in LISTS
        if name == "img":
            yield from self._drawn(str(element.get("src", "")), language)
        yield from self._told(element.text, language)
        for child in element:
            yield from self.texts(child, language, depth)
            yield from self._told(child.tail, language)

    def _told(self, words: str | None, language: str) -> Iterator[Text]:
        if words and not words.isspace():
            yield Text(language, words, self._heading)

    def _drawn(self, source: str, language: str) -> Iterator[Text]:
        if source.startswith(DRAWING):
            yield from self.texts(etree.fromstring(base64.b64decode(source[len(DRAWING) :])), language)
