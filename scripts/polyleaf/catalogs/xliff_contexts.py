"""Message contexts lost in a round trip through XLIFF: po2xliff drops them, xliff2po puts references there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

from polyleaf.catalogs.po import Entry


def recover(entries: Sequence[Entry], template: Sequence[Entry]) -> Sequence[Entry]:
    """Return the *entries* of a catalogue, with their contexts again if it has lost all of them, else as they are.

    Every leaflet has a title, and a title a context, so a catalogue without any has lost them. An entry gets
    that of the one entry of the *template* with its message, in the same file. Where there are several, their
    references hold their contexts, and each gets that of the entry with its references, if all of them still match:
    otherwise one could get the context of another. An entry without references was obsolete.
    """
    live = [entry for entry in entries if not entry.obsolete]
    if not any(entry.occurrences for entry in live) or any(_has_context(entry) for entry in live):
        return entries
    for entry in live:
        entry.obsolete = not entry.occurrences
    by_message = _group_by_message(entry for entry in live if not entry.obsolete)
    for message, wanted in _group_by_message(template).items():
        for entry, original in _pair(by_message.get(message, []), wanted):
            entry.msgctxt = original.msgctxt
    return entries


def _has_context(entry: Entry) -> bool:
    """Tell whether *entry* has a context that is more than its own references."""
    return not set((entry.msgctxt or "").split()) <= _references(entry)


def _group_by_message(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    groups: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.msgid].append(entry)
    return groups


def _pair(entries: list[Entry], wanted: list[Entry]) -> list[tuple[Entry, Entry]]:
    """Return the entries of one message, each with the entry of the template that it certainly is."""
    if len(entries) == len(wanted) == 1:
        return [(entries[0], wanted[0])] if _files(entries[0]) & _files(wanted[0]) else []
    pairs = [
        (entry, original) for entry in entries for original in wanted if _references(entry) == _references(original)
    ]
    return pairs if len(pairs) == len(entries) == len(wanted) else []


def _files(entry: Entry) -> set[str]:
    return {unquote(path).partition("#")[0] for path, _ in entry.occurrences}


def _references(entry: Entry) -> set[str]:
    """Return the references of *entry*, decoded where it or xliff2po percent-encoded them, with lines of old files."""
    return {f"{unquote(path)}:{line}" if line else unquote(path) for path, line in entry.occurrences}
