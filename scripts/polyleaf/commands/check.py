"""Checks of a project: its sources, its translations and its outputs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from polyleaf import languages, paths
from polyleaf.checks import runner
from polyleaf.checks.registry import CHECKS
from polyleaf.checks.source.structure import review_overdue
from polyleaf.checks.subjects import (
    KeptText,
    LanguagePair,
    LeafletCollection,
    LocalizedText,
    Pair,
    PairCollection,
    SourceText,
)
from polyleaf.commands import readability
from polyleaf.commands.check_outputs import check_outputs
from polyleaf.commands.failures import run_on_usable
from polyleaf.config import Project
from polyleaf.errors import CatalogError, collect
from polyleaf.facts import termbase
from polyleaf.facts.termbase import Term
from polyleaf.limited_processes import TimeExceededError, seconds_for, time_limit
from polyleaf.localize import InvalidTranslation, LocalizationJob
from polyleaf.model import Document, Finding, Location, Severity, Unit
from polyleaf.project.candidate import read_all, read_signoffs
from polyleaf.project.selection import EVERYTHING, Selection
from polyleaf.project.snapshot import Snapshot, find_stray_files, load_jobs, read, select_languages
from polyleaf.provenance import manifest, staleness
from polyleaf.sources.positions import locate_texts
from polyleaf.units.kept_texts import find_kept_texts
from polyleaf.workspace import Workspace


def check(workspace: Workspace, selection: Selection = EVERYTHING) -> list[Finding]:
    """Return what the checks find in the sources, the translations and the outputs, sorted by location.

    The sources are always checked, and alone when their language is the only one selected. Of the outputs those are
    checked that are in the build folder, in the selected languages. What keeps a leaflet from being read is found as
    well; raises a PolyleafError when none can be read.
    """
    run = partial(_check, workspace, is_part=bool(selection.leaflets))
    findings, errors = run_on_usable(workspace, selection, run, partial(read_all, workspace))
    return sorted([*findings, *errors, *find_stray_files(workspace, selection)], key=_by_location)


def _check(workspace: Workspace, selection: Selection, *, is_part: bool) -> list[Finding]:
    snapshot = read(workspace, selection.leaflets)
    known = snapshot.project.languages if selection.languages else snapshot.project.targets
    jobs = load_jobs(workspace, snapshot, select_languages(selection, known))
    collect(lambda document: read_signoffs(workspace, document.leaflet), snapshot.documents)
    findings = [finding for document in snapshot.documents for finding in check_manuscript(snapshot, document)]
    if not selection.leaflets and snapshot.references:
        text = (workspace.references() or b"").decode("utf-8-sig")
        leaflets = LeafletCollection(snapshot.documents, snapshot.references, text)
        findings += runner.check_collection(CHECKS, leaflets, str(paths.BIBLIOGRAPHY))
    translated, faults = readability.translations(snapshot, jobs)
    by_edition = check_texts([*readability.sources(snapshot), *translated], faults)
    findings += [finding for in_edition in by_edition.values() for finding in in_edition]
    findings += [finding for _, of_job in check_translations(workspace, snapshot.project, jobs) for finding in of_job]
    original = [] if selection.languages else load_jobs(workspace, snapshot, [snapshot.project.source_language])
    return [
        *without_broken_marks([finding for finding in findings if not finding.acknowledged]),
        *_find_old_outputs(workspace, snapshot, [*original, *jobs], is_part=is_part),
        *check_outputs(workspace, snapshot, select_languages(selection, snapshot.project.languages)),
        *runner.find_unknown_languages(
            dict.fromkeys([snapshot.project.source_language, *(job.language for job in jobs)])
        ),
    ]


def _find_old_outputs(
    workspace: Workspace, snapshot: Snapshot, jobs: Sequence[LocalizationJob], *, is_part: bool
) -> Iterator[Finding]:
    """Yield the old outputs of *jobs*, and, unless they are only a part, those that belong to nothing any more."""
    recorded = manifest.read(workspace.built(paths.MANIFEST))
    editions = {(entry["leaflet"], entry["language"]) for entry in recorded.values()}
    looked_at = [job for job in jobs if (job.document.leaflet, languages.tag(job.language)) in editions]
    inputs = staleness.describe_inputs(workspace, snapshot, looked_at)
    current = staleness.list_editions(workspace, snapshot.project, inputs)
    for _, finding in staleness.find_old_outputs(workspace, current, recorded):
        is_orphan = finding.check == staleness.ORPHANED
        if finding.check != staleness.ALTERED and not (is_orphan and is_part):  # `check_outputs` reports the altered
            yield finding


def check_manuscript(snapshot: Snapshot, document: Document) -> list[Finding]:
    """Return what the checks find in the source of one leaflet."""
    return list(runner.check_source(CHECKS, _source(snapshot, document)))


def find_overdue(snapshot: Snapshot) -> list[Finding]:
    """Return a finding for each leaflet that is past its review date."""
    checks, sources = (
        {review_overdue.name: review_overdue},
        [_source(snapshot, leaflet) for leaflet in snapshot.documents],
    )
    return [finding for source in sources for finding in runner.check_source(checks, source)]


def _source(snapshot: Snapshot, document: Document) -> SourceText:
    return SourceText(document, locate_texts(document), snapshot.references, snapshot.project, snapshot.today)


def check_texts(
    texts: Sequence[LocalizedText], faults: Sequence[InvalidTranslation]
) -> dict[tuple[str, str], list[Finding]]:
    """Return by leaflet and language what the checks find in *texts*, acknowledged or not, with *faults* among it.

    A fault is a translation that cannot be used, such as one that lost a mark.
    """
    findings: dict[tuple[str, str], list[Finding]] = {}
    for text in texts:
        edition = text.document.leaflet, text.language
        findings.setdefault(edition, []).extend(runner.check_text(CHECKS, text))
    for fault in faults:
        edition = fault.job.document.leaflet, fault.job.language
        findings.setdefault(edition, []).append(report_fault(fault))
    return findings


def check_translations(
    workspace: Workspace, project: Project, jobs: Sequence[LocalizationJob]
) -> list[tuple[LocalizationJob, list[Finding]]]:
    """Return for each of *jobs* what the checks find in its translations, acknowledged or not."""
    pairs = [(job, _make_pairs(workspace, project, job)) for job in jobs]
    findings = _check_by_leaflet(project, pairs)
    by_catalog = {job.catalog.path: of_job for job, of_job in zip(jobs, findings, strict=True) if job.catalog}
    for language in dict.fromkeys(job.language for job in jobs):
        of_language = [pair for job, of_job in pairs if job.language == language for pair in of_job]
        for finding in runner.check_all_pairs(CHECKS, PairCollection(of_language)):
            by_catalog[finding.location.path].append(finding)
    return list(zip(jobs, findings, strict=True))


def check_each_translation(
    workspace: Workspace, project: Project, jobs: Sequence[LocalizationJob]
) -> list[tuple[LocalizationJob, list[Finding]]]:
    """Return for each of *jobs* what the checks find in one translation at a time: all that can stop a build.

    The checks that hold all translations of a language against each other take longer, and only warn.
    """
    pairs = [(job, _make_pairs(workspace, project, job)) for job in jobs]
    return list(zip(jobs, _check_by_leaflet(project, pairs), strict=True))


def _check_by_leaflet(project: Project, pairs: Sequence[tuple[LocalizationJob, Sequence[Pair]]]) -> list[list[Finding]]:
    """Return for each job, with its *pairs*, what the checks find in one pair at a time.

    They are asked leaflet by leaflet, as what is known of its source is kept for all languages, and not for long.
    """
    order = sorted(range(len(pairs)), key=lambda number: pairs[number][0].document.leaflet)
    findings = {number: _check_pairs(project, *pairs[number]) for number in order}
    return [findings[number] for number in range(len(pairs))]


def _check_pairs(project: Project, job: LocalizationJob, pairs: Sequence[Pair]) -> list[Finding]:
    kept = _kept_texts(project, job)
    texts = (text for pair in pairs if pair.entry for text in (pair.unit.message, pair.entry.text))
    seconds = seconds_for(sum(map(len, texts)))
    try:
        with time_limit(seconds):
            return [*runner.check_pairs(CHECKS, pairs), *runner.check_kept_texts(CHECKS, kept)]
    except TimeExceededError as error:
        path = job.catalog.path if job.catalog else job.document.path
        hint = "Look for paragraphs that are very long, or make several leaflets of it."
        raise CatalogError(f"{path}: its checks take more than {seconds} seconds", hint=hint) from error


def without_broken_marks(findings: Sequence[Finding]) -> list[Finding]:
    """Return *findings* without those about the marks of a translation that cannot be used because of its marks."""
    broken = {finding.location for finding in findings if finding.check == "mark"}
    return [finding for finding in findings if finding.check != "markup_differs" or finding.location not in broken]


def report_fault(fault: InvalidTranslation) -> Finding:
    """Return the finding that *fault* is, an error."""
    return Finding("mark", Location.parse(fault.location), fault.fact, Severity.ERROR, fault.hint)


def _make_pairs(workspace: Workspace, project: Project, job: LocalizationJob) -> list[Pair]:
    terms = load_terms(workspace, job.language)
    pair = LanguagePair(project.source_language, job.language, terms, project.do_not_translate)
    return runner.make_pairs(job.units, job.catalog, pair) if job.catalog else []


def _kept_texts(project: Project, job: LocalizationJob) -> list[KeptText]:
    languages = LanguagePair(project.source_language, job.language)
    return [KeptText(unit, languages, job.catalog) for unit in list_kept_units(job) if job.catalog]


def list_kept_units(job: LocalizationJob) -> list[Unit]:
    """Return what stays in another language in the edition of *job*, but for names."""
    is_other = job.catalog is not None and not job.catalog.dialect
    return find_kept_texts(job.document) if is_other else []


def describe_checks() -> list[tuple[str, str, str]]:
    """Return name, severity and description of every check."""
    return [(check.name, check.severities, check.description) for check in CHECKS.values()]


def load_terms(workspace: Workspace, language: str) -> tuple[Term, ...]:
    """Return the terms that the project has agreed on for *language*."""
    content = workspace.read(paths.termbase(language)) or b""
    return termbase.parse_terms(content.decode("utf-8", "replace"))


def _by_location(finding: Finding) -> tuple[str, int, str]:
    return finding.location.path, finding.location.line or 0, finding.check
