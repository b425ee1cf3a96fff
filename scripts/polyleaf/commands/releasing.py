"""What stands between a text and the press: safety, policy, and for a release sign-offs, dates and findings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from polyleaf.commands import check, findings
from polyleaf.model import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from polyleaf.checks.runner import Answer
    from polyleaf.localize import LocalizationJob
    from polyleaf.project.snapshot import Snapshot
    from polyleaf.workspace import Workspace


def unsafe(job: LocalizationJob, answers: Sequence[Answer], policy: str) -> Iterator[Finding]:
    """Yield what keeps the edition of *job* from being made, of all *answers* about its texts.

    In the safety class that is every finding of severity error: a text that is not translated or fuzzy, another
    number, a "not" too few. Elsewhere the *policy* of the language decides about what is not translated.
    """
    for answer in answers:
        in_safety = answer.pair.unit.safety and answer.severity is Severity.ERROR
        if not answer.acknowledged and (in_safety or (answer.check in findings.NOT_PRINTED and policy == "fail")):
            found = check.finding(answer)
            why = "a safety text" if in_safety else f"{job.language} prints no text that is not translated"
            yield replace(found, message=f"{found.message} ({why})", severity=Severity.ERROR)


def wrong(
    workspace: Workspace, snapshot: Snapshot, work: Sequence[LocalizationJob]
) -> list[tuple[LocalizationJob, list[Finding]]]:
    """Return what is wrong with the texts of each of *work*: nobody should sign them, and nobody may release them."""
    return [(found.job, found.wrong()) for found in findings.survey(workspace, snapshot, work)]
