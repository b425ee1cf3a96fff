"""Texts of a figure as lines of runs: the one form of `text` that WeasyPrint draws as browsers do.

A text has its words itself, or a `tspan` for each line that is placed by itself; a line has its words itself, or a
`tspan` for each run of words that look alike. No words stand after a `tspan`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from polyleaf.svg.lengths import font_size, in_pixels, written
from polyleaf.svg.nodes import NAMESPACE, fault, inherited

TSPAN = NAMESPACE + "tspan"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
STARTS = ("x", "y")
POSITIONS = (*STARTS, "dx", "dy", "rotate")
OWN = (*POSITIONS, "id", SPACE, "white-space", "dominant-baseline", "alignment-baseline", "baseline-shift")
"""Attributes that are not handed on to the runs of an element."""

NO_MOVE = 0.001
KEPT_SPACES = frozenset(("pre", "pre-wrap", "break-spaces"))
RIGHT_TO_LEFT = frozenset(("R", "AL"))

BASELINES: Mapping[str, float] = {
    "middle": 0.27, "central": 0.39, "hanging": 0.86, "mathematical": 0.53, "ideographic": -0.29,
    "text-before-edge": 1.07, "before-edge": 1.07, "text-after-edge": -0.29, "after-edge": -0.29,
}  # fmt: skip
"""How far words go down for a baseline, in sizes: measures of Noto Sans (x-height 0.54, ascent 1.07, descent 0.29)."""

SHIFTS: Mapping[str, float] = {"sub": 0.2, "super": -0.33}
"""How far words go down for `baseline-shift`, in sizes of the words around them (CSS Inline 3, 4.4)."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Words that look alike: their *look* as attributes, where they are put, and how far below their baseline."""

    words: str
    look: dict[str, str]
    size: float
    down: float
    positions: Mapping[str, str] = field(default_factory=dict)

    def starts_line(self) -> bool:
        """Tell whether the run is placed by itself."""
        return any(map(self.positions.get, STARTS))


def arrange(text: etree._Element, path: str) -> None:
    """Give *text*, of the file *path*, the form of this module. Raises SourceError for what has no such form."""
    runs = [run for run in _with_spaces(text, _runs(text, {}, 0.0, {})) if run.words]
    lines = [*_placed(_lines(runs))]
    _validate(text, lines, path)
    for key in OWN:
        text.attrib.pop(key, None) if key != "id" else None
    for child in [*text]:
        text.remove(child)
    text.text = None
    if len(lines) == 1:
        _fill(text, lines[0])
        return
    for line in lines:
        _fill(etree.SubElement(text, TSPAN), line)


def find_lines(text: etree._Element) -> list[etree._Element]:
    """Return the elements of the lines of *text*, which has the form of this module."""
    is_one = any(map(text.get, POSITIONS)) or not any(any(map(child.get, STARTS)) for child in text)
    return [text] if is_one else [*text]


def _runs(element: etree._Element, look: dict[str, str], down: float, pending: dict[str, str]) -> Iterator[_Run]:
    """Yield the runs of *element*; the first has the *pending* positions, which are then used up."""
    size = font_size(element)
    pending.update({key: str(element.get(key)) for key in POSITIONS if element.get(key)})
    shift = str(element.get("baseline-shift", "0")).lower()
    around = font_size(parent) if (parent := element.getparent()) is not None else size
    down += SHIFTS[shift] * around if shift in SHIFTS else -(in_pixels(shift, around, around) or 0)
    below = down + BASELINES.get(_baseline(element), 0) * size

    def run(words: str | None) -> Iterator[_Run]:
        if words:
            yield _Run(words, dict(look), size, below, dict(pending) if words.strip() else {})
            if words.strip():
                pending.clear()

    yield from run(element.text)
    for child in element:
        own = {str(key): str(value) for key, value in child.attrib.items() if key not in OWN}
        if "font-size" in own:
            own["font-size"] = written(font_size(child))
        yield from _runs(child, {**look, **own}, down, pending)
        yield from run(child.tail)
    pending.clear()


