"""How a finding says where on paper it is: the page, the words, and in how many places more."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from polyleaf.inspection.pdf import Line
    from polyleaf.inspection.pdf_text import Run

SHOWN = 40
"""How much of a text a finding shows."""

MILLIMETRE = 72 / 25.4
"""How many points a millimetre has."""


def told(found: Iterable[tuple[Run | Line, str]]) -> Iterator[str]:
    """Yield each fact of *found* once, with the page and the words where it is first, and in how many places more."""
    places: dict[str, list[Run | Line]] = {}
    for where, fact in found:
        places.setdefault(fact, []).append(where)
    for fact, there in places.items():
        more = f" and {len(there) - 1} more" if len(there) > 1 else ""
        first = next((one for one in there if any(map(str.isalnum, one.text))), there[0])  # a bullet tells little
        yield f"page {first.page}, {quoted(first.text)}{more}: {fact}"


def quoted(text: str) -> str:
    """Return the first words of *text* in quotation marks."""
    words = " ".join(text.split())
    return f"'{words}'" if len(words) <= SHOWN else f"'{words[:SHOWN].rstrip()}…'"
