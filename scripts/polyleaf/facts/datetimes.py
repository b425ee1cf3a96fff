"""Times of day in a text, by value: `half acht` is 7.30, `8 pm` is 20.00."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from fractions import Fraction
from functools import cache

from polyleaf.facts.lexicon import Lexicon, Match, load_lexicon

MAX_DISTANCE = 500
"""How far from a time, in characters, its sentence is searched for the half of the day."""

HALF_DAY = 720
"""Twelve hours in minutes."""

MAX_HOUR, MAX_MINUTE, NOON = 24, 59, 12
SMALL_HOURS = range(60, 420)
"""Minutes of the hours that are of the afternoon where nobody says that they are of the night; from six on in words."""

DAWN = 6
"""From this hour on, `at night` is in the evening; earlier, and at twelve, it is after midnight."""

DAYPARTS, SEVERAL = ("am", "pm", "night"), "several"
ADJACENT, RANGE_LENGTH = 2, 12
BETWEEN_LENGTH = 40
"""How far before the `and` of a range of times, in characters, its `between` may stand."""

ARTICLE = re.compile("^و?ال")
"""What may be joined to the front of an Arabic hour: and, the."""

"""How many characters may stand between a time and its daypart, and between the two times of a range."""

SENTENCE_END = re.compile(r"[.?!;](?=\s)")


class Reading(Enum):
    """How surely a time of day is read.

    CERTAIN: the half of the day is said. LITERAL: it is not, so the time is what its figures say, or twelve hours later
    where the other text does not say it either. SPOKEN: neither, in words of a 12-hour clock, `half past one`.
    AMBIGUOUS: several dayparts in its sentence may go with it.
    """

    CERTAIN = auto()
    LITERAL = auto()
    SPOKEN = auto()
    AMBIGUOUS = auto()


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A time of day in *minutes* since midnight, 0 to 1439, and how surely it is read."""

    start: int
    end: int
    minutes: int
    reading: Reading

    def __str__(self) -> str:
        """Return it as a 24-hour clock shows it."""
        return f"{self.minutes // 60}:{self.minutes % 60:02}"

    def same(self, other: TimeOfDay) -> bool:
        """Tell whether *other* may be the same time: `2:00` is not 14.00, `at 2` and `half past two` may be either."""
        readings = {self.reading, other.reading}
        is_open = Reading.AMBIGUOUS in readings or readings <= {Reading.LITERAL, Reading.SPOKEN}
        is_open = is_open or any(time.reading is Reading.SPOKEN and time.may_be_afternoon() for time in (self, other))
        return (self.minutes - other.minutes) % (HALF_DAY if is_open else 2 * HALF_DAY) == 0

    def may_be_afternoon(self) -> bool:
        """Tell whether a text that says no half of the day may mean the afternoon: `half drie`, `om 4 uur`."""
        return (
            self.reading in {Reading.LITERAL, Reading.SPOKEN}
            and self.minutes in SMALL_HOURS[: None if self.reading is Reading.SPOKEN else -60]
        )


def find_times(text: str, lexicon: Lexicon) -> Iterator[TimeOfDay]:
    """Yield the times of day in *text*, from which dates have been taken out, from left to right."""
    text = lexicon["clock.not"].without(text)
    remaining, times = text, list[TimeOfDay]()
    for pattern in _time_patterns(lexicon.language):
        for match in list(pattern.finditer(remaining)):
            time = _time(match, text, lexicon)
            if time:
                times.append(time)
                remaining = remaining[: time.start] + "\0" * (time.end - time.start) + remaining[time.end :]
    times.sort(key=lambda time: time.start)
    ends = [edge(times, at, text, lexicon) for at in range(len(times)) for edge in (_range_start, _range_end)]
    complete = sorted((*times, *(end for end in ends if end)), key=lambda time: time.start)
    return _with_shared_halves(complete, text)


