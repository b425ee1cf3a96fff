"""Outputs rendered for the tests, right in all that is checked in them, to plant faults in."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pikepdf

import edition_values
from output_checks import BOOK_CHECKS, PAGE_CHECKS, PAPER_CHECKS
from output_documents import read_ebook, read_page, read_pdf_document
from polyleaf.checks.registry import CHECKS
from polyleaf.formats import epub, html
from polyleaf.formats.pdf import layout
from polyleaf.inspection.text_flow import Outputs
from polyleaf.model import DEFAULT_THEME, Alternate, Chapter, Heading, Picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from output_documents import Ebook, Pdf, WebPage
    from polyleaf.inspection.pdf import PdfDocument

DRAWING = "<svg xmlns='http://www.w3.org/2000/svg' width='160' height='80'>"
DRAWING += "<text x='9' y='40' font-size='20'>knee</text></svg>"
FIGURE = (
    f'<figure><img src="data:image/svg+xml,{quote(DRAWING)}" alt="A knee."><figcaption>It bends.</figcaption></figure>'
)

LONG = (
    "The knee is the largest joint that you have, and the one that is hurt most often. Bend it a little every day, "
    "and stretch it again when it is warm. Do not kneel on it for long while it is swollen, and do not carry heavy "
    "things on stairs. Put your foot on a low chair when you sit down, and hold your leg as still as you can. "
)
TEXT = f"""\
<header><h1>Your knee</h1></header>
<main id="text">
<section><h2 id="rest">Rest</h2>
<p>{LONG * 2}</p>
<p>Take 250\u00a0mg<sup>a</sup> and <a href="#rest">rest</a>.</p></section>
<section class="warning"><h2>Stop</h2><p>Stop when it hurts.</p><p>Call us.</p></section>
<section><h2>Exercise</h2><ul><li>Bend.</li><li>Stretch.</li></ul>
<table><thead><tr><th scope="col">Day</th><th scope="col">Times</th></tr></thead>
<tbody><tr><td>one</td><td>five</td></tr><tr><td>two</td><td>ten</td></tr></tbody></table>
{FIGURE}</section>
</main>"""
"""A text for the page and the PDF alike."""

STYLE = """\
@page { margin: 10mm; size: 155mm 110mm; @bottom-center { content: "Page " counter(page); font-size: 12pt } }
html { font: 12pt/1.5 "Noto Sans", sans-serif; color: #17262b }
h1, h2 { font-size: 15pt; break-after: avoid } h1 { bookmark-level: 1 } h2 { bookmark-level: 2 }
sup { font-size: 10pt; line-height: 0 } section.warning, figure, tr { break-inside: avoid }
p, ul, figure { margin: 0 0 3mm } img { display: block }
"""


@cache
def render_pdf(text: str = TEXT, style: str = "", *, tagged: bool = True) -> bytes:
    """Return *text* rendered as a PDF; *style* comes after the style sheet that has no faults."""
    page = f'<html lang="en" dir="ltr"><title>Your knee</title><style>{STYLE}{style}</style><body>{text}</body></html>'
    return layout.render_pdf(page, DEFAULT_THEME, tagged=tagged)


def make_pdf(text: str = TEXT, style: str = "", *, tagged: bool = True) -> Pdf:
    """Return the same PDF, read back."""
    return read_pdf_document(render_pdf(text, style, tagged=tagged), "knee.pdf", "en", "ltr")


def change_pdf(change: Callable[[Any], None]) -> Pdf:
    """Return the PDF without faults after *change* was done to its objects."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(render_pdf())) as document:
        change(document)
        document.save(target)
    return read_pdf_document(target.getvalue(), "knee.pdf", "en", "ltr")


def with_page(pdf: PdfDocument, text: str = TEXT) -> Outputs:
    """Return *pdf* beside a page that says *text*."""
    page = f'<html lang="en" dir="ltr"><title>Your knee</title><body>{text}</body></html>'
    return Outputs(pdf, read_page(page.encode(), "knee.html", "en", "ltr"))


@cache
def _artifacts() -> tuple[str, bytes]:
    chapters = (
        Chapter(
            Heading("rest", "Rest", 2), '<section id="rest"><h2>Rest</h2><p>Bend <a href="#stop">it</a>.</p></section>'
        ),
        Chapter(
            Heading("stop", "Stop", 2),
            '<section id="stop"><h2>Stop</h2><div class="warning"><p><strong>Stop.</strong> It hurts.</p></div>'
            '<div class="call-now"><h3>Call 112</h3><p>At once.</p></div>'
            '<p><img src="media/k.png" alt="A knee." /></p></section>',
        ),
        Chapter(Heading("ask", "Ask", 2), '<section id="ask"><h2>Ask</h2><p>Your doctor knows.</p></section>'),
    )
    contents = tuple(chapter.heading for chapter in chapters if chapter.heading)
    links = (Alternate("ar", "العربية", "../ar/knee.html"), Alternate("nl", "Nederlands", "../nl/knee.html"))
    picture = (Picture("media/k.png", layout.render_png("<title>x</title><p>x", DEFAULT_THEME)),)
    edition = replace(
        edition_values.edition(), chapters=chapters, contents=contents, alternates=links, pictures=picture
    )
    return html.render(edition).content.decode(), epub.render(edition).content


def make_page(old: str = "", new: str = "") -> WebPage:
    """Return a rendered page in which *new* stands in place of *old*."""
    content = _artifacts()[0]
    assert old in content
    return read_page(content.replace(old, new).encode(), "knee.html", "en", "ltr")


def read_epub_files() -> dict[str, bytes]:
    """Return the files in a rendered e-book, by name."""
    with zipfile.ZipFile(io.BytesIO(_artifacts()[1])) as container:
        return {name: container.read(name) for name in container.namelist()}


def pack(files: dict[str, bytes], method: int = zipfile.ZIP_STORED) -> bytes:
    """Return *files* as a container."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as container:
        for name, content in files.items():
            container.writestr(name, content)
    return target.getvalue()


def make_ebook(name: str = "EPUB/package.opf", old: str = "", new: str = "") -> Ebook:
    """Return a rendered e-book packed again, in whose file *name* stands *new* in place of *old*."""
    files = read_epub_files()
    assert old.encode() in files[name]
    files[name] = files[name].replace(old.encode(), new.encode())
    return read_ebook(pack(files), "knee.epub", "en", "ltr")


def find_facts(name: str, subject: Any) -> list[str]:
    """Return the facts that the check *name* finds in *subject*."""
    ours: dict[str, Callable[[Any], Iterator[str]]] = {**PAGE_CHECKS, **BOOK_CHECKS, **PAPER_CHECKS}
    if name in ours:
        return list(ours[name](subject))
    return [diagnostic.fact for diagnostic in CHECKS[name](subject)]
