"""DOOR to SVG figures: the words in them, the same figure with other words, and what may not be in one."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from lxml import etree

from polyleaf.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NAMESPACE = "{http://www.w3.org/2000/svg}"
TEXTS = tuple(NAMESPACE + name for name in ("title", "desc", "text"))
FORBIDDEN = frozenset(("script", "foreignObject", "iframe", "audio", "video", "animate", "set", "handler", "listener"))
LINKS = ("href", "{http://www.w3.org/1999/xlink}href", "src")


def parse(content: bytes, where: str) -> etree._Element:
    """Return the root of the SVG *content*; raises SourceError when it is no SVG or could do something.

    Nothing outside the file is read: no entity is resolved and no address is fetched.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise SourceError(f"{where}: not a readable SVG: {error}", hint="Export the drawing again.") from error
    if root.tag != NAMESPACE + "svg":
        raise SourceError(f"{where}: not an SVG drawing", hint="Export the drawing as plain SVG.")
    for line, fact in _faults(root):
        raise SourceError(f"{where}:{line}: {fact}", hint="Export the drawing as plain SVG, without scripts and links.")
    return root


def texts(root: etree._Element) -> list[tuple[int, str]]:
    """Return the words of the figure: line in the file and text of each `text`, `title` and `desc`."""
    return [(element.sourceline or 1, _text(element)) for element in _carriers(root)]


def with_texts(root: etree._Element, words: Sequence[str]) -> bytes:
    """Return the figure with *words*, one for each of `texts`; what stays the same keeps its markup."""
    made = copy.deepcopy(root)
    for element, text in zip(_carriers(made), words, strict=True):
        if _text(element) != text:
            for child in list(element):
                element.remove(child)
            element.text = text
    return bytes(etree.tostring(made, encoding="utf-8", xml_declaration=True))


def _carriers(root: etree._Element) -> list[etree._Element]:
    return [element for element in root.iter(*TEXTS) if _text(element)]


def _text(element: etree._Element) -> str:
    return " ".join("".join(str(part) for part in element.itertext()).split())


def _faults(root: etree._Element) -> Iterator[tuple[int, str]]:
    if root.getroottree().docinfo.doctype:
        yield 1, "a document type may not be in a figure"
    for element in root.iter():
        line = element.sourceline or 1
        if not isinstance(element.tag, str):
            if not isinstance(element, etree._Comment):  # noqa: SLF001 - lxml names the class of comments no other way
                yield line, "a processing instruction or entity may not be in a figure"
            continue
        name = etree.QName(element).localname
        if name in FORBIDDEN:
            yield line, f"<{name}> may not be in a figure"
        if name == "style" and ("@import" in _text(element) or "url(" in _text(element)):
            yield line, "a style sheet that loads something may not be in a figure"
        yield from ((line, fact) for fact in _attribute_faults(element))


def _attribute_faults(element: etree._Element) -> Iterator[str]:
    for key, value in element.attrib.items():
        name, text = str(key), str(value).strip()
        if etree.QName(name).localname.startswith("on"):
            yield f"the event attribute {name} may not be in a figure"
        if name in LINKS and not text.startswith(("#", "data:image/png", "data:image/jpeg")):
            yield f"the link {text[:60]!r} may not be in a figure"
        if "url(" in text and "url(#" not in text.replace("'", "").replace('"', ""):
            yield f"{name} loads something from outside the figure"
