"""A project of one leaflet in memory: what a build reads of a folder, without a disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from polyleaf.errors import SourceError
from polyleaf.model import Manuscript, Picture
from polyleaf.paths import SOURCE
from polyleaf.quotations import quote
from polyleaf.workspace import Workspace, disk
from polyleaf.workspace.names import Part

if TYPE_CHECKING:
    from polyleaf.config import Project


class MemoryWorkspace(Workspace):
    """Settings, manuscript and files of one leaflet. It has no folder: what needs one raises AttributeError."""

    def __init__(
        self,
        project: Project,
        manuscript: Manuscript,
        images: Mapping[str, bytes],
        catalogs: Mapping[PurePosixPath, bytes],
    ) -> None:
        """Hold *images* by the names in the manuscript, and *catalogs* by their paths in a project."""
        self._project = project
        self._manuscript = manuscript
        self._images = images
        self._catalogs = catalogs
        self._source = str(SOURCE)
        self._inputs = {}
        self._part = Part((manuscript.path.name,), {})

    def project(self) -> Project:
        """Return the settings."""
        return self._project

    def manuscripts(self, names: Sequence[str], suffixes: Sequence[str]) -> list[Manuscript]:  # noqa: ARG002 - there is one
        """Return the one manuscript; raises SourceError when its name cannot be that of a leaflet."""
        self._check_names([self._manuscript.leaflet], suffixes)
        return [self._manuscript]

    def read(self, path: PurePosixPath) -> bytes | None:
        """Return the catalogue with this *path*, None when there is none, or when it is the path of another file."""
        return self._catalogs.get(path)

    def epoch(self) -> datetime | None:
        """Return None: the environment of a program that asks for a leaflet decides nothing about it."""
        return None

    def now(self) -> datetime:
        """Return the current time, in the time zone of the machine."""
        return disk.now()

    def published(self, paths: Iterable[PurePosixPath]) -> list[PurePosixPath]:  # noqa: ARG002 - nothing is published
        """Return nothing: there are no outputs of an earlier build."""
        return []

    def _picture(self, name: str, location: str) -> Picture:
        if name not in self._images:
            raise SourceError(
                f"{location}: the image {quote(name)} is not there", hint="Pass it in *images* by this name."
            )
        return Picture(name, self._images[name])
