"""Checks of the markup in a translation: emphasis, code, links and marks, addresses, invisible characters."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from polyleaf.checks.model import Diagnostic, check
from polyleaf.checks.subjects import Pair
from polyleaf.code_spans import CODE
from polyleaf.facts.phone_numbers import without_other_forms
from polyleaf.model import Node, Severity
from polyleaf.quotations import quote
from polyleaf.units.message import same_links

STARS = re.compile(r"(?<=\S)\*+|\*+(?=\S)")
ESCAPED = re.compile(r"\\.")


@check(Pair, Severity.WARNING)
def emphasis_differs(pair: Pair) -> Iterator[Diagnostic]:
    """What is emphasised in the source is emphasised in the translation, and as often.

    Bad:  "Do **not** bend" -> "Buig niet"
    Good: "Do **not** bend" -> "Buig **niet**"
    """
    for texts in pair.texts():
        before, after = (_emphasis(text) for text in texts)
        if before != after and not (_is_split(before, after) and "****" not in texts[1]):
            yield (
                Diagnostic(
                    f"has emphasis {after[0]} and strong emphasis {after[1]} times,"
                    f" the source {before[0]} and {before[1]} times"
                )
            )


@check(Pair, Severity.ERROR)
def code_differs(pair: Pair) -> Iterator[Diagnostic]:
    """What is set as code is the same in every language.

    Bad:  "Tap `OK`" -> "Druk op `Goed`"
    Good: "Tap `OK`" -> "Druk op `OK`"
    """
    for texts in pair.texts():
        before, after = (Counter(CODE.findall(text)) for text in texts)
        if before != after:
            lost = ", ".join(sorted((before - after) or (after - before)))
            yield Diagnostic(f"has other code than the source: {quote(lost)}")


@check(Pair, Severity.ERROR)
def markup_differs(pair: Pair) -> Iterator[Diagnostic]:
    """Links, marks and raised or lowered text are there as often as in the source; their order is free.

    Two links to one address may become one.

    Bad:  "See [the notes][a] and [the list][b]" -> "Zie [de noten][a] en [de lijst][a]"
    Good: "See [the notes][a] and [the list][b]" -> "Zie [de lijst][b] en [de noten][a]"
    """
    for before, after in pair.facts():
        own, others = (
            Counter({mark: count for mark, count in facts.marks.items() if mark[0] not in "*`"})
            for facts in (before, after)
        )
        merged = _merged_links(pair.unit.marks, others)
        yield from _differences(own - others - merged, others - own, own)


def _merged_links(marks: Mapping[str, Node], others: Counter[str]) -> Counter[str]:
    """Return the links in *marks* that are not in a translation, *others*, and another one to their address is."""
    links = same_links(marks)
    merged = {first for name, first in links.items() if others[f"[{name}]"]}
    return Counter(f"[{name}]" for name, first in links.items() if first in merged and not others[f"[{name}]"])


@check(Pair, Severity.ERROR)
def address_differs(pair: Pair) -> Iterator[Diagnostic]:
    """Telephone numbers, links, e-mail addresses and citation keys are the same in every language.

    A number to call may be as it is called from abroad: +31 20 123 45 67 in a translation from Dutch.

    Bad:  "Call 0800-0113" -> "Bel 0800-0131"
    Good: "Call 0800-0113" -> "Bel 0800 0113"
    """
    for before, after in pair.facts():
        lost, new = before.addresses - after.addresses, after.addresses - before.addresses
        yield from _differences(*without_other_forms(lost, new, pair.language_pair.source), before.addresses)


@check(Pair, Severity.ERROR, acknowledgeable=False)
def bidi_stray(pair: Pair) -> Iterator[Diagnostic]:
    r"""No invisible character forces the direction of a text: figures would show in another order.

    Bad:  "Take 12 mg" -> "Neem \u202e12 mg"
    Good: "Take 12 mg" -> "Neem 12 mg"
    """
    for before, after in pair.facts():
        for char in sorted(after.bidi_controls - before.bidi_controls):
            yield Diagnostic(f"has the invisible character U+{ord(char):04X}, which changes the direction of the text")


def _differences(lost: Counter[str], new: Counter[str], before: Counter[str]) -> Iterator[Diagnostic]:
    """Yield what is *lost* and what is *new* beside what the source has, *before*."""
    for name in sorted(lost):
        yield Diagnostic(f"lacks {name}")
    for name in sorted(new):
        yield Diagnostic(f"has {name}, which the source has not{' so often' if name in before else ''}")


def _is_split(before: tuple[int, int], after: tuple[int, int]) -> bool:
    """Tell whether *after* only has more strong emphasis: on both parts of a verb, `**setzen** Sie ... **ab**`."""
    return before[0] == after[0] and after[1] > before[1] > 0


def _emphasis(text: str) -> tuple[int, int]:
    """Return how often *text* has emphasis and strong emphasis; four stars are a strong one twice."""
    runs = [len(run) for run in STARS.findall(CODE.sub("x", ESCAPED.sub("x", text)))]
    return sum(length % 2 for length in runs) // 2, sum(length // 2 for length in runs) // 2
