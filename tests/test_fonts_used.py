"""The fonts of finished files: which they are, and that no clock gets into one."""

from __future__ import annotations

import base64
import hashlib
import io
from typing import Any

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from polyleaf.fonts import used
from polyleaf.formats.pdf import layout
from polyleaf.model import Font, Theme

BIRTH = 3_000_000_000
"""A moment in 1999, in seconds since 1904, as fonts count."""

PAGE = """<html lang="en"><title>x</title>
<style>@font-face {{ font-family: own; src: url(data:font/ttf;base64,{font}) }} p {{ font: 12pt own }}</style><p>A"""


OWN = Theme(heading="own")
"""A look that names the font of the page; headings, for running text would be looked for among what is installed."""


def program(*, variable: bool) -> bytes:
    """Return a font with one letter, which can be made bolder when it is *variable*."""
    pen = TTGlyphPen(None)
    for at, point in enumerate([(0, 0), (0, 700), (500, 700), (500, 0)]):
        (pen.lineTo if at else pen.moveTo)(point)
    pen.closePath()
    box = pen.glyph()
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", "A"])
    builder.setupCharacterMap({65: "A"})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "A": box})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "A": (600, 0)})
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable(
        {"familyName": "Own", "styleName": "Regular", "fullName": "Own Regular", "version": "Version 1.5"}
    )
    builder.setupOS2()
    builder.setupPost()
    if variable:
        builder.setupFvar([("wght", 100, 400, 900, "Weight")], [])
        builder.setupGvar({"A": []})
    builder.font.recalcTimestamp = False
    builder.font["head"].created = builder.font["head"].modified = BIRTH
    target = io.BytesIO()
    builder.save(target)
    return target.getvalue()


def cut(content: bytes) -> TTFont:
    with pikepdf.open(io.BytesIO(content)) as document:
        streams: list[Any] = [
            item for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item
        ]
        return TTFont(io.BytesIO(streams[0].FontFile2.read_bytes()))


@pytest.mark.parametrize("variable", [True, False])
def test_a_font_keeps_its_own_date_in_a_pdf(variable: bool) -> None:  # noqa: FBT001 - a parameter of pytest
    page = PAGE.format(font=base64.b64encode(program(variable=variable)).decode())
    font = cut(layout.render_pdf(page, OWN))

    assert BIRTH == font["head"].modified
    assert "fvar" not in font


def test_a_pdf_tells_its_fonts_as_they_were_before_they_were_cut() -> None:
    content = program(variable=True)
    with used.record() as fonts:
        layout.render_pdf(PAGE.format(font=base64.b64encode(content).decode()), OWN)
    [font] = [font for font in fonts if font.name == "Own Regular"]

    assert ("Version 1.5", hashlib.sha256(content).hexdigest()) == (font.version, font.digest)


def test_a_picture_of_a_page_tells_its_fonts_and_nobody_needs_to_ask() -> None:
    page = PAGE.format(font=base64.b64encode(program(variable=False)).decode())
    with used.record() as fonts:
        layout.render_png(page, OWN)
        with used.record() as others:
            pass
    before = dict(fonts)
    layout.render_png(page, OWN)

    assert ["Own Regular"] == [font.name for font in fonts]
    assert {} == others
    assert before == fonts


def test_a_font_without_names_has_none() -> None:
    assert used.identify(b"no font") == Font("", "", hashlib.sha256(b"no font").hexdigest())
