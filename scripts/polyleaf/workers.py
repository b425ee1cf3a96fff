"""A process pool that renders editions in parallel; WeasyPrint is loaded before it is needed."""

from __future__ import annotations

import contextlib
import functools
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import connection, forkserver, resource_tracker
from typing import Any

from polyleaf.errors import RenderError

if sys.platform == "linux":
    import fcntl

Claim = Future[Future[Any]]
"""The future of a call that will be submitted to a process."""

Submit = Callable[..., Callable[[], Any]]
"""Takes a function and its arguments; what it returns waits for the result when it is called."""

SAFE_PATH = "PYTHONSAFEPATH"
"""Keeps the current folder out of the search path of Python: https://docs.python.org/3/using/cmdline.html#cmdoption-P"""


@contextlib.contextmanager
def process_pool(tasks: int, warm: Callable[[], None]) -> Iterator[Submit]:
    """Give a function that submits a call to up to *tasks* processes; *warm* runs first in each of them.

    It returns a function that waits for the result and returns it. With one task, or one processor, calls are made at
    once in this process. The processes start in the background, and nothing waits for them. When one of them is ended
    from outside, as by a system that is out of memory, every call without a result is made again, each in a process of
    its own, one after the other; RenderError is raised for a call whose process is ended again.
    """
    processes = min(tasks, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    if processes == 1:
        yield _at_once
        return
    with _open_pool(processes, warm) as submit:
        yield lambda *work: _wait_for(submit(*work), functools.cache(lambda: _at_once(_call_alone, warm, *work)))


@contextlib.contextmanager
def _open_pool(processes: int, warm: Callable[[], None]) -> Iterator[Callable[..., Claim]]:
    """Give a function that submits a call to *processes*; their start, and each call, is submitted to a thread."""
    with ThreadPoolExecutor(1) as starter:
        pool = starter.submit(_start_pool, processes, warm)
        try:
            yield lambda *work: starter.submit(lambda: pool.result().submit(*work))
        except BaseException:
            starter.shutdown(wait=False, cancel_futures=True)  # a call submitted now could start one more process
            _stop(pool, at_once=True)
            raise
        _stop(pool, at_once=False)


def _at_once(work: Callable[..., Any], *arguments: object) -> Callable[[], Any]:
    """Call *work* now; its error is raised, as that of another process is, where somebody waits for the result."""
    future: Future[Any] = Future()
    try:
        future.set_result(work(*arguments))
    except Exception as error:  # noqa: BLE001 - it is raised again
        future.set_exception(error)
    return future.result


def _wait_for(claim: Claim, repeat: Callable[[], Callable[[], Any]]) -> Callable[[], Any]:
    """Return a function that waits for the result of *claim*, or for that of *repeat* if its process was ended."""

    def wait() -> Any:  # noqa: ANN401 - whatever the call returns
        with contextlib.suppress(BrokenExecutor):
            return _result(claim)
        return repeat()()

    return wait


def _result(claim: Claim) -> Any:  # noqa: ANN401 - whatever the call returns
    """Wait for the result of *claim*; raises BrokenExecutor when its process was ended, or could not be started."""
    try:
        future = claim.result()
    except (OSError, EOFError) as error:
        raise BrokenExecutor from error
    return future.result()


def _call_alone(warm: Callable[[], None], *work: Any) -> Any:  # noqa: ANN401 - any call
    """Make the call *work* in a process of its own; raises RenderError when that process is ended."""
    try:
        with _open_pool(1, warm) as submit:
            return _result(submit(*work))
    except BrokenExecutor as error:
        fact = "the process that made it was ended twice, the second time alone, perhaps for want of memory"
        hint = "Close other programs, or build fewer leaflets at once: polyleaf build LEAFLET."
        raise RenderError(fact, hint=hint) from error


def _stop(pool: Future[ProcessPoolExecutor], *, at_once: bool) -> None:
    """End the processes; if the pool never started, whoever waited for a result has had the error."""
    with contextlib.suppress(OSError, EOFError, BrokenExecutor, CancelledError):
        executor = pool.result()
        for process in list(getattr(executor, "_processes", {}).values()) if at_once else ():
            process.terminate()
        executor.shutdown(cancel_futures=True)


def _start_pool(processes: int, warm: Callable[[], None]) -> ProcessPoolExecutor:
    with _safe_path():
        return _start_processes(processes, warm)


@contextlib.contextmanager
def _safe_path() -> Iterator[None]:
    """Let no Python that starts now import a file of the current folder: a project may be somebody else's.

    The resource tracker and the fork server start as `python -c`, which searches that folder before all others.
    """
    before = os.environ.get(SAFE_PATH)
    os.environ[SAFE_PATH] = "1"
    try:
        yield
    finally:
        os.environ.pop(SAFE_PATH) if before is None else os.environ.update({SAFE_PATH: before})


def _start_processes(processes: int, warm: Callable[[], None]) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
    if os.name == "posix":
        # An interrupt, and the end of a terminal, is for the parent alone. What this thread blocks, the processes it
        # starts block as well: else one that still loads its modules dies with a traceback. The tracker ignores
        # interrupts by itself and unblocks them, so they are blocked after its start.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})
        resource_tracker.ensure_running()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        context.set_forkserver_preload(["weasyprint"])
        forkserver.ensure_running()
    executor = ProcessPoolExecutor(processes, context, initializer=_prepare, initargs=(warm,))
    for _ in range(processes):
        executor.submit(warm)
    return executor


def _prepare(warm: Callable[[], None]) -> None:
    """Leave interrupts to the parent, which ends its processes; exempt what is loaded from garbage collection."""
    parent = multiprocessing.parent_process()
    if parent:
        end_when_closed(parent.sentinel)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(Exception):
        warm()
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)  # a layout makes millions of objects and few cycles


def end_when_closed(pipe: int) -> None:
    """End this process when the other end of *pipe* is closed: when the process that has it ends, in whatever way.

    The kernel does so with SIGKILL (`F_SETSIG` in fcntl(2)), whatever this process does then; where it cannot, a thread
    does. That the fork server and the resource tracker end when the last of their clients has ended is their own way.
    """
    if sys.platform == "linux":
        fcntl.fcntl(pipe, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(pipe, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(pipe, fcntl.F_SETFL, os.O_ASYNC)
        if connection.wait([pipe], 0):
            os._exit(1)
    else:
        threading.Thread(target=lambda: (connection.wait([pipe]), os._exit(1)), daemon=True).start()
