"""Signals: one that comes where Python can raise nothing ends the command all the same."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
import os, signal, sys, time
from polyleaf.cli import signals

class Destroyed:
    def __del__(self):
        os.kill(os.getpid(), number)
        sum(range(9))

number = getattr(signal, sys.argv[1])
signals.listen()
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests run in the background
try:
    Destroyed()
    time.sleep(20)
except (signals.Ended, KeyboardInterrupt) as end:
    print(type(end).__name__, end)
"""

FORKING = """
import os, signal, time
from polyleaf.cli import signals

os.register_at_fork(after_in_parent=lambda: (os.kill(os.getpid(), signal.SIGTERM), sum(range(9))))
signals.listen()
try:
    if not os.fork():
        os._exit(0)
    time.sleep(20)
except signals.Ended as end:
    print("Ended", end)
"""


def run(program: str, *arguments: str) -> tuple[str, str]:
    process = subprocess.run(
        [sys.executable, "-c", program, *arguments], check=False, capture_output=True, text=True, timeout=60
    )
    return process.stdout.strip(), process.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such signals")
@pytest.mark.parametrize(("name", "end"), [("SIGTERM", "Ended 143"), ("SIGINT", "KeyboardInterrupt")])
def test_a_signal_that_comes_while_an_object_is_destroyed_is_not_lost(name: str, end: str) -> None:
    assert (end, "") == run(PROGRAM, name)


@pytest.mark.skipif(sys.platform == "win32", reason="it has no fork")
def test_a_signal_that_comes_while_a_process_is_forked_is_not_lost() -> None:
    assert ("Ended 143", "") == run(FORKING)
