"""The runner of the checks: it asks each what it is about, and makes findings of what it yields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from polyleaf import sources
from polyleaf.catalogs import Catalog
from polyleaf.checks.coverage import describe_coverage
from polyleaf.checks.model import Check, Diagnostic
from polyleaf.checks.subjects import (
    KeptText,
    LanguagePair,
    LeafletCollection,
    LocalizedText,
    Pair,
    PairCollection,
    SourceText,
)
from polyleaf.facts.lexicon import load_lexicon
from polyleaf.facts.spans import find_spans
from polyleaf.model import Finding, Location, Severity, Unit
from polyleaf.units import deduplicate

if TYPE_CHECKING:
    from polyleaf.inspection.html import HtmlDocument
    from polyleaf.inspection.pdf import PdfDocument
    from polyleaf.inspection.text_flow import Outputs

    Checks = Mapping[str, Check[Any]]

QUOTED = 60
"""How many characters of a text a finding quotes, if there is no fact in the rest."""

DECISIVE = frozenset(("number", "limit", "negation"))
"""The kinds of facts that are never cut off."""

ACKNOWLEDGE = "If it is right all the same: polyleaf acknowledge {location} {check} --by NAME --reason WHY"


def check_source(checks: Checks, source: SourceText) -> Iterator[Finding]:
    """Yield what those of *checks* that are for authors find in *source*."""
    document = source.document
    for check, diagnostic in _ask(checks, source):
        at = diagnostic.at
        line = at if isinstance(at, int) else sources.find_line(document.text, str(at))
        yield Finding(check.name, Location(str(document.path), line), diagnostic.fact, check.severity, diagnostic.hint)


def check_collection(checks: Checks, collection: LeafletCollection, path: str) -> Iterator[Finding]:
    """Yield what those of *checks* that look at all leaflets together find in the bibliography, the file *path*."""
    for check, diagnostic in _ask(checks, collection):
        location = Location(path, sources.find_line(collection.text, str(diagnostic.at)))
        yield Finding(check.name, location, diagnostic.fact, check.severity)


def check_text(checks: Checks, localized: LocalizedText) -> list[Finding]:
    """Return, each once, what those of *checks* that read texts find in *localized*, acknowledged or not.

    Findings of which a person may say that they are right have the unit that they are about.
    """
    findings = (_of_text(check, localized, diagnostic) for check, diagnostic in _ask(checks, localized))
    return list(dict.fromkeys(findings))


def make_pairs(units: Iterable[Unit], catalog: Catalog, language_pair: LanguagePair) -> list[Pair]:
    """Return every message of *units* once, with what *catalog* has for it; of safety when it stands so anywhere."""
    entries = catalog.entries
    return [Pair(unit, entries.get(unit.key), language_pair, catalog.location(unit)) for unit in deduplicate(units)]


def check_pairs(checks: Checks, pairs: Iterable[Pair]) -> Iterator[Finding]:
    """Yield what those of *checks* that look at one pair find in each of *pairs*, acknowledged or not."""
    for pair in pairs:
        for check, diagnostic in _ask(checks, pair):
            yield _of_pair(check, pair, diagnostic)


def check_kept_texts(checks: Checks, texts: Iterable[KeptText]) -> Iterator[Finding]:
    """Yield what those of *checks* that look at kept texts find in each of *texts*, acknowledged or not."""
    for kept in texts:
        location = Location(kept.catalog.path, 1)
        for check, diagnostic in _ask(checks, kept):
            yield Finding(
                check.name,
                location,
                diagnostic.fact,
                check.severity,
                f"{ACKNOWLEDGE.format(location=location, check=check.name)} --text {kept.unit.location}",
                quote=kept.unit.message,
                unit=kept.unit,
                acknowledged=kept.catalog.acknowledged(kept.unit.key, check.name),
            )


def check_all_pairs(checks: Checks, collection: PairCollection) -> Iterator[Finding]:
    """Yield what those of *checks* that look at all pairs of a language find in *collection*, acknowledged or not."""
    for check, diagnostic in _ask(checks, collection):
        if isinstance(diagnostic.at, Pair):
            yield _of_pair(check, diagnostic.at, diagnostic)


def check_outputs(checks: Checks, outputs: Outputs) -> Iterator[Finding]:
    """Yield what those of *checks* that look at outputs find in *outputs*."""
    documents: list[PdfDocument | HtmlDocument] = [document for document in (outputs.pdf, outputs.html) if document]
    for document in documents:
        for check, diagnostic in _ask(checks, document):
            yield Finding(check.name, Location(document.location), diagnostic.fact, check.severity)
    for check, diagnostic in _ask(checks, outputs):
        yield Finding(check.name, Location(str(diagnostic.at)), diagnostic.fact, check.severity)


def find_unknown_languages(languages: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each of *languages* of which the checks do not know words that they compare."""
    for coverage in describe_coverage(languages):
        if coverage.sentence:
            hint = f"Write scripts/polyleaf/facts/lexicon/{coverage.language}.toml."
            yield Finding("words", Location(coverage.language), coverage.sentence, Severity.WARNING, hint)


def _ask(checks: Checks, subject: object) -> Iterator[tuple[Check[Any], Diagnostic]]:
    for check in checks.values():
        if isinstance(subject, check.subject):
            for diagnostic in check(subject):
                yield check, diagnostic


def _of_text(check: Check[Any], localized: LocalizedText, diagnostic: Diagnostic) -> Finding:
    text, quote = diagnostic.at if isinstance(diagnostic.at, tuple) else (None, "")
    location = Location.parse(text.location) if text else Location(localized.path)
    if text and not text.pair and location.line and location.path == str(localized.document.path):
        line = sources.find_line_after(localized.document.text, quote, location.line)
        location = Location(location.path, line)
    severity = diagnostic.severity or check.severity
    if text and text.pair and check.acknowledgeable:
        return _acknowledgeable(check, text.pair, Finding(check.name, location, diagnostic.fact, severity))
    return Finding(check.name, location, diagnostic.fact, severity)


def _of_pair(check: Check[Any], pair: Pair, diagnostic: Diagnostic) -> Finding:
    location, languages = Location.parse(pair.location), pair.language_pair
    translation = pair.entry.text if pair.entry else ""
    finding = Finding(
        check.name,
        location,
        diagnostic.fact,
        diagnostic.severity or check.weigh(pair.unit),
        quote=shorten(pair.unit.message, languages.source),
        translation_quote=shorten(translation, languages.target),
    )
    return _acknowledgeable(check, pair, finding)


def shorten(text: str, language: str) -> str:
    """Return the beginning of *text*, in *language*, as a finding quotes it: all where a fact is in the rest.

    A fact is a number with its unit, a limit or a negation: whoever decides must see it. Of a language whose words are
    not known nobody can tell, and all is quoted.
    """
    if len(text) <= QUOTED or not load_lexicon(language).known:
        return text
    end = text.rfind(" ", 0, QUOTED)
    end = end if end > 0 else QUOTED
    spans = find_spans(text, language, ordered=False)
    return text if any(span.end > end and span.kind in DECISIVE for span in spans) else f"{text[:end]} …"


def _acknowledgeable(check: Check[Any], pair: Pair, finding: Finding) -> Finding:
    """Return *finding* with the texts that it is about, who has acknowledged it, and how that can be done."""
    entry = pair.entry
    return replace(
        finding,
        hint=ACKNOWLEDGE.format(location=pair.location, check=check.name) if check.acknowledgeable else "",
        unit=pair.unit,
        translation=entry.text if entry else None,
        acknowledged=entry.acknowledged(pair.unit.key, check.name) if entry else None,
    )
