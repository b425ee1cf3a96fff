"""Checks of the small words of a translation that reverse its meaning: limits, negations and directions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from polyleaf.checks.model import Diagnostic, check
from polyleaf.checks.subjects import Pair
from polyleaf.checks.translation.numbers import axes_turned, numbers_turned
from polyleaf.facts.negation import Negations
from polyleaf.model import Severity

SIGNS = {"lower": "at least, more than", "upper": "at most, less than"}
BOUNDS = {"lower": "from", "upper": "until"}

OPPOSITES = frozenset(("level", "height", "share", "going", "fridge", "reach", "warmth", "pace", "shut", "moisture"))
OPPOSITES |= {"gravity", "frequency", "stomach", "enough", "lateness", "waking", "whole"}
"""Axes of which one pole is the other one denied: `not in the fridge` is `out of the fridge`."""


@check(Pair, Severity.WARNING, in_safety=Severity.ERROR)
def limit_differs(pair: Pair) -> Iterator[Diagnostic]:
    """A limit stays a limit in the same direction: at least, at most, more than, under, from, until.

    Bad:  "Wait at least 4 hours" -> "Wacht hooguit 4 uur"
    Good: "Take no more than 4 tablets" -> "Neem hooguit 4 tabletten"
    """
    for before, after in pair.by_sentence():
        if before.limits != after.limits:
            yield Diagnostic(f"has {_said(after.limits)} where the source has {_said(before.limits)}")
        lost, new = _swapped(before.datetime_limits, after.datetime_limits)
        if lost and new:
            yield Diagnostic(f"has “{BOUNDS[new[0]]}” at a date or time where the source has “{BOUNDS[lost[0]]}”")


@check(Pair, Severity.WARNING, in_safety=Severity.ERROR)
def negation_differs(pair: Pair) -> Iterator[Diagnostic]:
    """What is denied in the source is denied in the translation: a person must look where the count differs.

    Bad:  "Do not use this with a fever" -> "Gebruik dit bij koorts"
    Good: "Do not use this with a fever" -> "Gebruik dit niet bij koorts"
    """
    for before, after in pair.by_sentence():
        if not before.negations.agree(after.negations):
            few, many = (_denied(facts.negations) for facts in (after, before))
            yield Diagnostic(f"has {few} where the source has {many}: compare them")


@check(Pair, Severity.WARNING, in_safety=Severity.ERROR)
def direction_differs(pair: Pair) -> Iterator[Diagnostic]:
    """Before does not become after, nor morning evening, left right or Monday Tuesday, nor do they change places.

    Bad:  "Take it before breakfast" -> "Neem het na het ontbijt"
    Good: "Take it before breakfast" -> "Neem het voor het ontbijt"
    """
    for before, after in pair.facts():
        for axis, poles in before.directions.items():
            lost, new = _swapped(Counter(poles), Counter(after.directions.get(axis, ())))
            turned = axis in OPPOSITES and min(before.negations.counts) != min(after.negations.counts)
            if lost and new and not turned and not _poles(lost) & _poles(new):
                yield Diagnostic(f"says {_named(new)} where the source says {_named(lost)}")
        for axis in axes_turned(before, after) if not numbers_turned(before, after) else ():
            yield Diagnostic(f"says {_named(after.directions[axis])} in another order than the source")


def _swapped(before: Counter[str], after: Counter[str]) -> tuple[list[str], list[str]]:
    """Return what *before* has and *after* has not, and the other way round."""
    return sorted((before - after).elements()), sorted((after - before).elements())


def _poles(names: Sequence[str]) -> set[str]:
    """Return the poles that *names* may mean: `afternoon/evening` is either."""
    return {pole for name in names for pole in name.split("/")}


def _denied(negations: Negations) -> str:
    count, only = min(negations.counts), " and an “only”" if negations.only else ""
    return f"{count or 'no'} negation{'' if count == 1 else 's'}{only}"


def _named(poles: Sequence[str]) -> str:
    """Return *poles*, each once, as words: `after`, `night or evening`."""
    return ", ".join(f"“{pole.replace('/', ' or ').replace('_', ' ')}”" for pole in dict.fromkeys(poles))


def _said(limits: Counter[str]) -> str:
    return "; ".join(f"{count} × “{SIGNS[pole]}”" for pole, count in sorted(limits.items()) if count) or "no limit"
