"""Concepts of a text: parts of the body, persons, routes, drinks and more, each with the axis on which it is one.

A concept is what terms of several languages stand for (ISO 1087). A word may stand for several: the Dutch `borst` is
`breast/chest`. The words are in `[concepts.AXIS]` of the lexicon.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from polyleaf.facts import medicines
from polyleaf.facts.directions import find_directions
from polyleaf.facts.lexicon import Lexicon, Match
from polyleaf.facts.limits import NEGATION_CUES

CLAUSE = re.compile(r"[.,:;()?!–—،؛]|\s-\s")
NEUTRAL = "neutral"
"""What a phrase means that only looks like a concept: `by hand`."""

STEP = "thing"
"""The axis of things and actions, which says something only about the order of steps."""


OPENING = 0.1
"""In which part of a text a word opens it."""

READER, SELF = "reader", "self"
FAMILY = frozenset(("child", "baby", "mother", "father", "partner"))
"""Whom a leaflet may be about."""

CARERS = frozenset(("doctor", "gp", "specialist", "nurse", "pharmacist", "midwife", "dentist", "physiotherapist"))


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept at *start* in a text: its *axis*, and its *names*, of which it is one: `{"breast", "chest"}`."""

    axis: str
    names: frozenset[str]
    start: int

    def same(self, other: Concept) -> bool:
        """Tell whether both may be the same concept."""
        return self.axis == other.axis and not self.names.isdisjoint(other.names)


def find_concepts(text: str, lexicon: Lexicon) -> list[Concept]:
    """Return the concepts that the folded *text* names, from left to right."""
    return [concept for match in lexicon["concepts"].find(text) for concept in _concepts(match)]


