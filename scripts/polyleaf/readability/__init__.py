"""How hard a text is to read: sentences, syllables, formulas, and the gates of a project."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from polyleaf.readability import syllables
from polyleaf.readability.formulas import FORMULAS, LONG, MEASURES, Counts
from polyleaf.readability.gates import Gate, Gates
from polyleaf.readability.sentences import cased, spaced, split_sentences, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

__all__ = ["MEASURES", "Figures", "Gate", "Gates", "Score", "masking", "measure", "spaced", "split_sentences", "words"]

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
    whole = " ".join(texts)
    if not spaced(whole):
        return Figures(0, 0, 0, {}, "its script puts no spaces between words, so that they cannot be counted")
    runs = [sentence for text in texts for sentence in split_sentences(text, language)]
    total = [words(run) for run in runs]
    count, longest = sum(map(len, total)), max(map(len, total), default=0)
    if count < ENOUGH:
        return Figures(count, len(runs), longest, {}, f"fewer than {ENOUGH} words say nothing", short=True)
    mask = masking(terms)
    raw = _counts(total, language)
    masked = _counts([words(mask.sub(_masked, run)) for run in runs], language)
    names = [name for name in FORMULAS if MEASURES[name].judges(language) and cased(whole)]
    scores = {name: Score(round(FORMULAS[name](raw), 1), round(FORMULAS[name](masked), 1)) for name in names}
    scores["mean_sentence_words"] = Score(round(raw.sentence, 1), round(masked.sentence, 1))
    obstacle = "" if names else "no formula here judges texts in this language"
    return Figures(count, len(runs), longest, scores, obstacle)


def masking(terms: Iterable[str]) -> re.Pattern[str]:
    """Return what finds each of *terms*, inflected or not; what stands in parentheses is a term of its own."""
    forms = {part.strip() for term in terms for part in re.split(r"[()]", term)}
    found = sorted((form for form in forms if len(form) > 1), key=len, reverse=True)
    one = "|".join(rf"{re.escape(form)}\w{{0,{INFLECTION}}}" for form in found)
    return re.compile(rf"(?<!\w)(?:{one})(?!\w)" if found else r"(?!)", re.IGNORECASE)


def _masked(found: re.Match[str]) -> str:
    return " ".join("x" for _ in words(found.group()))


def _counts(runs: Sequence[Sequence[str]], language: str) -> Counts:
    every = [word for run in runs for word in run]
    spoken = sum(syllables.count_syllables(word, language) for word in every) if syllables.known(language) else 0
    long = sum(sum(char.isalpha() for char in word) > LONG for word in every)
    return Counts(len(every), len(runs), spoken, long)
