"""The tags of the printed leaflet: what a screen reader says, and in which order."""

from __future__ import annotations

import difflib
import io
import random
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest

import output_reader
import pdf_tags
import support
from polyleaf import cli
from polyleaf.formats.pdf import layout
from polyleaf.model import DEFAULT_THEME

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LEAFLET = "magnesium-en-slaap"
HEAD = '<html lang="en"><title>x</title><style>@page {{ size: 90mm 60mm; margin: 10mm }} {style}</style><body>'
LONG = " ".join(f"word{number}" for number in range(60))

every = pytest.mark.parametrize("language", ["nl", "en"])


def render_tags(body: str, style: str = "") -> pdf_tags.Element:
    """Return the tags of a PDF of small pages."""
    with pikepdf.open(io.BytesIO(layout.render_pdf(HEAD.format(style=style) + body, DEFAULT_THEME))) as document:
        return pdf_tags.tree(document)


@pytest.fixture(scope="module")
def pdfs(leaflet: Path) -> Iterator[dict[str, tuple[pikepdf.Pdf, pdf_tags.Element]]]:
    """The PDFs of the leaflet, and their tags, by language."""
    opened = {language: pikepdf.open(leaflet / language / f"{LEAFLET}.pdf") for language in ("nl", "en")}
    yield {language: (document, pdf_tags.tree(document)) for language, document in opened.items()}
    for document in opened.values():
        document.close()


Pdfs = dict[str, tuple[pikepdf.Pdf, pdf_tags.Element]]


def at_end(*notes: str) -> str:
    """Return the section of *notes* at the end of a page."""
    items = "".join(f'<li><span id="fn-{number}">{note}</span></li>' for number, note in enumerate(notes, 1))
    return f'<section role="doc-endnotes"><h2>Notes</h2><ol type="a">{items}</ol></section>'


def words(text: str) -> str:
    return "".join(output_reader.words(text))


# Lists of contents, notes, sources


@every
def test_the_contents_are_a_list_of_references_to_the_sections(pdfs: Pdfs, leaflet: Path, language: str) -> None:
    page = output_reader.page(leaflet / language / f"{LEAFLET}.html")
    entries = page.xpath("//nav[@class='contents']//a[not(@href = '#notes')]")  # paper has no such section
    wanted = [words(str(link.text_content())) for link in entries]
    contents = pdfs[language][1].all("TOC")

    assert 1 == len(contents)
    assert {"TOCI(Reference(Link))"} == {entry.shape() for entry in contents[0].kids}
    assert wanted == [re.sub(r"\d+$", "", words(entry.text)) for entry in contents[0].kids]


@every
def test_what_refers_to_a_note_or_a_source_is_a_reference(pdfs: Pdfs, leaflet: Path, language: str) -> None:
    page = output_reader.page(leaflet / language / f"{LEAFLET}.html")
    links = page.xpath("//main//a[@role='doc-noteref' or @role='doc-biblioref']")
    references = [reference for reference in pdfs[language][1].all("Reference") if not reference.text[-1:].isspace()]
    in_text = [
        reference
        for reference in references
        if not any(reference in toc.all("Reference") for toc in pdfs[language][1].all("TOC"))
    ]

    assert [link.text for link in links] == [reference.text for reference in in_text]
    assert {"Reference(Link)"} == {reference.shape() for reference in in_text}


@every
def test_what_refers_to_a_note_or_a_source_is_called_so(pdfs: Pdfs, leaflet: Path, language: str) -> None:
    page = output_reader.page(leaflet / language / f"{LEAFLET}.html")
    marks = page.xpath("//main//a[@role='doc-noteref' or @role='doc-biblioref']")
    note, source = {"nl": ("Noot", "Bron"), "en": ("Note", "Source")}[language]
    wanted = [f"{source if mark.text.isdigit() else note} {mark.text}" for mark in marks]
    inside = [reference.all("Link")[0] for reference in pdfs[language][1].all("Reference")]
    links = [link for link in inside if str(link.attributes.get("Alt", "")).split(" ")[0] in {note, source}]

    assert wanted == [mark.get("aria-label") for mark in marks]
    assert wanted == [link.attributes["Alt"] for link in links]
    assert wanted == [str(link.annotations[0].Contents) for link in links]


