"""Which translations are the text of the source again: an editor filled them in, and nobody has translated them."""

from __future__ import annotations

import re

from polyleaf.facts.markup import surface

CHECK = "copied"
"""The name of the check that finds them, by which a person acknowledges one."""

WORDS = re.compile(r"[^\W\d_]{2,}")
SENTENCE = 3
"""So many different words are neither a name that stays as it is nor a row of amounts."""


def is_copy(message: str, translation: str) -> bool:
    """Tell whether *translation* is *message* again, and more than a name, an address or a mark."""
    same = message.casefold().split() == translation.casefold().split()
    return same and len(set(WORDS.findall(surface(message).bare.text))) >= SENTENCE
