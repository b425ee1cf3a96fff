"""Validation of sources: harmless inline HTML, safe links, local images, known classes, references that exist."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from polyleaf import tree
from polyleaf.errors import PolyleafError, SourceError, offer, stop_for
from polyleaf.model import Document, Node
from polyleaf.quotations import quote
from polyleaf.sources import encoding, identifiers, localization_notes, table_markup, words_out_of_reach
from polyleaf.sources.positions import find_location, without_comments

TAGS = frozenset(
    ("abbr", "b", "bdi", "br", "cite", "dfn", "em", "i", "kbd", "mark", "q", "s", "samp", "small", "strong")
) | frozenset(("sub", "sup", "u", "var", "wbr"))
"""The inline elements of HTML that an author may write out: they mark words and can do nothing."""

VOID = frozenset(("br", "wbr"))
TAG = re.compile(r"<(/?)([a-z]+)((?:\s+(?:lang|dir|title)=(?:\"[^\"<>&]*\"|'[^'<>&]*'))*)\s*/?>")
ATTRIBUTES = frozenset(("lang", "dir", "width", "height", "for", "start", "startFrom"))
ATTRIBUTES |= localization_notes.ATTRIBUTES
SCHEMES = frozenset(("http", "https", "mailto", "tel"))
IMAGES = frozenset((".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp"))
NAME = re.compile(r"[\w./-]+")
TABLE_MARKUP = re.compile(r"</?(table|t[hdr]|thead|tbody|tfoot|colgroup|col|caption)\b", re.IGNORECASE)
TABLE = "Write the table as Markdown, its cells between bars: `| a | b |`."
NATIVE = TAGS | {"div", "span"}
"""The elements that pandoc reads as Markdown's own, or hands on as they are."""

OPENING = re.compile(r"<([a-z][a-z0-9]*)(?=[\s/>])", re.IGNORECASE)
DANGLING = re.compile(r"(\[\^[^\]]{1,300}\])|(\]\[[^\]]{0,300}\])")
BOXES = frozenset(("keypoints", "warning", "call", "call-now", "call-today", "call-appointment", "table-note"))
CLASSES = {
    "Div": BOXES | {"glossary", "colophon", "long-description"},
    "Span": frozenset(("mark",)),
    "Table": frozenset(("row-headers",)),
    "Header": frozenset(("unnumbered", "unlisted", "safety")),
    "Link": frozenset(("uri", "email")),
    "Image": frozenset[str](),
    "Figure": frozenset[str](),
}
"""The classes that an element may have: others have no look, or one that the theme keeps for itself."""

VALUES = {
    "width": r"\d+(\.\d+)?(px|em|cm|mm|in|%)?",
    "lang": r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*",
    "dir": "ltr|rtl|auto",
    "context": r"(?!(?:alt|title)(?::|$)|meta:)\w[\w |:/.,'()-]*",
    "translate": "no",
}
VALUES |= {"height": VALUES["width"]}
HINTS = {
    "width": "Write a size such as 8cm or 50%.",
    "lang": "Write a language such as en.",
    "dir": "Write ltr or rtl.",
    "context": "Write a word or a few, such as knee|body, that is none of alt, title and meta:...",
    "translate": "Write translate=no, or nothing.",
}
HINTS |= {"height": HINTS["width"]}

NOUNS = {"Div": "a box", "Span": "marked words", "Table": "a table", "Header": "a heading"}
NOUNS |= {"Link": "a link", "Image": "an image", "Figure": "a figure"}


def validate(documents: Sequence[Document], references: Collection[str]) -> None:
    """Raise SourceError for everything in *documents* that may not be in a leaflet; all of it at once.

    *references* are the keys that can be cited.
    """
    errors: list[PolyleafError] = [
        SourceError(f"{_location(document, needle)}: {fact}", hint=hint)
        for document in documents
        for needle, fact, hint in dict.fromkeys(_Validator(document, references).faults())
    ]
    stop_for(errors)


def _location(document: Document, needle: str | int) -> str:
    return find_location(document, needle) if isinstance(needle, str) else f"{document.path}:{needle}"


