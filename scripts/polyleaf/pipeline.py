"""The whole press on one page: what each command does, and the tables of formats and checks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from polyleaf import catalogs, editions, localize, sources, templates, units, workers
from polyleaf.checks import amounts, cautions, questions, wording
from polyleaf.checks import source as of_source
from polyleaf.checks import translation as of_translation
from polyleaf.checks.facts import terms
from polyleaf.errors import CommandError, RenderError, offer
from polyleaf.formats import epub, html, layout, pdf
from polyleaf.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from polyleaf.catalogs import Catalog
    from polyleaf.config import Project
    from polyleaf.model import Artifact, Document, Edition, Localized, Manuscript, Unit
    from polyleaf.sources import Reference
    from polyleaf.workspace import Workspace

FORMATS: Mapping[str, Callable[[Edition], Artifact]] = {
    "pdf": pdf.render,
    "epub": epub.render,
    "html": html.render,
}
"""What makes each format, the slowest first, so that several processes end at about the same time."""

LAID_OUT = ("pdf", "epub")
"""The formats for which pages are laid out: worth a process of their own."""

CHECKS: Mapping[str, tuple[Callable[[Any], Iterator[Any]], Severity]] = {
    "heading_skipped": (of_source.heading_skipped, Severity.ERROR),
    "heading_empty": (of_source.heading_empty, Severity.ERROR),
    "figure_named_by_caption": (of_source.figure_named_by_caption, Severity.WARNING),
    "block_not_made": (of_source.block_not_made, Severity.ERROR),
    "table_without_caption": (of_source.table_without_caption, Severity.WARNING),
    "dose_unsafe": (of_source.dose_unsafe, Severity.WARNING),
    "missing": (of_translation.missing, Severity.WARNING),
    "fuzzy": (of_translation.fuzzy, Severity.WARNING),
    "emphasis_differs": (of_translation.emphasis_differs, Severity.WARNING),
    "code_differs": (of_translation.code_differs, Severity.ERROR),
    "markup_differs": (of_translation.markup_differs, Severity.ERROR),
    "address_differs": (of_translation.address_differs, Severity.ERROR),
    "bidi_stray": (of_translation.bidi_stray, Severity.ERROR),
    "number_differs": (amounts.number_differs, Severity.ERROR),
    "number_order": (amounts.number_order, Severity.WARNING),
    "unit_differs": (amounts.unit_differs, Severity.ERROR),
    "limit_differs": (cautions.limit_differs, Severity.WARNING),
    "negation_differs": (cautions.negation_differs, Severity.WARNING),
    "direction_differs": (cautions.direction_differs, Severity.WARNING),
    "name_differs": (wording.name_differs, Severity.ERROR),
    "term_forbidden": (wording.term_forbidden, Severity.WARNING),
    "term_missing": (wording.term_missing, Severity.WARNING),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for: leaflets, languages and formats by name; nothing named means all."""

    leaflets: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """How far the translation of one leaflet into one language is, in units and in words of the source."""

    leaflet: str
    language: str
    units: int
    translated: int
    fuzzy: int
    missing: int
    words: int
    words_translated: int


@dataclass(frozen=True)
class Reading:
    """What was read: the project, its leaflets, and the bibliography."""

    project: Project
    manuscripts: tuple[Manuscript, ...]
    documents: tuple[Document, ...]
    references: Mapping[str, Reference]

    @cached_property
    def units(self) -> list[tuple[Unit, ...]]:
        """The units of each leaflet; who makes only the language of the sources never asks for them."""
        return units.cut(self.documents)


def read(workspace: Workspace, leaflets: Sequence[str]) -> Reading:
    """Return the project and the *leaflets* named (all when none is), screened."""
    project = workspace.project()
    manuscripts = workspace.manuscripts(leaflets, tuple(sources.READERS))
    content = workspace.references()
    references = sources.references(content, "source/references.json") if content is not None else {}
    documents = sources.read(manuscripts, project.source_language)
    sources.screen(documents, references)
    whole = [sources.with_pictures(one, workspace.pictures(sources.pictures(one))) for one in documents]
    return Reading(project, tuple(manuscripts), tuple(whole), references)


