"""Questions about the lines of a paper: where they end, and what is torn apart there."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from polyleaf.checks.model import Diagnostic, check
from polyleaf.checks.output.location import locate, quote
from polyleaf.inspection.pdf import HEADINGS, PdfDocument
from polyleaf.inspection.pdf_text import LINE_HYPHEN
from polyleaf.inspection.text_flow import Outputs
from polyleaf.model import Severity

if TYPE_CHECKING:
    from polyleaf.inspection.pdf import Block, Line

LONGEST, SHORTEST = 75, 45
"""Characters of a line of running text (60 to 70: RNIB; at most 70: European Commission; with room for ragged ends)."""

LARGE = 18
"""Points: above them print is giant (UKAAF G003, Creating clear print and large print documents), and the paper, not
the setting, decides how many letters a line has: in 24 pt the text of an A4 has room for fewer than 40."""

LONGEST_WIDE = 40
"""The same where most characters are as wide as high, such as Chinese: WCAG 2.2, 1.4.8."""

CELLS = frozenset(("TH", "TD"))
FEWEST = 4
"""So many full lines show how a text is set; fewer may end alike by chance."""

HAIR = 0.1
"""Ends of lines that are less apart, in type sizes, are equal: letters have more or less room at their sides."""

JUSTIFIED = 0.8
"""The share of the lines of a column that end alike when it is justified; of ragged ones hardly any do."""

NUMBER = re.compile(r"(?:^|[\s(\[≤≥<>~±–-])[\d.,/]*\d$")
UNIT = re.compile(r"[%‰°℃µμ]|[^\W\d_]{1,14}(?!\w)")
"""What belongs to the number before it: a sign, or a word that is not too long to stand on its line."""

HYPHENS = f"-\u2010\u2011\u00ad{LINE_HYPHEN}"


@check(PdfDocument, Severity.WARNING)
def ragged(paper: PdfDocument) -> Iterator[Diagnostic]:
    """Lines end where their words end: no text is stretched to fill its lines (UKAAF, RNIB: not justified).

    Bad:  a paragraph of which all lines but the last end at one edge
    Good: a paragraph with a ragged edge
    """
    for lines in _columns(paper):
        ends = [-line.left if paper.direction == "rtl" else line.right for line in lines]
        edge = max(ends)
        filled = [line for line, end in zip(lines, ends, strict=True) if edge - end < HAIR * line.size]
        if len(lines) >= FEWEST and len(filled) >= JUSTIFIED * len(lines):
            yield from locate([(filled[0], "its lines are stretched to end at one edge; they should be ragged")])
            return


@check(PdfDocument, Severity.WARNING)
def line_length(paper: PdfDocument) -> Iterator[Diagnostic]:
    """Lines of running text have at most 75 characters, 40 of a script such as Chinese; a full column at least 45.

    The least is asked up to 18 points. Short lines in tables, boxes and lists are no fault: what is measured is the
    longest line of the column.

    Bad:  a line of 92 characters
    Good: lines of 64 to 72 characters
    """
    lines = [line for block in paper.blocks if block.kind not in HEADINGS | CELLS for line in block.lines]
    long = sorted((line for line in lines if len(line.text) > _limit(line.text)), key=lambda line: -len(line.text))
    most = {_limit(line.text): len(line.text) for line in reversed(long)}
    yield from locate(
        (line, f"a line of {most[limit]} characters, more than {limit}")
        for line in long
        for limit in [_limit(line.text)]
    )
    full = [line for block in paper.blocks if block.kind == "P" for line in _full(block)]
    narrow = len(full) >= FEWEST and not any(_is_wide(line.text) for line in full)
    longest = max(full, key=lambda line: len(line.text), default=None)
    if narrow and longest and len(longest.text) < SHORTEST and longest.size < LARGE + HAIR:
        yield from locate([(longest, f"the longest line of the text has fewer than {SHORTEST} characters")])


@check(PdfDocument, Severity.ERROR)
def parted(paper: PdfDocument) -> Iterator[Diagnostic]:
    """A number and the unit or word that it counts stand on one line.

    Bad:  "250" at the end of a line, and "mg" on the next
    Good: "250 mg" on one line
    """
    for upper, lower in _following(paper):
        number = NUMBER.search(upper.text)
        unit = UNIT.match(lower.text)
        if number and unit:
            words = f"{number[0].strip()} | {unit[0]}"
            yield from locate([(upper, f"a number and its word stand on two lines: {words}")])


@check(Outputs, Severity.ERROR)
def hyphenation(finished: Outputs) -> Iterator[Diagnostic]:
    """No word is broken at the end of a line; one that has a hyphen of its own may go on after it.

    Bad:  "apo-" at the end of a line, and "theker" on the next
    Good: "nier-" at the end of a line and "patiënt" on the next, for the text says "nier-patiënt"
    """
    paper = finished.paper
    if not paper:
        return
    known = _plain(" ".join(sentence.text for sentence in finished.story.sentences)) if finished.story else None
    for upper, lower in (pair for block in paper.blocks for pair in pairwise(block.lines)):
        first, last = upper.text.split()[-1:], lower.text.split()[:1]
        if first and last and first[0][-1] in HYPHENS and len(first[0]) > 1 and last[0][0].isalpha():
            word = _plain(first[0]) + _plain(last[0])
            own = first[0].endswith("-") if known is None else word in known
            if not own:
                yield Diagnostic(f"page {upper.page}, {quote(upper.text)}: the word {word!r} is broken", paper.where)


def _plain(text: str) -> str:
    return re.sub(f"[{HYPHENS}]", "-", text)


def _columns(paper: PdfDocument) -> Iterator[list[Line]]:
    """Yield the full lines of every text, and those of all texts that begin at one edge; none of Chinese."""
    columns: dict[tuple[str, int], list[Line]] = defaultdict(list)
    for block in paper.blocks:
        full = [line for line in _full(block) if not _is_wide(line.text)]
        if full:
            yield full
        if block.kind not in CELLS | HEADINGS:
            edge = full[0].right if full and paper.direction == "rtl" else full[0].left if full else 0
            columns[block.kind, round(edge)] += full
    yield from (lines for lines in columns.values() if lines)


def _full(block: Block) -> list[Line]:
    """Return the lines of *block* after which its text goes on, because the line was full."""
    return [upper for upper, lower in pairwise(block.lines) if upper.page == lower.page]


def _limit(text: str) -> int:
    return LONGEST_WIDE if _is_wide(text) else LONGEST


def _is_wide(text: str) -> bool:
    return sum(unicodedata.east_asian_width(sign) in "WF" for sign in text) * 2 > len(text)


def _following(paper: PdfDocument) -> Iterator[tuple[Line, Line]]:
    """Yield each line with the next of its text, which may go on over the page in an element of its own."""
    rows: Iterable[tuple[Block, Line]] = ((block, line) for block in paper.blocks for line in block.lines)
    for (one, upper), (other, lower) in pairwise(rows):
        if one is other or (one.kind == other.kind and upper.page != lower.page and one.kind not in CELLS):
            yield upper, lower
