"""Features of the segments to align: numbers, addresses, cognates, punctuation, the kind of text."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from polyleaf.facts import extract_facts, medicines
from polyleaf.facts.quantities import Confidence
from polyleaf.facts.transliteration import skeletons_of

COGNATE = 4
"""Words with the same first four letters are likely cognates: Simard, Foster, Isabelle (1992), Using cognates to align
sentences in bilingual corpora."""

NAME = 8
"""Words of so many letters are compared as names of medicines are: by their consonants, transliterated."""

WORD = re.compile(r"[^\W\d_]{4,}")
SENTENCE_SIGNS = str.maketrans("؟？！：؛；。", "??!:;;.")
HALF_DAY = 720

OTHERWISE = 0.004
"""The probability of a kind that BECOMES does not list."""

_ADMONITION = {"paragraph": 0.4, "definition": 0.2, "list item": 0.05, "quotation": 0.05, "line": 0.02}

BECOMES: Mapping[str, Mapping[str, float]] = {
    "title": {"title": 0.6, "heading": 0.2, "paragraph": 0.19},
    "subtitle": {"subtitle": 0.5, "paragraph": 0.3, "heading": 0.15},
    "description": {"description": 0.8, "paragraph": 0.1},
    "keywords": {"keywords": 0.9, "paragraph": 0.05},
    "audience": {"audience": 0.25, **_ADMONITION},
    "notice": {"notice": 0.25, **_ADMONITION},
    "funding": {"funding": 0.25, **_ADMONITION},
    "heading": {"heading": 0.85, "paragraph": 0.08, "subtitle": 0.02, "title": 0.02, "term": 0.01},
    "paragraph": {"paragraph": 0.85, "list item": 0.04, "quotation": 0.04, "definition": 0.02, "cell": 0.02},
    "list item": {"list item": 0.82, "paragraph": 0.15},
    "column header": {"column header": 0.7, "cell": 0.25},
    "cell": {"cell": 0.93, "column header": 0.02, "paragraph": 0.03},
    "caption": {"caption": 0.6, "paragraph": 0.33, "heading": 0.03},
    "short caption": {"short caption": 0.7, "caption": 0.1},
    "term": {"term": 0.6, "paragraph": 0.25, "list item": 0.08, "heading": 0.04},
    "definition": {"definition": 0.6, "paragraph": 0.3, "list item": 0.05},
    "note": {"note": 0.7, "list item": 0.15, "paragraph": 0.1},
    "quotation": {"quotation": 0.6, "paragraph": 0.35},
    "line": {"line": 0.6, "paragraph": 0.35},
    "alternative text": {"alternative text": 0.95},
    "title of a link or image": {"title of a link or image": 0.95},
}
"""The probability of each kind of text as the translation of a kind."""

RUNNING = frozenset(("paragraph", "list item", "note", "definition", "quotation", "notice", "audience", "funding"))
"""Kinds of running text, of which translators split and merge segments."""


@dataclass(frozen=True)
class TextFeatures:
    """A segment to align: its *words* in *language*, its *kind*, and its position in a table.

    *cell* is the shape of the table, the row and the column, *links* the targets of its links, *sentences* its words
    by sentence, *terms* the names of the agreed terms in it.
    """

    words: str
    kind: str
    language: str
    cell: str = ""
    links: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    terms: frozenset[str] = frozenset()

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Features that a translation should have too: numbers and dates by value, addresses, targets of links."""
        stated = extract_facts(self.words, self.language)
        anchors = {f"number {number.value}" for number in stated.numbers if number.confidence is Confidence.HIGH}
        anchors |= {f"date {date.day}-{date.month}-{date.year}" for date in stated.dates}
        anchors |= {f"clock {clock.minutes % HALF_DAY}" for clock in stated.times}
        return frozenset(anchors | {f"address {address}" for address in (*stated.addresses, *self.links)})

    @cached_property
    def hints(self) -> frozenset[str]:
        """Features that a translation may have: names of medicines, agreed terms, cognates, a position in a table."""
        folded = extract_facts(self.words, self.language).text
        words = WORD.findall(folded)
        long = (*medicines.find_names(folded), *(word for word in words if len(word) >= NAME))
        hints = {f"name {shape}" for word in long for shape in skeletons_of(word)}
        hints |= {word[:COGNATE] for word in words}
        hints |= {f"term {term}" for term in self.terms}
        return frozenset(hints | ({f"cell {self.cell}"} if self.cell else set()))

    @cached_property
    def counts(self) -> tuple[int, int]:
        """The number of its sentences, and of its questions apart from a last one, which `end_mark` shows."""
        questions = self.words.translate(SENTENCE_SIGNS).count("?")
        return max(1, len(self.sentences)), max(0, questions - (self.end_mark == "?"))

    @cached_property
    def end_mark(self) -> str:
        """The punctuation mark at its end, as an ASCII character; empty where there is none."""
        last = self.words.translate(SENTENCE_SIGNS).rstrip("\"'”’»)] ")[-1:]
        return last if last in "?:;.," else ""


def score_kinds(source: Iterable[str], target: Sequence[str]) -> dict[tuple[str, str], float]:
    """Return for every kind in *source* and in *target* the log-odds of their being a pair, against chance."""
    counts = Counter(target)
    scores = {}
    for source_kind in dict.fromkeys(source):
        for target_kind, count in counts.items():
            chance = (count + 1) / (len(target) + len(counts))
            probability = BECOMES.get(source_kind, {source_kind: 0.95}).get(target_kind, OTHERWISE)
            scores[source_kind, target_kind] = math.log(probability / chance)
    return scores


def is_mergeable(first: str, second: str) -> bool:
    """Tell whether two segments of these kinds, one after the other, may be one segment in another language."""
    return first == second and first in RUNNING
