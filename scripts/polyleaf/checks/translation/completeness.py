"""Checks of whether a message is translated, by a person, and to its end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from polyleaf.catalogs import WORDS, is_copy
from polyleaf.catalogs.entry_merge import is_conflict
from polyleaf.checks.model import Diagnostic, check
from polyleaf.checks.subjects import LanguagePair, Pair
from polyleaf.facts.lexicon import load_lexicon
from polyleaf.languages import related
from polyleaf.model import Severity
from polyleaf.quotations import pluralize

LONG, SHORTEST = 40, 0.5
"""From how many letters on the length of a text says something; which part of it a translation has at least."""

SENTENCES, SHORTER, JOINED = 15, 0.9, 2 / 3
"""The same for a translation with fewer sentences, and where it has more commas: there two may have become one."""

FIGURE = 3
"""How many letters a figure stands for."""

COPIED = 5
"""From how many words on a sentence of the source in a translation is no name or title."""

WORD = re.compile(r"[^\W\d_]+[.,:;!?]?")
"""A word and the sign behind it."""

CLAUSES = re.compile(r"[,;:،؛、，；：](?=\D)")  # noqa: RUF001 - commas of other scripts

DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
SYLLABLES = re.compile("[\u1200-\u137f]")


@check(Pair, Severity.WARNING, in_safety=Severity.ERROR, acknowledgeable=False)
def missing(pair: Pair) -> Iterator[Diagnostic]:
    """Every text is translated.

    Bad:  msgid "Knee", msgstr ""
    Good: msgid "Knee", msgstr "Knie"
    """
    if pair.entry is None:
        yield Diagnostic("is not in the catalogue: run `polyleaf update`")
    elif not pair.entry.text:
        yield Diagnostic("is not translated")


@check(Pair, Severity.WARNING, in_safety=Severity.ERROR, acknowledgeable=False)
def fuzzy(pair: Pair) -> Iterator[Diagnostic]:
    """No translation is fuzzy: a fuzzy one was made for another text and is never printed.

    Bad:  #, fuzzy
    Good: the flag is gone, because a person compared the two texts
    """
    if pair.entry and is_conflict(pair.entry.text):
        hint = "Keep the right one, and take out the lines with #-#-#-#-# and the mark that it is fuzzy."
        yield Diagnostic("holds several translations after a merge, so none is printed", hint=hint)
    elif pair.entry and pair.entry.text and pair.entry.fuzzy:
        yield Diagnostic("is fuzzy, so it is not printed")


@check(Pair, Severity.WARNING, in_safety=Severity.ERROR)
def copied(pair: Pair) -> Iterator[Diagnostic]:
    """A translation is not the text of the source again, nor a sentence of it: nobody has translated it.

    Bad:  "Call your doctor at once" -> "Call your doctor at once"
    Good: "Call your doctor at once" -> "Bel meteen uw arts"
    """
    if related(pair.language_pair.source, pair.language_pair.target):
        return
    for texts in pair.texts():
        if is_copy(*texts):
            yield Diagnostic("is the text of the source again")
            continue
        for sentence in _copied_sentences(*pair.sentences(*texts)):
            yield Diagnostic(f"has a sentence of the source: “{sentence}”")


@check(Pair, Severity.WARNING, in_safety=Severity.ERROR)
def part_lost(pair: Pair) -> Iterator[Diagnostic]:
    """A translation is not so short that a part of the text cannot be in it: half of it, or a sentence.

    A question may become part of a sentence: "Do you have a fever? Call us" is "Call us if you have a fever".

    Bad:  "Call your doctor at once. Take the leaflet and the box with you when you go." -> "Bel meteen uw arts."
    Good: "Call your doctor at once. Take the leaflet with you." -> "Bel meteen uw arts. Neem de folder mee."
    """
    for before, after in pair.texts():
        lengths = _with_figures(estimate_lengths((before, after), pair.language_pair), (before, after))
        sentences = pair.sentences(before, after)
        counts = [sum(not text.endswith("?") for text in side) for side in sentences]
        if lengths[0] >= LONG and lengths[1] < lengths[0] * SHORTEST:
            yield Diagnostic("is less than half as long as the source: is a part of it lost?")
        elif counts[1] < counts[0] and len(sentences[1]) < len(sentences[0]) and _is_shorter(lengths, (before, after)):
            yield Diagnostic(
                f"has {pluralize(counts[1], 'sentence')} where the source has {counts[0]}, and is shorter: is one lost?"
            )


def _copied_sentences(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Return the sentences of several in a translation that are those of the source, letter for letter.

    A copyright, an address or a command is none: most of its words are names or signs.
    """
    return [text for text in after if len(after) > 1 and text in before and _has_words(text)]


def _has_words(sentence: str) -> bool:
    """Tell whether a *sentence* has enough words, and most of them are no names."""
    words = sentence.split()
    plain = [word for word in words if WORD.fullmatch(word) and not word[0].isupper()]
    return len(words) >= COPIED and 2 * len(plain) > len(words)


def _is_shorter(lengths: tuple[float, float], texts: tuple[str, str]) -> bool:
    """Tell whether a translation with fewer sentences is so short that it lost one, and did not join two."""
    before, after = (len(CLAUSES.findall(text)) for text in texts)
    return lengths[0] >= SENTENCES and lengths[1] < lengths[0] * (JOINED if after > before else SHORTER)


def _with_figures(lengths: tuple[float, float], texts: tuple[str, str]) -> tuple[float, float]:
    """Return *lengths* with that of the figures that a translation has in the place of words: `half twee`, 13:30."""
    before, after = (sum(char.isdecimal() for char in text) for text in texts)
    return lengths[0], lengths[1] + FIGURE * max(0, after - before)


def estimate_lengths(texts: tuple[str, str], language_pair: LanguagePair) -> tuple[float, float]:
    """Return how many letters a message and its translation, *texts*, would have in English."""
    return _estimate_length(texts[0], language_pair.source), _estimate_length(texts[1], language_pair.target)


def _estimate_length(text: str, language: str) -> float:
    """Return how many letters *text* would have in English; a Chinese or Japanese character stands for three.

    A letter of the Ethiopic script is a consonant with its vowel, and stands for two.
    """
    letters = "".join(WORDS.findall(text))
    return (len(letters) + 2 * len(DENSE.findall(letters)) + len(SYLLABLES.findall(letters))) / (
        load_lexicon(language).length or 1
    )
