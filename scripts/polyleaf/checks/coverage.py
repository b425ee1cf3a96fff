"""Coverage of the checks of translations: for which languages they know no words, and whose words nobody has read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

KINDS = {
    "negations": "negations",
    "limits": "limits",
    "directions": "directions",
    "numbers": "number words",
    "units": "units in words",
    "clock": "times of day in words",
    "urgency": "how soon",
    "obligation": "what must or may be done",
    "concepts": "persons and parts of the body",
}
"""What the checks compare by the words of a language: the kind of words in its lexicon, and what people call it."""

UNREAD = "no native speaker has read the words that the checks know of it"


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the checks do not compare in translations from or into *language* (gettext code), for want of words.

    *is_reviewed* tells whether a native speaker has read the words that they know, if any.
    """

    language: str
    not_compared: tuple[str, ...]
    is_reviewed: bool

    @classmethod
    def unpack(cls, table: Mapping[str, Any]) -> Coverage:
        """Return the coverage that *table*, with its fields as values of JSON, tells."""
        return cls(**{**table, "not_compared": tuple(table["not_compared"])})

    @property
    def sentence(self) -> str:
        """What was not looked at, in words for whoever decides; empty when all of it was."""
        listed = ", ".join(self.not_compared)
        if len(self.not_compared) == len(KINDS):
            known = "figures, signs of units and addresses alone were"
            return f"the checks know no words of this language: not compared were {listed}; {known}"
        return f"the checks do not know its words for these, and did not compare them: {listed}" if listed else ""


def describe_coverage(codes: Iterable[str]) -> list[Coverage]:
    """Return the coverage of each of the languages *codes* (gettext codes), each once."""
    return [_describe(code) for code in dict.fromkeys(codes)]


def summarize(codes: Iterable[str]) -> list[str]:
    """Return a line for each of the languages *codes* with words that the checks do not know, and one for the unread.

    That is the words of languages that no native speaker has read.
    """
    return format_coverage(describe_coverage(codes))


def format_coverage(coverage: Sequence[Coverage]) -> list[str]:
    """Return *coverage* as the lines of `summarize`."""
    unread = [each.language for each in coverage if not each.is_reviewed and len(each.not_compared) < len(KINDS)]
    lines = [f"{each.language}: {each.sentence}" for each in coverage if each.sentence]
    return lines + ([f"{', '.join(unread)}: {UNREAD}"] if unread else [])


def _describe(code: str) -> Coverage:
    from polyleaf.facts.lexicon import load_lexicon  # noqa: PLC0415 - who knows the coverage need not wait for the words

    lexicon = load_lexicon(code)
    missing = [name for kind, name in KINDS.items() if kind not in lexicon.sections]
    return Coverage(code, tuple(missing), lexicon.reviewed)
