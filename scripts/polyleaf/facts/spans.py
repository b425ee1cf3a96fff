"""Where in a message its facts stand, for people who compare two texts: figures, limits, negations, names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from polyleaf.facts import directions, facts, medicines, negation
from polyleaf.facts.lexicon import Hit, blank, words
from polyleaf.facts.limits import places as limit_places
from polyleaf.facts.markup import surface
from polyleaf.facts.numbers import Weight, numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from polyleaf.facts import Facts
    from polyleaf.facts.lexicon import Words
    from polyleaf.facts.numbers import Number


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


AXES = frozenset(("order", "daypart", "weekday", "near", "meal", "side", "stomach", "fridge", "reach"))
"""Where a turn is a fault whatever the sentence; of the other axes many a text says something without meaning it."""

COUNTED_ONLY = "part"
"""What an article does not count: `a part of it` is no amount."""


def spans(message: str, language: str, *, ordered: bool = True) -> tuple[Span, ...]:
    """Return where the facts of *message*, a text of a catalogue in *language*, stand: sorted, none within another.

    Only what must be the same in another language: not every `with` and `more`. *ordered*: the other text says what
    comes first in clear words, so that a vague one counts (the Dutch `voor` is `before`, and mostly `for`).
    """
    said = facts(message, language)
    asked = [Span(hit.start, hit.end, Kind.ADDRESS, hit.meaning) for hit in surface(message).places]
    for kind, hit in _hits(said, words(language), ordered=ordered):
        text = said.words[hit.start : hit.end].rstrip()
        asked.append(Span(*said.trace.origin(hit.start, hit.start + len(text)), kind, text))
    found: list[Span] = []
    for span in asked:
        if not any(span.start < other.end and other.start < span.end for other in found):
            found.append(span)
    return tuple(sorted(found, key=lambda span: span.start))


def ordered(message: str, language: str) -> bool:
    """Tell whether *message* says in clear words of *language* what comes before what."""
    known, text = words(language), facts(message, language).words
    hits = known["directions"].find(text)
    return any("order" in _axes(hit) and not _is_vague(hit, text, known) for hit in hits)


def _hits(said: Facts, known: Words, *, ordered: bool) -> Iterator[tuple[Kind, Hit]]:
    """Yield the facts of a text, those first that count more."""
    moments = [Hit(date.start, date.end, "") for date in said.dates]
    moments += [Hit(clock.start, clock.end, "") for clock in said.clocks]
    rest = blank(said.words, moments)
    every = numbers(rest, known)
    calls = directions.calls(rest, every, known)
    found = {
        Kind.ADDRESS: [Hit(short.start, short.end, "") for short in calls],
        Kind.NUMBER: [*moments, *_amounts(rest, every), *directions.rate_places(rest, known)],
        Kind.LIMIT: limit_places(rest, every, known),
        Kind.NEGATION: (hit for hit in negation.places(rest, every, known) if hit.meaning != "soft"),
        Kind.DIRECTION: [*_turns(every), *_directions(said.words, known, ordered=ordered)],
        Kind.NAME: medicines.find(said.words),
    }
    for kind, hits in found.items():
        for hit in hits:
            yield kind, hit


def _turns(found: list[Number]) -> Iterator[Hit]:
    """Yield what says whose turn it is: `ask your doctor first`."""
    for number in found:
        if _is_turn(number):
            yield Hit(number.start, number.end, "order:before")


def _directions(text: str, known: Words, *, ordered: bool) -> Iterator[Hit]:
    for hit in known["directions"].find(text):
        if _axes(hit) & AXES and (ordered or not _is_vague(hit, text, known)):
            yield hit


def _amounts(text: str, found: list[Number]) -> Iterator[Hit]:
    """Yield the numbers with the units that stand beside them; an article is one only with a unit that it counts."""
    for number in found:
        if _is_turn(number) or (not number.weight and number.unit == COUNTED_ONLY):
            continue
        before = text[: number.start].endswith("%") and number.unit == "percent"
        if number.weight or number.unit:
            yield Hit(number.start - before, number.end, number.unit)


def _is_turn(number: Number) -> bool:
    """Tell whether *number* says whose turn it is (`ask your doctor first`), not how many there are."""
    return number.ordinal and not number.unit and number.weight is Weight.SOFT


def _axes(hit: Hit) -> set[str]:
    return {meaning.partition(":")[0] for meaning in hit.meaning.split()}


def _is_vague(hit: Hit, text: str, known: Words) -> bool:
    return any(one.end == hit.end for one in known["vague"].find(text) if one.start == hit.start)
