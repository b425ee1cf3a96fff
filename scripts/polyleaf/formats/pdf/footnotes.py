"""Footnotes: the notes of a leaflet at the foot of the page that refers to them (CSS GCPM 3, section 2).

The HTML has them in a section at its end. A note goes to the foot of the page with its letter; one that cannot stand
there, since it is too long or WeasyPrint has put it on another page, goes below its paragraph, item or table.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from polyleaf import tree
from polyleaf.model import HEADINGS

Box = Any
"""A box of WeasyPrint."""

HtmlElement = Any
"""An element of the page, of xml.etree."""

ROLE = "doc-footnote"
"""The role of a note that is not in a section at the end (DPUB-ARIA 1.1)."""

BELOW = "footnote-below"
"""The class of a note that is not at the foot of the page."""

LARGEST = 1 / 3
"""The part of a page that a note may take at its foot: WeasyPrint does not go on with one on the next page."""

UNDIVIDED = frozenset(("table", "figure"))
"""What a note that is not at the foot stands after, whatever part of it has the letter."""

TEXTS = frozenset(("p", "pre", "dt", *HEADINGS))
"""What holds words alone: such a note stands after it."""

HOLDERS = frozenset(("li", "dd", "div", "section", "blockquote", "main", "body"))
"""What may hold words and, after them, blocks: such a note stands after the words."""

Parents = dict[HtmlElement, HtmlElement]
"""The parent of each element."""

BLOCKS = frozenset(("ul", "ol", "dl", *UNDIVIDED, *TEXTS, *HOLDERS))


def place_notes(root: HtmlElement, below: Collection[str]) -> None:
    """Move the notes of the page *root* from the section at its end to their letters; *below* are not at the foot.

    *below* holds ids. A note in a note at the foot comes after that note.
    """
    parents = {child: parent for parent in root.iter() for child in parent}
    section = next((part for part in root.iter("section") if part.get("role") == "doc-endnotes"), None)
    if section is None:
        return
    parents[section].remove(section)
    items = [item for part in section if part.tag == "ol" for item in part]
    notes = {f"#{_take_id(item)}": item for item in items}
    calls = [link for part in (root, *items) for link in part.iter("a") if link.get("href") in notes]
    for call in calls:
        note = notes[call.get("href")]
        for heading in (part for part in _ancestors(call, parents) if part.tag in HEADINGS):
            heading.set("data-title", _title(heading))
        is_below = note.get("id") in below
        _make_note(note, call, is_below=is_below)
        target, index = _find_below(call, parents) if is_below else _find_foot(call, parents)
        if any(part.get("lang") or part.tag in HEADINGS for part in (target, *_ancestors(target, parents))[:-1]):
            note.attrib.update({key: root.get(key) for key in ("lang", "dir") if root.get(key)})  # and its fonts
        target.insert(index, note)
        parents[note] = target


def _take_id(item: HtmlElement) -> str:
    """Return the id of the note *item*, which its first text has, and give it to the note itself."""
    anchor = next(part for part in item.iter() if part.get("id", "").startswith("fn-"))
    item.set("id", anchor.attrib.pop("id"))
    return str(item.get("id"))


def _make_note(item: HtmlElement, call: HtmlElement, *, is_below: bool) -> None:
    """Make *item* of the list of notes a note with the letter of its *call* before it."""
    item.tag, item.tail = "div", None
    item.set("class", BELOW if is_below else "footnote")
    item.set("role", ROLE)
    label = item.makeelement("span", {"class": "footnote-label"})
    label.text, label.tail, item.text = f"{call.text}.", item.text, None
    item.insert(0, label)


def _find_foot(call: HtmlElement, parents: Parents) -> tuple[HtmlElement, int]:
    """Return the element, and the index in it, for a note at the foot: beside its *call*, or after the note with it."""
    outer = next((part for part in _ancestors(call, parents) if part.get("class") == "footnote"), call)
    return parents[outer], len(parents[outer])


def _find_below(call: HtmlElement, parents: Parents) -> tuple[HtmlElement, int]:
    """Return the element, and the index in it, for a note below the text with its *call*."""
    branch = [call]
    for part in _ancestors(call, parents):
        branch.append(part)
        if part.get("role") == ROLE:
            break
    text = next(at for at, part in enumerate(branch) if part.tag in TEXTS | HOLDERS)
    undivided = [at for at, part in enumerate(branch[:-1]) if part.tag in UNDIVIDED]
    before = branch[undivided[-1]] if undivided else branch[text - (branch[text].tag in HOLDERS)]
    holder = parents[before]
    index = list(holder).index(before) + 1
    is_term = before.tag == "dt"
    while index < len(holder) and (_is_in_text(holder[index]) or (is_term and holder[index].tag == "dd")):
        index += 1
    return holder, index


def _title(part: HtmlElement) -> str:
    """Return the text of *part* without the letters of notes."""
    if part.get("class") == tree.NOTE_REFERENCE:
        return ""
    return (part.text or "") + "".join(_title(child) + (child.tail or "") for child in part)


def _is_in_text(part: HtmlElement) -> bool:
    """Tell whether *part* belongs to the text before it: it is within the line, or another note to it."""
    return part.tag not in BLOCKS or part.get("role") == ROLE


def _ancestors(element: HtmlElement, parents: Parents) -> Iterator[HtmlElement]:
    while element in parents:
        element = parents[element]
        yield element


class _Footnotes(list[Box]):
    """The notes at the foot of a page, of which WeasyPrint moves none to the next page to fit a line in.

    It would do so whatever their `footnote-policy`, as long as there are any: so it sees them only to lay them out.
    """

    is_seen = False

    def __bool__(self) -> bool:
        return self.is_seen and len(self) > 0


def make_layout_context(base: type) -> type:
    """Return *base*, WeasyPrint's LayoutContext, with notes that stay on their page and whose spaces collapse."""

    class LayoutContext(base):  # type: ignore[misc]
        @property
        def current_page_footnotes(self) -> _Footnotes:
            return self._current_page_footnotes

        @current_page_footnotes.setter
        def current_page_footnotes(self, notes: list[Box]) -> None:
            self._current_page_footnotes = _Footnotes(notes)

        def layout_footnote(self, footnote: Box) -> bool:
            footnote.process_whitespace()
            super().layout_footnote(footnote)
            return False  # its area grows with it; WeasyPrint compares their edges to the last bit

        def _update_footnote_area(self) -> bool:
            self._current_page_footnotes.is_seen = True
            overflows = super()._update_footnote_area()
            self._current_page_footnotes.is_seen = False
            return bool(overflows)

    return LayoutContext


