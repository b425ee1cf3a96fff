"""Glossaries that are sorted in the other language, so that the order of their entries is no evidence."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from polyleaf.alignment.dynamic_programming import Bead
from polyleaf.alignment.features import TextFeatures
from polyleaf.alignment.scoring import Scorer
from polyleaf.languages import sort_key

FEWEST = 4
"""How many terms must be in alphabetical order for that to be no coincidence."""

TERM, DEFINITION = "term", "definition"


@dataclass(frozen=True, slots=True)
class _Match:
    """Two entries, each the numbers of its segments, the *score* of the pair, and its lead over the next best pair."""

    source: range
    target: range
    score: float
    margin: float


def realign_sorted(scorer: Scorer, beads: Sequence[Bead]) -> list[Bead]:
    """Return *beads* with those of glossaries that are sorted in the target replaced by the best pairs of entries.

    Entries are paired greedily, the pair with the largest margin first, which raises the margins of those that remain.
    The probability of a pair follows from its margin.
    """
    realigned = list(beads)
    for entries in _sorted_lists(scorer.target):
        columns = {column for entry in entries for column in entry}
        inside = [bead for bead in realigned if not columns.isdisjoint(bead.target)]
        touched = {row for bead in inside for row in bead.source}
        lists = [rows for rows in _lists(scorer.source) if any(not touched.isdisjoint(entry) for entry in rows)]
        source_entries = [entry for rows in lists for entry in rows]
        rows = {row for entry in source_entries for row in entry}
        if source_entries:
            realigned = [bead for bead in realigned if columns.isdisjoint(bead.target) and rows.isdisjoint(bead.source)]
            realigned += [bead for match in _matches(scorer, source_entries, entries) for bead in _beads(match)]
    return realigned


def _entries(segments: Sequence[TextFeatures]) -> list[range]:
    """Return the numbers of the segments of each glossary entry: the term and its definitions."""
    entries: list[range] = []
    for number, segment in enumerate(segments):
        if segment.kind == TERM:
            entries.append(range(number, number + 1))
        elif segment.kind == DEFINITION and entries and entries[-1].stop == number:
            entries[-1] = range(entries[-1].start, number + 1)
    return entries


def _lists(segments: Sequence[TextFeatures]) -> list[list[range]]:
    """Return the entries of each glossary."""
    lists: list[list[range]] = []
    for entry in _entries(segments):
        if lists and lists[-1][-1].stop == entry.start:
            lists[-1].append(entry)
        else:
            lists.append([entry])
    return lists


def _sorted_lists(segments: Sequence[TextFeatures]) -> Iterator[list[range]]:
    """Yield the entries of every glossary that is in alphabetical order."""
    for entries in _lists(segments):
        terms = [sort_key(segments[entry.start].words) for entry in entries]
        if len(entries) >= FEWEST and terms == sorted(terms):
            yield entries


def _matches(scorer: Scorer, source: Sequence[range], target: Sequence[range]) -> Iterator[_Match]:
    scores = {(rows, columns): _score(scorer, rows, columns) for rows in source for columns in target}
    while scores:
        best = max((_match(pair, scores) for pair in scores), key=lambda match: (match.margin, match.score))
        yield best
        scores = {pair: score for pair, score in scores.items() if pair[0] != best.source and pair[1] != best.target}


def _score(scorer: Scorer, rows: range, columns: range) -> float:
    return sum(scorer.score_pair(row, column) for row, column in zip(rows, columns, strict=False))


def _match(pair: tuple[range, range], scores: dict[tuple[range, range], float]) -> _Match:
    source, target = pair
    rivals = [score for (rows, columns), score in scores.items() if (rows == source) != (columns == target)]
    return _Match(source, target, scores[pair], scores[pair] - max(rivals, default=0.0))


def _beads(match: _Match) -> Iterator[Bead]:
    probability = 1 / (1 + math.exp(-min(match.margin, 50.0))) if match.margin > -50 else 0.0  # noqa: PLR2004
    for row, column in zip(match.source, match.target, strict=False):
        yield Bead(range(row, row + 1), range(column, column + 1), match.score, probability)
