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

TOPIC = "topic"
"""The axis of what a text is about: a text of another one has no topic of the source."""

STEP = "thing"
"""The axis of things and actions, which says something only about the order of steps."""


PERSON = "person"
READER, SELF = "reader", "self"
FAMILY = frozenset(("child", "baby", "mother", "father", "partner"))
"""Whom a leaflet may be about."""

PARENTHOOD = frozenset(("pregnant", "breastfeeding"))
"""Who has a child, though it may not be named."""

CARERS = frozenset(("doctor", "gp", "specialist", "nurse", "pharmacist", "midwife", "dentist", "physiotherapist"))

PEOPLE = FAMILY | CARERS | {"pregnant"}
"""Whom a translation may not leave out."""


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


def without_topics(concepts: Iterable[Concept]) -> list[Concept]:
    """Return *concepts* without what a text is about as a whole."""
    return [concept for concept in concepts if concept.axis != TOPIC]


def find_exchanged(before: Sequence[Concept], after: Sequence[Concept]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield for each axis what is only in *before* and what is only in *after*, where there is something of both.

    A concept that is lost alone may be in another word: `the ward` for `the nurses`.
    """
    for axis in sorted({concept.axis for concept in before} - {STEP}):
        lost, new = (_only_in(axis, *sides) for sides in ((before, after), (after, before)))
        is_shared = axis == TOPIC and any(item.axis == TOPIC and is_in(item, after) for item in before)
        if lost and new and not is_shared:
            yield lost, new


def find_changed_addressee(texts: tuple[str, str], lexicons: tuple[Lexicon, Lexicon]) -> str:
    """Return of whom the source speaks where the translation speaks to the reader instead; empty when it does not.

    Only where each speaks of one of them, and the translation has no pronoun that may be the other: `she`.
    """
    before, after = (_addressees(text, lexicon) for text, lexicon in zip(texts, lexicons, strict=True))
    own, new = (_pronouns(text, lexicon) for text, lexicon in zip(texts, lexicons, strict=True))
    if before and READER not in before and SELF not in own and SELF in new:
        return min(before)
    return min(before) if before and READER not in before and after == {READER} and "other" not in new else ""


def find_added_relative(texts: tuple[str, str], lexicons: tuple[Lexicon, Lexicon]) -> str:
    """Return the child or other relative of whom the translation speaks where the source speaks to the reader alone."""
    before, after = (_addressees(text, lexicon) for text, lexicon in zip(texts, lexicons, strict=True))
    is_open = "other" in _pronouns(texts[0], lexicons[0]) or any(
        concept.names & PARENTHOOD for concept in find_concepts(texts[0], lexicons[0])
    )
    return min(after) if before == {READER} and after and READER not in after and not is_open else ""


def find_replaced_carer(texts: tuple[str, str], lexicons: tuple[Lexicon, Lexicon]) -> str:
    """Return the carer whose work the translation gives to the reader, `you do it yourself`; empty when it does not."""
    before, after = (_pronouns(text, lexicon) for text, lexicon in zip(texts, lexicons, strict=True))
    if SELF in before or SELF not in after:
        return ""
    source, target = (find_concepts(text, lexicon) for text, lexicon in zip(texts, lexicons, strict=True))
    carers = [concept for concept in source if concept.axis == "person" and concept.names & CARERS]
    return next((name_of(carer) for carer in carers if not is_in(carer, target)), "")


def find_lost_person(texts: tuple[str, str], lexicons: tuple[Lexicon, Lexicon]) -> str:
    """Return the first person of the source whom the translation does not name; empty when it names all.

    A member of a family, a carer, or who is pregnant; not what may be a service, such as the Dutch `huisartsenpost`.
    Nobody is lost in a language whose words for persons are not known.
    """
    if not lexicons[1]["concepts"]:
        return ""
    before, after = (find_concepts(text, lexicon) for text, lexicon in zip(texts, lexicons, strict=True))
    lost = [concept for concept in before if concept.names <= PEOPLE and not is_in(concept, after)]
    return name_of(lost[0]) if lost else ""


def find_turned_contrasts(texts: tuple[str, str], lexicons: tuple[Lexicon, Lexicon]) -> Iterator[tuple[str, str]]:
    """Yield pairs of concepts, or poles, of which the source denies the second, and the translation the first.

    Only where both texts name the two, each in clauses that all deny it or all do not.
    """
    names = tuple(dict.fromkeys(medicines.find_names(texts[0])))
    before, after = (_by_clause(text, lexicon, names) for text, lexicon in zip(texts, lexicons, strict=True))
    for first, second in combinations(before, 2):
        others = [_equal(concept, after) for concept in (first, second)]
        if first.axis in {STEP, TOPIC} or first.axis != second.axis or first.same(second) or None in others:
            continue
        sides = [before[first], before[second]], [after[other] for other in others if other]
        if all(len(side) == 1 for side in (*sides[0], *sides[1])) and _reversed(*sides):
            pair = (first, second) if True in before[second] else (second, first)
            yield name_of(pair[0]), name_of(pair[1])


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
    return list(dict.fromkeys(name_of(item) for item in concepts if item.axis == axis and not is_in(item, others)))


def is_in(concept: Concept, others: Iterable[Concept]) -> bool:
    """Tell whether any of *others* may be the same as *concept*."""
    return any(concept.same(other) for other in others)


def name_of(concept: Concept) -> str:
    """Return the names of *concept* as people read them: `baby or child`."""
    return " or ".join(sorted(concept.names)).replace("_", " ")


def _by_clause(text: str, lexicon: Lexicon, names: Iterable[str]) -> Mapping[Concept, set[bool]]:
    """Return for each concept of *text*, and each medicine of *names*, whether its clauses deny something."""
    denied: defaultdict[Concept, set[bool]] = defaultdict(set)
    for clause in _clauses(text, lexicon):
        is_negated = any(cue.meaning in NEGATION_CUES for cue in lexicon["negations"].find(clause))
        named = [name for name in names if medicines.is_mentioned(name, clause)]
        own = [Concept("medicine", frozenset((name,)), 0) for name in named]
        own += [Concept(PERSON, frozenset((SELF,)), 0)] * (SELF in _pronouns(clause, lexicon))
        poles = find_directions(clause, lexicon)
        own += [Concept(axis, frozenset(pole.split("/")), 0) for axis, names in poles.items() for pole in names]
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
