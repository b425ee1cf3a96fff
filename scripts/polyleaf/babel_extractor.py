"""Extraction method for `pybabel extract`, so that a project with its own Babel finds the messages of manuscripts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from polyleaf import catalogs, sources, units
from polyleaf.errors import ConfigError, PolyleafError, SourceError
from polyleaf.model import Document, Manuscript, Unit
from polyleaf.quotations import quote
from polyleaf.workspace import Workspace

Message = tuple[int, str, str | tuple[str, str], list[str]]

WITH_CONTEXT = "pgettext"
"""The function of gettext that takes a context first, by which Babel knows it: `pgettext:1c,2`."""


def extract(
    file: BinaryIO, keywords: Collection[str], _tags: Collection[str], options: Mapping[str, object]
) -> Iterator[Message]:
    """Yield line, function, message and comments of every unit of the manuscript in the open *file*.

    They are those of `polyleaf extract`, whatever tags of comments are asked for; there are no *options*.
    The images and `references.json` are looked for beside the file. A fault of the manuscript ends the run
    as it ends polyleaf's own, with location, fact and way out: Babel would show a traceback.

    https://babel.pocoo.org/en/latest/messages.html#writing-extraction-methods
    """
    try:
        yield from _messages(file, keywords, options)
    except PolyleafError as error:
        raise SystemExit(f"Error: {error}") from error


def _messages(file: BinaryIO, keywords: Collection[str], options: Mapping[str, object]) -> Iterator[Message]:
    path = Path(getattr(file, "name", "source/leaflet.md")).absolute()
    for option in options:
        raise SourceError(
            f"{path.name}: the method polyleaf has no option {quote(option)}", hint="Take it out of babel.cfg."
        )
    document = _document(path, file.read())
    extracted = units.extract_units([document])[0]
    comments = catalogs.extracted_comments(extracted)
    for unit in extracted:
        line, notes = _line(unit, document), comments[unit.key]
        if not unit.context:
            yield line, "", unit.message, notes
        elif WITH_CONTEXT in keywords:
            yield line, WITH_CONTEXT, unit.key, notes
        else:
            hint = "Leave --no-default-keywords out, or add -k pgettext:1c,2."
            raise SourceError(f"{path.name}: Babel is not to look for {WITH_CONTEXT}, so contexts are lost", hint=hint)


def _document(path: Path, content: bytes) -> Document:
    if path.suffix not in sources.READERS:
        known = ", ".join(sources.READERS)
        raise SourceError(f"{path.name}: polyleaf does not read {path.suffix or 'this'}", hint=f"It reads: {known}.")
    folder = path.parent
    workspace = Workspace(folder.parent, source=folder.name)
    document = sources.read_manuscripts(
        [Manuscript(PurePosixPath(folder.name) / path.name, content)], _language(workspace)
    )[0]
    written = workspace.references()
    sources.validate([document], sources.load_bibliography(written, "references.json") if written is not None else ())
    return sources.attach_images(document, workspace.pictures(sources.find_images(document)))


def _language(workspace: Workspace) -> str:
    """Return the language of the sources, which decides the safety class of a text; undetermined without settings."""
    try:
        return workspace.project().source_language
    except ConfigError:
        return "und"


def _line(unit: Unit, document: Document) -> int:
    """Return the line of *unit* in its manuscript; for words of a figure, the line that shows the figure."""
    path, _, line = unit.location.rpartition(":")
    if path == str(document.path):
        return int(line)
    return sources.find_line(document.text, str(PurePosixPath(path).relative_to(document.path.parent)))
