"""Right-to-left text (ISO 32000-1, 14.8.2.3.3): glyphs painted in reading order, ligatures split into their letters.

Pango gives the glyphs of a line from left to right, and WeasyPrint paints them so. Of the two ways that the standard
has for such text, each glyph is positioned by itself here, which needs nothing of a reader.

A glyph that is a ligature, as lam-alef, stands for letters one after the other. Readers that turn text around by its
letters (poppler, pdfium) turn those of a glyph around too, and make another word of it: "not" becomes "the". So the
glyph gives its first letter only, and each other one is painted beside it, narrow and unseen, by a glyph of its own.
"""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

RIGHT_TO_LEFT = frozenset(("R", "AL"))

SPACE = " "

TOKEN = re.compile(r"<([0-9a-f]*)>|(-?[0-9.]+)")
DIGITS = 4
"""Hexadecimal digits of the number of a glyph."""

EMPTY = 0x0FFFFFFF
"""What Pango says for a glyph that is not painted."""

NARROW = 0.1
"""The width of a letter beside its ligature, as a part of its own: enough to be found, too little to be a gap."""

Ligatures = dict[int, tuple[int, ...]]
"""The glyphs of a font that stand for several letters, and the glyphs of the letters after the first."""

Glyphs = Mapping[str, tuple[int, int]]
"""The glyphs of letters that a font has, with their widths in thousandths of the size."""

MOST = 256
"""How many questions to fonts are kept: all leaflets have the same fonts, and to read one takes long."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph in the file: its number, font and size (operands of Tf), rise, and position, in units of text space."""

    code: str
    font: str
    rise: str
    start: float
    width: float
    visible: bool = True


def has_rtl(text: str) -> bool:
    """Tell whether any letter of *text* is read from right to left."""
    return not text.isascii() and any(map(_is_rtl, text))


