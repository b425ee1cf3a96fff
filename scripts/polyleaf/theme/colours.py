"""Colours of a theme in each scheme: the default ones, those that a project sets, and those made of these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from polyleaf.model import Theme
from polyleaf.theme.contrast import MIDDLE, TEXT, find_shade, luminance, mix, ratio

Scheme = Mapping[str, str]
"""Colours, `#rrggbb`, by the names that the style sheets have for them."""

LIGHT = {
    "paper": "#ffffff",
    "ink": "#17262b",
    "brand": "#0d5a52",
    "link": "#0b4f8a",
    "tint": "#eaf3f0",
    "warning": "#8a4a00",
    "warning-tint": "#fff6e8",
    "now": "#a3141c",
    "now-tint": "#fdf0ef",
    "appointment": "#0b4f8a",
    "appointment-tint": "#eff5fb",
    "quiet": "#3d4f58",
    "quiet-tint": "#f2f5f6",
}
"""The colours that a project can set: their defaults on a light page."""

DARK = {
    "paper": "#12191b",
    "ink": "#e6eeec",
    "brand": "#84d3c4",
    "link": "#93c5fb",
    "tint": "#1a2a2a",
    "warning": "#f6bd6a",
    "warning-tint": "#2b2213",
    "now": "#ff9c98",
    "now-tint": "#331a1b",
    "appointment": "#93c5fb",
    "appointment-tint": "#152434",
    "quiet": "#b8c7cd",
    "quiet-tint": "#1c2528",
}
"""The same on a dark page."""

KEYS = tuple(LIGHT)
HUES = ("brand", "link", "warning", "now", "appointment", "quiet")
"""The colours of which the dark scheme gets its own shade where a project sets the light one only."""

SPRIG = {"": 0.92, "-2": 0.84, "-3": 0.72, "-4": 0.62, "-5": 0.5, "-6": 0.4}
"""The greens of the drawing on the cover, and how much of the brand's colour is in each."""

MEDIUM = ("brand", "warning", "now", "appointment", "quiet")
"""The colours that books have in a middle tone, since nobody knows the colour of their pages."""

DERIVED: Mapping[str, Scheme] = {
    "light": {
        "soft": "#44565e",
        "line": "#9db3ad",
        "focus": "#0b4f8a",
        "leaf": "#d5e8e2",
        "leaf-deep": "#c3ddd5",
        "disc": "#dcece6",
        "sprig": "#1f7469",
        "sprig-2": "#2c8577",
        "sprig-3": "#46998b",
        "sprig-4": "#5fa596",
        "sprig-5": "#7cb9ab",
        "sprig-6": "#97cabe",
        "brand-medium": "#2b857a",
        "warning-medium": "#b06000",
        "now-medium": "#d0333a",
        "appointment-medium": "#2f78bd",
        "quiet-medium": "#667b85",
        "line-medium": "#84958f",
    },
    "dark": {"soft": "#b3c3c1", "line": "#4d6462", "focus": "#ffd479", "leaf": "#21393a", "leaf-deep": "#294646"},
}
"""Default colours that are made of those; each stays where none that it is made of is set."""

DISTANCE = 7.0
"""The contrast with the page of a colour of the dark scheme that is made from the light one (WCAG 2.2, SC 1.4.6)."""

BOXES = ("tint", "quiet-tint", "warning-tint", "now-tint", "appointment-tint")
GROUNDS = ("paper", *BOXES)
"""What running text stands on."""

_TINT = (0.08, 0.06, 0.04, 0.02)
_LEAF = (0.16, 0.12, 0.08, 0.04)
_DEEP = (0.24, 0.18, 0.12, 0.06)

MIXES: Sequence[tuple[str, str, str, tuple[float, ...], tuple[str, ...]]] = (
    *((f"{key}-tint", key, "paper", _TINT, (key, "ink", "soft")) for key in ("warning", "now", "appointment", "quiet")),
    ("tint", "brand", "paper", _TINT, ("brand", "ink", "soft")),
    ("leaf", "brand", "paper", _LEAF, ("brand", "ink", "soft")),
    ("leaf-deep", "brand", "paper", _DEEP, ("brand", "ink", "soft")),
    ("disc", "brand", "paper", _LEAF, ("brand", "ink", "soft")),
    ("soft", "ink", "paper", (0.82, 0.86, 0.9, 0.95, 1), (*GROUNDS, "leaf", "leaf-deep")),
    ("line", "brand", "paper", (0.4,), ()),
    *((f"sprig{at}", "brand", "paper", (share,), ()) for at, share in SPRIG.items()),
)
"""Mixed colours: name, colour, ground, shares of the colour (0 to 1), and what the mix must be legible with.

The first share with which it is legible is taken; the last, when there is none.
"""

FOLLOWS: Mapping[str, tuple[str, ...]] = {
    **{key: (colour, ground) for key, colour, ground, _, _ in MIXES},
    **{f"{key}-medium": (key,) for key in MEDIUM},
    "focus": ("link",),
}
"""The colours that each one is made of where it is not set."""


def schemes(theme: Theme) -> dict[str, Scheme]:
    """Return the colours of *theme*: `light` and `dark` pages, `print`, the `epub` and its `cover`.

    What is printed stands on white paper, whatever a screen shows. A colour that is set for light pages alone gets a
    dark one of its hue that stands far enough from the dark page.
    """
    light = _scheme("light", LIGHT, theme.colours)
    dark_page = theme.dark.get("paper", DARK["paper"])
    hues = {key: _darkened(theme.colours[key], dark_page) for key in HUES if key in theme.colours}
    dark = _scheme("dark", DARK, {**hues, **theme.dark})
    paper = {**light, "paper": "#ffffff"}
    return {"light": light, "dark": dark, "print": paper, "epub": paper, "cover": paper}


@cache
def _darkened(colour: str, page: str) -> str:
    wanted = DISTANCE * (luminance(page) + 0.05) - 0.05
    return colour if luminance(colour) >= wanted else find_shade(colour, wanted)


def _scheme(name: str, defaults: Mapping[str, str], given: Mapping[str, str]) -> Scheme:
    """Return the colours of the scheme *name*: its *defaults*, with those *given* and those made of these."""
    colours = {**defaults, **DERIVED[name], **given}
    new = set(given)
    for key, colour, ground, shares, others in MIXES:
        if key not in given and {colour, ground} & new and key in colours:
            mixes = [mix(colours[colour], colours[ground], share) for share in shares]
            legible = (mixed for mixed in mixes if all(ratio(mixed, colours[other]) >= TEXT for other in others))
            colours[key] = next(legible, mixes[-1])
    if "link" in new:
        colours["focus"] = colours["link"]
    if name == "light":
        colours |= {f"{key}-medium": find_shade(colours[key], MIDDLE) for key in MEDIUM if key in new}
    return colours
