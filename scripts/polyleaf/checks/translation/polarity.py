"""Checks of the small words of a translation that reverse its meaning: limits, negations and directions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from polyleaf.checks.model import Diagnostic, check
from polyleaf.checks.subjects import Pair
from polyleaf.facts import Facts
from polyleaf.facts.concepts import find_stated_poles
from polyleaf.facts.directions import find_direction_words
from polyleaf.facts.lexicon import load_lexicon
from polyleaf.facts.negation import Negations
from polyleaf.facts.order import axes_turned, numbers_turned
from polyleaf.facts.sequences import change_order
from polyleaf.facts.stated_limits import LOWER, UPPER, Limits
from polyleaf.facts.subjects import MIN_SUBJECTS, find_subjects, find_turned
from polyleaf.model import Severity

SIGNS = {"lower": "at least, more than", "upper": "at most, less than"}
BOUNDS = {"lower": "from", "upper": "until"}

OPPOSITES = frozenset(("level", "height", "share", "going", "fridge", "reach", "warmth", "pace", "shut", "moisture"))
OPPOSITES |= {"gravity", "frequency", "stomach", "enough", "lateness", "waking", "whole", "span", "attached"}
OPPOSITES |= {"omission", "lasting", "memory", "power", "integrity", "sameness", "permanence", "posture"}
"""Axes of which one pole is the other one denied: `not in the fridge` is `out of the fridge`."""

STRESSED = {"whole": "whole", "moisture": "dry", "attached": "on"}
"""Axes of which one pole is said again with the other one denied: `whole, without chewing`, `dry, and not wet`."""


SENTENCES = ("weekday", "daypart", "side", "meal")
"""Axes whose poles stay in their sentences."""

TURNED = (("after", "until"), ("until", "after"), ("until", "before"))
"""What may not become what, where nothing is denied."""


@check(Pair, Severity.WARNING, in_safety=Severity.ERROR)
def limit_differs(pair: Pair) -> Iterator[Diagnostic]:
    """A limit stays a limit of the same number in the same direction: at least, at most, more than, under, from, until.

    Bad:  "Wait at least 4 hours" -> "Wacht hooguit 4 uur"
    Good: "Take no more than 4 tablets" -> "Neem hooguit 4 tabletten"
    """
    for before, after in pair.by_sentence():
        if not _without_single(before, after).agree(_without_single(after, before)):
            yield Diagnostic(f"has {_said(after.limits)} where the source has {_said(before.limits)}")
        else:
            yield from _limited_otherwise(before, after)
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
        reversals = before.limits.reversals(after.limits) + sum(1 for _ in _reversed_axes(before, after, pair))
        reversals += _count_restated(before, after, pair) + _waits_for(before, after)
        first, second = _without_shared(before, after)
        if not first.agree(second, reversals) or _concedes(before, after):
            few, many = (_denied(facts.negations) for facts in (after, before))
            yield Diagnostic(f"has {few} where the source has {many}: compare them")
        elif "skipped" in before.directions.get("omission", ()) and not before.negations and _says_all(after):
            yield Diagnostic("does not say that something is left out")


@check(Pair, Severity.WARNING, in_safety=Severity.ERROR)
def direction_differs(pair: Pair) -> Iterator[Diagnostic]:
    """Before does not become after, nor morning evening, left right or Monday Tuesday, nor do they change places.

    Bad:  "Take it before breakfast" -> "Neem het na het ontbijt"
    Good: "Take it before breakfast" -> "Neem het voor het ontbijt"
    """
    for before, after in pair.facts():
        for axis, lost, new in _changed_axes(before, after):
            moved = _is_moved(axis, before, after, pair) or _is_ended(axis, before, after)
            if not moved and not _explained(axis, new, before, after):
                yield Diagnostic(f"says {_named(new)} where the source says {_named(lost)}")
        for first, second in TURNED if _says_no_denial(before, after) else ():
            if _becomes(first, second, before, after):
                yield Diagnostic(f"says {_named([second])} where the source says {_named([first])}")
        if _is_daily(before, after):
            yield Diagnostic("says “daily” where the source says on which day of the week")
        for axis in _turned(before, after, pair):
            yield Diagnostic(f"says {_named(after.directions[axis])} in another order than the source")
            return
    yield from _exchanged(pair)


def _turned(before: Facts, after: Facts, pair: Pair) -> list[str]:
    """Return the axes whose poles change places, and what they go with does not."""
    languages = (pair.language_pair.source, pair.language_pair.target)
    subjects = find_subjects((before, after), languages, pair.language_pair.terms)
    if numbers_turned(before, after) or any(find_turned(subjects)):
        return []
    return axes_turned(before, after, several=len(subjects) >= MIN_SUBJECTS)


def _exchanged(pair: Pair) -> Iterator[Diagnostic]:
    """Yield the poles that two sentences have exchanged: each is in the text, and in the other sentence."""
    sentences = list(pair.by_sentence())
    for axis in SENTENCES if len(sentences) > 1 else ():
        poles = [[set(_names(side.directions.get(axis, ()))) for side in sides] for sides in sentences]
        all_before, all_after = (set().union(*side) for side in zip(*poles, strict=True))
        moved = [after for before, after in poles if before and after and before.isdisjoint(after)]
        if moved and all_before == all_after:
            yield Diagnostic(f"says {_named(sorted(moved[0]))} in another sentence than the source")


def _names(poles: Iterable[str]) -> Iterator[str]:
    """Yield the names in *poles*, of which one may be two: `night/evening`."""
    return chain.from_iterable(pole.split("/") for pole in poles)


def _becomes(first: str, second: str, before: Facts, after: Facts) -> bool:
    """Tell whether *before* alone says the *first*, and *after* alone the *second*, of `after`, `until` and `before`.

    A number or time may stand `before` where the source has it with a `tot`, which is `until` and `to`.
    """
    axes = {"after": "order", "before": "order", "until": "span"}
    if second == "before" and (before.numbers or before.times):
        return False
    source, target = (
        {pole for pole, axis in axes.items() if pole in facts.directions.get(axis, ())} for facts in (before, after)
    )
    return source == {first} and target == {second}


def _says_no_denial(before: Facts, after: Facts) -> bool:
    waiting = before.negations.waiting + after.negations.waiting
    return waiting == 0 and max(before.negations.counts | after.negations.counts) == 0


def _without_single(facts: Facts, other: Facts) -> Limits:
    """Return the limits of *facts*, without that of `at most one` where *other* says `only`: `a single visitor`."""
    negations = other.negations
    if not negations.only + negations.perhaps_only + negations.alone:
        return facts.limits
    limits = facts.limits.limits
    return Limits(tuple(limit for limit in limits if not (limit.firm and limit.pole == UPPER and limit.value == 1)))


def _is_daily(before: Facts, after: Facts) -> bool:
    """Tell whether *after* says something of every day where *before* says it of one day of the week."""
    days = [set(facts.directions.get("weekday", ())) for facts in (before, after)]
    return len(days[0]) == 1 and not days[1] and "day" in after.rates - before.rates


def _limited_otherwise(before: Facts, after: Facts) -> Iterator[Diagnostic]:
    """Yield where a limit stands at another number than in the source, though both texts have both numbers."""
    lost, new = before.limits.values - after.limits.values, after.limits.values - before.limits.values
    first, second = ({number.in_base_unit()[0] for number in facts.numbers} for facts in (before, after))
    values = [{value for _, value in side} for side in (lost, new)]
    is_one = len(values[0] | values[1]) == 1
    if lost and new and not is_one and values[0] | values[1] <= first & second:
        yield Diagnostic(
            f"limits {_limited(after.limits, new)} where the source limits {_limited(before.limits, lost)}"
        )


def _concedes(before: Facts, after: Facts) -> bool:
    """Tell whether *after* says `even if` where *before* says `unless`."""
    is_even = ["even" in facts.directions.get("concession", ()) for facts in (before, after)]
    return bool(before.negations.excepting) and not after.negations.excepting and is_even == [False, True]


def _without_shared(before: Facts, after: Facts) -> tuple[Negations, Negations]:
    """Return the negations of both texts without the words that say in both that something has gone."""
    shared = min(facts.directions.get("lasting", ()).count("gone") for facts in (before, after))
    first, second = (
        replace(facts.negations, doubts=max(0, facts.negations.doubts - shared)) for facts in (before, after)
    )
    return first, second


def _count_restated(before: Facts, after: Facts, pair: Pair) -> int:
    """Return on how many axes only one text denies one pole beside the other one: `do not chew, but swallow whole`."""
    sides = (before, pair.language_pair.source), (after, pair.language_pair.target)
    poles = [find_stated_poles(facts.text, load_lexicon(language)) for facts, language in sides]
    count = 0
    for (asserted, denied), (others, others_denied) in (poles, poles[::-1]):
        axes = {axis for axis in asserted.keys() & denied.keys() & others.keys() if axis in OPPOSITES}
        count += sum(
            asserted[axis].isdisjoint(denied[axis]) and asserted[axis] == others[axis] and axis not in others_denied
            for axis in axes
        )
    return count


def _says_all(facts: Facts) -> bool:
    """Tell whether a text denies nothing and leaves nothing out."""
    negations = facts.negations
    return not (negations or negations.doubts or negations.waiting or "skipped" in facts.directions.get("omission", ()))


def _explained(axis: str, new: Sequence[str], source: Facts, target: Facts) -> bool:
    """Tell whether another pole is no other meaning: with another negation, in a period, or beside a wait.

    `Until 3 months after it` is `once it is over, for 3 months`.
    """
    before, after = source.negations, target.negations
    if axis == "span":
        return before.waiting != after.waiting or _explained_span(new, source, target)
    if axis == "level":
        return not before.agree(after)
    if axis in OPPOSITES:
        return before.counts != after.counts
    if axis == "company":
        is_denied = before.lacking != after.lacking and bool(before.counts & after.counts - {0})
        return is_denied or before.doubled != after.doubled or before.alone != after.alone
    return axis == "order" and (set(new) == {"during"} or before.waiting != after.waiting)


def _explained_span(new: Sequence[str], source: Facts, target: Facts) -> bool:
    """Tell whether `not until` stands for `only once`, `once` for `after`, or the negations differ."""
    before, after = source.negations, target.negations
    is_denied = new == ["until"] and after.denied_pending and max(after.counts) > max(before.counts)
    is_after = new == ["once"] and "after" in source.directions.get("order", ())
    return bool(is_denied) or is_after or not before.counts & after.counts


def _is_moved(axis: str, before: Facts, after: Facts, pair: Pair) -> bool:
    """Tell whether what comes first is said first in one text only: `rinse after brushing`, `brush before rinsing`."""
    source, target = load_lexicon(pair.language_pair.source), load_lexicon(pair.language_pair.target)
    return axis == "order" and (_waits_for(before, after) or change_order((before.text, after.text), (source, target)))


def _waits_for(before: Facts, after: Facts) -> bool:
    """Tell whether one text says `not before` and the other `only after`."""
    first, second = (set(facts.directions.get("order", ())) for facts in (before, after))
    sides = (before, first - second, after, second - first), (after, second - first, before, first - second)
    return any(
        own == {"before"}
        and other == {"after"}
        and max(denied.negations.counts) > 0
        and only.negations.perhaps_only > denied.negations.perhaps_only
        for denied, own, only, other in sides
    )


def _is_ended(axis: str, before: Facts, after: Facts) -> bool:
    """Tell whether what stays on for a time in one text is taken off after it in the other: `remove it in 3 days`."""
    values = [{number.in_base_unit()[0] for number in facts.numbers} for facts in (before, after)]
    ends = [{limit.value for limit in facts.limits.periods if limit.pole == LOWER} for facts in (before, after)]
    return axis == "attached" and bool((ends[0] ^ ends[1]) & values[0] & values[1])


def _changed_axes(before: Facts, after: Facts) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield each axis with the poles that only *before* names and those that only *after* names."""
    for axis, poles in before.directions.items():
        lost, new = _swapped(Counter(poles), Counter(after.directions.get(axis, ())))
        lost, new = _unmatched(lost, new), _unmatched(new, lost)
        if axis == "order":
            new = new[_count_later(before, after) :] if set(new) == {"after"} else new
        if lost and new:
            yield axis, lost, new


