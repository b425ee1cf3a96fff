"""Phrase matcher: finds the forms of a language in a text in one pass, the longest form first, whole words only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

ENDING, GAP = "*", "~"
"""What stands in a form for any letters, and for up to ten words of the same clause."""

OPENING = re.compile(r" ~ |[~*]")
"""Where a form may be any letters or words: a gap takes the spaces around it."""

UNSPACED = re.compile(r"[\u3005\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
"""Letters of scripts that put no space between words: Chinese and Japanese ones (UAX #29 calls them ideographs)."""

GAP_PATTERN = r"(?:\ {not_over}[^\s.:;?!(){stops}]+){{0,{words}}}?\ "
GAP_WORDS, GAP_LETTERS = 10, 16
"""How many words a gap has at most, and how many letters where each of them is read as a word."""


@dataclass(frozen=True, slots=True)
class Match:
    """A form found in a text, from *start* to before *end* in characters, and its *meaning*."""

    start: int
    end: int
    meaning: str


class Located(Protocol):
    """What stands in a text from *start* to before *end*: a match, a number, a date."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102


class PhraseMatcher:
    """The forms of one kind, each with its meaning.

    In a form, `*` stands for any ending and `~` for up to ten words, none of which is one of *barriers*. Regular
    expressions are made when they are asked for: many a kind is not asked of any text.
    """

    def __init__(
        self,
        forms: Mapping[str, str],
        prefix: str = "",
        barriers: Iterable[str] = (),
        *,
        end: str = r"(?!\w)",
        stops: str = "",
    ) -> None:
        """Take folded *forms* with their meanings; *prefix* and *end* are patterns of what may stand around them.

        *stops* are the signs besides full stops that a gap does not cross.
        """
        self._forms = dict(forms)
        self._barriers, self._stops = tuple(barriers), stops
        self._prefix, self._end = prefix, end
        self._meanings = {form: meaning for form, meaning in forms.items() if not _is_open(form)}

    def __bool__(self) -> bool:
        """Tell whether it has any form: whether the language has words of this kind."""
        return bool(self._forms)

    @cached_property
    def source(self) -> str:
        """The regular expression of all forms, to be part of another one."""
        return f"(?:{_pattern(_trie(map(self._atoms, self._forms)))})" if self._forms else r"(?!)"

    @cached_property
    def _gap(self) -> str:
        words = "|".join(re.escape(word) for word in self._barriers)
        count = GAP_LETTERS if any(UNSPACED.search(form) for form in self._forms) else GAP_WORDS
        return GAP_PATTERN.format(not_over=rf"(?!(?:{words})(?!\w))" if words else "", words=count, stops=self._stops)

    @cached_property
    def _open(self) -> list[tuple[str, str]]:
        """The forms with an ending or a gap, the longest first, each after what is before that."""
        forms = sorted(filter(_is_open, self._forms), key=len, reverse=True)
        return [(re.split(OPENING, form, maxsplit=1)[0], form) for form in forms]

    @cached_property
    def _anywhere(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){self._prefix}(?P<form>{self.source}){self._end}")

    @cached_property
    def _at(self) -> re.Pattern[str]:
        return re.compile(rf"{self._prefix}(?P<form>{self.source}){self._end}")

    def find(self, text: str) -> Iterator[Match]:
        """Yield every form in the folded *text*, from left to right, none within another."""
        for match in self._anywhere.finditer(text):
            yield Match(match.start(), match.end(), self._meaning(match["form"]))

    def at(self, text: str, start: int) -> Match | None:
        """Return the form that stands in *text* right at *start*, None when there is none."""
        match = self._at.match(text, start)
        return Match(start, match.end(), self._meaning(match["form"])) if match else None

    def present(self, text: str) -> bool:
        """Tell whether any form is in *text*."""
        return self._anywhere.search(text) is not None

    def without(self, text: str) -> str:
        """Return *text* with spaces of the same length for every form in it."""
        return blank(text, self.find(text))

    def _atoms(self, form: str) -> list[str]:
        return [
            self._gap if char == GAP else r"\w*" if char == ENDING else re.escape(char)
            for char in form.replace(" ~ ", "~")
        ]

    def _meaning(self, form: str) -> str:
        if form not in self._meanings:
            self._meanings[form] = next(
                self._forms[pattern]
                for start, pattern in self._open
                if form.startswith(start) and re.fullmatch("".join(self._atoms(pattern)), form)
            )
        return self._meanings[form]


EMPTY = PhraseMatcher({})


def blank(text: str, items: Iterable[Located]) -> str:
    """Return *text* with spaces where *items* stand, so that all else stays where it was."""
    for item in items:
        text = text[: item.start] + " " * (item.end - item.start) + text[item.end :]
    return text


def _is_open(form: str) -> bool:
    return ENDING in form or GAP in form


def _trie(forms: Iterable[Iterable[str]]) -> dict[str, Any]:
    """Return *forms*, each a sequence of atoms, as a prefix tree.

    A regular expression of a thousand words then looks at each letter of a text once.
    """
    root: dict[str, Any] = {}
    for atoms in forms:
        node = root
        for atom in atoms:
            node = node.setdefault(atom, {})
        node[""] = {}
    return root


def _pattern(node: Mapping[str, Any]) -> str:
    """Return the regular expression of a prefix tree; what is longer or more exact is tried first."""
    branches = sorted(node, key=lambda atom: (not atom, len(atom) > len(r"\ "), atom == r"\w*"))
    choices = [atom + _pattern(node[atom]) for atom in branches]
    return choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"
