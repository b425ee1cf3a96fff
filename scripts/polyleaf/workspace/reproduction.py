"""Reproduction of a build in a varied environment: another folder, time zone, locale, umask and hash seed.

The variations are among those of https://reproducible-builds.org/docs/env-variations/.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from polyleaf.errors import RenderError

ONE_PROCESSOR = """
import os
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
from polyleaf.__main__ import main
from polyleaf.workers import end_when_closed
end_when_closed(0)
main()
"""
"""The command on one processor, where everything is made in one process, one after the other."""

VARIATIONS = {
    "PYTHONHASHSEED": ("1", "2"),
    "TZ": ("LAST-14", "FIRST+12"),
    "LC_ALL": ("tr_TR.UTF-8", "C"),
    "LANG": ("tr_TR.UTF-8", "C"),
    "LANGUAGE": ("tr", "nl"),
}
"""Environment variables with two values: the second is used where a variable has the first already."""

UMASK = 0o077
EXIT_FINDINGS = 1
"""The exit code of a build that makes some editions and refuses others."""

CRASH = "Traceback (most recent call last)"
"""What Python prints when a program crashes, with the same exit code."""


@contextlib.contextmanager
def rebuild(inputs: Iterable[tuple[PurePosixPath, bytes]], words: Sequence[str]) -> Iterator[Path]:
    """Give a temporary folder with *inputs*, paths and contents, in which `polyleaf build` has run.

    *words* are its arguments. The files are new, and written in the order of *inputs*. Raises RenderError when nothing
    can be made there.
    """
    with tempfile.TemporaryDirectory(prefix="polyleaf again ", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        try:
            for path, content in inputs:
                file = folder / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
            process = _run(folder, words)
        except OSError as error:
            fact = f"no second build can be made in {folder.parent}: {error.strerror}"
            raise RenderError(fact, hint="Free some space there, or name another folder with TMPDIR.") from error
        if process.returncode not in {0, EXIT_FINDINGS} or CRASH in process.stderr:
            output = process.stderr.strip() or f"exit code {process.returncode}"
            raise RenderError(f"the second build failed, and the first did not: {output}", hint="Build again.")
        yield folder


def _run(folder: Path, words: Sequence[str]) -> subprocess.CompletedProcess[str]:
    varied = {key: values[os.environ.get(key) == values[0]] for key, values in VARIATIONS.items()}
    reader, writer = os.pipe()
    with os.fdopen(reader, "rb") as standard_input, os.fdopen(writer, "wb"):  # it ends when this process does
        return subprocess.run(  # noqa: S603 - the program is this one
            [sys.executable, "-P", "-c", ONE_PROCESSOR, "build", "-q", *words],
            cwd=folder,
            env={**os.environ, **varied},
            umask=UMASK if os.name == "posix" else -1,
            stdin=standard_input,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
