"""The proof that finished files can be made again: the same build in another world, compared byte by byte."""

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
"""They tell of all files that are there, also of those that were not made now."""

REPORT = "Keep both manifests and report this: the same texts should give the same bytes."
INPUTS = "Make it again with the same fonts and versions; `manifest.json` has them."


def verify(workspace: Workspace, selection: Selection) -> tuple[int, list[Finding]]:
    """Make what *workspace* has published for *wish* again, elsewhere; return how many files, and those that differ.

    The second build has a private folder with nothing but what the first one read, and another hash seed, time zone,
    locale, umask and number of processes. Raises RenderError when it cannot be made.
    """
    made = sorted(path for path in workspace.outputs if path not in OURS)
    if not made:
        return 0, []
    with workspace.again(_words(selection)) as (other, again):
        pair = tuple(manifest.read(one.built(MANIFEST)) for one in (workspace, other))
        names = sorted({*made, *again} - set(OURS))
        return len(made), [finding for path in names for finding in _compared(workspace, other, path, pair)]


def _words(selection: Selection) -> list[str]:
    """Return the words on the command line that say what *wish* does."""
    options = [("-l", selection.languages), ("-f", selection.formats)]
    named = [word for option, values in options for value in values for word in (option, value)]
    return [*named, *(["--release"] if selection.release else []), "--", *selection.leaflets]


def _compared(
    workspace: Workspace, other: Workspace, path: PurePosixPath, entries: tuple[Entries, ...]
) -> Iterator[Finding]:
    one, two = workspace.built(path), other.built(path)
    location = Location(str(next(iter(workspace.published([path])), path)))
    if one is None or two is None:
        which = "first" if one is None else "second"
        yield Finding("verify", location, f"the {which} build did not make this file", Severity.ERROR, REPORT)
        return
    told, again = (found.get(str(path), {}) for found in entries)
    differ = diff.inputs(told, again)
    if one != two:
        fact = f"made again, this file differs {diff.part(path.suffix, one, two)}"
        why = f"; its manifests differ in {differ}" if differ else "; all that the manifest tells of it is the same"
        yield Finding("verify", location, fact + why, Severity.ERROR, INPUTS if differ else REPORT)
    elif differ:
        fact = f"made again, this file is the same, but its manifests differ in {differ}"
        yield Finding("verify", location, fact, Severity.ERROR, REPORT)