def find_exchanged(before: Sequence[Concept], after: Sequence[Concept]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield for each axis what is only in *before* and what is only in *after*, where there is something of both.

    A concept that is lost alone may be in another word: `the ward` for `the nurses`.
    """
    for axis in sorted({concept.axis for concept in before} - {STEP}):
        lost, new = (_only_in(axis, *sides) for sides in ((before, after), (after, before)))
        if lost and new:
            yield lost, new


def find_changed_addressee(texts: tuple[str, str], lexicons: tuple[Lexicon, Lexicon]) -> str:
    """Return of whom the source speaks where the translation speaks to the reader instead; empty when it does not.

    Only where each speaks of one of them, and the translation has no pronoun that may be the other: `she`.
    """
    before, after = (_addressees(text, lexicon) for text, lexicon in zip(texts, lexicons, strict=True))
    is_open = "other" in _pronouns(texts[1], lexicons[1])
    return min(before) if before and READER not in before and after == {READER} and not is_open else ""


def find_replaced_carer(texts: tuple[str, str], lexicons: tuple[Lexicon, Lexicon]) -> str:
    """Return the carer whose work the translation gives to the reader, `you do it yourself`; empty when it does not."""
    before, after = (_pronouns(text, lexicon) for text, lexicon in zip(texts, lexicons, strict=True))
    if SELF in before or SELF not in after:
        return ""
    source, target = (find_concepts(text, lexicon) for text, lexicon in zip(texts, lexicons, strict=True))
    carers = [concept for concept in source if concept.axis == "person" and concept.names & CARERS]
    return next((_name(carer) for carer in carers if not _is_in(carer, target)), "")


def find_lost_person(texts: tuple[str, str], lexicons: tuple[Lexicon, Lexicon]) -> str:
    """Return the member of a family that the translation puts another one for, who is in the source too; else nothing.

    `The mother gets it if the baby` -> `The baby gets it if it`. One who may be the reader is not looked for.
    """
    before, after = (
        [concept for concept in find_concepts(text, lexicon) if concept.names & FAMILY]
        for text, lexicon in zip(texts, lexicons, strict=True)
    )
    lost = [concept for concept in before if after and concept.names <= FAMILY and not _is_in(concept, after)]
    return _name(lost[0]) if lost and READER not in _pronouns(texts[1], lexicons[1]) else ""


def find_turned_contrasts(texts: tuple[str, str], lexicons: tuple[Lexicon, Lexicon]) -> Iterator[tuple[str, str]]:
    """Yield pairs of concepts of which the source denies the second, and the translation the first.

    Only where both texts name the two, each in clauses that all deny it or all do not.
    """
    names = tuple(dict.fromkeys(medicines.find_names(texts[0])))
    before, after = (_by_clause(text, lexicon, names) for text, lexicon in zip(texts, lexicons, strict=True))
    for first, second in combinations(before, 2):
        others = [_equal(concept, after) for concept in (first, second)]
        if first.axis != second.axis or first.same(second) or None in others:
            continue
        sides = [before[first], before[second]], [after[other] for other in others if other]
        if all(len(side) == 1 for side in (*sides[0], *sides[1])) and _reversed(*sides):
            pair = (first, second) if True in before[second] else (second, first)
            yield _name(pair[0]), _name(pair[1])


def find_turned_steps(texts: tuple[str, str], lexicons: tuple[Lexicon, Lexicon]) -> tuple[str, str] | None:
    """Return two concepts that changed places around `then`, None when there are none.

    Both texts say `then`, and one of them `first` before it; the one stands in the source only before `then` and in
    the translation only after it, the other the other way round.
    """
    has_first = any(_has_first(text, lexicon) for text, lexicon in zip(texts, lexicons, strict=True))
    sides = zip(texts, lexicons, strict=True) if has_first else ()
    before, after = [_steps(text, lexicon) for text, lexicon in sides] or (None, None)
    if not before or not after:
        return None
    (first, second), (new_first, new_second) = before, after
    earlier = [concept for concept in _alone(first, second) if _is_in(concept, _alone(new_second, new_first))]
    later = [concept for concept in _alone(second, first) if _is_in(concept, _alone(new_first, new_second))]
    return (_name(earlier[0]), _name(later[0])) if earlier and later else None


def change_order(texts: tuple[str, str], lexicons: tuple[Lexicon, Lexicon]) -> bool:
    """Tell whether `before` and `after` stand beside different ones of two concepts: `X before Y`, and `Y after X`.

    In a language that ends its clauses with the verb, they stand behind what they govern. So do they where one opens
    its text and the other does not: `before Y, X`, and `Y only after X`.
    """
    before, after = (find_concepts(text, lexicon) for text, lexicon in zip(texts, lexicons, strict=True))
    first, second = (_governed(*side) for side in zip(texts, lexicons, (before, after), strict=True))
    if first is None or second is None:
        places = [_order_word(*side) for side in zip(texts, lexicons, strict=True)]
        is_only = any(_says_only(*side) for side in zip(texts, lexicons, strict=True))
        return is_only and set(places) == {("before", True), ("after", False)}
    if first.same(second):
        return False
    return _is_in(first, after) and _is_in(second, before)


def _order_word(text: str, lexicon: Lexicon) -> tuple[str, bool] | None:
    """Return what the one word for `before` or `after` of *text* says, and whether it opens it; None without one."""
    words = [word for word in lexicon["directions"].find(text) if "order:" in word.meaning]
    if len(words) != 1:
        return None
    return words[0].meaning.partition("order:")[2].split()[0], words[0].start < len(text) * OPENING


def _says_only(text: str, lexicon: Lexicon) -> bool:
    """Tell whether *text* may say that something is done only then: `pas nadat`."""
    return any(cue.meaning in {"only", "perhaps_only"} for cue in lexicon["negations"].find(text))


def _governed(text: str, lexicon: Lexicon, concepts: Sequence[Concept]) -> Concept | None:
    """Return the concept nearest to the one word of *text* that says what comes first, None without one."""
    words = [word for word in lexicon["directions"].find(text) if "order:" in word.meaning]
    if len(words) != 1:
        return None
    if lexicon["conditions_after"]:
        return next((concept for concept in reversed(concepts) if concept.start < words[0].start), None)
    return next((concept for concept in concepts if concept.start >= words[0].end), None)


def _addressees(text: str, lexicon: Lexicon) -> frozenset[str]:
    """Return whom *text* speaks of: the reader, members of a family."""
    pronouns = _pronouns(text, lexicon)
    people = [concept.names & FAMILY for concept in find_concepts(text, lexicon) if concept.axis == "person"]
    family = frozenset[str]().union(*people)
    is_reader = READER in pronouns or (SELF in pronouns and not family)
    return family | ({READER} if is_reader else frozenset())


def _pronouns(text: str, lexicon: Lexicon) -> set[str]:
    return {pronoun.meaning for pronoun in lexicon["pronouns"].find(text)}


def _concepts(match: Match) -> Iterator[Concept]:
    for meaning in match.meaning.split():
        axis, _, names = meaning.partition(":")
        if names != NEUTRAL:
            yield Concept(axis, frozenset(names.split("/")), match.start)


def _only_in(axis: str, concepts: Iterable[Concept], others: Sequence[Concept]) -> list[str]:
    """Return the names of the *concepts* of an *axis* that none of the *others* may be, each once."""
    return list(dict.fromkeys(_name(item) for item in concepts if item.axis == axis and not _is_in(item, others)))


def _is_in(concept: Concept, others: Iterable[Concept]) -> bool:
    return any(concept.same(other) for other in others)


def _name(concept: Concept) -> str:
    return " or ".join(sorted(concept.names)).replace("_", " ")


def _by_clause(text: str, lexicon: Lexicon, names: Iterable[str]) -> Mapping[Concept, set[bool]]:
    """Return for each concept of *text*, and each medicine of *names*, whether its clauses deny something."""
    denied: defaultdict[Concept, set[bool]] = defaultdict(set)
    for clause in _clauses(text, lexicon):
        is_negated = any(cue.meaning in NEGATION_CUES for cue in lexicon["negations"].find(clause))
        named = [name for name in names if medicines.is_mentioned(name, clause)]
        own = [Concept("medicine", frozenset((name,)), 0) for name in named]
        for concept in (*own, *find_concepts(clause, lexicon)):
            denied[Concept(concept.axis, concept.names, 0)].add(is_negated)
    return denied


Poles = Mapping[str, set[str]]
"""Poles of directions by axis."""


def find_stated_poles(text: str, lexicon: Lexicon) -> tuple[Poles, Poles]:
    """Return the poles of directions in the clauses of *text* that deny nothing, and in those that deny something."""
    stated: tuple[defaultdict[str, set[str]], defaultdict[str, set[str]]] = defaultdict(set), defaultdict(set)
    for clause in _clauses(text, lexicon):
        is_negated = any(cue.meaning in NEGATION_CUES for cue in lexicon["negations"].find(clause))
        for axis, poles in find_directions(clause, lexicon).items():
            stated[is_negated][axis].update(poles)
    return stated


def _clauses(text: str, lexicon: Lexicon) -> Iterator[str]:
    stops = [match.start() for match in CLAUSE.finditer(text)]
    stops += [match.start for match in lexicon["clauses"].find(text) if match.meaning == "contrast"]
    start = 0
    for stop in (*sorted(stops), len(text)):
        yield text[start:stop]
        start = stop


def _equal(concept: Concept, others: Mapping[Concept, set[bool]]) -> Concept | None:
    """Return what *concept* is among *others*, None when that is nothing or several."""
    same = [other for other in others if concept.same(other)]
    return same[0] if len(same) == 1 else None


def _reversed(before: Sequence[set[bool]], after: Sequence[set[bool]]) -> bool:
    return before[0] != before[1] and before[0] == after[1] and before[1] == after[0]


def _has_first(text: str, lexicon: Lexicon) -> bool:
    return any(step.meaning == "first" for step in lexicon["steps"].find(text))


def _steps(text: str, lexicon: Lexicon) -> tuple[list[Concept], list[Concept]] | None:
    """Return the concepts of *text* before the clause that says `then`, and from it on; None without a `then`.

    That clause may begin before the word: `en adem daarna in`. Where nothing is `first`, no `after` may be beside it.
    """
    steps = list(lexicon["steps"].find(text))
    start = next((step.end for step in steps if step.meaning == "first"), 0)
    if not start and any("order:" in word.meaning for word in lexicon["directions"].find(text)):
        return None
    then = next((step for step in steps if step.meaning == "then" and step.start >= start), None)
    if not then:
        return None
    stops = [stop.start() for stop in CLAUSE.finditer(text)] + [stop.start for stop in lexicon["joiners"].find(text)]
    border = max((stop for stop in stops if start <= stop < then.start), default=then.start)
    concepts = find_concepts(text, lexicon)
    earlier = [concept for concept in concepts if concept.start < border]
    return earlier, [concept for concept in concepts if concept.start >= border]


def _alone(concepts: Iterable[Concept], others: Sequence[Concept]) -> list[Concept]:
    return [concept for concept in concepts if not _is_in(concept, others)]
