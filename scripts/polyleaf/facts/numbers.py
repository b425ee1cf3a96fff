"""Numbers of a text by value, each with its unit: `anderhalve tablet` is 1.5 tablet, `1.500 mg` is 1500 mg."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from polyleaf.facts.figures import DECIMALS, DIGITS, GROUPS
from polyleaf.facts.lexicon import Lexicon, Match, blank
from polyleaf.facts.quantities import HUNDRED, Confidence, Number

VULGAR = re.compile(r"(?<!\d)(\d{1,9})\s*+/\s*(\d{1,9})(?![/.]*+\d|-\d{3})")
GROUPED = re.compile(rf"(?<![\w.,])({GROUPS})({DECIMALS})?(?!\d)")
FIGURES = re.compile(rf"(?<![\d])(?:{DIGITS}|(?<![\w.,]){DECIMALS})(?:\^\d{{1,2}}(?!\d))?")
SEPARATED = re.compile(r"\d{1,3}(?:['٬]\d{3})+(?:[.,\0]\d+)?")
"""Thousands parted by an apostrophe; elsewhere, as in 2'5, it is a decimal sign to some readers."""

LONGEST = 40
"""Figures of a number that are read; no number of a leaflet has more."""

ORDINAL = re.compile(r"(?:st|nd|rd|th|e|de|ste|er|re|ère|ème|\.?[ºª])(?!\w)")
DESIGNATION = re.compile(r"(?<![\w-])[^\W\d_]{3,}-$")
"""What a number is a part of the name of: covid-19, omega-3."""

ORDINAL_BEFORE = re.compile(r"第\s?$")
PERCENT = re.compile(r"(?:%|yüzde\s{0,3})$")
PERCENT_DISTANCE = 10
GAP = re.compile(r"\s?[-–]?\s?")
OF, OF_QUANTITY = re.compile(r"\s(?:an?|de|of an?|of)\s"), re.compile(r"\s(?:de\s|d')")
RANGE = re.compile(r"\s*(?:[-–—/,]|%\s*[-–—])\s*")
SPACES = re.compile(r"\s*")
RESTATED = re.compile(r"(?:\s*[(=]|,?\s(?:أي|yani|d\.w\.z\.)\s)\s*(?:[^\W\d][\w.]{0,9}\s)?")
BRACKET = re.compile(r"\)\s?")
LAST_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]+)\s$")
SINGULAR_OR = re.compile(r"(?<![^\W\d_])([^\W\d_]+)(?:\s([^\W\d_]+)\s|-)$")
BEFORE = 160
"""How far before a number, in characters, the words that belong to it begin."""

PERIODS = frozenset(("day", "week", "month", "year", "night"))
"""What is numbered, not only counted: the 22nd week, day 3."""

NUMBERED_AFTER = frozenset(("day", "week", "month"))
"""Periods whose number may stand after them."""

DEFINITE = "ال"
"""The article of Arabic: a numeral stands after the noun that has it, `الأسابيع الستة`, the six weeks."""

GROUP_LENGTH = 3
PAIR, TEN, HALF = 2, 10, Fraction(1, 2)
SCALES = {100: 1000, 1000: 10**6, 10**6: 10**9, 10**9: 10**12}
"""What multiplies the number before it, and from where on that is another number: `two thousand five hundred`."""
LONGEST_JOINER = 14
"""How many characters may stand between two numbers that share a unit."""


def find_numbers(text: str, lexicon: Lexicon) -> list[Number]:
    """Return the numbers in *text*, from left to right, dates and times already taken out of it."""
    text = lexicon["not_numbers"].without(text)
    numbers: list[Number] = []
    for quantity in lexicon["quantities"].find(text):
        value, _, unit = quantity.meaning.partition(" ")
        confidence = Confidence.LOW if value == "1" else _confidence(quantity, text, lexicon)
        is_spelt = not text[quantity.start].isdecimal()
        numbers.append(Number(quantity.start, quantity.end, Fraction(value), unit, confidence, spelt=is_spelt))
    for find in (_figures, _numerals):
        numbers += find(blank(text, numbers), lexicon)
    joined = _joined(sorted(numbers, key=lambda number: number.start), text, lexicon)
    open_text = blank(text, [number for number in joined if number.unit])
    with_units = _with_units_before([_with_unit(number, open_text, lexicon) for number in joined], text, lexicon)
    shared = _with_shared_units(_with_halves(with_units, text, lexicon), text, lexicon)
    completed = [_one_and_half(number, text, lexicon) for number in shared]
    numerals = _without_restated([_between(number, text, lexicon) for number in completed], text, lexicon)
    numerals = [_with_rate(number, text, lexicon) for number in numerals]
    return sorted((*numerals, *_unnumbered(blank(text, numerals), lexicon)), key=lambda number: number.start)


