"""Figures: their words, and the same figure with other words. What is refused stands in test_bad_input.py."""

from __future__ import annotations

import pytest
from lxml import etree

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
    return f'<svg viewBox="0 0 90 90" xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode()


def harmless() -> bytes:
    return KNEE.replace(b"url(x) is fine in words only", b"colours")


def test_the_words_of_a_figure_come_with_their_lines() -> None:
    texts = svg.find_texts(svg.parse(harmless(), "knee.svg"))

    assert [(5, "A knee"), (11, "Bend slowly"), (13, "Seen from aside.")] == texts


def test_a_figure_with_its_own_words_keeps_its_markup() -> None:
    root = svg.parse(harmless(), "knee.svg")

    translated = svg.replace_texts(root, [(text, "") for _, text in svg.find_texts(root)], "en")

    assert b'Bend <tspan font-weight="700">slowly</tspan>' in translated


def test_a_figure_gets_other_words_and_keeps_the_rest() -> None:
    root = svg.parse(harmless(), "knee.svg")

    translated = svg.replace_texts(
        root, [("Een knie", ""), ("Buig <langzaam> & goed", ""), ("Seen from aside.", "")], "nl"
    )

    assert b"<title>Een knie</title>" in translated
    assert b">Buig &lt;langzaam&gt; &amp; goed</text>" in translated
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


ILLUSTRATOR = b"""<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
  <!ENTITY ns_extend "http://ns.adobe.com/Extensibility/1.0/">
  <!ENTITY ns_ai "http://ns.adobe.com/AdobeIllustrator/10.0/">
]>
<svg version="1.1" xmlns:x="&ns_extend;" xmlns:i="&ns_ai;" xmlns="http://www.w3.org/2000/svg" x="0px" y="0px"
  viewBox="0 0 60 40" style="enable-background:new 0 0 60 40;" xml:space="preserve" i:pageBounds="0 0 1 1">
<style type="text/css">.st0{fill:#336699;} .st1{font-family:'MyriadPro-Regular';} .st2{font-size:12px;}</style>
<switch>
  <foreignObject requiredExtensions="&ns_ai;" width="1" height="1"><i:pgfRef href="#a"></i:pgfRef></foreignObject>
  <g i:extraneous="self"><rect class="st0" width="60" height="40"/>
    <text transform="matrix(1 0 0 1 5 20)" class="st1 st2">Knee</text></g>
</switch>
<i:pgf id="a">eJzs</i:pgf>
</svg>"""


def test_what_illustrator_keeps_for_itself_is_left_out() -> None:
    figure = etree.tostring(svg.parse(ILLUSTRATOR, "knee.svg"), encoding="unicode")

    assert [(12, "Knee")] == svg.find_texts(svg.parse(ILLUSTRATOR, "knee.svg"))
    assert '<rect width="60" height="40" fill="#336699"/>' in figure
    assert not any(word in figure for word in ("adobe", "foreignObject", "pgf", "DOCTYPE", "class", "Myriad"))


def test_an_entity_that_is_more_than_an_address_is_refused() -> None:
    content = ILLUSTRATOR.replace(b"<!ENTITY ns_ai", b'<!ENTITY dose "two"> <!ENTITY ns_ai')

    with pytest.raises(SourceError, match=r"knee.svg:1: the entity dose may not be") as refused:
        svg.parse(content, "knee.svg")

    assert "Illustrator" in refused.value.hint


LABEL = """<switch><foreignObject><div xmlns="http://www.w3.org/1999/xhtml">Take <b>two</b></div></foreignObject>
<text x="9" y="9" font-size="5">{}</text></switch>"""


def test_of_two_ways_to_write_a_label_the_drawn_one_stays() -> None:
    assert [(2, "Take two")] == svg.find_texts(svg.parse(drawing(LABEL.format("Take two")), "knee.svg"))


def test_a_label_that_is_cut_off_where_it_is_drawn_is_refused() -> None:
    with pytest.raises(SourceError, match=r"knee.svg:1: the words 'Take two' are in a <foreignObject>") as refused:
        svg.parse(drawing(LABEL.format("Take...")), "knee.svg")

    assert "switch off Formatted Text and Word Wrap" in refused.value.hint


