"""Questions about what a PDF tells a reading voice and an archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polyleaf.checks.output.location import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from polyleaf.inspection.finished import Outputs


def reading_order(finished: Outputs) -> Iterator[tuple[str, str]]:
    """A voice reads the PDF completely, and in the order of the page.

    Bad:  a paragraph that the tags leave out, or that they have after the one that follows it
    Good: tags in the order of the text
    """
    paper = finished.paper
    if not paper:
        return
    read = {(element.page, element.mark) for element in paper.elements if not element.kind}
    silent = [run for run in paper.runs if run.mark >= 0 and (run.page, run.mark) not in read and run.text.strip()]
    for fact in told((run, "it is printed, and not in the tags: a voice leaves it out") for run in silent):
        yield paper.where, fact
    if finished.on_paper and finished.on_paper.moved:
        yield paper.where, f"'{finished.on_paper.moved}' is read in another place than on the page"
