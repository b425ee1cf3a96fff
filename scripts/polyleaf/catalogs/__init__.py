"""Message catalogues: units written to POT and PO files, and PO files read for the translations they have.

Stage 3. The only package that calls Babel's catalogues, for languages and plural rules; the text of PO files goes
through `catalogs.po`, since Babel's writer drops headers and reorders them.

Modules: `acknowledgements` (findings that a person says are right), `edits` (what a person or an import writes into a
PO file), `entry_merge` (three versions of an entry merged), `fuzzy_matching` (which old translation is offered for a
new message), `merge` (three versions of a file merged), `po` (PO text judged and written by GNU msgcat),
`po_syntax` (its grammar), `xliff_contexts` (contexts put back that XLIFF took).
"""

from __future__ import annotations

import re
import urllib.parse
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from babel import Locale
from babel.messages.plurals import get_plural

from polyleaf import languages
from polyleaf.catalogs import acknowledgements, po, xliff_contexts
from polyleaf.catalogs.entry_merge import is_conflict
from polyleaf.catalogs.fuzzy_matching import TranslationMemory
from polyleaf.catalogs.po import Key
from polyleaf.errors import CatalogError
from polyleaf.facts.markup import parse_markup
from polyleaf.model import Acknowledgement, Unit
from polyleaf.quotations import quote

DAY = re.compile(r"\d{4}-\d\d-\d\d")
WORDS = re.compile(r"[^\W\d_]{2,}")
SENTENCE = 3
"""The least number of different words that are neither a name, which stays as it is, nor a list of amounts."""

COPIED = "copied"
"""The check that reports copies of the source, by which a person acknowledges one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A translation in a PO file: its text, whether it is fuzzy, the line it is on, and the translator comment."""

    text: str
    fuzzy: bool
    line: int
    comment: str = ""

    def acknowledged(self, key: Key, check: str) -> Acknowledgement | None:
        """Return the acknowledgement of what *check* finds in exactly these texts, None when there is none."""
        if not self.comment:
            return None
        digest = acknowledgements.digest(*key, self.text)
        matches = (row for row in acknowledgements.read(self.comment) if (row.check, row.digest) == (check, digest))
        return next(matches, None)


@dataclass(frozen=True, slots=True)
class Catalog:
    """The PO file *path* without its obsolete entries, by context and message.

    *date* (ISO 8601, empty for none) is that of its last revision, *revised* the same as a moment in UTC. *dialect*
    says that it is in a variety of the source language, in which a text may stay as it is. *comment* is that of its
    header.
    """

    path: str
    entries: Mapping[Key, Entry]
    date: str = ""
    dialect: bool = False
    revised: datetime | None = None
    comment: str = ""

    def acknowledged(self, key: Key, check: str) -> Acknowledgement | None:
        """Return the acknowledgement of what *check* finds in a text with *key*, of which there is no entry."""
        return Entry("", fuzzy=False, line=1, comment=self.comment).acknowledged(key, check)

    def state(self, unit: Unit) -> str:
        """Return `translated` when it has a translation of *unit* that may be printed, else `fuzzy` or `missing`.

        A repetition of the source text is no translation, unless a person has acknowledged that it is.
        """
        entry = self.entries.get(unit.key)
        if not entry or not entry.text:
            return "missing"
        if entry.fuzzy:
            return "fuzzy"
        copied = not self.dialect and is_copy(unit.message, entry.text)
        return "missing" if copied and not entry.acknowledged(unit.key, COPIED) else "translated"

    def translation(self, unit: Unit) -> str | None:
        """Return the translation of *unit* that may be printed, None when there is none."""
        return self.entries[unit.key].text if self.state(unit) == "translated" else None

    def location(self, unit: Unit) -> str:
        """Return `file:line` of the entry for *unit*, the file alone when there is none."""
        entry = self.entries.get(unit.key)
        return f"{self.path}:{entry.line}" if entry else self.path


def read(content: bytes, language: str, path: str) -> Catalog:
    """Return the PO file *content* in *language*; an entry that a merge left with several translations is fuzzy.

    Raises CatalogError when it is not a PO file, not in UTF-8 or not in *language*, or has a message twice.
    """
    file = _parse(content, language, path)
    revised = file.metadata.get("PO-Revision-Date", "")
    day = DAY.match(revised)
    entries = {
        po.key(entry): Entry(entry.msgstr, entry.fuzzy, entry.linenum or 1, entry.tcomment)
        for entry in file
        if not entry.obsolete
    }
    comment = "\n".join(line.strip() for line in file.header.split("\n"))
    return Catalog(path, entries, day.group() if day else "", revised=po.parse_date(revised), comment=comment)


