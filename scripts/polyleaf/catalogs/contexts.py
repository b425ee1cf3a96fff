"""Contexts that the way through XLIFF took: po2xliff writes none, and xliff2po puts places where it must tell apart."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from polyleaf.catalogs.po import Entry


def recovered(old: Sequence[Entry], template: Sequence[Entry]) -> Sequence[Entry]:
    """Return the entries of a catalogue, with their contexts again if it has lost all of them, else as they are.

    Every leaflet has a title, and a title a context, so a catalogue without any has lost them. An entry gets
    that of the one entry of the *template* with its message in the same file, and on the same line when
    xliff2po wrote the line in the place of the context. What has no place at all was obsolete before.
    """
    live = [entry for entry in old if not entry.obsolete]
    if not any(entry.occurrences for entry in live) or any(
        entry.msgctxt and entry.msgctxt not in _places(entry) for entry in live
    ):
        return old
    wanted: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in template:
        wanted[entry.msgid].append(entry)
    for entry in live:
        entry.obsolete = not entry.occurrences
        found = [other for other in wanted[entry.msgid] if _is_there(entry, other)]
        if entry.occurrences and len(found) == 1:
            entry.msgctxt = found[0].msgctxt
    return old


def _is_there(entry: Entry, other: Entry) -> bool:
    if entry.msgctxt:
        return entry.msgctxt in _places(other)
    return not {path for path, _ in entry.occurrences}.isdisjoint(path for path, _ in other.occurrences)


def _places(entry: Entry) -> set[str]:
    return {f"{path}:{line}" for path, line in entry.occurrences}
