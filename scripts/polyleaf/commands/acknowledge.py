"""Statements of people about entries: a finding is right all the same, a new wording means what the old one meant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePosixPath

from polyleaf import paths
from polyleaf.catalogs import acknowledgements, edits
from polyleaf.catalogs import read as read_catalog
from polyleaf.catalogs.po import Key
from polyleaf.checks import runner
from polyleaf.checks.registry import CHECKS
from polyleaf.commands import catalogs, readability
from polyleaf.commands.check import check_translations
from polyleaf.commands.failures import Report, run_and_report
from polyleaf.errors import CommandError, offer
from polyleaf.localize import LocalizationJob
from polyleaf.model import Acknowledgement, Finding, Location, Severity
from polyleaf.project.selection import Selection
from polyleaf.project.snapshot import Snapshot, load_jobs, read, select_targets
from polyleaf.quotations import quote
from polyleaf.workspace import Workspace
from polyleaf.workspace.atomic_writes import redo_after_conflict

LOCATION = re.compile(r"(?:.*/)?locales/(?P<language>\w+)/LC_MESSAGES/(?P<leaflet>.+)\.po:(?P<line>\d+)")


@dataclass(frozen=True, slots=True)
class Rewording:
    """A message of *leaflet* that was worded otherwise before, where it stands now (`file:line`), and both its keys.

    *safety*: it is of the safety class, so that somebody must look at it, and not at all of them together.
    """

    leaflet: str
    location: str
    new: tuple[str, str]
    old: tuple[str, str]
    safety: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """The word of *name* that a finding is right, and the *reason*.

    *text* is the `file:line` in the source of a text that stays as it is: the findings in all of them are at line 1.
    """

    name: str
    reason: str
    text: str = ""


def acknowledge(
    workspace: Workspace, location: str, check: str, judgement: Judgement
) -> tuple[list[PurePosixPath], Finding]:
    """Write into the catalog that what *check* finds at *location* (`file.po:line`) is right, by *judgement*.

    Returns what was written, and the gravest finding that was acknowledged.

    Raises CommandError when there is no such check or location, when the check finds nothing there, and when it finds
    something in texts at several lines of the source.
    """
    job, findings = _find(workspace, location)
    if judgement.text:
        findings = [row for row in findings if row.unit and row.unit.location == judgement.text]
    if check not in CHECKS or not CHECKS[check].acknowledgeable:
        known = sorted({finding.check for finding in findings if CHECKS[finding.check].acknowledgeable})
        fact = f"{quote(check)} is not a check" if check not in CHECKS else f"nobody can acknowledge {quote(check)}"
        raise CommandError(f"{location}: {fact}", hint=offer(check, known) if check not in CHECKS else "Mend the text.")
    finding = min((finding for finding in findings if finding.check == check), key=_rank, default=None)
    if finding is None or finding.unit is None:
        known = sorted({finding.check for finding in findings})
        hint = f"Found there: {', '.join(known) or 'nothing'}."
        raise CommandError(f"{location}: {check} finds nothing there", hint=hint)
    texts = {row.unit.key: row for row in findings if row.check == check and row.unit}
    _refuse_several(location, texts.values())
    day = workspace.today().isoformat()
    digests = {key: acknowledgements.digest(*key, row.translation or "") for key, row in texts.items()}
    lines = {
        key: Acknowledgement(check, digest, day, judgement.name, judgement.reason) for key, digest in digests.items()
    }
    safe = finding.unit.safety or any(unit.safety for unit in job.units if unit.key == finding.unit.key)
    return _write(workspace, job, lines), replace(finding, unit=replace(finding.unit, safety=safe))


@redo_after_conflict
def _write(workspace: Workspace, job: LocalizationJob, lines: Mapping[Key, Acknowledgement]) -> list[PurePosixPath]:
    """Write *lines*, by the key of their message, into the catalogue of *job*; return what was written.

    Raises CommandError when one of these messages has another translation by now.
    """
    path = paths.catalog(job.document.leaflet, job.language)
    content = workspace.read(path) or b""
    before = job.catalog.entries if job.catalog else {}
    after = read_catalog(content, job.language, str(path)).entries if content else {}
    for key, acknowledgement in lines.items():
        if (before[key].text if key in before else None) != (after[key].text if key in after else None):
            hint = "Nothing was written. Run `polyleaf check` and look at the entry again."
            raise CommandError(f"{path}: somebody changed the entry {quote(key[1])} while this command ran", hint=hint)
        content = edits.acknowledge(content, key, acknowledgement, str(path))
    return workspace.save({path: content})


def _refuse_several(location: str, findings: Collection[Finding]) -> None:
    """Raise CommandError when *findings* at *location* are about texts at several lines: a person looks at each."""
    lines = list(dict.fromkeys(row.unit.location for row in findings if row.unit))
    if len(lines) > 1:
        hint = f"Say of which it is right: --text {', or --text '.join(lines)}"
        raise CommandError(
            f"{location}: {len(findings)} texts have this finding, which are looked at one by one", hint=hint
        )


def _rank(finding: Finding) -> bool:
    return finding.severity is not Severity.ERROR


def rewordings(workspace: Workspace, leaflets: Sequence[str], report: Report) -> list[Rewording]:
    """Return the messages of the *leaflets* (all when none is named) that seem to be another wording of an old one.

    *report* is called with each error of a leaflet that cannot be read, beside others that can.
    """
    return run_and_report(workspace, Selection(tuple(leaflets)), partial(_find_rewordings, workspace), report)


def _find_rewordings(workspace: Workspace, selection: Selection) -> list[Rewording]:
    snapshot = read(workspace, selection.leaflets)
    reworded: dict[tuple[str, tuple[str, str]], Rewording] = {}
    for document, units in zip(snapshot.documents, snapshot.units, strict=True):
        locations = {unit.key: unit.location for unit in reversed(units)}
        safe = {unit.key for unit in units if unit.safety}
        for content, path in _catalogues(workspace, snapshot, document.leaflet):
            source = snapshot.project.source_language
            for new, old in edits.find_rewordings(content, locations, source, path).items():
                reworded[document.leaflet, new] = Rewording(document.leaflet, locations[new], new, old, new in safe)
    return list(reworded.values())


@redo_after_conflict
def reword(workspace: Workspace, chosen: Sequence[Rewording], name: str) -> list[PurePosixPath]:
    """Give every message of *chosen* the translations of its old wording, in every language; return what changed.

    *name* says that the meaning is unchanged, and stands with the day in the comment of each entry.
    """
    note = f"{workspace.today().isoformat()} {name}"
    pairs: dict[str, dict[tuple[str, str], tuple[str, str]]] = {}
    for rewording in chosen:
        pairs.setdefault(rewording.leaflet, {})[rewording.new] = rewording.old
    snapshot = read(workspace, list(pairs))
    files = {
        PurePosixPath(path): edits.reword(content, pairs[leaflet], note, path)
        for leaflet in pairs
        for content, path in _catalogues(workspace, snapshot, leaflet)
    }
    return workspace.save(catalogs.updated(workspace, snapshot, snapshot.project.targets, files))


def _catalogues(workspace: Workspace, snapshot: Snapshot, leaflet: str) -> Iterator[tuple[bytes, str]]:
    for language in snapshot.project.targets:
        path = paths.catalog(leaflet, language)
        content = workspace.read(path)
        if content is not None:
            yield content, str(path)


def _find(workspace: Workspace, location: str) -> tuple[LocalizationJob, list[Finding]]:
    """Return what the checks find in the entry at *location*, any line of which will do."""
    match = LOCATION.fullmatch(location)
    if not match:
        hint = "Write it as `polyleaf check` does: locales/en/LC_MESSAGES/knee.po:48"
        raise CommandError(f"{quote(location)} is no place in a catalogue", hint=hint)
    snapshot = read(workspace, [match["leaflet"]])
    selected = select_targets(Selection(languages=(match["language"],)), snapshot.project)
    [(job, findings)] = check_translations(workspace, snapshot.project, load_jobs(workspace, snapshot, selected))
    for text in readability.translations(snapshot, [job])[0]:
        findings += [finding for finding in runner.check_text(CHECKS, text) if finding.unit]
    lines = [entry.line for entry in job.catalog.entries.values()] if job.catalog else []
    line = max((start for start in lines if start <= int(match["line"])), default=1)
    entry = Location(str(paths.catalog(job.document.leaflet, job.language)), line)
    return job, [finding for finding in findings if finding.location == entry]
