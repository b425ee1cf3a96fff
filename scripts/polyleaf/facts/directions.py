"""Directions (before, after, morning, evening), rates (per day) and short telephone numbers of a text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from polyleaf.facts.lexicon import Lexicon, Match
from polyleaf.facts.quantities import Confidence, Number

SLASH = re.compile(r"(?<=\w)\s?/\s?(?=\w)")
ELISION = "'"
"""What stands after an article that only looks like a unit: `par l'accueil`."""

SHORT_NUMBERS = range(100, 10_000)
COMPARATIVES = frozenset(("over", "under", "more", "less", "exceed"))
NEAR = 1
"""How many characters stand between a limit and its number: `over 180` is no number to call."""

EDGE = 0.2
"""In which part of a text, from either end, a condition opens or closes it."""


def find_directions(text: str, lexicon: Lexicon) -> Mapping[str, tuple[str, ...]]:
    """Return for each axis, such as `order`, which poles of it *text* names, from left to right: `before`, `after`."""
    axes: defaultdict[str, list[str]] = defaultdict(list)
    for direction in find_direction_words(text, lexicon):
        for meaning in direction.meaning.split():
            axis, _, pole = meaning.partition(":")
            axes[axis].append(pole)
    return {axis: tuple(poles) for axis, poles in axes.items()}


def find_direction_words(text: str, lexicon: Lexicon) -> list[Match]:
    """Return where *text* names poles, from left to right; a phrase with a gap leaves what stands in the gap.

    `Trek de linker katheter niet uit` says `links` and `uit`; `sluit de zak aan` does not say `sluit`.
    """
    words, phrases = (list(lexicon[kind].find(text)) for kind in ("directions", "directions.gapped"))
    held = {(word.start, word.meaning) for word in words}
    phrases = [phrase for phrase in phrases if (phrase.start, phrase.meaning) not in held]
    starts = {phrase.start for phrase in phrases}
    words = [word for word in words if word.start not in starts]
    return sorted((*words, *phrases), key=lambda match: match.start)


def count_rates(text: str, lexicon: Lexicon) -> Counter[str]:
    """Return the units that *text* says something per: `a day`, `per kg`, `daily`, `/ml`."""
    return Counter(rate.meaning for rate in find_rates(text, lexicon))


def find_rates(text: str, lexicon: Lexicon) -> Iterator[Match]:
    """Yield where *text* says something per unit; the meaning is the unit."""
    for rate in lexicon["rates"].find(text):
        if rate.meaning != "per":
            yield rate
            continue
        unit = lexicon["units"].at(text, rate.end + 1) if text[rate.end : rate.end + 1].isspace() else None
        if unit and text[unit.end : unit.end + 1] != ELISION:
            yield Match(rate.start, unit.end, unit.meaning)
    for slash in SLASH.finditer(text):
        unit = lexicon["units"].at(text, slash.end())
        if unit:
            yield Match(slash.start(), unit.end, unit.meaning)


def find_phone_numbers(text: str, numbers: Sequence[Number], lexicon: Lexicon) -> list[Number]:
    """Return the *numbers* that are short telephone numbers: three or four figures in a text that says to call."""
    if not lexicon["call"].present(text):
        return []
    limits = [limit.end for limit in lexicon["limits"].find(text) if limit.meaning in COMPARATIVES]
    certain = [
        number
        for number in numbers
        if not number.unit
        and number.confidence is Confidence.HIGH
        and not any(0 <= number.start - end <= NEAR for end in limits)
    ]
    return [number for number in certain if SHORT_NUMBERS.start <= number.value < SHORT_NUMBERS.stop]


def find_condition_side(text: str, lexicon: Lexicon) -> str:
    """Return whether the one condition of *text* stands `first` or `last`, empty when it has none or several.

    `If it hurts, call us` is `Call us if it hurts`: what the clauses name then comes in another order.
    """
    starts = [match.start for match in lexicon["conditions"].find(text)]
    ends = [match.end for match in lexicon["conditions_after"].find(text)]
    if len(starts) + len(ends) != 1:
        return ""
    is_first = starts[0] < len(text) * EDGE if starts else ends[0] < len(text) * (1 - EDGE)
    return "first" if is_first else "last"
