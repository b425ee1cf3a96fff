"""The web page: one file, whole, that asks for nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import lxml.html
import pytest

import edition_values
import oddities as odd
import output_reader
from polyleaf.formats import html
from polyleaf.model import Heading

if TYPE_CHECKING:
    from pathlib import Path

LEAFLET = "magnesium-en-slaap"

every = pytest.mark.parametrize("language", ["nl", "en"])


@every
def test_a_page_says_its_language_and_direction(leaflet: Path, language: str) -> None:
    root = output_reader.page(leaflet / language / f"{LEAFLET}.html")

    assert (language, "ltr") == (root.get("lang"), root.get("dir"))


@every
def test_a_page_has_one_title_and_it_is_the_window_s(leaflet: Path, language: str) -> None:
    root = output_reader.page(leaflet / language / f"{LEAFLET}.html")

    draft = {"nl": "Concept", "en": "Draft"}[language]
    assert [f"{draft}: {text}" for text in root.xpath("//h1/text()")] == root.xpath("//title/text()")
    assert 1 == len(root.xpath("//h1"))


@every
def test_a_page_asks_for_nothing_from_anywhere(leaflet: Path, language: str) -> None:
    root = output_reader.page(leaflet / language / f"{LEAFLET}.html")
    loaded = [str(link) for link in root.xpath("//@src | //@srcset | //@poster | //object/@data")]
    loaded += [str(link) for link in root.xpath("//link[not(@rel = 'alternate')]/@href")]
    style = " ".join(str(text) for text in root.xpath("//style/text()"))

    assert [] == [link[:40] for link in loaded if not link.startswith("data:")]
    assert style.count("url(") == style.count('url("data:')
    assert "@import" not in style
    assert not root.xpath("//script | //iframe | //object | //embed | //form")


@every
def test_every_link_in_a_page_leads_somewhere(leaflet: Path, language: str) -> None:
    root = output_reader.page(leaflet / language / f"{LEAFLET}.html")
    ids = {f"#{id_}" for id_ in root.xpath("//@id")}
    inner = {str(link) for link in root.xpath("//a/@href") if str(link).startswith("#")}

    assert inner
    assert set() == inner - ids


@every
def test_every_id_is_there_once(leaflet: Path, language: str) -> None:
    ids = output_reader.page(leaflet / language / f"{LEAFLET}.html").xpath("//@id")

    assert sorted(set(ids)) == sorted(ids)


@every
def test_the_first_link_skips_to_the_text(leaflet: Path, language: str) -> None:
    root = output_reader.page(leaflet / language / f"{LEAFLET}.html")

    assert "main" == root.xpath("id(substring-after((//body//a)[1]/@href, '#'))")[0].tag


@every
def test_a_page_leads_to_the_other_languages(leaflet: Path, language: str) -> None:
    root = output_reader.page(leaflet / language / f"{LEAFLET}.html")
    other, name = {"nl": ("en", "English"), "en": ("nl", "Nederlands")}[language]
    link = root.xpath("//header//a[@hreflang]")[0]

    assert (other, other, name) == (link.get("hreflang"), link.get("lang"), link.text)
    assert (leaflet / language / str(link.get("href"))).is_file()
    assert [other] == root.xpath("//head/link[@rel = 'alternate']/@hreflang")


@every
def test_every_header_of_a_table_says_what_it_heads(leaflet: Path, language: str) -> None:
    root = output_reader.page(leaflet / language / f"{LEAFLET}.html")

    assert root.xpath("//tbody/tr/th[@scope = 'row']")
    assert not root.xpath("//th[not(@scope)]")
    assert not root.xpath("//tbody/tr/td[not(@data-label)]")


@every
def test_every_image_says_what_is_to_be_seen(leaflet: Path, language: str) -> None:
    root = output_reader.page(leaflet / language / f"{LEAFLET}.html")

    assert root.xpath("//img")
    assert not root.xpath("//img[not(normalize-space(@alt))]")


@every
def test_the_contents_are_a_named_landmark_and_unfold_under_the_same_name(leaflet: Path, language: str) -> None:
    [contents] = output_reader.page(leaflet / language / f"{LEAFLET}.html").xpath("//nav[@class='contents']")
    [name] = contents.xpath(f"//*[@id='{contents.get('aria-labelledby')}']")

    assert [name.text] == contents.xpath("details/summary/text()")
    assert contents.xpath("details[not(@open)]/ul/li/a")


@pytest.mark.parametrize(("count", "listed"), [(1, 0), (2, 0), (3, 3)])
def test_a_page_of_few_sections_has_no_contents(count: int, listed: int) -> None:
    headings = tuple(Heading(f"s{at}", f"Section {at}", 2) for at in range(count))
    content = html.render(replace(edition_values.edition(), contents=headings)).content
    page = lxml.html.document_fromstring(content.decode())

    assert listed == len(page.xpath("//nav[@class='contents']//a"))


@every
def test_a_long_description_unfolds_under_a_label(leaflet: Path, language: str) -> None:
    root = output_reader.page(leaflet / language / f"{LEAFLET}.html")
    label = {"nl": "Beschrijving van de figuur", "en": "Description of the figure"}[language]

    assert [label] == root.xpath("//main//details/summary/text()")
    assert "" != str(root.xpath("string(//main//details/p)")).strip()


@every
def test_headings_go_down_one_step_at_a_time(leaflet: Path, language: str) -> None:
    root = output_reader.page(leaflet / language / f"{LEAFLET}.html")
    levels = [int(str(heading.tag)[1]) for heading in root.iter("h1", "h2", "h3", "h4", "h5", "h6")]

    assert not [pair for pair in pairwise(levels) if pair[1] > pair[0] + 1]


@every
def test_every_note_leads_back_to_its_mark(leaflet: Path, language: str) -> None:
    root = output_reader.page(leaflet / language / f"{LEAFLET}.html")
    marks = root.xpath("//a[@role = 'doc-noteref']")
    notes = [root.get_element_by_id(str(mark.get("href"))[1:]).xpath("ancestor-or-self::li")[0] for mark in marks]

    assert marks
    assert [f"#{mark.get('id')}" for mark in marks] == [
        note.xpath(".//a[@role = 'doc-backlink']/@href")[0] for note in notes
    ]


@pytest.mark.parametrize("name", odd.CASES)
def test_an_odd_page_has_unique_ids_and_whole_links(oddities: Path, name: str) -> None:
    root = output_reader.page(oddities / f"{name}.html")
    ids = [str(id_) for id_ in root.xpath("//@id")]
    targets = {str(link)[1:] for link in root.xpath("//a/@href") if str(link).startswith("#")}

    assert sorted(set(ids)) == sorted(ids)
    assert set() == targets - set(ids)


@pytest.mark.parametrize("name", odd.CASES)
def test_no_link_is_inside_another(oddities: Path, name: str) -> None:
    text = (oddities / f"{name}.html").read_text("utf-8").split("<main")[1]
    links = [part.split("</a>")[0] for part in text.split("<a ")[1:]]

    assert not [link for link in links if "<a " in link]
    assert text.count("<a ") == text.count("</a>")


def test_a_raised_number_in_a_link_stays_raised(oddities: Path) -> None:
    assert "10<sup>6</sup></a>" in (oddities / "marked-link.html").read_text("utf-8")


def test_a_cell_below_a_spanning_one_has_the_name_of_its_own_column(oddities: Path) -> None:
    root = output_reader.page(oddities / "spans.html")

    assert ["B", "B", "B"] == root.xpath("//tbody//*[not(@hidden)]/@data-label")
    assert ["a"] == root.xpath("//tbody//th/text()")
    assert not root.xpath("//td[@scope]")


def test_a_cell_is_named_by_all_headers_above_it(oddities: Path) -> None:
    assert ["A", "B, C", "B, D"] == output_reader.page(oddities / "spans-in-head.html").xpath("//td/@data-label")


def test_lists_of_capitals_and_small_letters_are_told_apart(leaflet: Path) -> None:
    (style,) = output_reader.page(leaflet / "nl" / f"{LEAFLET}.html").xpath("//style/text()")
    selectors = re.findall(r'ol\[type="(\w)"( s)?\]', str(style))

    assert [("a", " s"), ("A", " s"), ("i", " s"), ("I", " s")] == selectors


def test_a_drawing_keeps_its_paper_under_the_colours_of_the_reader(leaflet: Path) -> None:
    (style,) = output_reader.page(leaflet / "nl" / f"{LEAFLET}.html").xpath("//style/text()")
    forced = re.split(r"@media \(forced-colors: active\) {\n", str(style))[1].split("\n}\n")[0]

    assert re.search(r"figure img[^{]*{\s*forced-color-adjust: none;", forced)


def test_the_name_of_a_column_in_front_of_a_cell_is_only_to_be_seen(leaflet: Path) -> None:
    (style,) = output_reader.page(leaflet / "nl" / f"{LEAFLET}.html").xpath("//style/text()")

    assert re.search(r'content: attr\(data-label\);\s*content: attr\(data-label\) / "";', str(style))
