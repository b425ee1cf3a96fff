"""The checks find seeded errors of dose, and leave right translations in peace. `tests/bench` prints the figures."""

from __future__ import annotations

import bench_safety
import pytest

each = pytest.mark.parametrize("name", bench_safety.SETS)


@pytest.mark.law
@each
def test_of_seeded_errors_at_least_95_percent_are_found(name: str) -> None:
    count = bench_safety.recall(bench_safety.rows(name, "errors"))[bench_safety.ALL]

    assert bench_safety.share(count, "found") >= 0.95


@pytest.mark.law
@each
def test_of_right_translations_at_most_5_percent_are_accused(name: str) -> None:
    count = bench_safety.false_alarms(bench_safety.rows(name, "right"))[bench_safety.ALL]

    assert bench_safety.share(count, "accused") <= 0.05
