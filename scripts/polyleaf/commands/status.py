"""State of every leaflet in every language: what is translated, what was found, who has signed, its review date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from polyleaf import paths, release, tree, units
from polyleaf.commands.failures import Report, run_and_report
from polyleaf.commands.quality_gate import collect_findings
from polyleaf.localize import LocalizationJob
from polyleaf.model import Finding, Severity
from polyleaf.project.candidate import load_candidate
from polyleaf.project.selection import EVERYTHING, Selection
from polyleaf.project.snapshot import Snapshot, load_jobs, read, read_theme, select_languages
from polyleaf.reports import status_page
from polyleaf.reports.status_page import Amounts, Overview, State
from polyleaf.workspace import Workspace

if TYPE_CHECKING:
    from polyleaf.commands.quality_gate import Findings

KINDS = ("translated", "fuzzy", "missing")
"""What a text can be in a language."""

SOON = 90
"""How many days before its review date a leaflet is due: time to read it again and to have it signed."""


def status(workspace: Workspace, selection: Selection = EVERYTHING, report: Report | None = None) -> list[State]:
    """Return the state of each leaflet of *selection* in each language, the language of the sources first.

    It counts translations, findings and sign-offs as they are in the project now; nothing is written. With *report*,
    which is called with each error of a leaflet that cannot be read, the others are there without it. Raises a
    PolyleafError without it, and for a project that cannot be read.
    """
    return run_and_report(workspace, selection, partial(_list_states, workspace), report)


def _list_states(workspace: Workspace, selection: Selection) -> list[State]:
    snapshot = read(workspace, selection.leaflets)
    work = load_jobs(workspace, snapshot, select_languages(selection, snapshot.project.languages))
    return [_state(workspace, snapshot, edition) for edition in collect_findings(workspace, snapshot, work)]


def write_page(workspace: Workspace, selection: Selection, report: Report) -> list[PurePosixPath]:
    """Write the status page, with links to the review sheets that are there; return its path as a person finds it.

    *report* is called with each error of a leaflet that cannot be read; they are on the page as well.
    """
    errors: list[Finding] = []
    states = status(workspace, selection, errors.append)
    for error in errors:
        report(error)
    review_sheets = {}
    for state in states:
        path = paths.review_sheet(state.leaflet, state.language, ".html")
        if workspace.published([path]):
            review_sheets[state.leaflet, state.language] = str(path.relative_to(paths.REVIEW))
    source = workspace.project().source_language
    theme = read_theme(workspace)
    overview = Overview(states, errors, review_sheets)
    page = status_page.make(overview, source, workspace.today(), theme)
    return workspace.publish({page.path: page.content})


def _state(workspace: Workspace, snapshot: Snapshot, edition: Findings) -> State:
    job = edition.job
    candidate, plain = load_candidate(workspace, snapshot, job), job.document.front.plain
    valid, early = candidate.valid_signoffs(job.language), len(candidate.early_signoffs(job.language))
    severities = Counter(finding.severity for finding in edition.open)
    return State(
        leaflet=job.document.leaflet,
        title=tree.plain(job.document.front.texts["title"]),
        language=job.language,
        amounts=_amounts(job, snapshot),
        errors=severities[Severity.ERROR],
        warnings=severities[Severity.WARNING],
        acknowledged=len(edition.acknowledged),
        acknowledged_errors=sum(finding.severity is Severity.ERROR for finding in edition.acknowledged),
        acknowledged_safety=len(edition.acknowledged_safety),
        version=plain.get("version", ""),
        status=plain.get("status", "draft"),
        printed=candidate.status,
        date=plain.get("date", ""),
        review_by=plain.get("review-by", ""),
        review=_review(plain, candidate.today),
        signatures=valid,
        stale_signatures=sum(signoff.language == job.language for signoff in candidate.signoffs) - len(valid) - early,
        early_signatures=early,
        releasable=not edition.blocking() and not list(release.refusals(candidate)),
    )


def _amounts(job: LocalizationJob, snapshot: Snapshot) -> Amounts:
    cut = zip(snapshot.documents, snapshot.units, strict=True)
    messages = units.deduplicate(
        job.units or next(its_units for document, its_units in cut if document is job.document)
    )
    states = [(job.catalog.state(unit) if job.catalog else "translated", unit) for unit in messages]
    texts = {name: [unit for state, unit in states if state == name] for name in KINDS}
    words = {name: sum(len(unit.message.split()) for unit in texts[name]) for name in KINDS}
    return Amounts(
        units=len(messages),
        translated=len(texts["translated"]),
        fuzzy=len(texts["fuzzy"]),
        missing=len(texts["missing"]),
        words=sum(words.values()),
        words_translated=words["translated"],
        words_fuzzy=words["fuzzy"],
        words_missing=words["missing"],
        safety=sum(unit.safety for unit in messages),
        safety_translated=sum(unit.safety for unit in texts["translated"]),
    )


def _review(plain: Mapping[str, str], today: date) -> str:
    if "review-by" not in plain:
        return ""
    days = (date.fromisoformat(plain["review-by"]) - today).days
    return "past" if days < 0 else "due" if days <= SOON else "later"
