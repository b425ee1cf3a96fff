"""The pages of the printed leaflet in the e-book: each begins where it begins in the PDF."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import etree

import edition_values
import output_reader
import support
from polyleaf import cli
from polyleaf.formats import epub
from polyleaf.formats.epub.page_list import PREFIX
from polyleaf.formats.pdf import layout, page_starts
from polyleaf.model import Chapter

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.law

LEAFLET = "magnesium-en-slaap"
SETTINGS = '[tool.polyleaf]\nsource_language = "nl"\n'

every = pytest.mark.parametrize("language", ["nl", "en"])


def sentence(number: int) -> str:
    """Return a sentence of words that are in no other, with a link at its end."""
    return " ".join(f"woord{number}x{at}a" for at in range(20)) + f" [deel{number}](#k)."


ROWS = "\n".join(f"| rij{at} | waarde{at} met nog een paar woorden erbij | en een derde cel{at} |" for at in range(50))

LONG = "\n\n".join(
    (
        "---\ntitle: Lang\n---",
        "# Begin {#k}",
        *(" ".join(sentence(100 + 6 * at + more) for more in range(6)) for at in range(4)),
        f"# Tabel {{#t}}\n\n{sentence(150)}",
        f"| Een | Twee | Drie |\n|---|---|---|\n{ROWS}",
        "# Lijst {#l}",
        "\n".join(f"- {sentence(200 + at)}" for at in range(25)),
        "::: keypoints\n" + "\n".join(f"- {sentence(300 + at)}" for at in range(5)) + "\n:::",
        *(f"{sentence(700 + at)}^[{sentence(720 + at)}] {sentence(740 + at)}" for at in range(12)),
        f"{sentence(760)}^[{' '.join(sentence(770 + at) for at in range(6))}]\n\n{sentence(799)}",
        "\n\n".join(f"Term{at}\n\n:   {sentence(400 + at)}" for at in range(20)),
        "\n>\n".join(f"> *{sentence(500 + at)}* **{sentence(600 + at)}**" for at in range(8)),
    )
)
"""A leaflet that turns the page in paragraphs, tables, lists, boxes, terms and quotations."""


def marks(files: dict[str, bytes]) -> Iterator[tuple[int, etree._Element]]:
    """Yield the pages to which the list of pages in *files* leads, each with its mark."""
    nav = etree.fromstring(files["EPUB/nav.xhtml"])
    for link in nav.xpath("//*[@role = 'doc-pagelist']//*[local-name() = 'a']"):
        name, _, id_ = str(link.get("href")).partition("#")
        (mark,) = etree.fromstring(files[f"EPUB/{name}"]).xpath("//*[@id = $id_]", id_=id_)
        assert ("pagebreak", "doc-pagebreak") == (mark.get(f"{output_reader.EPUB}type"), mark.get("role"))
        assert {str(link.text)} == set(re.findall(r"\d+", str(mark.get("aria-label"))))
        yield int(str(link.text)), mark


def words_after(mark: etree._Element) -> list[str]:
    """Return the first words after *mark*, letters of notes and marks of sources left out."""
    before = etree.fromstring(etree.tostring(mark.getroottree()))
    (same,) = before.xpath("//*[@id = $id_]", id_=str(mark.get("id")))
    same.text = "HERE"
    return output_reader.words(output_reader.visible(before).split("HERE", 1)[1])[:8]


def astray(book: Path, pdf: Path) -> list[str]:
    """Return the pages of *pdf* that do not begin where *book* says."""
    pages = [set(output_reader.words(page)) for page in output_reader.pages(pdf)]
    openings = {number: set(words_after(mark)) for number, mark in marks(output_reader.book(book))}
    wrong = [f"{number} is not in the book" for number in range(1, len(pages) + 1) if number not in openings]
    for number, first in openings.items():
        if not first <= pages[number - 1]:
            wrong.append(f"{number}: {first - pages[number - 1]} are not on the page")
        if number > 1 and first <= pages[number - 2]:
            wrong.append(f"{number}: {first} are on the page before")
    return wrong


@every
def test_a_page_of_the_book_begins_where_it_begins_on_paper(leaflet: Path, language: str) -> None:
    folder = leaflet / language

    assert [] == astray(folder / f"{LEAFLET}.epub", folder / f"{LEAFLET}.pdf")


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = support.project(tmp_path_factory.mktemp("long"), {"source/lang.md": LONG}, SETTINGS)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert 0 == cli.run(["build", "-q"])
    return folder


@pytest.mark.parametrize(
    ("language", "label", "spoken"),
    [("nl", "Pagina 2.", None), ("en", "Page 2.", None), ("zh-Hans", "第 2 页。", None), ("fi", "Page 2.", "en")],
)
def test_a_mark_says_that_it_is_a_page_in_the_language_of_the_book(
    language: str, label: str, spoken: str | None
) -> None:
    page_layout = layout.PageLayout(None, (page_starts.PageStart(2, 0, 2),), {}, frozenset(), "")
    files = output_reader.unpacked(epub.render(edition_values.edition(language), page_layout).content)
    page_marks = dict(marks(files))

    assert [(label.replace("2", str(page)), spoken) for page in (1, 2)] == [
        (page_marks[page].get("aria-label"), page_marks[page].get("lang")) for page in (1, 2)
    ]


def test_a_page_that_begins_in_the_middle_of_something_does_so_in_the_book(long: Path) -> None:
    folder = long / "build" / "nl"

    assert [] == astray(folder / "lang.epub", folder / "lang.pdf")
    parents = {str(mark.xpath("local-name(..)")) for _, mark in marks(output_reader.book(folder / "lang.epub"))}
    assert {"td", "li", "section"} <= parents


def test_the_book_is_the_same_when_the_pdf_is_not_selected(long: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(long)

    assert 0 == cli.run(["build", "-q", "-f", "epub", "-o", "alone"])
    assert (long / "build/nl/lang.epub").read_bytes() == (long / "alone/nl/lang.epub").read_bytes()


def test_a_leaflet_that_is_never_printed_has_no_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = f'{SETTINGS}formats = ["html", "epub"]\n'
    monkeypatch.chdir(support.project(tmp_path, {"source/knie.md": "---\ntitle: Knie\n---\n\nBuig.\n"}, settings))

    assert 0 == cli.run(["build", "-q"])
    files = output_reader.book(tmp_path / "build/nl/knie.epub")
    assert not [name for name, content in files.items() if b"pagebreak" in content.lower()]
    assert b"doc-pagelist" not in files["EPUB/nav.xhtml"]
    assert b"pageNavigation" not in files["EPUB/package.opf"]


@every
def test_the_package_says_where_the_pages_are_from(leaflet: Path, language: str) -> None:
    package = etree.fromstring(output_reader.book(leaflet / language / f"{LEAFLET}.epub")["EPUB/package.opf"])
    metas = {str(meta.get("property")): str(meta.text) for meta in package.iter(f"{output_reader.OPF}meta")}
    features = package.xpath("//*[@property = 'schema:accessibilityFeature']/text()")

    assert package.findtext(f".//{output_reader.DC}source") == metas["pageBreakSource"]
    assert str(package.findtext(f".//{output_reader.DC}title")) in metas["pageBreakSource"]
    assert {"nl": "gedrukte folder", "en": "printed leaflet"}[language] in metas["pageBreakSource"]
    assert {"pageBreakMarkers", "pageNavigation"} <= set(features)


TABLE = (
    "<div><table><caption>c</caption><thead><tr><th>A</th></tr></thead>"
    "<tbody><tr><th>r</th><td>x</td></tr><tr><th>s</th><td>y</td></tr></tbody></table></div>"
)

PLACES = {
    "a word": ("<p>one two</p>", 0, 3, "<p>one |two</p>"),
    "a word after a marked one": ("<p>so <em>one</em> two</p>", 0, 2, "<p>so <em>one</em> |two</p>"),
    "a first word that is marked": ("<div><p><em>one</em> two</p></div>", 2, 0, "<div>|<p><em>one</em> two</p></div>"),
    "what follows a marked word": ("<div><p><em>one</em> two</p></div>", 1, 0, "<div><p><em>one</em> |two</p></div>"),
    "a list": ("<div><ul><li>a</li><li>b</li></ul></div>", 2, 0, "<div>|<ul><li>a</li><li>b</li></ul></div>"),
    "a list without anything around it": ("<ul><li>a</li></ul>", 1, 0, "<ul><li>|a</li></ul>"),
    "a later item": ("<div><ul><li>a</li><li>b</li></ul></div>", 3, 0, "<div><ul><li>a</li><li>|b</li></ul></div>"),
    "words of a link": ('<p>see <a href="#x">that one</a></p>', 1, 4, '<p>see |<a href="#x">that one</a></p>'),
    "a heading": ("<section><h2>One two</h2></section>", 1, 0, "<section>|<h2>One two</h2></section>"),
    "words of a heading": ("<section><h2>One two</h2></section>", 1, 3, "<section>|<h2>One two</h2></section>"),
    "a box": ("<section><div><p>a</p></div></section>", 2, 0, "<section>|<div><p>a</p></div></section>"),
    "the caption of a table": (TABLE, 2, 0, TABLE.replace("<table>", "|<table>")),
    "the head of a table": (TABLE, 5, 0, TABLE.replace("<table>", "|<table>")),
    "a row": (TABLE, 11, 0, TABLE.replace("<th>s", "<th>|s")),
    "a row without a header": (
        TABLE.replace("th>", "td>"),
        11,
        0,
        TABLE.replace("th>", "td>").replace("<td>s", "<td>|s"),
    ),
    "a term and what it means": (
        "<div><dl><dt>a</dt><dd>b</dd><dt>c</dt><dd>d</dd></dl></div>",
        4,
        0,
        "<div><dl><dt>a</dt><dd>b</dd><dt>|c</dt><dd>d</dd></dl></div>",
    ),
    "a cell": (TABLE, 12, 0, TABLE.replace("<td>y", "<td>|y")),
    "a drawing": ('<div><figure><img src="p"/></figure></div>', 2, 0, '<div>|<figure><img src="p"/></figure></div>'),
    "words that are folded up": (
        "<div><details><summary>s</summary><p>one two</p></details></div>",
        3,
        3,
        "<div>|<details><summary>s</summary><p>one two</p></details></div>",
    ),
    "a term": ("<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>", 3, 0, "<dl><dt>a</dt><dd>b</dd><dt>|c</dt></dl>"),
    "a source of a list": (
        '<div role="list"><div role="listitem">a</div><div role="listitem">b</div></div>',
        2,
        0,
        '<div role="list"><div role="listitem">a</div><div role="listitem">|b</div></div>',
    ),
    "a formula": ("<p>x <math><mi>y</mi></math></p>", 2, 0, "<p>x |<math><mi>y</mi></math></p>"),
}
"""Where a page begins: the text, the number of an element, how many of its letters are before, where the mark is."""


@pytest.mark.parametrize("case", PLACES)
def test_a_mark_stands_where_it_may(case: str) -> None:
    html, element, letters, expected = PLACES[case]
    edition = replace(edition_values.edition(), chapters=(Chapter(None, html),))
    page_layout = layout.PageLayout(None, (page_starts.PageStart(2, element, letters),), {}, frozenset(), "")
    files = output_reader.unpacked(epub.render(edition, page_layout).content)
    text = files["EPUB/part-01.xhtml"].decode().split('bodymatter">')[1].split("</body>")[0]
    text = re.sub(rf'<span[^>]*id="{PREFIX}2"[^>]*/>', "|", text)

    assert expected == re.sub(r' xmlns(:\w+)?="[^"]*"', "", text).replace("images/", "").strip()
