"""Stage 3: units to and from PO files; DOOR to Babel's catalogues.

Babel knows languages and plural rules; the text of PO files goes through `catalogs.po`, since Babel's writer
drops headers and reorders them.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel import Locale
from babel.messages import pofile
from babel.messages.plurals import get_plural

from polyleaf import languages
from polyleaf.catalogs import acknowledgements, copied_source, po, xliff_contexts
from polyleaf.catalogs.acknowledgements import Acknowledgement
from polyleaf.catalogs.fuzzy_matching import TranslationMemory
from polyleaf.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from babel.messages.catalog import Message

    from polyleaf.model import Unit

__all__ = ["Acknowledgement", "Catalog", "Entry", "Key", "explained", "labels", "read", "template", "update"]

Key = tuple[str, str]
DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a catalogue says of one message: the translation, whether it may be printed, its line, people's comment."""

    text: str
    fuzzy: bool
    line: int
    comment: str = ""

    def acknowledged(self, key: Key, check: str) -> Acknowledgement | None:
        """Return who has said that what *check* finds here is right, of these very texts; None when nobody has."""
        if not self.comment:
            return None
        now = acknowledgements.digest(*key, self.text)
        found = acknowledgements.read(self.comment)
        return next((one for one in found if (one.check, one.digest) == (check, now)), None)


@dataclass(frozen=True, slots=True)
class Catalog:
    """The entries of one PO file by context and message, obsolete ones left out; *date* is that of its last revision.

    The date is ISO 8601, empty when the file has none; *revised* is its moment in UTC. *dialect*: it is in another
    form of the language of the source, in which a text may stay as it is.
    """

    where: str
    entries: Mapping[Key, Entry]
    date: str = ""
    dialect: bool = False
    revised: datetime | None = None

    def state(self, unit: Unit) -> str:
        """Return `translated` when it has a translation of *unit* that may be printed, else `fuzzy` or `missing`.

        The text of the source again is no translation, unless a person has acknowledged that it is.
        """
        entry = self.entries.get(unit.key)
        if not entry or not entry.text:
            return "missing"
        if entry.fuzzy:
            return "fuzzy"
        is_copy = not self.dialect and copied_source.is_copy(unit.message, entry.text)
        return "missing" if is_copy and not entry.acknowledged(unit.key, copied_source.CHECK) else "translated"

    def translation(self, unit: Unit) -> str | None:
        """Return the translation of *unit* that may be printed, None when there is none."""
        return self.entries[unit.key].text if self.state(unit) == "translated" else None

    def place(self, unit: Unit) -> str:
        """Return `file:line` of the entry for *unit*, of the file when there is none."""
        entry = self.entries.get(unit.key)
        return f"{self.where}:{entry.line}" if entry else self.where


def read(content: bytes, language: str, where: str) -> Catalog:
    """Return the PO file *content* for *language*; raises CatalogError for what cannot be trusted in it."""
    file = _checked(content, language, where)
    live = [entry for entry in file if not entry.obsolete]
    revised = file.metadata.get("PO-Revision-Date", "")
    day = DAY.match(revised)
    entries = {_key(entry): _read(entry) for entry in live}
    return Catalog(where, entries, day.group() if day else "", revised=po.moment(revised))


def template(leaflet: str, units: Sequence[Unit], language: str, now: datetime, before: bytes | None = None) -> bytes:
    """Return the POT file for *units*, written in *language*; its date is that of *before* if nothing changed."""
    file = po.new()
    file.header = f" Messages of the leaflet {leaflet}."
    file.metadata = _metadata(leaflet, now, language)
    file.metadata_is_fuzzy = True
    file.extend(_entries(units))
    old = po.parse(before, f"{leaflet}.pot") if before else None
    if old is not None and [_shape(entry) for entry in old] == [_shape(entry) for entry in file]:
        file.metadata["POT-Creation-Date"] = old.metadata.get("POT-Creation-Date", "")
    return po.write(file)


