"""Colours: their contrast, what follows from those that are set, and that the style sheets use no pair unknown here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import tinycss2

from polyleaf import templates
from polyleaf.model import DEFAULT_THEME, Organisation, Picture, Theme
from polyleaf.theme import colours

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAFLET = ("base.css", "screen.css", "print.css")
REPORTS = ("reports/review.css", "reports/review-screen.css", "reports/review-print.css", "reports/status.css")
DATA = ("cover.css", "epub.css")
COLOURS = set(colours.schemes(DEFAULT_THEME)["light"])
LOGO = Picture("media/logo.svg", b"<svg viewBox='0 0 9 9' xmlns='http://www.w3.org/2000/svg'/>")

# Contrast. The expected figures are those of WCAG's own examples and of its definition.


@pytest.mark.parametrize(
    ("front", "back", "expected"),
    [("#000000", "#ffffff", "21.00:1"), ("#777777", "#ffffff", "4.47:1"), ("#7fbfae", "#ffffff", "2.10:1")],
)
def test_the_contrast_is_that_of_wcag(front: str, back: str, expected: str) -> None:
    assert (
        expected == colours.format_ratio(colours.ratio(front, back)) == colours.format_ratio(colours.ratio(back, front))
    )


def test_a_contrast_that_is_too_low_never_looks_like_enough() -> None:
    assert "4.49:1" == colours.format_ratio(4.4999)


def test_the_nearest_colour_keeps_its_hue_and_passes() -> None:
    nearest = colours.find_nearest("#7fbfae", lambda shade: colours.ratio(shade, "#ffffff") >= colours.TEXT)
    red, green, blue = (int(nearest[at : at + 2], 16) for at in (1, 3, 5))

    assert 4.5 <= colours.ratio(nearest, "#ffffff") < 4.6
    assert green > blue > red


def test_no_colour_is_offered_where_none_passes() -> None:
    assert "" == colours.find_nearest("#7fbfae", lambda _: False)


# The default theme, and what follows from a colour that is set.


@pytest.mark.parametrize("theme", [DEFAULT_THEME, Theme(logo=LOGO, organisation=Organisation("H"))])
def test_the_default_theme_passes_its_own_gate(theme: Theme) -> None:
    assert [] == [pair for pair in colours.measure_contrasts(theme) if not pair.passes]
    assert [] == colours.find_faults(theme, "x")


@pytest.mark.parametrize("brand", ["#003082", "#7a0019", "#00594c", "#5c2483", "#9b0058", "#333333", "#6d5a00"])
def test_what_follows_from_a_legible_colour_is_legible(brand: str) -> None:
    assert [] == colours.find_faults(Theme(colours={"brand": brand, "link": brand, "appointment": brand}), "x")


def test_a_light_colour_has_a_dark_one_of_its_own() -> None:
    dark = colours.schemes(Theme(colours={"brand": "#003082"}))["dark"]

    assert 7 <= colours.ratio(dark["brand"], dark["paper"])
    assert colours.schemes(DEFAULT_THEME)["dark"]["tint"] != dark["tint"]
    assert colours.schemes(DEFAULT_THEME)["dark"]["warning"] == dark["warning"]


def test_a_dark_colour_that_is_set_stays() -> None:
    theme = Theme(colours={"brand": "#003082"}, dark={"brand": "#ffee88"})

    assert "#ffee88" == colours.schemes(theme)["dark"]["brand"]


def test_paper_is_white_whatever_a_screen_shows() -> None:
    by_scheme = colours.schemes(Theme(colours={"paper": "#fdf6e3"}))

    assert ("#fdf6e3", "#ffffff") == (by_scheme["light"]["paper"], by_scheme["print"]["paper"])


# Themes that are refused.


BREAKABLE = [pair for pair in colours.measure_contrasts(DEFAULT_THEME) if pair.scheme != "epub"]


@pytest.mark.parametrize("pair", BREAKABLE[::15], ids=str)
def test_a_pair_that_is_broken_is_found(pair: colours.Pair) -> None:
    assert_found(pair)


@pytest.mark.law
@pytest.mark.parametrize("pair", BREAKABLE, ids=str)
def test_every_pair_that_is_broken_is_found(pair: colours.Pair) -> None:
    assert_found(pair)


def assert_found(pair: colours.Pair) -> None:
    """Set one of the two colours to the other, and see that the theme is refused for it."""
    settable = [
        key for key in (pair.front, pair.back) if key in colours.KEYS and (pair.scheme, key) != ("print", "paper")
    ]
    key = next(iter([*settable, *colours.FOLLOWS.get(pair.front, ())]))
    other = pair.colours[0] if key == pair.back else pair.colours[1]
    is_dark = pair.scheme == "dark"
    theme = Theme(dark={key: other}) if is_dark else Theme(colours={key: other})
    broken = next(
        measured
        for measured in colours.measure_contrasts(theme)
        if (pair.scheme, pair.front, pair.back) == (measured.scheme, measured.front, measured.back)
    )
    faults = [error.message for error in colours.find_faults(theme, "source/theme.toml")]

    assert not broken.passes
    assert [
        fault
        for fault in faults
        if fault.startswith(f"source/theme.toml: [{'dark' if is_dark else 'colours'}] {key}: #")
    ]


@pytest.mark.parametrize("key", [key for key in colours.KEYS if key != "paper"])
def test_the_colour_that_is_offered_is_accepted(key: str) -> None:
    fault = colours.find_faults(Theme(colours={key: "#7f9f8f"}), "x")[0]
    offered = re.search(r'= "(#[0-9a-f]{6})"', fault.hint)

    assert offered
    assert [] == colours.find_faults(Theme(colours={key: offered[1]}), "x")


@pytest.mark.law
def test_a_fault_says_place_figures_and_the_way_out() -> None:
    fault = colours.find_faults(Theme(colours={"brand": "#7fbfae"}), "source/theme.toml")[0]

    fact = "#7fbfae on #ffffff has a contrast of 2.10:1, and text needs 4.5:1 (light: brand on paper"
    assert fault.message.startswith(f"source/theme.toml: [colours] brand: {fact}")
    assert 'brand = "#' in fault.hint


def test_what_follows_from_black_is_legible_in_the_dark() -> None:
    assert [] == colours.find_faults(Theme(colours=dict.fromkeys(colours.HUES, "#000000")), "x")


@pytest.mark.law
def test_there_is_no_colour_to_offer_when_another_is_wrong_as_well() -> None:
    faults = colours.find_faults(Theme(dark={"paper": "#888888", "ink": "#777777"}), "x")

    assert {"[dark] paper", "[dark] ink"} == {error.message.split(": ")[1] for error in faults}


def test_a_logo_takes_the_place_of_the_drawings() -> None:
    shown = {name for pair in colours.measure_contrasts(Theme(logo=LOGO)) for name in (pair.front, pair.back)}

    assert not shown & colours.DRAWN


# The style sheets: every colour they use is known, and every pair.


def rules(sheet: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the selectors of *sheet*, each with its declarations, those in media queries and pages too."""
    queue = tinycss2.parse_stylesheet(templates.read_asset(sheet), skip_comments=True, skip_whitespace=True)
    while queue:
        rule = queue.pop(0)
        if rule.type == "at-rule" and rule.at_keyword == "media":
            queue += tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        elif rule.content is not None:
            parts: list[Any] = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            declared = {part.name: tinycss2.serialize(part.value) for part in parts if part.type == "declaration"}
            for selector in tinycss2.serialize(rule.prelude).split(","):
                yield selector.strip(), declared


