"""The numbers of a text by value, each with its unit: `anderhalve tablet` is 1.5 tablet, `1.500 mg` is 1500 mg."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from polyleaf.facts.lexicon import Match, blank

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from polyleaf.facts.lexicon import Lexicon

VULGAR = re.compile(r"(?<!\d)(\d{1,9})\s*+/\s*(\d{1,9})(?![\d/.]*\d|-\d{3})")
GROUPED = re.compile(r"(?<![\w.,])(\d{1,3}(?: \d{3})+)([.,]\d+)?(?!\d)")
FIGURES = re.compile(r"(?<![\d])(?:\d+(?:[.,٫٬']\d+)*|(?<![\w.,])[.,٫]\d+)(?:\^\d{1,2}(?!\d))?")
SEPARATED = re.compile(r"\d{1,3}(?:['٬]\d{3})+(?:[.,\0]\d+)?")
"""Thousands parted by an apostrophe; elsewhere, as in 2'5, it is a decimal sign to some readers."""

LONGEST, LARGE, SMALLEST = 40, 10**12, 10**6
"""No number of a leaflet has more figures; what is too large, and which part too small, for a decimal sign."""

ORDINAL = re.compile(r"(?:st|nd|rd|th|e|de|ste|er|re|ère|ème|º|ª|\.º|\.ª)(?!\w)")
PERCENT = re.compile(r"(?:%|yüzde\s{0,3})$")
REACH = 10
GAP = re.compile(r"\s?[-–]?\s?")
OF = re.compile(r"\s(?:an?|de|of an?|of)\s")
BETWEEN = re.compile(r"\s*(?:[-–—/,]|%\s*[-–—])\s*")
WITHIN = re.compile(r"\s*")
MEASURES = {
    "second": (1, "second"),
    "minute": (60, "second"),
    "hour": (3600, "second"),
    "day": (86_400, "second"),
    "week": (604_800, "second"),
    "month": (1, "month"),
    "year": (12, "month"),
    "ug": (1, "ug"),
    "mg": (1000, "ug"),
    "g": (1_000_000, "ug"),
    "kg": (1_000_000_000, "ug"),
    "ml": (1, "ml"),
    "dl": (100, "ml"),
    "l": (1000, "ml"),
    "mm": (1, "mm"),
    "cm": (10, "mm"),
    "m": (1000, "mm"),
    "km": (1_000_000, "mm"),
}
"""How many of a smaller unit each unit is: 14 days are two weeks, and 0.5 g is 500 mg."""

THOUSAND = 3
TEN, HUNDRED = 10, 100
SCALES = {100: 1000, 1000: 10**6, 10**6: 10**9, 10**9: 10**12}
"""What multiplies the number before it, and from where on that is another number: `two thousand five hundred`."""
FAR = 14


class Confidence(IntEnum):
    """How much a number says by itself: an article may be a 1, an ordinal may be a manner of speaking."""

    NONE = 0
    LOW = 1
    HIGH = 2


@dataclass(frozen=True, slots=True)
class Number:
    """A number, where it stands, its *unit* (empty when it has none) and whether it is an ordinal or a word."""

    start: int
    end: int
    value: Fraction
    unit: str = ""
    confidence: Confidence = Confidence.HIGH
    ordinal: bool = False
    spelt: bool = False

    def __str__(self) -> str:
        """Return it as figures, with its unit."""
        value = self.value
        is_short = SMALLEST % value.denominator == 0 and value < LARGE
        shown = f"{Decimal(value.numerator) / value.denominator:f}" if is_short else value
        return f"{shown} {self.unit}".strip()

    def same(self, other: Number) -> bool:
        """Tell whether *other* has the same value, or is the same amount in another unit."""
        if {self.unit, other.unit} == {"percent", ""}:
            return self.value == other.value or self.as_proportion() == other.as_proportion()
        return self.value == other.value or (
            bool(self.unit and other.unit) and self.in_base_unit() == other.in_base_unit()
        )

    def as_proportion(self) -> Fraction:
        """Return it as a part of one: 75 % and three quarters are the same."""
        return self.value / HUNDRED if self.unit == "percent" else self.value

    def in_base_unit(self) -> tuple[Fraction, str]:
        """Return value and unit, amounts of one kind in the same unit."""
        factor, unit = MEASURES.get(self.unit, (1, self.unit))
        return self.value * factor, unit


