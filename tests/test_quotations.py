"""Quotations in messages: on one line, nothing unseen, never cut within an amount; no repr anywhere in the package."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import polyleaf
from polyleaf.quotations import UNSEEN, pluralize, quote, quote_whole, shorten

PACKAGE = Path(polyleaf.__file__).parent
OWN = {"__init__.py"}
"""Files whose one repr names an attribute of Python, which no reader of a leaflet wrote."""


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("knie", "'knie'"),
        ("250\u00a0mg", "'250 mg'"),
        ("a \\@ b", "'a \\@ b'"),
        ("foto's", "“foto's”"),
        ("een\n  twee", "'een twee'"),
        ("\x1b[31mrood", "'[U+001B][31mrood'"),
        ("15\u202e51", "'15[U+202E]51'"),
        ("", "''"),
    ],
)
def test_a_quotation_is_one_line_without_what_nobody_sees(text: str, quoted: str) -> None:
    assert quoted == quote(text)


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("Neem elke dag 250 mg in", 17, "Neem elke dag…"),
        ("Neem elke dag 250 mg in", 20, "Neem elke dag 250 mg…"),
        ("Neem elke dag 2 × 250 mg in", 18, "Neem elke dag 2 ×…"),
        ("Neem op dag 1 5 mg", 16, "Neem op dag…"),
        ("每天服用两次每次250毫克饭后服用", 10, "每天服用两次每次…"),
        ("x" * 90, 60, "x" * 60 + "…"),
        ("1" * 90, 60, "1" * 60 + "…"),
        ("data:image/png;base64," + "A" * 200_000, 60, "data:image/png;base64," + "A" * 38 + "…"),
    ],
)
def test_a_text_is_cut_after_a_word_and_never_within_an_amount(text: str, limit: int, short: str) -> None:
    assert short == shorten(text, limit)


def test_a_whole_quotation_is_not_cut() -> None:
    assert f"'{'knie ' * 50}knie'" == quote_whole("knie " * 50 + "knie")


HOSTILE = st.characters() | st.sampled_from("\x1b\x07\u202e\u2066\u200f 12345\n")


@given(st.text(HOSTILE, max_size=300), st.integers(5, 90))
def test_no_quotation_has_more_characters_than_asked_or_one_that_acts(text: str, limit: int) -> None:
    short = shorten(text, limit)

    assert len(short) <= limit + 1
    assert not UNSEEN.search(short)
    assert "\n" not in short


def test_one_is_singular() -> None:
    assert ("0 texts", "1 text", "2 texts") == tuple(pluralize(count, "text") for count in range(3))


@pytest.mark.parametrize("file", sorted(PACKAGE.rglob("*.py")), ids=str)
def test_no_message_shows_a_text_as_python_writes_it(file: Path) -> None:
    tree = ast.parse(file.read_text("utf-8"))
    formatted = [node for node in ast.walk(tree) if isinstance(node, ast.FormattedValue)]
    reprs = [node.lineno for node in formatted if node.conversion == ord("r")]
    reprs += [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id == "repr"]

    assert [] == reprs or str(file.relative_to(PACKAGE)) in OWN
