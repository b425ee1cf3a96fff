"""The checks of PDFs: each passes one without faults, and finds a fault that was planted in it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pikepdf
import pytest
from lxml import html

import output_reader
import outputs
from polyleaf import render
from polyleaf.checks.registry import CHECKS
from polyleaf.inspection.epub import read_epub
from polyleaf.inspection.html import HtmlDocument, find_label, read_html
from polyleaf.inspection.pdf import PdfDocument
from polyleaf.inspection.text_flow import Outputs

ABOUT = {PdfDocument, HtmlDocument, Outputs}
OURS = {name: check for name, check in CHECKS.items() if check.subject in ABOUT}

BROKEN = "<p style='width: 60mm; hyphens: auto'>Physiotherapeutical extraordinariness incomprehensibly.</p>"
ROW = f"<table><tr><td>{outputs.LONG * 6}</td></tr></table>"

ON_PAPER: dict[str, tuple[str, str, str, str]] = {
    "type_size": ("", "", "ul { font-size: 10.5pt }", "page ., 'Bend.' and 3 more: 10.5 pt, smaller than 12 pt"),
    "x_height": ("", "", "p { font-size: 7pt }", "small letters are 1.3. mm high, less than 1.42 mm"),
    "leading": ("", "", "p { line-height: 1.2 }", "lines of 12 pt are 14.4 pt apart, less than 1.35 times their size"),
    "ragged": ("", "", "p { text-align: justify }", "its lines are stretched to end at one edge"),
    "line_length": ("", "", "@page { size: 210mm 110mm }", r"and \d+ more: a line of \d+ characters, more than 80"),
    "parted": ("250\u00a0mg", "250<br>mg", "", "page 2, 'Take 250': .* stand on two lines: 250 | mg"),
    "contrast": ("", "", "li { color: #999 }", "a contrast of 2.8 to 1 .#999999 on #ffffff., less than 4.5"),
    "greyscale": ("", "", "li { color: #003; background: #f00 }", "printed without colours, a contrast of .* to 1"),
    "page_edge": ("Call us.", "Call" * 30, "", "page ., 'CallCall.*: it leaves the page"),
    "heading_alone": (
        "",
        "",
        "h2 + p { break-before: page }",
        "page 1, 'Rest'.*: a heading whose text begins on page 2",
    ),
    "hyphenation": ("<p>Call us.", f"{BROKEN}<p>Call us.", "", "the word '[a-zA-Z]+-[a-z]+' is broken"),
    "box_split": ("", "", ".warning p + p { break-before: page }", "page ., 'Stop': a box goes on at page"),
    "row_split": (
        "<table>",
        f"{ROW}<table>",
        "tr { break-inside: auto !important }",
        "a row of a table goes on at page",
    ),
}
"""By the name of a check: what is put into the text, what into the style sheet, and the fact that is found."""


def drop_paragraphs(document: Any) -> None:
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/P":
            item.K = pikepdf.Array()


ALTERED = {"reading_order": (drop_paragraphs, "page 1, .*: it is printed, and not in the tags: a voice leaves it out")}

OTHERWISE = {"same_text"}
"""Checks whose fault stands in a test of its own, below."""


def ask(name: str, paper: Any, text: str = outputs.TEXT) -> list[str]:
    return outputs.find_facts(name, paper if CHECKS[name].subject is PdfDocument else outputs.with_page(paper, text))


def test_every_check_of_papers_has_a_fault_that_it_finds() -> None:
    known = {name for name, check in OURS.items() if check.subject in {PdfDocument, Outputs}}

    assert known == {*ON_PAPER, *ALTERED, *OTHERWISE}


@pytest.mark.parametrize("name", [*ON_PAPER, *ALTERED, *OTHERWISE])
def test_a_paper_without_faults_passes(name: str) -> None:
    assert [] == ask(name, outputs.make_pdf())


@pytest.mark.parametrize("name", ON_PAPER)
def test_a_fault_on_paper_is_found(name: str) -> None:
    old, new, style, fact = ON_PAPER[name]
    text = outputs.TEXT.replace(old, new) if old else outputs.TEXT
    findings = ask(name, outputs.make_pdf(text, style), text)

    assert any(re.search(fact, finding) for finding in findings), findings


@pytest.mark.parametrize("name", ALTERED)
def test_a_fault_in_what_a_paper_says_of_itself_is_found(name: str) -> None:
    change, fact = ALTERED[name]

    assert re.search(fact, ask(name, outputs.change_pdf(change))[0])


@pytest.mark.parametrize("name", OURS)
def test_a_check_of_finished_files_tells_what_is_bad_and_what_is_good(name: str) -> None:
    description = OURS[name].description

    assert re.match(
        r"[A-Z].*[^.]\.\n\n", description.replace("\n", " ", 1) if "\n\n" not in description[:121] else description
    )
    assert re.search(r"^Bad:  \S.*\n(.+\n)*?Good: \S", description, re.MULTILINE)


@pytest.mark.law
def test_small_type_is_found_in_drawings_and_feet() -> None:
    drawn = outputs.make_pdf(outputs.TEXT.replace(quote("font-size='20'"), quote("font-size='9'")))
    foot = outputs.make_pdf(style='@page { @bottom-center { content: "Page"; font-size: 9pt } }')

    assert "6.75 pt, smaller than 12 pt" in outputs.find_facts("type_size", drawn)[0]
    assert "page 1, 'Page' and 2 more: 9 pt, smaller than 12 pt" in outputs.find_facts("type_size", foot)[0]


def test_a_raised_sign_may_be_smaller_but_not_too_small() -> None:
    findings = outputs.find_facts("type_size", outputs.make_pdf(style="sup { font-size: 8pt }"))

    assert ["page 2, 'a': 8 pt, smaller than 9 pt"] == findings


def test_a_narrow_column_is_found() -> None:
    findings = outputs.find_facts("line_length", outputs.make_pdf(style="p { width: 60mm }"))

    assert "the longest line of the text has fewer than 45 characters" in findings[0]


@pytest.mark.law
def test_the_same_words_in_every_item_end_alike_and_are_not_stretched() -> None:
    item = "<li>Take the tablet of {}00 mg with a large glass of cold water every morning, and then sit down.</li>"
    text = f"<h1>Knee</h1><ul>{''.join(item.format(number) for number in range(1, 9))}</ul>"

    assert [] == outputs.find_facts("ragged", outputs.make_pdf(text))

    justified = outputs.make_pdf(text.replace("<li>", f"<li>{outputs.LONG * 3} "), "li { text-align: justify }")
    assert outputs.find_facts("ragged", justified)


def test_a_large_word_at_the_start_of_a_line_needs_no_more_leading() -> None:
    text = f"<h1>Knee</h1><p><strong>Warning.</strong> {outputs.LONG * 3}</p>"

    assert [] == outputs.find_facts("leading", outputs.make_pdf(text, "strong { font-size: 15pt; line-height: 1 }"))


@pytest.mark.law
def test_the_number_of_a_page_is_not_one_that_the_next_entry_of_the_contents_counts() -> None:
    entries = "".join(f"<li>Week {number} <span>{number}</span></li>" for number in range(90))
    text = f'<h1>Knee</h1><nav role="doc-toc"><ol>{entries}</ol></nav>'

    assert [] == outputs.find_facts("parted", outputs.make_pdf(text, "ol { list-style: none }"))


@pytest.mark.law
@pytest.mark.parametrize(("size", "facts"), [(18, 1), (20, 0), (24, 0)])
def test_giant_print_may_have_fewer_letters_a_line(size: int, facts: int) -> None:
    findings = outputs.find_facts("line_length", outputs.make_pdf(style=f"p {{ width: 90mm; font-size: {size}pt }}"))

    assert facts == len([fact for fact in findings if "fewer than 45" in fact])


@pytest.mark.law
@pytest.mark.parametrize(("width", "facts"), [("155mm", 0), ("230mm", 1)])
def test_lines_of_chinese_have_fewer_characters(width: str, facts: int) -> None:
    text = f'<h1>膝盖</h1><p lang="zh">{"膝盖是人体最大的关节，也是最容易受伤的关节。" * 9}</p>'
    wide = outputs.make_pdf(text, f"@page {{ size: {width} 110mm }}")

    assert facts == len(
        [fact for fact in outputs.find_facts("line_length", wide) if "characters, more than 40" in fact]
    )
    assert [] == outputs.find_facts("ragged", wide)


@pytest.mark.law
def test_the_words_on_a_picture_and_the_line_under_a_link_are_description_from_what_is_behind() -> None:
    dark = outputs.make_pdf(style="li { background: #0d5a52 }")
    right = outputs.make_pdf(style="a { color: #0b4f8a; text-decoration: underline 2pt }")

    assert "on #0d5a52" in outputs.find_facts("contrast", dark)[0]
    assert [] == outputs.find_facts("contrast", right)


def test_a_caption_that_leaves_its_picture_is_found() -> None:
    torn = outputs.make_pdf(style="figure { break-inside: auto } figcaption { break-before: page }")

    assert "page 3, 'It bends.': a figure goes on at page 4" in ask("row_split", torn)


def test_a_word_with_a_hyphen_of_its_own_may_go_on_after_it() -> None:
    printed = outputs.make_pdf(outputs.TEXT.replace("Call us.", "Do it on a self-<br>chosen day."))
    page = outputs.TEXT.replace("Call us.", "Do it on a self-chosen day.")

    assert [] == ask("hyphenation", printed, page)
    assert ask("hyphenation", printed, outputs.TEXT.replace("Call us.", "Do it on a selfchosen day."))


def test_paragraphs_in_another_order_are_found() -> None:
    swapped = outputs.make_pdf(
        outputs.TEXT.replace("<li>Bend.</li><li>Stretch.</li>", "<li>Stretch.</li><li>Bend.</li>")
    )

    assert ["'Stretch.' is read in another place than on the page"] == ask("reading_order", swapped)


@pytest.mark.law
def test_a_sentence_that_is_lost_or_added_is_named() -> None:
    short = outputs.make_pdf(outputs.TEXT.replace("<p>Call us.</p>", ""))
    long = outputs.make_pdf(outputs.TEXT.replace("<p>Call us.</p>", "<p>Call us.</p><p>Run a mile.</p>"))

    assert ["it lacks 'Call us.', which the page has"] == ask("same_text", short)
    assert ["it has 'Run a mile.', which the page lacks there"] == ask("same_text", long)


LISTS = """<header><h1>Your knee</h1></header><main><section><h2>Rest</h2><ol><li>Bend.</li><li>Stretch.</li></ol>
<p>Wait.</p><ol start="3" type="1" style="counter-reset: list-item 2"><li>Walk.</li></ol><ol type="a"><li>Or sit.</li>
<li><ol type="I" start="4" style="counter-reset: list-item 3"><li>Lie down.</li></ol></li></ol>
<ul><li>Rest.</li></ul></section></main>"""
STYLES = "ol[type=a] { list-style-type: lower-alpha } ol[type=I] { list-style-type: upper-roman }"


@pytest.mark.parametrize(
    ("old", "new", "style", "facts"),
    [
        ("", "", "", []),
        ("counter-reset: list-item 2", "", "", ["it lacks '3 Walk.', which the page has", "it has '1. Walk.'"]),
        ("", "", "ol[type=a] { list-style-type: decimal }", ["it lacks 'a Or sit.', which the page has"]),
        ("", "", "ol { list-style-type: disc }", ["it lacks '1 Bend.', which the page has"]),
        ("list-item 3", "list-item 4", "", ["it lacks 'b IV Lie down.', which the page has"]),
        (
            "<ol><li>Bend",
            '<ol style="counter-reset: list-item 4"><li>Bend',
            "",
            ["it lacks '1 Bend.', which the page has"],
        ),
        ("<ul><li>Rest.</li></ul>", "<ol><li>Rest.</li></ol>", "", ["it has '1.', which the page lacks there"]),
    ],
)
def test_a_label_of_a_list_that_is_lost_or_another_one_is_named(
    old: str, new: str, style: str, facts: list[str]
) -> None:
    printed = outputs.make_pdf(LISTS.replace(old, new) if old else LISTS, STYLES + style)
    diagnostics = ask("same_text", printed, LISTS)

    assert bool(facts) == bool(diagnostics)
    assert [] == [fact for fact in facts if not any(fact in diagnostic for diagnostic in diagnostics)]


@pytest.mark.law
@pytest.mark.parametrize(("old", "new", "facts"), [("", "", 0), ('start="3"', 'start="5"', 1), ("<ol", "<ul", 1)])
def test_a_label_of_a_list_that_is_another_one_in_the_e_book_is_named(old: str, new: str, facts: int) -> None:
    text = "---\ntitle: Knee\n---\n\n1. Bend.\n\nWait.^[Or rest.]\n\n3. Walk.\n4. Sit."
    page, book = (render(text, "en", name).content for name in ("html", "epub"))
    files = output_reader.unpacked(book)
    files["EPUB/part-01.xhtml"] = re.sub(old or "$.", new, files["EPUB/part-01.xhtml"].decode()).encode()
    files["EPUB/part-01.xhtml"] = files["EPUB/part-01.xhtml"].replace(b"</ol>", b"</ul>" if new == "<ul" else b"</ol>")
    outputs_of_leaflet = Outputs(
        None, read_html(page, "knee.html", "ltr"), read_epub(outputs.pack(files), "knee.epub", "ltr")
    )

    assert facts == len([fact for fact in outputs.find_facts("same_text", outputs_of_leaflet) if "lacks" in fact][:1])


@pytest.mark.parametrize(("start", "label"), [("7", "7"), ("-2", "-2"), ("7" * 5000, "1"), ("٣", "1"), ("x", "1")])
def test_a_list_that_starts_with_no_number_of_html_starts_at_one(start: str, label: str) -> None:
    assert [label] == find_label(html.fromstring(f'<ol start="{start}"><li>Walk.</li></ol>')[0])
