"""The words that make a text hard, stiff or vague in a language, from `<language>.toml`: data, no code."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from polyleaf.facts.lexicon import PhraseMatcher, fold

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["StyleLexicon", "load_style_lexicon"]


@dataclass(frozen=True, slots=True)
class StyleLexicon:
    """What is known of the style of one language; without a file for it every kind is empty.

    *abbreviations* are those that have words in their place, *never* those that never end a sentence (titles, units),
    *closing* those that may. *spelt* are abbreviations in capitals that everybody knows better than their words.
    *formal* and *jargon* give plain words. *polite* and *familiar* are the two ways to address a reader; a form with
    a capital is meant with it. *vague* are the words of links that say nothing, *pending* words that stand where
    something is still to come, *doses* signs that are misread beside an amount, with the words in their place.
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
    """Return what is known of the style of *language*, a gettext code; `pt_BR` falls back on `pt`."""
    for name in (language, language.split("_", maxsplit=1)[0]):
        file = resources.files(__name__) / f"{name}.toml"
        if file.is_file():
            return _read(tomllib.loads(file.read_text("utf-8")), language)
    return _read({}, language)


def _read(table: Mapping[str, Any], language: str) -> StyleLexicon:
    def phrases(kind: str) -> PhraseMatcher:
        return PhraseMatcher({fold(form, language): meaning for form, meaning in table.get(kind, {}).items()})

    def folded(kind: str) -> frozenset[str]:
        return frozenset(form.casefold() for form in table.get(kind, []))

    written = frozenset(form.casefold() for form in table.get("abbreviations", {}))
    address = table.get("address", {})
    return StyleLexicon(
        abbreviations=phrases("abbreviations"),
        dotted=written | folded("never") | folded("closing"),
        closing=folded("closing"),
        spelt=frozenset(table.get("spelt", [])),
        formal=phrases("formal"),
        jargon=phrases("jargon"),
        polite=tuple(address.get("polite", [])),
        familiar=tuple(address.get("familiar", [])),
        vague=folded("vague"),
        pending=PhraseMatcher({fold(form, language): form for form in table.get("pending", [])}),
        doses=table.get("doses", {}),
    )
