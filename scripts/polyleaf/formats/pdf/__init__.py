"""PDF: the web leaflet laid out on A4 pages.

`layout` calls WeasyPrint, where `weasyprint_patches` puts the structure tree of `tags`, and declares PDF/A-2a and
PDF/UA-1 in the metadata of `xmp`; `layout_warnings` says what its warnings mean; `bidi` puts words of two directions in
their order, `footnotes` puts notes at the foot of pages, `fitting` changes what does not fit its page, `overflow`
finds what cannot be read, `row_headers` repeats the header of a broken row, `page_starts` finds where pages begin,
`page_numbers` saves a round for the contents, `style_sheets` parses each style sheet once, `theme_fonts` checks the
fonts of a theme.
`figure_words` measures the words in figures, `figure_paint` paints their gradients and patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count

from markupsafe import Markup

from polyleaf import templates
from polyleaf.formats import html, language_code, make_artifact
from polyleaf.formats.pdf import layout, page_starts, xmp
from polyleaf.model import NOTES, Artifact, Chapter, Edition, Heading

DISCLOSURE = re.compile(r'<details class="long-description"><summary>(.*?)</summary>(.*?)</details>', re.DOTALL)
PRINTED = r'<div class="long-description"><p class="label">\1</p>\2</div>'
"""Paper has nothing to unfold: what a page hides until it is asked for is printed."""

MOST_UNLISTED = 2
"""So many pages need no list of contents: they are the two sides of one piece of paper."""

NUMBERED = re.compile(r'(<ol\b[^>]*?) start="(-?\d+)"')


def render(edition: Edition, page_layout: layout.PageLayout | None = None) -> Artifact:
    """Return *edition* as a PDF (PDF/A-2a and PDF/UA-1) on A4, from its *page_layout* if there is one already."""
    return make_artifact(edition, ".pdf", layout.write_pdf(page_layout or lay_out(edition)))


def lay_out(edition: Edition) -> layout.PageLayout:
    """Return *edition* laid out on A4; what stands before its first section opens page 1.

    The elements that pages begin in are numbered from 0 through all of its chapters. It has no list of contents
    where it fits two pages without, nor where that would be all that stands on a page.
    """
    sections = tuple(heading for heading in edition.sections if heading.id != NOTES)
    listed = _lay_out(edition, sections)
    if not sections or (listed.page_count > MOST_UNLISTED + 1 and not listed.has_page_without_text):
        return listed
    unlisted = _lay_out(edition, ())
    is_short = unlisted.page_count <= MOST_UNLISTED
    return unlisted if is_short or listed.has_page_without_text else listed


def _lay_out(edition: Edition, sections: Sequence[Heading]) -> layout.PageLayout:
    first = edition.chapters[:1]
    introduction = first if first and first[0].heading is None else ()
    numbers = count()
    parts = {
        "opening": _printed(edition, introduction, numbers),
        "body": _printed(edition, edition.chapters[len(introduction) :], numbers),
        "styles": templates.print_styles(edition.theme, "base.css", "print.css", "lists.css"),
    }
    page = templates.render("print.html.j2", language_code(edition), edition=edition, sections=sections, **parts)
    properties = xmp.Properties(
        edition.identifier, edition.version, edition.source_description, edition.source_language
    )
    return layout.lay_out(page, edition.theme, properties, fitted=True)


def _printed(edition: Edition, chapters: Sequence[Chapter], numbers: Iterator[int]) -> Markup:
    printed = DISCLOSURE.sub(PRINTED, str(html.body(edition, chapters)))
    printed = NUMBERED.sub(_number_from, printed)
    return Markup(page_starts.number_elements(printed, numbers))  # noqa: S704 - as in formats.html


def _number_from(tag: re.Match[str]) -> str:
    """Return the *tag* of a list with the number of its first item as a counter too (CSS Lists 3, 4.5).

    WeasyPrint reads `start` among the presentational hints only, which nothing else here needs (CVE-2026-49452).
    """
    return f'{tag[0]} style="counter-reset: list-item {int(tag[2]) - 1}"'
