"""Files of a project and the clock: only this package reads and writes source/, locales/, build/, pyproject.toml."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import unicodedata
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from polyleaf import config
from polyleaf.errors import CommandError, ConfigError, PolyleafError, RenderError, SourceError, offer, stop_for
from polyleaf.model import Manuscript, Picture
from polyleaf.paths import BIBLIOGRAPHY, COMPANIONS, SETTINGS, SOURCE
from polyleaf.workspace.atomic import display_path, has_content, write
from polyleaf.workspace.reproduction import rebuild

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from polyleaf.config import Project

NAME = re.compile(r"\w[\w .-]*")
"""What a leaflet may be called: its name is in addresses, in catalogues and on command lines."""

LARGEST = 500_000_000
"""Bytes of a finished file that are still looked at."""

DIRECT = 2
"""How many parts the path of a manuscript has, from the folder of the project."""


class Workspace:
    """The folder of a leaflet project."""

    def __init__(self, root: Path, out: Path | None = None, source: str = str(SOURCE)) -> None:
        """Work in the folder *root*; finished files go to *out*, which is its `build` unless told otherwise.

        *source* is the name of the folder in it that has the manuscripts, their images and their references.
        """
        self._root = root
        self._source = source
        self._out = out or root / "build"
        self._inputs: dict[PurePosixPath, bytes] = {}
        self._outputs: dict[PurePosixPath, None] = {}

    @property
    def inputs(self) -> Mapping[PurePosixPath, bytes]:
        """What was read of the project until now, as it was then: nothing else can have got into a finished file."""
        return self._inputs

    @property
    def outputs(self) -> tuple[PurePosixPath, ...]:
        """Where in the build folder files were published until now, changed or not."""
        return tuple(self._outputs)

    def project(self) -> Project:
        """Return the project's settings."""
        file = self._root / SETTINGS
        if not file.is_file():
            raise ConfigError(
                f"{SETTINGS}: there is no such file in {self._root}",
                hint='Go to the folder of your project, or make it with:\n[tool.polyleaf]\nsource_language = "nl"',
            )
        try:
            content = self._inputs[SETTINGS] = file.read_bytes()
            return config.read(content.decode("utf-8-sig"), str(SETTINGS))
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{SETTINGS}: cannot be read: {error}", hint="Save it as UTF-8 text.") from error

    def manuscripts(self, names: Sequence[str], suffixes: Sequence[str]) -> list[Manuscript]:
        """Return the manuscripts called *names*, all when there are none, sorted by name."""
        files = self._manuscripts(suffixes)
        unread = {path.stem: path for path in self.unread(suffixes)}
        if not files:
            hint = f"Write one, such as {self._source}/leaflet{suffixes[0]}, with a title."
            hint = next((_moved(path, self._source) for path in unread.values()), hint)
            raise SourceError(f"{self._source}/: there is no leaflet", hint=hint)
        by_name = {file.stem: file for file in files}
        self._named(by_name)
        for name in names:
            if name not in by_name:
                hint = _moved(unread[name], self._source) if name in unread else offer(name, by_name)
                raise CommandError(f"there is no leaflet {name!r} in {self._source}/", hint=hint)
        chosen = [by_name[name] for name in dict.fromkeys(names)] or files
        return [Manuscript(PurePosixPath(self._source) / file.name, self._bytes(file)) for file in chosen]

    def count(self, suffixes: Sequence[str]) -> int:
        """Return how many manuscripts there are; none is read."""
        return len(self._manuscripts(suffixes))

    def _manuscripts(self, suffixes: Sequence[str]) -> list[Path]:
        folder = self._root / self._source
        return sorted(file for file in folder.glob("[!.~]*") if file.suffix in suffixes) if folder.is_dir() else []

    def unread(self, suffixes: Sequence[str]) -> list[PurePosixPath]:
        """Return what is written like a manuscript and is none for its place or the case of its ending, sorted."""
        folder = self._root / self._source
        found = (file for file in folder.rglob("*") if file.suffix.lower() in suffixes and file.is_file())
        paths = sorted(PurePosixPath(file.relative_to(self._root)) for file in found)
        return [path for path in paths if _open(path) and not (len(path.parts) == DIRECT and path.suffix in suffixes)]

    def companions(self) -> list[tuple[PurePosixPath, str]]:
        """Return the files that belong to one leaflet each, its catalogues and sign-offs, with its name; sorted."""
        found = []
        for pattern, ending in COMPANIONS.items():
            paths = (PurePosixPath(file.relative_to(self._root)) for file in self._root.glob(pattern))
            found += [(path, path.name.removesuffix(ending)) for path in paths if _open(path)]
        return sorted(found)

    def _named(self, leaflets: Iterable[str]) -> None:
        """Raise SourceError for a name that no leaflet can have, or that is another's on disks that ignore case."""
        known: dict[str, str] = {}
        for name in leaflets:
            composed = unicodedata.normalize("NFC", name)
            if not NAME.fullmatch(composed):
                hint = "Name the file with letters, digits, spaces, hyphens and dots."
                raise SourceError(f"{self._source}/: {name!r} cannot be the name of a leaflet", hint=hint)
            other = known.setdefault(composed.lower(), name)
            if other != name:
                fact = f"{other!r} and {name!r} are one name on many disks, which do not tell capitals apart"
                raise SourceError(f"{self._source}/: {fact}", hint="Give one of the two leaflets another name.")

    def pictures(self, places: Mapping[str, str]) -> tuple[Picture, ...]:
        """Return the images named in *places*, which says where each is shown; raises SourceError for one not there."""
        found: list[Picture] = []
        errors: list[PolyleafError] = []
        for name, where in places.items():
            try:
                found.append(self._picture(name, where))
            except SourceError as error:
                errors.append(error)
        stop_for(errors)
        return tuple(found)

    def references(self) -> bytes | None:
        """Return the bibliography as it is on disk, None when there is none."""
        return self.read(PurePosixPath(self._source) / BIBLIOGRAPHY.name)

    def read(self, path: PurePosixPath) -> bytes | None:
        """Return what is in the project's file *path*, None when there is no such file."""
        file = self._root / path
        return self._bytes(file) if file.exists() else None

    def document(self, path: Path, largest: int) -> Manuscript:
        """Return the file *path*, which may be anywhere; raises CommandError when there is none to read.

        One of more than *largest* bytes is not read.
        """
        hint = "Name a file that you may read, such as leaflet.docx."
        try:
            size = path.stat().st_size
            content = _regular(path) if size <= largest else b""
        except (OSError, ValueError) as error:
            fact = getattr(error, "strerror", None) or "it is no path"
            raise CommandError(f"{str(path)!r} cannot be read: {fact}", hint=hint) from error
        if size > largest:
            fact = f"{str(path)!r} is larger than {largest // 1_000_000} MB"
            raise CommandError(fact, hint="Import the leaflet alone, not the book it is in.")
        return Manuscript(PurePosixPath(path.name), content)

    def epoch(self) -> datetime | None:
        """Return when everything last changed, if whoever builds says so with SOURCE_DATE_EPOCH, in UTC.

        https://reproducible-builds.org/specs/source-date-epoch/
        """
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        if epoch is None:
            return None
        try:
            if not re.fullmatch("[0-9]+", epoch):
                raise ValueError(epoch)  # noqa: TRY301 - int() takes signs, spaces and the digits of other scripts
            return datetime.fromtimestamp(int(epoch), UTC)
        except (ValueError, OverflowError, OSError) as error:
            fact = f"SOURCE_DATE_EPOCH is {epoch!r}"
            raise ConfigError(fact, hint="Set it to whole seconds since 1970, or take it away.") from error

    def now(self) -> datetime:
        """Return the present moment, in the time zone of the machine."""
        return datetime.now().astimezone()

    def today(self) -> date:
        """Return the day it is for the person at the machine."""
        return self.now().date()

    def save(self, files: Mapping[PurePosixPath, bytes]) -> list[PurePosixPath]:
        """Write *files* into the project, all or none; return those whose content is new."""
        return write({self._root / path: content for path, content in files.items()}, self._root)

    def drift(self, files: Mapping[PurePosixPath, bytes]) -> list[PurePosixPath]:
        """Return those of *files* that `save` would write; nothing is written."""
        return [path for path, content in files.items() if not has_content(self._root / path, content)]

    def publish(self, files: Mapping[PurePosixPath, bytes]) -> list[PurePosixPath]:
        """Write finished *files*, paths within the build folder, all or none; return them as a person finds them."""
        write({self._out / path: content for path, content in files.items()}, self._out)
        self._outputs.update(dict.fromkeys(files))
        return [PurePosixPath(display_path(self._out / path)) for path in files]

    def published(self, paths: Iterable[PurePosixPath]) -> list[PurePosixPath]:
        """Return those of *paths*, of the build folder, that are there, as a person finds them."""
        return [PurePosixPath(display_path(self._out / path)) for path in paths if (self._out / path).is_file()]

    def built(self, path: PurePosixPath) -> bytes | None:
        """Return what the file *path* of the build folder holds, None where there is none in it that can be read."""
        file = self._out / path
        try:
            is_ours = file.resolve().is_relative_to(self._out.resolve())
            return _regular(file) if is_ours else None
        except (OSError, ValueError):
            return None

    @contextlib.contextmanager
    def reproduce(self, words: Sequence[str]) -> Iterator[tuple[Workspace, tuple[PurePosixPath, ...]]]:
        """Run `polyleaf build` with the arguments *words* on a copy of the inputs, in a varied environment.

        Gives the copy and the paths of its outputs; both are deleted afterwards. Raises RenderError when it fails.
        """
        with rebuild(self._inputs, words) as folder:
            other = Workspace(folder, source=self._source)
            found = (file for file in (folder / "build").rglob("*") if file.is_file())
            yield other, tuple(sorted(PurePosixPath(file.relative_to(folder / "build")) for file in found))

    def finished(self, paths: Iterable[PurePosixPath]) -> dict[PurePosixPath, tuple[str, bytes]]:
        """Return those of *paths*, of the build folder, that are there: as a person finds each, and what is in it."""
        files = {path: self._out / path for path in paths}
        there = {path: file for path, file in files.items() if file.is_file()}
        for file in there.values():
            if file.stat().st_size > LARGEST:
                fact = f"{display_path(file)}: larger than {LARGEST // 1_000_000} MB, which no leaflet is"
                raise RenderError(fact, hint="Take it away, and run `polyleaf build` again.")
        return {path: (display_path(file), file.read_bytes()) for path, file in there.items()}

    def _picture(self, name: str, where: str) -> Picture:
        folder = self._root / self._source
        file = folder / name
        try:
            if not file.resolve().is_relative_to(folder.resolve()):
                hint = f"Put the file itself in {self._source}/media/."
                raise SourceError(f"{where}: the image {name!r} is outside {self._source}/", hint=hint)
            return Picture(name, self._regular(file))
        except (OSError, ValueError) as error:
            hint = f"Put it at {self._source}/{name} or mend its name."
            raise SourceError(f"{where}: the image {name!r} is not there", hint=hint) from error

    def _bytes(self, file: Path) -> bytes:
        try:
            return self._regular(file)
        except OSError as error:
            place, hint = file.relative_to(self._root), "Put a file there that you may read, or take it away."
            raise SourceError(f"{place}: cannot be read: {error.strerror}", hint=hint) from error

    def _regular(self, file: Path) -> bytes:
        content = self._inputs[PurePosixPath(file.relative_to(self._root))] = _regular(file)
        return content


def _open(path: PurePosixPath) -> bool:
    """Tell whether nothing in *path* is hidden, or the copy that an editor keeps."""
    return not any(part.startswith((".", "~")) for part in path.parts)


def _moved(path: PurePosixPath, folder: str) -> str:
    """Return how *path*, which is not read, becomes a leaflet in *folder*."""
    return f"{path} is not read: move it to {folder}/{path.stem}{path.suffix.lower()}."


def _regular(file: Path) -> bytes:
    """Return what is in *file*; raises OSError for what is no file, such as a pipe, which could keep us waiting."""
    if file.exists() and not file.is_file():
        raise OSError(errno.EINVAL, "it is not a file")
    return file.read_bytes()
