"""Footnotes in the order of a printed leaflet: each after the text that refers to it, not in a section at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from polyleaf.inspection.html import HtmlDocument, Passage

ENDNOTES = "doc-endnotes"

Texts = Sequence[tuple["HtmlDocument", "Passage"]]
"""Passages, each with the document that it is in."""


def order_as_printed(texts: Texts) -> Texts:
    """Return the passages of *texts* with each note after the one that refers to it, and no heading of the notes."""
    notes: dict[str, list[int]] = defaultdict(list)
    for at, (document, passage) in enumerate(texts):
        notes[_note_id(document, passage)].append(at)
    body = [at for at, (document, passage) in enumerate(texts) if _section(document, passage) is None]
    return [texts[at] for at in _with_notes(body, notes, _find_references(texts))]


def _with_notes(
    numbers: Iterable[int], notes: Mapping[str, list[int]], references: Mapping[int, list[str]]
) -> Iterator[int]:
    for number in numbers:
        yield number
        for id_ in references.get(number, ()):
            yield from _with_notes(notes[id_], notes, references)


def find_heading(document: HtmlDocument) -> str:
    """Return the heading above the notes of *document*; nothing when it has no notes."""
    headings = (text for text in document.passages if document.within(text, "h2"))
    return next((text.text for text in headings if _section(document, text) is not None), "")


def _section(document: HtmlDocument, passage: Passage) -> int | None:
    """Return the number of the tag around all notes when *passage* is in it."""
    return next((at for at in passage.parents if document.tags[at].get("role") == ENDNOTES), None)


def _note_id(document: HtmlDocument, passage: Passage) -> str:
    """Return the id of the note that *passage* is of, which the first element in its item has; nothing for others."""
    if _section(document, passage) is None:
        return ""
    item = next((at for at in passage.parents if document.tags[at].name == "li"), len(document.tags))
    return next((tag.get("id") for tag in document.tags[item:] if tag.get("id")), "")


def _find_references(texts: Texts) -> dict[int, list[str]]:
    """Return by the number of a passage the ids of the notes that are read after it.

    A note to a header cell is read after its table, since a voice repeats the cell.
    """
    of_text: dict[int, list[str]] = defaultdict(list)
    of_heads: dict[int, list[str]] = defaultdict(list)
    start = 0
    for at, (document, passage) in enumerate(texts):
        start = start if at and texts[at - 1][0] is document else 0
        tags, start = document.tags[start : passage.end], passage.end
        ids = [tag.get("href").partition("#")[2] for tag in tags if tag.get("role") == "doc-noteref"]
        if ids and document.within(passage, "th"):
            of_heads[_end_of_table(texts, at)].extend(ids)
        elif ids:
            of_text[at].extend(ids)
    return {at: [*of_text[at], *of_heads[at]] for at in {*of_text, *of_heads}}


def _end_of_table(texts: Texts, at: int) -> int:
    """Return the number of the last passage in the table with passage number *at*."""
    document, passage = texts[at]
    table = next(number for number in passage.parents if document.tags[number].name == "table")
    return max(number for number, (other, text) in enumerate(texts) if other is document and table in text.parents)
