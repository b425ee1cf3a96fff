"""What a text denies: its negations, the words that may be one, and words such as `only`."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from polyleaf.facts.limits import HARD, has_reversible_limit, split_with_numbers, without_pseudo_negations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from polyleaf.facts.lexicon import Lexicon, Match
    from polyleaf.facts.numbers import Number

CLAUSE = re.compile(r"[,:()–—]")
LAST_WORDS = re.compile(r"(?:([^\W\d_]+)\s+)?([^\W\d_]+)\s+$")
REACH = 100
"""How far before a negation its last words are looked for, in characters."""

MOST = 12
"""A text that may have more numbers of negations than this is not counted further."""


@dataclass(frozen=True, slots=True)
class Negations:
    """How many negations a text may be said to have.

    *doubts* are words that may stand for one (`gone` is `not there any more`); *endings* of them say that something
    ends or is left out, and *denied* of those are denied themselves, so that both may go (`do not stop` is `go on`).
    *only* and *perhaps_only* are words such as `only` and `just`, which may be said with two negations
    (`not without`), or with one and a word of doubt (`not until`); *alone* are those such as `on your own`, which
    may answer an `only`.
    """

    counts: frozenset[int]
    doubts: int = 0
    endings: int = 0
    denied: int = 0
    only: int = 0
    perhaps_only: int = 0
    alone: int = 0

    def agree(self, other: Negations) -> bool:
        """Tell whether *other* may say the same; doubtful words on both sides answer each other."""
        few, many = sorted((self, other), key=lambda one: one.doubts)
        spare = many.doubts - few.doubts
        wanted = {count - gone for count in few.readings(many) for gone in few.cancelled(many)}
        found = {count - gone for count in many.readings(few) for gone in many.cancelled(few)}
        return any(count + more in wanted for count in found for more in range(spare + 1))

    def cancelled(self, other: Negations) -> range:
        """Return how many negations of this may be gone in *other* together with the ending that they deny."""
        return range(max(0, min(self.denied, self.endings - other.endings)) + 1)

    def readings(self, other: Negations) -> set[int]:
        """Return how many negations this may have beside *other*, whose `only` answers one of this."""
        answers = other.only + other.perhaps_only + other.alone
        least, most = max(0, self.only - answers), max(0, self.only + self.perhaps_only - answers)
        ways = {0} if least == 0 else set()
        fewer = (0, 1) if other.doubts else (0,)
        ways |= {2 * times - less for times in range(max(least, 1), most + 1) for less in fewer}
        return {count + way for count in self.counts for way in ways}

    def __bool__(self) -> bool:
        """Tell whether anything is denied, or said of nothing else."""
        return self.counts != {0} or bool(self.only or self.perhaps_only)


def count_negations(text: str, numbers: Sequence[Number], lexicon: Lexicon) -> Negations:
    """Return the negations of *text*."""
    bare = without_pseudo_negations(text, [one for one in numbers if one.confidence or one.unit], lexicon)
    if not lexicon["negations"].present(bare):
        return Negations(frozenset({0}))
    counts, denied = {0}, 0
    meanings: Counter[str] = Counter()
    for sentence, inside in split_with_numbers(bare, numbers):
        hits = list(lexicon["negations"].find(sentence))
        meanings.update(_meanings(hits))
        more, undone = _of_sentence(hits, sentence, lexicon)
        if has_reversible_limit(sentence, inside, lexicon) and max(more):
            more |= {count - 1 for count in more}
        counts = {count + one for count in counts for one in more} if len(counts) < MOST else counts
        denied += undone
    doubts = meanings["soft"] + meanings["ending"] + meanings["pending"]
    only = (meanings["only"], meanings["perhaps_only"], meanings["alone"])
    return Negations(frozenset(counts), doubts, meanings["ending"], denied, *only)


def find_negations(text: str, numbers: Sequence[Number], lexicon: Lexicon) -> Iterator[Match]:
    """Yield where *text* has words that deny, or may: `gone` may stand for `not there any more`."""
    bare = without_pseudo_negations(text, [one for one in numbers if one.confidence or one.unit], lexicon)
    for hit in lexicon["negations"].find(bare):
        if hit.meaning in HARD or hit.meaning in {"soft", "only"}:
            yield hit


def _meanings(hits: Sequence[Match]) -> list[str]:
    """Return what the *hits* of a sentence mean; `until` is a doubt only beside a negation: `not until`."""
    meanings = [hit.meaning for hit in hits]
    return meanings if HARD & set(meanings) else [meaning for meaning in meanings if meaning != "pending"]


def _of_sentence(hits: Sequence[Match], sentence: str, lexicon: Lexicon) -> tuple[set[int], int]:
    """Return how many negations a *sentence* may have, and how many endings they deny."""
    counts, denied = {0}, 0
    for clause in _clauses(sentence, hits):
        own = _count(clause, sentence, lexicon, earlier=max(counts) > 0)
        counts = {count + more for count in counts for more in own}
        denied += min(max(own), sum(hit.meaning == "ending" for hit in clause))
    return counts, denied


def _clauses(sentence: str, hits: Sequence[Match]) -> Iterator[list[Match]]:
    bounds = [found.start() for found in CLAUSE.finditer(sentence)] + [len(sentence)]
    start = 0
    for end in bounds:
        yield [hit for hit in hits if start <= hit.start < end]
        start = end


def _count(clause: Sequence[Match], sentence: str, lexicon: Lexicon, *, earlier: bool) -> set[int]:
    """Return how many negations a *clause* may have; *earlier* tells whether its sentence has had one before it.

    `Geen thee en geen koffie` are two or, as in `no tea or coffee`, one. `Niet onveilig` are two or none.
    """
    hard = [hit for hit in clause if hit.meaning in HARD]
    main = [hit for hit in hard if sentence[hit.start : hit.end] not in lexicon.concord]
    count = len(main) or min(len(hard), 1)
    repeated = sum(_coordinated(hit, sentence, lexicon) for hit in (main if earlier else main[1:]))
    repeated += int(earlier and bool(hard) and not main)
    lexical = sum(hit.meaning == "lexical" for hit in main)
    cancelled = {count - 2} if 0 < lexical < len(main) else set()
    return {count - fewer for fewer in range(repeated + 1)} | cancelled


def _coordinated(hit: Match, sentence: str, lexicon: Lexicon) -> bool:
    """Tell whether a negation stands right after `and` or `or`, or `and also`."""
    before = LAST_WORDS.search(sentence, max(0, hit.start - REACH), hit.start)
    if before is None:
        return False
    joiner = before[1] if before[1] and lexicon["also"].at(before[2], 0) else before[2]
    return lexicon["joiners"].at(joiner, 0) is not None
