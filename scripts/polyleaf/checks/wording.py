"""Questions to the translator about words: names of medicines, and the terms a project has agreed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polyleaf.facts import names, terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from polyleaf.checks.translation import Pair


def name_differs(pair: Pair) -> Iterator[str]:
    """A medicine has the same name, spelt as the language does, and no other is named.

    Names are compared in Latin and Cyrillic letters; in Arabic only those of the source are looked for.

    Bad:  "Do you take doxycycline?" -> "Gebruikt u dicloxacilline?"
    Good: "Do you take ciprofloxacin?" -> "Gebruikt u ciprofloxacine?"
    """
    for before, after in pair.facts():
        for name in _lost(before.words, after.words):
            yield f"does not name {name}"
        for name in _lost(after.words, before.words):
            yield f"names {name}, which the source does not"


def _lost(text: str, other: str) -> list[str]:
    found = dict.fromkeys(names.names(text))
    return [name for name in found if names.comparable(name, other) and not names.named(name, other)]


def term_forbidden(pair: Pair) -> Iterator[str]:
    """No word is used that the project's `terms.tsv` has in [brackets].

    Bad:  "bijwerking" is "side effect [adverse event]"; "Dit is een bijwerking" -> "This is an adverse event"
    Good: "bijwerking" is "side effect [adverse event]"; "Dit is een bijwerking" -> "This is a side effect"
    """
    for _, after in pair.facts():
        for term in pair.guide.terms:
            for form in term.forbidden:
                if terms.present(form, after.words):
                    yield f"has {form!r}; agreed is {' or '.join(term.targets[:2])!r}"


def term_missing(pair: Pair) -> Iterator[str]:
    """A term of the source is called what the project's `terms.tsv` says, in any inflection.

    Bad:  "folder" is "leaflet"; "Lees deze folder" -> "Read this text"
    Good: "folder" is "leaflet"; "Lees deze folder" -> "Read this leaflet"
    """
    for before, after in pair.facts():
        for term in pair.guide.terms:
            asked = next((form for form in term.sources if terms.present(form, before.words)), None)
            if asked and term.targets and not any(terms.suggested(form, after.words) for form in term.targets):
                yield f"calls {asked!r} something else than {' or '.join(term.targets[:2])!r}"
