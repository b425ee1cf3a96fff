"""Questions to the translator about words: names of medicines, and the terms a project has agreed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polyleaf.facts import names, terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from polyleaf.checks.translation import Pair


def name_differs(pair: Pair) -> Iterator[str]:
    """A medicine has the same name, spelt as the language does; names are compared in Latin letters only.

    Bad:  "Do you take doxycycline?" -> "Gebruikt u dicloxacilline?"
    Good: "Do you take ciprofloxacin?" -> "Gebruikt u ciprofloxacine?"
    """
    for before, after in pair.facts():
        if not names.latin(before.words) or not names.latin(after.words):
            continue
        for name in dict.fromkeys(names.names(before.words)):
            if not names.named(name, after.words):
                yield f"does not name {name}"


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
