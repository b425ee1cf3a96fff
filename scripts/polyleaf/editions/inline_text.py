"""Text of a paragraph across its markup: read as one string, and changed at offsets of that string."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any

from polyleaf import tree
from polyleaf.model import Node, Nodes

TEXT = frozenset(("Str", "Space", "SoftBreak", "LineBreak", "Code", "Math", "RawInline", "Image", "Note"))
STYLED = frozenset(("Emph", "Underline", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps"))
INLINES = TEXT | STYLED | frozenset(("Quoted", "Cite", "Link", "Span"))
"""The kinds of inline elements of pandoc's tree."""

APART = "\0"
"""What stands for an element that no number goes on behind: a line break, an image, a passage with its direction."""

Change = Callable[[Nodes], Nodes]
Span = tuple[int, int]
"""From where to before where in the text of a paragraph."""


def change_paragraphs(value: Any, change: Change, without: frozenset[str] = frozenset()) -> Any:  # noqa: ANN401 - as in tree.walk
    """Return *value* with every run of inlines as *change* makes it: those in notes, passages and images too.

    What is in elements of the kinds in *without* stays as it is.
    """
    if isinstance(value, dict):
        return {key: change_paragraphs(part, change, without) for key, part in value.items()}
    if not isinstance(value, list):
        return value
    if not any(isinstance(part, dict) and part.get("t") in INLINES for part in value):
        return [change_paragraphs(part, change, without) for part in value]
    return change(list(_replaced(value, (_with_own_paragraphs(leaf, change, without) for leaf in _leaves(value)))))


def surround(inlines: Nodes, spans: Iterable[Span], before: str, after: str) -> Nodes:
    """Return *inlines* with signs *before* and *after* each of *spans*, where these begin and end in words."""
    leaves = list(_leaves(inlines))
    ends = list(accumulate(len(_text(leaf)) for leaf in leaves))
    inserted: dict[int, list[tuple[int, str]]] = {}
    for start, end in spans:
        first, last = (next(at for at, stop in enumerate(ends) if offset < stop) for offset in (start, end - 1))
        if leaves[first]["t"] == leaves[last]["t"] == "Str":
            inserted.setdefault(first, []).append((start - ends[first], before))
            inserted.setdefault(last, []).append((end - ends[last], after))
    return list(_replaced(inlines, (_with_signs(leaf, inserted.get(at, ())) for at, leaf in enumerate(leaves))))


def replace_spaces(inlines: Nodes, spans: Sequence[Span], space: str) -> Nodes:
    """Return *inlines* with *space* for each space within one of *spans*."""
    leaves = list(_leaves(inlines))
    ends = list(accumulate(len(_text(leaf)) for leaf in leaves))
    within = [any(start < end and stop > end - 1 for start, stop in spans) for end in ends]
    pairs = zip(leaves, within, strict=True)
    return list(_replaced(inlines, (tree.string(space) if held and is_space(leaf) else leaf for leaf, held in pairs)))


def join(inlines: Nodes) -> str:
    """Return the text of *inlines* without that of notes; see `APART`."""
    return "".join(map(_text, _leaves(inlines)))


def is_space(node: Node) -> bool:
    """Tell whether *node* is a space of the source, also one at the end of a line."""
    return node["t"] in {"Space", "SoftBreak"}


def _leaves(inlines: Nodes) -> Iterator[Node]:
    for node in inlines:
        if _is_leaf(node):
            yield node
        else:
            yield from _leaves(tree.children(node))


def _is_leaf(node: Node) -> bool:
    return node["t"] == "Image" or not tree.children(node) or has_direction(node)


def has_direction(node: Node) -> bool:
    """Tell whether *node* says in which direction its text is read."""
    attr = tree.attr(node)
    return attr is not None and "dir" in dict(attr[2])


def _text(leaf: Node) -> str:
    if leaf["t"] in {"Str", "Code", "Math"}:
        return tree.plain([leaf]) if leaf["t"] != "Str" else str(leaf["c"])
    return " " if is_space(leaf) else "" if leaf["t"] == "Note" else APART


def _replaced(inlines: Nodes, leaves: Iterator[Node]) -> Iterator[Node]:
    """Yield *inlines* with the next of *leaves* for each that they have."""
    for node in inlines:
        yield (
            next(leaves) if _is_leaf(node) else tree.with_children(node, list(_replaced(tree.children(node), leaves)))
        )


def _with_own_paragraphs(leaf: Node, change: Change, without: frozenset[str]) -> Node:
    content = tree.content(leaf)
    if leaf["t"] in without or not isinstance(content, list):
        return leaf
    return tree.element(leaf["t"], change_paragraphs(content, change, without))


def _with_signs(leaf: Node, signs: Iterable[tuple[int, str]]) -> Node:
    """Return *leaf* with *signs* at offsets from its end; of two at one offset the first comes first."""
    text = _text(leaf)
    size = len(text)
    for offset, sign in reversed(list(signs)):
        text = text[: size + offset] + sign + text[size + offset :]
    return tree.string(text) if len(text) > size else leaf
