"""Text runs of a page: its words by language, each with the heading above it; markers of list items too."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree, html

from polyleaf.model import HEADINGS

SVG_URL = "data:image/svg+xml;base64,"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

UNSEEN = frozenset(("head", "title", "desc", "metadata", "style", "script", "template"))
"""Elements of pages and drawings whose text is not set on the page."""

LISTS = frozenset(("ul", "ol", "menu", "dir"))
BULLETS = "•◦▪"
"""The markers of items of lists, lists in lists, and so on (WHATWG HTML, 15.3.8)."""

NUMBERS = "0123456789."
"""The characters of numbered markers, and of the foot of pages."""


@dataclass(frozen=True, slots=True)
class TextRun:
    """Words in one *language* (a BCP 47 tag) that stand under *heading*."""

    language: str
    words: str
    heading: str = ""


def find_in_page(page: str) -> list[TextRun]:
    """Return the runs of the HTML *page*, those in drawings included."""
    root = html.document_fromstring(page.encode(), parser=html.HTMLParser(encoding="utf-8"))
    return [TextRun(str(root.get("lang", "")), NUMBERS), *_PageReader().runs(root)]


def find_in_book(parts: Sequence[bytes]) -> list[TextRun]:
    """Return the runs of the XHTML *parts* of a book, without its drawings, which are files of their own."""
    roots = [etree.fromstring(part) for part in parts]
    runs = [run for root in roots for run in _PageReader().runs(root)]
    return [*(TextRun(str(root.get("lang", "")), NUMBERS) for root in roots[:1]), *runs]


class _PageReader:
    """Reads a page in reading order and remembers the last heading."""

    def __init__(self) -> None:
        self._heading = ""

    def runs(self, element: etree._Element, language: str = "", depth: int = 0) -> Iterator[TextRun]:
        if not isinstance(element.tag, str):
            return
        name = etree.QName(element).localname
        if name in UNSEEN:
            return
        language = str(element.get("lang") or element.get(XML_LANG) or language)
        if name in HEADINGS:
            self._heading = " ".join("".join(str(part) for part in element.itertext()).split())
        if name == "ul":
            yield TextRun(language, BULLETS[min(depth, len(BULLETS) - 1)], self._heading)
        if name == "ol":
            yield TextRun(language, NUMBERS, self._heading)
        depth += name in LISTS
        if name == "img":
            yield from self._in_drawing(str(element.get("src", "")), language)
        yield from self._run(element.text, language)
        for child in element:
            yield from self.runs(child, language, depth)
            yield from self._run(child.tail, language)

    def _run(self, words: str | None, language: str) -> Iterator[TextRun]:
        if words and not words.isspace():
            yield TextRun(language, words, self._heading)

    def _in_drawing(self, source: str, language: str) -> Iterator[TextRun]:
        if source.startswith(SVG_URL):
            yield from self.runs(etree.fromstring(base64.b64decode(source[len(SVG_URL) :])), language)
