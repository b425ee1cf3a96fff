"""What is painted on a page brought into the order in which it is read (ISO 32000-1, 14.8.2.3).

A style sheet may have something painted out of turn: what floats comes before the lines around it, what has a place of
its own after all others. Readers that do not look at the tags take the text as it is painted. A piece that is painted
before what it follows is moved behind it, with the colours that it was painted with, and never forward: what is painted
later could cover it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COLOURS = frozenset(("rg", "RG", "g", "G", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN", "gs"))
STATE = COLOURS | frozenset(("w", "J", "j", "M", "d", "Tf", "Tc", "Tw", "Tz", "TL", "Tr", "Ts"))
"""Operators that set how the next things are painted (ISO 32000-1, 8.4.4, 8.6.8, 9.3)."""

PLACE = frozenset(("cm", "W", "W*"))
"""Operators that set where, or within which border."""

ENDS = frozenset(("EMC", "Q"))
"""What something may follow: nothing has been begun there."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Marked content from *start* to *end* (not included), and the state and place that it is painted with."""

    start: int
    end: int
    place: tuple[int, ...]
    state: tuple[Any, ...]
    within: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Walk:
    """A walk through the parts of a page: which state and place hold, and how deep in marked content it is."""

    frames: list[tuple[tuple[int, ...], dict[str, Any]]] = field(default_factory=lambda: [((), {})])
    marks: list[tuple[int, int | None]] = field(default_factory=list)
    before: dict[int, tuple[tuple[int, ...], tuple[Any, ...]]] = field(default_factory=dict)
    within: list[Any] = field(default_factory=list)
    depth: list[int] = field(default_factory=list)

    def pieces(self, parts: Sequence[Any], gaps: dict[int, tuple[int, ...]]) -> Iterator[tuple[int, _Piece]]:
        """Yield the number of each piece of marked content, and the piece; fill *gaps* with where another may come."""
        for at, part in enumerate(parts):
            operator = _operator(part)
            if operator in {"BDC", "BMC"}:
                self._begin(at, parts)
            elif operator == "EMC":
                yield from self._end(at)
            else:
                self._step(at, part, operator)
            if operator in ENDS and not self.marks:
                gaps[at + 1] = self.frames[-1][0]

    def _begin(self, at: int, parts: Sequence[Any]) -> None:
        about = parts[at - 1]
        number = about.get("MCID") if isinstance(about, dict) else None
        start = at - 2 if isinstance(about, dict) else at - 1
        if not self.marks:
            place, state = self.frames[-1]
            self.before[start] = (place, tuple(state.values()))
            self.within.clear()
            self.depth[:] = [len(self.frames)]
        self.marks.append((start, number))

    def _end(self, at: int) -> Iterator[tuple[int, _Piece]]:
        start, number = self.marks.pop()
        if number is not None and not self.marks:
            place, state = self.before[start]
            yield number, _Piece(start, at + 1, place, state, tuple(self.within))

    def _step(self, at: int, part: Any, operator: str) -> None:  # noqa: ANN401 - text, bytes or an object
        place, state = self.frames[-1]
        if operator == "q":
            self.frames.append((place, dict(state)))
        elif operator == "Q":
            self.frames.pop()
        elif operator in PLACE:
            self.frames[-1] = ((*place, at), state)
        elif operator in STATE:
            key = operator + (_text(part)[:2] if operator == "gs" else "")
            state.pop(key, None)
            state[key] = part
            if self.marks and self.depth == [len(self.frames)]:
                self.within.append(part)


def in_order(stream: Any, order: Sequence[int]) -> None:  # noqa: ANN401 - WeasyPrint brings no types
    """Have the pieces of *stream* painted in *order*, which lists the numbers of those that are read."""
    parts = stream.stream
    gaps: dict[int, tuple[int, ...]] = {}
    pieces = dict(_Walk().pieces(parts, gaps))
    moved: dict[int, list[_Piece]] = {}
    last = 0
    for number in order:
        piece = pieces[number]
        if piece.start >= last:
            last = piece.end
            continue
        target = next((at for at, place in gaps.items() if at >= last and place == piece.place), None)
        if target is not None:
            moved.setdefault(target, []).append(piece)
            last = target
    if moved:
        parts[:] = _moved(parts, moved)


def _moved(parts: Sequence[Any], moved: dict[int, list[_Piece]]) -> Iterator[Any]:
    taken = {piece.start: piece for pieces in moved.values() for piece in pieces}
    at = 0
    while at <= len(parts):
        for piece in moved.get(at, ()):
            yield from (b"q", *piece.state, *parts[piece.start : piece.end], b"Q")
        if at in taken:
            yield from taken[at].within
            at = taken[at].end
        else:
            yield from parts[at : at + 1]
            at += 1


def _text(part: Any) -> str:  # noqa: ANN401 - as above
    return part.decode("latin-1") if isinstance(part, bytes) else part if isinstance(part, str) else ""


def _operator(part: Any) -> str:  # noqa: ANN401 - as above
    return _text(part).rpartition(" ")[2]
