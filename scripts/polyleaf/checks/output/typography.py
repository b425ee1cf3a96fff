"""Checks of the typography of a PDF: the size of type, the space between lines, where lines end, what is torn apart."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from polyleaf.checks.model import Diagnostic, check
from polyleaf.inspection.pdf import HEADINGS, NEW_LINE, PdfDocument
from polyleaf.inspection.pdf_text import LINE_HYPHEN
from polyleaf.inspection.text_flow import Outputs
from polyleaf.model import Severity
from polyleaf.quotations import quote
from polyleaf.theme.config import LOWEST, SMALLEST, TIGHTEST

if TYPE_CHECKING:
    from polyleaf.inspection.pdf import Block, Line
    from polyleaf.inspection.pdf_text import Run

SHOWN = 40
"""How much of a text a finding shows."""

MILLIMETRE = 72 / 25.4
"""How many points a millimetre has."""

SMALLEST_RAISED = 9.0
"""The readability guideline of the European Commission (2009), in points: for raised and lowered signs."""

ROUNDING = 0.05
"""What no eye sees, in points: numbers in a PDF are rounded."""

LONGEST, SHORTEST = 80, 45
"""Characters of a line of text (60 to 70: RNIB; at most 80: WCAG 2.2, 1.4.8: narrow letters, that is)."""

LARGE = 18
"""Points: above them print is giant (UKAAF G003, Creating clear print and large print documents), and the paper, not
the setting, decides how many letters a line has: in 24 pt the text of an A4 has space for fewer than 40."""

LONGEST_WIDE = 40
"""The same where most characters are as wide as high, such as Chinese: WCAG 2.2, 1.4.8."""

CELLS = frozenset(("TH", "TD"))
SEPARATE = CELLS | {"TOCI"}
"""Elements of which each is a text of its own."""

FIGURE = re.compile(r"\d")
FEWEST = 4
"""So many full lines show how a text is set; fewer may end alike by chance."""

HAIR = 0.1
"""Ends of lines that are less apart, in type sizes, are equal: letters have more or less space at their sides."""

JUSTIFIED = 0.8
"""The share of the lines of a column that end alike when it is justified; of ragged ones hardly any do."""

NUMBER = re.compile(r"(?:^|[\s(\[≤≥<>~±–-])[\d.,/]*\d$")
UNIT = re.compile(r"[%‰°℃µμ]|[^\W\d_]{1,14}(?!\w)")
"""What belongs to the number before it: a sign, or a word that is not too long to stand on its line."""

HYPHENS = f"-\u2010\u2011\u00ad{LINE_HYPHEN}"


def locate(facts: Iterable[tuple[Run | Line, str]]) -> list[Diagnostic]:
    """Return each of *facts* once, with the page and the words where it is first, and how many times more."""
    pieces: dict[str, list[Run | Line]] = {}
    for piece, fact in facts:
        pieces.setdefault(fact, []).append(piece)
    diagnostics = []
    for fact, same in pieces.items():
        more = f" and {len(same) - 1} more" if len(same) > 1 else ""
        first = next((piece for piece in same if any(map(str.isalnum, piece.text))), same[0])  # a bullet tells little
        diagnostics.append(Diagnostic(f"page {first.page}, {quote(first.text, SHOWN)}{more}: {fact}"))
    return diagnostics


@check(PdfDocument, Severity.ERROR)
def type_size(pdf: PdfDocument) -> Iterator[Diagnostic]:
    """All text on paper is at least 12 pt, in drawings, heads and feet too; raised and lowered signs 9 pt.

    Bad:  10.5 pt for the list of sources
    Good: 12 pt for the list of sources, 10 pt for the raised letter of a note
    """
    raised = {id(run) for run in _raised(pdf)}
    limits = [(run, SMALLEST_RAISED if id(run) in raised else SMALLEST) for run in pdf.runs]
    small = [(run, least) for run, least in limits if run.size < least - ROUNDING]
    yield from locate((run, f"{run.size:g} pt, smaller than {least:g} pt") for run, least in small)


@check(PdfDocument, Severity.ERROR)
def x_height(pdf: PdfDocument) -> Iterator[Diagnostic]:
    """Letters such as x are at least 1.42 mm high on paper, whatever the font; scripts without them are not measured.

    Bad:  7 pt Noto Sans, 1.32 mm
    Good: 12 pt Noto Sans, 2.27 mm
    """
    raised = {id(run) for run in _raised(pdf)}
    yield from locate(
        (run, f"small letters are {run.x_height / MILLIMETRE:.2f} mm high, less than {LOWEST} mm")
        for run in pdf.runs
        if 0 < run.x_height < LOWEST * MILLIMETRE - ROUNDING and id(run) not in raised
    )


@check(PdfDocument, Severity.WARNING)
def leading(pdf: PdfDocument) -> Iterator[Diagnostic]:
    """Lines of one text are at least 1.35 type sizes apart; headings, also at the start of a line, may be closer.

    Bad:  lines of 12 pt that are 14.4 pt apart
    Good: lines of 12 pt that are 16.8 pt apart
    """
    yield from locate(
        (lower, f"lines of {size:g} pt are {pitch:.1f} pt apart, less than {TIGHTEST} times their size")
        for upper, lower in _neighbours(pdf)
        for size, pitch in [(min(upper.size, lower.size), upper.baseline - lower.baseline)]
        if 0 < pitch < TIGHTEST * size - ROUNDING
    )


def _raised(pdf: PdfDocument) -> Iterator[Run]:
    """Yield what is smaller, and higher or lower, than the line that it is in or the heading that it stands behind."""
    lines = [(line, line.runs) for block in pdf.blocks for line in block.lines]
    behind = [(before.lines[-1], block.lines[0]) for before, block in pairwise(pdf.blocks) if before.kind in HEADINGS]
    lines += [(line, letters.runs) for line, letters in behind if letters.page == line.page and _overlap(line, letters)]
    for line, runs in lines:
        yield from (run for run in runs if run.size < line.size and abs(run.baseline - line.baseline) > 1)


def _overlap(line: Line, letters: Line) -> bool:
    return abs(letters.baseline - line.baseline) < NEW_LINE * line.size


def _neighbours(pdf: PdfDocument) -> Iterator[tuple[Line, Line]]:
    for block in pdf.blocks:
        if block.kind not in HEADINGS:
            yield from (pair for pair in pairwise(block.lines) if pair[0].page == pair[1].page)


@check(PdfDocument, Severity.WARNING)
def ragged(pdf: PdfDocument) -> Iterator[Diagnostic]:
    """Lines end where their words end: no text is stretched to fill its lines (UKAAF, RNIB: not justified).

    Bad:  a paragraph of which all lines but the last end at one edge
    Good: a paragraph with a ragged edge
    """
    for column in _columns(pdf):
        lines = list({FIGURE.sub("0", line.text): line for line in column}.values())  # the same words end alike
        ends = [-line.left if pdf.direction == "rtl" else line.right for line in lines]
        edge = max(ends)
        filled = [line for line, end in zip(lines, ends, strict=True) if edge - end < HAIR * line.size]
        if len(lines) >= FEWEST and len(filled) >= JUSTIFIED * len(lines):
            yield from locate([(filled[0], "its lines are stretched to end at one edge; they should be ragged")])
            return


@check(PdfDocument, Severity.WARNING)
def line_length(pdf: PdfDocument) -> Iterator[Diagnostic]:
    """Lines of running text have at most 80 characters, 40 of a script such as Chinese; a full column at least 45.

    The least is asked up to 18 points. Short lines in tables, boxes and lists are no fault: what is measured is the
    longest line of the column.

    Bad:  a line of 92 characters
    Good: lines of 64 to 72 characters
    """
    lines = [line for block in pdf.blocks if block.kind not in HEADINGS | CELLS for line in block.lines]
    long = sorted((line for line in lines if len(line.text) > _limit(line.text)), key=lambda line: -len(line.text))
    most = {_limit(line.text): len(line.text) for line in reversed(long)}
    yield from locate(
        (line, f"a line of {most[limit]} characters, more than {limit}")
        for line in long
        for limit in [_limit(line.text)]
    )
    full = [line for block in pdf.blocks if block.kind == "P" for line in _full(block)]
    narrow = len(full) >= FEWEST and not any(_is_wide(line.text) for line in full)
    longest = max(full, key=lambda line: len(line.text), default=None)
    if narrow and longest and len(longest.text) < SHORTEST and longest.size < LARGE + HAIR:
        yield from locate([(longest, f"the longest line of the text has fewer than {SHORTEST} characters")])


@check(PdfDocument, Severity.ERROR)
def parted(pdf: PdfDocument) -> Iterator[Diagnostic]:
    """A number and the unit or word that it counts stand on one line.

    Bad:  "250" at the end of a line, and "mg" on the next
    Good: "250 mg" on one line
    """
    for upper, lower in _following(pdf):
        number = NUMBER.search(upper.text)
        unit = UNIT.match(lower.text)
        if number and unit and not (upper.page != lower.page and unit[0].istitle()):
            words = f"{number[0].strip()} | {unit[0]}"
            yield from locate([(upper, f"a number and its word stand on two lines: {words}")])


@check(Outputs, Severity.ERROR)
def hyphenation(outputs: Outputs) -> Iterator[Diagnostic]:
    """No word is broken at the end of a line that fits in one; one with a hyphen of its own may go on after it.

    Bad:  "apo-" at the end of a line, and "theker" on the next
    Good: "nier-" at the end of a line and "patiënt" on the next, for the text says "nier-patiënt"
    """
    pdf = outputs.pdf
    if not pdf:
        return
    known = _plain(" ".join(sentence.text for sentence in outputs.story.sentences)) if outputs.story else None
    for block, (upper, lower) in ((each, pair) for each in pdf.blocks for pair in pairwise(each.lines)):
        parts = upper.text.split()[-1:] + lower.text.split()[:1]
        if _is_broken(parts) and not _fills_line(block, (upper, lower), parts):
            word = "".join(map(_plain, parts))
            own = parts[0].endswith("-") if known is None else word in known
            if not own:
                yield Diagnostic(
                    f"page {upper.page}, {quote(upper.text, SHOWN)}: the word {quote(word)} is broken", pdf.location
                )


def _is_broken(parts: list[str]) -> bool:
    """Tell whether the last and the first word of two lines, *parts*, are those of a word with a hyphen between."""
    return len(parts) > 1 and len(parts[0]) > 1 and parts[0][-1] in HYPHENS and parts[1][0].isalpha()


def _fills_line(block: Block, lines: tuple[Line, Line], parts: list[str]) -> bool:
    """Tell whether *parts*, one on each of *lines*, do not fit on one line of *block*."""
    width = sum(_width(line, part) for line, part in zip(lines, parts, strict=True))
    return width > max(line.right - line.left for line in block.lines)


def _width(line: Line, word: str) -> float:
    """Return about how wide *word* is on *line*, in points."""
    return (line.right - line.left) * len(word) / len(line.text)


def _plain(text: str) -> str:
    return re.sub(f"[{HYPHENS}]", "-", text)


def _columns(pdf: PdfDocument) -> Iterator[list[Line]]:
    """Yield the full lines of every text, and those of all texts that begin at one edge; none of Chinese."""
    columns: dict[tuple[str, int], list[Line]] = defaultdict(list)
    for block in pdf.blocks:
        full = [line for line in _full(block) if not _is_wide(line.text)]
        if full:
            yield full
        if block.kind not in CELLS | HEADINGS:
            edge = full[0].right if full and pdf.direction == "rtl" else full[0].left if full else 0
            columns[block.kind, round(edge)] += full
    yield from (lines for lines in columns.values() if lines)


def _full(block: Block) -> list[Line]:
    """Return the lines of *block* after which its text goes on, because the line was full."""
    return [upper for upper, lower in pairwise(block.lines) if upper.page == lower.page]


def _limit(text: str) -> int:
    return LONGEST_WIDE if _is_wide(text) else LONGEST


def _is_wide(text: str) -> bool:
    return sum(unicodedata.east_asian_width(sign) in "WF" for sign in text) * 2 > len(text)


def _following(pdf: PdfDocument) -> Iterator[tuple[Line, Line]]:
    """Yield each line with the next of its text, which may go on over the page in an element of its own.

    A line of a table of contents does not: it ends with the number of a page.
    """
    rows: Iterable[tuple[Block, Line]] = ((block, line) for block in pdf.blocks for line in block.lines)
    for (block, upper), (following, lower) in pairwise(rows):
        is_continued = block.kind == following.kind and upper.page != lower.page and block.kind not in SEPARATE
        if block is following or is_continued:
            yield upper, lower
