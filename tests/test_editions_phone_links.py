"""Telephone numbers as links, in every format."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

import output_reader
import pdf_tags
import support
from polyleaf import cli, pandoc, templates
from polyleaf.editions.phone_links import link_numbers
from polyleaf.formats.pdf import layout
from polyleaf.model import DEFAULT_THEME

BODY = """\
---
title: Knie
contact:
  phone: "+31 (0)20 765 43 21"
---

# Bellen {#bel}

Bel **112** bij nood. Bel anders 030-123 45 67.[^a] [Bel 088-123 45 67](https://a.example).

[^a]: Of bel +31 (0)20 123 45 67.

::: colophon
:::
"""
TARGETS = ["tel:112", "tel:0301234567", "tel:+31201234567", "tel:+31207654321"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The outputs of a leaflet with numbers to call."""
    settings = '[tool.polyleaf]\nsource_language = "nl"\nlanguages = ["nl"]\nformats = ["pdf", "html", "epub"]\n'
    folder = support.project(tmp_path_factory.mktemp("phones"), {"source/knee.md": BODY}, settings)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert 0 == cli.run(["build", "-q"])
    return folder / "build" / "nl"


def _html(text: str) -> str:
    return pandoc.write([link_numbers(support.document(text).blocks, ("nl",), "nl")])[0]


def test_a_number_to_call_is_a_link_on_every_page(built: Path) -> None:
    page = output_reader.page(built / "knee.html")
    parts = output_reader.parts(output_reader.book(built / "knee.epub"))
    in_book = [str(link) for part in parts for link in part.xpath("//@href") if str(link).startswith("tel:")]

    assert sorted(TARGETS) == sorted(link for link in page.xpath("//@href") if link.startswith("tel:"))
    assert set(TARGETS) == set(in_book)


def test_a_number_to_call_is_a_link_on_paper_with_its_tag(built: Path) -> None:
    with pikepdf.open(io.BytesIO((built / "knee.pdf").read_bytes())) as document:
        areas = [item for page in document.pages for item in page.get("/Annots", [])]
        links = [str(item.A.URI) for item in areas if "/A" in item and "/URI" in item.A]
        texts = [element.text for element in pdf_tags.tree(document).all("Link")]

    assert set(TARGETS) <= set(links)
    assert {"112", "030-123 45 67"} <= {text.replace("\u00a0", " ") for text in texts}


@pytest.mark.parametrize("width", range(60, 200, 20))
def test_a_number_stays_on_one_line_in_a_narrow_column(width: int) -> None:
    css = templates.print_styles(DEFAULT_THEME, "base.css")
    style = f'{css} html {{ font: 12px "Noto Sans" }} p {{ width: {width}px }}'
    page = f'<html lang="nl" dir="ltr"><title>x</title><style>{style}</style>{_html("Bel nu of straks 030-123-45 67.")}'
    text = pypdfium2.PdfDocument(layout.render_pdf(page, DEFAULT_THEME))[0].get_textpage().get_text_range()

    assert any("030-123-45 67" in line.replace("\u00a0", " ") for line in text.splitlines())


@pytest.mark.parametrize(
    "text", ["[Bel 030-1234567](https://a.example)", "Bel `030-1234567`", "![Bel 030-1234567](a.png) x", "Neem 0,5 mg"]
)
def test_what_has_a_link_or_is_no_number_to_call_gets_none(text: str) -> None:
    assert "tel:" not in _html(text)


@pytest.mark.parametrize("text", ["Bel **112**.", "Bel *direct 112* of ga", "Bel, [112]{lang=nl}"])
def test_the_word_to_call_may_stand_outside_the_markup_of_the_number(text: str) -> None:
    assert '<a href="tel:112">112</a>' in _html(text)
