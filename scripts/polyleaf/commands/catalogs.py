"""Templates and catalogues brought up to the sources."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import PurePosixPath

from polyleaf import catalogs, paths
from polyleaf.commands.failures import Report, run_and_report
from polyleaf.errors import collect
from polyleaf.project.selection import EVERYTHING, Selection
from polyleaf.project.snapshot import Snapshot, read, select_languages
from polyleaf.workspace import Workspace


def extract(
    workspace: Workspace, selection: Selection = EVERYTHING, report: Report | None = None
) -> dict[PurePosixPath, bytes]:
    """Return the template of each leaflet as it is to be, as `update` does with the catalogues."""

    def run(usable: Selection) -> dict[PurePosixPath, bytes]:
        return templates(workspace, read(workspace, usable.leaflets))

    return run_and_report(workspace, selection, run, report)


def update(
    workspace: Workspace, selection: Selection = EVERYTHING, report: Report | None = None
) -> dict[PurePosixPath, bytes]:
    """Return the template of each leaflet and its catalogue in each language of *selection*, as they are to be.

    They are by path in the project, for `workspace.save`, which writes them, or `workspace.drift`, which says which
    would change; no translation is lost. The language of the sources has templates alone. With *report*, which is
    called with each error of a leaflet that cannot be read, no file of such a leaflet is among them, and the others
    are. Raises a PolyleafError without it, and when there are no others.
    """
    return run_and_report(workspace, selection, partial(_update, workspace), report)


def _update(workspace: Workspace, selection: Selection) -> dict[PurePosixPath, bytes]:
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

    def update_catalog(edition: tuple[PurePosixPath, str]) -> tuple[PurePosixPath, bytes]:
        template, language = edition
        path = paths.catalog(template.stem, language)
        content = edited.get(path) or workspace.read(path)
        return path, catalogs.update(pots[template], content, language, str(path))

    return pots | dict(collect(update_catalog, itertools.product(pots, chosen)))


def templates(workspace: Workspace, snapshot: Snapshot) -> dict[PurePosixPath, bytes]:
    """Return the template of each leaflet that was read, by its path."""
    files = {}
    for document, units in zip(snapshot.documents, snapshot.units, strict=True):
        path = paths.template(document.leaflet)
        language = snapshot.project.source_language
        files[path] = catalogs.make_template(document.leaflet, units, language, workspace.now(), workspace.read(path))
    return files
