"""The YAML block on top of a manuscript: which keys it may hold, and what is a text in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import yaml

from polyleaf.errors import SourceError, offer
from polyleaf.model import FrontMatter
from polyleaf.sources import encoding

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from polyleaf.model import Nodes

TEXTS = ("title", "subtitle", "description", "keywords", "audience", "notice", "funding")
"""The keys whose values are translated; `keywords` is a list."""

PLAIN = ("version", "status", "date", "review-by", "publisher", "licence")
"""The keys whose values stay as they are in every language."""

CONTACT = ("email", "phone", "url")
STATUSES = ("draft", "reviewed", "published", "withdrawn")
KEYS = (*TEXTS, *PLAIN, "contact")
BLOCK = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
START = re.compile(r"-{3,}[ \t]*(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class Matter:
    """A front matter before pandoc has read the texts in it."""

    plain: Mapping[str, str]
    texts: Mapping[str, str]
    lines: Mapping[str, int]


def split(text: str, where: str) -> tuple[Matter, str]:
    """Return the front matter of *text*, and *text* with empty lines in its place.

    Raises SourceError when it is missing, is not YAML, lacks a title or names an unknown key.
    """
    block = BLOCK.match(text)
    if not block:
        raise _unread(text, where)
    matter = _Reader(where).read(block.group(1))
    return matter, "\n" * block.group(0).count("\n") + text[block.end() :]


def _unread(text: str, where: str) -> SourceError:
    """Return what to say of a *text* that has no front matter, or the start of one only."""
    if START.match(text):
        fact = "the front matter, which starts here, is not closed"
        return SourceError(f"{where}:1: {fact}", hint="Write a line `---` under its last key.")
    fact = "there is no front matter, so the leaflet has no title"
    return SourceError(f"{where}:1: {fact}", hint="Start the file with:\n---\ntitle: The title of the leaflet\n---")


def with_texts(matter: Matter, texts: Mapping[str, Nodes]) -> FrontMatter:
    """Return *matter* with its texts as inlines of pandoc's tree."""
    return FrontMatter(matter.plain, texts, matter.lines)


class _Reader:
    """Reads one front matter, and knows where it stands for the messages."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._plain: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._lines: dict[str, int] = {}

    def read(self, text: str) -> Matter:
        try:
            root = yaml.compose(text, Loader=yaml.BaseLoader)
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or "it cannot be read"
            line = mark.line + 2 if mark else 1
            raise SourceError(
                f"{self._where}:{line}: the front matter is not YAML: {problem}",
                hint='Put texts with a colon or a quote in "double quotes", and spaces in the place of tabs.',
            ) from error
        if not isinstance(root, yaml.MappingNode):
            raise SourceError(f"{self._where}:2: the front matter is not a list of keys", hint="Write `title: ...`.")
        for key, value in root.value:
            self._one(_name(key), value, key.start_mark.line + 2)
        if "title" not in self._texts:
            raise SourceError(
                f"{self._where}:1: the leaflet has no title", hint="Add `title: ...` to the front matter."
            )
        return Matter(self._plain, self._texts, self._lines)

    def _one(self, key: str, value: yaml.Node, line: int) -> None:
        if key not in KEYS:
            fact = f"{key!r} is not a key of the front matter"
            raise SourceError(f"{self._where}:{line}: {fact}", hint=offer(key, KEYS))
        if key in self._lines:
            raise SourceError(f"{self._where}:{line}: {key!r} is there twice", hint="Keep one of them.")
        self._lines[key] = line
        if key == "contact":
            self._contact(value, line)
        elif key == "keywords":
            self._keywords(value, line)
        elif key in TEXTS:
            self._texts[key] = self._scalar(value, key, line)
        else:
            self._plain[key] = self._checked(key, self._scalar(value, key, line), line)

    def _scalar(self, value: yaml.Node, key: str, line: int) -> str:
        if not isinstance(value, yaml.ScalarNode):
            raise SourceError(f"{self._where}:{line}: {key!r} must be a text", hint=f"Write `{key}: ...` on one line.")
        text = " ".join(str(value.value).split())
        if not text:
            raise SourceError(f"{self._where}:{line}: {key!r} is empty", hint="Give it a value or take the key out.")
        if found := encoding.find_forbidden_character(text):
            raise SourceError(f"{self._where}:{line}: {key!r}: {found}", hint="Take it out.")
        encoding.check_brackets(text, self._where, line)
        return text

    def _keywords(self, value: yaml.Node, line: int) -> None:
        if not isinstance(value, yaml.SequenceNode):
            raise SourceError(f"{self._where}:{line}: 'keywords' must be a list", hint="Write `keywords: [one, two]`.")
        for at, item in enumerate(value.value):
            self._texts[f"keywords.{at}"] = self._scalar(item, "keywords", line)
            self._lines[f"keywords.{at}"] = item.start_mark.line + 2

    def _contact(self, value: yaml.Node, line: int) -> None:
        if not isinstance(value, yaml.MappingNode):
            raise SourceError(
                f"{self._where}:{line}: 'contact' must hold keys", hint=f"They are: {', '.join(CONTACT)}."
            )
        for node, item in value.value:
            name, line = _name(node), node.start_mark.line + 2
            if name not in CONTACT:
                fact = f"'contact.{name}' is not a key"
                raise SourceError(f"{self._where}:{line}: {fact}", hint=offer(name, CONTACT))
            key = f"contact.{name}"
            if key in self._plain:
                raise SourceError(f"{self._where}:{line}: {key!r} is there twice", hint="Keep one of them.")
            self._plain[key] = self._checked(key, self._scalar(item, key, line), line)

    def _checked(self, key: str, text: str, line: int) -> str:
        good, hint = VALUES.get(key, (bool, ""))
        if not good(text):
            raise SourceError(f"{self._where}:{line}: {key!r} cannot be {text!r}", hint=hint)
        return text


def _name(key: yaml.Node) -> str:
    """Return the name of a key; one that is itself a list or a map has none."""
    return str(key.value) if isinstance(key, yaml.ScalarNode) else "[...]"


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _matches(pattern: str) -> Callable[[str], bool]:
    return lambda text: re.fullmatch(pattern, text, re.ASCII) is not None


VALUES: Mapping[str, tuple[Callable[[str], bool], str]] = {
    "date": (_is_date, "Write year, month and day as 2026-03-01."),
    "review-by": (_is_date, "Write year, month and day as 2026-03-01."),
    "status": (STATUSES.__contains__, f"Choose from: {', '.join(STATUSES)}."),
    "contact.email": (
        _matches(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+"),
        "Write an address such as info@example.org.",
    ),
    "contact.phone": (_matches(r"(?=.*\d)\+?[\d\s().-]{3,}"), "Write digits, spaces and a plus."),
    "contact.url": (_matches(r"https?://[^\s<>\"]+"), "Write an address that starts with https://."),
}
