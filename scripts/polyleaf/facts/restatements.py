"""Amounts that a translation says in another form or once more: `twice each morning and twice each evening`, `10 %`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from polyleaf.facts import Facts
from polyleaf.facts.quantities import Confidence, Number

DAYPARTS, NOON = ("morning", "afternoon", "evening"), 720
HOURS = 24

DAY_MONTH = re.compile(r"(?<![\d.,/-])(\d{1,2})([-/.])(\d{1,2})(?:\2(?!\d)|(?![\d/-]|[.,]\d))")
"""A date in figures without a year, the day first: `25-12`, `4.3.`."""

DAYS, MONTHS = range(1, 32), range(1, 13)
RATIO_LENGTH = 45
"""How many characters may stand between the two numbers of a ratio: `een op de duizend`, `95 out of every 100`."""

Sides = tuple[Sequence[Number], Sequence[Number]]


def without_dates(numbers: Sequence[Number], facts: Facts, other: Facts) -> list[Number]:
    """Return *numbers* of *facts* without those of dates in figures that *other* has as well, as a date or figures."""
    others = {(date.day, date.month) for date in other.dates} | {day_month for _, day_month in _day_months(other.text)}
    spans = [match.span() for match, day_month in _day_months(facts.text) if day_month in others]
    return [number for number in numbers if not any(start <= number.start < end for start, end in spans)]


def is_written(day: int, month: int, facts: Facts) -> bool:
    """Tell whether *facts* has a date without a year in figures, which its numbers may be: `25-12`."""
    return any(day_month == (day, month) for _, day_month in _day_months(facts.text))


def _day_months(text: str) -> list[tuple[re.Match[str], tuple[int, int]]]:
    dates = [(match, (int(match[1]), int(match[3]))) for match in DAY_MONTH.finditer(text)]
    return [(match, (day, month)) for match, (day, month) in dates if day in DAYS and month in MONTHS]


def without_ratios(lost: Sequence[Number], new: Sequence[Number], sides: tuple[Facts, Facts]) -> Sides:
    """Return the numbers without a proportion of one side that the other has as a ratio: 10 % and `one in ten`."""
    before, after = sides
    lost, new = _less_ratio(lost, new, before, after)
    new, lost = _less_ratio(new, lost, after, before)
    return lost, new


def _less_ratio(proportions: Sequence[Number], parts: Sequence[Number], facts: Facts, other: Facts) -> Sides:
    for number in filter(_is_proportion, facts.numbers):
        ratio = next((ratio for ratio in _ratios(other) if _is_same(number, ratio)), ())
        if any(part in ratio for part in parts):
            parts = [part for part in parts if part not in ratio]
            proportions = [other for other in proportions if other is not number]
    return proportions, parts


def _is_proportion(number: Number) -> bool:
    return number.unit == "percent" or (not number.unit and number.value < 1)


def _is_same(number: Number, ratio: tuple[Number, Number]) -> bool:
    return ratio[0].value == number.as_proportion() * ratio[1].value


def has_ratio(number: Number, facts: Facts) -> bool:
    """Tell whether *facts* has a percentage as a ratio."""
    return number.unit == "percent" and any(_is_same(number, ratio) for ratio in _ratios(facts))


def _ratios(facts: Facts) -> list[tuple[Number, Number]]:
    """Return the numbers of *facts* that may be a ratio: neither has a unit, and the second is more."""
    pairs = zip(facts.numbers, facts.numbers[1:], strict=False)
    return [
        (first, second)
        for first, second in pairs
        if not (first.unit or second.unit)
        and 0 < first.value < second.value
        and second.start - first.end <= RATIO_LENGTH
    ]


def without_repeated(numbers: Sequence[Number], other: Facts) -> list[Number]:
    """Return *numbers*, which one text alone has, without those that *other* says too: once for each daypart."""
    return [number for number in numbers if not _is_repeated(number, other)]


def _is_repeated(number: Number, other: Facts) -> bool:
    """Tell whether *other* says the amount *number* too, as one that both texts have."""
    is_amount = (number.unit or number.value < 1) and number.confidence is Confidence.HIGH
    return bool(is_amount) and any((same.value, same.unit) == (number.value, number.unit) for same in other.numbers)


def without_divided(numbers: Sequence[Number], facts: Facts, other: Facts) -> list[Number]:
    """Return *numbers* of *facts* without the times that *other* says by the parts of the day, or as an interval."""
    return [number for number in numbers if not _is_divided(number, facts, other)]


def _is_divided(number: Number, facts: Facts, other: Facts) -> bool:
    """Tell whether *other* says the `3 times` of *facts* otherwise: morning, noon and night, or every 3 months."""
    if number.unit != "times" or not number.value:
        return False
    periods = {(period.value, period.unit) for period in facts.numbers} & {
        (period.value, period.unit) for period in other.numbers
    }
    is_every = any(value > 1 and unit in {"day", "week", "month", "hour"} for value, unit in periods)
    if number.value == 1:
        return is_every
    return (HOURS / number.value, "hour") in periods or _count_dayparts(other) == number.value > _count_dayparts(facts)


def _count_dayparts(facts: Facts) -> int:
    """Return how many parts of the day *facts* name, noon as a time among them."""
    named = {pole.split("/")[0].replace("night", "evening") for pole in facts.directions.get("daypart", ())}
    return len(named & set(DAYPARTS)) + ("afternoon" not in named and any(time.minutes == NOON for time in facts.times))
