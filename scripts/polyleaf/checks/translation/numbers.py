"""Checks of the amounts in a translation: numbers by value, their order, and their units."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import chain
from typing import TypeVar

from polyleaf.checks.model import Diagnostic, check
from polyleaf.checks.subjects import Pair
from polyleaf.facts import Date, Facts, TimeOfDay, restatements
from polyleaf.facts.datetimes import HALF_DAY, Reading
from polyleaf.facts.order import TIMES, axes_turned, numbers_turned
from polyleaf.facts.quantities import Confidence, Number
from polyleaf.facts.subjects import find_subjects, find_turned
from polyleaf.model import Severity
from polyleaf.quotations import quote

Fact = TypeVar("Fact")

LOOSE = {"year", "tablet", "capsule", "drop", "puff", "teaspoon", "tablespoon", "spoon", "times", "part"}
LOOSE |= {"sachet", "suppository", "patch", "injection", "spray", "cup", "glass", "count"}
"""What is counted: a text may leave it out, `2 tablets` or `two`; what is measured may not."""

NOON, HOURS = 12, 24
LATE = frozenset(("afternoon", "evening/night"))
"""The parts of the day in its second half."""

BELOW_ZERO = re.compile(r"(?:^|[^\d\s]\s+|[(\[])-(?=\d)")
GLUED = re.compile(
    r"(?<!\w)[lio\u03b9\u03bf\u0456\u043e]\d[\w.,]*|[|\u01c0\u2223\u00a6]\s?\d+|(?<!\w)\d+[o\u03bf\u043e](?!\w)"
)
"""What looks like a figure beside one, in Latin, Greek and Cyrillic letters and as a stroke: `l10` is read as 110."""

BODIES, LONG, FEED = {"kg", "ml", "l"}, {"week", "month"}, "feed"
"""What an amount is said per, in one way only."""

DAILY = {"day", "night", "times", "hour"}
"""What a text may have in the place of `a day`: `at night`, `3 times`, `in 24 hours`."""

STROKES = {"puff", "spray"}
"""What is counted by what one does: to spray 2 times is 2 sprays."""


@check(Pair, Severity.ERROR)
def number_differs(pair: Pair) -> Iterator[Diagnostic]:
    """Numbers, dates and times have the same values as in the source, in figures or in words.

    Bad:  "Take 5 ml" -> "Neem 50 ml"
    Good: "Take 1.5 tablets at 8 pm" -> "Neem anderhalve tablet om 20.00 uur"
    """
    for before, after in pair.facts():
        equal = _apart(_by_weight(before), _by_weight(after), _is_equal)
        numbers = _apart(*equal, Number.same)
        lost, new = _weighty(*numbers)
        times = _apart(before.times, after.times, _is_same_time)
        times = _without_dayparts(times[0], before, after), _without_dayparts(times[1], after, before)
        lost, new, times = _as_hours(lost, new, times, (before, after))
        lost, new = _without_rates(lost, after), _without_rates(new, before)
        lost, new = _restated(lost, new, (before, after))
        days = _apart(before.dates, after.dates, lambda first, second: first.same(second))
        days = _unwritten(days[0], after), _unwritten(days[1], before)
        gone = [_shown(fact) for fact in chain(lost, times[0], days[0])]
        added = [_shown(fact) for fact in chain(new, times[1], days[1])]
        if gone or added:
            yield Diagnostic(f"has {_listed(added)} where the source has {_listed(gone)}")
        below = [len(BELOW_ZERO.findall(facts.text)) for facts in (before, after)]
        if below[0] != below[1]:
            numbers_below = "1 number" if below[1] == 1 else f"{below[1]} numbers"
            yield Diagnostic(f"has {numbers_below} below zero where the source has {below[0]}")


@check(Pair, Severity.WARNING, in_safety=Severity.ERROR)
def figure_glued(pair: Pair) -> Iterator[Diagnostic]:
    """No letter or stroke that looks like a figure stands beside one, unless the source has the same.

    Bad:  "Use 10 ml" -> "Neem l10 ml"
    Good: "Use 10 ml of vitamin B12" -> "Neem 10 ml vitamine B12"
    """
    for before, after in pair.facts():
        for token in sorted(set(GLUED.findall(after.text)) - set(GLUED.findall(before.text))):
            yield Diagnostic(f"has {quote(token)}, which could be read as another number")


@check(Pair, Severity.WARNING, in_safety=Severity.ERROR)
def number_order(pair: Pair) -> Iterator[Diagnostic]:
    """Numbers with the same unit come in the order of the source, unless what they go with has changed places too.

    Bad:  "20 mg in the morning, 40 mg in the evening" -> "'s ochtends 40 mg, 's avonds 20 mg"
    Good: "20 mg in the morning, 40 mg in the evening" -> "'s ochtends 20 mg, 's avonds 40 mg"
    """
    languages = (pair.language_pair.source, pair.language_pair.target)
    for before, after in pair.facts():
        subjects = find_subjects((before, after), languages, pair.language_pair.terms)
        if not axes_turned(before, after) and not any(find_turned(subjects)):
            for turned in numbers_turned(before, after):
                yield Diagnostic(f"has {turned} where the source has the same in another order")


@check(Pair, Severity.ERROR)
def unit_differs(pair: Pair) -> Iterator[Diagnostic]:
    """A number has the unit that it has in the source, and what is said per day or per kg stays so.

    Bad:  "Wait 6 hours" -> "Wacht 6 dagen"
    Good: "Wait 6 hours" -> "Wacht 6 uur"
    """
    for before, after in pair.facts():
        lost, new = _apart(
            _measured(before), _measured(after), lambda first, second: first.in_base_unit() == second.in_base_unit()
        )
        lost = [number for number in lost if not restatements.has_ratio(number, after)]
        new = [number for number in new if not restatements.has_ratio(number, before)]
        for number in lost:
            candidates = (added for added in new if added.value == number.value)
            same_value = next((added for added in candidates if _may_replace(added, number, before)), None)
            if same_value or (_strict(number) and _has(after, number)):
                yield Diagnostic(f"has {_shown(same_value or _bare(number))} where the source has {_shown(number)}")
        for number in new:
            if _strict(number) and not any(missing.value == number.value for missing in lost) and _has(before, number):
                yield Diagnostic(f"has {_shown(number)} where the source has {_bare(number)} without that unit")
        yield from _rates(before, after)
    if any(_daily_lost(before, after) for before, after in pair.by_sentence()):
        yield Diagnostic("does not say that it is per day")


def _daily_lost(before: Facts, after: Facts) -> bool:
    """Tell whether an amount that is measured, or a limit, is per day in *before* and at no time in *after*."""
    is_amount = bool(before.limits) or any(number.unit and _strict(number) for number in before.numbers)
    moments = after.rates or after.times or "daypart" in after.directions or _units(after) & DAILY
    return is_amount and "day" in before.rates and not moments


def _rates(before: Facts, after: Facts) -> Iterator[Diagnostic]:
    lost, new = sorted(before.rates - after.rates), sorted(after.rates - before.rates)
    if lost == ["times"] and LOOSE.issuperset(new):
        return
    if lost and new and set(before.rates) != set(after.rates) and not set(lost) & _units(after):
        yield Diagnostic(f"gives an amount {_per(new)} where the source gives it {_per(lost)}")
    elif set(lost) & BODIES - _units(after) or (set(lost) & LONG - _units(after) and not after.rates):
        yield Diagnostic(f"does not say that it is {_per(lost)}")
    elif set(new) & {*BODIES, FEED} - _units(before):
        yield Diagnostic(f"says that it is {_per(new)}, which the source does not")


def _units(facts: Facts) -> set[str]:
    return {number.unit for number in facts.numbers} | set(facts.rates)


def _measured(facts: Facts) -> list[Number]:
    return [number for number in _by_weight(facts) if number.unit]


def _by_weight(facts: Facts) -> list[Number]:
    """Return the numbers, the surest first, so that they find one another before an article takes one of them."""
    return sorted(facts.numbers, key=lambda number: -number.confidence)


def _is_equal(number: Number, other: Number) -> bool:
    """Tell whether two numbers have the same value, unit and confidence: `1 tablet` is so sooner than `1 dd`.

    An article waits for what no surer number is: in `1 of 100 get an infection`, one language may say `an`.
    """
    is_same = (number.value, number.unit, number.confidence) == (other.value, other.unit, other.confidence)
    return is_same and number.confidence > Confidence.NONE


def _may_replace(added: Number, lost: Number, before: Facts) -> bool:
    """Tell whether *added* may stand where *lost* was: not the article of a rate, nor a noun alone of another kind.

    Nor is `2 puffs` another amount than `2 times`, nor are `4 tablets` another than `4 times a tablet`.
    """
    singles = {number.unit for number in before.numbers if number.value == 1}
    is_ordinal = added.ordinal and added.confidence is Confidence.LOW
    if is_ordinal or (lost.unit == "times" and added.unit in STROKES | (singles & LOOSE)):
        return False
    is_rate = added.confidence is Confidence.NONE and added.unit in before.rates
    is_alone = any(number.confidence is Confidence.NONE and not number.spelt for number in (added, lost))
    return not is_rate and (not is_alone or {added.unit, lost.unit} <= set(TIMES))


def _strict(number: Number) -> bool:
    return number.unit not in LOOSE and number.confidence is Confidence.HIGH and not number.ordinal


def _has(facts: Facts, number: Number) -> bool:
    stated = (other for other in facts.numbers if not (other.ordinal and other.confidence is Confidence.LOW))
    return any(other.value == number.value for other in stated)


def _apart(
    before: Sequence[Fact], after: Sequence[Fact], same: Callable[[Fact, Fact], bool]
) -> tuple[list[Fact], list[Fact]]:
    """Return what of *before* has no counterpart in *after*, and the other way round."""
    lost, new = [], list(after)
    for fact in before:
        counterpart = next((at for at, candidate in enumerate(new) if same(fact, candidate)), None)
        if counterpart is None:
            lost.append(fact)
        else:
            del new[counterpart]
    return lost, new


def _weighty(lost: list[Number], new: list[Number]) -> tuple[list[Number], list[Number]]:
    """Return those that say something: articles never do, manners of speaking only when the other side has one too."""
    lost, new = ([number for number in side if number.confidence >= Confidence.LOW] for side in (lost, new))
    is_sure = any(number.confidence is Confidence.HIGH for number in (*lost, *new))
    return (lost, new) if is_sure or (lost and new) else ([], [])


def _as_hours(
    lost: list[Number], new: list[Number], times: tuple[list[TimeOfDay], list[TimeOfDay]], sides: tuple[Facts, Facts]
) -> tuple[list[Number], list[Number], tuple[list[TimeOfDay], list[TimeOfDay]]]:
    """Let a number on one side be the time that the other side has: `at 8` and `om 8 uur`, `from 7.30`.

    With a unit, `6 uur`, it is a duration, unless there are two, `van 9 tot 17 uur`, or it is late: `la prise de 22 h`.
    A part of an hour is the same written as a time: `anderhalf uur`, `1 h 30`.
    *sides* are what both texts say: in the evening, an hour is one of the second half of the day.
    """
    before, after = (not LATE.isdisjoint(facts.directions.get("daypart", ())) for facts in sides)
    for bare in (True, False):
        new, first = _without_clocks(new, times[0], bare=bare, late=after)
        lost, second = _without_clocks(lost, times[1], bare=bare, late=before)
        times = (first, second)
    return lost, new, times


def _restated(lost: list[Number], new: list[Number], sides: tuple[Facts, Facts]) -> tuple[list[Number], list[Number]]:
    """Return the numbers without those that the other text says in another form."""
    before, after = sides
    lost, new = restatements.without_dates(lost, before, after), restatements.without_dates(new, after, before)
    lost, new = restatements.without_divided(lost, before, after), restatements.without_divided(new, after, before)
    first, second = restatements.without_ratios(lost, new, sides)
    if first and second:
        return list(first), list(second)
    return restatements.without_repeated(first, after), restatements.without_repeated(second, before)


def _unwritten(dates: Sequence[Date], other: Facts) -> list[Date]:
    """Return *dates* without those that *other* has in figures without a year."""
    return [date for date in dates if date.year or not restatements.is_written(date.day, date.month, other)]


def _is_same_time(time: TimeOfDay, other: TimeOfDay) -> bool:
    """Tell whether *other* may be *time*: a translation may say what goes without saying, `om 4 uur` and `4 pm`."""
    return time.same(other) or (time.may_be_afternoon() and (time.minutes - other.minutes) % HALF_DAY == 0)


def _without_dayparts(times: Sequence[TimeOfDay], facts: Facts, other: Facts) -> list[TimeOfDay]:
    """Return *times* of *facts* without noon and midnight in words, where *other* alone has their daypart: `midi`."""
    own, others = (
        {pole for name in side.directions.get("daypart", ()) for pole in name.split("/")} for side in (facts, other)
    )
    spare = others - own
    return [
        time
        for time in times
        if time.minutes % HALF_DAY
        or any(char.isdecimal() for char in facts.text[time.start : time.end])
        or ("afternoon" if time.minutes else "night") not in spare
    ]


def _without_clocks(
    numbers: Sequence[Number], clocks: Sequence[TimeOfDay], *, bare: bool, late: bool
) -> tuple[list[Number], list[TimeOfDay]]:
    """Return *numbers* without those that are one of *clocks*, and *clocks* without these."""
    numbers_left, clocks_left = dict(enumerate(numbers)), dict(enumerate(clocks))
    unanswered = set()
    for at, clock in enumerate(clocks):
        key = clock.minutes, clock.reading
        candidates = () if key in unanswered else numbers_left.items()
        unit = "" if bare else "hour"
        answers = (at for at, number in candidates if number.unit == unit and _may_be(number, clock, late=late))
        answer = next(answers, None)
        if answer is None:
            unanswered.add(key)
        else:
            del clocks_left[at], numbers_left[answer]
    answered = [number for at, number in enumerate(numbers) if at not in numbers_left]
    is_late = any(NOON < number.value < HOURS or number.value.denominator > 1 for number in answered)
    is_range = bare or is_late or len(clocks) - len(clocks_left) > 1
    left = (numbers_left.values(), clocks_left.values()) if is_range else (numbers, clocks)
    return list(left[0]), list(left[1])


def _may_be(number: Number, clock: TimeOfDay, *, late: bool) -> bool:
    """Tell whether the figures of *number* are those of *clock*.

    That may be 12 hours later where it is not certain, and where the text of *number* has a *late* part of the day.
    """
    hours, fraction = divmod(number.value, 1)
    period = 2 * HALF_DAY if clock.reading is Reading.CERTAIN and not late else HALF_DAY
    minutes = {number.value * 60 % period, (hours * 60 + fraction * 100) % period}
    return number.value <= HOURS and clock.minutes % period in minutes


def _without_rates(numbers: Sequence[Number], facts: Facts) -> list[Number]:
    """Return *numbers* without those that the other text, of *facts*, has as a rate: `every 24 hours` and `a day`.

    `In the morning and in the evening` is twice a day.
    """
    amounts = {Number(0, 0, Fraction(1), unit).in_base_unit() for unit in facts.rates}
    dayparts = set(facts.directions.get("daypart", ()))
    if (facts.rates or dayparts) and not any(number.unit == "times" for number in facts.numbers):
        amounts.add((Fraction(1), "times"))
    if len(dayparts) > 1:
        amounts.add((Fraction(len(dayparts)), "times"))
    return [number for number in numbers if number.in_base_unit() not in amounts]


def _bare(number: Number) -> Number:
    return replace(number, unit="")


def _listed(facts: Sequence[str]) -> str:
    return ", ".join(facts) or "none"


def _per(units: Sequence[str]) -> str:
    """Say what an amount is given per: `per day`, `per kg`, `each time`."""
    return " and ".join("each time" if unit == "times" else f"per {unit}" for unit in units)


def _shown(fact: object) -> str:
    """Return *fact* as people say it: `1 time`, not `1 times`."""
    return "1 time" if str(fact) == "1 times" else str(fact)
