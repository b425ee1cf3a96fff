"""Questions about what a PDF tells a reading voice and an archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polyleaf.checks.output.location import told
from polyleaf.inspection.pdf import HEADINGS
from polyleaf.inspection.text_flow import letters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from polyleaf.inspection.finished import Outputs
    from polyleaf.inspection.pdf import PdfDocument

BOOKMARKED = ("H1", "H2")
"""Headings that a reader expects to find in the bookmarks, whatever the depth of these."""


def paper_claims(paper: PdfDocument) -> Iterator[str]:
    """A PDF has a title, which is shown, and a language, is tagged, and says that it is PDF/UA-1 and PDF/A-2a.

    Bad:  a PDF without a language
    Good: a PDF with the title and the language of its page
    """
    said = paper.outline
    if not said.title.strip():
        yield "it has no title"
    if not said.shows_title:
        yield "a reader shows the name of the file in place of its title (ViewerPreferences)"
    if said.language != paper.language:
        yield f"it says that its language is {said.language!r}, and it is in {paper.language!r}"
    if not said.marked or not said.elements:
        yield "it is not tagged: a voice does not know what is a heading, a list or a table"
    if said.claims[2] != "1":
        yield "it does not say that it is PDF/UA-1"
    if said.claims[:2] != ("2", "A"):
        yield "it does not say that it is PDF/A-2a"


def font_embedded(paper: PdfDocument) -> Iterator[str]:
    """Every font is in the file, so that it looks the same everywhere (ISO 19005-2, 6.2.11.4).

    Bad:  a text in Helvetica, which the reader must have
    Good: a text in a font that the file brings
    """
    missing = (run for run in paper.runs if run.text.strip() and not run.embedded)
    yield from told((run, f"the font {run.font!r} is not in the file") for run in missing)


def figure_described(paper: PdfDocument) -> Iterator[str]:
    """Every figure in the tags has words that stand for it.

    Bad:  a figure without an alternative text
    Good: a figure with the alternative text of the source
    """
    for element in paper.outline.elements:
        if element.kind == "Figure" and not element.described:
            yield f"page {element.page}: a figure has no alternative text"


def bookmarks(paper: PdfDocument) -> Iterator[str]:
    """The bookmarks are the headings: each is one, and each heading of a section is there.

    Bad:  a section "Side effects" that is not in the bookmarks
    Good: a bookmark for every section
    """
    headings = [block for block in paper.blocks if block.kind in HEADINGS]
    marked = {letters(title): title for title in paper.outline.bookmarks}
    known = {letters(block.text) for block in headings}
    listed = [block.lines[0] for block in headings if block.kind in BOOKMARKED and letters(block.text) not in marked]
    yield from told((line, "this heading is not in the bookmarks") for line in listed)
    for key, title in marked.items():
        if key not in known:
            yield f"the bookmark {title!r} is no heading of the text"


def reading_order(finished: Outputs) -> Iterator[tuple[str, str]]:
    """A voice reads the PDF completely, and in the order of the page.

    Bad:  a paragraph that the tags leave out, or that they have after the one that follows it
    Good: tags in the order of the text
    """
    paper = finished.paper
    if not paper:
        return
    read = {(element.page, element.mark) for element in paper.outline.elements if not element.kind}
    silent = [run for run in paper.runs if run.mark >= 0 and (run.page, run.mark) not in read and run.text.strip()]
    for fact in told((run, "it is printed, and not in the tags: a voice leaves it out") for run in silent):
        yield paper.where, fact
    if finished.on_paper and finished.on_paper.moved:
        yield paper.where, f"'{finished.on_paper.moved}' is read in another place than on the page"
