"""Files of a project and the clock: only this package reads and writes source/, locales/, build/, pyproject.toml.

Modules: `atomic_writes` (files written all or none), `links` (where they lead), `memory` (a project without a disk),
`names` (what a leaflet may be called), `reproduction` (the same build in another environment).
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath

from polyleaf import config
from polyleaf.config import Project
from polyleaf.errors import CommandError, ConfigError, RenderError, SourceError, collect, offer
from polyleaf.model import Manuscript, Picture
from polyleaf.paths import BIBLIOGRAPHY, COMPANIONS, SETTINGS, SOURCE
from polyleaf.quotations import quote
from polyleaf.workspace.atomic_writes import display_path, has_content, write
from polyleaf.workspace.links import follow_links
from polyleaf.workspace.names import compose, find_fault
from polyleaf.workspace.reproduction import rebuild

LARGEST = 500_000_000
"""The size in bytes of the largest output that is read."""

LARGEST_IMAGE = 100_000_000
"""The size in bytes of the largest image that is read; a photo of 100 million pixels has about 40 million."""


class Workspace:
    """The folder of a leaflet project."""

    def __init__(self, root: Path, out: Path | None = None, source: str = str(SOURCE)) -> None:
        """Work in the folder *root*; outputs go to the build folder *out*, by default `build` in it.

        *source* is the name of the folder in *root* with the manuscripts, their images and the bibliography.
        """
        self._root = root
        self._source = source
        self._out = out or root / "build"
        self._bounds = out or root
        self._inputs: dict[PurePosixPath, bytes] = {}
        self._bases: dict[Path, bytes | None] = {}
        self._outputs: dict[PurePosixPath, None] = {}

    @property
    def inputs(self) -> Mapping[PurePosixPath, bytes]:
        """The files read until now and their bytes, by path in the project: all that the outputs can be made from."""
        return self._inputs

    @property
    def outputs(self) -> tuple[PurePosixPath, ...]:
        """The paths in the build folder of all files published until now, changed or not."""
        return tuple(self._outputs)

    def project(self) -> Project:
        """Return the settings of the project; raises ConfigError when they are missing or not valid."""
        file = self._root / SETTINGS
        if not os.path.lexists(file):
            raise ConfigError(
                f"{SETTINGS}: there is no such file in {self._root}",
                hint='Go to the folder of your project, or make it with:\n[tool.polyleaf]\nsource_language = "nl"',
            )
        try:
            return config.read(self._read_input(file), str(SETTINGS))
        except OSError as error:
            hint = "Put a file there that you may read."
            raise ConfigError(f"{SETTINGS}: cannot be read: {error.strerror}", hint=hint) from error

    def manuscripts(self, names: Sequence[str], suffixes: Sequence[str]) -> list[Manuscript]:
        """Return the manuscripts called *names*, in their order; all of them, sorted by name, when there are none.

        *suffixes* are those of manuscripts (`.md`). Raises CommandError for a name that no manuscript has, SourceError
        when there is no manuscript, when one cannot be read, or when its name cannot be that of a leaflet.
        """
        files = self._find_manuscripts(suffixes)
        unread = {path.stem: _explain_move(path, self._source) for path in self.unread(suffixes)}
        if not files:
            hint = f"Write one, such as {self._source}/leaflet{suffixes[0]}, with a title."
            raise SourceError(f"{self._source}/: there is no leaflet", hint=next(iter(unread.values()), hint))
        by_name = {file.stem: file for file in files}
        for name in names:
            if name not in by_name:
                hint = unread.get(name) or offer(name, by_name)
                raise CommandError(f"there is no leaflet {quote(name)} in {self._source}/", hint=hint)
        self._check_names(by_name, names or by_name)
        chosen = [by_name[name] for name in dict.fromkeys(names)] or files
        folder = PurePosixPath(self._source)
        return collect(lambda file: Manuscript(folder / file.name, self._read_source(file)), chosen)

    def count(self, suffixes: Sequence[str]) -> int:
        """Return the number of manuscripts with one of *suffixes*; reads none of them."""
        return len(self._find_manuscripts(suffixes))

    def leaflets(self, suffixes: Sequence[str]) -> frozenset[str]:
        """Return the names of the manuscripts with one of *suffixes*; reads none of them."""
        return frozenset(file.stem for file in self._find_manuscripts(suffixes))

    def _find_manuscripts(self, suffixes: Sequence[str]) -> list[Path]:
        folder = self._root / self._source
        return sorted(file for file in folder.glob("[!.~]*") if file.suffix in suffixes) if folder.is_dir() else []

    def unread(self, suffixes: Sequence[str]) -> list[PurePosixPath]:
        """Return the files like manuscripts that are in a deeper folder, or have a suffix in capitals; sorted."""
        folder = self._root / self._source
        files = (file for file in folder.rglob("*") if file.suffix.lower() in suffixes and file.is_file())
        misplaced = (file for file in files if file.parent != folder or file.suffix not in suffixes)
        return sorted(path for path in map(self._relative, misplaced) if _is_visible(path))

    def companions(self) -> list[tuple[PurePosixPath, str]]:
        """Return the files that belong to one leaflet each (templates, catalogs, sign-offs) with its name; sorted."""
        return sorted(
            (path, path.name.removesuffix(suffix))
            for pattern, suffix in COMPANIONS.items()
            for path in map(self._relative, self._root.glob(pattern))
            if _is_visible(path)
        )

    def _relative(self, file: Path) -> PurePosixPath:
        return PurePosixPath(file.relative_to(self._root))

    def _check_names(self, leaflets: Iterable[str], chosen: Collection[str]) -> None:
        """Raise SourceError for a *chosen* one of all *leaflets* with a name that none can have.

        That is also one that another has on disks that ignore case.
        """
        known: dict[str, str] = {}
        for name in leaflets:
            fault = find_fault(name) if name in chosen else None
            if fault:
                raise SourceError(f"{self._source}/: {fault[0]}", hint=fault[1])
            namesake = known.setdefault(compose(name), name)
            if namesake != name and not {namesake, name}.isdisjoint(chosen):
                names = f"{quote(namesake)} and {quote(name)}"
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
        file = self._root / path
        content = self._bases[file] = self._read_source(file) if os.path.lexists(file) else None
        return content

    def document(self, path: Path, largest: int) -> Manuscript:
        """Return the file *path*, which may be outside the project.

        Raises CommandError when it cannot be read, or has more than *largest* bytes.
        """
        try:
            if path.stat().st_size > largest:
                fact = f"{quote(str(path))} is larger than {largest // 1_000_000} MB"
                raise CommandError(fact, hint="Import the leaflet alone, not the book it is in.")
            return Manuscript(PurePosixPath(path.name), _read_file(path))
        except (OSError, ValueError) as error:
            fact = f"{quote(str(path))} cannot be read: {getattr(error, 'strerror', None) or 'it is no path'}"
            raise CommandError(fact, hint="Name a file that you may read, such as leaflet.docx.") from error

    def epoch(self) -> datetime | None:
        """Return the time in the environment variable SOURCE_DATE_EPOCH, in UTC, None when it is not set.

        Raises ConfigError for another value than whole seconds. https://reproducible-builds.org/specs/source-date-epoch/
        """
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        if epoch is None:
            return None
        with contextlib.suppress(ValueError, OverflowError, OSError):
            if re.fullmatch("[0-9]+", epoch):  # int() takes signs, spaces and the digits of other scripts
                return datetime.fromtimestamp(int(epoch), UTC)
        fact = f"SOURCE_DATE_EPOCH is {quote(epoch)}"
        raise ConfigError(fact, hint="Set it to whole seconds since 1970, or take it away.")

    def now(self) -> datetime:
        """Return the current time, in the time zone of the machine."""
        return datetime.now().astimezone()

    def today(self) -> date:
        """Return the current day, in the time zone of the machine."""
        return self.now().date()

    def save(self, files: Mapping[PurePosixPath, bytes]) -> list[PurePosixPath]:
        """Write *files* into the project, all or none (then RenderError); return those that changed.

        Raises WriteConflict for a file that was `read` and has changed since.
        """
        contents = {self._root / path: content for path, content in files.items()}
        changed = write(contents, self._root, self._bases, is_durable=True)
        return [PurePosixPath(file.relative_to(self._root)) for file in changed]

    def drift(self, files: Mapping[PurePosixPath, bytes]) -> list[PurePosixPath]:
        """Return those of *files* that `save` would change; writes nothing."""
        return [path for path, content in files.items() if not has_content(self._root / path, content)]

    def publish(self, files: Mapping[PurePosixPath, bytes]) -> list[PurePosixPath]:
        """Write *files* into the build folder, all or none (then RenderError); return their paths to display."""
        write({self._out / path: content for path, content in files.items()}, self._bounds, {}, is_durable=False)
        self._outputs.update(dict.fromkeys(files))
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
            with contextlib.suppress(OSError):  # there is another file in it
                file.parent.rmdir()

    def published(self, paths: Iterable[PurePosixPath]) -> list[PurePosixPath]:
        """Return those of *paths* in the build folder that exist, relative to the working directory."""
        return [PurePosixPath(display_path(self._out / path)) for path in paths if (self._out / path).is_file()]

    def built(self, path: PurePosixPath) -> bytes | None:
        """Return the content of the file *path* in the build folder, None when there is none in it that can be read."""
        try:
            follow_links(self._out, self._bounds)
            return _read_file(follow_links(self._out / path, self._out))
        except (OSError, ValueError):
            return None

    @contextlib.contextmanager
    def reproduce(self, arguments: Sequence[str]) -> Iterator[tuple[Workspace, tuple[PurePosixPath, ...]]]:
        """Run `polyleaf build` with *arguments* on a copy of the inputs, in a varied environment.

        Gives the copy and the paths of its outputs; both are deleted afterwards. Raises RenderError when it fails.
        """
        with rebuild(self._inputs, arguments) as folder:
            files = (file for file in (folder / "build").rglob("*") if file.is_file())
            paths = sorted(PurePosixPath(file.relative_to(folder / "build")) for file in files)
            yield Workspace(folder, source=self._source), tuple(paths)

    def finished(self, paths: Iterable[PurePosixPath]) -> dict[PurePosixPath, tuple[str, bytes]]:
        """Return by path those of *paths* in the build folder that exist: the path to display, and the content.

        Raises RenderError for one of more than LARGEST bytes.
        """
        files = {path: self._out / path for path in paths if (self._out / path).is_file()}
        for file in files.values():
            if file.stat().st_size > LARGEST:
                fact = f"{display_path(file)}: larger than {LARGEST // 1_000_000} MB, which no leaflet is"
                raise RenderError(fact, hint="Take it away, and run `polyleaf build` again.")
        return {path: (display_path(file), file.read_bytes()) for path, file in files.items()}

    def _picture(self, name: str, location: str) -> Picture:
        folder = self._root / self._source
        file = folder / name
        try:
            follow_links(file, folder)
            if file.stat().st_size > LARGEST_IMAGE:
                fact = f"the image {quote(name)} has more than {LARGEST_IMAGE // 1_000_000} MB"
                raise SourceError(f"{location}: {fact}", hint="Export it smaller, or as a JPEG if it is a photo.")
            return Picture(name, self._read_input(file))
        except (OSError, ValueError) as error:
            fact, hint = "is not there", f"Put it at {self._source}/{name} or mend its name."
            if isinstance(error, OSError) and error.errno == errno.EXDEV:
                fact, hint = f"is outside {self._source}/", f"Put the file itself in {self._source}/media/."
            raise SourceError(f"{location}: the image {quote(name)} {fact}", hint=hint) from error

    def _read_source(self, file: Path) -> bytes:
        try:
            return self._read_input(file)
        except OSError as error:
            hint = "Put a file there that you may read, or take it away."
            raise SourceError(f"{self._relative(file)}: cannot be read: {error.strerror}", hint=hint) from error

    def _read_input(self, file: Path) -> bytes:
        content = self._inputs[self._relative(file)] = _read_file(follow_links(file, self._root))
        return content


def _is_visible(path: PurePosixPath) -> bool:
    """Tell whether no part of *path* is hidden, or a copy that an editor keeps."""
    return not any(part.startswith((".", "~")) for part in path.parts)


def _explain_move(path: PurePosixPath, folder: str) -> str:
    return f"{path} is not read: move it to {folder}/{path.stem}{path.suffix.lower()}."


def _read_file(file: Path) -> bytes:
    """Return the content of *file*; raises OSError for what is no regular file: reading a pipe could take for ever."""
    if file.exists() and not file.is_file():
        raise OSError(errno.EINVAL, "it is not a file")
    return file.read_bytes()