def used(value: str) -> list[str]:
    """Return the colours that *value* takes from the theme."""
    return [name for name in re.findall(r"var\(--([\w-]+)\)", value) if name in COLOURS]


def surface(declared: dict[str, str]) -> list[str]:
    return [name for key, value in declared.items() if key.startswith("background") for name in used(value)]


SURFACES = {
    name: surfaces[0]
    for sheet in (*LEAFLET, *REPORTS)
    for selector, declared in rules(sheet)
    if (surfaces := surface(declared))
    for name in re.findall(r"^\.[\w-]+$", selector)
}
"""What the boxes with a background of their own have for one."""


def uses(sheet: str) -> Iterator[tuple[str, str, float]]:
    """Yield what *sheet* draws on what, and the least contrast of it; `*` is whatever text may stand on."""
    for selector, declared in rules(sheet):
        own = surface(declared)
        around = [SURFACES[name] for name in re.findall(r"\.[\w-]+", selector) if name in SURFACES]
        grounds = own or around[-1:] or (["paper"] if sheet in REPORTS else ["*"])
        for key, value in declared.items():
            if key == "color":
                yield from ((front, back, colours.TEXT) for front in used(value) for back in grounds)
            elif key.startswith(("border", "outline", "text-decoration")):
                yield from ((front, "paper", colours.SIGN) for front in used(value))


