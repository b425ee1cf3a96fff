"""The sheet on which one person compares a translation with its source."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from lxml import html

import output_reader
import support
from polyleaf import catalogs, cli
from polyleaf.catalogs import acknowledgements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

pytestmark = pytest.mark.law

SETTINGS = '[tool.polyleaf]\nsource_language = "nl"\nlanguages = ["nl", "en", "ar", "sw"]\n'
LEAFLET = """---
title: Uw knie
version: "1.2"
---

# Pijn {#pijn}

::: warning
Neem **niet meer dan 4 tabletten** per dag.[^a]
:::

Rust.

Koel de knie met ijs.

[^a]: Lees [de folder](https://www.example.org).

# Vragen {#vragen}

Rust.
"""
TEXTS = {
    "Uw knie": "Your knee",
    "Pijn": "Pain",
    "Neem **niet meer dan 4 tabletten** per dag.{fn1}": "Do **not take more than 5 tablets** a day.{fn1}",
    "Lees [de folder][a].": "Read [the leaflet][a].",
    "Rust.": "<script>alert(1)</script> \u202eRest.",
    "Koel de knie met ijs.": "~Cool the knee.",
}
"""What the leaflet is in English, one translation fuzzy (~), another hostile, one with a wrong dose; one is missing."""


@pytest.fixture
def project(new_project: Callable[..., Path]) -> Path:
    folder = new_project({"source/knie.md": LEAFLET}, SETTINGS, update=True)
    support.translate(folder, TEXTS, "knie")
    return folder


def sheet(folder: Path, language: str = "en") -> html.HtmlElement:
    assert 0 == cli.run(["review", "-q", "-l", language, "-f", "html"])
    return output_reader.page(folder / f"build/review/{language}/knie.html")


def segments(root: html.HtmlElement) -> dict[str, html.HtmlElement]:
    """Return the segments of a sheet by their source."""
    elements = root.xpath("//*[starts-with(@class, 'segment')]")
    return {words(element.xpath(".//*[@class='said']")[0]): element for element in elements}


def words(element: html.HtmlElement) -> str:
    """Return what somebody sees of *element*."""
    seen = element.xpath(".//text()[not(ancestor::*[contains(@class, 'unseen')])]")
    return " ".join("".join(str(text) for text in seen).split())


def test_a_sheet_has_every_text_once_in_reading_order(project: Path) -> None:
    sources = list(segments(sheet(project)))

    expected = ["Uw knie", "Pijn", "Neem niet meer dan 4 tabletten per dag.fn1", "Lees de foldera."]
    assert [*expected, "Rust.", "Koel de knie met ijs.", "Vragen"] == sources


def test_a_text_that_stands_twice_says_both_places(project: Path) -> None:
    locations = words(segments(sheet(project))["Rust."].xpath(".//p[@class='where']")[0])

    assert re.fullmatch(r"md:12, 20 · po:\d+", locations)
    assert "source/knie.md, locales/en/LC_MESSAGES/knie.po" in words(sheet(project).xpath("//dl")[0])


def test_sections_have_their_headings(project: Path) -> None:
    heads = [words(head) for head in sheet(project).xpath("//section[@class='group']/h3")]

    assert ["Titel en gegevens", "Pijn", "Vragen"] == heads


def test_facts_are_marked_in_both_texts(project: Path) -> None:
    segment = segments(sheet(project))["Neem niet meer dan 4 tabletten per dag.fn1"]
    marks = [(str(mark.get("class")), words(mark)) for mark in segment.xpath(".//mark")]

    source = [("limit", "niet meer dan"), ("number", "4 tabletten"), ("number", "per dag")]
    target = [("negation", "not"), ("limit", "more than"), ("number", "5 tablets"), ("number", "a day")]
    assert source + target == marks
    assert "safety" in str(segment.get("class")).split()
    assert "{fn1} = footnote: Lees de folder." in words(segment)


def test_what_needs_eyes_stands_first_with_a_link_to_its_segment(project: Path) -> None:
    root = sheet(project)
    eyes = root.xpath("//section[@class='eyes']")[0]
    [item] = [
        element
        for element in eyes.xpath(".//li/ul/li")
        if "number_differs" in words(element) and "has 5 tablet" in words(element)
    ]

    assert item.xpath("./strong[1]/text()") == ["Fout"]
    target = root.get_element_by_id(str(item.xpath("./ancestor::li/a/@href")[0])[1:])
    assert "Neem niet meer dan" in words(target)
    assert "polyleaf acknowledge locales/en/LC_MESSAGES/knie.po:" in words(target)


DOSE = "Neem **niet meer dan 4 tabletten** per dag.{fn1}"


def acknowledge(folder: Path, message: str, check: str, reason: str) -> None:
    digest = acknowledgements.digest("", message, TEXTS[message])
    support.translate(folder, {}, "knie", "en", {message: f"polyleaf: ok {check} {digest} 2026-02-01 A: {reason}"})


def test_errors_come_before_warnings_and_acknowledged_errors_between_them(project: Path) -> None:
    support.translate(project, {"Pijn": "No pain"}, "knie", "en")
    acknowledge(project, DOSE, "number_differs", "asked")
    eyes = sheet(project).xpath("//section[@class='eyes']")[0]
    heads = [words(head) for head in eyes.xpath("./h3")]

    open_errors, excused = "Open fouten", "Akkoord bevonden fouten: iemand zegt dat deze toch goed zijn"
    assert [open_errors, excused, "Open waarschuwingen"] == heads[:3]


def test_an_acknowledged_error_says_that_it_is_one_and_quotes_both_texts_whole(project: Path) -> None:
    acknowledge(project, DOSE, "number_differs", "asked")
    xpath = "//section[@class='eyes']/h3[starts-with(., 'Akkoord bevonden fouten')]/following-sibling::ol[1]/li"
    [item] = sheet(project).xpath(xpath)

    texts = [words(element) for element in item.xpath(".//p[@class='said']")]
    assert ["Neem niet meer dan 4 tabletten per dag.fn1", "Do not take more than 5 tablets a day.fn1"] == texts
    assert ["Fout", "Akkoord bevonden"] == [words(element) for element in item.xpath("./ul/li[1]/strong")]
    assert "2026-02-01 · A · asked" in words(item)


def test_what_pandoc_would_refuse_is_an_error_said_once(project: Path) -> None:
    items = [words(element) for element in segments(sheet(project))["Rust."].xpath(".//li")]

    assert 1 == len([item for item in items if "mark in the translation of 'Rust.'" in item])


def test_a_fuzzy_text_is_shown_as_one_that_is_not_printed(project: Path) -> None:
    segment = segments(sheet(project))["Koel de knie met ijs."]

    assert "Niet gedrukt: onzeker" in words(segment)
    assert ["side", "side unprinted"] == segment.xpath(".//div[starts-with(@class, 'side')]/@class")
    assert "Cool the knee." in words(segment)


def test_a_text_without_translation_says_so_and_is_listed(project: Path) -> None:
    root = sheet(project)

    assert "Niet gedrukt: niet vertaald" in words(segments(root)["Vragen"])
    assert "Niet gedrukt: niet vertaald Vragen Tekstdeel 7" in words(root.xpath("//section[@class='eyes']")[0])


def test_what_somebody_acknowledged_is_shown_with_name_day_and_reason(project: Path) -> None:
    message = "Neem **niet meer dan 4 tabletten** per dag.{fn1}"
    digest = acknowledgements.digest("", message, TEXTS[message])
    note = f"polyleaf: ok number_differs {digest} 2026-02-01 A: <b>asked</b>"
    support.translate(project, {}, "knie", "en", {message: note})
    root = sheet(project)
    segment = segments(root)["Neem niet meer dan 4 tabletten per dag.fn1"]

    assert "2026-02-01 · A · <b>asked</b>" in words(segment)
    assert "akkoord bevonden fouten: 1" in words(root.xpath("//section[@class='about']")[0])
    assert "polyleaf acknowledge" not in words(segment)


def test_what_is_hostile_is_shown_and_not_obeyed(project: Path) -> None:
    root = sheet(project)
    translation = segments(root)["Rust."].xpath(".//p[@class='said']")[1]

    assert "<script>alert(1)</script> U+202ERest." == words(translation)
    assert not root.xpath("//script")
    assert "\u202e" not in html.tostring(root, encoding="unicode")


def test_each_text_says_its_language_and_its_direction(project: Path) -> None:
    support.translate(project, {"Pijn": "الألم"}, "knie", "ar")
    texts = segments(sheet(project, "ar"))["Pijn"].xpath(".//p[@class='said']")

    assert [("nl", "ltr"), ("ar", "rtl")] == [(text.get("lang"), text.get("dir")) for text in texts]


def test_a_language_whose_words_nobody_knows_is_said(project: Path) -> None:
    notices = [words(notice) for notice in sheet(project, "sw").xpath("//p[@class='notice']")]

    assert notices[0].startswith("Niet bekeken: sw: the checks know no words of this language: not compared were negat")
    assert not any("know no words" in words(notice) for notice in sheet(project).xpath("//p[@class='notice']"))


def test_the_same_text_in_both_languages_is_said(project: Path) -> None:
    support.translate(project, {"Pijn": "Pijn"}, "knie", "en")

    assert "In beide talen hetzelfde." in words(segments(sheet(project))["Pijn"])


def test_what_the_author_tells_translators_stands_with_the_text(project: Path) -> None:
    text = LEAFLET.replace("Koel de", "<!-- translators: Ice in a towel. -->\n\nKoel de")
    (project / "source/knie.md").write_text(text, "utf-8")

    assert "De schrijver zegt: Ice in a towel." in words(segments(sheet(project))["Koel de knie met ijs."])


def test_a_finding_about_the_whole_text_stands_on_top(project: Path) -> None:
    support.translate(
        project, {"Rust.": "Contraindicated medication necessitates hospitalisation. " * 40}, "knie", "en"
    )
    lists = sheet(project).xpath("//section[@class='eyes']/h3[. = 'Over de tekst als geheel']/following-sibling::ul[1]")

    assert "Waarschuwing readability Flesch Reading Ease" in words(lists[0]).replace("Fout", "Waarschuwing")


def test_the_head_says_what_the_sheet_is_of(project: Path) -> None:
    head = words(sheet(project).xpath("//section[@class='about']")[0])

    assert "knie, versie 1.2, Concept" in head
    assert "gedrukt: 5, onzeker: 1, niet vertaald: 1" in head
    assert "7, veiligheid: " in head


def test_the_signatures_are_for_texts_with_these_fingerprints(project: Path) -> None:
    assert 2 == words(sheet(project).xpath("//section[@class='sign']")[0]).count("sha256:")


def test_the_day_is_that_of_the_catalogue() -> None:
    text = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n{}'
    revised = '"PO-Revision-Date: 2026-02-03 10:00+0100\\n"\n'

    assert "2026-02-03" == catalogs.read(text.format(revised).encode(), "en", "x.po").date
    assert "" == catalogs.read(text.format("").encode(), "en", "x.po").date


def test_there_is_a_line_to_sign_for_every_role(project: Path) -> None:
    (project / "pyproject.toml").write_text(SETTINGS + 'sign_off_roles = ["pharmacist", "nurse"]\n', "utf-8")
    sign = sheet(project).xpath("//section[@class='sign']")[0]

    assert ["pharmacist", "nurse"] == sign.xpath(".//tbody/tr/td[1]/text()")
    assert "polyleaf sign knie -l en --role ROLE --name NAME" in words(sign)


def test_a_sheet_can_be_filtered_without_script_and_asks_for_nothing(project: Path) -> None:
    root = sheet(project)

    assert ["show-all", "show-safety", "show-found"] == root.xpath("//fieldset//input/@id")
    assert {"data:,"} == {str(link) for link in root.xpath("//@src | //link/@href")}


def test_the_filter_says_how_much_it_shows(project: Path) -> None:
    [status] = sheet(project).xpath("//*[@role='status']")

    shown = {str(element.get("class")): words(element) for element in status}
    assert "Getoond: 7 van 7" == shown["shown-all"]
    assert "Getoond: 4 van 7" == shown["shown-found"]


def test_a_kind_of_mark_is_said_in_words_to_those_who_do_not_see_it(project: Path) -> None:
    segment = segments(sheet(project))["Neem niet meer dan 4 tabletten per dag.fn1"]
    marks = segment.xpath(".//div[@class='side'][2]//mark")

    labels = [str(mark.xpath("string(./span[@class='unseen' and @lang='nl'])")) for mark in marks]
    assert ["ontkenning: ", "grens: ", "getal: ", "getal: "] == labels


def test_links_to_segments_say_where_they_lead(project: Path) -> None:
    links = sheet(project).xpath("//p[@class='numbers']/a")

    assert [f"Tekstdeel {words(link)}" for link in links] == [link.get("aria-label") for link in links]


def test_every_word_of_a_legend_and_a_finding_is_in_its_own_language(project: Path) -> None:
    support.translate(project, {"Lees [de folder][a].": "Read [the leaflet etc.][a]."}, "knie", "en")
    root = sheet(project)
    [note] = root.xpath("//p[@class='marks' and contains(., 'footnote')]")
    [remark] = root.xpath("//section[@class='eyes']//ul/li[contains(., \"'etc.'\")]/span[@lang='en']")

    assert ("en", ["Lees de folder."]) == (note.get("lang"), note.xpath("./span[@lang='nl']/text()"))
    assert ["etc."] == remark.xpath("./span[@lang='en']/text()")


BRIEFS = LEAFLET.replace("title: Uw knie", "title: Uw knie\nkeywords:\n  - knie\n  - ijs\n  - rust")


def test_texts_of_a_word_or_two_stand_several_in_a_row(project: Path) -> None:
    (project / "source/knie.md").write_text(BRIEFS, "utf-8")
    assert 0 == cli.run(["update", "-q"])
    support.translate(project, {"knie": "knee", "ijs": "ice", "rust": "~rest"}, "knie", "en")
    root = sheet(project)

    rows = [[words(item) for item in row.xpath("./li")] for row in root.xpath("//ul[@class='briefs']")]
    assert [["1 titel Uw knie Your knee", "2 trefwoord knie knee", "3 trefwoord ijs ice"]] == rows
    assert "article" == segments(root)["rust"].tag


def tags(node: Any) -> Iterator[Any]:
    """Yield the tags of a PDF below *node*."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from tags(kid)


def test_every_row_of_short_texts_on_paper_has_all_its_cells(project: Path) -> None:
    (project / "source/knie.md").write_text(BRIEFS, "utf-8")
    assert 0 == cli.run(["update", "-q"])
    support.translate(project, {"knie": "knee", "ijs": "ice", "rust": "~rest"}, "knie", "en")
    assert 0 == cli.run(["review", "-q", "-l", "en", "-f", "pdf"])

    with pikepdf.open(project / "build/review/en/knie.pdf") as document:
        rows = [[str(cell.S) for cell in tags(row)] for row in tags(document.Root.StructTreeRoot) if row.S == "/TR"]
        counts = [len([name for name in row if name in {"/TH", "/TD"}]) for row in rows]

    assert [6, 6, 6] == counts[:3]


def test_a_medicine_never_stands_in_a_row_with_others(project: Path) -> None:
    (project / "source/knie.md").write_text(BRIEFS.replace("- ijs", "- ibuprofen"), "utf-8")
    assert 0 == cli.run(["update", "-q"])
    support.translate(project, {"knie": "knee", "ibuprofen": "ibuprofen", "rust": "rest"}, "knie", "en")

    assert "article" == segments(sheet(project))["ibuprofen"].tag


def test_headings_go_down_one_step_at_a_time(project: Path) -> None:
    levels = [int(str(head.tag)[1]) for head in sheet(project).iter("h1", "h2", "h3", "h4")]

    assert not [at for at in range(1, len(levels)) if levels[at] > levels[at - 1] + 1]


def test_a_project_without_a_catalogue_has_a_sheet_of_what_is_missing(project: Path) -> None:
    (project / "locales/en/LC_MESSAGES/knie.po").unlink()

    assert "gedrukt: 0, onzeker: 0, niet vertaald: 7" in words(sheet(project).xpath("//section[@class='about']")[0])


def test_sheets_are_beside_the_leaflets_and_say_so(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == cli.run(["review", "knie", "-l", "en", "-o", "desk"])
    assert "made desk/review/en/knie.pdf\nmade desk/review/en/knie.html\n" == capsys.readouterr().out
    assert not (project / "build").exists()


def test_a_project_without_another_language_has_nothing_to_review(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "pyproject.toml").write_text('[tool.polyleaf]\nsource_language = "nl"\n', "utf-8")

    assert 2 == cli.run(["review"])
    assert "there is no translation to review" in capsys.readouterr().err


def test_the_paper_has_every_text_and_its_pages_are_numbered(project: Path) -> None:
    assert 0 == cli.run(["review", "-q", "-l", "en", "-f", "pdf"])
    pages = output_reader.pages(project / "build/review/en/knie.pdf")
    text = "".join(output_reader.words(" ".join(pages)))

    assert not [at for at, page in enumerate(pages, 1) if f"Pagina {at} van {len(pages)}" not in " ".join(page.split())]
    for wanted in (
        "Neemnietmeerdan4tabletten",
        "Donottakemorethan5tablets",
        "Coolthe",
        "OpmerkingenTekstdeelWaterfoutis",
    ):
        assert wanted in text


def test_the_paper_is_tagged_and_says_its_language(project: Path) -> None:
    assert 0 == cli.run(["review", "-q", "-l", "en", "-f", "pdf"])
    with pikepdf.open(project / "build/review/en/knie.pdf") as document:
        assert "nl" == str(document.Root.Lang)
        assert bool(document.Root.MarkInfo.Marked)
        assert "Controleblad: Uw knie, English" == str(document.docinfo["/Title"])


def test_two_sheets_under_two_clocks_are_the_same_bytes(project: Path) -> None:
    editions = []
    for moment in (1, 2_000_000_000):
        os.utime(project / "source/knie.md", (moment, moment))
        assert 0 == cli.run(["review", "-q", "-l", "en", "-o", f"desk{moment}"])
        editions.append([file.read_bytes() for file in sorted((project / f"desk{moment}").rglob("*.*"))])

    assert 2 == len(editions[0])
    assert editions[0] == editions[1]
