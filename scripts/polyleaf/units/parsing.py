"""Parsing of translations: what pandoc read becomes inlines of the tree, with the nodes of its marks.

Refused are invisible characters, and Markdown that the source does not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from polyleaf import tree
from polyleaf.code_spans import CODE
from polyleaf.errors import SourceError
from polyleaf.model import Node, Nodes, Unit
from polyleaf.sources import encoding, unparsed_markup
from polyleaf.sources.positions import escaped_in, find_line_with
from polyleaf.units.message import (
    LETTER,
    MARK,
    PRIVATE,
    UNKNOWN,
    format_mark,
    is_opaque,
    join_strings,
    opaque_names,
    same_links,
)

WORD = r"[^\W\d_]+(?:-[^\W\d_]+)*"
FIRST = re.compile(WORD + "[,?!]?")
NEXT = re.compile(rf"(?:{WORD}|\d+)[,?!]?")
CLOSING = re.compile(r"[^\W\d_]{5,}\.")
"""A word that ends a sentence: long enough to be none of pandoc's abbreviations, after which a space does not break."""

LAST = re.compile(rf"(?:{WORD}|\d+)\.")

LOST = " is lost"
"""How the fault ends that a translation lacks a mark."""

TAG = re.compile(r"<(/?)([a-z]+)\b[^<>]*>", re.IGNORECASE)
VOID = frozenset(("br", "wbr"))

