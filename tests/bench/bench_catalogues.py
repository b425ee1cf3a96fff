"""Prints in which share of the messages of real catalogues, made from English by people, a check finds something.

Usage: PYTHONPATH=scripts python tests/bench/bench_catalogues.py [-v CHECK] [FILE.po | FILE.mo ...]

Without files, those of the programs that are installed on this machine are read. Fuzzy, plural and untranslated
entries are left out. Exit code 1 when a share is beyond its target.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import polib
from bench_safety import findings

from polyleaf.checks.subjects import LanguagePair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

INSTALLED = Path("/usr/share/locale")
LANGUAGES = ("nl", "de", "fr", "es", "pl", "tr", "ar", "uk")
NO_TEXTS = "iso_"
"""Catalogues of the names of countries, languages and currencies: thousands of single words."""

TARGETS = {
    "unit_differs": 0.01,
    "number_differs": 0.04,
    "number_order": 0.01,
    "negation_differs": 0.06,
    "limit_differs": 0.04,
    "direction_differs": 0.04,
    "name_differs": 0.01,
    "subject_order": 0.01,
    "copied": 0.01,
    "part_lost": 0.01,
    "part_added": 0.01,
    "items_differ": 0.01,
    "cut_off": 0.01,
    "language_differs": 0.01,
    "urgency_differs": 0.01,
    "obligation_differs": 0.01,
    "concept_differs": 0.01,
    "contrast_turned": 0.01,
    "steps_turned": 0.01,
    "sentences_turned": 0.01,
}
"""In which share of the messages a check may find something: nobody reads the findings of one that cries wolf."""

MNEMONIC = re.compile(r"_(?=\w)|(?<=\w)_|&(?=\w)")
ALL = "all"


def installed() -> list[Path]:
    """Return the catalogues of the programs on this machine, in the languages that the checks know."""
    files = [file for code in LANGUAGES for file in sorted((INSTALLED / code / "LC_MESSAGES").glob("*.mo"))]
    return [file for file in files if not file.name.startswith(NO_TEXTS)]


def messages(files: Sequence[Path]) -> Iterator[tuple[str, str, str]]:
    """Yield language, message and translation, each once, of all *files*."""
    seen = set()
    for name in files:
        file = polib.mofile(str(name)) if name.suffix == ".mo" else polib.pofile(str(name))
        language = file.metadata.get("Language", "").split("_")[0] or name.parts[-3]
        for entry in file.translated_entries():
            texts = (language, MNEMONIC.sub("", entry.msgid), MNEMONIC.sub("", entry.msgstr))
            if not entry.msgid_plural and texts not in seen:
                seen.add(texts)
                yield texts


def counted(files: Sequence[Path], shown: str) -> dict[str, Counter[str]]:
    """Return by language, and for all, how many messages there are and in how many each check finds something.

    Every finding of the check *shown* is printed.
    """
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for language, before, after in messages(files):
        diagnostics = findings((before, after), LanguagePair("en", language))
        for name in (language, ALL):
            counts[name]["messages"] += 1
            counts[name].update({check for check, _ in diagnostics})
        for check, fact in diagnostics:
            if check == shown:
                print(f"{language} {fact}\n   {before!r}\n   {after!r}")
    return counts


def report(counts: dict[str, Counter[str]]) -> bool:
    """Print a line per check, with its target and a column per language, and tell whether all are kept."""
    names = [name for name in counts if name != ALL]
    print(f"{'messages':18}{'':8}" + "".join(f"{counts[name]['messages']:8}" for name in (ALL, *names)))
    print(f"{'check':18}{'target':>8}" + "".join(f"{name:>8}" for name in (ALL, *names)))
    for check, target in TARGETS.items():
        shares = "".join(f"{counts[name][check] / counts[name]['messages']:8.2%}" for name in (ALL, *names))
        print(f"{check:18}{target:8.0%}{shares}")
    return all(counts[ALL][check] <= target * counts[ALL]["messages"] for check, target in TARGETS.items())


def main(arguments: list[str]) -> int:
    """Do as the usage says and return the exit code."""
    shown = arguments.pop(arguments.index("-v") + 1) if "-v" in arguments else ""
    files = [Path(name) for name in arguments if name != "-v"] or installed()
    counts = counted(files, shown)
    if not counts:
        print(f"There are no catalogues in {INSTALLED}: name some.")
        return 2
    return 0 if report(counts) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
