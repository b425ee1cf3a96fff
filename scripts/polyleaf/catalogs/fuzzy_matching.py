"""Fuzzy matching of messages: an old translation is offered for a similar new message, unless their facts differ."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable

from rapidfuzz import fuzz, process

from polyleaf.catalogs.po import Entry
from polyleaf.facts import extract_facts, medicines
from polyleaf.facts.lexicon import load_lexicon

THRESHOLD = 75.0
"""The least similarity of two messages, of 100, for the old translation to be offered as fuzzy."""

MAX_LENGTH_RATIO = 1.5
"""A message this many times longer or shorter than another is not the same text with a change in it."""

WORD = re.compile(r"\w+")

OWN_CONTEXT = re.compile(r"meta:\w+|(?:alt|title)(?=:|\Z)")
"""The contexts that polyleaf gives by itself: a title is not offered for a sentence. Those of authors come and go."""


class TranslationMemory:
    """Old entries, grouped by the facts that must be the same for a translation to be offered for another message."""

    def __init__(self, entries: Iterable[Entry], language: str, translated: Iterable[Entry] = ()) -> None:
        """Find the facts of each of *entries*, whose messages are in *language*, once.

        Those of *translated* are offered only for a message with exactly the same text.
        """
        self._language = language
        self._entries: defaultdict[Hashable, list[Entry]] = defaultdict(list)
        for entry in entries:
            self._entries[_fact_key(entry.msgctxt, entry.msgid, language)].append(entry)
        self._exact = {(_own_context(entry.msgctxt), entry.msgid): entry for entry in translated}

    def find(self, context: str | None, message: str) -> Entry | None:
        """Return the entry with the most similar message, None when none is similar or the facts differ."""
        exact = self._exact.get((_own_context(context), message))
        if exact:
            return exact
        same_facts = self._entries.get(_fact_key(context, message, self._language), ())
        candidates = [entry for entry in same_facts if _is_as_long(message, entry.msgid)]
        texts = [entry.msgid for entry in candidates]
        best = process.extractOne(message, texts, scorer=fuzz.ratio, score_cutoff=THRESHOLD)
        return candidates[best[2]] if best else None


def _fact_key(context: str | None, message: str, language: str) -> Hashable:
    """Return the context and all facts of *message*: numbers, limits, negations, directions, addresses, medicines.

    Numbers keep their order: `2 times 3` is not `3 times 2`. In a language whose negations are not known, two messages
    have the same facts only when they have the same words.
    """
    stated = extract_facts(message, language)
    numbers = tuple((number.in_base_unit(), number.ordinal) for number in stated.numbers if number.confidence)
    times = tuple(time.minutes for time in stated.times)
    amounts = numbers, times, tuple(str(day) for day in stated.dates), tuple(sorted(stated.rates.items()))
    limits = stated.limits, tuple(sorted(stated.datetime_limits.items()))
    polarity: Hashable = stated.negations.stated, limits, tuple(sorted(stated.directions.items()))
    if not load_lexicon(language).known:
        polarity = tuple(sorted(word.casefold() for word in WORD.findall(message)))
    names = tuple(sorted(medicines.find_names(stated.text)))
    return _own_context(context), amounts, tuple(sorted(stated.addresses.items())), names, polarity


def _own_context(context: str | None) -> str:
    match = OWN_CONTEXT.match(context or "")
    return match.group() if match else ""


def _is_as_long(first: str, second: str) -> bool:
    shorter, longer = sorted((len(first) + 1, len(second) + 1))
    return longer <= shorter * MAX_LENGTH_RATIO
