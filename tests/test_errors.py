"""Errors that end a command: their messages, hints and exit codes."""

from __future__ import annotations

import pickle

import pytest

from polyleaf.errors import (
    CatalogError,
    CommandError,
    ConfigError,
    PolyleafError,
    RenderError,
    SourceError,
    ToolMissing,
    offer,
    stop_for,
)


def test_every_kind_of_error_has_its_exit_code() -> None:
    kinds = (PolyleafError, CommandError, ConfigError, SourceError, CatalogError, RenderError, ToolMissing)

    assert (1, 2, 3, 4, 5, 6, 7) == tuple(kind.exit_code for kind in kinds)


def test_an_error_reads_as_message_and_hint() -> None:
    assert "a.md: no\nMend it." == str(SourceError("a.md: no", hint="Mend it."))


def test_an_error_without_hint_is_its_message() -> None:
    assert "a.md: no" == str(SourceError("a.md: no"))


def test_an_error_of_another_process_comes_whole() -> None:
    error = pickle.loads(pickle.dumps(RenderError("a.md: no", hint="Mend it.")))  # noqa: S301 - made one line ago

    assert ("a.md: no", "Mend it.", 6) == (error.message, error.hint, error.exit_code)


@pytest.mark.parametrize(
    ("word", "choices", "hint"),
    [
        ("titel", ("title", "subtitle"), "Did you mean 'title'?"),
        ("PDF", ("epub", "pdf"), "Did you mean 'pdf'?"),
        ("x", ("epub", "pdf"), "Choose from: epub, pdf."),
        ("x", ("pdf", "epub"), "Choose from: epub, pdf."),
        ("x", (), "Choose from: nothing yet."),
        ("", ("pdf",), "Choose from: pdf."),
    ],
)
def test_a_wrong_word_gets_the_nearest_right_one(word: str, choices: tuple[str, ...], hint: str) -> None:
    assert hint == offer(word, choices)


def test_no_errors_stop_nothing() -> None:
    stop_for([])


def test_one_error_stops_as_it_is() -> None:
    error = SourceError("a.md: no", hint="Mend it.")

    with pytest.raises(SourceError) as caught:
        stop_for([error])

    assert error is caught.value


def test_several_errors_stop_together() -> None:
    with pytest.raises(SourceError) as caught:
        stop_for([SourceError("a.md: no", hint="Mend it."), SourceError("b.md: no")])

    assert "a.md: no\nMend it.\nb.md: no" == caught.value.message
