"""Outputs of a project: the editions that may be printed, rendered in each format and published."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from polyleaf import editions, localize, paths, release, templates, units, workers
from polyleaf.checks import runner
from polyleaf.commands import check
from polyleaf.commands.quality_gate import find_blocking, find_unsafe
from polyleaf.config import Project
from polyleaf.errors import RenderError
from polyleaf.fonts import used
from polyleaf.formats import pdf
from polyleaf.formats.pdf import layout, theme_fonts
from polyleaf.formats.registry import FORMATS
from polyleaf.localize import LocalizationJob
from polyleaf.model import Artifact, Edition, Finding, Localized, Location, Severity
from polyleaf.project.candidate import find_last_change, find_undated, load_candidate
from polyleaf.project.snapshot import (
    EVERYTHING,
    Selection,
    Snapshot,
    find_stray_files,
    load_jobs,
    read,
    select_formats,
    select_languages,
)
from polyleaf.provenance import ledger, toolchain
from polyleaf.release import Candidate
from polyleaf.sources import READERS
from polyleaf.workers import Submit
from polyleaf.workspace import Workspace

Errors = Mapping[str, Sequence[Finding]]
"""The errors in the source of each leaflet, by its name."""


def build(
    workspace: Workspace,
    selection: Selection = EVERYTHING,
    done: Callable[[PurePosixPath], None] = lambda _path: None,
    planned: Callable[[int], None] = lambda _count: None,
) -> list[Finding]:
    """Make the outputs of *selection* in the build folder, and return the findings about them.

    A finding of severity error says why an edition was not made; its earlier files stay as they are. *done* is called
    with the path of each output, relative to the current folder, when its edition is whole and in its place; *planned*
    once, with the number of outputs at the most. Raises a PolyleafError where nothing can be made; no file is ever
    half written.
    """
    project = workspace.project()
    chosen = select_languages(selection, project.languages)
    wanted = select_formats(selection, project)
    formats = [name for name in FORMATS if name in wanted]
    has_pages = any(FORMATS[name].of_layout for name in formats)
    leaflets = len(selection.leaflets) or workspace.count(tuple(READERS)) or 1
    tasks = 2 * len(chosen) * leaflets if has_pages else 1
    findings = [*_find_unlabelled(chosen), *runner.find_unknown_languages(chosen)]
    with workers.process_pool(tasks, layout.load_libraries) as submit:
        pages = submit(toolchain.find_layout_versions) if has_pages else dict
        snapshot = read(workspace, selection.leaflets)
        fonts = submit(theme_fonts.check_fonts, snapshot.theme)
        overdue = [] if selection.release else check.find_overdue(snapshot)
        findings += [*find_stray_files(workspace, selection), *overdue]
        planned(len(snapshot.manuscripts) * len(chosen) * len(formats))
        printed = dict.fromkeys((document.leaflet for document in snapshot.documents), project.languages)
        settings = editions.EditionSettings(project, snapshot.references, printed, snapshot.theme)
        builder = EditionBuilder(submit, formats, settings)
        findings += _make_editions(builder, workspace, snapshot, selection)
        fonts()
        with contextlib.closing(ledger.Ledger(workspace, project, pages(), builder.files())) as record:
            for localized, links, artifacts in builder.finished():
                for path in record.publish(localized, links, artifacts):
                    done(path)
    return list(dict.fromkeys(findings))  # what is wrong with a source is said once, not for every language


def _make_editions(
    builder: EditionBuilder, workspace: Workspace, snapshot: Snapshot, selection: Selection
) -> list[Finding]:
    """Make what may be printed of *selection* with *builder*; return the findings about all of it."""
    chosen = select_languages(selection, snapshot.project.languages)
    has_epub = "epub" in select_formats(selection, snapshot.project)
    errors = find_source_errors(snapshot)
    findings: list[Finding] = []
    printable: dict[str, list[Localized]] = {}
    for language in _order_languages(snapshot.project, chosen):
        is_release = selection.release
        printable[language], refused = find_printable(workspace, snapshot, language, errors, is_release=is_release)
        if language in chosen:
            findings += [*refused, *(find_undated(printable[language]) if has_epub else ())]
            builder.make(printable[language])
    builder.remake(printable, chosen)
    return findings


class EditionBuilder:
    """Editions that are being rendered while it is not known yet in which languages each leaflet may be printed.

    Every edition is begun as if all languages may be, which is nearly always so; where one may not, the editions of
    that leaflet are made again, so that no page links to an edition that is not there.
    """

    def __init__(self, submit: Submit, formats: Sequence[str], settings: editions.EditionSettings) -> None:
        """Render in *formats*, with *submit* of a process pool, with the *settings* of all editions."""
        self._submit = submit
        self._formats = formats
        self._settings = settings
        self._claims: dict[tuple[str, str], tuple[Localized, list[Callable[[], list[Artifact]]]]] = {}

    def make(self, documents: Sequence[Localized]) -> None:
        """Begin the edition of each of *documents*."""
        for localized, edition in zip(documents, editions.make_editions(documents, self._settings), strict=True):
            key = localized.document.language, localized.document.leaflet
            self._claims[key] = localized, self._submit_formats(edition)

    def _submit_formats(self, edition: Edition) -> list[Callable[[], list[Artifact]]]:
        """Begin *edition*; formats of its layout are one task, in a project that has PDFs at all.

        So the e-book is the same whether the PDF is made in the same run or not.
        """
        has_pdf = "pdf" in self._settings.project.formats
        of_layout = [name for name in self._formats if has_pdf and FORMATS[name].of_layout]
        claims = [self._submit(_render_layout, of_layout, edition)] if of_layout else []
        return claims + [self._submit(_render, name, edition) for name in self._formats if name not in of_layout]

    def files(self) -> set[str]:
        """Return the paths of all outputs that are being made, relative to the build folder."""
        return {
            str(paths.output(leaflet, language, FORMATS[name].suffix))
            for language, leaflet in self._claims
            for name in self._formats
        }

    def finished(self) -> Iterator[tuple[Localized, list[str], list[Artifact]]]:
        """Yield each edition as its document, the other languages that it links to, and its outputs; waits for them."""
        for (language, leaflet), (localized, claims) in self._claims.items():
            links = [code for code in self._settings.printed[leaflet] if code != language]
            yield localized, links, [artifact for claim in claims for artifact in claim()]

    def remake(self, printable: Mapping[str, Sequence[Localized]], chosen: Sequence[str]) -> None:
        """Make the editions in the *chosen* languages again whose leaflet is not *printable* in every language."""
        leaflets = {
            code: {localized.document.leaflet for localized in documents} for code, documents in printable.items()
        }
        printed = {
            leaflet: tuple(code for code in codes if leaflet in leaflets[code])
            for leaflet, codes in self._settings.printed.items()
        }
        wrong = {leaflet for leaflet, codes in printed.items() if codes != self._settings.printed[leaflet]}
        self._settings = replace(self._settings, printed=printed)
        for code in chosen:
            affected = [localized for localized in printable[code] if localized.document.leaflet in wrong]
            if affected:
                self.make(affected)


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
) -> tuple[list[Localized], list[Finding]]:
    """Return the documents that may be printed in *language*, each with its true status, and findings about all.

    *errors* are those of `find_source_errors`. A leaflet that may not be printed has findings of severity error.
    """
    printable: list[Localized] = []
    findings: list[Finding] = []
    work = _load_refused(workspace, snapshot, language, errors, is_release=is_release)
    documents, faults = localize.localize_documents([job for job, _ in work])
    for (job, errors_of_job), localized in zip(work, documents, strict=True):
        candidate = load_candidate(workspace, snapshot, job)
        unusable = [check.report_fault(fault) for fault in faults if fault.job is job]
        unreleased = release.refusals(candidate) if is_release else []
        refused = check.without_broken_marks([*unusable, *errors_of_job, *unreleased])
        findings += [*refused, *_find_earlier(workspace, job)] if refused else _find_unsigned(candidate)
        if not refused:
            modified = workspace.epoch() or find_last_change(job, candidate)
            origin = ledger.digest_inputs(workspace, snapshot, job, candidate)
            printable.append(replace(_with_status(localized, candidate.status), modified=modified, origin=origin))
            findings += _find_untranslated(job)
    return printable, findings


def _load_refused(
    workspace: Workspace, snapshot: Snapshot, language: str, errors: Errors, *, is_release: bool
) -> list[tuple[LocalizationJob, list[Finding]]]:
    """Return every leaflet in *language* with the findings that refuse to print it, or to release it."""
    work = load_jobs(workspace, snapshot, [language])
    if is_release:
        return find_blocking(workspace, snapshot, work)
    policy = snapshot.project.untranslated.get(language, "mark")
    answered = check.check_translations(workspace, snapshot.project, work)
    return [(job, [*errors[job.document.leaflet], *find_unsafe(job, answers, policy)]) for job, answers in answered]


def _with_status(localized: Localized, status: str) -> Localized:
    front = replace(localized.document.front, plain={**localized.document.front.plain, "status": status})
    return replace(localized, document=replace(localized.document, front=front))


def _find_earlier(workspace: Workspace, job: LocalizationJob) -> Iterator[Finding]:
    """Yield a warning for each output of an earlier build of *job*, which is not printed now."""
    outputs = [paths.output(job.document.leaflet, job.language, output.suffix) for output in FORMATS.values()]
    for path in workspace.published(outputs):
        fact = "this file was made before and is still there; it may say something else than the source says now"
        yield Finding("earlier", Location(str(path)), fact, Severity.WARNING, "Do not hand it out; remove it.")


def _find_unsigned(candidate: Candidate) -> Iterator[Finding]:
    status = candidate.front_status
    if status != candidate.status:
        fact = f"printed as a draft, though its status is {status!r}: it is not signed as it is now"
        fact, hint = f"{candidate.language}: {fact}", "`polyleaf status` lists sign-offs."
        yield Finding("unsigned", candidate.location("status"), fact, Severity.WARNING, hint)


def _render(name: str, edition: Edition) -> list[Artifact]:
    with _naming_edition(name, edition):
        return [_with_fonts(FORMATS[name].render, edition)]


def _render_layout(names: Sequence[str], edition: Edition) -> list[Artifact]:
    with _naming_edition(" and ".join(names), edition):
        page_layout = pdf.lay_out(edition)
    artifacts = []
    for name in names:
        with _naming_edition(name, edition):
            artifacts.append(_with_fonts(FORMATS[name].render, edition, page_layout))
    return artifacts


def _with_fonts(render: Callable[..., Artifact], *arguments: object) -> Artifact:
    """Return the artifact that *render* makes, with the fonts that it was set with."""
    with used.record() as fonts:
        artifact = render(*arguments)
    return replace(artifact, fonts=tuple(fonts))


@contextlib.contextmanager
def _naming_edition(formats: str, edition: Edition) -> Iterator[None]:
    """Name the edition and the *formats* in the message of a RenderError."""
    try:
        yield
    except RenderError as error:
        fact = f"{edition.leaflet} in {edition.language} as {formats}: {error.message}"
        raise RenderError(fact, hint=error.hint) from error


def _find_untranslated(job: LocalizationJob) -> Iterator[Finding]:
    """Yield a warning with the number of messages that are printed in the source language."""
    messages = units.deduplicate(job.units)
    count = Counter(job.catalog.state(unit) for unit in messages) if job.catalog else Counter[str]()
    if count["missing"] or count["fuzzy"]:
        fuzzy = f", {count['fuzzy']} are fuzzy" if count["fuzzy"] else ""
        fact = f"{count['missing']} texts are not translated{fuzzy}; they stand in the leaflet"
        location = Location(str(paths.catalog(job.document.leaflet, job.language)))
        fact += f" in {job.document.language}, marked as such"
        yield Finding("missing", location, fact, Severity.WARNING, "`polyleaf check` lists them.")


def _find_unlabelled(languages: Sequence[str]) -> list[Finding]:
    fact = "the theme has no labels in this language; they are in English"
    return [
        Finding("labels", Location(language), fact, Severity.WARNING)
        for language in languages
        if not templates.has_labels(language)
    ]
