"""A sheet on which one person compares a translation with its source: both texts, what checks found, room to sign."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from polyleaf import languages, templates
from polyleaf.facts.words import words
from polyleaf.formats import layout
from polyleaf.model import Artifact, Severity
from polyleaf.reports import interface
from polyleaf.reports.passages import passage, plain, visible

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from polyleaf.catalogs import Key
    from polyleaf.checks.questions import Answer
    from polyleaf.localize import Job
    from polyleaf.model import Finding, Unit
    from polyleaf.reports.passages import Run

FOLDER = PurePosixPath("review")
"""Where the sheets are in the build folder: beside the leaflets, not among them."""

WHOLE = ("", "")
"""Under what remarks are given that are about a leaflet as a whole: no message is empty."""


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


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check found in a segment, and who has said on which day and why it is right all the same."""

    check: str
    severity: Severity
    fact: str
    hint: str = ""
    name: str = ""
    date: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """One message with its translation; *state* is `printed`, `fuzzy` or `missing`, only the first is printed.

    *places* are where it stands in the source (a text may stand there more than once), *place* where in the catalogue.
    *legend* says what its marks stand for, *comments* what the author tells translators.
    """

    number: int
    kind: str
    safety: bool
    state: str
    source: Text
    target: Text
    places: tuple[str, ...]
    place: str
    legend: tuple[str, ...]
    comments: tuple[str, ...] = ()
    open: tuple[Remark, ...] = ()
    excused: tuple[Remark, ...] = ()

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


