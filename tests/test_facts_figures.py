"""Numbers in figures: where they stand in a text, in every script, and what of them keeps its order."""

from __future__ import annotations

import re
import unicodedata
from itertools import product

import pytest

from polyleaf.facts.figures import find_expressions

DIGITS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९")
FIGURES = (
    "25",
    "2.5",
    "2,5",
    "2٫5",
    "1٬000",
    "1.000,5",
    "1 000",
    "10\u202f000",
    "1'000",
    "½",
    "1½",
    "1 ½",
    "1 1/2",
    "10³",
)
SIGNS = ("", "-", "−", "+", "± ", "≥ ", "<")
JOINED = ("", "5–{}", "5-{}", "5 - {}", "2×{}", "3 x {}", "120/{}", "2 * {}")
UNITS = (" mg", "\u00a0mmHg", " °C", "%", " µg/kg", " m²", "-mg", " mg/100 ml")
SETTINGS = ("خذ {} اليوم", "قل ({}).", "و{}، ثم")
BEGUN = ("", "B", "HbA", "x", "كوفيد-", "1.", "7,", "٫", "5", "+", "ab ")
ENDS_WITHIN = re.compile(r"\d[.,٫٬'’/–−+±×½³*-]?$")
GOES_ON = re.compile(r"[.,٫٬'’/–−+±×½³*-]?\d")


def _expressions(text: str) -> list[str]:
    return [text[start:end] for start, end in find_expressions(text)]


def _translated(text: str, digits: str) -> str:
    return text.translate(str.maketrans(DIGITS[0], digits))


@pytest.mark.law
@pytest.mark.parametrize("digits", DIGITS, ids=lambda digits: unicodedata.name(digits[0]))
def test_an_amount_is_isolated_with_all_that_belongs_to_it(digits: str) -> None:
    wrong = []
    for number, sign, joined, unit in product(FIGURES, SIGNS, JOINED, UNITS):
        amount = _translated((joined or "{}").format(number) + unit if joined else sign + number + unit, digits)
        for setting in SETTINGS:
            text = setting.format(amount)
            wrong += [(text, _expressions(text))] if _expressions(text) != [amount] else []

    assert [] == wrong


@pytest.mark.law
@pytest.mark.parametrize("digits", DIGITS, ids=lambda digits: unicodedata.name(digits[0]))
def test_no_isolate_begins_or_ends_within_a_number(digits: str) -> None:
    texts = [
        _translated(first + between + second + unit, digits)
        for first, between, second, unit in product(
            ("", "B", "HbA", "x", "كوفيد-", "1.", "7,", "٫", "5", "+", "ab "),
            ("", "-", " ", "/", ","),
            FIGURES,
            ("", *UNITS, "abcdefgh"),
        )
    ]
    wrong = []
    for text in texts:
        for start, end in find_expressions(text):
            opens_within = ENDS_WITHIN.search(text[:start]) is not None
            closes_within = text[end - 1].isdecimal() and GOES_ON.match(text, end) is not None
            wrong += [(text, text[start:end])] if opens_within or closes_within else []

    assert [] == wrong


@pytest.mark.parametrize(
    "text",
    [
        "من 6 إلى 8",
        "250 مل",
        "5–10 أيام",
        "فيتامين B12",
        "HbA1c",
        "كوفيد-19",
        "12-05-2026",
        "09:00-17:00",
        "120/80",
        "v1.2.3-4",
    ],
)
def test_what_the_letters_around_it_order_is_left_to_them(text: str) -> None:
    assert [] == _expressions(text)


@pytest.mark.parametrize(
    ("text", "expressions"),
    [
        ("1 000 مل", ["1 000"]),
        ("1 000–2 000 مل", ["1 000–2 000"]),
        ("1½ كوب", ["1½"]),
        ("-20 درجة", ["-20"]),
        ("250 mg - 5 أيام", ["250 mg"]),
        ("30mg/40mg", ["30mg/40mg"]),
        ("50 % أو 60%", ["50 %", "60%"]),
        ("ל-20 mg", ["20 mg"]),
        ("ל−20 mg", ["−20 mg"]),
        ("و-20 mg", ["-20 mg"]),
        ("ال-20 mg", ["20 mg"]),
        ("الجرعة:500 mg", ["500 mg"]),
        ("paracetamol 500 mg", ["500 mg"]),
        ("5 mmol/l و 7,5 mmol/l.", ["5 mmol/l", "7,5 mmol/l"]),
    ],
)
def test_a_number_without_a_unit_is_isolated_where_its_parts_would_change_places(
    text: str, expressions: list[str]
) -> None:
    assert expressions == _expressions(text)
