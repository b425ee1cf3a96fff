"""Negation in a text: how many negations it may have, from cues, words that may be one, and words such as `only`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from polyleaf.facts.lexicon import Lexicon, Match
from polyleaf.facts.limited_numbers import CLAUSE
from polyleaf.facts.limits import (
    DENIALS,
    NEGATION_CUES,
    count_comparatives,
    count_negated_limits,
    counting,
    has_limit,
    has_reversible_limit,
    split_with_numbers,
    without_pseudo_negations,
)
from polyleaf.facts.quantities import Number

LAST_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]++)\s++$")
MAX_DISTANCE = 100
"""How far before and after a negation, in characters, the words beside it are looked for."""

LINK_WORDS, LINK_WORDS_BEFORE_VERB = 4, 8
"""How many words before a denial `and` or `also` links it with the one before; the second where the verb comes last."""

MAX_COUNTS = 12
"""A text that may have more counts of negations than this is not counted further."""

NOT_ENDING = "not_ending"
"""The kind of words that say that something does not end."""

COUNTED = (
    "lexical", "denied", "waiting", "not_waiting", "staying", "lacking", "excepting", "excepted", "doubled",
    "denied_pending", "only", "perhaps_only", "alone", "accompanied", "linked",
)  # fmt: skip
"""The meanings that `Negations` counts by the same name."""

PHRASES = frozenset(("lacking", "excepting"))
"""Negations of what follows: `without`, `unless`."""


@dataclass(frozen=True, slots=True)
class Negations:
    """How many negations a text may be said to have.

    *doubts* are words that may stand for one (`gone` is `not there any more`), *endings* those of them that say that
    something ends or is left out, and *denied* those of these that are denied: `do not skip a dose` is `take every
    dose`, with a word that says *always*. *lexical* are words that deny by themselves: `intact`. *waiting* are words
    such as `wait`, which may stand for one too. *lacking* are negations that say `without`, *excepting* those that say
    `unless` or `except`. *doubled* counts a denial with one of these in its clause: `not without asking` is `always
    ask` or `ask before`.
    *only* and *perhaps_only* are words such as `only` and `just`, which may be said with two negations (`not without`),
    or with one and a word that is *pending* (`not until`, `not in a non-SI unit`); *alone* are those such as `on your
    own`, which may answer an `only` or a `without`. *accompanied* counts the `not alone` that may be `with somebody`,
    *remembered* the `do not forget` that may be `do not miss`, *linked* the denials after `and`, as in `no tea, and
    take no bath`, that another language may say once with one of its *disjunctions*: `no tea or bath`, `avoid tea and
    baths`.
    *not_waiting* counts the `do not wait` that may be left out (`call at once`), but not beside one that waits.
    *preceding* counts what says `before`, in words of which *lacking_or_preceding* may be `without` too: the Turkish
    `almadan`.
    *denied_pending* counts the `not before` that may be said with one of *first*: `do not stop before you ask` is
    `first ask, then stop`, or with one of *staying* and an `until`: `stay in bed until`. *excepted* are negations in
    the clause of an `unless`.
    """

    counts: frozenset[int]
    doubts: int = 0
    endings: int = 0
    denied: int = 0
    lexical: int = 0
    waiting: int = 0
    not_waiting: int = 0
    always: int = 0
    lacking: int = 0
    excepting: int = 0
    doubled: int = 0
    pending: int = 0
    denied_pending: int = 0
    only: int = 0
    perhaps_only: int = 0
    alone: int = 0
    accompanied: int = 0
    remembered: int = 0
    linked: int = 0
    disjunctions: int = 0
    first: int = 0
    preceding: int = 0
    lacking_or_preceding: int = 0
    staying: int = 0
    excepted: int = 0
    negated_limits: int = 0
    comparatives: int = 0

    @property
    def stated(self) -> tuple[frozenset[int], int, int, int, int]:
        """What is surely said, without words that may answer a negation: counts, endings, lacks, exceptions, only."""
        return self.counts, self.endings, self.lacking, self.excepting, self.only + self.perhaps_only

    def agree(self, other: Negations, reversals: int = 0) -> bool:
        """Tell whether *other* may say the same; doubtful words on both sides answer each other.

        *reversals* is how many words of the two texts are opposites, which may stand for a negation each: `not wet`
        and `dry`. A word of doubt is no `unless`. A translation may add an `only`: `on your back, never on your belly`.
        """
        if not reversals and self._turns_exception(other):
            return False
        phrases = [(text.excepting, text.lacking) for text in (self, other)]
        if phrases[0] == phrases[1] and min(self.counts) == min(other.counts) > 0:
            return True
        first, second = self.possible(other), other.possible(self)
        if not self.only + self.perhaps_only and other.only == 1:
            second |= replace(other, only=0, perhaps_only=other.perhaps_only + 1).possible(self)
        return any(abs(count - goal) <= reversals for count in first for goal in second)

    def _turns_exception(self, other: Negations) -> bool:
        """Tell whether one text has an `unless` alone and the other an `only if`, or what each denies has moved.

        `Not X, unless the doctor agrees` is not `X, unless the doctor does not agree`.
        """
        for text, reworded in ((self, other), (other, self)):
            alone = text.excepting and max(text.counts) <= text.excepting
            is_only = reworded.only + reworded.perhaps_only and max(reworded.counts) == 0
            if alone and is_only and not reworded.excepting:
                return True
        are_sure = not (self.doubts + other.doubts) and self.excepting and other.excepting
        return bool(are_sure) and (self._denied_outside() > 0) != (other._denied_outside() > 0)

    def _denied_outside(self) -> int:
        """Return how many negations stand outside the clauses of `unless`."""
        return max(self.counts) - self.excepting - self.excepted

    def possible(self, other: Negations) -> set[int]:
        """Return how many negations this may have, words of doubt that *other* has not got included."""
        kinds = (
            (self.doubts, other.doubts),
            (self.waiting, other.waiting + other.not_waiting),
            (self.denied_pending, other.denied_pending),
        )
        spare = sum(max(0, own - answers) for own, answers in kinds)
        spare = min(spare, max(0, max(other.readings(self)) - other.excepting))
        return {count + more for count in self.readings(other) for more in range(spare + 1)}

    def readings(self, other: Negations) -> set[int]:
        """Return how many negations this may have beside *other*, whose `only` answers one of this."""
        answers = other.only + other.perhaps_only + other.alone
        least, most = max(0, self.only - answers), max(0, self.only + self.perhaps_only - answers)
        ways = {0} if least == 0 or self._says_opposite(other) else set()
        pending = (0, 1) if other.pending or self.doubts > other.doubts else (0,)
        ways |= {2 * times - less for times in range(max(least, 1), most + 1) for less in pending}
        ways |= {1, 2} if self.only and other.alone > self.alone else set()
        alone = min(self.alone, max(0, other.lacking - self.lacking))
        asked = range(min(self.doubled, other.pending + other.always) + 1)
        kept = range(max(0, min(self.denied, self.endings - other.endings, other.always)) + 1)
        company = (0, self.accompanied) if not other.alone + other.only else (0,)
        solo = range(min(self.doubled, other.accompanied) + 1)
        hurried = range(max(0, self.not_waiting - max(0, other.waiting - self.waiting)) + 1)
        missed = range(min(self.remembered, other.denied) + 1)
        joined = range(min(self.linked, other.disjunctions) + 1)
        earlier = range(min(self.lacking_or_preceding, max(0, other.preceding - self.preceding)) + 1)
        stays = min(other.staying, other.pending - other.denied_pending)
        ordered = range(min(self.denied_pending, max(0, other.first - self.first, stays)) + 1)
        single = product(company, solo, kept, hurried, earlier, ordered)
        fewer = {2 * times + sum(ones) for times, ones in product(asked, single)}
        bounds = range(min(self.negated_limits, other.comparatives) + 1)
        more = {sum(added) + alone for added in product(ways, missed, bounds)}
        counts = {max(count - linked, min(count, 1)) for count, linked in product(self.counts, joined)}
        return {count + added - gone for count, added, gone in product(counts, more, fewer)}

    def _says_opposite(self, other: Negations) -> bool:
        """Tell whether an `only` of this goes with a word that denies: `only if intact` is `not if damaged`."""
        own, others = self.doubts + self.lexical, other.doubts + other.lexical
        return bool(self.only) and own > others and max(other.counts) > 0

    def __bool__(self) -> bool:
        """Tell whether anything is denied, or said of nothing else."""
        return self.counts != {0} or bool(self.only or self.perhaps_only)


def count_negations(text: str, numbers: Sequence[Number], lexicon: Lexicon) -> Negations:
    """Return the negations of *text*; an `only` beside a limit may be a part of that: `only up to 90 degrees`."""
    remembered = sum(cue.meaning == "remembered" for cue in lexicon["negations"].find(text))
    amounts = counting(numbers)
    stated, text = text, without_pseudo_negations(text, amounts, lexicon)
    counts = {0}
    meanings: Counter[str] = Counter()
    for sentence, own_numbers in split_with_numbers(text, numbers):
        cues = find_cues(sentence, lexicon)
        meanings += _count_meanings(cues, sentence, own_numbers, lexicon)
        sentence_counts = _count_in_sentence(cues, sentence, lexicon)
        if has_reversible_limit(sentence, own_numbers, lexicon) and max(sentence_counts):
            exceptions = sum(cue.meaning == "excepting" for cue in cues)
            sentence_counts |= {count - 1 for count in sentence_counts if count > exceptions}
        if len(counts) < MAX_COUNTS:
            counts = {count + more for count in counts for more in sentence_counts}
    if meanings["only"] and has_limit(stated, numbers, lexicon):
        meanings["perhaps_only"] += meanings.pop("only")
    return Negations(
        frozenset(counts),
        doubts=meanings["soft"] + meanings["ending"],
        endings=meanings["ending"],
        always=meanings["always"] + meanings["staying"],
        pending=meanings["pending"] + meanings["softened"],
        disjunctions=meanings["disjunction"],
        remembered=remembered,
        first=sum(step.meaning == "first" for step in lexicon["steps"].find(text)),
        preceding=sum("order:before" in word.meaning for word in lexicon["directions"].find(text)),
        negated_limits=count_negated_limits(stated, amounts, lexicon),
        comparatives=count_comparatives(stated, amounts, lexicon),
        lacking_or_preceding=meanings["lacking"] if lexicon["conditions_after"] else 0,
        **{name: meanings[name] for name in COUNTED},
    )


def _count_meanings(cues: Sequence[Match], sentence: str, numbers: Sequence[Number], lexicon: Lexicon) -> Counter[str]:
    """Count the meanings of the cues of a *sentence*, with those that two cues have together."""
    starts = {number.start for number in numbers}
    meanings = Counter(
        "perhaps_only" if cue.meaning == "only" and cue.end + 1 in starts else cue.meaning for cue in cues
    )
    meanings["denied_pending"] += _denied_pending(cues)
    meanings.update(_beside_denials(cues, sentence, lexicon))
    return meanings


def find_negations(text: str, numbers: Sequence[Number], lexicon: Lexicon) -> Iterator[Match]:
    """Yield where *text* has words that deny, or may: `gone` may stand for `not there any more`."""
    for cue in lexicon["negations"].find(without_pseudo_negations(text, counting(numbers), lexicon)):
        if cue.meaning in NEGATION_CUES or cue.meaning in {"soft", "only"}:
            yield cue


def find_cues(sentence: str, lexicon: Lexicon) -> list[Match]:
    """Return the cues of a *sentence*; a verb in two parts may have a negation between them: `sla geen dosis over`.

    A verb that denies an end, as one word, is both: the Turkish `atlamayın`, `do not skip`.
    """
    cues = list(lexicon["negations"].find(sentence))
    taken = {cue.start for cue in cues if cue.meaning == "ending"}
    gapped = lexicon["negations.gapped"].find(sentence)
    denied = [replace(cue, meaning=kind) for cue in cues if cue.meaning == NOT_ENDING for kind in ("words", "ending")]
    cues = [*(cue for cue in cues if cue.meaning != NOT_ENDING), *denied]
    return sorted((*cues, *(cue for cue in gapped if cue.start not in taken)), key=lambda cue: cue.start)


def _denied_pending(cues: Sequence[Match]) -> int:
    """Return how many words such as `until` stand beside a negation, where they are in doubt: `not until`."""
    meanings = [cue.meaning for cue in cues]
    return meanings.count("pending") if NEGATION_CUES & set(meanings) else 0


def _beside_denials(cues: Sequence[Match], sentence: str, lexicon: Lexicon) -> Iterator[str]:
    """Yield what each clause and sentence says beside its denials.

    `doubled` is a clause with `not without`, `denied` a denied ending, `softened` a clause with a word of doubt too.

    `linked` is a denial a few words after `and` or `also`, or one that is both, as the Arabic `ولا`; `disjunction` an
    `or` after a denial, or before it in a language that ends its clauses with the verb, or an `and` beside a word that
    denies by itself.
    """
    denials = [cue for cue in cues if cue.meaning in NEGATION_CUES]
    length = LINK_WORDS_BEFORE_VERB if lexicon["conditions_after"] else LINK_WORDS
    for cue in denials[1:]:
        before = " ".join(sentence[max(0, cue.start - MAX_DISTANCE) : cue.end].split()[-length - 1 :])
        yield from ["linked"] * (lexicon["joiners"].present(before) or lexicon["also"].present(before))
    joiners = lexicon["disjunctions"].find(sentence)
    first = -1 if lexicon["conditions_after"] else denials[0].start if denials else 0
    yield from ("disjunction" for joiner in joiners if denials and joiner.start > first)
    yield from ["disjunction"] * sum(_governs_list(cue, sentence, lexicon) for cue in cues)
    for clause in _clauses(sentence, cues):
        meanings = Counter(cue.meaning for cue in clause)
        if meanings["words"]:
            yield from ["doubled"] * any(meanings[kind] for kind in PHRASES)
            yield from ["denied"] * meanings["ending"]
            yield from ["softened"] * bool(meanings["soft"])
        start = next((cue.start for cue in clause if cue.meaning == "excepting"), len(sentence))
        if not lexicon["conditions_after"]:
            yield from ["excepted"] * sum(cue.meaning in DENIALS and cue.start > start for cue in clause)


def _governs_list(cue: Match, sentence: str, lexicon: Lexicon) -> bool:
    """Tell whether a verb that denies by itself has an `and` beside it in its clause: `avoid milk and tea`.

    That stands after it, or before a verb that comes last.
    """
    if cue.meaning not in {"lexical", "ending"}:
        return False
    stops = [0, *(comma.start() for comma in CLAUSE.finditer(sentence)), len(sentence)]
    start, end = max(at for at in stops if at <= cue.start), min(at for at in stops if at >= cue.end)
    joined = sentence[start : cue.start] if lexicon["conditions_after"] else sentence[cue.end : end]
    return (lexicon["attached_coordinators"] or lexicon["coordinators"]).present(joined)


def _count_in_sentence(cues: Sequence[Match], sentence: str, lexicon: Lexicon) -> set[int]:
    """Return how many negations a *sentence* may have; that of `as long as ... not` may be none: `until`."""
    counts = {0}
    for clause in _clauses(sentence, cues):
        clause_counts = _count_in_clause(clause, sentence, lexicon, earlier=max(counts) > 0)
        counts = {count + more for count in counts for more in clause_counts}
    phrases = lexicon["negations.expletive"].find(sentence)
    expletive = sum(CLAUSE.search(sentence, phrase.start, phrase.end) is None for phrase in phrases)
    return {count - fewer for count in counts for fewer in range(min(expletive, count) + 1)}


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
    cancelled = {count - 2} if lexical and any(cue.meaning == "words" for cue in main) else set()
    optional = sum(cue.meaning == "optional" for cue in clause)
    counts = {count - fewer for fewer in range(repeated + 1)} | cancelled
    return {count + more for count in counts for more in range(optional + 1)}


def _is_coordinated(cue: Match, sentence: str, lexicon: Lexicon) -> bool:
    """Tell whether a negation stands right after `and` or `or`, or `also`, or in a list: `no tea and no coffee`."""
    if _is_listed(cue, sentence, lexicon):
        return True
    before = LAST_WORD.search(sentence, max(0, cue.start - MAX_DISTANCE), cue.start)
    if before is None:
        return False
    return any(lexicon[kind].at(before[1], 0) is not None for kind in ("joiners", "also"))


def _is_listed(cue: Match, sentence: str, lexicon: Lexicon) -> bool:
    """Tell whether a negation is an inner one of a list that repeats it: `no tea, no juice or no cola`."""
    word = re.escape(sentence[cue.start : cue.end])
    before = sentence[max(0, cue.start - MAX_DISTANCE) : cue.start].rstrip()
    if not before.endswith(",") or not re.search(rf"\b{word}\b", before[:-1].rpartition(",")[2]):
        return False
    last = re.match(rf"{word}\b[^,]*?\s(\w+)\s+{word}\b", sentence[cue.start : cue.end + MAX_DISTANCE])
    return last is not None and lexicon["joiners"].at(last[1], 0) is not None