def _is_rtl(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in RIGHT_TO_LEFT


def with_split_ligatures(build: Callable[..., Any], open_font: Callable[..., Any]) -> Callable[..., Any]:
    """Return WeasyPrint's *build* of the fonts of a file, with a glyph for a space and each letter of a ligature.

    The ligatures that were split are noted in the `ligatures` of each font. *open_font* reads a font file (fontTools).
    """
    kept: dict[tuple[bytes, int, frozenset[str]], Glyphs] = {}

    def find_glyphs(font: Any, letters: frozenset[str]) -> Glyphs:  # noqa: ANN401 - as below
        key = hashlib.sha256(font.file_content).digest(), font.index, letters
        if key not in kept:
            if len(kept) >= MOST:
                kept.clear()
            parsed = open_font(io.BytesIO(font.file_content), fontNumber=font.index, lazy=True)
            kept[key] = _glyphs_of(parsed, letters)
        return kept[key]

    def build_fonts_dictionary(pdf: Any, fonts: Mapping[Any, Any], *options: Any) -> Any:  # noqa: ANN401 - WeasyPrint brings no types
        for font in fonts.values():
            font.ligatures = {} if font.bitmap else _split(font, find_glyphs)
        return build(pdf, fonts, *options)

    return build_fonts_dictionary


def _split(font: Any, find_glyphs: Callable[[Any, frozenset[str]], Glyphs]) -> Ligatures:  # noqa: ANN401 - as above
    joined = {glyph: text for glyph, text in font.to_unicode.items() if len(text) > 1 and all(map(_is_rtl, text))}
    if not joined and SPACE in font.to_unicode.values():
        return {}
    single = find_glyphs(font, frozenset(letter for text in joined.values() for letter in text[1:]) | {SPACE})
    _add(font, single, SPACE)
    ligatures = {glyph: text for glyph, text in joined.items() if all(letter in single for letter in text[1:])}
    for glyph, text in ligatures.items():
        font.to_unicode[glyph] = text[0]
        for letter in text[1:]:
            _add(font, single, letter)
    return {glyph: tuple(single[letter][0] for letter in text[1:]) for glyph, text in ligatures.items()}


def _add(font: Any, single: Glyphs, letter: str) -> None:  # noqa: ANN401 - as above
    if letter in single:
        font.to_unicode.setdefault(single[letter][0], letter)
        font.widths.setdefault(*single[letter])


def _glyphs_of(font: Any, letters: Iterable[str]) -> Glyphs:  # noqa: ANN401 - as above
    """Return the glyph of each of *letters* that the *font* has, and its width in thousandths of the size."""
    names, scale = font.getBestCmap(), 1000 / font["head"].unitsPerEm
    mapped = {letter: names[ord(letter)] for letter in letters if ord(letter) in names}
    return {letter: (font.getGlyphID(name), round(font["hmtx"][name][0] * scale)) for letter, name in mapped.items()}


def find_order(box: Any) -> list[int]:  # noqa: ANN401 - as above
    """Return the glyphs painted for *box*, counted from left to right, in the order in which they are read."""
    layout = box.pango_layout
    layout.reactivate(box.style)
    line, _ = layout.get_first_line()
    positions: list[tuple[int, int]] = []
    for run in _runs(line):
        glyphs, level = run.glyphs, run.item.analysis.level
        painted = [at for at in range(glyphs.num_glyphs) if glyphs.glyphs[at].glyph != EMPTY]
        positions += [(run.item.offset, -at if level % 2 else at) for at in painted]
    layout.deactivate()
    return sorted(range(len(positions)), key=positions.__getitem__)


def _runs(line: Any) -> Iterator[Any]:  # noqa: ANN401 - as above
    run = line.runs
    while run:
        yield run.data
        run = run.next


def add_space(parts: list[Any], fonts: Mapping[str, Any]) -> list[Any]:
    """Return the *parts* of a left-to-right text with a space behind it, where its font (of *fonts*, by name) has one.

    At the end of a line WeasyPrint may paint the space all the same.
    """
    end = parts.index(b"ET")
    operations = [_text(part) for part in parts[:end]]
    names = [text.rpartition(" ")[0] for text in operations if text.endswith(" Tf")]
    code = _space_code(names[-1], fonts) if names else ""
    painted = [glyph for text in operations if text.endswith("TJ") for glyph, _ in _shown(text) if glyph]
    if painted[-1:] == [code]:
        return parts
    return [*parts[:end], *([f"<{code}> Tj"] if code else []), *parts[end:]]


def reorder(parts: list[Any], order: Sequence[int], fonts: Mapping[str, Any], *, space: bool) -> list[Any]:
    """Return the *parts* of a text with its glyphs painted in *order*, and a *space* to the left of them if asked.

    *fonts* are WeasyPrint's, by name.
    """
    begin, end = parts.index(b"BT"), parts.index(b"ET")
    read = _read(parts[begin + 1 : end], order, fonts)
    code = _space_code(read[-1].font, fonts) if space and read else ""
    if code and code != read[-1].code:
        width = _width(read[-1].font, code, fonts)
        read.append(Glyph(code, read[-1].font, "0", -width, width))
    return [*parts[: begin + 2], *_painted(read), *parts[end:]]


def cut_hyphen(parts: list[Any], order: Sequence[int], fonts: Mapping[str, Any]) -> tuple[list[Any], list[Any]]:
    """Return the *parts* of a text with its glyphs in *order*: the last, its hyphen, in parts of its own.

    *fonts* are WeasyPrint's, by name.
    """
    begin, end = parts.index(b"BT"), parts.index(b"ET")
    *word, hyphen = _read(parts[begin + 1 : end], order, fonts)
    return [*parts[: begin + 2], *_painted(word), b"ET"], [*parts[begin : begin + 2], *_painted([hyphen]), *parts[end:]]


def _read(parts: Sequence[Any], order: Sequence[int], fonts: Mapping[str, Any]) -> list[Glyph]:
    """Return the glyphs that *parts* paint in *order*, each with the letters that are hidden beside it."""
    glyphs = list(_glyphs(parts, fonts))
    assert len(glyphs) == len(order), "WeasyPrint paints other glyphs than Pango gives"  # noqa: S101 - another version would
    return [part for at in order for part in (glyphs[at], *_hidden_letters(glyphs[at], fonts))]


def _space_code(font: str, fonts: Mapping[str, Any]) -> str:
    spaces = [glyph for glyph, text in fonts[_name(font)].to_unicode.items() if text == SPACE]
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


def _hidden_letters(glyph: Glyph, fonts: Mapping[str, Any]) -> Iterator[Glyph]:
    start = glyph.start
    for letter in fonts[_name(glyph.font)].ligatures.get(int(glyph.code, 16), ()):
        code = f"{letter:04x}"
        width = NARROW * _width(glyph.font, code, fonts)
        start -= width
        yield Glyph(code, glyph.font, glyph.rise, start, width, visible=False)


def _painted(glyphs: Sequence[Glyph]) -> Iterator[str]:
    font, rise, pen = "", "0", 0.0
    for glyph in glyphs:
        if glyph.font != font:
            yield f"{glyph.font} Tf"
        if glyph.rise != rise:
            yield f"{glyph.rise} Ts"
        font, rise = glyph.font, glyph.rise
        space = (pen - glyph.start) * 1000 / _size(font)
        if glyph.visible:
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
