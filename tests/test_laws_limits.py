"""Law: no file under a megabyte keeps a command at work for minutes, or takes more than a gigabyte."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import support

if TYPE_CHECKING:
    from collections.abc import Mapping

SECONDS, MEGABYTES = 90, 1000
"""The limits of each; alone on a machine of 2024 every one takes less than 30 seconds."""

HEAD = "---\ntitle: Knie\n---\n\n"
GOOD = f"{HEAD}Buig de *knie* niet.\n"
CATALOG = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nLanguage: en\\n"\n\n'
CASES = tomllib.loads((Path(__file__).parent / "cases" / "enormous.toml").read_text("utf-8"))


def write(folder: Path, name: str, case: Mapping[str, Any]) -> None:
    """Write a project with a good leaflet, and the file of the *case* called *name*."""
    kind = name.partition(":")[0]
    start = case.get("start", "")
    start = CATALOG + start if kind == "catalogue" else start or HEAD
    text = start + case["text"] * case["times"] + case.get("end", "\n")
    good = f"{GOOD}\n![Een knie](a.svg)\n" if kind == "drawing" else GOOD
    support.project(folder, {"source/knie.md": good, case.get("file", "source/enkel.md"): text})
    assert len(text.encode()) < 1_000_000


@pytest.mark.law
@pytest.mark.parametrize("name", CASES)
def test_an_enormous_file_is_dealt_with_in_time(tmp_path: Path, name: str) -> None:
    case = CASES[name]
    write(tmp_path / "project", name, case)
    command = [sys.executable, "-m", "polyleaf", *case.get("command", ["check"])]
    with (tmp_path / "output").open("w+b") as output:
        process = subprocess.Popen(command, cwd=tmp_path / "project", stdout=output, stderr=output)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        lines = output.read().decode()

    assert case["fact"] in lines
    assert case["code"] == process.returncode
    assert usage.ru_utime + usage.ru_stime < SECONDS
    assert usage.ru_maxrss < MEGABYTES * 1024
