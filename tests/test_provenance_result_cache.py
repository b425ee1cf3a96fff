"""Commands with nothing to do: they say what they said before, and read, make and load nothing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import support
from polyleaf import cli, paths
from polyleaf.errors import RenderError
from polyleaf.formats.registry import FORMATS
from polyleaf.model import Acknowledgement, Artifact, Finding, Location, Severity, Unit
from polyleaf.provenance import result_cache
from polyleaf.provenance.result_cache import ResultCache
from polyleaf.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from polyleaf.config import Project

KNEE = "---\ntitle: Knie\ndate: 2026-03-01\nreview-by: 2026-01-01\n---\n\nBuig rustig.\n\n![Een knie](media/k.svg)\n"
ELBOW = "---\ntitle: Elleboog\n---\n\n::: warning\nNeem 1 tablet.\n:::\n"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>'
FILES: Mapping[str, str] = {"source/knee.md": KNEE, "source/elbow.md": ELBOW, "source/media/k.svg": DRAWING}
COMMANDS = ("build", "check", "status", "update", "check --json", "status --json", "update --check", "check -l en")
SCRIPT = """
import sys
from polyleaf import cli
code = cli.run(sys.argv[1:])
print("MODULES", *sys.modules)
sys.exit(code)
"""
HEAVY: tuple[str, ...] = (
    "weasyprint",
    "pypandoc",
    "lxml",
    "PIL",
    "polyleaf.pandoc",
    "polyleaf.commands",
    "polyleaf.sources",
)
HEAVY += ("cffi", "importlib.metadata", "multiprocessing", "subprocess", "polyleaf.facts")


def append(path: str, text: str) -> None:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as stream:
        stream.write(text)


CHANGES: Mapping[str, Callable[[], object]] = {
    "a source": lambda: append("source/knee.md", "\nStrek rustig.\n"),
    "a source that comes": lambda: append("source/arm.md", KNEE),
    "a source that goes": lambda: Path("source/elbow.md").unlink(),
    "a source that is not read": lambda: append("source/oud/arm.md", KNEE),
    "a picture": lambda: append("source/media/k.svg", "<!-- -->"),
    "a picture that goes": lambda: Path("source/media/k.svg").unlink(),
    "a catalogue": lambda: support.translate(Path(), {"Buig rustig.": "Bend 2 gently."}),
    "a catalogue that goes": lambda: Path(paths.catalog("knee", "en")).unlink(),
    "a catalogue of no leaflet": lambda: append(str(paths.catalog("arm", "en")), 'msgid ""\nmsgstr ""\n'),
    "a template that goes": lambda: Path("locales/knee.pot").unlink(),
    "sign-offs": lambda: append("source/knee.sign-offs.toml", "[[sign-off"),
    "terms": lambda: append("locales/en/terms.tsv", "knie\tpatella\n"),
    "a theme": lambda: append("source/theme.toml", '[colours]\nbrand = "#ffff00"\n'),
    "references": lambda: append("source/references.json", "["),
    "settings": lambda: support.edit(Path(), "pyproject.toml", '"en"]', '"en", "de"]'),
    "an output": lambda: append("build/nl/knee.html", "<p>"),
    "an output that goes": lambda: Path("build/nl/knee.html").unlink(),
    "an output of nobody": lambda: append("build/nl/knee.pdf", "%PDF"),
    "the manifest": lambda: Path("build/manifest.json").unlink(),
}
"""What may be other than it was when a command ran last."""


@pytest.fixture
def project(new_project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    folder = new_project(FILES, update=True)
    support.translate(folder, {"Buig rustig.": "Bend gently."})
    return folder


def run(capsys: pytest.CaptureFixture[str], command: str) -> tuple[int, str, str]:
    """Return the exit code of *command* and what it says."""
    capsys.readouterr()
    return cli.run(command.split()), *capsys.readouterr()


@pytest.mark.law
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_with_nothing_to_do_says_what_it_said_and_loads_nothing(command: str, project: Path) -> None:
    words = [sys.executable, "-c", SCRIPT, *command.split()]
    runs = [
        subprocess.run(words, cwd=project, capture_output=True, text=True, check=False)
        for _ in range(3)  # the first build makes what the others keep
    ]

    answers = [(run.returncode, run.stdout.partition("MODULES")[0], run.stderr) for run in runs]
    modules = runs[-1].stdout.partition("MODULES")[2]
    assert answers[1] == answers[2]
    assert [] == [name for name in HEAVY if name in modules.split()]


@pytest.mark.law
@pytest.mark.parametrize("name", CHANGES)
def test_whatever_changes_every_command_says_what_it_says_without_a_cache(
    name: str, project: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "build")
    for command in COMMANDS:
        run(capsys, command)
    CHANGES[name]()
    copies = tmp_path_factory.mktemp("copies")
    for command in COMMANDS:
        copy = copies / command
        shutil.copytree(project, copy)
        answer = run(capsys, command)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XDG_CACHE_HOME", str(copies / "no cache" / command))
            patch.chdir(copy)
            expected = run(capsys, command)

        assert _without_progress(expected) == _without_progress(answer), command
        shutil.rmtree(project / "build")
        shutil.copytree(copy / "build", project / "build")


def _without_progress(answer: tuple[int, str, str]) -> tuple[int, list[str], str]:
    code, out, err = answer
    return code, [line for line in out.splitlines() if not line.startswith(("made", "kept"))], err


@pytest.mark.parametrize("command", ["build", "check", "status", "update"])
def test_tomorrow_is_another_day(
    command: str, project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, command)
    run(capsys, command)
    tomorrow = datetime.now().astimezone() + timedelta(days=1)
    monkeypatch.setattr("polyleaf.workspace.disk.now", lambda: tomorrow)
    loaded: list[str] = []

    def load(workspace: Workspace) -> Project:
        loaded.append(command)
        return load_project(workspace)

    load_project = Workspace.project
    monkeypatch.setattr(Workspace, "project", load)
    run(capsys, command)

    assert loaded
    assert project.is_dir()


def test_what_cannot_be_rendered_is_tried_again(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> Artifact:
        raise RenderError("it is too much", hint="")

    with monkeypatch.context() as patch:
        patch.setattr("polyleaf.commands.edition_builder.FORMATS", {"html": replace(FORMATS["html"], render=fail)})
        assert 6 == run(capsys, "build -l nl knee")[0]
        append("source/arm.md", ELBOW)
        assert project.is_dir()

    assert 0 == run(capsys, "build -l nl knee")[0]


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"version": 1, "key": "", "sights": 1}', b"\xff"])
def test_a_cache_that_cannot_be_read_is_none(content: bytes, project: Path) -> None:
    workspace = Workspace(project)
    workspace.keep("check.json", content)

    assert None is ResultCache(workspace).find(workspace, "check", {})


def test_the_answer_of_another_request_or_folder_is_not_given(project: Path, tmp_path: Path) -> None:
    workspace, other = Workspace(project), Workspace(project, tmp_path / "out")
    cache = ResultCache(workspace)
    cache.keep(workspace, "check", {"a": 1}, ["answer"])

    assert ["answer"] == cache.find(Workspace(project), "check", {"a": 1})
    assert None is cache.find(Workspace(project), "check", {"a": 2})
    assert None is cache.find(Workspace(project), "build", {"a": 1})
    assert None is ResultCache(other).find(other, "check", {"a": 1})


def test_a_finding_is_kept_whole() -> None:
    acknowledged = Acknowledgement("number", "a1", "2026-03-01", "name", "reason")
    location = Location("a.md", 3)
    marks = {"a": {"t": "Str", "c": "x"}}
    unit = Unit(1, "Buig.", "", "paragraph", "", "a.md:3", safety=True, marks=marks, legend=("l",), comments=("c",))
    finding = Finding("number", location, "fact", Severity.WARNING, "hint", "q", "t", unit, "Bend.", acknowledged)

    for each in (finding, Finding("number", Location("nl"), "fact", Severity.ERROR)):
        again = result_cache.unpack(json.loads(json.dumps(result_cache.pack(each))))
        assert (each, each.unit, each.translation) == (again, again.unit, again.translation)


@pytest.mark.skipif(os.name != "posix", reason="links need rights elsewhere")
def test_a_picture_behind_a_link_is_looked_at_where_it_is(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a", "b"):
        append(f"source/{name}.svg", DRAWING)
    link = project / "source/media/k.svg"
    link.unlink()
    link.symlink_to(project / "source/a.svg")
    run(capsys, "build")
    assert 0 == run(capsys, "build -l nl knee")[0]
    link.unlink()
    link.symlink_to("/etc/hostname")

    assert "is outside source/" in run(capsys, "build -l nl knee")[2]