def find_misplaced(document: Any) -> frozenset[str]:  # noqa: ANN401 - WeasyPrint brings no types
    """Return the ids of notes of WeasyPrint's *document* that cannot stay at the foot of the page.

    Those are too high; or, when none is, on another page than their letter, on no page, or under text of the page.
    """
    calls: dict[str, int] = {}
    feet: dict[str, int] = {}
    too_high: set[str] = set()
    covered: set[str] = set()
    for number, page in enumerate(document.pages):
        box = page._page_box  # noqa: SLF001 - there is no other way in
        parts = list(box.children[0].descendants())
        for part in parts:
            if part.footnote:  # the head of a table is on each of its pages
                calls.setdefault(part.footnote.element.get("id"), number)
        area = next((part for part in box.children if type(part).__name__ == "FootnoteAreaBox"), None)
        notes = {note.element.get("id"): note for note in area.children} if area else {}
        feet |= dict.fromkeys(notes, number)
        too_high |= {name for name, note in notes.items() if note.margin_height() > box.height * LARGEST}
        covered |= set(notes) if area and max(map(_bottom, parts)) > area.position_y else set()
    return frozenset(too_high or covered | {name for name, number in calls.items() if feet.get(name) != number})


def _bottom(box: Box) -> float:
    """Return where the line or image *box* ends, in pixels from the top of the page; 0 for other boxes."""
    is_painted = type(box).__name__ == "LineBox" or hasattr(box, "replacement")
    return float(box.position_y + box.height) if is_painted else 0
