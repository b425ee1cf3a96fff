"""The page on which a manager sees what is where."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from lxml import html

import output_reader
import support
from polyleaf import cli
from polyleaf.release.signoff_file import SignOff
from polyleaf.reports import status_page
from polyleaf.reports.status_page import Amounts, Overview, State

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TODAY = date(2026, 3, 1)
NO_REVIEW_SHEETS: Mapping[tuple[str, str], str] = {}
SIGNOFF = SignOff("pharmacist", "B", "2026-02-01", "ar", "1.2", "source", "translation")
AMOUNTS = Amounts(
    units=10,
    translated=10,
    fuzzy=0,
    missing=0,
    words=100,
    words_translated=100,
    words_fuzzy=0,
    words_missing=0,
    safety=4,
    safety_translated=4,
)
STATE = State(
    leaflet="knee",
    title="Uw knie",
    language="ar",
    amounts=AMOUNTS,
    errors=0,
    warnings=1,
    acknowledged=0,
    acknowledged_errors=0,
    acknowledged_safety=0,
    version="1.2",
    status="published",
    printed="published",
    date="2026-02-01",
    review_by="2028-01-01",
    review="later",
    signatures=(SIGNOFF,),
    stale_signatures=0,
    early_signatures=0,
    releasable=True,
)


def page(
    *states: State, source: str = "nl", review_sheets: Mapping[tuple[str, str], str] = NO_REVIEW_SHEETS
) -> html.HtmlElement:
    artifact = status_page.make(Overview(states, (), review_sheets), source, TODAY)
    return html.document_fromstring(artifact.content.decode())


def with_amounts(**amounts: int) -> State:
    return replace(STATE, amounts=replace(AMOUNTS, **amounts))


def sums(*states: State) -> list[str]:
    return [str(text) for text in page(*states).xpath("//dl[@class='sums']//dd/text()")]


@pytest.mark.parametrize("state", [with_amounts(fuzzy=1), with_amounts(missing=1), replace(STATE, errors=1)])
def test_what_lacks_something_needs_work(state: State) -> None:
    assert ["finished"] == [words.split()[0] for words in page(STATE).xpath("//tbody/tr/@data-state")]
    assert ["unfinished"] == [words.split()[0] for words in page(state).xpath("//tbody/tr/@data-state")]


def test_the_sums_are_on_top() -> None:
    states = (STATE, replace(with_amounts(missing=2), language="en"), replace(STATE, leaflet="hip", review="past"))

    assert ["2", "2", "3", "1", "3", "1", "0"] == sums(*states)


def test_the_sums_of_nothing_are_none() -> None:
    assert ["0"] * 7 == sums()


def test_without_script_it_is_a_plain_table() -> None:
    root = page(STATE)
    cells = [" ".join(str(cell.text_content()).split()) for cell in root.xpath("//tbody/tr/*")]

    assert ["Uw knie knee", "العربية ar", "1.2", "Gepubliceerd", "10 / 10", "0", "0", "100 / 100"] == cells[:8]
    assert ["4 / 4", "0", "1", "0", "2026-02-01 · pharmacist · B", "2028-01-01", "ja"] == cells[8:]
    assert len(cells) == len(root.xpath("//thead//th[@scope='col']"))
    assert not root.xpath("//button | //form[not(@hidden)]")


def test_a_row_is_found_by_its_language_and_its_state() -> None:
    [row] = page(replace(STATE, errors=2, signatures=(), releasable=False, review="past")).xpath("//tbody/tr")

    assert ("ar", "unfinished wrong unsigned held past") == (row.get("data-language"), row.get("data-state"))


def test_acknowledged_errors_are_told_apart_and_found() -> None:
    root = page(replace(STATE, acknowledged=5, acknowledged_errors=2, acknowledged_safety=1))
    cell = root.xpath("//tbody/tr/*")[11]

    assert "5 fouten: 2, in veiligheidsteksten: 1" == " ".join(str(cell.text_content()).split())
    assert "excused" in str(root.xpath("//tbody/tr/@data-state")[0]).split()
    assert "excused" in root.xpath("//select[@id='state']/option/@value")


def test_a_sign_off_of_a_day_to_come_says_that_it_does_not_count() -> None:
    text = " ".join(page(replace(STATE, signatures=(), early_signatures=1)).text_content().split())

    assert "niemand met een datum in de toekomst, telt niet: 1" in text


def test_a_row_is_headed_by_its_leaflet_and_its_language() -> None:
    rows = page(STATE, replace(STATE, language="en")).xpath("//tbody/tr")
    heads = [[" ".join(str(head.text_content()).split()) for head in row.xpath("./th[@scope='row']")] for row in rows]

    assert [["Uw knie knee", "العربية ar"], ["Uw knie knee", "English en"]] == heads


def test_numbers_lead_to_the_review_sheet_where_there_is_one() -> None:
    [row] = page(replace(STATE, errors=2), review_sheets={("knee", "ar"): "ar/my knee.html"}).xpath("//tbody/tr")
    links = {str(link.get("aria-label")): str(link.get("href")) for link in row.xpath(".//a")}

    assert "ar/my%20knee.html#eyes" == links["2, Fouten: controleblad in het العربية"]
    assert "ar/my%20knee.html#segments" == links["10 / 10, Tekstdelen vertaald: controleblad in het العربية"]
    assert not page(STATE).xpath("//tbody//a")


def test_what_the_table_is_sorted_by_is_said() -> None:
    [count] = page(STATE).xpath("//p[@role='status']")

    assert ("Gesorteerd op: #, kleinste eerst.", "Gesorteerd op: #, grootste eerst.") == (
        count.get("data-up"),
        count.get("data-down"),
    )


def test_no_two_things_on_the_page_have_one_name() -> None:
    root = page(STATE)
    [box] = root.xpath("//div[@class='scroll']")

    assert box.get("aria-label")
    assert box.get("aria-label") != root.xpath("string(//caption)")


def test_what_is_overdue_says_so_in_words() -> None:
    assert "2028-01-01 te laat" in page(replace(STATE, review="past")).text_content()


def test_sign_offs_for_other_texts_do_not_count() -> None:
    text = " ".join(page(replace(STATE, signatures=(), stale_signatures=2, printed="draft")).text_content().split())

    assert "niemand voor andere teksten: 2" in text
    assert "Gepubliceerd gedrukt als: Concept" in text


def test_the_command_writes_the_page_of_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {"source/knie.md": "---\ntitle: Knie\nreview-by: 2001-01-01\n---\n\nBuig.\n"}
    monkeypatch.chdir(support.project(tmp_path, files))

    assert 0 == cli.run(["status", "--html"])
    assert "made build/review/status.html\n" == capsys.readouterr().out
    root = output_reader.page(tmp_path / "build/review/status.html")
    rows = [(row.get("data-language"), row.get("data-state")) for row in root.xpath("//tbody/tr")]
    assert [("nl", "finished unsigned held past"), ("en", "unfinished unsigned held past")] == rows


@pytest.mark.law
def test_the_page_of_the_project_leads_to_review_sheets_that_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(support.project(tmp_path, {"source/knie.md": "---\ntitle: Knie\n---\n\nBuig.\n"}))
    assert 0 == cli.run(["review", "-q", "-f", "html"])
    assert 0 == cli.run(["status", "--html"])
    page_made = tmp_path / "build/review/status.html"

    links = {str(link).partition("#")[0] for link in output_reader.page(page_made).xpath("//tbody//a/@href")}

    assert {"en/knie.html"} == links
    assert (page_made.parent / "en/knie.html").is_file()


def test_titles_are_escaped_and_nothing_in_them_is_hidden() -> None:
    markup = status_page.make(
        Overview([replace(STATE, title="<script>x</script>\u202e")]), "nl", TODAY
    ).content.decode()

    assert "&lt;script&gt;x&lt;/script&gt;[U+202E]" in markup


def test_the_page_asks_for_nothing_and_says_the_same_every_time() -> None:
    root = page(STATE)

    assert not [link for link in root.xpath("//@src | //link/@href") if not str(link).startswith("data:")]
    assert status_page.make(Overview([STATE]), "nl", TODAY) == status_page.make(Overview([STATE]), "nl", TODAY)


def test_labels_are_english_where_the_theme_has_none() -> None:
    assert ("nl", "en") == (page(STATE).get("lang"), page(STATE, source="de").get("lang"))
