"""What a translation may not bring: signs that nobody sees, and Markdown that its source has not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from polyleaf import tree
from polyleaf.errors import SourceError
from polyleaf.sources import encoding, unparsed_markup
from polyleaf.sources.positions import find_line_with
from polyleaf.units.message import PRIVATE, STRAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from polyleaf.model import Nodes

MARKS = re.compile(f"{STRAY}\\w+{STRAY}|[{chr(PRIVATE)}-\U0010ffff]")
"""What stands for marks while pandoc reads a message."""

STRUCK = {"Strikeout": "~~", "Subscript": "~", "Superscript": "^"}
"""What a translation may have only where its source has it: a dose that is struck out is no dose."""


ENTITY = re.compile(r"(?<!\\)&(?:#\d+|#[xX][\da-fA-F]+|[A-Za-z][A-Za-z\d]*);")
CODE = re.compile(r"`[^`]*`")
UNSEEN = "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
BESIDE = re.compile(rf"(?<=\d)[{UNSEEN}]+(?=\w)|(?<=\w)[{UNSEEN}]+(?=\d)")
"""Characters that leave nothing on paper, between a figure and what it would run into: `2` and `500` would be 2500."""


def refused(text: str) -> list[str]:
    """Return in words why the translation *text* is not even given to pandoc; nothing when it is."""
    if "\n" in text:
        return ["it has more than one line"]
    found = encoding.find_forbidden_character(text)
    if found:
        return [found]
    if entity := ENTITY.search(CODE.sub("", text)):
        return [f"{entity.group()} is printed as another sign: write the sign itself, or \\{entity.group()}"]
    if hidden := BESIDE.search(text):
        return [f"the character U+{ord(hidden.group()[0]):04X}, which nobody sees, stands beside a figure"]
    try:
        encoding.check_brackets(text, "", 1)
    except SourceError:
        return [f"more than {encoding.DEEPEST} square brackets are open inside one another"]
    return []


def brought(message: str, text: str, blocks: Nodes) -> list[str]:
    """Return in words what the translation *text*, read as *blocks*, has, and its source, the *message*, has not."""
    return list(dict.fromkeys(_brought(message, text, blocks)))


def _brought(message: str, text: str, blocks: Nodes) -> Iterator[str]:
    read = [node["c"] if node["t"] == "Str" else tree.SPACES.get(node["t"], "") for node in tree.walk(blocks)]
    words = MARKS.sub("", "".join(read))
    for node in tree.walk(blocks):
        sign = STRUCK.get(node["t"])
        if sign and sign not in message:
            yield f"{NOUNS[node['t']]} is not in the source (for the sign itself write \\{sign[0]})"
    line = MARKS.sub(
        unparsed_markup.BORDER,
        " ".join(part for inlines in _runs(blocks) for part in unparsed_markup.print_lines(inlines)),
    )
    for sign, word in unparsed_markup.find_unparsed(line):
        one = unparsed_markup.PATTERNS[sign]
        if find_line_with(text, word, 1) and not one.find(message) and not one.find(_bare(message)):
            yield f"{sign} stays in the text: {one.why} (for the sign itself write \\{sign[0]})"
    if found := encoding.find_forbidden_character(words):
        yield found
    shown = [
        node["c"][1] if node["t"] == "Code" else words for node in tree.walk(blocks) if node["t"] in {"Str", "Code"}
    ]
    if not any(char.isalnum() for text in shown for char in text):
        yield "there are no words in it"


def _bare(message: str) -> str:
    """Return what *message* shows of signs that stand for themselves: a translation may show them as well."""
    return unparsed_markup.ESCAPED.sub(r"\1", message)


def _runs(blocks: Nodes) -> list[Nodes]:
    return [block["c"] for block in tree.walk(blocks) if block["t"] in {"Para", "Plain"}]


NOUNS = {"Strikeout": "a text struck out", "Subscript": "a subscript", "Superscript": "a superscript"}
