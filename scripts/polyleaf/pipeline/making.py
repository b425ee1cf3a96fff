"""The finished files: from a reading to what is published in the build folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polyleaf import editions, localize, templates, workers
from polyleaf.errors import RenderError
from polyleaf.formats import layout
from polyleaf.model import Finding, Severity
from polyleaf.pipeline.reading import Wish, catalogue, jobs, languages, read
from polyleaf.pipeline.tables import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import PurePosixPath

    from polyleaf.config import Project
    from polyleaf.model import Artifact, Edition, Localized
    from polyleaf.workspace import Workspace

LAID_OUT = ("pdf", "epub")
"""The formats for which pages are laid out: worth a process of their own."""


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
    chosen = languages(wish, project.languages)
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
            localized = localize.localize(jobs(workspace, reading, [language]))
            findings += [finding for one in localized for finding in _incomplete(one, project)]
            made = editions.make(localized, desk)
            rendered += [[submit(_render, name, edition) for name in formats] for edition in made]
        for claims in rendered:
            artifacts = [claim() for claim in claims]
            for path in workspace.publish({artifact.path: artifact.content for artifact in artifacts}):
                done(path)
    return findings


def _render(name: str, edition: Edition) -> Artifact:
    try:
        return FORMATS[name](edition)
    except RenderError as error:
        fact = f"{edition.leaflet} in {edition.language} as {name}: {error.message}"
        raise RenderError(fact, hint=error.hint) from error


def _incomplete(localized: Localized, project: Project) -> Iterator[Finding]:
    if localized.missing:
        count, language = len(localized.missing), localized.document.language
        where = str(catalogue(localized.document.leaflet, language))
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
