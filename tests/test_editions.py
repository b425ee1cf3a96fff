"""An edition: title, dates, identifier, and a text that is ready for setting."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import support
from polyleaf import cli, editions, pandoc, tree
from polyleaf.config import Project
from polyleaf.editions import footnotes, tables, transforms, typography
from polyleaf.editions.language_labels import LanguageLabel
from polyleaf.model import Localized

if TYPE_CHECKING:
    from pathlib import Path

    from polyleaf.model import Edition

FRONT = """\
title: Knee
keywords: [bend, walk]
version: "2"
publisher: House
date: 2026-03-01
contact:
  email: a@example.org"""


def edition_of(body: str = "Bend.", front: str = FRONT, language: str = "en") -> Edition:
    document = support.document(body, front, language)
    settings = editions.EditionSettings(Project("en", ("en", "nl", "pt_BR")), {}, {"knee": ("en", "nl", "pt_BR")})
    return editions.make_editions([Localized(document)], settings)[0]


def html(body: str, language: str = "en") -> str:
    return "".join(chapter.html for chapter in edition_of(body, language=language).chapters)


def test_a_date_is_written_for_people_and_for_machines() -> None:
    edition = edition_of()

    assert ("1 March 2026", "2026-03-01") == (edition.date, edition.date_iso)
    assert "" == edition.review_by


def test_keywords_keep_their_order() -> None:
    assert ("bend", "walk") == edition_of().keywords


def test_the_other_languages_are_named_by_themselves() -> None:
    others = [(alternate.language, alternate.autonym, alternate.href) for alternate in edition_of().alternates]

    assert ("nl", "Nederlands", "../nl/knee.html") == others[0]
    assert ("pt-BR", "../pt_BR/knee.html") == (others[1][0], others[1][2])


def test_a_leaflet_with_a_space_in_its_name_has_an_address_without() -> None:
    document = replace(support.document("Bend."), leaflet="my knee")
    settings = editions.EditionSettings(Project("en", ("en", "nl")), {}, {"my knee": ("en", "nl")})

    assert "../nl/my%20knee.html" == editions.make_editions([Localized(document)], settings)[0].alternates[0].href


def identifier_of(front: str = FRONT, project_id: str = "", leaflet: str = "knee", language: str = "en") -> str:
    document = replace(support.document("Bend.", front, language), leaflet=leaflet)
    project = Project("en", ("en", "nl"), project_id=project_id)
    settings = editions.EditionSettings(project, {}, {leaflet: ("en", "nl")})
    return editions.make_editions([Localized(document)], settings)[0].identifier


@pytest.mark.law
def test_all_versions_of_a_leaflet_in_a_language_have_one_identifier() -> None:
    revised = FRONT.replace('"2"', '"3"').replace("Knee", "Your knee").replace("2026", "2027")

    assert identifier_of() == identifier_of(revised)
    assert identifier_of().startswith("urn:uuid:")


@pytest.mark.law
def test_a_leaflet_of_the_same_name_of_another_publisher_is_another_book() -> None:
    others = [
        identifier_of(FRONT.replace("House", "Ward")),
        identifier_of(leaflet="hip"),
        identifier_of(language="nl"),
        identifier_of(project_id="example.org"),
    ]

    assert 5 == len({identifier_of(), *others})


def test_a_publisher_with_a_new_name_keeps_the_identifiers_of_its_project() -> None:
    renamed = FRONT.replace("House", "Home")

    assert identifier_of() == identifier_of(renamed, project_id="House")


def described(title: str, source: str, language: str, version: str = '"2"') -> str:
    front = f"title: {title}\nversion: {version}"
    document = support.document("Bend.", front, language)
    settings = editions.EditionSettings(Project(source, (source, language)), {}, {"knee": (source, language)})
    localized = Localized(document, source_title=support.document("Bend.", front, source).front.texts["title"])
    return editions.make_editions([localized], settings)[0].source_description


@pytest.mark.law
@pytest.mark.parametrize(
    ("source", "language", "wanted"),
    [
        ("nl", "ti", "Tigrinya · Uw knie · Versie 2"),
        ("fr", "ar", "Arabe · Uw knie · Version 2"),
        ("so", "en", "Ingiriisi · Uw knie · 2"),
    ],
)
def test_a_translation_says_in_the_language_of_the_source_what_it_is(source: str, language: str, wanted: str) -> None:
    assert wanted == described("Uw knie", source, language)


def test_a_source_does_not_say_what_it_is_again() -> None:
    assert "" == edition_of().source_description


def test_sections_become_chapters_with_what_stands_before_them_first() -> None:
    chapters = edition_of("Before.\n\n# One {#one}\n\nText.\n\n## Sub {#sub}\n\n# Two {#two}").chapters

    assert [None, "One", "Two"] == [chapter.heading.text if chapter.heading else None for chapter in chapters]


def test_the_contents_name_headings_in_boxes_too() -> None:
    contents = edition_of("# One {#one}\n\n::: warning\n## Box {#box}\n\nText.\n:::").contents

    assert [("one", 2), ("box", 3)] == [(entry.id, entry.level) for entry in contents]


def test_the_bold_line_of_the_key_points_is_their_heading_and_in_the_contents() -> None:
    body = "::: keypoints\n**Briefly**\n\nBend.\n:::\n\n# Knee {#knee}\n\n::: keypoints\n**Again**\n\nWalk.\n:::\n"
    edition = edition_of(body)
    text = "".join(chapter.html for chapter in edition.chapters)

    assert [("polyleaf-keypoints", 2), ("knee", 2), ("polyleaf-keypoints-2", 3)] == [
        (heading.id, heading.level) for heading in edition.contents
    ]
    assert '<section id="polyleaf-keypoints" class="level2 keypoints">\n<h2>Briefly</h2>' in text
    assert '<section id="polyleaf-keypoints-2" class="level3 keypoints">\n<h3>Again</h3>' in text


def test_key_points_are_no_chapter_of_their_own() -> None:
    edition = edition_of("::: keypoints\n# Briefly {#short}\n\nBend.\n:::\n\n# Knee {#knee}\n\nBend.\n")

    assert [None, "knee"] == [chapter.heading and chapter.heading.id for chapter in edition.chapters]


@pytest.mark.parametrize("line", ["**Bold** and more.", "Plain.", "- **Item**", "[**Word** here]{.mark}"])
def test_a_line_that_is_not_all_bold_is_no_heading(line: str) -> None:
    assert "<h2>" not in html(f"::: keypoints\n{line}\n\nBend.\n:::\n")


@pytest.mark.parametrize("box", ["warning", "call-now", "call-today", "call-appointment"])
def test_the_bold_line_of_a_box_of_urgency_is_its_heading(box: str) -> None:
    edition = edition_of(
        f"::: {box}\n**Call 112**\n\nNow.\n:::\n\n# Knee {{#knee}}\n\n::: {box}\n**Stop**\n\nNow.\n:::\n"
    )
    text = "".join(chapter.html for chapter in edition.chapters)

    assert [None, "knee"] == [chapter.heading and chapter.heading.id for chapter in edition.chapters]
    assert [(f"polyleaf-{box}", 2), ("knee", 2), (f"polyleaf-{box}-2", 3)] == [
        (heading.id, heading.level) for heading in edition.contents
    ]
    assert f'<section id="polyleaf-{box}-2" class="level3 {box}">\n<h3>Stop</h3>\n<p>Now.</p>' in text


@pytest.mark.parametrize(
    ("language", "box", "title"),
    [
        ("en", "warning", "Warning"),
        ("en", "call-now", "Call now"),
        ("en", "call-today", "Call today"),
        ("en", "call-appointment", "Make an appointment"),
        ("nl", "warning", "Waarschuwing"),
        ("nl", "call-now", "Bel nu"),
        ("fr", "call-today", "Appelez aujourd’hui"),
        ("fi", "call-now", '<span lang="en">Call now</span>'),
    ],
)
def test_a_box_of_urgency_without_a_title_says_how_urgent_it_is(language: str, box: str, title: str) -> None:
    body = f"# Knee {{#knee}}\n\n:::: call\n::: {box}\nStop.\n:::\n::::\n"

    assert f'<section id="polyleaf-{box}" class="level3 {box}">\n<h3>{title}</h3>' in html(body, language=language)


@pytest.mark.parametrize("text", ["- **Stop.**", "*Stop* now, **please**.", "[Stop]{translate=no}."])
def test_bold_words_that_open_no_text_are_no_title(text: str) -> None:
    assert "<h2>Warning</h2>" in html(f"::: warning\n{text}\n:::\n")


@pytest.mark.parametrize(
    "opening",
    ["## Stop {#stop}", "**Stop** now.", "***Stop* now**, please.", "*[**Stop**]{translate=no}* now.", "**Stop.**"],
)
def test_a_box_of_urgency_that_opens_with_a_heading_or_bold_words_says_it_itself(opening: str) -> None:
    text = html(f"# Knee {{#knee}}\n\n::: warning\n{opening}\n:::\n")

    assert "polyleaf-warning" not in text
    assert "Stop" in text


def test_a_box_of_urgency_in_a_quotation_says_how_urgent_it_is_too() -> None:
    assert "Call now</h3>" in html("# Knee {#knee}\n\n> Item.\n>\n> ::: call-now\n> Stop.\n> :::\n")


def test_key_points_without_a_title_get_none() -> None:
    assert "<h2" not in html("::: keypoints\nBend.\n:::\n")


def test_headings_start_at_level_two_wherever_the_author_starts() -> None:
    assert "<h2>Deep</h2>" in html("### Deep {#deep}\n\n#### Deeper {#deeper}")


@pytest.mark.law
def test_no_heading_is_deeper_than_six() -> None:
    assert '<p class="heading">' not in html("# A {#a}\n\n## B {#b}\n\n### C {#c}\n\n#### D {#d}\n\n##### E {#e}")
    assert "<h6>F</h6>" in html("# A {#a}\n\n##### E {#e}\n\n###### F {#f}")


def test_a_translation_that_is_missing_marks_the_edition() -> None:
    document = support.document("# Knee {#knee}\n\nBend.")
    settings = editions.EditionSettings(Project("nl", ("nl", "en")), {}, {"knee": ("nl", "en")})
    blocks = [
        tree.element(
            "Header",
            [1, ["knee", [], []], [tree.span([tree.string("Knie")], classes=["untranslated"], pairs={"lang": "nl"})]],
        )
    ]
    edition = editions.make_editions([Localized(replace(document, blocks=blocks))], settings)[0]

    heading = edition.contents[0]
    assert ("Knie", "nl", "(in Dutch)") == (heading.text, heading.language, heading.label)


def test_a_leaflet_without_text_is_an_edition_without_chapters() -> None:
    assert "" == "".join(chapter.html for chapter in edition_of("").chapters)


def test_the_colophon_is_filled() -> None:
    assert "House" in html("::: colophon\n:::")


def test_a_glossary_is_in_the_order_of_the_alphabet() -> None:
    text = html("::: glossary\nzinc\n:   Metal.\n\n*apple*\n:   Fruit.\n\nécole\n:   School.\n:::\n")

    assert text.index("apple") < text.index("école") < text.index("zinc")


def test_a_glossary_keeps_what_is_not_a_list() -> None:
    assert html("::: glossary\nBefore.\n\nzinc\n:   Metal.\n:::").index("Before") > 0


def test_a_long_description_unfolds() -> None:
    text = html('::: {.long-description for="fig"}\nMuch.\n:::')

    assert '<details class="long-description"><summary>Description of the figure</summary>' in text


def test_a_line_break_of_html_is_closed() -> None:
    assert "One<br />two" in html("One<BR>two")


def test_harmless_html_stays() -> None:
    assert "<kbd>K</kbd>" in html("<kbd>K</kbd>")


def test_a_figure_without_alternative_text_is_called_what_its_caption_says() -> None:
    blocks = transforms.structured(support.document("![A *red* dot](p.png)").blocks, LanguageLabel("en", "nl"), "")
    image = next(node for node in tree.walk(blocks) if node["t"] == "Image")

    assert "A red dot" == tree.plain(image["c"][1])


def test_letters_of_notes_go_on_after_z() -> None:
    text = html(" ".join(f"w{number}^[Note {number}.]" for number in range(28)))

    assert 'href="#fn-27" id="fnref-27" role="doc-noteref" aria-label="Note aa">aa</a>' in text
    assert 'id="fnref-28" role="doc-noteref" aria-label="Note ab">ab</a>' in text


@pytest.mark.parametrize(
    ("note", "words"),
    [
        ("One.\n\n    Two.", ["One.", "Two."]),
        ("One.\n\n    - two\n    - three", ["One.", "two", "three"]),
        ("One.\n\n        code", ["One.", "code"]),
        ("One.\n\n    > quoted\n\n    Last.", ["One.", "quoted", "Last."]),
        ("\n    - one\n    - two", ["one", "two"]),
    ],
)
def test_nothing_in_a_note_is_lost(note: str, words: list[str]) -> None:
    section = html(f"Text[^n].\n\n[^n]: {note}\n").split("doc-endnotes")[1]
    places = [section.find(word) for word in words]

    assert -1 not in places
    assert sorted(places) == places
    assert section.rindex("doc-backlink") > places[-1]


def test_an_empty_note_still_leads_back() -> None:
    blocks = [tree.element("Para", [tree.string("Text"), tree.element("Note", [])])]
    linked = footnotes.with_notes(blocks, "en")

    assert ["fnref-1", ""] == [node["c"][0][0] for node in tree.walk(linked) if node["t"] == "Link"]


def test_paragraphs_of_an_item_become_lines() -> None:
    item = [tree.element("Para", [tree.string(word)]) for word in ("one", "two")]

    assert ["Str", "LineBreak", "Str"] == [node["t"] for node in footnotes.tight(item)[0]["c"]]


def test_a_link_around_emphasis_goes_inside_it() -> None:
    assert '<strong><em><a href="https://example.org/">both</a></em></strong>' in html(
        "[***both***](https://example.org/)"
    )


def test_marks_in_a_link_stay() -> None:
    assert '">one <em>two</em> 10<sup>6</sup></a>' in html("[one *two* 10^6^](https://example.org/)")


def test_an_image_alone_in_a_link_stands_before_a_link_with_its_words() -> None:
    blocks = support.document("See [![dot](p.png)](https://example.org/).").blocks
    inlines = transforms.with_innermost_links(blocks)[0]["c"]

    assert ["Str", "Space", "Image", "Space", "Link", "Str"] == [node["t"] for node in inlines]
    assert "dot" == tree.plain(inlines[4]["c"][1])


def test_a_table_without_rows_is_not_empty() -> None:
    table = support.document("| A | B |\n|---|---|\n\n: T").blocks[0]
    head, bodies = tables.with_headers(table, LanguageLabel("en", "nl", frozenset()))["c"][3:5]

    assert [] == head[1]
    assert 1 == len(bodies[0][3])


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "“one ‘two’”"),
        ("nl", "‘one “two”’"),
        ("de", "„one ‚two‘“"),
        ("fr", "«\u202fone «\u202ftwo\u202f»\u202f»"),
    ],
)
def test_quotation_marks_are_those_of_the_language(language: str, shown: str) -> None:
    blocks = typography.typeset(support.document("\"one 'two'\"").blocks, language)

    assert shown == tree.plain(blocks[0]["c"])


@pytest.mark.parametrize(
    "text", ["250 mg", "½ tablet", "2,5 ml", "(3 uur", "≥5 dagen", "2-3 weken", "250\nmg", "2٫5 mg", "1/2 tablet"]
)
def test_a_number_stays_with_its_unit(text: str) -> None:
    assert "\u00a0" in tree.plain(typography.typeset(support.document(text).blocks, "nl")[0]["c"])


@pytest.mark.parametrize("text", ["vitamin B12 helps", "in 2020. Then", "5 onderzoeksresultaten", "3 *mg*", "4 (mg)"])
def test_other_words_may_start_a_line(text: str) -> None:
    assert "\u00a0" not in tree.plain(typography.typeset(support.document(text).blocks, "nl")[0]["c"])


@pytest.mark.parametrize("number", ["1 000", "≥ 38,5", "2 ½", "1 1/2", "10\n000", "**1 000**"])
def test_no_line_ends_within_a_number(number: str) -> None:
    text = tree.plain(typography.typeset(support.document(f"Drink {number} ml.").blocks, "nl")[0]["c"])

    assert " " not in text.removeprefix("Drink ").removesuffix(" ml.")


def test_a_number_keeps_its_order_around_the_letter_of_a_note() -> None:
    blocks = typography.typeset(support.document("خذ 500[^a] mg\n\n[^a]: خذ 1 000 mg", language="ar").blocks, "ar")
    (html,) = pandoc.write([blocks])

    assert re.search("\u2066500<a [^>]*><sup>1</sup></a> mg\u2069", html)
    assert "\u20661\u00a0000\u00a0mg\u2069" in html


def test_a_telephone_number_keeps_its_order_between_letters_from_right_to_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "---\ntitle: ركبة\n---\n\nاتصل على 030-123 45 67، أو +31 20 1234567. اتصل على 112.\n"
    settings = '[tool.polyleaf]\nsource_language = "ar"\nformats = ["html"]\n'
    monkeypatch.chdir(support.project(tmp_path, {"source/knee.md": body}, settings))
    assert 0 == cli.run(["build", "-q"])

    page = (tmp_path / "build" / "ar" / "knee.html").read_text("utf-8").replace("\u00a0", " ")
    assert "\u2066030-123 45 67\u2069</a>،" in page
    assert "\u2066+31 20 1234567\u2069</a>." in page
    assert "\u2066112" not in page


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("حمى 39 °C اليوم", ["39\u00a0°C"]),
        ("تناول ≤ 250 mg الآن", ["≤\u00a0250\u00a0mg"]),
        ("تناول 250 mg الآن", ["250\u00a0mg"]),
        ("بين 5 mmol/l و 7,5 mmol/l.", ["5\u00a0mmol/l", "7,5\u00a0mmol/l"]),
        ("30mg/40mg", ["30mg/40mg"]),
        ("50 % أو 60%", ["50\u00a0%", "60%"]),
        ("من 6 إلى 8 أكواب", []),
        ("250 مل", []),
        ("اتصل على 030 1234567 بعد 5 min", ["030 1234567", "5\u00a0min"]),
        ("خذ ۲٫۵ mg أو 1 000 mg", ["۲٫۵\u00a0mg", "1\u00a0000\u00a0mg"]),
        ("قس HbA~1c~ و H~2~O و CO~2~-غ", []),
        ("خذ **500** mg", ["500 mg"]),
        ("خذ 500 mg (max. 4 g) أو *Aspirine* 100 mg", ["500\u00a0mg"]),
        ("Aspirine ثم 100 mg", ["100\u00a0mg"]),
        ("Aspirine 50 % أو Aspirine ٥ mg", ["50\u00a0%", "٥\u00a0mg"]),
        ("خذ 2 × 10^9^/l", ["2 × 109/l"]),
        ("قل 5\\\n10 mg", ["10\u00a0mg"]),
        ("خذ [500]{dir=ltr} mg أو `500` mg", []),
    ],
)
def test_an_amount_keeps_its_order_between_letters_from_right_to_left(text: str, kept: list[str]) -> None:
    blocks = typography.typeset(support.document(text, language="ar").blocks, "ar")

    assert kept == re.findall("\u2066([^\u2069]*)\u2069", tree.plain(blocks[0]["c"]))


def test_a_telephone_number_between_letters_from_left_to_right_is_left_alone() -> None:
    blocks = support.document("Call 030-123 45 67 now.", language="en").blocks

    assert "\u2066" not in str(typography.typeset(blocks, "en"))
