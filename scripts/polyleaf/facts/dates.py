"""Dates of a text, by value: `31-12-2026` and `de eerste mei`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from polyleaf import languages
from polyleaf.facts.lexicon import Lexicon, blank, load_lexicon

MAX_DISTANCE = 500
"""How far before a date, in characters, the first day of its range is searched."""

MAX_MONTH, MAX_DAY = 12, 31
ORDINAL = r"(?:st|nd|rd|th|er|\.|º)?"

ARTICLE = re.compile("^و?ال")
"""What may be joined to the front of an Arabic hour: and, the."""

"""How many characters may stand between a time and its daypart, and between the two times of a range."""


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


def find_dates(text: str, lexicon: Lexicon) -> Iterator[Date]:
    """Yield the dates in *text*: in figures, with the name of the month, or a month of a year."""
    for pattern in _date_patterns(lexicon.language):
        for match in list(pattern.finditer(text)):
            name = lexicon["months"].at(text, match.start("month"))
            day, month, year = _day(match, lexicon), int(name.meaning if name else match["month"]), match["year"]
            if day <= MAX_DAY and 1 <= month <= MAX_MONTH and _is_month(match, lexicon):
                start = min(match.start(part) for part in ("day", "month", "year") if match[part] is not None)
                date = Date(start, match.end(), day, month, int(year or 0))
                yield date
                first = _first_of_range(date, text, lexicon)
                if first:
                    yield first
                text = blank(text, [first, date] if first else [date])


def _day(match: re.Match[str], lexicon: Lexicon) -> int:
    """Return the day of a date, 0 when it has none; it may be words: `the first of May`.

    The parts of `dwudziestego piątego`, twenty and five, are added.
    """
    text = match["day"]
    if not text or text.isdecimal():
        return int(text or 0)
    words = [ARTICLE.sub("", text)] if _named_day(ARTICLE.sub("", text), lexicon) else text.split()
    return sum(_named_day(word, lexicon) for word in words)


def _named_day(word: str, lexicon: Lexicon) -> int:
    day = lexicon["days"].at(word, 0)
    return int(day.meaning) if day and day.end == len(word) else 0


def _is_month(match: re.Match[str], lexicon: Lexicon) -> bool:
    """Tell whether the month of a date is no other word, such as `may`, where neither figures nor `of` tell."""
    return "of" not in match.groupdict() or bool(match["of"]) or not lexicon["no_months"].at(match["month"], 0)


def _first_of_range(date: Date, text: str, lexicon: Lexicon) -> Date | None:
    """Return the day that stands as figures alone right before *date*, in its month: 1 in `from 1 to 14 July`."""
    match = _range_start_pattern(lexicon.language).search(text, max(0, date.start - MAX_DISTANCE), date.start)
    if not match or not date.day or not 1 <= int(match["day"]) < date.day:
        return None
    return replace(date, start=match.start("day"), end=match.end("day"), day=int(match["day"]))


@cache
def _range_start_pattern(language: str) -> re.Pattern[str]:
    joiners = load_lexicon(language)["joiners"].source
    between = rf"\s*(?:[-–—]|(?<!\w)(?:{joiners})(?:\s\w{{1,4}})?\s)\s*"
    return re.compile(rf"(?<![\w.,:/-])(?P<day>\d{{1,2}}){ORDINAL}{between}$")


@cache
def _date_patterns(language: str) -> list[re.Pattern[str]]:
    figures = [r"(?P<day>\d{1,2})", r"(?P<month>\d{1,2})"]
    first, second = figures if languages.day_first(language) else reversed(figures)
    kinds = ("months", "days", "ordinals", "units")
    months, days, ordinals, unit = (load_lexicon(language)[kind].source for kind in kinds)
    month_name, month_first = rf"(?<!\w)(?P<month>{months})\.?", languages.month_first(language)
    year = r"(?:,?\s*(?:de\s)?(?P<year>\d{4})(?!\d))"
    patterns = [
        r"(?<!\d)(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)",
        rf"(?<![\d.]){first}(?P<gap>[-/.]){second}(?P=gap)(?P<year>\d{{4}})(?!\d)",
        rf"(?<!\d)(?P<day>\d{{1,2}}){ORDINAL}\s*(?:(?:de|of)\s)?{month_name}(?!\w){year}?",
        rf"{month_name}\s+(?P<day>\d{{1,2}}){ORDINAL}(?![\d.,:]*\d){year}",
        *([rf"{month_name}\s+(?P<day>\d{{1,2}})(?:{ORDINAL}(?![\d.,:/-]*\d)(?!\s*{unit}))(?P<year>)"] * month_first),
        rf"(?<!\w)(?P<day>(?:ال)?(?:{ordinals}\s)?{days})\s(?P<of>(?:of|de|من)\s)?{month_name}(?!\w){year}?",
        rf"{month_name}(?!\w)(?P<day>){year}",
        rf"(?:(?<!\d)(?P<year>\d{{4}})\s*年\s*)?{month_name}\s*(?P<day>\d{{1,2}})\s*[日号]",
        rf"(?<!\d)(?P<year>\d{{4}})\s*年\s*{month_name}(?!\w)(?P<day>)",
        r"(?<![\d./-])(?P<day>)(?P<month>0\d|1[0-2])[-/](?P<year>(?:19|20)\d\d)(?![\d./-]*\d)",
    ]
    return [re.compile(pattern) for pattern in patterns]
