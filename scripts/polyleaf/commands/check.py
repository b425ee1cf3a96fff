"""The questions asked of sources and translations, and what is known of each check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polyleaf import paths
from polyleaf.checks import runner
from polyleaf.checks.registry import CHECKS
from polyleaf.checks.source.structure import LeafletCollection, SourceText
from polyleaf.checks.translation.completeness import LanguagePair
from polyleaf.commands import check_outputs, readability
from polyleaf.facts import termbase
from polyleaf.model import Finding, Location, Severity
from polyleaf.project.snapshot import EVERYTHING, Selection, find_stray_files, load_jobs, read, select_languages
from polyleaf.provenance import staleness
from polyleaf.sources.positions import locate_texts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from polyleaf.checks.runner import Answer, Check
    from polyleaf.checks.subjects import LocalizedText
    from polyleaf.checks.translation.completeness import Pair
    from polyleaf.config import Project
    from polyleaf.facts.termbase import Term
    from polyleaf.localize import InvalidTranslation, LocalizationJob
    from polyleaf.model import Document
    from polyleaf.project.snapshot import Snapshot
    from polyleaf.workspace import Workspace


def check(workspace: Workspace, selection: Selection = EVERYTHING) -> list[Finding]:
    """Return what the checks find in the sources, the translations and the finished files, sorted by place.

    The sources are always asked, and alone when their language is the only one wished for. Of the finished files
    those are looked at that are in the build folder, in the languages wished for.
    """
    snapshot = read(workspace, selection.leaflets)
    known = snapshot.project.languages if selection.languages else snapshot.project.targets
    work = load_jobs(workspace, snapshot, select_languages(selection, known))
    found = [finding for document in snapshot.documents for finding in of_author(snapshot, document)]
    if not selection.leaflets and snapshot.references:
        text = (workspace.references() or b"").decode("utf-8-sig")
        found += runner.of_shelf(
            CHECKS, LeafletCollection(snapshot.documents, snapshot.references, text), str(paths.BIBLIOGRAPHY)
        )
    translated, faults = readability.translations(snapshot, work)
    said_of = of_versions([*readability.sources(snapshot), *translated], faults)
    found += [finding for said in said_of.values() for finding in said]
    for _, said in answers(workspace, snapshot.project, work):
        found += [finding(answer) for answer in said if not answer.acknowledged]
    original = [] if selection.languages else load_jobs(workspace, snapshot, [snapshot.project.source_language])
    found = [
        *once(found),
        *find_stray_files(workspace, selection),
        *staleness.findings(workspace, snapshot, [*original, *work]),
    ]
    found += check_outputs.look(workspace, snapshot, select_languages(selection, snapshot.project.languages))
    found += runner.unworded(dict.fromkeys([snapshot.project.source_language, *(job.language for job in work)]))
    return sorted(found, key=_by_location)


def of_author(snapshot: Snapshot, document: Document) -> list[Finding]:
    """Return what the checks find in the source of one leaflet."""
    return list(runner.to_author(CHECKS, _copy(snapshot, document)))


def overdue(snapshot: Snapshot) -> list[Finding]:
    """Return a finding for each leaflet that is past its review date."""
    asked = {"review_overdue": CHECKS["review_overdue"]}
    return [one for document in snapshot.documents for one in runner.to_author(asked, _copy(snapshot, document))]


def _copy(snapshot: Snapshot, document: Document) -> SourceText:
    return SourceText(document, locate_texts(document), snapshot.references, snapshot.project, snapshot.today)


def of_versions(
    asked: Sequence[LocalizedText], faults: Sequence[InvalidTranslation]
) -> dict[tuple[str, str], list[Finding]]:
    """Return by leaflet and language what the checks find in the texts *asked*, with the *faults* among them.

    A fault is a translation that cannot be used where it stands, such as one that lost a mark.
    """
    found: dict[tuple[str, str], list[Finding]] = {}
    for version in asked:
        edition = version.document.leaflet, version.language
        found.setdefault(edition, []).extend(runner.of_version(CHECKS, version))
    for fault in faults:
        edition = fault.job.document.leaflet, fault.job.language
        found.setdefault(edition, []).append(of_fault(fault))
    return found


def answers(
    workspace: Workspace, project: Project, work: Sequence[LocalizationJob]
) -> list[tuple[LocalizationJob, list[Answer]]]:
    """Return for each job of *work* what the checks say of its translations, acknowledged or not."""
    asked = [(job, _pairs(workspace, project, job)) for job in work]
    said = {id(job): list(runner.of_pairs(CHECKS, found)) for job, found in asked}
    for language in dict.fromkeys(job.language for job in work):
        together = {id(pair): job for job, found in asked if job.language == language for pair in found}
        every = [pair for job, found in asked if job.language == language for pair in found]
        for answer in runner.of_language(CHECKS, every):
            said[id(together[id(answer.pair)])].append(answer)
    return [(job, said[id(job)]) for job in work]


def finding(answer: Answer) -> Finding:
    """Return *answer* as a finding, which tells how to acknowledge it where that can be done."""
    return runner.finding(answer, excusable=CHECKS[answer.check].excusable)


def once(findings: Sequence[Finding]) -> list[Finding]:
    """Return *findings* without those about the marks of a translation that cannot be used because of its marks."""
    broken = {finding.location for finding in findings if finding.check == "mark"}
    return [one for one in findings if one.check != "markup_differs" or one.location not in broken]


def of_fault(fault: InvalidTranslation) -> Finding:
    """Return *fault* as a finding: such a translation has no place on paper."""
    return Finding("mark", Location.parse(fault.location), fault.fact, Severity.ERROR, fault.hint)


def _pairs(workspace: Workspace, project: Project, job: LocalizationJob) -> list[Pair]:
    if not job.catalog:
        return []
    return runner.pairs(job.units, job.catalog, _guide(workspace, project, job.language))


def described() -> list[tuple[str, str, str]]:
    """Return name, severity and description of every check."""
    return [(name, _severities(check), (check.ask.__doc__ or "").strip()) for name, check in CHECKS.items()]


def _severities(check: Check) -> str:
    if check.graded:
        return f"{Severity.WARNING} or {Severity.ERROR}, by its gates"
    if not check.in_safety or check.in_safety is check.severity:
        return str(check.severity)
    return f"{check.severity}, in a safety text {check.in_safety}"


def _guide(workspace: Workspace, project: Project, language: str) -> LanguagePair:
    return LanguagePair(project.source_language, language, agreed(workspace, language), project.do_not_translate)


def agreed(workspace: Workspace, language: str) -> tuple[Term, ...]:
    """Return the terms that the project has agreed on for *language*."""
    content = workspace.read(paths.termbase(language)) or b""
    return termbase.parse_terms(content.decode("utf-8", "replace"))


def _by_location(finding: Finding) -> tuple[str, int, str]:
    return finding.location.path, finding.location.line or 0, finding.check
