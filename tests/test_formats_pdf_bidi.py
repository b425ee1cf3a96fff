"""Text in two directions on paper: where its glyphs stand, as a browser has them, and how it is read back."""

from __future__ import annotations

import ctypes
import html
import io
import json
import re
import shutil
import subprocess
from itertools import product
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from pypdfium2 import raw

import pdf_tags
from polyleaf.formats.pdf import layout
from polyleaf.formats.pdf.tags import rtl_text
from polyleaf.inspection.pdf import read_pdf
from polyleaf.model import DEFAULT_THEME

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

pytestmark = pytest.mark.law

Glyph = tuple[str, float, float, float]
"""A character, its left and right edge and its baseline, in pixels from the upper left corner."""

PAGE = (
    '<!DOCTYPE html><html lang="{language}" dir="{direction}"><meta charset="utf-8"><title>x</title><style>'
    '@page {{ size: {paper}px 400px; margin: 0 }} html {{ font: 12px/1.5 "Noto Sans" }}'
    " body {{ width: {width}px; margin: 0 }} p, h2, ul, table {{ margin: 0 }} sup, sub {{ line-height: 0 }}"
    " .next {{ break-before: page }}</style><body>{body}"
)
LINE = 12
"""How far apart, in pixels, the baselines of glyphs on one line may be: less than a line, more than a raised letter."""

UNSEEN = re.compile("[\\s\u200e\u200f\u2066-\u2069]")

RIGHT = {
    "خذ <strong>para</strong>cetamol اليوم": "مويلاparacetamolذخ",
    "اشرب H<sub>2</sub>O الآن": "نآلاH2Oبرشا",
    "عدد 10<sup>3</sup> خلية": "ةيلخ103ددع",
    "CO<sub>2</sub>-عال": "لاع-CO2",
    "بكتيريا <em>E. coli</em>.": ".E.coliايريتكب",
    "<em>E. coli</em> و<em>S. aureus</em>": "S.aureusوE.coli",
    "انظر <b>vitamin B<a href='https://a.example'>12</a></b> forte 5 mg هنا": "انهvitaminB12forte5mgرظنا",
    "خذ <code>x y</code> الآن": "نآلاxyذخ",
    "NSAID, <b>paracetamol</b> (500 mg).": ".NSAID,paracetamol(500mg)",
    "خذ (500 mg).": ".(mg500)ذخ",
    "خذ \u2066<b>500</b> mg\u2069، ثم": "مث،500mgذخ",
    "قيمة <b>5</b>-3 من": "نم3-5ةميق",
    "خذ \u2066500<a id='a'></a><span style='float: right'></span> mg\u2069.": ".500mgذخ",
    "<b>عربي para</b>cetamol عربي": "يبرعparacetamolيبرع",
    "<b>para</b>cetamol <i>forte عربي</i> آخر": "رخآيبرعparacetamolforte",
    "كلمة paracetamol<sup><a href='https://a.example'>a</a></sup> 500 mg ثم": "مثparacetamola500mgةملك",
    "<span lang='nl' dir='ltr'>Neem <b>2</b> tabletten (nu).</span> ثم": "مثNeem2tabletten(nu).",
    "الاسم <bdi>Jan <b>de</b> Wit</bdi> هنا": "انهJandeWitمسالا",
    "الاسم <span dir='auto'>Jan <b>de</b> Wit.</span>": "JandeWit.مسالا",
    "٥/٣ mg <b>abc</b> ٢": "٢mgabc٥/٣",
}
"""Right-to-left text, and its glyphs from left to right, as browsers paint them."""

LEFT = {
    "Zeg <b>شكر</b>ا جزيلا nu": "Zegاليزجاركشnu",
    "Het woord <em>لا تأخذ</em> 5 مرات (ja).": "Hetwoordتارم5ذخأتال(ja).",
    "een ١٢ <b>twee</b>": "een١٢twee",
    "<span lang='ar' dir='rtl'>خذ <b>para</b>cetamol الآن</span> dan": "نآلاparacetamolذخdan",
    "abc (عربي <b>كلمة</b>) def": "abc(ةملكيبرع)def",
    "<span dir='auto'>عربي <b>abc</b>.</span> x": ".abcيبرعx",
}
"""Left-to-right text, as above."""


