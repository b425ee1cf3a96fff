"""Three-way merge of PO and POT files by entry, as a merge driver of git does it (gitattributes(5)).

An entry is known by its context and its message, so that nothing else than a translation that both sides changed in
different ways is a conflict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from polyleaf.catalogs import po
from polyleaf.catalogs.entry_merge import Versions, is_conflict, merge_entry, merge_lines, pick
from polyleaf.catalogs.po import Entry, File, Key

REVISION = ("PO-Revision-Date", "Last-Translator")
"""The fields of the header that say when a catalogue was changed, and by whom; they come from one side together."""

TEMPLATE_DATE = "POT-Creation-Date"

Metadata = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A message that both sides translated differently, and the line of the merged file that its entry is on."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The bytes of a merged file, and the entries that a person has to decide about."""

    content: bytes
    conflicts: tuple[Conflict, ...] = ()


class _Sides(NamedTuple):
    """The common ancestor of two files, and both of them."""

    base: File
    ours: File
    theirs: File


def merge(base: bytes, ours: bytes, theirs: bytes, path: str) -> Merged:
    """Return the merge of *ours* and *theirs*, which come from *base*; that is empty when both are new.

    New entries of both sides are kept, in their order. A translation of a message that the other side removed becomes
    obsolete. Of the header, the later `PO-Revision-Date` wins with its `Last-Translator`, and the later
    `POT-Creation-Date`. Raises CatalogError, with *path* and the side, for what gettext does not read; ToolMissing
    without gettext.
    """
    sides = _Sides(
        po.parse(base, f"{path} (base)") if base.strip() else po.new(),
        po.parse(ours, f"{path} (ours)"),
        po.parse(theirs, f"{path} (theirs)"),
    )
    file = po.new()
    file.header = merge_lines(*(side.header for side in sides))
    file.metadata = _merge_metadata(*(side.metadata for side in sides))
    file.metadata_is_fuzzy = pick(*(bool(side.metadata_is_fuzzy) for side in sides))
    keys = _merge_entries(file, sides)
    content = po.write(file)
    entries = po.parse(content, path) if keys else ()
    conflicts = (Conflict(entry.linenum or 1, entry.msgid) for entry in entries if po.key(entry) in keys)
    return Merged(content, tuple(conflicts))


def _merge_entries(file: File, sides: _Sides) -> frozenset[Key]:
    """Append the merged entries of *sides* to *file*; return the keys of those in conflict."""
    by_key = [{po.key(entry): entry for entry in side} for side in sides]
    labels = [_label("ours", sides.ours.metadata), _label("theirs", sides.theirs.metadata)]
    conflicts = set()
    for key in dict.fromkeys((*_merge_order(sides, obsolete=False), *_merge_order(sides, obsolete=True))):
        versions = Versions(*(entries.get(key) for entries in by_key))
        entry, is_in_conflict = merge_entry(versions, labels)
        if is_in_conflict:
            conflicts.add(key)
        if entry:
            _renew_suggestion(entry, versions, by_key)
            file.append(entry)
    return frozenset(conflicts)


def _label(side: str, metadata: Metadata) -> str:
    date, translator = (" ".join(metadata.get(name, "").split()) for name in REVISION)
    return f"{side}: {translator}, {date}"


def _merge_order(sides: _Sides, *, obsolete: bool) -> list[Key]:
    """Return the keys of live or *obsolete* entries: ours, or theirs if they alone were reordered, and the others.

    Each of the others stands after the one that it follows in its own file, and after what is new there in the first.
    """
    base, ours, theirs = ([po.key(entry) for entry in side if bool(entry.obsolete) == obsolete] for side in sides)
    common = set(base) & set(ours) & set(theirs)
    orders = [[key for key in keys if key in common] for keys in (base, ours, theirs)]
    first, second = (theirs, ours) if orders[0] == orders[1] != orders[2] else (ours, theirs)
    merged, known, others = list(first), set(first), set(second)
    for before, key in zip([None, *second], second, strict=False):
        if key not in known:
            at = 0 if before is None else merged.index(before) + 1
            while at < len(merged) and merged[at] not in others:
                at += 1
            merged.insert(at, key)
    return merged


def _renew_suggestion(entry: Entry, versions: Versions, by_key: Sequence[Mapping[Key, Entry]]) -> None:
    """Offer in *entry*, new on one side, what the other side made meanwhile of the old translation it was given."""
    if versions.base or (versions.ours and versions.theirs) or not entry.fuzzy or not entry.previous_msgid:
        return
    old = entry.previous_msgctxt or "", entry.previous_msgid
    before, changed = by_key[0].get(old), by_key[2 if versions.ours else 1].get(old)
    if not before or not changed or before.msgstr != entry.msgstr:
        return
    if changed.msgstr and not changed.fuzzy and not is_conflict(changed.msgstr):
        entry.msgstr = changed.msgstr


def _merge_metadata(base: Metadata, ours: Metadata, theirs: Metadata) -> dict[str, str]:
    """Return the fields of the header; of one that both sides changed, that of the side with the later revision."""
    later = ours if _is_later(ours, theirs, REVISION[0]) else theirs
    merged: dict[str, str] = {}
    for name in dict.fromkeys((*ours, *theirs)):
        versions = base.get(name), ours.get(name), theirs.get(name)
        value = pick(*versions) if versions[0] in versions[1:] else later.get(name, pick(*versions))
        if value is not None:
            merged[name] = value
    if all(_values(base, REVISION) != _values(side, REVISION) for side in (ours, theirs)):
        merged |= {name: later[name] for name in REVISION if name in later}
    latest = ours if _is_later(ours, theirs, TEMPLATE_DATE) else theirs
    return merged | {name: latest[name] for name in (TEMPLATE_DATE,) if name in latest}


def _values(metadata: Metadata, names: Sequence[str]) -> list[str | None]:
    return [metadata.get(name) for name in names]


def _is_later(ours: Metadata, theirs: Metadata, name: str) -> bool:
    """Tell whether the date *name* of *ours* is not before that of *theirs*; what is no date is before any."""
    mine, other = (po.parse_date(side.get(name, "")) for side in (ours, theirs))
    return other is None or (mine is not None and mine >= other)
