"""Files written all or none: under a lock, to temporary files that are renamed, never over what changed meanwhile."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from polyleaf.errors import RenderError, WriteConflict
from polyleaf.workspace.links import follow_links

if sys.platform != "win32":
    import fcntl

PREFIX, SUFFIX = ".polyleaf-", ".tmp"
"""How the names of temporary files begin and end."""

LEFTOVER = f"{PREFIX}????????{SUFFIX}"
"""The pattern of their names, with the eight random characters of `tempfile`."""

TRIES = 5
"""How often a command is run on files that change every time while it runs."""

LONGEST_WAIT = 60
"""The seconds that a command waits for others that write into the same folder."""

PAUSE = 0.02
"""The seconds between two tries to lock a folder."""

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def write(
    files: Mapping[Path, bytes], folder: Path, bases: Mapping[Path, bytes | None], *, is_durable: bool
) -> list[Path]:
    """Write those of *files* that changed, all in *folder* or below it; return them.

    *bases* are the contents, None for no file, that the new ones were made from. With *is_durable* the files are on the
    disk, not in its cache, before any is renamed. Raises WriteConflict when a file is no longer its base, RenderError
    when one cannot be written; then none is changed, but for those renamed before a file that was saved just then. What
    another program saves between the last look at a file and its renaming, some microseconds, is not seen.
    """
    if not files:
        return []
    for file in files:
        _refuse_outside(file, folder)
    with _lock(folder) as is_locked:
        if is_locked:
            _remove_leftovers({folder, *(file.resolve().parent for file in files)})
        changed = {file: content for file, content in files.items() if not has_content(file, content)}
        with _write_temporary(changed, is_durable=is_durable) as moves:
            for file in changed:
                _refuse_changed(file, bases)
            for temporary, file in moves:
                _refuse_changed(file, bases)
                temporary.replace(file.resolve())
        if is_durable:
            for parent in {file.resolve().parent for file in changed}:
                _synchronize(parent)
    return list(changed)


def redo_after_conflict(command: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Return *command*, which reads, changes and saves files, run anew when one of them changed meanwhile.

    After TRIES runs the WriteConflict is raised.
    """

    @wraps(command)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        for _ in range(TRIES - 1):
            with contextlib.suppress(WriteConflict):
                return command(*args, **kwargs)
        return command(*args, **kwargs)

    return run


def has_content(file: Path, content: bytes) -> bool:
    """Tell whether *file* has this *content*."""
    with contextlib.suppress(OSError):
        return file.is_file() and file.read_bytes() == content
    return False


def display_path(file: Path) -> str:
    """Return *file* relative to the working directory, if it is in it."""
    with contextlib.suppress(ValueError):
        return str(file.absolute().relative_to(Path.cwd()))
    return str(file)


@contextlib.contextmanager
def _lock(folder: Path) -> Iterator[bool]:
    """Lock *folder* itself, so that there is no file for it, and tell whether that can be done on this system.

    Raises RenderError when others hold the lock for LONGEST_WAIT. It ends with the process, however that ends.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:  # on Windows no folder can be opened; one that cannot be made is told of where a file is written
        yield False
        return
    try:
        yield _wait_for_lock(descriptor, folder)
    finally:
        os.close(descriptor)


def _wait_for_lock(descriptor: int, folder: Path) -> bool:
    if sys.platform == "win32":
        return False
    latest = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < latest:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(PAUSE)
        except OSError:  # a file system of a network without locks
            return False
        else:
            return True
    fact = f"{display_path(folder)}/: another polyleaf has been writing there for {LONGEST_WAIT} seconds"
    raise RenderError(fact, hint="Wait until it has ended, or end it, and run this again; nothing was written.")


def _remove_leftovers(folders: Iterable[Path]) -> None:
    """Remove what processes that were killed left in *folders*: while they are locked nobody writes there."""
    for folder in folders:
        for file in folder.glob(LEFTOVER):
            with contextlib.suppress(OSError):
                file.unlink()


def _refuse_outside(file: Path, folder: Path) -> None:
    """Raise RenderError when a link leads from *file*, or from a folder that it is in, out of *folder*."""
    try:
        follow_links(file, folder)
    except OSError as error:
        hint = "Put a folder or file in the place of the link; what was there before is unchanged."
        raise RenderError(f"{display_path(file)}: cannot be written: {error.strerror}", hint=hint) from error


def _refuse_changed(file: Path, bases: Mapping[Path, bytes | None]) -> None:
    """Raise WriteConflict when *file* is not what is in *bases* under its path."""
    base = bases.get(file, b"")
    is_same = not file.exists() if base is None else has_content(file, base)
    if file in bases and not is_same:
        fact = f"{display_path(file)}: somebody, or another program, changed it while this command ran"
        raise WriteConflict(fact, hint="Run it again; what was saved is there, and nothing was written over it.")


@contextlib.contextmanager
def _write_temporary(files: Mapping[Path, bytes], *, is_durable: bool) -> Iterator[list[tuple[Path, Path]]]:
    """Give pairs of a temporary file, with the content of one of *files*, and that file; delete what is left of them.

    Raises RenderError for an OSError, also for one of the block.
    """
    moves: list[tuple[Path, Path]] = []
    path = ""
    try:
        for file, content in files.items():
            path = display_path(file)
            if file.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(SUFFIX, PREFIX, file.resolve().parent)
            moves.append((Path(name), file))
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
                if is_durable:
                    stream.flush()
                    os.fsync(stream.fileno())
            Path(name).chmod(0o666 & ~_umask())
        yield moves
    except OSError as error:
        hint = "Free some space or mend the permissions; what was there before is unchanged."
        raise RenderError(f"{path}: cannot be written: {error.strerror}", hint=hint) from error
    finally:
        for temporary, _ in moves:
            temporary.unlink(missing_ok=True)


def _synchronize(folder: Path) -> None:
    """Put the names in *folder* on the disk; systems that cannot open a folder do so by themselves."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
