"""The crew: many hands, the same results, and nobody left behind."""

from __future__ import annotations

import os

import pytest

from polyleaf import workers


def nothing() -> None:
    """Load nothing."""


def broken() -> None:
    raise OSError


def double(number: int) -> int:
    return number * 2


def refuse(number: int) -> int:
    raise ValueError(number)


def where() -> int:
    return os.getpid()


def test_one_task_is_done_at_once_in_this_process() -> None:
    with workers.process_pool(1, nothing) as submit:
        assert os.getpid() == submit(where)()


def test_one_task_that_fails_fails_at_once() -> None:
    with workers.process_pool(1, nothing) as submit, pytest.raises(ValueError, match="3"):
        submit(refuse, 3)


def test_results_come_in_the_order_of_asking(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    with workers.process_pool(4, nothing) as submit:
        claims = [submit(double, number) for number in range(6)]
        elsewhere = submit(where)

        assert [0, 2, 4, 6, 8, 10] == [claim() for claim in claims]
        assert os.getpid() != elsewhere()


def test_a_failure_comes_to_who_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)

    with pytest.raises(ValueError, match="3"), workers.process_pool(2, nothing) as submit:
        submit(refuse, 3)()


def test_a_crew_that_cannot_warm_up_still_works(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    with workers.process_pool(2, broken) as submit:
        assert 4 == submit(double, 2)()
