"""Failures of single leaflets as findings: what could not be read, and the editions that could not be rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from polyleaf import paths, sources
from polyleaf.commands.edition_builder import EditionBuilder
from polyleaf.errors import CatalogError, PolyleafError, SourceError, stop_for
from polyleaf.model import Document, Finding, Location, Severity
from polyleaf.project.selection import Selection
from polyleaf.workspace import Workspace

Report = Callable[[Finding], None]
"""What is called with each error of a leaflet that cannot be read."""

Result = TypeVar("Result")


def run_on_usable(
    workspace: Workspace,
    selection: Selection,
    run: Callable[[Selection], Result],
    attempt: Callable[[Selection], object] | None = None,
) -> tuple[Result, list[Finding]]:
    """Return what *run* returns for the leaflets of *selection* that can be read, and the errors of the others.

    *attempt* reads what *run* reads, and is *run* itself where that does no more. Raises the errors of all leaflets
    when none of them can be read.
    """
    try:
        return run(selection), []
    except (SourceError, CatalogError):
        names = selection.leaflets or sorted(workspace.leaflets(tuple(sources.READERS)))
        failed = _find_unusable(attempt or run, replace(selection, leaflets=tuple(names))) if len(names) > 1 else {}
        if not failed:
            raise
        errors = list(failed.values())
        usable = tuple(name for name in names if name not in failed)
        if not usable:
            stop_for(errors)
    try:
        return run(replace(selection, leaflets=usable)), report_unreadable(errors)
    except PolyleafError as error:
        stop_for([*errors, error])
        raise


def run_and_report(
    workspace: Workspace, selection: Selection, run: Callable[[Selection], Result], report: Report | None
) -> Result:
    """Return what *run* returns for *selection*; with *report* also where some of its leaflets cannot be read."""
    if report is None:
        return run(selection)
    result, errors = run_on_usable(workspace, selection, run)
    for error in errors:
        report(error)
    return result


def _find_unusable(attempt: Callable[[Selection], object], selection: Selection) -> dict[str, PolyleafError]:
    """Return by name the errors of those leaflets of *selection* for which *attempt* raises one.

    It is called for halves of them, so that one of many costs few readings.
    """
    names = selection.leaflets
    try:
        attempt(selection)
    except (SourceError, CatalogError) as error:
        if len(names) == 1:
            return {names[0]: error}
        halves = names[: len(names) // 2], names[len(names) // 2 :]
        first, second = (_find_unusable(attempt, replace(selection, leaflets=half)) for half in halves)
        return first | second
    return {}


def report_unreadable(errors: Iterable[PolyleafError]) -> list[Finding]:
    """Return what is wrong with the leaflets that could not be read, each once."""
    findings = []
    for part in (part for error in errors for part in error.parts):
        location, _, fact = part.message.partition(": ")
        check = "catalogue" if isinstance(part, CatalogError) else "source"
        findings.append(Finding(check, Location.parse(location), fact, Severity.ERROR, part.hint))
    return list(dict.fromkeys(findings))


def report_unrendered(workspace: Workspace, builder: EditionBuilder) -> Iterator[Finding]:
    """Yield what kept each edition that failed in *builder* from being rendered, by where its cause is."""
    for document, error in builder.failed.values():
        for part in error.parts:
            yield Finding("render", _locate(workspace, document, part), part.message, Severity.ERROR, part.hint)


def _locate(workspace: Workspace, document: Document, error: PolyleafError) -> Location:
    """Return where the text of *error* is, in the catalogue of the edition or else in the manuscript *document*."""
    catalog = paths.catalog(document.leaflet, document.language)
    translations = (workspace.read(catalog) or b"").decode("utf-8", "replace")
    for path, text in ((str(catalog), translations), (str(document.path), document.text)):
        line = sources.find_line_of_words(text, error.text)
        if line:
            return Location(path, line)
    return Location(str(document.path))
