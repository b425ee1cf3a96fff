"""Messages written from the text of a foreign document: in the syntax of messages, with the marks of the unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from polyleaf import tree, units
from polyleaf.alignment.mark_matching import MarkMatching, restore_references
from polyleaf.facts.markup import parse_markup
from polyleaf.model import Node, Nodes, Unit
from polyleaf.units import message, parsing

END = re.compile(r"[.!?…؟。！？][\"'”’»)\]]*$")
"""The end of the last word of a sentence."""

STRAY_SPACE = re.compile(r" (?=[.,;:!?](?:\s|$))")
"""The space before a punctuation mark that is left when a citation between them is dropped."""

EMPHASIS = {"Emph": "*", "Strong": "**"}
FULL_WIDTH = "。！？"


@dataclass(frozen=True, slots=True)
class _Draft:
    """A message that is not verified yet: its unit, the inlines that it should be read as, and its text."""

    unit: Unit
    inlines: Nodes
    text: str


def write_messages(requests: Sequence[tuple[Unit, Nodes]]) -> list[str]:
    """Return for each unit and the inlines of its translation a valid message; empty when there is none.

    Marks are named as in the unit; elements for which it has no mark become plain text, and marks that the translation
    lacks stay missing. Every message is read back by pandoc and compared with the inlines. If it differs, all
    punctuation is escaped; if it still differs, the message has the words only.
    """
    messages: dict[int, str] = {}
    remaining = dict(enumerate(requests))
    for strict, bare in ((False, False), (True, False), (True, True)):
        drafts = {
            number: _draft(unit, inlines, strict=strict, bare=bare) for number, (unit, inlines) in remaining.items()
        }
        messages |= {number: draft.text for number, draft in drafts.items() if draft.text == draft.unit.message}
        unread = {number: draft for number, draft in drafts.items() if draft.text and number not in messages}
        parsed = units.parse_translations([(draft.unit, draft.text) for draft in unread.values()])
        rows = zip(unread.items(), parsed, strict=True)
        messages |= {number: draft.text for (number, draft), blocks in rows if _is_read_back(draft, blocks)}
        remaining = {number: request for number, request in remaining.items() if number not in messages}
    return [messages.get(number, "") for number in range(len(requests))]


def split_inlines(inlines: Nodes) -> list[Nodes]:
    """Return *inlines* split after every sentence that ends outside of any element, without the spaces between."""
    sentences: list[Nodes] = [[]]
    inlines = [part for node in inlines for part in _split_full_width(node)]
    for index, node in enumerate(inlines):
        is_last = index + 1 == len(inlines)
        if node["t"] in tree.SPACES and sentences[-1] and _is_sentence(sentences[-1]) and not is_last:
            sentences.append([])
        elif sentences[-1] or node["t"] not in tree.SPACES:
            sentences[-1].append(node)
        if node["t"] == "Str" and node["c"][-1] in FULL_WIDTH and not is_last:
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


def _split_full_width(node: Node) -> Nodes:
    """Return a string split into its sentences: Chinese and Japanese put no space between them."""
    if node["t"] != "Str" or not any(sign in node["c"] for sign in FULL_WIDTH):
        return [node]
    return [tree.string(part) for part in re.findall(f"[^{FULL_WIDTH}]*[{FULL_WIDTH}]+|[^{FULL_WIDTH}]+", node["c"])]


def join(parts: Sequence[Nodes]) -> Nodes:
    """Return the *parts* of a text as one, with a space between them."""
    return [node for number, part in enumerate(parts) for node in ([tree.element("Space")] if number else []) + part]


def extract_words(inlines: Nodes) -> str:
    """Return the words of *inlines* that are translated: without notes, citations, images and formulas."""
    return STRAY_SPACE.sub("", " ".join(tree.plain(list(_only_words(restore_references(inlines)))).split()))


def _only_words(inlines: Nodes) -> Iterator[Node]:
    for node in inlines:
        if node["t"] in {"Note", "Cite", "Image", "Math", "RawInline"}:
            continue
        yield tree.with_children(node, list(_only_words(tree.children(node)))) if tree.children(node) else node


def _is_sentence(inlines: Nodes) -> bool:
    """Tell whether *inlines* end a sentence, whatever notes follow its last word."""
    last = next((node for node in reversed(inlines) if node["t"] not in {"Note", "Cite", "Superscript"}), None)
    return last is not None and END.search(tree.plain([last])) is not None


def _draft(unit: Unit, inlines: Nodes, *, strict: bool, bare: bool) -> _Draft:
    matching = MarkMatching({} if bare else unit.marks, inlines)
    allowed = set() if bare else _shown_elements(unit.message) | {"Quoted", "Code"}
    named = list(_name_marks(matching.inlines, matching.names, allowed))
    named = [_strip_markup(node) for node in named] if bare else named
    braces = any(not name.isalpha() for name in unit.marks)
    text = message.Writer(strict=strict).write(named, braces=braces)
    return _Draft(unit, list(_resolve_marks(named, unit.marks)), re.sub(" +", " ", text).strip())


def _strip_markup(node: Node) -> Node:
    """Return a string without the characters that are markup, which a translation has only if its source has it."""
    if node["t"] != "Str":
        return node
    return tree.string(re.sub(r"[*`]|~~|\[\^|:::|\{(?=[#.])", "", node["c"]))


def _shown_elements(text: str) -> set[str]:
    """Return the types of the elements that are written in Markdown in the message *text*."""
    marks = parse_markup(text).marks
    emphasized = {name for name, sign in EMPHASIS.items() if marks[sign] or marks["***"]}
    return emphasized | {name for name, (sign, _) in parsing.FROM_SOURCE.items() if sign in text}


def _name_marks(inlines: Nodes, names: Mapping[int, str], allowed: set[str]) -> Iterator[Node]:
    """Yield *inlines* with named marks for the elements in *names*, by identity, and only *allowed* other elements."""
    for node in inlines:
        kind, name = node["t"], names.get(id(node), "")
        inner = list(_name_marks(tree.children(node), names, allowed))
        if name and (not name.isalpha() or tree.plain(inner)):
            yield message.make_mark(name, inner)
        elif kind in allowed and kind != "Code" and tree.plain(inner):
            yield tree.with_children(node, inner)
        elif kind == "Quoted":
            marks = tree.QUOTES[node["c"][0]["t"]]
            yield from (tree.string(marks[0]), *inner, tree.string(marks[1]))
        elif kind not in {"Note", "Image", "RawInline"}:
            yield from inner or _leaf(node, allowed)


def _leaf(node: Node, allowed: set[str]) -> Nodes:
    kind = node["t"]
    if kind in tree.SPACES:
        return [tree.element("Space")]
    if kind == "Code" and kind in allowed:
        return [tree.element("Code", [tree.NO_ATTR, node["c"][1]])]
    if kind in {"Code", "Math"}:
        return [tree.string(node["c"][1])]
    return [node] if kind == "Str" else []


def _resolve_marks(named: Nodes, marks: Mapping[str, Node]) -> Iterator[Node]:
    """Yield what a message of *named* elements is read as: with the nodes that the marks stand for."""
    for node in named:
        if node["t"] == "RawInline":
            yield marks[node["c"][1]]
        elif node["t"] == "Link":
            name = node["c"][2][0].removeprefix(message.LETTER)
            yield tree.with_children(marks[name], list(_resolve_marks(node["c"][1], marks)))
        elif tree.children(node):
            yield tree.with_children(node, list(_resolve_marks(tree.children(node), marks)))
        else:
            yield node


def _is_read_back(draft: _Draft, blocks: Nodes) -> bool:
    faults = units.find_faults(draft.unit, draft.text, blocks)
    if any(not fault.endswith(parsing.LOST) for fault in faults):
        return False
    return parsing.is_same_text(parsing.restore_inlines(blocks, draft.unit.marks)[0], draft.inlines)
