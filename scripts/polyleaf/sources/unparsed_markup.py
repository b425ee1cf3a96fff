"""Unparsed markup: signs of Markdown that are left in a text as they were typed, in sources and in translations."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from polyleaf import tree
from polyleaf.model import Node, Nodes

BORDER = "\ufffc"
"""Stands where markup begins and ends, and for what is no text, so that no sign runs into what is not beside it."""

EDGE = re.compile(rf"[\s{BORDER}]")

ESCAPED = re.compile(r"\\([^\w\s]|_)")
"""A sign of Markdown that stands for itself."""

UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""The letters of scripts that put no space between words (Thai, Lao, Burmese, Khmer, Chinese, Japanese)."""

VERBATIM = re.compile(
    r"(?:https?://|www\.)(?:[^\s*_~^`)\].,;:!?]|[*_~^`)\].,;:!?]++(?!\s|$))*+|(?<!\S)(?:[A-Za-z]:\\|\\\\)\S+"
)
"""An address or the path of a file, in which every sign is part of a name."""

OPEN = "nothing closes it"
WIDE = "the signs of Markdown are the narrow ones, * and [...](...)"
IN_GRID = "the bars and corners of a grid table stand one under another"
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


OPERATORS = "=+*/<>×·÷^"
DOLLARS = re.compile(
    rf"""(?<![\\$])\$\$(?!\$)(?:[^$]+\$\$(?!\$))?|(?<![\w\\$])\$(?:
    (?=[^$]*(?:\\[A-Za-z]|[_^{{]))\S[^$]*+                    # a command of TeX, or what is set high or low
    |[A-Za-z(](?=[^${OPERATORS}]*+[{OPERATORS}])[^$]*+        # what starts with a letter, and has an operator
    |(?![^$]*[^\W\d_]{{2}})(?=[^$]*[A-Za-z])                   # single letters alone, and no sum of money first
     (?:-?\d*[A-Za-z(]|\d(?=[^${OPERATORS}]*+[{OPERATORS}]))[^$]*+
    )(?<=\S)\$(?!\w)""",
    re.VERBOSE,
)
"""A formula between dollar signs, as TeX has it; between two prices there is a space, a word, or figures alone."""

PATTERNS: Mapping[str, Pattern] = {
    "$": Pattern(DOLLARS, r"a formula stands between \\( and \\)"),
    "**": Pattern(re.compile(r"\*{2,}"), OPEN),
    "*": Pattern(
        re.compile(
            r"(?<![\w*])\*(?=\w)|(?<=\w)\*(?![\w*])|(?<=[.,;!?)])\*(?=\s|$)"
            r"|(?<!\S)\*(?=\s[^\W\d_][^*]*\s\*(?!\S))"
        ),
        OPEN,
    ),
    "__": Pattern(re.compile(r"(?<![\w_])__(?=[^\W_])|(?<=[^\W_])__(?![\w_])|(?<=[.,;!?)])__(?=\s|$)"), OPEN),
    "_": Pattern(
        re.compile(
            r"(?<![\w/?&=.#-])_(?=[^\W_])|(?<=[^\W_])_(?![\w_/{])|(?<=[.,;!?)])_(?=\s|$)"
            rf"|(?<=[{UNSPACED}])_(?=\w)|(?<=\w)_(?=[{UNSPACED}])|(?<!\S)_(?=\s[^\W\d_][^_]*\s_(?!\S))"
        ),
        OPEN,
    ),
    "`": Pattern(re.compile("`"), OPEN),
    "~~": Pattern(re.compile("~~"), OPEN),
    "~": Pattern(re.compile(r"(?<=[A-Za-z])~(?=\d)"), OPEN),
    "^": Pattern(re.compile(r"(?<![\[^])\^(?=[^\s\[^{])|(?<=[^\s\[^])\^(?![\[{^])"), OPEN),
    "_{": Pattern(re.compile(r"(?<=\w)_\{"), "what is set low stands between ~ and ~, as in H~2~O"),
    "^{": Pattern(re.compile(r"\^\{"), "what is set high stands between ^ and ^, as in 10^6^"),
    "[^": Pattern(re.compile(r"\[\^"), OPEN),
    "^[": Pattern(re.compile(r"\^\["), OPEN),
    "[@": Pattern(re.compile(r"\[@\w"), OPEN),
    "](": Pattern(
        re.compile(r"\]\(|\]\s+\((?=https?:|mailto:|tel:|www\.|#)|\](?=https?://)"),
        "the address of a link stands in (...) right after the ], and is closed",
    ),
    "\uff0a": Pattern(
        re.compile(r"\uff0a\uff0a+|(?<!\uff0a)\uff0a(?=[^\s\uff0a\d][^\uff0a]*(?<!\s)\uff0a(?![\uff0a\d]))"), WIDE
    ),
    "\uff3d(": Pattern(re.compile(r"\uff3d[(\uff08]|\]\uff08(?=https?:|mailto:|tel:|www\.|#)"), WIDE),
    "\\": Pattern(
        re.compile(r"\\(?:[nrt]|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[0-3][0-7]{2}|[A-Za-z]+\{)"),
        "a backslash before a letter or a figure does nothing",
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
        re.compile(r"\|\S.*\|$|(?=[|:\s]*+[–—-][^|]*+\|)[|:\s–—-]++$"),
        "a table has as many cells in its line of dashes as in its first row, and an empty line before it",
        at_start=True,
    ),
    "+--": Pattern(
        re.compile(r"\+?[:=–—-]{2,}+\+[:=–—+-]*+\s*+$"), f"{IN_GRID}, and an empty line is before it", at_start=True
    ),
}
"""Every sign of Markdown that can be left in a text, by what people are told of it."""

