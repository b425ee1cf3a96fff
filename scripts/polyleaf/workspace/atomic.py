"""Atomic writes: several files are written, or none of them."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

from polyleaf.errors import RenderError


def display_path(file: Path) -> str:
    """Return *file* relative to the working directory, if it is in it."""
    with contextlib.suppress(ValueError):
        return str(file.absolute().relative_to(Path.cwd()))
    return str(file)


def write(files: Mapping[Path, bytes], root: Path) -> list[PurePosixPath]:
    """Write those of *files* that changed to temporary files, rename these, and return the paths relative to *root*.

    Raises RenderError when a file cannot be written; then none is changed.
    """
    changed = {file: content for file, content in files.items() if not has_content(file, content)}
    with _write_temporary(changed) as moves:
        for temporary, file in moves:
            temporary.replace(file)
    return [PurePosixPath(file.relative_to(root)) for file in changed]


def has_content(file: Path, content: bytes) -> bool:
    """Tell whether *file* has this *content*."""
    with contextlib.suppress(OSError):
        return file.is_file() and file.read_bytes() == content
    return False


@contextlib.contextmanager
def _write_temporary(files: Mapping[Path, bytes]) -> Iterator[list[tuple[Path, Path]]]:
    moves: list[tuple[Path, Path]] = []
    path = ""
    try:
        for file, content in files.items():
            path = display_path(file)
            if file.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
            moves.append((Path(name), file))
            with os.fdopen(handle, "wb") as stream:
                stream.write(content)
            Path(name).chmod(0o666 & ~_umask())
        yield moves
    except OSError as error:
        hint = "Free some space or mend the permissions; what was there before is unchanged."
        raise RenderError(f"{path}: cannot be written: {error.strerror}", hint=hint) from error
    finally:
        for temporary, _ in moves:
            temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
