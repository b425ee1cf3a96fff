"""Negation in a text: how many negations it may have, from cues, words that may be one, and words such as `only`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from polyleaf.facts.lexicon import Lexicon, Match
from polyleaf.facts.limits import (
    NEGATION_CUES,
    counting,
    has_reversible_limit,
    split_with_numbers,
    without_pseudo_negations,
)
from polyleaf.facts.numbers import Number

CLAUSE = re.compile(r"[,:()–—]")
LAST_WORDS = re.compile(r"(?:([^\W\d_]+)\s+)?([^\W\d_]+)\s+$")
MAX_DISTANCE = 100
"""How far before a negation, in characters, the words before it are looked for."""

MAX_COUNTS = 12
"""A text that may have more counts of negations than this is not counted further."""


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
        few, many = sorted((self, other), key=lambda negations: negations.doubts)
        spare = many.doubts - few.doubts
        wanted = {count - gone for count in few.readings(many) for gone in few.cancelled(many)}
        possible = {count - gone for count in many.readings(few) for gone in many.cancelled(few)}
        return any(count + more in wanted for count in possible for more in range(spare + 1))

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
    text = without_pseudo_negations(text, counting(numbers), lexicon)
    if not lexicon["negations"].present(text):
        return Negations(frozenset({0}))
    counts, denied = {0}, 0
    meanings: Counter[str] = Counter()
    for sentence, own_numbers in split_with_numbers(text, numbers):
        cues = list(lexicon["negations"].find(sentence))
        meanings.update(_meanings(cues))
        sentence_counts, denied_endings = _count_in_sentence(cues, sentence, lexicon)
        if has_reversible_limit(sentence, own_numbers, lexicon) and max(sentence_counts):
            sentence_counts |= {count - 1 for count in sentence_counts}
        if len(counts) < MAX_COUNTS:
            counts = {count + more for count in counts for more in sentence_counts}
        denied += denied_endings
    doubts = meanings["soft"] + meanings["ending"] + meanings["pending"]
    only = (meanings["only"], meanings["perhaps_only"], meanings["alone"])
    return Negations(frozenset(counts), doubts, meanings["ending"], denied, *only)


def find_negations(text: str, numbers: Sequence[Number], lexicon: Lexicon) -> Iterator[Match]:
    """Yield where *text* has words that deny, or may: `gone` may stand for `not there any more`."""
    for cue in lexicon["negations"].find(without_pseudo_negations(text, counting(numbers), lexicon)):
        if cue.meaning in NEGATION_CUES or cue.meaning in {"soft", "only"}:
            yield cue


def _meanings(cues: Sequence[Match]) -> list[str]:
    """Return what the *cues* of a sentence mean; `until` is a doubt only beside a negation: `not until`."""
    meanings = [cue.meaning for cue in cues]
    return meanings if NEGATION_CUES & set(meanings) else [meaning for meaning in meanings if meaning != "pending"]


def _count_in_sentence(cues: Sequence[Match], sentence: str, lexicon: Lexicon) -> tuple[set[int], int]:
    """Return how many negations a *sentence* may have, and how many endings they deny."""
    counts, denied = {0}, 0
    for clause in _clauses(sentence, cues):
        clause_counts = _count_in_clause(clause, sentence, lexicon, earlier=max(counts) > 0)
        counts = {count + more for count in counts for more in clause_counts}
        denied += min(max(clause_counts), sum(cue.meaning == "ending" for cue in clause))
    return counts, denied


def _clauses(sentence: str, cues: Sequence[Match]) -> Iterator[list[Match]]:
    start = 0
    for end in (*(comma.start() for comma in CLAUSE.finditer(sentence)), len(sentence)):
        yield [cue for cue in cues if start <= cue.start < end]
        start = end


def _count_in_clause(clause: Sequence[Match], sentence: str, lexicon: Lexicon, *, earlier: bool) -> set[int]:
    """Return how many negations a *clause* may have; *earlier* tells whether its sentence has had one before it.

    `Geen thee en geen koffie` are two or, as in `no tea or coffee`, one. `Niet onveilig` are two or none.
    """
    certain = [cue for cue in clause if cue.meaning in NEGATION_CUES]
    main = [cue for cue in certain if sentence[cue.start : cue.end] not in lexicon.concord]
    count = len(main) or min(len(certain), 1)
    repeated = sum(_is_coordinated(cue, sentence, lexicon) for cue in (main if earlier else main[1:]))
    repeated += int(earlier and bool(certain) and not main)
    lexical = sum(cue.meaning == "lexical" for cue in main)
    cancelled = {count - 2} if 0 < lexical < len(main) else set()
    return {count - fewer for fewer in range(repeated + 1)} | cancelled


def _is_coordinated(cue: Match, sentence: str, lexicon: Lexicon) -> bool:
    """Tell whether a negation stands right after `and` or `or`, or `and also`."""
    before = LAST_WORDS.search(sentence, max(0, cue.start - MAX_DISTANCE), cue.start)
    if before is None:
        return False
    joiner = before[1] if before[1] and lexicon["also"].at(before[2], 0) else before[2]
    return lexicon["joiners"].at(joiner, 0) is not None
