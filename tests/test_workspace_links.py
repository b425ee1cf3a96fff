"""What leads out of a project, or is no file in it: read by no command, and written by none."""

from __future__ import annotations

import os
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest

import support
from polyleaf import cli
from polyleaf.errors import RenderError
from polyleaf.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

LEAFLET = "---\ntitle: Knie\n---\n\nBuig.\n"
PO = "locales/en/LC_MESSAGES/knee.po"

KINDS: Mapping[str, tuple[Callable[[Path, Path], object], str]] = {
    "a link out of the project": (lambda file, outside: file.symlink_to(outside), "a link leads from there out of"),
    "a link to nothing outside": (lambda file, _: file.symlink_to("/nothing/there"), "a link leads from there out of"),
    "a link to itself": (lambda file, _: file.symlink_to(file.name), "symbolic links"),
    "a pipe": (lambda file, _: os.mkfifo(file), "it is not a file"),
    "a folder": (lambda file, _: file.mkdir(), "it is not a file"),
}
"""What can be in the place of a file, and what is said of it."""

FILES = {
    "pyproject.toml": (3, "update"),
    "source/knee.md": (4, "update"),
    "source/references.json": (4, "update"),
    "source/theme.toml": (4, "update"),
    "source/knee.sign-offs.toml": (4, "status"),
    PO: (4, "update"),
    "locales/knee.pot": (4, "update"),
    "locales/en/terms.tsv": (4, "status"),
}
"""The files of a project, with the exit code and a command that reads them."""


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder that is no part of the project, with the same files."""
    files = {name: "secret" for name in FILES if name != "pyproject.toml"}
    return support.project(tmp_path / "outside", files)


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_file_of_the_project_is_refused(
    kind: str, path: str, outside: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make, fact = KINDS[kind]
    code, command = FILES[path]
    folder = support.project(outside.parent / "project", {"source/knee.md": LEAFLET})
    file = folder / path
    file.unlink(missing_ok=True)
    file.parent.mkdir(parents=True, exist_ok=True)
    make(file, outside / path)
    monkeypatch.chdir(folder)

    assert code == cli.run([command])

    error = capsys.readouterr().err
    assert f"{path}: cannot be read: " in error
    assert fact in error
    assert "Put a file there that you may read" in error
    assert "secret" not in error


@pytest.mark.parametrize("name", ["source", "locales"])
def test_a_folder_that_is_elsewhere_is_refused(
    name: str, outside: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = support.project(outside.parent / "project", {} if name == "source" else {"source/knee.md": LEAFLET})
    (folder / name).symlink_to(outside / name)
    monkeypatch.chdir(folder)

    assert 4 == cli.run(["update"])
    assert "a link leads from there out of project/" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["build", "build/nl", "build/nl/knee.html"])
def test_nothing_is_written_or_removed_or_read_where_an_output_leads_out(name: str, outside: Path) -> None:
    folder = support.project(outside.parent / "project", {})
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    target = outside / name
    kept = target if target.suffix else target / PurePosixPath("build/nl/knee.html").relative_to(name)
    kept.parent.mkdir(parents=True)
    kept.write_text("kept")
    (folder / name).symlink_to(target)
    workspace, path = Workspace(folder), PurePosixPath("nl/knee.html")

    with pytest.raises(RenderError, match=r"cannot be written: a link leads from there out of project/") as caught:
        workspace.publish({path: b"new"})

    assert "Put a folder or file in the place of the link" in caught.value.hint
    assert workspace.built(path) is None
    if not target.suffix:
        with pytest.raises(RenderError, match=r"cannot be removed: a link leads from there out of project/"):
            workspace.remove([path])
    assert "kept" == kept.read_text("utf-8")


def test_the_output_folder_that_somebody_names_may_be_anywhere(outside: Path) -> None:
    folder = support.project(outside.parent / "project", {})
    (folder / "site").symlink_to(outside)

    Workspace(folder, folder / "site").publish({PurePosixPath("nl/knee.html"): b"new"})

    assert b"new" == (outside / "nl" / "knee.html").read_bytes()


@pytest.mark.law
def test_a_link_to_another_file_of_the_project_is_that_file(new_project: Callable[..., Path]) -> None:
    folder = new_project({"source/parts/knee.txt": LEAFLET})
    (folder / "source/knee.md").symlink_to("parts/knee.txt")
    assert 0 == cli.run(["update", "-q"])
    (folder / PO).rename(folder / "knee.po")
    (folder / PO).symlink_to("../../../knee.po")
    (folder / "source/parts/knee.txt").write_text(f"{LEAFLET}\nStrek.\n")

    assert 0 == cli.run(["update", "-q"])
    assert (folder / PO).is_symlink()
    assert "Strek." in (folder / "knee.po").read_text("utf-8")


def test_an_image_that_is_a_pipe_does_not_wait_for_anybody(
    new_project: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = new_project({"source/knee.md": f"{LEAFLET}\n![Een knie](knee.svg)\n"})
    os.mkfifo(folder / "source/knee.svg")

    assert 4 == cli.run(["update"])
    assert "source/knee.md:7: the image 'knee.svg' is not there" in capsys.readouterr().err
