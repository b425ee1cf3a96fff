"""Which link, note or citation of a translation is which mark of its source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from polyleaf import tree
from polyleaf.units import message

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from polyleaf.model import Node, Nodes

CITED = re.compile(r"(?:^|[#_])ref-(.+)$")
"""Where a citation leads that pandoc or polyleaf has set, also after a word processor had it."""

REFERENCE = re.compile(r"[\[(]?(?:\d{1,3}|[a-z*†‡§]|[ivx]{1,4})[\])]?", re.IGNORECASE)
"""What stands in the text for a note: its number or its letter."""


class Pairing:
    """The *names* of the marks for the elements of a translation, by identity; its *inlines*, citations whole.

    Elements of a kind are paired where they say the same thing (the target of a link, the key of a citation), and
    what is left over in its order.
    """

    def __init__(self, marks: Mapping[str, Node], inlines: Nodes) -> None:
        """Pair the elements of *inlines* with *marks*."""
        cites = any(node["t"] == "Cite" for node in marks.values())
        notes = any(node["t"] == "Note" for node in marks.values())
        self.inlines = whole(inlines, cites=cites, notes=notes)
        self.names: dict[int, str] = {}
        for kind in dict.fromkeys(node["t"] for node in marks.values()):
            wanted = {name: node for name, node in marks.items() if node["t"] == kind}
            found = [node for node in message.walk_inlines(self.inlines) if node["t"] == kind]
            self._pair(wanted, found, SAYS.get(kind, str))

    def _pair(self, wanted: Mapping[str, Node], found: Nodes, says: Callable[[Node], Any]) -> None:
        rest = list(found)
        left = []
        for name, mark in wanted.items():
            same = next((node for node in rest if says(node) == says(mark)), None)
            if same is None:
                left.append(name)
            else:
                self._take(name, same, rest)
        # Of spans and code, those that say something else are something else.
        kinds = {node["t"] for node in wanted.values()} - {"Span", "Code", "RawInline", "Math"}
        if kinds and len(left) == len(rest):
            for name, node in zip(left, list(rest), strict=True):
                self._take(name, node, rest)

    def _take(self, name: str, node: Node, rest: Nodes) -> None:
        self.names[id(node)] = name
        rest[:] = [other for other in rest if other is not node]


def _target(node: Node) -> str:
    """Return where a link leads: within a document its anchor, whatever file of a book that is in."""
    target = str(node["c"][2][0])
    _, sign, anchor = target.partition("#")
    return "#" + anchor.rsplit("xhtml_", 1)[-1] if sign and not target.startswith("http") else target.rstrip("/")


def _keys(node: Node) -> tuple[str, ...]:
    return tuple(sorted(citation["citationId"] for citation in node["c"][0]))


SAYS: Mapping[str, Callable[[Node], Any]] = {
    "Link": _target,
    "Cite": _keys,
    "Span": lambda node: node["c"][0][1:],
    "Image": lambda node: node["c"][2][0],
}
"""What an element of a kind says besides its words; other elements say all that they hold."""


def whole(inlines: Nodes, *, cites: bool = True, notes: bool = True) -> Nodes:
    """Return *inlines* with citations and references to notes that were set as links made whole again."""
    made = [
        tree.with_children(node, whole(tree.children(node), cites=cites, notes=notes)) if tree.children(node) else node
        for node in inlines
    ]
    if notes:
        made = [_note(node) for node in made]
    return _citations(made) if cites else made


def _note(node: Node) -> Node:
    """Return a raised link of a number or a letter as the note that it leads to, whose text is elsewhere."""
    inner = tree.children(node)
    if node["t"] == "Span" and len(inner) == 1:
        return _note(inner[0]) if inner[0]["t"] in {"Superscript", "Note"} else node
    if node["t"] != "Superscript" or len(inner) != 1 or inner[0]["t"] not in {"Link", "Note"}:
        return node
    is_reference = inner[0]["t"] == "Note" or REFERENCE.fullmatch(tree.plain(inner).strip())
    return tree.element("Note", []) if is_reference else node


def _citations(inlines: Nodes) -> Nodes:
    """Return *inlines* with every run of links to sources, and the brackets around it, as one citation."""
    made: Nodes = []
    at = 0
    while at < len(inlines):
        before = inlines[at]
        is_open = before["t"] == "Str" and before["c"][-1:] in {"[", "("}
        keys, end = _cited(inlines, at + is_open)
        after = inlines[end] if end < len(inlines) else None
        is_closed = is_open and after is not None and after["t"] == "Str" and after["c"][:1] in {"]", ")"}
        if not keys or is_open != is_closed:
            made.append(before)
            at += 1
            continue
        made += _string(before["c"][:-1]) if is_open else []
        made.append(tree.element("Cite", [[{"citationId": key} for key in keys], []]))
        made += _string(after["c"][1:]) if is_closed and after else []
        at = end + is_closed
    return made


def _cited(inlines: Nodes, start: int) -> tuple[list[str], int]:
    """Return the sources to which the links from *start* on lead, and where that run of links ends."""
    keys: list[str] = []
    end = at = start
    while at < len(inlines):
        node = inlines[at]
        inner = tree.children(node)
        link = inner[0] if node["t"] in {"Underline", "Superscript"} and len(inner) == 1 else node
        found = _sources(link)
        is_between = node["t"] in tree.SPACES or (node["t"] == "Str" and node["c"] in {",", ";", "–", "-"})
        if found:
            keys += found
            end = at + 1
        elif not (keys and is_between):
            break
        at += 1
    return keys, end


def _sources(node: Node) -> list[str]:
    """Return the key of the source that a link leads to, or the keys of a citation that was links."""
    if node["t"] == "Link":
        found = CITED.search(node["c"][2][0])
        return [found[1]] if found else []
    return [one["citationId"] for one in node["c"][0]] if node["t"] == "Cite" and not node["c"][1] else []


def _string(text: str) -> Nodes:
    return [tree.string(text)] if text else []
