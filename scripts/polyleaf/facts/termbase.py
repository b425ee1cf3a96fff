"""Termbase of a project: from `terms.tsv`, what a term is called in a language, and what it is not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

BRACKETS = re.compile(r"\[([^\]]{0,500})\]")
QUOTED = re.compile(r"[\"“]([^\"”]{1,200})[\"”]")
PARENTHESES = re.compile(r"(?<!\s)\s*+\(([^)]{0,500})\)")
EXPLAINED = re.compile(r"(?<!\s)\s*+(?:[=≠:]|(?<= )as ).*")
CACHED = 4096
OWN_ENDINGS = r"(?:e?n|e?s|'s)?"
ENDING = re.compile(r"(?<=\w{4})(?:ing|ies|es|s|y|e)$|(?<=\w{6})\w{1,2}$")


@dataclass(frozen=True, slots=True)
class Term:
    """A term: its forms in the language of the sources, and those approved and forbidden in another, in lower case."""

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    forbidden: tuple[str, ...]


def parse_terms(text: str) -> tuple[Term, ...]:
    """Return the terms in *text*: three columns, source, target and note, under a line that names them.

    Alternatives are parted by ` / `. In the note, forms in [brackets] are forbidden and forms in quotation
    marks are approved too. Lines that start with # are comments.
    """
    rows = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return tuple(_term(*[*row.split("\t"), "", ""][:3]) for row in rows[1:])


def present(form: str, text: str) -> bool:
    """Tell whether the words of *form* stand in the folded *text* one after the other, in singular or plural."""
    return _forms_of(form).search(text) is not None


def present_inflected(form: str, text: str) -> bool:
    """Tell whether every word of *form* is in the folded *text*, in any inflection and order, with hyphens or not."""
    spellings = f"{text} {text.replace('-', '')}"
    return all(stem.search(spellings) for stem in _stems_of(form))


def starts(form: str, text: str) -> list[int]:
    """Return where the words of *form* start in the folded *text*, in singular or plural."""
    return [match.start() for match in _forms_of(form).finditer(text)]


def starts_inflected(form: str, text: str) -> list[int]:
    """Return where the first word of *form* starts in the folded *text*, in any inflection, if all words are in it."""
    first = _stems_of(form)[:1]
    return [match.start() for stem in first for match in stem.finditer(text)] if present_inflected(form, text) else []


@lru_cache(maxsize=CACHED)
def _forms_of(form: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) + OWN_ENDINGS for word in form.casefold().split())
    return re.compile(rf"(?<!\w){words}(?!\w)")


@lru_cache(maxsize=CACHED)
def _stems_of(form: str) -> tuple[re.Pattern[str], ...]:
    stems = [ENDING.sub("", word) for word in re.findall(r"\w+", form.casefold())]
    return tuple(re.compile(rf"(?<![^\W\d_]){re.escape(stem)}") for stem in stems)


def _term(source: str, target: str, note: str) -> Term:
    forbidden = [part for inside in BRACKETS.findall(note) for part in re.split(r"[,/]", inside)]
    quoted = QUOTED.findall(note) + QUOTED.findall(target)
    named = [form for form in note.rsplit(":", maxsplit=1)[-1].split(",") if ":" in note and "[" not in form]
    return Term(_forms(PARENTHESES.sub("", source)), (*_forms(target), *_tidy([*quoted, *named])), _tidy(forbidden))


def _forms(column: str) -> tuple[str, ...]:
    """Return the alternatives of a *column*; what stands in parentheses is one too."""
    parts = [part for part in re.split(r"(?<!\s)\s++/\s++", column) if not part.startswith("-")]
    inside = [form for part in parts for form in PARENTHESES.findall(part)]
    return _tidy([PARENTHESES.sub("", part).split(",")[0] for part in parts] + inside)


def _tidy(forms: list[str]) -> tuple[str, ...]:
    tidy = [EXPLAINED.sub("", form).strip(" .;*").casefold() for form in forms]
    return tuple(dict.fromkeys(form for form in tidy if len(form) > 1))
