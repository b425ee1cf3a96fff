"""A law: a figure that is taken looks on paper as in a browser, whatever SVG it is drawn with."""

# ruff: noqa: E501 - a drawing has a line, or two

from __future__ import annotations

import base64
import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter

import edition_values
from polyleaf.errors import SourceError
from polyleaf.fonts import files
from polyleaf.formats import localize_picture
from polyleaf.formats.pdf import layout
from polyleaf.model import DEFAULT_THEME, Picture
from polyleaf.theme import families

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from polyleaf.fonts.files import Face

WIDTH, HEIGHT, SCALE = 300, 200, 2
STYLE = f"body {{ margin: 0 }} img {{ display: block; width: {WIDTH}px; height: {HEIGHT}px }}"
PAGES = f"@page {{ size: {WIDTH}px {HEIGHT}px; margin: 0 }} img {{ break-after: page }}"

RECT = '<rect x="20" y="20" width="100" height="60" fill="#369"/>'
COPIED = RECT.replace("<rect", '<rect id="r"')
BENT = '<path d="M40 40L150 60L200 150" fill="none" stroke="#000" stroke-width="3" {}/>'
MARKER = '<marker id="m" {}><path d="M0 0L10 5L0 10z" fill="red"/></marker>'
ARROW = 'markerWidth="10" markerHeight="10" refX="5" refY="5" orient="auto"'
AT_END, EVERYWHERE = 'marker-end="url(#m)"', 'style="marker: url(#m)"'
CLIP = '<clipPath id="c">{}</clipPath>' + RECT.replace("<rect", '<rect clip-path="url(#c)"')
SYMBOL = '<symbol id="s" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5"/></symbol>'
LETTERS = '<text x="{}" y="60" font-size="30" {}>{}</text>'
STOPS = '<stop offset="0" stop-color="red"/><stop offset="1" stop-color="blue"/>'

