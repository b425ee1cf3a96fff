"""Painting order made the reading order (ISO 32000-1, 14.8.2.3).

A style sheet may have something painted out of turn: what floats comes before the lines around it, what is positioned
after all others. Readers that do not look at the tags take the text as it is painted. Marked content that is painted
before what it follows is moved behind it, with the colours that it was painted with, and never forward: what is painted
later could cover it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

COLOURS = frozenset(("rg", "RG", "g", "G", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN", "gs"))
STATE = COLOURS | frozenset(("w", "J", "j", "M", "d", "Tf", "Tc", "Tw", "Tz", "TL", "Tr", "Ts"))
"""Operators that set how the next things are painted (ISO 32000-1, 8.4.4, 8.6.8, 9.3)."""

SPACE = frozenset(("cm", "W", "W*"))
"""Operators that set the user space, or the clipping path."""

ENDS = frozenset(("EMC", "Q"))
"""Operators that content may be moved behind: nothing has been begun there."""


@dataclass(frozen=True, slots=True)
class _Content:
    """Marked content from *start* to *end* (not included), with the user space and state that it is painted in.

    A space is told by the indexes of the operators that set it; *changes* are the operators in the content that set the
    state for what follows.
    """

    start: int
    end: int
    space: tuple[int, ...]
    state: tuple[Any, ...]
    changes: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Parser:
    """Reads the parts of a page: *frames* is the stack of graphics states, *marks* that of open marked content."""

    frames: list[tuple[tuple[int, ...], dict[str, Any]]] = field(default_factory=lambda: [((), {})])
    marks: list[tuple[int, int | None]] = field(default_factory=list)
    before: dict[int, tuple[tuple[int, ...], tuple[Any, ...]]] = field(default_factory=dict)
    changes: list[Any] = field(default_factory=list)
    depth: list[int] = field(default_factory=list)

    def parse(self, parts: Sequence[Any], gaps: dict[int, tuple[int, ...]]) -> Iterator[tuple[int, _Content]]:
        """Yield the number of each marked content, and the content; fill *gaps* with where content may be moved to."""
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
        properties = parts[at - 1]
        number = properties.get("MCID") if isinstance(properties, dict) else None
        start = at - 2 if isinstance(properties, dict) else at - 1
        if not self.marks:
            space, state = self.frames[-1]
            self.before[start] = (space, tuple(state.values()))
            self.changes.clear()
            self.depth[:] = [len(self.frames)]
        self.marks.append((start, number))

    def _end(self, at: int) -> Iterator[tuple[int, _Content]]:
        start, number = self.marks.pop()
        if number is not None and not self.marks:
            space, state = self.before[start]
            yield number, _Content(start, at + 1, space, state, tuple(self.changes))

    def _step(self, at: int, part: Any, operator: str) -> None:  # noqa: ANN401 - text, bytes or an object
        space, state = self.frames[-1]
        if operator == "q":
            self.frames.append((space, dict(state)))
        elif operator == "Q":
            self.frames.pop()
        elif operator in SPACE:
            self.frames[-1] = ((*space, at), state)
        elif operator in STATE:
            key = operator + (_text(part)[:2] if operator == "gs" else "")
            state.pop(key, None)
            state[key] = part
            if self.marks and self.depth == [len(self.frames)]:
                self.changes.append(part)


def reorder(stream: Any, order: Sequence[int]) -> None:  # noqa: ANN401 - WeasyPrint brings no types
    """Have the marked content of *stream* painted in *order*, which lists the numbers of what is read."""
    parts = stream.stream
    gaps: dict[int, tuple[int, ...]] = {}
    contents = dict(_Parser().parse(parts, gaps))
    moved: dict[int, list[_Content]] = {}
    last = 0
    for number in order:
        content = contents[number]
        if content.start >= last:
            last = content.end
            continue
        target = next((at for at, space in gaps.items() if at >= last and space == content.space), None)
        if target is not None:
            moved.setdefault(target, []).append(content)
            last = target
    if moved:
        parts[:] = _with_moved(parts, moved)


def _with_moved(parts: Sequence[Any], moved: dict[int, list[_Content]]) -> Iterator[Any]:
    taken = {content.start: content for contents in moved.values() for content in contents}
    at = 0
    while at <= len(parts):
        for content in moved.get(at, ()):
            yield from (b"q", *content.state, *parts[content.start : content.end], b"Q")
        if at in taken:
            yield from taken[at].changes
            at = taken[at].end
        else:
            yield from parts[at : at + 1]
            at += 1


def _text(part: Any) -> str:  # noqa: ANN401 - as above
    return part.decode("latin-1") if isinstance(part, bytes) else part if isinstance(part, str) else ""


def _operator(part: Any) -> str:  # noqa: ANN401 - as above
    return _text(part).rpartition(" ")[2]
