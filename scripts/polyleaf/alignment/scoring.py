"""Scores of pairs of segments: the log-likelihood ratio of a text and its translation against two random texts.

Every score is a natural logarithm. Lengths are scored as in Gale and Church (1993), A program for aligning sentences
in bilingual corpora: the length of a translation in characters is normally distributed around that of its source, with
a variance that is proportional to it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from polyleaf.alignment.features import TextFeatures, is_mergeable, score_kinds

VARIANCE = 6.8
"""s² of Gale and Church, per character; leaflets vary less (0.5 to 3.9), but the ratio of lengths is an estimate."""

SMALLEST_VARIANCE = 40.0
"""That of short texts, whose lengths differ by a word."""

RATIO = (0.15, 4.0)
"""The limits of the ratio of a translation's length to its source's: Chinese is a third as long as German."""

FARTHEST = -8.0
"""The lowest score of lengths: translators leave out and explain."""

KEPT = 0.85
"""The probability that an anchor of a text is in its translation."""

ALIKE = 0.3
"""The probability that a word of a text has a cognate in its translation."""

FOUND = {"cell": 0.9, "term": 0.8, "name": 0.8}
"""The probability of other hints: that a cell is in the same row and column of a table of the same shape, that a term
has its agreed translation, that a medicine is named."""

MOST = 10.0
"""The most that all shared features score together: they are not independent."""

LOSS = -1.2
"""The score of an anchor that is in one text only; LEAST is the lowest that all of them score together."""

LEAST = -4.0
SAME_MARK = 0.85
SAME_COUNT, NEAR_COUNT, OTHER_COUNT = 0.75, 0.1, 0.02
"""The probability that a translation has as many sentences or questions, one more or less, or another number."""


class SplitPoint(NamedTuple):
    """A point to split a segment, after so many *sentences*: the *score* of both halves together, and of each."""

    score: float
    sentences: int
    halves: tuple[float, float]


@dataclass(frozen=True)
class _Measured:
    """A segment with what is worked out of it once: length in source characters, score of chance, counts."""

    segment: TextFeatures
    length: float
    chance: float
    sentences: int
    questions: int


class Scorer:
    """Scores segments of *source* and *target* by their numbers, from 0."""

    def __init__(self, source: Sequence[TextFeatures], target: Sequence[TextFeatures]) -> None:
        """Estimate from all segments the ratio of lengths, and the frequency of words, numbers and kinds."""
        self.source, self.target = source, target
        lengths = [sum(len(segment.words) for segment in side) or 1 for side in (source, target)]
        self._ratio = min(max(lengths[1] / lengths[0], RATIO[0]), RATIO[1])
        logs = [math.log(len(segment.words) / self._ratio + 1) for segment in target]
        self._mean = sum(logs) / len(logs)
        self._deviation = max(0.3, math.sqrt(sum((log - self._mean) ** 2 for log in logs) / len(logs)))
        self._weights = _weigh_features(target)
        self._kinds = score_kinds([segment.kind for segment in source], [segment.kind for segment in target])
        self._pairs: dict[tuple[int, int], float] = {}
        self._marks = Counter(segment.end_mark for segment in target)
        self._counts = [Counter(segment.counts[index] for segment in target) for index in (0, 1)]
        self._left = [_Measured(segment, float(len(segment.words)), 0.0, *segment.counts) for segment in source]
        self._right = [self._measure(segment) for segment in target]

    def score_pair(self, source: int, target: int) -> float:
        """Return the score of one segment of each side."""
        if (source, target) not in self._pairs:
            self._pairs[source, target] = self._score(self._left[source], self._right[target])
        return self._pairs[source, target]

    def score_expansion(self, source: int, target: int) -> float | None:
        """Return the score of one segment and the two from *target* on (1-2); None when those cannot be one."""
        first, second = self._right[target], self._right[target + 1]
        if not is_mergeable(first.segment.kind, second.segment.kind):
            return None
        merged = _merge(first, second)
        return self._score(self._left[source], merged) - math.log(merged.length + 1)

    def score_contraction(self, source: int, target: int) -> float | None:
        """Return the score of the two segments from *source* on and one (2-1); None when those cannot be one."""
        first, second = self._left[source], self._left[source + 1]
        if not is_mergeable(first.segment.kind, second.segment.kind) or len(self.target[target].sentences) == 1:
            return None
        return self._score(_merge(first, second), self._right[target])

    def split_points(self, source: int, target: int) -> list[SplitPoint]:
        """Return every point at which *target* may be split into translations of the two segments from *source* on."""
        segment = self.target[target]
        points = []
        for count in range(1, len(segment.sentences)):
            halves = [segment.sentences[:count], segment.sentences[count:]]
            segments = [TextFeatures(" ".join(half), segment.kind, segment.language, sentences=half) for half in halves]
            scores = [
                self._score(self._left[source + number], self._measure(half)) for number, half in enumerate(segments)
            ]
            points.append(SplitPoint(sum(scores), count, (scores[0], scores[1])))
        return points

    def _measure(self, segment: TextFeatures) -> _Measured:
        length = len(segment.words) / self._ratio
        deviations = (math.log(length + 1) - self._mean) / self._deviation
        chance = -(deviations**2) / 2 - math.log((length + 1) * self._deviation * math.sqrt(2 * math.pi))
        chance += sum(self._log_frequency(index, count) for index, count in enumerate(segment.counts))
        return _Measured(segment, length, chance, *segment.counts)

    def _log_frequency(self, index: int, count: int) -> float:
        """Return the logarithm of how frequent it is to have *count* sentences (*index* is 0) or questions (1)."""
        return math.log((self._counts[index][count] + 1) / (len(self.target) + len(self._counts[index]) + 1))

    def _score(self, left: _Measured, right: _Measured) -> float:
        variance = max(SMALLEST_VARIANCE, VARIANCE * (left.length + right.length) / 2)
        distance = max(FARTHEST, -((right.length - left.length) ** 2) / (2 * variance))
        score = distance - math.log(2 * math.pi * variance) / 2 - right.chance
        score += _score_counts(left.sentences, right.sentences) + _score_counts(left.questions, right.questions)
        marks = self._score_marks(left.segment.end_mark, right.segment.end_mark)
        score += self._kinds[left.segment.kind, right.segment.kind] + marks
        return score + self._score_shared(left.segment, right.segment)

    def _score_marks(self, source: str, target: str) -> float:
        chance = (self._marks[target] + 1) / (len(self.target) + len(self._marks))
        if source == target:
            return math.log(SAME_MARK / chance)
        others = 1 - (self._marks[source] + 1) / (len(self.target) + len(self._marks) + 1)
        return max(math.log((1 - SAME_MARK) / others), -2.0)

    def _score_shared(self, left: TextFeatures, right: TextFeatures) -> float:
        score = 0.0
        if left.anchors or right.anchors:
            same = left.anchors & right.anchors
            score += sum(max(0.0, self._weights.get(anchor, 0.0) + math.log(KEPT)) for anchor in same)
            score += max(LEAST, LOSS * (len(left.anchors | right.anchors) - len(same)))
        for hint in left.hints & right.hints:
            probability = FOUND.get(hint.split(" ", 1)[0], ALIKE) if " " in hint else ALIKE
            score += max(0.0, self._weights.get(hint, 0.0) + math.log(probability))
        if left.cell and right.cell and left.cell != right.cell and _table_shape(left.cell) == _table_shape(right.cell):
            score += LEAST
        return min(score, MOST)


def _score_counts(source: int, target: int) -> float:
    distance = abs(source - target)
    return math.log(SAME_COUNT if not distance else NEAR_COUNT if distance == 1 else OTHER_COUNT)


def _merge(first: _Measured, second: _Measured) -> _Measured:
    segment = _merge_segments(first.segment, second.segment)
    counts = first.sentences + second.sentences, first.questions + second.questions
    return _Measured(segment, first.length + second.length, first.chance + second.chance, *counts)


def _table_shape(cell: str) -> str:
    return cell.split(" ", 1)[0]


def _weigh_features(segments: Sequence[TextFeatures]) -> dict[str, float]:
    """Return the inverse document frequency of every feature in *segments*, as a natural logarithm."""
    counts = Counter(feature for segment in segments for feature in (*segment.anchors, *segment.hints))
    return {feature: math.log((len(segments) + 1) / (count + 0.5)) for feature, count in counts.items()}


@cache
def _merge_segments(first: TextFeatures, second: TextFeatures) -> TextFeatures:
    return TextFeatures(f"{first.words} {second.words}", first.kind, first.language, "", first.links + second.links)
