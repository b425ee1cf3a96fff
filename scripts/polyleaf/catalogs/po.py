"""Text of PO files: polib parses and builds it, GNU msgcat writes it, so that the bytes are those of all gettext tools.

The only module that calls polib and msgcat.
"""

from __future__ import annotations

import re
import subprocess  # noqa: TID251 - only this module runs msgcat
from datetime import UTC, datetime
from shutil import which  # noqa: TID251 - which runs nothing

import polib

from polyleaf.errors import CatalogError, ToolMissing

Entry = polib.POEntry
Key = tuple[str, str]
"""The context of a message, empty for none, and the message."""

FIRST_FIELDS = {"Project-Id-Version": 0, "POT-Creation-Date": 1, "Report-Msgid-Bugs-To": 2}
"""The rank of the fields that a header begins with."""


class File(polib.POFile):
    """A PO file that has a field between its two dates, as git takes changes of adjacent lines for a conflict.

    An author's update moves `POT-Creation-Date` and a translator's editor `PO-Revision-Date`, which gettext and polib
    write below it. Editors and Weblate leave the order of the fields as it is.
    """

    def ordered_metadata(self) -> list[tuple[str, str]]:
        """Return the fields of the header, in polib's order, `POT-Creation-Date` above `Report-Msgid-Bugs-To`."""
        fields = super().ordered_metadata()
        return sorted(fields, key=lambda field: FIRST_FIELDS.get(field[0], len(FIRST_FIELDS)))


class _Text(str):
    """A string whose lines end where those of a PO file end; `str` ends lines at characters such as U+2028, too."""

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:  # noqa: FBT001, FBT002, ARG002 - as `str` has it
        """Return the lines of the text."""
        return self.replace("\r\n", "\n").split("\n")


def new() -> File:
    """Return an empty PO file."""
    return File(encoding="utf-8", wrapwidth=0)


def key(entry: Entry) -> Key:
    """Return the context and the message of *entry*."""
    return entry.msgctxt or "", entry.msgid


def parse(content: bytes, path: str) -> File:
    """Return the PO file in *content*; raises CatalogError, with *path* and the line, when it is not one."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CatalogError(f"{path}:{line}: this is not UTF-8", hint="Save the catalogue as UTF-8.") from error
    try:
        return polib.pofile(_Text(text + "\n"), encoding="utf-8", wrapwidth=0, klass=File)
    except (OSError, ValueError, IndexError) as error:
        number = re.search(r"line (\d+)", str(error))
        location = f"{path}:{number.group(1)}" if number else path
        raise CatalogError(
            f"{location}: this is not a PO file", hint="`msgfmt -c` says what is wrong with it."
        ) from error


def write(file: File) -> bytes:
    """Return *file* in the canonical bytes of msgcat: 79 columns, lines broken as Unicode (UAX #14) allows.

    No library breaks lines just as msgcat does: of 159 catalogues polib wrote 144 in other bytes, and the
    wrapping that Weblate uses 95. Raises ToolMissing without gettext, CatalogError when msgcat refuses the file.
    """
    program = which("msgcat")
    if not program:
        hint = "Install it: apt-get install gettext, or brew install gettext."
        raise ToolMissing("GNU gettext is not on this machine, and catalogues are written with its msgcat", hint=hint)
    process = subprocess.run(  # noqa: S603 - a fixed program and arguments
        [program, "-"], input=str(file).encode(), capture_output=True, check=False, env={"LC_ALL": "C.UTF-8"}
    )
    if process.returncode:
        raise CatalogError(f"msgcat refuses a catalogue: {process.stderr.decode(errors='replace').strip()}")
    return process.stdout


def parse_date(text: str) -> datetime | None:
    """Return the moment that gettext writes as `2026-03-01 12:00+0100`, in UTC; None when *text* is not one."""
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
