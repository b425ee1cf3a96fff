"""Questions to the translator: what a message has and its translation has not, or the other way round."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from polyleaf.catalogs import copied_source
from polyleaf.facts.language_neutral import extract_comparable_facts
from polyleaf.facts.lexicon import load_lexicon
from polyleaf.languages import related
from polyleaf.readability import split_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from polyleaf.catalogs import Entry
    from polyleaf.facts import Facts
    from polyleaf.facts.termbase import Term
    from polyleaf.model import Unit

STARS = re.compile(r"(?<=\S)\*+|\*+(?=\S)")
ESCAPED = re.compile(r"\\.")
CODE = re.compile(r"(?<!\\)`([^`]+)`")

LONG, SHORTEST, SHORTER = 40, 0.5, 0.9
"""From how many letters on the length of a text says something; which part of it a translation has at least; and at
least when it has fewer sentences."""

DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
SYLLABLES = re.compile("[\u1200-\u137f]")


@lru_cache(maxsize=4096)
def _sentences(text: str, language: str) -> tuple[str, ...]:
    return tuple(split_sentences(text, language))


@dataclass(frozen=True, slots=True)
class LanguagePair:
    """What a pair of languages is checked by: the two codes, the terms agreed on, the names that stay as they are."""

    source: str
    target: str
    terms: tuple[Term, ...] = ()
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A unit and what the catalogue of one language says of it (nothing: it is not in there), and its `file:line`."""

    unit: Unit
    entry: Entry | None
    language_pair: LanguagePair
    place: str = ""

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield message and translation, once, if the translation is one that is printed."""
        if self.entry and self.entry.text and not self.entry.fuzzy:
            yield self.unit.message, self.entry.text

    def facts(self) -> Iterator[tuple[Facts, Facts]]:
        """Yield what message and translation say, once, if the translation is one that is printed."""
        for before, after in self.texts():
            yield extract_comparable_facts(before, after, (self.language_pair.source, self.language_pair.target))

    def by_sentence(self) -> Iterator[tuple[Facts, Facts]]:
        """Yield what each sentence says in both texts, where they have as many; else what the whole texts say.

        A word in one sentence then cannot make up for one that is lost in another.
        """
        for texts in self.texts():
            before, after = self.sentences(*texts)
            for one, other in zip(before, after, strict=True) if len(before) == len(after) else (texts,):
                yield extract_comparable_facts(one, other, (self.language_pair.source, self.language_pair.target))

    def sentences(self, before: str, after: str) -> tuple[Sequence[str], Sequence[str]]:
        """Return the sentences of a message and of its translation."""
        return _sentences(before, self.language_pair.source), _sentences(after, self.language_pair.target)


def missing(pair: Pair) -> Iterator[str]:
    """Every text is translated.

    Bad:  msgid "Knee", msgstr ""
    Good: msgid "Knee", msgstr "Knie"
    """
    if pair.entry is None:
        yield "is not in the catalogue: run `polyleaf update`"
    elif not pair.entry.text:
        yield "is not translated"


def copied(pair: Pair) -> Iterator[str]:
    """A translation is not the text of the source again: nobody has translated it, so it is not printed as one.

    Bad:  "Call your doctor at once" -> "Call your doctor at once"
    Good: "Call your doctor at once" -> "Bel meteen uw arts"
    """
    for texts in pair.texts():
        if not related(pair.language_pair.source, pair.language_pair.target) and copied_source.is_copy(*texts):
            yield "is the text of the source again"


def part_lost(pair: Pair) -> Iterator[str]:
    """A translation is not so short that a part of the text cannot be in it: half of it, or a sentence.

    A question may become part of a sentence: "Do you have a fever? Call us" is "Call us if you have a fever".

    Bad:  "Call your doctor at once. Take the leaflet and the box with you when you go." -> "Bel meteen uw arts."
    Good: "Call your doctor at once. Take the leaflet with you." -> "Bel meteen uw arts. Neem de folder mee."
    """
    for before, after in pair.texts():
        length, found = _length(before, pair.language_pair.source), _length(after, pair.language_pair.target)
        counts = [sum(not one.endswith("?") for one in each) for each in pair.sentences(before, after)]
        if length >= LONG and found < length * SHORTEST:
            yield "is less than half as long as the source: is a part of it lost?"
        elif length >= LONG and found < length * SHORTER and counts[1] < counts[0]:
            yield f"has {counts[1]} sentences where the source has {counts[0]}, and is shorter: is one lost?"


def fuzzy(pair: Pair) -> Iterator[str]:
    """No translation is fuzzy: a fuzzy one was made for another text and is never printed.

    Bad:  #, fuzzy
    Good: the flag is gone, because a person compared the two texts
    """
    if pair.entry and pair.entry.text and pair.entry.fuzzy:
        yield "is fuzzy, so it is not printed"


def emphasis_differs(pair: Pair) -> Iterator[str]:
    """What is emphasised in the source is emphasised in the translation, and as often.

    Bad:  "Do **not** bend" -> "Buig niet"
    Good: "Do **not** bend" -> "Buig **niet**"
    """
    for texts in pair.texts():
        before, after = (_emphasis(text) for text in texts)
        if before != after:
            yield (
                f"has emphasis {after[0]} and strong emphasis {after[1]} times,"
                f" the source {before[0]} and {before[1]} times"
            )


def code_differs(pair: Pair) -> Iterator[str]:
    """What is set as code is the same in every language.

    Bad:  "Press `OK`" -> "Druk op `Goed`"
    Good: "Press `OK`" -> "Druk op `OK`"
    """
    for texts in pair.texts():
        before, after = (Counter(CODE.findall(text)) for text in texts)
        if before != after:
            lost = ", ".join(sorted((before - after) or (after - before)))
            yield f"has other code than the source: {lost!r}"


def markup_differs(pair: Pair) -> Iterator[str]:
    """Links, marks and raised or lowered text are there as often as in the source; their order is free.

    Bad:  "See [the notes][a] and [the list][b]" -> "Zie [de noten][a] en [de lijst][a]"
    Good: "See [the notes][a] and [the list][b]" -> "Zie [de lijst][b] en [de noten][a]"
    """
    for before, after in pair.facts():
        own = (
            Counter({mark: count for mark, count in one.marks.items() if mark[0] not in "*`"})
            for one in (before, after)
        )
        yield from _differences(*own)


def address_differs(pair: Pair) -> Iterator[str]:
    """Telephone numbers, links, e-mail addresses and citation keys are the same in every language.

    Bad:  "Call 0800-0113" -> "Bel 0800-0131"
    Good: "Call 0800-0113" -> "Bel 0800 0113"
    """
    for before, after in pair.facts():
        yield from _differences(before.addresses, after.addresses)


def bidi_stray(pair: Pair) -> Iterator[str]:
    r"""No invisible character forces the direction of a text: figures would show in another order.

    Bad:  "Take 12 mg" -> "Neem \u202e12 mg"
    Good: "Take 12 mg" -> "Neem 12 mg"
    """
    for before, after in pair.facts():
        for char in sorted(after.bidi_controls - before.bidi_controls):
            yield f"has the invisible character U+{ord(char):04X}, which changes the direction of the text"


def _length(text: str, language: str) -> float:
    """Return how many letters *text* would have in English; a Chinese or Japanese character stands for three.

    A letter of the Ethiopic script is a consonant with its vowel, and stands for two.
    """
    letters = "".join(copied_source.WORDS.findall(text))
    return (len(letters) + 2 * len(DENSE.findall(letters)) + len(SYLLABLES.findall(letters))) / (
        load_lexicon(language).length or 1
    )


def _differences(before: Counter[str], after: Counter[str]) -> Iterator[str]:
    for lost in sorted(before - after):
        yield f"lacks {lost}"
    for new in sorted(after - before):
        yield f"has {new}, which the source has not{' so often' if new in before else ''}"


def _emphasis(text: str) -> tuple[int, int]:
    """Return how often *text* has emphasis and strong emphasis; four stars are a strong one twice."""
    runs = [len(run) for run in STARS.findall(CODE.sub("x", ESCAPED.sub("x", text)))]
    return sum(length % 2 for length in runs) // 2, sum(length // 2 for length in runs) // 2
