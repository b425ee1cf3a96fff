"""The checks of all outputs: what a build writes passes, and a fault that was planted in it is found."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

import outputs
from output_checks import BOOK_CHECKS, PAGE_CHECKS, PAPER_CHECKS
from output_documents import read_ebook, read_page, read_pdf_document
from polyleaf import languages
from polyleaf.errors import RenderError
from polyleaf.inspection import epub, html, text_flow
from polyleaf.inspection.text_flow import Outputs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

OPF = "EPUB/package.opf"

PAGES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "page_loads": (
        ("<main", '<img src="https://example.org/k.png" alt=""><main', "<img> asks for 'https://example.org/k.png'"),
        ("<style>", '<style>@import "a.css";', "a style sheet asks for 'a.css'"),
        ("<style>", "<style>p { background: url(/a.png) }", "a style sheet asks for '/a.png'"),
        ("<style>", '<style>@font-face { src: url("a.woff2") }', "a style sheet asks for 'a.woff2'"),
        ("<style>", '<link rel="stylesheet" href="a.css"><style>', "<link> asks for 'a.css'"),
    ),
    "page_script": (
        ("<main", "<script>alert(1)</script><main", "<script> runs a script"),
        ("<main", '<main onclick="x()"', r"<main> runs a script \(onclick\)"),
        ('href="#stop"', 'href="javascript:x()"', r"<a> runs a script \(href\)"),
    ),
    "page_language": (
        ('<html lang="en"', '<html lang="nl"', "its language is 'nl', and it is in 'en'"),
        ('dir="ltr"', "", "it is read '', and it is read 'ltr'"),
        ("<title>Knee</title>", "<title></title>", "it has no title"),
    ),
    "page_headings": (
        ("<h1>Knee</h1>", "<p>Knee</p>", "it has 0 headings of level 1"),
        ("<h3>Call 112</h3>", "<h4>Call 112</h4>", "the heading 'Call 112' skips a level: h2, then h4"),
    ),
    "page_landmarks": (
        ("<main", "<main></main><main", "it has 2 <main>"),
        ('aria-label="Other languages"', "", "several <nav> have the same name, or none"),
    ),
    "skip_link": (
        ('class="skip" href="#polyleaf-text"', 'class="skip" href="#nothing"', "does not lead to <main>"),
        ('<a class="skip"', '<a href="https://example.org/">x</a><a class="skip"', "does not lead to <main>"),
    ),
    "image_unnamed": (('alt="A knee."', "", "an image has no alternative text"),),
    "id_twice": (("<h2>Rest", '<h2 id="rest">Rest', "2 elements have the id 'rest'"),),
    "link_broken": (('href="#stop">it', 'href="#gone">it', "the link 'it' leads to '#gone', which is not there"),),
    "language_links": (
        (">العربية<", ">Arabic<", "the link to 'ar' is called 'Arabic', and not 'العربية'"),
        (
            'lang="ar" dir="ltr" hreflang="ar" rel',
            'dir="ltr" hreflang="ar" rel',
            "leads to 'ar' and says that it is ''",
        ),
        (
            'lang="ar" dir="ltr" hreflang="ar" rel',
            'lang="ar" dir="rtl" rel',
            "it is there in 'ar', and no link leads there",
        ),
    ),
    "page_justified": (
        ("<style>", "<style>p { text-align: justify }", "the style sheet says text-align: justify for 'p'"),
        ("<style>", "<style>@media print { p { hyphens: auto } }", "says hyphens: auto for 'p'"),
        ("<h3>Call", '<h3 style="text-align: justify">Call', "says text-align: justify for 'an element'"),
    ),
    "page_colours": (
        ("<style>", "<style>p { color: #999; background: #fff }", "'p': a contrast of 2.8 to 1, less than 4.5"),
        (
            "<style>",
            "<style>:root { --a: #333 } @media screen { :root { --a: #ccc } } i { color: var(--a); background: #fff }",
            "'i' under screen: a contrast of 1.6 to 1",
        ),
    ),
    "colour_alone": (
        ("<strong>Stop.</strong>", "Stop.", "of the kind 'warning' begins with no words that say what it is"),
        ("<h3>Call 112</h3>", "<h3>Stop.</h3>", "'Stop.' begins boxes of the kinds 'warning' and 'call-now'"),
    ),
}
"""By the name of a check: what stands in a page as it is built, what is put in its place, and the fact."""

OPF, NAV, PART, COVER = "EPUB/package.opf", "EPUB/nav.xhtml", "EPUB/part-02.xhtml", "EPUB/cover.xhtml"

BOOKS: dict[str, tuple[tuple[str, str, str, str], ...]] = {
    "book_container": (
        (OPF, 'href="style.css"', 'href="gone.css"', "its package lists 'EPUB/gone.css', which is not there"),
        ("mimetype", "application/epub+zip", "application/zip", "it begins with 'mimetype', and should"),
    ),
    "book_parts": (
        (PART, 'lang="en" xml', 'lang="nl" xml', "part-02.xhtml: it says that its language is 'nl'"),
        (PART, ' dir="ltr"', "", "part-02.xhtml: it says that it is read ''"),
        (PART, "<title>Stop</title>", "<title/>", "part-02.xhtml: it has no title"),
        (PART, "<h2>", '<h2 id="stop">', "part-02.xhtml: 2 elements have the id 'stop'"),
        (OPF, "<dc:language>en", "<dc:language>nl", "its package does not say that it is in 'en'"),
    ),
    "book_headings": ((PART, "<h3>Call 112</h3>", "<h5>Call</h5>", "'Call' skips a level: h2, then h5"),),
    "book_images": (
        (PART, ' alt="A knee."', "", "part-02.xhtml: line .*: an image has no alternative text"),
        (COVER, 'alt="', 'alt="" title="', "cover.xhtml: the cover has no alternative text"),
    ),
    "book_claims": (
        (PART, 'alt="A knee."', 'alt=""', "it claims alternativeText, and an image has none"),
        (OPF, ">none<", "><", "its package says nothing of accessibilityHazard"),
        (OPF, ">readingOrder<", ">longDescription<", "it claims longDescription, and there is none"),
        (OPF, ">readingOrder<", ">pageNavigation<", "it claims pages, and has no list of them"),
        (NAV, 'epub:type="toc" role', "role", "it claims tableOfContents, and there is none"),
    ),
    "book_links": (
        (NAV, "part-02.xhtml#stop", "part-02.xhtml#gone", "'Stop' leads to 'part-02.xhtml#gone', which is not there"),
        (NAV, "part-02.xhtml#stop", "part-09.xhtml", "'Stop' leads to 'part-09.xhtml', which is not there"),
        (PART, "images/media/k.png", "images/gone.png", "'img' leads to 'images/gone.png', which is not there"),
        (NAV, "</body>", '<nav><a href="title.xhtml#p3">3</a></nav></body>', "'3' leads to 'title.xhtml#p3'"),
    ),
}
"""By the name of a check: a file of the book, what stands in it, what is put in its place, and the fact."""


def drop_fonts(document: Any) -> None:
    for item in document.objects:
        for key in ("/FontFile", "/FontFile2", "/FontFile3"):
            if isinstance(item, pikepdf.Dictionary) and key in item:
                del item[key]


def drop_words(document: Any) -> None:
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure":
            del item["/Alt"]


def drop_language(document: Any) -> None:
    del document.Root["/Lang"]


def add_bookmark(document: Any) -> None:
    with document.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("Nothing", 0))


PAPERS = {
    "font_embedded": (drop_fonts, "the font 'Noto-Sans.*' is not in the file"),
    "figure_described": (drop_words, "page 3: a figure has no alternative text"),
    "paper_claims": (drop_language, "it says that its language is '', and it is in 'en'"),
}
"""By the name of a check: what is done to a PDF, and the fact."""


@pytest.mark.parametrize(
    ("checks", "faults"), [(PAGE_CHECKS, PAGES), (BOOK_CHECKS, BOOKS), (PAPER_CHECKS, (*PAPERS, "bookmarks"))]
)
def test_every_check_has_a_fault_that_it_finds(checks: Mapping[str, object], faults: Iterable[str]) -> None:
    assert set(checks) == set(faults) - {"colour_alone"}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_as_it_is_built_passes(name: str) -> None:
    assert [] == outputs.find_facts(name, outputs.make_page())


@pytest.mark.parametrize(("name", "fault"), [(name, fault) for name, faults in PAGES.items() for fault in faults])
def test_a_fault_of_a_page_is_found(name: str, fault: tuple[str, str, str]) -> None:
    old, new, fact = fault
    findings = outputs.find_facts(name, outputs.make_page(old, new))

    assert any(re.search(fact, finding) for finding in findings), findings


@pytest.mark.parametrize("name", BOOKS)
def test_an_e_book_as_it_is_built_passes(name: str) -> None:
    assert [] == outputs.find_facts(name, outputs.make_ebook())


@pytest.mark.parametrize(("name", "fault"), [(name, fault) for name, faults in BOOKS.items() for fault in faults])
def test_a_fault_of_a_book_is_found(name: str, fault: tuple[str, str, str, str]) -> None:
    *replacement, fact = fault
    findings = outputs.find_facts(name, outputs.make_ebook(*replacement))

    assert any(re.search(fact, finding) for finding in findings), findings


def test_a_container_that_hides_what_it_is_is_found() -> None:
    files = outputs.read_epub_files()
    deflated = read_ebook(outputs.pack(files, zipfile.ZIP_DEFLATED), "knee.epub", "en", "ltr")
    late = read_ebook(outputs.pack({**dict(list(files.items())[1:]), **files}), "knee.epub", "en", "ltr")

    assert ["its 'mimetype' is compressed, and should be stored as it is"] == outputs.find_facts(
        "book_container", deflated
    )
    assert "it begins with 'META-INF/container.xml'" in outputs.find_facts("book_container", late)[0]


@pytest.mark.parametrize(
    ("content", "fact"),
    [(b"PK", "not an EPUB"), (outputs.pack({"mimetype": b""}), "not an EPUB: 'META-INF/container.xml'")],
)
def test_what_is_no_book_is_an_error(content: bytes, fact: str) -> None:
    with pytest.raises(RenderError, match=fact):
        epub.read_epub(content, "knee.epub", "ltr")


@pytest.mark.law
@pytest.mark.parametrize("mask", [1, 16, 128, 255])
def test_a_book_with_a_broken_byte_is_read_or_refused(mask: int) -> None:
    small = {
        name: part for name, part in outputs.read_epub_files().items() if name in {"mimetype", epub.CONTAINER, OPF}
    }
    content = outputs.pack(small, zipfile.ZIP_DEFLATED)
    broken = (content[:at] + bytes([byte ^ mask]) + content[at + 1 :] for at, byte in enumerate(content))

    assert {True, False} == {refused(container) for container in broken}


def refused(content: bytes) -> bool:
    try:
        epub.read_epub(content, "knee.epub", "ltr")
    except RenderError:
        return True
    return False


def test_a_page_may_say_its_encoding() -> None:
    content = b"<?xml version='1.0' encoding='iso-8859-1'?><html><body><p>\xc3\xa9\xc3\xa9n</p></body></html>"

    assert ["één"] == [passage.text for passage in html.read_html(content, "knee.html", "ltr").passages]


def test_a_part_that_is_not_well_formed_is_an_error() -> None:
    with pytest.raises(RenderError, match=r"knee\.epub, EPUB/part-02\.xhtml: not XHTML"):
        _ = outputs.make_ebook("EPUB/part-02.xhtml", "</body>", "").parts


def test_e_book_and_page_say_the_same() -> None:
    assert [] == outputs.find_facts("same_text", Outputs(html=outputs.make_page(), epub=outputs.make_ebook()))


@pytest.mark.parametrize(
    ("old", "new", "fact"),
    [
        ("<p>At once.</p>", "", "it lacks 'At once.', which the page has"),
        ("<p>At once.</p>", "<p>At once.</p><p>Or not.</p>", "it has 'Or not.', which the page lacks there"),
        ("<h2>Stop</h2>", "<p>At once.</p><h2>Stop</h2>", "it has 'At once.', which the page lacks there"),
    ],
)
def test_a_book_that_says_something_else_is_found(old: str, new: str, fact: str) -> None:
    both = Outputs(html=outputs.make_page(), epub=outputs.make_ebook("EPUB/part-02.xhtml", old, new))

    assert [fact] == outputs.find_facts("same_text", both)


def test_without_a_page_the_book_is_the_measure() -> None:
    pdf = outputs.make_pdf("<h1>Knee</h1><h2>Rest</h2><p>Bend it.</p>")
    findings = outputs.find_facts("same_text", Outputs(pdf, epub=outputs.make_ebook()))

    assert findings
    assert "which the e-book has" in findings[0]


def test_letters_are_compared_without_accents_signs_and_spaces() -> None:
    assert text_flow.letters("E\u0301e\u0301n\u00a0– “Twee” 250 mg") == text_flow.letters("éen twee 250mg")


@pytest.mark.parametrize("name", PAPER_CHECKS)
def test_a_paper_as_it_is_built_passes(name: str) -> None:
    assert [] == outputs.find_facts(name, outputs.make_pdf())


@pytest.mark.parametrize("name", PAPERS)
def test_a_fault_in_what_a_paper_says_of_itself_is_found(name: str) -> None:
    change, fact = PAPERS[name]

    assert re.search(fact, outputs.find_facts(name, outputs.change_pdf(change))[0])


def test_a_paper_that_is_not_tagged_claims_nothing() -> None:
    findings = outputs.find_facts("paper_claims", outputs.make_pdf(tagged=False))

    assert {"it does not say that it is PDF/UA-1", "it does not say that it is PDF/A-2a"} <= set(findings)
    assert any(fact.startswith("it is not tagged") for fact in findings)


def test_a_bookmark_that_is_no_heading_is_found() -> None:
    assert ["the bookmark 'Nothing' is no heading of the text"] == outputs.find_facts(
        "bookmarks", outputs.change_pdf(add_bookmark)
    )


def test_a_heading_that_is_not_in_the_bookmarks_is_found() -> None:
    findings = outputs.find_facts("bookmarks", outputs.make_pdf(style="h2 { bookmark-level: none }"))

    assert "page 1, 'Rest' and 2 more: this heading is not in the bookmarks" == findings[0]


def facts(folder: Path) -> list[str]:
    """Return every fact that the checks find in the outputs in *folder*, one folder a language."""
    readers: dict[str, tuple[Callable[..., Any], Mapping[str, Any]]] = {
        ".html": (read_page, PAGE_CHECKS),
        ".epub": (read_ebook, BOOK_CHECKS),
        ".pdf": (read_pdf_document, PAPER_CHECKS),
    }
    files = sorted(file for file in folder.glob("*/*.*") if file.suffix in readers)
    assert files
    return [f"{file}: {fact}" for file in files for fact in _facts(file, *readers[file.suffix])]


def _facts(file: Path, read: Callable[..., Any], checks: Mapping[str, Any]) -> list[str]:
    code = file.parent.name
    output = read(file.read_bytes(), file.name, languages.tag(code), languages.direction(code))
    return [fact for check in checks.values() for fact in check(output)]


@pytest.mark.law
def test_the_leaflet_has_no_fault(leaflet: Path) -> None:
    assert [] == facts(leaflet)


@pytest.mark.law
def test_a_leaflet_in_many_scripts_has_no_fault(scripts: Path) -> None:
    assert [] == facts(scripts)


@pytest.mark.law
def test_a_leaflet_with_a_theme_has_no_fault(themed: Path) -> None:
    assert [] == facts(themed.parent)


@pytest.mark.law
def test_unusual_leaflets_have_no_fault(oddities: Path) -> None:
    assert [] == facts(oddities.parent)
