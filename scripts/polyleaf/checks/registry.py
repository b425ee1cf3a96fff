"""The checks, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polyleaf.checks.output import colours, lines, page_breaks, texts, type_size
from polyleaf.checks.output import pdf as papers
from polyleaf.checks.runner import Check, Subject
from polyleaf.checks.source import localization_notes as of_author
from polyleaf.checks.source import markdown
from polyleaf.checks.source import structure as of_source
from polyleaf.checks.text import doses, readability, style
from polyleaf.checks.translation import completeness as of_translation
from polyleaf.checks.translation import numbers, polarity, terminology
from polyleaf.model import Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

COPY, PAIR, PAIRS, SHELF, VERSION = Subject.COPY, Subject.PAIR, Subject.PAIRS, Subject.SHELF, Subject.VERSION
PAPER, PAGE, FINISHED = Subject.PAPER, Subject.PAGE, Subject.FINISHED
ERROR, WARNING = Severity.ERROR, Severity.WARNING

CHECKS: Mapping[str, Check] = {
    "heading_skipped": Check(of_source.heading_skipped, COPY, ERROR),
    "heading_empty": Check(of_source.heading_empty, COPY, ERROR),
    "figure_named_by_caption": Check(of_source.figure_named_by_caption, COPY, WARNING),
    "block_not_made": Check(markdown.block_not_made, COPY, ERROR),
    "markdown_left": Check(markdown.markdown_left, COPY, ERROR),
    "table_without_caption": Check(of_source.table_without_caption, COPY, WARNING),
    "cell_empty": Check(of_source.cell_empty, COPY, WARNING),
    "boxes_many": Check(of_source.boxes_many, COPY, WARNING),
    "list_long": Check(of_source.list_long, COPY, WARNING),
    "review_overdue": Check(of_source.review_overdue, COPY, WARNING),
    "citation_unused": Check(of_source.citation_unused, SHELF, WARNING),
    "dose_unsafe": Check(doses.dose_unsafe, VERSION, WARNING),
    "number_raised": Check(doses.number_raised, VERSION, WARNING),
    "readability": Check(readability.readability, VERSION, WARNING, graded=True),
    "sentence_long": Check(readability.sentence_long, VERSION, WARNING, graded=True),
    "paragraph_long": Check(readability.paragraph_long, VERSION, WARNING, graded=True),
    "heading_long": Check(readability.heading_long, VERSION, WARNING),
    "jargon_undefined": Check(style.jargon_undefined, VERSION, WARNING),
    "word_formal": Check(style.word_formal, VERSION, WARNING),
    "abbreviation": Check(style.abbreviation, VERSION, WARNING),
    "address_mixed": Check(style.address_mixed, VERSION, WARNING),
    "link_vague": Check(style.link_vague, VERSION, WARNING),
    "placeholder": Check(style.placeholder, VERSION, WARNING, excusable=False),
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
    "number_differs": Check(numbers.number_differs, PAIR, ERROR),
    "figure_glued": Check(numbers.figure_glued, PAIR, WARNING, in_safety=ERROR),
    "number_order": Check(numbers.number_order, PAIR, WARNING, in_safety=ERROR),
    "unit_differs": Check(numbers.unit_differs, PAIR, ERROR),
    "limit_differs": Check(polarity.limit_differs, PAIR, WARNING, in_safety=ERROR),
    "negation_differs": Check(polarity.negation_differs, PAIR, WARNING, in_safety=ERROR),
    "direction_differs": Check(polarity.direction_differs, PAIR, WARNING, in_safety=ERROR),
    "name_differs": Check(terminology.name_differs, PAIR, ERROR),
    "name_translated": Check(terminology.name_translated, PAIR, ERROR),
    "term_forbidden": Check(terminology.term_forbidden, PAIR, WARNING),
    "term_missing": Check(terminology.term_missing, PAIR, WARNING),
    "translation_differs": Check(terminology.translation_differs, PAIRS, WARNING),
    "type_size": Check(type_size.type_size, PAPER, ERROR, excusable=False),
    "x_height": Check(type_size.x_height, PAPER, ERROR, excusable=False),
    "leading": Check(type_size.leading, PAPER, WARNING, excusable=False),
    "ragged": Check(lines.ragged, PAPER, WARNING, excusable=False),
    "line_length": Check(lines.line_length, PAPER, WARNING, excusable=False),
    "parted": Check(lines.parted, PAPER, ERROR, excusable=False),
    "contrast": Check(colours.contrast, PAPER, ERROR, excusable=False),
    "greyscale": Check(colours.greyscale, PAPER, WARNING, excusable=False),
    "page_edge": Check(page_breaks.page_edge, PAPER, ERROR, excusable=False),
    "heading_alone": Check(page_breaks.heading_alone, PAPER, WARNING, excusable=False),
    "hyphenation": Check(lines.hyphenation, FINISHED, ERROR, excusable=False),
    "box_split": Check(page_breaks.box_split, FINISHED, WARNING, excusable=False),
    "row_split": Check(page_breaks.row_split, FINISHED, WARNING, excusable=False),
    "reading_order": Check(papers.reading_order, FINISHED, ERROR, excusable=False),
    "same_text": Check(texts.same_text, FINISHED, ERROR, excusable=False),
    "colour_alone": Check(colours.colour_alone, PAGE, WARNING, excusable=False),
}
"""Every check by its name: whom it asks, how bad what it finds is, and how bad in a text of the safety class."""
