"""A text that remembers where each of its characters comes from, whatever is taken out of it or folded."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from polyleaf.facts.lexicon import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SPACES = re.compile(r"\s+")
SIMPLE = "\u0300"
"""Below the first combining mark, no character changes what stands beside it (UAX #15)."""

PAIRS = 4096


@dataclass(frozen=True, slots=True)
class OffsetText:
    """A *text* made of another one: for each character, where in the other one it starts and ends."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> OffsetText:
        """Return *text* as it is, every character from its own place."""
        return cls(text, tuple(range(len(text))), tuple(range(1, len(text) + 1)))

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return from where to where in the first text the characters from *start* to *end* come."""
        return self.starts[start], self.ends[end - 1]

    def sub(self, pattern: re.Pattern[str], replacement: str | Callable[[re.Match[str]], str]) -> OffsetText:
        """Return the text as `pattern.sub` makes it.

        What a replacement keeps of what was found comes from where it stood; anything else from all of it.
        """
        hits = list(pattern.finditer(self.text))
        if not hits:
            return self
        texts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        at = 0
        for hit in hits:
            new = replacement(hit) if callable(replacement) else hit.expand(replacement)
            texts += [self.text[at : hit.start()], new]
            starts += self.starts[at : hit.start()]
            ends += self.ends[at : hit.start()]
            for start, end in self._kept(hit, new):
                starts.append(start)
                ends.append(end)
            at = hit.end()
        return OffsetText("".join(texts) + self.text[at:], (*starts, *self.starts[at:]), (*ends, *self.ends[at:]))

    def with_text(self, text: str) -> OffsetText:
        """Return it with another *text* of the same length."""
        assert len(text) == len(self.text)  # noqa: S101 - or no place would be right
        return replace(self, text=text)

    def folded(self, language: str) -> OffsetText:
        """Return the text as `fold` has it for *language*."""
        whole = fold(self.text, language)
        if len(whole) == len(self.text) and (not whole or max(self.text) < SIMPLE):
            return self.with_text(whole)
        texts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for start, end in _clusters(self.text):
            new = fold(self.text[start:end], language)
            texts.append(new)
            starts += [self.starts[start]] * len(new)
            ends += [self.ends[end - 1]] * len(new)
        return OffsetText("".join(texts), tuple(starts), tuple(ends))

    def with_single_spaces(self) -> OffsetText:
        """Return the text with one space for any number of them, and none at its ends."""
        made = self.sub(SPACES, " ")
        start, end = len(made.text) - len(made.text.lstrip()), len(made.text.rstrip())
        return OffsetText(made.text[start:end], made.starts[start:end], made.ends[start:end])

    def _kept(self, hit: re.Match[str], new: str) -> Iterator[tuple[int, int]]:
        found = hit.group().find(new)
        for at in range(len(new)):
            if found < 0:
                yield self.starts[hit.start()], self.ends[hit.end() - 1]
            else:
                place = hit.start() + found + at
                yield self.starts[place], self.ends[place]


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of the pieces of *text* that can be normalised one by one."""
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not _joins(text[start:at], text[at]):
            yield start, at
            start = at


@lru_cache(maxsize=PAIRS)
def _joins(before: str, char: str) -> bool:
    """Tell whether *char* may be normalised to something else after *before* than by itself."""
    if unicodedata.combining(char):
        return True
    apart = unicodedata.normalize("NFKC", before) + unicodedata.normalize("NFKC", char)
    return unicodedata.normalize("NFKC", before + char) != apart
