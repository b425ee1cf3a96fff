"""Texts of nothing but words are read without pandoc, and just as pandoc reads them."""

from __future__ import annotations

import random

import pytest

import support
from polyleaf import pandoc, units
from polyleaf.units import parsing

WORDS = (
    *("neem", "dagelijks", "tablet.", "tabletten.", "250", "mg", "2", "uur.", "e.g.", "Mr."),
    *("Dr.", "vol.", "p.", "week,", "slaapt?", "Nee!", "-", "--", "...", "1.", "a)", "(a)"),
    *("x-y", "één", "العربية", "здоров'я", "it's", "'zo'", '"zo"', "*x*", "_x_", "[x]", "`x`"),
    *("<b>", "&amp;", "@x", "#x", "|", ":", "%", "^", "~", "$", "\\", "x\u00a0y", "1,5", "10:30"),
    *("a/b", "prof.", "sec.", "etcetera.", "niets.", "huisarts.", "Call", "Prof.", "I."),
    *("i.e.", "approx.", "capsules."),
)


def texts() -> list[str]:
    chance = random.Random(7)  # noqa: S311 - no secret, only variety
    return [" ".join(chance.choices(WORDS, k=chance.randint(1, 6))) for _ in range(4000)]


@pytest.mark.law
def test_what_is_plain_reads_as_pandoc_reads_it() -> None:
    plain = {text: inlines for text in texts() if (inlines := parsing.parse_plain(text)) is not None}
    read = pandoc.read([("text", pandoc.FRAGMENT, text) for text in plain])

    assert len(plain) > 100
    assert [[{"t": "Para", "c": inlines}] for inlines in plain.values()] == read


def test_the_messages_of_a_leaflet_read_as_pandoc_reads_them() -> None:
    body = "Slik niets. Vraag uw huisarts.\n\nNeem 2 tabletten.\n\nBel 112.\n\n- moe, misselijk\n- 1,5 mg"
    plain = [
        unit.message for unit in units.extract_units([support.document(body)])[0] if parsing.parse_plain(unit.message)
    ]

    assert ["Slik niets. Vraag uw huisarts.", "Neem 2 tabletten.", "Bel 112.", "moe, misselijk"] == plain[-4:]


@pytest.mark.parametrize("text", ["", " x", "x ", "x  y", "1. x", "a) x", "- x", "x e.g. y", "x\u00a0y", "x\ny", "*x*"])
def test_what_is_more_than_words_is_for_pandoc(text: str) -> None:
    assert parsing.parse_plain(text) is None