@every
def test_a_note_is_one_with_a_name_that_finds_it(pdfs: Pdfs, leaflet: Path, language: str) -> None:
    document, tree = pdfs[language]
    notes = tree.all("Note")
    names: list[Any] = list(document.Root.StructTreeRoot.IDTree.Names)
    elements = {bytes(name): element.objgen for name, element in zip(names[::2], names[1::2], strict=True)}
    page = output_reader.page(leaflet / language / f"{LEAFLET}.html")
    items = page.xpath("//section[@role='doc-endnotes']//li")
    wanted = [words(letter + str(item.text_content())) for letter, item in zip("abc", items, strict=False)]

    assert wanted == [words(note.text) for note in notes]
    assert [note.about.objgen for note in notes] == [elements[bytes(note.about.ID)] for note in notes]
    assert len({bytes(note.about.ID) for note in notes}) == len(notes)


@every
def test_the_way_back_from_a_note_is_said_in_words(pdfs: Pdfs, leaflet: Path, language: str) -> None:
    page = output_reader.page(leaflet / language / f"{LEAFLET}.html")
    labels = page.xpath("//a[@role='doc-backlink']/@aria-label")
    back = [link for note in pdfs[language][1].all("Note") for link in note.all("Link")]

    assert labels == [link.attributes["Alt"] for link in back]
    assert labels == [str(link.annotations[0].Contents) for link in back]


@every
def test_the_sources_are_a_list_of_numbers_and_sources(pdfs: Pdfs, leaflet: Path, language: str) -> None:
    page = output_reader.page(leaflet / language / f"{LEAFLET}.html")
    wanted = [words(str(entry.text_content())) for entry in page.find_class("csl-entry")]
    sources = [item for item in pdfs[language][1].all("LI") if item.all("BibEntry")]

    assert wanted == [words(item.text) for item in sources]
    assert {("Lbl", "LBody")} == {tuple(kid.kind for kid in item.kids) for item in sources}


@every
@pytest.mark.parametrize("name", ["particulars", "glossary"])
def test_a_term_and_what_it_means_are_one_item(pdfs: Pdfs, leaflet: Path, language: str, name: str) -> None:
    page = output_reader.page(leaflet / language / f"{LEAFLET}.html")
    terms = [words(str(term.text_content())) for term in page.find_class(name)[0].iter("dt")]
    items = {words(item.kids[0].text): item for item in pdfs[language][1].all("LI")}

    assert terms
    assert {("Lbl", "LBody")} == {tuple(kid.kind for kid in items[term].kids) for term in terms}


def test_terms_that_share_a_meaning_share_an_item() -> None:
    tree = render_tags("<dl><dt>a<dt>b<dd>c<dd>d<dt>e<dd>f</dl>")

    assert "L(LI(Lbl Lbl LBody LBody) LI(Lbl LBody))" == tree.all("L")[0].shape()


def test_a_list_says_how_it_is_numbered() -> None:
    tree = render_tags('<ul><li>a</ul><ol><li>b</ol><ol type="i"><li>c</ol><ul style="list-style: none"><li>d</ul>')
    kinds = [tag.attributes.get("ListNumbering", "") for tag in tree.all("L")]

    assert ["/Disc", "/Decimal", "/LowerRoman", ""] == kinds


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_list_says_which_bullets_it_has(direction: str) -> None:
    bullets = "<ul style='list-style: \"> \"'><li>e</ul>"
    items = f"<ul><li>a<ul><li>b<ul><li>c<ul><li>d</ul></ul></ul></ul>{bullets}"
    lists = render_tags(f"<div dir='{direction}'>{items}</div>").all("L")
    painted = [re.sub(r"\s", "", item.kids[0].kids[0].text) for item in lists]

    assert {"•": "/Disc", "◦": "/Circle", "▪": "/Square", ">": "/None"} == dict(
        zip(painted, [item.attributes["ListNumbering"] for item in lists], strict=True)
    )


