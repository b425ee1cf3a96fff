"""Segments of a review sheet: a source text with its translation, the legend of its marks, and its findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from polyleaf import languages
from polyleaf.facts.spans import states_order
from polyleaf.localize import LocalizationJob
from polyleaf.model import Finding, Severity, Unit
from polyleaf.reports import message_view
from polyleaf.reports.message_view import FactSpan, TaggedText, plain_text, render, show_unseen
from polyleaf.units.kept_texts import CONTEXT

SHORT, LONGEST_WORD = 28, 16
"""The most characters of a text and of each of its words that may share a row with others."""


@dataclass(frozen=True, slots=True)
class SegmentText:
    """One side of a segment: its language (a BCP 47 tag), the direction of its script (`ltr`, `rtl`), its text."""

    language: str
    direction: str
    spans: tuple[FactSpan, ...]

    @property
    def words(self) -> str:
        """The text without marks and emphasis."""
        return show_unseen(plain_text(self.spans))

    @property
    def brief(self) -> bool:
        """Whether it is a word or two without facts, which needs no row of its own."""
        is_short = len(self.words) <= SHORT and all(len(word) <= LONGEST_WORD for word in self.words.split())
        return is_short and not any(span.kind for span in self.spans)


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding in a segment, with the *name*, *date* (ISO 8601) and *reason* of its acknowledgement, if it has one.

    *parts* are the *fact* with the language of what it quotes.
    """

    check: str
    severity: Severity
    fact: str
    hint: str = ""
    name: str = ""
    date: str = ""
    reason: str = ""
    parts: tuple[TaggedText, ...] = ()

    @property
    def urgency(self) -> tuple[bool, bool]:
        """The sort key by urgency: errors first, and among findings of a severity those that are not acknowledged."""
        return self.severity is not Severity.ERROR, bool(self.name)


@dataclass(frozen=True, slots=True)
class Segment:
    """One message with its translation; *state* is `printed`, `fuzzy` or `missing`, only the first is printed.

    *source_locations* has several where the text is repeated; *catalog_location* is that of the entry. *legend* says
    what its marks stand for, *cited* the same of citations, *comments* are those of the author for translators.
    """

    number: int
    kind: str
    safety: bool
    state: str
    source: SegmentText
    target: SegmentText
    source_locations: tuple[str, ...]
    catalog_location: str
    legend: tuple[tuple[TaggedText, ...], ...]
    cited: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    open: tuple[ShownFinding, ...] = ()
    acknowledged: tuple[ShownFinding, ...] = ()

    @property
    def findings(self) -> list[ShownFinding]:
        """All its findings, the most urgent first."""
        return sorted((*self.open, *self.acknowledged), key=lambda finding: finding.urgency)

    @property
    def brief(self) -> bool:
        """Whether both texts are a word or two and there is nothing to note: several such segments share a row."""
        noted = self.safety or self.state != "printed" or self.findings or self.comments or self.legend or self.cited
        return not noted and self.source.brief and self.target.brief

    @property
    def same(self) -> bool:
        """Whether both texts have the same words."""
        return self.state == "printed" and self.source.words == self.target.words


@dataclass(frozen=True, slots=True)
class Group:
    """The segments of one section; *kind* is `front`, `figure` or `text`, only the last has a title of its own."""

    kind: str
    title: str
    segments: tuple[Segment, ...]

    @property
    def rows(self) -> list[tuple[bool, list[Segment]]]:
        """Its segments in reading order: a row of several brief ones (true), or a single one (false)."""
        rows: list[tuple[bool, list[Segment]]] = []
        for is_brief, run in groupby(self.segments, key=lambda segment: segment.brief):
            segments = list(run)
            is_row = is_brief and len(segments) > 1
            rows += [(True, segments)] if is_row else [(False, [segment]) for segment in segments]
        return rows


def show_finding(finding: Finding) -> ShownFinding:
    """Return *finding*, which is about a leaflet as a whole, as it is shown."""
    fact, hint = show_unseen(finding.message), show_unseen(finding.hint)
    return ShownFinding(finding.check, finding.severity, fact, hint, parts=(TaggedText(fact),))


def show_segment_finding(finding: Finding) -> ShownFinding:
    """Return *finding*, which is about one message, as it is shown, with its hint only while it is not acknowledged."""
    fact, by = show_unseen(finding.fact), finding.acknowledged
    if by:
        name, reason = show_unseen(by.name), show_unseen(by.reason)
        return ShownFinding(finding.check, finding.severity, fact, "", name, by.date, reason)
    return ShownFinding(finding.check, finding.severity, fact, show_unseen(finding.hint))


def tag_quotations(finding: ShownFinding, segment: Segment) -> ShownFinding:
    """Return *finding* with the languages of what it quotes of *segment*."""
    texts = {side.language: side.words for side in (segment.source, segment.target)}
    return replace(finding, parts=message_view.tag_quotations(finding.fact, texts))


STATES = {"translated": "printed", "fuzzy": "fuzzy", "missing": "missing"}
"""The states of a translation in a catalogue, and those of a segment."""


def make_segment(number: int, units: Sequence[Unit], source: str, job: LocalizationJob) -> Segment:
    """Return the segment of *units*, which are one text, perhaps repeated, of *job*; *source* is its language."""
    unit = units[0]
    entry = job.catalog.entries.get(unit.key) if job.catalog else None
    translation, legend = entry.text if entry else "", [show_unseen(line) for line in unit.legend]
    spoken = languages.tag(source)
    is_kept = unit.context == CONTEXT
    target, state = (source, "printed") if is_kept else (job.language, STATES[_state(job, unit)])
    return Segment(
        number=number,
        kind=unit.kind,
        safety=any(repeat.safety for repeat in units),
        state=state,
        source=_text(unit.message, source, ordered=states_order(translation, job.language)),
        target=_text(unit.message if is_kept else translation, target, ordered=states_order(unit.message, source)),
        source_locations=tuple(dict.fromkeys(show_unseen(repeat.location) for repeat in units)),
        catalog_location=job.catalog.location(unit) if job.catalog else "",
        legend=tuple(message_view.tag_legend(line, spoken) for line in legend if not message_view.is_citation(line)),
        cited=tuple(line for line in legend if message_view.is_citation(line)),
        comments=tuple(dict.fromkeys(show_unseen(line) for repeat in units for line in repeat.comments)),
    )


def _state(job: LocalizationJob, unit: Unit) -> str:
    return job.catalog.state(unit) if job.catalog else "missing"


def _text(message: str, code: str, *, ordered: bool) -> SegmentText:
    return SegmentText(languages.tag(code), languages.direction(code), render(message, code, ordered=ordered))
