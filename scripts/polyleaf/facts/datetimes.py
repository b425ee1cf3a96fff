"""Dates and clock times in a text, by value: `half acht` is 7.30, `8 pm` is 20.00."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING

from polyleaf import languages
from polyleaf.facts.lexicon import Match, blank, load_lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from polyleaf.facts.lexicon import Lexicon

REACH = 500
"""No sentence is looked at further from a time than this, in characters."""

HALF_DAY = 720
HOURS, MINUTES, NOON = 24, 59, 12
MONTHS, DAYS = 12, 31
SENTENCE_END = re.compile(r"[.?!;](?=\s)")
ORDINAL = r"(?:st|nd|rd|th|er|\.|º)?"


@dataclass(frozen=True, slots=True)
class Date:
    """A day, or a month of a year when *day* is 0; *year* is 0 when it is not said."""

    start: int
    end: int
    day: int
    month: int
    year: int

    def __str__(self) -> str:
        """Return it as figures."""
        return "-".join(str(part) for part in (self.day, self.month, self.year) if part)

    def same(self, other: Date) -> bool:
        """Tell whether *other* is the same date."""
        return (self.day, self.month, self.year) == (other.day, other.month, other.year)


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A time of the day in minutes; *unambiguous* is false when it may be twelve hours later."""

    start: int
    end: int
    minutes: int
    unambiguous: bool

    def __str__(self) -> str:
        """Return it as a 24-hour clock shows it."""
        return f"{self.minutes // 60}:{self.minutes % 60:02}"

    def same(self, other: TimeOfDay) -> bool:
        """Tell whether *other* may be the same time."""
        half = 2 * HALF_DAY if self.unambiguous and other.unambiguous else HALF_DAY
        return (self.minutes - other.minutes) % half == 0


def find_dates(text: str, lexicon: Lexicon) -> Iterator[Date]:
    """Yield the dates in *text*: in figures, with the name of the month, or a month of a year."""
    for pattern in _date_patterns(lexicon.language):
        for found in list(pattern.finditer(text)):
            name = lexicon["months"].at(text, found.start("month"))
            parts = found.groupdict()
            date = _date(found, parts["day"], name.meaning if name else parts["month"], parts["year"])
            if date:
                yield date
                text = blank(text, [Match(date.start, date.end, "")])


@cache
def _date_patterns(language: str) -> list[re.Pattern[str]]:
    figures = [r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})"]
    first, second = figures if languages.day_first(language) else reversed(figures)
    month_name = rf"(?<!\w)(?P<month>{load_lexicon(language)['months'].source})\.?"
    year = r"(?:,?\s*(?:de\s)?(?P<year>\d{4})(?!\d))"
    patterns = [
        r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)",
        rf"(?<![\d.]){first}(?P<gap>[-/.]){second}(?P=gap)(?P<year>\d{{4}})(?!\d)",
        rf"(?<!\d)(?P<day>\d{{1,2}}){ORDINAL}\s*(?:de\s)?{month_name}(?!\w){year}?",
        rf"{month_name}\s+(?P<day>\d{{1,2}}){ORDINAL}(?![\d.,:]*\d){year}",
        rf"{month_name}(?!\w)(?P<day>){year}",
        r"(?<![\d./-])(?P<day>)(?P<month>0\d|1[0-2])[-/](?P<year>(?:19|20)\d\d)(?![\d./-]*\d)",
    ]
    return [re.compile(pattern) for pattern in patterns]


def _date(found: re.Match[str], day: str, month: str, year: str | None) -> Date | None:
    if int(day or 0) > DAYS or not 1 <= int(month) <= MONTHS:
        return None
    return Date(found.start(), found.end(), int(day or 0), int(month), int(year or 0))


def find_times(text: str, lexicon: Lexicon) -> Iterator[TimeOfDay]:
    """Yield the clock times in *text*."""
    taken = text
    for pattern in _patterns(lexicon.language):
        for found in list(pattern.finditer(taken)):
            clock = _clock(found, text, lexicon)
            if clock:
                yield clock
                taken = taken[: clock.start] + "\0" * (clock.end - clock.start) + taken[clock.end :]


