"""Check of whether a translation is in the language of its catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from polyleaf import languages
from polyleaf.checks.model import Diagnostic, check
from polyleaf.checks.subjects import Pair
from polyleaf.facts import extract_facts
from polyleaf.facts.language_identification import find_other_language, find_other_script
from polyleaf.model import Severity


@check(Pair, Severity.WARNING, in_safety=Severity.ERROR)
def language_differs(pair: Pair) -> Iterator[Diagnostic]:
    """A translation is in the language and the script of its catalogue, in every sentence.

    Names, addresses, quotations and what a project keeps as it is are in any language.

    Bad:  "Call your doctor. Take the leaflet with you." -> "Bel uw arts. Take the leaflet with you."
    Good: "Call your doctor. Take the leaflet with you." -> "Bel uw arts. Neem de folder mee."
    """
    target = pair.language_pair.target
    for before, after in pair.texts():
        source = extract_facts(before, pair.language_pair.source).text
        for sentence in pair.sentences(before, after)[1] or (after,):
            text = _without_kept(extract_facts(sentence, target).text, pair.language_pair.kept)
            script = find_other_script(text, source, target)
            language = "" if script else find_other_language(text, pair.language_pair.source, target)
            if script:
                yield Diagnostic(f"is in {script.title()} letters: “{text}”")
            elif language:
                yield Diagnostic(f"seems to be in {languages.name(language, 'en')}: “{text}”")


def _without_kept(text: str, kept: tuple[str, ...]) -> str:
    """Return the folded *text* without the names that a project keeps as they are."""
    for name in kept:
        text = text.replace(name.casefold(), " ")
    return text
