"""Messages as reviewers see them: markup shown, marks labelled, nothing hidden, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from polyleaf.reports.message_view import UNSEEN, Piece, Run, passage, plain, visible


def pieces(message: str) -> list[Piece]:
    return [piece for run in passage(message, "sw") for piece in run.pieces]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("a **b** c", [Piece("a "), Piece("b", ("strong",)), Piece(" c")]),
        ("*a **b***", [Piece("a ", ("em",)), Piece("b", ("strong", "em"))]),
        ("***a** b*", [Piece("a", ("strong", "em")), Piece(" b", ("em",))]),
        ("*a **b*", [Piece("*a **b*")]),
        ("*a*", [Piece("a", ("em",))]),
        ("***a***", [Piece("a", ("em", "strong"))]),
        ("2 * 3", [Piece("2"), Piece(" * "), Piece("3")]),
        ("**a", [Piece("**a")]),
        ("`a*b*`", [Piece("a*b*", ("code",))]),
        ("H~2~O^a^", [Piece("H"), Piece("2", ("sub",)), Piece("O"), Piece("a", ("sup",))]),
        ("a{fn1}", [Piece("a"), Piece("fn1", label=True)]),
        ("{{a}}", [Piece("{a}")]),
        (r"\*a\*", [Piece("*a*")]),
        ("[a **b**][c]", [Piece("a ", ("link",)), Piece("b", ("link", "strong")), Piece("c", label=True)]),
        ("a\u202eb", [Piece("a"), Piece("U+202E", label=True), Piece("b")]),
        ("\u0645\u200c\u062e", [Piece("\u0645\u200c\u062e")]),
        ("", []),
    ],
)
def test_markup_is_shown_and_not_written(message: str, expected: list[Piece]) -> None:
    assert expected == pieces(message)


def test_a_fact_is_a_run_of_its_own_with_its_kind() -> None:
    runs = passage("Neem **niet** 5 mg.", "nl")

    assert [("", "Neem "), ("negation", "niet"), ("", " "), ("number", "5 mg"), ("", ".")] == [
        (run.kind, plain([run])) for run in runs
    ]


def test_two_facts_side_by_side_are_two_runs() -> None:
    assert ["limit", "", "number"] == [run.kind for run in passage("> 5", "en")]


@given(some.text())
def test_nothing_that_cannot_be_seen_is_left(message: str) -> None:
    shown = "".join(piece.text for piece in pieces(message))

    assert not UNSEEN.search(shown.replace("\n", "").replace("\t", ""))
    assert not UNSEEN.search(visible(message))


@given(some.text(alphabet="ab 12*`[]{}~^\\"))
def test_no_letter_or_figure_is_lost(message: str) -> None:
    shown = "".join(piece.text for piece in pieces(message))

    assert [char for char in message if char.isalnum()] == [char for char in shown if char.isalnum()]


def test_words_are_without_labels() -> None:
    assert "Neem 5 mg" == plain(passage("Neem{fn1} **5 mg**", "nl"))


def test_a_passage_of_nothing_has_no_runs() -> None:
    assert () == passage("", "nl")
    assert [Run("", (Piece("x"),))] == list(passage("x", "nl"))