@cache
def _time_patterns(language: str) -> list[re.Pattern[str]]:
    """Return the patterns of a time, the most explicit first; *at* and *mark* are words beside it."""
    lexicon = load_lexicon(language)
    at, beside, mark, sure, noon, midnight, am, pm = (
        lexicon[f"clock.{name}"].source
        for name in ("at", "beside", "mark", "sure_mark", "noon", "midnight", "direct_am", "direct_pm")
    )
    ends = rf"(?:{mark}|{sure})(?!\w)"
    adjective = rf"(?:(?:{lexicon['before_units'].source})\s)?"
    no_unit = rf"(?!\s?{adjective}(?!{ends})(?:{lexicon['units'].source})(?!\w))"
    hour = _hour_pattern(lexicon)
    figures = r"(?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?![\d%])(?![.,]\d)"
    direct = rf"(?:(?P<am>{am})|(?P<pm>{pm}))(?![\w.]\w)"
    daypart = rf"(?=,?\s(?:{'|'.join(lexicon[f'clock.{name}'].source for name in ('am', 'pm', 'night'))})(?!\w))"
    until = r"\s*(?:[-–]|\w{1,5})\s*\d{1,2}[.:]\d{2}"
    later, later_at = (rf"(?P<later>{lexicon[f'clock.{name}'].source})(?!\w)" for name in ("later", "later_at"))
    patterns = [
        rf"(?<![\w-])(?:12\s*)?(?P<noon>{noon})(?!\w)",
        rf"(?<![\w-])(?:12\s*)?(?P<midnight>{midnight})(?!\w)",
        rf"(?<![\d.,])(?P<hour>\d{{1,2}})(?:[.:](?P<minute>\d{{2}}))?\s?{direct}",
        rf"(?<!\w){_hour_pattern(lexicon, figures='')}\s{direct}",
        rf"(?<![\d.,:]){figures}(?=(?:{until})?\s*{ends})(?:\s*{ends})?",
        rf"(?<!\w)(?:{at})\s+{figures}(?:\s*{ends})?",
        rf"(?<!\w)(?:{beside})\s+{figures}{no_unit}",
        r"(?<![\d.,:])(?P<hour>\d{1,2}):(?P<minute>\d{2})(?![\d:])",
        rf"(?<!\w)(?P<hour>\d{{1,2}})\s?(?:{mark}|{sure})\s?(?P<minute>\d{{2}})(?!\w)",
        rf"(?<!\w)(?P<shift>{lexicon['clock'].source})\s+{hour}{no_unit}(?:\s*{ends})?",
        rf"(?<!\w){hour}\s+{later}",
        rf"(?<!\w)(?<!\d\s)(?:{at})\s+{hour}\s+{later_at}(?:\s*{ends})?",
        rf"(?<!\w){hour}\s?(?:{mark}){daypart}",
        rf"(?<!\w)(?P<before>{at}|{beside})\s+{hour}{daypart}",
        rf"(?<!\w)(?<!\d\s)(?:{at})\s+{hour}(?:\s*{ends})",
        rf"(?<!\w){hour}\s*{sure}(?!\w)",
    ]
    if lexicon.bare_hours:
        patterns.append(rf"(?<!\w)(?<!\d\s)(?:{at})\s+{hour}{no_unit}(?:\s*{ends})?")
    return [re.compile(pattern) for pattern in patterns]


def _hour_pattern(lexicon: Lexicon, figures: str = r"\d{1,2}|") -> str:
    """Return the pattern of an hour without minutes: *figures* or a word."""
    word = f"(?:{lexicon['hours'].source}|{lexicon['articles'].source}|(?:و?ال)?{lexicon['ordinals'].source})"
    return rf"(?P<hour>{figures}{word})(?![\w%])(?![.,]\d)"


@cache
def _range_pattern(language: str) -> re.Pattern[str]:
    """Return the pattern of an hour right before another time, which is a time as well: `between 2 and`, `from 9 -`."""
    lexicon = load_lexicon(language)
    at, beside, mark, sure, joiners = (
        lexicon[kind].source for kind in ("clock.at", "clock.beside", "clock.mark", "clock.sure_mark", "joiners")
    )
    minute = r"(?:[.:](?P<minute>\d{2}))?(?![\w%])"
    end = rf"(?:\s*(?:{mark}|{sure})(?!\w))?"
    hour = _hour_pattern(lexicon).replace(r"(?![.,]\d)", "")
    between = rf"\s*(?:[-–—]|(?<!\w)(?:{joiners}|{beside})(?!\w))\s*"
    prepositions = rf"(?<!\w)(?:{at}|{beside})\s+"
    # Without a preposition, only figures with a dash are a range of times: `2-4 pm`.
    is_figures = r"(?<![\w.,/-])(?=\d{1,2}(?:[.:]\d{2})?\s?[-–—])"
    return re.compile(rf"(?:{prepositions}|{is_figures}){hour}{minute}{end}{between}$")


@cache
def _range_end_pattern(language: str) -> re.Pattern[str]:
    """Return the pattern of an hour right after another time, which is a time as well: `between half past 1 and 3`."""
    lexicon = load_lexicon(language)
    beside, mark, sure, joiners = (
        lexicon[kind].source for kind in ("clock.beside", "clock.mark", "clock.sure_mark", "joiners")
    )
    end = rf"(?:\s*(?:{mark}|{sure})(?!\w))?"
    between = rf"\s*(?:[-–—]|(?<!\w)(?:{joiners}|{beside})(?!\w))\s*"
    later = rf"(?!\s?(?:{lexicon['units'].source}|{beside})(?!\w))"
    return re.compile(rf"{between}{_hour_pattern(lexicon)}(?:{end}(?<=[^\d\s])|){later}")


