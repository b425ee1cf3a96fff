"""Runs programs, and calls of libraries, within limits of time; a program ends when this process does."""

from __future__ import annotations

import contextlib
import ctypes
import functools
import os
import signal
import subprocess  # noqa: TID251 - it wraps the programs that others call
import sys
import threading
import warnings
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if os.name == "posix":
    import resource

if TYPE_CHECKING:
    from types import FrameType

CLOCK = 10
"""How many seconds may pass for each second of processor time: other programs are at work as well."""

SECONDS, CHARACTERS_PER_SECOND = 30, 2000
"""How much processor time an edition, and the checks of a translation, may take.

A leaflet of 15,000 characters takes one or two seconds."""

AGAIN = 1
"""After so many seconds an error is raised once more: one in a callback of a C library is lost."""

OBSERVERS = ("coverage.collector", "hypothesis.internal.conjecture.junkdrawer")
"""Modules whose functions Python calls in the middle of others, to trace them or to time the collector of garbage.

An error there would be lost, or leave a lock locked."""

PR_SET_PDEATHSIG = 1
"""The operation of Linux's prctl(2) that names the signal a process gets when its parent ends."""


def run(command: Sequence[str], content: bytes, seconds: int) -> subprocess.CompletedProcess[bytes]:
    """Run *command* with *content* as its input; return its exit code and what it wrote.

    It is killed, with all that it started, when it has taken *seconds* of processor time, when CLOCK times that have
    passed, and when this process is interrupted or ends. Raises OSError when it cannot be started.
    """
    with _start(command, seconds) as process:
        try:
            stdout, stderr = process.communicate(content, timeout=CLOCK * seconds)
        except subprocess.TimeoutExpired:
            _kill(process)
            stdout, stderr = process.communicate()
        except BaseException:
            _kill(process)
            raise
    return subprocess.CompletedProcess(command, process.returncode, stdout, stderr)


def end_with_parent(parent: int) -> None:
    """Let this process be killed when *parent*, its parent's id, ends: on Linux, elsewhere it does nothing."""
    if sys.platform == "linux":
        _load_library().prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it ended before the line above
            os.kill(os.getpid(), signal.SIGKILL)


class TimeExceededError(BaseException):
    """What was called in `time_limit` took too long; no Exception, so that few libraries take it for one of theirs."""


def seconds_for(characters: int) -> int:
    """Return how many seconds of processor time a text of so many *characters* may take."""
    return SECONDS + characters // CHARACTERS_PER_SECOND


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeExceededError in what is done here when it has taken *seconds* of processor time.

    It is raised at the end when a library caught it. One limit may be within another. There is none outside the main
    thread, and where there are no timers (Windows).
    """
    if os.name != "posix" or threading.current_thread() is not threading.main_thread():
        yield
        return
    exceeded = []

    def exceed(_number: int, frame: FrameType | None) -> None:
        if frame and frame.f_globals.get("__name__") in OBSERVERS:
            return
        exceeded.append(seconds)
        raise TimeExceededError

    handler = signal.signal(signal.SIGVTALRM, exceed)
    remaining, _ = signal.setitimer(signal.ITIMER_VIRTUAL, seconds, AGAIN)
    try:
        yield
    except Exception as error:
        if exceeded:
            raise TimeExceededError from error
        raise
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, remaining, AGAIN if remaining else 0)
        signal.signal(signal.SIGVTALRM, handler)
    if exceeded:
        raise TimeExceededError


def _start(command: Sequence[str], seconds: int) -> subprocess.Popen[bytes]:
    pipe = subprocess.PIPE
    options: dict[str, Any] = {"creationflags": getattr(subprocess, "CREATE_NO_WINDOW", 0)}
    if os.name == "posix":
        _load_library()
        options = {"process_group": 0, "preexec_fn": functools.partial(_limit, os.getpid(), seconds)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Python 3.12 warns of threads; `_limit` waits for no lock
        return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, **options)  # noqa: S603 - no shell


def _limit(parent: int, seconds: int) -> None:
    """Set the limits of the process that becomes the program; *parent* is the id of the one that starts it."""
    highest = resource.getrlimit(resource.RLIMIT_CPU)[1]  # of a shell with `ulimit -t`; nobody may raise it
    limit = seconds if highest == resource.RLIM_INFINITY else min(seconds, highest)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    end_with_parent(parent)


def _kill(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()


@functools.cache
def _load_library() -> ctypes.CDLL:
    """Return the C library, which is loaded before a process is started: a new one must not wait for a lock."""
    return ctypes.CDLL(None)
