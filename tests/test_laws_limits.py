"""Law: no file under a megabyte keeps a command at work for minutes, or takes more than a gigabyte."""

from __future__ import annotations

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

MEASURE = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stderr=subprocess.STDOUT, check=False).returncode
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"\\n{code} {usage.ru_utime + usage.ru_stime} {usage.ru_maxrss}")
"""
"""Runs a command from a small process: what is measured of a process begins with the memory of the one it came from."""

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
    command = [sys.executable, "-c", MEASURE, sys.executable, "-m", "polyleaf", *case.get("command", ["check"])]
    process = subprocess.run(command, cwd=tmp_path / "project", capture_output=True, text=True, check=True)
    *lines, measured = process.stdout.splitlines()
    code, seconds, kilobytes = map(float, measured.split())

    assert case["fact"] in "\n".join(lines)
    assert code in (case["code"] if isinstance(case["code"], list) else [case["code"]])
    assert seconds < SECONDS
    assert kilobytes < MEGABYTES * 1024
