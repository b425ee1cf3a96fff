"""Where in a message its facts stand, for people who compare two texts: figures, limits, negations, names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from polyleaf.facts import cues, denials, facts, names
from polyleaf.facts.limits import places as limit_places
from polyleaf.facts.numbers import numbers
from polyleaf.facts.surface import surface
from polyleaf.facts.words import Hit, blank, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from polyleaf.facts import Facts
    from polyleaf.facts.numbers import Number
    from polyleaf.facts.words import Words


class Kind(StrEnum):
    """What stands in a span; where two are in one place, the first of these counts."""

    ADDRESS = "address"
    NUMBER = "number"
    LIMIT = "limit"
    NEGATION = "negation"
    DIRECTION = "direction"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Span:
    """A fact of a message: from where to where it stands there, its kind, and the folded *words* that say it."""

    start: int
    end: int
    kind: Kind
    words: str


def spans(message: str, language: str) -> tuple[Span, ...]:
    """Return where the facts of *message*, a text of a catalogue in *language*, stand: sorted, none within another."""
    said = facts(message, language)
    found = [Span(hit.start, hit.end, Kind.ADDRESS, hit.meaning) for hit in surface(message).places]
    for kind, hit in _hits(said, words(language)):
        text = said.words[hit.start : hit.end].rstrip()
        start, end = said.trace.origin(hit.start, hit.start + len(text))
        if not any(start < other.end and other.start < end for other in found):
            found.append(Span(start, end, kind, text))
    return tuple(sorted(found, key=lambda span: span.start))


def _hits(said: Facts, known: Words) -> Iterator[tuple[Kind, Hit]]:
    """Yield the facts of a text, those first that count more."""
    moments = [Hit(date.start, date.end, "") for date in said.dates]
    moments += [Hit(clock.start, clock.end, "") for clock in said.clocks]
    rest = blank(said.words, moments)
    every = numbers(rest, known)
    for short in cues.calls(rest, every, known):
        yield Kind.ADDRESS, Hit(short.start, short.end, "")
    for hit in (*moments, *_amounts(rest, every), *cues.rate_places(rest, known)):
        yield Kind.NUMBER, hit
    for hit in limit_places(rest, every, known):
        yield Kind.LIMIT, hit
    for hit in denials.places(rest, every, known):
        yield Kind.NEGATION, hit
    for hit in known["directions"].find(said.words):
        yield Kind.DIRECTION, hit
    for hit in names.find(said.words):
        yield Kind.NAME, hit


def _amounts(text: str, found: list[Number]) -> Iterator[Hit]:
    """Yield the numbers with the units that stand beside them; an article is one only with a unit."""
    for number in found:
        before = text[: number.start].endswith("%") and number.unit == "percent"
        if number.weight or number.unit:
            yield Hit(number.start - before, number.end, number.unit)
