"""What a message says in numbers, units, limits, negations and directions, whatever its language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from polyleaf.facts import datetimes, medicines
from polyleaf.facts import directions as cues
from polyleaf.facts.datetimes import Clock, Date
from polyleaf.facts.lexicon import Hit, blank, words
from polyleaf.facts.limits import bounds, limits
from polyleaf.facts.markup import surface
from polyleaf.facts.negation import Negations, negations
from polyleaf.facts.numbers import Number, Weight, numbers

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping

    from polyleaf.facts.offsets import OffsetText

__all__ = ["Clock", "Date", "Facts", "Number", "facts", "risky"]

CACHED = 4096
FRACTIONS = {"¼": "1/4", "½": "1/2", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅕": "1/5", "⅛": "1/8"}
ALONE = re.compile(r"\W*(.*?)\W*")
"""A text without the signs around it."""

VULGAR = re.compile("[" + "".join(FRACTIONS) + "]")


@dataclass(frozen=True, slots=True)
class Facts:
    """What one text in one language says; *words* is the text itself, without marks and addresses.

    *trace* are the same words, and where in the message each character of them comes from.
    """

    words: str
    numbers: tuple[Number, ...]
    dates: tuple[Date, ...]
    clocks: tuple[Clock, ...]
    limits: Counter[str]
    bounds: Counter[str]
    negations: Negations
    directions: Mapping[str, tuple[str, ...]]
    rates: Counter[str]
    marks: Counter[str]
    addresses: Counter[str]
    bidi: Counter[str]
    trace: OffsetText


@lru_cache(maxsize=CACHED)
def facts(message: str, language: str) -> Facts:
    """Return what *message*, a text of a catalogue in *language*, says."""
    known = words(language)
    seen = surface(message)
    trace = seen.bare.sub(VULGAR, _spelt_out).folded(language).tidy()
    text = trace.text
    days = tuple(datetimes.dates(text, known))
    undated = _without(text, days)
    times = tuple(datetimes.clocks(undated, known))
    rest = _without(undated, times)
    found = numbers(rest, known)
    short = cues.calls(rest, found, known)
    addresses = seen.addresses.copy()
    addresses.update(str(number.value) for number in short)
    return Facts(
        words=text,
        numbers=tuple(number for number in found if number not in short),
        dates=days,
        clocks=tuple(sorted(times, key=lambda clock: clock.start)),
        limits=limits(rest, found, known),
        negations=negations(rest, found, known),
        bounds=bounds(text, (*days, *times), found, known),
        directions=cues.directions(undated, known),
        rates=cues.rates(rest, known),
        marks=seen.marks,
        addresses=addresses,
        bidi=seen.bidi,
        trace=trace,
    )


RISKY = frozenset(("order", "daypart", "side", "stomach", "going", "near", "enough", "height", "level", "lateness"))
"""The axes of directions on which the other pole could hurt."""


def risky(message: str, language: str) -> bool:
    """Tell whether a fault in a translation of *message* could hurt: an amount, a moment, a denial, a direction.

    True for any figure, number word, unit (`a week`), date, time, limit and negation, also a half one such as
    `only`; for before and after, morning and evening, left and right, start and stop, too much and too little, now
    and tomorrow, high and low; for an answer that stands alone, yes or no; and for the name of a medicine. Of a
    language without a word file only figures are known. Telephone numbers count, other addresses and marks do not.
    """
    said = facts(message, language)
    sure = any(number.weight is Weight.SURE or number.unit for number in said.numbers)
    sure = sure or any(address.lstrip("+").isdigit() for address in said.addresses)
    sure = sure or bool(said.dates or said.clocks or said.limits or said.bounds or said.negations)
    sure = sure or _is_yes(said.words, language)
    return sure or not RISKY.isdisjoint(said.directions) or any(medicines.names(said.words))


def _is_yes(text: str, language: str) -> bool:
    """Tell whether *text* is nothing but a yes; a no is a negation."""
    found = ALONE.fullmatch(text)
    hit = words(language)["yes"].at(found[1], 0) if found else None
    return found is not None and hit is not None and hit.end == len(found[1])


def _spelt_out(found: re.Match[str]) -> str:
    return f" {FRACTIONS[found.group()]}"


def _without(text: str, moments_found: tuple[Date, ...] | tuple[Clock, ...]) -> str:
    return blank(text, [Hit(one.start, one.end, "") for one in moments_found])
