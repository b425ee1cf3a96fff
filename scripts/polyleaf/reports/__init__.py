"""Pages for the people who make leaflets, not for those who read them: sheets to review, tables of what is where."""

from __future__ import annotations

from polyleaf import templates

NAMED = "Review sheet"
"""A label that all translations of these pages have in words of their own."""


def interface(code: str) -> str:
    """Return the language of the labels for people who write in *code*: English when there are none in theirs."""
    return code if templates.label(NAMED, code) != NAMED else templates.FALLBACK