@pytest.mark.parametrize("page", ["<ul><li>{}<ul><li>end</ul></ul>", "<table><tr><td>{}<p>end</table>"])
@pytest.mark.parametrize("text", ["one{0} {1} two.", "one {1} two{0} {1} three."])
def test_a_picture_in_a_text_does_not_end_it_before_its_note(page: str, text: str) -> None:
    image = (
        "<img alt=\"b\" src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E\">"
    )
    reference = '<a role="doc-noteref" href="#fn-1">a</a>'
    read = render_tags(page.format(text.format(reference, image)) + at_end("note")).text

    assert re.search(r"\. *a?\.?note", read), read
    assert read.index("note") < read.index("end")


def test_a_list_in_an_item_is_in_its_body() -> None:
    tree = render_tags("<ul><li>a<ul><li>b</ul></ul>")

    assert "L(LI(Lbl LBody(P L(LI(Lbl LBody)))))" == tree.all("L")[0].shape()


def test_a_formula_is_said_as_it_is_written() -> None:
    tree = render_tags(
        '<p>so <math><semantics><mi>x</mi><annotation encoding="application/x-tex">x^2</annotation></semantics>'
    )

    assert ["x^2"] == [formula.attributes["Alt"] for formula in tree.all("Formula")]


def test_an_image_that_says_nothing_is_not_read() -> None:
    image = (
        "<img alt=\"{}\" src=\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/%3E\">"
    )

    assert [] == render_tags(f"<p>a{image.format('')}").all("Figure")
    assert 1 == len(render_tags(f"<p>a{image.format('b')}").all("Figure"))


# What a page or a line ends

BROKEN = {
    "P": f"<p>{LONG}",
    "LBody": f"<ul><li>{LONG}</ul>",
    "L": f"<ul>{'<li>item' * 20}</ul>",
    "LI": f"<dl><dt>term<dd>{LONG}</dl>",
    "BlockQuote": f"<blockquote><p>{LONG}</blockquote>",
    "Div": f"<div><p>{'one<p>' * 20}</div>",
    "Sect": f"<section><h2>x</h2>{'<p>one' * 20}</section>",
    "Link": f'<p><a href="#x" id="x">{LONG}</a>',
    "Table": f"<table>{'<tr><td>one<td>two' * 20}</table>",
    "TD": f"<table><tr><td>{LONG}</table>",
    "Note": f'<p><a role="doc-noteref" href="#fn-1">a</a>{at_end(LONG)}',
    "BibEntry": f'<div role="list"><div role="listitem"><div class="csl-right-inline">{LONG}</div></div></div>',
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_a_page_cuts_in_two_is_one_element(kind: str) -> None:
    elements = render_tags(BROKEN[kind]).all(kind)

    assert 1 == len(elements)
    assert len(elements[0].pages) > 1


def test_a_passage_that_a_page_cuts_in_two_says_its_language_once() -> None:
    passages = [
        passage for passage in render_tags(f'<p>a <span lang="nl">{LONG}</span>').all() if "Lang" in passage.attributes
    ]

    assert [words(LONG)] == [words(passage.text) for passage in passages]
    assert len(passages[0].pages) > 1


def test_cells_side_by_side_that_a_page_cuts_are_read_one_after_the_other() -> None:
    cells = render_tags(f"<table><tr><td>{LONG}<td>{LONG.replace('word', 'term')}</table>").all("TD")

    assert [words(LONG), words(LONG.replace("word", "term"))] == [words(cell.text) for cell in cells]


def test_the_head_of_a_table_is_read_once() -> None:
    body = "<tr><td>one<td>two" * 20
    link = '<a href="https://example.org/">A</a>'
    page = f'<table><caption>C</caption><thead><tr><th scope="col">{link}<th scope="col">B</thead><tbody>{body}</table>'
    with pikepdf.open(io.BytesIO(layout.render_pdf(HEAD.format(style="") + page, DEFAULT_THEME))) as document:
        tree = pdf_tags.tree(document)
        annotations = [len(pdf_page.get("/Annots", [])) for pdf_page in document.pages]

    assert "C" + "AB" + "onetwo" * 20 == words(tree.all("Table")[0].text)
    assert [kid.kind for kid in tree.all("Table")[0].kids] == ["Caption", "THead", "TBody"]
    assert len(annotations) > 1
    assert 1 == sum(annotations)


def test_a_link_over_lines_and_pages_is_one_with_an_area_on_each_line() -> None:
    page = f'<p><a href="https://example.org/">{LONG}</a>'
    with pikepdf.open(io.BytesIO(layout.render_pdf(HEAD.format(style="") + page, DEFAULT_THEME))) as document:
        link = pdf_tags.tree(document).all("Link")
        numbers: list[Any] = list(document.Root.StructTreeRoot.ParentTree.Nums)
        owners = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))

        assert 1 == len(link)
        assert words(LONG) == words(link[0].text)
        assert (
            len(link[0].annotations) == sum(len(pdf_page.Annots) for pdf_page in document.pages) > len(document.pages)
        )
        assert {link[0].about.objgen} == {
            owners[int(annotation.StructParent)].objgen for annotation in link[0].annotations
        }
        assert {LONG} == {str(annotation.Contents) for annotation in link[0].annotations}


