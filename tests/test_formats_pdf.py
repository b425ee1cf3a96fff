"""PDF: its pages and its tags."""

from __future__ import annotations

import io
import re
import sys
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest

import edition_values
import oddities as odd
import output_reader
from polyleaf.errors import RenderError, ToolMissing
from polyleaf.formats import pdf
from polyleaf.formats.pdf import layout, weasyprint_patches
from polyleaf.formats.pdf import tags as tags_package
from polyleaf.inspection.pdf import read_pdf
from polyleaf.model import DEFAULT_THEME, Chapter, Edition, Heading, Picture, Theme

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAFLET = "magnesium-en-slaap"

every = pytest.mark.parametrize("language", ["nl", "en"])
each = pytest.mark.parametrize("name", odd.CASES)


def elements(element: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Yield every structure element from *element* down, with the kinds of those above it."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid, above
            yield from elements(kid, (*above, str(kid.S)))


@every
def test_a_pdf_says_its_title_and_language(leaflet: Path, language: str) -> None:
    with pikepdf.open(leaflet / language / f"{LEAFLET}.pdf") as document:
        title = output_reader.page(leaflet / language / f"{LEAFLET}.html").findtext(".//title")

        assert language == str(document.Root.Lang)
        assert title == str(document.docinfo["/Title"])
        assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
        assert bool(document.Root.MarkInfo.Marked)


@every
def test_every_page_has_its_number(leaflet: Path, language: str) -> None:
    pages = output_reader.pages(leaflet / language / f"{LEAFLET}.pdf")
    words = {"nl": "Pagina {} van {}", "en": "Page {} of {}"}[language]

    assert not [at for at, page in enumerate(pages, 1) if words.format(at, len(pages)) not in page]


@every
def test_the_bookmarks_are_the_sections(leaflet: Path, language: str) -> None:
    page = output_reader.page(leaflet / language / f"{LEAFLET}.html")
    output_reader.move_notes(page)
    wanted = [" ".join(output_reader.visible(heading).split()) for heading in page.xpath("//main//h2")]
    with pikepdf.open(leaflet / language / f"{LEAFLET}.pdf") as document, document.open_outline() as outline:
        titles = [item.title for root in outline.root for item in (root, *root.children)]

    assert [title for title in wanted if title not in titles] == []


@every
def test_what_a_page_unfolds_is_printed(leaflet: Path, language: str) -> None:
    text = " ".join(output_reader.words(" ".join(output_reader.pages(leaflet / language / f"{LEAFLET}.pdf"))))
    page = output_reader.page(leaflet / language / f"{LEAFLET}.html")

    assert " ".join(output_reader.words(str(page.xpath("string(//details/summary)")))) in text
    assert " ".join(output_reader.words(str(page.xpath("string(//details/p)")))) in text


@every
def test_every_word_of_the_page_is_on_paper(leaflet: Path, language: str) -> None:
    page = output_reader.page(leaflet / language / f"{LEAFLET}.html")
    output_reader.move_notes(page)
    main = page.find(".//main")
    text = "".join(output_reader.words(" ".join(output_reader.pages(leaflet / language / f"{LEAFLET}.pdf"))))

    assert main is not None
    assert not [word for word in output_reader.words(output_reader.visible(main)) if word not in text]


@each
def test_lists_hold_items_and_items_label_and_body(oddities: Path, name: str) -> None:
    with pikepdf.open(oddities / f"{name}.pdf") as document:
        pairs = [(str(kid.S), above[-1]) for kid, above in elements(document.Root.StructTreeRoot) if above]

    assert not [pair for pair in pairs if pair[1] == "/L" and pair[0] not in {"/LI", "/L", "/Caption"}]
    assert not [pair for pair in pairs if pair[1] == "/LI" and pair[0] not in {"/Lbl", "/LBody"}]


@each
def test_every_header_has_a_scope_and_no_part_of_a_table_is_empty(oddities: Path, name: str) -> None:
    with pikepdf.open(oddities / f"{name}.pdf") as document:
        kids = [kid for kid, _ in elements(document.Root.StructTreeRoot)]

        assert not [kid for kid in kids if kid.S == "/TH" and kid.A.get("/Scope") not in {"/Row", "/Column"}]
        assert not [kid for kid in kids if kid.S in {"/THead", "/TBody"} and not len(kid.K)]


@each
def test_every_annotation_is_in_a_link(oddities: Path, name: str) -> None:
    with pikepdf.open(oddities / f"{name}.pdf") as document:
        owners = [
            str(kid.S)
            for kid, _ in elements(document.Root.StructTreeRoot)
            for part in kid.get("/K", [])
            if isinstance(part, pikepdf.Dictionary) and part.get("/Type") == "/OBJR"
        ]
        annotations = sum(len(page.get("/Annots", [])) for page in document.pages)
        numbers = document.Root.StructTreeRoot.ParentTree.Nums
        keys = [int(number) for number in list(numbers)[::2]]

        assert {"/Link"} >= set(owners)
        assert annotations == len(owners)
        assert sorted(set(keys)) == keys


@each
def test_every_figure_is_described(oddities: Path, name: str) -> None:
    with pikepdf.open(oddities / f"{name}.pdf") as document:
        figures = [kid for kid, _ in elements(document.Root.StructTreeRoot) if kid.S == "/Figure"]

        assert not [figure for figure in figures if not str(figure.get("/Alt", ""))]


def test_text_before_the_first_section_opens_the_pdf() -> None:
    artifact = pdf.render(edition_values.edition())

    assert "en/knee.pdf" == str(artifact.path)
    assert artifact.content.startswith(b"%PDF-1.7")


LEVELS = "".join(
    f"<section class='level{level}'><h{level}>Level {level}</h{level}><p>Words below level {level}.</p>"
    for level in range(2, 7)
)


def test_headings_are_smaller_the_deeper_they_are_and_never_smaller_than_the_text() -> None:
    chapter = Chapter(None, LEVELS + "</section>" * 5)
    document = read_pdf(pdf.render(replace(edition_values.edition(), chapters=(chapter,))).content, "knee.pdf", "ltr")
    sizes = [(block.kind, max(line.size for line in block.lines)) for block in document.blocks]
    headings = [size for kind, size in sizes if kind in {"H2", "H3", "H4", "H5", "H6"}]
    texts = {size for kind, size in sizes if kind == "P"}

    assert sorted(headings, reverse=True) == headings
    assert 5 == len(headings)
    assert min(headings) >= max(texts)
    assert headings[2] > max(texts)


def test_headings_of_every_level_are_bookmarks_one_in_another() -> None:
    chapter = Chapter(None, LEVELS + "</section>" * 5)
    content = pdf.render(replace(edition_values.edition(), chapters=(chapter,))).content
    titles = []
    with pikepdf.open(io.BytesIO(content)) as document, document.open_outline() as outline:
        items = outline.root
        while items:
            titles.append(items[0].title)
            items = items[0].children

    assert ["Knee", "Level 2", "Level 3", "Level 4", "Level 5", "Level 6"] == titles


@pytest.mark.law
def test_a_word_that_is_longer_than_a_line_goes_on_at_the_next() -> None:
    word = "Hottentottententententoonstellingsmakerskantoren"
    chapter = Chapter(None, f'<section class="level2"><h2>{word}</h2><p>{word}</p></section>')
    large = replace(edition_values.edition(), title=word, chapters=(chapter,), theme=Theme(size=24))
    document = read_pdf(pdf.render(large).content, "knee.pdf", "ltr")

    assert not [run for run in document.runs if run.beyond]
    assert ["H1", "H2", "P"] == [block.kind for block in document.blocks if len(block.lines) > 1]


def with_sections(*bodies: str, theme: Theme = DEFAULT_THEME) -> Edition:
    """Return an edition with a section for each of *bodies*, in HTML."""
    headings = [Heading(f"s{at}", f"Section {at}", 2) for at in range(len(bodies))]
    chapters = tuple(
        Chapter(heading, f'<section class="level2"><h2 id="{heading.id}">{heading.text}</h2>{body}</section>')
        for heading, body in zip(headings, bodies, strict=True)
    )
    return replace(edition_values.edition(), chapters=chapters, contents=tuple(headings), theme=theme)


def printed_pages(edition: Edition) -> list[str]:
    with pypdfium2.PdfDocument(pdf.render(edition).content) as document:
        return [page.get_textpage().get_text_range() for page in document]


TEXT = "<p>Take one tablet in the morning, with water, and walk for a while.</p>"


@pytest.mark.law
@pytest.mark.parametrize(("length", "pages", "listed"), [(2, 1, False), (12, 2, False), (25, 3, True)])
def test_contents_are_for_leaflets_of_three_pages_and_more(length: int, pages: int, listed: bool) -> None:  # noqa: FBT001 - a case
    paper = printed_pages(with_sections(*[TEXT * length] * 3))

    assert (pages, listed) == (len(paper), "Contents" in paper[0])


@pytest.mark.law
def test_contents_are_not_all_that_stands_on_the_first_page() -> None:
    tall = f'<div class="warning">{TEXT * 21}</div>'
    paper = printed_pages(with_sections(tall, tall, tall, tall))

    assert not [page for page in paper if "Contents" in page]
    assert "Take one tablet" in paper[0]


@pytest.mark.law
def test_a_list_goes_on_at_the_next_page_with_two_of_its_items_at_least() -> None:
    items = "".join(f"<li>Item number {at}.</li>" for at in range(40))
    for lead in range(3, 12):
        paper = printed_pages(with_sections(f"<p>{'Line.<br>' * lead * 2}</p><p>Mind:</p><ol>{items}</ol>"))
        counts = [len(re.findall(r"Item number", page)) for page in paper]
        leads = [page for page in paper if "Mind:" in page]

        assert 40 == sum(counts)
        assert 1 not in counts
        assert "Item number 0." in leads[0]


@pytest.mark.law
@every
def test_the_leaflet_of_the_project_has_eight_full_pages_at_most(leaflet: Path, language: str) -> None:
    file = leaflet / language / f"{LEAFLET}.pdf"
    document = read_pdf(file.read_bytes(), file.name, "ltr")
    lowest: dict[int, float] = {}
    for line in (line for block in document.blocks for line in block.lines):
        lowest[line.page] = min(lowest.get(line.page, 842), line.baseline)

    assert 8 >= len(lowest)
    assert {} == {page: height for page, height in lowest.items() if height > 842 / 3}


@pytest.mark.law
def test_a_short_text_fills_one_page() -> None:
    boxes = "".join(
        f'<div class="{kind}"><h3>Call us</h3><ul><li>You faint.</li><li>You bleed much.</li></ul></div>'
        for kind in ("call-now", "call-today", "call-appointment")
    )
    sections = with_sections(
        "<p>Rest for two days.</p>", "<p>Walk a bit more each day.</p>", f'<div class="call">{boxes}</div>'
    )

    assert 1 == len(printed_pages(sections))


@pytest.mark.law
def test_boxes_about_calling_fill_the_page_before_they_go_on_at_the_next() -> None:
    box = '<div class="{}"><h3>Call {}</h3><ul>' + "<li>You have trouble breathing.</li>" * 6 + "</ul></div>"
    boxes = "".join(box.format(kind, kind) for kind in ("call-now", "call-today", "call-appointment"))
    paper = printed_pages(with_sections(TEXT * 9, f'<div class="call">{boxes}</div>'))

    assert ["Call call-now" in page for page in paper] == [True, False]
    assert 18 == sum(page.count("trouble breathing") for page in paper)
    assert {0} == {page.count("trouble breathing") % 6 for page in paper}


def test_a_picture_that_is_broken_stops_the_build() -> None:
    chapter = Chapter(None, '<p><img src="media/p.png" alt="Dot" /></p>')
    broken = replace(edition_values.edition(), chapters=(chapter,), pictures=(Picture("media/p.png", b"no picture"),))

    with pytest.raises(RenderError, match="the picture 'Dot' cannot be read"):
        pdf.render(broken)


def tags(body: str) -> list[tuple[str, str]]:
    page = f'<html lang="en"><title>x</title><body><h1>x</h1>{body}'
    with pikepdf.open(io.BytesIO(layout.render_pdf(page, DEFAULT_THEME))) as document:
        root = document.Root.StructTreeRoot
        return [(above[-1] if above else "", str(kid.S)) for kid, above in elements(root)]


@every
def test_a_pdf_says_that_it_conforms_to_both_standards_and_in_which_language(leaflet: Path, language: str) -> None:
    with pikepdf.open(leaflet / language / f"{LEAFLET}.pdf") as document:
        metadata = document.open_metadata()

        assert ("2", "A") == (metadata["pdfaid:part"], metadata["pdfaid:conformance"])
        assert "1" == metadata["{http://www.aiim.org/pdfua/ns/id/}part"]
        assert [language] == list(metadata["dc:language"])


@every
def test_what_is_not_in_the_tree_is_an_artifact(leaflet: Path, language: str) -> None:
    with pikepdf.open(leaflet / language / f"{LEAFLET}.pdf") as document:
        root = document.Root.StructTreeRoot
        tree = {kid.objgen for kid, _ in elements(root)}
        for at, page in enumerate(document.pages):
            numbers: list[Any] = list(root.ParentTree.Nums)
            owners: list[Any] = numbers[numbers.index(page.obj.StructParents) + 1]
            parts: list[Any] = list(pikepdf.parse_content_stream(page))
            marked = [part.operands for part in parts if str(part.operator) == "BDC"]
            feet = [words for words in marked if words[0] == "/Artifact" and words[1].get("/Type") == "/Pagination"]

            assert all(owner is None or owner.objgen in tree for owner in owners)
            assert feet, f"the foot of page {at} is read aloud"


@every
def test_a_figure_is_where_its_box_is_and_has_its_caption(leaflet: Path, language: str) -> None:
    with pikepdf.open(leaflet / language / f"{LEAFLET}.pdf") as document:
        figures = [kid for kid, _ in elements(document.Root.StructTreeRoot) if kid.S == "/Figure"]
        assert figures
        for figure in figures:
            left, bottom, right, top = (float(edge) for edge in figure.A.BBox)
            page = pypdfium2.PdfDocument(leaflet / language / f"{LEAFLET}.pdf")[document.pages.index(figure.Pg)]
            drawn = page.render(scale=1).to_pil().convert("L")
            height = drawn.height
            inside = drawn.crop((int(left), int(height - top), int(right), int(height - bottom)))

            assert inside.getextrema()[0] < 100, "there is nothing in the box"
            assert "/Caption" in [str(kid.S) for kid, _ in elements(figure)]


def test_a_passage_says_its_language_and_a_link_its_words() -> None:
    page = '<html lang="en"><title>x</title><body><h1>x</h1><p lang="nl">een <b lang="fr">deux</b><p id="a">'
    page += 'three <a href="#a">four <em>five</em></a> <a href="#a" aria-label="Back">↩</a>'
    with pikepdf.open(io.BytesIO(layout.render_pdf(page, DEFAULT_THEME))) as document:
        languages = [str(kid.Lang) for kid, _ in elements(document.Root.StructTreeRoot) if "/Lang" in kid]

        assert ["nl", "fr"] == languages
        assert ["four five", "Back"] == [str(annotation.Contents) for annotation in document.pages[0].Annots]


def test_a_header_is_found_by_its_name() -> None:
    page = '<html lang="en"><title>x</title><body><h1>x</h1><table><thead><tr><th scope="col">a<th scope="col">b</tr>'
    page += "</thead><tbody><tr><td>c<td>d</table>"
    with pikepdf.open(io.BytesIO(layout.render_pdf(page, DEFAULT_THEME))) as document:
        root = document.Root.StructTreeRoot
        names: list[Any] = list(root.IDTree.Names)
        cells = [kid for kid, _ in elements(root) if kid.S == "/TD"]

        assert [bytes(name) for name in names[::2]] == sorted(bytes(name) for name in names[::2])
        headers = dict(zip(map(bytes, names[::2]), names[1::2], strict=True))
        assert ["/TH", "/TH"] == [str(headers[bytes(cell.A.Headers[0])].S) for cell in cells]


def test_a_cell_names_all_headers_over_what_it_spans_in_their_order() -> None:
    page = '<html lang="en"><title>x</title><body><h1>x</h1><table><thead><tr><th>a<th colspan=2>b<tr><th>c<th>d<th>e'
    page += "</thead><tbody><tr><th rowspan=2>f<td>1<td>2<tr><td colspan=2>3<tr><th>g<td rowspan=2>4<td>5<tr><th>h<td>6"
    with pikepdf.open(io.BytesIO(layout.render_pdf(page + "</table>", DEFAULT_THEME))) as document:
        cells = [kid for kid, _ in elements(document.Root.StructTreeRoot) if kid.S == "/TD"]
        headers = [["-".join(bytes(name).decode().split("-")[-2:]) for name in cell.A.Headers] for cell in cells]

    assert [
        ["1-2", "2-2", "3-1"],
        ["1-2", "2-3", "3-1"],
        ["1-2", "2-2", "2-3", "3-1"],
        ["1-2", "2-2", "5-1", "6-1"],
        ["1-2", "2-3", "5-1"],
        ["1-2", "2-3", "6-1"],
    ] == headers


@pytest.mark.parametrize(("direction", "turned"), [("rtl", True), ("ltr", False)])
def test_pages_are_turned_as_the_language_is_read(direction: str, turned: bool) -> None:  # noqa: FBT001 - a case
    with pikepdf.open(
        io.BytesIO(layout.render_pdf(f'<html lang="ar" dir="{direction}"><title>x</title><p>x', DEFAULT_THEME))
    ) as document:
        assert turned == (document.Root.ViewerPreferences.get("/Direction") == "/R2L")


def test_no_picture_asks_to_be_smoothed(oddities: Path) -> None:
    with pikepdf.open(oddities / "figure.pdf") as document:
        images = [
            image
            for image in document.objects
            if isinstance(image, pikepdf.Stream) and image.get("/Subtype") == "/Image"
        ]

        assert images
        assert not [image for image in images if "/Interpolate" in image]


def test_what_lays_items_out_is_no_part_of_their_list() -> None:
    pairs = tags('<ul><li style="display: inline-block">one</li> <li style="display: inline-block">two</li></ul>')

    assert {"/LI"} == {kid for parent, kid in pairs if parent == "/L"}
    assert 2 == pairs.count(("/L", "/LI"))


def test_blocks_of_an_item_are_in_its_body() -> None:
    pairs = tags("<ul><li>one<blockquote>two</blockquote><pre>three</pre><table><tr><th>four</table></ul>")

    assert {"/Lbl", "/LBody"} == {kid for parent, kid in pairs if parent == "/LI"}
    assert ("/LBody", "/BlockQuote") in pairs
    assert ("/LBody", "/Table") in pairs


def test_emphasis_in_a_link_is_part_of_the_link() -> None:
    page = '<html lang="en"><title>x</title><body><h1>x</h1><p><a href="#a">one <em>two</em></a><p id="a">three'
    with pikepdf.open(io.BytesIO(layout.render_pdf(page, DEFAULT_THEME))) as document:
        assert 1 == len(document.pages[0].Annots)


def test_an_empty_part_of_a_table_is_left_out_and_a_head_without_a_body_is_one() -> None:
    pairs = tags("<table><thead><tr><th>one</thead><tbody></tbody></table>")

    assert ["/TBody"] == [kid for parent, kid in pairs if parent == "/Table"]


def test_what_cannot_be_set_stops_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "PDF_VARIANT", "pdf/none")
    with pytest.raises(RenderError, match="WeasyPrint cannot set this leaflet"):
        layout.render_pdf('<html lang="en"><title>x</title><p>x', DEFAULT_THEME)


