"""A process pool that renders editions in parallel; WeasyPrint is loaded before it is needed."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import forkserver, resource_tracker
from typing import Any

from polyleaf.errors import RenderError

Submit = Callable[..., Callable[[], Any]]
"""Takes a function and its arguments; what it returns waits for the result when it is called."""

SAFE_PATH = "PYTHONSAFEPATH"
"""Keeps the current folder out of the search path of Python: https://docs.python.org/3/using/cmdline.html#cmdoption-P"""


@contextlib.contextmanager
def process_pool(tasks: int, warm: Callable[[], None]) -> Iterator[Submit]:
    """Give a function that submits a call to up to *tasks* processes; *warm* runs first in each of them.

    It returns a function that waits for the result and returns it. With one task, or one processor, calls are made at
    once in this process. The processes start in the background, and nothing waits for them.
    """
    processes = min(tasks, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    if processes == 1:
        yield _at_once
        return
    with ThreadPoolExecutor(1) as starter:
        pool = starter.submit(_start_pool, processes, warm)
        try:
            yield lambda *work: _wait_for(starter.submit(lambda: pool.result().submit(*work)))
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


def _wait_for(future: Future[Future[Any]]) -> Callable[[], Any]:
    def wait() -> Any:  # noqa: ANN401 - whatever the call returns
        try:
            return future.result().result()
        except BrokenExecutor as error:
            hint = "Close other programs, or build fewer leaflets at once: polyleaf build LEAFLET."
            raise RenderError("a process that made it was ended, perhaps for want of memory", hint=hint) from error

    return wait


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
        # An interrupt is for the parent alone. What this thread blocks, the processes it starts block as well: else one
        # that still loads its modules dies with a traceback. The tracker unblocks what it finds, so it goes first.
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
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(Exception):
        warm()
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)  # a layout makes millions of objects and few cycles
