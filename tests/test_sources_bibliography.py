"""The sources that leaflets cite; what is refused stands in test_bad_input.py."""

from __future__ import annotations

import json
from typing import Any

import pytest

from polyleaf import tree
from polyleaf.sources import Reference, load_bibliography


def load(*items: dict[str, Any]) -> dict[str, Reference]:
    return load_bibliography(json.dumps(items).encode(), "source/references.json")


def value(name: str, item: object, language: str, own: str = "en") -> Any:
    return load({"id": "a", "language": own, name: item})["a"].metadata(language)["c"][name]


def test_references_are_found_by_their_key() -> None:
    references = load({"id": "b", "title": "B"}, {"id": "a", "language": "en-GB"})

    assert [("b", ""), ("a", "en-GB")] == [(key, reference.language) for key, reference in references.items()]


def test_a_byte_order_mark_makes_no_difference() -> None:
    assert {} == load_bibliography(b"\xef\xbb\xbf[]", "source/references.json")


def test_words_in_another_language_carry_it() -> None:
    marked = tree.span(tree.words("A knee"), pairs={"lang": "en"})

    assert [marked] == value("title", "A knee", "nl")["c"]


@pytest.mark.parametrize(("language", "own"), [("en", "en"), ("en", "en-GB"), ("en-GB", "en"), ("nl", "")])
def test_words_in_the_language_of_the_edition_carry_none(language: str, own: str) -> None:
    assert tree.words("A knee") == value("title", "A knee", language, own)["c"]


def test_what_is_no_word_carries_no_language() -> None:
    assert tree.words("10.1000/1") == value("DOI", "10.1000/1", "nl")["c"]


def test_names_and_dates_keep_their_shape() -> None:
    author = value("author", [{"family": "Jansen", "given": "A."}], "nl")
    issued = value("issued", {"date-parts": [[2024, 5]]}, "nl")

    assert ["family", "given"] == list(author["c"][0]["c"])
    assert tree.words("2024") == issued["c"]["date-parts"]["c"][0]["c"][0]["c"]


def test_what_an_export_does_not_know_is_left_out() -> None:
    metadata = load({"id": "a", "title": None, "issued": {"season": None, "raw": "2024"}})["a"].metadata("nl")["c"]

    assert {"id", "issued"} == set(metadata)
    assert {"raw"} == set(metadata["issued"]["c"])


def test_markup_in_a_title_is_text() -> None:
    assert tree.words("<b>A</b> *knee*") == value("title", "<b>A</b> *knee*", "en")["c"]