def _count_later(before: Facts, after: Facts) -> int:
    """Return how many moments, `in two weeks` and `from 8 pm`, *before* says without a word for `after`."""
    moments, others = (
        Counter(limit.value for limit in facts.limits.periods if limit.pole == LOWER) for facts in (before, after)
    )
    times = before.datetime_limits[LOWER] - after.datetime_limits[LOWER]
    return max(0, (moments & others).total() + max(0, times) - before.directions["order"].count("after"))


def _reversed_axes(before: Facts, after: Facts, pair: Pair) -> Iterator[str]:
    """Yield the axes on which *after* names the opposite pole, which a negation would explain: `not wet`, `dry`.

    `Without food` is a pole that denies by itself.
    """
    languages = (pair.language_pair.source, pair.language_pair.target)
    for axis, lost, new in _changed_axes(before, after):
        if axis in OPPOSITES and not any(map(_lacks, (before, after), languages, (axis, axis))):
            yield from [axis] * min(len(lost), len(new))
    for axis, pole in STRESSED.items():
        if set(before.directions.get(axis, ())) == {pole} < set(after.directions.get(axis, ())):
            yield axis


def _lacks(facts: Facts, language: str, axis: str) -> bool:
    """Tell whether a pole of *axis* is said with a word such as `without`."""
    lexicon = load_lexicon(language)
    words = [word for word in find_direction_words(facts.text, lexicon) if f"{axis}:" in word.meaning]
    cues = (cue for word in words for cue in lexicon["negations"].find(facts.text[word.start : word.end]))
    return any(cue.meaning == "lacking" for cue in cues)


