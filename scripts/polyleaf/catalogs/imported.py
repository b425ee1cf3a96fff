"""Translations that come from a finished document: fuzzy, saying where they are from, never over another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from polyleaf.catalogs import po

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTROL = re.compile(r"\s|[\0-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def suggest(content: bytes, translations: Mapping[tuple[str, str], str], origin: str, where: str) -> bytes:
    """Return the PO file *content* with *translations* (by context and message) as fuzzy where it has none.

    Each such entry says in its translator comment, which an update keeps, that it was imported from *origin*.
    """
    file = po.parse(content, where)
    said = f"polyleaf: imported from {CONTROL.sub(' ', origin)}"
    for entry in file:
        text = translations.get((entry.msgctxt or "", entry.msgid))
        if not text or entry.msgstr or entry.obsolete:
            continue
        entry.msgstr = text
        entry.flags = ["fuzzy", *(flag for flag in entry.flags if flag != "fuzzy")]
        lines = [line for line in entry.tcomment.split("\n") if line and not line.startswith("polyleaf: imported ")]
        entry.tcomment = "\n".join([*lines, said])
    return po.write(file)
