"""All findings of a leaflet in a language, open and acknowledged, and those that block a build, sign-off or release."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from polyleaf import sources
from polyleaf.catalogs import COPIED
from polyleaf.commands import check, readability
from polyleaf.facts.style_lexicon import find_document_placeholders
from polyleaf.localize import LocalizationJob
from polyleaf.model import Finding, Location, Severity
from polyleaf.project.snapshot import Snapshot
from polyleaf.quotations import quote
from polyleaf.workspace import Workspace

GONE = frozenset(("missing", "fuzzy"))
"""The checks that say that there is no translation."""

NOT_PRINTED = GONE | {COPIED}
"""The checks that say that there is none to print."""

PLACEHOLDER = "placeholder"
FILL_IN = "Fill in what is still to come; until then nobody can sign it, and it is not released."


@dataclass(frozen=True, slots=True)
class Findings:
    """What is found of one leaflet in one language.

    *source* are findings in what its author wrote (for a translation too: it is no better than its source). *texts*
    are findings in this language about wording, *translations* those about pairs of message and translation, both open.
    *acknowledged* are those of both kinds that a person says are right, errors and texts of safety first.
    """

    job: LocalizationJob
    source: tuple[Finding, ...]
    texts: tuple[Finding, ...]
    translations: tuple[Finding, ...]
    acknowledged: tuple[Finding, ...]

    @property
    def open(self) -> list[Finding]:
        """What nobody has acknowledged in this language."""
        own = [*self.texts, *self.translations]
        return own if self.job.catalog else list(dict.fromkeys([*self.source, *own]))

    @property
    def acknowledged_safety(self) -> list[Finding]:
        """The acknowledged errors in texts of the safety class."""
        return [finding for finding in self.acknowledged if finding.severity is Severity.ERROR and finding.in_safety]

    def blocking(self) -> list[Finding]:
        """Return, as errors, what nobody should sign and nobody may release."""
        findings = [finding for finding in dict.fromkeys([*self.source, *self.open]) if _blocks(finding)]
        hints = {PLACEHOLDER: FILL_IN}
        return [
            replace(finding, severity=Severity.ERROR, hint=finding.hint or hints.get(finding.check, ""))
            for finding in findings
        ]


def collect_findings(workspace: Workspace, snapshot: Snapshot, jobs: Sequence[LocalizationJob]) -> list[Findings]:
    """Return for each of *jobs* all that the checks find."""
    translated, faults = readability.translations(snapshot, jobs)
    texts = check.check_texts([*readability.sources(snapshot), *translated], faults)
    sources = {document.leaflet: check.check_manuscript(snapshot, document) for document in snapshot.documents}
    collected = []
    for job, findings in check.check_translations(workspace, snapshot.project, jobs):
        leaflet = job.document.leaflet
        original = texts.get((leaflet, snapshot.project.source_language), [])
        source = [*sources[leaflet], *(finding for finding in original if finding.check == PLACEHOLDER)]
        source += _find_placeholders(job, source)
        wording = texts.get((leaflet, job.language), [])
        acknowledged = [finding for finding in (*findings, *wording) if finding.acknowledged]
        collected.append(
            Findings(
                job,
                tuple(source),
                tuple(finding for finding in wording if not finding.acknowledged),
                tuple(finding for finding in findings if not finding.acknowledged),
                tuple(sorted(_as_of_units(job, acknowledged), key=_urgency)),
            )
        )
    return collected


def find_blocking(
    workspace: Workspace, snapshot: Snapshot, jobs: Sequence[LocalizationJob]
) -> list[tuple[LocalizationJob, list[Finding]]]:
    """Return what is wrong with the texts of each of *jobs*: nobody should sign them, and nobody may release them."""
    return [(findings.job, findings.blocking()) for findings in collect_findings(workspace, snapshot, jobs)]


def find_unsafe(job: LocalizationJob, findings: Sequence[Finding], policy: str) -> Iterator[Finding]:
    """Yield those of all *findings* in the translations of *job* for which its edition is not built, as errors.

    In the safety class that is every finding of severity error: a text that is not translated or fuzzy, another
    number, a "not" too few. Elsewhere the *policy* of the language decides about what is not translated.
    """
    for finding in findings:
        in_safety = finding.in_safety and finding.severity is Severity.ERROR
        if not finding.acknowledged and (in_safety or (finding.check in NOT_PRINTED and policy == "fail")):
            why = "a safety text" if in_safety else f"{job.language} prints no text that is not translated"
            yield replace(finding, fact=f"{finding.fact} ({why})", severity=Severity.ERROR)


def _blocks(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR or finding.check in {PLACEHOLDER, *NOT_PRINTED}


def _as_of_units(job: LocalizationJob, findings: Sequence[Finding]) -> list[Finding]:
    """Return *findings*, each once, about units that are of safety when their text stands so anywhere in *job*."""
    safe = {unit.key for unit in job.units if unit.safety}
    return [
        replace(finding, unit=replace(finding.unit, safety=finding.unit.safety or finding.unit.key in safe))
        for finding in dict.fromkeys(findings)
        if finding.unit
    ]


def _urgency(finding: Finding) -> tuple[bool, bool]:
    """Return by what acknowledged findings are sorted: errors first, and among those texts of safety."""
    return finding.severity is not Severity.ERROR, not finding.in_safety


def _find_placeholders(job: LocalizationJob, findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield what stands for something still to come where no check looks, in words kept as they are, in code.

    What *findings* name already is not said again.
    """
    known = " ".join(finding.message for finding in findings if finding.check == PLACEHOLDER)
    for name in find_document_placeholders(job.document):
        if quote(name) not in known:
            location = Location(str(job.document.path), sources.find_line(job.document.text, name))
            fact = f"{quote(name)} stands for something that is still to come"
            yield Finding(PLACEHOLDER, location, fact, Severity.WARNING)
