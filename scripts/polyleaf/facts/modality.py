"""Modality of a text: what must, may and need not be done, and how soon help must be asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from polyleaf.facts.lexicon import Lexicon

DANGEROUS: Mapping[str, frozenset[str]] = {
    "must": frozenset(("may", "optional", "need_not")),
    "must_not": frozenset(("need_not", "optional", "may_do")),
    "should_not": frozenset(("need_not", "optional")),
    "need_not": frozenset(("must", "must_not")),
    "may": frozenset(("must",)),
    "optional": frozenset(("must", "must_not")),
}
"""For what the source says, what a translation may not make of it; `may_do` is a `may` of what is not denied."""

ANSWERS: Mapping[str, frozenset[str]] = {
    "must": frozenset(("must", "should", "must_not", "should_not")),
    "must_not": frozenset(("must_not", "should_not", "must")),
    "should_not": frozenset(("must_not", "should_not", "should")),
    "need_not": frozenset(("need_not", "may", "optional", "should_not")),
    "may": frozenset(("may", "optional", "need_not", "should")),
    "optional": frozenset(("may", "optional", "need_not", "should", "choice")),
}
"""For what the source says, what is the same in other words."""

FREE = frozenset(("optional", "choice", "may", "need_not"))
"""What leaves a choice to the reader; `choice` are words that do so without saying that it is one: `if you want`."""

MOMENTS = ("at_once", "today", "tomorrow", "this_week", "later")
"""How soon, the soonest first."""


@dataclass(frozen=True, slots=True)
class Urgency:
    """How soon a text asks for something: the *soonest* of `MOMENTS` that it names and the last one that may be meant.

    *is_later* tells whether it names the last of `MOMENTS`, *asks_for_help* whether it says to call, to go to hospital.
    Both moments are None when there is none.
    """

    soonest: int | None
    latest: int | None
    asks_for_help: bool
    is_later: bool = False

    def is_weaker(self, source: Urgency) -> bool:
        """Tell whether this is later than all that *source* may mean, or names no moment, or a late one beside it."""
        is_put_off = self.is_later and not source.is_later
        return self.soonest is None or is_put_off or (source.latest is not None and self.soonest > source.latest)


def find_obligations(text: str, lexicon: Lexicon) -> frozenset[str]:
    """Return what the folded *text* says of what is done: `must`, `must_not`, `may`, `need_not` and more.

    A word may say one of two: the Spanish `no hay que` is `must_not/need_not`.
    """
    modals = lexicon["obligation"].find(text)
    return frozenset(meaning for modal in modals for meaning in modal.meaning.split("/")) - {"neutral"}


def find_turned_obligation(before: Iterable[str], after: Iterable[str]) -> tuple[str, str] | None:
    """Return an obligation of *before* and what *after* makes of it, where that is dangerous; None when it is not."""
    source, target = frozenset(before), frozenset(after)
    for obligation in sorted(source & set(DANGEROUS)):
        new = sorted((target - source) & DANGEROUS[obligation])
        if new and target.isdisjoint(ANSWERS[obligation]):
            return obligation, new[0]
    return ("", "optional") if "optional" in target and source.isdisjoint(FREE) else None


def find_urgency(text: str, lexicon: Lexicon) -> Urgency:
    """Return how soon the folded *text* asks for something."""
    meanings = [match.meaning for match in lexicon["urgency"].find(text) if match.meaning != "neutral"]
    ranks = [[MOMENTS.index(name) for name in meaning.split("/")] for meaning in meanings]
    soonest = min(ranks, default=None)
    asks_for_help = lexicon["help"].present(text)
    is_later = MOMENTS[-1] in meanings
    return Urgency(soonest[0] if soonest else None, soonest[-1] if soonest else None, asks_for_help, is_later)
