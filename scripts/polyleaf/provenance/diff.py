"""Differences between two outputs that should be identical, or between two entries of a manifest, in words."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

LONGEST = 3
"""The number of parts that a message names."""

OBJECT = re.compile(rb"(?ms)^(\d+) 0 obj\s(.*?)^endobj")
KIND = re.compile(rb"/(?:Type|S|Subtype) ?/(\w+)")
WORDS = re.compile(rb"/(?:FontName|BaseFont) ?/([\w+.-]+)")


def part(suffix: str, one: bytes, other: bytes) -> str:
    """Return where two files with *suffix* differ: members of an EPUB, objects of a PDF, the line of another file."""
    return PARTS.get(suffix, _lines)(one, other)


def inputs(one: Mapping[str, Any], other: Mapping[str, Any]) -> str:
    """Return what two entries of manifests say differently of what files were made from and with; empty if nothing."""
    plain = ("status", "modified", "source_language", "links_to", "theme")
    found = [key for key in plain if one.get(key) != other.get(key)]
    for key in ("made_from", "fonts", "tools"):
        before, after = one.get(key, {}), other.get(key, {})
        found += [name for name in sorted({*before, *after}) if before.get(name) != after.get(name)]
    return _few(found)


def _members(one: bytes, other: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(one)) as before, zipfile.ZipFile(io.BytesIO(other)) as after:
        names = dict.fromkeys(
            (*before.namelist(), *after.namelist())
        )  # texts first, fonts and pictures follow from them
        differ = [name for name in names if _read(before, name) != _read(after, name)]
    return f"in {_few(differ)}" if differ else "in the order, the dates or the compression of the files in it"


def _read(container: zipfile.ZipFile, name: str) -> bytes | None:
    return container.read(name) if name in container.namelist() else None


def _objects(one: bytes, other: bytes) -> str:
    before, after = ({int(number): text for number, text in OBJECT.findall(file)} for file in (one, other))
    if len(before) != len(after):
        return f"one has {len(before)} objects, the other {len(after)}"
    differ = [number for number in before if before[number] != after.get(number)]
    told = _few([f"{number}{_kind(before[number])}" for number in differ])
    return f"in object {told}" if differ else "in what stands between its objects, such as its identifier"


def _kind(content: bytes) -> str:
    found = WORDS.search(content) or KIND.search(content)
    return f" ({found.group(1).decode()})" if found else ""


def _lines(one: bytes, other: bytes) -> str:
    rows = zip_longest(one.split(b"\n"), other.split(b"\n"))
    return f"in line {next(at for at, (before, after) in enumerate(rows, 1) if before != after)}"


def _few(names: Iterable[str]) -> str:
    """Return the first few of *names* and how many more there are; an EPUB or a PDF may have hundreds."""
    every = list(names)
    more = f" and {len(every) - LONGEST} more" if len(every) > LONGEST else ""
    return ", ".join(every[:LONGEST]) + more


PARTS: Mapping[str, Callable[[bytes, bytes], str]] = {".epub": _members, ".pdf": _objects}
"""The comparison by suffix; of other files the lines are compared."""
