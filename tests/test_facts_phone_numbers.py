"""Telephone numbers in their national and international form."""

from __future__ import annotations

import pytest

from polyleaf.facts.phone_numbers import address, find_links, find_numbers_to_call, international


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


@pytest.mark.parametrize(
    "text",
    [
        "ISBN 978-90-02-12345-6",
        "EU/1/02/206/001",
        "1 000 000 000",
        "01-02-2026",
        "05/06/2026 tot 07/08/2026",
        "08:00-17:00",
        "in 2020 2021 2022",
    ],
)
def test_a_number_of_another_kind_is_no_telephone_number(text: str) -> None:
    assert [] == find_numbers_to_call(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Bel 030-123 45 67 nu.", ["030-123 45 67"]),
        ("Bel (030-1234567) of +31 (0)20 123 45 67.", ["030-1234567", "+31 (0)20 123 45 67"]),
        ("Tel. (030) 123 45 67", ["(030) 123 45 67"]),
        ("Bel 0301234567", ["0301234567"]),
        ("0301234567", []),
        ("IBAN NL91 ABNA 0417 1643 00", []),
        ("ISBN-nummer: 030-123456", []),
        ("KvK-nummer 0123 4567", []),
        ("https://a.example/030-1234567", []),
        ("0800 1200 mg", []),
        ("0900-1700 uur", []),
        ("Bel 112.", ["112"]),
        ("Bel bij nood meteen 112", ["112"]),
        ("Kunt u 112 bellen?", ["112"]),
        ("Call 911 now", ["911"]),
        ("اتصل ١١٢ الآن", ["١١٢"]),
        ("kamer 112", []),
        ("Bel als het erger wordt. Kamer 112", []),
        ("Bel ons binnen 112 dagen", []),
        ("Bel ons als u 112 mg nam", []),
        ("Bel 1121", []),
    ],
)
def test_a_link_calls_what_a_reader_may_call(text: str, numbers: list[str]) -> None:
    assert numbers == [text[start:end] for start, end in find_links(text, ("nl", "en", "ar"))]


@pytest.mark.parametrize(
    ("number", "country", "uri"),
    [
        ("030-123 45 67", "nl", "tel:0301234567"),
        ("030-123 45 67", "nl_BE", "tel:+32301234567"),
        ("030-123 45 67", "nl_SR", "tel:0301234567"),
        ("+31 (0)20 123 45 67", "en", "tel:+31201234567"),
        ("+31\u00a0(0)20\u00a0123", "en", "tel:+3120123"),
        ("0031 20 123 45 67", "de", "tel:+31201234567"),
        ("١١٢", "ar", "tel:112"),
    ],
)
def test_the_address_of_a_number_is_what_is_dialled(number: str, country: str, uri: str) -> None:
    assert uri == address(number, country)
