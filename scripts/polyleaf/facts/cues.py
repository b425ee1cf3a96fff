"""Limits, negations, directions and rates of a text: what small words say about a dose."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from polyleaf.facts.numbers import Number, Weight
from polyleaf.facts.words import Hit, blank

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from polyleaf.facts.words import Words

LOWER, UPPER = "lower", "upper"
FIXED = {"at_least": LOWER, "at_most": UPPER}
SMALL = {"over": True, "under": True, "from": False, "until": False}
"""Small words that are limits only right before a number, and whether it may be without a unit."""

BEHIND = {"over_after": LOWER, "under_after": UPPER, "until_after": UPPER}
POLES = {**FIXED, **BEHIND, "more": LOWER, "over": LOWER, "from": LOWER, "less": UPPER, "under": UPPER, "until": UPPER}
POLES |= {">": LOWER, "≥": LOWER, "<": UPPER, "≤": UPPER}
SIGN = re.compile(r"([<>≤≥])\s*=?\s*(?=\d)")
SENTENCE = re.compile(r"[^.?!;\n]+(?:[.?!;](?!\s+\D)[^.?!;\n]*)*")
CLAUSE = re.compile(r"[,:()–—]")
NEXT, NEAR, NEAR_BEHIND = 4, 20, 16
MOST_NEGATIONS = 12


def limits(text: str, numbers: Sequence[Number], words: Words) -> Counter[str]:
    """Return how often *text* says a lower and an upper limit; `not more than` is an upper one."""
    found: Counter[str] = Counter()
    for _, sentence, inside in _parts(text, numbers):
        fixed, flexible = _limits(sentence, inside, words)
        denied = flexible and _said(_plain(sentence, words), words)
        swap = {LOWER: UPPER, UPPER: LOWER} if denied else {}
        found.update(fixed + [swap.get(pole, pole) for pole in flexible])
    return found


def limit_places(text: str, numbers: Sequence[Number], words: Words) -> Iterator[Hit]:
    """Yield where the limits of *text* stand."""
    for start, sentence, inside in _parts(text, numbers):
        for hit in _standing(sentence, inside, words):
            yield Hit(start + hit.start, start + hit.end, hit.meaning)


def _parts(text: str, numbers: Sequence[Number]) -> Iterator[tuple[int, str, list[Number]]]:
    """Yield each sentence of *text*, its start, and its numbers as they stand in it; articles are none."""
    for found in SENTENCE.finditer(text):
        start, end = found.span()
        inside = [one for one in numbers if start <= one.start < end and one.weight]
        yield start, found.group(), [replace(one, start=one.start - start, end=one.end - start) for one in inside]


def _limits(sentence: str, numbers: Sequence[Number], words: Words) -> tuple[list[str], list[str]]:
    """Return the limits of a *sentence* that stand, and those that a negation in it turns round."""
    fixed: list[str] = []
    flexible: list[str] = []
    for hit in _standing(sentence, numbers, words):
        (fixed if hit.meaning in FIXED else flexible).append(POLES[hit.meaning])
    return fixed, flexible


def _standing(sentence: str, numbers: Sequence[Number], words: Words) -> Iterator[Hit]:
    """Yield the signs and words that are limits of a number in *sentence*."""
    for found in SIGN.finditer(sentence):
        yield Hit(found.start(), found.end(), found[1])
    for hit in words["limits"].find(sentence):
        if hit.meaning in SMALL:
            stands = _bounds(hit, numbers, sentence, words)
        elif hit.meaning in BEHIND:
            stands = _follows(hit, numbers)
        else:
            stands = _precedes(hit, numbers) or _follows(hit, numbers)
        if stands:
            yield hit


def _precedes(hit: Hit, numbers: Sequence[Number]) -> bool:
    return any(hit.start <= number.start and number.start - hit.end <= NEAR for number in numbers)


def _follows(hit: Hit, numbers: Sequence[Number]) -> bool:
    return any(0 <= hit.start - number.end <= NEAR_BEHIND for number in numbers)


def _bounds(hit: Hit, numbers: Sequence[Number], sentence: str, words: Words) -> bool:
    """Tell whether a small word is a limit: a number follows, and it is not inside a range such as `2 to 4`."""
    after = next((one for one in numbers if 0 <= one.start - hit.end <= NEXT), None)
    if after is None or any(0 <= hit.start - one.end <= NEAR_BEHIND for one in numbers):
        return False
    rest = sentence[after.end :].lstrip(" %")
    is_range = words["joiners"].at(rest, 0) and re.match(r"\w+\s+\d", rest)
    return not is_range and bool(after.unit or SMALL[hit.meaning])


@dataclass(frozen=True, slots=True)
class Negations:
    """How many negations a text may be said to have, and how many words more may be read as one.

    `only after` is none or, as `not without`, two; `gone` may stand for `not there any more`.
    """

    counts: frozenset[int]
    doubts: int

    def agree(self, other: Negations) -> bool:
        """Tell whether *other* may say the same; doubtful words on both sides answer each other."""
        few, many = sorted((self, other), key=lambda one: one.doubts)
        spare = many.doubts - few.doubts
        return any(count + more in few.counts for count in many.counts for more in range(spare + 1))


def negations(text: str, numbers: Sequence[Number], words: Words) -> Negations:
    """Return the negations of *text*."""
    plain = _plain(text, words)
    counts, doubts = {0}, 0
    for _, sentence, inside in _parts(plain, numbers):
        hits = list(words["negations"].find(sentence))
        for clause in _clauses(sentence, hits):
            counts = _added(counts, _weights(clause, sentence, words))
            doubts += sum(hit.meaning in _doubtful(hits) for hit in clause)
        if _limits(sentence, inside, words)[1] and _said(sentence, words):
            counts |= {count - 1 for count in counts}
    return Negations(frozenset(counts), doubts)


def negation_places(text: str, words: Words) -> Iterator[Hit]:
    """Yield where *text* has words that deny, or may: `gone` may stand for `not there any more`."""
    for hit in words["negations"].find(_plain(text, words)):
        if hit.meaning in {"words", "soft", "only"}:
            yield hit


def _doubtful(hits: Sequence[Hit]) -> set[str]:
    """Return what may be a negation: `until` is half a one beside another, since `not until` is `only when`."""
    return {"soft", "pending"} if any(hit.meaning == "words" for hit in hits) else {"soft"}


def _said(text: str, words: Words) -> bool:
    return any(hit.meaning == "words" for hit in words["negations"].find(text))


def _plain(text: str, words: Words) -> str:
    """Return *text* without phrases that only look like a negation: `niet alleen`, `niet meer dan`."""
    hits = [hit for hit in words["negations"].find(text) if hit.meaning == "neutral"]
    hits += [hit for hit in words["limits"].find(text) if hit.meaning in FIXED]
    return blank(text, hits)


def _clauses(sentence: str, hits: Sequence[Hit]) -> Iterator[list[Hit]]:
    bounds = [found.start() for found in CLAUSE.finditer(sentence)] + [len(sentence)]
    start = 0
    for end in bounds:
        yield [hit for hit in hits if start <= hit.start < end]
        start = end


def _weights(hits: Sequence[Hit], sentence: str, words: Words) -> list[frozenset[int]]:
    said = [hit for hit in hits if hit.meaning == "words"]
    main = [hit for hit in said if sentence[hit.start : hit.end] not in words.concord]
    extra = [hit for hit in said if hit not in main]
    sure = len(main) or min(len(extra), 1)
    return [frozenset({sure})] + [frozenset({0, 2}) for hit in hits if hit.meaning == "only"]


def _added(counts: set[int], weights: Sequence[frozenset[int]]) -> set[int]:
    for weight in weights[:MOST_NEGATIONS]:
        counts = {count + more for count in counts for more in weight}
    return counts


def directions(text: str, words: Words) -> dict[str, Counter[str]]:
    """Return for each axis, such as before and after, how often each pole of it is in *text*."""
    return {axis: Counter(hit.meaning for hit in phrases.find(text)) for axis, phrases in words.directions.items()}


def rates(text: str, words: Words) -> Counter[str]:
    """Return the units that *text* says something per: `a day`, `per kg`, `daily`, `/ml`."""
    return Counter(hit.meaning for hit in rate_places(text, words))


def rate_places(text: str, words: Words) -> Iterator[Hit]:
    """Yield where *text* says something per a unit, and which."""
    for hit in words["rates"].find(text):
        if hit.meaning != "per":
            yield hit
            continue
        unit = words["units"].at(text, hit.end + 1) if text[hit.end : hit.end + 1].isspace() else None
        if unit:
            yield Hit(hit.start, unit.end, unit.meaning)
    for slash in re.finditer(r"(?<=\w)\s?/\s?(?=\w)", text):
        unit = words["units"].at(text, slash.end())
        if unit:
            yield Hit(slash.start(), unit.end, unit.meaning)


def calls(text: str, numbers: Sequence[Number], words: Words) -> list[Number]:
    """Return the *numbers* that are short telephone numbers: three or four figures in a text that says to call."""
    if not words["call"].count(text):
        return []
    return [one for one in numbers if not one.unit and one.weight is Weight.SURE and 100 <= one.value < 10000]  # noqa: PLR2004