LEAFLET_OF_PAGES = """\
---
title: Lang
---

# Kop {{#k}}

{paragraph}

{points}

| Dit | Dat |
|---|---|
{rows}

: Tabel {{#t .row-headers}}

::: glossary
{terms}
:::

Slot [{citations}].

# Bronnen {{#b}}

::: {{#refs}}
:::
"""


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> pdf_tags.Element:
    """The tags of a leaflet in which everything is longer than a page."""
    many = range(60)
    text = LEAFLET_OF_PAGES.format(
        paragraph=" ".join(f"Woord{number}." for number in range(900)),
        points="\n".join(f"- punt{number}" for number in many),
        rows="\n".join(f"| rij{number} | cel{number} |" for number in many),
        terms="\n".join(f"term{number:02}\n\n:   uitleg{number:02}\n" for number in many),
        citations="; ".join(f"@bron{number}" for number in many),
    )
    sources = ", ".join(
        f'{{"id": "bron{number}", "type": "book", "title": "Titel{number}", "author": [{{"family": "Naam{number}"}}]}}'
        for number in many
    )
    files = {"source/lang.md": text, "source/references.json": f"[{sources}]"}
    settings = '[tool.polyleaf]\nsource_language = "nl"\nlanguages = ["nl"]\nformats = ["pdf"]\n'
    folder = support.project(tmp_path_factory.mktemp("long"), files, settings)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert 0 == cli.run(["build", "-q"])
    with pikepdf.open(folder / "build" / "nl" / "lang.pdf") as document:
        return pdf_tags.tree(document)


@pytest.mark.law
@pytest.mark.parametrize(
    ("kind", "first", "last", "parts"),
    [
        ("P", "Woord0", "Woord899.", 0),
        ("L", "punt0", "punt59", 60),
        ("Table", "rij0", "cel59", 3),
        ("L", "term00", "uitleg59", 60),
        ("L", "Naam0", "Titel59", 60),
    ],
)
def test_a_leaflet_is_read_as_if_it_had_no_pages(
    long: pdf_tags.Element, kind: str, first: str, last: str, parts: int
) -> None:
    elements = [element for element in long.all(kind) if first in element.text]

    assert 1 == len(elements)
    assert last in elements[0].text
    assert parts == len(elements[0].kids)
    assert len(elements[0].pages) > 1


# The order of what is painted


