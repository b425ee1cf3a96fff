"""Disk, clock and environment as a command sees them, with a trace of all that it saw.

A later command may give the same answer without doing the work again while it would see the same: a *verifying trace*
(Mokhov, Mitchell, Peyton Jones: Build Systems à la Carte, 2018, section 4.2.2).
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import wraps
from pathlib import Path, PurePosixPath
from typing import Concatenate, ParamSpec, TypeVar

from polyleaf.paths import COMPANIONS
from polyleaf.workspace.links import follow_links

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")

Sight = tuple[list[str], object]
"""What was looked at (the name of a method of `Disk`, and its arguments), and what was seen: a value of JSON.

Of a content that is its SHA-256 in hexadecimal digits, of an error its number (errno) in an object.
"""


def observed(look: Callable[Concatenate[Disk, Parameters], Result]) -> Callable[Concatenate[Disk, Parameters], Result]:
    """Return the method *look*, which returns bytes or a value of JSON, with what it sees noted in the trace."""

    @wraps(look)
    def see(self: Disk, /, *args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        sight = look.__name__, *map(str, args)
        try:
            result = look(self, *args, **kwargs)
        except OSError as error:
            self.trace[sight] = {"errno": error.errno}
            raise
        self.trace[sight] = digest(result) if isinstance(result, bytes) else result
        return result

    return see


class Disk:
    """The folder *root* of a project with the folder *source* in it, and the build folder *out*, within *bounds*."""

    def __init__(self, root: Path, source: str, out: Path, bounds: Path) -> None:
        """Look at these folders; see `Workspace`."""
        self._root = root
        self._source = source
        self._out = out
        self._bounds = bounds
        self.trace: dict[tuple[str, ...], object] = {}

    @observed
    def list_manuscripts(self, *suffixes: str) -> list[str]:
        """Return the names of the files with one of *suffixes* in the source folder, sorted."""
        folder = self._root / self._source
        files = folder.glob("[!.~]*") if folder.is_dir() else ()
        return sorted(file.name for file in files if file.suffix in suffixes)

    @observed
    def list_unread(self, *suffixes: str) -> list[str]:
        """Return the paths of files like manuscripts in a deeper folder, or with a suffix in capitals, sorted."""
        folder = self._root / self._source
        files = (file for file in folder.rglob("*") if file.suffix.lower() in suffixes and file.is_file())
        misplaced = (file for file in files if file.parent != folder or file.suffix not in suffixes)
        return list(map(str, sorted(path for path in map(self._relative, misplaced) if _is_visible(path))))

    @observed
    def list_companions(self) -> list[list[str]]:
        """Return path and leaflet of each file that belongs to one leaflet (template, catalog, sign-offs), sorted."""
        return sorted(
            [str(path), path.name.removesuffix(suffix)]
            for pattern, suffix in COMPANIONS.items()
            for path in map(self._relative, self._root.glob(pattern))
            if _is_visible(path)
        )

    def _relative(self, file: Path) -> PurePosixPath:
        return PurePosixPath(file.relative_to(self._root))

    @observed
    def read(self, path: str) -> bytes | None:
        """Return the content of the file *path* of the project, None when there is none.

        Raises OSError when it cannot be read, is no regular file, or is outside the project.
        """
        file = self._root / path
        return read_file(follow_links(file, self._root)) if os.path.lexists(file) else None

    @observed
    def describe_image(self, path: str) -> list[str | int]:
        """Return where the image *path* is (it may be a link), and its size in bytes.

        Raises OSError when it is not there, or outside the source folder.
        """
        file = self._root / path
        follow_links(file, self._root / self._source)
        return [str(file.resolve()), file.stat().st_size]

    @observed
    def read_output(self, path: str) -> bytes | None:
        """Return the content of the file *path* in the build folder, None when there is none that can be read."""
        try:
            follow_links(self._out, self._bounds)
            return read_file(follow_links(self._out / path, self._out))
        except (OSError, ValueError):
            return None

    @observed
    def measure_output(self, path: str) -> int | None:
        """Return the size in bytes of the file *path* in the build folder, None when there is none."""
        file = self._out / path
        return file.stat().st_size if file.is_file() else None

    @observed
    def name_day(self) -> str:
        """Return the current day (ISO 8601) in the time zone of the machine."""
        return now().date().isoformat()

    @observed
    def look_up(self, variable: str) -> str | None:
        """Return the value of an environment variable, None when it is not set."""
        return os.environ.get(variable)

    def note(self, look: str, path: object, content: bytes | None) -> None:
        """Note that *look* sees *content* at *path* from now on: it was written, or removed (None)."""
        self.trace[look, str(path)] = content if content is None else digest(content)

    def sees(self, sights: Iterable[Sight]) -> bool:
        """Tell whether all *sights* are as they were."""
        return all(self._repeat(look) == seen for look, seen in sights)

    def _repeat(self, look: Sequence[str]) -> object:
        name, *arguments = look
        with contextlib.suppress(OSError):
            getattr(self, name)(*arguments)
        return self.trace[name, *arguments]


def now() -> datetime:
    """Return the current time, in the time zone of the machine."""
    return datetime.now().astimezone()


def digest(content: bytes) -> str:
    """Return the SHA-256 of *content* in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def read_file(file: Path) -> bytes:
    """Return the content of *file*; raises OSError for what is no regular file: reading a pipe could take for ever."""
    if file.exists() and not file.is_file():
        raise OSError(errno.EINVAL, "it is not a file")
    return file.read_bytes()


def _is_visible(path: PurePosixPath) -> bool:
    """Tell whether no part of *path* is hidden, or a copy that an editor keeps."""
    return not any(part.startswith((".", "~")) for part in path.parts)
