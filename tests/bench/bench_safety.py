"""Prints how many seeded errors the checks find and how often they are wrong about right translations.

Three sets: the first was written before the checks were, and they were tuned on it. The later ones were written by
people who had not seen the checks, and show what was found and mended since; none of their rows has a rule of its own.
The sets that a code starts, such as `fa-`, came with the words of that language.

Usage: PYTHONPATH=scripts python tests/bench/bench_safety.py [-v]
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from polyleaf.catalogs import Entry
from polyleaf.checks.registry import CHECKS
from polyleaf.checks.subjects import LanguagePair, Pair
from polyleaf.facts import termbase
from polyleaf.model import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[2]
SAFETY = ROOT / "tests" / "safety"
TERMS = termbase.parse_terms((ROOT / "locales" / "en" / "terms.tsv").read_text("utf-8"))
ALL = "all"
SETS = {
    "": TERMS,
    "later-": TERMS,
    "latest-": (),
    "everyday-": (),
    "meaning-": (),
    "polarity-": (),
    "fa-": (),
    "ro-": (),
    "zh_Hans-": (),
    "so-": (),
    "tr-": (),
    "fr-": (),
    "amounts-": (),
    "number_words-": (),
    "es-": (),
    "ar-": (),
    "reported-": (),
    "en-": (),
    "de-": (),
    "uk-": (),
    "pl-": (),
}
"""What the names of the files of each set start with, and the terms that those who wrote it knew of."""

UNSEEN = "steps"
"""Two steps that changed places, without a number or a word of direction: no check compares what words mean."""

MARKUP = {"markup_differs", "emphasis_differs", "code_differs"}
RIGHT = {
    "number": {"number_differs", "number_order"},
    "order": {"number_order", "direction_differs", "unit_differs"},
    "unit": {"unit_differs"},
    "comparator": {"limit_differs"},
    "negation": {"negation_differs"},
    "direction": {"direction_differs"},
    "markup": MARKUP,
    "address": {"address_differs"},
    "phone": {"address_differs"},
    "email": {"address_differs"},
    "url": {"address_differs"},
    "citation": {"address_differs", *MARKUP},
    "name": {"name_differs"},
    "drugname": {"name_differs"},
    "term": {"term_forbidden", "term_missing"},
    "bidi": {"bidi_stray"},
    "language": {"language_differs"},
    "cut off": {"cut_off"},
    "lost": {"part_lost", "items_differ", "cut_off"},
    "added": {"part_added"},
    "turned": {"sentences_turned", "steps_turned"},
    "urgency": {"urgency_differs"},
    "obligation": {"obligation_differs"},
    "who": {"concept_differs", "contrast_turned"},
    "body": {"concept_differs", "contrast_turned"},
    "route": {"concept_differs"},
    "allergen": {"concept_differs"},
    "person": {"concept_differs"},
    "subject": {"subject_order"},
    "drink": {"concept_differs", "contrast_turned"},
}


@dataclass(frozen=True)
class Row:
    """One pair of texts and what the checks said of it."""

    id: str
    languages: str
    kind: str
    texts: tuple[str, str]
    findings: tuple[tuple[str, str], ...]

    @property
    def rightly(self) -> bool:
        """Tell whether a check that is meant for this kind of error found it."""
        return any(check in RIGHT.get(self.kind, ()) for check, _ in self.findings)


def findings(texts: tuple[str, str], language_pair: LanguagePair) -> tuple[tuple[str, str], ...]:
    """Return check and fact of everything that the checks find in a message and its translation."""
    unit = Unit(0, texts[0], "", "paragraph", "", "x.md:1")
    pair = Pair(unit, Entry(texts[1], fuzzy=False, line=1), language_pair)
    checks = [check for check in CHECKS.values() if check.subject is Pair]
    return tuple((check.name, diagnostic.fact) for check in checks for diagnostic in check(pair))


def rows(written: str, side: str) -> list[Row]:
    """Return the `errors` or `right` rows, *side*, of the set whose files start with *written*, judged."""
    judged_rows = []
    with (SAFETY / f"{written}{side}.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            texts = (row["msgid"].replace("\\n", "\n"), row["msgstr"].replace("\\n", "\n"))
            known = SETS[written] if {row["source"], row["target"]} == {"nl", "en"} else ()
            judged = findings(texts, LanguagePair(row["source"], row["target"], known))
            kind = row.get("kind") or row.get("note") or ""
            judged_rows.append(Row(row["id"], f"{row['source']}-{row['target']}", kind, texts, judged))
    return judged_rows


def recall(errors: Sequence[Row]) -> dict[str, Counter[str]]:
    """Return by kind, and for all kinds together, how many rows there are and how many were found."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in errors:
        for kind in (row.kind, ALL) if row.kind != UNSEEN else (row.kind,):
            counts[kind].update(rows=1, found=bool(row.findings), right=row.rightly)
    return counts


def false_alarms(right: Sequence[Row]) -> dict[str, Counter[str]]:
    """Return by languages, and for all together, how many rows there are and how many were accused."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in right:
        for languages in (row.languages, ALL):
            counts[languages].update(rows=1, accused=bool(row.findings))
    return counts


def share(count: Counter[str], name: str) -> float:
    """Return which part of the rows is *name*."""
    return count[name] / count["rows"]


def main(*, every: bool) -> None:
    """Print the figures, and with *every* the rows that were missed, found by another check or wrongly accused."""
    for name in SETS:
        print(f"\n--- {name}errors.tsv, {name}right.tsv")
        _report(rows(name, "errors"), rows(name, "right"), every=every)


def _report(errors: Sequence[Row], right: Sequence[Row], *, every: bool) -> None:
    print(f"{'errors':12}{'rows':>6}{'found':>8}{'by the right check':>20}")
    for kind, count in recall(errors).items():
        print(f"{kind:12}{count['rows']:6}{share(count, 'found'):8.1%}{share(count, 'right'):20.1%}")
    print(f"\n{'right':12}{'rows':>6}{'accused':>9}")
    for languages, count in false_alarms(right).items():
        print(f"{languages:12}{count['rows']:6}{share(count, 'accused'):9.1%}")
    wrong = [row for row in errors if not row.rightly] + [row for row in right if row.findings]
    for row in wrong if every else ():
        print(
            f"\n{row.id} {row.languages} {row.kind}",
            *row.texts,
            *(": ".join(finding) for finding in row.findings),
            sep="\n  ",
        )


if __name__ == "__main__":
    main(every="-v" in sys.argv)