def find_numbers(text: str, lexicon: Lexicon) -> list[Number]:
    """Return the numbers in *text*, from left to right, dates and clock times already taken out of it."""
    text = lexicon["not_numbers"].without(text)
    found: list[Number] = []
    for hit in lexicon["quantities"].find(text):
        value, _, unit = hit.meaning.partition(" ")
        confidence = Confidence.LOW if value == "1" or text[hit.start : hit.end] in lexicon.soft else Confidence.HIGH
        found.append(Number(hit.start, hit.end, Fraction(value), unit, confidence))
    rest = _without(text, found)
    for reader in (_figures, _spelt):
        found += reader(rest, lexicon)
        rest = _without(text, found)
    found = _joined(sorted(found, key=lambda number: number.start), text, lexicon)
    return _shared(_halved([_with_unit(number, text, lexicon) for number in found], text, lexicon), text, lexicon)


def _without(text: str, found: Sequence[Number]) -> str:
    return blank(text, [Match(number.start, number.end, "") for number in found])


def _figures(text: str, lexicon: Lexicon) -> Iterator[Number]:
    taken = text
    for found in VULGAR.finditer(text):
        if 0 < int(found[1]) < int(found[2]):
            yield Number(found.start(), found.end(), Fraction(int(found[1]), int(found[2])))
            taken = blank(taken, [Match(found.start(), found.end(), "")])
    for found in GROUPED.finditer(taken):
        yield Number(found.start(), found.end(), _value(found.group().replace(" ", ""), (found[2] or ".")[0]))
        taken = blank(taken, [Match(found.start(), found.end(), "")])
    point = lexicon.decimal_point
    for found in FIGURES.finditer(taken):
        ordinal = ORDINAL.match(taken, found.end())
        figures, _, power = found.group().partition("^")
        value = _value(figures, point) ** int(power or 1)
        yield Number(found.start(), ordinal.end() if ordinal else found.end(), value, ordinal=bool(ordinal))


def _value(figures: str, point: str) -> Fraction:
    """Return the value of *figures* in a language whose decimal sign is *point*."""
    text = figures[:LONGEST].replace("٫", "\0")
    sign = "" if SEPARATED.fullmatch(text) else "\0"
    text = text.replace("٬", sign).replace("'", sign)
    group = "," if point == "." else "."
    whole, *rest = re.split(re.escape(group), text)
    is_grouped = len(whole) <= THOUSAND and whole not in {"", "0"}
    parts = [re.split(rf"[{re.escape(point)}\0]", part)[0] for part in rest]
    if rest and is_grouped and all(len(part) == THOUSAND for part in parts):
        text = whole + "".join(rest)
    whole, *rest = re.split(r"[.,\0]", text)
    return Fraction(f"{whole or 0}.{''.join(rest) or 0}")


def _spelt(text: str, lexicon: Lexicon) -> Iterator[Number]:
    """Yield number words, ordinals and articles; an article may be a 1."""
    for hit in lexicon["numbers"].find(text):
        form = text[hit.start : hit.end]
        if lexicon["articles"].at(form, 0) and hit.meaning == "1":
            continue
        confidence = Confidence.LOW if form in lexicon.soft else Confidence.HIGH
        yield Number(hit.start, hit.end, Fraction(hit.meaning), confidence=confidence, spelt=True)
        text = blank(text, [hit])
    for hit in lexicon["ordinals"].find(text):
        confidence = Confidence.LOW if text[hit.start : hit.end] in lexicon.soft else Confidence.HIGH
        yield Number(hit.start, hit.end, Fraction(hit.meaning), confidence=confidence, ordinal=True)
        text = blank(text, [hit])
    for hit in lexicon["articles"].find(text):
        yield Number(hit.start, hit.end, Fraction(1), confidence=Confidence.NONE, spelt=True)


def _joined(found: Sequence[Number], text: str, lexicon: Lexicon) -> list[Number]:
    """Return *found* with what belongs together made one: `1 1/2`, `two and a half`, `2 miljoen`."""
    made: list[Number] = []
    for number in found:
        before = made[-1] if made else None
        gap = text[before.end : number.start] if before else "?"
        if before and _adjoins(before, number, gap.strip(), lexicon) and (whole := _sum(before, number)) is not None:
            made[-1] = replace(
                before, end=number.end, value=whole, confidence=max(before.confidence, number.confidence)
            )
        elif not before or number.start >= before.end:
            made.append(number)
        half = _plus_half(made[-1], text, lexicon)
        made[-1] = half or made[-1]
    return [one for one in made if one.value or one.confidence is Confidence.HIGH]