def extract(workspace: Workspace, leaflets: Sequence[str]) -> list[PurePosixPath]:
    """Write the template of each leaflet; return those that changed."""
    return workspace.save(_templates(workspace, read(workspace, leaflets)))


def update(workspace: Workspace, wish: Wish) -> list[PurePosixPath]:
    """Write the template of each leaflet and the catalogue of each language; return those that changed."""
    reading = read(workspace, wish.leaflets)
    pots = _templates(workspace, reading)
    files = dict(pots)
    for path, pot in pots.items():
        for language in _languages(wish, reading.project.targets):
            po = _catalogue(path.stem, language)
            files[po] = catalogs.update(pot, workspace.read(po), language, str(po))
    return workspace.save(files)


def build(
    workspace: Workspace,
    wish: Wish,
    done: Callable[[PurePosixPath], None],
    planned: Callable[[int], None] = lambda _count: None,
) -> list[Finding]:
    """Make the files that are wished for; call *done* with each when its edition is whole and in its place.

    *planned* is told how many there will be as soon as that is known. Returns what somebody should know of
    them. An edition that fails leaves its earlier files as they are.
    """
    project = workspace.project()
    chosen = _languages(wish, project.languages)
    formats = [name for name in FORMATS if name in (wish.formats or project.formats)]
    tasks = len(LAID_OUT) * len(chosen) if set(formats) & set(LAID_OUT) else 1
    findings = _unlabelled(chosen)
    with workers.crew(tasks, layout.warm) as submit:
        reading = read(workspace, wish.leaflets)
        planned(len(reading.manuscripts) * len(chosen) * len(formats))
        changed = {one.leaflet: workspace.changed(one) for one in reading.manuscripts}
        desk = editions.Desk(project, reading.references, changed)
        rendered: list[list[Callable[[], Artifact]]] = []
        for language in sorted(chosen, key=lambda code: code != project.source_language):
            localized = localize.localize(_jobs(workspace, reading, [language]))
            findings += [finding for one in localized for finding in _incomplete(one, project)]
            made = editions.make(localized, desk)
            rendered += [[submit(_render, name, edition) for name in formats] for edition in made]
        for claims in rendered:
            artifacts = [claim() for claim in claims]
            for path in workspace.publish({artifact.path: artifact.content for artifact in artifacts}):
                done(path)
    return findings


def status(workspace: Workspace, wish: Wish) -> list[State]:
    """Return how far the translation of each leaflet into each language is."""
    reading = read(workspace, wish.leaflets)
    chosen = _languages(wish, reading.project.targets)
    return [_state(job) for job in _jobs(workspace, reading, chosen)]


def check(workspace: Workspace, wish: Wish) -> list[Finding]:
    """Return what the checks find in the sources and the translations, sorted by place."""
    reading = read(workspace, wish.leaflets)
    jobs = _jobs(workspace, reading, _languages(wish, reading.project.targets))
    found = [finding for document in reading.documents for finding in questions.to_author(CHECKS, document)]
    for job in jobs:
        if job.catalog:
            guide = _guide(workspace, reading.project, job.language)
            found += questions.to_translator(CHECKS, job.units, job.catalog, guide)
    found += questions.unworded(dict.fromkeys([reading.project.source_language, *(job.language for job in jobs)]))
    found += [Finding("mark", where, fact, Severity.ERROR, "Repair it there.") for where, fact in localize.faults(jobs)]
    return sorted(found, key=_by_place)


def described() -> list[tuple[str, str, str]]:
    """Return name, severity and description of every check."""
    return [(name, str(severity), _doc(function)) for name, (function, severity) in CHECKS.items()]


