"""SVG figures: their words, the same figure with other words, and what may not be in one. Calls lxml."""

from __future__ import annotations

import base64
import binascii
import contextlib
import copy
import re
from collections.abc import Callable, Iterator, Sequence

from lxml import etree

from polyleaf.errors import SourceError
from polyleaf.quotations import quote

NAMESPACE = "{http://www.w3.org/2000/svg}"
TEXTS = tuple(NAMESPACE + name for name in ("title", "desc", "text"))

ELEMENTS = frozenset(
    """svg g defs symbol use title desc metadata style path rect circle ellipse line text tspan textPath polyline
    polygon image marker clipPath mask pattern linearGradient radialGradient stop filter feBlend feColorMatrix
    feComponentTransfer feFuncA feFuncB feFuncG feFuncR feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap
    feDistantLight feDropShadow feFlood feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight
    feSpecularLighting feSpotLight feTile feTurbulence""".split()  # noqa: SIM905 - a list has a line for each
)
"""The elements of SVG 1.1 that draw: nothing that moves, links, scripts or holds other languages."""

NOTES = (
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://creativecommons.org/ns#",
    "http://purl.org/dc/elements/1.1/",
    "http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd",
    "http://www.inkscape.org/namespaces/inkscape",
)
"""The namespaces in which drawing programs keep their own notes; nothing else reads them."""

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
BASE = "{http://www.w3.org/XML/1998/namespace}base"
RASTER = "data:image/"
LINKS = ("href", "{http://www.w3.org/1999/xlink}href", "src")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LOADER = re.compile(r"\\|@import|@font-face|image(?:-set)?\s*\(|\bsrc\s*\(")
FAMILY = re.compile(r"font-family\s*:[^;}]*;?")
WEIGHT = re.compile(r"(^|font-weight\s*:\s*)([1-9]\d{2,3})\b")
HALF_BOLD = 600
ADDRESS = re.compile(r"url\s*\(\s*['\"]?\s*([^)]*)")


def versions() -> dict[str, str]:
    """Return the version of the library under lxml, which reads and writes XML and HTML."""
    return {"libxml2": ".".join(map(str, etree.LIBXML_VERSION))}


def parse(content: bytes, path: str) -> etree._Element:
    """Return the root of the SVG *content* of the file *path*; raises SourceError when it is more than a drawing.

    Nothing outside the file is read: no entity is resolved and no address is fetched.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        fact = " ".join((error.msg or "it is empty").split())
        raise SourceError(
            f"{path}:{error.lineno or 1}: not an SVG: {fact}", hint="Export the drawing again."
        ) from error
    if root.tag != NAMESPACE + "svg":
        raise SourceError(f"{path}:1: not an SVG drawing", hint="Export the drawing as plain SVG.")
    for line, fact in _faults(root):
        raise SourceError(f"{path}:{line}: {fact}", hint="Export the drawing as plain SVG, without scripts and links.")
    return root


def find_texts(root: etree._Element) -> list[tuple[int, str]]:
    """Return the line in the file and the text of each `text`, `title` and `desc` of the figure."""
    return [(element.sourceline or 1, _text(element)) for element in _carriers(root)]


def find_words(content: bytes) -> str:
    """Return all words of the figure *content*, a text a line."""
    return "\n".join(text for _, text in find_texts(etree.fromstring(content)))


def replace_texts(root: etree._Element, words: Sequence[tuple[str, str]], language: str) -> bytes:
    """Return the figure with *words*, a text for each of `find_texts`; what stays the same keeps its markup.

    With each text comes the tag of its language where that is not *language*, the tag of the figure's: such a text
    says so, and is underlined and slanted.
    """
    figure = copy.deepcopy(root)
    _relabel(figure, language)
    for element, (text, other) in zip(_carriers(figure), words, strict=True):
        if _text(element) != text:
            for child in list(element):
                element.remove(child)
            element.text = text
            _relabel(element, language)
        if other:
            element.set(LANG, other)
        if other and element.tag == NAMESPACE + "text":
            # A line under it for every reader that draws one, slanted for paper: WeasyPrint draws no lines in a figure.
            element.set("text-decoration", "underline")
            element.set("font-style", "italic")
    return bytes(etree.tostring(figure, encoding="utf-8", xml_declaration=True))


def replace_families(content: bytes, language: str, families: Callable[[str], Sequence[str]]) -> bytes:
    """Return the figure *content* with its words in the *families* of its *language* (a tag), whatever its author says.

    A passage in another language has those of its own. Weights become 400 or 700, which is what every machine has.
    """
    root = etree.fromstring(content)
    for element in root.iter(etree.Element):
        for key in ("style", "font-weight"):
            if element.get(key):
                element.set(key, _with_two_weights(FAMILY.sub("", str(element.get(key)))))
        element.attrib.pop("font-family", None)
        if element.tag == NAMESPACE + "style":
            element.text = _with_two_weights(FAMILY.sub("", element.text or ""))
        own = language if element is root else element.get(LANG) or element.get("lang")
        if own:
            element.set("font-family", ", ".join((*families(str(own)), "sans-serif")))
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def replace_images(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Return the figure *content* with what *change* makes of the suffix and the bytes of each raster image in it."""
    if b"data:" not in content:
        return content
    root = etree.fromstring(content)
    for element in root.iter(etree.Element):
        for key in (key for key in LINKS if str(element.get(key)).strip().startswith(RASTER)):
            head, _, data = str(element.get(key)).strip().partition(",")
            kind = head.removeprefix(RASTER).partition(";")[0]
            image = b""  # what is no base64 is no image either, of which *change* tells
            with contextlib.suppress(binascii.Error):
                image = base64.b64decode(data)
            changed = change(f".{kind}", image)
            element.set(key, f"{RASTER}{kind};base64,{base64.b64encode(changed).decode()}")
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _with_two_weights(css: str) -> str:
    return WEIGHT.sub(lambda match: match[1] + ("700" if int(match[2]) >= HALF_BOLD else "400"), css)


