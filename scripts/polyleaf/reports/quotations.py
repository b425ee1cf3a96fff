"""Words quoted in what is English: each with the language that it is in, so that it is spoken as it should be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

QUOTED = re.compile(r"'[^']+'|“[^”]+”")
"""What a finding quotes; between these marks are also words of its own, such as `after`."""

LEGEND = re.compile(r"\{\w+\} = (?:footnote|stays as it is): (?P<words>.+)", re.DOTALL)
"""A line of a legend that shows words of the source."""

CITATION = re.compile(r"\{\w+\} = citation of ")


@dataclass(frozen=True, slots=True)
class Words:
    """Some words and the language that they are in: a BCP 47 tag, empty for the language of what is around them."""

    text: str
    language: str = ""


def fact(said: str, texts: Mapping[str, str]) -> tuple[Words, ...]:
    """Return what a finding *said* in parts: what it quotes of one of *texts*, by language tag, is in that language."""
    return tuple(_parts(said, texts))


def legend(line: str, language: str) -> tuple[Words, ...]:
    """Return a *line* of a legend in parts: the words of a note are in the *language* of the source."""
    found = LEGEND.fullmatch(line)
    if not found:
        return (Words(line),)
    at = found.start("words")
    return Words(line[:at]), Words(line[at:], language)


def is_citation(line: str) -> bool:
    """Tell whether a *line* of a legend says of a mark that it is a citation."""
    return CITATION.match(line) is not None


def _parts(said: str, texts: Mapping[str, str]) -> Iterator[Words]:
    at = 0
    for hit in QUOTED.finditer(said):
        tag = _language(hit.group()[1:-1], texts)
        if tag:
            yield from _some(said[at : hit.start() + 1])
            yield Words(hit.group()[1:-1], tag)
            at = hit.end() - 1
    yield from _some(said[at:])


def _some(text: str) -> Sequence[Words]:
    return [Words(text)] if text else []


def _language(quoted: str, texts: Mapping[str, str]) -> str:
    """Return the language of the only one of *texts* that has what is *quoted*, else nothing."""
    found = [tag for tag, text in texts.items() if quoted.casefold() in text.casefold()]
    return found[0] if len(found) == 1 else ""
