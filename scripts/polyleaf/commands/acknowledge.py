"""What people say of entries: that a finding is right all the same, that a new wording means what the old one meant."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from polyleaf import paths
from polyleaf.catalogs import acknowledgements, edits
from polyleaf.checks import runner
from polyleaf.checks.registry import CHECKS
from polyleaf.commands import catalogs, readability
from polyleaf.commands import check as asking
from polyleaf.errors import CommandError, offer
from polyleaf.model import Severity
from polyleaf.project.snapshot import Selection, load_jobs, read, select_targets

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from polyleaf.checks.runner import Answer
    from polyleaf.localize import LocalizationJob
    from polyleaf.project.snapshot import Snapshot
    from polyleaf.workspace import Workspace

PLACE = re.compile(r"(?:.*/)?locales/(?P<language>\w+)/LC_MESSAGES/(?P<leaflet>.+)\.po:(?P<line>\d+)")


@dataclass(frozen=True, slots=True)
class Rewording:
    """A message of *leaflet* that was worded otherwise before, where it stands now (`file:line`), and both its keys.

    *safety*: it is of the safety class, so that somebody must look at it, and not at all of them together.
    """

    leaflet: str
    place: str
    new: tuple[str, str]
    old: tuple[str, str]
    safety: bool


def acknowledge(
    workspace: Workspace, place: str, check: str, name: str, reason: str
) -> tuple[list[PurePosixPath], Answer]:
    """Write into the catalogue that *name* looked at what *check* finds at *place* (`file.po:line`): it is right.

    Returns what was written, and the gravest finding that was acknowledged.

    Raises CommandError when there is no such check or place, and when the check finds nothing there.
    """
    job, answers = _answers(workspace, place)
    if check not in CHECKS or not CHECKS[check].excusable:
        known = sorted({answer.check for answer in answers if CHECKS[answer.check].excusable})
        fact = f"{check!r} is not a check" if check not in CHECKS else f"nobody can acknowledge {check!r}"
        raise CommandError(f"{place}: {fact}", hint=offer(check, known) if check not in CHECKS else "Mend the text.")
    found = min((answer for answer in answers if answer.check == check), key=_rank, default=None)
    if found is None:
        known = sorted({answer.check for answer in answers})
        raise CommandError(
            f"{place}: {check} finds nothing there", hint=f"Found there: {', '.join(known) or 'nothing'}."
        )
    key, text = found.pair.unit.key, found.pair.entry.text if found.pair.entry else ""
    day = workspace.today().isoformat()
    made = acknowledgements.Acknowledgement(check, acknowledgements.digest(*key, text), day, name, reason)
    path = paths.catalog(job.document.leaflet, job.language)
    content = workspace.read(path) or b""
    safe = any(unit.safety for unit in job.units if unit.key == key)
    pair = replace(found.pair, unit=replace(found.pair.unit, safety=safe))
    return workspace.save({path: edits.acknowledge(content, key, made, str(path))}), replace(found, pair=pair)


def _rank(answer: Answer) -> bool:
    return answer.severity is not Severity.ERROR


def rewordings(workspace: Workspace, leaflets: Sequence[str]) -> list[Rewording]:
    """Return the messages of the *leaflets* (all when none is named) that seem to be another wording of an old one."""
    snapshot = read(workspace, leaflets)
    found: dict[tuple[str, tuple[str, str]], Rewording] = {}
    for document, units in zip(snapshot.documents, snapshot.units, strict=True):
        places = {unit.key: unit.location for unit in reversed(units)}
        safe = {unit.key for unit in units if unit.safety}
        for content, where in _catalogues(workspace, snapshot, document.leaflet):
            source = snapshot.project.source_language
            for new, old in edits.find_rewordings(content, places, source, where).items():
                found[document.leaflet, new] = Rewording(document.leaflet, places[new], new, old, new in safe)
    return list(found.values())


def reword(workspace: Workspace, chosen: Sequence[Rewording], name: str) -> list[PurePosixPath]:
    """Give every message of *chosen* the translations of its old wording, in every language; return what changed.

    *name* says that the meaning is unchanged, and stands with the day in the comment of each entry.
    """
    note = f"{workspace.today().isoformat()} {name}"
    pairs: dict[str, dict[tuple[str, str], tuple[str, str]]] = {}
    for one in chosen:
        pairs.setdefault(one.leaflet, {})[one.new] = one.old
    snapshot = read(workspace, list(pairs))
    files = {
        PurePosixPath(where): edits.reword(content, pairs[leaflet], note, where)
        for leaflet in pairs
        for content, where in _catalogues(workspace, snapshot, leaflet)
    }
    return workspace.save(catalogs.updated(workspace, snapshot, snapshot.project.targets, files))


def _catalogues(workspace: Workspace, snapshot: Snapshot, leaflet: str) -> Iterator[tuple[bytes, str]]:
    for language in snapshot.project.targets:
        path = paths.catalog(leaflet, language)
        content = workspace.read(path)
        if content is not None:
            yield content, str(path)


def _answers(workspace: Workspace, place: str) -> tuple[LocalizationJob, list[Answer]]:
    """Return what the checks say of the entry at *place*, any line of which will do."""
    found = PLACE.fullmatch(place)
    if not found:
        hint = "Write it as `polyleaf check` does: locales/en/LC_MESSAGES/knee.po:48"
        raise CommandError(f"{place!r} is no place in a catalogue", hint=hint)
    snapshot = read(workspace, [found["leaflet"]])
    selected = select_targets(Selection(languages=(found["language"],)), snapshot.project)
    [(job, answers)] = asking.answers(workspace, snapshot.project, load_jobs(workspace, snapshot, selected))
    for version in readability.translations(snapshot, [job])[0]:
        answers += runner.of_texts(CHECKS, version)
    lines = [entry.line for entry in job.catalog.entries.values()] if job.catalog else []
    line = max((one for one in lines if one <= int(found["line"])), default=0)
    here = f"{paths.catalog(job.document.leaflet, job.language)}:{line}"
    return job, [answer for answer in answers if answer.pair.place == here]
