"""The catalogues brought up to the sources."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from polyleaf import catalogs
from polyleaf.pipeline.reading import Reading, Wish, catalogue, languages, read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from polyleaf.workspace import Workspace


def extract(workspace: Workspace, leaflets: Sequence[str]) -> list[PurePosixPath]:
    """Write the template of each leaflet; return those that changed."""
    return workspace.save(templates(workspace, read(workspace, leaflets)))


def update(workspace: Workspace, wish: Wish) -> list[PurePosixPath]:
    """Write the template of each leaflet and the catalogue of each language; return those that changed."""
    reading = read(workspace, wish.leaflets)
    pots = templates(workspace, reading)
    files = dict(pots)
    for path, pot in pots.items():
        for language in languages(wish, reading.project.targets):
            po = catalogue(path.stem, language)
            files[po] = catalogs.update(pot, workspace.read(po), language, str(po))
    return workspace.save(files)


def templates(workspace: Workspace, reading: Reading) -> dict[PurePosixPath, bytes]:
    """Return the template of each leaflet that was read, by its path."""
    files = {}
    for document, found in zip(reading.documents, reading.units, strict=True):
        path = PurePosixPath("locales") / f"{document.leaflet}.pot"
        language = reading.project.source_language
        files[path] = catalogs.template(document.leaflet, found, language, workspace.now(), workspace.read(path))
    return files
