"""How the checks are asked: each of a table, about every document or every pair of message and translation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from polyleaf import sources
from polyleaf.checks import source
from polyleaf.checks.translation import Guide, Pair
from polyleaf.checks.words import words
from polyleaf.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from polyleaf.catalogs import Catalog
    from polyleaf.model import Document, Unit

    Check = Callable[[Any], Iterator[Any]]
    Table = Mapping[str, tuple[Check, Severity]]

SHOWN = 60
"""How much of a message a finding shows."""


def to_author(checks: Table, document: Document) -> Iterator[Finding]:
    """Yield what those of *checks* that are for authors find in *document*."""
    for name, (function, severity) in checks.items():
        if _is_for_author(function):
            for needle, fact in function(document):
                yield Finding(name, f"{document.path}:{sources.line_of(document.text, needle)}", fact, severity)


def to_translator(checks: Table, units: Iterable[Unit], catalog: Catalog, guide: Guide) -> Iterator[Finding]:
    """Yield what those of *checks* that are for translators find in what *catalog* has for *units*."""
    for unit in {unit.key: unit for unit in units}.values():
        pair = Pair(unit, catalog.entries.get(unit.key), guide)
        for name, (function, severity) in checks.items():
            if not _is_for_author(function):
                for fact in function(pair):
                    yield Finding(name, catalog.place(unit), f"{unit.message[:SHOWN]!r} {fact}", severity)


def unworded(languages: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each of *languages* whose words the checks do not know."""
    fact = "the checks know no words of this language: they compare figures and addresses, not units or negations"
    for code in languages:
        if not words(code).known:
            yield Finding("words", code, fact, Severity.WARNING, f"Write scripts/polyleaf/checks/words/{code}.toml.")


def _is_for_author(check: Check) -> bool:
    return check.__module__ == source.__name__
