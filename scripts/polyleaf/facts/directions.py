"""Small words that say much: before and after, morning and evening, per day; and a text that says to call."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from polyleaf.facts.lexicon import Match
from polyleaf.facts.numbers import Confidence, Number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from polyleaf.facts.lexicon import Lexicon

SLASH = re.compile(r"(?<=\w)\s?/\s?(?=\w)")
LEAST_CALL, MOST_CALL = 100, 10_000


def find_directions(text: str, lexicon: Lexicon) -> Mapping[str, tuple[str, ...]]:
    """Return for each axis, such as `order`, which poles of it *text* names, from left to right: `before`, `after`."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for hit in lexicon["directions"].find(text):
        for meaning in hit.meaning.split():
            axis, _, pole = meaning.partition(":")
            found[axis].append(pole)
    return {axis: tuple(poles) for axis, poles in found.items()}


def count_rates(text: str, lexicon: Lexicon) -> Counter[str]:
    """Return the units that *text* says something per: `a day`, `per kg`, `daily`, `/ml`."""
    return Counter(hit.meaning for hit in find_rates(text, lexicon))


def find_rates(text: str, lexicon: Lexicon) -> Iterator[Match]:
    """Yield where *text* says something per unit, and which."""
    for hit in lexicon["rates"].find(text):
        if hit.meaning != "per":
            yield hit
            continue
        unit = lexicon["units"].at(text, hit.end + 1) if text[hit.end : hit.end + 1].isspace() else None
        if unit:
            yield Match(hit.start, unit.end, unit.meaning)
    for slash in SLASH.finditer(text):
        unit = lexicon["units"].at(text, slash.end())
        if unit:
            yield Match(slash.start(), unit.end, unit.meaning)


def find_phone_numbers(text: str, numbers: Sequence[Number], lexicon: Lexicon) -> list[Number]:
    """Return the *numbers* that are short telephone numbers: three or four figures in a text that says to call."""
    if not lexicon["call"].present(text):
        return []
    sure = [one for one in numbers if not one.unit and one.confidence is Confidence.HIGH]
    return [one for one in sure if LEAST_CALL <= one.value < MOST_CALL]
