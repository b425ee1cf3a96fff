"""The process pool: results in order, errors process_id they are asked for, and no process left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from polyleaf import workers
from polyleaf.errors import RenderError


def nothing() -> None:
    """Load nothing."""


def broken() -> None:
    raise OSError


def double(number: int) -> int:
    return number * 2


def refuse(number: int) -> int:
    raise ValueError(number)


def process_id() -> int:
    return os.getpid()


def die() -> None:
    """End this process as a system that is out of memory does."""
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(mark: Path) -> int:
    """Do so the first time, when there is no file *mark*."""
    if not mark.exists():
        mark.touch()
        die()
    return os.getpid()


def test_one_task_is_done_at_once_in_this_process() -> None:
    with workers.process_pool(1, nothing) as submit:
        assert os.getpid() == submit(process_id)()


def test_one_task_that_fails_fails_where_its_result_is_asked_for() -> None:
    with workers.process_pool(1, nothing) as submit:
        result = submit(refuse, 3)

        with pytest.raises(ValueError, match="3"):
            result()


def test_results_come_in_the_order_of_asking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    with workers.process_pool(4, nothing) as submit:
        results = [submit(double, number) for number in range(6)]
        other_process = submit(process_id)

        assert [0, 2, 4, 6, 8, 10] == [result() for result in results]
        assert os.getpid() != other_process()


def test_an_error_is_raised_where_the_result_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)

    with pytest.raises(ValueError, match="3"), workers.process_pool(2, nothing) as submit:
        submit(refuse, 3)()


def test_a_pool_that_cannot_warm_up_still_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    with workers.process_pool(2, broken) as submit:
        assert 4 == submit(double, 2)()


@pytest.mark.law
def test_no_process_of_a_pool_searches_the_folder_it_starts_in(tmp_path: Path) -> None:
    """It does not in a program that has that folder in its own search path, and that program keeps its environment."""
    names = ("socket", "selectors", "weasyprint", "multiprocessing", "polyleaf")
    for name in names:
        (tmp_path / f"{name}.py").write_text(f"import posix; posix.write(2, b'{name} ')")
    program = (
        "import os\nfrom polyleaf import workers\n"
        "os.sched_getaffinity = lambda _: {0, 1}\n"
        "if __name__ == '__main__':\n"
        "    with workers.process_pool(2, print) as submit:\n"
        "        print(submit(abs, -3)(), os.environ.get(workers.SAFE_PATH))\n"
    )
    script = tmp_path / "scripts" / "program.py"
    script.parent.mkdir()
    script.write_text(program)
    own = {key: value for key, value in os.environ.items() if not key.startswith("COV")}  # coverage warns in processes
    environment = {**own, "PYTHONPATH": str(Path(workers.__file__).parents[1])}
    environment.pop(workers.SAFE_PATH, None)

    done = subprocess.run(
        [sys.executable, str(script)], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )

    assert ("", "3 None") == (done.stderr, done.stdout.strip().splitlines()[-1])


def test_what_a_killed_process_was_doing_is_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    with workers.process_pool(2, nothing) as submit:
        results = [submit(double, 1), submit(die_once, tmp_path / "mark"), submit(double, 3)]
        process = results[1]()

        assert [2, 6] == [results[0](), results[2]()]
        assert process == results[1]()
        assert os.getpid() != process


def test_a_call_whose_process_is_always_killed_is_an_error_and_the_others_are_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    with workers.process_pool(2, nothing) as submit:
        results = [submit(double, 1), submit(die), submit(double, 3)]

        with pytest.raises(RenderError, match="ended twice"):
            results[1]()
        assert [2, 6] == [results[0](), results[2]()]
