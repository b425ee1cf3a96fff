"""A text of a document from elsewhere, written as the translation of a unit: with our syntax and the unit's marks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from polyleaf import tree, units
from polyleaf.alignment.mark_matching import Pairing, whole
from polyleaf.facts.markup import parse_markup
from polyleaf.units import message, parsing, validation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from polyleaf.model import Node, Nodes, Unit

END = re.compile(r"[.!?…؟。！？][\"'”’»)\]]*$")
"""How the last word of a sentence ends."""

NO_GAP = re.compile(r" (?=[.,;:!?](?:\s|$))")
"""What a citation leaves behind before the sign that ends a sentence."""

SPARED = {"Emph": "*", "Strong": "**"}
FULL_WIDTH = "。！？"


@dataclass(frozen=True, slots=True)
class Written:
    """A translation on its way: its unit, the inlines that it is to say, and the text that says it."""

    unit: Unit
    inlines: Nodes
    text: str


def translations(requests: Sequence[tuple[Unit, Nodes]]) -> list[str]:
    """Return for each unit and the inlines of its translation a text that the unit takes; empty when there is none.

    Marks are named as the unit names them; what the unit has no mark for is dropped to its text, and a mark that
    the translation lacks stays missing. Every text was read back by pandoc and says what the inlines say: one that
    does not in its plain form has all punctuation escaped, and where even that fails only the words are kept.
    """
    done: dict[int, str] = {}
    rest = dict(enumerate(requests))
    for strict, bare in ((False, False), (True, False), (True, True)):
        drafts = {at: _written(unit, inlines, strict=strict, bare=bare) for at, (unit, inlines) in rest.items()}
        done |= {at: draft.text for at, draft in drafts.items() if draft.text == draft.unit.message}
        asked = {at: draft for at, draft in drafts.items() if draft.text and at not in done}
        read = units.parse_translations([(draft.unit, draft.text) for draft in asked.values()])
        right = zip(asked.items(), read, strict=True)
        done |= {at: draft.text for (at, draft), blocks in right if _is_right(draft, blocks)}
        rest = {at: request for at, request in rest.items() if at not in done}
    return [done.get(at, "") for at in range(len(requests))]


def sentences(inlines: Nodes) -> list[Nodes]:
    """Return *inlines* cut after every sentence that ends at their outer level; the spaces between are left out."""
    made: list[Nodes] = [[]]
    inlines = [part for node in inlines for part in _parted(node)]
    for at, node in enumerate(inlines):
        if node["t"] in tree.SPACES and made[-1] and _ends(made[-1]) and at + 1 < len(inlines):
            made.append([])
        elif made[-1] or node["t"] not in tree.SPACES:
            made[-1].append(node)
        if node["t"] == "Str" and node["c"][-1] in FULL_WIDTH and at + 1 < len(inlines):
            made.append([])
    return [one for one in made if one]


def _parted(node: Node) -> Nodes:
    """Return a word as its sentences: Chinese and Japanese put no space between them."""
    if node["t"] != "Str" or not any(sign in node["c"] for sign in FULL_WIDTH):
        return [node]
    return [tree.string(part) for part in re.findall(f"[^{FULL_WIDTH}]*[{FULL_WIDTH}]+|[^{FULL_WIDTH}]+", node["c"])]


def joined(parts: Sequence[Nodes]) -> Nodes:
    """Return the *parts* of a text as one, with a space between them."""
    return [node for at, part in enumerate(parts) for node in ([tree.element("Space")] if at else []) + part]


def words(inlines: Nodes) -> str:
    """Return what *inlines* say and every language says in words of its own: no notes, citations, images, formulas."""
    return NO_GAP.sub("", " ".join(tree.plain(list(_worded(whole(inlines)))).split()))


def _worded(inlines: Nodes) -> Iterator[Node]:
    for node in inlines:
        if node["t"] in {"Note", "Cite", "Image", "Math", "RawInline"}:
            continue
        yield tree.with_children(node, list(_worded(tree.children(node)))) if tree.children(node) else node


def _ends(inlines: Nodes) -> bool:
    """Tell whether *inlines* end a sentence, whatever notes stand behind its last word."""
    last = next((node for node in reversed(inlines) if node["t"] not in {"Note", "Cite", "Superscript"}), None)
    return last is not None and END.search(tree.plain([last])) is not None


def _written(unit: Unit, inlines: Nodes, *, strict: bool, bare: bool) -> Written:
    pairing = Pairing({} if bare else unit.marks, inlines)
    spared = set() if bare else _signs(unit.message) | {"Quoted", "Code"}
    named = list(_named(pairing.inlines, pairing.names, spared))
    named = [_unmarked(node) for node in named] if bare else named
    braces = any(not name.isalpha() for name in unit.marks)
    text = message.Writer(strict=strict).write(named, braces=braces)
    return Written(unit, list(_resolved(named, unit.marks)), re.sub(" +", " ", text).strip())


def _unmarked(node: Node) -> Node:
    """Return a word without the signs that a translation may not have when its source has none."""
    if node["t"] != "Str":
        return node
    return tree.string(re.sub(r"[*`]|~~|\[\^|:::|\{(?=[#.])", "", node["c"]))


def _signs(text: str) -> set[str]:
    """Return the kinds of elements that the message *text* shows in its Markdown."""
    marks = parse_markup(text).marks
    found = {name for name, sign in SPARED.items() if marks[sign] or marks["***"]}
    return found | {name for name, sign in validation.STRUCK.items() if sign in text}


def _named(inlines: Nodes, names: Mapping[int, str], spared: set[str]) -> Iterator[Node]:
    """Yield *inlines* with named marks for the elements in *names*, by identity, and without what is not *spared*."""
    for node in inlines:
        kind, name = node["t"], names.get(id(node), "")
        inner = list(_named(tree.children(node), names, spared))
        if name and (not name.isalpha() or tree.plain(inner)):
            yield message.make_mark(name, inner)
        elif kind in spared and kind != "Code" and tree.plain(inner):
            yield tree.with_children(node, inner)
        elif kind == "Quoted":
            marks = message.QUOTES[node["c"][0]["t"]]
            yield from (tree.string(marks[0]), *inner, tree.string(marks[1]))
        elif kind not in {"Note", "Image", "RawInline"}:
            yield from inner or _leaf(node, spared)


def _leaf(node: Node, spared: set[str]) -> Nodes:
    kind = node["t"]
    if kind in tree.SPACES:
        return [tree.element("Space")]
    if kind == "Code" and kind in spared:
        return [tree.element("Code", [tree.NO_ATTR, node["c"][1]])]
    if kind in {"Code", "Math"}:
        return [tree.string(node["c"][1])]
    return [node] if kind == "Str" else []


def _resolved(named: Nodes, marks: Mapping[str, Node]) -> Iterator[Node]:
    """Yield what is read when a message of *named* elements is read back: the nodes that the marks stand for."""
    for node in named:
        if node["t"] == "RawInline":
            yield marks[node["c"][1]]
        elif node["t"] == "Link":
            name = node["c"][2][0].removeprefix(message.LETTER)
            yield tree.with_children(marks[name], list(_resolved(node["c"][1], marks)))
        elif tree.children(node):
            yield tree.with_children(node, list(_resolved(tree.children(node), marks)))
        else:
            yield node


def _is_right(draft: Written, blocks: Nodes) -> bool:
    faults = units.find_faults(draft.unit, draft.text, blocks)
    if any(not fault.endswith(parsing.LOST) for fault in faults):
        return False
    return parsing.is_same_text(parsing.restore_inlines(blocks, draft.unit.marks)[0], draft.inlines)
