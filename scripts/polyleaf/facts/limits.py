"""Limits of a text: at least, at most, more than, under, and what a negation makes of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from polyleaf.facts.datetimes import Date, TimeOfDay
from polyleaf.facts.lexicon import Lexicon, Match, blank
from polyleaf.facts.lexicon.phrase_matcher import Located
from polyleaf.facts.numbers import Number

LOWER, UPPER = "lower", "upper"
FIXED = {"at_least": LOWER, "at_most": UPPER}
"""Limits that a negation does not reverse."""

PREPOSITIONS = {"over": True, "under": True, "from": False, "until": False}
"""Words that are limits only right before a number, and whether it may be without a unit."""

POSTPOSITIONS = {"over_after": LOWER, "under_after": UPPER, "until_after": UPPER, "from_after": LOWER}
POLES = {"more": LOWER, "over": LOWER, "from": LOWER, "less": UPPER, "under": UPPER, "until": UPPER}
POLES |= {">": LOWER, "≥": LOWER, "<": UPPER, "≤": UPPER, **FIXED, **POSTPOSITIONS}
SIGN = re.compile(r"([<>≤≥])\s*=?\s*(?=\d)")
SENTENCE = re.compile(r"[^.?!;\n]+(?:[.?!;](?!\s+\D)[^.?!;\n]*)*")
NEGATION_CUES = frozenset(("words", "lexical"))
"""The kinds of words that are always a negation."""

ADJACENT, BEFORE, BEHIND = 4, 20, 16
"""How many characters may stand between a limit and its number: right before it, before it, after it."""


def count_limits(text: str, numbers: Sequence[Number], lexicon: Lexicon) -> Counter[str]:
    """Return how often *text* says a `lower` and an `upper` limit; `not more than` is an upper one."""
    counts: Counter[str] = Counter()
    for sentence, own_numbers in split_with_numbers(text, numbers):
        fixed, reversible = _poles(sentence, own_numbers, lexicon)
        is_negated = reversible and has_negation(without_pseudo_negations(sentence, own_numbers, lexicon), lexicon)
        reversal = {LOWER: UPPER, UPPER: LOWER} if is_negated else {}
        counts.update(fixed + [reversal.get(pole, pole) for pole in reversible])
    return counts


def count_datetime_limits(
    text: str, moments: Sequence[Date | TimeOfDay], numbers: Sequence[Number], lexicon: Lexicon
) -> Counter[str]:
    """Return how often *text* says a limit at a date or time; the two of `from 8 to 10 o'clock` are none."""
    counts: Counter[str] = Counter()
    for limit in lexicon["limits"].find(text) if moments else ():
        after = next((moment for moment in moments if 0 <= moment.start - limit.end <= ADJACENT), None)
        if limit.meaning in POSTPOSITIONS:
            applies = _follows(limit, moments)
        else:
            applies = after is not None and not _follows(limit, (*moments, *numbers)) and not _goes_on(after, moments)
        if applies:
            counts[POLES[limit.meaning]] += 1
    return counts


def find_limits(text: str, numbers: Sequence[Number], lexicon: Lexicon) -> Iterator[Match]:
    """Yield where the limits of *text* stand."""
    sentences = zip(SENTENCE.finditer(text), split_with_numbers(text, numbers), strict=True)
    for match, (sentence, own_numbers) in sentences:
        for limit in _limits(sentence, own_numbers, lexicon) if own_numbers else ():
            yield Match(match.start() + limit.start, match.start() + limit.end, limit.meaning)


def split_with_numbers(text: str, numbers: Sequence[Number]) -> Iterator[tuple[str, list[Number]]]:
    """Yield each sentence of *text* with its numbers, as they stand in it; articles only when they have a unit."""
    for match in SENTENCE.finditer(text):
        start, end = match.span()
        inside = (number for number in counting(numbers) if start <= number.start < end)
        yield match.group(), [replace(item, start=item.start - start, end=item.end - start) for item in inside]


def counting(numbers: Sequence[Number]) -> list[Number]:
    """Return *numbers* without the articles that have no unit."""
    return [number for number in numbers if number.confidence or number.unit]


def has_reversible_limit(sentence: str, numbers: Sequence[Number], lexicon: Lexicon) -> bool:
    """Tell whether *sentence* has a limit that a negation reverses: `not over 5 ml`."""
    return bool(_poles(sentence, numbers, lexicon)[1])


def has_negation(text: str, lexicon: Lexicon) -> bool:
    """Tell whether *text* has a negation that is surely one."""
    return any(cue.meaning in NEGATION_CUES for cue in lexicon["negations"].find(text))


def without_pseudo_negations(text: str, numbers: Sequence[Number], lexicon: Lexicon) -> str:
    """Return *text* without phrases that only look like a negation: `of niet`, and at a number `niet meer dan`.

    The term is that of Chapman (2001), A simple algorithm for identifying negated findings (NegEx).
    """
    phrases = [phrase for phrase in lexicon["negations"].find(text) if phrase.meaning == "neutral"]
    fixed = [limit for limit in lexicon["limits"].find(text) if limit.meaning in FIXED] if numbers else []
    phrases += [limit for limit in fixed if _precedes(limit, numbers) or _follows(limit, numbers)]
    return blank(text, phrases)


def _poles(sentence: str, numbers: Sequence[Number], lexicon: Lexicon) -> tuple[list[str], list[str]]:
    """Return the poles of the limits of a *sentence* that are fixed, and of those that a negation reverses."""
    fixed: list[str] = []
    reversible: list[str] = []
    for limit in _limits(sentence, numbers, lexicon) if numbers else ():
        (fixed if limit.meaning in FIXED else reversible).append(POLES[limit.meaning])
    return fixed, reversible


def _limits(sentence: str, numbers: Sequence[Number], lexicon: Lexicon) -> Iterator[Match]:
    """Yield the signs and words that are limits of a number in *sentence*."""
    for sign in SIGN.finditer(sentence):
        yield Match(sign.start(), sign.end(), sign[1])
    for limit in lexicon["limits"].find(sentence):
        if limit.meaning in PREPOSITIONS:
            applies = _governs(limit, numbers, sentence, lexicon)
        elif limit.meaning in POSTPOSITIONS:
            applies = _follows(limit, numbers)
        else:
            # `17 minutes sooner than` is a difference, not a limit: what is more or less stands before its number.
            applies = _precedes(limit, numbers) or (limit.meaning in FIXED and _follows(limit, numbers))
            applies = applies or _compares(limit, numbers, sentence, lexicon)
        if applies:
            yield limit


def _compares(limit: Match, numbers: Sequence[Number], sentence: str, lexicon: Lexicon) -> bool:
    """Tell whether a comparative stands right after a number in the case of `than`: `4 tabletten fazla`."""
    number = next((number for number in numbers if 0 < limit.start - number.end <= ADJACENT + 1), None)
    words = sentence[number.start : limit.start].split() if number else []
    return bool(words) and any(ending.end == len(words[-1]) for ending in lexicon["ablative"].find(words[-1]))


def _precedes(limit: Match, numbers: Sequence[Number]) -> bool:
    return any(limit.start <= number.start and number.start - limit.end <= BEFORE for number in numbers)


def _follows(limit: Match, items: Sequence[Located]) -> bool:
    return any(0 <= limit.start - item.end <= BEHIND for item in items)


def _goes_on(moment: Located, moments: Sequence[Located]) -> bool:
    return any(0 < other.start - moment.end <= BEHIND for other in moments)


def _governs(limit: Match, numbers: Sequence[Number], sentence: str, lexicon: Lexicon) -> bool:
    """Tell whether a preposition is a limit: a number follows, and it is not inside a range such as `2 to 4`."""
    number = next((number for number in numbers if 0 <= number.start - limit.end <= ADJACENT), None)
    if number is None or _follows(limit, numbers):
        return False
    after = sentence[number.end :].lstrip(" %")
    is_range = lexicon["joiners"].at(after, 0) and re.match(r"\w+\s+\d", after)
    return not is_range and bool(number.unit or PREPOSITIONS[limit.meaning])
