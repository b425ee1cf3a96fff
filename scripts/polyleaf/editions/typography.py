"""Quotation marks of the language; numbers kept with the word after them, and in their order in right-to-left text."""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from polyleaf import tree
from polyleaf.editions import inline_text
from polyleaf.facts import figures
from polyleaf.facts.phone_numbers import find_numbers_to_call
from polyleaf.languages import direction, quotes
from polyleaf.model import Node, Nodes

NO_BREAK = "\u00a0"
LONGEST = 14
"""A longer word may start a new line: on a narrow screen it would not fit beside its number."""

ENDING = re.compile(rf"(?:^|[\s(\[≤≥<>~±×x–-])(?:{figures.NUMBER}/)*{figures.NUMBER}$")
UNBROKEN = re.compile(rf"(?<![\w.,])(?:{figures.COMPARED})?{figures.NUMBER}")
"""A number, in which no line may end: `1 000`, `2 ½`, `≥ 38`."""

LEFT_TO_RIGHT, END = "\u2066", "\u2069"
SOURCE = "csl-right-inline"
"""What citeproc calls the text of a source behind its number."""

STRONG = frozenset(("L", "R", "AL"))
WORD = re.compile(r"°?[^\W\d_]|[%‰]")


def typeset(blocks: Nodes, language: str) -> Nodes:
    """Return *blocks* with the quotation marks of *language* (a gettext code) and unbroken number-unit pairs.

    In a language that is written from right to left, telephone numbers and amounts with Latin units stand between
    isolates (Unicode UAX #9): their groups of digits, or number and unit, would change places.
    """
    bound = kept(blocks)
    bound = inline_text.change_paragraphs(bound, _isolated) if direction(language) == "rtl" else bound
    return [_quoted(node, language, inner=False) for node in bound]


def directed(blocks: Nodes, language: str) -> Nodes:
    """Return *blocks* with the sources that are written from left to right running so in a *language* that does not.

    The first letter with a direction decides (Unicode UAX #9, rules P2 and P3): else title, year and address of a
    source in Latin letters would stand in the opposite order.
    """
    if direction(language) != "rtl":
        return blocks
    return list(tree.rebuild(blocks, _directed))


def _directed(node: Node) -> Node:
    attr = tree.attr(node)
    if not attr or SOURCE not in attr[1]:
        return node
    strong = (unicodedata.bidirectional(letter) for letter in tree.plain(node["c"][1]))
    if next((kind for kind in strong if kind in STRONG), "") != "L":
        return node
    return {**node, "c": [[attr[0], attr[1], [*attr[2], ["dir", "ltr"]]], *node["c"][1:]]}


def _quoted(value: Any, language: str, *, inner: bool) -> Any:  # noqa: ANN401 - as in tree.walk
    """Return *value* with quotation marks as words: the first pair for outermost ones, whatever the author typed."""
    if isinstance(value, list):
        return [part for item in value for part in _spread(item, language, inner=inner)]
    if isinstance(value, dict):
        language = _language(value, language)
        return {key: _quoted(part, language, inner=inner) for key, part in value.items()}
    return value


def _language(node: Any, language: str) -> str:  # noqa: ANN401 - as in tree.walk
    """Return the language of what stands in *node*: that of the document, unless it names its own."""
    attr = tree.attr(node) if "t" in node else None
    return next((value.replace("-", "_") for key, value in attr[2] if key == "lang"), language) if attr else language


def _spread(item: Any, language: str, *, inner: bool) -> list[Any]:  # noqa: ANN401 - as in tree.walk
    if isinstance(item, dict) and item.get("t") == "Quoted":
        left, right = quotes(language, inner=inner)
        return [tree.string(left), *_quoted(item["c"][1], language, inner=not inner), tree.string(right)]
    return [_quoted(item, language, inner=inner)]


def isolated(text: str) -> str:
    """Return *text*, which is read from right to left, with isolates around what keeps its order from left to right."""
    return tree.plain(_isolated(tree.words(text)))


def kept(blocks: Nodes) -> Nodes:
    """Return *blocks* with every number in one piece, and tied to a short word behind it."""
    return [_bound(block) for block in inline_text.change_paragraphs(blocks, _whole)]


def _whole(inlines: Nodes) -> Nodes:
    spans = [match.span() for match in UNBROKEN.finditer(inline_text.join(inlines)) if " " in match.group()]
    return inline_text.replace_spaces(inlines, spans, NO_BREAK) if spans else inlines


def _bound(value: Any) -> Any:  # noqa: ANN401 - as in tree.walk
    if isinstance(value, dict):
        return {key: _bound(part) for key, part in value.items()}
    if not isinstance(value, list):
        return value
    nodes = [_bound(part) for part in value]
    for at in range(1, len(nodes) - 1):
        if _is(nodes[at], "Space", "SoftBreak") and _is(nodes[at - 1], "Str") and _is(nodes[at + 1], "Str"):
            number, word = nodes[at - 1]["c"], nodes[at + 1]["c"]
            if ENDING.search(number) and len(word) <= LONGEST and WORD.match(word):
                nodes[at] = tree.string(NO_BREAK)
    return nodes


def _isolated(inlines: Nodes) -> Nodes:
    """Return *inlines* with isolates (Unicode UAX #9) around what keeps its order from left to right."""
    text = inline_text.join(inlines)
    phones = [(number.start, number.end) for number in find_numbers_to_call(text)]
    amounts = [
        (start, end)
        for start, end in figures.find_expressions(text)
        if not any(start < last and first < end for first, last in phones)
    ]
    return inline_text.surround(inlines, _apart(text, sorted([*phones, *amounts])), LEFT_TO_RIGHT, END)


def _apart(text: str, spans: Iterable[inline_text.Span]) -> Iterator[inline_text.Span]:
    """Yield the *spans* of *text* that do not go on with words from left to right, as `4 g` does in `max. 4 g`.

    A number behind such a word is a part of it (UAX #9, W7), and what stands between two of them too (N1).
    """
    end, kind = 0, ""
    for start, stop in spans:
        kinds = [unicodedata.bidirectional(char) if char != inline_text.APART else "" for char in text[end:start]]
        kind = next((name for name in reversed(kinds) if name in STRONG or not name), kind)
        end = stop
        is_arabic = "AN" in map(unicodedata.bidirectional, text[start:stop])
        if kind != "L" or is_arabic or text[stop - 1] not in string.ascii_letters:
            yield start, stop


def _is(node: Any, *kinds: str) -> bool:  # noqa: ANN401 - as in tree.walk
    return isinstance(node, dict) and node.get("t") in kinds
