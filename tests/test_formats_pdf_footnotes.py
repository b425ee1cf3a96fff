"""Notes on paper: each at the foot of the page that refers to it, or below its text where it cannot stand there."""

from __future__ import annotations

import io
import random
import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest

import output_reader
import support
from polyleaf import cli, templates
from polyleaf.checks.output.page_breaks import heading_alone
from polyleaf.checks.output.text import reading_order, same_text
from polyleaf.formats.pdf import layout
from polyleaf.inspection.html import read_html
from polyleaf.inspection.pdf import PdfDocument, read_pdf
from polyleaf.inspection.text_flow import Outputs
from polyleaf.model import DEFAULT_THEME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from polyleaf.inspection.pdf import Line

pytestmark = pytest.mark.law

LETTERS = "abcdefghijklmnopqrstuvwxyz"
WORDS = ["de", "mens", "slaapt", "rustig", "en", "het", "water", "is", "goed", "voor", "lichaam", "als", "u", "elke"]
SMALL = "@page { size: 130mm 120mm }"
LARGE = "@page { size: 180mm 200mm }"


class Page:
    """A page with notes: texts are marked `calledN`, and the notes to them begin with `noteNbegin`."""

    def __init__(self, seed: int = 0) -> None:
        self.random = random.Random(seed)  # noqa: S311 - no secret
        self.notes: list[str] = []

    def call(self, words: int = 6, more: str = "") -> str:
        """Return a word and the letter of a new note of so many *words*, and *more* HTML."""
        self.notes.append(f"note{len(self.notes)}begin {self.text(words)}{more}")
        at = len(self.notes)
        link = f'<a href="#fn-{at}" id="fnref-{at}" role="doc-noteref">{LETTERS[(at - 1) % 26]}</a>'
        return f' called{at - 1}.<span class="note-ref"><sup>{link}</sup></span> '

    def text(self, words: int) -> str:
        return " ".join(self.random.choices(WORDS, k=words)).capitalize() + "."

    def html(self, body: str, style: str = SMALL) -> str:
        styles = templates.print_styles(DEFAULT_THEME, "base.css", "print.css")
        items = "".join(f'<li><span id="fn-{at}">{note}</span></li>' for at, note in enumerate(self.notes, 1))
        return (
            f'<html lang="nl" dir="ltr"><head><title>x</title><style>{styles}{style}</style></head><body><main>{body}'
            f'<section id="notes" role="doc-endnotes"><h2>Noten</h2><ol type="a">{items}</ol></section></main></body>'
        )


def read(page: str) -> PdfDocument:
    return read_pdf(layout.render_pdf(page, DEFAULT_THEME), "x.pdf", "ltr")


def lines(pdf: PdfDocument) -> list[Line]:
    return [line for block in pdf.blocks for line in block.lines]


def find_astray(pdf: PdfDocument, notes: int) -> list[str]:
    """Return of each of the *notes* that is not on the page of its letter where the two are."""
    words = [(word, line.page) for line in lines(pdf) for word in re.findall(r"called\d+|note\d+begin", line.text)]
    pages = dict(words)
    wanted = [f"called{at}" for at in range(notes)]
    assert sorted([*wanted, *(f"note{at}begin" for at in range(notes))]) == sorted(word for word, _ in words)
    return [
        f"{word} on {pages[word]}, its note on {pages[f'note{at}begin']}"
        for at, word in enumerate(wanted)
        if pages[word] != pages[f"note{at}begin"]
    ]


def test_a_note_stays_on_its_page_when_the_paragraph_after_it_reaches_the_end() -> None:
    """WeasyPrint by itself takes the notes from a page to fit the third line of that paragraph in."""
    page = Page()
    groups = [
        f'<div style="break-before: page">{"<p>regel</p>" * at}<p>{page.call()}</p><p>{page.text(80)}</p></div>'
        for at in range(5)
    ]

    assert [] == find_astray(read(page.html("".join(groups))), 5)


def blocks(page: Page) -> Iterator[str]:
    """Yield the blocks of a text with notes in all of them."""
    for _ in range(8):
        yield f"<h2>{page.text(3)}{page.call()}</h2>"
        end = page.text(page.random.randint(1, 60))
        yield f"<p>{page.text(30)}{page.call(20)}{page.text(30)}{page.call()}{end}</p>"
        yield f"<ul><li>{page.text(9)}{page.call()}<ul><li>{page.call(12)}</li></ul></li><li>{page.text(9)}</li></ul>"
        yield f'<div class="warning"><h3>Let op</h3><p>{page.text(20)}{page.call(16)}</p></div>'
        yield f"<blockquote><p>{page.text(9)}{page.call()}</p></blockquote>"
        yield f"<dl><dt>{page.text(1)}{page.call()}</dt><dd>{page.text(9)}{page.call()}</dd></dl>"
        row = "".join(f"<td>{page.text(6)}{page.call() if page.random.random() < 0.2 else ''}</td>" for _ in range(2))
        head = f"<thead><tr><th scope='col'>{page.call()}</th><th scope='col'>B</th></tr></thead>"
        yield f"<table><caption>{page.text(3)}{page.call()}</caption>{head}<tbody><tr>{row}</tr></tbody></table>"


