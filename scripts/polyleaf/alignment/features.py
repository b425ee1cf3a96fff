"""The texts to align, each with what it says in any language: numbers, names, addresses, the shape of its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from polyleaf.facts import extract_facts, medicines
from polyleaf.facts.numbers import Confidence
from polyleaf.facts.transliteration import skeletons_of

COGNATE = 4
"""Words that start with the same four letters are likely the same word in two languages: Simard, Foster, Isabelle
(1992), Using cognates to align sentences in bilingual corpora."""

NAME = 8
"""Words of so many letters are compared as names of medicines are, whatever their shape is in their language."""

WORD = re.compile(r"[^\W\d_]{4,}")
SENTENCE_SIGNS = str.maketrans("؟？！：؛；。", "??!:;;.")
HALF_DAY = 720


@dataclass(frozen=True)
class Text:
    """One text of a document: its *words* in *language*, what *kind* of text it is, where in a table it stands.

    *cell* is shape, row and column of a cell, *targets* are where its links lead, *sentences* its words cut where
    a sentence ends, *terms* what the project has agreed terms for.
    """

    words: str
    kind: str
    language: str
    cell: str = ""
    targets: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    terms: frozenset[str] = frozenset()

    @cached_property
    def hard(self) -> frozenset[str]:
        """What a translation must say too: numbers and dates by value, addresses, where links lead."""
        said = extract_facts(self.words, self.language)
        found = {f"number {number.value}" for number in said.numbers if number.confidence is Confidence.HIGH}
        found |= {f"date {date.day}-{date.month}-{date.year}" for date in said.dates}
        found |= {f"clock {clock.minutes % HALF_DAY}" for clock in said.times}
        return frozenset(found | {f"address {one}" for one in (*said.addresses, *self.targets)})

    @cached_property
    def soft(self) -> frozenset[str]:
        """What a translation may say too: names of medicines, agreed terms, like words, a place in a like table."""
        folded = extract_facts(self.words, self.language).text
        words = WORD.findall(folded)
        long = (*medicines.find_names(folded), *(word for word in words if len(word) >= NAME))
        found = {f"name {shape}" for word in long for shape in skeletons_of(word)}
        found |= {word[:COGNATE] for word in words}
        found |= {f"term {term}" for term in self.terms}
        return frozenset(found | ({f"cell {self.cell}"} if self.cell else set()))

    @cached_property
    def counts(self) -> tuple[int, int]:
        """How many sentences it has, and how many questions before its end, which `sign` speaks of."""
        questions = self.words.translate(SENTENCE_SIGNS).count("?")
        return max(1, len(self.sentences)), max(0, questions - (self.sign == "?"))

    @cached_property
    def sign(self) -> str:
        """The sign at the end that says what kind of sentence it is; empty where there is none."""
        last = self.words.translate(SENTENCE_SIGNS).rstrip("\"'”’»)] ")[-1:]
        return last if last in "?:;.," else ""