def test_a_link_is_left_out_of_a_drawing_with_what_it_leads_from_in_its_place() -> None:
    linked = """<a href="https://a.example/knee"><rect width="9" height="9"/><text x="9" y="9">Take
    <a href="javascript:alert(1)">two</a></text></a>"""
    content = drawing(linked)

    root = svg.parse(content, "knee.svg")

    assert ["https://a.example/knee", "javascript:alert(1)"] == svg.find_links(content, "knee.svg")
    assert ["Take two"] == [text for _, text in svg.find_texts(root)]
    assert ["svg", "g", "rect", "text", "tspan"] == [etree.QName(element).localname for element in root.iter()]
    assert b"href" not in etree.tostring(root)


def test_a_text_of_several_lines_is_read_as_words_and_keeps_its_lines_in_another_language() -> None:
    lines = """<text x="5" y="9" style="font-size:8px"><tspan x="5" y="9" style="fill:red">Take two</tspan><tspan x="5"
    y="19">tablets now</tspan></text>"""
    root = svg.parse(drawing(lines), "knee.svg")

    translated = svg.replace_texts(root, [("Neem nu twee tabletten in", "")], "nl")

    assert ["Take two tablets now"] == [text for _, text in svg.find_texts(root)]
    spans = etree.fromstring(translated)[0]
    assert [("9", "red", "Neem nu"), ("19", None, "twee tabletten in")] == [
        (span.get("y"), span.get("fill"), span.text) for span in spans
    ]


@pytest.mark.parametrize(
    ("anchor", "turned"), [("", "end"), ('text-anchor="end"', "start"), ('text-anchor="middle"', "middle")]
)
def test_a_text_is_read_from_the_right_where_its_translation_is_and_stays_where_it_was(
    anchor: str, turned: str
) -> None:
    root = svg.parse(drawing(f'<g {anchor}><text x="9" y="9">≥ 12 years → 500 mg</text></g>'), "knee.svg")

    translated = etree.fromstring(svg.replace_texts(root, [("≥ 12 سنة → 500 mg", "")], "ar"))[0][0]

    assert ("rtl", turned) == (translated.get("direction"), translated.get("text-anchor"))


def test_a_fault_comes_with_its_line() -> None:
    with pytest.raises(SourceError, match=r"^source/knee.svg:3: <script> may not be in a figure"):
        svg.parse(drawing("\n\n<script/>"), "source/knee.svg")


RECTANGLE = '<rect width="1" height="1"/>'
MARKER = f'<marker id="a">{RECTANGLE * 1000}</marker>'
TOO_MANY = "more than 50000 shapes, counted as often as they are drawn"
TOO_LONG = "more than 1 seconds to read"
HIDDEN = '<g visibility="hidden">'

ENORMOUS = {
    "copies": ('<use href="#a"/>' * 500 + f'<g id="a">{RECTANGLE * 500}</g>', TOO_MANY),
    "markers": (MARKER + f'<polyline marker-mid="url(#a)" points="{"0,0 " * 200}"/>', TOO_MANY),
    "markers around": (MARKER + f'<g marker-mid="url(#a)"><path d="M0 0{"L1 1" * 200}"/></g>', TOO_MANY),
    "rules": (f"<style>{'.a{fill:red}' * 2000}</style>" + '<rect class="a"/>' * 2000, TOO_LONG),
    "hidden groups": (HIDDEN * 200 + RECTANGLE * 9000 + "</g>" * 200, TOO_LONG),
}
"""Drawings of some kilobytes that programs draw, or we read, for minutes."""


@pytest.mark.parametrize(("inside", "fact"), ENORMOUS.values(), ids=ENORMOUS)
def test_a_drawing_that_takes_too_long_is_refused(inside: str, fact: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(svg, "SECONDS", 1)
    with pytest.raises(SourceError, match=rf"^knee\.svg:1: this drawing .*{fact}"):
        svg.parse(drawing(inside), "knee.svg")


@pytest.mark.law
def test_many_copies_of_a_shape_that_comes_last_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(svg, "SECONDS", 30)  # three alone; it took minutes when it grew with the square
    root = svg.parse(drawing('<use href="#a"/>' * 9000 + RECTANGLE * 9000 + '<circle id="a" r="1"/>'), "knee.svg")

    assert 18_002 == sum(1 for _ in root.iter())


@pytest.mark.parametrize(("weight", "read"), [("²", "²"), ("7" * 5000, "700"), ("599.5", "400"), ("Bold", "700")])
def test_a_weight_of_letters_may_be_anything(weight: str, read: str) -> None:
    root = svg.parse(drawing(f'<text font-weight="{weight}">Bend</text>'), "knee.svg")

    assert [read] == [element.get("font-weight") for element in root.iter() if element.get("font-weight")]
