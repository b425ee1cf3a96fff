"""Facts that two texts can be compared by where one language has no lexicon: figures and addresses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from polyleaf.facts import Facts, extract_facts
from polyleaf.facts.dates import Date
from polyleaf.facts.datetimes import TimeOfDay
from polyleaf.facts.lexicon import load_lexicon
from polyleaf.facts.lexicon.phrase_matcher import Located
from polyleaf.facts.negation import Negations
from polyleaf.facts.quantities import Number
from polyleaf.facts.stated_limits import NO_LIMITS

HALF_DAY, HOUR = 12, 60
"""Half a day in hours, an hour in minutes."""

NO_NEGATIONS = Negations(frozenset({0}))

Moment = TypeVar("Moment", Date, TimeOfDay)


def extract_comparable_facts(before: str, after: str, languages: tuple[str, str]) -> tuple[Facts, Facts]:
    """Return the facts of *before* and *after*, texts of catalogues in the two *languages*, that can be compared.

    Where one language has no lexicon, nothing is left of either text that is said in words: no limit, negation,
    direction or rate, and no number word that is not a figure of the other text. A unit stays where both have one in
    Latin letters, a date or time where both have it so; elsewhere its figures may stand by themselves.
    """
    first, second = (extract_facts(text, language) for text, language in zip((before, after), languages, strict=True))
    if all(load_lexicon(language).known for language in languages):
        return first, second
    first, second = _with_figures(first, second), _with_figures(second, first)
    second = _with_phone_numbers(second, first)
    first = _with_phone_numbers(first, second)
    first, second = _without_equal_moments(first, second)
    second, first = _without_equal_moments(second, first)
    return _with_units(first, second), _with_units(second, first)


def _with_figures(facts: Facts, other: Facts) -> Facts:
    """Return *facts* with the numbers in figures only, and those words of which *other* has the figure."""
    spare = Counter(number.value for number in other.numbers if _is_figure(number, other))
    kept = [number for number in facts.numbers if _is_figure(number, facts)]
    spare -= Counter(number.value for number in kept)
    for number in facts.numbers:
        if number.confidence and number not in kept and spare[number.value] > 0:
            spare[number.value] -= 1
            kept.append(number)
    return replace(
        facts,
        numbers=tuple(sorted(kept, key=lambda number: number.start)),
        dates=tuple(date for date in facts.dates if _is_figure(date, facts)),
        times=tuple(time for time in facts.times if _is_figure(time, facts)),
        limits=NO_LIMITS,
        datetime_limits=Counter(),
        negations=NO_NEGATIONS,
        directions={},
        rates=Counter(),
    )


def _is_figure(item: Located, facts: Facts) -> bool:
    return any(char.isdecimal() for char in facts.text[item.start : item.end])


def _with_phone_numbers(facts: Facts, other: Facts) -> Facts:
    """Return *facts* with a number as an address where *other* has the same figures as a number to call."""
    numbers, addresses = list(facts.numbers), facts.addresses.copy()
    for address in (other.addresses - facts.addresses).elements():
        number = next((number for number in numbers if not number.unit and str(number.value) == address), None)
        if number:
            numbers.remove(number)
            addresses[address] += 1
    return replace(facts, numbers=tuple(numbers), addresses=addresses)


def _without_equal_moments(facts: Facts, other: Facts) -> tuple[Facts, Facts]:
    """Return both without the dates and times of *facts* whose figures stand by themselves in *other*."""
    numbers = list(other.numbers)
    dates = tuple(_unmatched(facts.dates, other.dates, numbers))
    times = tuple(_unmatched(facts.times, other.times, numbers))
    return replace(facts, dates=dates, times=times), replace(other, numbers=tuple(numbers))


def _unmatched(moments: Sequence[Moment], others: Sequence[Moment], numbers: list[Number]) -> Iterator[Moment]:
    """Yield those of *moments* whose figures are not all in *numbers*, and remove from it the figures of the rest."""
    remaining = list(others)
    for moment in moments:
        same = next((other for other in remaining if moment.same(other)), None)
        if same:
            remaining.remove(same)
        figures = None if same else _figures_of(_parts(moment), numbers)
        if figures is None:
            yield moment
        for number in figures or ():
            numbers.remove(number)


def _parts(moment: Date | TimeOfDay) -> list[tuple[set[int], bool]]:
    """Return the figures of *moment*, each the values it may have, and whether it may be a word: a month."""
    if isinstance(moment, Date):
        return [({moment.day}, not moment.day), ({moment.month}, True), ({moment.year}, not moment.year)]
    hour, minute = divmod(moment.minutes, HOUR)
    return [({hour, hour % HALF_DAY, hour % HALF_DAY + HALF_DAY}, False), ({minute}, not minute)]


def _figures_of(parts: Sequence[tuple[set[int], bool]], numbers: Sequence[Number]) -> list[Number] | None:
    """Return those of *numbers* that are the figures of *parts*, None when one that must be there is not."""
    remaining, figures = list(numbers), []
    for values, is_optional in parts:
        number = next((number for number in remaining if number.value in values and not number.unit), None)
        if number:
            remaining.remove(number)
            figures.append(number)
        elif not is_optional:
            return None
    return figures


def _with_units(facts: Facts, other: Facts) -> Facts:
    """Return *facts* with the unit of *other* at each number that has none, where the values are the same."""
    remaining, numbers = list(other.numbers), []
    for number in facts.numbers:
        same = next((candidate for candidate in remaining if candidate.value == number.value), None)
        if same:
            remaining.remove(same)
        numbers.append(replace(number, unit=same.unit) if same and not number.unit else number)
    return replace(facts, numbers=tuple(numbers))
