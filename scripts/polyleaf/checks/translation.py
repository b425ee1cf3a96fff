"""Questions to the translator: what a message has and its translation has not, or the other way round."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from polyleaf.catalogs import Entry
    from polyleaf.model import Unit

STARS = re.compile(r"(?<=\S)\*+|\*+(?=\S)")
ESCAPED = re.compile(r"\\.")
CODE = re.compile(r"(?<!\\)`([^`]+)`")


@dataclass(frozen=True, slots=True)
class Pair:
    """A unit and what the catalogue of one language says of it (nothing: it is not in there)."""

    unit: Unit
    entry: Entry | None


def missing(pair: Pair) -> Iterator[str]:
    """Every text is translated.

    Bad:  msgid "Knee", msgstr ""
    Good: msgid "Knee", msgstr "Knie"
    """
    if pair.entry is None:
        yield "is not in the catalogue: run `polyleaf update`"
    elif not pair.entry.text:
        yield "is not translated"


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
    if not _printable(pair):
        return
    before, after = (_emphasis(text) for text in _texts(pair))
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
    if not _printable(pair):
        return
    before, after = (Counter(CODE.findall(text)) for text in _texts(pair))
    if before != after:
        lost = ", ".join(sorted((before - after) or (after - before)))
        yield f"has other code than the source: {lost}"


def _emphasis(text: str) -> tuple[int, int]:
    """Return how often *text* has emphasis and strong emphasis; a run of three stars opens or closes both."""
    runs = [len(run) for run in STARS.findall(CODE.sub("x", ESCAPED.sub("x", text)))]
    return sum(length % 2 for length in runs) // 2, sum(length > 1 for length in runs) // 2


def _printable(pair: Pair) -> bool:
    return pair.entry is not None and bool(pair.entry.text) and not pair.entry.fuzzy


def _texts(pair: Pair) -> tuple[str, str]:
    return pair.unit.message, pair.entry.text if pair.entry else ""
