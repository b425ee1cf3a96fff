"""Settings: which keys a file may hold, of what kind the value of each is, and the JSON Schema that says the same.

The tables themselves stand where they are used: `config.SETTINGS` (`[tool.polyleaf]` in `pyproject.toml`),
`theme.config.TABLES` (`source/theme.toml`) and `sources.front_matter.KEYS`. The schemas hold only keywords that mean
the same in every draft since the fourth, since few editors know the last one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from polyleaf.errors import ConfigError, decode_utf8, offer
from polyleaf.quotations import quote, shorten

Schema = Mapping[str, Any]
"""A JSON Schema; its `title` names the kind of value for people."""

LONGEST = 60
"""How many characters of a wrong value a message shows."""

CODE = re.compile(r"[a-z]{2,3}(_[A-Z][a-z]{3})?(_([A-Z]{2}|[0-9]{3}))?")
"""A language, and where it matters its script and territory; folders are named so, and other variants have none."""


AT_LINE = re.compile(r"\(at line (\d+)")
"""Where tomllib says that it stopped, but for the end of the file."""


class KindError(Exception):
    """A value is not of its kind; *path* leads from its key to the part that is not: `[1]`, `.nl.lix`."""

    def __init__(self, fact: str, hint: str, path: str = "") -> None:
        """Keep what is needed for a message, which begins with a location that only the caller knows."""
        super().__init__(fact)
        self.fact, self.hint, self.path = fact, hint, path


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value: its JSON Schema, and what returns such a value in its usual form or raises KindError."""

    schema: Schema
    read: Callable[[Any], Any] = lambda value: value


@dataclass(frozen=True, slots=True)
class Setting:
    """What stands under one key: the kind of its value, and one sentence that says what it does."""

    kind: Kind
    description: str


def load(content: bytes, location: str) -> dict[str, Any]:
    """Return the TOML *content* of the file *location*; raises ConfigError when it is none."""
    text = decode_utf8(content, location, ConfigError, "Save the file as UTF-8 text.")
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        match = AT_LINE.search(str(error))
        line = match[1] if match else text.rstrip().count("\n") + 1
        hint = 'Repair the line: `name = value`, each name once, texts in "double quotes", brackets closed.'
        raise ConfigError(f"{location}:{line}: this is not valid TOML", hint=hint) from error


def read(
    values: Mapping[str, Any], settings: Mapping[str, Setting], noun: str, location: str
) -> tuple[dict[str, Any], list[ConfigError]]:
    """Return *values* in their usual form, and an error for every key or value that *settings* do not allow.

    *noun* is what a key is called, *location* the file and the table: `pyproject.toml: [tool.polyleaf]`.
    """
    table, errors = {}, []
    for key, value in values.items():
        try:
            require_known(key, settings, noun)
            with inside(f" {key}"):
                table[key] = settings[key].kind.read(value)
        except KindError as error:
            errors.append(locate_error(location, error))
    return table, errors


def locate_error(location: str, error: KindError) -> ConfigError:
    """Return *error* as one of the file and table *location*."""
    return ConfigError(f"{location}{error.path}: {error.fact}", hint=error.hint)


@contextmanager
def inside(path: str) -> Iterator[None]:
    """Put *path* before that of a KindError that is raised within."""
    try:
        yield
    except KindError as error:
        raise KindError(error.fact, error.hint, path + error.path) from error


def require_known(name: str, choices: Iterable[str], noun: str) -> None:
    """Raise KindError with the choice most like *name* when it is not one of *choices*, each of which is *noun*."""
    if name not in choices:
        raise KindError(f"{quote(name)} is not {noun}", offer(name, choices))


def short(value: object) -> str:
    """Return a text in quotation marks, another *value* as Python writes it; at most 60 characters of it."""
    try:
        return quote(value) if isinstance(value, str) else shorten(str(value))
    except ValueError:  # Python writes no integer of more than 4300 digits, and TOML has them in hexadecimal
        return "a number of thousands of digits"


def is_date(text: str) -> bool:
    """Tell whether *text* is a day of the calendar as ISO 8601 writes it: 2026-03-01."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def text(
    title: str, pattern: str, hint: str, fact: str = "cannot be {}", good: Callable[[str], object] | None = None
) -> Kind:
    """Return the kind of a text that is as a whole what *pattern* says, or *good* where no pattern can say it all.

    *fact*, with `{}` for the value, and *hint* are the message for any other.
    """
    fits = good or re.compile(pattern).fullmatch

    def read_text(value: object) -> str:
        if isinstance(value, str) and fits(value):
            return value
        raise KindError(fact.format(short(value)), hint)

    return Kind({"title": title, "type": "string", "pattern": rf"^\s*{pattern}\s*$"}, read_text)


def choice(title: str, choices: Sequence[str]) -> Kind:
    """Return the kind of a text that is one of *choices*."""
    kind = text(title, "|".join(choices), f"Choose from: {', '.join(choices)}.")
    return Kind({"title": title, "enum": list(choices)}, kind.read)


def number(title: str, least: float, most: float, fact: str) -> Kind:
    """Return the kind of a number from *least* to *most*; *fact* says why one beyond them will not do."""

    def read_number(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise KindError(f"{short(value)} is not a number", f"Write one, such as {least}.")
        if not least <= value <= most:
            near = least if value < least else most
            raise KindError(f"{short(value)} will not do: {fact}", f"Write {near:g}, or take it out.")
        return value

    return Kind({"title": title, "type": "number", "minimum": least, "maximum": most}, read_number)


def texts(title: str, item: Kind, like: str, least: int = 1) -> Kind:
    """Return the kind of a list of texts, each an *item* and kept once, at least so many; *like* is an example."""

    def read_texts(values: Any) -> tuple[str, ...]:  # noqa: ANN401 - whatever TOML can hold
        if not isinstance(values, list) or len(values) < least or not all(isinstance(value, str) for value in values):
            raise KindError(f"must be a list of texts, not {short(values)}", f"Write it as {like}.")
        read = []
        for number, value in enumerate(values):
            with inside(f"[{number}]"):
                read.append(item.read(value))
        return tuple(dict.fromkeys(read))

    return Kind({"title": title, "type": "array", "items": item.schema, "minItems": least}, read_texts)


def by_language(schema: Schema) -> Schema:
    """Return the schema of a table with a value of *schema* for each language, by gettext code."""
    pattern = f"^{CODE.pattern}$"
    return {"type": "object", "patternProperties": {pattern: schema}, "additionalProperties": False}


def by_key(settings: Mapping[str, Setting], required: Sequence[str] = ()) -> Schema:
    """Return the schema of a table of *settings*, which holds no other keys."""
    properties = {key: {"description": setting.description, **setting.kind.schema} for key, setting in settings.items()}
    must = {"required": list(required)} if required else {}
    return {"type": "object", "properties": properties, **must, "additionalProperties": False}
