"""Values that many tests start from: tiny projects, documents, units and catalogues."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from polyleaf import sources
from polyleaf.checks import subjects
from polyleaf.checks.source.structure import SourceText
from polyleaf.config import Project
from polyleaf.model import Manuscript
from polyleaf.sources.positions import locate_texts

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from polyleaf.checks.subjects import LocalizedText
    from polyleaf.model import Document

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = datetime(2027, 6, 1, 12, tzinfo=UTC)
SETTINGS = '[tool.polyleaf]\nsource_language = "nl"\nlanguages = ["nl", "en"]\nformats = ["html"]\n'


def project(folder: Path, files: Mapping[str, str | bytes], settings: str = SETTINGS) -> Path:
    """Write a leaflet project with *files* (path, and text or bytes) into *folder* and return it."""
    for name, content in {"pyproject.toml": settings, **files}.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def manuscript(body: str, name: str = "knee.md", front: str = "title: Knee") -> Manuscript:
    """Return a manuscript with the Markdown *body* under the YAML *front*."""
    return Manuscript(PurePosixPath("source") / name, f"---\n{front}\n---\n\n{body}\n".encode())


def document(body: str, front: str = "title: Knee", language: str = "en") -> Document:
    """Return the document that the Markdown *body* makes."""
    return sources.read_manuscripts([manuscript(body, front=front)], language)[0]


def copy(body: str, front: str = "title: Knee", language: str = "en") -> SourceText:
    """Return what an author hands in with the Markdown *body*."""
    read = document(body, front, language)
    return SourceText(read, locate_texts(read), {}, Project(language, (language,)))


def version(body: str, front: str = "title: Knee", language: str = "en") -> LocalizedText:
    """Return the Markdown *body* as the texts of a source in *language*."""
    return subjects.of_source(document(body, front, language), Project(language, (language,)))
