"""How long it takes to make the leaflets: `python tests/bench/bench_build.py`, on a machine that does nothing else."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parents[2]
RUNS = 5
COPIES = 20

PIECES = {
    "python alone": "pass",
    "import polyleaf.cli": "import polyleaf.cli",
    "import weasyprint": "import weasyprint",
    "pandoc, an empty run": "from polyleaf import pandoc; pandoc.read([('x', pandoc.MARKDOWN, 'x')])",
    "layout, an empty page": (
        "from polyleaf.formats.pdf import layout; from polyleaf.model import DEFAULT_THEME; "
        "layout.render_pdf('<title>x</title><p>x', DEFAULT_THEME)"
    ),
}


def project(folder: Path, copies: int = 1) -> None:
    """Write the project into *folder*, with *copies* of each leaflet."""
    for name in ("source", "locales"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "pyproject.toml", folder)
    for file in [*folder.glob("source/*.md"), *folder.glob("locales/*/LC_MESSAGES/*.po")]:
        for number in range(2, copies + 1):
            shutil.copy(file, file.with_stem(f"{file.stem}-{number}"))


def seconds(work: Callable[[], object]) -> float:
    """Return how long *work* takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def python(*words: str, folder: Path = ROOT) -> Callable[[], object]:
    """Return a run of Python with *words* in *folder*, which must succeed."""
    return lambda: subprocess.run([sys.executable, *words], cwd=folder, check=True, capture_output=True)


def line(name: str, times: Sequence[float]) -> str:
    """Return shortest and median of *times* as a line of a table."""
    return f"{name:<28} min {min(times):6.2f} s   median {statistics.median(times):6.2f} s"


def builds(folder: Path, runs: int) -> list[float]:
    """Return the times of *runs* builds in *folder*, each without anything from the one before."""
    times = []
    for _ in range(runs):
        shutil.rmtree(folder / "build", ignore_errors=True)
        times.append(seconds(python("-m", "polyleaf", "build", "-q", folder=folder)))
    return times


def main() -> None:
    """Print the times of a cold build, of its pieces, and of many leaflets at once."""
    with tempfile.TemporaryDirectory() as name:
        single, many = Path(name) / "single", Path(name) / "many"
        project(single)
        project(many, COPIES)
        report = [line("build, everything", builds(single, RUNS))]
        for piece, code in PIECES.items():
            report.append(line(piece, [seconds(python("-c", code)) for _ in range(RUNS)]))
        duration = builds(many, 1)[0]
        files = sorted(many.glob("build/*/*.pdf"))
        report.append(
            f"{len(files)} editions: {duration:.2f} s, {len(files) / duration:.1f} leaflets a second in all formats"
        )
    sys.stdout.write("\n".join(report) + "\n")


if __name__ == "__main__":
    main()
