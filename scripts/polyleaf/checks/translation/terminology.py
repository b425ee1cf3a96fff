"""Checks of the words of a translation: names, the terms a project has agreed on, one translation for one text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from polyleaf.checks.model import Diagnostic, check
from polyleaf.checks.subjects import Pair, PairCollection
from polyleaf.facts import medicines, termbase
from polyleaf.facts.lexicon import load_lexicon
from polyleaf.model import Severity
from polyleaf.quotations import quote

LETTER = r"[0-9A-Za-z\u00c0-\u024f]"


@check(Pair, Severity.ERROR)
def name_differs(pair: Pair) -> Iterator[Diagnostic]:
    """A medicine has the same name, spelt as the language does, and no other is named.

    Names are compared in Latin and Cyrillic letters; in Arabic only those of the source are looked for.

    Bad:  "Do you take doxycycline?" -> "Gebruikt u dicloxacilline?"
    Good: "Do you take ciprofloxacin?" -> "Gebruikt u ciprofloxacine?"
    """
    source, target = pair.language_pair.source, pair.language_pair.target
    for before, after in pair.facts():
        for name in _lost((before.text, source), (after.text, target)):
            yield Diagnostic(f"does not name {name}")
        for name in _lost((after.text, target), (before.text, source)):
            yield Diagnostic(f"names {name}, which the source does not")


def _lost(text: tuple[str, str], counterpart: tuple[str, str]) -> list[str]:
    """Return the names in a text that are not in its counterpart; both come with their languages.

    A language without words has nobody's measure of what looks like a name in it.
    """
    names = medicines.find_names(text[0], spelt=not load_lexicon(text[1]).adapted_names)
    return [
        name
        for name in dict.fromkeys(names)
        if medicines.is_comparable(name, *counterpart) and not medicines.is_mentioned(name, counterpart[0])
    ]


@check(Pair, Severity.ERROR)
def name_translated(pair: Pair) -> Iterator[Diagnostic]:
    """What the project's `do_not_translate` names is the same in every language; an ending may stand after it.

    Bad:  "Lareb" is "Lareb"; "Meld het aan Lareb" -> "Report it to the drug safety centre"
    Good: "Lareb" is "Lareb"; "Meld het aan Lareb" -> "Report it to Lareb"
    """
    for before, after in pair.texts():
        for name in pair.language_pair.kept:
            alone = re.compile(rf"(?<!{LETTER}){re.escape(name)}(?!{LETTER})")
            if alone.search(before) and not alone.search(after):
                yield Diagnostic(f"lacks {quote(name)}, which is not translated")


@check(Pair, Severity.WARNING)
def term_forbidden(pair: Pair) -> Iterator[Diagnostic]:
    """No word is used that the project's `terms.tsv` has in [brackets].

    Bad:  "bijwerking" is "side effect [adverse event]"; "Dit is een bijwerking" -> "This is an adverse event"
    Good: "bijwerking" is "side effect [adverse event]"; "Dit is een bijwerking" -> "This is a side effect"
    """
    for _, after in pair.facts():
        for term in pair.language_pair.terms:
            for form in term.forbidden:
                if termbase.present(form, after.text):
                    yield Diagnostic(f"has {quote(form)}; agreed is {quote(' or '.join(term.targets[:2]))}")


@check(Pair, Severity.WARNING)
def term_missing(pair: Pair) -> Iterator[Diagnostic]:
    """A term of the source is called what the project's `terms.tsv` says, in any inflection.

    Bad:  "folder" is "leaflet"; "Lees deze folder" -> "Read this text"
    Good: "folder" is "leaflet"; "Lees deze folder" -> "Read this leaflet"
    """
    for before, after in pair.facts():
        for term in pair.language_pair.terms:
            asked = next((form for form in term.sources if termbase.present(form, before.text)), None)
            is_named = any(termbase.present_inflected(form, after.text) for form in term.targets)
            if asked and term.targets and not is_named:
                yield Diagnostic(f"calls {quote(asked)} something else than {quote(' or '.join(term.targets[:2]))}")


@check(PairCollection, Severity.WARNING)
def translation_differs(collection: PairCollection) -> Iterator[Diagnostic]:
    """One text of the source has one translation, in all leaflets; with another context it is another text.

    Bad:  "Bel uw huisarts" -> "Call your GP" in one leaflet, "Ring your family doctor" in another
    Good: "Bel uw huisarts" -> "Call your GP" in all
    """
    same: defaultdict[tuple[str, str], list[tuple[Pair, str]]] = defaultdict(list)
    for pair in collection.pairs:
        for _, after in pair.texts():
            same[pair.unit.key].append((pair, after))
    for translations in same.values():
        usual, count = Counter(text for _, text in translations).most_common(1)[0]
        if count < len(translations):
            first = next(pair for pair, text in translations if text == usual)
            for pair, text in translations:
                if text != usual:
                    yield Diagnostic(f"is {quote(usual)} in {first.location}", pair)
