"""The best alignment of two sequences of segments by dynamic programming, with the posterior probability of each bead.

As in Gale and Church (1993) a step is a bead (1-1, 1-2 or 2-1), a deletion or an insertion; as in Gotoh (1982), An
improved algorithm for matching biological sequences, a gap costs more to open than to extend, since what is missing is
mostly missing in one piece. Posterior probabilities are those of the forward-backward algorithm.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from polyleaf.alignment.scoring import Scorer

Costs = tuple[float, float, float]
"""The costs of the three states of a cell."""

MATCH, DELETION, INSERTION = range(3)
"""The states of a cell: the step before it was a bead, a gap in the target, or a gap in the source."""

OPEN, EXTEND = 3.5, 0.7
PAIR, MERGED = 0.07, 4.0
"""The costs of steps: negative logarithms of their frequencies."""

STEPS = ((1, 1, PAIR), (1, 2, MERGED), (2, 1, MERGED))
"""The segments of source and target in a bead, and its cost."""

CELLS = 200_000
"""The number of cells up to which the beam search looks at all of them."""

NARROWEST = 60.0
"""The least width of the beam, as a cost."""

WIDTH = 4
"""How far from the path of the beam search the band reaches, in segments."""

Cell = tuple[int, int]
"""How many segments of source and target are behind."""

Node = tuple[int, int, int]
"""A cell and a state."""

Band = list[list[int]]
"""For every number of source segments, the numbers of target segments to consider, ascending."""


@dataclass(frozen=True, slots=True)
class Bead:
    """Segments that are translations of each other, by their numbers, with their score and posterior probability.

    *sure* says whether to rely on it. Where two segments of the source became one, *cut* is the number of its
    sentences that belong to the first.
    """

    source: range
    target: range
    score: float
    probability: float
    cut: int = 0
    sure: bool = False


def find_best_path(rows: range, columns: range, scorer: Scorer) -> tuple[Bead, ...]:
    """Return the beads of the best alignment of the source segments *rows* and the target segments *columns*.

    A beam search with 1-1 beads only finds a band; in the band all kinds of beads are considered.
    """
    band = _make_band(_BeamSearch(rows, columns, scorer).find_cells(), len(rows), len(columns))
    return _BandedSearch(rows, columns, scorer, band).find_beads()


class _BeamSearch:
    """Dynamic programming with 1-1 beads and gaps; cells whose cost is too far above the best are left out."""

    def __init__(self, rows: range, columns: range, scorer: Scorer) -> None:
        self._rows, self._columns, self._scorer = rows, columns, scorer
        self._beam = max(NARROWEST, EXTEND * CELLS / (len(rows) + 1))
        self._origins: list[dict[int, tuple[int, int, int]]] = []

    def find_cells(self) -> list[Cell]:
        """Return the cells of the best path, from the end to the start."""
        row: dict[int, Costs] = {}
        best = math.inf
        for number in range(len(self._rows) + 1):
            row, best = self._fill_row(number, row, best)
        return list(self._trace(min(range(3), key=row[len(self._columns)].__getitem__)))

    def _fill_row(self, number: int, above: Mapping[int, Costs], best: float) -> tuple[dict[int, Costs], float]:
        row: dict[int, Costs] = {}
        origins: dict[int, tuple[int, int, int]] = {}
        remaining = len(self._rows) - number
        lowest = math.inf
        column, end = (min(above), max(above) + 1) if above else (0, 0)
        while column <= len(self._columns) and (column <= end or column - 1 in row):
            costs, origin = self._fill_cell(number, column, above, row)
            # The gaps that are still needed, at the least, are counted in advance.
            cost = min(costs) + EXTEND * abs(remaining - (len(self._columns) - column))
            if cost <= min(best, lowest) + self._beam:
                row[column], origins[column] = costs, origin
                lowest = min(lowest, cost)
            column += 1
        self._origins.append(origins)
        return row, lowest

    def _fill_cell(
        self, number: int, column: int, above: Mapping[int, Costs], row: Mapping[int, Costs]
    ) -> tuple[Costs, tuple[int, int, int]]:
        """Return the costs of the three states of a cell, and from which state each is reached."""
        if not number and not column:
            return (0.0, math.inf, math.inf), (MATCH, MATCH, MATCH)
        match = deletion = insertion = math.inf
        before_match = before_deletion = before_insertion = MATCH
        if column - 1 in above:
            costs = above[column - 1]
            before_match = costs.index(min(costs))
            score = self._scorer.score_pair(self._rows[number - 1], self._columns[column - 1])
            match = costs[before_match] + PAIR - score
        if column in above:
            costs = above[column]
            before_deletion = MATCH if costs[MATCH] + OPEN <= costs[DELETION] + EXTEND else DELETION
            deletion = min(costs[MATCH] + OPEN, costs[DELETION] + EXTEND)
        if column - 1 in row:
            costs = row[column - 1]
            options = (costs[MATCH] + OPEN, costs[DELETION] + EXTEND, costs[INSERTION] + EXTEND)
            before_insertion = options.index(min(options))
            insertion = options[before_insertion]
        return (match, deletion, insertion), (before_match, before_deletion, before_insertion)

    def _trace(self, state: int) -> Iterator[Cell]:
        number, column = len(self._rows), len(self._columns)
        while number or column:
            yield number, column
            before = self._origins[number][column][state]
            number, column = number - (state != INSERTION), column - (state != DELETION)
            state = before
        yield 0, 0


def _make_band(cells: Sequence[Cell], rows: int, columns: int) -> Band:
    band: list[set[int]] = [set() for _ in range(rows + 1)]
    for number, column in cells:
        near = range(max(0, column - WIDTH), min(columns, column + WIDTH) + 1)
        for row in range(max(0, number - 1), min(rows, number + 1) + 1):
            band[row].update(near)
    return [sorted(columns_) for columns_ in band]


class _BandedSearch:
    """Dynamic programming with all kinds of beads in a band: the best path, and the posterior of each of its beads."""

    def __init__(self, rows: range, columns: range, scorer: Scorer, band: Band) -> None:
        self._rows, self._columns, self._scorer = rows, columns, scorer
        self._band = band
        self._edges: dict[Node, list[tuple[Node, float, float]]] = {}

    def find_beads(self) -> tuple[Bead, ...]:
        """Return the beads of the best path."""
        start = (0, 0, MATCH)
        costs, forward = {start: 0.0}, {start: 0.0}
        for node in self._nodes():
            edges = [edge for edge in self._incoming(node) if edge[0] in costs]
            if edges:
                self._edges[node] = edges
                costs[node] = min(costs[before] + cost for before, cost, _ in edges)
                forward[node] = _log_sum([forward[before] - cost for before, cost, _ in edges])
        ends = [(len(self._rows), len(self._columns), state) for state in range(3)]
        ends = [node for node in ends if node in costs]
        total = _log_sum([forward[node] for node in ends])
        backward = self._sum_backward(ends)
        beads = self._trace(
            min(ends, key=costs.__getitem__),
            costs,
            lambda before, cost, after: math.exp(min(0.0, forward[before] - cost + backward[after] - total)),
        )
        return tuple(reversed(list(beads)))

    def _nodes(self) -> Iterator[Node]:
        for number, columns in enumerate(self._band):
            for column in columns:
                if number or column:
                    yield from ((number, column, state) for state in range(3))

    def _incoming(self, node: Node) -> Iterator[tuple[Node, float, float]]:
        """Yield the edges into *node*: the node before, the cost, and the score of a bead."""
        number, column, state = node
        if state == DELETION and number:
            yield (number - 1, column, MATCH), OPEN, 0.0
            yield (number - 1, column, DELETION), EXTEND, 0.0
        elif state == INSERTION and column:
            yield (number, column - 1, MATCH), OPEN, 0.0
            yield (number, column - 1, DELETION), EXTEND, 0.0
            yield (number, column - 1, INSERTION), EXTEND, 0.0
        elif state == MATCH:
            for down, right, price in STEPS:
                score = self._score(number - down, column - right, down, right)
                if score is not None:
                    yield from (((number - down, column - right, before), price - score, score) for before in range(3))

    def _score(self, number: int, column: int, down: int, right: int) -> float | None:
        if number < 0 or column < 0:
            return None
        source, target = self._rows[number], self._columns[column]
        if down == right:
            return self._scorer.score_pair(source, target)
        score = self._scorer.score_expansion if right > down else self._scorer.score_contraction
        return score(source, target)

    def _sum_backward(self, ends: Sequence[Node]) -> dict[Node, float]:
        """Return for each node the logarithm of the summed probabilities of all paths from it to the end."""
        backward = dict.fromkeys(ends, 0.0)
        for node, edges in reversed(self._edges.items()):
            if node in backward:
                for before, cost, _ in edges:
                    backward[before] = _log_sum([backward.get(before, -math.inf), backward[node] - cost])
        return backward

    def _trace(
        self, node: Node, costs: Mapping[Node, float], posterior: Callable[[Node, float, Node], float]
    ) -> Iterator[Bead]:
        while node in self._edges:
            before, _, score = min(self._edges[node], key=lambda edge: costs[edge[0]] + edge[1])
            if node[2] == MATCH:
                row, column = self._rows[before[0]], self._columns[before[1]]
                source = range(row, row + node[0] - before[0])
                target = range(column, column + node[1] - before[1])
                # The bead is the same whatever step was before it.
                same = (edge for edge in self._edges[node] if edge[0][:2] == before[:2])
                yield Bead(source, target, score, sum(posterior(origin, cost, node) for origin, cost, _ in same))
            node = before


def _log_sum(values: Sequence[float]) -> float:
    """Return the logarithm of the sum of what *values* are the logarithms of."""
    most = max(values)
    return most if most == -math.inf else most + math.log(sum(math.exp(value - most) for value in values))
