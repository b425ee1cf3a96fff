"""Telephone numbers in their national and international form: 020 123 45 67 is +31 20 123 45 67."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections import Counter

CALLING_CODES = {
    "nl": "31", "nl_BE": "32", "de": "49", "de_AT": "43", "de_CH": "41", "fr": "33", "fr_BE": "32", "fr_CH": "41",
    "en": "44", "en_GB": "44", "en_IE": "353", "en_AU": "61", "en_NZ": "64", "tr": "90", "uk": "380", "ro": "40",
}  # fmt: skip
"""Country codes (ITU-T E.164) of the countries in which a number starts with a 0, by gettext code of their language."""

TRUNK = "0"


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
