"""Mutations of inputs that have a structure: of Markdown by its lines, of XML by its elements."""

from __future__ import annotations

import contextlib
import copy
import random
import re
from collections.abc import Callable

from lxml import etree

Mutate = Callable[[bytes, int], bytes]
"""Changes some bytes, and gives at most so many back."""

MARKDOWN = (
    *("*", "**", "_", "`", "``", "~~", "^", "[", "](", "][a]", "![", "{fn1}", "{math1}", "{{", "]{.x}", "[@a]", "^["),
    *("<b>", "</b>", "<!--", "-->", "&amp;", "&#9;", "\\", "\\\\(", "\\\\)", "$", "--", "...", "(@)"),
    *("1. ", "a) ", "- ", "# ", "> ", "| ", ": ", "~ ", "[a]: b", "*[a]: b", "\u00a0", "\u200b", "\u202e"),
    *("http://a", "<a@b.nl>", "{=html}", "“", "’", "“", "1,5", "½", "e.g. ", "\\\n", "  \n", "\t", "%", "=", "+---+"),
)

VALUES = (
    *("0", "-1", "1e9", "1e-9", "nan", "inf", "50%", "1em", "none", "url(#c)", "url(#p)", "#r", "auto", "inherit"),
    *("rgb(0,0,0)", "M0 0", "M0 0L", "0 0 0 0", "0,0", "scale(0)", "matrix(1 0 0 1 0 0)", "rotate(90)"),
    *("", " ", "currentColor", "é", "😀", "א"),
)


def mutate_lines(content: bytes, most: int, seed: int, mutate: Mutate) -> bytes:
    """Return *content* with some of its lines changed, by a token of Markdown or by its bytes."""
    chance = random.Random(seed)  # noqa: S311 - no secret, only variety
    lines = content.split(b"\n")
    for at in chance.choices(range(len(lines)), k=len(lines)):
        position = chance.randint(0, len(lines[at]))
        token = chance.choice(MARKDOWN).encode()
        changed = lines[at][:position] + token + lines[at][position:]
        lines[at] = changed if chance.random() < 0.7 else mutate(lines[at], 200)
    return b"\n".join(lines)[:most]


def mutate_xml(content: bytes, most: int, seed: int, mutate: Mutate) -> bytes:
    """Return XML *content* with a few of its elements changed, so that it is still XML; else with its bytes changed."""
    chance = random.Random(seed)  # noqa: S311 - no secret, only variety
    parts = content.split(b"\0")
    at = chance.randrange(len(parts))
    try:
        root = etree.fromstring(parts[at], etree.XMLParser(recover=chance.random() < 0.5, resolve_entities=False))
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or chance.random() < 0.1:
        return mutate(content, most)
    for _ in range(chance.randint(1, 4)):
        elements = [element for element in root.iter(etree.Element) if element is not root]
        if elements:
            chance.choice(CHANGES)(chance.choice([root, *elements]), elements, chance, mutate)
    parts[at] = etree.tostring(root)
    return b"\0".join(parts)[:most] if len(content) <= most else content


def _remove(element: etree._Element, *_: object) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _copy(element: etree._Element, elements: list[etree._Element], chance: random.Random, _mutate: Mutate) -> None:
    element.insert(chance.randint(0, len(element)), copy.deepcopy(chance.choice(elements)))


def _rename(element: etree._Element, elements: list[etree._Element], chance: random.Random, _mutate: Mutate) -> None:
    with contextlib.suppress(ValueError):  # an undeclared prefix, read by a parser that recovers
        element.tag = chance.choice(elements).tag


def _set(element: etree._Element, elements: list[etree._Element], chance: random.Random, mutate: Mutate) -> None:
    attributes = [pair for each in elements for pair in each.items()]
    if not attributes:
        return
    key, value = chance.choice(attributes)[0], chance.choice([chance.choice(attributes)[1], *chance.sample(VALUES, 2)])
    element.set(key, _as_xml(mutate(value.encode(), 60)) if chance.random() < 0.3 else value)


def _unset(element: etree._Element, _elements: object, chance: random.Random, _mutate: Mutate) -> None:
    if element.keys():
        del element.attrib[chance.choice(element.keys())]


def _write(element: etree._Element, _elements: object, chance: random.Random, mutate: Mutate) -> None:
    element.text = _as_xml(mutate((element.text or chance.choice(MARKDOWN)).encode(), 200))


def _as_xml(content: bytes) -> str:
    return re.sub("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "", content.decode(errors="replace"))


CHANGES = (_remove, _copy, _copy, _rename, _set, _set, _set, _unset, _write)
