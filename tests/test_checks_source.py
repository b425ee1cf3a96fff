"""Questions to the author: each has a case that passes and one that fails."""

from __future__ import annotations

import support
from polyleaf.checks import source


def test_a_heading_that_skips_a_level_is_found() -> None:
    found = list(source.heading_skipped(support.copy("# Use\n\n### Doses\n\nText.\n\n# End\n\n#### Deep")))

    assert [
        ("Doses", "the heading 'Doses' is 2 levels below the one before it"),
        ("Deep", "the heading 'Deep' is 3 levels below the one before it"),
    ] == found


def test_headings_may_go_up_any_number_of_levels() -> None:
    assert [] == list(source.heading_skipped(support.copy("## A\n\n### B\n\n#### C\n\n## D\n\nText.")))


def test_a_heading_in_a_box_counts() -> None:
    boxed = support.copy("# Use\n\n::: warning\n### Careful\n:::\n")

    assert ["Careful"] == [needle for needle, _ in source.heading_skipped(boxed)]


def test_an_empty_heading_is_found() -> None:
    assert [("#", "this heading has no words")] == list(source.heading_empty(support.copy("Text.\n\n# {#x}\n")))
    assert [] == list(source.heading_empty(support.copy("# Use\n\n# ![Knee](a.svg)\n")))


def test_a_figure_named_by_its_caption_is_found() -> None:
    named = support.copy("![Food.](media/a.svg)")
    good = support.copy('![Food.](media/a.svg){alt="A plate."}\n\nText ![A leg](b.svg) here.')

    assert [("media/a.svg", "the figure 'media/a.svg' has no alternative text of its own")] == list(
        source.figure_named_by_caption(named)
    )
    assert [] == list(source.figure_named_by_caption(good))


def test_a_table_without_caption_is_found() -> None:
    table = "| Age | Dose |\n|-----|------|\n| All | 2    |\n"
    empty = "|  |  |\n|--|--|\n|  |  |\n"

    assert [("Age", "the table that starts with 'Age, Dose' has no caption")] == list(
        source.table_without_caption(support.copy(table))
    )
    assert ["|"] == [needle for needle, _ in source.table_without_caption(support.copy(empty))]
    assert [] == list(source.table_without_caption(support.copy(f"{table}\n: Doses\n")))


def test_a_block_that_is_not_made_is_found() -> None:
    body = "Take:\n- 250 mg\n- 500 mg\n\nText\n# Head\n\n#Head\n\n| a | b |\n| 1 | 2 |"

    assert ["-", "-", "#", "#Head", "|"] == [needle for needle, _ in source.block_not_made(support.copy(body))]


def test_signs_inside_a_line_make_no_block() -> None:
    assert [] == list(source.block_not_made(support.copy("From 3 - 4 days | or # more.\n\n- 250 mg\n\n# Head")))


def test_more_than_two_warnings_are_found() -> None:
    box = "::: warning\nStop.\n:::\n\n"

    assert ["there are 3 warning boxes; 2 are the most that readers heed"] == [
        fact for _, fact in source.boxes_many(support.copy(box * 3))
    ]
    assert [] == list(source.boxes_many(support.copy(box * 2 + "::: keypoints\nStop.\n:::\n")))


def test_a_list_of_more_than_nine_points_is_found() -> None:
    points = "".join(f"- point {at}\n" for at in range(10))
    steps = "".join(f"{at}. step\n" for at in range(1, 11))

    assert ["point 0", "step"] == [needle for needle, _ in source.list_long(support.copy(f"{points}\n\n{steps}"))]
    assert [] == list(source.list_long(support.copy(points.replace("- point 9\n", "  - point 9\n"))))
