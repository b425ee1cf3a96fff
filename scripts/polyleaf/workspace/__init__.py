"""Files of a project and the clock: only this package reads and writes source/, locales/, build/, pyproject.toml.

Modules: `atomic_writes` (files written all or none), `cache` (what later commands may use again), `disk` (what a
command sees of files, clock and environment), `links` (where they lead), `memory` (a project without a disk), `names`
(what a leaflet may be called), `reproduction` (the same build in another environment).
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from polyleaf.errors import CommandError, ConfigError, RenderError, SourceError, collect, offer
from polyleaf.model import Manuscript, Picture
from polyleaf.paths import BIBLIOGRAPHY, SETTINGS, SOURCE
from polyleaf.quotations import quote
from polyleaf.workspace import cache, disk
from polyleaf.workspace.atomic_writes import display_path, write
from polyleaf.workspace.disk import Disk, Sight, read_file
from polyleaf.workspace.links import follow_links
from polyleaf.workspace.names import Part, find_fault, find_namesakes

if TYPE_CHECKING:
    from polyleaf.config import Project

LARGEST = 500_000_000
"""The size in bytes of the largest output that is read."""

CHOOSING = ("PYPANDOC_PANDOC", "FONTCONFIG_FILE", "FONTCONFIG_PATH", "FONTCONFIG_SYSROOT", "LD_LIBRARY_PATH")
"""The environment variables that can choose another pandoc, other libraries or other fonts."""

LARGEST_IMAGE = 100_000_000
"""The size in bytes of the largest image that is read; a photo of 100 million pixels has about 40 million."""


class Workspace:
    """The folder of a leaflet project."""

    def __init__(
        self, root: Path, out: Path | None = None, source: str = str(SOURCE), part: Part | None = None
    ) -> None:
        """Work in the folder *root*; outputs go to the build folder *out*, by default `build` in it.

        *source* is the name of the folder in *root* with the manuscripts, their images and the bibliography; only the
        manuscripts of *part* are there, if it is given.
        """
        self._root = root
        self._source = source
        self._out = out or root / "build"
        self._bounds = out or root
        self._given = root, out, source
        self._inputs: dict[PurePosixPath, str] = {}
        self._part = part
        self._bases: dict[Path, bytes | None] = {}
        self._outputs: dict[PurePosixPath, None] = {}
        self._disk = Disk(root, source, self._out, self._bounds)

    @property
    def inputs(self) -> Mapping[PurePosixPath, str]:
        """The files read until now and the SHA-256 of each, by path in the project: all that outputs are made from."""
        return self._inputs

    @property
    def outputs(self) -> tuple[PurePosixPath, ...]:
        """The paths in the build folder of all files published until now, changed or not."""
        return tuple(self._outputs)

    def branch(self, part: Part) -> Workspace:
        """Return a workspace of the same folders that has only the manuscripts of *part*, and a trace of its own."""
        return Workspace(*self._given, part)

    def join(self, branch: Workspace) -> None:
        """Take over what *branch* has read, seen and published."""
        self._inputs |= branch.inputs
        self.claim(branch.outputs)
        self._disk.trace |= {tuple(look): seen for look, seen in branch.sights}

    def claim(self, outputs: Iterable[PurePosixPath]) -> None:
        """Take *outputs*, paths in the build folder at which an earlier command put them, as published."""
        self._outputs.update(dict.fromkeys(outputs))

    def project(self) -> Project:
        """Return the settings of the project; raises ConfigError when they are missing or not valid."""
        try:
            content = self._read_input(SETTINGS)
        except OSError as error:
            hint = "Put a file there that you may read."
            raise ConfigError(f"{SETTINGS}: cannot be read: {error.strerror}", hint=hint) from error
        if content is None:
            raise ConfigError(
                f"{SETTINGS}: there is no such file in {self._root}",
                hint='Go to the folder of your project, or make it with:\n[tool.polyleaf]\nsource_language = "nl"',
            )
        from polyleaf import config  # noqa: PLC0415 - it loads half of the program, and not every command reads texts

        return config.read(content, str(SETTINGS))

    def manuscripts(self, names: Sequence[str], suffixes: Sequence[str]) -> list[Manuscript]:
        """Return the manuscripts called *names*, in their order; all of them, sorted by name, when there are none.

        *suffixes* are those of manuscripts (`.md`). Raises CommandError for a name that no manuscript has, SourceError
        when there is no manuscript, when one cannot be read, or when its name cannot be that of a leaflet.
        """
        chosen = self.select(names, suffixes)
        self._check_names(chosen, suffixes)
        by_name = {file.stem: file for file in self._find_manuscripts(suffixes)}
        folder = PurePosixPath(self._source)
        return collect(
            lambda file: Manuscript(folder / file.name, self._read_source(folder / file.name)),
            map(by_name.__getitem__, chosen),
        )

    def select(self, names: Sequence[str], suffixes: Sequence[str]) -> list[str]:
        """Return the leaflets called *names*, in their order; all of them, sorted, when there are none; reads none.

        Raises CommandError for a name that no manuscript with one of *suffixes* has, SourceError when there is none.
        """
        files = self._find_manuscripts(suffixes)
        by_name = dict.fromkeys(file.stem for file in files)
        missing = next((name for name in names if name not in by_name), None)
        if files and missing is None:
            return list(dict.fromkeys(names) or by_name)
        unread = {path.stem: _explain_move(path, self._source) for path in self.unread(suffixes)}
        if files:
            hint = unread.get(str(missing)) or offer(str(missing), by_name)
            raise CommandError(f"there is no leaflet {quote(str(missing))} in {self._source}/", hint=hint)
        hint = f"Write one, such as {self._source}/leaflet{suffixes[0]}, with a title."
        raise SourceError(f"{self._source}/: there is no leaflet", hint=next(iter(unread.values()), hint))

    def count(self, suffixes: Sequence[str]) -> int:
        """Return the number of manuscripts with one of *suffixes*; reads none of them."""
        return len(self._find_manuscripts(suffixes))

    def leaflets(self, suffixes: Sequence[str]) -> frozenset[str]:
        """Return the names of the manuscripts with one of *suffixes*; reads none of them."""
        return frozenset(file.stem for file in self._find_manuscripts(suffixes))

    def _find_manuscripts(self, suffixes: Sequence[str]) -> list[Path]:
        if self._part:
            return [self._root / self._source / name for name in self._part.files]
        return [self._root / self._source / name for name in self._disk.list_manuscripts(*suffixes)]

    def unread(self, suffixes: Sequence[str]) -> list[PurePosixPath]:
        """Return the files like manuscripts that are in a deeper folder, or have a suffix in capitals; sorted."""
        return list(map(PurePosixPath, self._disk.list_unread(*suffixes)))

    def companions(self) -> list[tuple[PurePosixPath, str]]:
        """Return the files that belong to one leaflet each (templates, catalogs, sign-offs) with its name; sorted."""
        return [(PurePosixPath(path), leaflet) for path, leaflet in self._disk.list_companions()]

    def divide(self, suffixes: Sequence[str], groups: Iterable[Sequence[str]]) -> list[Part]:
        """Return the parts of the project with the leaflets of *groups*; *suffixes* are those of manuscripts."""
        files = {file.stem: file.name for file in self._find_manuscripts(suffixes)}
        namesakes = find_namesakes(files)
        return [
            Part(tuple(files[name] for name in names), {name: namesakes[name] for name in names if name in namesakes})
            for names in groups
        ]

    def _check_names(self, chosen: Collection[str], suffixes: Sequence[str]) -> None:
        """Raise SourceError for one of the *chosen* leaflets with a name that none can have, or that another has."""
        namesakes = self._part.namesakes if self._part else find_namesakes(self.leaflets(suffixes))
        for name in chosen:
            fault = find_fault(name)
            if fault:
                raise SourceError(f"{self._source}/: {fault[0]}", hint=fault[1])
            if name in namesakes:
                names = " and ".join(map(quote, sorted((name, namesakes[name]))))
                fact = f"{names} are one name on disks that tell no capitals, or no two ways to type an accent, apart"
                raise SourceError(f"{self._source}/: {fact}", hint="Give one of the two leaflets another name.")

    def pictures(self, locations: Mapping[str, str]) -> tuple[Picture, ...]:
        """Return the images named in *locations*, in their order; the values are the `file:line` where each is used.

        The names are paths in the source folder. Raises SourceError for those that are missing or outside of it.
        """
        return tuple(collect(lambda used: self._picture(*used), locations.items()))

    def references(self) -> bytes | None:
        """Return the bibliography (CSL JSON), None when there is none."""
        return self.read(PurePosixPath(self._source) / BIBLIOGRAPHY.name)

    def read(self, path: PurePosixPath) -> bytes | None:
        """Return the content of the file *path*, None when there is none; raises SourceError if it cannot be read."""
        content = self._bases[self._root / path] = self._read_optional(path)
        return content

    def document(self, path: Path, largest: int) -> Manuscript:
        """Return the file *path*, which may be outside the project.

        Raises CommandError when it cannot be read, or has more than *largest* bytes.
        """
        try:
            if path.stat().st_size > largest:
                fact = f"{quote(str(path))} is larger than {largest // 1_000_000} MB"
                raise CommandError(fact, hint="Import the leaflet alone, not the book it is in.")
            return Manuscript(PurePosixPath(path.name), read_file(path))
        except (OSError, ValueError) as error:
            fact = f"{quote(str(path))} cannot be read: {getattr(error, 'strerror', None) or 'it is no path'}"
            raise CommandError(fact, hint="Name a file that you may read, such as leaflet.docx.") from error

    def epoch(self) -> datetime | None:
        """Return the time in the environment variable SOURCE_DATE_EPOCH, in UTC, None when it is not set.

        Raises ConfigError for another value than whole seconds. https://reproducible-builds.org/specs/source-date-epoch/
        """
        epoch = self._disk.look_up("SOURCE_DATE_EPOCH")
        if epoch is None:
            return None
        with contextlib.suppress(ValueError, OverflowError, OSError):
            if re.fullmatch("[0-9]+", epoch):  # int() takes signs, spaces and the digits of other scripts
                return datetime.fromtimestamp(int(epoch), UTC)
        fact = f"SOURCE_DATE_EPOCH is {quote(epoch)}"
        raise ConfigError(fact, hint="Set it to whole seconds since 1970, or take it away.")

    def now(self) -> datetime:
        """Return the current time, in the time zone of the machine."""
        self._disk.name_day()
        return disk.now()

    def today(self) -> date:
        """Return the current day, in the time zone of the machine."""
        return self.now().date()

    def save(self, files: Mapping[PurePosixPath, bytes]) -> list[PurePosixPath]:
        """Write *files* into the project, all or none (then RenderError); return those that changed.

        Raises WriteConflict for a file that was `read` and has changed since.
        """
        contents = {self._root / path: content for path, content in files.items()}
        changed = write(contents, self._root, self._bases, is_durable=True)
        for path, content in files.items():
            self._disk.note("read", path, content)
        return [PurePosixPath(file.relative_to(self._root)) for file in changed]

    def drift(self, files: Mapping[PurePosixPath, bytes]) -> list[PurePosixPath]:
        """Return those of *files* that `save` would change; writes nothing."""
        return [path for path, content in files.items() if not self._has_content(path, content)]

    def _has_content(self, path: PurePosixPath, content: bytes) -> bool:
        with contextlib.suppress(OSError):
            return self._disk.read(str(path)) == content
        return False

    def publish(self, files: Mapping[PurePosixPath, bytes]) -> list[PurePosixPath]:
        """Write *files* into the build folder, all or none (then RenderError); return their paths to display."""
        write({self._out / path: content for path, content in files.items()}, self._bounds, {}, is_durable=False)
        self._outputs.update(dict.fromkeys(files))
        for path, content in files.items():
            self._disk.note("read_output", path, content)
        return [PurePosixPath(display_path(self._out / path)) for path in files]

    def display(self, path: PurePosixPath) -> str:
        """Return *path* in the build folder as people find it: relative to the working directory, if it is in it."""
        return display_path(self._out / path)

    def remove(self, paths: Iterable[PurePosixPath]) -> None:
        """Remove the files *paths* from the build folder, and the folders that are empty then.

        Raises RenderError when one cannot be removed.
        """
        for path in paths:
            file = self._out / path
            try:
                follow_links(file.parent, self._bounds)
                file.unlink(missing_ok=True)
            except OSError as error:
                fact = f"{display_path(file)}: cannot be removed: {error.strerror}"
                raise RenderError(fact, hint="Mend the permissions, and run `polyleaf clean` again.") from error
            self._disk.note("read_output", path, None)
            with contextlib.suppress(OSError):  # there is another file in it
                file.parent.rmdir()

    def published(self, paths: Iterable[PurePosixPath]) -> list[PurePosixPath]:
        """Return those of *paths* in the build folder that exist, relative to the working directory."""
        there = (path for path in paths if self._disk.measure_output(str(path)) is not None)
        return [PurePosixPath(display_path(self._out / path)) for path in there]

    def built(self, path: PurePosixPath) -> bytes | None:
        """Return the content of the file *path* in the build folder, None when there is none in it that can be read."""
        return self._disk.read_output(str(path))

    def cached(self, name: str) -> bytes | None:
        """Return what an earlier command kept about the build folder under *name*, None when there is nothing."""
        return cache.read(cache.folder_for(self._out) / name)

    def keep(self, name: str, content: bytes) -> None:
        """Keep *content* under *name* for later commands, if that can be done."""
        cache.write(cache.folder_for(self._out) / name, content)

    @property
    def folders(self) -> list[str]:
        """Where the project and the build folder are, and the folder that a person is in."""
        return [str(folder.absolute()) for folder in (self._root, self._out, Path())]

    @property
    def sights(self) -> list[Sight]:
        """All that was seen of the project, the build folder, the clock and the environment, as it is now."""
        return [(list(look), seen) for look, seen in self._disk.trace.items()]

    def sees(self, sights: Iterable[Sight]) -> bool:
        """Tell whether all that an earlier command saw is the same now."""
        return self._disk.sees(sights)

    def variables(self) -> list[tuple[str, str | None]]:
        """Return the environment variables that choose programs and fonts, and the values of those that are set."""
        return [(name, os.environ.get(name)) for name in CHOOSING]

    def stamps(self, files: Iterable[str]) -> list[tuple[str, int, int]]:
        """Return of each of *files* its path, its size in bytes and when it changed (ns); 0 and 0 if it is gone."""
        return [cache.stamp(file) for file in files]

    @contextlib.contextmanager
    def reproduce(self, arguments: Sequence[str]) -> Iterator[tuple[Workspace, tuple[PurePosixPath, ...]]]:
        """Run `polyleaf build` with *arguments* on a copy of the inputs, in a varied environment.

        Gives the copy and the paths of its outputs; both are deleted afterwards. Raises RenderError when it fails, and
        when an input is no longer what it was.
        """
        from polyleaf.workspace.reproduction import rebuild  # noqa: PLC0415 - only --verify starts programs

        with rebuild(map(self._read_again, sorted(self._inputs, reverse=True)), arguments) as folder:
            files = (file for file in (folder / "build").rglob("*") if file.is_file())
            paths = sorted(PurePosixPath(file.relative_to(folder / "build")) for file in files)
            yield Workspace(folder, source=self._source), tuple(paths)

    def finished(self, paths: Iterable[PurePosixPath]) -> dict[PurePosixPath, tuple[str, bytes]]:
        """Return by path those of *paths* in the build folder that exist: the path to display, and the content.

        Raises RenderError for one of more than LARGEST bytes.
        """
        finished = {}
        for path in paths:
            size, file = self._disk.measure_output(str(path)), display_path(self._out / path)
            if (size or 0) > LARGEST:
                fact = f"{file}: larger than {LARGEST // 1_000_000} MB, which no leaflet is"
                raise RenderError(fact, hint="Take it away, and run `polyleaf build` again.")
            content = None if size is None else self._disk.read_output(str(path))
            if content is not None:
                finished[path] = file, content
        return finished

    def _picture(self, name: str, location: str) -> Picture:
        path = PurePosixPath(self._source) / name
        try:
            _, size = self._disk.describe_image(str(path))
            if int(size) > LARGEST_IMAGE:
                fact = f"the image {quote(name)} has more than {LARGEST_IMAGE // 1_000_000} MB"
                raise SourceError(f"{location}: {fact}", hint="Export it smaller, or as a JPEG if it is a photo.")
            return Picture(name, self._read_input(path) or b"")
        except (OSError, ValueError) as error:
            fact, hint = "is not there", f"Put it at {self._source}/{name} or mend its name."
            if isinstance(error, OSError) and error.errno == errno.EXDEV:
                fact, hint = f"is outside {self._source}/", f"Put the file itself in {self._source}/media/."
            raise SourceError(f"{location}: the image {quote(name)} {fact}", hint=hint) from error

    def _read_source(self, path: PurePosixPath) -> bytes:
        content = self._read_optional(path)
        if content is None:
            raise SourceError(f"{path}: it was there, and is gone", hint="Run the command again.")
        return content

    def _read_optional(self, path: PurePosixPath) -> bytes | None:
        try:
            return self._read_input(path)
        except OSError as error:
            hint = "Put a file there that you may read, or take it away."
            raise SourceError(f"{path}: cannot be read: {error.strerror}", hint=hint) from error

    def _read_input(self, path: PurePosixPath) -> bytes | None:
        content = self._disk.read(str(path))
        if content is not None:
            self._inputs[path] = disk.digest(content)
        return content

    def _read_again(self, path: PurePosixPath) -> tuple[PurePosixPath, bytes]:
        content = None
        with contextlib.suppress(OSError):
            content = self._disk.read(str(path))
        if content is None or disk.digest(content) != self._inputs[path]:
            raise RenderError(f"{path}: it changed after it was read", hint="Build again.")
        return path, content


def _explain_move(path: PurePosixPath, folder: str) -> str:
    return f"{path} is not read: move it to {folder}/{path.stem}{path.suffix.lower()}."
