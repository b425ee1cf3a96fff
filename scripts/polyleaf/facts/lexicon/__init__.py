"""Lexicon: the words of each language for numbers, units, negations, limits and directions, from `<language>.toml`.

`phrase_matcher` finds them in a text.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources
from string import Formatter
from types import MappingProxyType
from typing import Any

from polyleaf import languages
from polyleaf.facts.lexicon.phrase_matcher import EMPTY, ENDING, GAP, UNSPACED, Match, PhraseMatcher, blank

__all__ = ["Lexicon", "Match", "PhraseMatcher", "blank", "fold", "load_lexicon", "read_table"]

EQUIVALENT = {"’": "'", "ʼ": "'", "`": "'", "‐": "-", "‑": "-", "⁄": "/", "−": "-", "٪": "%", "ـ": ""}
EQUIVALENT |= {"،": ",", "؛": ";", "؟": "?", "\u06d4": ".", "。": ".", "、": ","}

VOWEL_SIGNS = re.compile(r"[\u064b-\u0652\u0670\u200e\u200f\u061c]")
TABLES = ("ordinals", "quantities", "units", "rates", "limits", "clock", "steps", "clauses", "coordinators", "pronouns")
"""Keys of a file that map meanings to lists of forms."""

LISTS = (
    "articles", "not_numbers", "joiners", "call", "plus_half", "number_joiners",
    "also", "before_units", "vague", "yes", "ablative", "between", "ordinal_marks", "ordinal_endings",
    "singulars", "duals", "before_ordinals", "conditions", "conditions_after", "disjunctions", "attached_coordinators",
    "no_months", "that_is",
)  # fmt: skip
"""Keys of a file that are lists of forms."""

CLOCK_LISTS = (
    "at", "beside", "mark", "sure_mark", "direct_am", "direct_pm",
    "am", "pm", "night", "noon", "midnight", "not", "and",
)  # fmt: skip
CLOCK_TABLES = ("later", "later_at")
"""Tables of the clock that map minutes to what stands after the hour, the second only of an hour that has `at`."""

HOURS, DAYS = range(25), range(1, 32)
SIGNS = ("mg", "ug", "ng", "g", "kg", "ml", "cl", "dl", "l", "mmol", "mm", "cm", "km", "mmhg", "kcal", "iu")
"""Units that any language may write in Latin letters: the signs of the SI system (BIPM brochure, 9th edition)."""

MORE_SIGNS = {"mcg": "ug", "μg": "ug", "%": "percent", "°c": "celsius", "°f": "fahrenheit"}
AFTER_SIGN = r"(?![a-z0-9\u00c0-\u024f'])"
"""What a sign ends before: in a script without spaces, such as Chinese, a letter of that script may follow."""

UNAMBIGUOUS_MONTH = 4
"""A shorter name of a month, in letters, is a word of its own in many a language: `mar`, `may`."""

COMMA = ","
HUNDRED, THOUSAND = 100, 1000
SLOTS = {
    "one": lambda value: 1 <= value < 10,  # noqa: PLR2004
    "teen": lambda value: 10 < value < 20,  # noqa: PLR2004
    "ten": lambda value: 20 <= value < HUNDRED and value % 10 == 0,  # noqa: PLR2004
    "below": lambda value: 0 < value < HUNDRED,
    "hundred": lambda value: value == HUNDRED,
    "hundreds": lambda value: HUNDRED <= value < THOUSAND and value % HUNDRED == 0,
    "thousand": lambda value: value == THOUSAND,
    "number": lambda value: 0 < value <= 31,  # noqa: PLR2004
    "compound": lambda value: 20 <= value < HUNDRED,  # noqa: PLR2004
    "nth": lambda value: 1 <= value < 10,  # noqa: PLR2004
}
"""Which whole numbers may fill the slots of a pattern."""

ORDINAL_SLOTS = {"nth"}
"""Slots for an ordinal."""

MULTIPLIED = {"hundred", "thousand"}
"""Slots whose value multiplies what stands before them; all others are added."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of one language; *known* is false when it has no file, and then only signs of units are there.

    *soft* are number words that may be a manner of speaking, *concord* negations that another one may repeat.
    *twelve_hours* tells whether times are said without the half of the day, *bare_hours* whether an hour may stand
    without a word for it (`at 8`). *length* is how long a text is in the language for each letter of the English one,
    0 when nobody has measured it. *adapted_names*: its words are known not to be like the names of medicines in other
    spellings. *sections* are the tables that its file has, *reviewed* tells whether a native speaker has read it.
    """

    language: str
    known: bool
    matchers: Mapping[str, PhraseMatcher]
    soft: frozenset[str]
    concord: frozenset[str]
    decimal_point: str
    twelve_hours: bool = False
    bare_hours: bool = False
    length: float = 0.0
    adapted_names: bool = False
    sections: frozenset[str] = frozenset()
    reviewed: bool = False

    def __getitem__(self, kind: str) -> PhraseMatcher:
        """Return the forms of one *kind*: `numbers`, `units`, `directions`, `clock.at` ..."""
        return self.matchers.get(kind, EMPTY)


def fold(text: str, language: str) -> str:
    """Return *text* with one form for what may be written in several ways: case, apostrophes, spaces, vowel signs.

    That is NFKC and case folding (Unicode 3.13), with the dotless i of Turkish, and without the vowel signs of Arabic.
    The file of a language may name more equal *letters*, and say that its words have no *spaces* between them: each
    of its letters is then a word.
    """
    if language.startswith("tr"):
        text = text.replace("İ", "i").replace("I", "ı")
    text = unicodedata.normalize("NFKC", text.replace("µ", "μ")).casefold()
    letters, is_spaced = _spelling(language)
    text = VOWEL_SIGNS.sub("", text).translate(letters)
    return text if is_spaced else UNSPACED.sub(r" \g<0> ", text)


@cache
def _spelling(language: str) -> tuple[dict[int, str], bool]:
    """Return what stands for what in the folded text of *language*, and whether it puts spaces between words."""
    table = read_table(__name__, language)
    return str.maketrans(EQUIVALENT | table.get("letters", {})), table.get("spaces", True)


def read_table(package: str, language: str) -> dict[str, Any]:
    """Return the `<language>.toml` of a *package*, empty when there is none; `pt_BR` falls back on `pt`."""
    for name in (language, language.split("_", maxsplit=1)[0]):
        file = resources.files(package) / f"{name}.toml"
        if file.is_file():
            return tomllib.loads(file.read_text("utf-8"))
    return {}


@cache
def load_lexicon(language: str) -> Lexicon:
    """Return the lexicon of *language*, a gettext code; `pt_BR` falls back on `pt`."""
    table = read_table(__name__, language)
    prefix = table.get("prefix", "")
    negations = table.get("negations", {})
    concord = frozenset(_folded(form, language) for form in negations.get("concord", []))
    cues = _meanings({kind: forms for kind, forms in negations.items() if kind != "concord"}, language)
    cues |= _meanings(_denied_verbs(table.get("denied_verbs", {}).values()), language)
    tables = _tables(table, language)
    tables["directions.gapped"], tables["directions"] = _split_gapped(tables["directions"])
    tables["negations.gapped"], _ = _split_gapped({form: cue for form, cue in cues.items() if cue == "ending"})
    tables["negations.expletive"] = {form: cue for form, cue in cues.items() if cue == "expletive"}
    gapped = tables["negations.gapped"]
    cues = {form: cue for form, cue in cues.items() if cue != "expletive" and form not in gapped}
    matchers = {kind: PhraseMatcher(forms, prefix) for kind, forms in tables.items()}
    matchers["limits"] = PhraseMatcher(_meanings(table.get("limits", {}), language), prefix, table.get("barriers", []))
    modals, moments = dict(table.get("obligation", {})), dict(table.get("urgency", {}))
    barriers = modals.pop("barriers", [])
    matchers["obligation"] = PhraseMatcher(_meanings(modals, language), prefix, barriers, stops=COMMA)
    matchers["help"] = PhraseMatcher(_meanings({"help": moments.pop("help", [])}, language), prefix)
    matchers["urgency"] = PhraseMatcher(_meanings(moments, language), prefix)
    if not table:
        matchers["units"] = PhraseMatcher(_tables({}, language)["units"], end=AFTER_SIGN)
    sure = {form for form, cue in cues.items() if cue in {"words", "only"} and ENDING not in form and GAP not in form}
    matchers["negations"] = PhraseMatcher(cues, prefix, sorted(concord | sure))
    return Lexicon(
        language=language,
        known=bool(table),
        matchers=matchers,
        soft=frozenset(_folded(form, language) for form in table.get("soft", [])),
        concord=concord,
        decimal_point=languages.decimal_point(language),
        twelve_hours=table.get("twelve_hours", False),
        bare_hours=table.get("clock", {}).get("bare", False),
        length=table.get("length", 0.0),
        adapted_names=bool(table) and table.get("adapted_names", True),
        sections=frozenset(name for name, section in table.items() if section),
        reviewed=table.get("reviewed", False),
    )


def _meanings(forms: Mapping[str, Any], language: str) -> dict[str, str]:
    """Return meanings by folded form, from lists of *forms* by meaning."""
    lists = {meaning: given for meaning, given in forms.items() if isinstance(given, list)}
    return {_folded(form, language): meaning for meaning, given in lists.items() for form in given}


def _folded(form: str, language: str) -> str:
    return " ".join(fold(form, language).split())


def _tables(table: Mapping[str, Any], language: str) -> dict[str, dict[str, str]]:
    """Return for every kind its forms with their meanings."""
    tables = {kind: _meanings(table.get(kind, {}), language) for kind in TABLES}
    tables["units"] = {sign: sign for sign in SIGNS} | MORE_SIGNS | tables["units"]
    numbers = _compounds(_meanings(table.get("numbers", {}), language), table.get("compounds", []))
    tables["numbers"] = numbers | _meanings(table.get("inflected", {}), language)
    tables["hours"] = {form: value for form, value in numbers.items() if Fraction(value) in HOURS}
    tables["ordinals"] |= _ordinals(numbers, tables["ordinals"], table.get("ordinal_compounds", []))
    days = numbers | tables["ordinals"]
    tables["days"] = {form: value for form, value in days.items() if Fraction(value) in DAYS}
    stems = _meanings(table.get("stems", {}), language)
    counted = {**_counted(numbers, table.get("counted", {})), **_counted(stems, table.get("counted_stems", {}))}
    tables["quantities"] = counted | tables["quantities"]
    clock = table.get("clock", {})
    tables["clock"] = {form: meaning for form, meaning in tables["clock"].items() if meaning not in CLOCK_LISTS}
    tables |= {f"clock.{name}": _meanings({name: clock.get(name, [])}, language) for name in CLOCK_LISTS}
    tables |= {name: _meanings({name: table.get(name, [])}, language) for name in LISTS}
    tables |= {f"clock.{name}": _meanings(clock.get(name, {}), language) for name in CLOCK_TABLES}
    months = {_folded(name, language).rstrip("."): number for name, number in languages.months(language).items()}
    months |= {name: int(number) for name, number in _meanings(table.get("months", {}), language).items()}
    for name in table.get("never_months", []):
        months.pop(_folded(name, language), None)
    tables["months"] = {name: str(number) for name, number in months.items()}
    tables["directions"] = _poles(table.get("directions", {}), language)
    tables["concepts"] = _poles(table.get("concepts", {}), language)
    not_months = {_folded(name, language) for name in table.get("no_months", [])}
    tables["directions"] |= {
        name: f"month:{number}"
        for name, number in months.items()
        if name not in not_months and len(name) >= UNAMBIGUOUS_MONTH
    }
    return tables


def _poles(axes: Mapping[str, Mapping[str, Any]], language: str) -> dict[str, str]:
    """Return the words of all *axes* with their poles, `order:before`, those of two axes with both: `a:x b:y`."""
    meanings: defaultdict[str, list[str]] = defaultdict(list)
    for axis, poles in axes.items():
        for form, pole in _meanings(poles, language).items():
            meanings[form].append(f"{axis}:{pole}")
    return {form: " ".join(axes_and_poles) for form, axes_and_poles in meanings.items()}


def _denied_verbs(groups: Iterable[Mapping[str, Sequence[str]]]) -> dict[str, list[str]]:
    """Return by meaning the forms of verbs with what denies them: `bırak*mayın`, do not stop.

    Each of the *groups*, which the vowels of a language may ask for, has *ended* verbs, which say an end, and *doubted*
    ones, which may stand for a negation by themselves; the *endings* that deny them, and those that say *without*.
    """
    forms: defaultdict[str, list[str]] = defaultdict(list)
    for group in groups:
        verbs = [*group["ended"], *group["doubted"]]
        for meaning, denied, endings in (
            ("not_ending", group["ended"], group["endings"]),
            ("words", group["doubted"], group["endings"]),
            ("lacking", verbs, group["without"]),
        ):
            forms[meaning] += [f"{verb}{ENDING}{ending}" for verb in denied for ending in endings]
    return forms


def _split_gapped(forms: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the *forms* with a gap, which may hide what stands in the gap, and the others."""
    gapped = {form: meaning for form, meaning in forms.items() if GAP in form}
    return gapped, {form: meaning for form, meaning in forms.items() if form not in gapped}


