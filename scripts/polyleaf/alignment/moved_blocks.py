"""Blocks of segments that moved: sections that changed places, notes at the end. A best path cannot cross itself."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from polyleaf.alignment.dynamic_programming import MERGED, Bead, find_best_path
from polyleaf.alignment.scoring import Scorer

RARE = 3.0
"""The cost of a moved block; the logarithm of the number of positions is added for where it moved to."""

LONGEST, MOST = 150, 40
"""The most segments of a block, and the most blocks of each side, that are considered."""

ROUNDS = 2

STAYS = 0.65
"""The least probability of a bead whose segments are not considered to have moved."""


class _MovedBlock(NamedTuple):
    """The beads of a block in its new position, and the gain in score against a deletion and an insertion."""

    gain: float
    beads: tuple[Bead, ...]


def find_beads(scorer: Scorer) -> list[Bead]:
    """Return the beads of the best path through all segments, and those of blocks that moved."""
    path = find_best_path(range(len(scorer.source)), range(len(scorer.target)), scorer)
    beads = [bead for bead in path if bead.probability >= STAYS]
    for _ in range(ROUNDS):
        moved = _find_moved(scorer, beads)
        beads += moved
        if not moved:
            break
    taken = _taken(beads)
    return beads + [bead for bead in path if bead.probability < STAYS and _is_free(bead, taken)]


def _find_moved(scorer: Scorer, beads: Iterable[Bead]) -> list[Bead]:
    taken = _taken(beads)
    source, target = _free_runs(len(scorer.source), taken[0]), _free_runs(len(scorer.target), taken[1])
    blocks = [_pair_runs(scorer, rows, columns) for rows in source for columns in target]
    moved: list[Bead] = []
    for block in sorted(blocks, key=lambda block: block.gain, reverse=True):
        if block.gain > 0 and all(_is_free(bead, taken) for bead in block.beads):
            moved += block.beads
            taken = _taken([*beads, *moved])
    return moved


def _taken(beads: Iterable[Bead]) -> tuple[set[int], set[int]]:
    """Return the numbers of the segments of source and target that are in *beads*."""
    source, target = set[int](), set[int]()
    for bead in beads:
        source.update(bead.source)
        target.update(bead.target)
    return source, target


def _is_free(bead: Bead, taken: tuple[set[int], set[int]]) -> bool:
    return taken[0].isdisjoint(bead.source) and taken[1].isdisjoint(bead.target)


def _free_runs(count: int, taken: set[int]) -> list[range]:
    """Return the longest runs of numbers below *count* that are not *taken*."""
    runs: list[range] = []
    for number in range(count):
        if number in taken:
            continue
        if runs and runs[-1].stop == number and len(runs[-1]) < LONGEST:
            runs[-1] = range(runs[-1].start, number + 1)
        else:
            runs.append(range(number, number + 1))
    return sorted(runs, key=len, reverse=True)[:MOST]


def _pair_runs(scorer: Scorer, rows: range, columns: range) -> _MovedBlock:
    """Return the block that pairs two runs; the gaps around its beads were gaps before and cost nothing more."""
    beads = find_best_path(rows, columns, scorer)
    cost = RARE + math.log(len(scorer.target))
    gain = sum(bead.score - MERGED * (len(bead.source) + len(bead.target) > 2) for bead in beads)  # noqa: PLR2004
    return _MovedBlock(gain - cost, beads)
