"""Bibliography: references in CSL JSON, titles in another language marked with it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from polyleaf import tree
from polyleaf.errors import SourceError, decode_utf8
from polyleaf.model import Node
from polyleaf.quotations import quote
from polyleaf.sources import encoding

TEXTS = ("title", "container-title", "collection-title", "publisher", "genre")
"""The variables whose values are in the language of the reference itself."""

VALUES = {
    "URL": (r"https?://[^\s<>\"]+", "Write an address that starts with https://."),
    "language": (r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*", 'Write a code such as "nl" or "en-GB".'),
}
"""What some variables must look like, and the hint for one that does not."""

MAX_DEPTH = 6
"""How deep the values of an item nest: `issued` has lists in a list in an object."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One item of a CSL JSON bibliography."""

    key: str
    language: str
    item: dict[str, Any]

    def metadata(self, language: str) -> Node:
        """Return the item for an edition in *language*: words in another language carry theirs as `lang`."""
        return tree.element("MetaMap", {name: self._value(name, value, language) for name, value in _items(self.item)})

    def _value(self, name: str, value: object, language: str) -> Node:
        if isinstance(value, dict):
            return tree.element("MetaMap", {key: self._value(key, part, language) for key, part in _items(value)})
        if isinstance(value, list):
            return tree.element("MetaList", [self._value("", part, language) for part in value])
        inlines = tree.words(str(value))
        if name in TEXTS and self.language and self.language.split("-")[0] != language.split("-", maxsplit=1)[0]:
            inlines = [tree.span(inlines, pairs={"lang": self.language})]
        return tree.element("MetaInlines", inlines)


def load_bibliography(content: bytes, path: str) -> dict[str, Reference]:
    """Return the references in the CSL JSON *content* of the file *path*, by key; raises SourceError."""
    text = decode_utf8(content, path, SourceError, "Export it as CSL JSON again, as UTF-8.")
    try:
        items = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise SourceError(f"{path}:{line}: this is not JSON", hint="Export it as CSL JSON again.") from error
    if not isinstance(items, list):
        raise SourceError(f"{path}:1: must be a list of references", hint="Export it as CSL JSON again.")
    references: dict[str, Reference] = {}
    for at, item in enumerate(items):
        key = item.get("id") if isinstance(item, dict) else None
        if not isinstance(key, str) or not key:
            fact = f"reference {at + 1} has no id that is a text"
            raise SourceError(f"{path}: {fact}", hint='Give it one, such as "id": "jansen2024".')
        if key in references:
            raise SourceError(f"{path}: the id {quote(key)} is there twice", hint="Keep one of them.")
        references[key] = _validated(Reference(key, item.get("language") or "", item), path)
    return references


def _validated(reference: Reference, path: str) -> Reference:
    for text in _texts(reference.item, MAX_DEPTH):
        if text is None or (forbidden := encoding.find_forbidden_character(text)):
            fact = "has too many lists in lists" if text is None else f"has a text that is none: {forbidden}"
            raise SourceError(f"{path}: {quote(reference.key)} {fact}", hint="Export it as CSL JSON again.")
    for name, (pattern, hint) in VALUES.items():
        value = reference.item.get(name)
        if value and not (isinstance(value, str) and re.fullmatch(pattern, value)):
            raise SourceError(f"{path}: the {name} of {quote(reference.key)} cannot be {quote(str(value))}", hint=hint)
    return reference


def _texts(value: object, depth: int) -> Iterator[str | None]:
    """Yield every text in *value*, and None for what is nested more than *depth* deep."""
    if depth == 0:
        yield None
    elif isinstance(value, (dict, list)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part, depth - 1)
    elif isinstance(value, str):
        yield value


def _items(item: dict[str, Any]) -> Iterator[tuple[str, object]]:
    """Yield the variables with a value: an export may write null for one that is not known."""
    return ((name, value) for name, value in item.items() if value is not None)
