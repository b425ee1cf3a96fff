"""Tables that were not read as they were meant, and bars that are right."""

from __future__ import annotations

import pytest

from polyleaf.checks.source.markdown import block_not_made, markdown_left
from polyleaf.errors import SourceError
from polyleaf.sources.validation import validate
from support import document, facts, source_text

SHIFTED = """\
+-----------+-----------+
| Medicine  | Dose      |
+===========+===========+
| Metformin | 500 mg     |
+-----------+-----------+
| Insulin   | 12        |
+-----------+-----------+"""

HEADED = """\
+-----------+-----------+
| # Name    | # Dose    |
+===========+===========+
| Metformin | 500 mg    |
+-----------+-----------+"""

BLANK = """\
+-----------+-----------+---+
| Medicine  | Dose      |   |
+===========+===========+===+
| Metformin | 500 mg    |   |
+-----------+-----------+---+
| twice a day           |   |
+-----------------------+---+"""


@pytest.mark.parametrize(
    ("table", "fact"),
    [
        (SHIFTED, "source/knee.md:8: a bar beside this cell makes a column of its own: '500 mg'"),
        (HEADED, "source/knee.md:6: this heading is in a cell of a table: 'Name'"),
        ("| A | B |\n|---|---|\n| 1 | 2 | 3 |", "source/knee.md:7: this row has more cells than the table has columns"),
    ],
)
def test_a_table_that_fell_otherwise_is_refused(table: str, fact: str) -> None:
    with pytest.raises(SourceError) as caught:
        validate([document(table)], ())

    assert fact in str(caught.value)


@pytest.mark.parametrize("table", [BLANK, BLANK.replace("   |\n", " ? |\n")])
def test_a_narrow_column_that_is_meant_is_no_fault(table: str) -> None:
    validate([document(table)], ())


@pytest.mark.law
@pytest.mark.parametrize(
    ("text", "way_out"),
    [
        ("Take:\n+-----+-----+\n| a   | b   |\n+=====+=====+", ""),
        ("Medicine | Dose\nMetformin | 500 mg", r"Medicine \| Dose" + "\nMetformin | 500 mg"),
        ("| Medicine | Dose |\n| Metformin | 500 mg |", "| Medicine \\| Dose\n| Metformin \\| 500 mg"),
        ("+-------+\n| a | b |\n+-------+", "+---------+\n| a \\| b  |\n+---------+"),
    ],
)
def test_rows_that_are_no_table_are_an_error_with_a_way_out(text: str, way_out: str) -> None:
    findings = [*block_not_made(source_text(text)), *markdown_left(source_text(text))]

    assert findings
    assert all(diagnostic.hint for diagnostic in findings)
    assert [] == facts([*block_not_made(source_text(way_out)), *markdown_left(source_text(way_out))])


@pytest.mark.parametrize(
    "text",
    [
        "The value |x| is a | b, and |y|.",
        "Choose yes | no.",
        "Choose `a | b`.\nIt is c | d | e.",
        "| S  | M  |\n|----|----|\n| a\\|b | `c` |",
        "5 + 3 = 8, and a +--sign.",
        "|x| is less than 5.",
    ],
)
def test_a_bar_that_is_right_is_no_fault(text: str) -> None:
    assert [] == facts([*block_not_made(source_text(text)), *markdown_left(source_text(text))])
