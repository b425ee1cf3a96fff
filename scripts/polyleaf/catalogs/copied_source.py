"""Translations that are the text of the source again: an editor filled them in, and nobody has translated them."""

from __future__ import annotations

import re

from polyleaf.facts.markup import parse_markup

CHECK = "copied"
"""The name of the check that reports them, by which a person acknowledges one."""

WORDS = re.compile(r"[^\W\d_]{2,}")
SENTENCE = 3
"""The least number of different words that are neither a name, which stays as it is, nor a list of amounts."""


def is_copy(message: str, translation: str) -> bool:
    """Tell whether *translation* repeats *message*, case and spaces aside, and is more than a name or an address."""
    same = message.casefold().split() == translation.casefold().split()
    return same and len(set(WORDS.findall(parse_markup(message).text.text))) >= SENTENCE