DRAWN = {
    "shapes": RECT + '<circle cx="180" cy="60" r="30"/><ellipse cx="250" cy="60" rx="40" ry="20" fill="#a52"/>'
    '<polygon fill-rule="evenodd" points="100,90 60,180 170,120 40,120 150,180"/>',
    "curves": '<path d="M10 10h50v20l20 20H20zm100 0c20 0 30 40 60 40s20-30 40-30q20 0 20 30t20 30a30 20 20 0 1 -60 30'
    'A10 10 0 0 0 150 150T120 100Q100 100 100 80" fill="#acf" stroke="#000"/>',
    "lengths": '<rect x="1cm" y="5mm" width="1in" height="40pt"/><rect x="60%" y="50%" width="3em" height="10%"/>',
    "short numbers": '<g transform="matrix(1,0,0,1,.5.5)translate(20-5)" opacity="50%"><rect width="80" height="50"/></g>',
    "transforms": '<g transform="translate(80,20) rotate(20) scale(1.2 .8) skewX(10)"><rect width="80" height="50"/></g>',
    "a transform of CSS": '<rect style="transform: translate(20px, 30px) rotate(10deg)" x="30" width="90" height="50"/>',
    "a transparent group": '<g opacity=".5"><rect x="20" y="20" width="90" height="90"/><rect x="60" y="60" width="90"'
    ' height="90" fill="red"/></g>',
    "a transparent line": '<rect x="20" y="20" width="90" height="50" stroke="red" stroke-width="16" stroke-opacity=".4"/>',
    "a line below its surface": '<rect x="30" y="30" width="90" height="50" fill="#9cf" stroke="red" stroke-width="20"'
    ' paint-order="stroke"/>',
    "lines": '<path d="M20 100L60 30L100 100M140 100L180 30L220 100" fill="none" stroke="#000" stroke-width="16"'
    ' stroke-linejoin="bevel" stroke-linecap="round"/>',
    "dashes": '<path d="M10 80H280" stroke="#000" stroke-width="8" stroke-dasharray="30 10 5" stroke-dashoffset="-12"/>',
    "what is hidden": '<g display="none"><rect width="50" height="50"/></g><rect x="60" width="50" height="50"'
    ' visibility="collapse"/><circle cx="200" cy="100" r="30"/>',
    "the colour of around": '<g color="green"><rect width="90" height="50" fill="currentcolor"/></g>',
    "a style sheet": "<style>g > rect { fill: red } g rect + rect { fill: blue } .a { stroke: #000; stroke-width: 9 }"
    ':is(circle) { fill: green !important } :root { --w: 40px } rect { width: var(--w) }</style><g><rect height="50"/>'
    '<rect class="a" x="60" y="20" height="50"/></g><circle style="fill: red" cx="200" cy="60" r="30"/>',
    "a gradient": f'<linearGradient id="p" x2="0" y2="1">{STOPS}</linearGradient><path d="M20 120C20 -40 220 -40 220 120z"'
    ' fill="url(#p)"/>',
    "a round gradient": f'<radialGradient id="p" fx=".3">{STOPS}</radialGradient><rect x="20" y="20" width="200"'
    ' height="100" fill="url(#p)"/>',
    "clipping": CLIP.format('<circle cx="70" cy="50" r="25"/><rect x="90" y="20" width="20" height="20"/>'),
    "a mask that clips": '<mask id="c" fill="#fff"><circle cx="70" cy="50" r="30"/></mask><g mask="url(#c)">'
    f'{RECT}<circle cx="90" cy="70" r="20" fill="red"/></g>',
    "a mask": '<mask id="c" maskUnits="userSpaceOnUse" x="0" y="0" width="300" height="200"><rect x="20" y="20"'
    ' width="100" height="60" fill="#fff"/><circle cx="70" cy="50" r="20"/></mask>'
    + RECT.replace("<rect", '<rect mask="url(#c)"'),
    "markers": f"<defs>{MARKER.format(ARROW)}</defs>{BENT.format(EVERYWHERE)}",
    "a marker that turns": f"<defs>{MARKER.format(ARROW.replace('auto', 'auto-start-reverse'))}</defs>"
    + BENT.format('marker-start="url(#m)"'),
    "a marker at the end of a curve": f"<defs>{MARKER.format(ARROW)}</defs>"
    '<path d="M20 120C40 20 150 20 200 120" fill="none" stroke="#000" stroke-width="3" marker-end="url(#m)"/>',
    "copies": f'<defs>{COPIED}</defs><use href="#r" x="50" y="40"/><use href="#r" y="90"/>',
    "symbols": f'{SYMBOL}<use href="#s" x="50" y="40" width="60" height="60"/>',
    "a symbol without a size": f'{SYMBOL}<use href="#s"/>',
    "a drawing in it": '<svg x="50" y="40" width="100" height="60" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5"/></svg>',
    "a drawing without a size": '<svg viewBox="0 0 30 20"><circle cx="5" cy="5" r="5"/></svg>',
    "words": LETTERS.format(20, "", "Take 2"),
    "words of no weight": LETTERS.format(20, f'font-weight="{"7" * 5000}"', "Take 2"),
    "words of a weight that is no number": LETTERS.format(20, 'font-weight="²"', "Take 2"),
    "words of a weight between two": LETTERS.format(20, 'font-weight="599.5"', "Take 2"),
    "words in the middle": LETTERS.format(
        150, 'text-anchor="middle"', 'Take <tspan font-weight="bold">two</tspan> now'
    ),
    "words in words": LETTERS.format(
        20, "", '<tspan fill="red">Take <tspan fill="blue">two</tspan> now</tspan> or <tspan font-size=".5em">3</tspan>'
    ),
    "words in lines": '<text font-size="30" text-anchor="end"><tspan x="250" y="60">Take</tspan> <tspan x="250" dy="1.2em">two'
    " tablets</tspan></text>",
    "words before a line": LETTERS.format(
        150, 'text-anchor="middle"', 'Take<tspan x="150" dy="35">two tablets</tspan>'
    ),
    "words that are moved": LETTERS.format(20, 'dx="20" dy="10"', 'Take <tspan dx="30">two</tspan>'),
    "words with spaces": LETTERS.format(20, 'xml:space="preserve"', "Take    two"),
    "words with a font": LETTERS.format(20, "style=\"font: italic bold 24px/1.2 'Arial', sans-serif\"", "Take two"),
    "words in the middle of a line": LETTERS.format(20, 'dominant-baseline="central"', "Take 2"),
    "words in Arabic": LETTERS.format(250, 'direction="rtl"', "خذ حبتين 2."),
}

