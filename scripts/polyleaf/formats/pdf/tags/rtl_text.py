"""Text that is read from right to left, painted in the order in which it is read (ISO 32000-1, 14.8.2.3.3).

Pango gives the glyphs of a line as they stand, from left to right, and WeasyPrint paints them so. Of the two ways that
the standard has for such text, each glyph is set in its place here, which needs nothing of a reader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

TOKEN = re.compile(r"<([0-9a-f]*)>|(-?[0-9.]+)")
DIGITS = 4
"""Hexadecimal digits of the number of a glyph."""

EMPTY = 0x0FFFFFFF
"""What Pango says for a glyph that is not painted."""

NARROW = 0.1
"""The width of a letter beside its ligature, as a part of its own: enough to be found, too little to be a gap."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph in the file: its number, font and size (operands of Tf), rise, and where it is, in units of text."""

    code: str
    font: str
    rise: str
    start: float
    width: float
    seen: bool = True


def read_order(box: Any) -> list[int]:  # noqa: ANN401 - WeasyPrint brings no types
    """Return the glyphs painted for *box*, counted from left to right, in the order in which they are read."""
    layout = box.pango_layout
    layout.reactivate(box.style)
    line, _ = layout.get_first_line()
    places: list[tuple[int, int]] = []
    for run in _runs(line):
        glyphs, level = run.glyphs, run.item.analysis.level
        painted = [at for at in range(glyphs.num_glyphs) if glyphs.glyphs[at].glyph != EMPTY]
        places += [(run.item.offset, -at if level % 2 else at) for at in painted]
    layout.deactivate()
    return sorted(range(len(places)), key=places.__getitem__)


def _runs(line: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
    run = line.runs
    while run:
        yield run.data
        run = run.next


def with_space(parts: list[Any], fonts: Mapping[str, Any]) -> list[Any]:
    """Return the *parts* of a piece of text from left to right with a space behind it, where its font has one.

    At the end of a line WeasyPrint may paint the space all the same.
    """
    end = parts.index(b"ET")
    names = [text.rpartition(" ")[0] for text in map(_text, parts[:end]) if text.endswith(" Tf")]
    code = _space(names[-1], fonts) if names else ""
    painted = [code for text in map(_text, parts[:end]) if text.endswith("TJ") for code, _ in _shown(text) if code]
    if painted[-1:] == [code]:
        return parts
    return [*parts[:end], *([f"<{code}> Tj"] if code else []), *parts[end:]]


def set_in_order(parts: list[Any], order: Sequence[int], fonts: Mapping[str, Any], *, space: bool) -> list[Any]:
    """Return the *parts* of a piece of text with its glyphs painted in *order*, and a *space* to the left of them.

    *fonts* are WeasyPrint's, by name.
    """
    begin, end = parts.index(b"BT"), parts.index(b"ET")
    glyphs = list(_glyphs(parts[begin + 1 : end], fonts))
    assert len(glyphs) == len(order), "WeasyPrint paints other glyphs than Pango gives"  # noqa: S101 - another version would
    read = [part for at in order for part in (glyphs[at], *_letters(glyphs[at], fonts))]
    code = _space(read[-1].font, fonts) if space else ""
    if code and code != read[-1].code:
        width = _width(read[-1].font, code, fonts)
        read.append(Glyph(code, read[-1].font, "0", -width, width))
    return [*parts[: begin + 2], *_painted(read), *parts[end:]]


def _space(font: str, fonts: Mapping[str, Any]) -> str:
    spaces = [glyph for glyph, text in fonts[_name(font)].to_unicode.items() if text == " "]
    return f"{spaces[0]:04x}" if spaces else ""


def _text(part: Any) -> str:  # noqa: ANN401 - text, bytes or an object
    return part.decode() if isinstance(part, bytes) else str(part)


def _glyphs(parts: Sequence[Any], fonts: Mapping[str, Any]) -> Iterator[Glyph]:
    font, rise, pen = "", "0", 0.0
    for part in parts:
        operands, _, operator = _text(part).rpartition(" ")
        if operator == "Tf":
            font = operands
        elif operator == "Ts":
            rise = operands
        elif operator == "TJ":
            for code, space in _shown(operands):
                pen -= space * _size(font) / 1000
                if code:
                    width = _width(font, code, fonts)
                    yield Glyph(code, font, rise, pen, width)
                    pen += width


def _shown(operands: str) -> Iterator[tuple[str, float]]:
    for codes, space in TOKEN.findall(operands):
        if space:
            yield "", float(space)
        yield from ((codes[at : at + DIGITS], 0.0) for at in range(0, len(codes), DIGITS))


def _letters(glyph: Glyph, fonts: Mapping[str, Any]) -> Iterator[Glyph]:
    start = glyph.start
    for letter in fonts[_name(glyph.font)].ligatures.get(int(glyph.code, 16), ()):
        code = f"{letter:04x}"
        width = NARROW * _width(glyph.font, code, fonts)
        start -= width
        yield Glyph(code, glyph.font, glyph.rise, start, width, seen=False)


def _painted(glyphs: Sequence[Glyph]) -> Iterator[str]:
    font, rise, pen = "", "0", 0.0
    for glyph in glyphs:
        if glyph.font != font:
            yield f"{glyph.font} Tf"
        if glyph.rise != rise:
            yield f"{glyph.rise} Ts"
        font, rise = glyph.font, glyph.rise
        space = (pen - glyph.start) * 1000 / _size(font)
        if glyph.seen:
            yield f"[{space:.3f}<{glyph.code}>] TJ"
        else:  # invisible (9.3.6) and narrow (9.3.4)
            yield from (f"[{space:.3f}] TJ", "3 Tr", f"{100 * NARROW:g} Tz", f"<{glyph.code}> Tj", "100 Tz", "0 Tr")
        pen = glyph.start + glyph.width
    if rise != "0":
        yield "0 Ts"


def _name(font: str) -> str:
    return font.partition(" ")[0][1:]


def _size(font: str) -> float:
    return float(font.partition(" ")[2])


def _width(font: str, code: str, fonts: Mapping[str, Any]) -> float:
    return float(fonts[_name(font)].widths[int(code, 16)]) * _size(font) / 1000
