"""Checks of what the outputs of a leaflet say: the same text, in the order of reading (Directive 2001/83/EC, 56a)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from polyleaf.checks.model import Diagnostic, check
from polyleaf.checks.output.location import locate
from polyleaf.inspection.text_flow import Outputs
from polyleaf.model import Severity


@check(Outputs, Severity.ERROR)
def reading_order(finished: Outputs) -> Iterator[Diagnostic]:
    """A voice reads the PDF completely, and in the order of the page.

    Bad:  a paragraph that the tags leave out, or that they have after the one that follows it
    Good: tags in the order of the text
    """
    paper = finished.paper
    if not paper:
        return
    read = {(element.page, element.mark) for element in paper.elements if not element.kind}
    silent = [run for run in paper.runs if run.mark >= 0 and (run.page, run.mark) not in read and run.text.strip()]
    for diagnostic in locate((run, "it is printed, and not in the tags: a voice leaves it out") for run in silent):
        yield replace(diagnostic, at=paper.where)
    if finished.on_paper and finished.on_paper.moved:
        yield Diagnostic(f"'{finished.on_paper.moved}' is read in another place than on the page", paper.where)


@check(Outputs, Severity.ERROR)
def same_text(finished: Outputs) -> Iterator[Diagnostic]:
    """PDF, e-book and page hold the same sentences; navigation, heads and feet apart.

    Bad:  a sentence of the page that the PDF does not have, or one of the PDF that the page does not have
    Good: the same sentences in all three
    """
    measure = "page" if finished.page else "e-book"
    for file, trace in ((finished.paper, finished.on_paper), (finished.book, finished.in_book)):
        if file and trace and trace.lost:
            yield Diagnostic(f"it lacks '{trace.lost}', which the {measure} has", file.where)
        if file and trace and trace.added:
            yield Diagnostic(f"it has '{trace.added}', which the {measure} lacks there", file.where)
    if finished.book and finished.in_book and finished.in_book.moved:
        yield Diagnostic(f"it has '{finished.in_book.moved}' in another place than the page", finished.book.where)