ADDED = {
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
"""What a translation may have as a mark only."""

WARNED, EXCEEDED = tree.element("Warned"), tree.element("Exceeded")
"""Stand for what pandoc reads with a warning, and for what takes it too much time or memory."""

BLOCKS = {
    "BulletList": "a list",
    "OrderedList": "a list",
    "Header": "a heading",
    "CodeBlock": "a code block",
    "BlockQuote": "a quotation",
    "Table": "a table",
    "RawBlock": "HTML",
    "Div": "a box",
    "HorizontalRule": "a rule",
    "Warned": "a box or note that is not closed or not used",
}

MARKS = re.compile(f"{UNKNOWN}\\w+{UNKNOWN}|[{chr(PRIVATE)}-\U0010ffff]")
"""What stands for marks while pandoc reads a message."""

FROM_SOURCE = {
    "Strikeout": ("~~", "a text struck out"),
    "Subscript": ("~", "a subscript"),
    "Superscript": ("^", "a superscript"),
}
"""What a translation may have only where its source has it, with its sign: a dose that is struck out is no dose."""

NAME = r"[^\W\d_][\w:.-]*+"
VALUE = r"""(?:"(?:\\.|[^"\\])*+"|'(?:\\.|[^'\\])*+'|(?:\\.|[^\s}\\])*+)"""
ATTRIBUTE = rf"[#](?:[^\W_]|[-_:.])[\w:.-]*+|\.{NAME}|{NAME}={VALUE}|-"
ATTRIBUTES = re.compile(rf"(?<!\\)\]\[[^\[\]]*\](?!{MARK.pattern})(?P<text>\{{\s*+(?:(?:{ATTRIBUTE})\s*+)*+\}})")
"""Attributes after a reference: pandoc drops them, also where the reference leads nowhere and is printed.

https://pandoc.org/MANUAL.html#extension-attributes"""

ENTITY = re.compile(r"(?<!\\)&(?:#\d+|#[xX][\da-fA-F]+|[A-Za-z][A-Za-z\d]*);")
CHANGED = (
    (ENTITY, "{0} is printed as another sign: write the sign itself, or \\{0}"),
    (ATTRIBUTES, "{0} after brackets is not printed: write \\{0}"),
    (re.compile(r"\\\t"), "a tab stands behind a backslash: write a space alone"),
)
"""What is printed otherwise than it is written, and the fact."""

MARKUP = re.compile(r"\\(.)|[*`~^\[\]]|(?<!\w)_|_(?!\w)")
"""A sign that stands for itself in a message, and one that does not."""

VERBATIM = "to print it as it is, write:"
LOOSE = frozenset("*_`~^")
"""Signs that no translation leaves beside a space either, where its source has them as markup."""

ENUMERATOR = re.compile(r"\(?(?:\d+|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+)(?=[.)]\s)")
"""What opens a numbered list at the start of a paragraph, up to its dot or bracket: `2. Woche`, `(a) `."""
INVISIBLE = "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0"
BESIDE_FIGURE = re.compile(rf"(?<=\d)[{INVISIBLE}]+(?=\w)|(?<=\w)[{INVISIBLE}]+(?=\d)")
"""Invisible characters between a figure and what it would run into: `2` and `500` would be printed as 2500."""


def parse_plain(text: str) -> Nodes | None:
    """Return the inlines of *text* when it is words, figures and ends of sentences only, else None.

    That pandoc reads them so is tested on thousands of runs of words, signs and abbreviations in any order.
    """
    first, *others = text.split(" ")
    if not (FIRST.fullmatch(first) or (CLOSING.fullmatch(first) and others)):
        return None
    for number, word in enumerate(others, 1):
        is_last = number == len(others) and LAST.fullmatch(word)
        if not (NEXT.fullmatch(word) or CLOSING.fullmatch(word) or is_last):
            return None
    return tree.words(text)


def as_text(text: str) -> str:
    """Return the translation *text* with a number at its start that opens no list: only inlines may be there."""
    match = ENUMERATOR.match(text)
    return f"{text[: match.end()]}\\{text[match.end() :]}" if match else text


def restore_inlines(blocks: Nodes, marks: Mapping[str, Node]) -> tuple[Nodes, list[str]]:
    """Return the inlines that a message stands for, and what is wrong with it, in words.

    *blocks* is what pandoc read from `to_markdown`. A message must be one run of inlines and must have each
    mark once; it may not bring links, notes, images or HTML of its own.
    """
    if blocks == [EXCEEDED]:
        return [], ["it takes too long to read: tags, brackets, backticks or quotation marks in it do not close"]
    if len(blocks) != 1 or blocks[0]["t"] not in {"Para", "Plain"}:
        return [], [f"it makes {_describe_blocks(blocks)} and must be one run of text"]
    restorer = _MarkRestorer(marks)
    inlines = restorer.restore(blocks[0]["c"])
    faults = restorer.faults()
    if not faults and _is_balanced(list(marks.values())) and not _is_balanced(inlines):
        faults = ["the marks of HTML must open and close around the same text, in the order of the source"]
    return inlines, faults


def is_same_text(first: Nodes, second: Nodes) -> bool:
    """Tell whether two runs of inlines read the same: quotes as characters, words joined, ends trimmed."""
    return _normalized(first) == _normalized(second)


class _MarkRestorer:
    """Replaces the marks in a message by their nodes."""

    def __init__(self, marks: Mapping[str, Node]) -> None:
        self._marks = marks
        self._opaque = opaque_names(marks)
        self._used: list[str] = []
        self._added: list[str] = []

    def restore(self, inlines: Nodes) -> Nodes:
        return [restored for node in inlines for restored in self._restore_node(node)]

    def faults(self) -> list[str]:
        links = same_links(self._marks)
        merged = {links[name] for name in self._used if name in links}
        unused = [name for name in self._marks if name not in self._used and links.get(name) not in merged]
        lost = [f"the mark {format_mark(name)}{LOST}" for name in unused]
        twice = [f"the mark {format_mark(name)} is there twice" for name in self._marks if self._used.count(name) > 1]
        return lost + twice + list(dict.fromkeys(self._added))

    def _restore_node(self, node: Node) -> Iterator[Node]:
        name = node["t"]
        if name == "Str":
            yield from self._restore_string(node["c"])
        elif name == "Link" and str(node["c"][2][0]).startswith(LETTER):
            yield self._restore_wrapper(node)
        elif name in ADDED:
            self._added.append(f"{ADDED[name]} is not in the source")
        elif name == "Code":
            if node["c"][0] != tree.NO_ATTR:
                self._added.append("code with attributes is not in the source")
            if any(ord(char) >= PRIVATE for char in node["c"][1]):
                self._added.append("a mark may not stand inside code")
            yield node
        elif tree.children(node):
            yield tree.with_children(node, self.restore(tree.children(node)))
        else:
            yield node

    def _restore_wrapper(self, node: Node) -> Node:
        name = str(node["c"][2][0]).removeprefix(LETTER)
        self._used.append(name)
        if name not in self._marks:
            self._added.append(f"the mark {format_mark(name)} is not in the source")
        inside = self.restore(node["c"][1])
        if not tree.plain(inside) and not any(is_opaque(child) for child in inside):
            self._added.append(f"there is no text in {format_mark(name)}")
        return tree.with_children(self._marks.get(name, node), inside)

    def _restore_string(self, text: str) -> Iterator[Node]:
        unknown = re.findall(f"{UNKNOWN}(\\w+){UNKNOWN}", text)
        self._added += [f"the mark {format_mark(name)} is not in the source" for name in unknown]
        text = re.sub(f"{UNKNOWN}\\w+{UNKNOWN}", "", text)
        for part in re.split(r"([\U000F0000-\U0010FFFF])", text):
            number = ord(part) - PRIVATE if len(part) == 1 else -1
            if 0 <= number < len(self._opaque):
                self._used.append(self._opaque[number])
                yield self._marks[self._opaque[number]]
            elif number >= 0:
                self._added.append(f"the character U+{ord(part):X} belongs to no writing")
            elif part:
                yield tree.string(part)


def _is_balanced(inlines: Nodes) -> bool:
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
        elif not _is_balanced(tree.children(node) if not is_opaque(node) else []):
            return False
    return not opened


def _describe_blocks(blocks: Nodes) -> str:
    if not blocks:
        return "no text at all"
    return "more than one paragraph" if len(blocks) > 1 else BLOCKS.get(blocks[0]["t"], "something else")


def _normalized(inlines: Nodes) -> Nodes:
    flat: Nodes = []
    for node in inlines:
        if node["t"] == "Quoted":
            marks = tree.QUOTES[node["c"][0]["t"]]
            flat += [tree.string(marks[0]), *_normalized_inside(node["c"][1]), tree.string(marks[1])]
        elif node["t"] in {"Space", "SoftBreak"}:
            flat.append(tree.string(" "))
        elif not is_opaque(node) and tree.children(node):
            flat.append(tree.with_children(node, _normalized_inside(tree.children(node))))
        else:
            flat.append(node)
    return _trimmed(
        [tree.string(re.sub(" +", " ", node["c"])) if node["t"] == "Str" else node for node in join_strings(flat)]
    )


def _normalized_inside(inlines: Nodes) -> Nodes:
    """As `_normalized`, with a letter on either side so that the ends are kept."""
    framed = _normalized([tree.string("x"), *inlines, tree.string("x")])
    first, last = framed[0], framed[-1]
    if len(framed) == 1:
        return [tree.string(first["c"][1:-1])] if first["c"] != "xx" else []
    inside = [tree.string(first["c"][1:]), *framed[1:-1], tree.string(last["c"][:-1])]
    return [node for node in inside if node != tree.string("")]


def _trimmed(nodes: Nodes) -> Nodes:
    trimmed = list(nodes)
    if trimmed and trimmed[0]["t"] == "Str":
        trimmed[0] = tree.string(trimmed[0]["c"].lstrip(" "))
    if trimmed and trimmed[-1]["t"] == "Str":
        trimmed[-1] = tree.string(trimmed[-1]["c"].rstrip(" "))
    return [node for node in trimmed if node != tree.string("")]


def find_refusals(text: str) -> list[str]:
    """Return in words why the translation *text* is not given to pandoc at all; nothing when it is."""
    if "\n" in text:
        return ["it has more than one line"]
    if forbidden := encoding.find_forbidden_character(text):
        return [forbidden]
    for pattern, fact in CHANGED:
        if match := pattern.search(CODE.sub("", text)):
            return [fact.format(match[match.lastindex or 0])]
    if invisible := BESIDE_FIGURE.search(text):
        return [f"the character U+{ord(invisible.group()[0]):04X}, which nobody sees, stands beside a figure"]
    try:
        encoding.check_brackets(text, "", 1)
    except SourceError:
        return [f"more than {encoding.DEEPEST} square brackets are open inside one another"]
    return []


def find_additions(unit: Unit, text: str, blocks: Nodes) -> list[str]:
    """Return in words what the translation *text*, read as *blocks*, has, and its source, the *unit*, has not."""
    return list(
        dict.fromkeys([*_raised_or_struck(unit.message, blocks), *_unparsed(unit, text, blocks), *_hidden(blocks)])
    )


def _raised_or_struck(message: str, blocks: Nodes) -> Iterator[str]:
    for node in tree.walk(blocks):
        sign, noun = FROM_SOURCE.get(node["t"], ("", ""))
        if sign and sign not in message:
            escape = "".join("\\" + char for char in sign)
            yield f"{noun} is not in the source ({VERBATIM} {escape}{tree.plain(node['c'])}{escape})"


def _unparsed(unit: Unit, text: str, blocks: Nodes) -> Iterator[str]:
    """Yield the signs of Markdown that are printed as they stand, and not so in the source."""
    source = _printed(unit.message)
    runs = (node["c"] for node in tree.walk(blocks) if node["t"] in {"Para", "Plain"})
    printed = " ".join(line for inlines in runs for line in unparsed_markup.print_lines(inlines))
    printed = MARKS.sub(unparsed_markup.BORDER, printed)
    used = {match.group() for match in MARKUP.finditer(CODE.sub("", unit.message)) if not match[1]}
    for unparsed in unparsed_markup.find_unparsed(printed, used & LOOSE):
        pattern = unparsed_markup.PATTERNS[unparsed.sign]
        is_shown = pattern.find(source) or (unparsed.sign in LOOSE and unparsed.sign in source)
        is_dash = unparsed.sign == "–" and not unparsed_markup.opens_list([printed], 0, unit.kind)
        if find_line_with(text, unparsed.word, 1) and not is_shown and not is_dash:
            escaped = escaped_in(text, unparsed)
            yield f"{unparsed.sign} stays in the text: {pattern.reason} ({VERBATIM} {escaped})"


def _printed(message: str) -> str:
    """Return *message* as it is printed, BORDER in the place of markup: a sign that is meant has a backslash there."""
    return MARKUP.sub(lambda match: match[1] or unparsed_markup.BORDER, CODE.sub(unparsed_markup.BORDER, message))


def _hidden(blocks: Nodes) -> Iterator[str]:
    nodes = list(tree.walk(blocks))
    strings = [node["c"] if node["t"] == "Str" else tree.SPACES.get(node["t"], "") for node in nodes]
    words = MARKS.sub("", "".join(strings))
    if forbidden := encoding.find_forbidden_character(words):
        yield forbidden
    code = (node["c"][1] for node in nodes if node["t"] == "Code")
    if not any(char.isalnum() for part in (words, *code) for char in part):
        yield "there are no words in it"