def _compounds(simple: Mapping[str, str], patterns: Iterable[str]) -> dict[str, str]:
    """Return *simple*, values by form, and what *patterns*, one after the other, make of it.

    `vijfentwintig`, 25, comes from `{one}en{ten}`.
    """
    numerals = dict(simple)
    integers = _select_integers(simple)
    for pattern in patterns:
        compounds = dict(_filled(pattern, integers))
        numerals = {form: str(value) for form, value in compounds.items()} | numerals
        integers = compounds | integers
    return numerals


def _ordinals(numerals: Mapping[str, str], simple: Mapping[str, str], patterns: Iterable[str]) -> dict[str, str]:
    """Return the ordinals that *patterns* make of *numerals* and of the *simple* ones: `twenty-first`, `dertigste`."""
    filled = (_filled(pattern, _select_integers(numerals), _select_integers(simple)) for pattern in patterns)
    return {form: str(value) for forms in filled for form, value in forms if form not in simple}


def _counted(numerals: Mapping[str, str], patterns: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return what *patterns*, by unit, make of *numerals*: `{number}wekelijks` of week, `driewekelijks`, 3 week."""
    integers = _select_integers(numerals)
    return {
        form: f"{value} {unit}"
        for unit, unit_patterns in patterns.items()
        for pattern in unit_patterns
        for form, value in _filled(pattern, integers)
    }


def _select_integers(numerals: Mapping[str, str]) -> dict[str, int]:
    return {form: int(value) for form, value in numerals.items() if value.isdecimal()}


def _filled(
    pattern: str, numerals: Mapping[str, int], ordinals: Mapping[str, int] = MappingProxyType({})
) -> Iterator[tuple[str, int]]:
    """Yield each way to fill *pattern* with *numerals*, and its slots for ordinals with *ordinals*, and its value."""
    choices: list[tuple[dict[str, str], int]] = [({}, 0)]
    for slot in (name for _, name, _, _ in Formatter().parse(pattern) if name):
        fillers = ordinals if slot in ORDINAL_SLOTS else numerals
        fits = [(form, value) for form, value in fillers.items() if SLOTS[slot](value)]
        choices = [
            ({**forms, slot: form}, (value or 1) * more if slot in MULTIPLIED else value + more)
            for forms, value in choices
            for form, more in fits
        ]
    for forms, value in choices:
        yield pattern.format(**forms), value
