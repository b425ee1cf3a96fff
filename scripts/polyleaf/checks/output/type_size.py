"""Questions about how large a paper is printed: type, its small letters, and the space between lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from polyleaf.checks.model import Diagnostic, check
from polyleaf.checks.output.location import MILLIMETRE, locate
from polyleaf.inspection.pdf import HEADINGS, PdfDocument
from polyleaf.model import Severity
from polyleaf.theme.config import LOWEST, SMALLEST, TIGHTEST

if TYPE_CHECKING:
    from polyleaf.inspection.pdf import Line
    from polyleaf.inspection.pdf_text import Run

SMALLEST_RAISED = 9.0
"""The readability guideline of the European Commission (2009), in points: for raised and lowered signs."""

HAIR = 0.05
"""What no eye sees, in points: numbers in a PDF are rounded."""


@check(PdfDocument, Severity.ERROR)
def type_size(paper: PdfDocument) -> Iterator[Diagnostic]:
    """All text on paper is at least 12 pt, in drawings, heads and feet too; raised and lowered signs 9 pt.

    Bad:  10.5 pt for the list of sources
    Good: 12 pt for the list of sources, 10 pt for the raised letter of a note
    """
    raised = {id(run) for run in _raised(paper)}
    found = [(run, SMALLEST_RAISED if id(run) in raised else SMALLEST) for run in paper.runs]
    small = [(run, least) for run, least in found if run.size < least - HAIR]
    yield from locate((run, f"{run.size:g} pt, smaller than {least:g} pt") for run, least in small)


@check(PdfDocument, Severity.ERROR)
def x_height(paper: PdfDocument) -> Iterator[Diagnostic]:
    """Letters such as x are at least 1.42 mm high on paper, whatever the font; scripts without them are not measured.

    Bad:  7 pt Noto Sans, 1.32 mm
    Good: 12 pt Noto Sans, 2.27 mm
    """
    raised = {id(run) for run in _raised(paper)}
    yield from locate(
        (run, f"small letters are {run.x_height / MILLIMETRE:.2f} mm high, less than {LOWEST} mm")
        for run in paper.runs
        if 0 < run.x_height < LOWEST * MILLIMETRE - HAIR and id(run) not in raised
    )


@check(PdfDocument, Severity.WARNING)
def leading(paper: PdfDocument) -> Iterator[Diagnostic]:
    """Lines of one text are at least 1.35 type sizes apart; headings may be closer.

    Bad:  lines of 12 pt that are 14.4 pt apart
    Good: lines of 12 pt that are 16.8 pt apart
    """
    yield from locate(
        (lower, f"lines of {size:g} pt are {pitch:.1f} pt apart, less than {TIGHTEST} times their size")
        for upper, lower in _neighbours(paper)
        for size, pitch in [(max(upper.size, lower.size), upper.baseline - lower.baseline)]
        if 0 < pitch < TIGHTEST * size - HAIR
    )


def _raised(paper: PdfDocument) -> Iterator[Run]:
    """Yield what is smaller than the line that it is in, and stands higher or lower."""
    for block in paper.blocks:
        for line in block.lines:
            yield from (run for run in line.runs if run.size < line.size and abs(run.baseline - line.baseline) > 1)


def _neighbours(paper: PdfDocument) -> Iterator[tuple[Line, Line]]:
    for block in paper.blocks:
        if block.kind not in HEADINGS:
            yield from (pair for pair in pairwise(block.lines) if pair[0].page == pair[1].page)
