"""Quotations in messages: text of anybody, on one line, nothing unseen in it, cut where no amount is; plurals."""

from __future__ import annotations

import re

SHOWN = 60
"""How many characters of a text a message quotes."""

UNSEEN = re.compile("[\0-\x1f\x7f-\x9f\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2028-\u202e\u2060-\u206f\ufeff"
                    "\ud800-\udfff\ue000-\uf8ff\ufffe\uffff\U000e0000-\U0010ffff]")  # fmt: skip
"""Characters that are invisible, that a terminal obeys, or that reorder others. Joiners and direction marks, which some
scripts are spelt with, are not here."""

AMOUNT = re.compile(r"(?:(?<!\s)\s++|(?<!\S))[^\s\d]*+\d\S*+$")
"""The number at the end of a text, which says something else without what comes after it."""

FIGURES = re.compile(r"(?<!\W)\W*+\d[\d.,:/٫٬·-]{0,40}$")
"""The figures at the end of a text within a word."""


def show_unseen(text: str) -> str:
    """Return *text* with invisible characters as their code points, such as `[U+202E]`."""
    return UNSEEN.sub(lambda match: f"[U+{ord(match.group()):04X}]", text)


def shorten(text: str, limit: int = SHOWN) -> str:
    """Return *text* on one line, nothing unseen in it: its first words, at most *limit* characters and an ellipsis.

    What is left out starts with no unit or figure of a number that is not: `Take 1 tablet of 250 mg` is never cut to
    `Take 1 tablet of 250`.
    """
    line = show_unseen(" ".join(text.split()))
    if len(line) <= limit:
        return line
    end = line.rfind(" ", 0, limit + 1)
    head = _without_amount(line[:end], AMOUNT) if end > 0 else ""
    return f"{head or _without_amount(line[:limit], FIGURES) or line[:limit]}…"


def quote(text: str, limit: int = SHOWN) -> str:
    """Return *text* in quotation marks, shortened as `shorten` does."""
    return _mark(shorten(text, limit))


def quote_whole(text: str) -> str:
    """Return all of *text* in quotation marks, on one line, nothing unseen in it."""
    return _mark(show_unseen(" ".join(text.split())))


def pluralize(count: int, noun: str) -> str:
    """Return *count* with the English *noun* in the singular or, with an s, the plural: `1 text`, `2 texts`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _mark(line: str) -> str:
    return f"“{line}”" if "'" in line else f"'{line}'"


def _without_amount(head: str, amount: re.Pattern[str]) -> str:
    while match := amount.search(head):
        head = head[: match.start()]
    return head.rstrip()
