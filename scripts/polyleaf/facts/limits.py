"""Limits of a text: at least, at most, more than, under, and what a negation makes of them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from polyleaf.facts.lexicon import Match, blank

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from polyleaf.facts.datetimes import Date, TimeOfDay
    from polyleaf.facts.lexicon import Lexicon
    from polyleaf.facts.numbers import Number

    Moment = Date | TimeOfDay

LOWER, UPPER = "lower", "upper"
FIXED = {"at_least": LOWER, "at_most": UPPER}
SMALL = {"over": True, "under": True, "from": False, "until": False}
"""Small words that are limits only right before a number, and whether it may be without a unit."""

BEHIND = {"over_after": LOWER, "under_after": UPPER, "until_after": UPPER, "from_after": LOWER}
POLES = {**FIXED, **BEHIND, "more": LOWER, "over": LOWER, "from": LOWER, "less": UPPER, "under": UPPER, "until": UPPER}
SIGNS = {">": LOWER, "≥": LOWER, "<": UPPER, "≤": UPPER}
SIGN = re.compile(r"([<>≤≥])\s*=?\s*(?=\d)")
SENTENCE = re.compile(r"[^.?!;\n]+(?:[.?!;](?!\s+\D)[^.?!;\n]*)*")
HARD = frozenset(("words", "lexical"))
"""The kinds of words that surely deny."""

NEXT, NEAR, NEAR_BEHIND = 4, 20, 16


def count_limits(text: str, numbers: Sequence[Number], lexicon: Lexicon) -> Counter[str]:
    """Return how often *text* says a lower and an upper limit; `not more than` is an upper one."""
    found: Counter[str] = Counter()
    for sentence, inside in split_with_numbers(text, numbers):
        fixed, flexible = _limits(sentence, inside, lexicon)
        swap = (
            {LOWER: UPPER, UPPER: LOWER}
            if flexible and has_negation(without_pseudo_negations(sentence, inside, lexicon), lexicon)
            else {}
        )
        found.update(fixed + [swap.get(pole, pole) for pole in flexible])
    return found


def count_datetime_limits(
    text: str, moments: Sequence[Moment], numbers: Sequence[Number], lexicon: Lexicon
) -> Counter[str]:
    """Return how often *text* says a limit at a date or time; the two of `from 8 to 10 o'clock` are none."""
    found: Counter[str] = Counter()
    for hit in lexicon["limits"].find(text) if moments else ():
        after = next((one for one in moments if 0 <= one.start - hit.end <= NEXT), None)
        if hit.meaning in BEHIND:
            stands = _near(hit.start, moments)
        else:
            stands = after is not None and not _near(hit.start, (*moments, *numbers)) and not _goes_on(after, moments)
        if stands:
            found[POLES[hit.meaning]] += 1
    return found


def _near(end: int, all_before: Sequence[Moment | Number]) -> bool:
    return any(0 <= end - one.end <= NEAR_BEHIND for one in all_before)


def _goes_on(moment: Moment, moments: Sequence[Moment]) -> bool:
    return any(0 < one.start - moment.end <= NEAR_BEHIND for one in moments)


def split_with_numbers(text: str, numbers: Sequence[Number]) -> Iterator[tuple[str, list[Number]]]:
    """Yield each sentence of *text* with its numbers, as they stand in it; articles only when they have a unit."""
    for found in SENTENCE.finditer(text):
        start, end = found.span()
        inside = [one for one in numbers if start <= one.start < end and (one.confidence or one.unit)]
        yield found.group(), [replace(one, start=one.start - start, end=one.end - start) for one in inside]


def has_reversible_limit(sentence: str, numbers: Sequence[Number], lexicon: Lexicon) -> bool:
    """Tell whether *sentence* has a limit that a negation turns round: `not over 5 ml`."""
    return bool(numbers) and bool(_limits(sentence, numbers, lexicon)[1])


def has_negation(text: str, lexicon: Lexicon) -> bool:
    """Tell whether *text* has a negation that is surely one."""
    return any(hit.meaning in HARD for hit in lexicon["negations"].find(text))


def without_pseudo_negations(text: str, numbers: Sequence[Number], lexicon: Lexicon) -> str:
    """Return *text* without phrases that only look like a negation: `of niet`, and at a number `niet meer dan`."""
    hits = [hit for hit in lexicon["negations"].find(text) if hit.meaning == "neutral"]
    fixed = [hit for hit in lexicon["limits"].find(text) if hit.meaning in FIXED] if numbers else []
    hits += [hit for hit in fixed if _precedes(hit, numbers) or _follows(hit, numbers)]
    return blank(text, hits)


def _limits(sentence: str, numbers: Sequence[Number], lexicon: Lexicon) -> tuple[list[str], list[str]]:
    """Return the limits of a *sentence* that stand, and those that a negation in it turns round."""
    if not numbers:
        return [], []
    fixed: list[str] = []
    flexible: list[str] = []
    for hit in _standing(sentence, numbers, lexicon):
        (fixed if hit.meaning in FIXED else flexible).append(POLES.get(hit.meaning) or SIGNS[hit.meaning])
    return fixed, flexible


def find_limits(text: str, numbers: Sequence[Number], lexicon: Lexicon) -> Iterator[Match]:
    """Yield where the limits of *text* stand."""
    for found, (sentence, inside) in zip(SENTENCE.finditer(text), split_with_numbers(text, numbers), strict=True):
        for hit in _standing(sentence, inside, lexicon) if inside else ():
            yield Match(found.start() + hit.start, found.start() + hit.end, hit.meaning)


def _standing(sentence: str, numbers: Sequence[Number], lexicon: Lexicon) -> Iterator[Match]:
    """Yield the signs and words that are limits of a number in *sentence*."""
    for found in SIGN.finditer(sentence):
        yield Match(found.start(), found.end(), found[1])
    for hit in lexicon["limits"].find(sentence):
        if hit.meaning in SMALL:
            stands = _bounds(hit, numbers, sentence, lexicon)
        elif hit.meaning in BEHIND:
            stands = _follows(hit, numbers)
        else:
            # `17 minutes sooner than` is a difference, not a limit: what is more or less stands before its number.
            stands = _precedes(hit, numbers) or (hit.meaning in FIXED and _follows(hit, numbers))
            stands = stands or _compares(hit, numbers, sentence, lexicon)
        if stands:
            yield hit


def _compares(hit: Match, numbers: Sequence[Number], sentence: str, lexicon: Lexicon) -> bool:
    """Tell whether a comparative stands right after a number in the case of `than`: `4 tabletten fazla`."""
    number = next((one for one in numbers if 0 < hit.start - one.end <= NEXT + 1), None)
    last = sentence[number.start : hit.start].split() if number else []
    return bool(last) and any(one.end == len(last[-1]) for one in lexicon["ablative"].find(last[-1]))


def _precedes(hit: Match, numbers: Sequence[Number]) -> bool:
    return any(hit.start <= number.start and number.start - hit.end <= NEAR for number in numbers)


def _follows(hit: Match, numbers: Sequence[Number]) -> bool:
    return any(0 <= hit.start - number.end <= NEAR_BEHIND for number in numbers)


def _bounds(hit: Match, numbers: Sequence[Number], sentence: str, lexicon: Lexicon) -> bool:
    """Tell whether a small word is a limit: a number follows, and it is not inside a range such as `2 to 4`."""
    after = next((one for one in numbers if 0 <= one.start - hit.end <= NEXT), None)
    if after is None or any(0 <= hit.start - one.end <= NEAR_BEHIND for one in numbers):
        return False
    rest = sentence[after.end :].lstrip(" %")
    is_range = lexicon["joiners"].at(rest, 0) and re.match(r"\w+\s+\d", rest)
    return not is_range and bool(after.unit or SMALL[hit.meaning])
