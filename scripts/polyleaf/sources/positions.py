"""Positions of texts in a manuscript: lines (from 1) and `file:line`, which pandoc's Markdown reader does not give."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any
from urllib.parse import unquote

from polyleaf import tree
from polyleaf.model import Document, Nodes
from polyleaf.sources import front_matter, localization_notes, unparsed_markup

WORD = re.compile(r"\w+")
RUN = 6
"""How many words in a row decide where a text is; more only makes markup between them matter."""

CANDIDATES = 1000
"""How many times the first word of a text is looked at, from the last text on and from the start."""

NEAR = 60
"""On how many lines a single text may stand."""

CODE = re.compile(r"^[ \t]*+(?P<fence>`{3,}+|~{3,}+)[^`\n]*\n|`[^`\n]+`", re.MULTILINE)
"""Where a block of code starts, and code between words."""

KINDS = {"BulletList": "item", "OrderedList": "item", "Table": "cell", "Figure": "caption", "Note": "note"}
KINDS |= {"Header": "heading", "LineBlock": "line"}
"""What the texts in an element are called; elsewhere a text is a `paragraph`."""

OUT_OF_ORDER = frozenset(("caption", "note"))
"""Kinds of text that stand elsewhere in the manuscript than in the tree."""

TYPED = {ord("—"): "---", ord("–"): "--", ord("…"): "...", ord("\u00a0"): " "}
TYPED |= {ord(sign): '"' for sign in "“”"} | {ord(sign): "'" for sign in "‘’"}


class LineIndex:
    """The words of a manuscript with their lines, searched from the last match onward."""

    def __init__(self, text: str) -> None:
        """Index *text*."""
        self._words: list[str] = []
        self._lines: list[int] = []
        self._positions: defaultdict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(text.split("\n"), 1):
            for word in WORD.findall(line):
                self._positions[word].append(len(self._words))
                self._words.append(word)
                self._lines.append(number)
        self._next = 0
        self._used: set[int] = set()

    def find(self, text: str, *, out_of_order: bool = False) -> int:
        """Return the line (from 1) on which *text* starts; the line of the last match when it is nowhere.

        Equal texts are found one after the other. A text *out_of_order*, such as a note, does not move the
        position from which the next one is searched.
        """
        words = WORD.findall(text)
        position = self._best(words[:RUN]) if words else None
        if position is None:
            return self._lines[self._next] if self._lines else 1
        self._used.add(position)
        if not out_of_order:
            self._next = position
        return self._lines[position]

    def _best(self, words: list[str]) -> int | None:
        """Return the position of *words*, or of the first of them: the next that is unused, else the next."""
        positions = self._positions.get(words[0], [])
        first = bisect_left(positions, self._next)
        order = [*range(first, min(len(positions), first + CANDIDATES)), *range(min(first, CANDIDATES))]
        for length in sorted({len(words), min(3, len(words)), 1}, reverse=True):
            matches = (positions[at] for at in order if self._has_words(positions[at], words[:length]))
            position = next(matches, None)
            if position is not None:
                unused: int = next((at for at in chain([position], matches) if at not in self._used), position)
                return unused
        return None

    def _has_words(self, position: int, words: list[str]) -> bool:
        return self._words[position : position + len(words)] == words


@dataclass(frozen=True, slots=True)
class LocatedText:
    """A text of a manuscript: its inlines, the line (from 1) on which it starts, and its kind, as in KINDS."""

    inlines: Nodes
    line: int
    kind: str


def locate_texts(document: Document) -> list[LocatedText]:
    """Return every text of *document* in reading order, those of the front matter (kind `front`) first.

    Texts that stay as they are in every language are among them.
    """
    front = document.front
    texts = [LocatedText(inlines, front.lines[key], "front") for key, inlines in front.texts.items()]
    index = LineIndex(without_comments(front_matter.BLOCK.sub(blank, document.text, count=1)))
    for inlines, kind in _texts(document.blocks, "paragraph"):
        line = index.find(tree.plain(inlines), out_of_order=kind in OUT_OF_ORDER)
        texts.append(LocatedText(inlines, max(1, line - _lines_before_first_word(inlines)), kind))
    return texts


def _lines_before_first_word(inlines: Nodes) -> int:
    """Return how many lines of a text come before its first word, by which it is found."""
    has_word = [WORD.search(line) is not None for line in unparsed_markup.print_lines(inlines)]
    return has_word.index(True) if True in has_word else 0


def _texts(value: Any, kind: str) -> Iterator[tuple[Nodes, str]]:  # noqa: ANN401 - as in tree.walk
    if isinstance(value, list):
        for part in value:
            yield from _texts(part, kind)
    elif isinstance(value, dict):
        kind = KINDS.get(value.get("t", ""), kind)
        for inlines in localization_notes.own_texts(value):
            yield inlines, "term" if value["t"] == "DefinitionList" else kind
        parts = list(value.values())
        if value.get("t") == "Table":
            yield from _texts(value["c"][1], "caption")
            parts = value["c"][3:]
        yield from _texts(parts, kind)


def find_location(document: Document, needle: str) -> str:
    """Return `file:line` of the first line of *document* with *needle* in it, the file alone when none has it.

    In an address spaces and other signs may be as pandoc writes them, such as `%20`.
    """
    needle = needle if needle in document.text else unquote(needle)
    if not needle or needle not in document.text:
        return str(document.path)
    return f"{document.path}:{find_line(document.text, needle)}"


def find_line(text: str, needle: str) -> int:
    """Return the first line (from 1) of *text* with *needle* in it, 1 when none has it."""
    return text.count("\n", 0, max(0, text.find(needle))) + 1


def find_line_after(text: str, needle: str, start: int) -> int:
    """Return the line of *text* on which *needle*, words without markup, begins: *start* or one of the 60 after it.

    The line is *start* when its first words are not found there, because markup stands between them.
    """
    lines = text.split("\n")[start - 1 : start - 1 + NEAR]
    words = WORD.findall(needle)
    for length in sorted({min(len(words), count) for count in (4, 2, 1)} - {0}, reverse=True):
        pattern = r"[\W_]+".join(re.escape(word) for word in words[:length])
        match = re.search(rf"(?<!\w){pattern}(?!\w)", "\n".join(lines), re.IGNORECASE)
        if match:
            return start + "\n".join(lines)[: match.start()].count("\n")
    return start


def find_line_of_words(text: str, words: str) -> int:
    """Return the first line (from 1) of *text* on which *words* begin, whatever signs stand between them; 0 for none.

    They may go on at the next lines. Of many words the first ones count, as far as no other markup comes in between.
    """
    parts = [re.escape(word) for word in WORD.findall(words)[: 2 * RUN]]
    lengths = sorted({len(parts), *range(2, len(parts))} - {0}, reverse=True)
    patterns = [r"(?<!\w)" + r"[\W_]+".join(parts[:length]) + r"(?!\w)" for length in lengths]
    matches = (re.search(pattern, text) for pattern in [*([re.escape(words)] if words else []), *patterns])
    return next((text.count("\n", 0, match.start()) + 1 for match in matches if match), 0)


def find_line_with(text: str, words: str, start: int) -> int:
    """Return the first line (from 1) of *text*, from *start* on and else before it, with *words* in it; 0 when none.

    *words* are whole ones. A sign with a backslash before it stands for itself and is not found; nor is code.
    """
    lines = [as_typed(line) for line in without_code(text).split("\n")]
    pattern = re.compile(rf"(?<!\0){re.escape(as_typed(words))}(?![\w.,;:!?*_`~])")
    order = [*range(start - 1, len(lines)), *range(start - 1)]
    return next((at + 1 for at in order if pattern.search(lines[at])), 0)


def as_typed(line: str) -> str:
    """Return *line* without escaped signs, and with dashes, quotation marks and dots as people type them."""
    return unparsed_markup.ESCAPED.sub("\0", line).translate(TYPED)


def escaped_in(text: str, unparsed: unparsed_markup.UnparsedSign) -> str:
    """Return the escaped word of *unparsed* as people type it: with `--` for a dash, unless *text* has the dash."""
    return unparsed.escaped if unparsed.word in text else unparsed.escaped.translate(TYPED)


def without_code(text: str) -> str:
    """Return *text* with code taken out, and every line where it was."""
    return _without(text, _find_code(text))


def without_comments(text: str) -> str:
    """Return *text* with its HTML comments taken out, and every line where it was."""
    return _without(text, find_comments(text))


def find_comments(text: str) -> Iterator[tuple[int, int]]:
    """Yield from where to where *text* has HTML comments, in characters; what nothing closes is none."""
    start = text.find("<!--")
    while start >= 0 and (end := text.find("-->", start + len("<!--"))) >= 0:
        yield start, end + len("-->")
        start = text.find("<!--", end + len("-->"))


def _find_code(text: str) -> Iterator[tuple[int, int]]:
    """Yield from where to where *text* has code; what nothing closes is none, nor is then a longer fence."""
    at, unclosed = 0, {"`": len(text), "~": len(text)}
    while match := CODE.search(text, at):
        at, fence = match.end(), match["fence"]
        if not fence:
            yield match.span()
        elif len(fence) < unclosed[fence[0]]:
            closing = re.compile(rf"^[ \t]*+{fence}[`~]*+[ \t]*$", re.MULTILINE).search(text, at)
            if closing:
                at = closing.end()
                yield match.start(), at
            else:
                unclosed[fence[0]] = len(fence)


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return *text* with only the line ends of *spans*: every line after them stays where it was."""
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end
    return "".join((*parts, text[at:]))


def blank(match: re.Match[str]) -> str:
    """Return the line ends in *match*: taken out like this, a text leaves every line after it where it was."""
    return "\n" * match.group().count("\n")
