"""Where in a message its facts stand, for people who compare two texts: figures, limits, negations, names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from polyleaf.facts import directions, extract_facts, medicines, negation
from polyleaf.facts.lexicon import Match, blank, load_lexicon
from polyleaf.facts.limits import find_limits
from polyleaf.facts.markup import parse_markup
from polyleaf.facts.numbers import Confidence, find_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from polyleaf.facts import Facts
    from polyleaf.facts.lexicon import Lexicon
    from polyleaf.facts.numbers import Number


class FactKind(StrEnum):
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
    kind: FactKind
    text: str


AXES = frozenset(("order", "daypart", "weekday", "near", "meal", "side", "stomach", "fridge", "reach"))
"""Where a turn is a fault whatever the sentence; of the other axes many a text says something without meaning it."""

COUNTED_ONLY = "part"
"""What an article does not count: `a part of it` is no amount."""


def find_spans(message: str, language: str, *, ordered: bool = True) -> tuple[Span, ...]:
    """Return where the facts of *message*, a text of a catalogue in *language*, stand: sorted, none within another.

    Only what must be the same in another language: not every `with` and `more`. *ordered*: the other text says what
    comes first in clear words, so that a vague one counts (the Dutch `voor` is `before`, and mostly `for`).
    """
    said = extract_facts(message, language)
    asked = [Span(hit.start, hit.end, FactKind.ADDRESS, hit.meaning) for hit in parse_markup(message).address_matches]
    for kind, hit in _hits(said, load_lexicon(language), ordered=ordered):
        text = said.text[hit.start : hit.end].rstrip()
        asked.append(Span(*said.offset_text.source_span(hit.start, hit.start + len(text)), kind, text))
    found: list[Span] = []
    for span in asked:
        if not any(span.start < other.end and other.start < span.end for other in found):
            found.append(span)
    return tuple(sorted(found, key=lambda span: span.start))


def states_order(message: str, language: str) -> bool:
    """Tell whether *message* says in clear words of *language* what comes before what."""
    known, text = load_lexicon(language), extract_facts(message, language).text
    hits = known["directions"].find(text)
    return any("order" in _axes(hit) and not _is_vague(hit, text, known) for hit in hits)


def _hits(said: Facts, known: Lexicon, *, ordered: bool) -> Iterator[tuple[FactKind, Match]]:
    """Yield the facts of a text, those first that count more."""
    moments = [Match(date.start, date.end, "") for date in said.dates]
    moments += [Match(clock.start, clock.end, "") for clock in said.times]
    rest = blank(said.text, moments)
    every = find_numbers(rest, known)
    calls = directions.find_phone_numbers(rest, every, known)
    found = {
        FactKind.ADDRESS: [Match(short.start, short.end, "") for short in calls],
        FactKind.NUMBER: [*moments, *_amounts(rest, every), *directions.find_rates(rest, known)],
        FactKind.LIMIT: find_limits(rest, every, known),
        FactKind.NEGATION: (hit for hit in negation.find_negations(rest, every, known) if hit.meaning != "soft"),
        FactKind.DIRECTION: [*_turns(every), *_directions(said.text, known, ordered=ordered)],
        FactKind.NAME: medicines.find_matches(said.text),
    }
    for kind, hits in found.items():
        for hit in hits:
            yield kind, hit


def _turns(found: list[Number]) -> Iterator[Match]:
    """Yield what says whose turn it is: `ask your doctor first`."""
    for number in found:
        if _is_turn(number):
            yield Match(number.start, number.end, "order:before")


def _directions(text: str, known: Lexicon, *, ordered: bool) -> Iterator[Match]:
    for hit in known["directions"].find(text):
        if _axes(hit) & AXES and (ordered or not _is_vague(hit, text, known)):
            yield hit


def _amounts(text: str, found: list[Number]) -> Iterator[Match]:
    """Yield the numbers with the units that stand beside them; an article is one only with a unit that it counts."""
    for number in found:
        if _is_turn(number) or (not number.confidence and number.unit == COUNTED_ONLY):
            continue
        before = text[: number.start].endswith("%") and number.unit == "percent"
        if number.confidence or number.unit:
            yield Match(number.start - before, number.end, number.unit)


def _is_turn(number: Number) -> bool:
    """Tell whether *number* says whose turn it is (`ask your doctor first`), not how many there are."""
    return number.ordinal and not number.unit and number.confidence is Confidence.LOW


def _axes(hit: Match) -> set[str]:
    return {meaning.partition(":")[0] for meaning in hit.meaning.split()}


def _is_vague(hit: Match, text: str, known: Lexicon) -> bool:
    return any(one.end == hit.end for one in known["vague"].find(text) if one.start == hit.start)
