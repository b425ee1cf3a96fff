"""Templates and catalogues brought up to the sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from polyleaf import catalogs, paths
from polyleaf.project.snapshot import EVERYTHING, Selection, Snapshot, read, select_languages
from polyleaf.workspace import Workspace


def extract(workspace: Workspace, leaflets: Sequence[str]) -> dict[PurePosixPath, bytes]:
    """Return the template of each leaflet as it is to be, for the workspace to save or to compare."""
    return templates(workspace, read(workspace, leaflets))


def update(workspace: Workspace, selection: Selection = EVERYTHING) -> dict[PurePosixPath, bytes]:
    """Return the template of each leaflet and its catalogue in each language of *selection*, as they are to be.

    They are by path in the project, for `workspace.save`, which writes them, or `workspace.drift`, which says which
    would change; no translation is lost. The language of the sources has templates alone. Raises a PolyleafError for
    a source or a catalogue that cannot be read.
    """
    snapshot = read(workspace, selection.leaflets)
    known = snapshot.project.languages if selection.languages else snapshot.project.targets
    chosen = [code for code in select_languages(selection, known) if code != snapshot.project.source_language]
    return updated(workspace, snapshot, chosen, {})


def updated(
    workspace: Workspace, snapshot: Snapshot, chosen: Sequence[str], edited: Mapping[PurePosixPath, bytes]
) -> dict[PurePosixPath, bytes]:
    """Return the template of each leaflet and its catalogue in each language of *chosen*, as they are to be.

    A catalogue starts from what *edited* has under its path, else from what is in the project.
    """
    pots = templates(workspace, snapshot)
    files = dict(pots)
    for path, pot in pots.items():
        for language in chosen:
            po = paths.catalog(path.stem, language)
            files[po] = catalogs.update(pot, edited.get(po) or workspace.read(po), language, str(po))
    return files


def templates(workspace: Workspace, snapshot: Snapshot) -> dict[PurePosixPath, bytes]:
    """Return the template of each leaflet that was read, by its path."""
    files = {}
    for document, units in zip(snapshot.documents, snapshot.units, strict=True):
        path = paths.template(document.leaflet)
        language = snapshot.project.source_language
        files[path] = catalogs.make_template(document.leaflet, units, language, workspace.now(), workspace.read(path))
    return files
