"""Outputs of a project: the editions that may be printed, rendered in each format and published."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from polyleaf import editions, languages, localize, paths, release, templates, units, workers
from polyleaf.checks import runner
from polyleaf.commands import check
from polyleaf.commands.edition_builder import EditionBuilder, EditionKey
from polyleaf.commands.failures import report_unrendered, run_on_usable
from polyleaf.commands.quality_gate import find_blocking, find_unsafe
from polyleaf.config import Project
from polyleaf.errors import RenderError, stop_for
from polyleaf.formats.pdf import layout, theme_fonts
from polyleaf.formats.registry import FORMATS
from polyleaf.localize import LocalizationJob
from polyleaf.model import Artifact, Finding, Localized, Location, Severity
from polyleaf.project.candidate import find_last_change, find_undated, load_candidate, read_all
from polyleaf.project.selection import EVERYTHING, Selection
from polyleaf.project.snapshot import Snapshot, find_stray_files, load_jobs, read, select_formats, select_languages
from polyleaf.provenance import ledger, manifest, staleness, toolchain
from polyleaf.provenance.action_cache import ActionCache
from polyleaf.quotations import pluralize, quote
from polyleaf.release import Candidate
from polyleaf.sources import READERS
from polyleaf.sources.images import describe_changes
from polyleaf.workspace import Workspace

Errors = Mapping[str, Sequence[Finding]]
"""The errors in the source of each leaflet, by its name."""

UNRELEASED = "This edition is not released, and no file of it is replaced: mend the text, the table or the type size."


@dataclass(frozen=True, slots=True)
class Printable:
    """The documents that may be printed, by language (gettext code), each with its true status; findings about all.

    *inputs* are, by leaflet and language (BCP 47), what every edition is made from, those that are refused as well.
    """

    documents: Mapping[str, list[Localized]]
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
class _Progress:
    """What `build` calls with each path made, with their number, and with lines about images."""

    done: Callable[[PurePosixPath], None]
    planned: Callable[[int], None]
    noted: Callable[[str], None]

    def begin(self, snapshot: Snapshot, outputs_of_leaflet: int) -> None:
        """Call `planned` for the leaflets in *snapshot*, and `noted` once for all that is changed in their images."""
        self.planned(len(snapshot.documents) * outputs_of_leaflet)
        for line in dict.fromkeys(line for document in snapshot.documents for line in describe_changes(document)):
            self.noted(line)


def build(
    workspace: Workspace,
    selection: Selection = EVERYTHING,
    done: Callable[[PurePosixPath], None] = lambda _path: None,
    planned: Callable[[int], None] = lambda _count: None,
    noted: Callable[[str], None] = lambda _line: None,
) -> list[Finding]:
    """Make the outputs of *selection* in the build folder, and return the findings about them.

    A finding of severity error says why an edition was not made; its earlier files stay as they are, and `SHA256SUMS`
    lists them no more. A leaflet that cannot be read or rendered does not keep the others from being made. An edition
    is not made again when nothing that it is made of has changed, and its files are as they were. *done* is called
    with the path of each output, relative to the current folder, when its edition is whole and in its place; *planned*
    with the number of outputs at the most, and *noted* with a line for each image that is made much smaller.
    Raises a PolyleafError where nothing can be made; no file is ever half written.
    """
    progress = _Progress(done, planned, noted)
    findings, errors = run_on_usable(
        workspace,
        selection,
        lambda usable: _build(workspace, usable, progress, selection.leaflets),
        lambda usable: read_all(workspace, replace(usable, languages=())),
    )
    return [*errors, *find_stray_files(workspace, selection), *findings]


def _build(workspace: Workspace, selection: Selection, progress: _Progress, named: Collection[str]) -> list[Finding]:
    """Build *selection*; those of all leaflets, or of the *named* ones, that it lacks cannot be read."""
    project = workspace.project()
    chosen, wanted = select_languages(selection, project.languages), select_formats(selection, project)
    formats = [name for name in FORMATS if name in wanted]
    has_pages = any(FORMATS[name].of_layout for name in formats)
    tasks = 2 * len(chosen) * (len(selection.leaflets) or workspace.count(tuple(READERS)) or 1) if has_pages else 1
    findings = [*_find_unlabelled(chosen), *runner.find_unknown_languages(chosen)]
    with workers.process_pool(tasks, layout.load_libraries) as submit:
        pages = submit(toolchain.find_layout_versions) if has_pages else toolchain.find_layout_versions
        snapshot = read(workspace, selection.leaflets)
        fonts = submit(theme_fonts.check_fonts, snapshot.theme)
        findings += [] if selection.release else check.find_overdue(snapshot)
        progress.begin(snapshot, len(chosen) * len(formats))
        cache = ActionCache(workspace, is_empty=selection.force)
        builder = EditionBuilder(submit, formats, _make_settings(snapshot, cache), cache)
        printable = _make_editions(builder, workspace, snapshot, selection)
        findings += printable.findings
        fonts()
        current = _list_editions(workspace, snapshot, printable, is_release=selection.release)
        unread = set(named or current.leaflets).difference(document.leaflet for document in snapshot.documents)
        current = current.refuse((name, languages.tag(code)) for name in unread for code in project.languages)
        recorded = manifest.read(workspace.built(paths.MANIFEST))
        outputs = ledger.Ledger(workspace, current, pages, builder.files())
        with contextlib.closing(cache), contextlib.closing(outputs) as record:
            for localized, links, artifacts in _finish(builder, printable, chosen):
                written = record.publish(localized, links, artifacts)
                for path in [] if builder.has_kept(localized.document) else written:
                    progress.done(path)
            has_outputs = bool(workspace.outputs)
            current = record.editions = current.refuse(_tagged(builder.failed))
    unrendered = list(report_unrendered(workspace, builder))
    if not has_outputs:
        _stop_for_failures(unrendered, findings)
    findings += unrendered
    findings += _find_old_outputs(workspace, snapshot, current, recorded)
    return list(dict.fromkeys(findings))  # what is wrong with a source is said once, not for every language


def _finish(
    builder: EditionBuilder, printable: Printable, chosen: Sequence[str]
) -> Iterator[tuple[Localized, list[str], list[Artifact]]]:
    """Yield the editions of *builder*; again those in the *chosen* languages that linked to one that failed."""
    while True:
        yield from builder.finished()
        if not builder.discard_failed():
            break
        documents = {
            code: [each for each in of_code if (code, each.document.leaflet) not in builder.failed]
            for code, of_code in printable.documents.items()
        }
        builder.remake(documents, chosen)


def _stop_for_failures(unrendered: Sequence[Finding], findings: Sequence[Finding]) -> None:
    """Raise RenderError when editions are *unrendered*, and no error is among *findings*."""
    if not any(finding.severity is Severity.ERROR for finding in findings):
        stop_for([RenderError(f"{finding.location}: {finding.fact}", hint=finding.hint) for finding in unrendered])


def _tagged(keys: Iterable[EditionKey]) -> list[staleness.Key]:
    return [(leaflet, languages.tag(code)) for code, leaflet in keys]


def _make_settings(snapshot: Snapshot, cache: ActionCache) -> editions.EditionSettings:
    """Return the settings of all editions, as if a leaflet may be printed where it was at last, or else everywhere."""
    known = snapshot.project.languages
    printed = {}
    for document in snapshot.documents:
        last = cache.languages(document.leaflet) or known
        printed[document.leaflet] = tuple(code for code in known if code in last)
    return editions.EditionSettings(snapshot.project, snapshot.references, printed, snapshot.theme)


def _make_editions(
    builder: EditionBuilder, workspace: Workspace, snapshot: Snapshot, selection: Selection
) -> Printable:
    """Make what may be printed of *selection* with *builder*; return what that is, with the findings about it."""
    chosen = select_languages(selection, snapshot.project.languages)
    has_epub = "epub" in select_formats(selection, snapshot.project)
    errors = find_source_errors(snapshot)
    findings: list[Finding] = []
    printable: dict[str, list[Localized]] = {}
    inputs: dict[staleness.Key, Mapping[str, Any]] = {}
    for language in _order_languages(snapshot.project, chosen):
        in_language = find_printable(workspace, snapshot, language, errors, is_release=selection.release)
        printable[language] = in_language.documents[language]
        inputs |= in_language.inputs
        if language in chosen:
            findings += [*in_language.findings, *(find_undated(printable[language]) if has_epub else ())]
            builder.make(printable[language])
    builder.remake(printable, chosen)
    if selection.release:
        findings += _refuse_faulty(workspace, builder, printable, chosen)
    return Printable(printable, findings, inputs)


def _refuse_faulty(
    workspace: Workspace, builder: EditionBuilder, printable: dict[str, list[Localized]], chosen: Sequence[str]
) -> list[Finding]:
    """Take the editions out of *builder* and *printable* in whose finished files is an error; return these errors.

    The editions that linked to one of them are made again, and inspected again.
    """
    refusals: list[Finding] = []
    while faulty := builder.find_faulty():
        for (language, leaflet), errors in faulty.items():
            printable[language] = [each for each in printable[language] if each.document.leaflet != leaflet]
            for error in errors:
                location = Location(workspace.display(PurePosixPath(error.location.path)))
                refusals.append(replace(error, location=location, hint=UNRELEASED))
        builder.discard(faulty)
        builder.remake(printable, chosen)
    return refusals


def _list_editions(
    workspace: Workspace, snapshot: Snapshot, printable: Printable, *, is_release: bool
) -> staleness.CurrentEditions:
    """Return what the project makes now, by which old outputs in the build folder are known."""
    current = staleness.list_editions(workspace, snapshot, printable.inputs)
    return replace(current, refused=printable.refused, is_release=is_release)


def _find_old_outputs(
    workspace: Workspace, snapshot: Snapshot, current: staleness.CurrentEditions, recorded: Mapping[str, manifest.Entry]
) -> Iterator[Finding]:
    """Yield what lies in the build folder and is not of this build; *recorded* is the manifest before it."""
    published = set(map(str, workspace.outputs))
    earlier = {path: entry for path, entry in recorded.items() if path not in published}
    for _, finding in staleness.find_old_outputs(workspace, current, earlier):
        yield finding
    yield from staleness.find_unrecorded(workspace, snapshot, current, published.union(earlier))


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


def _find_unlabelled(codes: Sequence[str]) -> list[Finding]:
    fact = "the theme has no labels in this language; they are in English"
    return [
        Finding("labels", Location(code), fact, Severity.WARNING) for code in codes if not templates.has_labels(code)
    ]
