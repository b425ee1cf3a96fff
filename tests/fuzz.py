"""Fuzzing, guided by the lines that inputs reach: `python tests/fuzz.py TARGET --seconds N [--corpus FOLDER]`.

With `--runs N` instead it tries N inputs, the same ones each time.

The targets are those of `fuzz_targets`. An input that breaks a law, raises anything but a PolyleafError or takes more
than a minute ends the run, and is in `crash-*` or `timeout-*` in the folder. Inputs that reach something new are in its
`corpus`, where the next run with that folder begins.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import atheris

with atheris.instrument_imports(include=["polyleaf", "yaml", "tinycss2"], enable_loader_override=False):
    import fuzz_targets
    from polyleaf.errors import PolyleafError

if TYPE_CHECKING:
    from fuzz_targets import Target

SECONDS_FOR_INPUT, MEGABYTES, LARGEST = 60, 4000, 100_000
"""How long an input may take, how much memory the run, and how many bytes an input has at most."""


def run(target: Target, folder: Path, seed: int, *, seconds: int = 0, runs: int = -1) -> None:
    """Fuzz *target* in *folder* with the chance of *seed*, for so many *seconds* or *runs*; ends the process.

    No *seconds* are without end, and so are -1 *runs*.
    """
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, content in enumerate(target.seeds()):
        (corpus / f"seed-{number}").write_bytes(content.encode() if isinstance(content, str) else content)
    tokens = ('"' + "".join(f"\\x{byte:02x}" for byte in token.encode()) + '"\n' for token in target.tokens if token)
    (folder / "tokens").write_text("".join(tokens), "ascii")
    options = {
        "max_total_time": seconds,
        "runs": runs,
        "seed": seed,
        "timeout": SECONDS_FOR_INPUT,
        "rss_limit_mb": MEGABYTES,
        "max_len": LARGEST,
        **({"dict": folder / "tokens"} if target.tokens else {}),
        "artifact_prefix": f"{folder}/",
        "print_final_stats": 1,
    }
    end = time.monotonic() + seconds if seconds else float("inf")

    def check(content: bytes) -> None:
        if time.monotonic() > end:  # libFuzzer would take its time for all the inputs that it begins with
            return
        try:
            target.check(content)
        except PolyleafError:
            return

    def mutate(content: bytes, most: int, chance: int) -> bytes:
        return target.mutate(content, most, chance, atheris.Mutate) if target.mutate else atheris.Mutate(content, most)

    arguments = ["fuzz", *(f"-{name}={value}" for name, value in options.items()), str(corpus)]
    atheris.Setup(arguments, check, **({"custom_mutator": mutate} if target.mutate else {}))
    atheris.Fuzz()


def main() -> None:
    """Fuzz the target that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", choices=fuzz_targets.TARGETS)
    parser.add_argument("--seconds", type=int, default=0)
    parser.add_argument("--runs", type=int, default=-1)
    parser.add_argument("--corpus", type=Path, help="a folder that is kept")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    folder = options.corpus or Path(tempfile.mkdtemp(prefix="fuzz-"))
    run(fuzz_targets.TARGETS[options.target], folder, options.seed, seconds=options.seconds, runs=options.runs)


if __name__ == "__main__":
    main()
