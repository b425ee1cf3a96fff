"""Gates: the limits of readability figures beyond which a text is too hard, recommended or set by a project."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from polyleaf.model import Severity
from polyleaf.quotations import quote
from polyleaf.readability.formulas import MEASURES, Measure
from polyleaf.settings import Kind, KindError, Setting, by_key, by_language, inside, require_known, short

EXAMPLE = "Write it as { warn = 70, fail = 60 }, or as false for no gate."


@dataclass(frozen=True, slots=True)
class Gate:
    """Two limits of one figure: beyond *warn* it is a warning, beyond *fail* an error; None is no limit."""

    warn: float | None = None
    fail: float | None = None
    rising: bool = False

    def judge(self, value: float) -> Severity | None:
        """Return how bad *value* is, None when it is good."""
        for limit, severity in ((self.fail, Severity.ERROR), (self.warn, Severity.WARNING)):
            if limit is not None and (value < limit if self.rising else value > limit):
                return severity
        return None


Gates = dict[str, Gate]

RECOMMENDED: Mapping[str, Mapping[str, tuple[float | None, float | None]]] = {
    # Sentences in Dutch: the Thuisarts editors write 5 to 10 words, b1teksten.nl wants at most 12.
    "nl": {
        "flesch_douma": (70, 60),
        "lix": (30, 40),
        "mean_sentence_words": (10, 12),
        "sentence_words": (15, 20),
        "paragraph_words": (60, 100),
    },
    # Grades: NHS England writes for ages 9 to 11, the American Medical Association wants grade 6 and no more than 8.
    # Sentences: GOV.UK keeps to 25 words at most and 15 as a mean, the Plain English Campaign to a mean of 15 to 20.
    "en": {
        "flesch": (70, 60),
        "flesch_kincaid": (6, 8),
        "lix": (30, 40),
        "mean_sentence_words": (15, 20),
        "sentence_words": (20, 25),
        "paragraph_words": (60, 100),
    },
    # Where nobody has set formulas against readers of leaflets there is a warning and no failure: 60 is where these
    # scales, made after Flesch's, go from normal to fairly hard.
    "de": {"flesch_amstad": (60, None)},
    "fr": {"kandel_moles": (60, None)},
    "es": {"flesch_szigriszt": (65, 55)},
    # The readability guideline of the European Commission, for all its languages: sentences of 20 words at most. The
    # words of some languages are long in easy texts too, so LIX warns where a text stops being easy by its scale.
    "": {"lix": (40, None), "mean_sentence_words": (15, 20), "sentence_words": (20, 25), "paragraph_words": (60, 100)},
}
"""What is recommended for each language; what it does not say is taken from the last, which is for all."""


def recommend(language: str) -> Gates:
    """Return the gates for a text in *language*, a gettext code, when a project says nothing."""
    limits = {**RECOMMENDED[""], **RECOMMENDED.get(language.split("_", maxsplit=1)[0], {})}
    return {
        name: Gate(*limits[name], measure.rising)
        for name, measure in MEASURES.items()
        if name in limits and measure.judges(language)
    }


def read(value: object, languages: Sequence[str]) -> dict[str, Gates]:
    """Return by language the gates that the setting *value* asks for, the others as recommended.

    Raises KindError for a language that the project has not, a figure that is none or is not for that language, and
    a limit that is not a number.
    """
    hint = "Write a table a language: [tool.polyleaf.readability.nl]."
    limits = {}
    for language, table in _table(value, hint).items():
        require_known(language, languages, "one of the languages")
        limits[language] = gates = recommend(language)
        choices = [name for name, measure in MEASURES.items() if measure.judges(language)]
        with inside(f".{language}"):
            for name, pair in _table(table, hint).items():
                require_known(name, choices, f"a figure of {language}")
                with inside(f".{name}"):
                    gates[name] = _gate(pair, gates.get(name, Gate(rising=MEASURES[name].rising)))
    return limits


def _table(value: object, hint: str) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise KindError(f"must be a table, not {short(str(value))}", hint)


def _gate(limits: object, before: Gate) -> Gate:
    if limits is False:
        return Gate(rising=before.rising)
    pair = {"warn": before.warn, "fail": before.fail}
    for name, limit in _table(limits, EXAMPLE).items():
        if name not in pair:
            raise KindError(f"{quote(name)} is not a limit", EXAMPLE)
        if isinstance(limit, bool) and not limit:
            pair[name] = None
        elif isinstance(limit, bool) or not isinstance(limit, (int, float)) or not math.isfinite(limit):
            raise KindError(f"must be a number, not {short(str(limit))}", EXAMPLE, f".{name}")
        else:
            pair[name] = limit
    warn, fail = pair["warn"], pair["fail"]
    if warn is not None and fail is not None and (warn < fail if before.rising else warn > fail):
        order = "above" if before.rising else "below"
        raise KindError(f"{fail} would fail before {warn} warns", f"For this figure, warn is {order} fail. {EXAMPLE}")
    return Gate(warn, fail, before.rising)


def _figure(measure: Measure) -> Setting:
    languages = f", of a text in {', '.join(measure.languages)}" if measure.languages else ""
    return Setting(_FIGURE, f"Limits of the figure: {measure.title}{languages}.")


_LIMIT = Kind({"title": "number or false", "anyOf": [{"type": "number"}, {"enum": [False]}]})
_PAIR = {
    "warn": Setting(_LIMIT, "Beyond this figure there is a warning."),
    "fail": Setting(_LIMIT, "Beyond this figure there is an error."),
}
_FIGURE = Kind({"title": "limits or false", "anyOf": [by_key(_PAIR), {"enum": [False]}]})
FIGURES = {name: _figure(measure) for name, measure in MEASURES.items()}
"""The limits that can be set; which of them are for one language only, `read` knows."""

LIMITS = Kind({"title": "table per language", **by_language(by_key(FIGURES))})
"""The kind of the setting; it is read when the languages of the project are known."""
