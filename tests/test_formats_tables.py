"""Tables that are too wide for a screen or a page say the same in every format; a cell that spans rows is in each."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import etree, html

import edition_values
import output_reader
from polyleaf.checks.output.text import same_text
from polyleaf.formats import epub, pdf
from polyleaf.formats import html as web
from polyleaf.inspection.epub import read_epub
from polyleaf.inspection.html import read_html
from polyleaf.inspection.pdf import read_pdf
from polyleaf.inspection.text_flow import Outputs
from polyleaf.model import Chapter, Edition, Heading, Theme
from support import facts

pytestmark = pytest.mark.law

DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
HEAD = "".join(f'<th scope="col">{day}</th>' for day in DAYS)
ROWS = "".join(
    f'<tr><th scope="row">{time}</th>{"".join(f"<td>{at} {unit}</td>" for at in range(1, 8))}</tr>'
    for time, unit in (("ochtend", "mg"), ("avond", "ml"))
)
WIDE = f'<table><thead><tr><th scope="col">Tijd</th>{HEAD}</tr></thead><tbody>{ROWS}</tbody></table>'
SPANNING = (
    '<table><thead><tr><th scope="col">Middel</th><th scope="col">Dag</th><th scope="col">Dosis</th></tr></thead>'
    "<tbody>"
    '<tr><th scope="row" rowspan="2">Metformine</th><td>maandag</td><td rowspan="2">500 <b id="mg">mg</b></td></tr>'
    "<tr><td>dinsdag</td></tr></tbody></table>"
)


def edition(text: str, size: float = 12) -> Edition:
    """Return an edition with *text* in one section."""
    heading = Heading("a", "Schema", 2)
    chapter = Chapter(heading, f'<section id="a" class="level2"><h2>Schema</h2><p>Voor.</p>{text}<p>Na.</p></section>')
    values = replace(edition_values.edition("nl"), theme=Theme(size=size))
    return replace(values, chapters=(chapter,), contents=(heading,))


def records(root: etree._Element) -> list[list[tuple[str, ...]]]:
    """Return the rows of each table in *root* as the words of their cells that are not hidden."""
    tables = root.iter("{*}table")
    return [
        [tuple("".join(cell.itertext()) for cell in row if cell.get("hidden") is None) for row in table.iter("{*}tr")]
        for table in tables
    ]


def test_a_table_that_is_wider_than_a_screen_has_a_record_for_each_row() -> None:
    root = html.document_fromstring(web.render(edition(WIDE)).content.decode())
    morning, evening = records(root)

    assert [("Tijd", "ochtend"), *((day, f"{at} mg") for at, day in enumerate(DAYS, 1))] == morning
    assert [("Tijd", "avond"), *((day, f"{at} ml") for at, day in enumerate(DAYS, 1))] == evening


def test_a_table_that_fits_a_screen_is_left_as_it_is() -> None:
    table = (
        "<table><thead><tr><th>Dag</th><th>Dosis</th></tr></thead><tbody><tr><td>1</td><td></td></tr></tbody></table>"
    )

    assert table in web.render(edition(table)).content.decode()


def test_each_row_on_a_narrow_screen_has_the_cells_that_span_it() -> None:
    root = html.document_fromstring(web.render(edition(SPANNING)).content.decode())
    _, first, second = root.iter("tr")

    (cell,) = second
    assert ["Metformine", "dinsdag", "500 mg"] == ["".join(part.itertext()) for part in cell]
    assert [True, False, True] == [part.get("hidden") is not None for part in cell]
    assert ["row-header" in str(part.get("class")) for part in cell] == [True, False, False]
    assert ["2", None, "2"] == [cell.get("rowspan") for cell in first]
    assert 1 == len(root.xpath("//*[@id = 'mg']"))


def test_a_book_repeats_what_spans_rows_in_each_record() -> None:
    book = epub.render(edition(SPANNING.replace("Dag", "Inneemmomenten"))).content
    rows = [record for part in output_reader.parts(output_reader.unpacked(book)) for record in records(part)]

    assert [
        [("Middel", "Metformine"), ("Inneemmomenten", "maandag"), ("Dosis", "500 mg")],
        [("Middel", "Metformine"), ("Inneemmomenten", "dinsdag"), ("Dosis", "500 mg")],
    ] == rows


@pytest.mark.parametrize(("text", "size"), [(WIDE, 12), (WIDE, 24), (SPANNING, 12)])
def test_tables_say_the_same_in_every_format(text: str, size: float) -> None:
    leaflet = edition(text, size)
    page = read_html(web.render(leaflet).content, "knee.html", "ltr")
    book = read_epub(epub.render(leaflet).content, "knee.epub", "ltr")
    paper = read_pdf(pdf.render(leaflet).content, "knee.pdf", "ltr")
    torn = read_html(web.render(edition(text.replace("<td>", "<td>7 dagen. ", 1), size)).content, "knee.html", "ltr")

    assert [] == facts(same_text(Outputs(paper, page, book)))
    assert 2 == len(facts(same_text(Outputs(paper, torn, book))))
