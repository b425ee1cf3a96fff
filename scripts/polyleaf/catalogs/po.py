"""Text of PO files: GNU msgcat judges what is read and writes what is written, so that both are as gettext has them.

The only module that calls polib, whose classes hold a file and its entries, and msgcat.
"""

from __future__ import annotations

import re
import subprocess  # noqa: TID251 - only this module runs msgcat
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from shutil import which  # noqa: TID251 - which runs nothing
from typing import NamedTuple

import polib

from polyleaf.catalogs import po_syntax
from polyleaf.catalogs.po_syntax import Message
from polyleaf.errors import CatalogError, ToolMissing, decode_utf8
from polyleaf.model import LONGEST_MESSAGE
from polyleaf.quotations import quote

Entry = polib.POEntry
Key = tuple[str, str]
"""The context of a message, empty for none, and the message."""

FIRST_FIELDS = {"Project-Id-Version": 0, "POT-Creation-Date": 1, "Report-Msgid-Bugs-To": 2}
"""The rank of the fields that a header begins with."""

BRACES = "python-brace-format"
"""The flag of a message with placeholders, by which everybody's tools check that a translation has them."""

FLAGS = re.compile(r"^#\. \x02(?P<wanted>.*)\n(?P<references>(?:#:.*\n)*)(?:#, (?P<known>.*)\n)?", re.MULTILINE)
"""What `write` puts before the flags of an entry, to have those again that gettext does not know and drops."""

CHARSET = re.compile(r'"[^"\n]*content-type:[^"\n]*charset=([^\s\\";]+)', re.IGNORECASE)
CONFLICT = re.compile(r"^(?:<{7}|\|{7}|={7}|>{7})(?= |\r?$)", re.MULTILINE)
"""A line that git writes into a file that it could not merge."""

REFUSAL = re.compile(r"^<stdin>:(?P<line>\d+)(?::\d+)?: (?!warning:)(?P<words>.+)$", re.MULTILINE)
MEND = "Put that line right, or take an earlier version of the file. `msgfmt -c` says all that is wrong with it."
FIELDS = ("msgctxt", "msgid", "msgid_plural")
HEADERS = {
    name.casefold(): name
    for name in (
        *("Project-Id-Version", "Report-Msgid-Bugs-To", "POT-Creation-Date", "PO-Revision-Date", "Last-Translator"),
        *("Language-Team", "Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Plural-Forms"),
        "X-Source-Language",
    )
}
"""The names of the header's fields that this program reads, by their letters; people write them in any case."""


class File(polib.POFile):
    """A PO file that has a field between its two dates, as git takes changes of adjacent lines for a conflict.

    An author's update moves `POT-Creation-Date` and a translator's editor `PO-Revision-Date`, which gettext and polib
    write below it. Editors and Weblate leave the order of the fields as it is.
    """

    def ordered_metadata(self) -> list[tuple[str, str]]:
        """Return the fields of the header, in polib's order, `POT-Creation-Date` above `Report-Msgid-Bugs-To`."""
        fields = super().ordered_metadata()
        return sorted(fields, key=lambda field: FIRST_FIELDS.get(field[0], len(FIRST_FIELDS)))


class _Reading(NamedTuple):
    """The messages of a file as msgcat has them, and the same ones as they stand in the file."""

    canonical: list[Message]
    original: list[Message]


class _RefusedError(Exception):
    """What msgcat says of a file, on standard error."""


def new() -> File:
    """Return an empty PO file."""
    return File(encoding="utf-8", wrapwidth=0)


def key(entry: Entry) -> Key:
    """Return the context and the message of *entry*."""
    return entry.msgctxt or "", entry.msgid


def forms(entry: Entry) -> tuple[str, ...]:
    """Return the translation of *entry*: a text, or one for each plural form."""
    return tuple(text for _, text in sorted(entry.msgstr_plural.items())) or (entry.msgstr,)


def is_foreign(flag: str) -> bool:
    """Tell whether another tool gave an entry its *flag*, neither a translator nor this program."""
    return flag != "fuzzy" and not flag.endswith(BRACES)


def parse(content: bytes, path: str) -> File:
    """Return the PO file in *content*, as msgcat reads it; each entry has the number of its line in *content*.

    An entry is fuzzy when any of its flags says so, and has the flags that gettext does not know, too. Raises
    CatalogError, with *path* and the line, for what msgcat refuses or would cut off; ToolMissing without gettext.
    """
    text = _decode(content, path)
    try:
        canonical, original = reading = _read(text)
    except _RefusedError as error:
        raise _refusal(str(error), text, path) from error
    _check(reading, path)
    file = new()
    for message, raw in zip(canonical, original, strict=True):
        entry = _entry(message, raw)
        if entry.msgid or entry.msgctxt is not None or entry.obsolete:
            file.append(entry)
        else:
            file.header, file.metadata, file.metadata_is_fuzzy = entry.tcomment, _metadata(entry.msgstr), entry.fuzzy
    return file


