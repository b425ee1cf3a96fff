"""Reproduction of a build: the outputs made again in another environment and compared byte by byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polyleaf.model import Finding, Location, Severity
from polyleaf.paths import CHECKSUMS, MANIFEST
from polyleaf.provenance import diff, manifest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePosixPath

    from polyleaf.project.snapshot import Selection
    from polyleaf.workspace import Workspace

    Entries = dict[str, manifest.Entry]

OURS = (MANIFEST, CHECKSUMS)
"""Outputs that are not compared: they describe all files that are there, also those of earlier builds."""

REPORT = "Keep both manifests and report this: the same texts should give the same bytes."
INPUTS = "Make it again with the same fonts and versions; `manifest.json` has them."


def verify(workspace: Workspace, selection: Selection) -> tuple[int, list[Finding]]:
    """Make again what *workspace* has published of *selection*; return the number of files, and what differs.

    The second build has a private folder with nothing but what the first one read, and another hash seed, time zone,
    locale, umask and number of processes. Raises RenderError when it cannot be made.
    """
    outputs = sorted(path for path in workspace.outputs if path not in OURS)
    if not outputs:
        return 0, []
    with workspace.again(_arguments(selection)) as (second, second_outputs):
        manifests = manifest.read(workspace.built(MANIFEST)), manifest.read(second.built(MANIFEST))
        names = sorted({*outputs, *second_outputs} - set(OURS))
        findings = [finding for path in names for finding in _compare(workspace, second, path, manifests)]
        return len(outputs), findings


def _arguments(selection: Selection) -> list[str]:
    """Return the arguments of the command line for *selection*."""
    options = [("-l", selection.languages), ("-f", selection.formats)]
    named = [word for option, values in options for value in values for word in (option, value)]
    return [*named, *(["--release"] if selection.release else []), "--", *selection.leaflets]


def _compare(
    workspace: Workspace, second: Workspace, path: PurePosixPath, manifests: tuple[Entries, Entries]
) -> Iterator[Finding]:
    before, after = workspace.built(path), second.built(path)
    location = Location(str(next(iter(workspace.published([path])), path)))
    if before is None or after is None:
        which = "first" if before is None else "second"
        yield Finding("verify", location, f"the {which} build did not make this file", Severity.ERROR, REPORT)
        return
    old, new = (entries.get(str(path), {}) for entries in manifests)
    differ = diff.inputs(old, new)
    if before != after:
        fact = f"made again, this file differs {diff.part(path.suffix, before, after)}"
        why = f"; its manifests differ in {differ}" if differ else "; all that the manifest tells of it is the same"
        yield Finding("verify", location, fact + why, Severity.ERROR, INPUTS if differ else REPORT)
    elif differ:
        fact = f"made again, this file is the same, but its manifests differ in {differ}"
        yield Finding("verify", location, fact, Severity.ERROR, REPORT)
