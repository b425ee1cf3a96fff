"""The questions asked of sources and translations, and what is known of each check."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from polyleaf import localize
from polyleaf.checks import questions
from polyleaf.checks.source import Copy
from polyleaf.checks.translation import Guide, Pair
from polyleaf.facts import terms
from polyleaf.model import Finding, Severity
from polyleaf.pipeline.reading import Wish, jobs, languages, read
from polyleaf.pipeline.tables import CHECKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from polyleaf.checks.questions import Check
    from polyleaf.config import Project
    from polyleaf.facts.terms import Term
    from polyleaf.localize import Job
    from polyleaf.workspace import Workspace


def check(workspace: Workspace, wish: Wish) -> list[Finding]:
    """Return what the checks find in the sources and the translations, sorted by place."""
    reading = read(workspace, wish.leaflets)
    work = jobs(workspace, reading, languages(wish, reading.project.targets))
    found: list[Finding] = []
    for document in reading.documents:
        found += questions.to_author(CHECKS, Copy(document, reading.references, reading.project))
    for asked in pairs(workspace, reading.project, work).values():
        found += questions.to_translator(CHECKS, asked)
    found += questions.unworded(dict.fromkeys([reading.project.source_language, *(job.language for job in work)]))
    found += [Finding("mark", where, fact, Severity.ERROR, "Repair it there.") for where, fact in localize.faults(work)]
    return sorted(found, key=_by_place)


def pairs(workspace: Workspace, project: Project, work: Sequence[Job]) -> dict[str, list[Pair]]:
    """Return by language the pairs of message and translation of all leaflets in *work*."""
    found: dict[str, list[Pair]] = {}
    for job in work:
        if job.catalog:
            guide = _guide(workspace, project, job.language)
            found.setdefault(job.language, []).extend(questions.pairs(job.units, job.catalog, guide))
    return found


def described() -> list[tuple[str, str, str]]:
    """Return name, severity and description of every check."""
    return [(name, _severities(check), (check.ask.__doc__ or "").strip()) for name, check in CHECKS.items()]


def _severities(check: Check) -> str:
    if not check.in_safety or check.in_safety is check.severity:
        return str(check.severity)
    return f"{check.severity}, in a safety text {check.in_safety}"


def _guide(workspace: Workspace, project: Project, language: str) -> Guide:
    return Guide(project.source_language, language, agreed(workspace, language))


def agreed(workspace: Workspace, language: str) -> tuple[Term, ...]:
    """Return the terms that the project has agreed on for *language*."""
    content = workspace.read(PurePosixPath("locales") / language / "terms.tsv") or b""
    return terms.read(content.decode("utf-8", "replace"))


def _by_place(finding: Finding) -> tuple[str, int, str]:
    path, _, line = finding.where.rpartition(":")
    return (path, int(line), finding.check) if line.isdigit() else (finding.where, 0, finding.check)
