"""Runs programs, and calls of libraries, within limits of time; a program ends when this process does.

Starting a program can take longer than what it is asked for: a `Coprocess` stays, and answers one line after another.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import functools
import math
import os
import queue
import signal
import subprocess  # noqa: TID251 - it wraps the programs that others call
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
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

END = b"\x04"
"""How the line begins that ends what a coprocess writes to its standard error for one request.

The processor time that it has taken until then follows, in seconds.
"""

MOST_BYTES = 10_000_000
"""How much a coprocess is asked before another one takes its place: it keeps some of the memory that it took."""

PR_SET_PDEATHSIG = 1
"""The operation of Linux's prctl(2) that names the signal a process gets when its parent ends."""


def run(command: Sequence[str], content: bytes, seconds: int) -> subprocess.CompletedProcess[bytes]:
    """Run *command* with *content* as its input; return its exit code and what it wrote.

    It is killed, with all that it started, when it has taken *seconds* of processor time, when CLOCK times that have
    passed, and when this process is interrupted or ends. Raises OSError when it cannot be started.
    """
    with _start(command, functools.partial(_limit, os.getpid(), seconds)) as process:
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


@dataclass(frozen=True, slots=True)
class Answer:
    """A *line* of standard output, without its end, what was on standard error, and the exit code where it ended."""

    line: bytes
    errors: bytes
    exit_code: int | None


class Coprocess:
    """The program of a *command*, started when it is first asked, and again whenever it has ended."""

    def __init__(self, command: Sequence[str]) -> None:
        """Ask the program of *command*, which reads lines, and writes for each one line, flushed, and END to stderr."""
        self.command = tuple(command)
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._owner = self._size = 0
        self._used = 0.0
        atexit.register(self.close)

    def ask(self, request: bytes, seconds: int) -> Answer:
        """Return the answer to *request*, a line without its end.

        The program is killed when that takes *seconds* of processor time, or CLOCK times that have passed; then, as
        whenever it ends before it has answered, the answer has its exit code. Raises OSError when it cannot be started.
        """
        with self._lock:
            process = self._renew(len(request))
            try:
                answer = self._ask(process, request, seconds)
            except BaseException:
                self.close()
                raise
            if answer.exit_code is not None:
                self.close()
            return answer

    def close(self) -> None:
        """End the program, if it runs."""
        process, self._process = self._process, None
        if process and self._owner == os.getpid():
            _kill(process)
            process.wait()
            for pipe in (process.stdin, process.stdout, process.stderr):
                with contextlib.suppress(OSError):
                    pipe.close()  # type: ignore[union-attr] # all are pipes

    def _renew(self, size: int) -> subprocess.Popen[bytes]:
        """Return a program that runs, is of this process, and was not asked too much."""
        self._size += size
        is_own = self._owner == os.getpid()  # after a fork two processes would read the answers of one
        if not self._process or not is_own or self._size > MOST_BYTES or self._process.poll() is not None:
            self.close()
            self._process = _start(self.command, functools.partial(end_with_parent, os.getpid()))
            self._owner, self._size, self._used = os.getpid(), size, 0.0
            self._errors = queue.SimpleQueue()
            threading.Thread(target=_pass_on, args=(self._process, self._errors), daemon=True).start()
        return self._process

    def _ask(self, process: subprocess.Popen[bytes], request: bytes, seconds: int) -> Answer:
        _allow(process, math.ceil(self._used) + seconds)
        timer = threading.Timer(CLOCK * seconds, _kill, (process,))
        timer.daemon = True
        timer.start()
        try:
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(request + b"\n")  # type: ignore[union-attr] # it is a pipe
                process.stdin.flush()  # type: ignore[union-attr] # as above
            line: bytes = process.stdout.readline()  # type: ignore[union-attr] # as above
            errors = b""
            while (error := self._errors.get()) and not error.startswith(END):
                errors += error
        finally:
            timer.cancel()
        if not error:
            return Answer(line, errors, process.wait())
        self._used = float(error.removeprefix(END))
        return Answer(line.removesuffix(b"\n"), errors, None)


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
        if _loses_errors(frame):
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


def _loses_errors(frame: FrameType | None) -> bool:
    """Tell whether an error that is raised in *frame* would be lost, with a message: in what Python calls by itself."""
    if frame and frame.f_globals.get("__name__") in OBSERVERS:
        return True
    while frame:
        if frame.f_code.co_name == "__del__":
            return True
        frame = frame.f_back
    return False


def _pass_on(process: subprocess.Popen[bytes], errors: queue.SimpleQueue[bytes]) -> None:
    """Put each line of standard error of *process* into *errors*, and an empty one at its end."""
    with contextlib.suppress(ValueError, OSError):  # it was closed here
        for line in process.stderr or ():
            errors.put(line)
    errors.put(b"")


def _allow(process: subprocess.Popen[bytes], seconds: int) -> None:
    """Let *process* be killed when it has taken *seconds* of processor time, where that can be said of another one."""
    if sys.platform == "linux":
        highest = resource.prlimit(process.pid, resource.RLIMIT_CPU)[1]
        limit = seconds if highest == resource.RLIM_INFINITY else min(seconds, highest)
        with contextlib.suppress(ProcessLookupError):
            resource.prlimit(process.pid, resource.RLIMIT_CPU, (limit, highest))


def _start(command: Sequence[str], prepare: Callable[[], None]) -> subprocess.Popen[bytes]:
    """Start *command* as the leader of a process group; *prepare* is called in the process that becomes it."""
    pipe = subprocess.PIPE
    options: dict[str, Any] = {"creationflags": getattr(subprocess, "CREATE_NO_WINDOW", 0)}
    if os.name == "posix":
        _load_library()
        options = {"process_group": 0, "preexec_fn": prepare}
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
