"""What kind of text a translation is of what kind of source: a list item may have become a paragraph."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

OTHERWISE = 0.004
"""How probable a kind is that the table does not name."""

_MATTER = {"paragraph": 0.4, "definition": 0.2, "list item": 0.05, "quotation": 0.05, "line": 0.02}

BECOMES: Mapping[str, Mapping[str, float]] = {
    "title": {"title": 0.6, "heading": 0.2, "paragraph": 0.19},
    "subtitle": {"subtitle": 0.5, "paragraph": 0.3, "heading": 0.15},
    "description": {"description": 0.8, "paragraph": 0.1},
    "keywords": {"keywords": 0.9, "paragraph": 0.05},
    "audience": {"audience": 0.25, **_MATTER},
    "notice": {"notice": 0.25, **_MATTER},
    "funding": {"funding": 0.25, **_MATTER},
    "heading": {"heading": 0.85, "paragraph": 0.08, "subtitle": 0.02, "title": 0.02, "term": 0.01},
    "paragraph": {"paragraph": 0.85, "list item": 0.04, "quotation": 0.04, "definition": 0.02, "cell": 0.02},
    "list item": {"list item": 0.82, "paragraph": 0.15},
    "column header": {"column header": 0.7, "cell": 0.25},
    "cell": {"cell": 0.93, "column header": 0.02, "paragraph": 0.03},
    "caption": {"caption": 0.6, "paragraph": 0.33, "heading": 0.03},
    "short caption": {"short caption": 0.7, "caption": 0.1},
    "term": {"term": 0.6, "paragraph": 0.25, "list item": 0.08, "heading": 0.04},
    "definition": {"definition": 0.6, "paragraph": 0.3, "list item": 0.05},
    "note": {"note": 0.7, "list item": 0.15, "paragraph": 0.1},
    "quotation": {"quotation": 0.6, "paragraph": 0.35},
    "line": {"line": 0.6, "paragraph": 0.35},
    "alternative text": {"alternative text": 0.95},
    "title of a link or image": {"title of a link or image": 0.95},
}
"""How probable each kind of text is as the translation of a kind."""

RUNNING = frozenset(("paragraph", "list item", "note", "definition", "quotation", "notice", "audience", "funding"))
"""Kinds of running text, of which people make two out of one, or one out of two."""


def scores(source: Iterable[str], other: Sequence[str]) -> dict[tuple[str, str], float]:
    """Return for every kind in *source* and in *other* how much more probable they are as a pair than by chance."""
    counts = Counter(other)
    made = {}
    for one in dict.fromkeys(source):
        for kind, count in counts.items():
            chance = (count + 1) / (len(other) + len(counts))
            likely = BECOMES.get(one, {one: 0.95}).get(kind, OTHERWISE)
            made[one, kind] = math.log(likely / chance)
    return made


def joinable(one: str, other: str) -> bool:
    """Tell whether two texts of these kinds, one after the other, may be one text in another language."""
    return one == other and one in RUNNING
