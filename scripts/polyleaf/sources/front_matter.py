"""Front matter: the YAML block on top of a manuscript, its keys and their values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import yaml

from polyleaf import settings
from polyleaf.errors import SourceError, offer
from polyleaf.quotations import quote
from polyleaf.settings import Kind, KindError, Setting
from polyleaf.sources import encoding

STATUSES = ("draft", "reviewed", "published", "withdrawn")
TEXT = Kind({"title": "text", "type": ["string", "number", "boolean"], "pattern": r"\S"})
"""YAML takes `1.0` and `true` for something else than texts where they are not quoted."""

DATE = settings.text(
    "date", "[0-9]{4}-[0-9]{2}-[0-9]{2}", "Write year, month and day as 2026-03-01.", good=settings.is_date
)
EMAIL = settings.text(
    "e-mail address", r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+", "Write an address such as info@example.org."
)
PHONE = settings.text("telephone number", r"(?=.*[0-9])\+?[0-9\s().-]{3,}", "Write digits, spaces and a plus.")
URL = settings.text("web address", r"https?://[^\s<>\"]+", "Write an address that starts with https://.")

TEXTS: Mapping[str, Setting] = {
    "title": Setting(TEXT, "The title of the leaflet; required."),
    "subtitle": Setting(TEXT, "The line under the title."),
    "description": Setting(TEXT, "One sentence on the leaflet, for search engines and catalogues; it is not printed."),
    "keywords": Setting(
        Kind({"title": "list of texts", "type": "array", "items": TEXT.schema}),
        "Words under which the leaflet is looked for; they are not printed.",
    ),
    "audience": Setting(TEXT, "For whom the leaflet is, and for whom it is not; printed above the text."),
    "notice": Setting(TEXT, "What must be read before the text; printed in a box above it."),
    "funding": Setting(TEXT, "Who paid for the leaflet; printed in the colophon."),
}
"""The keys whose values are translated."""

PLAIN: Mapping[str, Setting] = {
    "version": Setting(TEXT, "The version of the leaflet."),
    "status": Setting(
        settings.choice("status", STATUSES),
        "How far the leaflet is; whatever it says, an edition that is not signed is printed as a draft.",
    ),
    "date": Setting(DATE, "The day on which this version was published."),
    "review-by": Setting(DATE, "The day by which it will be reviewed; on the next one it is out of date."),
    "publisher": Setting(TEXT, "Who publishes the leaflet; the organisation of the theme when it is left out."),
    "licence": Setting(TEXT, "The licence of the text, such as `CC BY 4.0`."),
}
"""The keys whose values stay as they are in every language."""

CONTACT: Mapping[str, Setting] = {
    "email": Setting(EMAIL, "An e-mail address for readers."),
    "phone": Setting(Kind({**PHONE.schema, "type": ["string", "number"]}, PHONE.read), "A telephone number."),
    "url": Setting(URL, "The address of a website, with `https://`."),
}

KEYS: Mapping[str, Setting] = {
    **TEXTS,
    **PLAIN,
    "contact": Setting(Kind({"title": "keys", **settings.by_key(CONTACT)}), "How to reach the publisher."),
}
"""All keys, each described by its kind; `_Reader` reads the YAML around the values."""

YAML_TAGS = "tag:yaml.org,2002:"
STRING = f"{YAML_TAGS}str"
QUOTE = 'Write `key: text`, a text with a colon or another sign in "double quotes".'

PROBLEMS = (
    ("'\\t'", "problem_mark", "there is a tab in it", "Put spaces in the place of tabs."),
    ("mapping values are not", "problem_mark", "there is a colon in a text, or a space before a key", QUOTE),
    ("quoted scalar: found unexpected end", "context_mark", "a quotation mark is not closed", QUOTE),
    ("unknown escape", "problem_mark", "there is a backslash between double quotes", "Write it twice."),
    ("parsing a flow", "context_mark", "a bracket or a brace is not closed", f"Close it. {QUOTE}"),
    ("expected ':'", "context_mark", "there is no colon after a key", QUOTE),
    ("cannot start any token", "problem_mark", "a text starts with a sign that YAML keeps for itself", QUOTE),
    ("undefined alias", "problem_mark", "a text starts with a sign that YAML keeps for itself", QUOTE),
    ("alphabetic or numeric", "problem_mark", "a text starts with a sign that YAML keeps for itself", QUOTE),
    ("", "problem_mark", "this line is not `key: text`", QUOTE),
)
"""What PyYAML says of a front matter, its name for the position, and the same for its author: fact and hint."""

LONGEST = 20_000
"""How many characters a front matter may have: PyYAML takes a second for 50 thousand."""

BLOCK = re.compile(r"\A---[ \t]*+\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
START = re.compile(r"(?<!-)-{3,}+[ \t]*+(?:\n|\Z)")


@dataclass(frozen=True, slots=True)
class RawFrontMatter:
    """A front matter before pandoc has read the texts in it."""

    plain: Mapping[str, str]
    texts: Mapping[str, str]
    lines: Mapping[str, int]


def extract(text: str, path: str) -> tuple[RawFrontMatter, str]:
    """Return the front matter of *text*, the file *path*, and *text* with empty lines instead of it.

    Raises SourceError when it is missing, too long, is not YAML, lacks a title or names an unknown key.
    """
    block = BLOCK.match(text)
    if not block:
        raise _explain_absence(text, path)
    if len(block.group(1)) > LONGEST:
        fact = f"the front matter, which starts here, has more than {LONGEST} characters"
        raise SourceError(f"{path}:1: {fact}", hint="Put what is to be read below it: the text follows the line `---`.")
    encoding.check_brackets(block.group(1), path, 2, "{}")  # PyYAML's time grows with the square of their depth
    raw = _Reader(path).read(block.group(1))
    return raw, "\n" * block.group(0).count("\n") + text[block.end() :]


def _explain_absence(text: str, path: str) -> SourceError:
    """Return the error for a *text* without front matter, or with the start of one only."""
    if START.match(text):
        fact = "the front matter, which starts here, is not closed"
        return SourceError(f"{path}:1: {fact}", hint="Write a line `---` under its last key.")
    fact = "there is no front matter, so the leaflet has no title"
    return SourceError(f"{path}:1: {fact}", hint="Start the file with:\n---\ntitle: The title of the leaflet\n---")


class _Reader:
    """Reads the front matter of one file, whose path is in every message."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._yaml = ""
        self._plain: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._lines: dict[str, int] = {}

    def read(self, text: str) -> RawFrontMatter:
        self._yaml = text
        try:
            root = yaml.compose(text, Loader=yaml.BaseLoader)
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            problem = f"{getattr(error, 'context', '')}: {getattr(error, 'problem', '')}"
            position, fact, hint = next(row for words, *row in PROBLEMS if words in problem)
            mark = getattr(error, position, None)
            raise self._error(mark.line + 2 if mark else 1, f"the front matter is not YAML: {fact}", hint) from error
        if not isinstance(root, yaml.MappingNode):
            raise self._error(2, "the front matter is not a list of keys", "Write `title: ...`.")
        for key, value in root.value:
            self._read_key(_name(key), value, key.start_mark.line + 2)
        if "title" not in self._texts:
            raise self._error(1, "the leaflet has no title", "Add `title: ...` to the front matter.")
        return RawFrontMatter(self._plain, self._texts, self._lines)

    def _read_key(self, key: str, value: yaml.Node, line: int) -> None:
        self._claim(key, key, line)
        self._lines[key] = line
        if key == "contact":
            self._read_contact(value, line)
        elif key == "keywords":
            self._read_keywords(value, line)
        else:
            values = self._texts if key in TEXTS else self._plain
            values[key] = self._scalar(KEYS[key], value, key, line)

    def _find_unread(self, value: yaml.Node, key: str) -> str:
        """Return what stands before or behind a text and is no part of it: an anchor, `&a`, or a comment, `# a`."""
        written, rest = self._yaml[value.start_mark.index : value.end_mark.index], self._yaml[value.end_mark.index :]
        if written.startswith("&"):
            return written.split()[0]
        comment = rest.partition("\n")[0].strip(" \t,]}")
        is_plain = isinstance(value, yaml.ScalarNode) and not value.style
        return comment if key in {*TEXTS, "keywords"} and is_plain and comment.startswith("#") else ""

    def _read_keywords(self, value: yaml.Node, line: int) -> None:
        if not isinstance(value, yaml.SequenceNode):
            raise self._error(line, "'keywords' must be a list", "Write `keywords: [one, two]`.")
        for number, item in enumerate(value.value):
            self._texts[f"keywords.{number}"] = self._scalar(KEYS["keywords"], item, "keywords", line)
            self._lines[f"keywords.{number}"] = item.start_mark.line + 2

    def _read_contact(self, value: yaml.Node, line: int) -> None:
        if not isinstance(value, yaml.MappingNode):
            raise self._error(line, "'contact' must hold keys", f"They are: {', '.join(CONTACT)}.")
        for node, item in value.value:
            name, line = _name(node), node.start_mark.line + 2
            key = f"contact.{name}"
            self._claim(key, name, line)
            self._plain[key] = self._scalar(CONTACT[name], item, key, line)

    def _claim(self, key: str, name: str, line: int) -> None:
        """Raise SourceError when *key*, called *name* in the map that holds it, is unknown or there already."""
        choices, noun = (KEYS, "a key of the front matter") if key == name else (CONTACT, "a key")
        if name not in choices:
            raise self._error(line, f"{quote(key)} is not {noun}", offer(name, choices))
        if key in self._lines or key in self._plain:
            raise self._error(line, f"{quote(key)} is there twice", "Keep one of them.")

    def _scalar(self, setting: Setting, value: yaml.Node, key: str, line: int) -> str:
        if not isinstance(value, yaml.ScalarNode):
            raise self._error(line, f"{quote(key)} must be a text", f"Write `{key}: ...` on one line.")
        if value.tag not in {None, STRING}:
            kind = quote(str(value.tag).replace(YAML_TAGS, "!!"))
            raise self._error(line, f"{quote(key)} starts with {kind}, which YAML takes for a kind of value", QUOTE)
        if lost := self._find_unread(value, key):
            raise self._error(line, f"YAML does not take {quote(lost)} for a part of {quote(key)}", QUOTE)
        text = " ".join(str(value.value).split())
        if not text:
            raise self._error(line, f"{quote(key)} is empty", "Give it a value or take the key out.")
        if fact := encoding.find_forbidden_character(text):
            raise self._error(line, f"{quote(key)}: {fact}", "Take it out.")
        encoding.check_brackets(text, self._path, line)
        try:
            setting.kind.read(text)
        except KindError as error:
            raise self._error(line, f"{quote(key)} {error.fact}", error.hint) from error
        return text

    def _error(self, line: int, fact: str, hint: str) -> SourceError:
        return SourceError(f"{self._path}:{line}: {fact}", hint=hint)


def _name(key: yaml.Node) -> str:
    """Return the name of a key; one that is itself a list or a map has none."""
    return str(key.value) if isinstance(key, yaml.ScalarNode) else "[...]"
