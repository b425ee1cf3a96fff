"""Failures of single leaflets as findings: what could not be read, and the editions that could not be rendered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from polyleaf import paths, sources
from polyleaf.commands.edition_builder import EditionBuilder
from polyleaf.errors import CatalogError, PolyleafError, RenderError
from polyleaf.model import Document, Finding, Location, Severity
from polyleaf.workspace import Workspace


def report_unreadable(failed: Mapping[str, PolyleafError]) -> Iterator[Finding]:
    """Yield what is wrong with each leaflet that could not be read; *failed* are the errors by its name."""
    for part in (part for error in failed.values() for part in error.parts):
        location, _, fact = part.message.partition(": ")
        check = "catalogue" if isinstance(part, CatalogError) else "source"
        yield Finding(check, Location.parse(location), fact, Severity.ERROR, part.hint)


def report_unrendered(workspace: Workspace, builder: EditionBuilder) -> Iterator[Finding]:
    """Yield what kept each edition that failed in *builder* from being rendered, by where its cause is."""
    for document, error in builder.failed.values():
        yield Finding("render", _locate(workspace, document, error), error.message, Severity.ERROR, error.hint)


def _locate(workspace: Workspace, document: Document, error: RenderError) -> Location:
    """Return where the text of *error* is, in the catalogue of the edition or else in the manuscript *document*."""
    catalog = paths.catalog(document.leaflet, document.language)
    translations = (workspace.read(catalog) or b"").decode("utf-8", "replace")
    for path, text in ((str(catalog), translations), (str(document.path), document.text)):
        if error.text and error.text in text:
            return Location(path, sources.find_line(text, error.text))
    return Location(str(document.path))
