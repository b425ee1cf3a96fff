"""Unparsed markup: signs of Markdown that are left in a text as they were typed, in sources and in translations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from polyleaf import tree
from polyleaf.model import Node, Nodes

BORDER = "\ufffc"
"""Stands where markup begins and ends, and for what is no text, so that no sign runs into what is not beside it."""

ESCAPED = re.compile(r"\\([^\w\s]|_)")
"""A sign of Markdown that stands for itself."""

OPEN = "nothing closes it"
PRINTED = {"Space": " ", "SoftBreak": "\n", "LineBreak": "\n"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a sign that is left in a text matches, and why it was not read; *at_start*: at the start of a line only."""

    regex: re.Pattern[str]
    reason: str
    at_start: bool = False

    def find(self, line: str) -> list[tuple[int, int]]:
        """Return the start and end of every such sign in *line*, in characters from 0."""
        start = len(line) - len(line.lstrip())
        matches = [self.regex.match(line, start)] if self.at_start else self.regex.finditer(line)
        return [match.span() for match in matches if match]


PATTERNS: Mapping[str, Pattern] = {
    "**": Pattern(re.compile(r"\*\*(?!\*)"), OPEN),
    "*": Pattern(re.compile(r"(?<![\w*])\*(?=\w)|(?<=\w)\*(?![\w*])|(?<=[.,;!?)])\*(?=\s|$)"), OPEN),
    "__": Pattern(re.compile(r"(?<![\w_])__(?=[^\W_])|(?<=[^\W_])__(?![\w_])|(?<=[.,;!?)])__(?=\s|$)"), OPEN),
    "_": Pattern(re.compile(r"(?<![\w/?&=.#-])_(?=[^\W_])|(?<=[^\W_])_(?![\w_/])|(?<=[.,;!?)])_(?=\s|$)"), OPEN),
    "`": Pattern(re.compile("`"), OPEN),
    "~~": Pattern(re.compile("~~"), OPEN),
    "[^": Pattern(re.compile(r"\[\^"), OPEN),
    "^[": Pattern(re.compile(r"\^\["), OPEN),
    "[@": Pattern(re.compile(r"\[@\w"), OPEN),
    "](": Pattern(
        re.compile(r"\]\(|\]\s+\((?=https?:|mailto:|tel:|www\.|#)|\](?=https?://)"),
        "the address of a link stands in (...) right after the ], and is closed",
    ),
    ":::": Pattern(
        re.compile(r":{3,}|：：+"),
        "a box has an empty line before it, no space before its colons, and one such line to close it",
    ),
    "::": Pattern(re.compile(r"::(?!:)"), "a box starts and ends with three colons", at_start=True),
    "{#": Pattern(
        re.compile(r"\{\s*[#.][^\W\d]|\{\s*[a-z]+="),
        "such braces end a heading or a caption or follow [words], and are closed",
    ),
    "<!--": Pattern(re.compile("<!(?:--|–)"), OPEN),
    "#": Pattern(
        re.compile(r"#(?=[^\W\d])|#{2,6}(?=[^\s#])|#{7,}"), "a heading has one space after its #", at_start=True
    ),
    "•": Pattern(
        re.compile(r"[•·▪▫◦‣∙●○■◆➢➤](?=\s|\w)"), "a list item starts with a hyphen and a space", at_start=True
    ),
    "–": Pattern(re.compile(r"[–—]\s+(?!\d)"), "a list item starts with a hyphen and a space", at_start=True),
    "|": Pattern(
        re.compile(r"\|\S.*\|$|[|:\s–—-]*[–—-][|:\s–—-]*\|[|:\s–—-]*$"),
        "a table has as many cells in its line of dashes as in its first row, and an empty line before it",
        at_start=True,
    ),
}
"""Every sign of Markdown that can be left in a text, by what people are told of it."""


def print_lines(inlines: Nodes) -> list[str]:
    """Return the text of *inlines* as it is printed, a line for each in the manuscript, BORDER around markup."""
    return "".join(_print(node) for node in inlines).split("\n")


def find_unparsed(line: str) -> Iterator[tuple[str, str]]:
    """Yield every sign that is left in *line*, and the word around it."""
    for sign, pattern in PATTERNS.items():
        yield from dict.fromkeys((sign, _word(line, start, end)) for start, end in pattern.find(line))


def _word(text: str, start: int, end: int) -> str:
    """Return what stands in *text* from *start* to *end*, whole words and no markup."""
    before = re.split(rf"[\s{BORDER}]", text[:start])[-1]
    after = re.split(rf"[\s{BORDER}]", text[end:])[0]
    return (before + text[start:end] + after).strip()


def _print(node: Node) -> str:
    name, content = node["t"], tree.content(node)
    if name == "Str":
        return str(content)
    if name in PRINTED:
        return PRINTED[name]
    if name == "Cite":
        return tree.plain(content[1]) if content[0][0]["citationMode"]["t"] == "AuthorInText" else BORDER
    if name == "Link" and "uri" in content[0][1]:
        return BORDER
    inside = "".join(_print(child) for child in tree.children(node))
    return f'"{inside}"' if name == "Quoted" else BORDER + inside + BORDER
