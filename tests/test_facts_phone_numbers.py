"""Telephone numbers in their national and international form."""

from __future__ import annotations

import pytest

from polyleaf.facts.phone_numbers import international


@pytest.mark.parametrize(
    ("language", "number", "form"),
    [
        ("nl", "0201234567", "+31201234567"),
        ("nl", "0031201234567", "+31201234567"),
        ("nl", "+310201234567", "+31201234567"),
        ("nl_BE", "021234567", "+3221234567"),
        ("nl", "+32201234567", "+32201234567"),
        ("es", "0201234567", "0201234567"),
        ("nl", "112", "112"),
    ],
)
def test_a_number_to_call_has_one_international_form(language: str, number: str, form: str) -> None:
    assert form == international(number, language)
