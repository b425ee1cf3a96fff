"""What a person says of the entries of one PO file, written into it: a finding is right, a message means the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from polyleaf.catalogs import acknowledgements, po
from polyleaf.catalogs.fuzzy_matching import TranslationMemory

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from polyleaf.catalogs.acknowledgements import Acknowledgement

Key = tuple[str, str]


def acknowledge(content: bytes, key: Key, made: Acknowledgement, where: str) -> bytes:
    """Return the PO file *content* with *made* in the translator comment of the entry with *key*."""
    file = po.parse(content, where)
    for entry in file:
        if not entry.obsolete and _key(entry) == key:
            entry.tcomment = acknowledgements.written(entry.tcomment, made)
    return po.write(file)


def rewordings(content: bytes, messages: Iterable[Key], language: str, where: str) -> dict[Key, Key]:
    """Return which of *messages*, in *language*, may be another wording of which translated message of *content*.

    The answer maps new to old. A message that has a translation needs none; one whose numbers, units, limits or
    negations differ from the old one is no other wording of it. Raises CatalogError for what is no PO file.
    """
    file = po.parse(content, where)
    wanted = list(messages)
    done = {_key(entry) for entry in file if _settled(entry) and not entry.obsolete}
    spare = TranslationMemory((entry for entry in file if _settled(entry) and _key(entry) not in set(wanted)), language)
    found = {key: spare.nearest(key[0] or None, key[1]) for key in wanted if key not in done}
    return {key: _key(entry) for key, entry in found.items() if entry}


def reword(content: bytes, pairs: Mapping[Key, Key], note: str, where: str) -> bytes:
    """Return *content* with every old message of *pairs* (new to old) as the new one, its translation untouched.

    A new message that somebody has translated already keeps that translation.
    *note* says in the translator comment who said that the meaning is the same, and when.
    """
    file = po.parse(content, where)
    olds = {_key(entry): entry for entry in file if _settled(entry)}
    done = {_key(entry) for entry in file if _settled(entry) and not entry.obsolete}
    chosen = {new: olds[old] for new, old in pairs.items() if old in olds and new not in done}
    kept = [entry for entry in file if _key(entry) not in chosen and entry not in list(chosen.values())]
    for (context, message), entry in chosen.items():
        line = f"polyleaf: reworded {note}: was “{' '.join(entry.msgid.split())}”"
        made = po.Entry(
            msgid=message,
            msgctxt=context or None,
            msgstr=entry.msgstr,
            flags=list(entry.flags),
            tcomment="\n".join(part for part in (entry.tcomment, line) if part),
            occurrences=entry.occurrences,
            comment=entry.comment,
        )
        kept.append(made)
    file[:] = kept
    return po.write(file)


def _settled(entry: po.Entry) -> bool:
    return bool(entry.msgstr and not entry.fuzzy)


def _key(entry: po.Entry) -> Key:
    return entry.msgctxt or "", entry.msgid
