"""Check of whether each translation stands at its own message, by the meaning of both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from polyleaf import embeddings
from polyleaf.catalogs import WORDS
from polyleaf.checks.model import Diagnostic, check
from polyleaf.checks.subjects import Pair, PairCollection
from polyleaf.facts.markup import parse_markup
from polyleaf.model import Location, Severity
from polyleaf.quotations import quote


@check(PairCollection, Severity.WARNING)
def translation_displaced(collection: PairCollection) -> Iterator[Diagnostic]:
    """A translation is not that of another message of the leaflet: two cells that changed places, a column moved down.

    Asked where the optional `polyleaf[swaps]` is installed, of languages that its model knows.

    Bad:  "Swallow the tablet with water" -> "Bel uw huisarts", "Call your GP" -> "Slik de tablet met water"
    Good: "Swallow the tablet with water" -> "Slik de tablet met water", "Call your GP" -> "Bel uw huisarts"
    """
    if not embeddings.is_available():
        return
    by_catalog: defaultdict[str, list[tuple[Pair, str, str]]] = defaultdict(list)
    for pair in collection.pairs:
        for texts in pair.texts():
            words = [_words(text) for text in texts]
            if _is_known(pair) and all(words) and words[0] != words[1]:
                by_catalog[Location.parse(pair.location).path].append((pair, words[0], words[1]))
    for entries in by_catalog.values():
        yield from _displaced(entries)


def _displaced(entries: list[tuple[Pair, str, str]]) -> Iterator[Diagnostic]:
    pairs, messages, translations = zip(*entries, strict=True)
    for index, owner in embeddings.find_displaced(messages, translations):
        fact = f"has what seems to be the translation of {quote(messages[owner])} ({pairs[owner].location})"
        yield Diagnostic(fact, pairs[index])


def _is_known(pair: Pair) -> bool:
    return all(embeddings.knows(code) for code in (pair.language_pair.source, pair.language_pair.target))


def _words(text: str) -> str:
    """Return *text* without its markup, empty when it has no word: the figures of a table are for other checks."""
    plain = " ".join(parse_markup(text).text.text.split())
    return plain if WORDS.search(plain) else ""