def _swapped(before: Counter[str], after: Counter[str]) -> tuple[list[str], list[str]]:
    """Return what *before* has and *after* has not, and the other way round."""
    return sorted((before - after).elements()), sorted((after - before).elements())


def _unmatched(poles: Sequence[str], others: Sequence[str]) -> list[str]:
    """Return those of *poles* that may be none of *others*: `afternoon/evening` is either."""
    spare, rest = [set(other.split("/")) for other in others], []
    for pole in poles:
        match = next((other for other in spare if other & set(pole.split("/"))), None)
        if match is None:
            rest.append(pole)
        else:
            spare.remove(match)
    return rest


def _denied(negations: Negations) -> str:
    count, only = min(negations.counts), " and an “only”" if negations.only else ""
    return f"{count or 'no'} negation{'' if count == 1 else 's'}{only}"


def _named(poles: Sequence[str]) -> str:
    """Return *poles*, each once, as words: `after`, `night or evening`."""
    return ", ".join(f"“{pole.replace('/', ' or ').replace('_', ' ')}”" for pole in dict.fromkeys(poles))


def _said(limits: Limits) -> str:
    return "; ".join(f"{count} × “{SIGNS[pole]}”" for pole, count in sorted(limits.firm.items())) or "no limit"


def _limited(limits: Limits, values: Container[object]) -> str:
    return ", ".join(limit.shown for limit in limits.limits if (limit.pole, limit.value) in values)
