"""Names of leaflets: they are those of files on any disk, and stand in addresses and on command lines."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from polyleaf.quotations import quote

CHARACTERS = re.compile(r"\w(?:[\w .-]*[\w-])?")
"""The characters of a name. Windows takes a space or a dot off its end."""

DEVICES = re.compile("(?:con|prn|aux|nul|conin\\$|conout\\$|(?:com|lpt)[0-9¹²³])(?:\\..*)?", re.IGNORECASE)
"""What Windows takes for a device, with any suffix.

https://learn.microsoft.com/windows/win32/fileio/naming-a-file"""

PAGES = frozenset(("index", "default"))
"""What a web server shows in the place of the list of a folder."""

LONGEST = 150
"""How many bytes a name may have: file systems take 255, and suffixes and temporary files need some of them."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some leaflets of a project: the *files* of their manuscripts, and the *namesakes* of those that have one."""

    files: tuple[str, ...]
    namesakes: Mapping[str, str]

    @property
    def leaflets(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(PurePosixPath(file).stem for file in self.files)


def compose(name: str) -> str:
    """Return *name* as one on disks that tell no capitals, or no two ways to type an accent, apart."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def find_namesakes(names: Iterable[str]) -> dict[str, str]:
    """Return for each of *names* that is one name with another of them, on some disks, that other one."""
    namesakes: dict[str, str] = {}
    known: dict[str, str] = {}
    for name in sorted(names):
        first = known.setdefault(compose(name), name)
        if first != name:
            namesakes |= {first: name, name: first}
    return namesakes


def find_fault(name: str) -> tuple[str, str] | None:
    """Return why no leaflet can have this *name*, and the way out, None when one can."""
    composed = unicodedata.normalize("NFC", name)
    if not CHARACTERS.fullmatch(composed):
        hint = "Name the file with letters, digits, hyphens, and spaces or dots between them."
        return f"{quote(name)} cannot be the name of a leaflet", hint
    if DEVICES.fullmatch(composed):
        return f"{quote(name)} is a device on Windows, and no file there", "Give the file a longer name."
    if composed.casefold() in PAGES:
        hint = "Name the file after its subject."
        return f"{quote(name)} is what a web server shows in the place of a folder", hint
    if len(name.encode()) > LONGEST:
        fact = f"{quote(name)} is longer than {LONGEST} bytes, and other files are named after it"
        return fact, "Give the file a shorter name."
    return None
