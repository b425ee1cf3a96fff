"""The words of a figure, and the same figure with other words."""

from __future__ import annotations

import copy
import unicodedata
from collections.abc import Callable, Sequence

from lxml import etree

from polyleaf.svg import lines
from polyleaf.svg.nodes import NAMESPACE, inherited

TEXTS = tuple(NAMESPACE + name for name in ("title", "desc", "text"))
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

SOURCE = "data-source"
"""The attribute of a line with other words: those that stood there. No output has it."""

Look = tuple[int, bool]
"""The weight of words (400 or 700), and whether they are slanted."""


def find_texts(root: etree._Element) -> list[tuple[int, str]]:
    """Return the line in the file and the text of each `text`, `title` and `desc` of the figure."""
    return [(element.sourceline or 1, _text(element)) for element in _carriers(root)]


def replace_texts(root: etree._Element, words: Sequence[tuple[str, str]], language: str) -> bytes:
    """Return the figure with *words*, a text for each of `find_texts`; what stays the same keeps its markup.

    With each text comes the tag of its language where that is not *language*, the tag of the figure's: such a text
    says so, and is underlined and slanted.
    """
    figure = copy.deepcopy(root)
    _relabel(figure, language)
    for element, (text, other) in zip(_carriers(figure), words, strict=True):
        if _text(element) != text:
            _refill(element, text)
            _turn(element, text)
            _relabel(element, language)
        if other:
            element.set(LANG, other)
        if other and element.tag == NAMESPACE + "text":
            # A line under it for every reader that draws one, slanted for paper: WeasyPrint draws no lines in a figure.
            element.set("text-decoration", "underline")
            element.set("font-style", "italic")
    return bytes(etree.tostring(figure, encoding="utf-8", xml_declaration=True))


def change_right_to_left(root: etree._Element, change: Callable[[str], str]) -> bytes:
    """Return the figure *root* with what *change* makes of each line that has letters from right to left."""
    for text in root.iter(NAMESPACE + "text"):
        for element in text.iter(etree.Element):
            if element.text and any(map(lines.is_right_to_left, element.text)):
                element.text = change(str(element.text))
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def find_looks(root: etree._Element, language: str) -> list[tuple[Look, str, str]]:
    """Return the words that the figure *root* in *language* shows: the look of each piece, its language and itself."""
    texts = [element for text in root.iter(NAMESPACE + "text") for element in text.iter(etree.Element)]
    return [(_look(element), _language(element, language), str(element.text)) for element in texts if element.text]


def replace_families(
    root: etree._Element, language: str, families: Callable[[str], Sequence[str]], styles: str = ""
) -> bytes:
    """Return the figure *root* with its words in the *families* of its *language* (a tag), as CSS lists them.

    A passage in another language has those of its own. *styles* is a style sheet with the fonts themselves.
    """
    for element in root.iter(etree.Element):
        element.attrib.pop(SOURCE, None)
        if element is root or element.get(LANG) or element.get("lang"):
            element.set("font-family", ",".join(families(_language(element, language))))
    if styles:
        element = etree.Element(NAMESPACE + "style")
        element.text = styles
        root.insert(0, element)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def show_source(root: etree._Element) -> bool:
    """Put back what stood in *root* before `replace_texts`, and make all words transparent; tell if it was other."""
    lines_of_source = [line for line in root.iter(etree.Element) if line.get(SOURCE, "").strip()]
    for line in lines_of_source:
        line.text = line.get(SOURCE)
    for text in root.iter(NAMESPACE + "text"):
        for element in text.iter(etree.Element):
            element.attrib.update({"fill": "none", "stroke": "none"})
    return bool(lines_of_source)


def _look(element: etree._Element) -> Look:
    is_slanted = inherited(element, "font-style").startswith(("italic", "oblique"))
    return 700 if inherited(element, "font-weight") == "700" else 400, is_slanted


def _language(element: etree._Element, language: str) -> str:
    """Return the language that *element* says, or one around it below the root; else *language*, the figure's."""
    around = [element, *element.iterancestors()][:-1]
    return next((str(tag) for part in around if (tag := part.get(LANG) or part.get("lang"))), language)


def _relabel(element: etree._Element, language: str) -> None:
    """Let *element*, if it names a language, name *language*."""
    for key in (LANG, "lang"):
        if element.get(key):
            element.set(key, language)


def _carriers(root: etree._Element) -> list[etree._Element]:
    return [element for element in root.iter(*TEXTS) if _text(element)]


def _text(element: etree._Element) -> str:
    return " ".join(" ".join(map(_words, _lines(element))).split())


def _lines(element: etree._Element) -> list[etree._Element]:
    return lines.find_lines(element) if element.tag == NAMESPACE + "text" else [element]


def _words(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def _refill(element: etree._Element, text: str) -> None:
    """Put *text* into the lines of *element*, as much into each as it had; a line has the look of its longest run."""
    slots = _lines(element)
    parts = _divided(text, [len(_words(slot)) for slot in slots])
    for slot, part in zip(slots, parts, strict=True):
        if element.tag == NAMESPACE + "text":
            slot.set(SOURCE, _words(slot))
        runs = [run for run in slot if run.text and not slot.text]
        longest = max(runs, key=lambda run: len(str(run.text)), default=None)
        for key, value in () if longest is None else longest.attrib.items():
            if key not in lines.POSITIONS:
                slot.set(key, value)
        for child in [*slot]:
            slot.remove(child)
        slot.text = part
        if not part and slot is not element:
            element.remove(slot)


def _turn(element: etree._Element, text: str) -> None:
    """Let *element* be read in the direction of *text*, that of its first letter (UAX 9, P2), on the same side of x.

    In the other direction the parts of a text change places: in `≥ 12 سنة → 500 mg` the numbers would.
    """
    classes = (unicodedata.bidirectional(character) for character in text)
    first = next((letter for letter in classes if letter == "L" or letter in lines.RIGHT_TO_LEFT), "L")
    direction = "rtl" if first in lines.RIGHT_TO_LEFT else "ltr"
    if element.tag != NAMESPACE + "text" or direction == inherited(element, "direction", "ltr"):
        return
    anchors = {line: inherited(line, "text-anchor", "start") for line in (element, *_lines(element))}
    for line, anchor in anchors.items():
        line.set("text-anchor", {"start": "end", "end": "start"}.get(anchor, anchor))
        line.set("direction", direction)


def _divided(text: str, lengths: Sequence[int]) -> list[str]:
    """Return the words of *text* in as many parts as there are *lengths*, each as long in proportion."""
    words = text.split()
    parts: list[list[str]] = [[] for _ in lengths]
    scale = sum(map(len, words)) / max(sum(lengths), 1)
    end = 0.0
    for part, length in zip(parts, lengths, strict=True):
        end += length * scale
        while words and (part is parts[-1] or len(text) - len(" ".join(words)) + len(words[0]) / 2 <= end):
            part.append(words.pop(0))
    return [" ".join(part) for part in parts]
