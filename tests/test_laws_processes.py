"""A law: whoever is killed, or works at the same time as others, loses nothing, and leaves no process behind."""

from __future__ import annotations

import os
import sys
from random import Random
from typing import TYPE_CHECKING

import pytest

import kills

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

KILLS = int(os.environ.get("POLYLEAF_KILLS", "3"))
"""How often each command, or each kind of its processes, is killed; the signals take turns. 50 by hand."""

PAIRS = int(os.environ.get("POLYLEAF_PAIRS", "3"))
"""How often two commands, or a command and an editor, are run at once. 200 by hand."""

RUNS = 5
"""After so many kills in a folder the command is run there to its end."""

pytestmark = [pytest.mark.law, pytest.mark.skipif(sys.platform != "linux", reason="it reads /proc")]

OF_BUILD = ("worker", "server")
WAYS = [
    (name, target) for name in kills.COMMANDS for target in kills.SHARES if name == "build" or target not in OF_BUILD
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("kills")


@pytest.fixture(scope="module")
def trial(folder: Path) -> Iterator[Callable[[str], kills.Trial]]:
    """A function that prepares the trial of a command."""
    with pytest.MonkeyPatch.context() as patch:
        kills.make_project(folder / "project", patch)
    nursery = kills.Nursery(folder / "project", folder)
    trials: dict[str, kills.Trial] = {}

    def prepare(name: str) -> kills.Trial:
        if name not in trials:
            trials[name] = kills.Trial.prepare(nursery, name, folder / "project", folder)
        return trials[name]

    yield prepare
    nursery.close()


@pytest.mark.parametrize(("name", "target"), WAYS)
def test_a_command_that_is_killed_loses_nothing_and_leaves_no_process(
    name: str, target: str, trial: Callable[[str], kills.Trial], folder: Path
) -> None:
    command, random = trial(name), Random(f"{name} {target}")  # noqa: S311 - when to kill
    faults = []
    for number in range(KILLS):
        copy = folder / f"{name}-{target}-{number // RUNS}"
        faults += command.hurt(copy, target, kills.SIGNALS[number % len(kills.SIGNALS)], random)[1]
        if number % RUNS == RUNS - 1 or number == KILLS - 1:
            faults += command.finish(copy)

    assert [] == faults


@pytest.mark.parametrize(
    ("name", "work"),
    [("update", kills.save_during_update), ("sign", kills.sign_twice), ("reword", kills.acknowledge_and_reword)],
)
def test_who_works_at_the_same_time_loses_nothing(
    name: str, work: Callable[[kills.Trial, Path, Random], list[str]], trial: Callable[[str], kills.Trial], folder: Path
) -> None:
    command, random = trial(name), Random(name)  # noqa: S311 - when to write
    faults = [fault for number in range(PAIRS) for fault in work(command, folder / f"{name}-at-once-{number}", random)]

    assert [] == faults
