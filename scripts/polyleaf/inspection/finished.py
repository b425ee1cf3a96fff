"""The finished files of one leaflet in one language, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from polyleaf.inspection import text_flow

if TYPE_CHECKING:
    from polyleaf.inspection.epub import EpubDocument
    from polyleaf.inspection.html import HtmlDocument
    from polyleaf.inspection.pdf import PdfDocument
    from polyleaf.inspection.text_flow import Letters, Story, Trace


@dataclass(frozen=True)
class Outputs:
    """Those of the three files that are there; the text of the page is the measure, else that of the book."""

    paper: PdfDocument | None = None
    page: HtmlDocument | None = None
    book: EpubDocument | None = None

    @cached_property
    def story(self) -> Story | None:
        """What the leaflet says, by its page or else by its book."""
        if self.page:
            return text_flow.of_page(self.page)
        return text_flow.of_book(self.book) if self.book else None

    @cached_property
    def letters(self) -> Letters:
        """The letters of the paper."""
        return text_flow.in_paper(self.paper) if self.paper else text_flow.Letters("", ())

    @cached_property
    def on_paper(self) -> Trace | None:
        """The story followed through the paper."""
        return text_flow.follow(self.story, self.letters) if self.paper and self.story else None

    @cached_property
    def in_book(self) -> Trace | None:
        """The story of the page followed through the book."""
        return (
            text_flow.follow(self.story, text_flow.in_book(self.book))
            if self.page and self.book and self.story
            else None
        )
