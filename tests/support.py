"""Values that many tests start from: tiny projects, documents, units and catalogues."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from polyleaf import paths, sources
from polyleaf.catalogs import po
from polyleaf.checks.subjects import SourceText, collect_source_texts
from polyleaf.config import Project
from polyleaf.model import Location, Manuscript
from polyleaf.sources.positions import locate_texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from polyleaf.checks.model import Diagnostic
    from polyleaf.checks.subjects import LocalizedText
    from polyleaf.model import Document

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = datetime(2027, 6, 1, 12, tzinfo=UTC)
PO = str(paths.catalog("knee", "en"))
SETTINGS = '[tool.polyleaf]\nsource_language = "nl"\nlanguages = ["nl", "en"]\nformats = ["html"]\n'


def project(folder: Path, files: Mapping[str, str | bytes], settings: str = SETTINGS) -> Path:
    """Write a leaflet project with *files* (path, and text or bytes) into *folder* and return it."""
    for name, content in {"pyproject.toml": settings, **files}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def edit(folder: Path, path: str | PurePosixPath, old: str, new: str) -> None:
    """Put *new* in the place of *old*, which must be there, in the file *path* of the project in *folder*."""
    text = (folder / path).read_text("utf-8")
    assert old in text
    (folder / path).write_text(text.replace(old, new), "utf-8")


def translate(
    folder: Path,
    texts: Mapping[str, str],
    leaflet: str = "knee",
    language: str = "en",
    comments: Mapping[str, str] | None = None,
) -> None:
    """Give the messages in *texts* their translations, and those in *comments* a translator comment.

    A translation after `~` is fuzzy. All other entries of the catalogue stay as they are.
    """
    file = folder / paths.catalog(leaflet, language)
    catalog = po.parse(file.read_bytes(), file.name)
    for entry in catalog:
        if entry.msgid in texts:
            entry.msgstr = texts[entry.msgid].removeprefix("~")
            is_fuzzy = texts[entry.msgid].startswith("~")
            entry.flags = [flag for flag in entry.flags if flag != "fuzzy"] + ["fuzzy"] * is_fuzzy
        entry.tcomment = (comments or {}).get(entry.msgid, entry.tcomment)
    file.write_bytes(po.write(catalog))


def manuscript(body: str, name: str = "knee.md", front: str = "title: Knee") -> Manuscript:
    """Return a manuscript with the Markdown *body* under the YAML *front*."""
    return Manuscript(PurePosixPath("source") / name, f"---\n{front}\n---\n\n{body}\n".encode())


def document(body: str, front: str = "title: Knee", language: str = "en") -> Document:
    """Return the document that the Markdown *body* makes."""
    return sources.read_manuscripts([manuscript(body, front=front)], language)[0]


def source_text(body: str, front: str = "title: Knee", language: str = "en") -> SourceText:
    """Return what an author hands in with the Markdown *body*."""
    read = document(body, front, language)
    return SourceText(read, locate_texts(read), {}, Project(language, (language,)))


def localized_text(body: str, front: str = "title: Knee", language: str = "en") -> LocalizedText:
    """Return the Markdown *body* as the texts of a source in *language*."""
    return collect_source_texts(document(body, front, language), Project(language, (language,)))


def facts(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Return the fact of each of *diagnostics*."""
    return [diagnostic.fact for diagnostic in diagnostics]


def locate(diagnostics: Iterable[Diagnostic]) -> list[tuple[Any, ...]]:
    """Return of each of *diagnostics* where it is, its fact, and its hint if it has one."""
    return [
        (diagnostic.at, diagnostic.fact, diagnostic.hint) if diagnostic.hint else (diagnostic.at, diagnostic.fact)
        for diagnostic in diagnostics
    ]


def findings(output: str) -> list[dict[str, Any]]:
    """Return the findings in the JSON *output* of `check`, each location as people read it."""
    return [{**finding, "location": str(Location(**finding["location"]))} for finding in json.loads(output)["findings"]]
