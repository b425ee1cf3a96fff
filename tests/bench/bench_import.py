"""How long an import takes, and how much of our own leaflet arrives exactly as it was: run it as a script.

Usage: PYTHONPATH=scripts python tests/bench/bench_import.py
"""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import tempfile
import time
from collections import Counter
from pathlib import Path

import polib
import pypandoc

from polyleaf import cli
from polyleaf.alignment.beads import align_segments
from polyleaf.alignment.features import TextFeatures

ROOT = Path(__file__).parents[2]
LEAFLET, LANGUAGE = "magnesium-en-slaap", "en"
TEXTS = 2000
KINDS = {"heading": 1, "paragraph": 5, "list item": 4, "cell": 2}
NUMBERED = 0.2
"""How many of the texts have a number in them."""

DUTCH = ("knie", "arm", "been", "rust", "water", "lopen", "eten", "slapen", "arts", "pijn", "tablet", "huis", "zon")
ENGLISH = ("knee", "elbow", "leg", "calm", "drink", "walk", "food", "sleep", "doctor", "ache", "pill", "home", "sun")
FORMATS = ("docx", "odt", "html", "epub", "rtf", "latex")


def main() -> None:
    """Print the seconds and the shares."""
    for changed in (False, True):
        taken, right, wrong, every = speed(changed=changed)
        order = "with texts missing and sections swapped" if changed else "in the same order"
        print(f"{TEXTS} texts {order}: {taken:.1f} s of a processor, {right} of {every} right, {wrong} wrong")
    with tempfile.TemporaryDirectory() as folder:
        for kind, count in shares(Path(folder)).items():
            print(f"our leaflet as {kind}: {count['right']} of {count['all']} exactly right, {count['wrong']} other")


def speed(*, changed: bool) -> tuple[float, int, int, int]:
    """Return what it takes to align two made-up documents; how many pairs are right, are wrong, and are there."""
    chance = random.Random(3)  # noqa: S311 - a benchmark keeps no secrets
    pairs = [_pair(chance) for _ in range(TEXTS)]
    order = list(range(TEXTS))
    if changed:
        order = [at for at in order if not 300 <= at < 400 and at % 37]
        order = [*order[:900], *order[960:1020], *order[900:960], *order[1020:]]
    start = time.process_time()
    beads = align_segments([source for source, _ in pairs], [pairs[at][1] for at in order])
    taken = time.process_time() - start
    sure = [bead for bead in beads if bead.sure]
    right = sum(
        len(bead.source) == len(bead.target) == 1 and order[bead.target.start] == bead.source.start for bead in sure
    )
    return taken, right, len(sure) - right, len(order)


def _pair(chance: random.Random) -> tuple[TextFeatures, TextFeatures]:
    kind = chance.choices(list(KINDS), list(KINDS.values()))[0]
    count = chance.randint(8, 40) if kind == "paragraph" else chance.randint(2, 6)
    words = chance.choices(range(len(DUTCH)), k=count)
    number = f" {chance.randint(2, 40)}" if chance.random() < NUMBERED else ""
    source = " ".join(DUTCH[word] for word in words) + number
    target = " ".join(ENGLISH[word] + chance.choice(["", "s", " to"]) for word in words) + number
    return TextFeatures(source, kind, "nl"), TextFeatures(target, kind, "en")


def shares(folder: Path) -> dict[str, Counter[str]]:
    """Return for each format how many translations arrive as they were, and how many arrive otherwise."""
    known = _translations(ROOT)
    for name in ("source", "locales", "pyproject.toml"):
        (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, folder / name)
    with contextlib.chdir(folder):
        cli.run(["build", "-q", "-f", "html", "-f", "epub", "-l", LANGUAGE])
        counts = {}
        for kind in FORMATS:
            shutil.rmtree(f"locales/{LANGUAGE}/LC_MESSAGES")
            cli.run(["import", str(_document(kind)), "-l", LANGUAGE, "-q", LEAFLET])
            imported = _translations(folder)
            right = sum(imported.get(key) == text for key, text in known.items())
            counts[kind] = Counter(all=len(known), right=right, wrong=len(imported) - right)
    return counts


def _document(kind: str) -> Path:
    """Return the leaflet in one format: our own page and book, or what pandoc makes of the page."""
    ours = Path(f"build/{LANGUAGE}/{LEAFLET}.{kind}")
    if ours.is_file():
        return ours
    page, document = ours.with_suffix(".html"), Path(f"{LEAFLET}.{'tex' if kind == 'latex' else kind}")
    pypandoc.convert_file(str(page), kind, outputfile=str(document), extra_args=["--standalone", "--quiet"])
    return document


def _translations(folder: Path) -> dict[tuple[str | None, str], str]:
    file = folder / f"locales/{LANGUAGE}/LC_MESSAGES/{LEAFLET}.po"
    return {(entry.msgctxt, entry.msgid): entry.msgstr for entry in polib.pofile(os.fspath(file)) if entry.msgstr}


if __name__ == "__main__":
    main()
