"""Checks and diagnostics: what a check is asked about, what it yields, and how severe that is."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from polyleaf.checks.subjects import KeptText, LocalizedText, Pair, PairCollection, Text
from polyleaf.model import Severity, Unit

SubjectT = TypeVar("SubjectT")
"""What a check is asked about: a class of `checks.subjects` or `inspection`."""

ACKNOWLEDGEABLE: frozenset[type[Any]] = frozenset((KeptText, LocalizedText, Pair, PairCollection))
"""Subjects of which a person may acknowledge a finding: those with an entry in a catalog, or a line in its header."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A fact that a check found, and where in its subject.

    *at* depends on the subject: of `SourceText` a line from 1, or words of the source by which that is found; of
    `LeafletCollection` words of the bibliography; of `LocalizedText` one of its texts and words in it; of
    `PairCollection` the pair; of `Outputs` the file. None is the whole subject. *hint* is the way out. *severity* is
    there when the check itself weighs the fact.
    """

    fact: str
    at: int | str | tuple[Text, str] | Pair | None = None
    hint: str = ""
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Check(Generic[SubjectT]):
    """A check: *find* yields what is wrong with a *subject*; its docstring is what people read of it.

    *severity* is that of its findings, *in_safety* that in texts of the safety class. *acknowledgeable*: a person may
    say of a finding that it is right all the same. *graded*: the check weighs facts by the gates of the project.
    """

    find: Callable[[SubjectT], Iterator[Diagnostic]]
    subject: type[SubjectT]
    severity: Severity
    in_safety: Severity
    acknowledgeable: bool
    graded: bool

    def __call__(self, subject: SubjectT) -> Iterator[Diagnostic]:
        """Yield what is wrong with *subject*."""
        return self.find(subject)

    @property
    def name(self) -> str:
        """The name that people use: that of its function."""
        return self.find.__name__

    @property
    def description(self) -> str:
        """What it checks, with an example that is bad and one that is good."""
        return inspect.getdoc(self.find) or ""

    @property
    def severities(self) -> str:
        """How severe its findings are, in words."""
        if self.graded:
            return f"{Severity.WARNING} or {Severity.ERROR}, by its gates"
        safety = "" if self.in_safety is self.severity else f", in a safety text {self.in_safety}"
        return f"{self.severity}{safety}"

    def weigh(self, unit: Unit) -> Severity:
        """Return how severe a finding in *unit* is."""
        return self.in_safety if unit.safety else self.severity


def check(
    subject: type[SubjectT],
    severity: Severity,
    *,
    in_safety: Severity | None = None,
    acknowledgeable: bool = True,
    graded: bool = False,
) -> Callable[[Callable[[SubjectT], Iterator[Diagnostic]]], Check[SubjectT]]:
    """Return a decorator that makes a check of a function; see `Check` for what is said of it."""

    def make(find: Callable[[SubjectT], Iterator[Diagnostic]]) -> Check[SubjectT]:
        can = acknowledgeable and subject in ACKNOWLEDGEABLE
        return Check(find, subject, severity, in_safety or severity, can, graded)

    return make
