"""Batch of leaflets: their editions that may be printed, rendered in each format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from polyleaf import editions, languages, localize, paths, release, units
from polyleaf.commands import check
from polyleaf.commands.edition_builder import EditionBuilder
from polyleaf.commands.failures import report_unrendered
from polyleaf.commands.quality_gate import find_blocking, find_unsafe
from polyleaf.config import Project
from polyleaf.formats.registry import FORMATS
from polyleaf.localize import LocalizationJob
from polyleaf.model import Artifact, Document, Finding, Localized, Location, Severity
from polyleaf.project.candidate import find_last_change, find_undated, load_candidate
from polyleaf.project.selection import Selection
from polyleaf.project.snapshot import Snapshot, load_jobs, read, select_formats, select_languages
from polyleaf.provenance import ledger, staleness
from polyleaf.provenance.action_cache import ActionCache
from polyleaf.quotations import pluralize, quote
from polyleaf.release import Candidate
from polyleaf.sources.images import describe_changes
from polyleaf.workers import Submit
from polyleaf.workspace import Workspace

Errors = Mapping[str, Sequence[Finding]]
"""The errors in the source of each leaflet, by its name."""

Publish = Callable[[Localized, Sequence[str], Sequence[Artifact]], None]
"""What is called with an edition, the languages that it links to, and its outputs."""

UNRELEASED = "This edition is not released, and no file of it is replaced: mend the text, the table or the type size."


@dataclass(frozen=True, slots=True)
class Printable:
    """The documents that may be printed, by language (gettext code), each with its true status; findings about all.

    *inputs* are, by leaflet and language (BCP 47), what every edition is made from, those that are refused as well.
    """

    documents: dict[str, list[Localized]]
    findings: Sequence[Finding]
    inputs: Mapping[staleness.Key, Mapping[str, Any]]

    @property
    def refused(self) -> frozenset[staleness.Key]:
        """The editions that may not be printed."""
        printed = {
            (localized.document.leaflet, languages.tag(code))
            for code, documents in self.documents.items()
            for localized in documents
        }
        return frozenset(self.inputs) - printed


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a batch: findings, those about editions that could not be rendered apart from them.

    *inputs* are those of `Printable`, *refused* the editions that may not be printed, or could not be.
    """

    findings: Sequence[Finding]
    unrendered: Sequence[Finding]
    inputs: Mapping[staleness.Key, Mapping[str, Any]]
    refused: frozenset[staleness.Key]


class Batch:
    """The editions of some leaflets: begun when it is made, in their place when it is finished."""

    def __init__(self, workspace: Workspace, selection: Selection, submit: Submit, cache: ActionCache) -> None:
        """Read the leaflets of *selection*, and begin with *submit* what may be printed and is not in *cache*.

        Raises SourceError or CatalogError for what cannot be read, ConfigError for settings that are not valid.
        """
        self._workspace = workspace
        self._selection = selection
        self._snapshot = snapshot = read(workspace, selection.leaflets)
        self._chosen = select_languages(selection, snapshot.project.languages)
        wanted = select_formats(selection, snapshot.project)
        formats = [name for name in FORMATS if name in wanted]
        self._findings = [] if selection.release else check.find_overdue(snapshot)
        self._builder = EditionBuilder(submit, formats, _make_settings(snapshot, cache), cache)
        self._printable = self._make_editions(has_epub="epub" in formats)

    def describe_images(self) -> list[str]:
        """Return a line for each image that is made much smaller, or changed otherwise."""
        return [line for document in self._snapshot.documents for line in describe_changes(document)]

    def has_kept(self, document: Document) -> bool:
        """Tell whether the outputs of the edition with *document* are those of an earlier build."""
        return self._builder.has_kept(document)

    def finish(self, publish: Publish) -> Outcome:
        """Call *publish* with every edition, its links and its outputs, as soon as they are there; return the rest."""
        findings = [*self._findings, *self._printable.findings]
        if self._selection.release:
            findings += self._refuse_faulty()
        for edition in self._render():
            publish(*edition)
        failed = [(leaflet, languages.tag(code)) for code, leaflet in self._builder.failed]
        unrendered = list(report_unrendered(self._workspace, self._builder))
        return Outcome(findings, unrendered, self._printable.inputs, self._printable.refused.union(failed))

    def _render(self) -> Iterator[tuple[Localized, list[str], list[Artifact]]]:
        """Yield the editions; again those in the chosen languages that linked to one that failed."""
        builder = self._builder
        while True:
            yield from builder.finished()
            if not builder.discard_failed():
                break
            documents = {
                code: [each for each in of_code if (code, each.document.leaflet) not in builder.failed]
                for code, of_code in self._printable.documents.items()
            }
            builder.remake(documents, self._chosen)

    def _make_editions(self, *, has_epub: bool) -> Printable:
        """Begin what may be printed; return what that is, with the findings about it."""
        snapshot, is_release = self._snapshot, self._selection.release
        errors = find_source_errors(snapshot)
        findings: list[Finding] = []
        printable: dict[str, list[Localized]] = {}
        inputs: dict[staleness.Key, Mapping[str, Any]] = {}
        for language in _order_languages(snapshot.project, self._chosen):
            in_language = find_printable(self._workspace, snapshot, language, errors, is_release=is_release)
            printable[language] = in_language.documents[language]
            inputs |= in_language.inputs
            if language in self._chosen:
                findings += [*in_language.findings, *(find_undated(printable[language]) if has_epub else ())]
                self._builder.make(printable[language])
        self._builder.remake(printable, self._chosen)
        return Printable(printable, findings, inputs)

    def _refuse_faulty(self) -> list[Finding]:
        """Take the editions out in whose finished files is an error; return these errors.

        The editions that linked to one of them are made again, and inspected again.
        """
        refusals: list[Finding] = []
        printable = self._printable.documents
        while faulty := self._builder.find_faulty():
            for (language, leaflet), errors in faulty.items():
                printable[language] = [each for each in printable[language] if each.document.leaflet != leaflet]
                for error in errors:
                    location = Location(self._workspace.display(PurePosixPath(error.location.path)))
                    refusals.append(replace(error, location=location, hint=UNRELEASED))
            self._builder.discard(faulty)
            self._builder.remake(printable, self._chosen)
        return refusals


