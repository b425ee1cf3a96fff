"""Quotation marks of the language; numbers kept with the word after them, and in their order in right-to-left text."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from polyleaf import tree
from polyleaf.languages import direction, quotes
from polyleaf.model import Node, Nodes

NO_BREAK = "\u00a0"
LONGEST = 14
"""A longer word may start a new line: on a narrow screen it would not fit beside its number."""

NUMBER = re.compile(r"(?:^|[\s(\[≤≥<>~±–-])[\d.,/]*[\d½⅓⅔¼¾⅛⅜⅝⅞]$")
PHONE = re.compile(r"(?:\+\d{1,3}|\(?0\d{1,4}\)?)(?:[\s/()–-]{0,3}\d{2,})+")
FEWEST = 7
"""A telephone number has so many digits; a shorter one is one group, which keeps its order."""

MEASURE = re.compile(
    r"(?:[≤≥<>±~≈][ \u00a0\u202f]?)?"
    r"\d(?:[\d.,/–-]*\d)?[ \u00a0\u202f]?(?:%|°[CF]?|[A-Za-zµμ]+[²³]?(?:/[A-Za-zµμ\d]+[²³]?)*)(?![^\W_])"
)
"""A number with a unit in Latin letters or a sign, and the sign before it: `39 °C`, `≤ 250 mg`, `5 mmol/l`."""

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
    bound = _isolated(bound) if direction(language) == "rtl" else bound
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


def kept(blocks: Nodes) -> Nodes:
    """Return *blocks* with every number tied to a short word behind it."""
    return [_bound(block) for block in blocks]


def _bound(value: Any) -> Any:  # noqa: ANN401 - as in tree.walk
    if isinstance(value, dict):
        return {key: _bound(part) for key, part in value.items()}
    if not isinstance(value, list):
        return value
    nodes = [_bound(part) for part in value]
    for at in range(1, len(nodes) - 1):
        if _is_space(nodes[at]) and _is_string(nodes[at - 1]) and _is_string(nodes[at + 1]):
            number, word = nodes[at - 1]["c"], nodes[at + 1]["c"]
            if NUMBER.search(number) and len(word) <= LONGEST and WORD.match(word):
                nodes[at] = tree.string(NO_BREAK)
    return nodes


def _isolated(value: Any) -> Any:  # noqa: ANN401 - as in tree.walk
    if isinstance(value, dict):
        return {key: _isolated(part) for key, part in value.items()}
    if not isinstance(value, list):
        return value
    nodes = [_isolated(part) for part in value]
    texts = [node["c"] if _is_string(node) else " " if _is_space(node) else "\0" for node in nodes]
    starts = [sum(map(len, texts[:at])) for at in range(len(texts))]
    for first, end in reversed(_runs("".join(texts))):
        for offset, sign in ((end - 1, END), (first, LEFT_TO_RIGHT)):
            at = max(number for number, start in enumerate(starts) if start <= offset)
            length = offset - starts[at] + (sign == END)
            nodes[at] = tree.string(nodes[at]["c"][:length] + sign + nodes[at]["c"][length:])
    return nodes


def _runs(text: str) -> list[tuple[int, int]]:
    """Return start and end of every run in *text* that keeps its order from left to right."""
    phones = [
        match.span() for match in PHONE.finditer(text) if sum(char.isdecimal() for char in match.group()) >= FEWEST
    ]
    amounts = [
        (first, end)
        for first, end in (match.span() for match in MEASURE.finditer(text))
        if not any(start < end and first < stop for start, stop in phones)
    ]
    return sorted([*phones, *amounts])


def _is_string(node: Any) -> bool:  # noqa: ANN401 - as in tree.walk
    return isinstance(node, dict) and node.get("t") == "Str"


def _is_space(node: Any) -> bool:  # noqa: ANN401 - as in tree.walk
    return isinstance(node, dict) and node.get("t") in {"Space", "SoftBreak"}