def printed(page: Any, *, notes: bool = True) -> list[str]:
    """Return the words of a web page in the order of the PDF: contents after key points, *notes* after their text."""
    output_reader.move_notes(page)
    for note in [] if notes else page.xpath("//div[a[@role='doc-backlink']]"):
        note.drop_tree()
    masthead = page.find_class("masthead")[0]
    for languages in masthead.find_class("languages"):
        languages.drop_tree()
    page.find(".//nav[@class='contents']//summary").drop_tree()
    main = page.find(".//main")
    parts = [masthead, main[0], page.find_class("contents")[0], *main[1:]]
    return output_reader.words(" ".join(output_reader._joined(part) for part in parts))


def extracted(file: Path, how: str) -> str:
    if how == "pdfium":
        return "\n".join(output_reader.pages(file))
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    process = subprocess.run(["pdftotext", *how.split()[1:], file, "-"], capture_output=True, text=True, check=True)
    return process.stdout


@every
@pytest.mark.parametrize("how", ["pdfium", "pdftotext", "pdftotext -raw"])
def test_the_text_is_taken_out_as_it_is_read(leaflet: Path, language: str, how: str) -> None:
    """Nothing is missing or elsewhere; what is added are running heads and feet, numbers of pages, words of figures."""
    by_tags = how != "pdftotext"  # which takes the lines of a page as they stand, and so the notes last
    wanted = printed(output_reader.page(leaflet / language / f"{LEAFLET}.html"), notes=by_tags)
    text = re.sub(r"-\s*\n", "- ", extracted(leaflet / language / f"{LEAFLET}.pdf", how))
    extracted_words = output_reader.words(text)
    steps = difflib.SequenceMatcher(None, wanted, extracted_words, autojunk=False).get_opcodes()
    lost = [(wanted[a:b], extracted_words[c:d]) for step, a, b, c, d in steps if step in {"delete", "replace"}]

    assert [] == [(before, after) for before, after in lost if "".join(before) != "".join(after)]


LEFT = "style='float: left; clear: both'"
PAINTED = {
    "floats": "<p>zero</p><p style='float: left; background: #ddd; color: red'>one</p><p>two</p><p>three</p>",
    "colours": "<p>zero</p><p style='float: left; color: red'>one <b>two</b></p><p>three</p>",
    "places": "<p style='position: relative'>one<b style='position: absolute; right: 0; color: red'>two</b><p>three",
    "boxes": "<div style='display: inline-block; background: #ddd'>one</div> <i style='float: right'>two</i> three",
    "clips": "<div style='overflow: hidden; height: 2em'><i style='float: right'>one</i>two</div><p>three",
    "turned": "<p>one</p><p style='transform: rotate(5deg)'>two <i style='float: left'>three</i></p><p>four",
    "terms": f"<dl><dt {LEFT}>one<dd>two<dt {LEFT}>three<dd>four</dl>",
}


@pytest.mark.parametrize("name", PAINTED)
def test_the_order_of_what_is_painted_changes_nothing_that_is_seen(name: str) -> None:
    page = '<html lang="en"><title>x</title><body>' + PAINTED[name]
    seen = [
        pypdfium2.PdfDocument(layout.render_pdf(page, DEFAULT_THEME, tagged=how))[0].render().to_pil()
        for how in (True, False)
    ]

    assert seen[0].tobytes() == seen[1].tobytes()


@pytest.mark.parametrize("name", sorted(set(PAINTED) - {"boxes", "clips", "turned"}))
def test_what_is_painted_late_is_taken_out_in_its_place(name: str) -> None:
    page = '<html lang="en"><title>x</title><body>' + PAINTED[name]
    text = pypdfium2.PdfDocument(layout.render_pdf(page, DEFAULT_THEME))[0].get_textpage().get_text_range()

    assert words(text) == "".join(re.findall("zero|one|two|three|four", page))


# Words that lines break

