"""The cheapest way through two rows of texts, and how probable each step of it is: dynamic programming.

A step is a bead (a pair, a text that became two, two that became one) or a gap: a text without a counterpart. A gap
costs more to open than to go on with, since what is missing is missing in one piece.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

MATCH, GONE, NEW = range(3)
"""The states of a cell: the step before it was a bead, left out a text of the source, or one of the other side."""

OPEN, EXTEND = 3.5, 0.7
PAIR, JOINED = 0.07, 4.0
"""What steps cost: the logarithm of how rare they are, as a loss."""

STEPS = ((1, 1, PAIR), (1, 2, JOINED), (2, 1, JOINED))
CELLS = 200_000
"""How many cells the first look may have; it looks at all of them when the documents are short."""

NARROWEST = 60.0
WIDTH = 4
"""How far from the path of the first look the second one goes, in texts."""

Cell = tuple[int, int]
Corridor = list[list[int]]
"""For every number of source texts behind us, the numbers of other texts that may be behind us, ascending."""


class Judge(Protocol):
    """Says how well texts go together, each by its number on its side."""

    def pair(self, first: int, second: int) -> float:
        """Return the score of a pair."""

    def split(self, first: int, second: int) -> float | None:
        """Return the score of a text and the two that it may have become."""

    def merge(self, first: int, second: int) -> float | None:
        """Return the score of two texts and the one that they may have become."""


@dataclass(frozen=True, slots=True)
class Bead:
    """Texts that belong together, by their numbers on both sides, with the score and the probability of that.

    *sure* says whether that is enough to go by. Where two texts of the source became one, *cut* is the number of
    sentences of it that belong to the first.
    """

    source: range
    other: range
    score: float
    probability: float
    cut: int = 0
    sure: bool = False

    @property
    def first(self) -> int:
        """The number of its first text of the source."""
        return self.source.start

    @property
    def second(self) -> int:
        """The number of its first text of the other side."""
        return self.other.start


@dataclass(frozen=True, slots=True)
class Path:
    """The cheapest way: its beads and what it costs, less than nothing when the texts belong together."""

    beads: tuple[Bead, ...]
    cost: float


def path(rows: range, columns: range, judge: Judge) -> Path:
    """Return the cheapest way through the source texts *rows* and the other texts *columns*.

    A first look with pairs only, wherever the way can still be near the cheapest, finds a corridor; the second look
    takes all steps in it.
    """
    corridor = _around(_First(rows, columns, judge).cells(), len(rows), len(columns))
    return _Second(rows, columns, judge, corridor).path()


class _First:
    """The first look: pairs and gaps, cell by cell, those that are too far behind the best left out."""

    def __init__(self, rows: range, columns: range, judge: Judge) -> None:
        self._rows, self._columns, self._judge = rows, columns, judge
        self._beam = max(NARROWEST, EXTEND * CELLS / (len(rows) + 1))
        self._back: list[dict[int, tuple[int, int, int]]] = []

    def cells(self) -> list[Cell]:
        """Return the cells of the cheapest way, from the end to the start."""
        row: dict[int, tuple[float, float, float]] = {}
        best = math.inf
        for at in range(len(self._rows) + 1):
            row, best = self._row(at, row, best)
        return list(self._trace(min(range(3), key=row[len(self._columns)].__getitem__)))

    def _row(
        self, at: int, above: Mapping[int, tuple[float, float, float]], best: float
    ) -> tuple[dict[int, tuple[float, float, float]], float]:
        row: dict[int, tuple[float, float, float]] = {}
        back: dict[int, tuple[int, int, int]] = {}
        ahead = len(self._rows) - at
        lowest = math.inf
        start, end = (min(above), max(above) + 1) if above else (0, 0)
        column = start
        while column <= len(self._columns) and (column <= end or column - 1 in row):
            cell, came = self._cell(at, column, above, row)
            # What must still be left out, at the least, counts as if it had been.
            cost = min(cell) + EXTEND * abs(ahead - (len(self._columns) - column))
            if cost <= min(best, lowest) + self._beam:
                row[column], back[column] = cell, came
                lowest = min(lowest, cost)
            column += 1
        self._back.append(back)
        return row, lowest

    def _cell(
        self,
        at: int,
        column: int,
        above: Mapping[int, tuple[float, float, float]],
        row: Mapping[int, tuple[float, float, float]],
    ) -> tuple[tuple[float, float, float], tuple[int, int, int]]:
        """Return the costs of the three states of a cell, and from which state each came."""
        if not at and not column:
            return (0.0, math.inf, math.inf), (MATCH, MATCH, MATCH)
        match = gone = new = math.inf
        from_match = from_gone = from_new = MATCH
        if column - 1 in above:
            costs = above[column - 1]
            from_match = costs.index(min(costs))
            match = costs[from_match] + PAIR - self._judge.pair(self._rows[at - 1], self._columns[column - 1])
        if column in above:
            costs = above[column]
            from_gone = MATCH if costs[MATCH] + OPEN <= costs[GONE] + EXTEND else GONE
            gone = min(costs[MATCH] + OPEN, costs[GONE] + EXTEND)
        if column - 1 in row:
            costs = row[column - 1]
            ways = (costs[MATCH] + OPEN, costs[GONE] + EXTEND, costs[NEW] + EXTEND)
            from_new = ways.index(min(ways))
            new = ways[from_new]
        return (match, gone, new), (from_match, from_gone, from_new)

    def _trace(self, state: int) -> Iterator[Cell]:
        at, column = len(self._rows), len(self._columns)
        while at or column:
            yield at, column
            before = self._back[at][column][state]
            at, column = at - (state != NEW), column - (state != GONE)
            state = before
        yield 0, 0


def _around(cells: Sequence[Cell], rows: int, columns: int) -> Corridor:
    made: list[set[int]] = [set() for _ in range(rows + 1)]
    for at, column in cells:
        near = range(max(0, column - WIDTH), min(columns, column + WIDTH) + 1)
        for row in range(max(0, at - 1), min(rows, at + 1) + 1):
            made[row].update(near)
    return [sorted(one) for one in made]


Node = tuple[int, int, int]


class _Second:
    """The second look: all steps in the corridor, the cheapest way and, of all ways, the share of each bead."""

    def __init__(self, rows: range, columns: range, judge: Judge, corridor: Corridor) -> None:
        self._rows, self._columns, self._judge = rows, columns, judge
        self._corridor = corridor
        self._edges: dict[Node, list[tuple[Node, float, float]]] = {}

    def path(self) -> Path:
        """Return the cheapest way."""
        start = (0, 0, MATCH)
        costs, sums = {start: 0.0}, {start: 0.0}
        for node in self._nodes():
            edges = [edge for edge in self._into(node) if edge[0] in costs]
            if edges:
                self._edges[node] = edges
                costs[node] = min(costs[before] + cost for before, cost, _ in edges)
                sums[node] = _log_sum([sums[before] - cost for before, cost, _ in edges])
        ends = [(len(self._rows), len(self._columns), state) for state in range(3)]
        ends = [node for node in ends if node in costs]
        total = _log_sum([sums[node] for node in ends])
        after = self._after(ends)
        beads = list(
            self._trace(
                min(ends, key=costs.__getitem__),
                costs,
                lambda one, cost, two: math.exp(min(0.0, sums[one] - cost + after[two] - total)),
            )
        )
        return Path(tuple(reversed(beads)), min(costs[node] for node in ends))

    def _nodes(self) -> Iterator[Node]:
        for at, columns in enumerate(self._corridor):
            for column in columns:
                if at or column:
                    yield from ((at, column, state) for state in range(3))

    def _into(self, node: Node) -> Iterator[tuple[Node, float, float]]:
        """Yield the ways into *node*: the node before, the cost, and the score where it is a bead."""
        at, column, state = node
        if state == GONE and at:
            yield (at - 1, column, MATCH), OPEN, 0.0
            yield (at - 1, column, GONE), EXTEND, 0.0
        elif state == NEW and column:
            yield (at, column - 1, MATCH), OPEN, 0.0
            yield (at, column - 1, GONE), EXTEND, 0.0
            yield (at, column - 1, NEW), EXTEND, 0.0
        elif state == MATCH:
            for down, right, price in STEPS:
                score = self._score(at - down, column - right, down, right)
                if score is not None:
                    yield from (((at - down, column - right, one), price - score, score) for one in range(3))

    def _score(self, at: int, column: int, down: int, right: int) -> float | None:
        if at < 0 or column < 0:
            return None
        first, second = self._rows[at], self._columns[column]
        if down == right:
            return self._judge.pair(first, second)
        return self._judge.split(first, second) if right > down else self._judge.merge(first, second)

    def _after(self, ends: Sequence[Node]) -> dict[Node, float]:
        """Return for each node the logarithm of the sum of all ways from it to the end."""
        made = dict.fromkeys(ends, 0.0)
        for node, edges in reversed(self._edges.items()):
            if node in made:
                for before, cost, _ in edges:
                    made[before] = _log_sum([made.get(before, -math.inf), made[node] - cost])
        return made

    def _trace(
        self, node: Node, costs: Mapping[Node, float], share: Callable[[Node, float, Node], float]
    ) -> Iterator[Bead]:
        while node in self._edges:
            before, _, score = min(self._edges[node], key=lambda edge: costs[edge[0]] + edge[1])
            if node[2] == MATCH:
                first, second = self._rows[before[0]], self._columns[before[1]]
                source = range(first, first + node[0] - before[0])
                other = range(second, second + node[1] - before[1])
                yield Bead(source, other, score, self._share(node, before, share))
            node = before

    def _share(self, node: Node, before: Node, share: Callable[[Node, float, Node], float]) -> float:
        """Return the probability of a bead, whatever step was before it."""
        same = [edge for edge in self._edges[node] if edge[0][:2] == before[:2]]
        return sum(share(one, cost, node) for one, cost, _ in same)


def _log_sum(values: Sequence[float]) -> float:
    """Return the logarithm of the sum of what *values* are the logarithms of."""
    most = max(values)
    return most if most == -math.inf else most + math.log(sum(math.exp(value - most) for value in values))