def _make_settings(snapshot: Snapshot, cache: ActionCache) -> editions.EditionSettings:
    """Return the settings of all editions, as if a leaflet may be printed where it was at last, or else everywhere."""
    known = snapshot.project.languages
    printed = {}
    for document in snapshot.documents:
        last = cache.languages(document.leaflet) or known
        printed[document.leaflet] = tuple(code for code in known if code in last)
    return editions.EditionSettings(snapshot.project, snapshot.references, printed, snapshot.theme)


def _order_languages(project: Project, chosen: Sequence[str]) -> list[str]:
    """Return the languages of *project*: those *chosen* first, and of them that of the sources."""
    return sorted(project.languages, key=lambda code: (code not in chosen, code != project.source_language))


def find_source_errors(snapshot: Snapshot) -> dict[str, list[Finding]]:
    """Return by leaflet the findings in its source for which no edition of it is printed."""
    return {
        document.leaflet: [
            finding for finding in check.check_manuscript(snapshot, document) if finding.severity is Severity.ERROR
        ]
        for document in snapshot.documents
    }


def find_printable(
    workspace: Workspace, snapshot: Snapshot, language: str, errors: Errors, *, is_release: bool
) -> Printable:
    """Return what may be printed in *language*.

    *errors* are those of `find_source_errors`. A leaflet that may not be printed has findings of severity error.
    """
    printable: list[Localized] = []
    findings: list[Finding] = []
    inputs: dict[staleness.Key, Mapping[str, Any]] = {}
    work = _load_refused(workspace, snapshot, language, errors, is_release=is_release)
    documents, faults = localize.localize_documents([job for job, _ in work])
    for (job, errors_of_job), localized in zip(work, documents, strict=True):
        candidate = load_candidate(workspace, snapshot, job)
        unusable = [check.report_fault(fault) for fault in faults if fault.job is job]
        unreleased = release.refusals(candidate) if is_release else []
        refused = check.without_broken_marks([*unusable, *errors_of_job, *unreleased])
        findings += refused or _find_unsigned(candidate)
        origin = ledger.digest_inputs(workspace, snapshot, job, candidate)
        key = job.document.leaflet, languages.tag(language)
        inputs[key] = {"made_from": origin, "status": candidate.status}
        if not refused:
            modified = workspace.epoch() or find_last_change(job, candidate)
            printable.append(replace(_with_status(localized, candidate.status), modified=modified, origin=origin))
            findings += _find_untranslated(job)
    return Printable({language: printable}, findings, inputs)


def _load_refused(
    workspace: Workspace, snapshot: Snapshot, language: str, errors: Errors, *, is_release: bool
) -> list[tuple[LocalizationJob, list[Finding]]]:
    """Return every leaflet in *language* with the findings that refuse to print it, or to release it."""
    work = load_jobs(workspace, snapshot, [language])
    if is_release:
        return find_blocking(workspace, snapshot, work)
    policy = snapshot.project.untranslated.get(language, "mark")
    answered = check.check_each_translation(workspace, snapshot.project, work)
    return [(job, [*errors[job.document.leaflet], *find_unsafe(job, answers, policy)]) for job, answers in answered]


def _with_status(localized: Localized, status: str) -> Localized:
    front = replace(localized.document.front, plain={**localized.document.front.plain, "status": status})
    return replace(localized, document=replace(localized.document, front=front))


def _find_unsigned(candidate: Candidate) -> Iterator[Finding]:
    status = candidate.front_status
    if status != candidate.status:
        fact = f"printed as a draft, though its status is {quote(status)}: it is not signed as it is now"
        fact, hint = f"{candidate.language}: {fact}", "`polyleaf status` lists sign-offs."
        yield Finding("unsigned", candidate.location("status"), fact, Severity.WARNING, hint)


def _find_untranslated(job: LocalizationJob) -> Iterator[Finding]:
    """Yield a warning with the number of messages that are printed in the source language."""
    messages = units.deduplicate(job.units)
    count = Counter(job.catalog.state(unit) for unit in messages) if job.catalog else Counter[str]()
    if count["missing"] or count["fuzzy"]:
        states = [(count["missing"], "not translated"), (count["fuzzy"], "fuzzy")]
        counts = " and ".join(f"{pluralize(number, 'text')} {state}" for number, state in states if number)
        location = Location(str(paths.catalog(job.document.leaflet, job.language)))
        fact = f"{counts}: printed in {job.document.language}, and marked as such"
        yield Finding("missing", location, fact, Severity.WARNING, "`polyleaf check` lists them.")
