"""Batches of a build: each is made, published and kept by itself, and all of them are one build."""

from __future__ import annotations

import json
import random
import string
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

from polyleaf import cli
from polyleaf.commands import build
from polyleaf.errors import SourceError
from polyleaf.model import Severity
from polyleaf.project.selection import Selection
from polyleaf.workspace import Workspace, cache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NAMES = [f"leaflet-{number:02}" for number in range(26)]
LEAFLET = "---\ntitle: Folder {}\ndate: 2026-03-01\n---\n\nBuig rustig.\n"
BROKEN = "---\ntitle: Folder\n---\n\n<script>\n"

pytestmark = pytest.mark.law


@pytest.fixture
def project(new_project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    files = {f"source/{name}.md": LEAFLET.format(name) for name in NAMES}
    return new_project(files, '[tool.polyleaf]\nsource_language = "nl"\nformats = ["html"]\n')


def make(project: Path, *leaflets: str) -> list[str]:
    """Build, and return what is made."""
    outputs: list[PurePosixPath] = []
    findings = build.build(Workspace(project), Selection(tuple(leaflets)), outputs.append)
    assert [] == [finding for finding in findings if finding.severity is Severity.ERROR]
    return [path.stem for path in outputs]


def kept(project: Path) -> dict[str, int]:
    """Return the files in which batches are kept, each with the time at which it was written."""
    return {file.name: file.stat().st_mtime_ns for file in cache.folder_for(project / "build").glob("batch-*")}


def test_there_are_several_batches() -> None:
    batches = build.divide(NAMES)

    assert len(batches) > 1
    assert NAMES == [name for batch in batches for name in batch]


def test_a_new_name_changes_the_batches_around_it_alone() -> None:
    chance = random.Random(3)  # noqa: S311 - no secret, only variety
    names = sorted({"".join(chance.choices(string.ascii_lowercase, k=6)) for _ in range(400)})
    before = {tuple(batch) for batch in build.divide(names)}
    assert all(build.FEWEST <= len(batch) <= build.MOST for batch in list(before) if names[-1] not in batch)

    changed = []
    for _ in range(40):
        name = "".join(chance.choices(string.ascii_lowercase, k=6))
        changed.append(len({tuple(batch) for batch in build.divide(sorted({*names, name}))} - before))

    assert sorted(changed)[len(changed) // 2] <= 2
    assert max(changed) < len(before) / 2


def test_a_change_makes_its_batch_again_and_no_other(project: Path) -> None:
    assert NAMES == make(project)
    before = kept(project)
    (project / "source" / "leaflet-03.md").write_text(LEAFLET.format("drie"), "utf-8")

    assert ["leaflet-03"] == make(project)

    after = kept(project)
    assert before.keys() == after.keys()
    assert len(before) == len(build.divide(NAMES))
    assert 1 == sum(before[name] != after[name] for name in before)


def test_a_new_leaflet_is_made_and_no_other(project: Path) -> None:
    make(project)
    (project / "source" / "leaflet-11a.md").write_text(LEAFLET.format("nieuw"), "utf-8")

    assert ["leaflet-11a"] == make(project)
    assert [] == make(project)


def test_what_was_finished_before_an_interruption_is_not_made_again(project: Path) -> None:
    outputs: list[str] = []

    def stop(path: object) -> None:
        outputs.append(Path(str(path)).stem)
        if len(outputs) == len(NAMES) - 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build.build(Workspace(project), done=stop)
    for file in cache.folder_for(project / "build").glob("actions.json"):
        file.unlink()  # as when the process was killed
    (project / "build" / "manifest.json").unlink()
    (project / "build" / "SHA256SUMS").unlink()

    last = set(build.divide(NAMES)[-1])
    assert last == set(make(project))
    assert {f"nl/{name}.html" for name in NAMES} == set(
        json.loads((project / "build" / "manifest.json").read_bytes())["files"]
    )
    assert len(NAMES) + 1 == len((project / "build" / "SHA256SUMS").read_text("utf-8").splitlines())


def test_the_files_are_those_of_leaflets_that_are_built_alone(project: Path, tmp_path: Path) -> None:
    make(project)
    for name in NAMES[::5]:
        assert 0 == cli.run(["build", "-q", name, "-o", str(tmp_path / "alone")])
        alone = (tmp_path / "alone" / "nl" / f"{name}.html").read_bytes()

        assert alone == (project / "build" / "nl" / f"{name}.html").read_bytes()


def break_all(project: Path) -> Iterator[str]:
    for name in NAMES:
        (project / "source" / f"{name}.md").write_text(BROKEN, "utf-8")
        yield name


def test_where_no_leaflet_can_be_read_all_errors_are_said_and_nothing_changes(project: Path) -> None:
    make(project)
    before = (project / "build" / "SHA256SUMS").read_bytes()
    names = list(break_all(project))

    with pytest.raises(SourceError) as raised:
        build.build(Workspace(project))

    assert all(f"source/{name}.md" in str(raised.value) for name in names)
    assert before == (project / "build" / "SHA256SUMS").read_bytes()


def test_a_batch_of_which_no_leaflet_can_be_read_stops_no_other(project: Path) -> None:
    make(project)
    broken = build.divide(NAMES)[0]
    for name in broken:
        (project / "source" / f"{name}.md").write_text(BROKEN, "utf-8")

    findings = build.build(Workspace(project))

    assert {f"source/{name}.md" for name in broken} == {
        finding.location.path for finding in findings if finding.severity is Severity.ERROR
    }
    listed = (project / "build" / "SHA256SUMS").read_text("utf-8")
    assert [name not in broken for name in NAMES] == [f"nl/{name}.html" in listed for name in NAMES]


def test_namesakes_in_two_batches_are_refused(project: Path) -> None:
    (project / "source" / "LEAFLET-25.md").write_text(LEAFLET.format("groot"), "utf-8")

    findings = build.build(Workspace(project))

    errors = [finding.fact for finding in findings if finding.severity is Severity.ERROR]
    assert errors
    assert all("'LEAFLET-25' and 'leaflet-25' are one name" in fact for fact in errors)
    assert not (project / "build" / "nl" / "leaflet-25.html").exists()
    assert (project / "build" / "nl" / "leaflet-24.html").exists()
