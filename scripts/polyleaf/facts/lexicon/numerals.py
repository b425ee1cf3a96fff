"""Number words of a language: the simple ones of its file, and those that are made of them."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

HUNDRED, THOUSAND = 100, 1000
SLOTS = {
    "one": lambda value: 1 <= value < 10,  # noqa: PLR2004
    "teen": lambda value: 10 < value < 20,  # noqa: PLR2004
    "ten": lambda value: 20 <= value < HUNDRED and value % 10 == 0,  # noqa: PLR2004
    "below": lambda value: 0 < value < HUNDRED,
    "hundred": lambda value: value == HUNDRED,
    "hundreds": lambda value: HUNDRED <= value < THOUSAND and value % HUNDRED == 0,
    "thousand": lambda value: value == THOUSAND,
    "number": lambda value: 0 < value <= 31,  # noqa: PLR2004
}
"""Which whole numbers may fill the places of a pattern."""

TIMES = {"hundred", "thousand"}
"""What is multiplied by what stands before it; all else is added."""


def expand_compounds(simple: Mapping[str, str], patterns: Iterable[str]) -> dict[str, str]:
    """Return *simple* and what *patterns* make of it, one after the other: `vijfentwintig` from `{one}en{ten}`."""
    made = dict(simple)
    whole = _whole(simple)
    for pattern in patterns:
        more = dict(_filled(pattern, whole))
        made = {form: str(value) for form, value in more.items()} | made
        whole = more | whole
    return made


def expand_counted(numbers: Mapping[str, str], patterns: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return what *patterns* make of *numbers*, by unit: `{number}wekelijks` of week makes `driewekelijks`, 3 week."""
    whole = _whole(numbers)
    return {
        form: f"{value} {unit}"
        for unit, given in patterns.items()
        for pattern in given
        for form, value in _filled(pattern, whole)
    }


def _whole(numbers: Mapping[str, str]) -> dict[str, int]:
    """Return those of *numbers* that may fill a place: no halves."""
    return {form: int(value) for form, value in numbers.items() if value.isdecimal()}


def _filled(pattern: str, numbers: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Yield each way to fill *pattern* with *numbers*, and its value."""
    slots = [name for _, name, _, _ in Formatter().parse(pattern) if name]
    chosen: list[tuple[dict[str, str], int]] = [({}, 0)]
    for slot in slots:
        fits = [(form, value) for form, value in numbers.items() if SLOTS[slot](value)]
        chosen = [({**forms, slot: form}, _joined(value, more, slot)) for forms, value in chosen for form, more in fits]
    for forms, value in chosen:
        yield pattern.format(**forms), value


def _joined(value: int, more: int, slot: str) -> int:
    return (value or 1) * more if slot in TIMES else value + more
