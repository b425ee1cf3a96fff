"""Text with offsets: it keeps where each of its characters comes from, whatever is taken out of it or folded."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from polyleaf.code_spans import CodeSpans
from polyleaf.facts.lexicon import fold

SPACES = re.compile(r"\s{2,}|[^\S ]")
"""Any spaces but one space."""

FIRST_COMBINING = "\u0300"
"""Below the first combining mark, no character changes what stands beside it (UAX #15)."""

CACHED = 4096


@dataclass(frozen=True, slots=True)
class OffsetText:
    """A *text* made of another one; *origins* has for each character its start and end in that one."""

    text: str
    origins: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, text: str) -> OffsetText:
        """Return *text* as it is, every character from its own position."""
        return cls(text, tuple((at, at + 1) for at in range(len(text))))

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return from where to before where in the first text the characters from *start* to before *end* come."""
        return self.origins[start][0], self.origins[end - 1][1]

    def sub(
        self, pattern: re.Pattern[str] | CodeSpans, replacement: str | Callable[[re.Match[str]], str]
    ) -> OffsetText:
        """Return the text with *replacement*, or what it returns, for each match of *pattern*.

        What a replacement keeps of a match comes from where it stood; anything else from all of the match.
        """
        texts: list[str] = []
        origins: list[tuple[int, int]] = []
        at = 0
        for match in pattern.finditer(self.text):
            new = replacement(match) if callable(replacement) else replacement
            kept = match.start() + match.group().find(new)
            texts += [self.text[at : match.start()], new]
            origins += self.origins[at : match.start()]
            if kept < match.start():
                origins += [self.source_span(*match.span())] * len(new)
            else:
                origins += self.origins[kept : kept + len(new)]
            at = match.end()
        if not texts:
            return self
        return OffsetText("".join(texts) + self.text[at:], (*origins, *self.origins[at:]))

    def with_text(self, text: str) -> OffsetText:
        """Return it with another *text* of the same length."""
        assert len(text) == len(self.text)  # noqa: S101 - or no offset would be right
        return replace(self, text=text)

    def folded(self, language: str) -> OffsetText:
        """Return the text as `fold` has it for *language*."""
        folded = fold(self.text, language)
        if len(folded) == len(self.text) and (not folded or max(self.text) < FIRST_COMBINING):
            return self.with_text(folded)
        spans = list(pairwise(_boundaries(self.text)))
        texts = [fold(self.text[start:end], language) for start, end in spans]
        origins = [self.source_span(*span) for span, text in zip(spans, texts, strict=True) for _ in text]
        return OffsetText("".join(texts), tuple(origins))

    def with_single_spaces(self) -> OffsetText:
        """Return the text with one space for any number of them, and none at its ends."""
        spaced = self.sub(SPACES, " ")
        start, end = len(spaced.text) - len(spaced.text.lstrip()), len(spaced.text.rstrip())
        return OffsetText(spaced.text[start:end], spaced.origins[start:end])


def _boundaries(text: str) -> Iterator[int]:
    """Yield the boundaries of the pieces of *text* that can be normalised one by one."""
    start = 0
    yield start
    for at in range(1, len(text) + 1):
        if at == len(text) or not _joins(text[start:at], text[at]):
            yield at
            start = at


@lru_cache(maxsize=CACHED)
def _joins(before: str, char: str) -> bool:
    """Tell whether *char* may be normalised to something else after *before* than by itself."""
    if unicodedata.combining(char):
        return True
    apart = unicodedata.normalize("NFKC", before) + unicodedata.normalize("NFKC", char)
    return unicodedata.normalize("NFKC", before + char) != apart
