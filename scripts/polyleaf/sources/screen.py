"""What a source may hold: harmless inline HTML, safe links, images of its own, references that exist."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from polyleaf import tree
from polyleaf.errors import PolyleafError, SourceError, offer, stop_for
from polyleaf.sources.lines import line_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from polyleaf.model import Document, Node

TAGS = frozenset(
    ("abbr", "b", "bdi", "bdo", "br", "cite", "dfn", "em", "i", "kbd", "mark", "q", "s", "samp", "small", "strong")
) | frozenset(("sub", "sup", "u", "var", "wbr"))
"""The inline elements of HTML that an author may write out: they mark words and can do nothing."""

VOID = frozenset(("br", "wbr"))
TAG = re.compile(r"<(/?)([a-z]+)((?:\s+(?:lang|dir|title)=(?:\"[^\"<>]*\"|'[^'<>]*'))*)\s*/?>", re.IGNORECASE)
ATTRIBUTES = frozenset(("lang", "dir", "title", "alt", "width", "height", "for", "start", "startFrom"))
SCHEMES = frozenset(("http", "https", "mailto", "tel"))
PICTURES = frozenset((".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp"))
SIZE = re.compile(r"\d+(\.\d+)?(px|em|cm|mm|in|%)?")


def screen(documents: Sequence[Document], references: Container[str]) -> None:
    """Raise SourceError for everything in *documents* that may not be in a leaflet; all of it at once.

    *references* are the keys that can be cited.
    """
    errors: list[PolyleafError] = [
        SourceError(f"{document.path}:{line_of(document.text, needle)}: {fact}", hint=hint)
        for document in documents
        for needle, fact, hint in dict.fromkeys(_Screen(document, references).faults())
    ]
    stop_for(errors)


class _Screen:
    """Looks at every element of one document; a fault is what to look for, the fact and the way out."""

    def __init__(self, document: Document, references: Container[str]) -> None:
        self._document = document
        self._references = references
        figures = [node for node in tree.walk(document.blocks) if node["t"] == "Figure" and node["c"][1][1]]
        self._figures = {node["c"][2][0] for node in tree.walk(figures) if node["t"] == "Image"}
        self._ids = {attr[0] for node in tree.walk(document.blocks) if (attr := tree.attr(node))} | {
            "notes",
            "refs",
        }

    def faults(self) -> Iterator[tuple[str, str, str]]:
        values = [self._document.blocks, list(self._document.front.texts.values())]
        for node in tree.walk(values):
            yield from self._attributes(node)
            look = getattr(self, f"_{node['t'].lower()}", None)
            if look:
                yield from look(node["c"])
        for run in _runs(values):
            yield from _unbalanced(run)

    def _attributes(self, node: Node) -> Iterator[tuple[str, str, str]]:
        found = tree.attr(node)
        for key, value in found[2] if found else ():
            hint = f"These may be there: {', '.join(sorted(ATTRIBUTES))}."
            if key not in ATTRIBUTES:
                yield key, f"the attribute {key!r} may not be in a source", hint
            elif key in {"width", "height"} and not SIZE.fullmatch(value):
                yield value, f"{key} cannot be {value!r}", "Write a size such as 8cm or 50%."

    def _rawblock(self, content: list[str]) -> Iterator[tuple[str, str, str]]:
        first = content[1].strip().split("\n")[0]
        yield (
            first,
            f"raw HTML in a block of its own: {first[:60]}",
            "Write it as Markdown: a fenced div is `::: name`.",
        )

    def _rawinline(self, content: list[str]) -> Iterator[tuple[str, str, str]]:
        tag = TAG.fullmatch(content[1])
        if content[0] != "html" or not tag or tag.group(2).lower() not in TAGS:
            hint = f"These elements may be there, with lang, dir and title: {', '.join(sorted(TAGS))}."
            yield content[1], f"{content[1][:60]!r} may not be in a source", hint

    def _link(self, content: list[Any]) -> Iterator[tuple[str, str, str]]:
        target = content[2][0]
        if target.startswith("#"):
            if target[1:] not in self._ids and not self._is_source(target):
                yield target, f"the link to {target!r} leads nowhere", offer(target[1:], self._ids - {""})
        elif not _is_safe(target):
            hint = "Link to a heading with #id, or to an address that starts with https:, mailto: or tel:."
            yield target, f"the link to {target!r} would not work in a leaflet", hint

    def _is_source(self, target: str) -> bool:
        return target.startswith("#ref-") and target[5:] in self._references

    def _image(self, content: list[Any]) -> Iterator[tuple[str, str, str]]:
        name = content[2][0]
        path = PurePosixPath(name)
        if ":" in name or name.startswith("//"):
            yield (
                name,
                f"the image {name[:60]!r} is not in source/",
                "Nothing is fetched: put the file in source/media/.",
            )
        elif path.is_absolute() or ".." in path.parts or "\\" in name:
            yield (
                name,
                f"the image {name!r} is outside source/",
                "Put the file in source/media/ and name it from there.",
            )
        elif path.suffix.lower() not in PICTURES:
            yield (
                name,
                f"the image {name!r} is of no known kind",
                f"Use one of: {', '.join(sorted(PICTURES))}.",
            )
        if not content[1] and name not in self._figures:
            yield (
                name,
                f"the image {name!r} has no alternative text",
                "Say between the brackets what is to be seen: ![...].",
            )

    def _cite(self, content: list[Any]) -> Iterator[tuple[str, str, str]]:
        for key in (citation["citationId"] for citation in content[0]):
            if key not in self._references:
                hint = "Add it to source/references.json, or write \\@ for an at sign."
                yield f"@{key}", f"{key!r} is not in source/references.json", hint


def _is_safe(target: str) -> bool:
    if any(ord(char) <= ord(" ") for char in target):
        return False
    try:
        parts = urlsplit(target)
    except ValueError:
        return False
    return parts.scheme in SCHEMES and bool(parts.path if parts.scheme in {"mailto", "tel"} else parts.netloc)


def _runs(value: Any) -> Iterator[list[Node]]:  # noqa: ANN401 - as in tree.walk
    """Yield every list of inlines that raw HTML stands in."""
    if isinstance(value, dict):
        yield from _runs(list(value.values()))
    elif isinstance(value, list):
        if any(isinstance(part, dict) and part.get("t") == "RawInline" for part in value):
            yield value
        for part in value:
            yield from _runs(part)


def _unbalanced(run: list[Node]) -> Iterator[tuple[str, str, str]]:
    """Yield the tags in *run* that are opened and not closed, or the other way round."""
    hint = "Open and close it in the same sentence."
    open_: list[str] = []
    for node in run:
        tag = TAG.fullmatch(node["c"][1]) if node["t"] == "RawInline" else None
        if not tag or tag.group(2).lower() in VOID:
            continue
        name = tag.group(2).lower()
        if not tag.group(1):
            open_.append(name)
        elif open_ and open_[-1] == name:
            open_.pop()
        else:
            yield node["c"][1], f"</{name}> closes nothing", hint
    for name in open_:
        yield f"<{name}", f"<{name}> is never closed", hint