def _adjoins(before: Number, number: Number, gap: str, lexicon: Lexicon) -> bool:
    """Tell whether nothing stands between two numbers but an `and`, as in `two hundred and fifty`."""
    is_and = number.spelt and before.value >= HUNDRED and lexicon["number_joiners"].at(gap, 0) is not None
    return not before.ordinal and (not gap or is_and)


def _sum(before: Number, number: Number) -> Fraction | None:
    if before.unit or number.unit or number.ordinal:
        return None
    if number.value in SCALES and before.value != number.value:
        small = before.value % SCALES[int(number.value)]
        return before.value - small + small * number.value
    if before.spelt and number.spelt and _continues(before.value, number.value):
        return before.value + number.value
    is_figure = before.value.denominator == 1 and before.confidence is Confidence.HIGH
    if number.value.denominator > 1 and number.value < 1 and is_figure:
        return before.value + number.value
    return number.value if before.confidence is Confidence.NONE and number.value < 1 else None


def _continues(value: Fraction, more: Fraction) -> bool:
    """Tell whether one number word goes on with another: `one hundred` with `twenty`, and `twenty` with `five`."""
    whole = value.denominator == more.denominator == 1
    size = next((size for size in (1000, 100, 10) if value % size == 0), 0)
    return whole and 0 < more < size and value > TEN


def _plus_half(number: Number, text: str, lexicon: Lexicon) -> Number | None:
    after = WITHIN.match(text, number.end)
    hit = lexicon["plus_half"].at(text, after.end()) if after else None
    if hit and not number.ordinal and not number.unit:
        return replace(number, end=hit.end, value=number.value + Fraction(1, 2), confidence=Confidence.HIGH)
    return None


def _with_unit(number: Number, text: str, lexicon: Lexicon) -> Number:
    """Return *number* with the unit that stands after it, or the percent sign before it."""
    if number.unit or number.ordinal:
        return number
    if PERCENT.search(text, max(0, number.start - REACH), number.start):
        return replace(number, unit="percent")
    for start in dict.fromkeys((number.end, *_gaps(text, number, lexicon))):
        hit = lexicon["units"].at(text, start)
        if hit:
            return replace(number, unit=hit.meaning, end=hit.end)
    return number


def _halved(found: Sequence[Number], text: str, lexicon: Lexicon) -> list[Number]:
    """Return *found* with a half that stands after the unit added: `an hour and a half`."""
    made: list[Number] = []
    for number in found:
        if made and number.start < made[-1].end:
            continue
        half = _plus_half(replace(number, unit=""), text, lexicon) if number.unit else None
        has_own_unit = half and _with_unit(replace(half, value=Fraction(1, 2)), text, lexicon).unit
        made.append(replace(half, unit=number.unit) if half and not has_own_unit else number)
    return made


def _gaps(text: str, number: Number, lexicon: Lexicon) -> Iterator[int]:
    """Yield where the unit of *number* may start: after a space or hyphen, or a word: `half an hour`, `2 full days`."""
    for gap in (GAP, OF) if number.value < 1 else (GAP,):
        found = gap.match(text, number.end)
        if found:
            yield found.end()
            whole = lexicon["before_units"].at(text, found.end())
            if whole and text[whole.end : whole.end + 1] == " ":
                yield whole.end + 1


def _shared(found: list[Number], text: str, lexicon: Lexicon) -> list[Number]:
    """Return *found* with the unit of a range or list for each of its numbers: in `2 tot 4 uur`, 2 is hours too."""
    for at in range(len(found) - 2, -1, -1):
        number, after = found[at], found[at + 1]
        if number.unit or number.ordinal or not after.unit or after.start - number.end > FAR:
            continue
        gap = text[number.end : after.start]
        hit = lexicon["joiners"].at(gap.strip(), 0)
        if BETWEEN.fullmatch(gap) or (hit and hit.end == len(gap.strip())):
            found[at] = replace(number, unit=after.unit)
    return found
