"""Three-way merge of one entry of a catalogue: what one side changed is taken, translations of two are both kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple, TypeVar

from polyleaf.catalogs.po import Entry

T = TypeVar("T")

MARK = re.compile(r"^#-#-#-#-#  (?P<side>.*)  #-#-#-#-#\n", re.MULTILINE)
"""The line above each translation of a conflict, as msgcat writes it."""


class Versions(NamedTuple):
    """The entry of a message in the common ancestor of two files, and in both of them; None where it is not."""

    base: Entry | None
    ours: Entry | None
    theirs: Entry | None


class _Translation(NamedTuple):
    """What a translator decides about a message: the text of each plural form, and whether it is fuzzy."""

    texts: tuple[str, ...]
    fuzzy: bool = False


UNTRANSLATED = _Translation(())


def is_conflict(text: str) -> bool:
    """Tell whether *text* holds several translations that could not be merged, by `merge` or by msgcat."""
    return bool(MARK.search(text))


def pick(base: T, ours: T, theirs: T) -> T:
    """Return the one of *ours* and *theirs* that is not *base*, *ours* when neither is."""
    return theirs if ours == base else ours


def merge_items(base: Iterable[T], ours: Iterable[T], theirs: Iterable[T]) -> list[T]:
    """Return *ours* without what *theirs* removed from *base*, and with what it added."""
    before, mine, other = list(base), list(ours), list(theirs)
    if before in (mine, other):
        return pick(before, mine, other)
    kept = [item for item in mine if item in other or item not in before]
    return [*kept, *(item for item in other if item not in mine and item not in before)]


def merge_lines(base: str, ours: str, theirs: str) -> str:
    """Return the lines of *ours* and *theirs* merged."""
    return "\n".join(merge_items(*(text.split("\n") for text in (base, ours, theirs))))


def merge_entry(versions: Versions, labels: Sequence[str]) -> tuple[Entry | None, bool]:
    """Return the entry that *versions* make, None when it was removed, and whether it is in conflict.

    An entry in conflict is fuzzy and holds the translations of both sides, whose names are *labels*.
    """
    base, ours, theirs = versions
    if ours is None or theirs is None:
        return _find_survivor(base, ours or theirs), False
    translation = _merge_translations(versions)
    entry = _make_entry(versions, translation or _combine(versions, labels))
    return entry, translation is None


def _find_survivor(base: Entry | None, entry: Entry | None) -> Entry | None:
    """Return *entry* of the only side that has it: as obsolete when the other removed it, None when that is all.

    A message that came back is there, although the other side removed its obsolete translation.
    """
    if base is None or entry is None or (base.obsolete and not entry.obsolete):
        return entry
    changes = _read(entry) != _read(base) or bool(entry.obsolete) != bool(base.obsolete)
    return _put_aside(entry) if changes and _read(entry).texts else None


def _put_aside(entry: Entry) -> Entry:
    """Return *entry* as obsolete, as an update leaves it."""
    entry.obsolete, entry.comment, entry.occurrences = True, "", []
    entry.previous_msgid = entry.previous_msgctxt = entry.previous_msgid_plural = None
    return entry


def _read(entry: Entry | None) -> _Translation:
    if entry is None:
        return UNTRANSLATED
    texts = tuple(text for _, text in sorted(entry.msgstr_plural.items())) or (entry.msgstr,)
    return _Translation(texts, entry.fuzzy) if any(texts) else UNTRANSLATED


def _merge_translations(versions: Versions) -> _Translation | None:
    """Return the translation of *versions*, None when both sides changed it in different ways.

    Of two sides that wrote the same text, the one that is sure of it counts.
    """
    base, ours, theirs = (_read(entry) for entry in versions)
    if base in {ours, theirs}:
        return pick(base, ours, theirs)
    return _Translation(ours.texts, ours.fuzzy and theirs.fuzzy) if ours.texts == theirs.texts else None


def _combine(versions: Versions, labels: Sequence[str]) -> _Translation:
    """Return both translations of a conflict as one fuzzy text, each under a line with the name of its side."""
    forms = zip_longest(_read(versions.ours).texts, _read(versions.theirs).texts, fillvalue="")
    return _Translation(tuple(_mark(dict(zip(labels, form, strict=True))) for form in forms), fuzzy=True)


def _mark(texts: Mapping[str, str]) -> str:
    """Return *texts*, by the name of their side, below their marks; a text that is alone has none."""
    variants: dict[str, str] = {}
    for label, text in texts.items():
        for side, variant in _split(label, text):
            if variant.strip():
                variants.setdefault(variant.rstrip("\n"), side)
    if len(variants) == 1:
        return next(iter(variants))
    return "\n".join(f"#-#-#-#-#  {side}  #-#-#-#-#\n{text}" for text, side in variants.items())


def _split(label: str, text: str) -> list[tuple[str, str]]:
    """Return the translations in *text* with the name of the side of each: *label*, or those of an earlier conflict."""
    before, *rest = MARK.split(text)
    return [(label, before), *zip(rest[::2], rest[1::2], strict=True)]


def _make_entry(versions: Versions, translation: _Translation) -> Entry:
    """Return the entry of a message that both sides have, with *translation* and all else as they changed it."""
    ours, theirs = versions.ours or Entry(), versions.theirs or Entry()
    base = versions.base or Entry(obsolete=True)
    fuzzy = ["fuzzy"] if translation.fuzzy else []
    previous = _find_previous(base, *((theirs, ours) if translation == _read(theirs) else (ours, theirs)))
    plural = ours.msgid_plural or theirs.msgid_plural
    texts = dict(enumerate(translation.texts or ours.msgstr_plural or ("",)))
    entry = Entry(
        msgid=ours.msgid,
        msgctxt=ours.msgctxt,
        msgid_plural=plural,
        msgstr="" if plural else texts[0],
        msgstr_plural=texts if plural else {},
        obsolete=pick(*(bool(entry.obsolete) for entry in (base, ours, theirs))),
        comment=pick(base.comment, ours.comment, theirs.comment),
        tcomment=merge_lines(base.tcomment, ours.tcomment, theirs.tcomment),
        occurrences=merge_items(base.occurrences, ours.occurrences, theirs.occurrences),
        flags=fuzzy + [f for f in merge_items(base.flags, ours.flags, theirs.flags) if f != "fuzzy"],
    )
    entry.previous_msgctxt, entry.previous_msgid, entry.previous_msgid_plural = previous
    return _put_aside(entry) if entry.obsolete else entry


def _find_previous(base: Entry, chosen: Entry, other: Entry) -> tuple[str | None, str | None, str | None]:
    """Return the old message of an entry with the translation of *chosen*; of *other* where that has the same."""
    before, mine, theirs = (
        (entry.previous_msgctxt, entry.previous_msgid, entry.previous_msgid_plural) for entry in (base, chosen, other)
    )
    return pick(before, mine, theirs) if _read(chosen) == _read(other) else mine