@pytest.mark.parametrize("seed", range(3))
def test_every_note_is_on_the_page_of_its_letter(seed: int) -> None:
    page = Page(seed)
    parts = list(blocks(page))
    page.random.shuffle(parts)

    assert [] == find_astray(read(page.html("".join(parts), LARGE)), len(page.notes))


def test_a_note_too_long_for_the_foot_begins_below_its_paragraph() -> None:
    page = Page()
    body = f"<p>{page.text(9)}{page.call(400)}{page.text(9)}</p><p>voorbij</p><p>{page.call()}</p>"
    pdf = read(page.html(body))
    text = " ".join(line.text for line in lines(pdf))
    pages = {line.page for block in pdf.blocks for line in block.lines if "Note" in block.above}

    assert [] == find_astray(pdf, 2)
    assert len(pages) > 2
    assert text.index("called0") < text.index("note0begin") < text.index("voorbij") < text.index("note1begin")


@pytest.mark.parametrize(
    ("body", "before"),
    [
        ("<table><tr><td>first{call}</td><td>second</td></tr></table><p>end</p>", "second"),
        ("<ul><li>first{call}<ul><li>second</li></ul></li></ul><p>end</p>", "first"),
        ("<dl><dt>first{call}</dt><dd>second</dd></dl><p>end</p>", "second"),
        ("<h2>first{call}</h2><p>second</p><p>end</p>", "first"),
        ('<div class="warning"><p>first{call}</p><p>second</p></div><p>end</p>', "first"),
    ],
)
def test_a_note_that_is_not_at_the_foot_is_below_what_it_is_to(body: str, before: str) -> None:
    page = Page()
    pdf = read(page.html(body.format(call=page.call(150))))
    heights = {
        word: (line.page, -line.baseline)
        for line in lines(pdf)
        for word in ("first", "second", "note0begin", "end")
        if re.search(rf"\b{word}\b", line.text)
    }

    assert heights[before] < heights["note0begin"] < heights["end"]
    assert before == "second" or heights["note0begin"] < heights["second"]


AROUND = {
    "a passage": '<p><span class="untranslated" lang="en" dir="rtl">x{}</span></p>',
    "a heading": "<h2>x{}</h2>",
    "bold words": "<p><strong>x<em>x{}</em></strong></p>",
    "a header": '<table><tr><th style="text-align: right">x{}</th></tr></table>',
    "a caption": "<table><caption>x{}</caption><tr><td>x</td></tr></table>",
    "an item": "<ul><li>x<ol><li>x{}</li></ol></li></ul>",
    "a term": "<dl><dt>x{}</dt><dd>x</dd></dl>",
    "a box": '<div class="call-now"><h3>x{}</h3></div>',
    "small words": '<div class="table-note"><p>x{}</p></div>',
}


