"""Ledger of a build: the manifest, kept true while outputs are published, also when the build is interrupted."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Self

from polyleaf import paths
from polyleaf.config import Project
from polyleaf.localize import LocalizationJob
from polyleaf.model import Artifact, Localized
from polyleaf.project.snapshot import Snapshot
from polyleaf.provenance import manifest, toolchain
from polyleaf.release import Candidate
from polyleaf.release.fingerprints import find_cited
from polyleaf.workspace import Workspace

if TYPE_CHECKING:
    from polyleaf.provenance.staleness import CurrentEditions


def digest_inputs(
    workspace: Workspace, snapshot: Snapshot, job: LocalizationJob, candidate: Candidate
) -> dict[str, str]:
    """Return the files that the edition of *job* is made from, relative to the project, each with a SHA-256.

    It is the SHA-256 of the file as it was read: of the bibliography only of the references that the leaflet cites,
    of the sign-offs only of those that count, which are none for a draft. `terms.tsv` is left out, which decides only
    whether an edition is made.
    """
    document, logo = job.document, snapshot.theme.logo
    files = [document.path, *(document.path.parent / picture.name for picture in document.pictures), paths.THEME]
    files += [paths.catalog(document.leaflet, job.language)] if job.catalog else []
    files += [paths.SOURCE / logo.name] if logo else []
    digests = {str(path): workspace.inputs[path] for path in files if path in workspace.inputs}
    cited = find_cited(document)
    references = [reference.item for key, reference in snapshot.references.items() if key in cited]
    signoffs = [asdict(signoff) for signoff in candidate.counted_signoffs()]
    for path, rows in ((paths.BIBLIOGRAPHY, references), (paths.sign_offs(document.leaflet), signoffs)):
        if rows:
            content = json.dumps(rows, ensure_ascii=False, sort_keys=True).encode()
            digests[str(path)] = manifest.digest(content)
    return digests


def describe_project(project: Project) -> dict[str, str]:
    """Return the keys of an entry that are the same for all outputs: `source_language` and `theme`, a SHA-256.

    Other settings decide which outputs are made, or are in an entry as `status` and `links_to`.
    """
    return {"source_language": project.source_language, "theme": toolchain.digest_theme()}


class Ledger:
    """The manifest in the build folder while a build publishes its outputs, in a `with` statement."""

    def __init__(
        self,
        workspace: Workspace,
        editions: CurrentEditions,
        layout: Callable[[], Mapping[str, str]],
        planned: Collection[str],
    ) -> None:
        """Read the manifest in the build folder, whose outputs are old when they are none of *editions*.

        *layout* returns the versions of what lays out pages and cuts fonts; *planned* are the paths of all outputs that
        may come, relative to the build folder. While an edition of such a leaflet is not in *editions*, `SHA256SUMS`
        has no earlier file of it.
        """
        self._workspace = workspace
        self.editions = editions
        self._layout_versions = layout
        self._earlier = manifest.read(workspace.built(paths.MANIFEST))
        self._to_retract = {path: self._earlier[path] for path in planned if path in self._earlier}
        self._planned = {entry["leaflet"] for entry in self._to_retract.values()}
        self._attempted: dict[str, manifest.Entry] = {}
        self._published: dict[str, manifest.Entry] = {}

    def __enter__(self) -> Self:
        """Return it."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Close it; a build that ended with an error before it published anything leaves the manifest as it was."""
        if kind is None or self._attempted:
            self.close()

    def publish(
        self, workspace: Workspace, localized: Localized, links: Sequence[str], artifacts: Sequence[Artifact]
    ) -> list[PurePosixPath]:
        """Publish with *workspace* the *artifacts* made from *localized*; return their paths to display.

        *links* are the languages that the edition links to. Before the first output changes, the entries of all that
        are planned leave the manifest: when the process is killed, entries may be missing, but none is wrong. Raises
        RenderError when a file cannot be written.
        """
        entries = {str(artifact.path): self._make_entry(artifact, localized, links) for artifact in artifacts}
        if any(self._to_retract.get(path, entry)["sha256"] != entry["sha256"] for path, entry in entries.items()):
            kept = {path: entry for path, entry in self._earlier.items() if path not in self._to_retract}
            self._write({**kept, **self._published})
            self._to_retract = {}
        self._attempted |= entries
        outputs = workspace.publish({artifact.path: artifact.content for artifact in artifacts})
        self._published |= entries
        return outputs

    def restore(self, entries: manifest.Entries) -> None:
        """Take *entries* as those of outputs that an earlier build has published, and that are still there."""
        self._attempted |= entries
        self._published |= entries

    def find_published(self, paths: Iterable[PurePosixPath]) -> dict[str, manifest.Entry]:
        """Return the entries of *paths* that were published."""
        return {str(path): self._published[str(path)] for path in paths if str(path) in self._published}

    @functools.cached_property
    def _text_versions(self) -> Mapping[str, str]:
        return toolchain.find_text_versions()

    @functools.cached_property
    def _all_versions(self) -> Mapping[str, str]:
        return {**self._text_versions, **self._layout_versions()}

    def _make_entry(self, artifact: Artifact, localized: Localized, links: Sequence[str]) -> manifest.Entry:
        tools = self._all_versions if artifact.fonts else self._text_versions
        return {**manifest.make_entry(artifact, localized, links), **self.editions.common, "tools": tools}

    def close(self) -> None:
        """Write the entries of all that was published, also of an edition that is not complete.

        Entries of earlier outputs stay if their files are unchanged. Raises RenderError when nothing can be written.
        """
        if self._attempted or self._earlier:
            current = manifest.read(self._workspace.built(paths.MANIFEST))
            kept = {
                path: entry
                for entries in (self._earlier | current, self._attempted)
                for path, entry in entries.items()
                if path not in self._published and self._is_unchanged(path, entry)
            }
            if self._published or kept or current:
                self._write({**kept, **self._published})

    def _is_unchanged(self, path: str, entry: manifest.Entry) -> bool:
        content = self._workspace.built(PurePosixPath(path))
        return content is not None and manifest.digest(content) == entry["sha256"]

    def _write(self, entries: Mapping[str, manifest.Entry]) -> None:
        old = [path for path, entry in entries.items() if self.editions.explain(entry) or self._is_unknown(path, entry)]
        self._workspace.publish(manifest.write(entries, old))

    def _is_unknown(self, path: str, entry: manifest.Entry) -> bool:
        """Tell whether this build will look at the edition of *entry*, and has not done so."""
        key = entry["leaflet"], entry["language"]
        is_planned = entry["leaflet"] in self._planned and path not in self._published
        return is_planned and key not in self.editions.editions
