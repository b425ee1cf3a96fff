"""The page on which a manager sees what is where."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from lxml import html

import reading
import support
from polyleaf import cli
from polyleaf.reports import status
from polyleaf.reports.status import Row

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 3, 1)
ROW = Row(
    leaflet="knee",
    title="Uw knie",
    language="ar",
    version="1.2",
    status="published",
    printed="published",
    units=10,
    translated=10,
    fuzzy=0,
    missing=0,
    words=100,
    words_translated=100,
    safety=4,
    safe=4,
    errors=0,
    warnings=1,
    signed=("2026-02-01 · pharmacist · B",),
    stale=0,
    review_by="2028-01-01",
    review="later",
    releasable=True,
)


def page(*rows: Row, source: str = "nl") -> html.HtmlElement:
    return html.document_fromstring(status.page(rows, source, TODAY).content.decode())


def sums(*rows: Row) -> list[str]:
    return [str(text) for text in page(*rows).xpath("//dl[@class='sums']//dd/text()")]


@pytest.mark.parametrize("change", [replace(ROW, fuzzy=1), replace(ROW, missing=1), replace(ROW, errors=1)])
def test_what_lacks_something_needs_work(change: Row) -> None:
    assert not ROW.unfinished
    assert change.unfinished


def test_the_sums_are_on_top() -> None:
    rows = (ROW, replace(ROW, language="en", missing=2), replace(ROW, leaflet="hip", review="past"))

    assert ["2", "2", "3", "1", "3", "1", "0"] == sums(*rows)


def test_the_sums_of_nothing_are_none() -> None:
    assert ["0"] * 7 == sums()


def test_without_script_it_is_a_plain_table() -> None:
    root = page(ROW)
    cells = [" ".join(str(cell.text_content()).split()) for cell in root.xpath("//tbody/tr/*")]

    assert ["Uw knie knee", "العربية ar", "1.2", "Gepubliceerd", "10 / 10", "0", "0", "100 / 100"] == cells[:8]
    assert ["4 / 4", "0", "1", "2026-02-01 · pharmacist · B", "2028-01-01", "ja"] == cells[8:]
    assert len(cells) == len(root.xpath("//thead//th[@scope='col']"))
    assert not root.xpath("//button | //form[not(@hidden)]")


def test_a_row_is_found_by_its_language_and_its_state() -> None:
    [row] = page(replace(ROW, errors=2, signed=(), releasable=False, review="past")).xpath("//tbody/tr")

    assert ("ar", "unfinished wrong unsigned held past") == (row.get("data-language"), row.get("data-state"))


def test_what_is_overdue_says_so_in_words() -> None:
    assert "2028-01-01 te laat" in page(replace(ROW, review="past")).text_content()


def test_sign_offs_for_other_texts_do_not_count() -> None:
    text = " ".join(page(replace(ROW, signed=(), stale=2, printed="draft")).text_content().split())

    assert "niemand voor andere teksten: 2" in text
    assert "Gepubliceerd gedrukt als: Concept" in text


def test_the_command_writes_the_page_of_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {"source/knie.md": "---\ntitle: Knie\nreview-by: 2001-01-01\n---\n\nBuig.\n"}
    monkeypatch.chdir(support.project(tmp_path, files))

    assert 0 == cli.run(["status", "--html"])
    assert "made build/review/status.html\n" == capsys.readouterr().out
    root = reading.page(tmp_path / "build/review/status.html")
    found = [(row.get("data-language"), row.get("data-state")) for row in root.xpath("//tbody/tr")]
    assert [("nl", "finished unsigned held past"), ("en", "unfinished unsigned held past")] == found


def test_titles_are_escaped_and_nothing_in_them_is_hidden() -> None:
    made = status.page([replace(ROW, title="<script>x</script>\u202e")], "nl", TODAY).content.decode()

    assert "&lt;script&gt;x&lt;/script&gt;[U+202E]" in made


def test_the_page_asks_for_nothing_and_says_the_same_every_time() -> None:
    root = page(ROW)

    assert not [link for link in root.xpath("//@src | //link/@href") if not str(link).startswith("data:")]
    assert status.page([ROW], "nl", TODAY) == status.page([ROW], "nl", TODAY)


def test_labels_are_english_where_the_theme_has_none() -> None:
    assert ("nl", "en") == (page(ROW).get("lang"), page(ROW, source="de").get("lang"))
