"""The words of each language for numbers, units, negations, limits and directions: one TOML file per language."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from polyleaf import languages
from polyleaf.facts.lexicon.numerals import expand_compounds, expand_counted
from polyleaf.facts.lexicon.phrase_matcher import EMPTY, Match, PhraseMatcher, blank

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Lexicon", "Match", "PhraseMatcher", "blank", "fold", "load_lexicon"]

ALIKE = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "‐": "-", "‑": "-", "⁄": "/", "−": "-", "٪": "%", "ـ": ""})
VOWEL_SIGNS = re.compile(r"[\u064b-\u0652\u0670\u200e\u200f\u061c]")
KINDS = ("ordinals", "quantities", "units", "rates", "limits", "clock")
LISTS = (
    "articles",
    "not_numbers",
    "joiners",
    "call",
    "plus_half",
    "number_joiners",
    "also",
    "before_units",
    "vague",
    "yes",
    "ablative",
)
HOURS = range(25)
SIGNS = ("mg", "ug", "ng", "g", "kg", "ml", "cl", "dl", "l", "mmol", "mm", "cm", "km", "mmhg", "kcal", "iu")
"""Units that any language may write in Latin letters: the signs of the SI system (BIPM brochure, 9th edition)."""

MORE_SIGNS = {"mcg": "ug", "μg": "ug", "%": "percent", "°c": "celsius", "°f": "fahrenheit"}
AFTER_SIGN = r"(?![a-z0-9\u00c0-\u024f'])"
"""What a sign ends before: in a script without spaces, such as Chinese, a letter of that script may follow."""

CLOCK_LISTS = (
    "at",
    "beside",
    "mark",
    "sure_mark",
    "direct_am",
    "direct_pm",
    "am",
    "pm",
    "noon",
    "midnight",
    "after_30",
)


def fold(text: str, language: str) -> str:
    """Return *text* with one form for what may be written in several ways: case, apostrophes, spaces, vowel signs."""
    if language.startswith("tr"):
        text = text.replace("İ", "i").replace("I", "ı")
    text = unicodedata.normalize("NFKC", text.replace("µ", "μ")).casefold()
    return VOWEL_SIGNS.sub("", text).translate(ALIKE)


CLEAR = 4
"""A shorter name of a month is a word of its own in many a language: `mar`, `may`."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is known of one language; *known* is false when it has no file, and then only signs of units are there.

    *length* is how long a text is in it for each letter of the English one, 0 when nobody has measured it.
    """

    language: str
    known: bool
    phrases: Mapping[str, PhraseMatcher]
    soft: frozenset[str]
    concord: frozenset[str]
    decimal_point: str
    twelve_hours: bool = False
    bare_hours: bool = False
    length: float = 0.0

    def __getitem__(self, kind: str) -> PhraseMatcher:
        """Return the forms of one *kind*: `numbers`, `units`, `directions`, `clock.at` ..."""
        return self.phrases.get(kind, EMPTY)


@cache
def load_lexicon(language: str) -> Lexicon:
    """Return what is known of *language*, a gettext code; `pt_BR` falls back on `pt`."""
    for name in (language, language.split("_", maxsplit=1)[0]):
        file = resources.files(__name__) / f"{name}.toml"
        if file.is_file():
            return _read(tomllib.loads(file.read_text("utf-8")), language)
    return _read({}, language)


def _read(table: Mapping[str, Any], language: str) -> Lexicon:
    prefix = table.get("prefix", "")
    concord = frozenset(fold(form, language) for form in table.get("negations", {}).get("concord", []))
    phrases = {kind: PhraseMatcher(forms, prefix) for kind, forms in _tables(table, language).items()}
    phrases["limits"] = PhraseMatcher(_forms(table.get("limits", {}), language), prefix, table.get("barriers", []))
    denials = {kind: given for kind, given in table.get("negations", {}).items() if kind != "concord"}
    if not table:
        phrases["units"] = PhraseMatcher(_tables({}, language)["units"], end=AFTER_SIGN)
    phrases["negations"] = PhraseMatcher(_forms(denials, language), prefix, concord)
    return Lexicon(
        language=language,
        known=bool(table),
        phrases=phrases,
        soft=frozenset(fold(form, language) for form in table.get("soft", [])),
        concord=concord,
        decimal_point=languages.decimal_point(language),
        twelve_hours=table.get("twelve_hours", False),
        bare_hours=table.get("clock", {}).get("bare", False),
        length=table.get("length", 0.0),
    )


def _forms(meanings: Mapping[str, Any], language: str) -> dict[str, str]:
    """Return *meanings*, lists of forms by what they mean, the other way round."""
    lists = {meaning: given for meaning, given in meanings.items() if isinstance(given, list)}
    return {fold(form, language): meaning for meaning, given in lists.items() for form in given}


def _tables(table: Mapping[str, Any], language: str) -> dict[str, dict[str, str]]:
    """Return for every kind its forms with their meanings."""
    tables = {kind: _forms(table.get(kind, {}), language) for kind in KINDS}
    tables["units"] = {sign: sign for sign in SIGNS} | MORE_SIGNS | tables["units"]
    numbers = expand_compounds(_forms(table.get("numbers", {}), language), table.get("compounds", []))
    tables["numbers"] = numbers | _forms(table.get("inflected", {}), language)
    tables["hours"] = {form: value for form, value in numbers.items() if Fraction(value) in HOURS}
    tables["quantities"] = expand_counted(numbers, table.get("counted", {})) | tables["quantities"]
    clock = table.get("clock", {})
    tables["clock"] = {form: meaning for form, meaning in tables["clock"].items() if meaning not in CLOCK_LISTS}
    tables |= {f"clock.{name}": _forms({name: clock.get(name, [])}, language) for name in CLOCK_LISTS}
    tables |= {name: _forms({name: table.get(name, [])}, language) for name in LISTS}
    months = {fold(name, language).rstrip("."): at for name, at in languages.months(language).items()}
    tables["months"] = {name: str(at) for name, at in months.items()}
    tables["directions"] = _directions(table.get("directions", {}), language)
    unclear = {fold(name, language) for name in table.get("no_months", [])}
    tables["directions"] |= {
        name: f"month:{at}" for name, at in months.items() if name not in unclear and len(name) >= CLEAR
    }
    return tables


def _directions(axes: Mapping[str, Mapping[str, Any]], language: str) -> dict[str, str]:
    """Return the words of all *axes* with their poles, `order:before`, those of two axes with both: `a:x b:y`."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for axis, poles in axes.items():
        for form, pole in _forms(poles, language).items():
            found[form].append(f"{axis}:{pole}")
    return {form: " ".join(meanings) for form, meanings in found.items()}
