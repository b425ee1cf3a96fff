"""What every command starts with: the wish of a person, and the project as it was read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from polyleaf import catalogs, localize, paths, sources, units
from polyleaf.errors import CommandError, ConfigError, SourceError, offer
from polyleaf.languages import related
from polyleaf.model import Theme
from polyleaf.theme import config as themes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from polyleaf.catalogs import Catalog
    from polyleaf.config import Project
    from polyleaf.model import Document, Manuscript, Unit
    from polyleaf.sources import Reference
    from polyleaf.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Selection:
    """What somebody asks for: leaflets, languages and formats by name; nothing named means all.

    *release*: only what may be handed out.
    """

    leaflets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    release: bool = False


@dataclass(frozen=True)
class Snapshot:
    """What was read: the project, its leaflets, and the bibliography; *today* is the day on which it was read."""

    project: Project
    manuscripts: tuple[Manuscript, ...]
    documents: tuple[Document, ...]
    references: Mapping[str, Reference]
    today: date
    theme: Theme = field(default_factory=Theme)

    @cached_property
    def units(self) -> list[tuple[Unit, ...]]:
        """The units of each leaflet; who makes only the language of the sources never asks for them."""
        return units.cut(self.documents)


def read(workspace: Workspace, leaflets: Sequence[str]) -> Snapshot:
    """Return the project and the *leaflets* named (all when none is), screened."""
    project = workspace.project()
    look = theme(workspace)
    manuscripts = workspace.manuscripts(leaflets, tuple(sources.READERS))
    content = workspace.references()
    references = sources.references(content, str(paths.BIBLIOGRAPHY)) if content is not None else {}
    documents = sources.read(manuscripts, project.source_language)
    sources.screen(documents, references)
    whole = [sources.with_pictures(one, workspace.pictures(sources.pictures(one))) for one in documents]
    return Snapshot(project, tuple(manuscripts), tuple(whole), references, workspace.today(), look)


def theme(workspace: Workspace) -> Theme:
    """Return the theme of the project, the house's when it has none; raises ConfigError for one that will not do."""
    content = workspace.read(paths.THEME)
    if content is None:
        return Theme()
    tables = themes.tables(content)
    try:
        pictures = workspace.pictures(themes.logo(tables))
    except SourceError as error:
        raise ConfigError(error.message, hint=error.hint) from error
    return themes.theme(tables, content, pictures)


def targets(selection: Selection, project: Project) -> tuple[str, ...]:
    """Return the languages wished for, all that are translated into when none is.

    Raises CommandError for the language of the sources, which has no translation, and for one that is unknown.
    """
    if project.source_language in selection.languages:
        fact = f"{project.source_language!r} is the language of the sources: there is no translation into it"
        raise CommandError(fact, hint=f"Choose from: {', '.join(project.targets) or 'nothing yet'}.")
    return languages(selection, project.targets)


def languages(selection: Selection, known: Sequence[str]) -> tuple[str, ...]:
    """Return the languages wished for, all of the *known* ones when none is; raises CommandError for another."""
    for language in selection.languages:
        if language not in known:
            fact = f"there is no language {language!r} in [tool.polyleaf] languages"
            raise CommandError(fact, hint=offer(language, known))
    return tuple(dict.fromkeys(selection.languages)) or tuple(known)


def jobs(workspace: Workspace, snapshot: Snapshot, languages: Sequence[str]) -> list[localize.Job]:
    """Return every leaflet in each of *languages* with what its catalogue has."""
    made: list[localize.Job] = []
    for language in languages:
        if language == snapshot.project.source_language:
            made += [localize.Job(document, (), language) for document in snapshot.documents]
        else:
            found = [_load(workspace, document, language) for document in snapshot.documents]
            rows = zip(snapshot.documents, snapshot.units, found, strict=True)
            made += [localize.Job(document, its_units, language, catalog) for document, its_units, catalog in rows]
    return made


def _load(workspace: Workspace, document: Document, language: str) -> Catalog:
    path = paths.catalog(document.leaflet, language)
    content = workspace.read(path)
    catalog = catalogs.Catalog(str(path), {}) if content is None else catalogs.read(content, language, str(path))
    return replace(catalog, dialect=related(document.language, language))
