"""Every target of `fuzz_targets` is fuzzed for a quarter of a minute; longer: `python tests/fuzz.py --help`."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

import fuzz_targets

FUZZ = Path(__file__).parent / "fuzz.py"
SECONDS = 14
PLANTED = """
import pathlib, sys
sys.path.insert(0, sys.argv[1])
import fuzz, fuzz_targets

def check(content):
    assert content[:2] != b"ab", "a planted fault"

fuzz.run(fuzz_targets.Target(check, lambda: ["x", "aX"]), pathlib.Path(sys.argv[2]), 20, 1)
"""
"""The fuzzer with a law that a few bytes break."""

ENVIRONMENT = {
    name: text for name, text in os.environ.items() if not name.startswith("COV") and name != "PYTHONSAFEPATH"
}
"""That of a process in which only the fuzzer measures, and which finds the modules beside its script."""

pytestmark = [
    pytest.mark.law,
    pytest.mark.skipif(
        not importlib.util.find_spec("atheris"), reason="atheris has no wheel for this Python or machine"
    ),
]


@pytest.mark.parametrize("target", fuzz_targets.TARGETS)
def test_no_input_breaks_the_law_of_its_target(target: str, tmp_path: Path) -> None:
    command = [sys.executable, str(FUZZ), target, "--seconds", str(SECONDS), "--corpus", str(tmp_path)]
    process = subprocess.run(command, check=False, capture_output=True, cwd=tmp_path, env=ENVIRONMENT)
    report = process.stderr.decode(errors="replace")
    broken = [
        file.read_bytes()[:2000] for file in tmp_path.iterdir() if file.name.startswith(("crash", "timeout", "oom"))
    ]

    assert (0, []) == (process.returncode, broken), report[-6000:]
    assert "stat::number_of_executed_units" in report


def test_the_fuzzer_finds_a_planted_fault_and_keeps_its_input(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PLANTED, str(FUZZ.parent), str(tmp_path)]
    process = subprocess.run(command, check=False, capture_output=True, cwd=tmp_path, env=ENVIRONMENT)

    assert process.returncode
    assert b"a planted fault" in process.stderr + process.stdout
    assert [b"ab"] == [file.read_bytes()[:2] for file in tmp_path.glob("crash-*")]
