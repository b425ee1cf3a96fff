"""A law: two builds in two folders, under two clocks, are the same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def built(folder: Path, zone: str, seed: str) -> dict[str, bytes]:
    for name in ("source", "locales"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "pyproject.toml", folder)
    world = {"SOURCE_DATE_EPOCH": "1700000000", "TZ": zone, "PYTHONHASHSEED": seed}
    command = [sys.executable, "-m", "polyleaf", "build", "-q"]
    subprocess.run(command, cwd=folder, env={**os.environ, **world}, check=True, capture_output=True)
    out = folder / "build"
    return {str(file.relative_to(out)): file.read_bytes() for file in sorted(out.rglob("*")) if file.is_file()}


@pytest.mark.law
def test_two_builds_are_the_same_bytes(tmp_path: Path) -> None:
    one = built(tmp_path / "one", "Pacific/Kiritimati", "1")
    other = built(tmp_path / "another folder", "America/Los_Angeles", "2")

    assert 6 <= len(one)
    assert list(one) == list(other)
    assert [] == [name for name in one if one[name] != other[name]]


def test_no_folder_of_the_machine_gets_into_a_file(leaflet: Path) -> None:
    files = [file for file in leaflet.rglob("*") if file.is_file()]

    assert files
    assert [] == [file.name for file in files if str(leaflet).encode() in file.read_bytes()]
