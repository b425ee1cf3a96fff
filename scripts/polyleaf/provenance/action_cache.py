"""Action cache: the outputs that earlier builds made, by all that they were made of, so that none is made twice.

An action is the rendering of an edition; its digest names its inputs whole: the edition itself, every program, library
and font. The terms are those of the Remote Execution API: https://github.com/bazelbuild/remote-apis
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath

from polyleaf.model import Artifact, Edition, Font
from polyleaf.provenance import environment, manifest
from polyleaf.provenance.digests import hash_value
from polyleaf.workspace import Workspace

NAME = "actions.json"
"""The name under which a workspace keeps it."""

VERSION = 1
"""The version of its shape: an object with `version`, `printed` (leaflet: its languages), and `results`.

`results` has for each path in the build folder an object, an `ActionResult`.
"""


@dataclass(frozen=True, slots=True)
class ActionResult:
    """What an action made of one output: its SHA-256, in hexadecimal digits, and the fonts in it."""

    action: str
    sha256: str
    fonts: tuple[Font, ...]


def open_cache(workspace: Workspace, *, is_empty: bool = False) -> ActionCache:
    """Return what earlier builds in the build folder of *workspace* kept; nothing when it should be *is_empty*."""
    results, printed = ({}, {}) if is_empty else _parse(workspace.cached(NAME) or b"{}")
    return ActionCache(workspace, hash_value(environment.describe(workspace)), results, printed)


class ActionCache:
    """What was made of the outputs in a build folder. An output that was changed since, or is gone, is not in it."""

    def __init__(
        self, workspace: Workspace, tools: str, results: dict[str, ActionResult], printed: dict[str, Sequence[str]]
    ) -> None:
        """Look at outputs through *workspace*; *tools* is the digest of the environment, *printed* names languages."""
        self._workspace = workspace
        self._environment = tools
        self._results = results
        self._printed = printed

    def branch(self, workspace: Workspace) -> ActionCache:
        """Return the same cache, which looks at outputs through *workspace*, another one of the same folders."""
        return ActionCache(workspace, self._environment, self._results, self._printed)

    def digest(self, edition: Edition, *, has_pdf: bool) -> str:
        """Return the digest of the action that renders *edition* in a project that *has_pdf*."""
        return hash_value((self._environment, has_pdf, edition))

    def find(self, action: str, paths: Iterable[PurePosixPath]) -> list[Artifact]:
        """Return the artifacts with these *paths* in the build folder, all made by *action*; else none."""
        artifacts = [self._find(action, path) for path in paths]
        return [artifact for artifact in artifacts if artifact] if all(artifacts) else []

    def _find(self, action: str, path: PurePosixPath) -> Artifact | None:
        result = self._results.get(str(path))
        if result is None or result.action != action:
            return None
        content = self._workspace.built(path)
        if content is None or manifest.digest(content) != result.sha256:
            return None
        return Artifact(path, content, result.fonts)

    def record(self, action: str, artifacts: Iterable[Artifact], leaflet: str, languages: Sequence[str]) -> None:
        """Record that *action* has made *artifacts* of *leaflet*, which is printed in *languages*."""
        self._printed[leaflet] = languages
        for artifact in artifacts:
            result = ActionResult(action, manifest.digest(artifact.content), artifact.fonts)
            self._results[str(artifact.path)] = result

    def languages(self, leaflet: str) -> Sequence[str] | None:
        """Return the languages in which *leaflet* could be printed at last, None when that is not known."""
        return self._printed.get(leaflet)

    def close(self) -> None:
        """Keep for the next build what is recorded."""
        results = {path: asdict(result) for path, result in self._results.items()}
        table = {"version": VERSION, "printed": self._printed, "results": results}
        self._workspace.keep(NAME, json.dumps(table).encode())


def _parse(content: bytes) -> tuple[dict[str, ActionResult], dict[str, Sequence[str]]]:
    """Return results by path, and languages by leaflet; none when *content* has not the shape of this version."""
    try:
        table = json.loads(content)
        if table["version"] != VERSION:
            return {}, {}
        return {path: _parse_result(**result) for path, result in table["results"].items()}, dict(table["printed"])
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return {}, {}


def _parse_result(action: str, sha256: str, fonts: Iterable[Mapping[str, str]]) -> ActionResult:
    return ActionResult(action, sha256, tuple(Font(**font) for font in fonts))
