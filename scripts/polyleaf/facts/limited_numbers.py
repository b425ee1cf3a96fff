"""Which number a word such as `at most` limits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from polyleaf.facts.lexicon import Lexicon, Match
from polyleaf.facts.lexicon.phrase_matcher import Located
from polyleaf.facts.limit_kinds import (
    ADJACENT,
    BEFORE,
    BEHIND,
    BOUNDARIES,
    DISTANCES,
    EITHER_SIDE,
    PERIODS,
    PERIODS_AFTER,
    POSTPOSITIONS,
    PREPOSITIONS,
    TIMES,
)
from polyleaf.facts.quantities import Confidence, Number

CLAUSE = re.compile(r"[,:()–—]|(?<=\s)-(?=\s)")
"""Where a clause ends."""

REACH = 1000
"""How many characters a limit and what goes with it may be apart, at most."""


def find_limited_number(limit: Match, numbers: Sequence[Number], text: str, lexicon: Lexicon) -> Number | None:
    """Return the one of *numbers* that the word of *limit* limits, None when it is none."""
    if limit.meaning in PREPOSITIONS:
        number = _governed(limit, numbers, text, lexicon)
        return None if number and limit.meaning == "until" and _is_goal(number, text, lexicon) else number
    if limit.meaning in PERIODS:
        number = next_number(replace(limit, start=limit.end), numbers, ADJACENT)
        return number if number and (number.unit in TIMES or limit.meaning == "within") else None
    if limit.meaning in PERIODS_AFTER:
        number = _last(limit, numbers)
        return number if number and number.unit in TIMES else None
    if limit.meaning in POSTPOSITIONS:
        number = _last(limit, numbers)
        return (
            None if number and limit.meaning in BOUNDARIES and _ends_range(number, numbers, text, lexicon) else number
        )
    return find_bounded_number(limit, numbers, text, lexicon)


def _is_goal(number: Number, text: str, lexicon: Lexicon) -> bool:
    """Tell whether an amount is what another one is raised or lowered to: `verhoog de dosis tot 10 mg`."""
    is_changed = any("level:" in word.meaning for word in lexicon["directions"].find(text))
    return is_changed and number.unit not in TIMES


def _ends_range(number: Number, numbers: Sequence[Number], text: str, lexicon: Lexicon) -> bool:
    """Tell whether a number in the case of `from` stands right before *number*: `8'den 12'ye kadar`, from 8 to 12."""
    first = next((item for item in numbers if 0 < number.start - item.end <= ADJACENT + 2), None)
    case = text[first.end : number.start].strip(" '") if first else ""
    return bool(case) and any(ending.end == len(case) for ending in lexicon["ablative"].find(case))


def find_bounded_number(limit: Match, numbers: Sequence[Number], text: str, lexicon: Lexicon) -> Number | None:
    """Return the number of `at most` or `more than`: what follows, else what it stands after.

    `17 minutes sooner than` is a difference, not a limit: what is more or less stands before its number. `Or older`
    stands after it.
    """
    after = next_number(limit, numbers, DISTANCES.get(limit.meaning, BEFORE))
    if after and limit.meaning == "at_most" and is_article(after) and after.start - limit.end > ADJACENT:
        after = None
    before = _last(limit, numbers, _reach_back(limit, text)) if limit.meaning in EITHER_SIDE else None
    joiners = lexicon["coordinators"] or lexicon["joiners"]
    is_added = before is not None and limit.start - before.end == 1 and joiners.at(text, limit.start)
    is_apart = (
        after and (before or limit.meaning in {"exceed", "not_exceed"}) and CLAUSE.search(text, limit.end, after.start)
    )
    is_rate = after and before and lexicon["rates"].at(text[limit.end : after.start].strip(), 0)
    if after and (is_added or is_apart or is_rate):
        return before
    if before and lexicon["coordinators"].at(text, limit.start):
        return before
    if _is_difference(limit, numbers, after):
        return None
    return _compared(limit, numbers, text, lexicon) or after or before


def _is_difference(limit: Match, numbers: Sequence[Number], after: Number | None) -> bool:
    """Tell whether a comparative says how much more there is than at some time: `2 kg more than 3 days ago`."""
    is_time = limit.meaning in {"more", "less"} and after is not None and after.unit in TIMES
    amounts = [number for number in numbers if number.unit and number.unit not in {*TIMES, "times"}]
    return is_time and any(limit.start - number.end == 1 for number in amounts)


def is_article(number: Number) -> bool:
    """Tell whether *number* is an article, which may count nothing."""
    return number.spelt and number.confidence is Confidence.NONE


def _compared(limit: Match, numbers: Sequence[Number], text: str, lexicon: Lexicon) -> Number | None:
    """Return the number right before a comparative, in the case of `than`: `4 tabletten fazla`."""
    number = next((number for number in numbers if 0 < limit.start - number.end <= ADJACENT + 1), None)
    words = text[number.start : limit.start].split() if number else []
    is_than = words and any(ending.end == len(words[-1]) for ending in lexicon["ablative"].find(words[-1]))
    return number if is_than else None


def next_number(limit: Match, numbers: Sequence[Number], distance: int) -> Number | None:
    """Return the first number after the start of *limit* that is at most *distance* characters behind its end."""
    after = [number for number in numbers if limit.start <= number.start and number.start - limit.end <= distance]
    return min(after, key=lambda number: number.start, default=None)


def _last(limit: Match, numbers: Sequence[Number], distance: int = BEHIND) -> Number | None:
    """Return the last number that ends at most *distance* characters before *limit*."""
    before = [number for number in numbers if 0 <= limit.start - number.end <= distance]
    return max(before, key=lambda number: number.end, default=None)


def _reach_back(limit: Match, text: str) -> int:
    """Return how many characters before *limit* its number may end; where it ends its clause, that is the whole clause.

    `4 comprimidos de paracetamol al día como máximo`.
    """
    near = max(0, limit.start - REACH), min(len(text), limit.end + REACH)
    stops = [*(comma.start() for comma in CLAUSE.finditer(text, *near)), near[1]]
    is_last = not text[limit.end : min(at for at in stops if at >= limit.end)].strip(" .!?*_")
    start = max((at for at in stops if at < limit.start), default=near[0])
    return max(BEHIND, limit.start - start) if is_last else BEHIND


def follows(limit: Match, items: Sequence[Located]) -> bool:
    """Tell whether *limit* stands close behind one of *items*."""
    return any(0 <= limit.start - item.end <= BEHIND for item in items)


def goes_on(moment: Located, moments: Sequence[Located]) -> bool:
    """Tell whether another of *moments* stands close behind *moment*."""
    return any(0 < other.start - moment.end <= BEHIND for other in moments)


def _governed(limit: Match, numbers: Sequence[Number], text: str, lexicon: Lexicon) -> Number | None:
    """Return the number that follows a preposition, and that is not inside a range such as `2 to 4`."""
    number = next((number for number in numbers if 0 <= number.start - limit.end <= ADJACENT), None)
    is_clear = limit.meaning in {"over", "under"}
    if number is None or follows(limit, [item for item in numbers if not is_clear or item.unit in {"", number.unit}]):
        return None
    after = len(text) - len(text[number.end :].lstrip(" %"))
    joiner = lexicon["joiners"].at(text, after)
    is_range = joiner and any(0 < other.start - joiner.end <= 1 for other in numbers)
    return number if not is_range and (number.unit or PREPOSITIONS[limit.meaning]) else None