REFUSED = {
    "a filter": '<rect filter="url(#f)" width="9" height="9"/>',
    "blending": '<rect style="mix-blend-mode: multiply" width="9" height="9"/>',
    "a mask of a group": '<mask id="c"><rect width="9" height="9" fill="#888"/></mask><g mask="url(#c)"><rect/></g>',
    "clipping in parts of a group": '<clipPath id="c" clipPathUnits="objectBoundingBox"><circle r=".4"/></clipPath>'
    f'<g clip-path="url(#c)">{RECT}</g>',
    "clipping with words": CLIP.format("<text>Take</text>"),
    "clipping with a hole": CLIP.format('<path clip-rule="evenodd" d="M20 20H120V80zM50 40H90V60z"/>'),
    "a marker at the start of a curve": f"{MARKER.format(ARROW)}<path d='M2 9C4 2 5 2 8 9' marker-start='url(#m)'/>",
    "a marker of a polygon": f"{MARKER.format(ARROW)}<polygon points='2,9 4,2 5,2' marker-mid='url(#m)'/>",
    "a transparent marker": f"{MARKER.format(ARROW)}<g opacity='.4'>{BENT.format(AT_END)}</g>",
    "words on a path": '<path id="q" d="M2 9Q5 2 9 9"/><text><textPath href="#q">Take</textPath></text>',
    "words from top to bottom": LETTERS.format(20, 'writing-mode="tb"', "Take"),
    "words that are struck out": LETTERS.format(20, 'style="text-decoration: line-through"', "Take"),
    "words that are hidden": LETTERS.format(20, "", 'Take <tspan visibility="hidden">two</tspan>'),
    "Arabic words that look different": LETTERS.format(20, "", 'خذ <tspan fill="red">حبتين</tspan>'),
    "a line of its own width": '<path d="M2 9H9" vector-effect="non-scaling-stroke"/>',
    "dashes by length": '<path d="M2 9H9" stroke-dasharray="1" pathLength="10"/>',
    "colours that come again": f'<linearGradient id="p" x2=".5" spreadMethod="reflect">{STOPS}</linearGradient>',
    "a formula": '<rect width="9" height="9" style="stroke-width: calc(2px + 6px)"/>',
    "an opacity that is none": '<rect opacity="0.5;" width="9" height="9"/>',
    "a place that is no number": '<rect x="NaN" width="9" height="9"/>',
    "a point that is no number": '<path d="M0 0L9 9LNaN 9"/>',
    "a path that is none": '<path d="scale(0)"/>',
    "a path without its last number": '<path d="M0 0C1 2 3 4 5"/>',
    "a point without its height": '<polygon points="0,0 9,9 9"/>',
    "a length of letters": '<circle r="q"/>',
    "a size that is no number": '<text font-size="inf">Take</text>',
    "words as high as a mountain": '<text font-size="1e9">Take</text>',
    "words in no text": '<g><tspan x="20" y="60">Take</tspan></g>',
    "a marker in itself": f"<marker id='m'>{BENT.format(AT_END)}</marker>",
    "clipping in itself": '<clipPath id="c" clip-path="url(#c)"><rect width="9" height="9"/></clipPath>',
    "a percentage that is none": '<text y="50%50%">Take</text>',
    "a mitre that is none": '<rect stroke-miterlimit="none" width="9" height="9"/>',
    "a style of letters that is none": '<text font-style="bold">Take</text>',
    "a marker that is turned by no angle": MARKER.format('orient="up"') + BENT.format(AT_END),
    "a box without numbers": MARKER.format('viewBox="none"') + BENT.format(AT_END),
    "a transform without numbers": '<g transform="rotate()"><rect width="9" height="9"/></g>',
    "rules in rules": "<style>g { fill: red; rect { stroke: #000 } }</style>",
}

LIMIT = 0.05
"""How many of the painted pixels may differ after a blur: edges that are smoothed in two ways."""


FONTS = (
    '<fontconfig><dir>{}</dir><cachedir>{}</cachedir><match target="font"><edit name="hinting"><bool>false</bool></edit>'
    '<edit name="hintstyle"><const>hintnone</const></edit></match></fontconfig>'
)
"""Fonts of a machine, without hints: those that a drawing brings have none."""

SPOKEN = {"nl": "Hart en longen", "ru": "Сердце", "ar": "خذ حبتين مع الطعام", "ti": "ሓደ ከኒና ንጉሆ"}
"""Words of a drawing in four scripts, by their language."""


def _figure(inside: str, language: str = "en", *, embeds: bool = False) -> str:
    content = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 300 200">'
        f"{inside}</svg>"
    )
    drawing = Picture("k.svg", content.encode())
    edition = edition_values.edition(language)
    source = base64.b64encode(localize_picture(drawing, edition, embeds=embeds)).decode()
    return f'<img alt="k" src="data:image/svg+xml;base64,{source}">'


