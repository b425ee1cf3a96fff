"""What lies in the folder of a project and is not what somebody takes it for: files that are not read, or not used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polyleaf import sources
from polyleaf.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from polyleaf.project.snapshot import Selection
    from polyleaf.workspace import Workspace

RENAME = "If the leaflet has a new name, give this file that name and run `polyleaf update`; if it is gone, delete it."


def stray(workspace: Workspace, selection: Selection) -> list[Finding]:
    """Return a warning for every file that is written like a leaflet and not read, or that belongs to no leaflet.

    Who asks for single leaflets is not told of others.
    """
    return [] if selection.leaflets else sorted([*_unread(workspace), *_orphans(workspace)], key=lambda one: one.where)


def _unread(workspace: Workspace) -> Iterator[Finding]:
    for path in workspace.unread(tuple(sources.READERS)):
        home = path.parents[len(path.parents) - 2] / f"{path.stem}{path.suffix.lower()}"
        hint = f"Move it to {home}, or give it another ending if it is no leaflet."
        yield Finding("source_unread", str(path), "this file is not read", Severity.WARNING, hint)


def _orphans(workspace: Workspace) -> Iterator[Finding]:
    leaflets = {one.leaflet for one in workspace.manuscripts((), tuple(sources.READERS))}
    for path, leaflet in workspace.companions():
        if leaflet not in leaflets:
            fact = f"there is no leaflet {leaflet!r} that this file belongs to"
            yield Finding("file_orphaned", str(path), fact, Severity.WARNING, RENAME)