@dataclass(frozen=True, slots=True)
class About:
    """What a sheet says besides its texts: dates are ISO 8601, fingerprints as `release` has them.

    *signed* is a line for each sign-off that holds for exactly these texts; *roles* must all sign.
    """

    version: str
    status: str
    date: str
    fingerprints: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One leaflet in one language, to be compared with its source; *whole* are remarks about no segment of it.

    Languages are gettext codes.
    """

    leaflet: str
    source: str
    target: str
    files: tuple[str, str]
    about: About
    groups: tuple[Group, ...]
    whole: tuple[Remark, ...] = ()

    @property
    def segments(self) -> tuple[Segment, ...]:
        """All segments in reading order."""
        return tuple(segment for group in self.groups for segment in group.segments)

    @property
    def title(self) -> Segment | None:
        """The segment of the title."""
        return next((segment for segment in self.segments if segment.kind == "title"), None)

    @property
    def open(self) -> list[tuple[Segment, Remark]]:
        """What nobody has acknowledged, errors first, then in reading order."""
        found = [(segment, remark) for segment in self.segments for remark in segment.open]
        return sorted(found, key=lambda pair: pair[1].severity is not Severity.ERROR)

    @property
    def excused(self) -> list[tuple[Segment, Remark]]:
        """What somebody has acknowledged."""
        return [(segment, remark) for segment in self.segments for remark in segment.excused]

    @property
    def unprinted(self) -> list[Segment]:
        """The segments whose translation is not printed."""
        return [segment for segment in self.segments if segment.state != "printed"]

    @property
    def unread(self) -> list[str]:
        """The languages whose words the checks do not know, by their own names."""
        return [languages.autonym(code) for code in (self.source, self.target) if not words(code).known]

    @property
    def command(self) -> str:
        """The command that records a sign-off."""
        return f"polyleaf sign {shlex.quote(self.leaflet)} -l {self.target} --role ROLE --name NAME"

    def count(self, state: str) -> int:
        """Return how many segments are in *state*."""
        return sum(segment.state == state for segment in self.segments)

    def weighing(self, severity: str) -> int:
        """Return how many open findings are of *severity*."""
        found = [*self.whole, *(remark for _, remark in self.open)]
        return sum(remark.severity == severity for remark in found)


def make(job: Job, source: str, remarks: Mapping[Key, Sequence[Remark]], about: About) -> Sheet:
    """Return the sheet of *job*, whose units are written in *source*, with *remarks* by context and message."""
    repeats: dict[Key, list[Unit]] = {}
    for unit in job.units:
        repeats.setdefault(unit.key, []).append(unit)
    groups: list[tuple[str, str, list[Segment]]] = []
    for number, (key, units) in enumerate(repeats.items(), 1):
        head = _head(units[0])
        if not groups or groups[-1][:2] != head:
            groups.append((*head, []))
        blank = _segment(number, units, source, job)
        said = remarks.get(key, ())
        opened, excused = (tuple(one for one in said if bool(one.name) == by) for by in (False, True))
        groups[-1][2].append(replace(blank, open=opened, excused=excused))
    catalogue = job.catalog.where if job.catalog else ""
    made = tuple(Group(kind, title, tuple(segments)) for kind, title, segments in groups)
    files, whole = (str(job.document.path), catalogue), tuple(remarks.get(WHOLE, ()))
    return Sheet(job.document.leaflet, source, job.language, files, about, made, whole)


def noted(finding: Finding) -> Remark:
    """Return what *finding* says."""
    return Remark(finding.check, finding.severity, visible(finding.message), visible(finding.hint))


def remark(answer: Answer, hint: str) -> Remark:
    """Return what *answer* says, with the way out in *hint* unless somebody has acknowledged it."""
    fact, by = visible(answer.fact), answer.acknowledged
    if by:
        return Remark(answer.check, answer.severity, fact, "", visible(by.name), by.date, visible(by.reason))
    return Remark(answer.check, answer.severity, fact, visible(hint))


def _head(unit: Unit) -> tuple[str, str]:
    if unit.context.startswith("meta:"):
        return "front", ""
    return ("figure", "") if unit.kind == "figure text" else ("text", visible(unit.section))


STATES = {"translated": "printed", "fuzzy": "fuzzy", "missing": "missing"}
"""What a catalogue says of a text, and what that means on paper."""


def _segment(number: int, units: Sequence[Unit], source: str, job: Job) -> Segment:
    unit = units[0]
    entry = job.catalog.entries.get(unit.key) if job.catalog else None
    return Segment(
        number=number,
        kind=unit.kind,
        safety=any(one.safety for one in units),
        state=STATES[job.catalog.state(unit) if job.catalog else "missing"],
        source=_text(unit.message, source),
        target=_text(entry.text if entry else "", job.language),
        places=tuple(dict.fromkeys(visible(one.place) for one in units)),
        place=job.catalog.place(unit) if job.catalog else "",
        legend=tuple(visible(line) for line in unit.legend),
        comments=tuple(dict.fromkeys(visible(line) for one in units for line in one.comments)),
    )


def _text(message: str, code: str) -> Text:
    return Text(languages.tag(code), languages.direction(code), passage(message, code))


def html(sheet: Sheet) -> Artifact:
    """Return *sheet* as a self-contained page for the screen, which can be printed."""
    styles = templates.styles("base.css", "screen.css", "reports/review.css", "reports/review-screen.css")
    return Artifact(_path(sheet, "html"), _page(sheet, styles, paged=False).encode())


def pdf(sheet: Sheet) -> Artifact:
    """Return *sheet* as a tagged PDF (PDF/UA-1) on A4, to be read and signed with a pen."""
    styles = templates.styles("base.css", "reports/review.css", "reports/review-print.css")
    return Artifact(_path(sheet, "pdf"), layout.pdf(_page(sheet, styles, paged=True), "pdf/ua-1"))


RENDERERS: Mapping[str, Callable[[Sheet], Artifact]] = {"pdf": pdf, "html": html}
"""What makes a sheet in each format, the slowest first."""


def _page(sheet: Sheet, styles: str, *, paged: bool) -> str:
    shown = interface(sheet.source)
    return templates.render(
        "reports/review.html.j2",
        shown,
        sheet=sheet,
        styles=styles,
        paged=paged,
        spoken=languages.tag(shown),
        direction=languages.direction(shown),
        tags={code: languages.tag(code) for code in (sheet.source, sheet.target)},
        names={code: languages.autonym(code) for code in (sheet.source, sheet.target)},
    )


def _path(sheet: Sheet, suffix: str) -> PurePosixPath:
    return FOLDER / sheet.target / f"{sheet.leaflet}.{suffix}"
