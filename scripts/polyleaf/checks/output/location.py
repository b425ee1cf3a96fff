"""Locations in a PDF as a finding names them: the page, the words, and how many times more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from polyleaf.checks.model import Diagnostic

if TYPE_CHECKING:
    from polyleaf.inspection.pdf import Line
    from polyleaf.inspection.pdf_text import Run

SHOWN = 40
"""How much of a text a finding shows."""

MILLIMETRE = 72 / 25.4
"""How many points a millimetre has."""


def locate(facts: Iterable[tuple[Run | Line, str]]) -> Iterator[Diagnostic]:
    """Yield each of *facts* once, with the page and the words where it is first, and how many times more."""
    pieces: dict[str, list[Run | Line]] = {}
    for piece, fact in facts:
        pieces.setdefault(fact, []).append(piece)
    for fact, same in pieces.items():
        more = f" and {len(same) - 1} more" if len(same) > 1 else ""
        first = next((piece for piece in same if any(map(str.isalnum, piece.text))), same[0])  # a bullet tells little
        yield Diagnostic(f"page {first.page}, {quote(first.text)}{more}: {fact}")


def quote(text: str) -> str:
    """Return the first words of *text* in quotation marks."""
    words = " ".join(text.split())
    return f"'{words}'" if len(words) <= SHOWN else f"'{words[:SHOWN].rstrip()}…'"
