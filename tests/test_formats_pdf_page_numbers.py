"""Page numbers in the contents of a PDF: each is that of its section, and they cost one more layout of their page."""

from __future__ import annotations

import io
import logging
import re
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

import edition_values
from polyleaf.formats import pdf
from polyleaf.model import Chapter, Edition, Heading

TEXT = "<p>Take one tablet in the morning, with water, and walk for a while.</p>"

WIDE = f"<table><tr>{'<td>Hypertension</td>' * 14}</tr></table>"
"""A table that fits its page only when all is laid out again."""

NOTE = '<p>Rest<a href="#fn-1" id="fnref-1" class="footnote-ref" role="doc-noteref">a</a>.</p>'
NOTES = (
    '<section role="doc-endnotes"><ol><li><p id="fn-1">For two days.'
    '<a href="#fnref-1" role="doc-backlink">back</a></p></li></ol></section>'
)


def with_sections(*bodies: str) -> Edition:
    """Return an edition with a section for each of *bodies*, in HTML."""
    headings = [Heading(f"s{at}", f"Section {at}", 2) for at in range(len(bodies))]
    chapters = tuple(
        Chapter(heading, f'<section class="level2"><h2 id="{heading.id}">{heading.text}</h2>{body}</section>')
        for heading, body in zip(headings, bodies, strict=True)
    )
    return replace(edition_values.edition(), chapters=chapters, contents=tuple(headings))


def find_numbers(content: bytes) -> tuple[dict[str, int], dict[str, int]]:
    """Return the page of each section of the PDF *content*: as the contents say, and as it is."""
    with pypdfium2.PdfDocument(content) as document:
        first = document[0].get_textpage().get_text_range()
    printed = {name: int(number) for name, number in re.findall(r"(Section \d+)\s+(\d+)\b", first)}
    with pikepdf.open(io.BytesIO(content)) as document, document.open_outline() as outline:
        pages = [page.objgen for page in document.pages]
        real: dict[str, int] = {}
        items = list(outline.root)
        while items:
            item = items.pop()
            items += item.children
            real[item.title] = pages.index(item.destination[0].objgen) + 1
    return printed, {name: page for name, page in real.items() if name.startswith("Section")}


@pytest.mark.law
@pytest.mark.parametrize(
    "bodies",
    [
        [TEXT * 25] * 3,
        [TEXT * 3] * 30,
        [TEXT * 40] * 12,
        [TEXT, TEXT * 60, TEXT, TEXT * 30],
        [TEXT * 25, TEXT * 25 + WIDE, TEXT * 25],
        [TEXT * 25 + NOTE, TEXT * 30, TEXT * 25 + NOTES],
    ],
    ids=["three", "small", "twelve", "first", "fitted", "notes"],
)
def test_each_number_in_the_contents_is_the_page_of_its_section(bodies: list[str]) -> None:
    printed, real = find_numbers(pdf.render(with_sections(*bodies)).content)

    assert len(bodies) == len(real)
    assert real == printed


def test_the_page_with_the_contents_is_laid_out_twice_and_the_others_once(caplog: pytest.LogCaptureFixture) -> None:
    progress = logging.getLogger("weasyprint.progress")
    progress.addHandler(caplog.handler)
    with caplog.at_level(logging.INFO, progress.name):
        page_layout = pdf.lay_out(with_sections(*[TEXT * 40] * 5))
    progress.removeHandler(caplog.handler)
    laid_out = [int(number) for number in re.findall(r"Creating layout - Page (\d+)$", caplog.text, re.MULTILINE)]

    assert page_layout.page_count > 3
    assert [*range(1, page_layout.page_count + 1), 1] == laid_out
