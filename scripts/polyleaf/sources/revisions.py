"""Comments and tracked changes of word processors in a document for import: what is left out, and how much it was.

pandoc takes the changes in a .docx or .odt as accepted and leaves its comments out. Google Docs writes comments into a
page or a plain text as marks, `[a]`, `[b]`, with a list of them at the end.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence

from polyleaf import tree
from polyleaf.model import Node, Nodes

PARTS: Mapping[str, Sequence[tuple[str, re.Pattern[bytes], str]]] = {
    ".docx": (
        ("word/document.xml", re.compile(rb"<w:(?:ins|del|moveFrom|moveTo)[ >]"), "tracked changes, taken as accepted"),
        ("word/comments.xml", re.compile(rb"<w:comment[ >]"), "comments, left out"),
    ),
    ".odt": (
        ("content.xml", re.compile(rb"<text:changed-region[ >]"), "tracked changes, taken as accepted"),
        ("content.xml", re.compile(rb"<office:annotation[ >]"), "comments, left out"),
    ),
}
"""By suffix: the parts of a packed file, what stands there for a change or a comment, and what becomes of those."""

MARK = re.compile(r"\[([a-z]{1,2})\]")
TEXTS = frozenset(("Para", "Plain", "Header"))
ANCHOR = "#cmnt"
"""How the address of a comment begins in a page of Google Docs."""


def count_revisions(suffix: str, content: bytes) -> Iterator[str]:
    """Yield how many changes and comments the file *content* holds, in words, where it holds any."""
    if suffix not in PARTS:
        return
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        for part, pattern, outcome in PARTS[suffix]:
            count = len(pattern.findall(container.read(part))) if part in container.namelist() else 0
            if count:
                yield _say(count, outcome)


def remove_comments(blocks: Nodes) -> tuple[Nodes, list[str]]:
    """Return *blocks* without the comments of Google Docs and their marks, and how many those were, in words.

    A mark is that of a comment when the list at the end has it too, and the list is one when it begins with `[a]`.
    """
    texts = [node for node in tree.walk(blocks) if node["t"] in TEXTS]
    start = next((at for at, node in enumerate(texts) if at and _mark_at_start(node) == "a"), len(texts))
    body, comments = texts[:start], texts[start:]
    lines = [line for node in comments for line in _lines(node)]
    names = {match[1] for line in lines if (match := MARK.match(line))}
    is_list = bool(lines) and all(MARK.match(line) for line in lines)
    if not is_list or names != set(MARK.findall(" ".join(line for node in body for line in _lines(node)))):
        return blocks, []

    without_list = tree.rebuild(blocks, lambda node: [] if node in comments else node)
    cleaned = list(tree.rebuild(tree.rebuild(without_list, _without_mark), _without_empty))
    return cleaned, [_say(len(names), "comments, left out")]


def _without_mark(node: Node) -> Node | Nodes:
    if node["t"] == "Link" and node["c"][2][0].startswith(ANCHOR):
        return []
    return tree.string(MARK.sub("", node["c"])) if node["t"] == "Str" else node


def _without_empty(node: Node) -> Node | Nodes:
    """Return *node*, and nothing where only a mark of a comment was in it."""
    is_empty = (node["t"] == "Superscript" and not node["c"]) or node == tree.string("")
    return [] if is_empty else node


def _lines(node: Node) -> list[str]:
    """Return the lines of a paragraph or heading, without their markup."""
    lines: list[Nodes] = [[]]
    for inline in node["c"][2] if node["t"] == "Header" else node["c"]:
        if inline["t"] in {"SoftBreak", "LineBreak"}:
            lines.append([])
        else:
            lines[-1].append(inline)
    return [tree.plain(line) for line in lines]


def _mark_at_start(node: Node) -> str:
    match = MARK.match(_lines(node)[0]) if node["t"] != "Header" else None
    return match[1] if match else ""


def _say(count: int, outcome: str) -> str:
    """Return that there are *count* things, `comments, left out`, in words."""
    return f"it has {count} {outcome.replace('s,', ',', 1) if count == 1 else outcome}"
