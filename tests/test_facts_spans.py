"""Where the facts of a message stand in it, whatever was taken out or folded to read them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as some

from polyleaf.catalogs import po
from polyleaf.facts import extract_facts
from polyleaf.facts.lexicon import fold
from polyleaf.facts.markup import parse_markup
from polyleaf.facts.offsets import OffsetText
from polyleaf.facts.spans import FactKind, find_spans, states_order

ROOT = Path(__file__).parents[1]
PIECES = ["neem", "niet", "**", "*", "{fn1}", "[dit][a]", "5 mg", "½", "1½", "µg", "\u00a0", "  ", "İ", "ß", "e\u0301"]
PIECES += [
    "\u202e",
    "\\*",
    "{{",
    "112",
    "bel",
    "www.a.nl",
    "a@b.nl",
    "minstens",
    "0800 0113",
    "10^6^",
    "`x`",
    ".",
    "١٢",
]
LANGUAGES = ("nl", "en", "tr", "ar", "de")


def shown(message: str, language: str) -> list[tuple[str, str]]:
    return [(span.kind.value, message[span.start : span.end]) for span in find_spans(message, language)]


@pytest.mark.parametrize(
    ("language", "message", "expected"),
    [
        ("nl", "Neem 1,5 tablet.", [("number", "1,5 tablet")]),
        ("nl", "Neem **2** tabletten per dag", [("number", "2** tabletten"), ("number", "per dag")]),
        ("nl", "Neem 1½\u00a0tablet{fn1}", [("number", "1½\u00a0tablet")]),
        ("nl", "2 tot 4 uur", [("number", "2"), ("number", "4 uur")]),
        ("tr", "%10 azalır", [("number", "%10")]),
        ("nl", "om 20.00 uur op 3 maart 2027", [("number", "20.00 uur"), ("number", "3 maart 2027")]),
        ("nl", "een tablet, en een boek", [("number", "een tablet")]),
        ("en", "no more than 4 tablets", [("limit", "no more than"), ("number", "4 tablets")]),
        ("en", "> 30 ml", [("limit", ">"), ("number", "30 ml")]),
        ("nl", "Gebruik het **niet** bij koorts", [("negation", "niet")]),
        ("en", "only with your doctor", [("negation", "only")]),
        ("nl", "niet alleen", [("negation", "niet alleen")]),
        ("nl", "zonder eten", [("negation", "zonder")]),
        ("nl", "vóór het ontbijt", [("direction", "vóór"), ("direction", "ontbijt")]),
        ("nl", "Vraag eerst uw arts", [("direction", "eerst")]),
        ("en", "badly, a small part, more children", []),
        ("nl", "in de avond, links", [("direction", "avond"), ("direction", "links")]),
        ("nl", "Bel 112 of 030-123 45 67", [("address", "112"), ("address", "030-123 45 67")]),
        ("nl", "Lees [www.a.nl][a]", [("address", "www.a.nl")]),
        ("nl", "Gebruikt u doxycycline?", [("name", "doxycycline")]),
        ("ar", "٥ مل", [("number", "٥ مل")]),
        ("sw", "dawa 5", [("number", "5")]),
        ("nl", "", []),
    ],
)
def test_a_fact_stands_where_it_is_written(language: str, message: str, expected: list[tuple[str, str]]) -> None:
    assert expected == shown(message, language)


@pytest.mark.parametrize(
    ("beside", "expected"), [("Before bed", [("direction", "Voor")]), ("For adults", []), ("Then rest.", [])]
)
def test_a_vague_word_counts_where_the_other_text_is_clear(beside: str, expected: list[tuple[str, str]]) -> None:
    message = "Voor volwassenen"
    located = find_spans(message, "nl", ordered=states_order(beside, "en"))

    assert expected == [(span.kind.value, message[span.start : span.end]) for span in located]


def _differing(message: str, language: str) -> set[tuple[str, str]]:
    """Return what spans of *message* claim and what the characters under them say, where the two differ."""
    pairs = {(span.text, message[span.start : span.end]) for span in find_spans(message, language)}
    return {
        (words, under)
        for words, under in pairs
        if words != extract_facts(under, language).text and words not in parse_markup(under).addresses
    }


@pytest.mark.law
@pytest.mark.parametrize("file", sorted(ROOT.glob("locales/*/LC_MESSAGES/*.po")), ids=lambda file: str(file.stem))
def test_what_is_under_a_span_says_what_the_span_says(file: Path) -> None:
    entries = po.parse(file.read_bytes(), file.name)
    target = file.parts[-3]
    source = entries.metadata["X-Source-Language"]

    assert any(find_spans(entry.msgid, source) for entry in entries)
    assert set() == {
        fact for entry in entries for fact in _differing(entry.msgid, source) | _differing(entry.msgstr, target)
    }


@pytest.mark.law
@example("0800 0113www.a.nl0800 0113", "nl")
@settings(deadline=None)  # the first text of a language waits for its words
@given(some.lists(some.sampled_from(PIECES)).map("".join) | some.text(), some.sampled_from(LANGUAGES))
def test_spans_are_sorted_and_apart_and_within_the_message(message: str, language: str) -> None:
    located = find_spans(message, language)
    edges = [edge for span in located for edge in (span.start, span.end)]

    assert sorted(edges) == edges
    assert all(span.start < span.end <= len(message) for span in located)


@settings(deadline=None)  # the first text of a language waits for its words
@given(some.text(), some.sampled_from(LANGUAGES))
def test_a_traced_text_folds_as_any_other(text: str, language: str) -> None:
    traced = OffsetText.of(text).folded(language)

    assert fold(text, language) == traced.text
    assert len(traced.text) == len(traced.origins)


@pytest.mark.law
@settings(deadline=None)  # the first text of a language waits for its words
@given(some.lists(some.sampled_from(PIECES)).map(" ".join), some.sampled_from(LANGUAGES))
def test_every_character_comes_from_one_that_can_make_it(message: str, language: str) -> None:
    traced = extract_facts(message, language).offset_text

    assert [] == [
        (char, message[start:end])
        for char, (start, end) in zip(traced.text, traced.origins, strict=True)
        if char.isalpha() and char not in fold(message[start:end], language)
    ]


def test_kinds_are_in_the_order_in_which_they_count() -> None:
    assert ["address", "number", "limit", "negation", "direction", "name"] == list(FactKind)
