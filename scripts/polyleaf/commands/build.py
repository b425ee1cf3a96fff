"""Outputs of a project: made in batches of leaflets, each published and forgotten, and made again when it has changed.

A batch is made whole or not at all: what came of it is kept with all that it saw, and given back while that is the
same. So a build of thousands of leaflets holds two batches, and hashes and findings of the others.
"""

from __future__ import annotations

import contextlib
import functools
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import PurePosixPath
from typing import Any

from polyleaf import languages, paths, templates, workers
from polyleaf.checks import runner
from polyleaf.commands.batch import Batch, Outcome
from polyleaf.commands.failures import report_unreadable, run_on_usable
from polyleaf.errors import CatalogError, PolyleafError, RenderError, SourceError, stop_for
from polyleaf.formats.pdf import layout, theme_fonts
from polyleaf.formats.registry import FORMATS
from polyleaf.model import Artifact, Finding, Localized, Location, Severity
from polyleaf.project.candidate import read_all
from polyleaf.project.selection import EVERYTHING, Selection
from polyleaf.project.snapshot import find_stray_files, read_theme, select_formats, select_languages
from polyleaf.provenance import ledger, manifest, result_cache, staleness, toolchain
from polyleaf.provenance.action_cache import open_cache
from polyleaf.provenance.digests import hash_value
from polyleaf.provenance.result_cache import ResultCache
from polyleaf.sources import READERS
from polyleaf.workers import Submit
from polyleaf.workspace import Workspace
from polyleaf.workspace.names import Part

FEWEST, MOST = 8, 24
"""How many leaflets a batch has: fewer are only in the last one."""

MEAN = 12
"""A batch ends after each leaflet in so many, chosen by its name."""

AHEAD = 2
"""How many batches are begun before one is waited for, so that the processes have work meanwhile."""

SUFFIXES = tuple(READERS)

ERRORS: Mapping[str, type[PolyleafError]] = {"source": SourceError, "catalogue": CatalogError, "render": RenderError}
"""The errors that findings about leaflets stand for which could not be read or rendered."""


def divide(names: Sequence[str]) -> list[Sequence[str]]:
    """Return *names* in batches that a new name changes in one place only: where they end depends on the names.

    Content-defined chunking (Muthitacharoen, Chen, Mazières: A Low-bandwidth Network File System, 2001, section 3.1).
    """
    batches: list[list[str]] = [[]]
    for name in names:
        if len(batches[-1]) >= MOST or (
            len(batches[-1]) >= FEWEST and int(hash_value(batches[-1][-1]), 16) % MEAN == 0
        ):
            batches.append([])
        batches[-1].append(name)
    return [batch for batch in batches if batch]


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
    workspace.project()  # a folder without settings is no project, whatever is in it
    names = workspace.select(selection.leaflets, SUFFIXES)
    run = _Build(workspace, selection, names, done, noted)
    planned(len(names) * len(run.chosen) * len(run.formats))
    findings = run.make()
    return [*run.unreadable, *find_stray_files(workspace, selection), *findings]


