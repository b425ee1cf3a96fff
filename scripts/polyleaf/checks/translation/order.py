"""Checks of what goes with what in a translation: amounts, and the persons, medicines and terms they are said of."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from polyleaf.checks.model import Diagnostic, check
from polyleaf.checks.subjects import Pair
from polyleaf.facts.language_neutral import extract_comparable_facts
from polyleaf.facts.subjects import Subject, find_subjects, find_turned, have_equal_amounts
from polyleaf.model import Severity

MIN_SENTENCES = 2


@check(Pair, Severity.WARNING, in_safety=Severity.ERROR)
def subject_order(pair: Pair) -> Iterator[Diagnostic]:
    """Persons, medicines and agreed terms do not change places while the amounts or sentences around them stay.

    Bad:  "paracetamol 500 mg, ibuprofen 400 mg" -> "ibuprofen 500 mg, paracetamol 400 mg"
    Good: "paracetamol 500 mg, ibuprofen 400 mg" -> "ibuprofen 400 mg, paracetamol 500 mg"
    """
    languages = (pair.language_pair.source, pair.language_pair.target)
    turned: dict[tuple[str, str], None] = {}
    for facts in pair.facts():
        subjects = find_subjects(facts, languages, pair.language_pair.terms)
        if have_equal_amounts(facts, subjects):
            turned |= {(first.name, second.name): None for first, second in find_turned(subjects)}
    turned |= dict.fromkeys(_exchanged(pair))
    for first, second in turned:
        yield Diagnostic(f"has “{first}” and “{second}” in the place of each other")


def _exchanged(pair: Pair) -> Iterator[tuple[str, str]]:
    """Yield two subjects of which each stands alone in the sentence that the other has in the source."""
    for texts in pair.texts():
        before, after = pair.sentences(*texts)
        if len(before) != len(after) or len(before) < MIN_SENTENCES:
            continue
        (facts,) = pair.facts()
        languages = (pair.language_pair.source, pair.language_pair.target)
        subjects = find_subjects(facts, languages, pair.language_pair.terms)
        sides = [
            [extract_comparable_facts(text, text, (language, language))[0].text for text in sentences]
            for sentences, language in zip((before, after), languages, strict=True)
        ]
        for first, second in combinations(subjects, 2):
            if _change_sentences(first, second, sides):
                yield first.name, second.name


def _change_sentences(first: Subject, second: Subject, sides: list[list[str]]) -> bool:
    before, after = sides
    rows = _row(first.before, before), _row(second.before, before)
    places = _row(first.after, after), _row(second.after, after)
    return rows[0] != rows[1] and rows == (places[1], places[0])


def _row(at: int, sentences: list[str]) -> int:
    """Return which of *sentences*, parted by spaces, has the character *at*."""
    end = 0
    for row, sentence in enumerate(sentences):
        end += len(sentence) + 1
        if at < end:
            return row
    return len(sentences) - 1
