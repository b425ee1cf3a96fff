"""Notes in a structure tree: each stands after the text with its reference (ISO 14289-1, 7.9; ISO 32000-1, 14.8.4.4.1).

A page has them at its foot, or below a table: who hears a leaflet hears them at the end of the paragraph, item or cell.
"""

from __future__ import annotations

from polyleaf.formats.pdf.tags.model import Element
from polyleaf.formats.pdf.tags.normalize import INLINE

HOLDERS = frozenset(("Document", "Sect", "Div", "Art", "BlockQuote", "LBody", "Lbl", "TD", "Caption", "Note"))
"""What a note may stand in. A header cell is none, since a voice repeats it; nor is a heading, which is in a list."""


def move_notes(document: Element) -> None:
    """Move each note of *document* to the end of the text that refers to it."""
    parents = {child: element for element in document.walk() for child in element.children()}
    notes = [element for element in document.walk() if element.kind == "Note"]
    by_link = {f"#{note.html.get('id')}": note for note in notes}
    references = [element for element in document.walk() if element.kind == "Link" and _target(element) in by_link]
    for reference in references:
        note = by_link[_target(reference)]
        parents[note].kids.remove(note)
        before = reference
        while parents[before].kind not in HOLDERS:
            before = parents[before]
        holder = parents[before]
        index = holder.kids.index(before) + 1
        while index < len(holder.kids) and _continues(holder.kids[index], before):
            index += 1
        holder.kids.insert(index, note)
        parents[note] = holder


def _target(link: Element) -> str:
    return str(link.html.get("href", ""))


def _continues(kid: object, before: Element) -> bool:
    """Tell whether *kid* goes on with the text in which *before* stands, or is another note to it."""
    if isinstance(kid, Element) and kid.kind == "Note":
        return True
    return before.kind in INLINE and not (isinstance(kid, Element) and kid.kind not in INLINE)
