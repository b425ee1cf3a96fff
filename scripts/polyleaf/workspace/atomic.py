"""SHELL: files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from polyleaf.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def shown(file: Path) -> str:
    """Return *file* as seen from the folder a person is in."""
    with contextlib.suppress(ValueError):
        return str(file.absolute().relative_to(Path.cwd()))
    return str(file)


def written(files: Mapping[Path, bytes], root: Path) -> list[PurePosixPath]:
    """Write *files* beside their places and move them there when all are written; the new ones are returned."""
    fresh = {file: content for file, content in files.items() if not same(file, content)}
    with _aside(fresh) as moves:
        for temporary, file in moves:
            temporary.replace(file)
    return [PurePosixPath(file.relative_to(root)) for file in fresh]


def same(file: Path, content: bytes) -> bool:
    """Tell whether *content* is what *file* holds."""
    with contextlib.suppress(OSError):
        return file.is_file() and file.read_bytes() == content
    return False


@contextlib.contextmanager
def _aside(files: Mapping[Path, bytes]) -> Iterator[list[tuple[Path, Path]]]:
    moves: list[tuple[Path, Path]] = []
    place = ""
    try:
        for file, content in files.items():
            place = shown(file)
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
        hint = "Make room or mend the permissions; what was there before is unchanged."
        raise RenderError(f"{place}: cannot be written: {error.strerror}", hint=hint) from error
    finally:
        for temporary, _ in moves:
            temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
