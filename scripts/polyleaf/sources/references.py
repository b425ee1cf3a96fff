"""The sources that leaflets cite: CSL JSON as values, foreign titles marked with their language."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from polyleaf import pandoc, tree
from polyleaf.errors import SourceError

if TYPE_CHECKING:
    from polyleaf.model import Node

WORDS = ("title", "container-title", "collection-title", "publisher", "genre")
"""The variables whose words are in the language of the source itself."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One item of a CSL JSON bibliography."""

    key: str
    language: str
    item: dict[str, Any]

    def metadata(self, language: str) -> Node:
        """Return the item for an edition in *language*: words in another language carry theirs as `lang`."""
        return pandoc.meta_map({name: self._value(name, value, language) for name, value in self.item.items()})

    def _value(self, name: str, value: object, language: str) -> Node:
        if isinstance(value, dict):
            return pandoc.meta_map({key: self._value(key, part, language) for key, part in value.items()})
        if isinstance(value, list):
            return pandoc.meta_list([self._value("", part, language) for part in value])
        inlines = tree.words(str(value))
        if name in WORDS and self.language and self.language.split("-")[0] != language.split("-", maxsplit=1)[0]:
            inlines = [tree.span(inlines, pairs={"lang": self.language})]
        return pandoc.meta_text(inlines)


def references(content: bytes, where: str) -> dict[str, Reference]:
    """Return the references in the CSL JSON *content* of the file *where*, by key; raises SourceError."""
    try:
        items = json.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise SourceError(f"{where}:{line}: not JSON: {error}", hint="Export it as CSL JSON again.") from error
    if not isinstance(items, list):
        raise SourceError(f"{where}:1: must be a list of references", hint="Export it as CSL JSON again.")
    found: dict[str, Reference] = {}
    for at, item in enumerate(items):
        key = item.get("id") if isinstance(item, dict) else None
        if not isinstance(key, str) or not key:
            raise SourceError(f"{where}: reference {at + 1} has no id", hint='Give it an "id".')
        if key in found:
            raise SourceError(f"{where}: the id {key!r} is there twice", hint="Keep one of them.")
        found[key] = Reference(key, str(item.get("language", "")), item)
    return found
