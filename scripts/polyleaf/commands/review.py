"""Review sheets: made of a snapshot and the findings in its translations, and published beside the leaflets."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from polyleaf import workers
from polyleaf.catalogs.po import Key
from polyleaf.commands.failures import run_on_usable
from polyleaf.commands.quality_gate import GONE, collect_findings
from polyleaf.errors import CommandError
from polyleaf.formats.pdf import layout
from polyleaf.localize import LocalizationJob
from polyleaf.model import Artifact, Finding
from polyleaf.project.candidate import load_candidate, read_all
from polyleaf.project.selection import Selection
from polyleaf.project.snapshot import Snapshot, load_jobs, read, select_targets
from polyleaf.reports import review_sheet as sheets
from polyleaf.reports.review_sheet import ReviewSheet, SheetHeader
from polyleaf.reports.segments import ShownFinding, show_finding, show_segment_finding
from polyleaf.workspace import Workspace

if TYPE_CHECKING:
    from polyleaf.commands.quality_gate import Findings


def review(workspace: Workspace, selection: Selection, done: Callable[[PurePosixPath], None]) -> list[Finding]:
    """Make the selected sheets, one for each leaflet and language; call *done* with the path of each one published.

    Returns the errors of leaflets that cannot be read. Raises CommandError in a project that translates into no
    language, and a PolyleafError when no leaflet can be read.
    """
    run = partial(_review, workspace, done=done)
    return run_on_usable(workspace, selection, run, partial(read_all, workspace))[1]


def _review(workspace: Workspace, selection: Selection, done: Callable[[PurePosixPath], None]) -> None:
    project = workspace.project()
    if not project.targets:
        hint = 'Add one to languages in pyproject.toml, such as languages = ["nl", "en"].'
        raise CommandError("there is no translation to review", hint=hint)
    chosen = select_targets(selection, project)
    formats = [name for name in sheets.RENDERERS if name in selection.formats or not selection.formats]
    with workers.process_pool(len(chosen) if "pdf" in formats else 1, layout.load_libraries) as submit:
        review_sheets = _make_sheets(workspace, read(workspace, selection.leaflets), chosen)
        claims = [[submit(_render, name, sheet) for name in formats] for sheet in review_sheets]
        for claim in claims:
            artifacts = [rendered() for rendered in claim]
            for path in workspace.publish({artifact.path: artifact.content for artifact in artifacts}):
                done(path)


def _render(name: str, sheet: ReviewSheet) -> Artifact:
    return sheets.RENDERERS[name](sheet)


def _make_sheets(workspace: Workspace, snapshot: Snapshot, chosen: Sequence[str]) -> list[ReviewSheet]:
    source = snapshot.project.source_language
    review_sheets = []
    for findings in collect_findings(workspace, snapshot, load_jobs(workspace, snapshot, chosen)):
        sheet = sheets.make(findings.job, source, _shown(findings), _about(workspace, snapshot, findings.job))
        review_sheets.append(replace(sheet, theme=snapshot.theme))
    return review_sheets


def _shown(findings: Findings) -> dict[Key, list[ShownFinding]]:
    """Return by context and message the findings in texts, under `sheets.LEAFLET` those about the leaflet."""
    job = findings.job
    shown: defaultdict[Key, list[ShownFinding]] = defaultdict(list)
    entries = job.catalog.entries if job.catalog else {}
    keys = {job.catalog.location(unit): unit.key for unit in job.units if job.catalog and unit.key in entries}
    for finding in dict.fromkeys(findings.texts):
        shown[keys.get(str(finding.location), sheets.LEAFLET)].append(show_finding(finding))
    for finding in (*findings.translations, *findings.acknowledged):
        if finding.unit and finding.check not in GONE:
            shown[finding.unit.key].append(show_segment_finding(finding))
    return shown


def _about(workspace: Workspace, snapshot: Snapshot, job: LocalizationJob) -> SheetHeader:
    candidate = load_candidate(workspace, snapshot, job)
    return sheets.SheetHeader(
        version=job.document.front.plain.get("version", ""),
        status=candidate.status,
        date=job.catalog.date if job.catalog else "",
        fingerprints=(candidate.fingerprints.source, candidate.fingerprints.translation),
        signed=tuple(
            f"{signoff.date} · {signoff.role} · {signoff.name}" for signoff in candidate.valid_signoffs(job.language)
        ),
        roles=snapshot.project.sign_off_roles,
    )