class _Build:
    """A build while it goes on: what is known of the batches that are finished."""

    def __init__(
        self,
        workspace: Workspace,
        selection: Selection,
        names: Sequence[str],
        done: Callable[[PurePosixPath], None],
        noted: Callable[[str], None],
    ) -> None:
        project = workspace.project()
        self._workspace = workspace
        self._selection = selection
        self._names = names
        self._done = done
        self._noted = functools.cache(noted)
        self._project = project
        self.chosen = select_languages(selection, project.languages)
        self.formats = [name for name in FORMATS if name in select_formats(selection, project)]
        self._theme = read_theme(workspace)
        self._tools = contextlib.ExitStack()
        self._results = ResultCache(workspace)
        self._actions = open_cache(workspace, is_empty=selection.force)
        self._inputs: dict[staleness.Key, Mapping[str, Any]] = {}
        self._refused: set[staleness.Key] = set()
        self._recorded = manifest.read(workspace.built(paths.MANIFEST))
        self._current = replace(
            staleness.list_editions(workspace, project, self._inputs),
            refused=self._refused,
            is_release=selection.release,
        )
        self._ledger = ledger.Ledger(workspace, self._current, self._find_layout_versions, self._list_outputs())
        self._findings: list[Finding] = []
        self._unrendered: list[Finding] = []
        self._errors: list[PolyleafError] = []
        self.unreadable: list[Finding] = []

    def _list_outputs(self) -> set[str]:
        outputs = (
            paths.output(name, code, FORMATS[format_].suffix)
            for name in self._names
            for code in self.chosen
            for format_ in self.formats
        )
        return set(map(str, outputs))

    def make(self) -> list[Finding]:
        """Make all batches, and return the findings about what was made and what is old."""
        with self._tools, contextlib.closing(self._actions), self._ledger:
            begun: deque[Callable[[], None]] = deque()
            for part in self._workspace.divide(SUFFIXES, divide(self._names)):
                begun.append(self._begin(part))
                if len(begun) > AHEAD:
                    begun.popleft()()
            while begun:
                begun.popleft()()
            if not self._inputs:
                stop_for(self._errors)
            has_outputs = bool(self._workspace.outputs)
        findings = [*_find_unlabelled(self.chosen), *runner.find_unknown_languages(self.chosen), *self._findings]
        if not has_outputs:
            self._stop_for_failures(findings)
        findings += [*self._unrendered, *self._find_old_outputs()]
        return list(dict.fromkeys(findings))  # what is wrong with a source is said once, not for every language

    def _stop_for_failures(self, findings: Sequence[Finding]) -> None:
        """Raise what could not be read or rendered, when something could not be rendered and no error is a finding."""
        if self._unrendered and not any(finding.severity is Severity.ERROR for finding in findings):
            failures = (*self.unreadable, *self._unrendered)
            stop_for([ERRORS[each.check](f"{each.location}: {each.fact}", hint=each.hint) for each in failures])

    def _begin(self, part: Part) -> Callable[[], None]:
        """Begin the batch of the leaflets in *part*; return what finishes it."""
        branch = self._workspace.branch(part)
        known = None if self._selection.force else self._results.find(branch, _name(part), self._request(part))
        if known:
            return functools.partial(self._restore, branch, known)
        branch = self._workspace.branch(part)
        make = functools.partial(Batch, branch, submit=self._submit, cache=self._actions.branch(branch))
        selection = replace(self._selection, leaflets=part.leaflets)
        try:
            batch, errors = run_on_usable(branch, selection, make, functools.partial(_read, branch))
        except (SourceError, CatalogError) as error:
            return functools.partial(self._skip, branch, part, error)
        return functools.partial(self._finish, branch, part, batch, errors)

    def _request(self, part: Part) -> object:
        return asdict(replace(self._selection, force=False)), asdict(part)

    def _restore(self, branch: Workspace, known: Mapping[str, Any]) -> None:
        """Take what came of a batch at an earlier build, whose trace *branch* has."""
        entries = manifest.read(known["manifest"].encode())
        self._ledger.restore(entries)
        branch.claim(map(PurePosixPath, entries))
        for note in known["notes"]:
            self._noted(note)
        findings = list(map(result_cache.unpack, known["findings"]))
        inputs = {(leaflet, language): values for leaflet, language, values in known["inputs"]}
        self._take(branch, Outcome(findings, [], inputs, frozenset(map(tuple, known["refused"]))))

    def _skip(self, branch: Workspace, part: Part, error: PolyleafError) -> None:
        """Take note that no leaflet of *part* can be read."""
        self._errors.append(error)
        self.unreadable += report_unreadable([error])
        self._refuse_unread(part, ())
        self._workspace.join(branch)

    def _finish(self, branch: Workspace, part: Part, batch: Batch, errors: Sequence[Finding]) -> None:
        """Publish *batch*, and keep what came of it."""
        notes = batch.describe_images()
        for note in notes:
            self._noted(note)
        self._check_fonts()

        def publish(localized: Localized, links: Sequence[str], artifacts: Sequence[Artifact]) -> None:
            written = self._ledger.publish(branch, localized, links, artifacts)
            for path in [] if batch.has_kept(localized.document) else written:
                self._done(path)

        outcome = batch.finish(publish)
        self.unreadable += errors
        self._take(branch, outcome)
        self._refuse_unread(part, {leaflet for leaflet, _ in outcome.inputs})
        if not outcome.unrendered and not errors:  # perhaps they can be made the next time
            self._keep(branch, part, notes, outcome)

    def _keep(self, branch: Workspace, part: Part, notes: Sequence[str], outcome: Outcome) -> None:
        entries = self._ledger.find_published(branch.outputs)
        result = {
            "notes": notes,
            "findings": list(map(result_cache.pack, outcome.findings)),
            "inputs": [(*key, values) for key, values in outcome.inputs.items()],
            "refused": sorted(outcome.refused),
            "manifest": manifest.write(entries)[paths.MANIFEST].decode(),
        }
        self._results.keep(branch, _name(part), self._request(part), result)

    def _take(self, branch: Workspace, outcome: Outcome) -> None:
        self._findings += outcome.findings
        self._unrendered += outcome.unrendered
        self._inputs |= outcome.inputs
        self._refused |= outcome.refused
        self._workspace.join(branch)

    def _refuse_unread(self, part: Part, known: Sequence[str] | set[str]) -> None:
        """Take note that of the leaflets of *part* only the *known* ones could be read."""
        unread = set(part.leaflets).difference(known)
        self._refused.update((name, languages.tag(code)) for name in unread for code in self._project.languages)

    def _find_old_outputs(self) -> Iterator[Finding]:
        """Yield what lies in the build folder and is not of this build."""
        published = set(map(str, self._workspace.outputs))
        earlier = {path: entry for path, entry in self._recorded.items() if path not in published}
        for _, finding in staleness.find_old_outputs(self._workspace, self._current, earlier):
            yield finding
        read = [name for name in self._names if (name, languages.tag(self._project.source_language)) in self._inputs]
        known = published.union(earlier)
        yield from staleness.find_unrecorded(self._workspace, self._project.languages, read, self._current, known)

    @functools.cached_property
    def _submit(self) -> Submit:
        """What submits work to the processes, which start now: a build that has nothing to make needs none."""
        tasks = 2 * len(self.chosen) * len(self._names) if self._has_pages else 1
        submit = self._tools.enter_context(workers.process_pool(tasks, layout.load_libraries))
        self._claims = (
            submit(toolchain.find_layout_versions) if self._has_pages else toolchain.find_layout_versions,
            submit(theme_fonts.check_fonts, self._theme),
        )
        return submit

    @property
    def _has_pages(self) -> bool:
        return any(FORMATS[name].of_layout for name in self.formats)

    def _find_layout_versions(self) -> Mapping[str, str]:
        """Return the versions of what lays out pages."""
        return dict(self._claims[0]())

    def _check_fonts(self) -> None:
        """Raise ConfigError for fonts of the theme that are not there."""
        self._claims[1]()


def _read(workspace: Workspace, selection: Selection) -> None:
    read_all(workspace, replace(selection, languages=()))


def _name(part: Part) -> str:
    """Return the name under which what came of *part* is kept: the same while its first leaflet is."""
    return f"batch-{hash_value(part.leaflets[0])[:16]}"


def _find_unlabelled(codes: Sequence[str]) -> list[Finding]:
    fact = "the theme has no labels in this language; they are in English"
    return [
        Finding("labels", Location(code), fact, Severity.WARNING) for code in codes if not templates.has_labels(code)
    ]
