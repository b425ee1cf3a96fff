"""Validation of translations: no invisible characters, and no Markdown that the source does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from polyleaf import tree
from polyleaf.errors import SourceError
from polyleaf.model import Nodes
from polyleaf.sources import encoding, unparsed_markup
from polyleaf.sources.positions import find_line_with
from polyleaf.units.message import PRIVATE, UNKNOWN

MARKS = re.compile(f"{UNKNOWN}\\w+{UNKNOWN}|[{chr(PRIVATE)}-\U0010ffff]")
"""What stands for marks while pandoc reads a message."""

FROM_SOURCE = {
    "Strikeout": ("~~", "a text struck out"),
    "Subscript": ("~", "a subscript"),
    "Superscript": ("^", "a superscript"),
}
"""What a translation may have only where its source has it, with its sign: a dose that is struck out is no dose."""

ENTITY = re.compile(r"(?<!\\)&(?:#\d+|#[xX][\da-fA-F]+|[A-Za-z][A-Za-z\d]*);")
CODE = re.compile(r"`[^`]*`")
INVISIBLE = "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
BESIDE_FIGURE = re.compile(rf"(?<=\d)[{INVISIBLE}]+(?=\w)|(?<=\w)[{INVISIBLE}]+(?=\d)")
"""Invisible characters between a figure and what it would run into: `2` and `500` would be printed as 2500."""


def refusals(text: str) -> list[str]:
    """Return in words why the translation *text* is not given to pandoc at all; nothing when it is."""
    if "\n" in text:
        return ["it has more than one line"]
    if forbidden := encoding.find_forbidden_character(text):
        return [forbidden]
    if entity := ENTITY.search(CODE.sub("", text)):
        return [f"{entity.group()} is printed as another sign: write the sign itself, or \\{entity.group()}"]
    if invisible := BESIDE_FIGURE.search(text):
        return [f"the character U+{ord(invisible.group()[0]):04X}, which nobody sees, stands beside a figure"]
    try:
        encoding.check_brackets(text, "", 1)
    except SourceError:
        return [f"more than {encoding.DEEPEST} square brackets are open inside one another"]
    return []


def additions(message: str, text: str, blocks: Nodes) -> list[str]:
    """Return in words what the translation *text*, read as *blocks*, has, and its source, the *message*, has not."""
    return list(dict.fromkeys(_additions(message, text, blocks)))


def _additions(message: str, text: str, blocks: Nodes) -> Iterator[str]:
    nodes = list(tree.walk(blocks))
    for sign, noun in (FROM_SOURCE[node["t"]] for node in nodes if node["t"] in FROM_SOURCE):
        if sign not in message:
            yield f"{noun} is not in the source (for the sign itself write \\{sign[0]})"
    runs = (node["c"] for node in nodes if node["t"] in {"Para", "Plain"})
    lines = (line for inlines in runs for line in unparsed_markup.print_lines(inlines))
    unescaped = unparsed_markup.ESCAPED.sub(r"\1", message)
    for sign, word in unparsed_markup.find_unparsed(MARKS.sub(unparsed_markup.BORDER, " ".join(lines))):
        pattern = unparsed_markup.PATTERNS[sign]
        if find_line_with(text, word, 1) and not pattern.find(message) and not pattern.find(unescaped):
            yield f"{sign} stays in the text: {pattern.reason} (for the sign itself write \\{sign[0]})"
    strings = [node["c"] if node["t"] == "Str" else tree.SPACES.get(node["t"], "") for node in nodes]
    words = MARKS.sub("", "".join(strings))
    if forbidden := encoding.find_forbidden_character(words):
        yield forbidden
    code = (node["c"][1] for node in nodes if node["t"] == "Code")
    if not any(char.isalnum() for part in (words, *code) for char in part):
        yield "there are no words in it"
