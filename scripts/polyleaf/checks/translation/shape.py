"""Questions about how a translation is built: as its source is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polyleaf.checks.subjects import Remark
from polyleaf.units.outline import differences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from polyleaf.checks.subjects import LocalizedText


def skeleton_differs(version: LocalizedText) -> Iterator[Remark]:
    """A translation has the headings, lists, tables, boxes, notes and figures of its source, in the same order.

    Bad:  a list of 4 points in the source, and one of 3 in the translation
    Good: a list of 4 points in both
    """
    # Translations are put into the tree of the source, so this cannot happen: the check watches over that.
    for fact in differences(version.origin, version.document) if version.origin else ():
        yield Remark(fact)
