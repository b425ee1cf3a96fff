"""Law: no file under a megabyte keeps a command at work for more than 30 seconds, or takes more than a gigabyte."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import support

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SECONDS, MEGABYTES = 30, 1000
HEAD = "---\ntitle: Knie\n---\n\n"
GOOD = f"{HEAD}Buig de knie niet.\n"
SPANS = "<span>" * 40

INPUTS: Mapping[str, tuple[str, str, int, str]] = {
    "spans": ("source/enkel.md", f"{HEAD}Buig.\n\n{SPANS}\n", 1, "source/enkel.md:7: this text takes more than"),
    "spans in a title": ("source/enkel.md", f"---\ntitle: {SPANS}\n---\n\nBuig.\n", 1, "source/enkel.md:2: this text"),
}
"""A file of a project, the exit code of `check`, and what it says of that file."""


@pytest.mark.law
@pytest.mark.parametrize(("path", "text", "code", "fact"), INPUTS.values(), ids=INPUTS)
def test_an_enormous_input_is_refused_in_time(tmp_path: Path, path: str, text: str, code: int, fact: str) -> None:
    folder = support.project(tmp_path, {"source/knie.md": GOOD, path: text})
    command = [sys.executable, "-m", "polyleaf", "check"]
    with (tmp_path / "output").open("w+b") as output:
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        lines = output.read().decode()

    assert fact in lines
    assert code == process.returncode
    assert usage.ru_utime + usage.ru_stime < SECONDS
    assert usage.ru_maxrss < MEGABYTES * 1024