def _figures(text: str, lexicon: Lexicon) -> Iterator[Number]:
    for match in VULGAR.finditer(text):
        if 0 < int(match[1]) < int(match[2]):
            fraction = Number(match.start(), match.end(), Fraction(int(match[1]), int(match[2])))
            yield fraction
            text = blank(text, [fraction])
    for match in GROUPED.finditer(text):
        number = Number(match.start(), match.end(), _value(match.group().replace(" ", ""), (match[2] or ".")[0]))
        yield number
        text = blank(text, [number])
    for match in FIGURES.finditer(text):
        ending, own = ORDINAL.match(text, match.end()), lexicon["ordinal_endings"].at(text, match.end())
        end = ending.end() if ending else own.end if own else match.end()
        is_ordinal = (
            end > match.end() or ORDINAL_BEFORE.search(text, max(0, match.start() - BEFORE), match.start()) is not None
        )
        figures, _, power = match.group().partition("^")
        value = _value(figures, lexicon.decimal_point) ** int(power or 1)
        is_named = DESIGNATION.search(text, max(0, match.start() - LONGEST), match.start())
        yield Number(
            match.start(), end, value, confidence=Confidence.LOW if is_named else Confidence.HIGH, ordinal=is_ordinal
        )


def _value(figures: str, point: str) -> Fraction:
    """Return the value of *figures* in a language whose decimal sign is *point*."""
    text = figures[:LONGEST].replace("٫", "\0")
    sign = "" if SEPARATED.fullmatch(text) else "\0"
    text = text.replace("٬", sign).replace("'", sign)
    group = "," if point == "." else "."
    first, *others = re.split(re.escape(group), text)
    is_grouped = len(first) <= GROUP_LENGTH and first not in {"", "0"}
    groups = [re.split(rf"[{re.escape(point)}\0]", part)[0] for part in others]
    if others and is_grouped and all(len(part) == GROUP_LENGTH for part in groups):
        text = first + "".join(others)
    integer, *decimals = re.split(r"[.,\0]", text)
    return Fraction(f"{integer or 0}.{''.join(decimals) or 0}")


def _numerals(text: str, lexicon: Lexicon) -> Iterator[Number]:
    """Yield number words, ordinals and articles; an article may be a 1."""
    for match in lexicon["numbers"].find(text):
        if lexicon["articles"].at(text[match.start : match.end], 0) and match.meaning == "1":
            continue
        ordinal = lexicon["ordinals"].at(text, match.start)
        if ordinal and ordinal.end > match.end:
            continue
        confidence = _confidence(match, text, lexicon)
        yield Number(match.start, match.end, Fraction(match.meaning), confidence=confidence, spelt=True)
        text = blank(text, [match])
    for match in lexicon["ordinals"].find(text):
        confidence = _confidence(match, text, lexicon)
        yield Number(match.start, match.end, Fraction(match.meaning), confidence=confidence, ordinal=True)
        text = blank(text, [match])
    for match in lexicon["articles"].find(text):
        yield Number(match.start, match.end, Fraction(1), confidence=Confidence.NONE, spelt=True)


def _confidence(match: Match, text: str, lexicon: Lexicon) -> Confidence:
    return Confidence.LOW if text[match.start : match.end] in lexicon.soft else Confidence.HIGH


