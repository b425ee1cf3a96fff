"""How much more probable two texts are as a text and its translation than as two texts that met by chance.

Every score is a natural logarithm of that ratio. Lengths are judged as in Gale and Church (1993), A program for
aligning sentences in bilingual corpora: the length of a translation is normally distributed around that of its
source, with a variance that grows with it.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from polyleaf.alignment import kinds
from polyleaf.alignment.features import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

VARIANCE = 6.8
"""s² of Gale and Church, per character; leaflets vary less (0.5 to 3.9), and how long a language is, is a guess."""

SMALLEST_VARIANCE = 40.0
"""That of short texts, whose lengths differ by a word."""

RATIO = (0.15, 4.0)
"""Between these is how long a translation is for its source: Chinese is a third as long as German."""

FARTHEST = -8.0
"""The worst that lengths can say: people leave out and explain."""

KEPT = 0.85
"""How probable it is that a number or address of a text is in its translation."""

ALIKE = 0.3
"""How probable it is that a word of a text has a cognate in its translation."""

FOUND = {"cell": 0.9, "term": 0.8, "name": 0.8}
"""How probable it is that other things that a text says are in its translation: that a cell is in the same row and
column of a table with as many of them, that a term is called what it should be, that a medicine is named."""

MOST = 10.0
"""The most that all that two texts share can say: they share it for one reason."""

LOSS = -1.2
"""What it says that a number is in one text only; LEAST is the most that all of them say."""

LEAST = -4.0
SAME_SIGN = 0.85
SAME_COUNT, NEAR_COUNT, OTHER_COUNT = 0.75, 0.1, 0.02
"""How probable it is that a translation has as many sentences or questions, one more or less, or another number."""


class Cut(NamedTuple):
    """What it would be to cut a text after its sentence *at*: the *score* in all and of both halves."""

    score: float
    at: int
    halves: tuple[float, float]


@dataclass(frozen=True)
class _Side:
    """What is asked about a text so often that it is worked out once."""

    text: Text
    length: float
    chance: float
    sentences: int
    questions: int


class Evidence:
    """Judges any texts of *source* and *other* as pairs."""

    def __init__(self, source: Sequence[Text], other: Sequence[Text]) -> None:
        """Learn from all of the texts how long translations are, and which words, numbers and kinds are rare."""
        self.source, self.other = source, other
        lengths = [sum(len(text.words) for text in texts) or 1 for texts in (source, other)]
        self._ratio = min(max(lengths[1] / lengths[0], RATIO[0]), RATIO[1])
        logs = [math.log(len(text.words) / self._ratio + 1) for text in other]
        self._mean = sum(logs) / len(logs)
        self._deviation = max(0.3, math.sqrt(sum((one - self._mean) ** 2 for one in logs) / len(logs)))
        self._weights = _rarities(other)
        self._kinds = kinds.scores([text.kind for text in source], [text.kind for text in other])
        self._pairs: dict[tuple[int, int], float] = {}
        self._signs = Counter(text.sign for text in other)
        self._counts = [Counter(text.counts[at] for text in other) for at in (0, 1)]
        self._left = [_Side(text, float(len(text.words)), 0.0, *text.counts) for text in source]
        self._right = [self._side(text) for text in other]

    def pair(self, first: int, second: int) -> float:
        """Return the score of one text of each side."""
        if (first, second) not in self._pairs:
            self._pairs[first, second] = self._score(self._left[first], self._right[second])
        return self._pairs[first, second]

    def split(self, first: int, second: int) -> float | None:
        """Return the score of one text and the two that it may have become; None for what cannot be."""
        one, two = self._right[second], self._right[second + 1]
        if not kinds.joinable(one.text.kind, two.text.kind):
            return None
        whole = _whole(one, two)
        return self._score(self._left[first], whole) - math.log(whole.length + 1)

    def merge(self, first: int, second: int) -> float | None:
        """Return the score of two texts and the one that they may have become; None for what cannot be."""
        one, two = self._left[first], self._left[first + 1]
        if not kinds.joinable(one.text.kind, two.text.kind) or len(self.other[second].sentences) == 1:
            return None
        return self._score(_whole(one, two), self._right[second])

    def cuts(self, first: int, second: int) -> list[Cut]:
        """Return every way to cut a text for the two texts of the source that became it."""
        text = self.other[second]
        made = []
        for at in range(1, len(text.sentences)):
            parts = [text.sentences[:at], text.sentences[at:]]
            texts = [Text(" ".join(part), text.kind, text.language, sentences=part) for part in parts]
            sides = [self._side(part) for part in texts]
            halves = self._score(self._left[first], sides[0]), self._score(self._left[first + 1], sides[1])
            made.append(Cut(sum(halves), at, halves))
        return made

    def _side(self, text: Text) -> _Side:
        length = len(text.words) / self._ratio
        away = (math.log(length + 1) - self._mean) / self._deviation
        chance = -(away**2) / 2 - math.log((length + 1) * self._deviation * math.sqrt(2 * math.pi))
        chance += sum(self._frequency(at, count) for at, count in enumerate(text.counts))
        return _Side(text, length, chance, *text.counts)

    def _frequency(self, at: int, count: int) -> float:
        """Return the logarithm of how frequent it is to have *count* sentences (*at* is 0) or questions (1)."""
        return math.log((self._counts[at][count] + 1) / (len(self.other) + len(self._counts[at]) + 1))

    def _score(self, left: _Side, right: _Side) -> float:
        variance = max(SMALLEST_VARIANCE, VARIANCE * (left.length + right.length) / 2)
        distance = max(FARTHEST, -((right.length - left.length) ** 2) / (2 * variance))
        score = distance - math.log(2 * math.pi * variance) / 2 - right.chance
        score += _same(left.sentences, right.sentences) + _same(left.questions, right.questions)
        score += self._kinds[left.text.kind, right.text.kind] + self._sign(left.text.sign, right.text.sign)
        return score + self._shared(left.text, right.text)

    def _sign(self, one: str, other: str) -> float:
        chance = (self._signs[other] + 1) / (len(self.other) + len(self._signs))
        if one == other:
            return math.log(SAME_SIGN / chance)
        rest = 1 - (self._signs[one] + 1) / (len(self.other) + len(self._signs) + 1)
        return max(math.log((1 - SAME_SIGN) / rest), -2.0)

    def _shared(self, left: Text, right: Text) -> float:
        score = 0.0
        if left.hard or right.hard:
            same = left.hard & right.hard
            score += sum(max(0.0, self._weights.get(one, 0.0) + math.log(KEPT)) for one in same)
            score += max(LEAST, LOSS * (len(left.hard | right.hard) - len(same)))
        for one in left.soft & right.soft:
            likely = FOUND.get(one.split(" ", 1)[0], ALIKE) if " " in one else ALIKE
            score += max(0.0, self._weights.get(one, 0.0) + math.log(likely))
        if left.cell and right.cell and left.cell != right.cell and _shape(left.cell) == _shape(right.cell):
            score += LEAST
        return min(score, MOST)


def _same(one: int, other: int) -> float:
    away = abs(one - other)
    return math.log(SAME_COUNT if not away else NEAR_COUNT if away == 1 else OTHER_COUNT)


def _whole(one: _Side, two: _Side) -> _Side:
    text = _joined(one.text, two.text)
    counts = one.sentences + two.sentences, one.questions + two.questions
    return _Side(text, one.length + two.length, one.chance + two.chance, *counts)


def _shape(cell: str) -> str:
    return cell.split(" ", 1)[0]


def _rarities(texts: Sequence[Text]) -> dict[str, float]:
    """Return for everything that *texts* say how improbable it is to meet it by chance, as a logarithm."""
    counts = Counter(one for text in texts for one in (*text.hard, *text.soft))
    return {one: math.log((len(texts) + 1) / (count + 0.5)) for one, count in counts.items()}


@cache
def _joined(one: Text, other: Text) -> Text:
    return Text(f"{one.words} {other.words}", one.kind, one.language, "", one.targets + other.targets)
