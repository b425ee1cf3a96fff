"""The fonts that outputs were set with, each as its own file says. Calls fontTools."""

from __future__ import annotations

import contextlib
import hashlib
import io
from collections.abc import Iterable, Iterator
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from polyleaf.model import Font

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

FULL_NAME, VERSION = 4, 5
"""Entries of the table `name` (OpenType 1.9.1, Name IDs)."""

_RECORDED: ContextVar[dict[Font, None] | None] = ContextVar("_RECORDED", default=None)


@contextlib.contextmanager
def record() -> Iterator[dict[Font, None]]:
    """Yield a set, in order, that fills with the fonts of all pages and books that are made in the block."""
    fonts: dict[Font, None] = {}
    token = _RECORDED.set(fonts)
    try:
        yield fonts
    finally:
        _RECORDED.reset(token)


def add_programs(programs: Iterable[tuple[bytes, int]]) -> None:
    """Record that pages were set with *programs*: whole font files, each with the number of the font in it."""
    if _RECORDED.get() is not None:
        add(identify(content, index) for content, index in programs)


def add(fonts: Iterable[Font]) -> None:
    """Record *fonts* that are identified already."""
    recorded = _RECORDED.get()
    if recorded is not None:
        recorded.update(dict.fromkeys(fonts))


def open_undated(*words: Any, **options: Any) -> TTFont:  # noqa: ANN401 - as fontTools has them
    """Return a font, opened as fontTools does, that keeps the date of its last change when it is saved."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - as below

    return TTFont(*words, **{**options, "recalcTimestamp": False})


def identify(content: bytes, index: int = 0) -> Font:
    """Return what the font file *content* says of the font *index* in it; a font without names has empty ones."""
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415 - only those who set pages should wait for it

    digest = hashlib.sha256(content).hexdigest()
    try:
        with TTFont(io.BytesIO(content), fontNumber=index, lazy=True) as font:
            names = font["name"]
            return Font(names.getDebugName(FULL_NAME) or "", names.getDebugName(VERSION) or "", digest)
    except (TTLibError, KeyError):
        return Font("", "", digest)
