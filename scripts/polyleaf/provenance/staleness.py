"""Stale outputs: those whose entry in the manifest names other inputs than there are now."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from polyleaf import languages
from polyleaf.model import Finding, Location, Severity
from polyleaf.paths import MANIFEST
from polyleaf.project.candidate import load_candidate
from polyleaf.provenance import diff, ledger, manifest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from polyleaf.localize import LocalizationJob
    from polyleaf.project.snapshot import Snapshot
    from polyleaf.workspace import Workspace

    Key = tuple[str, str]
    """A leaflet and a language (BCP 47)."""


def stale(entries: Mapping[str, manifest.Entry], now: Mapping[Key, Mapping[str, Any]]) -> dict[str, str]:
    """Return for each file of *entries* that is made from something else than is there *now*, what that is.

    *now* says of each edition what the manifest would say if it were made now (`made_from`, `status`, `theme` and so
    on); files of editions that it does not have are left alone.
    """
    differences = {}
    for path, entry in sorted(entries.items()):
        difference = diff.inputs(entry, {**entry, **now.get((entry["leaflet"], entry["language"]), {})})
        if difference:
            differences[path] = difference
    return differences


def findings(workspace: Workspace, snapshot: Snapshot, work: Sequence[LocalizationJob]) -> Iterator[Finding]:
    """Yield each file in the build folder that an edition of *work* would not be made as now."""
    entries = manifest.read(workspace.built(MANIFEST))
    made = {(entry["leaflet"], entry["language"]) for entry in entries.values()}
    keys = {(job.document.leaflet, languages.tag(job.language)): job for job in work}
    now = {key: _now(workspace, snapshot, job) for key, job in keys.items() if key in made}
    for path, difference in stale(entries, now).items():
        for where in workspace.published([PurePosixPath(path)]):
            fact = f"this file is not made from what is there now: {difference} changed after it was made"
            yield Finding("stale", Location(str(where)), fact, Severity.WARNING, "Make it again: polyleaf build")


def _now(workspace: Workspace, snapshot: Snapshot, job: LocalizationJob) -> dict[str, Any]:
    candidate = load_candidate(workspace, snapshot, job)
    made_from = ledger.origin(workspace, snapshot, job, candidate)
    return {**ledger.besides(snapshot.project), "made_from": made_from, "status": candidate.status}
