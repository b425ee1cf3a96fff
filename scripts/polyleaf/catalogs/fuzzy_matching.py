"""Which old message is so like a new one that its translation may be offered: never one with other facts in it."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from polyleaf.facts import facts
from polyleaf.facts import medicines as names
from polyleaf.facts.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from polyleaf.catalogs.po import Entry
    from polyleaf.facts import Facts

THRESHOLD = 75.0
"""How like two messages must be, of 100, for the old translation to be offered as fuzzy."""

NO_LENGTH_BEYOND = 1.5
"""A message this many times longer or shorter than another is not the same text with a change in it."""

WORD = re.compile(r"\w+")


OWN = re.compile(r"meta:\w+|(?:alt|title)(?=:|\Z)")
"""The contexts that polyleaf gives by itself: a title is not offered for a sentence. Those of authors come and go."""


class TranslationMemory:
    """Old entries, by what must be the same in two messages for one translation to be offered for the other."""

    def __init__(self, entries: Iterable[Entry], language: str, translated: Iterable[Entry] = ()) -> None:
        """Take the facts out of each of *entries*, whose messages are in *language*, once.

        One of *translated* is offered for its very text alone.
        """
        self._language = language
        self._entries: defaultdict[Hashable, list[Entry]] = defaultdict(list)
        for entry in entries:
            self._entries[said(entry.msgctxt, entry.msgid, language)].append(entry)
        self._twins = {(_kind(entry.msgctxt), entry.msgid): entry for entry in translated}

    def nearest(self, context: str | None, message: str) -> Entry | None:
        """Return the entry with the most similar message, None when none is like it or its facts differ."""
        twin = self._twins.get((_kind(context), message))
        if twin:
            return twin
        same = self._entries.get(said(context, message, self._language), ())
        near = [other for other in same if _as_long(message, other.msgid)]
        texts = [other.msgid for other in near]
        best = process.extractOne(message, texts, scorer=fuzz.ratio, score_cutoff=THRESHOLD)
        return near[best[2]] if best else None


def said(context: str | None, message: str, language: str) -> Hashable:
    """Return the context and all that *message* says: numbers, limits, negations, directions, addresses, medicines.

    Numbers keep their order: `2 times 3` is not `3 times 2`. Of a language whose negations are not known, a message
    is like another only when they have the same words.
    """
    told = facts(message, language)
    rest: Hashable = _small_words(told)
    if not words(language).known:
        rest = tuple(sorted(word.casefold() for word in WORD.findall(message)))
    medicines = tuple(sorted(names.names(told.words)))
    return _kind(context), _amounts(told), tuple(sorted(told.addresses.items())), medicines, rest


def _amounts(told: Facts) -> Hashable:
    numbers = tuple((number.measure(), number.ordinal) for number in told.numbers if number.weight)
    clocks = tuple(clock.minutes for clock in told.clocks)
    return numbers, clocks, tuple(str(day) for day in told.dates), tuple(sorted(told.rates.items()))


def _small_words(told: Facts) -> Hashable:
    limits = (*sorted(told.limits.items()), *sorted(told.bounds.items()))
    return told.negations, limits, tuple(sorted(told.directions.items()))


def _kind(context: str | None) -> str:
    own = OWN.match(context or "")
    return own.group() if own else ""


def _as_long(one: str, other: str) -> bool:
    lengths = sorted((len(one) + 1, len(other) + 1))
    return lengths[1] <= lengths[0] * NO_LENGTH_BEYOND
