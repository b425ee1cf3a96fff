"""Which text of a translated document is the translation of which text of its source: pure, values in, values out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from polyleaf.alignment import glossaries, moved_blocks
from polyleaf.alignment.dynamic_programming import Bead
from polyleaf.alignment.features import Text
from polyleaf.alignment.scoring import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Bead", "Text", "align"]

SURE, SURE_OF_TWO = 0.65, 0.75
"""How probable a bead must be among all ways to align the texts around it; one of two texts and one, more so."""

LEAST, MUCH = -0.5, 6.0
"""How much more probable two texts must be as a pair than by chance, as a natural logarithm: hardly less where the
texts around them say that they are one, much more where the order of the texts says nothing."""

CLEAR = 1.0
"""How much better the best place to cut a text in two must be than the next, as a natural logarithm."""


def align(source: Sequence[Text], other: Sequence[Text]) -> list[Bead]:
    """Return the beads that pair texts of *source* with texts of *other*, in the order of the source.

    A bead is one text and its translation, or one text and the two that it became, or two texts and the one that
    they became with the place where to cut that. Those that are not `sure` are for a person to look at. Texts in no
    bead have no counterpart. The order of the two documents is followed, but for runs of texts that moved and for
    glossaries that were sorted anew.
    """
    if not source or not other:
        return []
    evidence = Evidence(source, other)
    found = glossaries.sorted_anew(evidence, moved_blocks.beads(evidence))
    beads = [_judged(bead, evidence) for bead in found]
    return sorted(beads, key=lambda bead: bead.first)


def _judged(bead: Bead, evidence: Evidence) -> Bead:
    if len(bead.source) > 1:
        return _cut(bead, evidence)
    least = SURE_OF_TWO if len(bead.other) > 1 else SURE
    needed = MUCH if _is_entry_elsewhere(bead, evidence) else LEAST
    return replace(bead, sure=bead.probability >= least and bead.score >= needed)


def _is_entry_elsewhere(bead: Bead, evidence: Evidence) -> bool:
    """Tell whether an entry of a list of terms became another kind of text: who sorts a glossary, sorts it by hand."""
    kind = evidence.source[bead.first].kind
    return kind in {glossaries.TERM, glossaries.DEFINITION} and evidence.other[bead.second].kind != kind


def _cut(bead: Bead, evidence: Evidence) -> Bead:
    """Return *bead*, of two texts that became one, with the place where to cut that."""
    cuts = evidence.cuts(bead.first, bead.second)
    best = max(cuts, default=None)
    if best is None:
        return bead
    others = [cut.score for cut in cuts if cut is not best]
    is_clear = not others or best.score - max(others) >= CLEAR
    is_likely = min(best.halves) >= LEAST
    return replace(bead, cut=best.at, sure=bead.probability >= SURE_OF_TWO and is_clear and is_likely)
