"""Where in a manuscript a piece of text stands; pandoc's Markdown reader does not say."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from polyleaf.model import Document

WORD = re.compile(r"\w+")
RUN = 6
"""How many words in a row decide where a text is; more only makes markup between them matter."""

NEAR = 60
"""On how many lines a single text may stand."""


class Lines:
    """The words of a manuscript with their lines, searched from the place last found onward."""

    def __init__(self, text: str) -> None:
        """Take *text* apart once."""
        self._words: list[str] = []
        self._lines: list[int] = []
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(text.split("\n"), 1):
            for word in WORD.findall(line):
                self._places[word].append(len(self._words))
                self._words.append(word)
                self._lines.append(number)
        self._next = 0
        self._taken: set[int] = set()

    def find(self, text: str, *, aside: bool = False) -> int:
        """Return the line (from 1) on which *text* starts; the line of the last find when it is nowhere.

        Equal texts are found one after the other. A text *aside*, such as a note, stands out of order and
        does not move the place from which the next one is looked for.
        """
        run = WORD.findall(text)
        at = self._best(run[:RUN]) if run else None
        if at is None:
            return self._line(self._next)
        self._taken.add(at)
        if not aside:
            self._next = at
        return self._lines[at]

    def _best(self, run: list[str]) -> int | None:
        for length in sorted({len(run), min(3, len(run)), 1}, reverse=True):
            places = [at for at in self._places.get(run[0], ()) if self._words[at : at + length] == run[:length]]
            free = [at for at in places if at not in self._taken] or places
            if free:
                return next((at for at in free if at >= self._next), free[0])
        return None

    def _line(self, at: int) -> int:
        return self._lines[at] if self._lines else 1


def place_of(document: Document, needle: str) -> str:
    """Return `file:line` of the first line of *document* that has *needle* in it, the file alone when none has."""
    if not needle or needle not in document.text:
        return str(document.path)
    return f"{document.path}:{line_of(document.text, needle)}"


def line_of(text: str, needle: str) -> int:
    """Return the first line (from 1) of *text* that has *needle* in it, 1 when none has."""
    at = text.find(needle)
    return text.count("\n", 0, at) + 1 if at >= 0 else 1


def line_after(text: str, needle: str, start: int) -> int:
    """Return the line of *text* on which *needle*, words of it without markup, begins: *start* or one soon after it.

    When its first words are not to be found there, which markup between them can make, the line is *start*.
    """
    lines = text.split("\n")[start - 1 : start - 1 + NEAR]
    run = WORD.findall(needle)
    for length in sorted({min(len(run), count) for count in (4, 2, 1)} - {0}, reverse=True):
        pattern = r"[\W_]+".join(re.escape(word) for word in run[:length])
        found = re.search(rf"(?<!\w){pattern}(?!\w)", "\n".join(lines), re.IGNORECASE)
        if found:
            return start + "\n".join(lines)[: found.start()].count("\n")
    return start
