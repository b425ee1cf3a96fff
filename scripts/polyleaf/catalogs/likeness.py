"""Which old message is so like a new one that its translation may be offered: never one with other facts in it."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Iterable

    from polyleaf.catalogs.po import Entry

THRESHOLD = 75.0
"""How like two messages must be, of 100, for the old translation to be offered as fuzzy."""

NO_LENGTH_BEYOND = 1.5
"""A message this many times longer or shorter than another is not the same text with a change in it."""

FACT = re.compile(
    r"\d+(?:[.,:]\d+)*|[\u00bc-\u00be\u2150-\u215e]|[<>≤≥%‰±°]|n['’]t\b|(?<![^\W\d_])(?:"
    r"niet|geen|nooit|zonder|tenzij|nergens|niemand|niets|noch|not|no|never|without|unless|none|cannot|nor"
    r"|meer|minder|hoger|lager|minstens|minimaal|maximaal|hoogstens|hooguit|voor|na|tot|vanaf|binnen"
    r"|more|less|fewer|higher|lower|least|most|minimum|maximum|before|after|until|from|within"
    r"|één|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|halve?|dubbele?|een-?maal|twee-?maal|drie-?maal"
    r"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|double|once|twice"
    r"|mg|microgram|mcg|[µμ]g|g|gram|kg|ml|dl|l|liter|mmol|ie|iu|cm|mm|m|uur|uren|dag|dagen|week|weken|maand|maanden"
    r"|jaar|jaren|hours?|days?|weeks?|months?|years?|minutes?|minuut|minuten|keer|times"
    r")(?!\w)"
)
"""Numbers, number words, negations, comparisons and units, in the languages that sources are written in."""


OWN = re.compile(r"meta:\w+|(?:alt|title)(?=:|\Z)")
"""The contexts that polyleaf gives by itself: a title is not offered for a sentence. Those of authors come and go."""


class Spare:
    """Old entries, by what must be the same in two messages for one translation to be offered for the other."""

    def __init__(self, entries: Iterable[Entry], translated: Iterable[Entry] = ()) -> None:
        """Take the facts out of each of *entries* once; one of *translated* is offered for its very text alone."""
        self._entries: defaultdict[tuple[str, ...], list[Entry]] = defaultdict(list)
        for entry in entries:
            self._entries[_facts(entry)].append(entry)
        self._twins = {(_kind(entry), entry.msgid): entry for entry in translated}

    def nearest(self, entry: Entry) -> Entry | None:
        """Return the entry with the most similar message, None when none is like it or its facts differ."""
        twin = self._twins.get((_kind(entry), entry.msgid))
        if twin:
            return twin
        near = [other for other in self._entries.get(_facts(entry), ()) if _as_long(entry.msgid, other.msgid)]
        texts = [other.msgid for other in near]
        best = process.extractOne(entry.msgid, texts, scorer=fuzz.ratio, score_cutoff=THRESHOLD)
        return near[best[2]] if best else None


def _facts(entry: Entry) -> tuple[str, ...]:
    """Return the context and the facts in their order: `2 times 3` is not `3 times 2`."""
    return _kind(entry), *FACT.findall(entry.msgid.casefold())


def _kind(entry: Entry) -> str:
    own = OWN.match(entry.msgctxt or "")
    return own.group() if own else ""


def _as_long(one: str, other: str) -> bool:
    lengths = sorted((len(one) + 1, len(other) + 1))
    return lengths[1] <= lengths[0] * NO_LENGTH_BEYOND
