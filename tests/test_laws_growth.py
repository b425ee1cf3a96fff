"""Law: what a long text takes grows with its length, whatever it repeats: it stays far below a limit."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from polyleaf.facts import extract_facts, phone_numbers
from polyleaf.sources.positions import LineIndex

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 10
"""How much processor time each may take: ten times what it takes, and a fifth of what it took when it grew faster."""


def find_lines(text: str) -> None:
    index = LineIndex("\n".join(text.split()))
    lines = [index.find(word) for word in text.split()]

    assert list(range(1, len(lines) + 1)) == lines


REPEATED: dict[str, tuple[Callable[[str], object], str, int]] = {
    "number words": (lambda text: extract_facts(text, "nl"), "twee ", 20_000),
    "sentences": (lambda text: extract_facts(text, "nl"), "Neem 2 tabletten per dag. ", 20_000),
    "fractions": (lambda text: extract_facts(text, "nl"), "1/", 10_000),
    "at signs before telephone numbers": (
        lambda text: list(phone_numbers.find_links(text, ("nl",))),
        "@" * 500 + " 020-123 45 67 ",
        20_000,
    ),
    "lines": (find_lines, "woord ", 200_000),
}


@pytest.mark.law
@pytest.mark.parametrize(("call", "token", "length"), REPEATED.values(), ids=REPEATED)
def test_what_is_repeated_stays_within_a_limit_of_time(call: Callable[[str], object], token: str, length: int) -> None:
    start = time.process_time()
    call(token * (length // len(token)))

    assert time.process_time() - start < SECONDS
