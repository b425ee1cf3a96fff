"""Reports for the people who make leaflets: review sheets, the status page, the specimen of a theme.

Modules: `message_view` (a message as people read it), `review_sheet` (a text beside its translation, to review and
sign), `segments` (one text in both languages), `status_page` (all leaflets in all languages), `theme_specimen` (every
part of a leaflet in a theme).
"""

from __future__ import annotations

from polyleaf import templates

TRANSLATED = "Review sheet"
"""A label that every translation of these pages translates."""


def label_language(code: str) -> str:
    """Return the language of the labels of a report for authors in the language *code*: English when it has none."""
    return code if templates.label(TRANSLATED, code) != TRANSLATED else templates.FALLBACK
