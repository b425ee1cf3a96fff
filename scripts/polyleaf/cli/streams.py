"""Standard streams that are closed, full, or read by nobody any more, and a system that opens no more files."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path
from typing import TextIO

from polyleaf.cli.output import show_error
from polyleaf.errors import RenderError

if sys.platform != "win32":
    import resource

READER_GONE = 141
"""The exit code when nobody reads what is printed any more, as after `| head -1`: that of SIGPIPE in shells."""

FILES = 64
"""How many files a process may at least have open: a build with two workers has 25."""

STREAMS = {"stdin": "r", "stdout": "w", "stderr": "w"}


def open_closed_streams() -> None:
    """Open the null device as each standard stream that is closed, so that no other file gets its descriptor."""
    for name, mode in STREAMS.items():
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - as long as the process


def allow_files() -> None:
    """Let this process open FILES; raises RenderError when the system does not."""
    if sys.platform == "win32":
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if resource.RLIM_INFINITY != soft < FILES:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (FILES, hard))
            return
        fact = f"no more than {soft} files may be open here at once, and polyleaf needs {FILES}"
        raise RenderError(fact, hint="Raise the limit: ulimit -n 256")


def flush(code: int) -> int:
    """Write out what is printed, and return *code*, or the exit code for streams that cannot be written."""
    try:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except OSError as error:
        return explain(error)
    return code


def explain(error: OSError) -> int:
    """Print what the system refused, unless nobody reads it; return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        _drop_unwritable(stream)
    if error.errno == errno.EPIPE:
        return READER_GONE
    subject = error.filename or "standard output, or another file"
    stop = RenderError(f"{subject}: {error.strerror or error}", hint="Free what there is too little of, and try again.")
    with contextlib.suppress(OSError):
        show_error(stop)
    return stop.exit_code


def _drop_unwritable(stream: TextIO) -> None:
    """Send what is left for *stream* to the null device when it cannot be written: Python tries again as it ends."""
    try:
        stream.flush()
    except OSError:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
