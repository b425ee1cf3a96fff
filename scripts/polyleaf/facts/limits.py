"""Limits of a text: at least, at most, more than, under, and what a negation makes of them.

A limit is firm (`at most 4 tablets`), or says for how long or from when on (`within 4 weeks`, `for the first 24
hours`), which another language may leave to the rest of the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from polyleaf.facts.dates import Date
from polyleaf.facts.datetimes import TimeOfDay
from polyleaf.facts.lexicon import Lexicon, Match, blank
from polyleaf.facts.limit_kinds import (
    ADJACENT,
    BEFORE,
    BOUNDARIES,
    BY,
    COMPARED,
    DATETIME_LIMITS,
    FIXED,
    LEAD,
    LEADS,
    PERIODS,
    PERIODS_AFTER,
    POLES,
    POSTPOSITIONS,
    TIMES,
    UNDENIED,
)
from polyleaf.facts.limited_numbers import (
    CLAUSE,
    REACH,
    find_bounded_number,
    find_limited_number,
    follows,
    goes_on,
    is_article,
    next_number,
)
from polyleaf.facts.quantities import Confidence, Number
from polyleaf.facts.stated_limits import OPPOSITE, Limit, Limits

SIGN = re.compile(r"([<>≤≥])\s*+(?:=\s*+)?(?=\d)")
SENTENCE = re.compile(r"[^.?!;\n]+(?:(?:[.?!;](?!\s+\D)|(?<=\b(?:max|min))\.)[^.?!;\n]*)*")
PIECE = re.compile(rf".{{1,{REACH}}}(?!\S)|.{{1,{REACH}}}", re.DOTALL)
"""What is read at once of a sentence; one of more than REACH characters is a list, or nothing that people read."""

DENIALS = frozenset(("words", "lexical", "not_ending"))
"""Kinds of words that deny what they stand beside; the last are verbs that deny an end: the Turkish `bırakmayın`."""

NEGATION_CUES = DENIALS | {"lacking", "excepting", "accompanied", "not_waiting"}
"""The kinds of words that are always a negation."""

COMPARATIVES = frozenset(("more", "less", "over", "under", "exceed"))
"""The kinds of limits that a negation makes the other one: `not more than`."""

NO_NEGATIONS = frozenset(("neutral", "remembered"))
"""The kinds of phrases that only look like a negation: `whether or not`, `do not forget`."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A folded sentence with its numbers, the units that stand for one of them included."""

    text: str
    numbers: Sequence[Number]
    lexicon: Lexicon
    denials: tuple[int, ...] = ()
    breaks: Mapping[int, bool] = field(default_factory=dict)
    exemptions: tuple[int, ...] = ()

    def is_negated(self, limit: Match) -> bool:
        """Tell whether the clause of *limit* has a negation; that of a condition denies what it says, no limit.

        `Not under 12 without a prescription` is still said of those under 12, `not longer than 3 days` is a limit.
        """
        if limit.meaning == "only_after":
            return False
        exempt = self._has(limit, self.exemptions) and limit.meaning not in COMPARED
        denied = self.is_denied(limit) and not exempt
        return denied and not (self.is_condition(limit) and limit.meaning not in PERIODS)

    def is_denied(self, limit: Match) -> bool:
        """Tell whether a negation stands in the clause of *limit*."""
        return self._has(limit, self.denials)

    def is_before_scope(self, limit: Match, limits: Sequence[Match]) -> bool:
        """Tell whether the negation in the clause of *limit* stands after it and denies another one of *limits*.

        `People under 50 kg must not exceed 3 g` says nothing of those over 50 kg.
        """
        start, end = self._clause(limit), self._end(limit)
        denials = [at for at in self.denials if limit.start < at < end]
        later = [other for other in limits if denials and denials[0] < other.start < end]
        return bool(later) and not any(start <= at < limit.start for at in self.denials)

    def _has(self, limit: Match, cues: Sequence[int]) -> bool:
        return any(self._clause(limit) <= at < self._end(limit) for at in cues)

    def is_condition(self, limit: Match) -> bool:
        """Tell whether the clause of *limit* is a condition."""
        return self.breaks.get(self._clause(limit), False)

    def _end(self, limit: Match) -> int:
        return min((at for at in self.breaks if at > limit.start), default=len(self.text))

    def _clause(self, limit: Match) -> int:
        return max((at for at in self.breaks if at <= limit.start), default=0)


