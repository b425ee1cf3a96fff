"""Contexts that the way through XLIFF took: po2xliff writes none, and xliff2po puts places where it must tell apart."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from polyleaf.catalogs.po import Entry


def recovered(old: Sequence[Entry], template: Sequence[Entry]) -> Sequence[Entry]:
    """Return the entries of a catalogue, with their contexts again if it has lost all of them, else as they are.

    Every leaflet has a title, and a title a context, so a catalogue without any has lost them. An entry gets
    that of the one entry of the *template* with its message, in the same file. Where there are several, and
    xliff2po wrote their lines in the place of their contexts, each gets that of the entry on its lines, if none
    of them has moved since: one might stand where another stood. What has no place at all was obsolete before.
    """
    live = [entry for entry in old if not entry.obsolete]
    if not any(entry.occurrences for entry in live) or any(_has_context(entry) for entry in live):
        return old
    for entry in live:
        entry.obsolete = not entry.occurrences
    have = _by_message(entry for entry in live if not entry.obsolete)
    for message, wanted in _by_message(template).items():
        for entry, other in _pairs(have.get(message, []), wanted):
            entry.msgctxt = other.msgctxt
    return old


def _has_context(entry: Entry) -> bool:
    """Tell whether *entry* has a context that is more than its own places."""
    return not set((entry.msgctxt or "").split()) <= _places(entry)


def _by_message(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        found[entry.msgid].append(entry)
    return found


def _pairs(have: list[Entry], wanted: list[Entry]) -> list[tuple[Entry, Entry]]:
    """Return the entries of one message, each with the entry of the template that it is for certain."""
    if len(have) == len(wanted) == 1:
        return [(have[0], wanted[0])] if _files(have[0]) & _files(wanted[0]) else []
    pairs = [(entry, other) for entry in have for other in wanted if _places(entry) == _places(other)]
    return pairs if len(pairs) == len(have) == len(wanted) else []


def _files(entry: Entry) -> set[str]:
    return {unquote(path) for path, _ in entry.occurrences}


def _places(entry: Entry) -> set[str]:
    """Return the places of *entry*: in parts where a path has a space in it, which xliff2po writes as in addresses."""
    return {f"{unquote(path)}:{line}" if line else unquote(path) for path, line in entry.occurrences}