def _templates(workspace: Workspace, reading: Reading) -> dict[PurePosixPath, bytes]:
    files = {}
    for document, found in zip(reading.documents, reading.units, strict=True):
        path = PurePosixPath("locales") / f"{document.leaflet}.pot"
        language = reading.project.source_language
        files[path] = catalogs.template(document.leaflet, found, language, workspace.now(), workspace.read(path))
    return files


def _catalogue(leaflet: str, language: str) -> PurePosixPath:
    return PurePosixPath("locales") / language / "LC_MESSAGES" / f"{leaflet}.po"


def _languages(wish: Wish, known: Sequence[str]) -> tuple[str, ...]:
    for language in wish.languages:
        if language not in known:
            fact = f"there is no language {language!r} in [tool.polyleaf] languages"
            raise CommandError(fact, hint=offer(language, known))
    return tuple(dict.fromkeys(wish.languages)) or tuple(known)


def _jobs(workspace: Workspace, reading: Reading, languages: Sequence[str]) -> list[localize.Job]:
    jobs: list[localize.Job] = []
    for language in languages:
        if language == reading.project.source_language:
            jobs += [localize.Job(document, (), language) for document in reading.documents]
        else:
            found = [_load(workspace, document, language) for document in reading.documents]
            rows = zip(reading.documents, reading.units, found, strict=True)
            jobs += [localize.Job(document, its_units, language, catalog) for document, its_units, catalog in rows]
    return jobs


def _load(workspace: Workspace, document: Document, language: str) -> Catalog:
    path = _catalogue(document.leaflet, language)
    content = workspace.read(path)
    return catalogs.Catalog(str(path), {}) if content is None else catalogs.read(content, language, str(path))


def _render(name: str, edition: Edition) -> Artifact:
    try:
        return FORMATS[name](edition)
    except RenderError as error:
        fact = f"{edition.leaflet} in {edition.language} as {name}: {error.message}"
        raise RenderError(fact, hint=error.hint) from error


def _incomplete(localized: Localized, project: Project) -> Iterator[Finding]:
    if localized.missing:
        count, language = len(localized.missing), localized.document.language
        where = str(_catalogue(localized.document.leaflet, language))
        fact = (
            f"{count} texts are not translated; they stand in the leaflet in {project.source_language}, marked as such"
        )
        yield Finding("missing", where, fact, Severity.WARNING, "`polyleaf check` lists them.")


def _unlabelled(languages: Sequence[str]) -> list[Finding]:
    fact = "the theme has no labels in this language; they are in English"
    return [
        Finding("labels", language, fact, Severity.WARNING)
        for language in languages
        if not templates.has_labels(language)
    ]


def _guide(workspace: Workspace, project: Project, language: str) -> of_translation.Guide:
    content = workspace.read(PurePosixPath("locales") / language / "terms.tsv") or b""
    return of_translation.Guide(project.source_language, language, terms.read(content.decode("utf-8", "replace")))


def _state(job: localize.Job) -> State:
    entries = job.catalog.entries if job.catalog else {}
    found = {unit.key: unit for unit in job.units}
    translated = [unit for key, unit in found.items() if job.catalog and job.catalog.translation(unit)]
    fuzzy = [key for key in found if key in entries and entries[key].fuzzy and entries[key].text]
    return State(
        leaflet=job.document.leaflet,
        language=job.language,
        units=len(found),
        translated=len(translated),
        fuzzy=len(fuzzy),
        missing=len(found) - len(translated) - len(fuzzy),
        words=sum(len(unit.message.split()) for unit in found.values()),
        words_translated=sum(len(unit.message.split()) for unit in translated),
    )


def _by_place(finding: Finding) -> tuple[str, int, str]:
    path, _, line = finding.where.rpartition(":")
    return (path, int(line), finding.check) if line.isdigit() else (finding.where, 0, finding.check)


def _doc(function: Callable[..., object]) -> str:
    return (function.__doc__ or "").strip()
