"""A law: two builds by two people, on two machines as far as one can be two, are the same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
YEAR = 365 * 24 * 3600
NOBODY = 65534

COMMAND = """
import os, sys
from datetime import datetime, timedelta
from contextlib import contextmanager

cores, days, backwards = (int(word) for word in sys.argv[1:4])
if cores and hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
if backwards:
    look, names = os.scandir, os.listdir

    @contextmanager
    def scandir(path="."):
        with look(path) as found:
            yield iter(sorted(found, key=lambda entry: entry.name, reverse=True))

    os.scandir = scandir
    os.listdir = lambda path=".": sorted(names(path), reverse=True)

from polyleaf import cli
from polyleaf.workspace import disk

class Later(datetime):
    @classmethod
    def now(cls, zone=None):
        return datetime.now(zone) + timedelta(days=days)

disk.datetime = Later
sys.exit(cli.run(["build", "-q"]))
"""
"""The command on so many processors, so many days later by its only clock, with folders read backwards or not."""


@dataclass(frozen=True)
class Environment:
    """A user and a machine; *age* is how long ago, in seconds, the files were written."""

    folder: str
    environment: dict[str, str]
    mask: int
    cores: int = 0
    days: int = 0
    backwards: bool = False
    age: int = 0
    user: int | None = None
    earlier: dict[str, bytes] = field(default_factory=dict)


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """A folder in which another person may work, too; that of pytest is closed to others."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


def write_project(shared_folder: Path, variant: Environment) -> Path:
    """Return a folder with the project, its files written in the order, at the time and for the person of *variant*."""
    folder = shared_folder / variant.folder
    files = [file for name in ("source", "locales") for file in (ROOT / name).rglob("*") if file.is_file()]
    names = sorted(str(file.relative_to(ROOT)) for file in [*files, ROOT / "pyproject.toml"])
    for name in sorted(names, reverse=variant.backwards):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, file)
        moment = file.stat().st_mtime - variant.age
        os.utime(file, (moment, moment))
    for name, content in variant.earlier.items():
        (folder / "build" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "build" / name).write_bytes(content)
    (folder / "home").mkdir()
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, variant.user if variant.user is not None else -1, -1)
    return folder


def build(shared_folder: Path, variant: Environment) -> dict[str, bytes]:
    """Build the project's own leaflet in *variant* and return all that is in its build folder."""
    folder = write_project(shared_folder, variant)
    home = {"HOME": str(folder / "home"), "USER": variant.folder}
    environment = {**os.environ, **home, **variant.environment}
    environment.pop("SOURCE_DATE_EPOCH", None)
    words = [sys.executable, "-P", "-c", COMMAND, str(variant.cores), str(variant.days), str(int(variant.backwards))]
    process = subprocess.run(
        words,
        cwd=folder,
        env=environment,
        umask=variant.mask,
        user=variant.user,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert 0 == process.returncode, process.stderr
    out = folder / "build"
    return {str(file.relative_to(out)): file.read_bytes() for file in sorted(out.rglob("*")) if file.is_file()}


def another_user() -> int | None:
    """Return a user of this machine who may run this Python, where the tests may ask for one; only root may."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    try:
        subprocess.run([sys.executable, "-c", "import polyleaf.cli"], user=NOBODY, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return NOBODY


@pytest.mark.law
def test_two_builds_are_the_same_bytes(shared_folder: Path) -> None:
    first_variables = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "LANG": "nl_NL.UTF-8"}
    second_variables = {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "2", "LC_ALL": "tr_TR.UTF-8", "LANG": "C"}
    first = build(shared_folder, Environment("one", first_variables, 0o022))
    earlier_files = dict.fromkeys(first, b"an earlier file") | {"manifest.json": first["manifest.json"]}
    second = build(
        shared_folder,
        Environment(
            "another folder, é",
            second_variables,
            0o077,
            cores=1,
            days=365,
            backwards=True,
            age=YEAR,
            user=another_user(),
            earlier=earlier_files,
        ),
    )

    assert {"manifest.json", "SHA256SUMS", "nl/magnesium-en-slaap.pdf", "en/magnesium-en-slaap.epub"} <= set(first)
    assert list(first) == list(second)
    assert [] == [name for name in first if first[name] != second[name]]


def test_no_folder_of_the_machine_gets_into_a_file(leaflet: Path) -> None:
    files = [file for file in leaflet.rglob("*") if file.is_file()]

    assert files
    assert [] == [file.name for file in files if str(leaflet).encode() in file.read_bytes()]
