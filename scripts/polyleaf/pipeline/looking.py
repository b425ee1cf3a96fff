"""The finished files in the build folder, looked at as a reader gets them."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from polyleaf import languages
from polyleaf.artifacts import book, page, paper
from polyleaf.artifacts.finished import Finished
from polyleaf.checks import questions
from polyleaf.errors import RenderError
from polyleaf.model import Finding, Severity
from polyleaf.pipeline.tables import CHECKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from polyleaf.pipeline.reading import Reading
    from polyleaf.workspace import Workspace

    Contents = dict[PurePosixPath, bytes]

READERS = {"pdf": paper.paper, "html": page.page, "epub": book.book}
"""What takes a file of each format apart."""

NAMED = 3
"""So many files that are not there are named."""


def look(workspace: Workspace, reading: Reading, codes: Sequence[str]) -> list[Finding]:
    """Return what the checks find in the finished files of the leaflets read, in the languages *codes*.

    Files that are not there are said in one finding; one that cannot be read is a finding as well.
    """
    found: list[Finding] = []
    absent: list[PurePosixPath] = []
    for code in codes:
        for document in reading.documents:
            paths = {name: PurePosixPath(code) / f"{document.leaflet}.{name}" for name in reading.project.formats}
            there = workspace.finished(paths.values())
            absent += [path for path in paths.values() if path not in there]
            files = {name: there[path] for name, path in paths.items() if path in there}
            found += _of_edition(files, code)
    return [*found, *_unbuilt(absent)]


def _of_edition(files: dict[str, tuple[str, bytes]], code: str) -> Iterator[Finding]:
    taken: dict[str, Any] = {}
    for name, (where, content) in files.items():
        try:
            taken[name] = READERS[name](content, where, languages.tag(code), languages.direction(code))
        except RenderError as error:
            yield Finding("unreadable", where, error.message, Severity.ERROR, error.hint)
    yield from questions.of_finished(CHECKS, Finished(taken.get("pdf"), taken.get("html"), taken.get("epub")))


def _unbuilt(paths: Sequence[PurePosixPath]) -> Iterator[Finding]:
    if paths:
        more = f" and {len(paths) - NAMED} more" if len(paths) > NAMED else ""
        names = ", ".join(str(path) for path in paths[:NAMED])
        fact = f"not built yet, so not looked at: {names}{more}"
        yield Finding("not_built", "build", fact, Severity.WARNING, "Run `polyleaf build`.")
