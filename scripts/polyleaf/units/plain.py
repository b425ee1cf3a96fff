"""Texts of nothing but words: pandoc reads them as words and spaces, so there is no need to ask it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from polyleaf import tree

if TYPE_CHECKING:
    from polyleaf.model import Nodes

WORD = r"[^\W\d_]+(?:-[^\W\d_]+)*"
FIRST = re.compile(WORD + "[,?!]?")
NEXT = re.compile(rf"(?:{WORD}|\d+)[,?!]?")
CLOSING = re.compile(r"[^\W\d_]{5,}\.")
"""A word that ends a sentence: long enough to be none of pandoc's abbreviations, after which a space does not break."""

LAST = re.compile(rf"(?:{WORD}|\d+)\.")


def inlines(text: str) -> Nodes | None:
    """Return the inlines of *text* when it is words, figures and ends of sentences only, None when pandoc must say.

    That pandoc reads them so is tested on thousands of runs of words, signs and abbreviations in any order.
    """
    first, *rest = text.split(" ")
    if not (FIRST.fullmatch(first) or (CLOSING.fullmatch(first) and rest)):
        return None
    for at, word in enumerate(rest, 1):
        end = at == len(rest) and LAST.fullmatch(word)
        if not (NEXT.fullmatch(word) or CLOSING.fullmatch(word) or end):
            return None
    return tree.words(text)
