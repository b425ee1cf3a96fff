"""A leaflet in a language as a candidate for release: its fingerprints, its sign-offs, and when it last changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time

from polyleaf import paths
from polyleaf.errors import collect
from polyleaf.localize import LocalizationJob
from polyleaf.model import UNDATED, Finding, Localized, Location, Severity
from polyleaf.project.selection import Selection
from polyleaf.project.snapshot import Snapshot, load_jobs, read, select_languages
from polyleaf.release import Candidate, signoff_file
from polyleaf.release.fingerprints import compute_fingerprints
from polyleaf.release.signoff_file import SignOff
from polyleaf.workspace import Workspace


def read_all(workspace: Workspace, selection: Selection) -> None:
    """Read what the editions of *selection* are made from; raises SourceError or CatalogError for what is broken."""
    snapshot = read(workspace, selection.leaflets)
    load_jobs(workspace, snapshot, select_languages(selection, snapshot.project.languages))
    collect(lambda document: read_signoffs(workspace, document.leaflet), snapshot.documents)


def read_signoffs(workspace: Workspace, leaflet: str) -> tuple[SignOff, ...]:
    """Return the sign-offs of *leaflet*; raises SourceError when its file of sign-offs is not valid."""
    path = paths.sign_offs(leaflet)
    return signoff_file.read(workspace.read(path), str(path))


def load_candidate(workspace: Workspace, snapshot: Snapshot, job: LocalizationJob) -> Candidate:
    """Return the candidate of *job*; raises SourceError when its file of sign-offs is not valid."""
    organisation = snapshot.theme.organisation
    return Candidate(
        leaflet=job.document.leaflet,
        path=str(job.document.path),
        front=job.document.front,
        language=job.language,
        project=snapshot.project,
        fingerprints=compute_fingerprints(job.document, job.units, job.catalog, snapshot.references, organisation),
        source_fingerprints=compute_fingerprints(job.document, (), None, snapshot.references, organisation),
        signoffs=read_signoffs(workspace, job.document.leaflet),
        today=workspace.today(),
    )


def find_last_change(job: LocalizationJob, candidate: Candidate) -> datetime:
    """Return when the edition of *job* last changed, in UTC; UNDATED at the earliest, and when it has no date.

    It is the latest of the `date` of its front matter, the `PO-Revision-Date` of its catalog, and the dates of the
    sign-offs that count for it, at 00:00 UTC; times of files do not matter.
    """
    days = [candidate.front.plain.get("date", ""), *(sign_off.date for sign_off in candidate.counted_signoffs())]
    moments = [datetime.combine(date.fromisoformat(day), time(), UTC) for day in days if day]
    revised = job.catalog.revised if job.catalog else None
    return max([UNDATED, *moments, *([revised] if revised else [])])


def find_undated(localized: Sequence[Localized]) -> Iterator[Finding]:
    """Yield a warning for each of *localized* without a date, so that `dcterms:modified` of its EPUB is UNDATED."""
    for edition in localized:
        if edition.modified == UNDATED:
            fact = f"no file tells when this leaflet last changed; its e-book says {UNDATED.date().isoformat()}"
            hint = "Add `date: ...` to the front matter, the day on which the text was last changed."
            yield Finding("undated", Location(str(edition.document.path), 1), fact, Severity.WARNING, hint)
