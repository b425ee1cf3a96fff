"""Spans of the facts of a message, for people who compare two texts: figures, limits, negations, names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from polyleaf.facts import Facts, extract_facts, medicines
from polyleaf.facts.directions import find_direction_words, find_phone_numbers, find_rates
from polyleaf.facts.lexicon import Lexicon, Match, blank, load_lexicon
from polyleaf.facts.lexicon.phrase_matcher import Located
from polyleaf.facts.limits import counting, find_limits
from polyleaf.facts.markup import parse_markup
from polyleaf.facts.negation import find_negations
from polyleaf.facts.numbers import find_numbers
from polyleaf.facts.quantities import Confidence, Number


class FactKind(StrEnum):
    """What stands in a span; of two that overlap, the first of these counts."""

    ADDRESS = "address"
    NUMBER = "number"
    LIMIT = "limit"
    NEGATION = "negation"
    DIRECTION = "direction"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Span:
    """A fact that stands in a message from *start* to before *end*, in characters; *text* are its folded words."""

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
    facts = extract_facts(message, language)
    addresses = parse_markup(message).address_matches
    candidates = [Span(address.start, address.end, FactKind.ADDRESS, address.meaning) for address in addresses]
    for kind, item in _items(facts, load_lexicon(language), ordered=ordered):
        text = facts.text[item.start : item.end].rstrip()
        candidates.append(Span(*facts.offset_text.source_span(item.start, item.start + len(text)), kind, text))
    spans: list[Span] = []
    is_taken = bytearray(len(message))
    for span in candidates:
        if not any(is_taken[span.start : span.end]):
            spans.append(span)
            is_taken[span.start : span.end] = b"\1" * (span.end - span.start)
    return tuple(sorted(spans, key=lambda span: span.start))


def states_order(message: str, language: str) -> bool:
    """Tell whether *message* says in clear words of *language* what comes before what."""
    lexicon, text = load_lexicon(language), extract_facts(message, language).text
    directions = find_direction_words(text, lexicon)
    return any("order" in _axes(direction) and not _is_vague(direction, text, lexicon) for direction in directions)


def _items(facts: Facts, lexicon: Lexicon, *, ordered: bool) -> Iterator[tuple[FactKind, Located]]:
    """Yield the facts of a text, those of the first kinds first."""
    moments: tuple[Located, ...] = (*facts.dates, *facts.times)
    text = blank(facts.text, moments)
    numbers = find_numbers(text, lexicon)
    items: dict[FactKind, Iterable[Located]] = {
        FactKind.ADDRESS: find_phone_numbers(text, numbers, lexicon),
        FactKind.NUMBER: (*moments, *_amounts(text, numbers), *find_rates(text, lexicon)),
        FactKind.LIMIT: find_limits(text, numbers, lexicon),
        FactKind.NEGATION: (cue for cue in find_negations(text, numbers, lexicon) if cue.meaning != "soft"),
        FactKind.DIRECTION: (*filter(_is_turn, numbers), *_directions(facts.text, lexicon, ordered=ordered)),
        FactKind.NAME: medicines.find_matches(facts.text),
    }
    return ((kind, item) for kind, located in items.items() for item in located)


def _directions(text: str, lexicon: Lexicon, *, ordered: bool) -> Iterator[Match]:
    for direction in find_direction_words(text, lexicon):
        if _axes(direction) & AXES and (ordered or not _is_vague(direction, text, lexicon)):
            yield direction


def _amounts(text: str, numbers: list[Number]) -> Iterator[Located]:
    """Yield the numbers with the units that stand beside them; an article is one only with a unit that it counts."""
    for number in counting(numbers):
        if not _is_turn(number) and (number.confidence or number.unit != COUNTED_ONLY):
            has_sign_before = number.unit == "percent" and text[: number.start].endswith("%")
            yield replace(number, start=number.start - has_sign_before)


def _is_turn(number: Number) -> bool:
    """Tell whether *number* says whose turn it is (`ask your doctor first`), not how many there are."""
    return number.ordinal and not number.unit and number.confidence is Confidence.LOW


def _axes(direction: Match) -> set[str]:
    return {meaning.partition(":")[0] for meaning in direction.meaning.split()}


def _is_vague(direction: Match, text: str, lexicon: Lexicon) -> bool:
    vague = lexicon["vague"].find(text)
    return any((word.start, word.end) == (direction.start, direction.end) for word in vague)
