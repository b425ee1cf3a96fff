"""JSON of the commands, field by field: each is described by `assets/schemas/COMMAND.schema.json`.

The version is that of the schema: it is one higher when a field is added, goes or means something else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from polyleaf.model import Finding, Location

if TYPE_CHECKING:
    from polyleaf.checks.coverage import Coverage
    from polyleaf.commands.import_ import Report
    from polyleaf.commands.readability import Ease, Row
    from polyleaf.reports.status_page import State

VERSIONS = {"check": 2, "readability": 2, "status": 3}
"""The version of what a command prints, where it is not 1."""

AMOUNTS: tuple[str, ...] = ("units", "translated", "fuzzy", "missing", "safety", "safety_translated")
AMOUNTS += ("words", "words_translated", "words_fuzzy", "words_missing")
STATE: tuple[str, ...] = ("leaflet", "title", "language", "errors", "warnings", "acknowledged", "acknowledged_errors")
STATE += ("acknowledged_safety", "version", "status", "printed", "date", "review_by", "review", "stale_signatures")
STATE += ("early_signatures", "releasable")
UNSEEN = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def format_json(value: Mapping[str, object]) -> str:
    """Return *value* as JSON (RFC 8259): letters of all scripts as they are, what nobody sees escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return UNSEEN.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


def format_findings(findings: Sequence[Finding], coverage: Sequence[Coverage] = ()) -> str:
    """Return the output of `check`; *coverage* is that of the languages that were checked."""
    return _format("check", findings=[_finding(finding) for finding in findings], coverage=list(map(_cover, coverage)))


def format_states(states: Sequence[State], coverage: Sequence[Coverage], errors: Sequence[Finding]) -> str:
    """Return the output of `status`: *states*, the *coverage* of their languages, *errors* of what cannot be read."""
    rows = {"states": [_state(state) for state in states], "coverage": list(map(_cover, coverage))}
    return _format("status", **rows, unreadable=list(map(_unreadable, errors)))


def _cover(coverage: Coverage) -> dict[str, object]:
    facts = {"not_compared": list(coverage.not_compared), "reviewed": coverage.is_reviewed}
    return {"language": coverage.language, **facts, "message": coverage.sentence}


def format_readability(texts: Sequence[Ease], errors: Sequence[Finding]) -> str:
    """Return the output of `readability`: the figures of *texts*, and *errors* of leaflets that cannot be read."""
    rows = [
        {
            "leaflet": text.leaflet,
            "language": text.language,
            "words": text.words,
            "sentences": text.sentences,
            "figures": [_figure(row) for row in text.rows],
            "obstacle": text.obstacle,
        }
        for text in texts
    ]
    return _format("readability", texts=rows, unreadable=list(map(_unreadable, errors)))


def format_import(report: Report) -> str:
    """Return the output of `import`."""
    return _format(
        "import",
        leaflet=report.leaflet,
        language=report.language,
        file=report.file,
        aligned=report.aligned,
        kept=report.kept,
        unmatched=[
            {"location": _location(Location.parse(text.location)), "message": text.message, "perhaps": text.perhaps}
            for text in report.unmatched
        ],
        leftovers=[{"number": text.number, "heading": text.heading, "text": text.text} for text in report.leftovers],
        differences=[{"kind": row.kind, "source": row.source, "document": row.document} for row in report.differences],
        warnings=list(report.warnings),
        written=list(report.written),
    )


def _format(command: str, **values: object) -> str:
    return format_json({"polyleaf": command, "version": VERSIONS.get(command, 1), **values})


def _finding(finding: Finding) -> dict[str, object]:
    location = _location(finding.location)
    text = {"message": finding.message, "hint": finding.hint}
    pair = {"source": finding.unit.message if finding.unit else None, "translation": finding.translation}
    return {"check": finding.check, "severity": str(finding.severity), "location": location, **text, **pair}


def _unreadable(error: Finding) -> dict[str, object]:
    return {"location": _location(error.location), "message": error.message, "hint": error.hint}


def _location(location: Location) -> dict[str, object]:
    return {"path": location.path, "line": location.line}


def _state(state: State) -> dict[str, object]:
    amounts = {name: getattr(state.amounts, name) for name in AMOUNTS}
    signatures = [{"role": by.role, "name": by.name, "date": by.date} for by in state.signatures]
    return {**{name: getattr(state, name) for name in STATE}, "amounts": amounts, "signatures": signatures}


def _figure(row: Row) -> dict[str, object]:
    figures = {"raw": row.raw, "masked": row.masked, "warn": row.warn, "fail": row.fail}
    return {"name": row.name, "title": row.title, **figures, "result": None if row.result is None else str(row.result)}
