"""Errors that end a command: each names the location, the fact and the way out, and has its exit code."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence


class PolyleafError(Exception):
    """A command cannot go on: *message* gives location and fact, *hint* the way out, empty when there is none."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        """Keep *message* and *hint* apart, so that the command line can set them apart."""
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Return the message with its hint on a line of its own."""
        return f"{self.message}\n{self.hint}" if self.hint else self.message


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


class ToolMissing(PolyleafError):  # noqa: N818 - the name of the plan; it reads as what happened
    """A program or library that polyleaf needs is not on this machine."""

    exit_code = 7


def offer(word: str, choices: Iterable[str]) -> str:
    """Return a hint for somebody who wrote *word*: the one of *choices* that is most like it, else all of them."""
    names = sorted(choices)
    similar = difflib.get_close_matches(word.casefold(), names, n=1)
    return f"Did you mean {similar[0]!r}?" if similar else f"Choose from: {', '.join(names) or 'nothing yet'}."


def stop_for(errors: Sequence[PolyleafError]) -> None:
    """Raise what is in *errors*: nothing when it is empty, one error when there are more of a kind.

    The message of the raised error holds all messages, each with its hint, so that nobody repairs ten
    texts in ten runs. The exit code is that of the first.
    """
    if not errors:
        return
    if len(errors) == 1:
        raise errors[0]
    raise type(errors[0])("\n".join(str(error) for error in errors))
