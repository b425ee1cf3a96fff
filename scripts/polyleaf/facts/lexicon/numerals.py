"""Numerals of a language: the simple ones of its file, and the compounds that its patterns make of them."""

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
"""Which whole numbers may fill the slots of a pattern."""

MULTIPLIED = {"hundred", "thousand"}
"""Slots whose value multiplies what stands before them; all others are added."""


def expand_compounds(simple: Mapping[str, str], patterns: Iterable[str]) -> dict[str, str]:
    """Return *simple*, values by form, and what *patterns*, one after the other, make of it.

    `vijfentwintig`, 25, comes from `{one}en{ten}`.
    """
    numerals = dict(simple)
    whole = _whole(simple)
    for pattern in patterns:
        compounds = dict(_filled(pattern, whole))
        numerals = {form: str(value) for form, value in compounds.items()} | numerals
        whole = compounds | whole
    return numerals


def expand_counted(numerals: Mapping[str, str], patterns: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return what *patterns*, by unit, make of *numerals*: `{number}wekelijks` of week, `driewekelijks`, 3 week."""
    whole = _whole(numerals)
    return {
        form: f"{value} {unit}"
        for unit, unit_patterns in patterns.items()
        for pattern in unit_patterns
        for form, value in _filled(pattern, whole)
    }


def _whole(numerals: Mapping[str, str]) -> dict[str, int]:
    return {form: int(value) for form, value in numerals.items() if value.isdecimal()}


def _filled(pattern: str, numerals: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Yield each way to fill *pattern* with *numerals*, and its value."""
    choices: list[tuple[dict[str, str], int]] = [({}, 0)]
    for slot in (name for _, name, _, _ in Formatter().parse(pattern) if name):
        fits = [(form, value) for form, value in numerals.items() if SLOTS[slot](value)]
        choices = [
            ({**forms, slot: form}, (value or 1) * more if slot in MULTIPLIED else value + more)
            for forms, value in choices
            for form, more in fits
        ]
    for forms, value in choices:
        yield pattern.format(**forms), value
