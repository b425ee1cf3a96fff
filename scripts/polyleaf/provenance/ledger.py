"""What is written down of every finished file, so that the record is true at every moment: also when a build is cut."""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from polyleaf import paths
from polyleaf.paths import MANIFEST
from polyleaf.provenance import manifest, toolchain
from polyleaf.release.fingerprints import find_cited

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from polyleaf.config import Project
    from polyleaf.localize import LocalizationJob
    from polyleaf.model import Artifact, Localized
    from polyleaf.project.snapshot import Snapshot
    from polyleaf.release import Candidate
    from polyleaf.workspace import Workspace


def origin(workspace: Workspace, snapshot: Snapshot, job: LocalizationJob, candidate: Candidate) -> dict[str, str]:
    """Return the project's files that the edition of *job* is made from, with the SHA-256 of what was read of each.

    Of the bibliography it is that of the sources which the leaflet cites, in their order, and of the file of sign-offs
    that of those that count: what else stands in the two is in no file. `terms.tsv` decides only whether an edition
    is made.
    """
    document = job.document
    made_from = [document.path, *(document.path.parent / picture.name for picture in document.pictures)]
    if job.catalog:
        made_from.append(paths.catalog(document.leaflet, job.language))
    made_from.append(paths.THEME)
    if snapshot.theme.logo:
        made_from.append(paths.SOURCE / snapshot.theme.logo.name)
    found = {str(path): manifest.digest(workspace.inputs[path]) for path in made_from if path in workspace.inputs}
    cited = find_cited(document)
    items = [reference.item for key, reference in snapshot.references.items() if key in cited]
    counted = [asdict(one) for one in candidate.counted_signoffs()]
    parts = {str(paths.BIBLIOGRAPHY): items, str(paths.sign_offs(document.leaflet)): counted}
    return {**found, **{path: _of_rows(rows) for path, rows in parts.items() if rows}}


def besides(project: Project) -> dict[str, str]:
    """Return what gets into every finished file besides its texts, as the manifest says it: settings and theme.

    Of the settings that is the language of the sources; the others decide what is made, or are told as `status` and
    `links_to`.
    """
    return {"source_language": project.source_language, "theme": toolchain.theme()}


def _of_rows(rows: Sequence[Mapping[str, Any]]) -> str:
    return manifest.digest(json.dumps(rows, ensure_ascii=False, sort_keys=True).encode())


@contextlib.contextmanager
def record(
    workspace: Workspace, project: Project, pages: Callable[[], Mapping[str, str]], planned: Collection[str]
) -> Iterator[Record]:
    """Give the record of the build folder; what was published is written into it at the end, however that comes.

    *pages* tells the versions of what lays out pages, if that is used; *planned* are the paths of what will be made.
    """
    made = Record(workspace, project, (toolchain.texts(), pages()), planned)
    try:
        yield made
    finally:
        made.close()


class Record:
    """What the manifest says while files are published."""

    def __init__(
        self,
        workspace: Workspace,
        project: Project,
        versions: tuple[Mapping[str, str], Mapping[str, str]],
        planned: Collection[str],
    ) -> None:
        """Take over what the manifest says; *versions* are of what makes texts and of what makes pages of them."""
        self._workspace = workspace
        self._project = project
        self._texts, self._pages = versions
        self._before = manifest.read(workspace.built(MANIFEST))
        self._doubted = {path: self._before[path] for path in planned if path in self._before}
        self._made: dict[str, manifest.Entry] = {}
        self._begun: dict[str, manifest.Entry] = {}

    def publish(self, one: Localized, links: Sequence[str], artifacts: Sequence[Artifact]) -> list[PurePosixPath]:
        """Publish the *artifacts* of an edition, made from *one*, and return them as a person finds them.

        *links* are the languages it leads to. Before the first file changes, the manifest takes back what it says of
        all that is planned: who ends the build then finds one that says less, and nothing wrong.
        """
        entries = {str(made.path): self._entry(made, one, links) for made in artifacts}
        if any(self._doubted.get(path, new)["sha256"] != new["sha256"] for path, new in entries.items()):
            still = {path: old for path, old in self._before.items() if path not in self._doubted}
            self._write({**still, **self._made})
            self._doubted = {}
        self._begun |= entries
        found = self._workspace.publish({made.path: made.content for made in artifacts})
        self._made |= entries
        return found

    def _entry(self, made: Artifact, one: Localized, links: Sequence[str]) -> manifest.Entry:
        versions = {**self._texts, **self._pages} if made.fonts else dict(self._texts)
        return {**manifest.entry(made, one, links), **besides(self._project), "tools": versions}

    def close(self) -> None:
        """Write what is there now, however the build ended: what was published, also of an edition that is not whole.

        Of earlier files those stay that are still what they were, which are all of them where nothing could be written.
        """
        if self._begun:
            now = manifest.read(self._workspace.built(MANIFEST))
            before = self._before | now
            kept = {path: old for path, old in before.items() if path not in self._made and self._is_there(path, old)}
            cut = {
                path: new for path, new in self._begun.items() if path not in self._made and self._is_there(path, new)
            }
            if self._made or {**kept, **cut} != now:
                self._write({**kept, **cut, **self._made})

    def _is_there(self, path: str, entry: manifest.Entry) -> bool:
        content = self._workspace.built(PurePosixPath(path))
        return content is not None and manifest.digest(content) == entry["sha256"]

    def _write(self, entries: Mapping[str, manifest.Entry]) -> None:
        self._workspace.publish(manifest.write(entries))
