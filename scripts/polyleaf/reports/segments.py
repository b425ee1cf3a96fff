"""What a review sheet shows of each text: both languages side by side, what its marks stand for, what was found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from polyleaf import languages
from polyleaf.facts.spans import states_order
from polyleaf.model import Severity
from polyleaf.reports import quotations
from polyleaf.reports.message_view import passage, plain, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from polyleaf.checks.runner import Answer
    from polyleaf.localize import LocalizationJob
    from polyleaf.model import Finding, Unit
    from polyleaf.reports.message_view import Run
    from polyleaf.reports.quotations import Words

SHORT, LONGEST_WORD = 28, 16
"""How many characters a text and each of its words have at the most that may stand in a row with others."""


@dataclass(frozen=True, slots=True)
class Text:
    """What one language says in one place: its BCP 47 tag, the direction of its script, the text."""

    language: str
    direction: str
    runs: tuple[Run, ...]

    @property
    def words(self) -> str:
        """The text without marks and emphasis."""
        return visible(plain(self.runs))

    @property
    def brief(self) -> bool:
        """Whether it is a word or two in which no fact is marked, so that it needs no line of its own."""
        is_short = len(self.words) <= SHORT and all(len(word) <= LONGEST_WORD for word in self.words.split())
        return is_short and not any(run.kind for run in self.runs)


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check found in a segment, and who has said on which day and why it is right all the same.

    *parts* are the *fact* with the language of what it quotes.
    """

    check: str
    severity: Severity
    fact: str
    hint: str = ""
    name: str = ""
    date: str = ""
    reason: str = ""
    parts: tuple[Words, ...] = ()

    @property
    def weight(self) -> tuple[bool, bool]:
        """How soon somebody must look at it, the least first: errors, and among those what nobody has acknowledged."""
        return self.severity is not Severity.ERROR, bool(self.name)


@dataclass(frozen=True, slots=True)
class Segment:
    """One message with its translation; *state* is `printed`, `fuzzy` or `missing`, only the first is printed.

    *places* are where it stands in the source (a text may stand there more than once), *place* where in the catalogue.
    *legend* says what its marks stand for, *cited* the same of citations, *comments* what the author tells translators.
    """

    number: int
    kind: str
    safety: bool
    state: str
    source: Text
    target: Text
    places: tuple[str, ...]
    place: str
    legend: tuple[tuple[Words, ...], ...]
    cited: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    open: tuple[Remark, ...] = ()
    excused: tuple[Remark, ...] = ()

    @property
    def remarks(self) -> list[Remark]:
        """What was found in it, the gravest first."""
        return sorted((*self.open, *self.excused), key=lambda one: one.weight)

    @property
    def brief(self) -> bool:
        """Whether it is a word or two with nothing to say about them: such segments stand several in a row."""
        told = self.safety or self.state != "printed" or self.remarks or self.comments or self.legend or self.cited
        return not told and self.source.brief and self.target.brief

    @property
    def same(self) -> bool:
        """Whether both texts have the same words, which may be right."""
        return self.state == "printed" and self.source.words == self.target.words


@dataclass(frozen=True, slots=True)
class Group:
    """The segments of one section; *kind* is `front`, `figure` or `text`, only the last has a title of its own."""

    kind: str
    title: str
    segments: tuple[Segment, ...]

    @property
    def rows(self) -> list[tuple[bool, list[Segment]]]:
        """Its segments in reading order: each by itself, or a run of brief ones together (then it says true)."""
        made: list[tuple[bool, list[Segment]]] = []
        for is_brief, run in groupby(self.segments, key=lambda one: one.brief):
            segments = list(run)
            is_row = is_brief and len(segments) > 1
            made += [(True, segments)] if is_row else [(False, [one]) for one in segments]
        return made


def noted(finding: Finding) -> Remark:
    """Return what *finding* says."""
    fact = visible(finding.message)
    return Remark(finding.check, finding.severity, fact, visible(finding.hint), parts=(quotations.Words(fact),))


def remark(answer: Answer, hint: str) -> Remark:
    """Return what *answer* says, with the way out in *hint* unless somebody has acknowledged it."""
    fact, by = visible(answer.fact), answer.acknowledged
    if by:
        return Remark(answer.check, answer.severity, fact, "", visible(by.name), by.date, visible(by.reason))
    return Remark(answer.check, answer.severity, fact, visible(hint))


def quoted(remark: Remark, segment: Segment) -> Remark:
    """Return *remark* with the languages of what it quotes of *segment*."""
    texts = {one.language: one.words for one in (segment.source, segment.target)}
    return replace(remark, parts=quotations.fact(remark.fact, texts))


STATES = {"translated": "printed", "fuzzy": "fuzzy", "missing": "missing"}
"""What a catalogue says of a text, and what that means on paper."""


def compared(number: int, units: Sequence[Unit], source: str, job: LocalizationJob) -> Segment:
    """Return the segment of *units*, which are the same text in one or more places of *job*, written in *source*."""
    unit = units[0]
    entry = job.catalog.entries.get(unit.key) if job.catalog else None
    translation, legend = entry.text if entry else "", [visible(line) for line in unit.legend]
    spoken = languages.tag(source)
    return Segment(
        number=number,
        kind=unit.kind,
        safety=any(one.safety for one in units),
        state=STATES[job.catalog.state(unit) if job.catalog else "missing"],
        source=_text(unit.message, source, ordered=states_order(translation, job.language)),
        target=_text(translation, job.language, ordered=states_order(unit.message, source)),
        places=tuple(dict.fromkeys(visible(one.location) for one in units)),
        place=job.catalog.location(unit) if job.catalog else "",
        legend=tuple(quotations.legend(line, spoken) for line in legend if not quotations.is_citation(line)),
        cited=tuple(line for line in legend if quotations.is_citation(line)),
        comments=tuple(dict.fromkeys(visible(line) for one in units for line in one.comments)),
    )


def _text(message: str, code: str, *, ordered: bool) -> Text:
    return Text(languages.tag(code), languages.direction(code), passage(message, code, ordered=ordered))
