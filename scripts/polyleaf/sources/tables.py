"""Rows of pipe tables that have more cells than the table has columns: pandoc drops those cells without a word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")
"""The line under the header of a pipe table."""

NO_BORDER = re.compile(r"`[^`]*`|\\.")
"""What may hold a bar that is no border: code, and a bar with a backslash before it."""


def too_wide(text: str) -> Iterator[str]:
    """Yield every row in the manuscript *text* with more cells than its table has columns."""
    columns = 0
    for line in text.split("\n"):
        if "|" in line and RULE.fullmatch(line):
            columns = _cells(line)
        elif "|" not in line:
            columns = 0
        elif columns and _cells(line) > columns:
            yield line


def _cells(line: str) -> int:
    bare = NO_BORDER.sub("x", line).strip()
    return bare.removeprefix("|").removesuffix("|").count("|") + 1
