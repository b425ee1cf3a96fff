"""Old outputs: those of other inputs than the project has now, or of editions that it does not make any more."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

from polyleaf import languages, paths
from polyleaf.config import Project
from polyleaf.formats.registry import FORMATS
from polyleaf.localize import LocalizationJob
from polyleaf.model import Finding, Location, Severity
from polyleaf.project.candidate import load_candidate
from polyleaf.project.snapshot import Snapshot
from polyleaf.provenance import diff, ledger, manifest
from polyleaf.quotations import quote
from polyleaf.sources import READERS
from polyleaf.workspace import Workspace

Key = tuple[str, str]
"""A leaflet and a language (BCP 47)."""

ORPHANED = "output_orphaned"
STALE = "stale"
LINKS = "links_stale"
EARLIER = "earlier"
ALTERED = "altered"
UNRECORDED = "output_unrecorded"

REMOVABLE = frozenset((ORPHANED, STALE))
"""The findings about files that nobody needs any more: the project makes another one in their place, or none."""

AGAIN = "Make it again (polyleaf build), or remove it (polyleaf clean)."
REMOVE = "Remove it: polyleaf clean"
BY_HAND = "Do not hand it out; remove it."
CHANGED = "this file was changed after it was made: its SHA-256 is not the one in manifest.json"
UNKNOWN = "manifest.json does not tell what this file was made from"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an output is old: name of the finding, fact, and way out. *is_grave*: there is none such beside a release."""

    check: str
    fact: str
    hint: str
    is_grave: bool = True


@dataclass(frozen=True, slots=True)
class CurrentEditions:
    """What the project makes now: *leaflets* by name, and *languages* (BCP 47).

    *editions* has the keys `made_from` and `status` of an entry as a build would write them now, for every edition
    that was looked at; *refused* are those of them that may not be made. *is_release*: the build folder is for
    what may be handed out. *common* are the keys of an entry that are the same for all outputs.
    """

    leaflets: Collection[str]
    languages: Collection[str]
    common: Mapping[str, str] = field(default_factory=dict)
    editions: Mapping[Key, Mapping[str, Any]] = field(default_factory=dict)
    refused: Collection[Key] = ()
    is_release: bool = False

    def refuse(self, keys: Iterable[Key]) -> CurrentEditions:
        """Return the same, with the editions *keys* among those that may not be made."""
        return replace(self, refused=frozenset((*self.refused, *keys)))

    def explain(self, entry: manifest.Entry) -> Reason | None:
        """Return why the output of *entry* is old, None when it is not, or when nobody looked at its edition."""
        key = entry["leaflet"], entry["language"]
        if entry["leaflet"] not in self.leaflets:
            fact = f"there is no leaflet {quote(entry['leaflet'])} any more: it was renamed or deleted"
            return Reason(ORPHANED, fact, REMOVE)
        if entry["language"] not in self.languages:
            return Reason(ORPHANED, f"the project has no language {quote(entry['language'])} any more", REMOVE)
        return self._explain_change(entry, self.editions.get(key, {})) or self._explain_refusal(entry, key)

    def _explain_change(self, entry: manifest.Entry, current: Mapping[str, Any]) -> Reason | None:
        if current.get("status") == "withdrawn" != entry["status"]:
            return Reason(STALE, "the leaflet is withdrawn, and this file does not say so", AGAIN)
        names = diff.compare_inputs(entry, {**entry, **self.common, **current} if current else entry)
        if names:
            fact = f"this file is not made from what is there now: {names} changed after it was made"
            return Reason(STALE, fact, AGAIN)
        gone = [code for code in entry["links_to"] if code not in self.languages]
        fact = f"this file links to a language that the project does not have any more: {', '.join(map(quote, gone))}"
        return Reason(LINKS, fact, "Make it again: polyleaf build") if gone else None

    def _explain_refusal(self, entry: manifest.Entry, key: Key) -> Reason | None:
        if self.is_release and entry["status"] != "published":
            fact = f"this file is no part of a release, and says so on every page: it is {quote(entry['status'])}"
            return Reason(EARLIER, fact, BY_HAND, is_grave=False)
        if key in self.refused:
            fact = "this file was made before and is still there, but it may not be made now"
            return Reason(EARLIER, fact, BY_HAND)
        return None


def list_editions(workspace: Workspace, project: Project, inputs: Mapping[Key, Mapping[str, Any]]) -> CurrentEditions:
    """Return the editions that *project* makes now; *inputs* are the `made_from` and `status` of some of them."""
    codes = [languages.tag(code) for code in project.languages]
    common = ledger.describe_project(project)
    return CurrentEditions(workspace.leaflets(tuple(READERS)), codes, common, inputs)


def describe_inputs(
    workspace: Workspace, snapshot: Snapshot, jobs: Sequence[LocalizationJob]
) -> dict[Key, dict[str, Any]]:
    """Return for the edition of each of *jobs* the `made_from` and `status` that a build would write now."""
    candidates = [(job, load_candidate(workspace, snapshot, job)) for job in jobs]
    return {
        (job.document.leaflet, languages.tag(job.language)): {
            "made_from": ledger.digest_inputs(workspace, snapshot, job, candidate),
            "status": candidate.status,
        }
        for job, candidate in candidates
    }


def find_old_outputs(
    workspace: Workspace, editions: CurrentEditions, recorded: Mapping[str, manifest.Entry]
) -> Iterator[tuple[str, Finding]]:
    """Yield the path and a finding for each output in the build folder that is in *recorded*, a manifest, and old.

    That is one of other inputs than *editions*, or one that was changed after it was made.
    """
    for path, entry in sorted(recorded.items()):
        content = workspace.built(PurePosixPath(path))
        if content is None:
            continue
        is_changed = manifest.digest(content) != entry["sha256"]
        reason = Reason(ALTERED, CHANGED, BY_HAND) if is_changed else editions.explain(entry)
        if reason:
            yield path, _report(workspace, path, reason, is_release=editions.is_release)


def find_unrecorded(
    workspace: Workspace,
    codes: Sequence[str],
    leaflets: Sequence[str],
    editions: CurrentEditions,
    recorded: Collection[str],
) -> Iterator[Finding]:
    """Yield a finding for each file where an edition would be, in a language of *codes*, that is not in *recorded*."""
    for code in codes:
        for leaflet in leaflets:
            for output_format in FORMATS.values():
                path = paths.output(leaflet, code, output_format.suffix)
                if str(path) not in recorded and workspace.built(path) is not None:
                    reason = Reason(UNRECORDED, UNKNOWN, BY_HAND)
                    yield _report(workspace, str(path), reason, is_release=editions.is_release)


def _report(workspace: Workspace, path: str, reason: Reason, *, is_release: bool) -> Finding:
    severity = Severity.ERROR if is_release and reason.is_grave else Severity.WARNING
    return Finding(reason.check, Location(workspace.display(PurePosixPath(path))), reason.fact, severity, reason.hint)