def page(body: str, direction: str, width: int) -> str:
    language = {"rtl": "ar", "ltr": "nl"}[direction]
    return PAGE.format(language=language, direction=direction, width=width, paper=width, body=body)


def glyphs(content: bytes) -> list[list[Glyph]]:
    """Return the glyphs of each page of the PDF *content*."""
    pages = []
    for part in pypdfium2.PdfDocument(content):
        text, height, box = part.get_textpage(), part.get_height(), raw.FS_RECTF()
        x, y = ctypes.c_double(), ctypes.c_double()
        own: list[Glyph] = []
        for at in range(raw.FPDFText_CountChars(text.raw)):
            raw.FPDFText_GetLooseCharBox(text.raw, at, box)
            char = chr(raw.FPDFText_GetUnicode(text.raw, at))
            raw.FPDFText_GetCharOrigin(text.raw, at, x, y)
            own.append((char, box.left / 0.75, box.right / 0.75, (height - y.value) / 0.75))
        pages.append(own)
    return pages


def rows(glyphs: Iterable[Glyph]) -> list[str]:
    """Return the *glyphs* of each line, from left to right; brackets are the same on both sides."""
    lines: list[tuple[float, list[tuple[float, str]]]] = []
    for char, left, right, baseline in glyphs:
        if not UNSEEN.match(char):
            line = next((own for at, own in lines if abs(at - baseline) < LINE), None)
            if line is None:
                lines.append((baseline, line := []))
            line.append((left + right, char.replace(")", "(")))
    return ["".join(char for _, char in sorted(line, key=lambda pair: pair[0])) for _, line in sorted(lines)]


def paper(texts: Iterable[str], direction: str, width: int = 600) -> list[list[str]]:
    """Return the lines of each of *texts* on paper."""
    body = "".join(f'<p class="next">{text}</p>' for text in texts)
    return [rows(own) for own in glyphs(layout.render_pdf(page(body, direction, width), DEFAULT_THEME))]


@pytest.mark.parametrize(("direction", "texts"), [("rtl", RIGHT), ("ltr", LEFT)])
def test_glyphs_stand_where_both_directions_have_them(direction: str, texts: dict[str, str]) -> None:
    seen = dict(zip(texts, paper(texts, direction), strict=True))

    assert {text: [shown.replace(")", "(")] for text, shown in texts.items()} == seen


RUNS = ("paracetamol", "vitamin B12 forte", "\u20665 mg/ml (max. 10 mg)\u2069", "www.site.example/a-b")
MARKUP = (
    "{}<b>{}</b>{}",
    "{}<em><a href='https://a.example'>{}</a></em>{}",
    "{}<sub>{}</sub>{}",
    "{}<sup><a href='https://a.example'>{}</a></sup>{}",
    "<b>{}<i>{}</i></b>{}",
    "{}<code>{}</code>{}",
    "{}<span lang='en'>{}</span>{}",
)
BLOCKS = (
    "<p class='next'>{}",
    "<h2 class='next'>{}</h2>",
    "<ul class='next'><li>{}</ul>",
    "<table class='next'><tr><th scope='row'>{}</table>",
    "<table class='next'><caption>{}</caption><tr><td>عربي</table>",
)
AROUND = ("خذ {} اليوم بعد الأكل", "<b>خذ {}</b>، ثم انتظر")
CUTS = ((1, 3), (4, 5), (0, 4), (2, 99))


