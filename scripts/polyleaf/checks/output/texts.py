"""Questions about what the files of one leaflet say: the same, whole, in every format (Directive 2001/83/EC, 56a)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from polyleaf.inspection.finished import Outputs


def same_text(finished: Outputs) -> Iterator[tuple[str, str]]:
    """PDF, e-book and page hold the same sentences; navigation, heads and feet apart.

    Bad:  a sentence of the page that the PDF does not have, or one of the PDF that the page does not have
    Good: the same sentences in all three
    """
    measure = "page" if finished.page else "e-book"
    for file, trace in ((finished.paper, finished.on_paper), (finished.book, finished.in_book)):
        if file and trace and trace.lost:
            yield file.where, f"it lacks '{trace.lost}', which the {measure} has"
        if file and trace and trace.added:
            yield file.where, f"it has '{trace.added}', which the {measure} lacks there"
    if finished.book and finished.in_book and finished.in_book.moved:
        yield finished.book.where, f"it has '{finished.in_book.moved}' in another place than the page"
