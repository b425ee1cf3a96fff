"""A message as people read it: emphasis shown and not written, marks as labels, facts marked, nothing invisible."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from polyleaf.facts.markup import BRACES, CODE, EMPHASIS, ESCAPED, LINK, MARK, SCRIPT
from polyleaf.facts.spans import find_spans

if TYPE_CHECKING:
    from collections.abc import Iterable

UNSEEN = re.compile("[\0-\x1f\x7f-\x9f\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2028-\u202e\u2060-\u206f\ufeff"
                    "\ud800-\udfff\ue000-\uf8ff\ufffe\uffff\U000e0000-\U0010ffff]")  # fmt: skip
"""What a reader would not see, or what would show other characters in another order. Joiners and direction marks, which
some scripts are spelt with, are not here."""

KEPT = "\n\t"
STYLES = {1: ("em",), 2: ("strong",), 3: ("em", "strong")}
SCRIPTS = {"^": "sup", "~": "sub"}


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters that look alike: *styles* are `em`, `strong`, `code`, `sup`, `sub`, `link`.

    A *label* is not said by the message but stands for something: a note, a link's letter, a character nobody sees.
    """

    text: str
    styles: tuple[str, ...] = ()
    label: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces that are one fact of the *kind* that `facts.spans` names, or that are none (then it is empty)."""

    kind: str
    pieces: tuple[Piece, ...]


def passage(message: str, language: str, *, ordered: bool = True) -> tuple[Run, ...]:
    """Return *message*, a text of a catalogue in *language*, as runs; together they show all that it says.

    *ordered*: the text beside it says what comes before what, as `facts.spans` has it.
    """
    drawing = _Drawing(message)
    kinds: list[tuple[int, str]] = [(-1, "")] * len(message)
    for number, span in enumerate(find_spans(message, language, ordered=ordered)):
        kinds[span.start : span.end] = [(number, str(span.kind))] * (span.end - span.start)
    runs = [
        (kind, tuple(_joined(drawing.piece(at) for at in places)))
        for (_, kind), places in groupby(range(len(message)), key=lambda at: kinds[at])
    ]
    return tuple(Run(kind, pieces) for kind, pieces in runs if pieces)


def plain(runs: Iterable[Run]) -> str:
    """Return the words of *runs*, without labels."""
    return "".join(piece.text for run in runs for piece in run.pieces if not piece.label)


def _joined(pieces: Iterable[Piece | None]) -> Iterable[Piece]:
    shown = (piece for piece in pieces if piece)
    for (styles, label), alike in groupby(shown, key=lambda piece: (piece.styles, piece.label)):
        if label:
            yield from alike
        else:
            yield Piece("".join(piece.text for piece in alike), styles)


class _Drawing:
    """Decides for every character of a message how it is shown: with which styles, as a label, or not at all."""

    def __init__(self, message: str) -> None:
        self._message = message
        self._styles: list[tuple[str, ...]] = [()] * len(message)
        self._labels: dict[int, str] = {}
        self._hidden: set[int] = set()
        self._taken: set[int] = set()
        self._codes()
        self._marks()
        self._emphases()
        for found in self._free(SCRIPT):
            self._style(*found.span(2), (SCRIPTS[found[1]],))
            self._hide(found.start(), found.start(2))
            self._hide(found.end(2), found.end())
        for pattern in (ESCAPED, BRACES):
            for found in self._free(pattern):
                self._hide(found.start(), found.start() + 1)
        for found in UNSEEN.finditer(message):
            if found.group() not in KEPT:
                self._label(*found.span(), f"U+{ord(found.group()):04X}")

    def piece(self, at: int) -> Piece | None:
        """Return what is shown for the character at *at*, None for nothing."""
        if at in self._labels:
            return Piece(self._labels[at], self._styles[at], label=True)
        return None if at in self._hidden else Piece(self._message[at], self._styles[at])

    def _codes(self) -> None:
        for found in CODE.finditer(self._message):
            self._style(*found.span(1), ("code",))
            self._hide(found.start(), found.start(1))
            self._hide(found.end(1), found.end())
            self._taken |= set(range(*found.span()))

    def _marks(self) -> None:
        for found in self._free(MARK):
            self._label(*found.span(), found.group()[1:-1])
            self._taken |= set(range(*found.span()))
        for found in self._free(LINK):
            self._style(*found.span(1), ("link",))
            self._hide(found.start(), found.start(1))
            self._label(found.end(1), found.end(), found[2])

    def _emphases(self) -> None:
        """Show what stars enclose; a star that nothing answers stays, as it does in print."""
        opened: list[tuple[int, int]] = []
        for found in self._free(EMPHASIS):
            start, end = found.span()
            while opened and start < end:
                at, length = opened.pop()
                count = min(length, end - start)
                if {length, end - start} == {1, 2} or count not in STYLES:
                    opened.append((at, length))
                    break
                self._style(at, start, STYLES[count])
                self._hide(at - count, at)
                self._hide(start, start + count)
                start += count
                opened += [(at - count, length - count)] if length > count else []
            if start < end:
                opened.append((end, end - start))

    def _free(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        """Return what *pattern* finds outside code and marks."""
        return [found for found in pattern.finditer(self._message) if found.start() not in self._taken]

    def _style(self, start: int, end: int, styles: tuple[str, ...]) -> None:
        for at in range(start, end):
            self._styles[at] = (*self._styles[at], *styles)

    def _hide(self, start: int, end: int) -> None:
        self._hidden |= set(range(start, end))

    def _label(self, start: int, end: int, text: str) -> None:
        self._hide(start, end)
        self._labels[start] = text


def visible(text: str) -> str:
    """Return *text*, which anybody may have written, with characters that nobody would see as `[U+202E]`."""
    named = UNSEEN.sub(lambda found: f"[U+{ord(found.group()):04X}]", text)
    return unicodedata.normalize("NFC", named)