NARROW = (
    "body, p { margin: 0 } p { width: %dpt; font-size: 12pt; overflow-wrap: break-word; hyphens: %s;"
    ' hyphenate-character: "-"; hyphenate-limit-chars: 8 4 4 }'
)
LONG_WORDS = {
    "nl": "paracetamol tabletten nierfunctie stoornissen COVID-19 vaccinatie centrum 10-14 bijwerkingen",
    "uk": "протизапальні лікарськими засобами знеболювальними COVID-19 препаратами 10-14 побічні",
    "ar": "المستحضرات الصيدلانية COVID-19 والمستشفيات للاستعمال 10-14",
    "he": "המינון לאנטיביוטיקה COVID-19 תופעות 10-14 וכשהתרופות",
}


def long_words(language: str, seed: int) -> list[str]:
    """Return words of a language, some joined to ones as long as a line, some with what is not seen in them."""
    chosen = random.Random(f"{language} {seed}")  # noqa: S311 - no secret
    words = LONG_WORDS[language].split()
    texts = ["".join(chosen.choices(words, k=chosen.randint(1, 3))) for _ in range(25)]
    return [chosen.choice((text, text, f"{text[:5]}\u00ad{text[5:]}", f"\u2067{text}\u2069")) for text in texts]


@pytest.mark.law
@pytest.mark.parametrize("hyphens", ["auto", "none"])
@pytest.mark.parametrize("language", LONG_WORDS)
def test_the_words_of_the_tags_are_whole_however_narrow_a_column(language: str, hyphens: str) -> None:
    """Hyphens of the words themselves are read, those of ends of lines are not; nor do words run into one."""
    direction = "rtl" if language in {"ar", "he"} else "ltr"
    other = '<span lang="nl">hydrochloorthiazidetabletten bijwerkingen</span>'
    style = HEAD.replace('lang="en"', f'lang="{language}" dir="{direction}"').replace("90mm 60mm", "90mm 900mm")
    for seed, width in enumerate((60, 90, 130)):
        source = long_words(language, seed)
        page = style.format(style=NARROW % (width, hyphens)) + f"<p>{' '.join(source)} {other}"
        with pikepdf.open(io.BytesIO(layout.render_pdf(page, DEFAULT_THEME))) as document:
            text = pdf_tags.tree(document).text
        unseen = re.compile("[\u00ad\u2066-\u2069]")

        assert unseen.sub("", " ".join(source)).split() == unseen.sub("", text).split()[:-2]
        assert ["hydrochloorthiazidetabletten", "bijwerkingen"] == unseen.sub("", text).split()[-2:]


def test_only_the_hyphen_of_a_line_is_a_soft_one(tmp_path: Path) -> None:
    """Those who take text by its lines take the hyphen at the end of one away by themselves, if it is a hyphen."""
    style = NARROW % (70, "auto")
    page = HEAD.replace('"en"', '"nl"').format(style=style) + "<p>paracetamoltabletten tegen COVID-19"
    content = layout.render_pdf(page, DEFAULT_THEME)
    with pikepdf.open(io.BytesIO(content)) as document:
        text = pdf_tags.tree(document).text
    (tmp_path / "x.pdf").write_bytes(content)

    assert "paracetamoltabletten tegen COVID-19" == text.replace("\u00ad", "")
    assert "\u00ad" in text
    for how in ("pdfium", "pdftotext"):
        assert ["paracetamoltabletten", "tegen", "COVID-19"] == extracted(tmp_path / "x.pdf", how).replace(
            "\ufffe", ""
        ).split()


# Spaces


