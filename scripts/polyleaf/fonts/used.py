"""DOOR to fontTools: which fonts a file was set with, each as its own program says; and who wants to know of them."""

from __future__ import annotations

import contextlib
import hashlib
import io
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from polyleaf.model import Font

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fontTools.ttLib import TTFont

FULL_NAME, VERSION = 4, 5
"""Entries of the table `name` (OpenType 1.9.1, Name IDs)."""

_NOTED: ContextVar[dict[Font, None] | None] = ContextVar("_NOTED", default=None)


@contextlib.contextmanager
def noted() -> Iterator[dict[Font, None]]:
    """Give a set, in order, that fills with the fonts of all pages and books that are made in the block."""
    found: dict[Font, None] = {}
    token = _NOTED.set(found)
    try:
        yield found
    finally:
        _NOTED.reset(token)


def note(programs: Iterable[tuple[bytes, int]]) -> None:
    """Tell whoever wants to know that pages were set with *programs*: whole font files, and which font in each."""
    if _NOTED.get() is not None:
        note_known(told(content, index) for content, index in programs)


def note_known(fonts: Iterable[Font]) -> None:
    """Tell the same of *fonts* that were asked before."""
    found = _NOTED.get()
    if found is not None:
        found.update(dict.fromkeys(fonts))


def undated(*words: Any, **options: Any) -> TTFont:  # noqa: ANN401 - as fontTools has them
    """Return a font, opened as fontTools does, that keeps the date of its last change when it is saved."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - as below

    return TTFont(*words, **{**options, "recalcTimestamp": False})


def told(content: bytes, index: int = 0) -> Font:
    """Return what the font file *content* says of the font *index* in it; one without names has empty ones."""
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415 - only those who set pages should wait for it

    digest = hashlib.sha256(content).hexdigest()
    try:
        with TTFont(io.BytesIO(content), fontNumber=index, lazy=True) as font:
            names = font["name"]
            return Font(names.getDebugName(FULL_NAME) or "", names.getDebugName(VERSION) or "", digest)
    except (TTLibError, KeyError):
        return Font("", "", digest)
