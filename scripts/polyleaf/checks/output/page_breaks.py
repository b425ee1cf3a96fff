"""Checks of the page breaks of a PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from polyleaf.checks.model import Diagnostic, check
from polyleaf.checks.output.typography import SHOWN, locate
from polyleaf.inspection.html import BOXES
from polyleaf.inspection.pdf import HEADINGS, PdfDocument
from polyleaf.inspection.text_flow import Outputs
from polyleaf.model import Severity
from polyleaf.quotations import quote

if TYPE_CHECKING:
    from polyleaf.inspection.html import HtmlDocument, Tag
    from polyleaf.inspection.pdf import Block

DECORATION = frozenset(("", "presentation", "none"))


@check(PdfDocument, Severity.WARNING)
def heading_alone(pdf: PdfDocument) -> Iterator[Diagnostic]:
    """Under a heading, some of its text stands on the same page.

    Bad:  a heading at the foot of a page, and its text on the next
    Good: a heading on the page where its text begins
    """
    for at, block in enumerate(pdf.blocks):
        if block.kind in HEADINGS:
            text = next((below for below in pdf.blocks[at + 1 :] if _is_text_below(below, block)), None)
            if text and text.lines[0].page > block.lines[-1].page:
                yield from locate([(block.lines[-1], f"a heading whose text begins on page {text.lines[0].page}")])


def _is_text_below(block: Block, heading: Block) -> bool:
    """Tell whether *block* is a text below *heading*, no other heading, note, or letter of a note on its line."""
    first, last = block.lines[0], heading.lines[-1]
    is_beside = first.page == last.page and first.baseline >= last.baseline
    return block.kind not in HEADINGS and "Note" not in (*block.above, block.kind) and not is_beside


@check(PdfDocument, Severity.ERROR)
def page_edge(pdf: PdfDocument) -> Iterator[Diagnostic]:
    """All text is within the page.

    Bad:  a word of 100 letters, of which 30 are beyond the right edge
    Good: a word that goes on at the next line
    """
    yield from locate((run, "it leaves the page: the end of it cannot be read") for run in pdf.runs if run.beyond)


@check(Outputs, Severity.WARNING)
def box_split(outputs: Outputs) -> Iterator[Diagnostic]:
    """A box (key points, warning, when to call, a mark) stands on one page.

    Which words are in a box is read in the web page: a PDF does not say.

    Bad:  a warning that begins on page 2 and goes on at page 3
    Good: a warning on page 3
    """
    yield from _torn(outputs, lambda tag: bool(set(BOXES) & set(tag.classes)), "a box")


@check(Outputs, Severity.WARNING)
def row_split(outputs: Outputs) -> Iterator[Diagnostic]:
    """A row of a table stands on one page, and so does a figure with its caption.

    Bad:  a row of a table that goes on at the next page; a caption on the page after its picture
    Good: a table that goes on at the next page with its next row
    """
    yield from _torn(outputs, lambda tag: tag.name == "tr", "a row of a table")
    yield from _torn(outputs, lambda tag: tag.name == "figure", "a figure")


def _torn(outputs: Outputs, is_whole: Callable[[Tag], bool], name: str) -> Iterator[Diagnostic]:
    pdf, page = outputs.pdf, outputs.html
    if not pdf or not page:
        return
    drawn = _drawings(pdf, page)
    for at, tag in enumerate(page.tags):
        if is_whole(tag):
            pages = sorted(_pages(outputs, at) | {drawn[number] for number in drawn if at in page.tags[number].parents})
            if len(pages) > 1:
                yield Diagnostic(
                    f"page {pages[0]}, {quote(_words(page, at), SHOWN)}: {name} goes on at page {pages[-1]}",
                    pdf.location,
                )


def _words(page: HtmlDocument, at: int) -> str:
    return next((passage.text for passage in page.passages if at in passage.parents), page.tags[at].get("class"))


def _pages(outputs: Outputs, at: int) -> set[int]:
    """Return the pages on which the text in the tag number *at* stands."""
    story, trace = outputs.story, outputs.in_pdf
    if not story or not trace:
        return set()
    rows = zip(story.sentences, trace.spans, strict=True)
    spans = [span for sentence, span in rows if span and at in sentence.parents]
    return {outputs.letters.page(letter) for start, end in spans for letter in (start, end - 1)}


def _drawings(pdf: PdfDocument, page: HtmlDocument) -> dict[int, int]:
    """Return the page of *pdf* by the number of each image's tag in *page*; nothing if they do not agree."""
    images = [at for at, tag in enumerate(page.tags) if _is_told(page, tag)]
    figures = [element.page for element in pdf.elements if element.kind == "Figure"]
    return dict(zip(images, figures, strict=True)) if len(images) == len(figures) else {}


def _is_told(page: HtmlDocument, tag: Tag) -> bool:
    return tag.name == "img" and tag.get("alt") not in DECORATION and page.within(tag, "main")
