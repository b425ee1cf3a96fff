"""Positions of texts in a manuscript."""

from __future__ import annotations

import pytest

import support
from polyleaf.sources.positions import LineIndex, find_line, find_line_after, find_location

TEXT = """# Knee

Bend the knee.
Bend the *knee slowly*, then rest.

Bend the knee.
"""


def test_equal_texts_are_found_one_after_the_other() -> None:
    lines = LineIndex(TEXT)

    numbers = [lines.find("Bend the knee."), lines.find("Bend the knee slowly, then"), lines.find("Bend the knee.")]
    assert [3, 4, 6] == numbers


def test_markup_between_the_words_does_not_matter() -> None:
    assert 4 == LineIndex(TEXT).find("Bend the knee slowly, then rest.")


def test_a_text_out_of_order_does_not_move_the_next_search() -> None:
    lines = LineIndex(TEXT)
    lines.find("Knee")

    assert [4, 3] == [lines.find("then rest", out_of_order=True), lines.find("Bend the knee.")]


def test_a_text_that_is_nowhere_is_where_the_last_one_was() -> None:
    lines = LineIndex(TEXT)
    lines.find("Bend the knee slowly")

    assert 4 == lines.find("ankle")


@pytest.mark.parametrize("text", ["", "...", "ankle"])
def test_in_an_empty_manuscript_all_is_on_line_1(text: str) -> None:
    assert 1 == LineIndex("").find(text)


def test_a_text_that_is_there_less_often_than_asked_for_is_found_again() -> None:
    lines = LineIndex("Knee")

    assert [1, 1] == [lines.find("Knee"), lines.find("Knee")]


def test_a_text_with_another_end_is_found_by_its_beginning() -> None:
    assert 4 == LineIndex(TEXT).find("slowly and with care")


@pytest.mark.parametrize(("needle", "line"), [("# Knee", 1), ("slowly", 4), ("ankle", 1)])
def test_the_first_line_with_a_needle_is_found(needle: str, line: int) -> None:
    assert line == find_line(TEXT, needle)


@pytest.mark.parametrize(
    ("needle", "location"), [("Bend", "source/knee.md:5"), ("ankle", "source/knee.md"), ("", "source/knee.md")]
)
def test_a_location_has_a_line_only_where_it_is_known(needle: str, location: str) -> None:
    assert location == find_location(support.document("Bend."), needle)


@pytest.mark.parametrize(
    ("needle", "start", "line"),
    [
        ("Bend the knee slowly", 3, 4),
        ("bend the knee", 5, 6),
        ("Then rest", 3, 4),
        ("Bend the ankle", 3, 3),
        ("ankle", 3, 3),
        ("", 4, 4),
        ("knee", 90, 90),
    ],
)
def test_a_piece_of_a_text_is_on_the_line_where_it_begins(needle: str, start: int, line: int) -> None:
    assert line == find_line_after(TEXT, needle, start)
