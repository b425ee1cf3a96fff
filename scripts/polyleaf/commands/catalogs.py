"""The catalogues brought up to the sources."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from polyleaf import catalogs
from polyleaf.project.snapshot import Reading, Wish, catalogue, languages, read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from polyleaf.workspace import Workspace


def extract(workspace: Workspace, leaflets: Sequence[str]) -> dict[PurePosixPath, bytes]:
    """Return the template of each leaflet as it is to be, for the workspace to save or to compare."""
    return templates(workspace, read(workspace, leaflets))


def update(workspace: Workspace, wish: Wish) -> dict[PurePosixPath, bytes]:
    """Return the template of each leaflet and the catalogue of each language, as they are to be.

    The language of the sources has templates alone.
    """
    reading = read(workspace, wish.leaflets)
    known = reading.project.languages if wish.languages else reading.project.targets
    chosen = [code for code in languages(wish, known) if code != reading.project.source_language]
    return updated(workspace, reading, chosen, {})


def updated(
    workspace: Workspace, reading: Reading, chosen: Sequence[str], edited: Mapping[PurePosixPath, bytes]
) -> dict[PurePosixPath, bytes]:
    """Return the template of each leaflet and its catalogue in each language of *chosen*, as they are to be.

    A catalogue starts from what *edited* has under its path, else from what is in the project.
    """
    pots = templates(workspace, reading)
    files = dict(pots)
    for path, pot in pots.items():
        for language in chosen:
            po = catalogue(path.stem, language)
            files[po] = catalogs.update(pot, edited.get(po) or workspace.read(po), language, str(po))
    return files


def templates(workspace: Workspace, reading: Reading) -> dict[PurePosixPath, bytes]:
    """Return the template of each leaflet that was read, by its path."""
    files = {}
    for document, found in zip(reading.documents, reading.units, strict=True):
        path = PurePosixPath("locales") / f"{document.leaflet}.pot"
        language = reading.project.source_language
        files[path] = catalogs.template(document.leaflet, found, language, workspace.now(), workspace.read(path))
    return files
