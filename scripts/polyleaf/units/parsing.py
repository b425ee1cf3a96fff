"""The way back from a message: what pandoc read in a translation becomes the inlines of the tree again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from polyleaf import tree
from polyleaf.units.message import LETTER, PRIVATE, QUOTES, STRAY, format_mark, is_opaque, join_strings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from polyleaf.model import Node, Nodes

WORD = r"[^\W\d_]+(?:-[^\W\d_]+)*"
FIRST = re.compile(WORD + "[,?!]?")
NEXT = re.compile(rf"(?:{WORD}|\d+)[,?!]?")
CLOSING = re.compile(r"[^\W\d_]{5,}\.")
"""A word that ends a sentence: long enough to be none of pandoc's abbreviations, after which a space does not break."""

LAST = re.compile(rf"(?:{WORD}|\d+)\.")

LOST = " is lost"
"""How the fault ends that a translation lacks a mark."""


def parse_plain(text: str) -> Nodes | None:
    """Return the inlines of *text* when it is words, figures and ends of sentences only, None when pandoc must say.

    That pandoc reads them so is tested on thousands of runs of words, signs and abbreviations in any order.
    """
    first, *rest = text.split(" ")
    if not (FIRST.fullmatch(first) or (CLOSING.fullmatch(first) and rest)):
        return None
    for at, word in enumerate(rest, 1):
        end = at == len(rest) and LAST.fullmatch(word)
        if not (NEXT.fullmatch(word) or CLOSING.fullmatch(word) or end):
            return None
    return tree.words(text)


def restore_inlines(blocks: Nodes, marks: Mapping[str, Node]) -> tuple[Nodes, list[str]]:
    """Return the inlines that a message stands for, and what is wrong with it, in words.

    *blocks* is what pandoc read from `to_markdown`. A message must be one run of inlines and must have each
    mark once; it may not bring links, notes, images or HTML of its own.
    """
    if len(blocks) != 1 or blocks[0]["t"] not in {"Para", "Plain"}:
        kind = _kinds(blocks)
        return [], [f"it makes {kind} and must be one run of text"]
    back = _MarkRestorer(marks)
    made = back.inlines(blocks[0]["c"])
    faults = back.faults()
    if not faults and _nested(list(marks.values())) and not _nested(made):
        faults = ["the marks of HTML must open and close around the same text, in the order of the source"]
    return made, faults


def is_same_text(first: Nodes, second: Nodes) -> bool:
    """Tell whether two runs of inlines read the same: quotes as characters, words joined, ends trimmed."""
    return _normalized(first) == _normalized(second)


class _MarkRestorer:
    """Puts the nodes behind the marks in the place of the marks."""

    def __init__(self, marks: Mapping[str, Node]) -> None:
        self._marks = marks
        self._named = [name for name in marks if not name.isalpha()]
        self._seen: list[str] = []
        self._strange: list[str] = []

    def inlines(self, inlines: Nodes) -> Nodes:
        return [made for node in inlines for made in self._one(node)]

    def faults(self) -> list[str]:
        lost = [format_mark(name) for name in self._marks if name not in self._seen]
        twice = [format_mark(name) for name in self._marks if self._seen.count(name) > 1]
        found = [f"the mark {name}{LOST}" for name in lost] + [f"the mark {name} is there twice" for name in twice]
        return found + list(dict.fromkeys(self._strange))

    def _one(self, node: Node) -> Iterator[Node]:
        name = node["t"]
        if name == "Str":
            yield from self._split(node["c"])
        elif name == "Link" and str(node["c"][2][0]).startswith(LETTER):
            yield self._wrapped(node)
        elif name in STRANGE:
            self._strange.append(f"{STRANGE[name]} is not in the source")
        elif name == "Code":
            if node["c"][0] != tree.NO_ATTR:
                self._strange.append("code with attributes is not in the source")
            if any(ord(char) >= PRIVATE for char in node["c"][1]):
                self._strange.append("a mark may not stand inside code")
            yield node
        elif tree.children(node):
            yield tree.with_children(node, self.inlines(tree.children(node)))
        else:
            yield node

    def _wrapped(self, node: Node) -> Node:
        name = str(node["c"][2][0]).removeprefix(LETTER)
        self._seen.append(name)
        if name not in self._marks:
            self._strange.append(f"the mark {format_mark(name)} is not in the source")
        inner = self.inlines(node["c"][1])
        if not tree.plain(inner) and not any(is_opaque(child) for child in inner):
            self._strange.append(f"there is no text in {format_mark(name)}")
        return tree.with_children(self._marks.get(name, node), inner)

    def _split(self, text: str) -> Iterator[Node]:
        found = re.findall(f"{STRAY}(\\w+){STRAY}", text)
        self._strange += [f"the mark {format_mark(name)} is not in the source" for name in found]
        text = re.sub(f"{STRAY}\\w+{STRAY}", "", text)
        for part in re.split(r"([\U000F0000-\U0010FFFF])", text):
            if len(part) == 1 and ord(part) >= PRIVATE:
                at = ord(part) - PRIVATE
                if at < len(self._named):
                    self._seen.append(self._named[at])
                    yield self._marks[self._named[at]]
                else:
                    self._strange.append(f"the character U+{ord(part):X} belongs to no writing")
            elif part:
                yield tree.string(part)