def find_limits_of(text: str, numbers: Sequence[Number], lexicon: Lexicon) -> Limits:
    """Return the limits that *text* says; `not more than` is an upper one."""
    limits: list[Limit] = []
    for sentence, own_numbers in split_with_numbers(text, numbers):
        limits += _limits_of(_parsed(sentence, own_numbers, lexicon))
    return Limits(tuple(limits))


def count_datetime_limits(
    text: str, moments: Sequence[Date | TimeOfDay], numbers: Sequence[Number], lexicon: Lexicon
) -> Counter[str]:
    """Return how often *text* says a limit at a date or time; the two of `from 8 to 10 o'clock` are none."""
    counts: Counter[str] = Counter()
    for limit in lexicon["limits"].find(text) if moments else ():
        after = next((moment for moment in moments if 0 <= moment.start - limit.end <= ADJACENT), None)
        if limit.meaning in PERIODS or limit.meaning in PERIODS_AFTER:
            applies = False
        elif limit.meaning in POSTPOSITIONS:
            applies = follows(limit, moments)
        else:
            applies = after is not None and not follows(limit, (*moments, *numbers)) and not goes_on(after, moments)
        if applies:
            counts[DATETIME_LIMITS[limit.meaning]] += 1
    return counts


def find_limits(text: str, numbers: Sequence[Number], lexicon: Lexicon) -> Iterator[Match]:
    """Yield where the limits of *text* stand."""
    sentences = zip(_sentences(text, numbers), split_with_numbers(text, numbers), strict=True)
    for match, (sentence, own_numbers) in sentences:
        for limit, _ in _limits(_parsed(sentence, own_numbers, lexicon)):
            if limit.meaning not in PERIODS and limit.meaning not in PERIODS_AFTER:
                yield Match(match.start() + limit.start, match.start() + limit.end, limit.meaning)


def split_with_numbers(text: str, numbers: Sequence[Number]) -> Iterator[tuple[str, list[Number]]]:
    """Yield each sentence of *text* with its numbers, as they stand in it; articles only when they have a unit."""
    amounts = sorted(counting(numbers), key=_start)
    for match in _sentences(text, numbers):
        start, end = match.span()
        first, last = (bisect_left(amounts, at, key=_start) for at in (start, end))
        inside = amounts[first:last]
        yield text[start:end], [replace(item, start=item.start - start, end=item.end - start) for item in inside]


def _sentences(text: str, numbers: Sequence[Number]) -> Iterator[re.Match[str]]:
    """Yield the sentences of *text*, none of which ends within one of *numbers*: `ab der 22. Woche`."""
    inside = {at for number in numbers for at in range(number.start, number.end)}
    text = "".join("0" if char == "." and at in inside else char for at, char in enumerate(text))
    for sentence in SENTENCE.finditer(text):
        yield from PIECE.finditer(text, *sentence.span())


def counting(numbers: Sequence[Number]) -> list[Number]:
    """Return *numbers* without the articles that have no unit."""
    return [number for number in numbers if _is_amount(number)]


def _is_amount(number: Number) -> bool:
    """Tell whether *number* is no article: a dual is two of something."""
    return bool(number.confidence or number.unit) or number.value > 1


def has_reversible_limit(sentence: str, numbers: Sequence[Number], lexicon: Lexicon) -> bool:
    """Tell whether *sentence* has a limit that a negation reverses: `not over 5 ml`, no main clause of a condition."""
    parsed = _parsed(sentence, numbers, lexicon)
    limits = [limit for limit, number in _limits(parsed) if _is_firm(limit, number) and limit.meaning not in FIXED]
    return any(parsed.is_denied(limit) or not parsed.is_condition(limit) for limit in limits)


