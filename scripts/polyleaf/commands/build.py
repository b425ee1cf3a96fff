"""The finished files: from a reading to what is published in the build folder."""

from __future__ import annotations

import contextlib
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from polyleaf import editions, localize, paths, release, templates, units, workers
from polyleaf.checks import runner
from polyleaf.commands import check, releasing
from polyleaf.errors import RenderError
from polyleaf.fonts import used
from polyleaf.formats import pdf
from polyleaf.formats.pdf import layout, theme_fonts
from polyleaf.formats.registry import FORMATS
from polyleaf.model import Finding, Location, Severity
from polyleaf.project.candidate import find_last_change, find_undated, load_candidate
from polyleaf.project.snapshot import Selection, find_stray_files, load_jobs, read, select_languages
from polyleaf.provenance import ledger, toolchain
from polyleaf.sources import READERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import PurePosixPath

    from polyleaf.config import Project
    from polyleaf.localize import LocalizationJob
    from polyleaf.model import Artifact, Edition, Localized
    from polyleaf.project.snapshot import Snapshot
    from polyleaf.release import Candidate
    from polyleaf.workers import Submit
    from polyleaf.workspace import Workspace

    Errors = Mapping[str, Sequence[Finding]]
    """What is wrong with the source of each leaflet."""


def build(
    workspace: Workspace,
    selection: Selection,
    done: Callable[[PurePosixPath], None],
    planned: Callable[[int], None] = lambda _count: None,
) -> list[Finding]:
    """Make the files that are wished for; call *done* with each when its edition is whole and in its place.

    *planned* is told how many there will be at the most as soon as that is known. Returns what somebody should
    know of them. An edition that fails, or that may not be printed, leaves its earlier files as they are.
    """
    project = workspace.project()
    chosen = select_languages(selection, project.languages)
    formats = [name for name in FORMATS if name in (selection.formats or project.formats)]
    tasks = 2 * len(chosen) * _leaflets(workspace, selection) if any(FORMATS[name].of_layout for name in formats) else 1
    findings = [*_unlabelled(chosen), *runner.unworded(chosen)]
    with workers.process_pool(tasks, layout.load_libraries) as submit:
        pages = submit(toolchain.pages) if any(FORMATS[name].of_layout for name in formats) else dict
        snapshot = read(workspace, selection.leaflets)
        fonts = submit(theme_fonts.check_fonts, snapshot.theme)
        findings += find_stray_files(workspace, selection)
        findings += [] if selection.release else check.overdue(snapshot)
        planned(len(snapshot.manuscripts) * len(chosen) * len(formats))
        errors = {one.leaflet: _errors(check.of_author(snapshot, one)) for one in snapshot.documents}
        settings = editions.EditionSettings(project, snapshot.references, _hoped(snapshot), snapshot.theme)
        builder = EditionBuilder(submit, formats, settings)
        sheets: dict[str, list[Localized]] = {}
        for language in _ordered(project, chosen):
            sheets[language], held = _printable(workspace, snapshot, language, errors, is_release=selection.release)
            if language in chosen:
                findings += [*held, *(find_undated(sheets[language]) if "epub" in formats else ())]
                builder.make(sheets[language])
        builder.mend(sheets, chosen)
        fonts()
        with ledger.record(workspace, project, pages, builder.files()) as record:
            for one, links, artifacts in builder.finished():
                for path in record.publish(one, links, artifacts):
                    done(path)
    return list(dict.fromkeys(findings))  # what is wrong with a source is said once, not for every language


def _leaflets(workspace: Workspace, selection: Selection) -> int:
    return len(selection.leaflets) or workspace.count(tuple(READERS)) or 1