def write(file: File) -> bytes:
    """Return *file* in the canonical bytes of msgcat: 79 columns, lines broken as Unicode (UAX #14) allows.

    No library breaks lines just as msgcat does: of 159 catalogues polib wrote 144 in other bytes, and the
    wrapping that Weblate uses 95. Flags that msgcat does not know, and drops, are put back. Raises ToolMissing
    without gettext, CatalogError when msgcat refuses the file.
    """
    header = file.metadata_as_entry()
    header.tcomment = file.header
    entries = sorted(file, key=lambda entry: bool(entry.obsolete))
    text = "\n".join("\n".join([*_format(entry), ""]) for entry in [header, *entries])
    try:
        return FLAGS.sub(_restore_flags, _run_msgcat(text)).encode()
    except _RefusedError as error:
        raise CatalogError(f"msgcat refuses a catalogue: {str(error).strip()}") from error


def parse_date(text: str) -> datetime | None:
    """Return the moment that gettext writes as `2026-03-01 12:00+0100`, in UTC; None when *text* is not one."""
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _decode(content: bytes, path: str) -> str:
    text = decode_utf8(content, path, CatalogError, "Save the catalogue as UTF-8.")
    if "\0" in text:
        raise _nul(path, _count_lines(text, text.index("\0")))
    return text


@lru_cache(maxsize=8)
def _read(text: str) -> _Reading:
    """Return the messages of the PO file *text*, those that are obsolete last, as msgcat has them."""
    canonical = po_syntax.scan(_run_msgcat(text, "--no-wrap"))
    original = (message for message in po_syntax.scan(text) if message.is_kept())
    return _Reading(canonical, sorted(original, key=lambda message: message.obsolete))


def _run_msgcat(text: str, *options: str) -> str:
    program = which("msgcat")
    if not program:
        hint = "Install it: apt-get install gettext, or brew install gettext."
        raise ToolMissing("GNU gettext is not on this machine, and catalogues are read and written with it", hint=hint)
    process = subprocess.run(  # noqa: S603 - a fixed program and arguments
        [program, "--force-po", *options, "-"],
        input=text.encode(),
        capture_output=True,
        check=False,
        env={"LC_ALL": "C.UTF-8"},
    )
    if process.returncode:
        raise _RefusedError(process.stderr.decode(errors="replace"))
    return process.stdout.decode(errors="replace")


def _check(reading: _Reading, path: str) -> None:
    """Raise CatalogError for what msgcat lets pass: another charset, domains, a NUL that ends a string, a huge text."""
    header = next((message for message in reading.canonical if message.fields.get("msgid") == ""), None)
    charset = CHARSET.search('"' + header.fields.get("msgstr", "")) if header else None
    if charset and charset[1].upper() not in {"UTF-8", "UTF8"}:
        raise _charset(path, charset[1])
    for message in reading.original:
        if "domain" in message.fields:
            raise CatalogError(f"{path}:{message.line}: a catalogue has no `domain`", hint="Take that line out.")
        if message.has_nul():
            raise _nul(path, message.line)
        if max(map(len, message.fields.values())) > LONGEST_MESSAGE:
            fact = (
                f"{path}:{message.line}: a text here has more than {LONGEST_MESSAGE} characters, which no paragraph has"
            )
            raise CatalogError(fact, hint="Translate the message again.")


def _nul(path: str, line: int) -> CatalogError:
    return CatalogError(
        f"{path}:{line}: there is a NUL character in this", hint="Take it out, or write its text again."
    )


def _charset(path: str, name: str) -> CatalogError:
    return CatalogError(f"{path}:1: the charset is {name}, not UTF-8", hint="Convert it: msgconv --to-code=UTF-8.")


def _refusal(stderr: str, text: str, path: str) -> CatalogError:
    """Return the error for *text*, which msgcat refuses with the words *stderr*."""
    charset = CHARSET.search(text)
    if charset and charset[1].upper() not in {"UTF-8", "UTF8"}:
        return _charset(path, charset[1])
    conflict = CONFLICT.search(text)
    if conflict:
        hint = "Keep what is right of both sides, and take out the lines with <<<<<<<, ======= and >>>>>>>."
        return CatalogError(f"{path}:{_count_lines(text, conflict.start())}: git left a merge conflict here", hint=hint)
    refusal = REFUSAL.search(stderr)
    if not refusal and "charset" in stderr:
        return _charset(path, "missing")
    if not refusal:
        return CatalogError(f"{path}:1: gettext refuses this: {stderr.strip()}", hint=MEND)
    line = int(refusal["line"])
    if refusal["words"].startswith("duplicate message definition"):
        return _duplicate(text, path, line)
    if refusal["words"].startswith("end-of-line within string"):
        line -= _is_open(text, line - 1)
    return CatalogError(f"{path}:{line}: gettext refuses this: {refusal['words']}", hint=MEND)


