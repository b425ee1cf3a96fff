"""Readability of a text: its sentences and syllables, the formulas, and the gates of a project.

Modules: `formulas` (Flesch and its relatives, per language), `gates` (the limits of a project), `sentences`
(sentences and words), `syllables` (syllables).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from polyleaf.readability import syllables
from polyleaf.readability.formulas import FORMULAS, LONG, MEASURES, Counts
from polyleaf.readability.gates import Gate, Gates
from polyleaf.readability.sentences import cased, spaced, split_sentences, split_words

__all__ = ["MEASURES", "Gate", "Gates", "spaced", "split_sentences", "split_words"]

ENOUGH = 100
"""A formula says nothing of a text of fewer words than this: the samples that they were made with had as many."""

INFLECTION = 4
"""How many letters may follow a term of the glossary that is inflected: `plastablet`, `plastabletten`."""


@dataclass(frozen=True, slots=True)
class Score:
    """What a formula says of a text: of all of it, and with the words masked that the leaflet itself explains."""

    raw: float
    masked: float


@dataclass(frozen=True, slots=True)
class Figures:
    """How hard the texts of one leaflet in one language are, all together.

    *scores* holds what can be judged, by the name of the measure. *obstacle* says why nothing is, where that is so;
    *short*: only because there are too few words.
    """

    words: int
    sentences: int
    longest: int
    scores: Mapping[str, Score]
    obstacle: str = ""
    short: bool = False


def measure(texts: Sequence[str], language: str, terms: Iterable[str] = ()) -> Figures:
    """Return the figures of *texts*, which are in *language*; *terms* are what the glossary of the leaflet explains.

    A masked word counts as one short syllable, so that its sentence stays as long as it is.
    """
    text = " ".join(texts)
    if not spaced(text):
        return Figures(0, 0, 0, {}, "its script puts no spaces between words, so that they cannot be counted")
    sentences = [sentence for text in texts for sentence in split_sentences(text, language)]
    words = [split_words(sentence) for sentence in sentences]
    count, longest = sum(map(len, words)), max(map(len, words), default=0)
    if count < ENOUGH:
        return Figures(count, len(sentences), longest, {}, f"fewer than {ENOUGH} words say nothing", short=True)
    mask = compile_mask(terms)
    raw = _count(words, language)
    masked = _count([split_words(mask.sub(_mask, sentence)) for sentence in sentences], language)
    names = [name for name in FORMULAS if MEASURES[name].judges(language) and cased(text)]
    scores = {name: Score(round(FORMULAS[name](raw), 1), round(FORMULAS[name](masked), 1)) for name in names}
    scores["mean_sentence_words"] = Score(round(raw.sentence, 1), round(masked.sentence, 1))
    obstacle = "" if names else "no formula here judges texts in this language"
    return Figures(count, len(sentences), longest, scores, obstacle)


def compile_mask(terms: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of *terms*, inflected or not; what stands in parentheses is a term of its own."""
    forms = {part.strip() for term in terms for part in re.split(r"[()]", term)}
    longest_first = sorted((form for form in forms if len(form) > 1), key=len, reverse=True)
    choice = "|".join(rf"{re.escape(form)}\w{{0,{INFLECTION}}}" for form in longest_first)
    return re.compile(rf"(?<!\w)(?:{choice})(?!\w)" if choice else r"(?!)", re.IGNORECASE)


def _mask(match: re.Match[str]) -> str:
    return " ".join("x" for _ in split_words(match.group()))


def _count(sentences: Sequence[Sequence[str]], language: str) -> Counts:
    words = [word for sentence in sentences for word in sentence]
    known = syllables.known(language)
    spoken = sum(syllables.count_syllables(word, language) for word in words) if known else 0
    long = sum(sum(char.isalpha() for char in word) > LONG for word in words)
    return Counts(len(words), len(sentences), spoken, long)