class EditionBuilder:
    """The editions that are being made, while it is not known yet in which languages each leaflet may be printed.

    Every edition is begun at once as if there were all of them, since nearly always there are; where there are not,
    those of that leaflet are made again, so that no page links to an edition that is held.
    """

    def __init__(self, submit: Submit, formats: Sequence[str], settings: editions.EditionSettings) -> None:
        """Render in *formats*, through *submit*, what *settings* says of all editions."""
        self._submit = submit
        self._formats = formats
        self._settings = settings
        self._claims: dict[tuple[str, str], tuple[Localized, list[Callable[[], list[Artifact]]]]] = {}

    def make(self, localized: Sequence[Localized]) -> None:
        """Begin the edition of each of *localized*."""
        for one, edition in zip(localized, editions.make_editions(localized, self._settings), strict=True):
            self._claims[one.document.language, one.document.leaflet] = one, self._ordered(edition)

    def _ordered(self, edition: Edition) -> list[Callable[[], list[Artifact]]]:
        """Begin *edition*; what its pages are laid out for is one order, where the project prints its leaflets at all.

        So the e-book is the same whether the paper is made in the same run or not.
        """
        laid = (
            [name for name in self._formats if FORMATS[name].of_layout]
            if "pdf" in self._settings.project.formats
            else []
        )
        orders = [self._submit(_of_one_layout, laid, edition)] if laid else []
        return orders + [self._submit(_one, name, edition) for name in self._formats if name not in laid]

    def files(self) -> set[str]:
        """Return the paths of all that is being made, within the build folder."""
        return {
            str(paths.output(leaflet, language, FORMATS[name].suffix))
            for language, leaflet in self._claims
            for name in self._formats
        }

    def finished(self) -> Iterator[tuple[Localized, list[str], list[Artifact]]]:
        """Yield each edition as its text, the other languages that it leads to, and its files; waits for them."""
        for (language, leaflet), (one, claims) in self._claims.items():
            links = [code for code in self._settings.printed[leaflet] if code != language]
            yield one, links, [artifact for claim in claims for artifact in claim()]

    def mend(self, sheets: Mapping[str, Sequence[Localized]], chosen: Sequence[str]) -> None:
        """Make the editions in the *chosen* languages again whose leaflet is not in *sheets* in every language."""
        there = {code: {one.document.leaflet for one in localized} for code, localized in sheets.items()}
        printed = {
            leaflet: tuple(code for code in codes if leaflet in there[code])
            for leaflet, codes in self._settings.printed.items()
        }
        wrong = {leaflet for leaflet, codes in printed.items() if codes != self._settings.printed[leaflet]}
        self._settings = replace(self._settings, printed=printed)
        for code in chosen:
            again = [one for one in sheets[code] if one.document.leaflet in wrong]
            if again:
                self.make(again)


def _ordered(project: Project, chosen: Sequence[str]) -> list[str]:
    """Return the languages of *project*: those *chosen* first, and of them that of the sources."""
    return sorted(project.languages, key=lambda code: (code not in chosen, code != project.source_language))


def _hoped(snapshot: Snapshot) -> dict[str, tuple[str, ...]]:
    return {document.leaflet: snapshot.project.languages for document in snapshot.documents}


def _printable(
    workspace: Workspace, snapshot: Snapshot, language: str, errors: Errors, *, is_release: bool
) -> tuple[list[Localized], list[Finding]]:
    """Return what may be printed in *language*, each with the status that it really has, and why the rest may not."""
    made: list[Localized] = []
    findings: list[Finding] = []
    held = _held(workspace, snapshot, language, errors, is_release=is_release)
    localized, faults = localize.localize_documents([job for job, _ in held])
    for (job, found), one in zip(held, localized, strict=True):
        candidate = load_candidate(workspace, snapshot, job)
        broken = [check.of_fault(fault) for fault in faults if fault.job is job]
        refused = check.once([*broken, *found, *(release.refusals(candidate) if is_release else ())])
        findings += [*refused, *_earlier(workspace, job)] if refused else _lowered(candidate)
        if not refused:
            modified = workspace.epoch() or find_last_change(job, candidate)
            origin = ledger.origin(workspace, snapshot, job, candidate)
            made.append(replace(_with_status(one, candidate.status), modified=modified, origin=origin))
            findings += _incomplete(job)
    return made, findings


