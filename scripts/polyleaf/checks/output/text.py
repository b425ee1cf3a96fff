"""Checks of what the outputs of a leaflet say: the same text, in the order of reading (Directive 2001/83/EC, 56a)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from polyleaf.checks.model import Diagnostic, check
from polyleaf.checks.output.typography import locate
from polyleaf.inspection.text_flow import Outputs
from polyleaf.model import Severity
from polyleaf.quotations import quote


@check(Outputs, Severity.ERROR)
def reading_order(outputs: Outputs) -> Iterator[Diagnostic]:
    """A voice reads the PDF completely, and in the order of the page.

    Bad:  a paragraph that the tags leave out, or that they have after the one that follows it
    Good: tags in the order of the text
    """
    pdf = outputs.pdf
    if not pdf:
        return
    read = {(element.page, element.mark) for element in pdf.elements if not element.kind}
    silent = [run for run in pdf.runs if run.mark >= 0 and (run.page, run.mark) not in read and run.text.strip()]
    for diagnostic in locate((run, "it is printed, and not in the tags: a voice leaves it out") for run in silent):
        yield replace(diagnostic, at=pdf.location)
    if outputs.in_pdf and outputs.in_pdf.moved:
        yield Diagnostic(f"{quote(outputs.in_pdf.moved)} is read in another place than on the page", pdf.location)


@check(Outputs, Severity.ERROR)
def same_text(outputs: Outputs) -> Iterator[Diagnostic]:
    """PDF, e-book and page hold the same sentences and labels of lists; navigation, heads and feet apart.

    Bad:  a sentence of the page that the PDF does not have, or a list that begins with 3 there and with 1 in the PDF
    Good: the same sentences and labels in all three
    """
    measure = "page" if outputs.html else "e-book"
    for file, trace in ((outputs.pdf, outputs.in_pdf), (outputs.epub, outputs.in_epub)):
        if file and trace and trace.lost:
            yield Diagnostic(f"it lacks {quote(trace.lost)}, which the {measure} has", file.location)
        if file and trace and trace.added:
            yield Diagnostic(f"it has {quote(trace.added)}, which the {measure} lacks there", file.location)
    if outputs.epub and outputs.in_epub and outputs.in_epub.moved:
        yield Diagnostic(f"it has {quote(outputs.in_epub.moved)} in another place than the page", outputs.epub.location)