@every
def test_the_words_of_the_tags_are_those_of_the_page(pdfs: Pdfs, leaflet: Path, language: str) -> None:
    """No two words run into one where a line ends; the numbers of pages, and of items, are all that is added."""
    wanted = printed(output_reader.page(leaflet / language / f"{LEAFLET}.html"))
    tagged_words = output_reader.words(" ".join(pdfs[language][1].lines()))
    steps = difflib.SequenceMatcher(None, wanted, tagged_words, autojunk=False).get_opcodes()
    added = [word for step, _, _, c, d in steps if step == "insert" for word in tagged_words[c:d]]

    assert [] == [(wanted[a:b], tagged_words[c:d]) for step, a, b, c, d in steps if step in {"delete", "replace"}]
    assert [] == [word for word in added if not word.isdigit() and len(word) > 1]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<b>one</b> <i>two</i>", "one two"),
        ("<b>one</b><i>two</i>", "onetwo"),
        ("<b>one </b>two", "one two"),
        ("one<br>two", "one two"),
        (f"<code>{'a/' * 60}</code>", "a/" * 60),
        (f"{LONG} <b>{LONG}</b>", f"{LONG} {LONG}"),
        ('<span lang="ar" dir="rtl">' + " ".join(["سلام"] * 30) + "</span>", " ".join(["سلام"] * 30)),
    ],
)
def test_words_are_parted_where_they_are_in_the_text(text: str, wanted: str) -> None:
    assert [wanted] == render_tags(f"<p>{text}").lines()


# From right to left

ARABIC = {
    "title": "ركبتك بعد العملية",
    "heading": "السلام 3 مرات",
    "text": "لا تأخذ أكثر من 250 ملغ في اليوم لأن الإسلام والآن Lareb ولا تنتظر.",
}


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDF of a leaflet in Arabic."""
    settings = '[tool.polyleaf]\nsource_language = "ar"\nlanguages = ["ar"]\nformats = ["pdf"]\n'
    text = "---\ntitle: {title}\n---\n\n# {heading} {{#k}}\n\n{text}\n\n- [لا](#k) *لا*\n".format(**ARABIC)
    folder = support.project(tmp_path_factory.mktemp("arabic"), {"source/knee.md": text}, settings)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert 0 == cli.run(["build", "-q"])
    return folder / "build" / "ar" / "knee.pdf"


def bare(text: str) -> str:
    """Return *text* without white space and the signs that say where its direction changes."""
    return re.sub("[\\s\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text)


def test_arabic_is_tagged_as_it_is_written(arabic: Path) -> None:
    with pikepdf.open(arabic) as document, document.open_outline() as outline:
        tree = pdf_tags.tree(document)
        bookmarks = [item.title for root in outline.root for item in (root, *root.children)]

        assert ARABIC["title"] == tree.all("H1")[0].text
        assert bare(ARABIC["heading"]) in [bare(element.text) for element in tree.all("H2")]
        assert bare(ARABIC["text"]) in [bare(element.text) for element in tree.all("P")]
        assert [element.text for kind in ("H1", "H2") for element in tree.all(kind)] == bookmarks


@pytest.mark.parametrize("how", ["pdfium", "pdftotext"])
def test_arabic_is_taken_out_as_it_is_written(arabic: Path, how: str) -> None:
    """Lam-alef, one glyph, is two letters, and in this order: the other way around, "not" would be "the"."""
    text = bare(extracted(arabic, how))

    assert [] == [name for name, words in ARABIC.items() if bare(words) not in text]


def test_arabic_looks_as_it_was_laid_out() -> None:
    page = f'<html lang="ar" dir="rtl"><title>x</title><body><p>{ARABIC["text"]}<p>مُدَرِّسٌ <i>لا</i> (12)'
    seen = [
        pypdfium2.PdfDocument(layout.render_pdf(page, DEFAULT_THEME, tagged=how))[0].render(scale=2).to_pil()
        for how in (True, False)
    ]

    assert seen[0].tobytes() == seen[1].tobytes()


def test_what_every_page_repeats_is_painted_in_the_order_of_reading_too() -> None:
    style = "@page { @top-center { content: element(head); width: 100% } } .head { position: running(head) }"
    head = f'<html lang="ar" dir="rtl"><title>x</title><style>{style}</style><body><p class="head">لا تستخدمه</p><p>x'
    text = pypdfium2.PdfDocument(layout.render_pdf(head, DEFAULT_THEME))[0].get_textpage().get_text_range()

    assert "لا تستخدمه" in text
