"""SHELL: the same build in another world: a private folder, another clock zone, locale, umask and hash seed."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from polyleaf.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import PurePosixPath

ALONE = """
import os
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
from polyleaf.__main__ import main
main()
"""
"""The command on one processor, where everything is made in one process, one after the other."""

OTHER = {
    "PYTHONHASHSEED": ("1", "2"),
    "TZ": ("LAST-14", "FIRST+12"),
    "LC_ALL": ("tr_TR.UTF-8", "C"),
    "LANG": ("tr_TR.UTF-8", "C"),
    "LANGUAGE": ("tr", "nl"),
}
"""What may be different on another machine, and two values: the second where somebody has the first."""

MASK = 0o077
FINDINGS = 1
"""The exit code of a build that makes some editions and refuses others."""

CRASH = "Traceback (most recent call last)"
"""What Python says with the same exit code when a program of it ends as it should not."""


@contextlib.contextmanager
def elsewhere(inputs: Mapping[PurePosixPath, bytes], words: Sequence[str]) -> Iterator[Path]:
    """Give a private folder with *inputs* in which `polyleaf build` has run with *words*; it is gone afterwards.

    Its files are new, and written in another order than by name. Raises RenderError when nothing can be made there.
    """
    with tempfile.TemporaryDirectory(prefix="polyleaf again ", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        try:
            for path, content in sorted(inputs.items(), reverse=True):
                file = folder / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
            made = _run(folder, words)
        except OSError as error:
            fact = f"no second build can be made in {folder.parent}: {error.strerror}"
            raise RenderError(fact, hint="Make room there, or name another folder with TMPDIR.") from error
        if made.returncode not in {0, FINDINGS} or CRASH in made.stderr:
            said = made.stderr.strip() or f"exit code {made.returncode}"
            raise RenderError(f"the second build failed, and the first did not: {said}", hint="Build again.")
        yield folder


def _run(folder: Path, words: Sequence[str]) -> subprocess.CompletedProcess[str]:
    others = {key: values[os.environ.get(key) == values[0]] for key, values in OTHER.items()}
    return subprocess.run(  # noqa: S603 - the program is this one
        [sys.executable, "-P", "-c", ALONE, "build", "-q", *words],
        cwd=folder,
        env={**os.environ, **others},
        umask=MASK if os.name == "posix" else -1,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
