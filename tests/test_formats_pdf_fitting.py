"""What does not fit on its page is set otherwise: wide tables, tall rows, cells that span a page break, long words."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pikepdf
import pypdfium2
import pytest

import edition_values
import pdf_tags
from polyleaf.errors import RenderError
from polyleaf.formats import pdf
from polyleaf.formats.pdf import layout
from polyleaf.inspection.pdf import PdfDocument, read_pdf
from polyleaf.model import DEFAULT_THEME, Chapter, Heading, Theme

pytestmark = pytest.mark.law

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MARGIN = 190 / 25.4 * 72
"""The right edge of the text area, in points from the left."""

LONG = "meervoudigepersoonlijkheidsstoornisbehandelaarsvergadering"


def table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """Return the HTML of a table, the first column of which has headers."""
    head = "".join(f'<th scope="col">{text}</th>' for text in heads)
    lines = (
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{text}</td>" for text in texts)}</tr>'
        for first, *texts in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


def spanning(count: int) -> str:
    """Return the HTML of a table in which one medicine and one dose span *count* rows."""
    spanned = [f"<th scope='row' rowspan='{count}'>Metformine</th>", f"<td rowspan='{count}'>500 mg</td>"]
    rows = "".join(
        f"<tr>{'' if at else spanned[0]}<td>dag {at}</td>{'' if at else spanned[1]}</tr>" for at in range(count)
    )
    head = "".join(f"<th scope='col'>{text}</th>" for text in ("Middel", "Dag", "Dosis"))
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


SCHEDULE = table(("Tijd", *DAYS), [("ochtend", *(f"{at} tabletten" for at in range(1, 8))), ("avond", *("2",) * 7)])


def render(html: str, *, size: float = 12, language: str = "nl", title: str = "Knie") -> bytes:
    """Return a leaflet with *html* as a PDF, its text in *size* points."""
    direction = "rtl" if language == "ar" else "ltr"
    heading = Heading("a", title, 2)
    chapter = Chapter(heading, f'<section id="a" class="level2"><h2>{title}</h2>{html}</section>')
    edition = replace(edition_values.edition(language, direction), title=title, theme=Theme(size=size))
    return pdf.render(replace(edition, chapters=(chapter,), contents=(heading,) * 3)).content


def read(content: bytes) -> PdfDocument:
    """Return the PDF *content* taken apart."""
    return read_pdf(content, "knee.pdf", "ltr")


def page_sizes(content: bytes) -> list[tuple[int, int]]:
    """Return the size of each page of the PDF *content* in millimetres."""
    document = pypdfium2.PdfDocument(content)
    return [
        (round(width / 72 * 25.4), round(height / 72 * 25.4))
        for width, height in map(pypdfium2.PdfPage.get_size, document)
    ]


def cells(content: bytes) -> list[tuple[str, ...]]:
    """Return the words of each cell of data of the PDF *content*, after those of the headers that its tags give it."""
    with pikepdf.open(io.BytesIO(content)) as document:
        root = pdf_tags.tree(document)
        names = {str(cell.about.ID): cell.text.strip() for cell in root.all("TH")}
        headers = [[names[str(name)] for name in cell.about.A.get("/Headers", [])] for cell in root.all("TD")]
        return [(*texts, cell.text.strip()) for texts, cell in zip(headers, root.all("TD"), strict=True)]


def table_pages(document: PdfDocument) -> list[set[str]]:
    """Return the words of each piece of text on each page."""
    last = max(run.page for run in document.runs)
    return [{run.text.strip() for run in document.runs if run.page == page} for page in range(1, last + 1)]


def test_a_table_of_eight_columns_stands_on_a_page_on_its_side() -> None:
    content = render(f"<p>Voor.</p>{SCHEDULE}<p>Na.</p>")
    document = read(content)

    assert [(210, 297), (297, 210), (210, 297)] == page_sizes(content)
    assert not [run.text for run in document.runs if run.beyond]
    assert {*DAYS, "7 tabletten"} <= table_pages(document)[1]
    assert {"Voor.", "Na."} <= {run.text.strip() for run in document.runs if run.page != 2}
    assert {"ochtend", "zondag", "7 tabletten"} in map(set, cells(content))


def test_a_heading_goes_with_its_table_to_the_page_on_its_side() -> None:
    document = read(render(SCHEDULE, title="Schema"))

    assert "Schema" in table_pages(document)[1]


def test_a_table_that_fits_with_less_space_between_its_columns_stays_where_it_is() -> None:
    content = render(table(DAYS[:6], [("acht",) * 6]))

    assert {(210, 297)} == set(page_sizes(content))
    assert not [run.text for run in read(content).runs if run.beyond]


@pytest.mark.parametrize("box", ["", "warning"])
def test_a_table_that_fits_on_no_page_is_set_as_records(box: str) -> None:
    content = render(f'<div class="{box}">{SCHEDULE}</div>', size=24)
    document = read(content)
    values = {frozenset(cell) for cell in cells(content)}

    assert {(210, 297)} == set(page_sizes(content))
    assert not [run.text for run in document.runs if run.beyond]
    assert {frozenset(("ochtend", day, f"{at} tabletten")) for at, day in enumerate(DAYS, 1)} <= values
    assert {frozenset(("avond", day, "2")) for day in DAYS} <= values
    assert {24.0} == {run.size for run in document.runs if run.text.strip() in {*DAYS, "7 tabletten"}}


def test_a_record_that_goes_on_at_the_next_page_says_there_what_it_is_of() -> None:
    heads = ("Middel", *(f"dag {at}" for at in range(30)))
    pages = table_pages(read(render(table(heads, [("prednison", *(f"{at} mg" for at in range(30)))]))))

    assert 1 < len([page for page in pages if "prednison" in page])
    assert not [page for page in pages if any(text.endswith(" mg") for text in page) and "prednison" not in page]


def test_a_cell_that_spans_a_page_break_is_on_each_of_its_pages() -> None:
    content = render(spanning(60))
    pages = [page for page in table_pages(read(content)) if any(text.startswith("dag ") for text in page)]

    assert 1 < len(pages)
    assert not [page for page in pages if not {"Metformine", "500 mg", "Dosis"} <= page]


def test_a_row_that_is_higher_than_a_page_goes_on_below_the_head_of_its_table() -> None:
    steps = " ".join(f"Stap {at}: neem een tablet met een glas water." for at in range(150))
    rows: list[tuple[str, ...]] = [("een", "kort"), ("twee", steps), ("drie", "kort")]
    content = render(table(("Week", "Uitleg"), rows))
    pages = table_pages(read(content))

    assert 2 < len(pages)
    assert not [page for page in pages if "Uitleg" not in page]
    assert not [page for page in pages if any("glas water" in text for text in page) and "twee" not in page]
    assert [("Uitleg", first, text) for first, text in rows] == [
        (*sorted(names), text) for *names, text in cells(content)
    ]


def test_the_name_of_a_record_stands_beside_the_first_line_of_its_value() -> None:
    rows = [(" ".join(f"middel{at}" for at in range(12)), *(f"{at} tabletten" for at in range(1, 8)))]
    document = read(render(f'<div class="warning">{table(("Naam", *DAYS), rows)}</div>', size=24))
    baselines = {run.text.split()[0]: round(run.baseline) for run in document.runs if run.text.strip()}

    assert baselines["Naam"] == baselines["middel0"] != baselines["middel10"]


def test_a_word_that_is_longer_than_its_line_is_broken_with_a_hyphen() -> None:
    document = read(render(f"<p>Een {LONG}.</p>", size=24, title=LONG.capitalize()))
    lines = [line.text for block in document.blocks for line in block.lines if "." not in line.text]

    assert not [run.text for run in document.runs if run.beyond]
    assert 3 < sum(line[-1] in "-\x02" for line in lines)
    assert LONG in "".join(document.blocks[-1].text.split()).replace("-", "").replace("\x02", "")


def test_a_code_and_an_address_are_broken_without_a_hyphen() -> None:
    code = "XKCD7744" * 12
    document = read(render(f"<p>Uw code: {code}.</p>"))

    assert f"{code}." == "".join(document.blocks[-1].text.split())[len("Uwcode:") :]
    assert not [run.text for run in document.runs if run.beyond]


def test_words_that_no_break_spaces_join_are_parted_where_they_fill_more_than_a_line() -> None:
    words = [f"dosis{at}" for at in range(30)]
    lines = [line.text for line in read(render("<p>" + "\u00a0".join(words))).blocks[-1].lines]

    assert words == " ".join(lines).split()


def test_no_other_word_is_broken_beside_a_long_one() -> None:
    """Some lines have a link at their end, and end as many words as fit."""
    code = "XKCD7744" * 12
    words = [f"woord{at}x{at}" for at in range(100, 190)]
    text = " ".join([*words[:60], code, *words[60:], '<a href="#a">Schema</a>.'])
    lines = [line.text.split() for line in read(render(f"<p>{text}</p>")).blocks[-1].lines]

    assert words == [word for line in lines for word in line if word.startswith("woord")]


def test_a_telephone_number_that_is_longer_than_its_line_goes_on_at_the_next() -> None:
    number = "+31 20 123 45 67"
    items = f'<a href="tel:+31201234567">{number}</a> (nacht)'
    for _ in range(6):
        items = f"<ul><li>{items}</li></ul>"
    runs = read(render(items, size=24)).runs

    assert number in " ".join(run.text.strip() for run in runs)
    assert max(run.box[2] for run in runs) < MARGIN


def test_a_long_word_behind_a_sign_in_another_element_is_broken() -> None:
    code = "XKCD7744" * 12
    runs = read(render(f"<p>Uw code (<strong>{code}</strong>), en H<sub>{LONG * 2}</sub>.</p>")).runs

    assert code in "".join(run.text.strip() for run in runs)
    assert max(run.box[2] for run in runs) < MARGIN


def test_a_head_that_is_higher_than_a_page_is_not_lost() -> None:
    rows: list[tuple[str, ...]] = [(f"rij {at}", "kort") for at in range(3)]
    head = " ".join(f"kop{at}" for at in range(900))
    words = " ".join(run.text for run in read(render(table(("Week", head), rows))).runs).split()

    assert {"Week", "kort", *head.split()} <= set(words)


def test_letters_of_notes_stand_on_one_line_in_large_print() -> None:
    calls = "".join(
        f'<p>n<sup><a href="#fn-{at}">{"ab"[at // 26]}{chr(97 + at % 26)}</a></sup></p>' for at in range(30)
    )
    notes = "".join(f'<li><p><span id="fn-{at}"></span>Noot {at}.</p></li>' for at in range(30))
    section = f'<section role="doc-endnotes"><h2>Noten</h2><ol>{notes}</ol></section>'
    texts = [run.text.strip() for run in read(render(f"{calls}{section}", size=24)).runs]

    assert {"am.", "ba."} <= set(texts)


def test_a_box_to_tick_with_a_name_in_another_language_stands_before_its_words() -> None:
    name = '<span class="task-box" role="img" aria-label="Ticked" lang="en" dir="ltr">☑</span>'
    runs = read(render(f'<div class="task-list"><ul><li>{name} خذ قرصا</li></ul></div>', language="ar")).runs
    box = next(run for run in runs if run.text.strip() == "☑")
    words = [run for run in runs if run is not box and abs(run.baseline - box.baseline) < 2]

    assert box.box[0] > max(run.box[2] for run in words)


PLANTED = {
    "page 1: 'Take two.' leaves the page": '<p style="margin-left: -9cm; width: 12cm">Take two.</p>',
    "page 1: 'Take two.' leaves the text area of the page": '<p style="margin-left: -1cm">Take two.</p>',
    "page 1: 'Take two.' leaves its cell of the table": (
        '<table style="table-layout: fixed; width: 3cm"><td style="white-space: pre">Take two.<td>Now.</table>'
    ),
    "page 1: 'Take two.' and 'Take one.' stand on each other": (
        '<p style="margin: 0">Take two.</p><p style="margin: -1em 0 0">Take one.</p>'
    ),
    "'Take two.' is on no page": '<p data-number="1" style="display: none">Take two.</p>',
}


@pytest.mark.parametrize(("message", "html"), PLANTED.items(), ids=PLANTED)
def test_words_that_cannot_be_read_stop_the_build(message: str, html: str) -> None:
    with pytest.raises(RenderError, match=f"^{re.escape(message)}") as error:
        layout.lay_out(f'<html lang="en"><title>x</title>{html}', DEFAULT_THEME, fitted=True)

    assert "Take two." == error.value.text