def _joined(numbers: Sequence[Number], text: str, lexicon: Lexicon) -> list[Number]:
    """Return *numbers* with what belongs together as one: `1 1/2`, `two and a half`, `2 miljoen`."""
    joined: list[Number] = []
    for number in numbers:
        before = joined[-1] if joined else None
        gap = text[before.end : number.start] if before else "?"
        if before and _adjoins(before, number, gap.strip(), lexicon) and (value := _sum(before, number)) is not None:
            confidence = max(before.confidence, number.confidence)
            joined[-1] = replace(before, end=number.end, value=value, confidence=confidence)
        elif not before or number.start >= before.end:
            joined.append(number)
        joined[-1] = _plus_half(joined[-1], text, lexicon) or joined[-1]
    return [number for number in joined if number.value or number.confidence is Confidence.HIGH]


def _adjoins(before: Number, number: Number, gap: str, lexicon: Lexicon) -> bool:
    """Tell whether nothing stands between two numbers but an `and`, as in `two hundred and fifty`."""
    is_and = number.spelt and before.value >= HUNDRED and lexicon["number_joiners"].at(gap, 0) is not None
    is_ordinal = before.ordinal and number.ordinal and before.value % TEN == 0 and not lexicon["before_ordinals"]
    return (is_ordinal or not before.ordinal) and (not gap or is_and)


def _sum(before: Number, number: Number) -> Fraction | None:
    """Return the value of two numbers as one, None when they are not one."""
    if before.unit or number.unit:
        return None
    if number.ordinal:
        return before.value + number.value if before.ordinal and _continues(before.value, number.value) else None
    if number.value in SCALES and before.value != number.value:
        multiplied = before.value % SCALES[int(number.value)]
        return before.value - multiplied + multiplied * number.value
    if before.spelt and number.spelt and _continues(before.value, number.value):
        return before.value + number.value
    is_whole = before.value.denominator == 1 and before.confidence is Confidence.HIGH
    if number.value.denominator > 1 and number.value < 1 and is_whole:
        return before.value + number.value
    return number.value if before.confidence is Confidence.NONE and number.value < 1 else None


def _continues(value: Fraction, more: Fraction) -> bool:
    """Tell whether one number word goes on with another: `one hundred` with `twenty`, and `twenty` with `five`."""
    are_whole = value.denominator == more.denominator == 1
    size = next((size for size in (1000, 100, 10) if value % size == 0), 0)
    return are_whole and 0 < more < size and value > TEN


def _plus_half(number: Number, text: str, lexicon: Lexicon) -> Number | None:
    after = SPACES.match(text, number.end)
    half = lexicon["plus_half"].at(text, after.end()) if after else None
    if half and not number.ordinal and not number.unit:
        return replace(number, end=half.end, value=number.value + HALF, confidence=Confidence.HIGH)
    return None


def _with_unit(number: Number, text: str, lexicon: Lexicon) -> Number:
    """Return *number* with the unit that stands after it, or the percent sign before it.

    An ordinal has one only if it is in figures and says which day or week of several: `the 22nd week`.
    """
    if number.unit or (number.ordinal and number.confidence is not Confidence.HIGH):
        return number
    if PERCENT.search(text, max(0, number.start - PERCENT_DISTANCE), number.start):
        return replace(number, unit="percent")
    for start in dict.fromkeys((number.end, *_unit_starts(text, number, lexicon))):
        unit = lexicon["units"].at(text, start)
        if unit and (not number.ordinal or unit.meaning in PERIODS):
            return replace(number, unit=unit.meaning, end=unit.end)
    return number


def _with_units_before(numbers: Sequence[Number], text: str, lexicon: Lexicon) -> list[Number]:
    """Return *numbers* with the unit that stands before one without any: `week 22`, `الأسابيع الستة`."""
    changed: list[Number] = []
    for number in numbers:
        word = LAST_WORD.search(text, max(changed[-1].end if changed else 0, number.start - BEFORE), number.start)
        unit = lexicon["units"].at(word[1], 0) if word and not number.unit else None
        is_unit = word and unit and unit.end == len(word[1]) and _is_numbered(number, word, unit.meaning, lexicon)
        is_ordinal = number.ordinal or not number.spelt
        if word and unit and is_unit:
            number = replace(number, unit=unit.meaning, start=word.start(), ordinal=is_ordinal)  # noqa: PLW2901
        changed.append(_after_singular(number, text, lexicon))
    return changed


