"""Localization notes (ITS 2.0): what an author tells translators, and readers never see.

`<!-- translators: ... -->` before a block is about every message in that block; inside a text it is about that
text. `context="..."` on a box, on a heading or on `[words]` that are a whole text makes the context of the messages
there. `translate=no`, as HTML has it, on a box, a heading or `[words]` keeps them as they are in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from polyleaf import tree
from polyleaf.model import Document, Node, Nodes
from polyleaf.quotations import quote

CONTEXT, TRANSLATE = "context", "translate"
ATTRIBUTES = frozenset((CONTEXT, TRANSLATE))
ELEMENTS = frozenset(("Div", "Header", "Span"))
"""The elements that may have these attributes."""

HTML = re.compile(r"\s*<!--((?:(?!-->).)*)-->\s*", re.DOTALL)
COMMENT = re.compile(r"\s*translators?\s*:(.*)", re.DOTALL | re.IGNORECASE)
FORMAT = "translators"
"""What a comment for translators is in the tree: raw text for a format of this name."""


def convert_comment(node: Node) -> Node | Nodes:
    """Return *node*; raw text of FORMAT for an HTML comment to translators, nothing for another HTML comment."""
    if node["t"] not in {"RawBlock", "RawInline"} or node["c"][0] != "html":
        return node
    html = HTML.fullmatch(node["c"][1])
    if not html:
        return node
    match = COMMENT.fullmatch(html[1])
    text = " ".join(match[1].split()) if match else ""
    return tree.element(node["t"], [FORMAT, text]) if text else []


def read_comment(node: Node) -> str:
    """Return what *node* tells translators, nothing when it is no comment for them."""
    is_raw = node["t"] in {"RawBlock", "RawInline"}
    return str(node["c"][1]) if is_raw and node["c"][0] == FORMAT else ""


def find_comments(value: Any) -> list[str]:  # noqa: ANN401 - as in tree.walk
    """Return every comment for translators in *value*."""
    return [text for node in tree.walk(value) if (text := read_comment(node))]


def split_comments(inlines: Nodes) -> tuple[list[str], Nodes]:
    """Return the comments among *inlines*, but for those in notes, and the inlines without them."""
    comments = [text for node in inlines for text in _comments_outside_notes(node)]
    return comments, _trimmed(_without_comments(inlines)) if comments else inlines


def unwrap_context(inlines: Nodes) -> tuple[str, Nodes]:
    """Return the context in `[...]{context=...}` around all of *inlines* (or nothing), and the inlines without it."""
    if len(inlines) != 1 or inlines[0]["t"] != "Span":
        return "", inlines
    attr, inside = inlines[0]["c"]
    context, attr = split_context(attr)
    if not context:
        return "", inlines
    return context, inside if attr == tree.NO_ATTR else [tree.element("Span", [attr, inside])]


def split_context(attr: Any) -> tuple[str, list[Any]]:  # noqa: ANN401 - a list as pandoc's JSON has it
    """Return the context among the attributes *attr* of an element, and the attributes without it."""
    identifier, classes, pairs = attr
    return dict(pairs).get(CONTEXT, ""), [identifier, classes, [pair for pair in pairs if pair[0] != CONTEXT]]


def is_kept(node: Node) -> bool:
    """Tell whether *node* stays as it is in every language."""
    return node["t"] in ELEMENTS and [TRANSLATE, "no"] in (tree.attr(node) or tree.NO_ATTR)[2]


def remove_comments(value: Any) -> Any:  # noqa: ANN401 - as in tree.walk
    """Return *value*, a part of a tree, without comments for translators."""
    return tree.rebuild(value, lambda node: [] if read_comment(node) else node)


def remove_notes(value: Any) -> Any:  # noqa: ANN401 - as in tree.walk
    """Return *value*, a part of a tree, without comments and contexts."""

    def change(node: Node) -> Node | Nodes:
        if read_comment(node):
            return []
        if node["t"] not in ELEMENTS:
            return node
        parts = [split_context(part)[1] if part is tree.attr(node) else part for part in node["c"]]
        return tree.element(node["t"], parts)

    return tree.rebuild(value, change)


def find_translated_images(document: Document) -> set[str]:
    """Return the names of the images that *document* shows where it is translated."""

    def change(node: Node) -> Node | Nodes:
        return [] if is_kept(node) else node

    values = [document.blocks, *document.front.texts.values()]
    return {node["c"][2][0] for node in tree.walk(tree.rebuild(values, change)) if node["t"] == "Image"}


def find_faults(document: Document) -> Iterator[tuple[str, str, str]]:
    """Yield needle, fact and hint for each attribute that would tell translators nothing."""
    whole_texts: list[Node] = []
    for node in tree.walk(document.blocks):
        runs = [split_comments(inlines)[1] for inlines in own_texts(node)]
        whole_texts += [run[0] for run in runs if len(run) == 1]
        for key, value in (tree.attr(node) or tree.NO_ATTR)[2]:
            if key in ATTRIBUTES and node["t"] not in ELEMENTS:
                hint = f'Put a box around it: ::: {{{key}="{value}"}}.'
                yield f"{key}=", f"the attribute {quote(key)} may be on a box, a heading or [words] only", hint
    values = [document.blocks, *document.front.texts.values()]
    for span in (node for node in tree.walk(values) if node["t"] == "Span"):
        context = split_context(span["c"][0])[0]
        if context and not any(span is text for text in whole_texts):
            hint = "Put the brackets around the whole text, or the attribute on a box around it."
            yield context, f"the context {quote(context)} is around a part of a text only, or in the front matter", hint


def own_texts(node: Node) -> list[Nodes]:
    """Return the texts that *node* holds directly, each a run of inlines."""
    name, content = node.get("t"), tree.content(node)
    if name in {"Para", "Plain"}:
        return [content]
    if name == "Header":
        return [content[2]]
    if name == "LineBlock":
        return list(content or ())
    return [term for term, _ in content or ()] if name == "DefinitionList" else []


def _comments_outside_notes(node: Node) -> Iterator[str]:
    if text := read_comment(node):
        yield text
    for child in tree.children(node):
        yield from _comments_outside_notes(child)


def _without_comments(inlines: Nodes) -> Nodes:
    """Return *inlines* without comments and without a second space where one stood between two."""
    kept: Nodes = []
    for node in inlines:
        if read_comment(node) or (_is_space(node) and kept and _is_space(kept[-1])):
            continue
        has_comment = any(_comments_outside_notes(node))
        kept.append(tree.with_children(node, _without_comments(tree.children(node))) if has_comment else node)
    return kept


def _trimmed(inlines: Nodes) -> Nodes:
    start = 1 if inlines and _is_space(inlines[0]) else 0
    end = len(inlines) - (1 if len(inlines) > start and _is_space(inlines[-1]) else 0)
    return inlines[start:end]


def _is_space(node: Node) -> bool:
    return node["t"] in {"Space", "SoftBreak"}
