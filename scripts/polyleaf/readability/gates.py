"""From which figure on a text is too hard: what is recommended, and what a project sets in its place."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from polyleaf.errors import ConfigError, offer
from polyleaf.model import Severity
from polyleaf.readability.formulas import MEASURES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LIKE = "Write it as { warn = 70, fail = 60 }, or as false for no gate."


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
    "": {
        "lix": (40, None),
        "mean_sentence_words": (15, 20),
        "sentence_words": (20, 25),
        "paragraph_words": (60, 100),
    },
}
"""What is recommended for each language; what it does not say is taken from the last, which is for all."""


def recommended(language: str) -> Gates:
    """Return the gates for a text in *language*, a gettext code, when a project says nothing."""
    own = {**RECOMMENDED[""], **RECOMMENDED.get(language.split("_", maxsplit=1)[0], {})}
    return {
        name: Gate(own[name][0], own[name][1], measure.rising)
        for name, measure in MEASURES.items()
        if name in own and measure.judges(language)
    }


def read(value: object, where: str, languages: Sequence[str]) -> dict[str, Gates]:
    """Return by language the gates that the setting *value* of the key *where* asks for, the others as recommended.

    Raises ConfigError with the path of the key for a language that the project has not, a figure that is none or
    is not for that language, and a limit that is not a number.
    """
    hint = "Write a table a language: [tool.polyleaf.readability.nl]."
    found = {}
    for language, table in _table(value, where, hint).items():
        if language not in languages:
            raise ConfigError(f"{where}: {language!r} is not one of the languages", hint=offer(language, languages))
        gates = recommended(language)
        inside = f"{where}.{language}"
        choices = [name for name, measure in MEASURES.items() if measure.judges(language)]
        for name, limits in _table(table, inside, hint).items():
            if name not in choices:
                raise ConfigError(f"{inside}: {name!r} is not a figure of {language}", hint=offer(name, choices))
            gates[name] = _gate(limits, f"{inside}.{name}", gates.get(name, Gate(rising=MEASURES[name].rising)))
        found[language] = gates
    return found


def _table(value: object, where: str, hint: str) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise ConfigError(f"{where}: must be a table, not {str(value)[:40]!r}", hint=hint)


def _gate(limits: object, where: str, before: Gate) -> Gate:
    if limits is False:
        return Gate(rising=before.rising)
    given = {"warn": before.warn, "fail": before.fail}
    for name, limit in _table(limits, where, LIKE).items():
        if name not in given:
            raise ConfigError(f"{where}: {name!r} is not a limit", hint=LIKE)
        if isinstance(limit, bool) and not limit:
            given[name] = None
        elif isinstance(limit, bool) or not isinstance(limit, (int, float)) or not math.isfinite(limit):
            raise ConfigError(f"{where}.{name}: must be a number, not {str(limit)[:40]!r}", hint=LIKE)
        else:
            given[name] = limit
    warn, fail = given["warn"], given["fail"]
    if warn is not None and fail is not None and (warn < fail if before.rising else warn > fail):
        fact = f"{where}: {fail} would fail before {warn} warns"
        order = "above" if before.rising else "below"
        raise ConfigError(fact, hint=f"For this figure, warn is {order} fail. {LIKE}")
    return Gate(warn, fail, before.rising)
