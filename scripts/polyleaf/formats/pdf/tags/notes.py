"""Notes in a structure tree: each stands after the text with its reference (ISO 14289-1, 7.9; ISO 32000-1, 14.8.4.4.1).

A page has them at its foot, or below a table: who hears a leaflet hears them at the end of the paragraph, item or cell.
"""

from __future__ import annotations

from collections.abc import Iterator

from polyleaf.formats.pdf.tags.model import Element
from polyleaf.formats.pdf.tags.normalize import INLINE

HOLDERS = frozenset(("Document", "Sect", "Div", "Art", "BlockQuote", "LBody", "Lbl", "TD", "Caption", "Note"))
"""What a note may stand in. A header cell is none, since a voice repeats it; nor is a heading, which is in a list."""

WITHIN_TEXT = INLINE | {"Figure"}
"""What may stand in a line of text; a picture between paragraphs is in a Div of its own."""

HEADINGS = frozenset(f"H{level}" for level in range(1, 7))


def move_notes(document: Element) -> None:
    """Move each note of *document* to the end of the text that refers to it.

    The letters at the end of a heading become a text of their own: the name of a section has none.
    """
    parents = {child: element for element in document.walk() for child in element.children()}
    elements = list(document.walk())
    notes = {f"#{element.html.get('id')}": element for element in elements if element.kind == "Note"}
    for reference in [element for element in elements if element.kind == "Link" and _target(element) in notes]:
        note = notes[_target(reference)]
        parents[note].kids.remove(note)
        before = reference
        while parents[before].kind not in HOLDERS:
            before = parents[before]
        parents[note] = parents[before]
        _insert_after(before, note, parents[before])
    for heading in [element for element in elements if element.kind in HEADINGS]:
        if letters := list(_take_letters(heading)):
            kids = parents[heading].kids
            kids.insert(kids.index(heading) + 1, Element("P", kids=[*reversed(letters)]))


def _target(link: Element) -> str:
    return str(link.html.get("href", ""))


def _insert_after(before: Element, note: Element, holder: Element) -> None:
    """Put *note* into *holder*, after the text that *before* is in and the notes to it."""
    index = holder.kids.index(before) + 1
    while index < len(holder.kids) and _continues(holder.kids[index], before):
        index += 1
    holder.kids.insert(index, note)


def _continues(kid: object, before: Element) -> bool:
    """Tell whether *kid* goes on with the text in which *before* stands, or is another note to it."""
    if isinstance(kid, Element) and kid.kind == "Note":
        return True
    return before.kind in INLINE and not (isinstance(kid, Element) and kid.kind not in WITHIN_TEXT)


def _take_letters(element: Element) -> Iterator[Element]:
    """Take the references to notes from the end of *element*, and yield them, the last first."""
    while element.kids and isinstance(last := element.kids[-1], Element) and last.kind in INLINE:
        if last.kind != "Reference" or last.html.get("role") != "doc-noteref":
            yield from _take_letters(last)
            return
        element.kids.pop()
        yield last
