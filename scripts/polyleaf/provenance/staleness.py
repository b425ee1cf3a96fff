"""Stale outputs: those whose entry in the manifest has other inputs than the project has now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from polyleaf import languages
from polyleaf.localize import LocalizationJob
from polyleaf.model import Finding, Location, Severity
from polyleaf.paths import MANIFEST
from polyleaf.project.candidate import load_candidate
from polyleaf.project.snapshot import Snapshot
from polyleaf.provenance import diff, ledger, manifest
from polyleaf.workspace import Workspace

Key = tuple[str, str]
"""A leaflet and a language (BCP 47)."""


def find_changed_inputs(
    entries: Mapping[str, manifest.Entry], current: Mapping[Key, Mapping[str, Any]]
) -> dict[str, str]:
    """Return by path, for each output in *entries* with an input that changed, the names of these inputs.

    *current* has for each edition the keys of an entry (`made_from`, `status` and so on) as a build would write them
    now; outputs of editions that are not in it are passed over.
    """
    changes = {
        path: diff.compare_inputs(entry, {**entry, **current.get((entry["leaflet"], entry["language"]), {})})
        for path, entry in sorted(entries.items())
    }
    return {path: names for path, names in changes.items() if names}


def find_stale(workspace: Workspace, snapshot: Snapshot, jobs: Sequence[LocalizationJob]) -> Iterator[Finding]:
    """Yield a warning for each output in the build folder of the editions of *jobs* that has an input that changed."""
    entries = manifest.read(workspace.built(MANIFEST))
    built = {(entry["leaflet"], entry["language"]) for entry in entries.values()}
    keyed = {(job.document.leaflet, languages.tag(job.language)): job for job in jobs}
    current = {key: _describe_edition(workspace, snapshot, job) for key, job in keyed.items() if key in built}
    for path, names in find_changed_inputs(entries, current).items():
        for output in workspace.published([PurePosixPath(path)]):
            fact = f"this file is not made from what is there now: {names} changed after it was made"
            yield Finding("stale", Location(str(output)), fact, Severity.WARNING, "Make it again: polyleaf build")


def _describe_edition(workspace: Workspace, snapshot: Snapshot, job: LocalizationJob) -> dict[str, Any]:
    candidate = load_candidate(workspace, snapshot, job)
    made_from = ledger.digest_inputs(workspace, snapshot, job, candidate)
    return {**ledger.describe_project(snapshot.project), "made_from": made_from, "status": candidate.status}
