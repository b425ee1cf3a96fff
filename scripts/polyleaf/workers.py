"""SHELL: several processes that render editions side by side, WeasyPrint loaded before it is needed."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
from concurrent.futures import BrokenExecutor, CancelledError, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from concurrent.futures import Future

    Submit = Callable[..., Callable[[], Any]]


@contextlib.contextmanager
def process_pool(tasks: int, warm: Callable[[], None]) -> Iterator[Submit]:
    """Give a `submit` that works on up to *tasks* things at once; *warm* runs first in every process.

    What it returns gives the result when it is called. One task, or one processor, needs no crew: then the
    work is done at once, in this process. The processes start in the background, and nobody waits for them.
    """
    hands = min(tasks, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    if hands == 1:
        yield _at_once
        return
    with ThreadPoolExecutor(1) as foreman:
        coming = foreman.submit(_hired, hands, warm)
        try:
            yield lambda *work: _claim(foreman.submit(lambda: coming.result().submit(*work)))
        except BaseException:
            foreman.shutdown(wait=False, cancel_futures=True)  # an order given now could start one more process
            _dismiss(coming, at_once=True)
            raise
        _dismiss(coming, at_once=False)


def _at_once(work: Callable[..., Any], *arguments: object) -> Callable[[], Any]:
    done = work(*arguments)
    return lambda: done


def _claim(order: Future[Future[Any]]) -> Callable[[], Any]:
    return lambda: order.result().result()


def _dismiss(coming: Future[ProcessPoolExecutor], *, at_once: bool) -> None:
    """End the processes; those that never began have told so whoever claimed something of them."""
    with contextlib.suppress(OSError, EOFError, BrokenExecutor, CancelledError):
        pool = coming.result()
        for process in list(getattr(pool, "_processes", {}).values()) if at_once else ():
            process.terminate()
        pool.shutdown(cancel_futures=True)


def _hired(hands: int, warm: Callable[[], None]) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
    if os.name == "posix":
        # An interrupt is for the parent alone. What this thread blocks, the processes it starts block as well: else one
        # that still loads its modules dies with a traceback. The tracker unblocks what it finds, so it goes first.
        resource_tracker.ensure_running()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        context.set_forkserver_preload(["weasyprint"])
    pool = ProcessPoolExecutor(hands, context, initializer=_prepare, initargs=(warm,))
    for _ in range(hands):
        pool.submit(warm)
    return pool


def _prepare(warm: Callable[[], None]) -> None:
    """Leave interrupts to the parent, which ends its crew; keep what is loaded out of every garbage collection."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(Exception):
        warm()
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 50, 100)  # a layout makes millions of objects and few cycles
