"""Alignment of two sequences of segments: the beads, and which of them are sure.

A bead is a group of segments that are translations of each other; beads are sure or only possible, as in Och and Ney
(2003), A systematic comparison of various statistical alignment models.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from polyleaf.alignment import glossaries, moved_blocks
from polyleaf.alignment.dynamic_programming import Bead
from polyleaf.alignment.features import TextFeatures
from polyleaf.alignment.scoring import Scorer

SURE, SURE_OF_TWO = 0.65, 0.75
"""The least posterior probability of a sure bead: of one segment and one, and of two and one."""

LIKELY, VERY_LIKELY = -0.5, 6.0
"""The least score of a sure bead, a natural logarithm: where the segments around it support it, and where the order of
the segments says nothing."""

CLEAR = 1.0
"""How much better than the next the best point to split a segment in two must be, as a natural logarithm."""


def align_segments(source: Sequence[TextFeatures], target: Sequence[TextFeatures]) -> list[Bead]:
    """Return the beads of segments of *source* and *target*, in the order of the source.

    A bead is of one segment and its translation (1-1), of one and the two that it became (1-2), or of two and the one
    that they became (2-1), with the point where to cut that. Beads that are not `sure` are for a person to look at.
    Segments in no bead have no counterpart. Both sequences are taken to be in the same order, apart from blocks that
    moved and from glossaries that were sorted in the other language.
    """
    if not source or not target:
        return []
    scorer = Scorer(source, target)
    beads = glossaries.realign_sorted(scorer, moved_blocks.find_beads(scorer))
    return sorted((_rate(bead, scorer) for bead in beads), key=lambda bead: bead.source.start)


def _rate(bead: Bead, scorer: Scorer) -> Bead:
    if len(bead.source) > 1:
        return _cut(bead, scorer)
    probability = SURE_OF_TWO if len(bead.target) > 1 else SURE
    score = VERY_LIKELY if _left_its_glossary(bead, scorer) else LIKELY
    return replace(bead, sure=bead.probability >= probability and bead.score >= score)


def _left_its_glossary(bead: Bead, scorer: Scorer) -> bool:
    """Tell whether a glossary entry became another kind of text: such a glossary was probably sorted by hand."""
    kind = scorer.source[bead.source.start].kind
    return kind in {glossaries.TERM, glossaries.DEFINITION} and scorer.target[bead.target.start].kind != kind


def _cut(bead: Bead, scorer: Scorer) -> Bead:
    """Return *bead*, of two segments that became one, with the point where to cut that."""
    points = scorer.split_points(bead.source.start, bead.target.start)
    best = max(points, default=None)
    if best is None:
        return bead
    rivals = [point.score for point in points if point is not best]
    is_clear = not rivals or best.score - max(rivals) >= CLEAR
    is_likely = min(best.halves) >= LIKELY
    return replace(bead, cut=best.sentences, sure=bead.probability >= SURE_OF_TWO and is_clear and is_likely)
