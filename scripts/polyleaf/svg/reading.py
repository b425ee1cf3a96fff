"""SVG files read: XML, what drawing programs keep in it for themselves, and what loads or runs something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from polyleaf.errors import SourceError
from polyleaf.quotations import quote
from polyleaf.svg.nodes import EXPORT, LINKS, NAMESPACE, fault, name, remove, target

ELEMENTS = frozenset(
    """svg g defs symbol use title desc style path rect circle ellipse line polyline polygon image text tspan
    marker clipPath mask pattern linearGradient radialGradient stop""".split()  # noqa: SIM905 - a list has a line for each
)
"""The elements of SVG 1.1 that draw: nothing that moves, links, scripts or holds other languages."""

SILENT = frozenset("metadata font font-face cursor view color-profile filter".split())  # noqa: SIM905 - as above
"""Elements that draw nothing themselves: notes, fonts (words stand in those of the leaflet), views, and filters,
whose use is refused."""

XHTML = "http://www.w3.org/1999/xhtml"

HINTS = {
    "flowRoot": "In Inkscape choose Text > Convert to Text, and save the drawing again.",
    "textPath": "Write the words in a straight line, turned if need be.",
    "foreignObject": "Export the drawing with its labels as SVG text (draw.io: select all, switch off Formatted Text"
    " and Word Wrap in the panel Text, then File > Export as > SVG; Mermaid: htmlLabels = false; D2: plain labels, not"
    " Markdown).",
}
"""The way out where plain SVG of the same program would have the element again."""

LINES = "In Illustrator export with File > Export > Export As > SVG, or save without Preserve Illustrator Editing."
ADDRESS = re.compile(r"https?://[^\s<>&%\"']+")
BASE = "{http://www.w3.org/XML/1998/namespace}base"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
LOADER = re.compile(r"\\|@import|@font-face|image(?:-set)?\s*\(|\bsrc\s*\(")
URL = re.compile(r"url\s*\(\s*['\"]?\s*([^)]*)")
FONT_FACE = re.compile(r"@font-face\s*\{[^{}]*\}", re.IGNORECASE)
FONT_SOURCE = re.compile(r"url\(\s*(['\"]?)data:[^)'\"\\]*\1\s*\)", re.IGNORECASE)
ALTERNATIVES = ("requiredExtensions", "systemLanguage")

MOST = 50_000
"""Elements in a figure: more take half a minute in every language (measured: 2500 paths a second, and to read 5000)."""


def read(content: bytes, path: str) -> etree._Element:
    """Return the root of the SVG *content* of the file *path*, without what draws nothing.

    Nothing outside the file is read: no entity is resolved and no address is fetched. Raises SourceError.
    """
    root = _parse(content, path)
    if root.tag != NAMESPACE + "svg":
        raise SourceError(f"{path}:1: not an SVG drawing", hint="Export the drawing as plain SVG.")
    _check_entities(root, path)
    _drop_silent(root)
    _choose_alternatives(root, path)
    for element, fact in _faults(root):
        hint = HINTS.get(name(element), EXPORT) if isinstance(element.tag, str) else EXPORT
        raise fault(path, element, fact, hint)
    return root


def find_links(content: bytes, path: str) -> list[str]:
    """Return where the links in the SVG *content* of the file *path* lead. Raises SourceError."""
    links = _parse(content, path).iter(NAMESPACE + "a")
    return [address for link in links for key in LINKS if (address := str(link.get(key, "")).strip())]


def _parse(content: bytes, path: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        fact = "this is not XML, which a drawing is, or it is cut off"
        raise SourceError(f"{path}:{error.lineno or 1}: {fact}", hint="Export the drawing again as SVG.") from error


def _check_entities(root: etree._Element, path: str) -> None:
    """Raise SourceError for an entity that is more than an address, as Illustrator has for its namespaces.

    libxml2 puts entities into attributes by itself, with a limit on how much they may grow.
    """
    dtd = root.getroottree().docinfo.internalDTD
    for entity in dtd.iterentities() if dtd is not None else ():
        if entity.system_url or not ADDRESS.fullmatch(entity.content or ""):
            raise SourceError(f"{path}:1: the entity {entity.name} may not be in a figure", hint=f"{EXPORT} {LINES}")


def _drop_silent(root: etree._Element) -> None:
    """Take out of *root* comments, links, notes of drawing programs, and the titles of parts, which nobody reads.

    Browsers show a figure as an image, of which only the words around it are read.
    """
    for comment in [*root.iter(etree.Comment)]:
        remove(comment)
    for element in [*root.iter(etree.Element)]:
        namespace = etree.QName(element).namespace
        is_ours = namespace == NAMESPACE[1:-1]
        is_label = name(element) in {"title", "desc"} and element.getparent() is not root
        if (not is_ours and namespace != XHTML) or (is_ours and (name(element) in SILENT or is_label)):
            remove(element)
        elif element.tag == NAMESPACE + "a":  # in an image nobody can follow a link, or read its tooltip
            for key in LINKS:
                element.attrib.pop(key, None)
            is_word = any(around.tag == NAMESPACE + "text" for around in element.iterancestors())
            element.tag = NAMESPACE + ("tspan" if is_word else "g")


def _faults(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    outside = [*root.itersiblings(preceding=True), *root.itersiblings()]
    for element in (*outside, *root.iter()):
        if isinstance(element.tag, str):
            yield from ((element, fact) for fact in _element_faults(element))
        elif not isinstance(element, etree._Comment):  # noqa: SLF001 - lxml names the class of comments no other way
            yield element, "a processing instruction or entity may not be in a figure"
    if sum(1 for _ in root.iter()) > MOST:
        yield root, f"this drawing has more than {MOST} elements"
    yield from _uses(root)


def _uses(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Copies of copies: ten in a row of ten each are more than any program can draw."""
    named = {element.get("id"): element for element in root.iter(etree.Element) if element.get("id")}
    for use in root.iter(NAMESPACE + "use"):
        shown = named.get(target(use))
        if shown is not None and next(shown.iter(NAMESPACE + "use"), None) is not None:
            yield use, "a <use> may not show another <use>"