def _after_singular(number: Number, text: str, lexicon: Lexicon) -> Number:
    """Return a two with the unit of the singular that stands before it: `dzień lub dwa`, a day or two."""
    before = (
        SINGULAR_OR.search(text, max(0, number.start - BEFORE), number.start)
        if number.value == PAIR and not number.unit
        else None
    )
    singular = lexicon["singulars"].at(before[1], 0) if before else None
    unit = lexicon["units"].at(before[1], 0) if before and singular and singular.end == len(before[1]) else None
    is_or = before and (not before[2] or lexicon["disjunctions"].at(before[2], 0))
    return replace(number, unit=unit.meaning) if unit and is_or else number


def _is_numbered(number: Number, word: re.Match[str], unit: str, lexicon: Lexicon) -> bool:
    """Tell whether the *unit* that a *word* is has *number* after it, and is no rate: `per day 2`, `günde 2`.

    In a language with a dual, one stands after its noun: `كيلوغراما واحدا`.
    """
    is_one = number.value == 1 and number.spelt and bool(lexicon["duals"])
    is_definite = word[1].startswith(DEFINITE) and not number.ordinal
    is_counted = unit in NUMBERED_AFTER and not number.spelt
    before = LAST_WORD.search(word.string, max(0, word.start() - BEFORE), word.start())
    rate = lexicon["rates"].at(before[1], 0) if before and not is_definite else None
    rate = rate or lexicon["rates"].at(word[1], 0)
    is_sure = is_one or ((is_definite or is_counted) and number.confidence is Confidence.HIGH)
    return is_sure and rate is None


def _with_halves(numbers: Sequence[Number], text: str, lexicon: Lexicon) -> list[Number]:
    """Return *numbers* with a half that stands after the unit added: `an hour and a half`."""
    halved: list[Number] = []
    for number in numbers:
        if halved and number.start < halved[-1].end:
            continue
        half = _plus_half(replace(number, unit=""), text, lexicon) if number.unit else None
        has_own_unit = half and _with_unit(replace(half, value=HALF), text, lexicon).unit
        halved.append(replace(half, unit=number.unit) if half and not has_own_unit else number)
    return halved


def _one_and_half(number: Number, text: str, lexicon: Lexicon) -> Number:
    """Return *number*, a half after a unit that has no number, as one and a half of it: `al año y medio`."""
    for half in lexicon["plus_half"].find(text) if number.value == HALF and not number.unit else ():
        word = LAST_WORD.search(text, max(0, half.start - BEFORE), half.start)
        unit = lexicon["units"].at(word[1], 0) if word else None
        if word and unit and half.end == number.end and unit.end == len(word[1]):
            return replace(number, start=word.start(), value=HALF + 1, unit=unit.meaning)
    return number


def _unit_starts(text: str, number: Number, lexicon: Lexicon) -> Iterator[int]:
    """Yield where the unit of *number* may start: after a space or hyphen, or a word: `half an hour`, `2 full days`."""
    marked = lexicon["ordinal_marks"].at(text, number.end)
    is_quantity = number.value >= TEN and not text[number.start].isdecimal()
    for gap in (GAP, OF) if number.value < 1 else (GAP, OF_QUANTITY) if is_quantity else (GAP,):
        match = gap.match(text, marked.end if marked else number.end)
        if match:
            yield match.end()
            word = lexicon["before_units"].at(text, match.end())
            if word and text[word.end : word.end + 1] == " ":
                yield word.end + 1