def has_limit(text: str, numbers: Sequence[Number], lexicon: Lexicon) -> bool:
    """Tell whether *text* has a limit that is firm: `at most 5 ml`."""
    return bool(find_limits_of(text, numbers, lexicon).firm)


def without_pseudo_negations(text: str, numbers: Sequence[Number], lexicon: Lexicon) -> str:
    """Return *text* without phrases that only look like a negation: `of niet`, and at a number `niet meer dan`.

    The term is that of Chapman (2001), A simple algorithm for identifying negated findings (NegEx).
    """
    phrases = [phrase for phrase in lexicon["negations"].find(text) if phrase.meaning in NO_NEGATIONS]
    return blank(text, [*phrases, *_negated_limits(text, numbers, lexicon)])


def count_negated_limits(text: str, numbers: Sequence[Number], lexicon: Lexicon) -> int:
    """Return how many limits of *text* have a negation in their words: `not more than`."""
    cues = lexicon["negations"]
    limits = _negated_limits(text, numbers, lexicon)
    return sum(any(cue.meaning == "words" for cue in cues.find(text[limit.start : limit.end])) for limit in limits)


def count_comparatives(text: str, numbers: Sequence[Number], lexicon: Lexicon) -> int:
    """Return how many words such as `more than` *text* has outside limits with a negation in their words."""
    rest = without_pseudo_negations(text, numbers, lexicon)
    return sum(limit.meaning in COMPARATIVES for limit in lexicon["limits"].find(rest))


def _negated_limits(text: str, numbers: Sequence[Number], lexicon: Lexicon) -> list[Match]:
    """Return the limits at a number that deny nothing but what is beyond them."""
    limits = [limit for limit in lexicon["limits"].find(text) if _denies_nothing(limit, text, lexicon)]
    numbers = sorted((*numbers, *_implied(text, limits, lexicon)), key=_start)
    return [limit for limit in limits if find_bounded_number(limit, _nearby(limit, numbers), text, lexicon)]


def _start(number: Number) -> int:
    return number.start


def _nearby(limit: Match, numbers: Sequence[Number]) -> Sequence[Number]:
    """Return those of *numbers*, which are in order, that stand in one piece with *limit*."""
    first, last = (bisect_left(numbers, at, key=_start) for at in (limit.start - REACH, limit.end + REACH))
    return numbers[first:last]


def _denies_nothing(limit: Match, text: str, lexicon: Lexicon) -> bool:
    """Tell whether the words of *limit* deny nothing else; the French `à moins de` is `less than`, and `unless`."""
    cue = lexicon["negations"].at(text, limit.start) if limit.meaning == "less" else None
    return limit.meaning in UNDENIED or (cue is not None and cue.meaning == "excepting")


def _parsed(text: str, numbers: Sequence[Number], lexicon: Lexicon) -> _Sentence:
    limits = list(lexicon["limits"].find(text))
    numbers = [*numbers, *_implied(text, limits, lexicon)]
    if not numbers:
        return _Sentence(text, (), lexicon)
    stated = without_pseudo_negations(text, numbers, lexicon)
    all_cues = list(lexicon["negations"].find(stated))
    cues = [cue.start for cue in all_cues if cue.meaning in DENIALS]
    exempt = [cue.start for cue in all_cues if cue.meaning in {"lacking", "excepting"}]
    breaks = {comma.start(): False for comma in CLAUSE.finditer(text)}
    breaks |= {match.start: True for match in lexicon["conditions"].find(text)}
    breaks |= {match.end: False for match in lexicon["conditions_after"].find(text)}
    for match in lexicon["conditions_after"].find(text):
        breaks[max((at for at in breaks if at < match.start), default=0)] = True
    return _Sentence(text, numbers, lexicon, tuple(cues), breaks, tuple(exempt))


