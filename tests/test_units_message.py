"""What a translator sees, and that it always comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import support
from polyleaf import pandoc, tree, units
from polyleaf.editions import typography
from polyleaf.units import message, parsing
from polyleaf.units.segmentation import Segment, Segmenter

PIECES = [
    "knie",
    "250 mg",
    "1.",
    "(a)",
    "مرحبا",
    "膝盖",
    "e\u0301",
    "😀",
    "\u00a0",
    "\u200f",
    "\u00ad",
    "\u2028",
    *"-+#*_~^`[]()<>{}|$\\&!@'\"“”‘’:=%/…",
    "--",
    "...",
    "{fn1}",
    "{{",
    "}}",
    "[a]",
    "[x][a]",
    "^[noot]",
    "[^1]",
    "<https://x.example>",
    "a\\@b.example",
    "*em*",
    "**st**",
    "`code`",
    "`{fn1}`",
    "`“q”`",
    "`c`{.py}",
    "~~del~~",
    "H~2~O",
    "[t](u)",
    "[*t* `c`](u)",
    "![i](u)",
    "[s]{lang=en}",
    "<br>",
    "<b>b</b>",
    "\\\\(x\\\\)",
    "5$ to 10$, then 5$-10$",
    "“q”",
    "“q ‘r’ s”",
    "'s",
    "  \n",
    "\\\n",
    "\n",
    "[@a; @b]",
    "@a",
    "&nbsp;",
    "&copy",
    "[sc]{.smallcaps}",
    "[u]{.underline}",
]
TEXT = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(["", " "])), max_size=9).map(
    lambda pairs: "w" + "".join(piece + space for piece, space in pairs)
)


def written(markdown: str) -> str:
    return units.extract_units([support.document(markdown)])[0][1].message


@pytest.mark.law
@settings(max_examples=12, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(TEXT, min_size=60, max_size=60))
def test_whatever_an_author_writes_comes_back_from_its_message(texts: list[str]) -> None:
    segments: list[tuple[Segment, list[dict[str, object]]]] = []

    def visit(segment: Segment, inlines: list[dict[str, object]]) -> list[dict[str, object]]:
        if message.is_text(inlines):
            segments.append((segment, inlines))
        return inlines

    for blocks in pandoc.read([("text", pandoc.MARKDOWN, text) for text in texts]):
        Segmenter(visit).blocks(blocks)
    messages = units._write_exactly(segments)

    assert messages
    assert [] == [written.text for written in messages if not written.exact]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("*em* and **strong**", "*em* and **strong**"),
        ("He said \"yes, 'maybe'\"", "He said “yes, ‘maybe’”"),
        ("Yes. Bend.", "Yes. Bend."),
        ("Rest.", "Rest."),
        ("1\\. Bend", "1\\. Bend"),
        ("1.5 mg", "1.5 mg"),
        ("\\- Bend", "\\- Bend"),
        ("A\nB", "A B"),
        ("10 % of {x}", "10 % of {x}"),
        ("`a``", "\\`a\\`\\`"),
        ("`` a`b ``", "``a`b``"),
        ("`` `a` ``", "`` `a` ``"),
        ("x^a\\ b^", "x^a\u00a0b^"),
        ("[*a* b](https://x.example)", "[*a* b][a]"),
        ("Say {x} \\\\(y\\\\)", "Say {{x}} {math1}"),
        ("`{x}` and \\\\(y\\\\)", "`{{x}}` and {math1}"),
        ("a\\\nb", "a{br1}b"),
    ],
)
def test_a_message_is_plain_markdown(markdown: str, expected: str) -> None:
    assert expected == written(markdown)


def test_the_twenty_seventh_link_gets_two_letters() -> None:
    links = " ".join(f"[w](https://x.example/{at})" for at in range(28))
    unit = units.extract_units([support.document(links)])[0][1]

    assert ["z", "aa", "bb"] == list(unit.marks)[25:]
    assert [] == units.find_faults(unit, unit.message, units.parse_translations([(unit, unit.message)])[0])


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("word", True),
        ("1,5", True),
        ("250", False),
        ("—", False),
        ("![a plate](p.svg) 1", False),
        ("[![a plate](p.svg)](https://x.example)", False),
        ("\\\\(x\\\\)", False),
        ("[@a]", False),
        ("**“q”**", True),
    ],
)
def test_a_text_has_a_letter_or_a_number_that_languages_write_differently(markdown: str, *, expected: bool) -> None:
    block = pandoc.read([("text", pandoc.FRAGMENT, markdown)])[0][0]

    assert expected is message.is_text(block["c"])


def test_the_legend_says_what_each_mark_stands_for() -> None:
    body = (
        "A[^1] [b](https://x.example) [c]{.big lang=fr} `d`{.py} \\\\(e\\\\) <kbd>f</kbd> ![g](g.svg)"
        " [@h] [i]{.smallcaps} [u]{.underline}\\\nj\n\n[^1]: " + "Long " * 20
    )
    unit = units.extract_units([support.document(body)])[0][1]

    assert {
        "{fn1} = footnote: Long Long Long Long Long Long Long Long Long Long Long Long…",
        "[…][a] = link to https://x.example",
        "[…][b] = marked words .big lang=fr",
        "{code1} = code d",
        "{math1} = formula e",
        "{raw1} = HTML <kbd>",
        "{raw2} = HTML </kbd>",
        "{img1} = image g.svg",
        "{cite1} = citation of h",
        "[…][c] = small capitals",
        "[…][d] = underlined",
        "{br1} = line break",
    } == set(unit.legend)


def test_reading_the_same_ignores_how_quotes_and_spaces_are_kept() -> None:
    straight, curly = pandoc.read([("a", pandoc.FRAGMENT, text) for text in ('*"a"*  b\nc ', "*“a”* b c")])

    assert parsing.is_same_text(straight[0]["c"], curly[0]["c"])
    assert not parsing.is_same_text(straight[0]["c"], curly[0]["c"][:-1])


@pytest.mark.parametrize("text", ["称之为“茶”。", '称之为"茶"。', "说：“茶”。", "_“茶”_"])
def test_chinese_keeps_its_quotation_marks_though_no_space_stands_before_them(text: str) -> None:
    (blocks,) = pandoc.read([("a", pandoc.FRAGMENT, message.to_markdown(text, {}))])
    shown = tree.plain(typography.typeset(blocks, "zh_Hans")[0]["c"])

    assert "“茶”" in shown
