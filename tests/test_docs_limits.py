"""The table of limits says what the code does."""

from __future__ import annotations

from pathlib import Path

import pytest

from polyleaf import limited_processes, model, pandoc, raster_images, sources, units, workspace
from polyleaf.cli import output, streams
from polyleaf.inspection import pdf_text
from polyleaf.sources import documents, encoding, front_matter
from polyleaf.svg import reading
from polyleaf.workspace import names

PAGE = Path(__file__).parents[1] / "scripts" / "docs" / "reference" / "limits.md"
MB = 1_000_000
LIMITS = (
    f"{encoding.LARGEST // 1000} kB, {encoding.BLOCK} characters without an empty line",
    f"{encoding.DEEPEST} square brackets",
    f"{sources.MAX_DEPTH} lists, quotations",
    f"front matter | {front_matter.LONGEST} characters, {encoding.DEEPEST} braces inside one another |",
    f"text | {units.LONGEST} characters; in a catalogue {model.LONGEST_MESSAGE} |",
    f"the texts of a leaflet | {units.MOST} |",
    f"{limited_processes.SECONDS} seconds of processor time, and one for each",
    f"one for each {limited_processes.CHARACTERS_PER_SECOND} characters",
    f"{workspace.LARGEST_IMAGE // MB} MB, {raster_images.LARGEST // MB} million pixels",
    f"{reading.MOST} elements",
    f"{names.LONGEST} bytes",
    f"{documents.LARGEST // MB} MB, {documents.MAX_TEXT // MB} MB of text, {documents.MAX_BLOCKS} paragraphs",
    f"{pandoc.MEGABYTES} MB of memory; {pandoc.SECONDS} seconds of processor time, and {pandoc.SECONDS_PER_MB}",
    f"{workspace.LARGEST // MB} MB, {pdf_text.MOST_PAGES} pages",
    f"are printed | {output.MOST} |",
    f"{streams.FILES} must be allowed",
)


@pytest.mark.parametrize("limit", LIMITS)
def test_the_page_has_every_limit(limit: str) -> None:
    assert limit in PAGE.read_text("utf-8")
