"""The skeleton of a document: what stands where, without a word; a leaflet has the same one in every language."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from polyleaf import tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from polyleaf.model import Document


def skeleton(document: Document) -> list[str]:
    """Return the bones of *document* in reading order, in words: headings, lists, tables, boxes, notes, figures."""
    bones = (BONES.get(node["t"], lambda _content: "")(node.get("c")) for node in tree.walk(document.blocks))
    return [bone for bone in bones if bone]


def differences(source: Document, translation: Document) -> Iterator[str]:
    """Yield in words where *translation* is built otherwise than *source*; nothing when both have the same skeleton.

    For a translation beside its source, and for a document of somebody else that is to become one.
    """
    before, after = skeleton(source), skeleton(translation)
    for _, start, end, from_, to in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        lost, new = before[start:end], after[from_:to]
        if lost == new:
            continue
        position = f" after {before[start - 1]} (number {start})" if start else " at the start"
        if lost and new:
            yield f"has {', '.join(new)} where the source has {', '.join(lost)}{position}"
        elif lost:
            yield f"lacks {', '.join(lost)}{position}"
        else:
            yield f"has {', '.join(new)}, which the source has not{position}"


def _table(content: list[Any]) -> str:
    head, bodies, foot = content[3], content[4], content[5]
    rows = len(head[1]) + sum(len(body[2]) + len(body[3]) for body in bodies) + len(foot[1])
    return f"a table of {rows} rows and {len(content[2])} columns"


def _list(noun: str, items: list[Any]) -> str:
    return f"a {noun} of {len(items)}"


BONES: Mapping[str, Callable[[Any], str]] = {
    "Header": lambda content: f"a heading of level {content[0]}",
    "BulletList": lambda content: _list("list", content),
    "OrderedList": lambda content: _list("numbered list", content[1]),
    "DefinitionList": lambda content: _list("list of terms", content),
    "Table": _table,
    "Div": lambda content: f"a box {' '.join(content[0][1])}".rstrip(),
    "BlockQuote": lambda _content: "a quotation",
    "Figure": lambda _content: "a figure",
    "Image": lambda _content: "an image",
    "Note": lambda _content: "a note",
}
"""What is a bone, and what to call it."""
