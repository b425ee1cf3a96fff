"""The outline of a document, by which a law compares translations with their sources."""

from __future__ import annotations

import pytest

import outline
import support


def test_a_skeleton_has_no_words() -> None:
    body = "# A\n\n1. a\n2. b\n\n> c\n\na\n:   b\n\n| a | b |\n|---|---|\n| c | d |\n\n![x](a.svg){alt='y'}\n"

    assert [
        "a heading of level 1",
        "a numbered list of 2",
        "a quotation",
        "a list of terms of 1",
        "a table of 2 rows and 2 columns",
        "a figure",
        "an image",
    ] == outline.skeleton(support.document(body))


@pytest.mark.parametrize(
    ("body", "facts"),
    [
        ("# A\n\n- a\n\n# B\n", []),
        ("# A\n\n# B\n", ["lacks a list of 1 after a heading of level 1 (number 1)"]),
        ("- a\n\n# B\n", ["lacks a heading of level 1 at the start"]),
        (
            "# A\n\n- a\n\n# B\n\n> c\n",
            ["has a quotation, which the source has not after a heading of level 1 (number 3)"],
        ),
    ],
)
def test_skeletons_are_compared(body: str, facts: list[str]) -> None:
    source = support.document("# A\n\n- a\n\n# B\n")

    assert facts == list(outline.differences(source, support.document(body)))
