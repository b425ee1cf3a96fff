"""What is true of all formats: every word of the source reaches the reader, in its order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
import pytest
from lxml import etree

import oddities as odd
import output_reader
from polyleaf import formats
from polyleaf.model import Picture
from polyleaf.theme import css

if TYPE_CHECKING:
    from pathlib import Path

XML = "http://www.w3.org/XML/1998/namespace"

each = pytest.mark.parametrize("name", odd.CASES)


@each
def test_the_page_has_every_word_in_order(oddities: Path, name: str) -> None:
    main = output_reader.page(oddities / f"{name}.html").find(".//main")

    assert main is not None
    assert odd.CASES[name][1].split() == output_reader.words(output_reader.visible(main))


@each
def test_the_book_has_every_word_in_order(oddities: Path, name: str) -> None:
    bodies = [
        root.find(f"{output_reader.XHTML}body")
        for root in output_reader.parts(output_reader.book(oddities / f"{name}.epub"))
    ]
    for body in bodies[3:]:
        state = body.find(f"{output_reader.XHTML}p[@class='state']") if body is not None else None
        assert body is not None
        assert state is not None
        body.remove(state)
    text = " ".join(output_reader.visible(body) for body in bodies[3:] if body is not None)

    assert odd.CASES[name][1].split() == output_reader.words(text)


@each
def test_the_pdf_has_every_word_in_order(oddities: Path, name: str) -> None:
    assert not output_reader.in_order(
        odd.PRINTED.get(name, odd.CASES[name][1]).split(), " ".join(output_reader.pages(oddities / f"{name}.pdf"))
    )


@pytest.mark.law
@pytest.mark.parametrize("language", ["nl", "en"])
def test_all_formats_say_which_leaflet_it_is_and_which_version(leaflet: Path, language: str) -> None:
    files = leaflet / language / "magnesium-en-slaap.x"
    page = output_reader.page(files.with_suffix(".html"))
    package = etree.fromstring(output_reader.book(files.with_suffix(".epub"))["EPUB/package.opf"])
    with pikepdf.open(files.with_suffix(".pdf")) as document, document.open_metadata() as metadata:
        paper = (metadata["dc:identifier"], metadata["xmpMM:DocumentID"], metadata["xmpMM:VersionID"])
    [identifier] = page.xpath("//meta[@name='dcterms.identifier']/@content")

    assert identifier == package.findtext(f".//{output_reader.DC}identifier")
    assert (identifier, identifier, "0.1") == paper
    assert ["0.1"] == page.xpath("//meta[@property='schema:version']/@content")
    assert ["0.1"] == [
        meta.text for meta in package.iter(f"{output_reader.OPF}meta") if meta.get("property") == "schema:version"
    ]


DESCRIPTION = "Engels · Magnesium en slecht slapen · Versie 0.1"


def test_a_translation_ends_in_what_it_is_for_who_hands_it_out(leaflet: Path) -> None:
    pages = output_reader.pages(leaflet / "en" / "magnesium-en-slaap.pdf")
    main = output_reader.page(leaflet / "en" / "magnesium-en-slaap.html").xpath("//main")[0]
    last = output_reader.parts(output_reader.book(leaflet / "en" / "magnesium-en-slaap.epub"))[-1]
    line = last.findall(f".//{output_reader.XHTML}p")[-1]

    assert [at for at, page in enumerate(pages, 1) if DESCRIPTION in page] == [len(pages)]
    assert (DESCRIPTION, "nl") == (main[-1].text, main[-1].get("lang"))
    assert (DESCRIPTION, "nl") == (line.text, line.get("lang"))


def test_the_metadata_of_a_translation_say_so_too(leaflet: Path) -> None:
    page = output_reader.page(leaflet / "en" / "magnesium-en-slaap.html")
    book = output_reader.book(leaflet / "en" / "magnesium-en-slaap.epub")
    descriptions = etree.fromstring(book["EPUB/package.opf"]).findall(f".//{output_reader.DC}description")
    with pikepdf.open(leaflet / "en" / "magnesium-en-slaap.pdf") as document:
        xmp = etree.fromstring(document.Root.Metadata.read_bytes())
    passages = xmp.xpath("//*[local-name()='description']//*[@xml:lang='nl']", namespaces={"xml": XML})

    assert [DESCRIPTION] == page.xpath("//meta[@name='dcterms.description'][@lang='nl']/@content")
    assert [(DESCRIPTION, "nl")] == [(line.text, line.get(f"{{{XML}}}lang")) for line in descriptions[1:]]
    assert [DESCRIPTION] == [passage.text for passage in passages]


def test_what_a_source_is_stands_in_it_once(leaflet: Path) -> None:
    page = (leaflet / "nl" / "magnesium-en-slaap.html").read_text("utf-8")

    assert 'class="source-description"' not in page


def test_a_picture_of_an_unknown_kind_has_no_media_type() -> None:
    with pytest.raises(KeyError):
        css.media_type(Picture("media/p.bmp", b""))


def test_a_suffix_may_be_in_capitals() -> None:
    assert "image/jpeg" == css.media_type(Picture("media/P.JPG", b""))


def test_an_address_that_is_not_a_picture_of_the_leaflet_is_left() -> None:
    html = '<img src="a.png" /><img src="b.png" />'

    assert '<img src="x" /><img src="b.png" />' == formats.with_images(html, {"a.png": "x"})
