"""Differences between two outputs that should be identical, or between two entries of a manifest, in words."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

NAMED = 3
"""The number of parts that a message names; an EPUB or a PDF may have hundreds."""

OBJECT = re.compile(rb"(?ms)^(\d+) 0 obj\s(.*?)^endobj")
"""An indirect object of a PDF (ISO 32000-2, 7.3.10): its number and its content."""

TYPE = re.compile(rb"/(?:Type|S|Subtype) ?/(\w+)")
FONT_NAME = re.compile(rb"/(?:FontName|BaseFont) ?/([\w+.-]+)")

SCALARS = ("status", "modified", "source_language", "links_to", "theme")
TABLES = ("made_from", "fonts", "tools")
"""The keys of an entry with inputs by name."""


def describe_difference(suffix: str, first: bytes, second: bytes) -> str:
    """Return where two files with *suffix* (`.pdf`) that are not the same differ.

    That is in which members of an EPUB, in which objects of a PDF, in which line of another file.
    """
    return COMPARISONS.get(suffix, _compare_lines)(first, second)


def compare_inputs(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """Return the names of the inputs and tools that differ between two entries of manifests, empty if none does."""
    names = [key for key in SCALARS if before.get(key) != after.get(key)]
    for key in TABLES:
        old, new = before.get(key, {}), after.get(key, {})
        names += [name for name in sorted({*old, *new}) if old.get(name) != new.get(name)]
    return _join(names)


def explain(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> str:
    """Return why an output was made, which has the entry *before* in the manifest, or none, and now the one *after*."""
    if before is None:
        return "it is new"
    changed = compare_inputs(before, after)
    if changed:
        return f"another {changed}"
    return "its file was not as it was made" if before["sha256"] == after["sha256"] else "other settings of the project"


def _compare_members(first: bytes, second: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(first)) as before, zipfile.ZipFile(io.BytesIO(second)) as after:
        members = dict.fromkeys((*before.namelist(), *after.namelist()))  # texts first: fonts and images follow them
        changed = [name for name in members if _read_member(before, name) != _read_member(after, name)]
    return f"in {_join(changed)}" if changed else "in the order, the dates or the compression of the files in it"


def _read_member(container: zipfile.ZipFile, name: str) -> bytes | None:
    return container.read(name) if name in container.namelist() else None


def _compare_objects(first: bytes, second: bytes) -> str:
    before, after = ({int(number): content for number, content in OBJECT.findall(file)} for file in (first, second))
    if len(before) != len(after):
        return f"one has {len(before)} objects, the other {len(after)}"
    changed = [f"{number}{_find_type(content)}" for number, content in before.items() if content != after.get(number)]
    return f"in object {_join(changed)}" if changed else "in what stands between its objects, such as its identifier"


def _find_type(content: bytes) -> str:
    match = FONT_NAME.search(content) or TYPE.search(content)
    return f" ({match.group(1).decode()})" if match else ""


def _compare_lines(first: bytes, second: bytes) -> str:
    lines = zip_longest(first.split(b"\n"), second.split(b"\n"))
    return f"in line {next(number for number, (before, after) in enumerate(lines, 1) if before != after)}"


def _join(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


COMPARISONS: Mapping[str, Callable[[bytes, bytes], str]] = {".epub": _compare_members, ".pdf": _compare_objects}
