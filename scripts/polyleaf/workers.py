"""SHELL: several processes that render editions side by side, WeasyPrint loaded before it is needed."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


@contextlib.contextmanager
def crew(tasks: int, warm: Callable[[], None]) -> Iterator[Callable[..., Iterable[Any]]]:
    """Give a `map` that works on up to *tasks* things at once; *warm* runs first in every process.

    One task, or one processor, needs no crew: then it is Python's own `map`.
    """
    hands = min(tasks, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
    if hands == 1:
        yield map
        return
    context = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
    if os.name == "posix":
        context.set_forkserver_preload(["polyleaf.pipeline", "weasyprint"])
    pool = ProcessPoolExecutor(hands, context, initializer=_prepare, initargs=(warm,))
    try:
        for _ in range(hands):
            pool.submit(warm)
        yield pool.map
    except BaseException:
        for process in list(getattr(pool, "_processes", {}).values()):
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _prepare(warm: Callable[[], None]) -> None:
    """An interrupt is for the parent, which then ends its crew."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(Exception):
        warm()
