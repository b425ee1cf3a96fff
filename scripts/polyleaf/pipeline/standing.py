"""How every leaflet stands in every language: what is translated, what was found, who has signed, its review date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from polyleaf import release, tree, units
from polyleaf.model import Severity
from polyleaf.pipeline import asking, releasing
from polyleaf.pipeline.reading import Wish, jobs, languages, read
from polyleaf.reports import status as overview

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import PurePosixPath

    from polyleaf.localize import Job
    from polyleaf.model import Finding
    from polyleaf.pipeline.reading import Reading
    from polyleaf.workspace import Workspace

SOON = 90
"""How many days before its review date a leaflet is due: time to read it again and to have it signed."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A sign-off for exactly the present texts: who, in which role, and the day (ISO 8601)."""

    role: str
    name: str
    date: str


@dataclass(frozen=True, slots=True)
class Amounts:
    """How many texts and words of the source there are, and how many of them are translated, fuzzy and missing.

    *safety* are the texts of the safety class, *safety_translated* those of them that may be printed.
    """

    units: int
    translated: int
    fuzzy: int
    missing: int
    words: int
    words_translated: int
    words_fuzzy: int
    words_missing: int
    safety: int
    safety_translated: int


@dataclass(frozen=True, slots=True)
class State:
    """How one leaflet stands in one language; of the source language every text counts as translated.

    *status* is that of the front matter, *printed* the one that its files show: a draft until it is signed. *review*
    is `past`, `due` (within 90 days), `later` or empty (no date). *releasable*: `build --release` would make it.
    """

    leaflet: str
    title: str
    language: str
    amounts: Amounts
    errors: int
    warnings: int
    acknowledged: int
    version: str
    status: str
    printed: str
    date: str
    review_by: str
    review: str
    signatures: tuple[Signature, ...]
    stale_signatures: int
    releasable: bool


def status(workspace: Workspace, wish: Wish) -> list[State]:
    """Return how each leaflet stands in each language, the language of the sources first."""
    reading = read(workspace, wish.leaflets)
    work = jobs(workspace, reading, languages(wish, reading.project.languages))
    texts = asking.of_versions(reading, work)
    made = []
    for job, answers in asking.answers(workspace, reading.project, work):
        source = asking.of_author(reading, job.document)
        own = [asking.finding(answer) for answer in answers if not answer.acknowledged]
        own += texts.get((job.document.leaflet, job.language), [])
        sound = not any(releasing.stops(finding) for finding in (*source, *own))
        count = sum(answer.acknowledged is not None for answer in answers)
        made.append(_state(workspace, job, _Known(reading, own if job.catalog else own + source, count, sound)))
    return made


def table(workspace: Workspace, wish: Wish) -> list[PurePosixPath]:
    """Write a page that shows how each leaflet stands in each language; return where it is."""
    rows = [_row(state) for state in status(workspace, wish)]
    page = overview.page(rows, workspace.project().source_language, workspace.today())
    return workspace.publish({page.path: page.content})


def _row(state: State) -> overview.Row:
    return overview.Row(
        leaflet=state.leaflet,
        title=state.title,
        language=state.language,
        version=state.version,
        status=state.status,
        printed=state.printed,
        units=state.amounts.units,
        translated=state.amounts.translated,
        fuzzy=state.amounts.fuzzy,
        missing=state.amounts.missing,
        words=state.amounts.words,
        words_translated=state.amounts.words_translated,
        safety=state.amounts.safety,
        safe=state.amounts.safety_translated,
        errors=state.errors,
        warnings=state.warnings,
        signed=tuple(f"{one.date} · {one.role} · {one.name}" for one in state.signatures),
        stale=state.stale_signatures,
        review_by=state.review_by,
        review=state.review,
        releasable=state.releasable,
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a leaflet in a language besides its texts; *sound*: nothing in them keeps it from release."""

    reading: Reading
    findings: Sequence[Finding]
    acknowledged: int
    sound: bool


def _state(workspace: Workspace, job: Job, known: _Known) -> State:
    one, today = releasing.candidate(workspace, known.reading, job), workspace.today()
    plain = job.document.front.plain
    valid = one.valid()
    return State(
        leaflet=job.document.leaflet,
        title=tree.plain(job.document.front.texts["title"]),
        language=job.language,
        amounts=_amounts(job, known.reading),
        errors=sum(finding.severity is Severity.ERROR for finding in known.findings),
        warnings=sum(finding.severity is Severity.WARNING for finding in known.findings),
        acknowledged=known.acknowledged,
        version=plain.get("version", ""),
        status=plain.get("status", "draft"),
        printed=one.status,
        date=plain.get("date", ""),
        review_by=plain.get("review-by", ""),
        review=_review(plain, today),
        signatures=tuple(Signature(by.role, by.name, by.date) for by in valid),
        stale_signatures=sum(by.language == job.language for by in one.signoffs) - len(valid),
        releasable=known.sound and not list(release.refusals(one, today)),
    )


def _amounts(job: Job, reading: Reading) -> Amounts:
    cut = zip(reading.documents, reading.units, strict=True)
    found = units.distinct(job.units or next(its_units for document, its_units in cut if document is job.document))
    states = [(job.catalog.state(unit) if job.catalog else "translated", unit) for unit in found]
    texts = {name: [unit for state, unit in states if state == name] for name in KINDS}
    words = {name: sum(len(unit.message.split()) for unit in texts[name]) for name in KINDS}
    return Amounts(
        units=len(found),
        translated=len(texts["translated"]),
        fuzzy=len(texts["fuzzy"]),
        missing=len(texts["missing"]),
        words=sum(words.values()),
        words_translated=words["translated"],
        words_fuzzy=words["fuzzy"],
        words_missing=words["missing"],
        safety=sum(unit.safety for unit in found),
        safety_translated=sum(unit.safety for unit in texts["translated"]),
    )


KINDS = ("translated", "fuzzy", "missing")
"""What a text can be in a language."""


def _review(plain: Mapping[str, str], today: date) -> str:
    if "review-by" not in plain:
        return ""
    days = (date.fromisoformat(plain["review-by"]) - today).days
    return "past" if days < 0 else "due" if days <= SOON else "later"
