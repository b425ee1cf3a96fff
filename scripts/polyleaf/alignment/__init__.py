"""Which text of a translated document is the translation of which text of its source: pure, values in, values out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from polyleaf.alignment import glossaries, moves
from polyleaf.alignment.evidence import Evidence
from polyleaf.alignment.lattice import Bead
from polyleaf.alignment.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Bead", "Text", "align"]

SURE = 0.6
"""How probable a bead must be among all ways to align the texts around it."""

BETTER_THAN_CHANCE = 0.0
"""How much more probable two texts must be as a pair than as two texts that met by chance, as a natural logarithm."""

CLEAR = 1.0
"""How much better the best place to cut a text in two must be than the next, as a natural logarithm."""


def align(source: Sequence[Text], other: Sequence[Text]) -> list[Bead]:
    """Return the beads that pair texts of *source* with texts of *other*, in the order of the source.

    A bead is one text and its translation, or one text and the two that it became, or two texts and the one that
    they became with the place where to cut that. Those that are not `sure` are for a person to look at. Texts in no
    bead have no counterpart. The order of the two documents is followed, but for runs of texts that moved and glossaries sorted anew.
    """
    if not source or not other:
        return []
    evidence = Evidence(source, other)
    found = glossaries.sorted_anew(evidence, moves.beads(evidence))
    beads = [_judged(bead, evidence) for bead in found]
    return sorted(beads, key=lambda bead: bead.first)


def _judged(bead: Bead, evidence: Evidence) -> Bead:
    if len(bead.source) == 1 or not bead.other:
        return replace(bead, sure=bead.probability >= SURE and bead.score >= BETTER_THAN_CHANCE)
    cuts = evidence.cuts(bead.first, bead.second)
    best = max(cuts, default=None)
    if best is None:
        return replace(bead, sure=False)
    others = [cut.score for cut in cuts if cut is not best]
    is_clear = best.score - max(others, default=0.0) >= CLEAR
    is_likely = min(best.halves) >= BETTER_THAN_CHANCE
    return replace(bead, cut=best.at, sure=bead.probability >= SURE and is_clear and is_likely)
