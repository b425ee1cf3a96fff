"""Removal of old outputs: those that the project made and makes no more, or makes otherwise now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath

from polyleaf import languages, paths
from polyleaf.commands.failures import run_on_usable
from polyleaf.formats.registry import FORMATS
from polyleaf.model import Finding, Severity
from polyleaf.project.candidate import read_all
from polyleaf.project.selection import EVERYTHING, Selection
from polyleaf.project.snapshot import load_jobs, read
from polyleaf.provenance import manifest, staleness
from polyleaf.provenance.staleness import CurrentEditions
from polyleaf.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Cleaning:
    """Old outputs in the build folder: those to be *removed*, and those that are *left*, each with the reason.

    *paths* are those of the removed ones, relative to the build folder. *errors* say which leaflets cannot be read:
    their outputs are in neither.
    """

    paths: tuple[PurePosixPath, ...]
    removed: tuple[Finding, ...]
    left: tuple[Finding, ...]
    errors: tuple[Finding, ...] = ()


def clean(workspace: Workspace, *, is_trial: bool = False) -> Cleaning:
    """Remove the outputs in the build folder that are old, and say what was removed and what was left.

    Removed is what `manifest.json` says that a build made, when its bytes are still the same, and its inputs have
    changed or its leaflet or language is gone. Left are old files that somebody changed, and files at the paths of
    outputs of which the manifest does not tell. A trial removes nothing. Raises RenderError when a file cannot be
    removed, and a PolyleafError when no leaflet can be read: what the project makes must be known.
    """
    run = partial(_clean, workspace, is_trial=is_trial)
    cleaning, errors = run_on_usable(workspace, EVERYTHING, run, partial(read_all, workspace))
    return replace(cleaning, errors=tuple(errors))


def _clean(workspace: Workspace, selection: Selection, *, is_trial: bool) -> Cleaning:
    snapshot = read(workspace, selection.leaflets)
    recorded = manifest.read(workspace.built(paths.MANIFEST))
    inputs = staleness.describe_inputs(workspace, snapshot, load_jobs(workspace, snapshot, snapshot.project.languages))
    current = staleness.list_editions(workspace, snapshot.project, inputs)
    old = list(staleness.find_old_outputs(workspace, current, recorded))
    removable = {path: finding for path, finding in old if _is_removable(path, recorded[path], finding)}
    left = [finding for path, finding in old if path not in removable]
    if recorded:
        leaflets = [document.leaflet for document in snapshot.documents]
        left += staleness.find_unrecorded(workspace, snapshot.project.languages, leaflets, current, recorded)
    if removable and not is_trial:
        _remove(workspace, current, recorded, removable)
    return Cleaning(
        tuple(map(PurePosixPath, removable)),
        tuple(removable.values()),
        tuple(replace(finding, severity=Severity.WARNING) for finding in left),
    )


def _is_removable(path: str, entry: manifest.Entry, finding: Finding) -> bool:
    """Tell whether *finding* is about an output that is not needed, at the *path* where a build puts it."""
    language = PurePosixPath(path).parts[0]
    suffix = FORMATS[entry["format"]].suffix if entry["format"] in FORMATS else ""
    is_output = path == str(paths.output(entry["leaflet"], language, suffix))
    return finding.check in staleness.REMOVABLE and is_output and languages.tag(language) == entry["language"]


def _remove(
    workspace: Workspace, current: CurrentEditions, recorded: manifest.Entries, removable: dict[str, Finding]
) -> None:
    """Remove the files *removable*; `SHA256SUMS` lists none of them before the first one goes."""
    kept = {path: entry for path, entry in recorded.items() if path not in removable}
    for entries in (recorded, kept):
        old = [path for path, entry in entries.items() if current.explain(entry)]
        workspace.publish(manifest.write(entries, old))
        if entries is recorded:
            workspace.remove(map(PurePosixPath, removable))