def make_template(
    leaflet: str, units: Sequence[Unit], language: str, now: datetime, before: bytes | None = None
) -> bytes:
    """Return the POT file for *units*, written in *language*; its date is that of *before* if nothing changed."""
    file = po.new()
    file.header = f" Messages of the leaflet {leaflet}."
    file.metadata = _metadata(leaflet, now, language)
    file.metadata_is_fuzzy = True
    file.extend(_make_entries(units))
    old = po.parse(before, f"{leaflet}.pot") if before else None
    if old is not None and [_content(entry) for entry in old] == [_content(entry) for entry in file]:
        file.metadata["POT-Creation-Date"] = old.metadata.get("POT-Creation-Date", "")
    return po.write(file)


def extracted_comments(units: Sequence[Unit]) -> dict[Key, list[str]]:
    """Return the lines of the extracted comment (`#.`) of each message of *units*, by context and message."""
    return {po.key(entry): entry.comment.split("\n") for entry in _make_entries(units)}


def update(pot: bytes, before: bytes | None, language: str, path: str) -> bytes:
    """Return the PO file of *language* merged with the template *pot*, as msgmerge would.

    Translations are kept; those of messages that are gone become obsolete and come back with the message.
    A new message that is similar to an old one gets the old translation as fuzzy with the old message beside
    it, unless their facts differ; any other new message is empty. What a round trip through another format
    lost (headers, flags, contexts) is put back. The date of the template is taken over only with a change of its
    messages, their comments or flags.
    """
    template = po.parse(pot, path)
    file = po.new()
    date = template.metadata["POT-Creation-Date"]
    people = {"PO-Revision-Date": date, "Last-Translator": "none yet", "Language-Team": "none yet"}
    metadata = {**template.metadata, **people}
    if before is None:
        leaflet = template.metadata["Project-Id-Version"]
        file.header = f" {Locale.parse(language).get_display_name('en')} translation of the leaflet {leaflet}."
        file.metadata = {**metadata, **_language_headers(language)}
        return _merge(file, template, [])
    old = _parse(before, language, path)
    file.header = old.header
    same = [_content(entry) for entry in old if not entry.obsolete] == [_content(entry) for entry in template]
    known_date = old.metadata.get("POT-Creation-Date", "") if same else ""
    dates = {"POT-Creation-Date": known_date or date}
    file.metadata = {**metadata, **old.metadata, **_language_headers(language), **dates}
    return _merge(file, template, xliff_contexts.recover(list(old), list(template)))


def read_labels(content: str, language: str) -> dict[str, str]:
    """Return the translations in the theme's own PO file *content*, by msgid, without the fuzzy and empty ones."""
    file = po.parse(content.encode(), f"assets/locales/{language}/LC_MESSAGES/polyleaf.po")
    return {entry.msgid: entry.msgstr for entry in file if entry.msgstr and not entry.fuzzy and not entry.obsolete}


def is_copy(message: str, translation: str) -> bool:
    """Tell whether *translation* repeats *message*, case and spaces aside, and is more than a name or an address."""
    same = message.casefold().split() == translation.casefold().split()
    return same and len(set(WORDS.findall(parse_markup(message).text.text))) >= SENTENCE


def _parse(content: bytes, language: str, path: str) -> po.File:
    file = po.parse(content, path)
    _check_header(file, language, path)
    seen: set[Key] = set()
    for entry in file:
        if entry.obsolete:
            continue
        if po.key(entry) in seen:
            fact = f"the message {quote(entry.msgid)} is there twice"
            raise CatalogError(f"{path}:{entry.linenum}: {fact}", hint="Keep one of them.")
        seen.add(po.key(entry))
        if is_conflict(entry.msgstr) and not entry.fuzzy:
            entry.flags.insert(0, "fuzzy")
    return file


def _check_header(file: po.File, language: str, path: str) -> None:
    charset = re.search(r"charset=([\w.-]+)", file.metadata.get("Content-Type", ""))
    if not charset or charset.group(1).upper() not in {"UTF-8", "UTF8"}:
        name = charset.group(1) if charset else "missing"
        raise CatalogError(f"{path}:1: the charset is {name}, not UTF-8", hint="Convert it: msgconv --to-code=UTF-8.")
    declared = file.metadata.get("Language", "")
    if declared.replace("-", "_") != language and not _is_same_language(declared, language):
        raise CatalogError(
            f"{path}:1: the header says Language: {declared or 'nothing'}, not {language}",
            hint=f"If the translations are in {language}, write `Language: {language}` there.",
        )


