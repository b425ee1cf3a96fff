"""Telephone numbers: where they stand in a text, and their national, international and linked forms.

020 123 45 67 is +31 20 123 45 67, and its address is `tel:+31201234567` (RFC 3966).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from polyleaf.facts.lexicon import Match

if TYPE_CHECKING:
    from collections import Counter

IDEOGRAPH = r"(?![\u3040-\u30ff\u3400-\u9fff])"
"""A letter of Chinese or Japanese, which stand right beside figures, is none of the word that a number is in."""

COUNTRY = r"\+\d{1,3}(?:[ -]?\(0\))?(?:[ -]\d(?=[ -]))?"
SPACE = "[ \u00a0\u202f/()–-]"
PHONE = re.compile(
    rf"(?<!{IDEOGRAPH}[\w.,])(?<!\d[/–-])(?:{COUNTRY}|\(?0\d{{1,4}}\)?)(?:{SPACE}{{0,3}}\d{{2,}}+)+(?!{IDEOGRAPH}\w)"
)
"""A country code or a trunk zero, and groups of digits; what goes on behind a digit is part of another number."""

DATE_LIKE = re.compile(r"(?<!\d)\d{1,2}([-/])\d{1,2}\1\d{2,4}(?!\d)")
MIN_PHONE, MAX_PHONE = 7, 15
"""Digits of a telephone number; ITU-T E.164 allows 15 at most."""

CALLING_CODES = {
    "nl": "31", "nl_BE": "32", "de": "49", "de_AT": "43", "de_CH": "41", "fr": "33", "fr_BE": "32", "fr_CH": "41",
    "en": "44", "en_GB": "44", "en_IE": "353", "en_AU": "61", "en_NZ": "64", "tr": "90", "uk": "380", "ro": "40",
}  # fmt: skip
"""Country codes (ITU-T E.164) of the countries in which a number starts with a 0, by gettext code of their language."""

TRUNK = "0"


def ascii_digits(text: str) -> str:
    """Return *text* with the digits of every script as 0 to 9."""
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def find_numbers_to_call(text: str) -> list[Match]:
    """Return the telephone numbers in *text*, each with its digits, and the plus before them, as its meaning."""
    plain, numbers = ascii_digits(text), []
    for match in PHONE.finditer(plain):
        digits = "".join(char for char in match.group() if char.isdecimal() or char == "+")
        if MIN_PHONE <= len(digits) <= MAX_PHONE and not DATE_LIKE.search(match.group()):
            numbers.append(Match(*match.span(), digits))
    return numbers


def international(number: str, language: str) -> str:
    """Return *number*, digits, as it is called from abroad where a text of *language* has it; else as it is."""
    code = CALLING_CODES.get(language) or CALLING_CODES.get(language.partition("_")[0])
    digits = "+" + number.removeprefix("00") if number.startswith("00") else number
    if not code:
        return digits
    if digits.startswith(f"+{code}{TRUNK}"):
        return f"+{code}{digits.removeprefix(f'+{code}{TRUNK}')}"
    return f"+{code}{digits[1:]}" if digits.startswith(TRUNK) else digits


def without_other_forms(lost: Counter[str], new: Counter[str], language: str) -> tuple[Counter[str], Counter[str]]:
    """Return both without the telephone numbers that are the same; *language* is that of the source."""
    forms: dict[str, str] = {international(number, language): number for number in new if _is_phone_number(number)}
    lost, new = lost.copy(), new.copy()
    for number in [number for number in lost.elements() if _is_phone_number(number)]:
        same = forms.get(international(number, language), "")
        if new[same] > 0:
            lost[number] -= 1
            new[same] -= 1
    return +lost, +new


def _is_phone_number(address: str) -> bool:
    return address.removeprefix("+").isdecimal()
