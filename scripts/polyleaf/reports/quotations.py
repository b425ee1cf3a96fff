"""Quotations of the texts of a leaflet in English findings, each tagged with its language for screen readers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

QUOTED = re.compile(r"'[^']+'|“[^”]+”")
"""What a finding quotes; between these marks are also words of its own, such as `after`."""

LEGEND = re.compile(r"\{\w+\} = (?:footnote|stays as it is): (?P<words>.+)", re.DOTALL)
"""A line of a legend that quotes the source."""

CITATION = re.compile(r"\{\w+\} = citation of ")


@dataclass(frozen=True, slots=True)
class TaggedText:
    """A text with its language, a BCP 47 tag; the tag is empty for the language of what is around it."""

    text: str
    language: str = ""


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
