"""Messages as reviewers see them: markup shown, marks labelled, nothing hidden, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from polyleaf.quotations import UNSEEN
from polyleaf.reports.message_view import FactSpan, TextRun, plain_text, render, show_unseen


def text_runs(message: str) -> list[TextRun]:
    return [run for span in render(message, "sw") for run in span.runs]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("a **b** c", [TextRun("a "), TextRun("b", ("strong",)), TextRun(" c")]),
        ("*a **b***", [TextRun("a ", ("em",)), TextRun("b", ("strong", "em"))]),
        ("***a** b*", [TextRun("a", ("strong", "em")), TextRun(" b", ("em",))]),
        ("*a **b*", [TextRun("*a **b*")]),
        ("*a*", [TextRun("a", ("em",))]),
        ("***a***", [TextRun("a", ("em", "strong"))]),
        ("2 * 3", [TextRun("2"), TextRun(" * "), TextRun("3")]),
        ("**a", [TextRun("**a")]),
        ("`a*b*`", [TextRun("a*b*", ("code",))]),
        ("H~2~O^a^", [TextRun("H"), TextRun("2", ("sub",)), TextRun("O"), TextRun("a", ("sup",))]),
        ("a{fn1}", [TextRun("a"), TextRun("fn1", label=True)]),
        ("{{a}}", [TextRun("{a}")]),
        (r"\*a\*", [TextRun("*a*")]),
        ("[a **b**][c]", [TextRun("a ", ("link",)), TextRun("b", ("link", "strong")), TextRun("c", label=True)]),
        ("a\u202eb", [TextRun("a"), TextRun("U+202E", label=True), TextRun("b")]),
        ("\u0645\u200c\u062e", [TextRun("\u0645\u200c\u062e")]),
        ("", []),
    ],
)
def test_markup_is_shown_and_not_written(message: str, expected: list[TextRun]) -> None:
    assert expected == text_runs(message)


def test_a_fact_is_a_span_of_its_own_with_its_kind() -> None:
    spans = render("Neem **niet** 5 mg.", "nl")

    assert [("", "Neem "), ("negation", "niet"), ("", " "), ("number", "5 mg"), ("", ".")] == [
        (span.kind, plain_text([span])) for span in spans
    ]


def test_two_facts_side_by_side_are_two_spans() -> None:
    assert ["limit", "", "number"] == [span.kind for span in render("> 5", "en")]


@given(some.text())
def test_nothing_that_cannot_be_seen_is_left(message: str) -> None:
    shown = "".join(run.text for run in text_runs(message))

    assert not UNSEEN.search(shown.replace("\n", "").replace("\t", ""))
    assert not UNSEEN.search(show_unseen(message))


@pytest.mark.law
@given(some.text(alphabet="ab 12*`[]{}~^\\"))
def test_no_letter_or_figure_is_lost(message: str) -> None:
    shown = "".join(run.text for run in text_runs(message))

    assert [char for char in message if char.isalnum()] == [char for char in shown if char.isalnum()]


def test_plain_text_is_without_labels() -> None:
    assert "Neem 5 mg" == plain_text(render("Neem{fn1} **5 mg**", "nl"))


def test_an_empty_message_has_no_spans() -> None:
    assert () == render("", "nl")
    assert [FactSpan("", (TextRun("x"),))] == list(render("x", "nl"))
