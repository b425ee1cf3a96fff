"""Every target of `fuzz_targets` is fuzzed with the same inputs each time, for about a quarter of a minute.

A run that goes on to inputs nobody has tried, for hours, is `python tests/fuzz.py TARGET --seconds N`.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import fuzz_targets

FUZZ = Path(__file__).parent / "fuzz.py"
RUNS = {
    "translations": 40,
    "front-matter": 6000,
    "manuscript": 400,
    "theme": 6000,
    "po": 800,
    "svg": 1000,
    "import-docx": 50,
    "import-odt": 50,
    "import-html": 70,
}
"""How many inputs are tried of each target."""

FIXED = ["setarch", "--addr-no-randomize"]
"""Runs a command with the same addresses each time, by which libFuzzer chooses among its inputs."""
PLANTED = """
import pathlib, sys
sys.path.insert(0, sys.argv[1])
import fuzz, fuzz_targets

def check(content):
    assert content[:2] != b"ab", "a planted fault"

fuzz.run(fuzz_targets.Target(check, lambda: ["x", "aX"]), pathlib.Path(sys.argv[2]), 1, seconds=20)
"""
"""The fuzzer with a law that a few bytes break."""

ENVIRONMENT = {
    **{name: text for name, text in os.environ.items() if not name.startswith("COV") and name != "PYTHONSAFEPATH"},
    "PYTHONHASHSEED": "0",
}
"""That of a process in which only the fuzzer measures, which finds the modules beside its script, and has no chance."""

pytestmark = [
    pytest.mark.law,
    pytest.mark.skipif(
        not importlib.util.find_spec("atheris"), reason="atheris has no wheel for this Python or machine"
    ),
]


@pytest.fixture(scope="module")
def fixed() -> list[str]:
    """The command before one whose addresses shall be the same each time; empty where that is not allowed."""
    is_there = (
        shutil.which(FIXED[0]) and not subprocess.run([*FIXED, "true"], check=False, capture_output=True).returncode
    )
    return FIXED if is_there else []


@pytest.mark.parametrize("target", fuzz_targets.TARGETS)
def test_no_input_breaks_the_law_of_its_target(target: str, fixed: list[str], tmp_path: Path) -> None:
    command = [*fixed, sys.executable, str(FUZZ), target, "--runs", str(RUNS[target]), "--corpus", str(tmp_path)]
    process = subprocess.run(command, check=False, capture_output=True, cwd=tmp_path, env=ENVIRONMENT)
    report = process.stderr.decode(errors="replace")
    broken = [
        file.read_bytes()[:2000] for file in tmp_path.iterdir() if file.name.startswith(("crash", "timeout", "oom"))
    ]

    assert (0, []) == (process.returncode, broken), report[-6000:]
    assert f"stat::number_of_executed_units: {RUNS[target]}" in report


def test_the_fuzzer_finds_a_planted_fault_and_keeps_its_input(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PLANTED, str(FUZZ.parent), str(tmp_path)]
    process = subprocess.run(command, check=False, capture_output=True, cwd=tmp_path, env=ENVIRONMENT)

    assert process.returncode
    assert b"a planted fault" in process.stderr + process.stdout
    assert [b"ab"] == [file.read_bytes()[:2] for file in tmp_path.glob("crash-*")]
