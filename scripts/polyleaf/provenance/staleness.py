"""Which finished files are not made from what is there now, by what the manifest says of them."""

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
    found = {}
    for path, one in sorted(entries.items()):
        differ = diff.inputs(one, {**one, **now.get((one["leaflet"], one["language"]), {})})
        if differ:
            found[path] = differ
    return found


def findings(workspace: Workspace, snapshot: Snapshot, work: Sequence[LocalizationJob]) -> Iterator[Finding]:
    """Yield each file in the build folder that an edition of *work* would not be made as now."""
    entries = manifest.read(workspace.built(MANIFEST))
    made = {(one["leaflet"], one["language"]) for one in entries.values()}
    keys = {(job.document.leaflet, languages.tag(job.language)): job for job in work}
    now = {key: _now(workspace, snapshot, job) for key, job in keys.items() if key in made}
    for path, differ in stale(entries, now).items():
        for where in workspace.published([PurePosixPath(path)]):
            fact = f"this file is not made from what is there now: {differ} changed after it was made"
            yield Finding("stale", Location(str(where)), fact, Severity.WARNING, "Make it again: polyleaf build")


def _now(workspace: Workspace, snapshot: Snapshot, job: LocalizationJob) -> dict[str, Any]:
    candidate = load_candidate(workspace, snapshot, job)
    made_from = ledger.origin(workspace, snapshot, job, candidate)
    return {**ledger.besides(snapshot.project), "made_from": made_from, "status": candidate.status}
