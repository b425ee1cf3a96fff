"""Verification that a build is reproducible: its outputs made again in another environment, compared byte by byte."""

from __future__ import annotations

from polyleaf.model import Finding, Location, Severity
from polyleaf.paths import CHECKSUMS, MANIFEST
from polyleaf.project.selection import Selection
from polyleaf.provenance import diff, manifest
from polyleaf.workspace import Workspace

RECORDS = (MANIFEST, CHECKSUMS)
"""Outputs that are not compared: they describe all files that are there, also those of earlier builds."""

REPORT = "Keep both manifests and report this: the same texts should give the same bytes."
INPUTS = "Make it again with the same fonts and versions; `manifest.json` has them."


def verify(workspace: Workspace, selection: Selection) -> tuple[int, list[Finding]]:
    """Build again what *workspace* has published of *selection*; return its number of outputs, and those that differ.

    The second build has a folder of its own with nothing but the files that the first one read, and another hash seed,
    time zone, locale, umask and number of processes. Raises RenderError when it fails.
    """
    outputs = set(workspace.outputs).difference(RECORDS)
    if not outputs:
        return 0, []
    findings = []
    with workspace.reproduce(_make_arguments(selection)) as (reproduction, paths):
        first, second = (manifest.read(folder.built(MANIFEST)) for folder in (workspace, reproduction))
        for path in sorted(outputs.union(paths).difference(RECORDS)):
            entries = first.get(str(path), {}), second.get(str(path), {})
            difference = _compare(path.suffix, workspace.built(path), reproduction.built(path), entries)
            if difference:
                location = Location(str(next(iter(workspace.published([path])), path)))
                findings.append(Finding("verify", location, difference[0], Severity.ERROR, difference[1]))
    return len(outputs), findings


def _make_arguments(selection: Selection) -> list[str]:
    """Return the arguments of the command line that stand for *selection*."""
    options = [("-l", selection.languages), ("-f", selection.formats)]
    named = [argument for option, values in options for value in values for argument in (option, value)]
    return [*named, *(["--release"] if selection.release else []), "--", *selection.leaflets]


def _compare(
    suffix: str, first: bytes | None, second: bytes | None, entries: tuple[manifest.Entry, manifest.Entry]
) -> tuple[str, str] | None:
    """Return fact and hint if an output of two builds differs, or its *entries* in their manifests do."""
    if first is None or second is None:
        return f"the {'first' if first is None else 'second'} build did not make this file", REPORT
    inputs = diff.compare_inputs(*entries)
    if first != second:
        fact = f"made again, this file differs {diff.describe_difference(suffix, first, second)}"
        reason = f"its manifests differ in {inputs}" if inputs else "all that the manifest tells of it is the same"
        return f"{fact}; {reason}", INPUTS if inputs else REPORT
    return (f"made again, this file is the same, but its manifests differ in {inputs}", REPORT) if inputs else None
