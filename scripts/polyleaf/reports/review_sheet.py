"""Review sheet: a translation beside its source, with the findings of checks and a form to sign, for one reviewer."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from polyleaf import languages, paths, templates
from polyleaf.catalogs.po import Key
from polyleaf.checks import coverage
from polyleaf.fonts import fallback
from polyleaf.formats.pdf import layout
from polyleaf.localize import LocalizationJob
from polyleaf.model import Artifact, Theme, Unit
from polyleaf.reports import label_language
from polyleaf.reports.message_view import show_unseen
from polyleaf.reports.segments import Group, Segment, ShownFinding, make_segment, tag_quotations
from polyleaf.units.kept_texts import find_kept_texts

if TYPE_CHECKING:
    from markupsafe import Markup


LEAFLET = ("", "")
"""The key of findings about a leaflet as a whole: no message is empty."""


@dataclass(frozen=True, slots=True)
class SheetHeader:
    """Version, status and date (ISO 8601) of a leaflet in a language, with its fingerprints as in `release`.

    *signed* is a line for each sign-off that holds for exactly these texts; *roles* must all sign.
    """

    version: str
    status: str
    date: str
    fingerprints: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """One leaflet in one language, to be compared with its source; *findings* are those about no single segment.

    *source* and *target* are gettext codes, *files* the paths of the manuscript and the catalogue.
    """

    leaflet: str
    source: str
    target: str
    files: tuple[str, str]
    header: SheetHeader
    groups: tuple[Group, ...]
    findings: tuple[ShownFinding, ...] = ()
    theme: Theme = field(default_factory=Theme)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """All segments in reading order."""
        return tuple(segment for group in self.groups for segment in group.segments)

    @property
    def title(self) -> Segment | None:
        """The segment of the title."""
        return next((segment for segment in self.segments if segment.kind == "title"), None)

    @property
    def by_urgency(self) -> dict[str, list[Segment]]:
        """The segments with findings, by their most urgent one, in the order in which to read them.

        Keys are `error`, `acknowledged error`, `warning` and `acknowledged warning`: for a person who signs, an
        acknowledged error is still an error. Segments of the safety class come first.
        """
        groups: dict[str, list[Segment]] = {}
        for segment in sorted(self.segments, key=_urgency):
            for worst in segment.findings[:1]:
                groups.setdefault(f"{'acknowledged ' if worst.name else ''}{worst.severity}", []).append(segment)
        return groups

    @property
    def unprinted(self) -> list[Segment]:
        """The segments whose translation is not printed."""
        return [segment for segment in self.segments if segment.state != "printed"]

    @property
    def unchecked(self) -> list[str]:
        """What the checks did not look at, for want of words of the two languages: a line each, in English."""
        return coverage.summarize((self.source, self.target))

    @property
    def command(self) -> str:
        """The command that records a sign-off."""
        return f"polyleaf sign {shlex.quote(self.leaflet)} -l {self.target} --role ROLE --name NAME"

    def count(self, state: str) -> int:
        """Return how many segments are in *state*."""
        return sum(segment.state == state for segment in self.segments)

    def count_open(self, severity: str) -> int:
        """Return the number of findings of *severity* that are not acknowledged."""
        findings = [*self.findings, *(finding for segment in self.segments for finding in segment.open)]
        return sum(finding.severity == severity for finding in findings)

    def count_acknowledged(self, severity: str) -> int:
        """Return the number of acknowledged findings of *severity*."""
        return sum(finding.severity == severity for segment in self.segments for finding in segment.acknowledged)

    @property
    def notable(self) -> int:
        """How many segments have findings or are not printed."""
        return sum(bool(segment.findings) or segment.state != "printed" for segment in self.segments)

    def location(self, segment: Segment) -> str:
        """Return the lines of *segment* in the two files of the header, as `md:12, 20 · po:48`."""
        sides = (segment.source_locations, (segment.catalog_location,))
        return " · ".join(_shorten(locations, self.files) for locations in sides if any(locations))


def _urgency(segment: Segment) -> tuple[tuple[bool, bool], bool]:
    """Return the sort key of a segment: its most urgent finding, then safety."""
    return next((finding.urgency for finding in segment.findings), (True, True)), not segment.safety


def _shorten(locations: Sequence[str], files: Sequence[str]) -> str:
    """Return *locations* with each file once: the suffix of one of *files*, the name of another."""
    by_file: dict[str, list[str]] = {}
    for location in locations:
        file, _, line = location.rpartition(":") if location[-1:].isdigit() else (location, "", "")
        name = file.rpartition("." if file in files else "/")[2]
        by_file.setdefault(name, []).append(line)
    return ", ".join(f"{file}:{', '.join(lines)}".rstrip(":") for file, lines in by_file.items())


def make(
    job: LocalizationJob, source: str, findings: Mapping[Key, Sequence[ShownFinding]], header: SheetHeader
) -> ReviewSheet:
    """Return the sheet of *job*, whose units are written in *source*, with *findings* by context and message."""
    by_key: dict[Key, list[Unit]] = {}
    for unit in (*job.units, *find_kept_texts(job.document)):
        by_key.setdefault(unit.key, []).append(unit)
    groups: list[tuple[str, str, list[Segment]]] = []
    for number, (key, units) in enumerate(by_key.items(), 1):
        title = _group_title(units[0])
        if not groups or groups[-1][:2] != title:
            groups.append((*title, []))
        segment = make_segment(number, units, source, job)
        shown = [tag_quotations(finding, segment) for finding in findings.get(key, ())]
        unsettled, settled = (tuple(row for row in shown if bool(row.name) == named) for named in (False, True))
        groups[-1][2].append(replace(segment, open=unsettled, acknowledged=settled))
    return ReviewSheet(
        job.document.leaflet,
        source,
        job.language,
        (str(job.document.path), job.catalog.path if job.catalog else ""),
        header,
        tuple(Group(kind, title, tuple(segments)) for kind, title, segments in groups),
        tuple(findings.get(LEAFLET, ())),
    )


def _group_title(unit: Unit) -> tuple[str, str]:
    if unit.context.startswith("meta:"):
        return "front", ""
    return ("figure", "") if unit.kind == "figure text" else ("text", show_unseen(unit.section))


def render_html(sheet: ReviewSheet) -> Artifact:
    """Return *sheet* as a self-contained page for the screen, which can be printed."""
    styles = templates.styles(sheet.theme, "base.css", "screen.css", "reports/review.css", "reports/review-screen.css")
    path = paths.review_sheet(sheet.leaflet, sheet.target, ".html")
    return Artifact(path, _render(sheet, styles, paged=False).encode())


def render_pdf(sheet: ReviewSheet) -> Artifact:
    """Return *sheet* as a PDF (PDF/A-2a and PDF/UA-1) on A4, to be read and signed with a pen."""
    styles = templates.print_styles(sheet.theme, "base.css", "reports/review.css", "reports/review-print.css")
    path = paths.review_sheet(sheet.leaflet, sheet.target, ".pdf")
    return Artifact(path, layout.render_pdf(_render(sheet, styles, paged=True), sheet.theme))


RENDERERS: Mapping[str, Callable[[ReviewSheet], Artifact]] = {"pdf": render_pdf, "html": render_html}
"""The renderers by format, the slowest first."""


def _render(sheet: ReviewSheet, styles: Markup, *, paged: bool) -> str:
    shown = label_language(sheet.source)
    return templates.render(
        "reports/review.html.j2",
        shown,
        sheet=sheet,
        styles=styles + fallback.page_styles(map(languages.tag, (shown, sheet.source, sheet.target)), sheet.theme),
        paged=paged,
        spoken=languages.tag(shown),
        direction=languages.direction(shown),
        tags={code: languages.tag(code) for code in (sheet.source, sheet.target)},
        names={code: languages.autonym(code) for code in (sheet.source, sheet.target)},
    )
