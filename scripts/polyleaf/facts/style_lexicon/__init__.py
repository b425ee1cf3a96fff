"""Style lexicon: the words that make a text hard, stiff or vague in a language, from `<language>.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from polyleaf.facts.lexicon import PhraseMatcher, fold, read_table


@dataclass(frozen=True, slots=True)
class StyleLexicon:
    """What is known of the style of one language; without a file for it every kind is empty.

    *abbreviations* give the words in their place, *dotted* are all abbreviations with a dot, folded, and *closing*
    those of them that may end a sentence; titles and units never do. *spelt* are abbreviations in capitals that
    everybody knows better than their words. *formal* and *jargon* give plain words. *polite* and *familiar* are the two
    ways to address a reader; a form with a capital is meant with it. *vague* are the words of links that say nothing,
    *pending* words that stand where something is still to come, *doses* signs that are misread beside an amount, with
    the words in their place.
    """

    abbreviations: PhraseMatcher
    dotted: frozenset[str]
    closing: frozenset[str]
    spelt: frozenset[str]
    formal: PhraseMatcher
    jargon: PhraseMatcher
    polite: tuple[str, ...]
    familiar: tuple[str, ...]
    vague: frozenset[str]
    pending: PhraseMatcher
    doses: Mapping[str, str]

    def is_abbreviation(self, word: str) -> bool:
        """Tell whether *word*, which ends in a dot, is an abbreviation."""
        return word.casefold() in self.dotted

    def may_end_sentence(self, word: str) -> bool:
        """Tell whether the abbreviation *word* may end a sentence with its dot."""
        return word.casefold() in self.closing


@cache
def load_style_lexicon(language: str) -> StyleLexicon:
    """Return the style lexicon of *language*, a gettext code; `pt_BR` falls back on `pt`."""
    table = read_table(__name__, language)
    address = table.get("address", {})

    def matcher(kind: str) -> PhraseMatcher:
        return PhraseMatcher({fold(form, language): meaning for form, meaning in table.get(kind, {}).items()})

    def folded(kind: str) -> frozenset[str]:
        return frozenset(form.casefold() for form in table.get(kind, []))

    return StyleLexicon(
        abbreviations=matcher("abbreviations"),
        dotted=folded("abbreviations") | folded("never") | folded("closing"),
        closing=folded("closing"),
        spelt=frozenset(table.get("spelt", [])),
        formal=matcher("formal"),
        jargon=matcher("jargon"),
        polite=tuple(address.get("polite", [])),
        familiar=tuple(address.get("familiar", [])),
        vague=folded("vague"),
        pending=PhraseMatcher({fold(form, language): form for form in table.get("pending", [])}),
        doses=table.get("doses", {}),
    )