@cache
def _preposition_pattern(language: str) -> re.Pattern[str]:
    lexicon = load_lexicon(language)
    return re.compile(rf"(?:(?:{lexicon['clock.at'].source}|{lexicon['clock.beside'].source})\s+)?")


def _range_start(times: Sequence[TimeOfDay], at: int, text: str, lexicon: Lexicon) -> TimeOfDay | None:
    """Return the time that stands as an hour alone right before the one at index *at*: 9 in `from 9 to 17.00`."""
    time = times[at]
    first = times[at - 1].end if at else 0
    preposition = _preposition_pattern(lexicon.language).match(text, time.start, time.end)
    hour_start = preposition.end() if preposition else time.start
    match = _range_pattern(lexicon.language).search(text, max(first, hour_start - MAX_DISTANCE), hour_start)
    return _time(match, text, lexicon) if match else None


def _range_end(times: Sequence[TimeOfDay], at: int, text: str, lexicon: Lexicon) -> TimeOfDay | None:
    """Return the time that stands as an hour alone right after the one at index *at*: 3 in `between 13.30 and 3`."""
    time, after = times[at], times[at + 1].start if at + 1 < len(times) else len(text)
    preposition = _preposition_pattern(lexicon.language).match(text, time.start, time.end)
    has_preposition = bool(preposition and preposition.group()) or bool(
        lexicon["clock.beside"].at(text[: time.start].rpartition(" ")[0].rpartition(" ")[2], 0)
    )
    match = _range_end_pattern(lexicon.language).match(text, time.end)
    if not match or match.end() > after or not has_preposition:
        return None
    end = _time(match, text, lexicon)
    if end is None:
        return None
    reading = Reading.AMBIGUOUS if end.reading is Reading.LITERAL else end.reading
    return replace(end, start=match.start("hour"), reading=reading)


def _with_shared_halves(times: Sequence[TimeOfDay], text: str) -> Iterator[TimeOfDay]:
    """Yield *times*, the first of a range with the half of the day that its second has: `between 2 and 4 pm`."""
    for at, time in enumerate(times):
        after = times[at + 1] if at + 1 < len(times) else None
        gap = text[time.end : after.start] if after else ""
        is_open = after and time.reading is not Reading.CERTAIN and after.reading is Reading.CERTAIN
        if after and is_open and len(gap) <= RANGE_LENGTH and not SENTENCE_END.search(gap):
            half = HALF_DAY * (after.minutes >= HALF_DAY)
            minutes = time.minutes % HALF_DAY + half
            turned = (minutes + HALF_DAY) % (2 * HALF_DAY) if minutes >= after.minutes else minutes
            yield replace(time, minutes=turned, reading=Reading.CERTAIN)
        else:
            yield time


def _time(match: re.Match[str], text: str, lexicon: Lexicon) -> TimeOfDay | None:
    groups = {name: value for name, value in match.groupdict().items() if value is not None}
    if "noon" in groups or "midnight" in groups:
        return TimeOfDay(match.start(), match.end(), HALF_DAY if "noon" in groups else 0, Reading.CERTAIN)
    hour, minute = _hour(groups["hour"], lexicon), int(groups.get("minute", 0))
    if hour is None or hour > MAX_HOUR or minute > MAX_MINUTE or not _is_shift(groups, match, text, lexicon):
        return None
    minutes = (hour * 60 + minute + _shift(groups, lexicon)) % (2 * HALF_DAY)
    half = _half_of_day(groups, match, text, lexicon) if hour <= NOON else ""
    if half in {"am", "pm"}:
        minutes = minutes % HALF_DAY + (HALF_DAY if half == "pm" else 0)
        return TimeOfDay(match.start(), match.end(), minutes, Reading.CERTAIN)
    spoken = Reading.SPOKEN if {"shift", "later"} & set(groups) else Reading.LITERAL
    reading = Reading.CERTAIN if hour > NOON or _is_of_24_hours(groups, lexicon) else spoken
    ambiguous = reading is spoken and (half == SEVERAL or not lexicon.known)
    return TimeOfDay(match.start(), match.end(), minutes, Reading.AMBIGUOUS if ambiguous else reading)


def _is_of_24_hours(groups: dict[str, str], lexicon: Lexicon) -> bool:
    """Tell whether a time is surely one of a 24-hour clock: it has minutes, or its hour starts with a nought."""
    has_minutes = "minute" in groups and not lexicon.twelve_hours and lexicon.known
    return has_minutes or (groups["hour"].startswith("0") and "minute" in groups)


