"""What lies in the folder of a project is read, and never run: by no command, and in no process of it."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

import polyleaf
import support
from polyleaf import cli

PACKAGE = Path(polyleaf.__file__).parents[1]
RAN = "import posix\nposix.write(posix.open({!r}, posix.O_CREAT | posix.O_APPEND | posix.O_WRONLY), b'{} ')\n"

MODULES = sorted(
    {name for name in sys.stdlib_module_names | metadata.packages_distributions().keys() if name.isidentifier()}
    | {"polyleaf", "sitecustomize", "usercustomize", "pytinytex", "conftest"}
)
"""Every module that a process can import here, and those that it would import if they were there."""

PROGRAMS = (
    "pandoc",
    "msgcat",
    "msgfmt",
    "git",
    "gs",
    "gcc",
    "cc",
    "ld",
    "ldconfig",
    "python",
    "python3",
    "sh",
    "fc-list",
)
"""Programs that are started, or that a library of ours looks for."""

PO = "locales/en/LC_MESSAGES/knee.po"
COMMANDS = {
    "update": [],
    "build": ["-f", "pdf", "-f", "html"],
    "check": ["-o", "build"],
    "status": ["--html"],
    "review": ["-l", "en"],
    "sign": ["knee", "-l", "en", "--name", "A. Bos", "--role", "reviewer", "--yes"],
    "extract": [],
    "import": ["other.html", "-l", "en"],
    "readability": [],
    "acknowledge": [f"{PO}:9", "missing", "--by", "A. Bos", "--reason", "it is right"],
    "reword": ["--all", "--by", "A. Bos"],
    "merge-driver": [PO, PO, PO, PO],
    "theme": [],
    "clean": [],
}
"""A way to call every command, in an order in which each has something to do."""

pytestmark = pytest.mark.law


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A project of somebody else, with a module of every name and programs, which write their names into a file."""
    folder = support.project(tmp_path / "project", {"source/knee.md": "---\ntitle: Knie\n---\n\n# Buig\n\nBuig.\n"})
    (folder / "other.html").write_text("<html lang=en><title>Knee</title><h1>Bend</h1><p>Bend.</p></html>")
    for name in MODULES:
        (folder / f"{name}.py").write_text(RAN.format(str(tmp_path / "ran"), name))
    for name in PROGRAMS:
        (folder / name).write_text(f"#!/bin/sh\necho {name} >> '{tmp_path}/ran'\nexit 1\n")
        (folder / name).chmod(0o755)
    return folder


def run(folder: Path, words: list[str], **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python with *words* in *folder*, as somebody does who has the current folder in the search path."""
    variables = {"PATH": f".:{os.environ['PATH']}::bin", "PYTHONPATH": str(PACKAGE), **variables}
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONSAFEPATH"} | variables
    return subprocess.run(
        [sys.executable, *words], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def test_no_command_runs_what_lies_in_the_folder(hostile: Path, tmp_path: Path) -> None:
    script = tmp_path / "bin" / "polyleaf"
    script.parent.mkdir()
    script.write_text(
        "from polyleaf.__main__ import main\nif __name__ == '__main__':\n    main()\n"
    )  # as pip writes it
    done = {name: run(hostile, [str(script), name, *words]) for name, words in COMMANDS.items()}

    assert set(cli.polyleaf.commands) == set(COMMANDS)
    assert {} == {name: each.stderr for name, each in done.items() if each.returncode > 2 or "Traceback" in each.stderr}
    assert "made build/nl/knee.pdf" in done["build"].stdout
    assert not (tmp_path / "ran").exists(), (tmp_path / "ran").read_text("utf-8")


def test_the_module_runs_nothing_of_the_folder_in_safe_mode(hostile: Path, tmp_path: Path) -> None:
    done = run(hostile, ["-P", "-m", "polyleaf", "build", "-f", "pdf"])

    assert "made build/nl/knee.pdf" in done.stdout
    assert not (tmp_path / "ran").exists(), (tmp_path / "ran").read_text("utf-8")


def test_the_module_runs_nothing_of_the_folder_but_what_python_loads_before_it(hostile: Path, tmp_path: Path) -> None:
    program = "import runpy, polyleaf, polyleaf.__main__, sys; print(*sys.modules)"
    for name in {name.partition(".")[0] for name in run(hostile, ["-P", "-c", program]).stdout.split()}:
        (hostile / f"{name}.py").unlink(missing_ok=True)

    done = run(hostile, ["-m", "polyleaf", "build", "-f", "pdf"])

    assert "made build/nl/knee.pdf" in done.stdout
    assert not (tmp_path / "ran").exists(), (tmp_path / "ran").read_text("utf-8")