@cache
def _patterns(language: str) -> list[re.Pattern[str]]:
    """The ways to write a time, those that say most first; *at* and *mark* are words beside it."""
    lexicon = load_lexicon(language)
    at, beside, mark, sure, noon, midnight, am, pm = (
        lexicon[f"clock.{name}"].source
        for name in ("at", "beside", "mark", "sure_mark", "noon", "midnight", "direct_am", "direct_pm")
    )
    no_unit = rf"(?!\s?(?:{lexicon['units'].source})(?!\w))"
    word = f"(?:{lexicon['hours'].source}|{lexicon['articles'].source}|(?:ال)?{lexicon['ordinals'].source})"
    hour = rf"(?P<hour>\d{{1,2}}|{word})(?![\w%])(?![.,]\d)"
    figures = r"(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?![\d%])(?![.,]\d)"
    ends = rf"(?:{mark}|{sure})(?!\w)"
    direct = rf"(?:(?P<am>{am})|(?P<pm>{pm}))(?![\w.]\w)"
    until = r"\s*(?:[-–]|\w{1,5})\s*\d{1,2}[.:]\d{2}"
    later = rf"(?P<later>{lexicon['clock.after_30'].source})"
    patterns = [
        rf"(?<!\w)(?:12\s*)?(?P<noon>{noon})(?!\w)",
        rf"(?<!\w)(?:12\s*)?(?P<midnight>{midnight})(?!\w)",
        rf"(?<![\d.,])(?P<hour>\d{{1,2}})(?:[.:](?P<minute>\d{{2}}))?\s?{direct}",
        rf"(?<![\d.,:]){figures}(?=(?:{until})?\s*{ends})(?:\s*{ends})?",
        rf"(?<!\w)(?:{at})\s+{figures}(?:\s*{ends})?",
        rf"(?<!\w)(?:{beside})\s+{figures}{no_unit}",
        r"(?<![\d.,:])(?P<hour>\d{1,2}):(?P<minute>\d{2})(?![\d:])",
        rf"(?<!\w)(?P<hour>\d{{1,2}})\s?(?:{mark}|{sure})\s?(?P<minute>\d{{2}})(?!\w)",
        rf"(?<!\w)(?P<shift>{lexicon['clock'].source})\s+{hour}",
        rf"(?<!\w){hour}\s+{later}(?!\w)",
        rf"(?<!\w)(?<!\d\s)(?:{at})\s+{hour}(?:\s*{ends})",
        rf"(?<!\w){hour}\s*{sure}(?!\w)",
    ]
    if lexicon.bare_hours:
        patterns.append(rf"(?<!\w)(?:{at})\s+{hour}{no_unit}(?:\s*{ends})?")
    return [re.compile(pattern) for pattern in patterns]


def _clock(found: re.Match[str], text: str, lexicon: Lexicon) -> TimeOfDay | None:
    parts = {name: value for name, value in found.groupdict().items() if value is not None}
    if "noon" in parts or "midnight" in parts:
        return TimeOfDay(found.start(), found.end(), HALF_DAY if "noon" in parts else 0, unambiguous=True)
    hour = _hour(parts["hour"], lexicon)
    if hour is None or hour > HOURS or int(parts.get("minute", 0)) > MINUTES:
        return None
    minutes = hour * 60 + int(parts.get("minute", 0)) + _shift(parts, lexicon)
    half = _half(parts, found, text, lexicon)
    if half and hour <= NOON:
        return TimeOfDay(
            found.start(), found.end(), minutes % HALF_DAY + (HALF_DAY if half == "pm" else 0), unambiguous=True
        )
    sure = hour > NOON or ("minute" in parts and not lexicon.twelve_hours)
    return TimeOfDay(found.start(), found.end(), minutes % (2 * HALF_DAY), unambiguous=sure)


def _hour(text: str, lexicon: Lexicon) -> int | None:
    if text.isdecimal():
        return int(text)
    for kind in ("numbers", "ordinals"):
        hit = lexicon[kind].at(text, 0) or lexicon[kind].at(text.removeprefix("ال"), 0)
        if hit:
            value = Fraction(hit.meaning)
            return int(value) if value.denominator == 1 else None
    return 1


def _shift(parts: dict[str, str], lexicon: Lexicon) -> int:
    if "later" in parts:
        return 30
    hit = lexicon["clock"].at(parts["shift"], 0) if "shift" in parts else None
    return int(hit.meaning) if hit else 0


def _half(parts: dict[str, str], found: re.Match[str], text: str, lexicon: Lexicon) -> str:
    """Say in which half of the day a time is: by what stands at it, or by the one daypart of its sentence."""
    for name in ("am", "pm"):
        if name in parts:
            return name
    first, last = max(0, found.start() - REACH), min(len(text), found.end() + REACH)
    before = max((end.end() for end in SENTENCE_END.finditer(text, first, found.start())), default=first)
    after = SENTENCE_END.search(text, found.end(), last)
    sentence = text[before : after.end() if after else last]
    present = [name for name in ("am", "pm") if lexicon[f"clock.{name}"].present(sentence)]
    return present[0] if len(present) == 1 else ""
