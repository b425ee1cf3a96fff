"""Links of telephone numbers: each number that a reader may call is one link, on one line."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import groupby

from polyleaf import tree
from polyleaf.editions import inline_text
from polyleaf.facts import phone_numbers
from polyleaf.model import Nodes

NO_BREAK = "\u00a0"
PLAIN = frozenset(("Str", "Space", "SoftBreak"))
CLOSED = frozenset(("Link", "Cite", "Image", "Code", "Note"))
"""What has a link of its own, or may hold none; the text of a note is a paragraph by itself."""


def link_numbers(blocks: Nodes, languages: Collection[str], country: str) -> Nodes:
    """Return *blocks*, with words of *languages*, in which telephone numbers are links (RFC 3966).

    *country* is the language of the source, a gettext code: see `phone_numbers.address`. A number that is in a link
    stays in that link.
    """

    def linked(inlines: Nodes) -> Nodes:
        spans = dict(phone_numbers.find_links(inline_text.join(inlines), languages))
        return _linked(inlines, spans, 0, country) if spans else inlines

    return list(inline_text.change_paragraphs(blocks, linked, without=frozenset(("Image",))))


def _linked(inlines: Nodes, spans: Mapping[int, int], at: int, country: str) -> Nodes:
    """Return *inlines*, whose text begins at offset *at* of that of their paragraph, with links for *spans* of it."""
    linked: Nodes = []
    for is_plain, group in groupby(inlines, key=lambda node: node["t"] in PLAIN):
        nodes = list(group)
        if is_plain:
            linked += _in_words(nodes, spans, at, country)
            at += len(inline_text.join(nodes))
            continue
        for node in nodes:
            children = [] if node["t"] in CLOSED or inline_text.has_direction(node) else tree.children(node)
            linked.append(tree.with_children(node, _linked(children, spans, at, country)) if children else node)
            at += len(inline_text.join([node]))
    return linked


def _in_words(nodes: Nodes, spans: Mapping[int, int], at: int, country: str) -> Nodes:
    text, last = inline_text.join(nodes), 0
    linked: Nodes = []
    for start, end in sorted((start - at, end - at) for start, end in spans.items()):
        if start >= 0 and end <= len(text):
            number = text[start:end]
            target = [phone_numbers.address(number, country), ""]
            link = tree.element("Link", [["", [], []], [tree.string(number.replace(" ", NO_BREAK))], target])
            linked += [*tree.words(text[last:start]), link]
            last = end
    return [*linked, *tree.words(text[last:])] if last else nodes
