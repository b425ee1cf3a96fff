"""Facts of a text: its numbers, units, dates, limits, negations and directions as values, comparable across languages.

`markup`, with `offsets`, takes a message apart; `figures` has the pattern of a number; `dates`, `datetimes`, `numbers`,
`quantities`, `limits`, `negation`, `directions` and `medicines`, with `transliteration`, find facts in its words, which
`lexicon` has for each language; `stated_limits` has the values of limits, `limited_numbers` finds what a limit limits,
`limit_kinds` has the kinds that there are, `concepts` finds persons, parts of the body and the like, `modality` what
must be done and how soon, `sequences` what comes first, `subjects` what amounts are said of; `order` and `restatements`
compare amounts that come in another order, or are said in another way. `phone_numbers` finds numbers to call, and knows
their forms. `spans` says where facts stand, `language_identification` in which language a text is, `language_neutral`
compares texts of which one language has no lexicon. `termbase` reads the terms that a project has agreed on;
`style_lexicon` finds what a text should not have.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from polyleaf.facts import medicines
from polyleaf.facts.dates import Date, find_dates
from polyleaf.facts.datetimes import TimeOfDay, find_times
from polyleaf.facts.directions import count_rates, find_condition_side, find_directions, find_phone_numbers
from polyleaf.facts.lexicon import blank, load_lexicon
from polyleaf.facts.limits import count_datetime_limits, find_limits_of
from polyleaf.facts.markup import parse_markup
from polyleaf.facts.negation import Negations, count_negations
from polyleaf.facts.numbers import find_numbers
from polyleaf.facts.offsets import OffsetText
from polyleaf.facts.quantities import Confidence, Number
from polyleaf.facts.stated_limits import Limits

if TYPE_CHECKING:
    from collections import Counter


__all__ = ["Date", "Facts", "Number", "TimeOfDay", "extract_facts", "risky"]

CACHED = 4096
FRACTIONS = {"¼": "1/4", "½": "1/2", "¾": "3/4", "⅓": "1/3", "⅔": "2/3", "⅕": "1/5", "⅛": "1/8"}
VULGAR = re.compile("[" + "".join(FRACTIONS) + "]")
TRIMMED = re.compile(r"\W*(.*?)\W*")
"""A text without the signs around it."""

RISKY = frozenset(("order", "daypart", "side", "stomach", "going", "near", "enough", "height", "level", "lateness"))
"""The axes of directions on which the other pole could hurt."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What one text in one language says.

    *text* is the folded text without marks and addresses, *offset_text* the same with where in the message each
    character of it comes from. *numbers* and *times* are in reading order. *datetime_limits*, the limits at a date or
    time, count `lower` and `upper`, *rates* the units that something is said per. *directions* has for each
    axis the poles named, in reading order: `{"order": ("before",)}`. *condition* tells whether its one condition stands
    `first` or `last`. *marks* counts inline markup and opaque marks,
    *addresses* email and web addresses, telephone numbers (digits only) and citation keys. *bidi_controls* counts the
    characters that force a direction or leave an isolate open (UAX #9).
    """

    text: str
    numbers: tuple[Number, ...]
    dates: tuple[Date, ...]
    times: tuple[TimeOfDay, ...]
    limits: Limits
    datetime_limits: Counter[str]
    negations: Negations
    directions: Mapping[str, tuple[str, ...]]
    rates: Counter[str]
    marks: Counter[str]
    addresses: Counter[str]
    bidi_controls: Counter[str]
    offset_text: OffsetText
    condition: str = ""


@lru_cache(maxsize=CACHED)
def extract_facts(message: str, language: str) -> Facts:
    """Return the facts of *message*, a text of a catalogue in *language*, a gettext code."""
    lexicon = load_lexicon(language)
    markup = parse_markup(message)
    offset_text = markup.text.sub(VULGAR, _spelled_out).folded(language).with_single_spaces()
    text = offset_text.text
    dates = tuple(find_dates(text, lexicon))
    undated = blank(text, dates)
    times = tuple(find_times(undated, lexicon))
    timeless = blank(undated, times)
    numbers = find_numbers(timeless, lexicon)
    phone_numbers = find_phone_numbers(timeless, numbers, lexicon)
    addresses = markup.addresses.copy()
    addresses.update(str(number.value) for number in phone_numbers)
    return Facts(
        text=text,
        numbers=tuple(number for number in numbers if number not in phone_numbers),
        dates=dates,
        times=tuple(sorted(times, key=lambda time: time.start)),
        limits=find_limits_of(timeless, numbers, lexicon),
        datetime_limits=count_datetime_limits(text, (*dates, *times), numbers, lexicon),
        negations=count_negations(timeless, numbers, lexicon),
        directions=find_directions(undated, lexicon),
        rates=count_rates(timeless, lexicon),
        marks=markup.marks,
        addresses=addresses,
        bidi_controls=markup.bidi_controls,
        offset_text=offset_text,
        condition=find_condition_side(text, lexicon),
    )


def risky(message: str, language: str) -> bool:
    """Tell whether a fault in a translation of *message* could hurt: an amount, a moment, a denial, a direction.

    True for any figure, number word, unit (`a week`), date, time, limit and negation, also a half one such as
    `only`; for before and after, morning and evening, left and right, start and stop, too much and too little, now
    and tomorrow, high and low; for an answer that stands alone, yes or no; and for the name of a medicine. Of a
    language without a lexicon only figures are known. Telephone numbers count, other addresses and marks do not.
    """
    facts = extract_facts(message, language)
    return (
        any(number.confidence is Confidence.HIGH or number.unit for number in facts.numbers)
        or any(address.lstrip("+").isdigit() for address in facts.addresses)
        or bool(facts.dates or facts.times or facts.limits or facts.datetime_limits or facts.negations)
        or _is_yes(facts.text, language)
        or not RISKY.isdisjoint(facts.directions)
        or any(medicines.find_names(facts.text))
    )


def _is_yes(text: str, language: str) -> bool:
    """Tell whether *text* is nothing but a yes; a no is a negation."""
    trimmed = TRIMMED.fullmatch(text)
    yes = load_lexicon(language)["yes"].at(trimmed[1], 0) if trimmed else None
    return trimmed is not None and yes is not None and yes.end == len(trimmed[1])


def _spelled_out(fraction: re.Match[str]) -> str:
    return f" {FRACTIONS[fraction.group()]}"
