"""Numbers in figures, in the digits and signs of any script, and their amounts with units in Latin letters.

The patterns are for a text as it is written, and for one that is folded: `2,5`, `1 000`, `1.000,5`, `2½`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

SPACE = "[ \u00a0\u2009\u202f]"
"""What may part groups of digits, or a number and its unit."""

GROUPS = rf"\d{{1,3}}(?:{SPACE}\d{{3}})+(?!\d)"
"""Groups of three digits with a space between them (ISO 80000-1, 7.3.1)."""

DIGITS = r"\d+(?:[.,٫٬'’]\d+)*"
"""Digits with the signs of decimals and of groups between them."""

DECIMALS = r"[.,٫]\d+"
"""A number below one without its zero: `.5`."""

VULGAR = "[¼-¾⅐-⅞]"
WHOLE = rf"(?![.,٫٬'’]?\d|{SPACE}?{VULGAR})"
RAISED = "[\u2070-\u2079\u00b9\u00b2\u00b3\u207b]"
FRACTION = rf"{SPACE}?{VULGAR}|{SPACE}\d/\d+(?!\d)"
NUMBER = rf"(?>(?:{GROUPS}(?:{DECIMALS})?|{DIGITS})(?:{FRACTION})?|{VULGAR}|{DECIMALS}){RAISED}*+{WHOLE}"
"""One number, which no match ends within: with its decimals, its groups, and a fraction behind it."""

SIGN = "[-+−±]"
COMPARED = f"[≤≥<>~≈±€$£]{SPACE}?"
"""What belongs to the amount behind it."""

TIMES = rf"[xX](?={SPACE}?(?:\d|{VULGAR}))"
LETTERS = rf"(?!{TIMES})[A-Za-zµμΩ]{{1,6}}[²³]?\d?"
PER = rf"[/·](?:\d{{1,3}}{SPACE}?)?{LETTERS}"
UNIT = rf"(?:[%‰]|°{SPACE}?[CFK]?|{LETTERS}(?:{PER})*+)(?![^\W_])"
"""A sign, or a short word in Latin letters, with what it is per: `mmHg`, `mg/100 ml`, `m²`."""

PLAIN = f"{SIGN}?{NUMBER}"
AMOUNT = rf"{PLAIN}(?:(?:{SPACE}?|[-‑]){UNIT}|/{UNIT})"
JOINER = rf"{SPACE}?(?:[-‑–—−/×*·:+±]|{TIMES}){SPACE}?"
"""What joins two numbers to one expression: a range, a ratio, a factor, a sum."""

AMOUNTS = re.compile(rf"(?:{COMPARED})?(?<!\d)(?<!\d[.,٫٬'’])(?:(?:{AMOUNT}|{PLAIN}){JOINER}){{0,6}}{AMOUNT}")
NUMBERS = re.compile(rf"{PLAIN}(?:{JOINER}{PLAIN})*(?![A-Za-z])")
SIMPLE = re.compile(r"\d++(?:[.,٫٬:/]\d++)*+(?:\s?[-‑–—−/×*·:+±]\s?\d++(?:[.,٫٬:/]\d++)*+)*+|[¼-¾⅐-⅞]")
"""Numbers that stand in their order among any letters (Unicode UAX #9, W4), or in the order of these letters."""

NUMERIC = frozenset(("L", "EN", "AN", "ES", "ET"))
"""Bidirectional classes (UAX #9, table 4) of what a number may be a part of; a comma or colon only behind a digit."""

CHAINED = re.compile(rf"(?:\d[.,'’٫٬/:]|[½¼-¾⅐-⅞×*·±^~≤≥<>≈–—−_]|{RAISED})$")


def find_expressions(text: str) -> Iterator[tuple[int, int]]:
    """Yield from where to where *text* has numbers that read from left to right among letters that do not.

    Those are an amount with a unit in Latin letters, with its sign, its range and its factor, and numbers that have
    groups, fractions or signs which would change places. A number that a word goes on with, `B12`, is none.
    """
    at = 0
    upcoming: dict[re.Pattern[str], re.Match[str] | None] = {}
    while match := _first(text, at, upcoming):
        start, at = match.start() + _is_hyphenated(text, match.start()), match.end()
        if _is_open(text, start) and not SIMPLE.fullmatch(text, start, at):
            yield start, at


def _first(text: str, at: int, upcoming: dict[re.Pattern[str], re.Match[str] | None]) -> re.Match[str] | None:
    """Return the next amount of *text* from *at* on, or the next numbers without a unit if they come first.

    *upcoming* keeps the next match of each pattern: what has none from here on has none further on.
    """
    for pattern in (AMOUNTS, NUMBERS):
        match = upcoming.get(pattern)
        if pattern not in upcoming or (match is not None and match.start() < at):
            upcoming[pattern] = pattern.search(text, at)
    return min(filter(None, upcoming.values()), key=lambda match: match.start(), default=None)


def _is_hyphenated(text: str, at: int) -> bool:
    """Tell whether there is no sign at *at* but the hyphen of a word that is read from the right: `ל-20`.

    A single letter of Arabic is a word of its own that is written without a space, such as "and".
    """
    before = text[max(at - 2, 0) : at]
    kind = unicodedata.bidirectional(before[-1:] or " ")
    return text[at] == "-" and kind in {"R", "AL"} and (kind == "R" or before[:-1].isalnum())


def _is_open(text: str, start: int) -> bool:
    """Tell whether an expression may begin at *start*: nothing before it belongs to the same number or word."""
    before = text[max(start - 2, 0) : start]
    if not before or before[-1].isspace() or (before[-1] == "-" and _is_hyphenated(text, start - 1)):
        return True
    return not (unicodedata.bidirectional(before[-1]) in NUMERIC or CHAINED.search(before))