def _baseline(element: etree._Element) -> str:
    own = str(element.get("alignment-baseline", "")).lower()
    return own if own in BASELINES else inherited(element, "dominant-baseline").lower()


def _with_spaces(text: etree._Element, runs: Iterable[_Run]) -> Iterator[_Run]:
    """Yield *runs* with their spaces as they are shown: those that are kept do not break, all others become one."""
    is_kept = text.get(SPACE) == "preserve" or any(
        str(element.get("white-space", "")) in KEPT_SPACES for element in text.iter(etree.Element)
    )
    after_space = True
    for run in runs:
        words = re.sub(r"[\t\r\n]", " ", run.words)
        if is_kept:
            words = re.sub(r"  +|^ | $", lambda match: "\N{NO-BREAK SPACE}" * len(match[0]), words)
        else:
            words = re.sub(r" +", " ", words)
            words = words.removeprefix(" ") if after_space or run.starts_line() else words
        after_space = words.endswith(" ") if words else after_space
        yield replace(run, words=words)


def _lines(runs: Iterable[_Run]) -> Iterator[list[_Run]]:
    """Yield the *runs* of each line, without the spaces at its end."""
    lines: list[list[_Run]] = []
    for run in runs:
        if not lines or run.starts_line():
            lines.append([])
        lines[-1].append(run)
    for line in lines:
        while len(line) > 1 and not line[-1].words.strip():
            line.pop()
        line[-1] = replace(line[-1], words=line[-1].words.rstrip(" "))
        if "".join(run.words for run in line).strip():
            yield line


def _placed(lines: Iterable[Sequence[_Run]]) -> Iterator[list[_Run]]:
    """Yield *lines* with their runs moved down to their baselines: `dy` moves all that follows it, until a `y`."""
    down = 0.0
    for line in lines:
        placed = []
        for run in line:
            down = 0.0 if run.positions.get("y") else down
            first, *rest = str(run.positions.get("dy", "0")).replace(",", " ").split()
            moved = written((in_pixels(first, run.size) or 0) + run.down - down)
            is_moved = abs(run.down - down) > NO_MOVE
            positions = {**run.positions, "dy": " ".join((moved, *rest))} if is_moved else run.positions
            placed.append(replace(run, positions=positions))
            down = run.down
        yield placed


def _validate(text: etree._Element, lines: Sequence[Sequence[_Run]], path: str) -> None:
    if any(run.look.get("visibility") == "hidden" for line in lines for run in line):
        raise fault(path, text, "some words of this text are hidden", "Take them out of the drawing.")
    for line in lines:
        is_listed = any(len(value.replace(",", " ").split()) > 1 for run in line for value in run.positions.values())
        if len(line) > 1 and is_listed:
            fact = "letters that are placed one by one may not be in several <tspan>"
            raise fault(path, text, fact, "Put each word in a <text> of its own.")
        if len(line) > 1 and any(map(is_right_to_left, "".join(run.words for run in line))):
            fact = "words that are read from right to left stand in several <tspan> of a line"
            raise fault(path, text, fact, "Give all words of the line one look.")


def is_right_to_left(character: str) -> bool:
    """Tell whether *character* is a letter that is read from right to left (UAX 9, table 4)."""
    return unicodedata.bidirectional(character) in RIGHT_TO_LEFT


def _fill(element: etree._Element, line: Sequence[_Run]) -> None:
    """Put *line* into *element*, a text or a `tspan` of its own."""
    first, *others = line
    for key, value in first.positions.items():
        element.set(key, value)
    if not others:
        for key, value in first.look.items():
            element.set(key, value)
    if not others or not first.look:
        element.text = first.words
        line = others
    for run in line:
        span = etree.SubElement(element, TSPAN)
        span.attrib.update(run.look if run is first else {**run.look, **run.positions})
        span.text = run.words