TAG = re.compile(r"<(/?)([a-z]+)\b[^<>]*>", re.IGNORECASE)
VOID = frozenset(("br", "wbr"))


def _nested(inlines: Nodes) -> bool:
    """Tell whether every HTML element in *inlines* is closed in the run in which it is opened."""
    opened: list[str] = []
    for node in inlines:
        tag = TAG.fullmatch(node["c"][1]) if node["t"] == "RawInline" else None
        name = tag[2].lower() if tag else ""
        if tag and tag[1]:
            if not opened or opened.pop() != name:
                return False
        elif tag and name not in VOID:
            opened.append(name)
        elif not _nested(tree.children(node) if not is_opaque(node) else []):
            return False
    return not opened


STRANGE = {
    "Note": "this footnote",
    "Cite": "this citation (an @ sign: write \\@)",
    "Image": "this image",
    "Math": "this formula",
    "RawInline": "this HTML",
    "Link": "this link",
    "Span": "this bracketed span",
    "LineBreak": "this line break",
    "Underline": "this underline",
    "SmallCaps": "this span of small capitals",
}


WARNED = tree.element("Warned")
"""Stands for what pandoc reads with a warning."""


def _kinds(blocks: Nodes) -> str:
    names = {
        "BulletList": "a list",
        "OrderedList": "a list",
        "Header": "a heading",
        "CodeBlock": "a code block",
    }
    names |= {
        "BlockQuote": "a quotation",
        "Table": "a table",
        "RawBlock": "HTML",
        "Div": "a box",
        "HorizontalRule": "a rule",
        "Warned": "a box or note that is not closed or not used",
    }
    if not blocks:
        return "no text at all"
    if len(blocks) > 1:
        return "more than one paragraph"
    return names.get(blocks[0]["t"], "something else")


def _normalized(inlines: Nodes) -> Nodes:
    flat: Nodes = []
    for node in inlines:
        if node["t"] == "Quoted":
            marks = QUOTES[node["c"][0]["t"]]
            flat += [tree.string(marks[0]), *_normalized_inside(node["c"][1]), tree.string(marks[1])]
        elif node["t"] in {"Space", "SoftBreak"}:
            flat.append(tree.string(" "))
        elif is_opaque(node):
            flat.append(node)
        elif tree.children(node):
            flat.append(tree.with_children(node, _normalized_inside(tree.children(node))))
        else:
            flat.append(node)
    whole = [tree.string(re.sub(" +", " ", node["c"])) if node["t"] == "Str" else node for node in join_strings(flat)]
    return _trimmed(whole)


def _normalized_inside(inlines: Nodes) -> Nodes:
    """As `_normalized`, with a letter on either side so that the ends are kept."""
    framed = _normalized([tree.string("x"), *inlines, tree.string("x")])
    first, last = framed[0], framed[-1]
    if len(framed) == 1:
        return [tree.string(first["c"][1:-1])] if first["c"] != "xx" else []
    inner = [tree.string(first["c"][1:]), *framed[1:-1], tree.string(last["c"][:-1])]
    return [node for node in inner if node != tree.string("")]


def _trimmed(nodes: Nodes) -> Nodes:
    made = list(nodes)
    if made and made[0]["t"] == "Str":
        made[0] = tree.string(made[0]["c"].lstrip(" "))
    if made and made[-1]["t"] == "Str":
        made[-1] = tree.string(made[-1]["c"].rstrip(" "))
    return [node for node in made if node != tree.string("")]
