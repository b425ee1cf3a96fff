"""Whether two texts name things in another order, and whether that is right: because all of a list was turned."""

from __future__ import annotations

from collections.abc import Sequence

from polyleaf.facts import Facts
from polyleaf.facts.numbers import Confidence

ALWAYS = ("daypart", "side")
"""Axes of which another order is told, also where there are no numbers to go with them."""

TIMES = ("second", "minute", "hour", "day", "week", "month", "year")

WITH_NUMBERS = ("weekday", "meal", "people", "sex", "organ", "near")
"""Axes of which another order matters where each pole has a number of its own."""


def numbers_turned(before: Facts, after: Facts) -> list[str]:
    """Return the numbers of *after* that are in *before* in another order, kind by kind; g and mg are of one kind.

    Hours and days are not: `for 3 days, every 8 hours` may as well be said the other way round.
    """
    kinds = dict.fromkeys(kind for kind, _, _ in _amounts(before))
    turned = [kind for kind in kinds if _turned(_values(before, kind), _values(after, kind))]
    return [", ".join(shown for kind, _, shown in _amounts(after) if kind == one) for one in turned]


def axes_turned(before: Facts, after: Facts) -> list[str]:
    """Return the axes whose poles are the same in both texts, and in another order, where that says something."""
    several = len(set(_all_values(before))) > 1
    axes = (*ALWAYS, *WITH_NUMBERS) if several else ALWAYS
    return [axis for axis in axes if _changed(*(_poles(one, axis) for one in (before, after)))]


def _turned(one: Sequence[str], other: Sequence[str]) -> bool:
    return one != other and sorted(one) == sorted(other)


def _changed(one: Sequence[set[str]], other: Sequence[set[str]]) -> bool:
    """Tell whether *one* and *other* name the same poles in another order; a pole may be one of two."""
    if len(one) != len(other) or all(pole & same for pole, same in zip(one, other, strict=True)):
        return False
    return all(any(pole & same for same in other) for pole in one) and all(
        any(pole & same for same in one) for pole in other
    )


def _values(facts: Facts, kind: str) -> list[str]:
    return [value for unit, value, _ in _amounts(facts) if unit == kind]


def _amounts(facts: Facts) -> list[tuple[str, str, str]]:
    """Return the numbers with a unit, and those in figures without one, each as its kind, its value, and as shown."""
    sure = [
        one
        for one in facts.numbers
        if one.confidence is Confidence.HIGH and (one.unit or not (one.spelt or one.ordinal))
    ]
    kinds = [one.in_base_unit() if one.unit not in TIMES else (one.value, one.unit) for one in sure]
    return [(unit, str(value), str(one)) for (value, unit), one in zip(kinds, sure, strict=True)]


def _all_values(facts: Facts) -> list[str]:
    return [str(one.value) for one in facts.numbers if one.confidence] + [str(one) for one in facts.times]


def _poles(facts: Facts, axis: str) -> list[set[str]]:
    """Return the poles of *axis*, each once: `night/evening` is either."""
    return [set(pole.split("/")) for pole in dict.fromkeys(facts.directions.get(axis, ()))]
