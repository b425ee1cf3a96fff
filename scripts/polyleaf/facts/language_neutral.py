"""What two texts say that can be compared where no words of one language are known: figures and addresses."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from polyleaf.facts import extract_facts
from polyleaf.facts.datetimes import Date
from polyleaf.facts.lexicon import load_lexicon
from polyleaf.facts.negation import Negations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from polyleaf.facts import Facts
    from polyleaf.facts.datetimes import TimeOfDay
    from polyleaf.facts.numbers import Number

HALF, HOUR = 12, 60
NONE = Negations(frozenset({0}))

Moment = TypeVar("Moment", "Date", "TimeOfDay")


def extract_comparable_facts(before: str, after: str, languages: tuple[str, str]) -> tuple[Facts, Facts]:
    """Return what *before* and *after* say, texts of catalogues in the two *languages*.

    Where the words of one are not known, nothing is left of either that is said in words: no limit, negation,
    direction or rate, and no number word that is not a figure of the other text. A unit stays where both have one in
    Latin letters, a date or time where both have it so; elsewhere its figures may stand by themselves.
    """
    one, other = (extract_facts(text, language) for text, language in zip((before, after), languages, strict=True))
    if all(load_lexicon(language).known for language in languages):
        return one, other
    first, second = (_figures(one, other), _figures(other, one))
    first, second = _dialled(first, second)
    second, first = _dialled(second, first)
    first, second = _dated(first, second)
    second, first = _dated(second, first)
    return _measured(first, second), _measured(second, first)


def _figures(said: Facts, other: Facts) -> Facts:
    """Return *said* with its numbers in figures only, and those words of which *other* has the figure."""
    spare = Counter(one.value for one in other.numbers if _is_figure(other, one.start, one.end))
    kept = [one for one in said.numbers if _is_figure(said, one.start, one.end)]
    spare -= Counter(one.value for one in kept)
    for number in said.numbers:
        if number.confidence and number not in kept and spare[number.value] > 0:
            spare[number.value] -= 1
            kept.append(number)
    return replace(
        said,
        numbers=tuple(sorted(kept, key=lambda number: number.start)),
        dates=tuple(one for one in said.dates if _is_figure(said, one.start, one.end)),
        times=tuple(one for one in said.times if _is_figure(said, one.start, one.end)),
        limits=Counter(),
        datetime_limits=Counter(),
        negations=NONE,
        directions={},
        rates=Counter(),
    )


def _is_figure(said: Facts, start: int, end: int) -> bool:
    return any(char.isdecimal() for char in said.text[start:end])


def _dialled(said: Facts, other: Facts) -> tuple[Facts, Facts]:
    """Return both with a number to call of *said* as an address of *other* too, where that has it as a figure."""
    numbers, addresses = list(other.numbers), other.addresses.copy()
    for address in (said.addresses - other.addresses).elements():
        found = next((one for one in numbers if not one.unit and str(one.value) == address), None)
        if found:
            numbers.remove(found)
            addresses[address] += 1
    return said, replace(other, numbers=tuple(numbers), addresses=addresses)


def _dated(said: Facts, other: Facts) -> tuple[Facts, Facts]:
    """Return both without the dates and times of *said* whose figures stand by themselves in *other*."""
    numbers = list(other.numbers)
    dates = tuple(_unanswered(said.dates, other.dates, numbers))
    clocks = tuple(_unanswered(said.times, other.times, numbers))
    return replace(said, dates=dates, times=clocks), replace(other, numbers=tuple(numbers))


def _unanswered(moments: Sequence[Moment], others: Sequence[Moment], numbers: list[Number]) -> Iterator[Moment]:
    """Yield those of *moments* whose figures are not all in *numbers*, out of which the figures of the rest go."""
    rest = list(others)
    for moment in moments:
        same = next((one for one in rest if moment.same(one)), None)
        if same:
            rest.remove(same)
        found = None if same else _taken(_parts(moment), numbers)
        if found is None:
            yield moment
        for number in found or ():
            numbers.remove(number)


def _parts(moment: Date | TimeOfDay) -> list[tuple[set[int], bool]]:
    """Return the figures of *moment*, each the values it may have, and whether it may be a word: a month."""
    if isinstance(moment, Date):
        return [({moment.day}, not moment.day), ({moment.month}, True), ({moment.year}, not moment.year)]
    hour, minute = divmod(moment.minutes, HOUR)
    return [({hour, hour % HALF, hour % HALF + HALF}, False), ({minute}, not minute)]


def _taken(parts: Sequence[tuple[set[int], bool]], numbers: Sequence[Number]) -> list[Number] | None:
    """Return those of *numbers* that are the figures of *parts*, None when one that must be there is not."""
    left, taken = list(numbers), []
    for values, is_free in parts:
        found = next((one for one in left if one.value in values and not one.unit), None)
        if found:
            left.remove(found)
            taken.append(found)
        elif not is_free:
            return None
    return taken


def _measured(said: Facts, other: Facts) -> Facts:
    """Return *said* with the unit of *other* at each number that has none, where the values are the same."""
    left, numbers = list(other.numbers), []
    for number in said.numbers:
        found = next((one for one in left if one.value == number.value), None)
        if found:
            left.remove(found)
        numbers.append(replace(number, unit=found.unit) if found and not number.unit else number)
    return replace(said, numbers=tuple(numbers))