def _element_faults(element: etree._Element) -> Iterator[str]:
    is_drawn = etree.QName(element).namespace == NAMESPACE[1:-1] and name(element) in ELEMENTS
    if not is_drawn:
        yield f"<{name(element)}> may not be in a figure"
    if name(element) == "style" and _loads(FONT_FACE.sub(_without_own_font, "".join(element.itertext()))):
        yield "a style sheet that loads something may not be in a figure"
    for key, value in element.attrib.items():
        yield from _attribute_faults(str(key), str(value).strip())


def _attribute_faults(key: str, value: str) -> Iterator[str]:
    attribute = etree.QName(key)
    if attribute.localname.lower().startswith("on"):
        yield f"the event attribute {attribute.localname} may not be in a figure"
    if key == BASE or (key in LINKS and not value.startswith(("#", "data:image/png;", "data:image/jpeg;"))):
        yield f"the link {quote(value)} may not be in a figure"
    if attribute.namespace is None and attribute.localname != "content" and _loads(value):
        yield f"{attribute.localname} may load something from outside the figure"


def _without_own_font(rule: re.Match[str]) -> str:
    """Return nothing for the *rule* of a font that stands in the file itself."""
    return "" if not _loads("{" + FONT_SOURCE.sub("", rule[0]).partition("{")[2]) else rule[0]


def _loads(css: str) -> bool:
    """Tell whether *css* could fetch something; an escape, which could hide that, counts as well."""
    text = f"{css} {COMMENT.sub('', css)}".lower()
    return bool(LOADER.search(text)) or any(not address.startswith("#") for address in URL.findall(text))


def _choose_alternatives(root: etree._Element, path: str) -> None:
    """Put in the place of each `switch` its first child that every program can draw (SVG 1.1, 5.8.2).

    Raises SourceError where the words of the child before it, in another markup, are others: words would be lost.
    """
    for switch in [*root.iter(NAMESPACE + "switch")]:
        foreign = [child for child in switch if name(child) == "foreignObject"]
        drawn = [child for child in switch if child not in foreign and not any(map(child.get, ALTERNATIVES))]
        for child in foreign:
            if _letters(child) not in {"", *map(_letters, drawn[:1])}:
                words = " ".join("".join(map(str, child.itertext())).split())
                fact = f"the words {quote(words)} are in a <foreignObject>, and others beside it"
                raise fault(path, child, fact, HINTS["foreignObject"])
        for child in [*switch]:
            if child not in drawn[:1]:
                switch.remove(child)
        switch.tag = NAMESPACE + "g"


def _letters(element: etree._Element) -> str:
    return "".join("".join(map(str, element.itertext())).split())
