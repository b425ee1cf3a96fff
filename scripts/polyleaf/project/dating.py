"""When an edition last changed, as its own files tell: no copy of them on any disk says anything else."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from polyleaf.model import UNDATED, Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from polyleaf.localize import Job
    from polyleaf.model import Localized
    from polyleaf.release import Candidate


def changed(job: Job, candidate: Candidate) -> datetime:
    """Return when the edition of *job* last changed, in UTC; UNDATED when nothing tells, and at the earliest.

    It is the latest of the `date` of its front matter, the `PO-Revision-Date` of its catalogue, and the dates of
    the sign-offs that count for it; a day begins at midnight in UTC.
    """
    days = [candidate.front.plain.get("date", ""), *(one.date for one in candidate.counted())]
    moments = [datetime.combine(date.fromisoformat(day), time(), UTC) for day in days if day]
    revised = job.catalog.revised if job.catalog else None
    return max([UNDATED, *moments, *([revised] if revised else [])])


def undated(localized: Sequence[Localized]) -> Iterator[Finding]:
    """Yield those of *localized* whose files tell no date, so that an e-book of them must say a wrong one."""
    for one in localized:
        if one.modified == UNDATED:
            fact = f"no file tells when this leaflet last changed; its e-book says {UNDATED.date().isoformat()}"
            hint = "Add `date: ...` to the front matter, the day on which the text was last changed."
            yield Finding("undated", f"{one.document.path}:1", fact, Severity.WARNING, hint)
