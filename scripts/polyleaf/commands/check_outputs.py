"""Checks of the outputs in the build folder, read back as a reader gets them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from polyleaf import languages, workers
from polyleaf.checks import runner
from polyleaf.checks.registry import CHECKS
from polyleaf.errors import RenderError
from polyleaf.formats.registry import FORMATS
from polyleaf.inspection.text_flow import Outputs
from polyleaf.model import Finding, Location, Severity
from polyleaf.paths import MANIFEST, output
from polyleaf.project.snapshot import Snapshot
from polyleaf.provenance import manifest
from polyleaf.workspace import Workspace

WORTH = 4
"""So many editions are looked at in the time that a process needs to start."""

ALTERED = "this file was changed after it was made: its SHA-256 is not the one in manifest.json"
AGAIN = "Do not hand it out; make it again: polyleaf build"
INPUTS = ("status", "source_language", "theme", "made_from")
"""The keys of an entry that are the same for all formats of an edition, if they were made from the same."""

NAMED = 3
"""So many files that are not there are named."""


def check_outputs(workspace: Workspace, snapshot: Snapshot, codes: Sequence[str]) -> list[Finding]:
    """Return what the checks find in the finished files of the leaflets read, in the languages *codes*.

    Files that are not there are said in one finding; one that cannot be read is a finding as well.
    """
    editions: list[tuple[dict[str, tuple[str, bytes]], str]] = []
    absent: list[PurePosixPath] = []
    recorded = manifest.read(workspace.built(MANIFEST))
    changed: list[Finding] = []
    for code in codes:
        for document in snapshot.documents:
            files = {name: output(document.leaflet, code, FORMATS[name].suffix) for name in snapshot.project.formats}
            there = workspace.finished(files.values())
            absent += [path for path in files.values() if path not in there]
            altered = {path for path, (_, content) in there.items() if _is_altered(path, content, recorded)}
            changed += [
                Finding("altered", Location(there[path][0]), ALTERED, Severity.ERROR, AGAIN) for path in sorted(altered)
            ]
            if not altered:  # what one of them says could only be held against another
                present = {name: path for name, path in files.items() if path in there}
                groups = _group_by_inputs(present, recorded)
                editions += [({name: there[present[name]] for name in names}, code) for names in groups]
    with workers.process_pool(max(len(editions) // WORTH, 1), _nothing) as submit:
        claims = [submit(inspect_edition, files, code) for files, code in editions]
        findings = [finding for claim in claims for finding in claim()]
    return [*changed, *findings, *_unbuilt(absent)]


def _group_by_inputs(
    files: Mapping[str, PurePosixPath], recorded: Mapping[str, manifest.Entry]
) -> Iterable[Sequence[str]]:
    """Return the formats of *files* in groups of the same inputs; a file without a record is held against the first.

    What was made before its source changed is reported as that, and cannot say the same as what was made after.
    """
    groups: dict[str, list[str]] = {}
    for name, path in sorted(files.items(), key=lambda item: str(item[1]) not in recorded):
        entry = recorded.get(str(path))
        inputs = str([entry.get(key) for key in INPUTS]) if entry else next(iter(groups), "")
        groups.setdefault(inputs, []).append(name)
    return groups.values()


def _is_altered(path: PurePosixPath, content: bytes, recorded: Mapping[str, manifest.Entry]) -> bool:
    return str(path) in recorded and recorded[str(path)]["sha256"] != manifest.digest(content)


def _nothing() -> None:
    """Load no more than what a process has at its start."""


def inspect_edition(files: Mapping[str, tuple[str, bytes]], code: str) -> list[Finding]:
    """Return what the checks find in *files*, the path to display and the content of each by its format.

    They are the outputs of one edition, in the language *code*; one that cannot be read is a finding.
    """
    findings: list[Finding] = []
    documents: dict[str, Any] = {}
    for name, (location, content) in files.items():
        try:
            documents[name] = FORMATS[name].inspect(content, location, languages.direction(code))
        except RenderError as error:
            findings.append(Finding("unreadable", Location(location), error.message, Severity.ERROR, error.hint))
        except Exception as error:  # noqa: BLE001 - anybody may have put the file there, and may have broken it in any way
            fact = f"this file cannot be taken apart: {type(error).__name__} {error}"
            findings.append(
                Finding("unreadable", Location(location), fact, Severity.ERROR, "Make it again: polyleaf build")
            )
    outputs = Outputs(**documents)
    return [*findings, *runner.check_outputs(CHECKS, outputs)]


def _unbuilt(paths: Sequence[PurePosixPath]) -> Iterator[Finding]:
    if paths:
        more = f" and {len(paths) - NAMED} more" if len(paths) > NAMED else ""
        names = ", ".join(str(path) for path in paths[:NAMED])
        fact = f"not built yet, so not looked at: {names}{more}"
        yield Finding("not_built", Location("build"), fact, Severity.WARNING, "Run `polyleaf build`.")