def test_a_cell_without_a_header_names_none() -> None:
    page = '<html lang="en"><title>x</title><body><h1>x</h1><table><tr><td>one</table>'
    with pikepdf.open(io.BytesIO(layout.render_pdf(page, DEFAULT_THEME))) as document:
        cells = [kid for kid, _ in elements(document.Root.StructTreeRoot) if kid.S == "/TD"]

        assert ["/Headers" in cell.A for cell in cells] == [False]


def test_an_untagged_pdf_is_left_alone() -> None:
    assert b"StructTreeRoot" not in layout.render_pdf("<title>x</title><p>x", DEFAULT_THEME, tagged=False)


def test_a_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "weasyprint.py").write_text('raise OSError("no pango")', "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)

    with pytest.raises(ToolMissing, match="no pango"):
        layout.load_libraries()


@pytest.mark.parametrize("name", [*weasyprint_patches.REPLACED, *weasyprint_patches.READ])
def test_a_private_name_that_weasyprint_no_longer_has_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(f"weasyprint.{name}")
    monkeypatch.setattr("weasyprint.__version__", "71.0")

    with pytest.raises(ToolMissing, match=re.escape(f"weasyprint.{name} is not in WeasyPrint 71.0")) as error:
        layout.load_libraries()
    assert weasyprint_patches.TRIED in str(error.value)


def test_the_project_asks_for_the_versions_of_weasyprint_that_are_tried() -> None:
    settings = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))

    assert f"weasyprint{weasyprint_patches.TRIED}" in settings["project"]["dependencies"]


