"""Texts that stand elsewhere in the translation: sections that changed places, notes at the end, a sorted glossary."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from polyleaf.alignment import dynamic_programming
from polyleaf.alignment.dynamic_programming import JOINED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from polyleaf.alignment.dynamic_programming import Bead
    from polyleaf.alignment.scoring import Evidence

RARE = 3.0
"""What it costs that a run of texts moved at all, and, with the logarithm of the places there are, to where."""

LONGEST, MOST = 150, 40
"""How long a run is and how many there are on each side for it to be looked for elsewhere."""

ROUNDS = 2

STAYS = 0.65
"""How probable a bead must be for its texts not to be looked for elsewhere."""


class Move(NamedTuple):
    """How much likelier it is that a run of texts moved than that it is missing and another one new."""

    gain: float
    beads: tuple[Bead, ...]


def beads(evidence: Evidence) -> list[Bead]:
    """Return the beads of the cheapest way through all texts, and of the runs beside it that moved."""
    rows, columns = range(len(evidence.source)), range(len(evidence.other))
    way = dynamic_programming.path(rows, columns, evidence).beads
    found = [bead for bead in way if bead.probability >= STAYS]
    for _ in range(ROUNDS):
        more = _moved(evidence, found)
        found += more
        if not more:
            break
    taken = _taken(found)
    return found + [bead for bead in way if bead.probability < STAYS and _is_free(bead, taken)]


def _moved(evidence: Evidence, found: Iterable[Bead]) -> list[Bead]:
    taken = _taken(found)
    sides = [_runs(len(evidence.source), taken[0]), _runs(len(evidence.other), taken[1])]
    moves = [_move(evidence, one, other) for one in sides[0] for other in sides[1]]
    made: list[Bead] = []
    for move in sorted(moves, key=lambda move: move.gain, reverse=True):
        if move.gain > 0 and all(_is_free(bead, taken) for bead in move.beads):
            made += move.beads
            taken = _taken([*found, *made])
    return made


def _taken(beads: Iterable[Bead]) -> tuple[set[int], set[int]]:
    """Return the numbers of the texts of both sides that are in *beads*."""
    made = set[int](), set[int]()
    for bead in beads:
        made[0].update(bead.source)
        made[1].update(bead.other)
    return made


def _is_free(bead: Bead, taken: tuple[set[int], set[int]]) -> bool:
    return taken[0].isdisjoint(bead.source) and taken[1].isdisjoint(bead.other)


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
    made = dynamic_programming.path(rows, columns, evidence)
    price = RARE + math.log(len(evidence.other))
    worth = sum(bead.score - JOINED * (len(bead.source) + len(bead.other) > 2) for bead in made.beads)  # noqa: PLR2004
    return Move(worth - price, made.beads)
