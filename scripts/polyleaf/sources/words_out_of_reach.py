"""Words that no translator sees: in a code block, a formula, an attribute, or beside a citation.

Every letter of an edition is in a message, is kept as it is by the author's will, or is marked as not translated. What
would be printed in the source language, and say so nowhere, is refused here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from polyleaf import tree
from polyleaf.facts.lexicon import SIGNS
from polyleaf.model import Document, Node
from polyleaf.quotations import quote
from polyleaf.sources import localization_notes

Fault = tuple[str | int, str, str]
"""A line (from 1), or words of the manuscript by which it is found; a fact; the way out."""

FENCE = re.compile(r"[^\w`~]*(?:\d+[.)]\s+)?(`{3,}|~{3,})([^`~]*)")
"""A line that opens a code block, and its sign; what stands before it is a list or a quotation."""

INDENTED = re.compile(r"[ >]*(?:\t| {4})")
"""How a line starts that is code because of its indentation (CommonMark 4.4)."""

COMMAND = re.compile(r"\\[A-Za-z]+")
"""A command of TeX, which is no word."""

DECIMAL = re.compile(r"(?<!\d)\d++(?:(?:[.,]|\{[.,]\})\d++)++")
"""A number with a point or a comma: 1.500 is another number in Dutch than in English."""

LETTERS = re.compile(r"[^\W\d_]{2,}")
"""A word: a quantity has one letter."""

SHOWN = 40
"""How many characters of a text a message shows."""

UNFENCED = (
    "Take away the two lines with {sign}. Words within a sentence may be code: `OK`. "
    "Lines that end where you end them start with | and a space."
)
UNINDENTED = (
    "A line that starts with four spaces or a tab is code. Take the spaces away; in a list or a note, put the line "
    "under the first letter of its text."
)
AS_TEXT = r"Write the formula as text, without \\( and \\): dose = 2.5 × weight."
IN_FORMULA = r"Write one letter for each quantity, \\(d = 2 \times m\\), and the words beside it; or all of it as text."
BESIDE_CITATION = "Write the key alone, as [@{key}], and the other words before or after the brackets."
IN_FRONT_MATTER = "Take it away here. A name that is the same in all languages goes into do_not_translate."

ATTRIBUTES = {
    "title": 'Write it as a text. A link and an image have a title: [words](address "title").',
    "alt": "Only an image has one. Write it as a text.",
}
"""Attributes with words of which pandoc makes no text, and the way out."""


def find_faults(document: Document) -> Iterator[Fault]:
    """Yield where *document* has words that no translator sees."""
    yield from _code_blocks(document)
    for node in tree.walk([document.blocks, *document.front.texts.values()]):
        find = FINDERS.get(node["t"])
        if find:
            yield from find(node)
        for key, value in (tree.attr(node) or tree.NO_ATTR)[2]:
            if key in ATTRIBUTES and value.strip():
                yield value, f"the words of {key}= are in no message: {quote(value, SHOWN)}", ATTRIBUTES[key]
    for inlines in document.front.texts.values():
        for node in tree.walk(inlines):
            if localization_notes.is_kept(node):
                text = tree.plain(node["c"][1])
                yield text, f"translate=no may not be in the front matter: {quote(text, SHOWN)}", IN_FRONT_MATTER


def _code_blocks(document: Document) -> Iterator[Fault]:
    blocks = [node["c"][1] for node in tree.walk(document.blocks) if node["t"] == "CodeBlock"]
    lines = document.text.split("\n") if blocks else []
    fences, used = _find_fences(lines), set[int]()
    for text in blocks:
        content = _stripped(text.split("\n"))
        line = next((at for at, (_, inside) in fences.items() if at not in used and inside == content), None)
        shown = quote(next(iter(content), ""), SHOWN)
        if line is not None:
            used.add(line)
            fact = f"this is a code block, which no translator sees: {shown}"
            yield line, fact, UNFENCED.format(sign=fences[line][0])
        else:
            line = _find_indented(lines, content, used)
            used.add(line)
            yield line, f"its indentation makes this a code block, which no translator sees: {shown}", UNINDENTED


def _find_fences(lines: list[str]) -> dict[int, tuple[str, list[str]]]:
    """Return for the line (from 1) of each fence that is closed its sign and the stripped lines in it."""
    fences: dict[int, tuple[str, list[str]]] = {}
    start, sign = 0, ""
    for number, line in enumerate(lines, 1):
        match = FENCE.fullmatch(line)
        if match and not sign:
            start, sign = number, match[1]
        elif match and match[1].startswith(sign) and not match[2].strip():
            fences[start] = sign, _stripped(lines[start : number - 1])
            sign = ""
    return fences


def _find_indented(lines: list[str], content: list[str], used: set[int]) -> int:
    """Return the line (from 1) on which indented code starts whose stripped lines are *content*."""
    first = next(iter(content), "")
    numbers = [number for number, line in enumerate(lines, 1) if first and line.strip("> \t").endswith(first)]
    indented = [number for number in numbers if INDENTED.match(lines[number - 1]) and number not in used]
    return next(iter([*indented, *numbers]), 1)


def _stripped(lines: list[str]) -> list[str]:
    """Return *lines* without indentation and the signs of quotations, and none that is empty."""
    return [stripped for line in lines if (stripped := line.strip("> \t"))]


def _formula(node: Node) -> Iterator[Fault]:
    formula = node["c"][1]
    number = DECIMAL.search(formula)
    if number:
        yield number[0], f"the formula has the number {quote(number[0])}, which no translator sees", AS_TEXT
    words = [word for word in LETTERS.findall(COMMAND.sub(" ", formula)) if word.casefold() not in SIGNS]
    if words:
        yield words[0], f"the formula has words, which no translator sees: {quote(' '.join(words), SHOWN)}", IN_FORMULA


def _citation(node: Node) -> Iterator[Fault]:
    for citation in node["c"][0]:
        for inlines in (citation["citationPrefix"], citation["citationSuffix"]):
            text = tree.plain(inlines).strip(" ,;")
            if any(char.isalnum() for char in text):
                key = citation["citationId"]
                fact = f"no translator sees the words beside @{key}: {quote(text, SHOWN)}"
                yield text, fact, BESIDE_CITATION.format(key=key)


FINDERS = {"Math": _formula, "Cite": _citation}
