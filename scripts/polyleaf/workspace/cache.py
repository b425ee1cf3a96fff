"""What later commands may use again, in the user's folder of caches: never needed, never from somebody else's project.

It is not in the project, which may come from others with outputs and records that fit each other and are wrong.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from pathlib import Path

PREFIX = "."
"""How the names of files begin that are being written."""


def folder_for(build: Path) -> Path:
    """Return the folder of what is kept about the build folder *build*: `~/.cache/polyleaf/` and a number, on Linux.

    https://specifications.freedesktop.org/basedir-spec/latest/
    """
    import platformdirs  # noqa: PLC0415 - not every command keeps something

    name = hashlib.sha256(os.fsencode(build.absolute().resolve())).hexdigest()
    return platformdirs.user_cache_path("polyleaf", appauthor=False) / name


def read(file: Path) -> bytes | None:
    """Return the content of *file*, None when there is none, or when another user may have written it."""
    with contextlib.suppress(OSError), file.open("rb") as stream:
        is_own = os.name != "posix" or os.fstat(stream.fileno()).st_uid == os.getuid()
        return stream.read() if is_own else None
    return None


def write(file: Path, content: bytes) -> None:
    """Write *content* to *file*, whole or not at all, for this user alone; where that cannot be, nothing is kept."""
    import tempfile  # noqa: PLC0415 - what is only read needs no file

    with contextlib.suppress(OSError):
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, prefix=PREFIX, delete=False) as stream:
            stream.write(content)
        Path(stream.name).replace(file)


def stamp(file: str) -> tuple[str, int, int]:
    """Return *file*, its size in bytes and the time of its last change (ns); 0 and 0 when it is not there."""
    with contextlib.suppress(OSError):
        status = Path(file).stat()
        return file, status.st_size, status.st_mtime_ns
    return file, 0, 0
