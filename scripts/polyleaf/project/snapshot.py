"""Snapshot of a project, as read at one moment; what a selection means in it; files in it that are not read."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from polyleaf import catalogs, localize, paths, sources, units
from polyleaf.catalogs import Catalog
from polyleaf.config import Project
from polyleaf.errors import CommandError, ConfigError, SourceError, collect, offer
from polyleaf.languages import related
from polyleaf.model import Document, Finding, Location, Severity, Theme, Unit
from polyleaf.project.selection import Selection
from polyleaf.quotations import quote
from polyleaf.sources import Reference
from polyleaf.theme import config as themes
from polyleaf.workspace import Workspace

RENAME = "If the leaflet has a new name, give this file that name and run `polyleaf update`; if it is gone, delete it."


@dataclass(frozen=True)
class Snapshot:
    """A project, its leaflets and the bibliography by key, as they were read on the day *today*."""

    project: Project
    documents: tuple[Document, ...]
    references: Mapping[str, Reference]
    today: date
    theme: Theme = field(default_factory=Theme)

    @cached_property
    def units(self) -> list[tuple[Unit, ...]]:
        """The units of each document, extracted on first use: a build in the source language alone needs none."""
        return units.extract_units(self.documents)


def read(workspace: Workspace, leaflets: Sequence[str]) -> Snapshot:
    """Return the project with the *leaflets* named, all when none is, validated.

    Raises ConfigError for settings or a theme, SourceError for sources, that are not valid.
    """
    project = workspace.project()
    theme = read_theme(workspace)
    manuscripts = workspace.manuscripts(leaflets, tuple(sources.READERS))
    content = workspace.references()
    references = sources.load_bibliography(content, str(paths.BIBLIOGRAPHY)) if content is not None else {}
    documents = sources.read_manuscripts(manuscripts, project.source_language)
    sources.validate(documents, references)
    illustrated = collect(
        lambda each: sources.attach_images(each, workspace.pictures(sources.find_images(each))), documents
    )
    return Snapshot(project, tuple(illustrated), references, workspace.today(), theme)


def read_theme(workspace: Workspace) -> Theme:
    """Return the theme of the project, the default when it has none; raises ConfigError when it is not valid."""
    content = workspace.read(paths.THEME)
    if content is None:
        return Theme()
    tables = themes.tables(content)
    try:
        pictures = workspace.pictures(themes.logo(tables))
    except SourceError as error:
        raise ConfigError(error.message, hint=error.hint) from error
    return themes.theme(tables, content, pictures)


def select_targets(selection: Selection, project: Project) -> tuple[str, ...]:
    """Return the selected languages, all that are translated into when none is.

    Raises CommandError for the language of the sources, which has no translation, and for one that is unknown.
    """
    if project.source_language in selection.languages:
        fact = f"{quote(project.source_language)} is the language of the sources: there is no translation into it"
        raise CommandError(fact, hint=f"Choose from: {', '.join(project.targets) or 'nothing yet'}.")
    return select_languages(selection, project.targets)


def select_formats(selection: Selection, project: Project) -> tuple[str, ...]:
    """Return the formats of *selection*, or else those of *project*; raises CommandError for an unknown one."""
    for name in selection.formats:
        if name not in paths.FORMATS:
            raise CommandError(f"{quote(name)} is not a format", hint=offer(name, paths.FORMATS))
    return selection.formats or project.formats


def select_languages(selection: Selection, known: Sequence[str]) -> tuple[str, ...]:
    """Return the selected languages, all of the *known* ones when none is; raises CommandError for another."""
    for language in selection.languages:
        if language not in known:
            fact = f"there is no language {quote(language)} in [tool.polyleaf] languages"
            raise CommandError(fact, hint=offer(language, known))
    return tuple(dict.fromkeys(selection.languages)) or tuple(known)


def load_jobs(workspace: Workspace, snapshot: Snapshot, languages: Sequence[str]) -> list[localize.LocalizationJob]:
    """Return a job for each leaflet in each of *languages*; one in the source language has no units and no catalog.

    Raises CatalogError for all catalogs that cannot be read.
    """

    def load(edition: tuple[str, int]) -> localize.LocalizationJob:
        language, number = edition
        document = snapshot.documents[number]
        if language == snapshot.project.source_language:
            return localize.LocalizationJob(document, (), language)
        catalog = _load_catalog(workspace, document, language)
        return localize.LocalizationJob(document, snapshot.units[number], language, catalog)

    return collect(load, itertools.product(languages, range(len(snapshot.documents))))


def find_stray_files(workspace: Workspace, selection: Selection) -> list[Finding]:
    """Return a warning for every file that looks like a leaflet and is not read, or that belongs to no leaflet.

    There are none when *selection* names single leaflets.
    """
    if selection.leaflets:
        return []
    return sorted([*_find_unread(workspace), *_find_orphans(workspace)], key=lambda finding: finding.location.path)


def _find_unread(workspace: Workspace) -> Iterator[Finding]:
    for path in workspace.unread(tuple(sources.READERS)):
        target = path.parents[len(path.parents) - 2] / f"{path.stem}{path.suffix.lower()}"
        hint = f"Move it to {target}, or give it another ending if it is no leaflet."
        yield Finding("source_unread", Location(str(path)), "this file is not read", Severity.WARNING, hint)


def _find_orphans(workspace: Workspace) -> Iterator[Finding]:
    leaflets = workspace.leaflets(tuple(sources.READERS))
    for path, leaflet in workspace.companions():
        if leaflet not in leaflets:
            fact = f"there is no leaflet {quote(leaflet)} that this file belongs to"
            yield Finding("file_orphaned", Location(str(path)), fact, Severity.WARNING, RENAME)


def _load_catalog(workspace: Workspace, document: Document, language: str) -> Catalog:
    path = paths.catalog(document.leaflet, language)
    content = workspace.read(path)
    catalog = catalogs.Catalog(str(path), {}) if content is None else catalogs.read(content, language, str(path))
    return replace(catalog, dialect=related(document.language, language))
