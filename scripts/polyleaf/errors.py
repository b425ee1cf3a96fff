"""Errors that end a command: each names the location, the fact and the way out, and has its exit code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from polyleaf.quotations import pluralize, quote

if TYPE_CHECKING:
    import re

Item = TypeVar("Item")
Result = TypeVar("Result")

MOST = 50
"""How many errors, and how many choices, are shown together."""


class PolyleafError(Exception):
    """A command cannot go on: *message* gives location and fact, *hint* the way out, empty when there is none.

    *text* are words of a leaflet by which the cause is found, empty when the message has its location. *parts* are the
    errors that are shown together in this one.
    """

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "", text: str = "") -> None:
        """Keep *message* and *hint* apart, so that the command line can set them apart."""
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.text = text
        self.parts: tuple[PolyleafError, ...] = (self,)

    def __str__(self) -> str:
        """Return the message with its hint on a line of its own."""
        return f"{self.message}\n{self.hint}" if self.hint else self.message


@dataclass(frozen=True, slots=True)
class KnownWarning:
    """What a library says (*regex*, from the start), the *fact* with its groups, and the *hint*."""

    regex: re.Pattern[str]
    fact: str
    hint: str


class CommandError(PolyleafError):
    """The command line names something that is not there."""

    exit_code = 2


class ConfigError(PolyleafError):
    """A setting in `pyproject.toml` or `source/theme.toml` is wrong."""

    exit_code = 3


class SourceError(PolyleafError):
    """Something an author wrote cannot be used."""

    exit_code = 4


class CatalogError(PolyleafError):
    """Something in a PO file cannot be used."""

    exit_code = 5


class RenderError(PolyleafError):
    """An output could not be rendered or written."""

    exit_code = 6


class WriteConflict(RenderError):  # noqa: N818 - the term of the field
    """A file changed after it was read and before what was made of it could be written."""


class ToolMissing(PolyleafError):  # noqa: N818 - the name of the plan; it reads as what happened
    """A program or library that polyleaf needs is not on this machine."""

    exit_code = 7


def offer(word: str, choices: Iterable[str]) -> str:
    """Return a hint for somebody who wrote *word*: the one of *choices* that is most like it, else all of them."""
    import difflib  # noqa: PLC0415 - only those who mistype wait for it

    names = sorted(choices)
    similar = difflib.get_close_matches(word.casefold(), names, n=1)
    if similar:
        return f"Did you mean {quote(similar[0])}?"
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return f"Choose from: {', '.join(names[:MOST]) or 'nothing yet'}{more}."


def decode_utf8(content: bytes, path: str, kind: type[PolyleafError], hint: str) -> str:
    """Return the text of *content*, which may start with a BOM; raises a *kind* of error for what is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise kind(f"{path}:{line}: this is not UTF-8", hint=hint) from error


def collect(make: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
    """Return what *make* returns for each of *items*; raises all its SourceErrors and CatalogErrors at once."""
    results: list[Result] = []
    errors: list[PolyleafError] = []
    for item in items:
        try:
            results.append(make(item))
        except (SourceError, CatalogError) as error:
            errors.append(error)
    stop_for(errors)
    return results


def stop_for(errors: Sequence[PolyleafError]) -> None:
    """Raise what is in *errors*: nothing when it is empty, one error when there are more of a kind.

    The message of the raised error holds all messages, each with its hint, so that nobody repairs ten
    texts in ten runs. The exit code is that of the first.
    """
    if not errors:
        return
    if len(errors) == 1:
        raise errors[0]
    messages = list(dict.fromkeys(map(str, errors)))
    more = [f"and {pluralize(len(messages) - MOST, 'error')} more"] if len(messages) > MOST else []
    error = type(errors[0])("\n".join([*messages[:MOST], *more]))
    error.parts = tuple(part for each in errors for part in each.parts)
    raise error
