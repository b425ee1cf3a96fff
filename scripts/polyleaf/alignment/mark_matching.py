"""Matching of the links, notes and citations in a translation with the marks of its source."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from polyleaf import tree
from polyleaf.model import Node, Nodes
from polyleaf.units import message

CITED = re.compile(r"(?:^|[#_])ref-(.+)$")
"""The target of a citation that pandoc or polyleaf has set, perhaps changed by a word processor."""

REFERENCE = re.compile(r"[\[(]?(?:\d{1,3}|[a-z*†‡§]|[ivx]{1,4})[\])]?", re.IGNORECASE)
"""The reference to a note in running text: a number, a letter or a sign."""


class MarkMatching:
    """The *names* of the marks for the elements of a translation, by identity; its *inlines* with restored references.

    Elements of a type are matched where their content is the same (the target of a link, the key of a citation), and
    the others in their order, if there are as many of them.
    """

    def __init__(self, marks: Mapping[str, Node], inlines: Nodes) -> None:
        """Match the elements of *inlines* with *marks*."""
        cites = any(node["t"] == "Cite" for node in marks.values())
        notes = any(node["t"] == "Note" for node in marks.values())
        self.inlines = restore_references(inlines, cites=cites, notes=notes)
        self.names: dict[int, str] = {}
        for kind in dict.fromkeys(node["t"] for node in marks.values()):
            wanted = {name: node for name, node in marks.items() if node["t"] == kind}
            elements = [node for node in message.walk_inlines(self.inlines) if node["t"] == kind]
            self._match(wanted, elements, CONTENT.get(kind, str))

    def _match(self, wanted: Mapping[str, Node], elements: Nodes, content: Callable[[Node], Any]) -> None:
        unmatched = list(elements)
        names = []
        for name, mark in wanted.items():
            same = next((node for node in unmatched if content(node) == content(mark)), None)
            if same is None:
                names.append(name)
            else:
                self.names[id(same)] = name
                unmatched = [node for node in unmatched if node is not same]
        # A span or code with other content is another element.
        kinds = {node["t"] for node in wanted.values()} - {"Span", "Code", "RawInline", "Math"}
        if kinds and len(names) == len(unmatched):
            self.names |= {id(node): name for name, node in zip(names, unmatched, strict=True)}


def _target(node: Node) -> str:
    """Return the target of a link: within a document its anchor, in whatever file of an EPUB that is."""
    target = str(node["c"][2][0])
    _, sign, anchor = target.partition("#")
    return "#" + anchor.rsplit("xhtml_", 1)[-1] if sign and not target.startswith("http") else target.rstrip("/")


def _keys(node: Node) -> tuple[str, ...]:
    return tuple(sorted(citation["citationId"] for citation in node["c"][0]))


CONTENT: Mapping[str, Callable[[Node], Any]] = {
    "Link": _target,
    "Cite": _keys,
    "Span": lambda node: node["c"][0][1:],
    "Image": lambda node: node["c"][2][0],
}
"""The content by which elements of a type are matched; other elements are matched by all that they hold."""


def restore_references(inlines: Nodes, *, cites: bool = True, notes: bool = True) -> Nodes:
    """Return *inlines* with links to sources as citations, and raised links to notes as (empty) notes."""
    restored = [
        tree.with_children(node, restore_references(tree.children(node), cites=cites, notes=notes))
        if tree.children(node)
        else node
        for node in inlines
    ]
    if notes:
        restored = [_restore_note(node) for node in restored]
    return _restore_citations(restored) if cites else restored


def _restore_note(node: Node) -> Node:
    """Return a raised link of a number or a letter as the note that it leads to; its text is not here."""
    inner = tree.children(node)
    if node["t"] == "Span" and len(inner) == 1:
        return _restore_note(inner[0]) if inner[0]["t"] in {"Superscript", "Note"} else node
    if node["t"] != "Superscript" or len(inner) != 1 or inner[0]["t"] not in {"Link", "Note"}:
        return node
    is_reference = inner[0]["t"] == "Note" or REFERENCE.fullmatch(tree.plain(inner).strip())
    return tree.element("Note", []) if is_reference else node


def _restore_citations(inlines: Nodes) -> Nodes:
    """Return *inlines* with every run of links to sources, and the brackets around it, as one citation."""
    restored: Nodes = []
    index = 0
    while index < len(inlines):
        before = inlines[index]
        is_open = before["t"] == "Str" and before["c"][-1:] in {"[", "("}
        keys, end = _read_citations(inlines, index + is_open)
        after = inlines[end] if end < len(inlines) else None
        is_closed = is_open and after is not None and after["t"] == "Str" and after["c"][:1] in {"]", ")"}
        if not keys or is_open != is_closed:
            restored.append(before)
            index += 1
            continue
        restored += _string(before["c"][:-1]) if is_open else []
        restored.append(tree.element("Cite", [[{"citationId": key} for key in keys], []]))
        restored += _string(after["c"][1:]) if is_closed and after else []
        index = end + is_closed
    return restored


def _read_citations(inlines: Nodes, start: int) -> tuple[list[str], int]:
    """Return the keys of the sources to which the links from *start* on lead, and the index after that run of links."""
    keys: list[str] = []
    end = start
    for index, node in enumerate(inlines[start:], start):
        inner = tree.children(node)
        link = inner[0] if node["t"] in {"Underline", "Superscript"} and len(inner) == 1 else node
        cited = _citation_keys(link)
        is_between = node["t"] in tree.SPACES or (node["t"] == "Str" and node["c"] in {",", ";", "–", "-"})
        if cited:
            keys += cited
            end = index + 1
        elif not (keys and is_between):
            break
    return keys, end


def _citation_keys(node: Node) -> list[str]:
    """Return the key of the source that a link leads to, or the keys of a restored citation."""
    if node["t"] == "Link":
        match = CITED.search(node["c"][2][0])
        return [match[1]] if match else []
    return [citation["citationId"] for citation in node["c"][0]] if node["t"] == "Cite" and not node["c"][1] else []


def _string(text: str) -> Nodes:
    return [tree.string(text)] if text else []
