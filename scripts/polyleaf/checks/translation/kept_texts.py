"""Checks of the texts that stay in the language of the source in every edition."""

from __future__ import annotations

from collections.abc import Iterator

from polyleaf.checks.model import Diagnostic, check
from polyleaf.checks.subjects import KeptText
from polyleaf.model import Severity
from polyleaf.quotations import quote


@check(KeptText, Severity.ERROR)
def kept_safety(kept: KeptText) -> Iterator[Diagnostic]:
    """What matters for safety is translated, whatever the source says: a warning, a number, a "not".

    Bad:  "[no more than 3 pills]{translate=no}"
    Good: "no more than 3 pills", and "Look at [Thuisarts]{translate=no}"
    """
    if kept.unit.safety:
        language = kept.language_pair.source
        yield Diagnostic(f"stays in the language {quote(language)} by translate=no ({kept.unit.location})")
