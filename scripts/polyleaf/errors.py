"""What can stop the press: every error names the place, the fact and the way out."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class PolyleafError(Exception):
    """The press stops: *message* gives place and fact, *hint* the way out."""

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        """Keep *message* and *hint* apart, so that the shell can set them apart."""
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
    """A finished file could not be made or written."""

    exit_code = 6


class ToolMissing(PolyleafError):  # noqa: N818 - the name of the plan; it reads as what happened
    """A program or library that polyleaf needs is not on this machine."""

    exit_code = 7


def offer(word: str, choices: Iterable[str]) -> str:
    """Return a hint for somebody who wrote *word*: the one of *choices* that is most like it, else all of them."""
    known = sorted(choices)
    near = difflib.get_close_matches(word.casefold(), known, n=1)
    return f"Did you mean {near[0]!r}?" if near else f"Choose from: {', '.join(known) or 'nothing yet'}."


def stop_for(errors: Sequence[PolyleafError]) -> None:
    """Raise what is in *errors*: nothing when it is empty, one error when there are more of a kind.

    The message of the raised error holds all messages, each with its hint, so that nobody repairs ten
    places in ten runs. The exit code is that of the first.
    """
    if not errors:
        return
    if len(errors) == 1:
        raise errors[0]
    raise type(errors[0])("\n".join(str(error) for error in errors))