def known(front: str, back: str, asked: float, scheme: str) -> bool:
    if front in colours.DECORATION:
        return asked < colours.TEXT
    table = {
        (pair.front, pair.back): pair.asked
        for pair in colours.measure_contrasts(DEFAULT_THEME)
        if pair.scheme == scheme
    }
    backs = colours.GROUNDS if back == "*" else (back,)
    return all(table.get((front, ground), 0) >= asked for ground in backs)


@pytest.mark.parametrize("sheet", [*LEAFLET, *REPORTS])
def test_the_table_knows_every_pair_of_the_style_sheets(sheet: str) -> None:
    pairs = set(uses(sheet))

    assert pairs
    assert [] == sorted(pair for pair in pairs for scheme in ("light", "dark") if not known(*pair, scheme))


def test_a_pair_that_nobody_knows_would_be_found() -> None:
    assert not known("quiet", "*", colours.TEXT, "light")
    assert not known("line", "paper", colours.TEXT, "light")
    assert not known("warning", "now-tint", 7, "dark")


@pytest.mark.parametrize("sheet", [*LEAFLET, *REPORTS])
def test_text_stands_on_nothing_that_the_table_does_not_know(sheet: str) -> None:
    grounds = {name for _, declared in rules(sheet) for name in surface(declared)}

    assert set() == grounds - {*colours.GROUNDS, "ink"}


ON_WHITE = {"main img", ":not(.logo) > img", "img", "figure img", "figure svg", ".logo img"}
"""Images and figures are drawn on white, whatever is behind them."""


@pytest.mark.parametrize("sheet", [*LEAFLET, *REPORTS, *DATA])
def test_a_style_sheet_has_no_colour_of_its_own(sheet: str) -> None:
    """A figure is drawn on white; else only names of colours of the theme stand here."""
    values = [
        (selector, value)
        for selector, declared in rules(sheet)
        for value in declared.values()
        if re.search(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", value)
    ]

    assert set() == {selector for selector, _ in values} - ON_WHITE
    assert {"#fff"} >= {value.strip() for _, value in values}


@pytest.mark.parametrize("sheet", [*LEAFLET, *REPORTS, *DATA])
def test_every_name_that_a_style_sheet_uses_is_there(sheet: str) -> None:
    text = "".join(map(templates.read_asset, {sheet, *LEAFLET} if sheet not in DATA else {sheet}))
    defined = set(re.findall(r"--([\w-]+):", templates.styles(DEFAULT_THEME) + text))

    assert set() == set(re.findall(r"var\(--([\w-]+)\)", templates.read_asset(sheet))) - defined - {"drawing"}


def test_the_middle_tones_and_the_cover_are_of_the_table() -> None:
    epub = {name for _, declared in rules("epub.css") for value in declared.values() for name in used(value)}
    cover = {name for _, declared in rules("cover.css") for value in declared.values() for name in used(value)}

    assert {*colours.MEDIUM, "line"} - {"brand"} <= epub | {"brand"} == {*colours.MEDIUM, "line"}
    assert {"ink", "brand", "quiet", "tint"} == cover