def _with_shared_units(numbers: list[Number], text: str, lexicon: Lexicon) -> list[Number]:
    """Return *numbers* with the unit of a range or list for each of them: in `2 tot 4 uur`, 2 is hours too.

    A unit is shared forward in `week 22-24`, in `an hour or two` and in `een uur of drie, vier`; a manner of speaking
    shares none with figures: `bel 113, dag en nacht`.
    """
    for at in range(len(numbers) - 2, -1, -1):
        number, after = numbers[at], numbers[at + 1]
        is_sure = number.spelt or after.confidence is Confidence.HIGH
        shares = bool(after.unit) and is_sure and not number.ordinal and not _is_after_unit(after, text)
        if not number.unit and shares and _are_joined(number, after, text, lexicon):
            numbers[at] = replace(number, unit=after.unit)
    goes_on = False
    for at in range(1, len(numbers)):
        before, number = numbers[at - 1], numbers[at]
        is_numbered = _is_after_unit(before, text)
        is_or = (
            number.value == PAIR or lexicon["disjunctions"].at(text[before.end : number.start].strip(), 0) is not None
        )
        is_vague = bool(before.unit) and number.spelt and (goes_on or (before.value == 1 and is_or))
        goes_on = not number.unit and (is_numbered or is_vague) and _are_joined(before, number, text, lexicon)
        if goes_on:
            numbers[at] = replace(number, unit=before.unit, ordinal=is_numbered)
    return numbers


def _is_after_unit(number: Number, text: str) -> bool:
    """Tell whether the unit of *number* stands before it, `week 22`, or before the first of its range."""
    return number.ordinal and number.unit in NUMBERED_AFTER and text[number.end - 1].isdecimal()


def _are_joined(number: Number, after: Number, text: str, lexicon: Lexicon) -> bool:
    """Tell whether two numbers are a range or list, with nothing but a joiner between them."""
    gap = text[number.end : after.start]
    joiner = lexicon["joiners"].at(gap.strip(), 0)
    is_joiner = RANGE.fullmatch(gap) is not None or (joiner is not None and joiner.end == len(gap.strip()))
    return len(gap) <= LONGEST_JOINER and is_joiner


def _with_rate(number: Number, text: str, lexicon: Lexicon) -> Number:
    """Return a *number* of times with whether it is per something: `3 times a day`."""
    rate = lexicon["rates"].at(text, number.end + 1) if number.unit == "times" else None
    return replace(number, rated=True) if rate else number


def _between(number: Number, text: str, lexicon: Lexicon) -> Number:
    """Return *number*, less surely one where it says of what two things something is between: `between two doses`."""
    word = LAST_WORD.search(text, max(0, number.start - BEFORE), number.start) if number.value == PAIR else None
    between = lexicon["between"].at(word[1], 0) if word else None
    is_range = lexicon["joiners"].at(text, number.end + 1) or RANGE.match(text, number.end)
    return replace(number, confidence=Confidence.LOW) if between and not is_range else number


def _without_restated(numbers: Sequence[Number], text: str, lexicon: Lexicon) -> list[Number]:
    """Return *numbers* without those that say the one before them again: `two days (48 hours)`, `2 (two) tablets`."""
    kept: list[Number] = []
    for number in numbers:
        before = kept[-1] if kept else None
        if before is None or not _restates(number, before, text, lexicon):
            kept.append(number)
            continue
        bracket = BRACKET.match(text, number.end)
        unit = lexicon["units"].at(text, bracket.end()) if bracket and not (before.unit or number.unit) else None
        kept[-1] = replace(before, unit=before.unit or number.unit or (unit.meaning if unit else ""), end=number.end)
    return kept


def _restates(number: Number, before: Number, text: str, lexicon: Lexicon) -> bool:
    gap = text[before.end : number.start]
    that_is = lexicon["that_is"].at(gap, len(gap) - len(gap.lstrip(" ,;(=")))
    gap = "(" + gap[that_is.end :] if that_is else gap
    is_same = number.same(before) if number.unit and before.unit else number.value == before.value
    return is_same and RESTATED.fullmatch(gap) is not None


def _unnumbered(text: str, lexicon: Lexicon) -> Iterator[Number]:
    """Yield the words that say a number by their form, in *text* without numerals: `tydzień`, a week; `عكازين`, two.

    They may be one, as an article may in other languages.
    """
    for kind, value in (("singulars", 1), ("duals", PAIR)):
        for match in lexicon[kind].find(text):
            unit = lexicon["units"].at(text, match.start)
            meaning = unit.meaning if unit and unit.end == match.end else ""
            yield Number(match.start, match.end, Fraction(value), meaning, Confidence.NONE)
        text = lexicon[kind].without(text)
