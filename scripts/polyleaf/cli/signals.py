"""Signals that end a command: as exceptions, so that workers are stopped and temporary files removed on the way out."""

from __future__ import annotations

import signal
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sys import UnraisableHookArgs

SIGNALLED = 128
"""What a shell adds to the number of the signal that ended a command."""

INTERRUPTED = SIGNALLED + signal.SIGINT

NAMES = ("SIGTERM", "SIGHUP")
"""The signals that end a command, where the system has them: a service or a job is stopped, a terminal closed."""

DELAY = 0.02
"""Seconds after which a signal comes again that was lost."""


class Ended(SystemExit):
    """A signal that ends the command has come; its code is what the shell expects."""

    def __init__(self, number: int) -> None:
        """Say that the signal is that *number*."""
        super().__init__(SIGNALLED + number)
        self.number = number


def listen() -> list[int]:
    """Raise Ended when a signal comes that ends the command; return the numbers of those that do so.

    One that is ignored, as SIGHUP is under nohup, stays so.
    """
    numbers = [getattr(signal, name) for name in NAMES if hasattr(signal, name)]
    heard = [number for number in numbers if signal.getsignal(number) != signal.SIG_IGN]
    for number in heard:
        signal.signal(number, _end)
    sys.unraisablehook = _repeat
    return heard


def stop_listening(heard: list[int]) -> None:
    """Let the signals *heard* do what they do by themselves: at the exit of Python an exception ends nothing."""
    for number in heard:
        signal.signal(number, signal.SIG_DFL)


def _end(number: int, _frame: object) -> None:
    raise Ended(number)


def _repeat(unraisable: UnraisableHookArgs) -> None:
    """Send a signal again whose exception Python ignores: where a process is forked, or an object destroyed."""
    error = unraisable.exc_value
    if not isinstance(error, Ended | KeyboardInterrupt):
        sys.__unraisablehook__(unraisable)
        return
    number = error.number if isinstance(error, Ended) else signal.SIGINT
    timer = threading.Timer(DELAY, _send, [number])
    timer.daemon = True
    timer.start()


def _send(number: int) -> None:
    main = threading.main_thread().ident
    if main is not None and hasattr(signal, "pthread_kill"):
        signal.pthread_kill(main, number)
    else:
        signal.raise_signal(number)
