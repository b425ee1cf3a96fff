"""A leaflet in a language with all that decides whether it may be printed as finished."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polyleaf import paths
from polyleaf.release import Candidate, fingerprints, signoffs

if TYPE_CHECKING:
    from polyleaf.localize import Job
    from polyleaf.project.snapshot import Snapshot
    from polyleaf.workspace import Workspace


def candidate(workspace: Workspace, snapshot: Snapshot, job: Job) -> Candidate:
    """Return the leaflet of *job* in its language with its fingerprints and with the sign-offs of its file."""
    where, organisation = paths.sign_offs(job.document.leaflet), snapshot.theme.organisation
    original = fingerprints.of(job.document, (), None, snapshot.references, organisation)
    return Candidate(
        leaflet=job.document.leaflet,
        where=str(job.document.path),
        front=job.document.front,
        language=job.language,
        project=snapshot.project,
        prints=fingerprints.of(job.document, job.units, job.catalog, snapshot.references, organisation),
        original=original,
        signoffs=signoffs.read(workspace.read(where), str(where)),
        today=workspace.today(),
    )