class _Validator:
    """Validates every element of one document; a fault is a needle in its text (or a line), a fact and a hint."""

    def __init__(self, document: Document, references: Collection[str]) -> None:
        self._document = document
        self._references = references
        figures = [node for node in tree.walk(document.blocks) if node["t"] == "Figure" and node["c"][1][1]]
        self._figures = {node["c"][2][0] for node in tree.walk(figures) if node["t"] == "Image"}
        self._counts = Counter(attr[0] for node in tree.walk(document.blocks) if (attr := tree.attr(node)) and attr[0])
        self._ids = {*self._counts, "notes", identifiers.REFERENCES}

    def faults(self) -> Iterator[words_out_of_reach.Fault]:
        yield from localization_notes.find_faults(self._document)
        yield from words_out_of_reach.find_faults(self._document)
        yield from table_markup.find_faults(self._document)
        values = localization_notes.remove_comments([self._document.blocks, list(self._document.front.texts.values())])
        for node in tree.walk(values):
            yield from self._attributes(node)
            validate_node = getattr(self, f"_{node['t'].lower()}", None)
            if validate_node:
                yield from validate_node(node["c"])
        for run in _runs(values):
            yield from _unbalanced_tags(run)
        yield from self._identifiers()
        texts = list(_strings(values))
        for text in texts:
            if forbidden := encoding.find_forbidden_character(text):
                yield text, forbidden, "Take it out, also where it is written as &#...;."
        yield from _dropped_elements(self._document.text, " ".join(texts))

    def _identifiers(self) -> Iterator[tuple[str, str, str]]:
        for name, count in self._counts.items():
            if count > 1:
                yield f"#{name}", f"the id {quote(name)} is there {count} times", "Give each its own id."
            if identifiers.RESERVED.fullmatch(name):
                yield f"#{name}", f"the id {quote(name)} is kept for what polyleaf makes", "Give it another id."

    def _attributes(self, node: Node) -> Iterator[tuple[str, str, str]]:
        _, classes, pairs = tree.attr(node) or tree.NO_ATTR
        for key, value in pairs:
            hint = f"These may be there: {', '.join(sorted(ATTRIBUTES))}."
            if key not in ATTRIBUTES and key not in words_out_of_reach.ATTRIBUTES:
                yield f"{key}=", f"the attribute {quote(key)} may not be in a source", hint
            elif key in VALUES and not re.fullmatch(VALUES[key], value):
                yield value, f"{key} cannot be {quote(value)}", HINTS[key]
        allowed = CLASSES.get(node["t"], frozenset())
        for name in classes if node["t"] in CLASSES else ():
            if name not in allowed:
                yield name, f"the class {quote(name)} may not be on {NOUNS[node['t']]}", offer(name, allowed)

    def _blockquote(self, content: list[Any]) -> Iterator[tuple[str, str, str]]:
        first = next(iter(_strings([node["c"] for node in tree.walk(content) if node["t"] == "Str"])), "")
        if first[:1].isdigit():
            hint = f"For the sign itself write \\> {first}; for a quotation start it with a word."
            yield f"> {first}", f"this is a quotation, and its > will not be seen: > {first}", hint

    def _str(self, text: str) -> Iterator[tuple[str, str, str]]:
        match = DANGLING.search(text)
        if match and match[1]:
            yield match[0], f"the note {match[0]} has no text", f"Write `{match[0]}: ...` on a line of its own."
        elif match:
            yield text, f"the link {match[0][1:]} has no address", "Write [words](#id) or [words](https://...)."

    def _rawblock(self, content: list[str]) -> Iterator[tuple[str, str, str]]:
        first = content[1].strip().split("\n")[0]
        hint = TABLE if TABLE_MARKUP.match(first) else "Write it as Markdown: a fenced div is `::: name`."
        # pandoc leaves out an attribute such as markdown=1
        needle = first if first in self._document.text else first.partition(" ")[0]
        yield needle, f"raw HTML in a block of its own: {quote(first)}", hint

    def _rawinline(self, content: list[str]) -> Iterator[tuple[str, str, str]]:
        if not _is_allowed(content):
            hint = f"These elements may be there, with lang, dir and title: {', '.join(sorted(TAGS))}."
            yield content[1], f"{quote(content[1])} may not be in a source", hint

    def _link(self, content: list[Any]) -> Iterator[tuple[str, str, str]]:
        target = content[2][0]
        if target.startswith("#"):
            if target[1:] not in self._ids and not self._is_reference(target):
                yield target, f"the link to {quote(target)} leads nowhere", offer(target[1:], self._ids)
        elif not _is_safe(target):
            hint = "Link to a heading with #id, or to an address that starts with https:, mailto: or tel:."
            yield target, f"the link to {quote(target)} would not work in a leaflet", hint

    def _is_reference(self, target: str) -> bool:
        return target.startswith("#ref-") and target[5:] in self._references

    def _image(self, content: list[Any]) -> Iterator[tuple[str, str, str]]:
        name = content[2][0]
        path = PurePosixPath(name)
        hint = "Put the file in source/media/ and name it from there."
        if not name:
            yield "]()", "an image has no file", hint
        elif ":" in name or name.startswith("//"):
            yield name, f"the image {quote(name)} is not in source/", f"Nothing is fetched. {hint}"
        elif path.is_absolute() or ".." in path.parts or "\\" in name or str(path) != name:
            yield name, f"the image {quote(name)} is outside source/", hint
        elif path.suffix.lower() not in IMAGES:
            hint = f"Use one of: {', '.join(sorted(IMAGES))}."
            yield name, f"the image {quote(name)} is of no known kind", hint
        elif not NAME.fullmatch(name):
            hint = "Name the file with letters, digits, hyphens and dots."
            yield name, f"the image {quote(name)} has a space or a sign in its name", hint
        if not content[1] and name not in self._figures:
            hint = "Say between the brackets what is to be seen: ![...]."
            yield name, f"the image {quote(name)} has no alternative text", hint

    def _cite(self, content: list[Any]) -> Iterator[tuple[str, str, str]]:
        for key in (citation["citationId"] for citation in content[0]):
            if key not in self._references:
                near = offer(key, self._references) + " " if self._references else ""
                hint = near + "Add it to source/references.json, or write \\@ for an at sign."
                yield f"@{key}", f"{quote(key)} is not in source/references.json", hint