def _duplicate(text: str, path: str, line: int) -> CatalogError:
    scanned = [message for message in po_syntax.scan(text) if message.line <= line and "msgid" in message.fields]
    text = po_syntax.unescape(scanned[-1].fields["msgid"]) if scanned else ""
    number = scanned[-1].line if scanned else line
    subject = f"the message {quote(text)}" if text else "the header"
    return CatalogError(f"{path}:{number}: {subject} is there twice", hint="Keep one of them.")


def _is_open(text: str, line: int) -> bool:
    """Tell whether a string ends with *line* of *text*: gettext 0.21 gives the number of the line after it."""
    rest = po_syntax.TOKEN.sub("", text.split("\n")[line - 1])
    return '"' in rest


def _count_lines(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _entry(message: Message, original: Message) -> Entry:
    """Return the entry for *message*, as msgcat has it, with line and flags of the *original*."""
    fields = {name: po_syntax.unescape(message.fields[name]) for name in FIELDS if name in message.fields}
    previous = {
        f"previous_{name}": po_syntax.unescape(message.previous[name]) for name in FIELDS if name in message.previous
    }
    forms = [po_syntax.unescape(text) for name, text in message.fields.items() if name.startswith("msgstr[")]
    flags = [flag for flag in message.comment(",").split(", ") if flag]
    return polib.POEntry(
        **fields,
        **previous,
        msgstr=po_syntax.unescape(message.fields.get("msgstr", "")),
        msgstr_plural=dict(enumerate(forms)),
        obsolete=message.obsolete,
        comment=message.comment("."),
        tcomment=message.comment(" "),
        occurrences=[_reference(word) for word in re.split(r"[ \n]+", message.comment(":")) if word],
        flags=list(dict.fromkeys([*flags, *original.flags()])),
        linenum=original.line,
    )


def _reference(word: str) -> tuple[str, str]:
    path, colon, line = word.rpartition(":")
    return (path, line) if colon and line.isdigit() else (word, "")


def _metadata(header: str) -> dict[str, str]:
    """Return the fields of the *header* by name; the text of a name that is there twice has both, and their lines."""
    metadata: dict[str, str] = {}
    name = ""
    for line in header.split("\n"):
        written, colon, text = line.partition(":")
        if colon:
            name = HEADERS.get(written.strip().casefold(), written.strip())
            metadata[name] = f"{metadata[name]}\n{name}: {text.strip()}" if name in metadata else text.strip()
        elif name and line:
            metadata[name] += f"\n{line.strip()}"
    return metadata


def _format(entry: Entry) -> Iterator[str]:
    """Yield the lines of *entry*, for msgcat to read; flags that it may not know stand in a comment as well."""
    marker = "#~ " if entry.obsolete else ""
    yield from po_syntax.format_comment("", entry.tcomment)
    yield from po_syntax.format_comment(".", entry.comment)
    if any(map(is_foreign, entry.flags)):
        yield f"#. \x02{', '.join(entry.flags)}"
    yield from po_syntax.format_comment(":", " ".join(":".join(filter(None, pair)) for pair in entry.occurrences))
    yield from po_syntax.format_comment(",", ", ".join(entry.flags))
    for name in FIELDS:
        yield from po_syntax.format_field(name, getattr(entry, f"previous_{name}"), "#~| " if entry.obsolete else "#| ")
    forms = {f"msgstr[{number}]": text for number, text in sorted(entry.msgstr_plural.items())}
    yield from po_syntax.format_field("msgctxt", entry.msgctxt, marker)
    yield from po_syntax.format_field("msgid", entry.msgid, marker)
    yield from po_syntax.format_field("msgid_plural", entry.msgid_plural if forms else None, marker)
    for name, text in (forms or {"msgstr": entry.msgstr}).items():
        yield from po_syntax.format_field(name, text, marker)


def _restore_flags(match: re.Match[str]) -> str:
    known = [flag for flag in (match["known"] or "").split(", ") if flag]
    flags = dict.fromkeys([*known, *match["wanted"].split(", ")])
    return f"{match['references']}#, {', '.join(flags)}\n"
