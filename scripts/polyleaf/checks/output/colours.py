"""Checks of the colours of a PDF, and of boxes that a page tells apart by colour alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from polyleaf.checks.model import Diagnostic, check
from polyleaf.checks.output.typography import locate
from polyleaf.inspection.html import HtmlDocument
from polyleaf.inspection.pdf import PdfDocument
from polyleaf.model import HEADINGS, Severity
from polyleaf.quotations import quote
from polyleaf.theme.colours import TEXT, ratio

if TYPE_CHECKING:
    from polyleaf.inspection.html import Tag
    from polyleaf.inspection.pdf_text import Colour, Run

LARGE, LARGE_BOLD = 18, 14
ENOUGH_LARGE = 3.0
"""WCAG 2.2, 1.4.3: the contrast of text from so many points on; that of smaller text is `contrast.TEXT`."""

LUMA = 0.299, 0.587, 0.114
"""How bright a printer without colours takes red, green and blue to be (ITU-R BT.601)."""

URGENCY = ("call-now", "call-today", "call-appointment", "warning")
SIGNS = frozenset((*HEADINGS, "strong", "b"))


@check(PdfDocument, Severity.ERROR)
def contrast(pdf: PdfDocument) -> Iterator[Diagnostic]:
    """Text has a contrast of at least 4.5 to 1 with what is behind it; large text (18 pt, bold 14 pt) of 3 to 1.

    Bad:  #999999 on white, 2.8 to 1
    Good: #44565e on white, 7.6 to 1
    """
    yield from locate(
        (run, f"a contrast of {reached:.1f} to 1 ({_hex(run.colour)} on {_hex(ground)}), less than {_enough(run):g}")
        for run in pdf.runs
        if run.text.strip()
        for reached, ground in [_least(run)]
        if reached < _enough(run)
    )


@check(PdfDocument, Severity.WARNING)
def greyscale(pdf: PdfDocument) -> Iterator[Diagnostic]:
    """The contrast is enough in print without colours too.

    Bad:  red text on green, each as bright as the other
    Good: dark red text on light red
    """
    yield from locate(
        (run, f"printed without colours, a contrast of {reached:.1f} to 1, less than {_enough(run):g}")
        for run in pdf.runs
        if run.text.strip() and _least(run)[0] >= _enough(run)
        for reached in [min(ratio_of(_grey(run.colour), _grey(ground)) for ground in run.behind)]
        if reached < _enough(run)
    )


@check(HtmlDocument, Severity.WARNING)
def colour_alone(page: HtmlDocument) -> Iterator[Diagnostic]:
    """A box that warns begins with words in bold or a heading, which no box of another kind begins with.

    Bad:  two boxes, a red and a blue one, that both begin with "Call"
    Good: one that begins with "Call 112 now", and one with "Make an appointment"
    """
    kinds: dict[str, str] = {}
    for at, tag in enumerate(page.tags):
        kind = next((name for name in URGENCY if name in tag.classes), "")
        if kind:
            words = _first_words(page, at)
            if not words:
                yield Diagnostic(
                    f"line {tag.line}: a box of the kind {quote(kind)} begins with no words that say what it is"
                )
            elif kinds.setdefault(words, kind) != kind:
                yield Diagnostic(
                    f"line {tag.line}: {quote(words)} begins boxes of the kinds {quote(kinds[words])} and {quote(kind)}"
                )


def ratio_of(first: Colour, second: Colour) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2)."""
    return ratio(_hex(first), _hex(second))


def _grey(colour: Colour) -> Colour:
    shade = round(sum(share * part for share, part in zip(LUMA, colour, strict=True)))
    return shade, shade, shade


def _least(run: Run) -> tuple[float, Colour]:
    return min((ratio_of(run.colour, ground), ground) for ground in run.behind)


def _enough(run: Run) -> float:
    return ENOUGH_LARGE if run.size >= (LARGE_BOLD if run.bold else LARGE) else TEXT


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)


def _first_words(page: HtmlDocument, at: int) -> str:
    """Return the words in bold, or of the heading, with which the element number *at* begins."""
    passage = next((text for text in page.passages if at in text.parents), None)
    signs = [tag for tag in page.tags if at in tag.parents and tag.name in SIGNS]
    return _beginning(passage.text, signs) if passage else ""


def _beginning(text: str, signs: list[Tag]) -> str:
    return next((tag.words for tag in signs if tag.words and text.startswith(tag.words)), "")
