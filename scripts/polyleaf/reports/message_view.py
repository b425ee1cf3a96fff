"""Messages and findings as styled text: no markup, nothing invisible, facts highlighted, quotations with a language."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from polyleaf import quotations
from polyleaf.code_spans import CODE
from polyleaf.facts.markup import BRACES, EMPHASIS, ESCAPED, LINK, MARK, SCRIPT
from polyleaf.facts.spans import find_spans

KEPT = "\n\t"
STYLES = {1: ("em",), 2: ("strong",), 3: ("em", "strong")}
SCRIPTS = {"^": "sup", "~": "sub"}

QUOTED = re.compile(r"'[^']{1,300}'|“[^”]{1,300}”")
"""What a finding quotes; between these marks are also words of its own, such as `after`."""

LEGEND = re.compile(r"\{\w+\} = (?:footnote|stays as it is): (?P<words>.+)", re.DOTALL)
"""A line of a legend that quotes the source."""

CITATION = re.compile(r"\{\w+\} = citation of ")


@dataclass(frozen=True, slots=True)
class TextRun:
    """Characters in the same *styles*: `em`, `strong`, `code`, `sup`, `sub`, `link`.

    A *label* is not text of the message but the name of something: a note, the letter of a link, an unseen character.
    """

    text: str
    styles: tuple[str, ...] = ()
    label: bool = False


@dataclass(frozen=True, slots=True)
class FactSpan:
    """Text that is one fact of the *kind* that `facts.spans` names; *kind* is empty for text without facts."""

    kind: str
    runs: tuple[TextRun, ...]


@dataclass(frozen=True, slots=True)
class TaggedText:
    """A text with its language, a BCP 47 tag; the tag is empty for the language of what is around it."""

    text: str
    language: str = ""


def render(message: str, language: str, *, ordered: bool = True) -> tuple[FactSpan, ...]:
    """Return all of *message*, a text of a catalogue in *language*, as spans.

    *ordered*: the text in the other language states an order (`facts.spans.states_order`).
    """
    styling = _Styling(message)
    kinds: list[tuple[int, str]] = [(-1, "")] * len(message)
    for number, span in enumerate(find_spans(message, language, ordered=ordered)):
        kinds[span.start : span.end] = [(number, str(span.kind))] * (span.end - span.start)
    rows = [
        (kind, tuple(_join(styling.run(position) for position in positions)))
        for (_, kind), positions in groupby(range(len(message)), key=lambda position: kinds[position])
    ]
    return tuple(FactSpan(kind, runs) for kind, runs in rows if runs)


def plain_text(fact_spans: Iterable[FactSpan]) -> str:
    """Return the text of *fact_spans* without labels."""
    return "".join(run.text for span in fact_spans for run in span.runs if not run.label)


def _join(runs: Iterable[TextRun | None]) -> Iterable[TextRun]:
    shown = (run for run in runs if run)
    for (styles, label), alike in groupby(shown, key=lambda run: (run.styles, run.label)):
        if label:
            yield from alike
        else:
            yield TextRun("".join(run.text for run in alike), styles)


class _Styling:
    """The styles, the label or the absence of every character of a message."""

    def __init__(self, message: str) -> None:
        self._message = message
        self._styles: list[tuple[str, ...]] = [()] * len(message)
        self._labels: dict[int, str] = {}
        self._hidden: set[int] = set()
        self._taken: set[int] = set()
        self._style_code()
        self._label_marks()
        self._style_emphasis()
        for match in self._find_outside(SCRIPT):
            self._style(*match.span(2), (SCRIPTS[match[1]],))
            self._hide(match.start(), match.start(2))
            self._hide(match.end(2), match.end())
        for pattern in (ESCAPED, BRACES):
            for match in self._find_outside(pattern):
                self._hide(match.start(), match.start() + 1)
        for match in quotations.UNSEEN.finditer(message):
            if match.group() not in KEPT:
                self._label(*match.span(), f"U+{ord(match.group()):04X}")

    def run(self, position: int) -> TextRun | None:
        """Return what is shown for the character at *position*, None for nothing."""
        if position in self._labels:
            return TextRun(self._labels[position], self._styles[position], label=True)
        return None if position in self._hidden else TextRun(self._message[position], self._styles[position])

    def _style_code(self) -> None:
        for match in CODE.finditer(self._message):
            start, end = match.end(1), match.end() - len(match[1])
            self._style(start, end, ("code",))
            self._hide(match.start(), start)
            self._hide(end, match.end())
            self._taken |= set(range(*match.span()))

    def _label_marks(self) -> None:
        for match in self._find_outside(MARK):
            self._label(*match.span(), match.group()[1:-1])
            self._taken |= set(range(*match.span()))
        for match in self._find_outside(LINK):
            self._style(*match.span(1), ("link",))
            self._hide(match.start(), match.start(1))
            self._label(match.end(1), match.end(), match[2])

    def _style_emphasis(self) -> None:
        """Style the text between asterisks; one without a partner stays, as it does in print."""
        opened: list[tuple[int, int]] = []
        for match in self._find_outside(EMPHASIS):
            start, end = match.span()
            while opened and start < end:
                position, length = opened.pop()
                count = min(length, end - start)
                if {length, end - start} == {1, 2} or count not in STYLES:
                    opened.append((position, length))
                    break
                self._style(position, start, STYLES[count])
                self._hide(position - count, position)
                self._hide(start, start + count)
                start += count
                opened += [(position - count, length - count)] if length > count else []
            if start < end:
                opened.append((end, end - start))

    def _find_outside(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """Return the matches of *pattern* outside code and marks."""
        return [match for match in pattern.finditer(self._message) if match.start() not in self._taken]

    def _style(self, start: int, end: int, styles: tuple[str, ...]) -> None:
        for position in range(start, end):
            self._styles[position] = (*self._styles[position], *styles)

    def _hide(self, start: int, end: int) -> None:
        self._hidden |= set(range(start, end))

    def _label(self, start: int, end: int, text: str) -> None:
        self._hide(start, end)
        self._labels[start] = text


def show_unseen(text: str) -> str:
    """Return *text* in NFC, with invisible characters as their code points, such as `[U+202E]`."""
    return unicodedata.normalize("NFC", quotations.show_unseen(text))


def tag_quotations(message: str, texts: Mapping[str, str]) -> tuple[TaggedText, ...]:
    """Return the *message* of a finding in parts, its quotations of *texts*, which are by language tag, tagged."""
    return tuple(part for part in _split(message, texts) if part.text)


def tag_legend(line: str, language: str) -> tuple[TaggedText, ...]:
    """Return a *line* of a legend in parts; the text of a note is in the *language* of the source."""
    match = LEGEND.fullmatch(line)
    if not match:
        return (TaggedText(line),)
    start = match.start("words")
    return TaggedText(line[:start]), TaggedText(line[start:], language)


def is_citation(line: str) -> bool:
    """Tell whether a *line* of a legend says of a mark that it is a citation."""
    return CITATION.match(line) is not None


def _split(message: str, texts: Mapping[str, str]) -> Iterator[TaggedText]:
    position = 0
    for match in QUOTED.finditer(message):
        quoted = match.group()[1:-1]
        tags = [tag for tag, text in texts.items() if quoted.casefold() in text.casefold()]
        if len(tags) == 1:
            yield TaggedText(message[position : match.start() + 1])
            yield TaggedText(quoted, tags[0])
            position = match.end() - 1
    yield TaggedText(message[position:])
