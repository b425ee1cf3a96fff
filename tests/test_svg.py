"""Figures: their words, and the same figure with other words. What is refused stands in test_bad_input.py."""

from __future__ import annotations

import pytest

from polyleaf import svg
from polyleaf.errors import SourceError

KNEE = b"""<?xml version="1.0"?>
<!-- drawn by hand -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
     viewBox="0 0 9 9" inkscape:version="1.3">
  <title>A knee</title>
  <metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" rdf:about=""/></metadata>
  <style>/* url(x) is fine in words only */ text { fill: #123; stroke: url( "#line" ) }</style>
  <defs><linearGradient id="line"><stop offset="0"/></linearGradient><g id="dot"><circle r="1"/></g></defs>
  <use href="#dot"/><use href="#dot" x="3"/>
  <image href="data:image/png;base64,AAAA"/>
  <text x="1">Bend <tspan font-weight="bold">slowly</tspan></text>
  <text> </text>
  <desc>Seen
    from aside.</desc>
</svg>
<!-- the end -->"""


def drawing(inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode()


def harmless() -> bytes:
    return KNEE.replace(b"url(x) is fine in words only", b"colours")


def test_the_words_of_a_figure_come_with_their_lines() -> None:
    texts = svg.find_texts(svg.parse(harmless(), "knee.svg"))

    assert [(5, "A knee"), (11, "Bend slowly"), (13, "Seen from aside.")] == texts


def test_a_figure_with_its_own_words_keeps_its_markup() -> None:
    root = svg.parse(harmless(), "knee.svg")

    translated = svg.replace_texts(root, [(text, "") for _, text in svg.find_texts(root)], "en")

    assert b'Bend <tspan font-weight="bold">slowly</tspan>' in translated


def test_a_figure_gets_other_words_and_keeps_the_rest() -> None:
    root = svg.parse(harmless(), "knee.svg")

    translated = svg.replace_texts(
        root, [("Een knie", ""), ("Buig <langzaam> & goed", ""), ("Seen from aside.", "")], "nl"
    )

    assert b"<title>Een knie</title>" in translated
    assert b'<text x="1">Buig &lt;langzaam&gt; &amp; goed</text>' in translated
    assert b"Seen\n    from aside." in translated


def test_a_figure_is_not_changed_by_giving_it_other_words() -> None:
    root = svg.parse(harmless(), "knee.svg")

    svg.replace_texts(root, [("a", ""), ("b", ""), ("c", "")], "nl")

    assert "A knee" == svg.find_texts(root)[0][1]


def test_other_words_can_be_in_any_writing() -> None:
    translated = svg.replace_texts(svg.parse(drawing("<title>A knee</title>"), "knee.svg"), [("رُكبة 膝", "")], "ar")

    assert "رُكبة 膝" == svg.find_texts(svg.parse(translated, "knee.svg"))[0][1]


def test_even_a_comment_in_a_style_sheet_may_not_hide_an_address() -> None:
    hidden = drawing("""<style>a { content: "/*" } b { fill: url(https://a.example) } c { content: "*/" }</style>""")

    with pytest.raises(SourceError, match="style sheet that loads"):
        svg.parse(hidden, "knee.svg")


@pytest.mark.parametrize("paint", ["url(#a)", "url( '#a' )", 'url("#a") none', "URL(#A)", "#123", "none"])
def test_paint_from_the_figure_itself_is_fine(paint: str) -> None:
    quoted = paint.replace('"', "&quot;")

    assert [] == svg.find_texts(svg.parse(drawing(f'<rect fill="{quoted}"/>'), "knee.svg"))


def test_a_use_of_nothing_is_no_danger() -> None:
    assert [] == svg.find_texts(svg.parse(drawing('<use/><use href="#gone"/>'), "knee.svg"))


def test_a_fault_comes_with_its_line() -> None:
    with pytest.raises(SourceError, match=r"^source/knee.svg:3: <script> may not be in a figure"):
        svg.parse(drawing("\n\n<script/>"), "source/knee.svg")
