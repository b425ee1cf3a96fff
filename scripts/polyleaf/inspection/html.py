"""HTML pages and XHTML parts of an EPUB, read with lxml: their elements, and their text in passages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from lxml import etree, html

from polyleaf.errors import RenderError
from polyleaf.quotations import shorten

INLINE = frozenset(("a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img"))
INLINE |= frozenset(("ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u"))
INLINE |= frozenset(("var", "wbr", "math", "mi", "mn", "mo", "mrow", "msup", "msub", "mtext", "mfrac", "semantics"))
"""Elements that are part of the text around them; of MathML those that pandoc writes most."""

SILENT = frozenset(("head", "style", "script", "template", "noscript", "annotation"))
"""Elements whose text nobody reads on the page."""

BOXES = ("keypoints", "warning", "call-now", "call-today", "call-appointment", "mark")
"""The classes of what has a border around it."""

TYPE = "{http://www.idpf.org/2007/ops}type"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Tag:
    """An element: its name, its attributes, its words, its line in the file, and the numbers of those around it."""

    name: str
    attributes: Mapping[str, str]
    words: str
    line: int
    parents: tuple[int, ...]

    def get(self, name: str) -> str:
        """Return the attribute *name*, nothing when there is none."""
        return self.attributes.get(name, "")

    @property
    def classes(self) -> list[str]:
        """Its classes."""
        return self.get("class").split()


@dataclass(frozen=True, slots=True)
class Passage:
    """A text that stands by itself, such as a paragraph or a cell; *parents* are the numbers of the tags around it.

    The tags in it have lower numbers than *end*, and no lower ones than the *end* of the passage before it.

    *label* has the letters or numbers of the items of lists that begin with it; a browser puts signs around them.
    """

    text: str
    parents: tuple[int, ...]
    end: int
    label: str = ""

    @property
    def labelled_text(self) -> str:
        """Its text with its label before it, as a reader sees it."""
        return f"{self.label} {self.text}".strip()


@dataclass(frozen=True)
class HtmlDocument:
    """A document of HTML: its file, its *direction* (`ltr` or `rtl`), and its tags and passages in order."""

    location: str
    direction: str
    tags: tuple[Tag, ...]
    passages: tuple[Passage, ...]

    def named(self, *names: str) -> list[Tag]:
        """Return its tags with one of *names*."""
        return [tag for tag in self.tags if tag.name in names]

    def within(self, item: Passage | Tag, *names: str, classes: tuple[str, ...] = ()) -> bool:
        """Tell whether *item* stands in an element with one of *names*, or of *classes*."""
        around = [self.tags[at] for at in item.parents]
        named = any(tag.name in names for tag in around)
        return named or (bool(classes) and any(set(classes) & set(tag.classes) for tag in around))

    @cached_property
    def ids(self) -> list[str]:
        """What it can be linked to."""
        return [tag.get("id") for tag in self.tags if tag.get("id")]


def read_html(content: bytes, location: str, direction: str) -> HtmlDocument:
    """Return the HTML page *content* of the file *location* taken apart."""
    try:
        text = content.decode("utf-8", "replace").encode()  # as bytes, since a text may not say its encoding
        root = html.document_fromstring(text, parser=html.HTMLParser(encoding="utf-8"))
    except etree.ParserError as error:
        raise RenderError(
            f"{location}: not HTML: {shorten(str(error), 200)}", hint="Run `polyleaf build` again."
        ) from error
    return _read_document(root, location, direction)


def read_xhtml(content: bytes, location: str, direction: str) -> HtmlDocument:
    """Return the XHTML document *content*, a part of a book; raises RenderError when it is not well-formed."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise RenderError(
            f"{location}: not XHTML: {shorten(str(error), 200)}", hint="Run `polyleaf build` again."
        ) from error
    return _read_document(root, location, direction)


def _read_document(root: etree._Element, location: str, direction: str) -> HtmlDocument:
    reader = _TreeReader()
    reader.visit(root, ())
    reader.flush(())
    return HtmlDocument(location, direction, tuple(reader.tags), tuple(reader.passages))


class _TreeReader:
    """The tags and the passages of a document, gathered element by element."""

    def __init__(self) -> None:
        self.tags: list[Tag] = []
        self.passages: list[Passage] = []
        self._text = ""
        self._labels: list[str] = []

    def visit(self, element: etree._Element, parents: tuple[int, ...]) -> None:
        if not isinstance(element.tag, str):
            return
        name, at = etree.QName(element).localname, len(self.tags)
        self.tags.append(Tag(name, dict(_attributes(element)), _words(element), element.sourceline or 0, parents))
        is_block, inner = name not in INLINE, (*parents, at)
        if name in SILENT:
            self._add_silent_tags(element, inner)
            return
        if is_block:
            self.flush(parents)
        if name == "li":
            self._labels += find_label(element)
        self._text += " " if name == "br" else element.text or ""
        for child in element:
            self.visit(child, inner)
            if is_block and self._is_block(child):
                self.flush(inner)
            self._text += child.tail or ""
        if is_block:
            self.flush(inner)

    def _add_silent_tags(self, element: etree._Element, parents: tuple[int, ...]) -> None:
        """Gather the tags in *element*, and none of its text."""
        for child in element.iter(etree.Element):
            if child is not element:
                name = etree.QName(child).localname
                self.tags.append(Tag(name, dict(_attributes(child)), _words(child), child.sourceline or 0, parents))

    @staticmethod
    def _is_block(child: etree._Element) -> bool:
        return isinstance(child.tag, str) and etree.QName(child).localname not in INLINE

    def flush(self, parents: tuple[int, ...]) -> None:
        words = " ".join(self._text.split())
        if words:
            self.passages.append(Passage(words, parents, len(self.tags), " ".join(self._labels)))
            self._labels.clear()
        self._text = ""


def _attributes(element: etree._Element) -> Iterator[tuple[str, str]]:
    for key, value in element.attrib.items():
        yield {TYPE: "epub:type", LANG: "xml:lang"}.get(str(key), str(key)), str(value)


def _words(element: etree._Element) -> str:
    return " ".join("".join(str(read_xhtml) for read_xhtml in element.itertext(with_tail=False)).split())


ROMAN = {1000: "m", 900: "cm", 500: "d", 400: "cd", 100: "c", 90: "xc", 50: "l", 40: "xl", 10: "x", 9: "ix"}
ROMAN |= {5: "v", 4: "iv", 1: "i"}


def _roman(number: int) -> str:
    text = ""
    for value, figures in ROMAN.items():
        text += number // value * figures
        number %= value
    return text


def _alphabetic(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


NUMBERINGS: Mapping[str, Callable[[int], str]] = {"a": _alphabetic, "i": _roman}
"""How the number of an item is written, by the `type` of its list in small letters (HTML, 4.4.5)."""


def find_label(item: etree._Element) -> list[str]:
    """Return the letter or number of the *item* of a list, without the signs around it; nothing for a bullet."""
    parent = item.getparent()
    if parent is None or etree.QName(parent).localname != "ol":
        return []
    start, kind = str(parent.get("start", "1")), str(parent.get("type", "1"))
    before = len(list(item.itersiblings("{*}li", preceding=True)))
    number = before + (int(start) if re.fullmatch("-?[0-9]{1,10}", start) else 1)
    write = NUMBERINGS.get(kind.lower(), str) if number > 0 else str
    return [write(number).upper() if kind.isupper() else write(number)]
