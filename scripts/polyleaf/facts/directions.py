"""Small words that say much: before and after, morning and evening, per day; and a text that says to call."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from polyleaf.facts.lexicon import Hit
from polyleaf.facts.numbers import Number, Weight

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from polyleaf.facts.lexicon import Words

SLASH = re.compile(r"(?<=\w)\s?/\s?(?=\w)")
LEAST_CALL, MOST_CALL = 100, 10_000


def directions(text: str, words: Words) -> Mapping[str, tuple[str, ...]]:
    """Return for each axis, such as `order`, which poles of it *text* names, from left to right: `before`, `after`."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for hit in words["directions"].find(text):
        for meaning in hit.meaning.split():
            axis, _, pole = meaning.partition(":")
            found[axis].append(pole)
    return {axis: tuple(poles) for axis, poles in found.items()}


def rates(text: str, words: Words) -> Counter[str]:
    """Return the units that *text* says something per: `a day`, `per kg`, `daily`, `/ml`."""
    return Counter(hit.meaning for hit in rate_places(text, words))


def rate_places(text: str, words: Words) -> Iterator[Hit]:
    """Yield where *text* says something per unit, and which."""
    for hit in words["rates"].find(text):
        if hit.meaning != "per":
            yield hit
            continue
        unit = words["units"].at(text, hit.end + 1) if text[hit.end : hit.end + 1].isspace() else None
        if unit:
            yield Hit(hit.start, unit.end, unit.meaning)
    for slash in SLASH.finditer(text):
        unit = words["units"].at(text, slash.end())
        if unit:
            yield Hit(slash.start(), unit.end, unit.meaning)


def calls(text: str, numbers: Sequence[Number], words: Words) -> list[Number]:
    """Return the *numbers* that are short telephone numbers: three or four figures in a text that says to call."""
    if not words["call"].present(text):
        return []
    sure = [one for one in numbers if not one.unit and one.weight is Weight.SURE]
    return [one for one in sure if LEAST_CALL <= one.value < MOST_CALL]