def _is_allowed(content: list[str]) -> bool:
    tag = TAG.fullmatch(content[1])
    return content[0] == "html" and tag is not None and tag.group(2).lower() in TAGS


def _is_safe(target: str) -> bool:
    if any(ord(char) <= ord(" ") for char in target):
        return False
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    return parts.scheme in SCHEMES and bool(parts.path if parts.scheme in {"mailto", "tel"} else parts.netloc)


def _strings(value: Any) -> Iterator[str]:  # noqa: ANN401 - as in tree.walk
    """Yield every text in *value*, names of elements and attributes among them."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def _dropped_elements(markdown: str, parsed: str) -> Iterator[tuple[str, str, str]]:
    """Yield the HTML elements that are in *markdown* more often than in *parsed*: inside a note, pandoc drops some."""
    before = Counter(name.lower() for name in OPENING.findall(without_comments(markdown)))
    after = Counter(name.lower() for name in OPENING.findall(parsed))
    for name in before - after:
        if name not in NATIVE:
            yield f"<{name}", f"<{name}> may not be in a source", "Write it as Markdown, or as \\< for a sign."


def _runs(value: Any) -> Iterator[list[Node]]:  # noqa: ANN401 - as in tree.walk
    """Yield every list of inlines that raw HTML stands in."""
    if isinstance(value, dict):
        yield from _runs(list(value.values()))
    elif isinstance(value, list):
        if any(isinstance(part, dict) and part.get("t") == "RawInline" for part in value):
            yield value
        for part in value:
            yield from _runs(part)


def _unbalanced_tags(run: list[Node]) -> Iterator[tuple[str, str, str]]:
    """Yield the tags in *run* that are opened and not closed, or the other way round."""
    hint = "Open and close it in the same sentence."
    opened: list[str] = []
    if any(node["t"] == "RawInline" and not _is_allowed(node["c"]) for node in run):
        return
    for node in run:
        tag = TAG.fullmatch(node["c"][1]) if node["t"] == "RawInline" else None
        if not tag or tag.group(2).lower() in VOID:
            continue
        name = tag.group(2).lower()
        if not tag.group(1):
            opened.append(name)
        elif opened and opened[-1] == name:
            opened.pop()
        else:
            yield node["c"][1], f"</{name}> closes nothing", hint
    for name in opened:
        yield f"<{name}", f"<{name}> is never closed", hint
