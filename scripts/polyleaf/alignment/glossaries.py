"""Glossaries that were sorted anew in the other language: their order says nothing of which entry is which."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from polyleaf.alignment.dynamic_programming import Bead
from polyleaf.languages import sort_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from polyleaf.alignment.features import Text
    from polyleaf.alignment.scoring import Evidence

FEWEST = 4
"""How many terms must be in alphabetical order for that to be no chance."""

TERM, DEFINITION = "term", "definition"


@dataclass(frozen=True, slots=True)
class _Match:
    """Two entries, each the numbers of its texts, the *score* of the pair, and by how much no other is as good."""

    one: range
    other: range
    score: float
    margin: float


def sorted_anew(evidence: Evidence, beads: Sequence[Bead]) -> list[Bead]:
    """Return *beads* with those in glossaries that are sorted in the other language chosen by their words alone.

    The clearest pair is taken first, which makes the rest clearer; pairs that are no clearer than others are
    improbable, and say so.
    """
    found = list(beads)
    for entries in _glossaries(evidence.other):
        columns = {column for entry in entries for column in entry}
        inside = [bead for bead in found if not columns.isdisjoint(bead.other)]
        touched = {row for bead in inside for row in bead.source}
        lists = [one for one in _lists(evidence.source) if any(not touched.isdisjoint(entry) for entry in one)]
        ours = [entry for one in lists for entry in one]
        rows = {row for entry in ours for row in entry}
        if ours:
            found = [bead for bead in found if columns.isdisjoint(bead.other) and rows.isdisjoint(bead.source)]
            found += [bead for match in _matches(evidence, ours, entries) for bead in _beads(match)]
    return found


def _entries(texts: Sequence[Text]) -> list[range]:
    """Return the texts of each entry of a list of terms: the term and its definitions."""
    made: list[range] = []
    for number, text in enumerate(texts):
        if text.kind == TERM:
            made.append(range(number, number + 1))
        elif text.kind == DEFINITION and made and made[-1].stop == number:
            made[-1] = range(made[-1].start, number + 1)
    return made


def _lists(texts: Sequence[Text]) -> list[list[range]]:
    """Return the entries of each list of terms."""
    lists: list[list[range]] = []
    for entry in _entries(texts):
        if lists and lists[-1][-1].stop == entry.start:
            lists[-1].append(entry)
        else:
            lists.append([entry])
    return lists


def _glossaries(texts: Sequence[Text]) -> Iterator[list[range]]:
    """Yield the entries of every list of terms that is in alphabetical order."""
    for entries in _lists(texts):
        terms = [sort_key(texts[entry.start].words) for entry in entries]
        if len(entries) >= FEWEST and terms == sorted(terms):
            yield entries


def _matches(evidence: Evidence, ours: Sequence[range], theirs: Sequence[range]) -> Iterator[_Match]:
    scores = {(one, other): _score(evidence, one, other) for one in ours for other in theirs}
    while scores:
        best = max((_match(pair, scores) for pair in scores), key=lambda match: (match.margin, match.score))
        yield best
        scores = {pair: score for pair, score in scores.items() if pair[0] != best.one and pair[1] != best.other}


def _score(evidence: Evidence, one: range, other: range) -> float:
    return sum(evidence.pair(row, column) for row, column in zip(one, other, strict=False))


def _match(pair: tuple[range, range], scores: dict[tuple[range, range], float]) -> _Match:
    one, other = pair
    rivals = [score for (row, column), score in scores.items() if (row == one) != (column == other)]
    return _Match(one, other, scores[pair], scores[pair] - max(rivals, default=0.0))


def _beads(match: _Match) -> Iterator[Bead]:
    probability = 1 / (1 + math.exp(-min(match.margin, 50.0))) if match.margin > -50 else 0.0  # noqa: PLR2004
    for row, column in zip(match.one, match.other, strict=False):
        yield Bead(range(row, row + 1), range(column, column + 1), match.score, probability)
