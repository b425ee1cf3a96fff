"""The words of each language for numbers, units, negations, limits and directions: one TOML file per language."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from polyleaf import languages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

ALIKE = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "‐": "-", "‑": "-", "⁄": "/", "−": "-", "٪": "%", "ـ": ""})
VOWEL_SIGNS = re.compile(r"[\u064b-\u0652\u0670\u200e\u200f\u061c]")
NINE = 9
TENS = range(20, 100, 10)
SCALES = {100: "hundred", 1000: "thousand"}
CLOCK_LISTS = ("at", "mark", "sure_mark", "direct_am", "direct_pm", "am", "pm", "noon", "midnight", "after_30")


def fold(text: str, language: str) -> str:
    """Return *text* with one form for what may be written in several ways: case, apostrophes, spaces, vowel signs."""
    if language.startswith("tr"):
        text = text.replace("İ", "i").replace("I", "ı")
    text = unicodedata.normalize("NFKC", text.replace("µ", "μ")).casefold()
    return VOWEL_SIGNS.sub("", text).translate(ALIKE)


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a form of a language stands in a text, and what it means."""

    start: int
    end: int
    meaning: str


class Phrases:
    """The forms of one kind, each with its meaning; the longest is found first, and whole words only."""

    def __init__(self, forms: Mapping[str, str], prefix: str = "") -> None:
        """Take *forms* with their meanings; *prefix* is a pattern of what may be joined to their front."""
        self._exact = {form: meaning for form, meaning in forms.items() if "*" not in form}
        self._open = [(re.compile(_pattern(form)), meaning) for form, meaning in forms.items() if "*" in form]
        choices = "|".join(_pattern(form) for form in sorted(forms, key=len, reverse=True))
        self.source = f"(?:{choices})" if forms else r"(?!)"
        self._within = re.compile(rf"(?<!\w){prefix}(?P<form>{self.source})(?!\w)")
        self._here = re.compile(rf"{prefix}(?P<form>{self.source})(?!\w)")

    def find(self, text: str) -> Iterator[Hit]:
        """Yield every form in *text*, from left to right, none within another."""
        for found in self._within.finditer(text):
            yield Hit(found.start(), found.end(), self._meaning(found["form"]))

    def at(self, text: str, start: int) -> Hit | None:
        """Return the form that stands in *text* right at *start*, None when there is none."""
        found = self._here.match(text, start)
        return Hit(start, found.end(), self._meaning(found["form"])) if found else None

    def count(self, text: str) -> int:
        """Return how many forms are in *text*."""
        return sum(1 for _ in self.find(text))

    def without(self, text: str) -> str:
        """Return *text* with a blank of the same length for every form in it."""
        return blank(text, self.find(text))

    def _meaning(self, form: str) -> str:
        form = " ".join(form.split())
        if form in self._exact:
            return self._exact[form]
        return next(meaning for pattern, meaning in self._open if pattern.fullmatch(form))


@dataclass(frozen=True, slots=True)
class Words:
    """What is known of one language; *known* is false when it has no file, and then every kind is empty."""

    language: str
    known: bool
    phrases: Mapping[str, Phrases]
    directions: Mapping[str, Phrases]
    soft: frozenset[str]
    concord: frozenset[str]
    twelve_hours: bool
    bare_hours: bool

    def __getitem__(self, kind: str) -> Phrases:
        """Return the forms of one *kind*: `numbers`, `units`, `clock.at` ..."""
        return self.phrases.get(kind, NOTHING)


NOTHING = Phrases({})


def blank(text: str, hits: Iterable[Hit]) -> str:
    """Return *text* with spaces where *hits* are, so that all other places stay where they were."""
    for hit in hits:
        text = text[: hit.start] + " " * (hit.end - hit.start) + text[hit.end :]
    return text


@cache
def words(language: str) -> Words:
    """Return what is known of *language*, a gettext code; `pt_BR` falls back on `pt`."""
    for name in (language, language.split("_", maxsplit=1)[0]):
        file = resources.files(__name__) / f"{name}.toml"
        if file.is_file():
            return _read(tomllib.loads(file.read_text("utf-8")), language)
    return _read({}, language)


def _read(table: Mapping[str, Any], language: str) -> Words:
    def forms(meanings: Mapping[str, Any]) -> dict[str, str]:
        lists = {meaning: given for meaning, given in meanings.items() if isinstance(given, list)}
        return {fold(form, language): meaning for meaning, given in lists.items() for form in given}

    prefix = table.get("prefix", "")
    kinds = ("ordinals", "quantities", "units", "rates", "limits", "clock")
    tables = {kind: forms(table.get(kind, {})) for kind in kinds}
    denials = {kind: given for kind, given in table.get("negations", {}).items() if kind != "concord"}
    tables["negations"] = forms(denials)
    tables["clock"] = {form: meaning for form, meaning in tables["clock"].items() if meaning not in CLOCK_LISTS}
    tables["numbers"] = _numbers(forms(table.get("numbers", {})), table.get("compounds", []))
    tables |= {f"clock.{name}": forms({name: table.get("clock", {}).get(name, [])}) for name in CLOCK_LISTS}
    lists = ("articles", "not_numbers", "joiners", "call", "plus_half")
    tables |= {name: forms({name: table.get(name, [])}) for name in lists}
    tables["months"] = {fold(name, language).rstrip("."): str(at) for name, at in languages.months(language).items()}
    return Words(
        language=language,
        known=bool(table),
        phrases={kind: Phrases(found, prefix) for kind, found in tables.items()},
        directions={axis: Phrases(forms(poles), prefix) for axis, poles in table.get("directions", {}).items()},
        soft=frozenset(fold(form, language) for form in table.get("soft", [])),
        concord=frozenset(fold(form, language) for form in table.get("negations", {}).get("concord", [])),
        twelve_hours=table.get("twelve_hours", False),
        bare_hours=table.get("clock", {}).get("bare", False),
    )


def _numbers(simple: dict[str, str], patterns: Iterable[str]) -> dict[str, str]:
    """Return *simple* and what *patterns* make of it: `vijfentwintig` from five and twenty, `tweehonderd`."""
    values = {form: Fraction(value) for form, value in simple.items()}
    ones = {form: value for form, value in values.items() if 1 <= value <= NINE and value.denominator == 1}
    made = dict(simple)
    for pattern in patterns:
        for one, value in ones.items():
            for other, size in values.items():
                if size in TENS and "{ten}" in pattern:
                    made[pattern.format(one=one, ten=other)] = str(size + value)
                elif size in SCALES and "{" + SCALES[int(size)] + "}" in pattern:
                    made[pattern.format(one=one, **{SCALES[int(size)]: other})] = str(size * value)
    return made


def _pattern(form: str) -> str:
    return re.escape(form).replace(r"\*", r"\w*").replace(r"\ ", r"\s")