def paint(body: str) -> bytes:
    """Return the pixels of the foot of a page with *body*, which has a note."""
    page = Page()
    call = page.call(20, "<ul><li>x <a href='https://example.org/'>y</a></li></ul>")
    pdf = pypdfium2.PdfDocument(layout.render_pdf(page.html(body.format(call), LARGE), DEFAULT_THEME))
    image = pdf[0].render(scale=1).to_pil()
    return bytes(image.crop((0, image.height // 2, image.width, image.height)).tobytes())


@pytest.fixture(scope="module")
def plain_foot() -> bytes:
    return paint("<p>x{}</p>")


@pytest.mark.parametrize("name", AROUND)
def test_a_note_looks_the_same_whatever_text_has_its_letter(name: str, plain_foot: bytes) -> None:
    """It has neither the line that says that a text is not translated, nor the size of a heading."""
    assert plain_foot == paint(AROUND[name])


def test_the_note_of_a_heading_is_not_the_text_under_it() -> None:
    page = Page()
    pdf = read(
        page.html(f'<h2>Kop{page.call()}</h2><p style="break-before: page">Tekst.</p>', "h2 { break-after: auto }")
    )

    assert [] == find_astray(pdf, 1)
    assert ["a heading whose text begins on page 2"] == [finding.fact.split(": ")[1] for finding in heading_alone(pdf)]


SOURCE = """\
---
title: Noten
---

# Kop^[Bij de kop.] {#k}

Tekst **vet^[Bij vet, met een [link](#k).]** en gewoon^[Buiten^[Binnen].].

- punt[^l]
- nog een punt

[^l]: Let op:

    - eerste
    - tweede
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of a leaflet with notes."""
    settings = '[tool.polyleaf]\nsource_language = "nl"\nlanguages = ["nl"]\n'
    project = support.project(tmp_path_factory.mktemp("notes"), {"source/noten.md": SOURCE}, settings)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(project)
        assert 0 == cli.run(["build", "-q"])
    return project / "build" / "nl"


@pytest.fixture(scope="module")
def pdf(folder: Path) -> PdfDocument:
    return read_pdf((folder / "noten.pdf").read_bytes(), "noten.pdf", "ltr")


def test_the_name_of_a_section_has_no_letter_of_a_note(folder: Path, pdf: PdfDocument) -> None:
    with pikepdf.open(folder / "noten.pdf") as document, document.open_outline() as outline:
        bookmarks = [child.title for root in outline.root for child in root.children]
    navigation = output_reader.book(folder / "noten.epub")["EPUB/nav.xhtml"].decode()

    assert "Kop" in bookmarks
    assert "Kop" in [block.text for block in pdf.blocks if block.kind == "H2"]
    assert ">Kop</a>" in navigation


def test_the_letters_on_paper_are_those_of_the_page(folder: Path, pdf: PdfDocument) -> None:
    labels = [block.text for block in pdf.blocks if block.kind == "Lbl" and block.above[-1] == "Note"]
    calls = output_reader.page(folder / "noten.html").xpath("//a[@role='doc-noteref']/text()")

    assert ["a.", "b.", "c.", "e.", "d."] == labels
    assert ["a", "b", "c", "d", "e"] == calls


def test_the_letter_of_a_note_hangs_on_the_line_of_the_text(pdf: PdfDocument) -> None:
    text = next(line for line in lines(pdf) if line.text.startswith("Tekst"))
    label = next(line for line in lines(pdf) if line.text == "b.")
    note = next(line for line in lines(pdf) if line.text.startswith("Bij vet"))

    assert abs(label.left - text.left) < 2
    assert label.baseline == pytest.approx(note.baseline, abs=0.1)
    assert note.size == text.size
    assert note.left > label.right


def test_a_list_in_a_note_has_no_empty_lines(pdf: PdfDocument) -> None:
    tops = [
        line.baseline for word in ("Let op", "eerste", "tweede") for line in lines(pdf) if line.text.startswith(word)
    ]

    assert 3 == len(tops)
    assert max(before - after for before, after in pairwise(tops)) < 2 * lines(pdf)[0].size


def test_a_note_is_read_after_the_text_that_refers_to_it(pdf: PdfDocument) -> None:
    text = " ".join(block.text for block in pdf.blocks)

    assert "" == output_reader.in_order(
        [
            "Kop",
            "Bijdekop",
            "Tekst",
            "vet",
            "gewoon",
            "Bijvet",
            "Buiten",
            "Binnen",
            "punt",
            "Letop",
            "eerste",
            "nogeenpunt",
        ],
        text,
    )


@pytest.mark.parametrize(
    ("old", "new", "fact"),
    [
        ("", "", ""),
        ("Binnen", "Binnen weg", "it lacks "),
        ("Binnen", "", "it has "),
        ("Buiten", "Bij vet en Buiten", "it lacks "),
    ],
)
def test_a_note_that_differs_is_found(folder: Path, pdf: PdfDocument, old: str, new: str, fact: str) -> None:
    content = (folder / "noten.html").read_text("utf-8").replace(old, new, 1 if old else 0)
    outputs = Outputs(pdf, read_html(content.encode(), "noten.html", "ltr"))
    facts = [finding.fact for check in (same_text, reading_order) for finding in check(outputs)]

    assert bool(fact) == bool(facts)
    assert any(line.startswith(fact) for line in facts) or not fact


def test_notes_that_changed_places_are_found(folder: Path, pdf: PdfDocument) -> None:
    content = (folder / "noten.html").read_text("utf-8").replace('href="#fn-1"', "href=X").replace("#fn-3", "#fn-1")
    page = read_html(content.replace("href=X", 'href="#fn-3"').encode(), "noten.html", "ltr")

    assert [*same_text(Outputs(pdf, page)), *reading_order(Outputs(pdf, page))]


def test_the_rule_above_notes_is_an_artifact(folder: Path) -> None:
    with pikepdf.open(io.BytesIO((folder / "noten.pdf").read_bytes())) as document:
        for page in document.pages:
            depth = 0
            for part in pikepdf.parse_content_stream(page):
                depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(str(part.operator), 0)
                assert depth or str(part.operator) not in {"f", "S", "B", "f*"}
