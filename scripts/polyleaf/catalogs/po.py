"""DOOR to polib and to gettext's way of wrapping: the text of PO files, byte for byte as GNU msgcat writes it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polib
from unicode_segmentation_rs import gettext_wrap, text_width

from polyleaf.errors import CatalogError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Entry = polib.POEntry
File = polib.POFile

WIDTH = 79
"""Columns of a PO file, as msgcat has them when it is not told otherwise; the quotes around a line take two."""

MAY_BREAK = "]\u200b["
"""msgcat may end a line between the brackets of a link, as UAX #14 allows; a zero-width space says so."""

ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\a": "\\a", "\b": "\\b", "\f": "\\f", "\v": "\\v"}


def new() -> File:
    """Return a PO file with nothing in it."""
    return polib.POFile(encoding="utf-8")


def parse(content: bytes, where: str) -> File:
    """Return the PO file in *content*; raises CatalogError with the line when it is none."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CatalogError(f"{where}:{line}: this is not UTF-8", hint="Save the catalogue as UTF-8.") from error
    try:
        return polib.pofile(text if "\n" in text else text + "\n", encoding="utf-8")
    except (OSError, ValueError, IndexError) as error:
        line_ = re.search(r"line (\d+)", str(error))
        place = f"{where}:{line_.group(1)}" if line_ else where
        raise CatalogError(f"{place}: this is not a PO file", hint="`msgfmt -c` says what is wrong with it.") from error


def write(file: File) -> bytes:
    """Return *file* as msgcat would write it: entries in their order, obsolete ones last."""
    live = [entry for entry in file if not entry.obsolete]
    gone = [entry for entry in file if entry.obsolete]
    blocks = ["\n".join(_header(file)), *("\n".join(_entry(entry)) for entry in [*live, *gone])]
    return ("\n\n".join(blocks) + "\n").encode()


def _header(file: File) -> Iterator[str]:
    yield from _comment("#", file.header.strip("\n"))
    if file.metadata_is_fuzzy:
        yield "#, fuzzy"
    yield 'msgid ""'
    yield 'msgstr ""'
    for name, value in file.metadata.items():
        yield from _lines(f"{name}: {value}\n")


def _entry(entry: Entry) -> Iterator[str]:
    yield from _comment("#", entry.tcomment)
    if not entry.obsolete:
        yield from _comment("#.", entry.comment)
        yield from _places(entry.occurrences)
    if entry.flags:
        yield "#, " + ", ".join(sorted(set(entry.flags), key=lambda flag: flag != "fuzzy"))
    if "fuzzy" in entry.flags and not entry.obsolete:
        yield from _field("#| msgctxt", entry.previous_msgctxt, "#| ")
        yield from _field("#| msgid", entry.previous_msgid, "#| ")
    start = "#~ " if entry.obsolete else ""
    yield from _field(f"{start}msgctxt", entry.msgctxt, start)
    yield from _field(f"{start}msgid", entry.msgid, start)
    yield from _field(f"{start}msgstr", entry.msgstr, start)


def _comment(sign: str, text: str) -> Iterator[str]:
    for line in text.split("\n") if text else ():
        yield f"{sign} {line.strip()}" if line.strip() else sign


def _places(places: Sequence[tuple[str, str]]) -> Iterator[str]:
    line = "#:"
    for path, number in places:
        place = f" {path}:{number}" if number else f" {path}"
        if line != "#:" and text_width(line + place) > WIDTH - 1:
            yield line
            line = "#:"
        line += place
    if line != "#:":
        yield line


def _field(name: str, text: str | None, start: str) -> Iterator[str]:
    if text is None:
        return
    lines = list(_lines(text, len(start)))
    one = len(lines) == 1 and text_width(f"{name} {lines[0]}") <= WIDTH
    if one or not lines:
        yield " ".join((name, *lines)) if lines else f'{name} ""'
        return
    yield f'{name} ""'
    yield from (f"{start}{line}" for line in lines)


def _lines(text: str, indent: int = 0) -> Iterator[str]:
    """Yield *text* as quoted lines: one a line of the text, each wrapped."""
    for part in text.splitlines(keepends=True):
        escaped = "".join(ESCAPES.get(char, char) for char in part).replace("][", MAY_BREAK)
        for line in gettext_wrap(escaped, WIDTH - 2 - indent):
            yield f'"{line.replace(MAY_BREAK, "][").removesuffix(MAY_BREAK[1])}"'
