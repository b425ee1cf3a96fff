"""Messages: the text a translator sees, Markdown for what is visible and marks for what is not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from polyleaf import tree
from polyleaf.model import Node, Nodes
from polyleaf.sources import localization_notes

NAMES = {"Note": "fn", "Cite": "cite", "Math": "math", "Image": "img", "RawInline": "raw", "LineBreak": "br"}
NAMES |= {"Code": "code"}
AROUND = {"Emph": "*", "Strong": "**", "Strikeout": "~~", "Superscript": "^", "Subscript": "~"}
KEPT = "keep"
MARK = re.compile(rf"\{{(?:{'|'.join((*NAMES.values(), KEPT))})\d+\}}")
LETTER = "polyleaf:"
MARK_FORMAT = "polyleaf"
"""The format of a raw inline that is nothing but the name of a mark."""

PRIVATE = 0xF0000
"""Where the marks go while pandoc reads a message: private characters that no syntax of Markdown touches."""

UNKNOWN = "\U0010fffd"
"""Stands on both sides of a mark that the message does not have."""

ALWAYS = re.compile(r"[\\`*\[\]^~|]|<(?=[A-Za-z/!?])|&(?=#?\w+;)|@(?=\w)|(?<!\w)_|_(?!\w)|[\"']|\.\.\.|--|!$")
START = re.compile(r"[-+#>|:%=]|\(?(?:[0-9]+|#|[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+)[.)](?=\s|$)|\(?@\w*\)")
HIDDEN = re.compile(rf"^\s*$|[“”‘’\U000F0000-\U0010FFFD]|{MARK.pattern}")
PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~“”‘’]")
NUMBER = re.compile(r"\d[.,]\d")
HAN = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
QUOTATIONS = (
    (re.compile(rf'(?<=[{HAN}])"(?=\S)([^"“”]*)(?<![\s\\])"'), "“\\1”"),
    (re.compile(r"(?<![^\W_])(?<!\\)“(?=\S)([^“”„]*)(?<![\s\\])”"), '"\\1"'),
    (re.compile(r"(?<![\w\\])‘(?=\S)((?:[^‘’‚]|’(?=\w))*)(?<![\s\\])’(?!\w)"), r"'\1'"),
)
"""Quotation marks that pandoc is to read as quotations, so that they get the marks of the language.