EACH = frozenset(("**", "__", "~~"))
"""Signs of which each character would be read by itself."""

DASH = PATTERNS["–"]
SENTENCE_END = re.compile(r"[.!?…][»”\"']?$")


@dataclass(frozen=True, slots=True)
class UnparsedSign:
    """A *sign* of PATTERNS that is left in a text, the *word* around it, and the same *escaped*: printed as it is."""

    sign: str
    word: str
    escaped: str


def print_lines(inlines: Nodes) -> list[str]:
    """Return the text of *inlines* as it is printed, a line for each in the manuscript, BORDER around markup."""
    return "".join(_print(node) for node in inlines).split("\n")


def find_unparsed(line: str, loose: Collection[str] = ()) -> Iterator[UnparsedSign]:
    """Yield every sign that is left in *line*, once for each word that it is in.

    The signs in *loose* are found between spaces as well, but not between figures.
    """
    signs = VERBATIM.sub(lambda match: re.sub(r"[*_~^#\\]", "x", match.group()), line)
    spans = {"$": PATTERNS["$"].find(signs)}
    signs = DOLLARS.sub(lambda match: "x" * len(match.group()), signs)  # what is wrong within is said once
    spans |= {sign: pattern.find(signs) for sign, pattern in PATTERNS.items() if sign != "$"}
    for sign in sorted(loose):
        own = (match.span() for match in re.finditer(rf"(?<![\w]){re.escape(sign)}(?!\w)(?!\s*\d)", signs))
        known = {at for ranges in spans.values() for span in ranges for at in range(*span)}
        spans[sign] += [span for span in own if span[0] not in known]
    backslashes = {at for sign, ranges in spans.items() for span in ranges for at in _escapes(sign, *span)}
    edges = [match.start() for match in EDGE.finditer(line)]
    for sign, ranges in spans.items():
        words = dict.fromkeys(_word(edges, len(line), *span) for span in ranges)
        yield from dict.fromkeys(
            UnparsedSign(sign, line[start:end].strip(), _escape(line, start, end, backslashes)) for start, end in words
        )


def opens_list(lines: Sequence[str], at: int, kind: str, before: str = "") -> bool:
    """Tell whether the dash at the start of the line *at* of a text was to open a list item.

    Else it is right: it comes before who said something, or what is said (in French and Spanish), or parts a sentence.
    *kind* is that of the text (`positions`, `units.segmentation`), *before* the text before it.
    """
    line = lines[at].strip()
    if kind == "cell" or re.search(r"\s[–—](?:\s|$)", line[1:]):
        return False
    starts = [row.strip() for row in lines if DASH.find(row)]
    if kind in {"item", "list item"} or len(starts) > 1:
        return kind in {"item", "list item"} or not all(row[0] == "—" and _is_speech(row) for row in starts)
    introduction = lines[at - 1] if at else before
    return introduction.rstrip().endswith((":", ";")) and not _is_speech(line)


def _is_speech(line: str) -> bool:
    """Tell whether what follows the dash that *line* starts with is a sentence."""
    words = line[1:].strip()
    return not words[:1].islower() and SENTENCE_END.search(words) is not None


def _word(edges: Sequence[int], length: int, start: int, end: int) -> tuple[int, int]:
    """Return start and end of what stands between *edges* around *start* to *end* in a text of *length* characters."""
    before, after = bisect_left(edges, start), bisect_left(edges, end)
    return edges[before - 1] + 1 if before else 0, edges[after] if after < len(edges) else length


def _escapes(sign: str, start: int, end: int) -> range:
    """Return before which characters a backslash makes *sign*, from *start* to *end*, stand for itself."""
    return range(start, end if sign in EACH else start + 1)


def _escape(line: str, start: int, end: int, backslashes: Collection[int]) -> str:
    return "".join("\\" * (at in backslashes) + line[at] for at in range(start, end)).strip()


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
