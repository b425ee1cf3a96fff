"""What can be made and what is asked: the tables of formats and checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polyleaf.checks import amounts, cautions, doses, leftovers, reading, shape, style, wording
from polyleaf.checks import remarks as of_author
from polyleaf.checks import source as of_source
from polyleaf.checks import translation as of_translation
from polyleaf.checks.questions import Check, Subject
from polyleaf.formats import epub, html, pdf
from polyleaf.model import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from polyleaf.formats.layout import Sheets
    from polyleaf.model import Artifact, Edition

FORMATS: Mapping[str, Callable[[Edition], Artifact]] = {
    "pdf": pdf.render,
    "epub": epub.render,
    "html": html.render,
}
"""What makes each format, the slowest first, so that several processes end at about the same time."""

LAID_OUT: Mapping[str, Callable[[Edition, Sheets | None], Artifact]] = {"pdf": pdf.render, "epub": epub.render}
"""The formats made of one layout: the PDF is it, and the e-book tells where its pages begin."""

COPY, PAIR, PAIRS, SHELF, VERSION = Subject.COPY, Subject.PAIR, Subject.PAIRS, Subject.SHELF, Subject.VERSION
ERROR, WARNING = Severity.ERROR, Severity.WARNING

CHECKS: Mapping[str, Check] = {
    "heading_skipped": Check(of_source.heading_skipped, COPY, ERROR),
    "heading_empty": Check(of_source.heading_empty, COPY, ERROR),
    "figure_named_by_caption": Check(of_source.figure_named_by_caption, COPY, WARNING),
    "block_not_made": Check(leftovers.block_not_made, COPY, ERROR),
    "markdown_left": Check(leftovers.markdown_left, COPY, ERROR),
    "table_without_caption": Check(of_source.table_without_caption, COPY, WARNING),
    "cell_empty": Check(of_source.cell_empty, COPY, WARNING),
    "boxes_many": Check(of_source.boxes_many, COPY, WARNING),
    "list_long": Check(of_source.list_long, COPY, WARNING),
    "review_overdue": Check(of_source.review_overdue, COPY, WARNING),
    "citation_unused": Check(of_source.citation_unused, SHELF, WARNING),
    "dose_unsafe": Check(doses.dose_unsafe, VERSION, WARNING),
    "readability": Check(reading.readability, VERSION, WARNING, graded=True),
    "sentence_long": Check(reading.sentence_long, VERSION, WARNING, graded=True),
    "paragraph_long": Check(reading.paragraph_long, VERSION, WARNING, graded=True),
    "heading_long": Check(reading.heading_long, VERSION, WARNING),
    "jargon_undefined": Check(style.jargon_undefined, VERSION, WARNING),
    "word_formal": Check(style.word_formal, VERSION, WARNING),
    "abbreviation": Check(style.abbreviation, VERSION, WARNING),
    "address_mixed": Check(style.address_mixed, VERSION, WARNING),
    "link_vague": Check(style.link_vague, VERSION, WARNING),
    "placeholder": Check(style.placeholder, VERSION, WARNING, excusable=False),
    "skeleton_differs": Check(shape.skeleton_differs, VERSION, ERROR),
    "comment_stray": Check(of_author.comment_stray, COPY, WARNING),
    "skipped_safety": Check(of_author.skipped_safety, COPY, WARNING),
    "missing": Check(of_translation.missing, PAIR, WARNING, in_safety=ERROR, excusable=False),
    "fuzzy": Check(of_translation.fuzzy, PAIR, WARNING, in_safety=ERROR, excusable=False),
    "copied": Check(of_translation.copied, PAIR, WARNING, in_safety=ERROR),
    "part_lost": Check(of_translation.part_lost, PAIR, WARNING, in_safety=ERROR),
    "emphasis_differs": Check(of_translation.emphasis_differs, PAIR, WARNING),
    "code_differs": Check(of_translation.code_differs, PAIR, ERROR),
    "markup_differs": Check(of_translation.markup_differs, PAIR, ERROR),
    "address_differs": Check(of_translation.address_differs, PAIR, ERROR),
    "bidi_stray": Check(of_translation.bidi_stray, PAIR, ERROR, excusable=False),
    "number_differs": Check(amounts.number_differs, PAIR, ERROR),
    "figure_glued": Check(amounts.figure_glued, PAIR, WARNING, in_safety=ERROR),
    "number_order": Check(amounts.number_order, PAIR, WARNING, in_safety=ERROR),
    "unit_differs": Check(amounts.unit_differs, PAIR, ERROR),
    "limit_differs": Check(cautions.limit_differs, PAIR, WARNING, in_safety=ERROR),
    "negation_differs": Check(cautions.negation_differs, PAIR, WARNING, in_safety=ERROR),
    "direction_differs": Check(cautions.direction_differs, PAIR, WARNING, in_safety=ERROR),
    "name_differs": Check(wording.name_differs, PAIR, ERROR),
    "name_translated": Check(wording.name_translated, PAIR, ERROR),
    "term_forbidden": Check(wording.term_forbidden, PAIR, WARNING),
    "term_missing": Check(wording.term_missing, PAIR, WARNING),
    "translation_differs": Check(wording.translation_differs, PAIRS, WARNING),
}
"""Every check by its name: whom it asks, how bad what it finds is, and how bad in a text of the safety class."""
