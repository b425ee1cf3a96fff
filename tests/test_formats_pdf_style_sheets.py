"""Style sheets that are parsed once, and do in every document what they do in the first."""

from __future__ import annotations

from typing import Any

import pytest

from polyleaf.errors import RenderError
from polyleaf.formats.pdf import layout, style_sheets
from polyleaf.model import Theme

STYLE = """
@page { size: 50mm 40mm }
@counter-style x { system: cyclic; symbols: '>' }
p { color: red }
li { list-style: x }
"""
PAGE = f'<html lang="en"><title>t</title><style>{STYLE}</style><body><p>%s</p><ul><li>b</li></ul></body></html>'


def options(text: str) -> dict[str, Any]:
    added: dict[str, Any] = {"page_rules": [], "counter_style": {}, "color_profiles": {}}
    return {"string": text, "base_url": "https://a.example", "media_type": "print", **added}


def parse(**given: Any) -> object:
    given["page_rules"].append("rule")
    given["counter_style"]["x"] = "counter"
    return object()


def test_a_text_is_parsed_once_and_adds_to_every_document() -> None:
    make = style_sheets.parse_once(parse)
    first, second, other = options("p {}"), options("p {}"), options("q {}")

    assert make(**first) is make(**second) is not make(**other)
    assert (["rule"], {"x": "counter"}) == (second["page_rules"], second["counter_style"])


@pytest.mark.parametrize("text", ["@import 'a.css';", "@FONT-FACE { }", "@layer a;"])
def test_what_belongs_to_one_document_is_parsed_for_each(text: str) -> None:
    make = style_sheets.parse_once(parse)

    assert make(**options(text)) is not make(**options(text))


def test_the_number_of_those_that_are_kept_is_bounded() -> None:
    make = style_sheets.parse_once(parse)
    first = make(**options("0"))
    for number in range(style_sheets.MOST + 1):
        make(**options(str(number)))

    assert first is not make(**options("0"))


def test_pages_look_the_same_with_a_style_sheet_that_was_parsed_before() -> None:
    pages = [layout.render_pdf(PAGE % "a", Theme()) for _ in range(2)]
    between = layout.render_pdf(PAGE % "c", Theme())

    assert pages[0] == pages[1] != between
    assert 50 / 25.4 * 96 == pytest.approx(layout.lay_out(PAGE % "d", Theme()).document.pages[0].width)


def test_a_style_sheet_that_is_wrong_is_told_of_every_time() -> None:
    for _ in range(2):
        with pytest.raises(RenderError, match="color"):
            layout.render_pdf(PAGE.replace("color: red", "color: nosuch") % "a", Theme())
