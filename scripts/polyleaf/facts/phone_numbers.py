"""Telephone numbers: where they stand in a text, and their national, international and linked forms.

020 123 45 67 is +31 20 123 45 67, and its address is `tel:+31201234567` (RFC 3966).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from polyleaf.facts.lexicon import Lexicon, Match, fold, load_lexicon

if TYPE_CHECKING:
    from collections import Counter

IDEOGRAPH = r"(?![\u3040-\u30ff\u3400-\u9fff])"
"""A letter of Chinese or Japanese, which stand right beside figures, is none of the word that a number is in."""

GAP = "[ \u00a0\u202f-]"
TRUNK_ABROAD = rf"(?<=\d){GAP}?\(0\)"
"""The zero that only callers within the country dial."""

COUNTRY = rf"\+\d{{1,3}}(?:{TRUNK_ABROAD})?(?:{GAP}\d(?={GAP}))?"
PARTED = "[ \u00a0\u202f/()–-]"
PHONE = re.compile(
    rf"(?<!{IDEOGRAPH}[\w.,])(?<!\d[/–-])(?:{COUNTRY}|\(?0\d{{1,4}}\)?)(?:{PARTED}{{0,3}}\d{{2,}}+)+(?!{IDEOGRAPH}\w)"
)
"""A country code or a trunk zero, and groups of digits; what goes on behind a digit is part of another number."""

DATE_LIKE = re.compile(r"(?<!\d)\d{1,2}([-/])\d{1,2}\1\d{2,4}(?!\d)")
GROUPED = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+")
AFTER_GROUP = re.compile(r"(?<=\d)[ \u00a0\u202f]$")
"""Groups of three, behind another group of the same number: `1 000 000`."""

MIN_PHONE, MAX_PHONE = 7, 15
"""Digits of a telephone number; ITU-T E.164 allows 15 at most."""

CALLING_CODES = {
    "nl": "31", "nl_BE": "32", "de": "49", "de_AT": "43", "de_CH": "41", "fr": "33", "fr_BE": "32", "fr_CH": "41",
    "en": "44", "en_GB": "44", "en_IE": "353", "en_AU": "61", "en_NZ": "64", "tr": "90", "uk": "380", "ro": "40",
}  # fmt: skip
"""Country codes (ITU-T E.164) of the countries in which a number starts with a 0, by gettext code of their language."""

TRUNK = "0"

NAMED = 80
"""How far before a number, in characters, the name of its kind may begin, or its other groups."""

OTHER = re.compile(
    r"(?:(?<!\w)(?:ISBN|ISSN|IBAN|KvK|AGB|BIG|BSN|BTW|RVG|RVH|PZN|CNK|GTIN|DOI|PMID|LOT|EU)\W{0,3}"
    r"(?:nr\.?|code|nummer|number)?\W{0,3}|[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4})+\s?|(?:://|www\.|@)\S*)$",
    re.IGNORECASE,
)
"""What stands before a number that nobody calls: the name of a register, an account (IBAN), an address."""

EMERGENCY = re.compile(r"(?<![\w.,:/+-])(?:112|911|999)(?![.,:/-]?\w)")
"""Emergency numbers of Europe (decision 91/396/EEC), America and Britain; a number like any other without a call."""

BEFORE, AFTER = 30, 12
"""How many characters may stand between the word to call and an emergency number, before it and behind it."""

ENDED = re.compile(r"[.!?;:\d\n\0]")
"""What ends the clause of a call."""


def ascii_digits(text: str) -> str:
    """Return *text* with the digits of every script as 0 to 9."""
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def find_numbers_to_call(text: str) -> list[Match]:
    """Return the telephone numbers in *text*, each with its digits, and the plus before them, as its meaning."""
    plain, numbers = ascii_digits(text), []
    for match in PHONE.finditer(plain):
        digits = "".join(char for char in match.group() if char.isdecimal() or char == "+")
        is_grouped = AFTER_GROUP.search(plain, max(0, match.start() - 2), match.start()) and GROUPED.fullmatch(
            match.group()
        )
        if MIN_PHONE <= len(digits) <= MAX_PHONE and not DATE_LIKE.search(match.group()) and not is_grouped:
            numbers.append(Match(*match.span(), digits))
    return numbers


def find_links(text: str, languages: Collection[str]) -> Iterator[tuple[int, int]]:
    """Yield from where to where *text*, which has words of *languages*, has a number that a link may call.

    That is a telephone number with signs between its groups, or one in a text that says to call, and an emergency
    number beside the word to call; none with a unit, and none of another kind.
    """
    lexicons = [load_lexicon(language) for language in languages]
    for number in find_numbers_to_call(text):
        written = text[number.start : number.end]
        start = number.start + (written.startswith("(") and ")" not in written)
        is_parted = any(not char.isdecimal() for char in written[1:])
        is_call = is_parted or any(lexicon["call"].present(fold(text, lexicon.language)) for lexicon in lexicons)
        if is_call and not _is_other(text, start) and not _has_unit(text, number.end, lexicons):
            yield start, number.end
    for match in EMERGENCY.finditer(ascii_digits(text)):
        if _is_called(text, match, lexicons) and not _has_unit(text, match.end(), lexicons):
            yield match.span()


def _is_other(text: str, start: int) -> bool:
    """Tell whether what stands before *start* says that the number there is to be called by nobody."""
    address = max(text.rfind(space, 0, start) for space in " \n\u00a0")
    return OTHER.search(text, max(0, min(address, start - NAMED)), start) is not None


def _has_unit(text: str, end: int, lexicons: Sequence[Lexicon]) -> bool:
    after = text[end : end + BEFORE].lstrip()
    return any(lexicon["units"].at(fold(after, lexicon.language), 0) is not None for lexicon in lexicons)


def _is_called(text: str, number: re.Match[str], lexicons: Sequence[Lexicon]) -> bool:
    for lexicon in lexicons:
        before = fold(text[: number.start()], lexicon.language)
        after = fold(text[number.end() :], lexicon.language)
        gaps = [before[call.end :] for call in lexicon["call"].find(before) if len(before) - call.end <= BEFORE]
        gaps += [after[: call.start] for call in lexicon["call"].find(after) if call.start <= AFTER]
        if any(not ENDED.search(gap) for gap in gaps):
            return True
    return False


def address(number: str, country: str) -> str:
    """Return the address (RFC 3966) of *number* as it is written, in a leaflet of *country*.

    That is a gettext code with a territory, `nl_BE`; without one a national number stays as it is called there.
    """
    digits = "".join(char for char in re.sub(TRUNK_ABROAD, "", ascii_digits(number)) if char.isdecimal())
    plus = "+" if number.lstrip().startswith("+") else ""
    return f"tel:{international(plus + digits, country if country in CALLING_CODES and '_' in country else '')}"


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
