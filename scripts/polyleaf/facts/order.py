"""Whether amounts, and poles such as left and right, come in another order in a translation."""

from __future__ import annotations

from collections.abc import Sequence

from polyleaf.facts import Facts
from polyleaf.facts.quantities import Confidence

ALWAYS = ("daypart", "side", "breath", "share")
"""Axes of which another order is told, also where there are no numbers to go with them."""

TIMES = ("second", "minute", "hour", "day", "week", "month", "year")

WITH_NUMBERS = ("weekday", "meal", "people", "sex", "organ", "near")
"""Axes of which another order matters where each pole has a number or a name of its own."""


def numbers_turned(before: Facts, after: Facts) -> list[str]:
    """Return the numbers of *after* that are in *before* in another order, kind by kind; g and mg are of one kind.

    Hours and days are not: `for 3 days, every 8 hours` may as well be said the other way round.
    """
    if _clauses_moved(before, after):
        return []
    kinds = dict.fromkeys(kind for kind, _, _ in _amounts(before))
    turned = [kind for kind in kinds if _is_turned(kind, before, after)]
    days, others = ([str(day) for day in sorted(facts.dates, key=lambda day: day.start)] for facts in (before, after))
    if _turned(days, others):
        return [", ".join(others)]
    return [", ".join(shown for kind, _, shown in _amounts(after) if kind == changed) for changed in turned]


def axes_turned(before: Facts, after: Facts, *, several: bool = False) -> list[str]:
    """Return the axes whose poles are the same in both texts, and in another order, where that says something.

    *several* tells whether the texts name several persons, medicines or terms in the same order, with which
    the poles go.
    """
    if _clauses_moved(before, after):
        return []
    several = several or len(set(_all_values(before))) > 1
    axes = (*ALWAYS, *WITH_NUMBERS) if several else ALWAYS
    return [axis for axis in axes if _changed(_poles(before, axis), _poles(after, axis))]


def _clauses_moved(before: Facts, after: Facts) -> bool:
    """Tell whether the condition stands on the other side of its sentence, and brings what it names with it."""
    return {before.condition, after.condition} == {"first", "last"}


def _is_turned(kind: str, before: Facts, after: Facts) -> bool:
    """Tell whether the amounts of a *kind* have changed places; an article is a 1 where the other text has that."""
    values = [_values(facts, kind) for facts in (before, after)]
    if sorted(values[0]) != sorted(values[1]) and kind not in TIMES:
        values = [_values(facts, kind, articles=True) for facts in (before, after)]
    return _turned(*values) and not (kind == "times" and _rated(before) == _rated(after))


def _rated(facts: Facts) -> list[tuple[str, bool]]:
    """Return the numbers of times, those that are per something first: `3 times a day, 10 times`."""
    times = [number for number in facts.numbers if number.unit == "times"]
    return [(str(number), number.rated) for number in sorted(times, key=lambda number: not number.rated)]


def _turned(before: Sequence[str], after: Sequence[str]) -> bool:
    return before != after and sorted(before) == sorted(after)


def _changed(before: Sequence[set[str]], after: Sequence[set[str]]) -> bool:
    """Tell whether *before* and *after* name the same poles in another order; a pole may be one of two."""
    if len(before) != len(after) or all(pole & same for pole, same in zip(before, after, strict=True)):
        return False
    sides = (before, after), (after, before)
    return all(any(pole & same for same in second) for first, second in sides for pole in first)


def _values(facts: Facts, kind: str, *, articles: bool = False) -> list[str]:
    return [value for unit, value, _ in _amounts(facts, articles=articles) if unit == kind]


def _amounts(facts: Facts, *, articles: bool = False) -> list[tuple[str, str, str]]:
    """Return the numbers with a unit, and those in figures without one, each as its kind, its value, and as shown.

    With *articles*, also those that are an article with a unit.
    """
    amounts = []
    for number in facts.numbers:
        is_sure = number.confidence is Confidence.HIGH or (articles and number.unit)
        if is_sure and (number.unit or not (number.spelt or number.ordinal)):
            value, kind = (number.value, number.unit) if number.unit in TIMES else number.in_base_unit()
            amounts.append((kind, str(value), str(number)))
    return amounts


def _all_values(facts: Facts) -> list[str]:
    return [str(number.value) for number in facts.numbers if number.confidence] + [str(time) for time in facts.times]


def _poles(facts: Facts, axis: str) -> list[set[str]]:
    """Return the poles of *axis*, each once: `night/evening` is either."""
    return [set(pole.split("/")) for pole in dict.fromkeys(facts.directions.get(axis, ()))]