def _is_shift(groups: dict[str, str], match: re.Match[str], text: str, lexicon: Lexicon) -> bool:
    """Tell whether words that shift an hour are no range of amounts, `five to seven`, and no duration.

    It is a time where a word for that stands before it (`at`), or no other word comes after it. `Une heure et demie` is
    one only after such a word.
    """
    if lexicon["units"].at(groups.get("later", ""), 0):
        return _is_after_preposition(match, text, lexicon)
    unit = lexicon["units"].at(text, match.end() + 1) if "later" in groups else None
    if (unit and unit.meaning != "hour") or not _is_alone(groups, match, text, lexicon):
        return False
    number, _, joiner = groups.get("shift", "").partition(" ")
    if not joiner or not lexicon["joiners"].at(joiner, 0) or not lexicon["numbers"].at(number, 0):
        return True
    after = text[match.end() :].lstrip()
    dayparts = (lexicon[f"clock.{name}"].at(after, 0) for name in (*DAYPARTS, "at", "beside"))
    is_alone = not after[:1].isalpha() or any(dayparts)
    return is_alone or _is_after_preposition(match, text, lexicon, "at")


def _is_alone(groups: dict[str, str], match: re.Match[str], text: str, lexicon: Lexicon) -> bool:
    """Tell whether an hour after `and` is one: in `between 2 and 4 pm`, not in `1 in the morning and 2 at night`."""
    word = lexicon["clock.and"].at(groups.get("before", ""), 0)
    start = max(0, match.start() - BETWEEN_LENGTH)
    return word is None or any(lexicon["between"].find(text[start : match.start()]))


def _is_after_preposition(match: re.Match[str], text: str, lexicon: Lexicon, *kinds: str) -> bool:
    """Tell whether a word for a time, of one of *kinds* or of any, stands right before the match."""
    before = text[: match.start()].rstrip()
    matchers = [lexicon[f"clock.{kind}"] for kind in kinds or ("at", "beside")]
    return any(item.end == len(before) for matcher in matchers for item in matcher.find(before))


def _hour(text: str, lexicon: Lexicon) -> int | None:
    if text.isdecimal():
        return int(text)
    for kind in ("numbers", "ordinals"):
        numeral = lexicon[kind].at(text, 0) or lexicon[kind].at(ARTICLE.sub("", text), 0)
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
    """Return `am` or `pm`, from what stands at a time or from the dayparts of its sentence; else nothing, or SEVERAL.

    A time in figures of a 24-hour clock only takes a daypart that stands right beside it.
    """
    for name in ("am", "pm"):
        if name in groups:
            return name
    dayparts = list(_dayparts(match, text, lexicon))
    before = [part for part in dayparts if 0 <= match.start() - part.end <= ADJACENT]
    after = [part for part in dayparts if 0 <= part.start - match.end() <= ADJACENT]
    beside = before if before and any(_opens_hour(text, part.end, lexicon) for part in after) else after or before
    if not beside and _is_of_24_hours(groups, lexicon):
        return ""
    hour = _hour(groups["hour"], lexicon) or 0
    halves = {_half(part.meaning, hour) for part in beside or dayparts}
    return halves.pop() if len(halves) == 1 else SEVERAL if halves else ""


def _opens_hour(text: str, start: int, lexicon: Lexicon) -> bool:
    """Tell whether an hour comes at *start*, so that the daypart before it goes with that one: Turkish `akşam altı`."""
    rest = text[start:].lstrip()
    return rest[:1].isdecimal() or any(lexicon[kind].at(rest, 0) for kind in ("clock", "numbers"))


def _half(daypart: str, hour: int) -> str:
    """Return the half of the day of an *hour* in a *daypart*: the night is in both."""
    if daypart == "night":
        return "pm" if DAWN <= hour < NOON else "am"
    return daypart


def _dayparts(match: re.Match[str], text: str, lexicon: Lexicon) -> Iterator[Match]:
    """Yield the words for a half of the day in the sentence of a time, each with its half as meaning."""
    first, last = max(0, match.start() - MAX_DISTANCE), min(len(text), match.end() + MAX_DISTANCE)
    start = max((end.end() for end in SENTENCE_END.finditer(text, first, match.start())), default=first)
    end = SENTENCE_END.search(text, match.end(), last)
    sentence = text[start : end.end() if end else last]
    for name in DAYPARTS:
        for daypart in lexicon[f"clock.{name}"].find(sentence):
            yield Match(start + daypart.start, start + daypart.end, name)