def explained(units: Sequence[Unit]) -> dict[Key, list[str]]:
    """Return what the entry of each message of *units* tells translators, by context and message, in lines."""
    return {_key(entry): entry.comment.split("\n") for entry in _entries(units)}


def update(pot: bytes, before: bytes | None, language: str, where: str) -> bytes:
    """Return the PO file of *language* brought up to the template *pot*.

    Translations are kept; those of messages that are gone become obsolete and come back with the message.
    A new message that is much like an old one gets the old translation as fuzzy with the old message beside
    it, unless numbers or negations differ; any other new message is empty. What the way through another
    format took (headers, flags, contexts) is put back. When nothing but a date would change, *before* comes back.
    """
    new = po.parse(pot, where)
    file = po.new()
    date = new.metadata["POT-Creation-Date"]
    people = {"PO-Revision-Date": date, "Last-Translator": "none yet", "Language-Team": "none yet"}
    whole = {**new.metadata, **people}
    if before is None:
        leaflet = new.metadata["Project-Id-Version"]
        file.header = f" {Locale.parse(language).get_display_name('en')} translation of the leaflet {leaflet}."
        file.metadata = {**whole, **_language_headers(language)}
        return _with(file, new, [])
    old = _checked(before, language, where)
    file.header = old.header
    file.metadata = {**whole, **old.metadata, **_language_headers(language), "POT-Creation-Date": date}
    made = _with(file, new, xliff_contexts.recovered(list(old), list(new)))
    return before if before == _dated(made, date, old.metadata.get("POT-Creation-Date", "")) else made


def _dated(content: bytes, date: str, other: str) -> bytes:
    """Return a catalogue with the *other* date of its template in the place of *date*."""
    line = '"POT-Creation-Date: {}\\n"\n'
    return content.replace(line.format(date).encode(), line.format(other).encode(), 1)


def labels(content: str, language: str) -> dict[str, str]:
    """Return the messages of the theme's own PO file *content*, by msgid; only what may be printed."""
    catalog = pofile.read_po(io.StringIO(content), locale=language, ignore_obsolete=True)
    return {str(message.id): str(message.string) for message in catalog if _printable(message)}


def _printable(message: Message) -> bool:
    return bool(message.id and message.string) and not message.fuzzy


def _read(entry: po.Entry) -> Entry:
    return Entry(entry.msgstr, entry.fuzzy, entry.linenum or 1, entry.tcomment)


def _checked(content: bytes, language: str, where: str) -> po.File:
    file = po.parse(content, where)
    _check_header(file, language, where)
    seen: set[Key] = set()
    for entry in file:
        if _key(entry) in seen and not entry.obsolete:
            fact = f"the message {entry.msgid[:40]!r} is there twice"
            raise CatalogError(f"{where}:{entry.linenum}: {fact}", hint="Keep one of them.")
        seen |= set() if entry.obsolete else {_key(entry)}
    return file


def _key(entry: po.Entry) -> Key:
    return entry.msgctxt or "", entry.msgid


def _check_header(file: po.File, language: str, where: str) -> None:
    charset = re.search(r"charset=([\w.-]+)", file.metadata.get("Content-Type", ""))
    if not charset or charset.group(1).upper() not in {"UTF-8", "UTF8"}:
        name = charset.group(1) if charset else "missing"
        raise CatalogError(f"{where}:1: the charset is {name}, not UTF-8", hint="Convert it: msgconv --to-code=UTF-8.")
    named = file.metadata.get("Language", "")
    if named.replace("-", "_") != language and not _is_the_same(named, language):
        raise CatalogError(
            f"{where}:1: the header says Language: {named or 'nothing'}, not {language}",
            hint=f"If the translations are in {language}, write `Language: {language}` there.",
        )


def _is_the_same(named: str, language: str) -> bool:
    """Tell whether an editor wrote the territory as well (`nl_NL`), where that is the one the language implies."""
    try:
        return languages.full(named) == languages.full(language)
    except ValueError:
        return False


