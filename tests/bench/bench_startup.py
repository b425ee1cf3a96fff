"""How long a command takes that has nothing to do, in starts of Python alone: CPU time of all its processes.

Usage: PYTHONPATH=scripts python tests/bench/bench_startup.py
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from bench_build import project

RUNS = 9
LEAFLETS = (1, 100)
FREE = ("--version", "--help")
REPEATED = ("build -q -f html", "check -q", "status", "update -q")
"""Commands that keep their answer; only web pages are built, since what is timed reads outputs, and makes none."""

NOTHING = [sys.executable, "-c", "pass"]


def cpu_seconds(words: list[str], folder: Path) -> float:
    """Return the CPU time, of user and system, of the processes that *words* start in *folder*."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}
    subprocess.run(words, cwd=folder, env=environment, check=False, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(command: str, folder: Path) -> str:
    """Return a line with the shortest time of *command* in *folder*, and its ratio to that of Python alone."""
    words = [sys.executable, "-m", "polyleaf", *command.split()]
    pairs = [(cpu_seconds(words, folder), cpu_seconds(NOTHING, folder)) for _ in range(RUNS)]
    ours, python = (min(times) for times in zip(*pairs, strict=True))
    return f"  {command:<18} {ours:6.3f} s   {ours / python:5.1f} times Python alone"


def main() -> None:
    """Print the times of commands that read no project, and of those that repeat their answer."""
    with tempfile.TemporaryDirectory() as name:
        print("\n".join(["without a project", *(measure(command, Path(name)) for command in FREE)]))
        for count in LEAFLETS:
            folder = Path(name) / str(count)
            project(folder, count)
            for command in (*REPEATED, *REPEATED):  # what the first build makes, the others keep the second time
                cpu_seconds([sys.executable, "-m", "polyleaf", *command.split()], folder)
            print("\n".join([f"leaflets: {count}", *(measure(command, folder) for command in REPEATED)]))


if __name__ == "__main__":
    main()
