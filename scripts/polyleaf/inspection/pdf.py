"""A PDF as what stands on its pages: blocks of lines in reading order, and what is drawn beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING
from unicodedata import bidirectional, combining

from polyleaf import model
from polyleaf.inspection import pdf_text
from polyleaf.inspection.pdf_structure import read_structure

if TYPE_CHECKING:
    from polyleaf.inspection.pdf_structure import Element
    from polyleaf.inspection.pdf_text import Run

INLINE = frozenset(
    ("Span", "Link", "Em", "Strong", "Quote", "Code", "Reference", "Note", "Annot", "Formula", "NonStruct")
)
"""Elements that do not begin a block of text (ISO 32000-1, 14.8.4.4); WeasyPrint wraps anything in NonStruct."""

HEADINGS = frozenset(name.upper() for name in model.HEADINGS)

FROM_RIGHT, FROM_LEFT = frozenset(("R", "AL")), frozenset(("L", "EN", "AN"))
"""Bidirectional classes (Unicode UAX #9) of what is read from one side."""

NEW_LINE = 0.6
"""By how much of its size a text must be lower to stand on the next line: raised and lowered signs are less."""

MARK = 0.3
"""By how much of its size a mark may stand before the middle of its letter."""

APART = 0.15
"""The space, in type sizes, from which on two pieces of a line are two words."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block, its pieces from the side where reading starts."""

    runs: tuple[Run, ...]

    @property
    def page(self) -> int:
        """The page it is on."""
        return self.runs[0].page

    @property
    def text(self) -> str:
        """Its words; pieces that stand apart are words of their own."""
        text = ""
        for before, run in zip((None, *self.runs), self.runs, strict=False):
            gap = "" if before is None or _touches(before, run) else " "
            text += gap + run.text
        return text.strip()

    @property
    def size(self) -> float:
        """The type size of its largest letters, in points."""
        return max(run.size for run in self.runs)

    @property
    def baseline(self) -> float:
        """How high it stands, in points from below: where its largest letters stand."""
        return max(self.runs, key=lambda run: run.size).baseline

    @property
    def left(self) -> float:
        """Where its letters begin, in points from the left edge of the page."""
        return min(run.box[0] for run in self.runs)

    @property
    def right(self) -> float:
        """Where its letters end, in points from the left edge of the page."""
        return max(run.box[2] for run in self.runs)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, cell or the like: the kind of its element, that of those around it, and its lines."""

    kind: str
    above: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """Its words, lines joined by spaces."""
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True)
class PdfDocument:
    """A PDF: its file, its *direction* (`ltr` or `rtl`), its runs as they are drawn, and its structure tree."""

    location: str
    direction: str
    runs: tuple[Run, ...]
    elements: tuple[Element, ...]

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Its text in reading order, by the tags; what every page repeats and the words in drawings are not in it."""
        content: dict[tuple[int, int], list[Run]] = defaultdict(list)
        for run in self.runs:
            content[run.page, run.mark].append(run)
        if self.direction == "rtl":
            content = {key: _in_order(runs) for key, runs in content.items()}
        rows = self.elements
        runs_by_owner: list[tuple[int, list[Run]]] = []
        for row in rows:
            runs = [] if row.kind else content.get((row.page, row.mark), [])
            owner = next((at for at in reversed(row.parents) if rows[at].kind not in INLINE), -1)
            if runs and (not runs_by_owner or runs_by_owner[-1][0] != owner):
                runs_by_owner.append((owner, []))
            if runs:
                runs_by_owner[-1][1].extend(runs)
        return tuple(self._block(at, runs) for at, runs in runs_by_owner)

    def _block(self, at: int, runs: list[Run]) -> Block:
        rows = self.elements
        above = tuple(rows[parent].kind for parent in rows[at].parents) if at >= 0 else ()
        return Block(rows[at].kind if at >= 0 else "", above, tuple(_lines(runs)))


def _in_order(runs: list[Run]) -> list[Run]:
    """Return the *runs* of one piece of text in the order of reading, where it has one direction.

    pdfium turns parts around in a line that is read from the right: those in different fonts, and what stands behind a
    letter with a mark.
    """
    classes = {bidirectional(char) for run in runs for char in run.text}
    if classes.isdisjoint(FROM_RIGHT):
        return sorted(runs, key=lambda run: run.box[0])
    is_line = classes.isdisjoint(FROM_LEFT) and not any(_is_below(run, runs[:1]) for run in runs)
    turns_back = any(_middle(run) > _middle(before) + run.size for before, run in pairwise(runs))
    return sorted(runs, key=_middle, reverse=True) if is_line and turns_back else runs


def _middle(run: Run) -> float:
    """Return how far from the left edge the middle of *run* is, in points; a mark comes behind its letter."""
    is_mark = all(combining(char) for char in run.text)
    return (run.box[0] + run.box[2] - MARK * run.size * is_mark) / 2


def _lines(runs: list[Run]) -> Iterator[Line]:
    line: list[Run] = []
    for run in runs:
        if line and (run.page != line[-1].page or _is_below(run, line)):
            yield Line(tuple(line))
            line = []
        line.append(run)
    yield Line(tuple(line))


def _touches(before: Run, run: Run) -> bool:
    gap = max(run.box[0] - before.box[2], before.box[0] - run.box[2])
    return gap < APART * run.size


def _is_below(run: Run, line: list[Run]) -> bool:
    largest = max(line, key=lambda piece: piece.size)
    return abs(run.baseline - largest.baseline) > NEW_LINE * max(largest.size, run.size)


def read_pdf(content: bytes, location: str, direction: str) -> PdfDocument:
    """Return the PDF *content* taken apart; raises RenderError when the file *location* is no PDF."""
    return PdfDocument(location, direction, pdf_text.read_runs(content, location), read_structure(content, location))
