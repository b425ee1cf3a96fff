"""Texts that stand elsewhere in the translation: sections that changed places, notes at the end, a sorted glossary."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from polyleaf.alignment import lattice

if TYPE_CHECKING:
    from collections.abc import Iterable

    from polyleaf.alignment.evidence import Evidence
    from polyleaf.alignment.lattice import Bead

RARE = 4.6
"""What it costs that a run of texts moved at all, and, with the logarithm of the places there are, to where."""

LONGEST, MOST = 150, 40
"""How long a run is and how many there are on each side for it to be looked for elsewhere."""

ROUNDS = 2


class Move(NamedTuple):
    """How much likelier it is that a run of texts moved than that it is missing and another one new."""

    gain: float
    beads: tuple[Bead, ...]


def beads(evidence: Evidence) -> list[Bead]:
    """Return the beads of the cheapest way through all texts, and of the runs beside it that moved."""
    rows, columns = range(len(evidence.source)), range(len(evidence.other))
    found = list(lattice.path(rows, columns, evidence).beads)
    for _ in range(ROUNDS):
        more = _moved(evidence, found)
        found += more
        if not more:
            break
    return found


def _moved(evidence: Evidence, found: Iterable[Bead]) -> list[Bead]:
    taken = [set[int](), set[int]()]
    for bead in found:
        taken[0].update(bead.source)
        taken[1].update(bead.other)
    sides = [_runs(len(evidence.source), taken[0]), _runs(len(evidence.other), taken[1])]
    moves = [_move(evidence, one, other) for one in sides[0] for other in sides[1]]
    made: list[Bead] = []
    for move in sorted(moves, key=lambda move: move.gain, reverse=True):
        rows = {row for bead in move.beads for row in bead.source}
        columns = {column for bead in move.beads for column in bead.other}
        if move.gain > 0 and rows.isdisjoint(taken[0]) and columns.isdisjoint(taken[1]):
            made += move.beads
            taken[0] |= rows
            taken[1] |= columns
    return made


def _runs(count: int, taken: set[int]) -> list[range]:
    """Return the runs of numbers below *count* that are not *taken*, the longest ones."""
    runs: list[range] = []
    for number in range(count):
        if number in taken:
            continue
        if runs and runs[-1].stop == number and len(runs[-1]) < LONGEST:
            runs[-1] = range(runs[-1].start, number + 1)
        else:
            runs.append(range(number, number + 1))
    return sorted(runs, key=len, reverse=True)[:MOST]


def _move(evidence: Evidence, rows: range, columns: range) -> Move:
    """Return what is gained by pairing two runs; gaps around the beads were gaps before, and are not paid again."""
    made = lattice.path(rows, columns, evidence)
    price = RARE + math.log(len(evidence.other))
    worth = sum(bead.score - lattice.JOINED * (len(bead.source) + len(bead.other) > 2) for bead in made.beads)  # noqa: PLR2004
    return Move(worth - price, made.beads)