def _implied(text: str, limits: Sequence[Match], lexicon: Lexicon) -> Iterator[Number]:
    """Yield the units and articles after one of *limits*, or its last word, that stand for 1: `dłużej niż tydzień`."""
    for limit in limits:
        start = limit.end + 1
        if limit.meaning not in COMPARED or not text[limit.end : start].isspace():
            continue
        unit, article = lexicon["units"].at(text, start), lexicon["articles"].at(text, start)
        own = lexicon["articles"].at(text, max(limit.start, text.rfind(" ", 0, limit.end) + 1))
        article = article or (own if own and own.end == limit.end else None)
        if unit and unit.end - unit.start > 1 and unit.meaning != "times":
            yield Number(unit.start, unit.end, Fraction(1), unit.meaning)
        elif article:
            yield Number(article.start, article.end, Fraction(1), confidence=Confidence.NONE)


def _limits_of(sentence: _Sentence) -> Iterator[Limit]:
    """Yield the limits of a *sentence*, that of one pole and number once; `a day before`, the eve, is no firm one."""
    seen = set()
    pairs = list(_limits(sentence))
    for match, number in pairs:
        is_firm = _is_firm(match, number)
        is_negated = sentence.is_negated(match) and not sentence.is_before_scope(match, [other for other, _ in pairs])
        pole, is_lead = POLES[match.meaning], _leads(match, number, sentence)
        if is_lead or (is_firm and is_negated and match.meaning not in FIXED):
            pole = OPPOSITE[pole]
        if (pole, number) not in seen:
            seen.add((pole, number))
            is_open = not is_firm and (is_negated or not _is_amount(number))
            edge = BOUNDARIES.get(match.meaning, "")
            value, is_eve = number.in_base_unit()[0], is_lead and is_article(number)
            is_condition, timed = sentence.is_condition(match), number.unit in TIMES
            yield Limit(pole, value, is_firm and not is_eve, is_open, edge, is_condition, str(number), timed)


def _is_firm(limit: Match, number: Number) -> bool:
    is_period = limit.meaning in PERIODS or limit.meaning in PERIODS_AFTER
    is_boundary = limit.meaning in {*BOUNDARIES, "only_after"} and number.unit in TIMES
    return not (is_period or is_boundary) and _is_amount(number)


def _leads(limit: Match, number: Number, sentence: _Sentence) -> bool:
    """Tell whether the *number* of a limit is a time before something: `uiterlijk 24 uur van tevoren`."""
    if limit.meaning not in LEADS or number.unit not in TIMES:
        return False
    text, lexicon = sentence.text[: number.end + LEAD + 1], sentence.lexicon
    words = [word for word in lexicon["directions"].find(text) if "order:before" in word.meaning]
    if limit.meaning != "latest":
        words = [word for word in words if not _is_pending(word, text, lexicon)]
    return any(0 <= word.start - number.end <= LEAD for word in words)


def _is_pending(word: Match, text: str, lexicon: Lexicon) -> bool:
    """Tell whether *word* may begin a clause: `it takes until 6 weeks before you notice`."""
    cue = lexicon["negations"].at(text, word.start)
    return cue is not None and cue.meaning == "pending"


def _limits(sentence: _Sentence) -> Iterator[tuple[Match, Number]]:
    """Yield the signs and words that are limits of a number in *sentence*, with that number."""
    text, numbers = sentence.text, sentence.numbers
    if not numbers:
        return
    for sign in SIGN.finditer(text):
        limit = Match(sign.start(), sign.end(), sign[1])
        number = next_number(limit, numbers, BEFORE)
        if number:
            yield limit, number
    for limit in sentence.lexicon["limits"].find(text):
        number = (
            find_limited_number(limit, numbers, text, sentence.lexicon)
            if limit.meaning != BY and not _is_numeral(limit, numbers)
            else None
        )
        if number:
            yield limit, number


def _is_numeral(limit: Match, numbers: Sequence[Number]) -> bool:
    """Tell whether the word of *limit* is one of *numbers* here: the Turkish `altı` is `under`, and six."""
    return any(number.start <= limit.start < number.end for number in numbers if number.spelt)
