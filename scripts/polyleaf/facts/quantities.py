"""An amount of a text: its value, its unit, and how surely it is one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum
from fractions import Fraction

LARGE, DECIMALS = 10**12, 10**6
"""Numbers from the first on, and those with more decimals than the second has, are shown as a fraction."""

BASE_UNITS = {
    "count": (1, "second"), "second": (1, "second"), "minute": (60, "second"), "hour": (3600, "second"),
    "day": (86_400, "second"),
    "week": (604_800, "second"), "month": (1, "month"), "year": (12, "month"),
    "ug": (1, "ug"), "mg": (1000, "ug"), "g": (1_000_000, "ug"), "kg": (1_000_000_000, "ug"),
    "ml": (1, "ml"), "dl": (100, "ml"), "l": (1000, "ml"),
    "mm": (1, "mm"), "cm": (10, "mm"), "m": (1000, "mm"), "km": (1_000_000, "mm"),
    "spray": (1, "puff"),
}  # fmt: skip
"""How many of its base unit each unit is: 14 days are two weeks, and 0.5 g is 500 mg.

Who counts to ten waits ten seconds, and a puff may be sprayed."""

CUSTOMARY = {Fraction(15): Fraction(2), Fraction(8): Fraction(1)}
"""What is said in days for so many weeks, counting both ends: `quinze jours`, `ocho días`, `acht Tage`."""

HUNDRED, FORTNIGHT = 100, 14


class Confidence(IntEnum):
    """How surely a word is a number.

    NONE is an article, which may be a 1; LOW is a word that may be a manner of speaking, such as an ordinal or `one`;
    HIGH is all else.
    """

    NONE = 0
    LOW = 1
    HIGH = 2


@dataclass(frozen=True, slots=True)
class Number:
    """A number that stands in a text from *start* to before *end*, in characters, its unit included.

    *unit* is a name of the lexicon such as `mg`, `day` or `percent`, empty when it has none. *spelt* tells whether it
    is a word, not figures, *rated* whether it is a number of times per something.
    """

    start: int
    end: int
    value: Fraction
    unit: str = ""
    confidence: Confidence = Confidence.HIGH
    ordinal: bool = False
    spelt: bool = False
    rated: bool = False

    def __str__(self) -> str:
        """Return it as figures, with its unit."""
        value = self.value
        is_short = DECIMALS % value.denominator == 0 and value < LARGE
        shown = f"{Decimal(value.numerator) / value.denominator:f}" if is_short else value
        return f"{shown} {self.unit}".strip()

    def same(self, other: Number) -> bool:
        """Tell whether *other* has the same value, or is the same amount in another unit."""
        if {self.unit, other.unit} == {"percent", ""}:
            return self.value == other.value or self.as_proportion() == other.as_proportion()
        if self.value == other.value or _is_customary(self, other) or _is_customary(other, self):
            return True
        return bool(self.unit and other.unit) and self.in_base_unit() == other.in_base_unit()

    def as_proportion(self) -> Fraction:
        """Return it as a part of one: 75 % and three quarters are the same."""
        return self.value / HUNDRED if self.unit == "percent" else self.value

    def in_base_unit(self) -> tuple[Fraction, str]:
        """Return value and unit, amounts of one kind in the same unit."""
        factor, unit = BASE_UNITS.get(self.unit, (1, self.unit))
        return self.value * factor, unit


def _is_customary(days: Number, weeks: Number) -> bool:
    """Tell whether *days* are what several languages say for so many *weeks*, in words also for the days of these."""
    units = (days.unit, weeks.unit)
    if units == ("day", "day"):
        return days.spelt and days.value == FORTNIGHT + 1 and weeks.value == FORTNIGHT
    return units == ("day", "week") and CUSTOMARY.get(days.value) == weeks.value