def _is_same_language(declared: str, language: str) -> bool:
    """Tell whether *declared* is *language*, or, where that names no territory, is that of one: `de_AT` for `de`.

    Editors of catalogues write the territory of their user.
    """
    try:
        own, other = languages.add_likely_subtags(language), languages.add_likely_subtags(declared)
        is_general = language in {own[0], "_".join(own[:2])} and languages.is_known(declared)
    except ValueError:
        return False
    return own == other or (is_general and own[:2] == other[:2])


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
    """Return the headers that depend on the language, the plural rule by CLDR; `msgfmt -c` refuses default values."""
    return {"Language": language, "Plural-Forms": str(get_plural(language).plural_forms)}


def _make_entries(units: Sequence[Unit]) -> list[po.Entry]:
    merged: dict[Key, list[Unit]] = {}
    for unit in units:
        merged.setdefault(unit.key, []).append(unit)
    uses = Counter(message for _, message in merged)
    return [_make_entry(same, ambiguous=uses[message] > 1) for (_, message), same in merged.items()]


def _make_entry(units: Sequence[Unit], *, ambiguous: bool) -> po.Entry:
    """Return the entry for *units*, which have one key; *ambiguous* says that other contexts have their message too."""
    unit = units[0]
    references = dict.fromkeys(same.location.rpartition(":")[0] for same in units)
    fragment = f"#{urllib.parse.quote(unit.context)}" if ambiguous and unit.context else ""
    notes = list(dict.fromkeys(_describe(same) for same in units))
    notes += dict.fromkeys(f"Translators: {comment}" for same in units for comment in same.comments)
    notes += unit.legend
    has_marks = any(not name.isalpha() for name in unit.marks)
    return po.Entry(
        msgid=unit.message,
        msgctxt=unit.context or None,
        comment="\n".join(note.rstrip() for note in notes),
        occurrences=[(_isolated(path + fragment), "") for path in references],
        flags=["python-brace-format"] if has_marks else [],
    )


def _isolated(path: str) -> str:
    """Return *path* as gettext writes it: between isolates (U+2068, U+2069) when it has a space."""
    return f"\u2068{path}\u2069" if " " in path else path


def _describe(unit: Unit) -> str:
    return " · ".join(part for part in (unit.kind, unit.section, "safety" if unit.safety else "") if part)


def _content(entry: po.Entry) -> tuple[str | None, str, str, tuple[str, ...]]:
    """Return what a template says about a message: its text, its comments, and its flag of placeholders."""
    return entry.msgctxt, entry.msgid, entry.comment, tuple(flag for flag in entry.flags if flag == po.BRACES)


def _merge(file: po.File, template: po.File, old: Sequence[po.Entry]) -> bytes:
    known = {
        po.key(entry): entry for entry in sorted(old, key=lambda entry: (any(po.forms(entry)), not entry.obsolete))
    }
    wanted = {po.key(entry) for entry in template}
    gone = [entry for key, entry in known.items() if key not in wanted and any(po.forms(entry))]
    settled = [entry for entry in known.values() if entry.msgstr and not entry.fuzzy]
    singular = [entry for entry in gone if entry.msgstr]
    memory = TranslationMemory(singular, template.metadata.get("X-Source-Language", "") or "en", settled)
    for entry in template:
        before = known.get(po.key(entry))
        if before:
            _keep(entry, before)
        else:
            _suggest(entry, memory)
        file.append(entry)
    for entry in gone:
        entry.obsolete = True
        entry.previous_msgid = entry.previous_msgctxt = entry.previous_msgid_plural = None
        entry.occurrences, entry.comment = [], ""
        file.append(entry)
    return po.write(file)


def _keep(entry: po.Entry, before: po.Entry) -> None:
    """Give *entry* what a translator, or another tool, wrote into the entry *before* of the same message.

    Of plural forms, which no message of ours has, the first is offered as fuzzy, and the others stand in the comment.
    """
    entry.msgstr, *others = po.forms(before)
    notes = [f"polyleaf: was a plural form: {' '.join(text.split())}" for text in others if text]
    entry.tcomment = "\n".join([*filter(None, [before.tcomment]), *notes])
    fuzzy = ["fuzzy"] if before.fuzzy or before.msgid_plural else []
    entry.flags = [*fuzzy, *entry.flags, *(flag for flag in before.flags if po.is_foreign(flag))]
    if not before.obsolete:
        entry.previous_msgid, entry.previous_msgctxt = before.previous_msgid, before.previous_msgctxt


def _suggest(entry: po.Entry, memory: TranslationMemory) -> None:
    """Give *entry* the translation of the most similar old entry as fuzzy, when that is safe to offer."""
    similar = memory.find(entry.msgctxt, entry.msgid)
    if similar:
        entry.msgstr = similar.msgstr
        entry.previous_msgid, entry.previous_msgctxt = similar.msgid, similar.msgctxt
        entry.flags = ["fuzzy", *entry.flags]
