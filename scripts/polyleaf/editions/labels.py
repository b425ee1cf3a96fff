"""Words that the theme puts into the text: in the language of the edition, or in English and saying so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polyleaf import templates, tree

if TYPE_CHECKING:
    from polyleaf.model import Nodes


def labelled(text: str, language: str) -> Nodes:
    """Return the theme's label *text* in *language* as inlines; a label in English says its language to a voice."""
    words = tree.words(templates.label(text, language))
    pairs = templates.label_attributes(language)
    return [tree.span(words, pairs=pairs)] if pairs else words