def _metadata(leaflet: str, now: datetime, source: str) -> dict[str, str]:
    return {
        "Project-Id-Version": leaflet,
        "Report-Msgid-Bugs-To": "",
        "POT-Creation-Date": now.strftime("%Y-%m-%d %H:%M%z"),
        "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
        "Language-Team": "LANGUAGE <LL@li.org>",
        "Language": "",
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Source-Language": source,
    }


def _language_headers(language: str) -> dict[str, str]:
    """The headers that a language decides, plural rule by CLDR; `msgfmt -c` wants none at its default."""
    return {"Language": language, "Plural-Forms": _plural_forms(language)}


def _plural_forms(language: str) -> str:
    return str(get_plural(language).plural_forms)


def _entries(units: Sequence[Unit]) -> list[po.Entry]:
    merged: dict[Key, list[Unit]] = {}
    for unit in units:
        merged.setdefault(unit.key, []).append(unit)
    return [_entry(same) for same in merged.values()]


def _entry(units: Sequence[Unit]) -> po.Entry:
    unit = units[0]
    places = dict.fromkeys(tuple(other.place.rsplit(":", 1)) for other in units)
    notes = list(dict.fromkeys(_about(other) for other in units))
    notes += dict.fromkeys(f"Translators: {comment}" for other in units for comment in other.comments)
    notes += unit.legend
    has_marks = any(not name.isalpha() for name in unit.marks)
    return po.Entry(
        msgid=unit.message,
        msgctxt=unit.context or None,
        comment="\n".join(note.rstrip() for note in notes),
        occurrences=[(_isolated(path), line) for path, line in places],
        flags=["python-brace-format"] if has_marks else [],
    )


def _isolated(path: str) -> str:
    """Return *path* as gettext writes it: one with a space in it stands between isolates."""
    return f"\u2068{path}\u2069" if " " in path else path


def _about(unit: Unit) -> str:
    return " · ".join(part for part in (unit.kind, unit.section, "safety" if unit.safety else "") if part)


def _shape(entry: po.Entry) -> tuple[str | None, str, str, tuple[str, ...]]:
    return entry.msgctxt, entry.msgid, entry.comment, tuple(entry.flags)


def _with(file: po.File, new: po.File, old: Sequence[po.Entry]) -> bytes:
    known = {_key(entry): entry for entry in sorted(old, key=lambda entry: (bool(entry.msgstr), not entry.obsolete))}
    wanted = {_key(entry) for entry in new}
    gone = [entry for key, entry in known.items() if key not in wanted and entry.msgstr]
    settled = [entry for entry in known.values() if entry.msgstr and not entry.fuzzy]
    spare = TranslationMemory(gone, new.metadata.get("X-Source-Language", "") or "en", settled)
    for entry in new:
        before = known.get(_key(entry))
        if before:
            _keep(entry, before)
        else:
            _offer(entry, spare)
        file.append(entry)
    for entry in gone:
        entry.obsolete = True
        entry.previous_msgid = entry.previous_msgctxt = None
        entry.occurrences, entry.comment = [], ""
        file.append(entry)
    return po.write(file)


def _keep(entry: po.Entry, before: po.Entry) -> None:
    entry.msgstr = before.msgstr
    entry.tcomment = before.tcomment
    entry.flags = [flag for flag in before.flags if flag == "fuzzy"] + entry.flags
    if not before.obsolete:
        entry.previous_msgid, entry.previous_msgctxt = before.previous_msgid, before.previous_msgctxt


def _offer(entry: po.Entry, spare: TranslationMemory) -> None:
    """Give *entry* the translation of the most similar spare entry as fuzzy, when that is safe to offer."""
    other = spare.nearest(entry.msgctxt, entry.msgid)
    if other:
        entry.msgstr = other.msgstr
        entry.previous_msgid, entry.previous_msgctxt = other.msgid, other.msgctxt
        entry.flags = ["fuzzy", *entry.flags]
