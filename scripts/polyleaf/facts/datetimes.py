"""Dates and times of day in a text, by value: `half acht` is 7.30, `8 pm` is 20.00."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from polyleaf import languages
from polyleaf.facts.lexicon import Lexicon, blank, load_lexicon

MAX_DISTANCE = 500
"""How far from a time, in characters, its sentence is searched for the half of the day."""

HALF_DAY = 720
"""Twelve hours in minutes."""

MAX_HOUR, MAX_MINUTE, NOON = 24, 59, 12
MAX_MONTH, MAX_DAY = 12, 31
SENTENCE_END = re.compile(r"[.?!;](?=\s)")
ORDINAL = r"(?:st|nd|rd|th|er|\.|º)?"


@dataclass(frozen=True, slots=True)
class Date:
    """A day, or a month of a year when *day* is 0; *year* is 0 when it is not said.

    It stands in its text from *start* to before *end*, in characters.
    """

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
    """A time of day in *minutes* since midnight, 0 to 1439; it may be twelve hours later unless it is *unambiguous*."""

    start: int
    end: int
    minutes: int
    unambiguous: bool

    def __str__(self) -> str:
        """Return it as a 24-hour clock shows it."""
        return f"{self.minutes // 60}:{self.minutes % 60:02}"

    def same(self, other: TimeOfDay) -> bool:
        """Tell whether *other* may be the same time."""
        period = 2 * HALF_DAY if self.unambiguous and other.unambiguous else HALF_DAY
        return (self.minutes - other.minutes) % period == 0


def find_dates(text: str, lexicon: Lexicon) -> Iterator[Date]:
    """Yield the dates in *text*: in figures, with the name of the month, or a month of a year."""
    for pattern in _date_patterns(lexicon.language):
        for match in list(pattern.finditer(text)):
            name = lexicon["months"].at(text, match.start("month"))
            day, month, year = int(match["day"] or 0), int(name.meaning if name else match["month"]), match["year"]
            if day <= MAX_DAY and 1 <= month <= MAX_MONTH:
                date = Date(match.start(), match.end(), day, month, int(year or 0))
                yield date
                text = blank(text, [date])


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


def find_times(text: str, lexicon: Lexicon) -> Iterator[TimeOfDay]:
    """Yield the times of day in *text*, from which dates have been taken out, those in the surest form first."""
    remaining = text
    for pattern in _time_patterns(lexicon.language):
        for match in list(pattern.finditer(remaining)):
            time = _time(match, text, lexicon)
            if time:
                yield time
                remaining = remaining[: time.start] + "\0" * (time.end - time.start) + remaining[time.end :]


@cache
def _time_patterns(language: str) -> list[re.Pattern[str]]:
    """Return the patterns of a time, the most explicit first; *at* and *mark* are words beside it."""
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
    later, later_at = (rf"(?P<later>{lexicon[f'clock.{name}'].source})(?!\w)" for name in ("later", "later_at"))
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
        rf"(?<!\w){hour}\s+{later}",
        rf"(?<!\w)(?<!\d\s)(?:{at})\s+{hour}\s+{later_at}(?:\s*{ends})?",
        rf"(?<!\w)(?<!\d\s)(?:{at})\s+{hour}(?:\s*{ends})",
        rf"(?<!\w){hour}\s*{sure}(?!\w)",
    ]
    if lexicon.bare_hours:
        patterns.append(rf"(?<!\w)(?<!\d\s)(?:{at})\s+{hour}{no_unit}(?:\s*{ends})?")
    return [re.compile(pattern) for pattern in patterns]


def _time(match: re.Match[str], text: str, lexicon: Lexicon) -> TimeOfDay | None:
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    if "noon" in groups or "midnight" in groups:
        return TimeOfDay(match.start(), match.end(), HALF_DAY if "noon" in groups else 0, unambiguous=True)
    hour, minute = _hour(groups["hour"], lexicon), int(groups.get("minute", 0))
    if hour is None or hour > MAX_HOUR or minute > MAX_MINUTE:
        return None
    minutes = hour * 60 + minute + _shift(groups, lexicon)
    half = _half_of_day(groups, match, text, lexicon)
    if half and hour <= NOON:
        minutes = minutes % HALF_DAY + (HALF_DAY if half == "pm" else 0)
        return TimeOfDay(match.start(), match.end(), minutes, unambiguous=True)
    unambiguous = hour > NOON or ("minute" in groups and not lexicon.twelve_hours)
    return TimeOfDay(match.start(), match.end(), minutes % (2 * HALF_DAY), unambiguous=unambiguous)


def _hour(text: str, lexicon: Lexicon) -> int | None:
    if text.isdecimal():
        return int(text)
    for kind in ("numbers", "ordinals"):
        numeral = lexicon[kind].at(text, 0) or lexicon[kind].at(text.removeprefix("ال"), 0)
        if numeral:
            value = Fraction(numeral.meaning)
            return int(value) if value.denominator == 1 else None
    return 1


def _shift(groups: dict[str, str], lexicon: Lexicon) -> int:
    """Return the minutes that words add to an hour: `half past`, `kwart voor`."""
    if "later" in groups:
        later = lexicon["clock.later"].at(groups["later"], 0) or lexicon["clock.later_at"].at(groups["later"], 0)
        return int(later.meaning) if later else 0
    shift = lexicon["clock"].at(groups["shift"], 0) if "shift" in groups else None
    return int(shift.meaning) if shift else 0


def _half_of_day(groups: dict[str, str], match: re.Match[str], text: str, lexicon: Lexicon) -> str:
    """Return `am` or `pm`, from what stands at a time or from the one daypart of its sentence; else nothing."""
    for name in ("am", "pm"):
        if name in groups:
            return name
    first, last = max(0, match.start() - MAX_DISTANCE), min(len(text), match.end() + MAX_DISTANCE)
    start = max((end.end() for end in SENTENCE_END.finditer(text, first, match.start())), default=first)
    end = SENTENCE_END.search(text, match.end(), last)
    sentence = text[start : end.end() if end else last]
    dayparts = [name for name in ("am", "pm") if lexicon[f"clock.{name}"].present(sentence)]
    return dayparts[0] if len(dayparts) == 1 else ""
