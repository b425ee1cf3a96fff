"""Checks of amounts and figures as they are written, in sources and translations alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from polyleaf import languages, tree
from polyleaf.checks.model import Diagnostic, check
from polyleaf.checks.subjects import LocalizedText
from polyleaf.facts.lexicon import fold, load_lexicon
from polyleaf.facts.style_lexicon import load_style_lexicon
from polyleaf.model import Node, Nodes, Severity
from polyleaf.quotations import quote

AMOUNT = re.compile(r"(?<![\d.,٫\w])(?P<units>\d*)(?P<sign>[.,٫])(?P<part>\d+)(?![\d.,٫])\s?")
UNIT = re.compile(r"(?:mg|microgram|mcg|μg|g|kg|ml|l|mmol|ie|iu)(?!\w)")
"""Units as any language may write them, in folded letters."""

DOSED = frozenset(("mg", "ug", "g", "kg", "ml", "dl", "l", "mmol", "iu"))
MICRO = re.compile(r"\d[\d.,]{0,30}\s?(?:μg|mcg|ug)(?!\w)")
LATIN = re.compile(
    r"(?<![\w.])(?:q\.o\.d|q\.d|b\.i\.d|t\.i\.d|q\.i\.d|p\.r\.n|h\.s)\.?(?!\w)"
    r"|(?<!\w)(?:QOD|QD|BID|TID|QID|PRN)(?!\w)|(?<!\w)\d\s?dd\s?\d*(?!\w)"
)
FIGURES = r"(?<![\w.,])(?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+)(?:[.,]\d+)*"
"""A number in figures, with its decimals and its groups of three: `10 000`."""

MULTIPLIED = re.compile(r"(?<![\w.,])\d+[x×*]\d+(?:[.,]\d+)*\s?")
DECIMALS, THOUSAND = 2, 3
"""A sign before three figures may part thousands."""


RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
POWER = re.compile(
    rf"(?P<base>\d[\d.,٫]{{0,30}})(?:\^\s{{0,9}}[-+−–]?(?P<power>\d{{1,30}})\s{{0,9}}\^|[⁻⁺]?(?P<signs>[{RAISED}]+))"
)
"""A number with a raised number at its end, raised as Markdown does it or by signs of its own."""

SUP = re.compile(r"</?sup\b[^<>]*>", re.IGNORECASE)


@check(LocalizedText, Severity.WARNING)
def dose_unsafe(localized: LocalizedText) -> Iterator[Diagnostic]:
    """A dose is written so that it cannot be misread: no zero too many or too few, and its unit in full.

    Bad:  "Take 1.0 mg, or .5 mg, or 50 µg, or 10 IU, or 1 tablet b.i.d."
    Good: "Take 1 mg, or 0.5 mg, or 50 microgram, or 10 international units, or 1 tablet 2 times a day"
    """
    for text in localized.texts:
        findings = (*_amounts(text.words, localized.language), *_signs(text.words, localized.language))
        for shown, danger in (*findings, *_multiplied(text.words, localized.language)):
            yield Diagnostic(f"{quote(shown)} {danger}", (text, shown))


@check(LocalizedText, Severity.WARNING)
def number_raised(localized: LocalizedText) -> Iterator[Diagnostic]:
    """No number is raised at the end of another: a voice reads both as one, and so does who copies the text.

    Bad:  "It holds 10^6^ bacteria, or 10⁶"
    Good: "It holds 1 million bacteria in 10 cm^2^"
    """
    for text in localized.texts:
        for match in POWER.finditer(_marked(text.inlines)):
            shown = match.group()
            heard = match["base"] + (match["power"] or "".join(str(RAISED.index(sign)) for sign in match["signs"]))
            way_out = "write the figure out, such as 1 million, or say it in words"
            yield Diagnostic(f"{quote(shown)} is heard as {quote(heard)}: {way_out}", (text, shown))


def _marked(inlines: Nodes) -> str:
    """Return the text of *inlines* with raised words between circumflexes."""
    return "".join(map(_raised, inlines))


def _raised(node: Node) -> str:
    if node["t"] == "RawInline":
        return SUP.sub("^", node["c"][1]) if SUP.fullmatch(node["c"][1]) else ""
    inner = tree.children(node)
    if not inner:
        return tree.SPACES.get(node["t"]) or tree.plain([node])
    return f"^{_marked(inner)}^" if node["t"] == "Superscript" else _marked(inner)


def _amounts(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield every amount in *text* whose decimals can be misread, and why."""
    folded = fold(text, language)
    point = languages.decimal_point(language)
    for match in AMOUNT.finditer(folded):
        unit, is_dose = _unit(folded, match.end(), language)
        danger = (is_dose and (_zeros(match) or _thousand(match, point))) or (unit and _sign(match, point))
        if danger:
            yield folded[match.start() : match.end()] + unit, danger


def _zeros(match: re.Match[str]) -> str:
    if not match["units"]:
        return "can be read as ten times as much: put a zero before the sign"
    if len(match["part"]) <= DECIMALS and not int(match["part"]):
        return "can be read as ten times as much: leave the zero out"
    return ""


def _thousand(match: re.Match[str], point: str) -> str:
    """Say what is wrong with decimals that other languages read as thousands, and that end in a needless zero."""
    units, sign, part = match["units"], match["sign"], match["part"]
    if sign == point and units.strip("0") and len(part) == THOUSAND and part.endswith("0"):
        short = f"{units}{point}{part.rstrip('0')}".rstrip(point)
        return f"can be read as a thousand times as much: write {short}, or all figures of the number without a sign"
    return ""


def _sign(match: re.Match[str], point: str) -> str:
    units, sign, part = match["units"], match["sign"], match["part"]
    if len(part) <= DECIMALS and {sign, point} == {".", ","}:
        return f"can be read as ten times as much: this language writes {units}{point}{part}"
    return ""


def _multiplied(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield every dose in *text* that is joined to how many of it by a sign: `2x500 mg`."""
    folded = fold(text, language)
    for match in MULTIPLIED.finditer(folded):
        unit, is_dose = _unit(folded, match.end(), language)
        if is_dose:
            yield match.group() + unit, "can be read as one number: write how many, and of how much"


def _unit(text: str, start: int, language: str) -> tuple[str, bool]:
    """Return the unit that stands in the folded *text* at *start*, if any, and whether it is one of a dose.

    An hour is none: `14.30 uur` is a time.
    """
    hit = load_lexicon(language)["units"].at(text, start)
    if hit and hit.meaning != "hour":
        return text[start : hit.end], hit.meaning in DOSED
    match = UNIT.match(text, start)
    return (match.group(), True) if match else ("", False)


def _signs(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Yield every sign in *text* that stands for a unit or for how often, and is misread."""
    for match in MICRO.finditer(text.replace("µ", "μ")):
        yield text[match.start() : match.end()], "can be read as mg: write microgram in full"
    for match in LATIN.finditer(text):
        yield match.group().strip(), "is not understood: write how often and when"
    for pattern, full in _unsafe(language):
        for match in pattern.finditer(text):
            yield match.group(), f"can be read as a figure or another unit: write {quote(full)}"


@cache
def _unsafe(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = load_style_lexicon(language).doses.items()
    return tuple((re.compile(rf"{FIGURES}\s?{re.escape(sign)}(?!\w)"), full) for sign, full in rows)