def _relabel(element: etree._Element, language: str) -> None:
    """Let *element*, if it names a language, name *language*."""
    for key in (LANG, "lang"):
        if element.get(key):
            element.set(key, language)


def _carriers(root: etree._Element) -> list[etree._Element]:
    return [element for element in root.iter(*TEXTS) if _text(element)]


def _text(element: etree._Element) -> str:
    return " ".join("".join(str(part) for part in element.itertext()).split())


def _faults(root: etree._Element) -> Iterator[tuple[int, str]]:
    if root.getroottree().docinfo.doctype:
        yield 1, "a document type may not be in a figure"
    outside = [*root.itersiblings(preceding=True), *root.itersiblings()]
    for element in (*outside, *root.iter()):
        line = element.sourceline or 1
        if isinstance(element.tag, str):
            yield from ((line, fact) for fact in _element_faults(element))
        elif not isinstance(element, etree._Comment):  # noqa: SLF001 - lxml names the class of comments no other way
            yield line, "a processing instruction or entity may not be in a figure"
    yield from _uses(root)


def _uses(root: etree._Element) -> Iterator[tuple[int, str]]:
    """Copies of copies: ten in a row of ten each are more than any program can draw."""
    named = {element.get("id"): element for element in root.iter(etree.Element) if element.get("id")}
    for use in root.iter(NAMESPACE + "use"):
        target = named.get(next((str(use.get(key))[1:] for key in LINKS if use.get(key)), ""))
        if target is not None and next(target.iter(NAMESPACE + "use"), None) is not None:
            yield use.sourceline or 1, "a <use> may not show another <use>"


def _element_faults(element: etree._Element) -> Iterator[str]:
    name = etree.QName(element)
    is_drawn = name.namespace == NAMESPACE[1:-1] and name.localname in ELEMENTS
    if not is_drawn and name.namespace not in NOTES:
        yield f"<{name.localname}> may not be in a figure"
    if name.localname == "style" and _loads(_text(element)):
        yield "a style sheet that loads something may not be in a figure"
    for key, value in element.attrib.items():
        yield from _attribute_faults(str(key), str(value).strip())


def _attribute_faults(key: str, value: str) -> Iterator[str]:
    name = etree.QName(key)
    if name.localname.lower().startswith("on"):
        yield f"the event attribute {name.localname} may not be in a figure"
    if key == BASE or (key in LINKS and not value.startswith(("#", "data:image/png;", "data:image/jpeg;"))):
        yield f"the link {quote(value)} may not be in a figure"
    if name.namespace is None and _loads(value):
        yield f"{name.localname} may load something from outside the figure"


def _loads(css: str) -> bool:
    """Tell whether *css* could fetch something; an escape, which could hide that, counts as well."""
    text = f"{css} {COMMENT.sub('', css)}".lower()
    return bool(LOADER.search(text)) or any(not target.startswith("#") for target in ADDRESS.findall(text))
