"""A sheet on which one person compares a translation with its source: both texts, what checks found, room to sign."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from polyleaf import languages, paths, templates
from polyleaf.facts.lexicon import load_lexicon
from polyleaf.fonts import fallback
from polyleaf.formats.pdf import layout
from polyleaf.model import Artifact, Theme
from polyleaf.reports import interface
from polyleaf.reports.message_view import visible
from polyleaf.reports.segments import Group, Remark, Segment, compared, noted, quoted, remark

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from markupsafe import Markup

    from polyleaf.catalogs import Key
    from polyleaf.localize import LocalizationJob
    from polyleaf.model import Unit

__all__ = ["RENDERERS", "WHOLE", "About", "Remark", "Sheet", "make", "noted", "remark"]

WHOLE = ("", "")
"""Under what remarks are given that are about a leaflet as a whole: no message is empty."""


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
    def found(self) -> dict[str, list[Segment]]:
        """The segments in which something was found, by the gravest of it, in the order in which to read them.

        Keys are `error`, `acknowledged error`, `warning` and `acknowledged warning`. What somebody acknowledged is an
        error all the same to one who signs: it comes before any warning, and what is of safety before the rest.
        """
        made: dict[str, list[Segment]] = {}
        for segment in sorted(self.segments, key=_urgency):
            for worst in segment.remarks[:1]:
                made.setdefault(f"{'acknowledged ' if worst.name else ''}{worst.severity}", []).append(segment)
        return made

    @property
    def excused(self) -> list[Remark]:
        """What somebody has acknowledged."""
        return [remark for segment in self.segments for remark in segment.excused]

    @property
    def unprinted(self) -> list[Segment]:
        """The segments whose translation is not printed."""
        return [segment for segment in self.segments if segment.state != "printed"]

    @property
    def unread(self) -> list[str]:
        """The languages whose words the checks do not know, by their own names."""
        return [languages.autonym(code) for code in (self.source, self.target) if not load_lexicon(code).known]

    @property
    def command(self) -> str:
        """The command that records a sign-off."""
        return f"polyleaf sign {shlex.quote(self.leaflet)} -l {self.target} --role ROLE --name NAME"

    def count(self, state: str) -> int:
        """Return how many segments are in *state*."""
        return sum(segment.state == state for segment in self.segments)

    def weighing(self, severity: str) -> int:
        """Return how many open findings are of *severity*."""
        found = [*self.whole, *(remark for segment in self.segments for remark in segment.open)]
        return sum(remark.severity == severity for remark in found)

    def granted(self, severity: str) -> int:
        """Return how many findings of *severity* somebody has acknowledged."""
        return sum(remark.severity == severity for remark in self.excused)

    @property
    def striking(self) -> int:
        """How many segments have findings or are not printed."""
        return sum(bool(segment.remarks) or segment.state != "printed" for segment in self.segments)

    def spot(self, segment: Segment) -> str:
        """Return where *segment* stands, as `md:12, 20 · po:48`: lines of the two files, which the head names whole."""
        spots = (segment.places, (segment.place,))
        return " · ".join(_short(places, self.files) for places in spots if any(places))


def _urgency(segment: Segment) -> tuple[tuple[bool, bool], bool]:
    """Return by what the segments of a list are sorted: the gravest remark, then safety."""
    return next((one.weight for one in segment.remarks), (True, True)), not segment.safety


def _short(places: Sequence[str], files: Sequence[str]) -> str:
    """Return *places* with each file once: of the *files* that everybody knows the suffix, of others the name."""
    lines: dict[str, list[str]] = {}
    for place in places:
        file, _, line = place.rpartition(":") if place[-1:].isdigit() else (place, "", "")
        name = file.rpartition("." if file in files else "/")[2]
        lines.setdefault(name, []).append(line)
    return ", ".join(f"{file}:{', '.join(said)}".rstrip(":") for file, said in lines.items())


def make(job: LocalizationJob, source: str, remarks: Mapping[Key, Sequence[Remark]], about: About) -> Sheet:
    """Return the sheet of *job*, whose units are written in *source*, with *remarks* by context and message."""
    repeats: dict[Key, list[Unit]] = {}
    for unit in job.units:
        repeats.setdefault(unit.key, []).append(unit)
    groups: list[tuple[str, str, list[Segment]]] = []
    for number, (key, units) in enumerate(repeats.items(), 1):
        head = _head(units[0])
        if not groups or groups[-1][:2] != head:
            groups.append((*head, []))
        blank = compared(number, units, source, job)
        said = [quoted(one, blank) for one in remarks.get(key, ())]
        opened, excused = (tuple(one for one in said if bool(one.name) == by) for by in (False, True))
        groups[-1][2].append(replace(blank, open=opened, excused=excused))
    catalogue = job.catalog.path if job.catalog else ""
    made = tuple(Group(kind, title, tuple(segments)) for kind, title, segments in groups)
    files, whole = (str(job.document.path), catalogue), tuple(remarks.get(WHOLE, ()))
    return Sheet(job.document.leaflet, source, job.language, files, about, made, whole)


def _head(unit: Unit) -> tuple[str, str]:
    if unit.context.startswith("meta:"):
        return "front", ""
    return ("figure", "") if unit.kind == "figure text" else ("text", visible(unit.section))


def html(sheet: Sheet) -> Artifact:
    """Return *sheet* as a self-contained page for the screen, which can be printed."""
    styles = templates.styles(sheet.theme, "base.css", "screen.css", "reports/review.css", "reports/review-screen.css")
    return Artifact(
        paths.review_sheet(sheet.leaflet, sheet.target, ".html"), _page(sheet, styles, paged=False).encode()
    )


def pdf(sheet: Sheet) -> Artifact:
    """Return *sheet* as a PDF (PDF/A-2a and PDF/UA-1) on A4, to be read and signed with a pen."""
    styles = templates.print_styles(sheet.theme, "base.css", "reports/review.css", "reports/review-print.css")
    return Artifact(
        paths.review_sheet(sheet.leaflet, sheet.target, ".pdf"),
        layout.render_pdf(_page(sheet, styles, paged=True), sheet.theme),
    )


RENDERERS: Mapping[str, Callable[[Sheet], Artifact]] = {"pdf": pdf, "html": html}
"""What makes a sheet in each format, the slowest first."""


def _page(sheet: Sheet, styles: Markup, *, paged: bool) -> str:
    shown = interface(sheet.source)
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
