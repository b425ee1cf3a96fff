"""What others say of the finished files: the outside judges, where they are installed."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
JUDGE = ROOT.parent / "shared" / "judges" / "judge"
NOT_INSTALLED = 2

HEADLESS = ("table-all-head", "table-without-head")
"""Tables of which no cell is a header; the judges ask for one, and which it is only their author could say."""


@pytest.mark.slow
@pytest.mark.parametrize("subject", ["the leaflet", "the oddities", "a leaflet with a theme", "the scripts"])
def test_no_judge_finds_a_fault(subject: str, leaflet: Path, oddities: Path, themed: Path, scripts: Path) -> None:
    if not JUDGE.is_file():
        pytest.skip("there are no judges beside the project")
    files = {
        "the leaflet": [leaflet, ROOT / "locales"],
        "the oddities": sorted(file for file in oddities.glob("*.pdf") if file.stem not in HEADLESS),
        "a leaflet with a theme": [themed],
        "the scripts": sorted(scripts.glob("*/tea.*")),
    }[subject]
    process = subprocess.run(
        [JUDGE, "--quick", "--strict", "--dual", *files], capture_output=True, text=True, check=False
    )

    if process.returncode == NOT_INSTALLED:
        pytest.fail("the judges are not installed: run setup beside them")
    assert [] == [line for line in process.stdout.splitlines() if line.startswith("FAIL")]
    assert 0 == process.returncode
