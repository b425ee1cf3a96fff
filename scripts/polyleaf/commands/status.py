"""How every leaflet stands in every language: what is translated, what was found, who has signed, its review date."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from polyleaf import paths, release, tree, units
from polyleaf.commands import findings
from polyleaf.model import Severity
from polyleaf.project.candidate import load_candidate
from polyleaf.project.snapshot import Selection, load_jobs, read, read_theme, select_languages
from polyleaf.reports import status_page as overview

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import PurePosixPath

    from polyleaf.commands.findings import Findings
    from polyleaf.localize import LocalizationJob
    from polyleaf.project.snapshot import Snapshot
    from polyleaf.workspace import Workspace

SOON = 90
"""How many days before its review date a leaflet is due: time to read it again and to have it signed."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A sign-off for exactly the present texts: who, in which role, and the day (ISO 8601)."""

    role: str
    name: str
    date: str


@dataclass(frozen=True, slots=True)
class Amounts:
    """How many texts and words of the source there are, and how many of them are translated, fuzzy and missing.

    *safety* are the texts of the safety class, *safety_translated* those of them that may be printed.
    """

    units: int
    translated: int
    fuzzy: int
    missing: int
    words: int
    words_translated: int
    words_fuzzy: int
    words_missing: int
    safety: int
    safety_translated: int


@dataclass(frozen=True, slots=True)
class State:
    """How one leaflet stands in one language; of the source language every text counts as translated.

    *status* is that of the front matter, *printed* the one that its files show: a draft until it is signed. *review*
    is `past`, `due` (within 90 days), `later` or empty (no date). *releasable*: `build --release` would make it.

    *acknowledged* counts all findings that somebody says are right, *acknowledged_errors* the errors among them, and
    *acknowledged_safety* those of them in texts of the safety class. Of the sign-offs in its file, *stale_signatures*
    are for other texts, and *early_signatures* are dated on a day still to come: neither counts.
    """

    leaflet: str
    title: str
    language: str
    amounts: Amounts
    errors: int
    warnings: int
    acknowledged: int
    acknowledged_errors: int
    acknowledged_safety: int
    version: str
    status: str
    printed: str
    date: str
    review_by: str
    review: str
    signatures: tuple[Signature, ...]
    stale_signatures: int
    early_signatures: int
    releasable: bool


def status(workspace: Workspace, selection: Selection) -> list[State]:
    """Return how each leaflet stands in each language, the language of the sources first."""
    snapshot = read(workspace, selection.leaflets)
    work = load_jobs(workspace, snapshot, select_languages(selection, snapshot.project.languages))
    return [_state(workspace, snapshot, found) for found in findings.survey(workspace, snapshot, work)]


def table(workspace: Workspace, selection: Selection) -> list[PurePosixPath]:
    """Write a page that shows how each leaflet stands in each language; return where it is."""
    rows = [_row(state, _sheet(workspace, state)) for state in status(workspace, selection)]
    page = overview.page(rows, workspace.project().source_language, workspace.today(), read_theme(workspace))
    return workspace.publish({page.path: page.content})


def _sheet(workspace: Workspace, state: State) -> str:
    """Return where the review sheet of *state* is, from the page; empty when nobody has made it."""
    path = paths.review_sheet(state.leaflet, state.language, ".html")
    return str(path.relative_to(paths.REVIEW)) if workspace.published([path]) else ""


def _row(state: State, sheet: str) -> overview.Row:
    return overview.Row(
        leaflet=state.leaflet,
        title=state.title,
        language=state.language,
        version=state.version,
        status=state.status,
        printed=state.printed,
        units=state.amounts.units,
        translated=state.amounts.translated,
        fuzzy=state.amounts.fuzzy,
        missing=state.amounts.missing,
        words=state.amounts.words,
        words_translated=state.amounts.words_translated,
        safety=state.amounts.safety,
        safe=state.amounts.safety_translated,
        errors=state.errors,
        warnings=state.warnings,
        excused=state.acknowledged,
        excused_errors=state.acknowledged_errors,
        excused_safety=state.acknowledged_safety,
        signed=tuple(f"{one.date} · {one.role} · {one.name}" for one in state.signatures),
        stale=state.stale_signatures,
        early=state.early_signatures,
        review_by=state.review_by,
        review=state.review,
        releasable=state.releasable,
        sheet=sheet,
    )


def _state(workspace: Workspace, snapshot: Snapshot, found: Findings) -> State:
    job = found.job
    one, plain = load_candidate(workspace, snapshot, job), job.document.front.plain
    valid, early = one.valid(), len(one.early())
    weights = Counter(finding.severity for finding in found.open)
    return State(
        leaflet=job.document.leaflet,
        title=tree.plain(job.document.front.texts["title"]),
        language=job.language,
        amounts=_amounts(job, snapshot),
        errors=weights[Severity.ERROR],
        warnings=weights[Severity.WARNING],
        acknowledged=len(found.excused),
        acknowledged_errors=sum(answer.severity is Severity.ERROR for answer in found.excused),
        acknowledged_safety=len(found.grave),
        version=plain.get("version", ""),
        status=plain.get("status", "draft"),
        printed=one.status,
        date=plain.get("date", ""),
        review_by=plain.get("review-by", ""),
        review=_review(plain, one.today),
        signatures=tuple(Signature(by.role, by.name, by.date) for by in valid),
        stale_signatures=sum(by.language == job.language for by in one.signoffs) - len(valid) - early,
        early_signatures=early,
        releasable=not found.wrong() and not list(release.refusals(one)),
    )


def _amounts(job: LocalizationJob, snapshot: Snapshot) -> Amounts:
    cut = zip(snapshot.documents, snapshot.units, strict=True)
    found = units.deduplicate(job.units or next(its_units for document, its_units in cut if document is job.document))
    states = [(job.catalog.state(unit) if job.catalog else "translated", unit) for unit in found]
    texts = {name: [unit for state, unit in states if state == name] for name in KINDS}
    words = {name: sum(len(unit.message.split()) for unit in texts[name]) for name in KINDS}
    return Amounts(
        units=len(found),
        translated=len(texts["translated"]),
        fuzzy=len(texts["fuzzy"]),
        missing=len(texts["missing"]),
        words=sum(words.values()),
        words_translated=words["translated"],
        words_fuzzy=words["fuzzy"],
        words_missing=words["missing"],
        safety=sum(unit.safety for unit in found),
        safety_translated=sum(unit.safety for unit in texts["translated"]),
    )


KINDS = ("translated", "fuzzy", "missing")
"""What a text can be in a language."""


def _review(plain: Mapping[str, str], today: date) -> str:
    if "review-by" not in plain:
        return ""
    days = (date.fromisoformat(plain["review-by"]) - today).days
    return "past" if days < 0 else "due" if days <= SOON else "later"
