"""Ligatures of a script that is read from right to left, so that each of their letters is found.

Such a glyph, as lam-alef, stands for letters one after the other. Readers that turn text around by its letters
(poppler, pdfium) turn those of a glyph around too, and make another word of it: "not" becomes "the". So the glyph
gives its first letter only, and each other one is painted beside it, narrow and unseen, by a glyph of its own.
"""

from __future__ import annotations

import io
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

RIGHT_TO_LEFT = frozenset(("R", "AL"))

SPACE = " "

Ligatures = dict[int, tuple[int, ...]]
"""The glyphs of a font that stand for several letters, and the glyphs of the letters after the first."""


def turned(text: str) -> bool:
    """Whether any letter of *text* is read from right to left."""
    return not text.isascii() and any(unicodedata.bidirectional(letter) in RIGHT_TO_LEFT for letter in text)


def completing(build: Callable[..., Any], parsed: Callable[..., Any]) -> Callable[..., Any]:
    """Return WeasyPrint's *build* of the fonts of a file, with a glyph for a space and each letter of a ligature.

    What was taken apart is noted in the `ligatures` of each font. *parsed* reads a font file (fontTools).
    """

    def built(pdf: Any, fonts: Mapping[Any, Any], *others: Any) -> Any:  # noqa: ANN401 - WeasyPrint brings no types
        for font in fonts.values():
            font.ligatures = {} if font.bitmap else _apart(font, parsed)
        return build(pdf, fonts, *others)

    return built


def _apart(font: Any, parsed: Callable[..., Any]) -> Ligatures:  # noqa: ANN401 - as above
    joined = {glyph: text for glyph, text in font.to_unicode.items() if len(text) > 1 and _whole(text)}
    if not joined and SPACE in font.to_unicode.values():
        return {}
    read = parsed(io.BytesIO(font.file_content), fontNumber=font.index, lazy=True)
    single = _single(read, {letter for text in joined.values() for letter in text[1:]} | {SPACE})
    _add(font, single, SPACE)
    found = {glyph: text for glyph, text in joined.items() if all(letter in single for letter in text[1:])}
    for glyph, text in found.items():
        font.to_unicode[glyph] = text[0]
        for letter in text[1:]:
            _add(font, single, letter)
    return {glyph: tuple(single[letter][0] for letter in text[1:]) for glyph, text in found.items()}


def _add(font: Any, single: Mapping[str, tuple[int, int]], letter: str) -> None:  # noqa: ANN401 - as above
    if letter in single:
        font.to_unicode.setdefault(single[letter][0], letter)
        font.widths.setdefault(*single[letter])


def _whole(text: str) -> bool:
    return all(unicodedata.bidirectional(letter) in RIGHT_TO_LEFT for letter in text)


def _single(font: Any, wanted: Iterable[str]) -> dict[str, tuple[int, int]]:  # noqa: ANN401 - as above
    """Return for each letter *wanted* that the *font* has its glyph and how wide that is, in thousandths."""
    names, scale = font.getBestCmap(), 1000 / font["head"].unitsPerEm
    found = {letter: names[ord(letter)] for letter in wanted if ord(letter) in names}
    return {letter: (font.getGlyphID(name), round(font["hmtx"][name][0] * scale)) for letter, name in found.items()}