def test_the_tags_know_nothing_of_the_rest_of_the_program() -> None:
    package = "polyleaf.formats.pdf.tags"
    texts = [file.read_text("utf-8") for file in Path(tags_package.__file__).parent.glob("*.py")]
    imports = [name for text in texts for name in re.findall(r"^ *from (polyleaf\S*)", text, re.MULTILINE)]

    assert imports
    assert [] == [name for name in imports if not name.startswith(package)]


def test_nothing_is_fetched() -> None:
    page = '<html lang="en"><title>x</title><body><img src="https://example.org/p.png" alt="x">'

    with pytest.raises(RenderError, match="the picture 'x' cannot be read"):
        layout.render_pdf(page, DEFAULT_THEME)


def test_the_picture_of_a_page_is_a_png() -> None:
    assert layout.render_png("<title>x</title><p>x", DEFAULT_THEME).startswith(b"\x89PNG")


@pytest.mark.law
def test_lists_are_numbered_on_paper_as_they_say() -> None:
    lists = "".join(f'<ol type="{kind}"><li>one</li><li>two</li></ol>' for kind in "aAiI1")
    artifact = pdf.render(replace(edition_values.edition(), chapters=(Chapter(None, lists),)))
    text = pypdfium2.PdfDocument(edition_values.stream(artifact))[0].get_textpage().get_text_range()

    assert ["b.", "B.", "ii.", "II.", "2."] == re.findall(r"(\w+\.)\s*two", text)


def test_a_picture_of_a_page_keeps_no_document_open(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[pypdfium2.PdfDocument] = []
    plain = pypdfium2.PdfDocument

    def document(content: bytes) -> pypdfium2.PdfDocument:
        opened.append(plain(content))
        return opened[-1]

    monkeypatch.setattr(pypdfium2, "PdfDocument", document)
    layout.render_png("<title>x</title><p>x", DEFAULT_THEME)

    assert [None] == [pdf_document.raw for pdf_document in opened]