After a letter pandoc reads no opening mark: Chinese, which has no spaces, keeps the marks that it has, and gets its own
for straight ones."""

LEGEND = 60
"""How much of a note or formula the legend of a mark shows."""

NOUNS = {"Code": "code", "Math": "formula", "RawInline": "HTML", "LineBreak": "line break", "Underline": "underlined"}
NOUNS |= {"SmallCaps": "small capitals", "Image": "image", "Link": "link to"}


class Writer:
    """Writes the inlines of one segment as a message; *marks* then maps each mark in it to its node."""

    def __init__(self, *, strict: bool = False) -> None:
        """With *strict*, escape all punctuation: harder to read, and exact where the plain form is not."""
        self._strict = strict
        self.marks: dict[str, Node] = {}

    def write(self, inlines: Nodes, *, braces: bool = False) -> str:
        """Return the message for *inlines*; with *braces*, a literal one is doubled though there is no mark."""
        has_marks = braces or any(is_opaque(node) and not _is_code(node) for node in walk_inlines(inlines))
        text = "".join(self._write_node(node, has_marks=has_marks) for node in join_strings(inlines)).strip(" ")
        start = START.match(text)
        if start and not self._strict:
            at = start.end() - 1
            text = text[:at] + "\\" + text[at:]
        return text

    def _write_node(self, node: Node, *, has_marks: bool) -> str:
        name = node["t"]
        if name == "Str":
            return self._escaped(node["c"], has_marks=has_marks)
        if name in {"Space", "SoftBreak"}:
            return " "
        if is_opaque(node):
            return _code(node["c"][1], has_marks=has_marks) if _is_code(node) else self._mark(node)
        inner = "".join(self._write_node(child, has_marks=has_marks) for child in join_strings(tree.children(node)))
        if name in AROUND:
            inner = inner.replace(" ", "\\ ") if name in {"Superscript", "Subscript"} else inner
            sign = "_" if self._is_strong(node) else AROUND[name]
            return sign + inner + sign
        if name == "Quoted":
            marks = tree.QUOTES[node["c"][0]["t"]]
            return marks[0] + inner + marks[1]
        return f"[{inner}][{self._letter(node)}]"

    def _is_strong(self, node: Node) -> bool:
        """Tell whether *node* is an emphasis all of which is strong; `***` would be read the other way round."""
        inside = [child["t"] for child in tree.children(node)] if node["t"] == "Emph" else []
        return inside == ["Strong"] or (self._strict and "Strong" in (inside[:1] + inside[-1:]))

    def _mark(self, node: Node) -> str:
        kind = NAMES.get(node["t"], KEPT)
        if kind == "raw" and node["c"][0] == MARK_FORMAT:
            return "{" + str(node["c"][1]) + "}"
        name = f"{kind}{sum(key.rstrip('0123456789') == kind and key != kind for key in self.marks) + 1}"
        self.marks[name] = node
        return "{" + name + "}"

    def _letter(self, node: Node) -> str:
        if node["t"] == "Link" and node["c"][2][0].startswith(LETTER):
            return str(node["c"][2][0]).removeprefix(LETTER)
        count = sum(key.isalpha() for key in self.marks)
        name = chr(ord("a") + count % 26) * (count // 26 + 1)
        self.marks[name] = tree.with_children(node, [])
        return name

    def _escaped(self, text: str, *, has_marks: bool) -> str:
        pattern = PUNCTUATION if self._strict else ALWAYS
        text = pattern.sub(lambda match: "".join("\\" + char for char in match.group()), text)
        return text.replace("{", "{{").replace("}", "}}") if has_marks else text


def make_mark(name: str, inlines: Nodes) -> Node:
    """Return the element that `Writer` writes as the mark *name*, around *inlines* where it is a letter."""
    if name.isalpha():
        return tree.element("Link", [tree.NO_ATTR, inlines, [LETTER + name, ""]])
    return tree.element("RawInline", [MARK_FORMAT, name])


def to_markdown(message: str, marks: Mapping[str, Node]) -> str:
    """Return *message* as the Markdown that pandoc is to read: private characters for marks, targets for letters."""
    parts = [message]
    codes = {"{" + name + "}": chr(PRIVATE + at) for at, name in enumerate(opaque_names(marks))}
    if codes:
        parts = re.split(r"(\{\{|\}\}|\{\w+\})", message)
        codes |= {"{{": "{", "}}": "}"}
    text = "".join(codes.get(part) or _frame_unknown(part) for part in parts)
    for pattern, plain in QUOTATIONS:
        text = pattern.sub(plain, text)
    targets = "".join(f"\n[{name}]: {LETTER}{name}" for name in marks if name.isalpha())
    return f"{text}\n{targets}\n"


def opaque_names(marks: Mapping[str, Node]) -> list[str]:
    """Return the names in *marks* that stand in braces: letters are those of wrapped words."""
    return [name for name in marks if not name.isalpha()]


def is_text(inlines: Nodes) -> bool:
    """Tell whether *inlines* hold something to translate: a letter, or a number that languages write in ways."""
    leaves = (
        node for node in walk_inlines(inlines) if node["t"] not in {"Image", "Math", "Cite"} and not tree.children(node)
    )
    return any(_is_translatable(tree.plain([leaf])) for leaf in leaves)


def _is_translatable(text: str) -> bool:
    return any(map(str.isalpha, text)) or NUMBER.search(text) is not None


def same_links(marks: Mapping[str, Node]) -> dict[str, str]:
    """Return the first letter of each link in *marks* by all letters of links that lead to the same address."""
    links = {name: node["c"][2][0] for name, node in marks.items() if node["t"] == "Link"}
    first = {address: name for name, address in reversed(links.items())}
    return {name: first[address] for name, address in links.items()}


def describe_marks(marks: Mapping[str, Node]) -> tuple[str, ...]:
    """Return a line a mark that tells a translator what it stands for."""
    return tuple(
        f"{format_mark(name)} = {_describe(node) if name.isalpha() else _describe_opaque(node)}"
        for name, node in marks.items()
    )


def _describe_opaque(node: Node) -> str:
    if _is_empty(node):
        return f"a place without words #{node['c'][0][0]}"
    return f"stays as it is: {_shorten(tree.plain([node]))}" if localization_notes.is_kept(node) else _describe(node)


def _describe(node: Node) -> str:
    name, content = node["t"], tree.content(node)
    if name == "Note":
        text = " ".join(tree.plain(block["c"]) for block in tree.walk(content) if block["t"] in {"Para", "Plain"})
        return f"footnote: {_shorten(text)}"
    if name == "Cite":
        return "citation of " + ", ".join(citation["citationId"] for citation in content[0])
    if name == "Span":
        attributes = [f".{name}" for name in content[0][1]] + [f"{key}={value}" for key, value in content[0][2]]
        return "marked words " + " ".join(attributes)
    if name in {"Image", "Link"}:
        return f"{NOUNS[name]} {content[2][0]}"
    return f"{NOUNS[name]} {_shorten(content[1])}" if name in {"Code", "Math", "RawInline"} else NOUNS[name]


def _shorten(text: str) -> str:
    return text if len(text) <= LEGEND else text[: LEGEND - 1] + "…"


def format_mark(name: str) -> str:
    """Return the mark *name* as it stands in a message."""
    return f"[…][{name}]" if name.isalpha() else "{" + name + "}"


def is_opaque(node: Node) -> bool:
    """Tell whether a message shows *node* as a mark, whatever is in it."""
    return node["t"] in NAMES or localization_notes.is_kept(node) or _is_empty(node)


def _is_empty(node: Node) -> bool:
    """Tell whether *node* is a span around nothing: an anchor for links."""
    return node["t"] == "Span" and not node["c"][1]


def _is_code(node: Node) -> bool:
    """Tell whether *node* is code that a message can show; other code (with a class, or like a mark) becomes a mark."""
    return node["t"] == "Code" and node["c"][0] == tree.NO_ATTR and not HIDDEN.search(node["c"][1])


def _frame_unknown(text: str) -> str:
    return MARK.sub(lambda match: UNKNOWN + match.group().strip("{}") + UNKNOWN, text)


def _code(text: str, *, has_marks: bool) -> str:
    ticks = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    text = text.replace("{", "{{").replace("}", "}}") if has_marks else text
    return f"{ticks}{pad}{text}{pad}{ticks}"


def walk_inlines(inlines: Nodes) -> Iterator[Node]:
    """Yield the inlines of a message at any depth, without going into notes."""
    for node in inlines:
        yield node
        if not is_opaque(node):
            yield from walk_inlines(tree.children(node))


def join_strings(inlines: Nodes) -> Nodes:
    """Return *inlines* with words that touch made one, so that escapes see what stands next to them."""
    joined: Nodes = []
    for node in inlines:
        if node["t"] == "Str" and joined and joined[-1]["t"] == "Str":
            joined[-1] = tree.string(joined[-1]["c"] + node["c"])
        else:
            joined.append(node)
    return joined