@pytest.mark.parametrize("width", [600, 90])
def test_a_run_from_left_to_right_keeps_its_order_wherever_a_line_ends(width: int) -> None:
    cases = [
        (run, block.format(around.format(markup.format(run[:start], run[start:end], run[end:]))))
        for (run, markup, (start, end)), block, around in zip(
            product(RUNS, MARKUP, CUTS), BLOCKS * 100, AROUND * 100, strict=False
        )
    ]
    content = layout.render_pdf(page("".join(case for _, case in cases), "rtl", width), DEFAULT_THEME)
    pages = glyphs(content)[-len(cases) :]
    wrong = []
    for (run, case), own in zip(cases, pages, strict=True):
        shown = "".join(rows(glyph for glyph in own if glyph[0].isascii()))
        wrong += [(case, shown)] if shown != UNSEEN.sub("", run).replace(")", "(") else []

    assert len(cases) > 100
    assert [] == wrong
    with pikepdf.open(io.BytesIO(content)) as document:
        tagged = "".join(pdf_tags.tree(document).lines())
    shown = "".join(block.text for block in read_pdf(content, "x.pdf", "rtl").blocks)
    for text in (tagged, shown):
        read = UNSEEN.sub("", text).replace(")", "(")
        counts = [read.count(UNSEEN.sub("", run).replace(")", "(")) for run in RUNS]
        assert [len(cases) // len(RUNS)] * len(RUNS) == counts


BROWSER = """<script>
const seen = [...document.querySelectorAll('p')].map(paragraph => {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT), glyphs = [];
  while (walker.nextNode()) for (let at = 0; at < walker.currentNode.data.length; at++) {
    const range = document.createRange();
    range.setStart(walker.currentNode, at); range.setEnd(walker.currentNode, at + 1);
    const box = [...range.getClientRects()].pop();
    if (box && box.width) glyphs.push([walker.currentNode.data[at], box.left, box.right, box.bottom]);
  }
  return glyphs;
});
document.body.textContent = '@' + JSON.stringify(seen) + '@';
</script>"""


@pytest.mark.slow
@pytest.mark.parametrize("width", [600, 150, 75])
@pytest.mark.parametrize(("direction", "texts"), [("rtl", RIGHT), ("ltr", LEFT)])
def test_paper_has_the_glyphs_of_a_line_where_a_browser_has_them(
    direction: str, texts: dict[str, str], width: int, tmp_path: Path
) -> None:
    if shutil.which("chromium") is None:
        pytest.skip("there is no browser")
    file = tmp_path / "page.html"
    file.write_text(page("".join(f"<p>{text}</p>" for text in texts) + BROWSER, direction, width), "utf-8")
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", file.as_uri()]
    process = subprocess.run(command, capture_output=True, text=True, check=True)
    listed = process.stdout.rpartition("@</body>")[0].rpartition("@[[")[2]
    seen = json.loads(html.unescape(f"[[{listed}"))

    pairs = zip([rows(own) for own in seen], paper(texts, direction, width), strict=True)
    alike = [pair for pair in pairs if len({tuple("".join(sorted(row)) for row in lines) for lines in pair}) == 1]

    assert len(alike) > len(texts) * 0.7  # in the others a line ends elsewhere
    assert [] == [pair for pair in alike if pair[0] != pair[1]]


class Font:
    """A font of WeasyPrint, without a glyph for a space."""

    bitmap, index = False, 0

    def __init__(self, file_content: bytes) -> None:
        self.file_content = file_content
        self.to_unicode = {5: "x"}
        self.widths: dict[int, int] = {}


class FontFile(dict[str, object]):
    """A font that fontTools has read."""

    def getBestCmap(self) -> dict[int, str]:  # noqa: N802 - as fontTools calls it
        return {32: "space"}

    def getGlyphID(self, _name: str) -> int:  # noqa: N802 - as fontTools calls it
        return 3


def test_a_font_is_read_once_for_all_files_and_another_one_by_itself() -> None:
    opened = []

    def open_font(file: io.BytesIO, **_options: object) -> FontFile:
        opened.append(file.getvalue())
        return FontFile(head=SimpleNamespace(unitsPerEm=500), hmtx={"space": (125, 0)})

    build = rtl_text.with_split_ligatures(lambda _pdf, fonts: fonts, open_font)
    fonts = [build(None, {"f": Font(content)})["f"] for content in (b"sans", b"sans", b"serif")]

    assert [b"sans", b"serif"] == opened
    assert [({5: "x", 3: " "}, {3: 250})] * 3 == [(font.to_unicode, font.widths) for font in fonts]