def _on_paper(figures: list[str]) -> Iterator[Image.Image]:
    page = f'<html lang="en"><title>k</title><style>{STYLE}{PAGES}</style>{"".join(figures)}'
    document = pypdfium2.PdfDocument(layout.render_pdf(page, DEFAULT_THEME))
    for at in range(len(figures)):
        picture = document[at].render(scale=96 / 72 * SCALE).to_pil().convert("RGB")
        yield picture.resize((WIDTH * SCALE, HEIGHT * SCALE))


def _on_screen(figures: list[str], folder: Path, environment: Mapping[str, str] | None = None) -> Iterator[Image.Image]:
    (folder / "page.html").write_text(f'<meta charset="utf-8"><style>{STYLE}</style>{"".join(figures)}', "utf-8")
    size = f"{WIDTH},{HEIGHT * len(figures)}"
    options = ["--headless", "--no-sandbox", "--hide-scrollbars", f"--force-device-scale-factor={SCALE}"]
    command = ["chromium", *options, f"--window-size={size}", f"--screenshot={folder / 'page.png'}"]
    subprocess.run([*command, (folder / "page.html").as_uri()], check=True, capture_output=True, env=environment)
    picture = Image.open(folder / "page.png").convert("RGB")
    for at in range(len(figures)):
        yield picture.crop((0, at * HEIGHT * SCALE, WIDTH * SCALE, (at + 1) * HEIGHT * SCALE))


def _difference(paper: Image.Image, screen: Image.Image) -> float:
    """Return the share of painted pixels that differ."""
    blurred = [picture.filter(ImageFilter.GaussianBlur(SCALE)) for picture in (paper, screen)]
    differs = [channel.point(lambda value: 255 * (value > 48)) for channel in ImageChops.difference(*blurred).split()]
    different = ImageChops.lighter(ImageChops.lighter(*differs[:2]), differs[2]).histogram()[255]
    white = Image.new("RGB", paper.size, "white")
    painted = [sum(ImageChops.difference(picture, white).convert("L").histogram()[16:]) for picture in (paper, screen)]
    return float(different / max(*painted, 1))


@pytest.mark.law
@pytest.mark.skipif(not shutil.which("chromium"), reason="there is no browser here")
def test_a_drawing_looks_on_paper_as_in_a_browser(tmp_path: Path) -> None:
    figures = [_figure(inside) for inside in DRAWN.values()]

    pictures = zip(DRAWN, _on_paper(figures), _on_screen(figures, tmp_path), strict=True)

    assert {} == {
        name: share for name, paper, screen in pictures if (share := round(_difference(paper, screen), 3)) > LIMIT
    }


@pytest.mark.law
@pytest.mark.skipif(not shutil.which("chromium"), reason="there is no browser here")
def test_words_in_a_drawing_stand_in_the_fonts_of_the_leaflet_on_a_machine_without_them(tmp_path: Path) -> None:
    other = next(faces for family, faces in files.find_installed().items() if "Noto" not in family)[0]
    ours = [files.find_face(families.find_families(tag, DEFAULT_THEME)[0]) for tag in SPOKEN]
    with_fonts = _machine(tmp_path / "with", [other, *filter(None, ours)])
    without_fonts = _machine(tmp_path / "without", [other])
    texts = {tag: LETTERS.format(20, "", words) for tag, words in SPOKEN.items()}
    named, embedded = ([_figure(text, tag, embeds=embeds) for tag, text in texts.items()] for embeds in (False, True))
    installed, brought, absent = (
        [*_on_screen(figures, tmp_path, environment)]
        for figures, environment in ((named, with_fonts), (embedded, without_fonts), (named, without_fonts))
    )

    assert LIMIT > max(_difference(*pair) for pair in zip(installed, brought, strict=True))
    assert LIMIT < min(_difference(*pair) for pair in zip(installed, absent, strict=True))


def _machine(folder: Path, faces: Iterable[Face]) -> dict[str, str]:
    """Return the environment of a machine that has only *faces*, whose files are copied to *folder*."""
    folder.mkdir()
    for face in faces:
        shutil.copy(face.file, folder)
    (folder / "fonts.conf").write_text(FONTS.format(folder, folder / "cache"), "utf-8")
    return {**os.environ, "FONTCONFIG_FILE": str(folder / "fonts.conf")}


@pytest.mark.parametrize("drawing", REFUSED)
def test_what_paper_would_not_show_is_refused_with_its_line_and_a_way_out(drawing: str) -> None:
    with pytest.raises(SourceError, match=r"^k.svg:1: ") as refused:
        _figure(REFUSED[drawing])

    assert refused.value.hint.endswith((".", ")."))
