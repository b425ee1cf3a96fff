"""Checks of the structure of a source: each has a case that passes and one that fails."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

import raster_files
import support
from polyleaf.checks.source import structure
from polyleaf.model import Picture


def test_a_heading_that_skips_a_level_is_found() -> None:
    diagnostics = support.locate(
        structure.heading_skipped(support.source_text("# Use\n\n### Doses\n\nText.\n\n# End\n\n#### Deep"))
    )

    assert [
        ("Doses", "the heading 'Doses' is 2 levels below the one before it"),
        ("Deep", "the heading 'Deep' is 3 levels below the one before it"),
    ] == diagnostics


def test_headings_may_go_up_any_number_of_levels() -> None:
    assert [] == support.locate(
        structure.heading_skipped(support.source_text("## A\n\n### B\n\n#### C\n\n## D\n\nText."))
    )


def test_a_heading_in_a_box_counts() -> None:
    boxed = support.source_text("# Use\n\n::: warning\n### Careful\n:::\n")

    assert ["Careful"] == [needle for needle, _ in support.locate(structure.heading_skipped(boxed))]


@pytest.mark.parametrize("body", ["", "<!-- niets -->", "---", "::: warning\n:::", "\u00a0", "\u200b", "  \n\t\n", "#"])
def test_a_leaflet_without_a_text_is_found(body: str) -> None:
    facts = [(1, "there is no text under the front matter", "Write the text of the leaflet there.")]

    assert facts == support.locate(structure.text_absent(support.source_text(body)))


@pytest.mark.parametrize(
    "body", ["# Knie", "Bel.", "![Een knie](k.svg)", "`x`", "\\\\(x\\\\)", "- 1", "::: colophon\n:::"]
)
def test_a_leaflet_with_a_word_or_a_picture_has_a_text(body: str) -> None:
    assert [] == support.locate(structure.text_absent(support.source_text(body)))


def test_an_empty_heading_is_found() -> None:
    assert [("#", "this heading has no words")] == support.locate(
        structure.heading_empty(support.source_text("Text.\n\n# {#x}\n"))
    )
    assert [] == support.locate(structure.heading_empty(support.source_text("# Use\n\n# ![Knee](a.svg)\n")))


UNDER = "nothing stands under the heading {}"


@pytest.mark.parametrize(
    ("body", "empty"),
    [
        ("# Use\n\n# Storage\n\nText.", [(5, "'Use'")]),
        ("# Use\n\nText.\n\n# Storage", [(9, "'Storage'")]),
        ("# Use\n\n<!-- later -->\n\n# Storage\n\nText.", [(5, "'Use'")]),
        ("# Use\n\n## Doses\n\n# Storage\n\nText.", [(7, "'Doses'")]),
        ("# Use\n\n## Doses\n\n## Doses\n\nText.", [(7, "'Doses'")]),
        ("# Use\n\n::: warning\n## Careful\n:::\n\nText.", [(8, "'Careful'")]),
        ("# Use\n\n::: warning\n:::\n", [(5, "'Use'")]),
    ],
)
def test_a_heading_with_nothing_under_it_is_found(body: str, empty: list[tuple[int, str]]) -> None:
    diagnostics = list(structure.section_empty(support.source_text(body)))

    assert [(line, UNDER.format(name)) for line, name in empty] == [(each.at, each.fact) for each in diagnostics]


@pytest.mark.parametrize(
    "body",
    [
        "# Use\n\n## Doses\n\nText.",
        "# Use\n\n![Knee](media/a.svg){alt='A knee.'}",
        "# Sources\n\n::: {#refs}\n:::\n\n# About\n\n::: colophon\n:::\n",
        "::: warning\n## Careful\n\nText.\n:::\n",
        "# Use\n\n- item",
        "Text.",
    ],
)
def test_a_heading_with_something_under_it_is_right(body: str) -> None:
    assert [] == support.facts(structure.section_empty(support.source_text(body)))


def test_a_figure_named_by_its_caption_is_found() -> None:
    named = support.source_text("![Food.](media/a.svg)")
    good = support.source_text('![Food.](media/a.svg){alt="A plate."}\n\nText ![A leg](b.svg) here.')

    assert [("media/a.svg", "the figure 'media/a.svg' has no alternative text of its own")] == list(
        support.locate(structure.figure_named_by_caption(named))
    )
    assert [] == support.locate(structure.figure_named_by_caption(good))


COARSE = {
    "![Knee.](media/p.png){alt='A leg.' width=14cm}": 54,
    "![Knee.](media/p.png){alt='A leg.' width=100%}": 54,
    "See ![a leg](media/p.png){width=90mm}.": 85,
    "![Knee.](media/p.png){alt='A leg.' width=7cm}": None,
    "![Knee.](media/p.png){alt='A leg.'}": None,
    "![Knee.](media/p.png){alt='A leg.' width=300px}": None,
    "![Knee.](media/p.svg){alt='A leg.' width=14cm}": None,
}


@pytest.mark.parametrize("text", COARSE)
def test_an_image_whose_pixels_are_seen_is_found(text: str) -> None:
    photo, dots = raster_files.encode(image=raster_files.draw((300, 200))), COARSE[text]
    pictures = (Picture("media/p.png", photo), Picture("media/p.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"))
    source = support.source_text(text)
    diagnostics = support.locate(
        structure.image_coarse(replace(source, document=replace(source.document, pictures=pictures)))
    )

    hint = "Export it with more pixels, or give it a smaller width."
    fact = f"the image 'media/p.png' has only {dots} pixels an inch in this width"
    assert diagnostics == ([("media/p.png", fact, hint)] if dots else [])


def test_a_table_without_caption_is_found() -> None:
    table = "| Age | Dose |\n|-----|------|\n| All | 2    |\n"
    empty = "|  |  |\n|--|--|\n|  |  |\n"

    assert [("Age", "the table that starts with 'Age, Dose' has no caption")] == list(
        support.locate(structure.table_without_caption(support.source_text(table)))
    )
    assert [("|", "a table without words has no caption")] == support.locate(
        structure.table_without_caption(support.source_text(empty))
    )
    assert [] == support.locate(structure.table_without_caption(support.source_text(f"{table}\n: Doses\n")))


def test_an_empty_cell_under_a_name_is_found() -> None:
    table = "Text.\n\n| Who | Morning | Evening |\n|---|---|---|\n| All | 1 | 2 |\n| Kids | 1 |\n"

    diagnostics = support.locate(structure.cell_empty(support.source_text(table)))
    assert [(10, "the cell under 'Evening' is empty in this row of the table")] == [
        diagnostic[:2] for diagnostic in diagnostics
    ]


@pytest.mark.parametrize(
    "table",
    [
        "| Who | Morning |\n|---|---|\n| All | `x` |\n| Kids | - |\n| Others | ![A leg](a.svg) |\n",
        "|  | Morning |\n|---|---|\n| All |  |\n",
        "|---|---|\n| All |  |\n",
    ],
)
def test_a_full_table_and_one_whose_columns_have_no_names_are_fine(table: str) -> None:
    assert [] == support.locate(structure.cell_empty(support.source_text(table)))


def test_the_day_of_the_review_itself_is_not_too_late() -> None:
    asked = support.source_text("Text.", front="title: Knee\nreview-by: 2026-03-01")

    assert [] == support.locate(structure.review_overdue(replace(asked, today=date(2026, 3, 1))))
    assert [(3, "this leaflet should have been reviewed by 2026-03-01")] == list(
        support.locate(structure.review_overdue(replace(asked, today=date(2026, 3, 2))))
    )


def test_more_than_two_warnings_are_found() -> None:
    box = "::: warning\nStop.\n:::\n\n"

    assert ["there are 3 warning boxes; 2 are the most that readers heed"] == [
        fact for _, fact in support.locate(structure.boxes_many(support.source_text(box * 3)))
    ]
    assert [] == support.locate(structure.boxes_many(support.source_text(box * 2 + "::: keypoints\nStop.\n:::\n")))


def test_a_list_of_more_than_nine_points_is_found() -> None:
    points = "".join(f"- point {at}\n" for at in range(10))
    steps = "".join(f"{at}. step\n" for at in range(1, 11))

    assert ["point 0", "step"] == [
        needle for needle, _ in support.locate(structure.list_long(support.source_text(f"{points}\n\n{steps}")))
    ]
    assert [] == support.locate(
        structure.list_long(support.source_text(points.replace("- point 9\n", "  - point 9\n")))
    )
