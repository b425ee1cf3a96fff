"""Subjects of the amounts of a text: persons, medicines and agreed terms, and whether they have changed places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from polyleaf.facts import Facts, medicines, termbase
from polyleaf.facts.concepts import Concept, find_concepts
from polyleaf.facts.lexicon import load_lexicon
from polyleaf.facts.quantities import Confidence
from polyleaf.facts.termbase import Term

WORD = re.compile(r"[^\W\d_]+")
PERSON = "person"
MIN_SUBJECTS = 2


@dataclass(frozen=True, slots=True)
class Subject:
    """A person, medicine or term of the source by its *name*, and where it starts in both texts."""

    name: str
    before: int
    after: int


def find_subjects(texts: tuple[Facts, Facts], languages: tuple[str, str], terms: Sequence[Term]) -> list[Subject]:
    """Return what both *texts* name exactly once, in the order of the first text."""
    before, after = texts
    subjects = [*_medicines(before.text, after.text), *_persons(texts, languages)]
    subjects += _terms(before.text, after.text, terms)
    return sorted(dict.fromkeys(subjects), key=lambda subject: subject.before)


def find_turned(subjects: Sequence[Subject]) -> Iterator[tuple[Subject, Subject]]:
    """Yield the pairs of *subjects* that stand in the second text in the other order."""
    for first, second in combinations(subjects, 2):
        if first.after > second.after:
            yield first, second


def have_equal_amounts(texts: tuple[Facts, Facts], subjects: Sequence[Subject]) -> bool:
    """Tell whether both *texts* have the same amounts in the same order, one beside each of *subjects*."""
    if len(subjects) < MIN_SUBJECTS:
        return False
    before, after = (_amounts(facts) for facts in texts)
    values = [[shown for _, shown in side] for side in (before, after)]
    shapes = [
        _shape([start for start, _ in before], [subject.before for subject in subjects]),
        _shape([start for start, _ in after], [subject.after for subject in subjects]),
    ]
    return values[0] == values[1] and len(set(values[0])) > 1 and shapes[0] == shapes[1] and _alternates(shapes[0])


def _amounts(facts: Facts) -> list[tuple[int, str]]:
    certain = [number for number in facts.numbers if number.confidence is Confidence.HIGH]
    return [(number.start, str(number.in_base_unit())) for number in certain]


def _shape(amounts: Sequence[int], subjects: Sequence[int]) -> str:
    """Return in which order amounts, `N`, and subjects, `S`, stand."""
    return "".join(kind for _, kind in sorted([*((at, "N") for at in amounts), *((at, "S") for at in subjects)]))


def _alternates(shape: str) -> bool:
    """Tell whether each subject has its own amounts, all after it or all before it."""
    return re.fullmatch(r"(?:SN+){2,}|(?:N+S){2,}", shape) is not None


def _medicines(before: str, after: str) -> Iterator[Subject]:
    words = [(word.group(), word.start()) for word in WORD.finditer(after)]
    for match in _single({match.meaning: match.start for match in medicines.find_matches(before)}, before):
        places = [start for word, start in words if medicines.is_mentioned(match[0], word)]
        if len(places) == 1:
            yield Subject(match[0], match[1], places[0])


def _single(starts: dict[str, int], text: str) -> Iterator[tuple[str, int]]:
    for name, start in starts.items():
        if text.count(name) == 1:
            yield name, start


def _persons(texts: tuple[Facts, Facts], languages: tuple[str, str]) -> Iterator[Subject]:
    before, after = (
        [concept for concept in find_concepts(facts.text, load_lexicon(language)) if concept.axis == PERSON]
        for facts, language in zip(texts, languages, strict=True)
    )
    for concept in before:
        others = [other for other in after if concept.same(other)]
        if len(others) == 1 and _is_alone(concept, before) and _is_alone(others[0], after):
            yield Subject(" or ".join(sorted(concept.names)), concept.start, others[0].start)


def _is_alone(concept: Concept, concepts: Sequence[Concept]) -> bool:
    return sum(concept.same(other) for other in concepts) == 1


def _terms(before: str, after: str, terms: Sequence[Term]) -> Iterator[Subject]:
    for term in terms:
        starts = {match for form in term.sources for match in termbase.starts(form, before)}
        places = {start for form in term.targets for start in termbase.starts_inflected(form, after)}
        if len(starts) == len(places) == 1:
            yield Subject(term.sources[0], starts.pop(), places.pop())
