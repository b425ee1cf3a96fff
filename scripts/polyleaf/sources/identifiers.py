"""Identifiers of headings: those that pandoc makes of the words of a heading stay clear of polyleaf's own."""

from __future__ import annotations

import re
from collections.abc import Mapping

from polyleaf import tree
from polyleaf.model import Node, Nodes

RESERVED = re.compile(r"notes|polyleaf-.*|(fn|fnref|ref)-.*")
"""The ids that polyleaf makes: of notes, citations, and the titles of boxes and lists; no author may write them."""

REFERENCES = "refs"
"""The id of the list of references, which an author may write: it is where that list goes."""

PREFIX = "section-"


def free_reserved(blocks: Nodes, text: str) -> Nodes:
    """Return *blocks*, read from *text*, in which no heading has an id of polyleaf's own because of its words.

    `# Notes` gets the id `section-notes`, and links to it follow. An id that the author has written stays.
    """
    nodes = list(tree.walk(blocks))
    taken = {attr[0] for node in nodes if (attr := tree.attr(node))}
    headings = [node["c"][1][0] for node in nodes if node["t"] == "Header"]
    reserved = [name for name in headings if name == REFERENCES or RESERVED.fullmatch(name)]
    names = {name: _free_name(name, taken) for name in reserved if not _is_written(name, text)}
    return list(tree.rebuild(blocks, lambda node: _renamed(node, names))) if names else blocks


def _is_written(name: str, text: str) -> bool:
    return re.search(rf"\{{[^{{}}]*#{re.escape(name)}(?=[\s}}])|\bid=[\"']?{re.escape(name)}\b", text) is not None


def _free_name(name: str, taken: set[str]) -> str:
    free = PREFIX + name
    while free in taken:
        free = PREFIX + free
    return free


def _renamed(node: Node, names: Mapping[str, str]) -> Node:
    if node["t"] == "Header" and node["c"][1][0] in names:
        level, (name, *rest), inlines = node["c"]
        return tree.element("Header", [level, [names[name], *rest], inlines])
    if node["t"] == "Link" and node["c"][2][0].startswith("#") and node["c"][2][0][1:] in names:
        attr, inlines, (address, title) = node["c"]
        return tree.element("Link", [attr, inlines, ["#" + names[address[1:]], title]])
    return node
