"""Prints in which share of the messages of real catalogues, made from English by people, a check finds something.

Usage: PYTHONPATH=scripts python tests/bench/bench_catalogues.py [-v CHECK] FILE.po ...

The language is that of each file's header. Fuzzy, plural and untranslated entries are left out.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import polib
from bench_safety import findings

from polyleaf.checks.translation import Guide

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHOWN = ("number_differs", "number_order", "unit_differs", "limit_differs", "negation_differs", "direction_differs")
MNEMONIC = re.compile(r"_(?=\w)|(?<=\w)_|&(?=\w)")


def messages(files: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Yield language, message and translation, each once, of all *files*."""
    seen = set()
    for name in files:
        file = polib.pofile(name)
        language = file.metadata.get("Language", "").split("_")[0]
        for entry in file.translated_entries():
            texts = (language, MNEMONIC.sub("", entry.msgid), MNEMONIC.sub("", entry.msgstr))
            if not entry.msgid_plural and texts not in seen:
                seen.add(texts)
                yield texts


def report(files: Sequence[str], shown: str) -> None:
    """Print a line per language, and every finding of the check *shown*."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for language, before, after in messages(files):
        found = findings((before, after), Guide("en", language))
        for name in (language, "all"):
            counts[name]["messages"] += 1
            counts[name].update({check for check, _ in found})
        for check, fact in found:
            if check == shown:
                print(f"{language} {fact}\n   {before!r}\n   {after!r}")
    print("  ".join(["language", "messages", *SHOWN]))
    for name, count in counts.items():
        shares = (f"{count[check] / count['messages']:{len(check)}.2%}" for check in SHOWN)
        print(f"{name:8}  {count['messages']:8}  " + "  ".join(shares))


if __name__ == "__main__":
    arguments = sys.argv[1:]
    wanted = arguments.pop(arguments.index("-v") + 1) if "-v" in arguments else ""
    report([name for name in arguments if name != "-v"], wanted)