def _held(
    workspace: Workspace, snapshot: Snapshot, language: str, errors: Errors, *, is_release: bool
) -> list[tuple[LocalizationJob, list[Finding]]]:
    """Return every leaflet in *language* with what in its texts keeps it from being printed, or from being released."""
    work = load_jobs(workspace, snapshot, [language])
    if is_release:
        return releasing.wrong(workspace, snapshot, work)
    policy = snapshot.project.untranslated.get(language, "mark")
    told = check.answers(workspace, snapshot.project, work)
    return [(job, [*errors[job.document.leaflet], *releasing.unsafe(job, answers, policy)]) for job, answers in told]


def _errors(findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def _with_status(one: Localized, status: str) -> Localized:
    front = replace(one.document.front, plain={**one.document.front.plain, "status": status})
    return replace(one, document=replace(one.document, front=front))


def _earlier(workspace: Workspace, job: LocalizationJob) -> Iterator[Finding]:
    """Yield the files of an edition that is not made now, but was before: they say what the source said then."""
    outputs = [paths.output(job.document.leaflet, job.language, row.suffix) for row in FORMATS.values()]
    for path in workspace.published(outputs):
        fact = "this file was made before and is still there; it may say something else than the source says now"
        yield Finding("earlier", Location(str(path)), fact, Severity.WARNING, "Do not hand it out; remove it.")


def _lowered(candidate: Candidate) -> Iterator[Finding]:
    status = candidate.front_status
    if status != candidate.status:
        fact = (
            f"{candidate.language}: printed as a draft, though its status is {status!r}: it is not signed as it is now"
        )
        yield Finding(
            "unsigned",
            candidate.location("status"),
            fact,
            Severity.WARNING,
            "`polyleaf status` lists sign-offs.",
        )


def _one(name: str, edition: Edition) -> list[Artifact]:
    with _blamed(name, edition):
        return [_noted(FORMATS[name].render, edition)]


def _of_one_layout(names: Sequence[str], edition: Edition) -> list[Artifact]:
    with _blamed(" and ".join(names), edition):
        sheets = pdf.lay_out(edition)
    made = []
    for name in names:
        with _blamed(name, edition):
            made.append(_noted(FORMATS[name].render, edition, sheets))
    return made


def _noted(render: Callable[..., Artifact], *arguments: object) -> Artifact:
    """Return what *render* makes, with the fonts that it was set with."""
    with used.record() as found:
        artifact = render(*arguments)
    return replace(artifact, fonts=tuple(found))


@contextlib.contextmanager
def _blamed(formats: str, edition: Edition) -> Iterator[None]:
    """Say of an error in which edition it is, and in which *formats*."""
    try:
        yield
    except RenderError as error:
        fact = f"{edition.leaflet} in {edition.language} as {formats}: {error.message}"
        raise RenderError(fact, hint=error.hint) from error


def _incomplete(job: LocalizationJob) -> Iterator[Finding]:
    """Yield how many texts are printed in the source language: the messages that `polyleaf status` counts."""
    found = units.deduplicate(job.units)
    count = Counter(job.catalog.state(unit) for unit in found) if job.catalog else Counter[str]()
    if count["missing"] or count["fuzzy"]:
        fuzzy = f", {count['fuzzy']} are fuzzy" if count["fuzzy"] else ""
        fact = f"{count['missing']} texts are not translated{fuzzy}; they stand in the leaflet"
        location = Location(str(paths.catalog(job.document.leaflet, job.language)))
        fact += f" in {job.document.language}, marked as such"
        yield Finding("missing", location, fact, Severity.WARNING, "`polyleaf check` lists them.")


def _unlabelled(languages: Sequence[str]) -> list[Finding]:
    fact = "the theme has no labels in this language; they are in English"
    return [
        Finding("labels", Location(language), fact, Severity.WARNING)
        for language in languages
        if not templates.has_labels(language)
    ]
