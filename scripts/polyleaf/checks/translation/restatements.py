"""Amounts that a translation says in other words or once more: `twice each morning and twice each evening`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from polyleaf.facts import Date, Facts
from polyleaf.facts.numbers import Confidence, Number

DAYPARTS, NOON = ("morning", "afternoon", "evening"), 720
HOURS = 24

Dates = tuple[list[Date], list[Date]]


def without(numbers: Sequence[Number], facts: Facts, other: Facts) -> list[Number]:
    """Return *numbers*, of *facts* alone, without those that *other* says too, once or by the parts of the day."""
    return [number for number in numbers if not (_is_repeated(number, other) or _is_divided(number, facts, other))]


def without_dates(numbers: Sequence[Number], days: Dates, *, at: int) -> tuple[list[Number], Dates]:
    """Return *numbers* without those that are a date of the other text, `31-12`, and *days* without that date.

    *days* are the dates that only the one text has and those that only the other has; *at* is which of these.
    """
    rest, dates = list(numbers), list(days[at])
    for date in days[at]:
        parts = _parts(date, rest)
        if len(parts) == 2 and not date.year:  # noqa: PLR2004 - day and month
            rest = [number for number in rest if number not in parts]
            dates.remove(date)
    return rest, (days[0], dates) if at else (dates, days[1])


def _parts(date: Date, numbers: Sequence[Number]) -> list[Number]:
    """Return the numbers that are day and month of *date*, where they stand side by side."""
    for day, month in pairwise(numbers):
        if day.value == date.day and month.value == date.month and month.start - day.end == 1:
            return [day, month]
    return []


def _is_repeated(number: Number, other: Facts) -> bool:
    """Tell whether *other* says the amount *number* too, as one that both texts have."""
    is_amount = number.unit and number.confidence is Confidence.HIGH
    return bool(is_amount) and any((same.value, same.unit) == (number.value, number.unit) for same in other.numbers)


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
