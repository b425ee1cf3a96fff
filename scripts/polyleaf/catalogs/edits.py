"""Changes to the entries of one PO file: acknowledgements, rewordings of messages, translations from a document.

Each takes the bytes of a PO file and returns those of the changed file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from polyleaf.catalogs import acknowledgements, po
from polyleaf.catalogs.fuzzy_matching import TranslationMemory
from polyleaf.catalogs.po import Key
from polyleaf.model import Acknowledgement

CONTROL = re.compile(r"\s|[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
IMPORTED = "polyleaf: imported "


def acknowledge(content: bytes, key: Key, acknowledgement: Acknowledgement, path: str) -> bytes:
    """Return the PO file *content* with *acknowledgement* in the translator comment of the entry with *key*.

    That of a text without an entry, which stays as it is in every language, goes into the comment of the header.
    """
    file = po.parse(content, path)
    if not any(po.key(entry) == key for entry in file):
        known = f"polyleaf: ok {acknowledgement.check} {acknowledgement.digest} "
        kept = [line for line in file.header.split("\n") if line.strip() and not line.strip().startswith(known)]
        file.header = "\n".join([*kept, f" {acknowledgement}"])
    for entry in file:
        if not entry.obsolete and po.key(entry) == key:
            entry.tcomment = acknowledgements.add(entry.tcomment, acknowledgement)
    return po.write(file)


def find_rewordings(content: bytes, messages: Iterable[Key], language: str, path: str) -> dict[Key, Key]:
    """Return which of *messages*, in *language*, may be another wording of which translated message of *content*.

    The mapping is from new to old. A message that has a translation is not in it, nor is one whose numbers, units,
    limits or negations differ from those of every old one. Raises CatalogError when *content* is not a PO file.
    """
    file = po.parse(content, path)
    wanted = list(messages)
    translated = {po.key(entry) for entry in file if _is_settled(entry) and not entry.obsolete}
    candidates = (entry for entry in file if _is_settled(entry) and po.key(entry) not in set(wanted))
    memory = TranslationMemory(candidates, language)
    matches = {key: memory.find(key[0] or None, key[1]) for key in wanted if key not in translated}
    return {key: po.key(entry) for key, entry in matches.items() if entry}


def reword(content: bytes, pairs: Mapping[Key, Key], note: str, path: str) -> bytes:
    """Return *content* with every old message of *pairs* (new to old) replaced by the new one, its translation kept.

    A new message that has a translation already keeps that. *note* goes into the translator comment: who said that
    the meaning is the same, and when.
    """
    file = po.parse(content, path)
    old_entries = {po.key(entry): entry for entry in file if _is_settled(entry)}
    translated = {po.key(entry) for entry in file if _is_settled(entry) and not entry.obsolete}
    reworded = {new: old_entries[old] for new, old in pairs.items() if old in old_entries and new not in translated}
    kept = [entry for entry in file if po.key(entry) not in reworded and entry not in list(reworded.values())]
    for (context, message), entry in reworded.items():
        line = f"polyleaf: reworded {note}: was “{' '.join(entry.msgid.split())}”"
        new_entry = po.Entry(
            msgid=message,
            msgctxt=context or None,
            msgstr=entry.msgstr,
            flags=list(entry.flags),
            tcomment="\n".join(part for part in (entry.tcomment, line) if part),
            occurrences=entry.occurrences,
            comment=entry.comment,
        )
        kept.append(new_entry)
    file[:] = kept
    return po.write(file)


def suggest(content: bytes, translations: Mapping[Key, str], origin: str, path: str) -> bytes:
    """Return the PO file *content* with *translations* as fuzzy in the entries that have none.

    Each such entry says in its translator comment, which an update keeps, that it was imported from *origin*.
    """
    file = po.parse(content, path)
    for entry in file:
        text = translations.get(po.key(entry))
        if not text or entry.msgstr or entry.obsolete:
            continue
        entry.msgstr = text
        entry.flags = ["fuzzy", *(flag for flag in entry.flags if flag != "fuzzy")]
        lines = [line for line in entry.tcomment.split("\n") if line and not line.startswith(IMPORTED)]
        entry.tcomment = "\n".join([*lines, f"{IMPORTED}from {CONTROL.sub(' ', origin)}"])
    return po.write(file)


def _is_settled(entry: po.Entry) -> bool:
    return bool(entry.msgstr and not entry.fuzzy)
