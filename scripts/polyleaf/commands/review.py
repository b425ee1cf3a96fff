"""The sheets for people who review translations: from a reading to what is published beside the leaflets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from polyleaf import workers
from polyleaf.commands import check
from polyleaf.commands import findings as surveying
from polyleaf.errors import CommandError
from polyleaf.formats.pdf import layout
from polyleaf.project.candidate import load_candidate
from polyleaf.project.snapshot import Selection, load_jobs, read, select_targets
from polyleaf.reports import review_sheet as sheets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import PurePosixPath

    from polyleaf.catalogs import Key
    from polyleaf.checks.runner import Answer
    from polyleaf.localize import LocalizationJob
    from polyleaf.model import Artifact, Finding
    from polyleaf.project.snapshot import Snapshot
    from polyleaf.reports.review_sheet import ReviewSheet, SheetHeader, ShownFinding
    from polyleaf.workspace import Workspace


def review(workspace: Workspace, selection: Selection, done: Callable[[PurePosixPath], None]) -> None:
    """Make the sheets that are wished for, one for each leaflet and language; call *done* with each in its place.

    Raises CommandError in a project that translates into no language.
    """
    project = workspace.project()
    if not project.targets:
        hint = 'Add one to languages in pyproject.toml, such as languages = ["nl", "en"].'
        raise CommandError("there is no translation to review", hint=hint)
    chosen = select_targets(selection, project)
    formats = [name for name in sheets.RENDERERS if name in selection.formats or not selection.formats]
    with workers.process_pool(len(chosen) if "pdf" in formats else 1, layout.load_libraries) as submit:
        made = _sheets(workspace, read(workspace, selection.leaflets), chosen)
        claims = [[submit(_render, name, sheet) for name in formats] for sheet in made]
        for claim in claims:
            artifacts = [one() for one in claim]
            for path in workspace.publish({artifact.path: artifact.content for artifact in artifacts}):
                done(path)


def _render(name: str, sheet: ReviewSheet) -> Artifact:
    return sheets.RENDERERS[name](sheet)


def _sheets(workspace: Workspace, snapshot: Snapshot, chosen: Sequence[str]) -> list[ReviewSheet]:
    source = snapshot.project.source_language
    made = []
    for found in surveying.survey(workspace, snapshot, load_jobs(workspace, snapshot, chosen)):
        remarks = _remarks(found.job, [*found.answers, *found.excused], dict.fromkeys(found.texts))
        sheet = sheets.make(found.job, source, remarks, _about(workspace, snapshot, found.job))
        made.append(replace(sheet, theme=snapshot.theme))
    return made


def _remarks(
    job: LocalizationJob, answers: Sequence[Answer], findings: Iterable[Finding]
) -> dict[Key, list[ShownFinding]]:
    """Return by context and message the findings in texts of *job*, under `sheets.LEAFLET` those about the leaflet."""
    entries = job.catalog.entries if job.catalog else {}
    keys = {job.catalog.location(unit): unit.key for unit in job.units if job.catalog and unit.key in entries}
    found: dict[Key, list[ShownFinding]] = {}
    for one in findings:
        found.setdefault(keys.get(str(one.location), sheets.LEAFLET), []).append(sheets.show_finding(one))
    for answer in answers:
        if answer.check not in surveying.GONE:
            remark = sheets.show_answer(answer, check.finding(answer).hint)
            found.setdefault(answer.pair.unit.key, []).append(remark)
    return found


def _about(workspace: Workspace, snapshot: Snapshot, job: LocalizationJob) -> SheetHeader:
    candidate = load_candidate(workspace, snapshot, job)
    return sheets.SheetHeader(
        version=job.document.front.plain.get("version", ""),
        status=candidate.status,
        date=job.catalog.date if job.catalog else "",
        fingerprints=(candidate.fingerprints.source, candidate.fingerprints.translation),
        signed=tuple(f"{one.date} · {one.role} · {one.name}" for one in candidate.valid_signoffs(job.language)),
        roles=snapshot.project.sign_off_roles,
    )
