"""Which texts of a document are units, with what around them, and how translations stand for them."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

import support
from polyleaf import tree, units
from polyleaf.checks.source import markdown
from polyleaf.errors import SourceError
from polyleaf.model import Picture
from polyleaf.units.parsing import ATTRIBUTES
from polyleaf.units.segmentation import Segment, Segmenter

if TYPE_CHECKING:
    from polyleaf.model import Nodes, Unit

EVERYTHING = """\
# Use {#use}

Bend.[^1]

> Quoted.

- Item
  with more

  second paragraph

1. Step

Term
:   Definition

| Line one
| Line two

![Caption.](media/a.svg "Tip"){alt="Alt text"}

| Head | Two |
|------|-----|
| Cell | 12  |

: Table caption

::: warning
Careful.
:::

```
code stays
```

[^1]: Note text.
"""
FRONT = "title: Knee\nkeywords: [joint, leg]\nversion: '1'"
SVG = b"""<svg viewBox="0 0 90 90" xmlns="http://www.w3.org/2000/svg"><title>Plate</title>
<text x="1">Nuts <tspan>and</tspan> fish</text></svg>"""


def cut(body: str, front: str = "title: Knee") -> tuple[Unit, ...]:
    return units.extract_units([support.document(body, front)])[0]


def test_every_leaf_is_a_unit_with_its_kind() -> None:
    assert [
        ("title", "Knee"),
        ("keywords", "joint"),
        ("keywords", "leg"),
        ("heading", "Use"),
        ("paragraph", "Bend.{fn1}"),
        ("note", "Note text."),
        ("quotation", "Quoted."),
        ("list item", "Item with more"),
        ("list item", "second paragraph"),
        ("list item", "Step"),
        ("term", "Term"),
        ("definition", "Definition"),
        ("line", "Line one"),
        ("line", "Line two"),
        ("caption", "Caption."),
        ("alternative text", "Alt text"),
        ("title of a link or image", "Tip"),
        ("caption", "Table caption"),
        ("column header", "Head"),
        ("column header", "Two"),
        ("cell", "Cell"),
        ("paragraph", "Careful."),
    ] == [(unit.kind, unit.message) for unit in cut(EVERYTHING, FRONT)]


def test_a_unit_names_its_line() -> None:
    places = {unit.message: unit.location for unit in cut(EVERYTHING, FRONT)}

    assert "source/knee.md:2" == places["Knee"]
    assert "source/knee.md:3" == places["leg"]
    assert "source/knee.md:7" == places["Use"]
    assert "source/knee.md:42" == places["Note text."]
    assert "source/knee.md:35" == places["Careful."]


def test_only_what_needs_it_has_a_context() -> None:
    contexts = {unit.message: unit.context for unit in cut(EVERYTHING, FRONT) if unit.context}

    assert {
        "Knee": "meta:title",
        "joint": "meta:keywords",
        "leg": "meta:keywords",
        "Alt text": "alt",
        "Tip": "title",
    } == contexts


def test_a_warning_and_a_number_are_matters_of_safety() -> None:
    extracted = cut("::: call-now\nCall.\n:::\n\nTake 2.\n\nRest.\n")

    assert {"Knee": False, "Call.": True, "Take 2.": True, "Rest.": False} == {
        unit.message: unit.safety for unit in extracted
    }


def test_a_unit_knows_its_section() -> None:
    assert ["", "Use", "Use"] == [unit.section for unit in cut("# Use\n\nBend.\n")]


def test_windows_line_ends_make_the_same_units() -> None:
    assert cut("A\nb.\n\n- c\n") == cut("A\r\nb.\r\n\r\n- c\r\n")


def test_a_text_that_cannot_come_back_is_refused_with_its_location() -> None:
    with pytest.raises(SourceError, match=r"source/knee\.md:5: this text cannot be shown") as caught:
        units.extract_units(
            [replace(support.document("Words."), blocks=[tree.element("Para", tree.words("Words. \U000f0000"))])]
        )

    assert "private characters" in caught.value.hint


def test_the_words_of_a_drawing_are_units_and_go_back_into_it() -> None:
    read = support.document("![Food.](media/a.svg){alt='Plate'}")
    pictures = (Picture("media/a.svg", SVG), Picture("media/b.png", b"\x89PNG"))
    document = replace(read, pictures=pictures)
    extracted = [unit for unit in units.extract_units([document])[0] if unit.kind == "figure text"]
    texts = {extracted[1].index: tree.words("Noten en vis")}

    def refill(segment: Segment, inlines: Nodes) -> Nodes:
        return texts.get(segment.index, inlines)

    filled = units.fill(document, "nl", refill)

    assert [("Plate", "source/media/a.svg:1"), ("Nuts and fish", "source/media/a.svg:2")] == [
        (unit.message, unit.location) for unit in extracted
    ]
    assert b"<title>Plate</title>" in filled.pictures[0].content
    assert b">Noten en vis</text>" in filled.pictures[0].content
    assert b"\x89PNG" == filled.pictures[1].content


def test_a_number_in_a_drawing_does_not_move_the_lines_of_the_words_after_it() -> None:
    svg = b'<svg viewBox="0 0 90 90" xmlns="http://www.w3.org/2000/svg">\n<text>5</text>\n<text>Nuts</text>\n</svg>'
    document = replace(support.document("![Food.](a.svg)"), pictures=(Picture("a.svg", svg),))
    extracted = [unit for unit in units.extract_units([document])[0] if unit.kind == "figure text"]

    assert [("Nuts", "source/a.svg:3")] == [(unit.message, unit.location) for unit in extracted]


def test_a_grid_table_keeps_its_cells_and_foot() -> None:
    table = "+---+-----+\n| A | B   |\n+===+=====+\n| C | - d |\n|   | - e |\n+---+-----+\n"
    kinds = [(unit.kind, unit.message) for unit in cut(table)][1:]

    assert [("column header", "A"), ("column header", "B"), ("cell", "C")] == kinds[:3]
    assert {("list item", "d"), ("list item", "e")} == set(kinds[3:])


def test_a_short_caption_is_a_unit() -> None:
    seen: list[str] = []

    def visit(segment: Segment, inlines: Nodes) -> Nodes:
        seen.append(segment.kind)
        return inlines

    caption = [tree.words("Short"), [tree.element("Plain", tree.words("Long"))]]
    Segmenter(visit).blocks([tree.element("Figure", [tree.NO_ATTR, caption, []])])

    assert ["short caption", "caption"] == seen


def test_places_are_numbered_outer_before_inner() -> None:
    extracted = cut("A[^1] *b ![c](d.svg 'e')*\n\n[^1]: F\n")

    assert ["Knee", "A{fn1} *b {img1}*", "F", "c", "e"] == [unit.message for unit in extracted]
    assert [0, 1, 2, 3, 4] == [unit.index for unit in extracted]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("One\nTwo", "it has more than one line"),
        ("   ", "it makes no text at all and must be one run of text"),
        ("> x", "it makes a quotation and must be one run of text"),
        ("    x", "it makes a code block and must be one run of text"),
        ("***", "it makes a rule and must be one run of text"),
        ("- x", "it makes a list and must be one run of text"),
        ("(@) x", "it makes a list and must be one run of text"),
        ("| x | y |", "it makes something else and must be one run of text"),
        ("<hr>", "it makes HTML and must be one run of text"),
        ("<div>x", "it makes a box or note that is not closed or not used and must be one run of text"),
        ("[^1]: x", "it makes a box or note that is not closed or not used and must be one run of text"),
        ("[x]: y", "it makes no text at all and must be one run of text"),
        ("::: x", "it makes a box or note that is not closed or not used and must be one run of text"),
        ("x ![y](z)", "this image is not in the source"),
        ("x ^[y]", "this footnote is not in the source"),
        ("x @y", "this citation (an @ sign: write \\@) is not in the source"),
        ("x \\\\(y\\\\)", "this formula is not in the source"),
        ("x <b>y</b>", "this HTML is not in the source"),
        ("x [y]{.z}", "this bracketed span is not in the source"),
        ("x [y]{.underline}", "this underline is not in the source"),
        ("x [y]{.smallcaps}", "this span of small capitals is not in the source"),
        ("x\\", "this line break is not in the source"),
        ("x \U000f0000", "the character U+F0000 is not one of a text"),
        ("x `{fn1}`", "a mark may not stand inside code"),
        ("x `y`{=html}", "this HTML is not in the source"),
        ("x {raw2}", "the mark {raw2} is not in the source"),
        ("x [y][qq]", "the mark […][qq] is not in the source"),
    ],
)
def test_a_translation_is_one_run_of_text_and_brings_nothing_of_its_own(text: str, fault: str) -> None:
    unit = cut("Plain words.")[1]

    assert fault in units.find_faults(unit, text, units.parse_translations([(unit, text)])[0])


@pytest.mark.parametrize(
    "text",
    ["5 * 3", "“quoted”", "‘text’", "‘s avonds", "it's -- fine...", "\\@home", "*a* **b** `e`", "«x» „y“", "a  b"],
)
def test_what_a_translator_may_write(text: str) -> None:
    unit = cut("Plain words.")[1]

    assert [] == units.find_faults(unit, text, units.parse_translations([(unit, text)])[0])


LINKS = "[Op](https://a.example/x) en [neer](https://a.example/x), of [uit](https://a.example/y)."


@pytest.mark.parametrize(
    "text", ["[Up and down][a], or [out][c].", "[Out][c] or [up and down][b].", "[Up][b] or [out][c], [down][a]."]
)
def test_two_links_to_one_address_may_become_one(text: str) -> None:
    unit = cut(LINKS)[1]

    assert [] == units.find_faults(unit, text, units.parse_translations([(unit, text)])[0])


@pytest.mark.parametrize("text", ["[Up, down and out][a].", "[Up][a] and [down][b], or out.", "Up, down, or [out][c]."])
def test_an_address_is_not_lost_with_its_link(text: str) -> None:
    unit = cut(LINKS)[1]

    assert any(
        "is lost" in fault for fault in units.find_faults(unit, text, units.parse_translations([(unit, text)])[0])
    )


def test_html_in_the_source_that_is_not_closed_does_not_make_every_translation_wrong() -> None:
    unit = cut("a <kbd>b")[1]

    assert [] == units.find_faults(unit, "{raw1}b", units.parse_translations([(unit, "{raw1}b")])[0])


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("_**Stop**_ now", "_**Stop**_ now"),
        ("*Stop **now***", "*Stop **now***"),
        ("A place[]{#place} here", "A place{keep1} here"),
    ],
)
def test_what_people_write_in_their_manuals_comes_back(body: str, message: str) -> None:
    unit = cut(body)[1]

    assert message == unit.message
    assert [] == units.find_faults(unit, unit.message, units.parse_translations([(unit, unit.message)])[0])


@pytest.mark.parametrize(
    ("body", "text"), [("Version 8.6\\* and on", "Versie 8.6\\* en later"), ("a \\[^x", "b \\[^x")]
)
def test_a_sign_that_the_source_shows_may_be_shown_by_the_translation(body: str, text: str) -> None:
    unit = cut(body)[1]

    assert [] == units.find_faults(unit, text, units.parse_translations([(unit, text)])[0])


def test_a_void_element_may_stand_anywhere() -> None:
    unit = cut("a<br>b<kbd>c<wbr></kbd>")[1]
    text = "{raw2}c{raw3}{raw4}{raw1}a"

    assert [] == units.find_faults(unit, text, units.parse_translations([(unit, text)])[0])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("~~Plain~~ words.", "a text struck out is not in the source (to print it as it is, write: \\~\\~Plain\\~\\~)"),
        ("Plain ~2-~3 words.", "a subscript is not in the source (to print it as it is, write: \\~2-\\~)"),
        ("Plain 10^6^ words.", "a superscript is not in the source (to print it as it is, write: \\^6\\^)"),
        ("**Plain words.", "** stays in the text: nothing closes it (to print it as it is, write: \\*\\*Plain)"),
        ("Plain `words.", "` stays in the text: nothing closes it (to print it as it is, write: \\`words.)"),
        ("Plain words[^1].", "[^ stays in the text: nothing closes it (to print it as it is, write: words\\[^1].)"),
        (
            "Plain words {#id .c}",
            (
                "{# stays in the text: such braces end a heading or a caption or follow [words], and are closed "
                "(to print it as it is, write: \\{#id)"
            ),
        ),
        ("Plain \u202e51 mg.", "the character U+202E is not one of a text"),
        ("Plain &#x202e;51 mg.", "&#x202e; is printed as another sign: write the sign itself, or \\&#x202e;"),
        ("\u200b", "there are no words in it"),
        ("&nbsp;", "&nbsp; is printed as another sign: write the sign itself, or \\&nbsp;"),
        ("Take 2\u2060500 mg.", "the character U+2060, which nobody sees, stands beside a figure"),
        ("Take O\u200b5 mg.", "the character U+200B, which nobody sees, stands beside a figure"),
        ("Take 5\u0338 mg.", "the character U+0338 is not one of a text"),
        ("Take [it][]{dose=500}.", "{dose=500} after brackets is not printed: write \\{dose=500}"),
        ("Take [it][B]{.x}.", "{.x} after brackets is not printed: write \\{.x}"),
        ("Take \\\t5 mg.", "a tab stands behind a backslash: write a space alone"),
        ("Take &#53;0 mg.", "&#53; is printed as another sign: write the sign itself, or \\&#53;"),
        ("[" * 28, "more than 8 square brackets are open inside one another"),
    ],
)
def test_a_translation_hides_and_strikes_nothing(text: str, fault: str) -> None:
    unit = cut("Plain words.")[1]

    assert fault in units.find_faults(unit, text, units.parse_translations([(unit, text)])[0])


@pytest.mark.parametrize("text", ["Take [it][B]{dose=5 mg}.", "Take [it][B]{dose}.", "Take [it][B]{= 5}."])
def test_braces_that_are_no_attributes_are_printed(text: str) -> None:
    unit = cut("Plain words.")[1]

    assert [] == [fault for fault in units.find_faults(unit, text, []) if "after brackets" in fault]


@pytest.mark.law
def test_attributes_after_brackets_are_those_that_pandoc_drops() -> None:
    parts = ("#a", ".b", "c=d", "c=", "-", "c='x y'", 'c="x', " ", "e", "#", "=", "1", "é=1", "\\x", "x=\\}", "–", "{")
    chance = random.Random(9)  # noqa: S311 - no secret, only variety
    texts = [f"[w][a]{{{''.join(chance.choices(parts, k=chance.randint(0, 4)))}}} end" for _ in range(1000)]
    paragraphs = support.document("\n\n".join(texts)).blocks

    assert len(texts) == len(paragraphs)
    for text, paragraph in zip(texts, paragraphs, strict=True):
        assert bool(ATTRIBUTES.search(text)) is ("{" not in tree.plain(paragraph["c"])), text


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("##Plain words.", "##"),
        ("::Plain words.", "::"),
        ("• Plain words.", "•"),
        ("Plain _words.", "_"),
        ("Plain words__.", "__"),
        ("Plain *words.", "*"),
        ("[Plain](words.", "]("),
        ("Plain] (https://a.example) words.", "]("),
    ],
)
def test_a_translation_leaves_no_more_of_markdown_than_a_source(text: str, sign: str) -> None:
    unit = cut("Plain words.")[1]
    faults = units.find_faults(unit, text, units.parse_translations([(unit, text)])[0])
    asked = support.locate(markdown.markdown_left(support.source_text(text, language="nl")))

    assert f"{sign[0] if sign == '##' else sign} stays in the text" in " ".join(faults)
    assert [fact for _, fact, _ in asked]


@pytest.mark.parametrize("text", ["Gewone Patient*innen.", "\\#Words", "\\#\\#Words", "\\_words", "2*3 words – yes."])
def test_a_sign_between_letters_and_one_that_stands_for_itself_may_be_shown(text: str) -> None:
    unit = cut("Plain words.")[1]

    assert [] == units.find_faults(unit, text, units.parse_translations([(unit, text)])[0])


def test_under_a_heading_of_safety_every_word_matters_down_to_the_next_of_its_level() -> None:
    body = "# A\n\nEen.\n\n## B {.safety}\n\nTwijfel.\n\n### C\n\nRust.\n\n## D\n\nLoop.\n\n# E\n\nDrink."
    extracted = units.extract_units([support.document(body, language="sw")])[0]

    assert ["B", "Twijfel.", "C", "Rust."] == [unit.message for unit in extracted if unit.safety]


def test_a_heading_in_a_warning_ends_no_warning() -> None:
    body = "## B {.safety}\n\n::: warning\n## C\n\nRust.\n\n# E\n\nDrink.\n:::\n\nLoop.\n\n## F\n\nSlaap."
    extracted = units.extract_units([support.document(body, language="sw")])[0]

    assert ["B", "C", "Rust.", "E", "Drink.", "Loop."] == [unit.message for unit in extracted if unit.safety]
