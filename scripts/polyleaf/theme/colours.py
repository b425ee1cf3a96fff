"""Colours of a theme in each scheme (the default ones, those that are set, those made of these), and their contrast.

A colour is `#rrggbb`. The contrast (WCAG 2.2) of each pair that means something is measured; too little is an error.
"""

from __future__ import annotations

import colorsys
import math
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain

from polyleaf.errors import ConfigError
from polyleaf.model import Theme

TEXT = 4.5
"""What text needs (WCAG 2.2, SC 1.4.3 Contrast, Minimum); large text gets no discount here, since sizes can change."""

SIGN = 3.0
"""What borders, icons and marks of focus that mean something need (WCAG 2.2, SC 1.4.11 Non-text Contrast)."""

DARKEST = 0.04045
"""The value of sRGB below which its curve is a straight line (IEC 61966-2-1)."""

STEPS = 200
"""The steps of lightness of a hue in which a shade is looked for."""

MIDDLE = math.sqrt(1.05 * 0.05) - 0.05
"""The luminance with the same contrast to white as to black."""

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

PAGES = {"white": "#ffffff", "sepia": "#f4ecd8", "black": "#000000"}
"""Pages of reading systems, which bring their own."""

SCHEMES = ("light", "dark", "print")

CONTRASTS: Sequence[tuple[Sequence[str], Sequence[str], Sequence[str], float]] = (
    (SCHEMES, ("ink", "soft", "link", "brand"), GROUNDS, TEXT),
    (SCHEMES, ("warning",), ("warning-tint", "paper"), TEXT),
    (SCHEMES, ("now",), ("now-tint", "paper"), TEXT),
    (SCHEMES, ("appointment",), ("appointment-tint", "paper"), TEXT),
    (SCHEMES, ("quiet",), ("quiet-tint", "paper"), TEXT),
    (SCHEMES, ("quiet",), ("tint",), SIGN),
    (SCHEMES, ("warning", "now"), ("now-tint",), TEXT),
    (SCHEMES, ("paper",), ("brand", "warning", "now", "appointment", "quiet"), SIGN),
    (("light", "dark"), ("paper",), ("ink",), TEXT),
    (("light", "dark"), ("focus",), GROUNDS, SIGN),
    (SCHEMES, ("ink", "brand", "soft"), ("leaf", "leaf-deep"), TEXT),
    (("epub",), tuple(f"{key}-medium" for key in MEDIUM), tuple(PAGES), SIGN),
    (("epub",), ("white",), tuple(f"{key}-medium" for key in MEDIUM), SIGN),
    (("cover",), ("ink", "brand"), ("tint", "disc"), TEXT),
    (("cover",), ("quiet",), ("tint", "disc"), SIGN),
)
"""The pairs that mean something: schemes, foregrounds, grounds, the least contrast of each.

`paper` on a colour is the drawing in an icon. Left out is what only decorates: `line` under rows and beside quotations,
the sprig of the cover.
"""

DECORATION = frozenset(("line", "line-medium"))
DRAWN = frozenset(("leaf", "leaf-deep", "disc"))
"""Colours of drawings that a logo replaces."""


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


@cache
def luminance(colour: str) -> float:
    """Return the relative luminance, 0 to 1, of `#rrggbb` (WCAG 2.2, definition of relative luminance)."""
    red, green, blue = map(_linear, _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
def ratio(colour: str, ground: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    darker, lighter = sorted((luminance(colour), luminance(ground)))
    return (lighter + 0.05) / (darker + 0.05)


def format_ratio(figure: float) -> str:
    """Return the contrast *figure* as `4.49:1`: cut and not rounded, so that no colour seems to pass that does not."""
    return f"{math.floor(figure * 100) / 100:.2f}:1"


def mix(colour: str, ground: str, share: float) -> str:
    """Return *ground* with a *share* (0 to 1) of *colour* in it."""
    pairs = zip(_parts(colour), _parts(ground), strict=True)
    return _hex(*(share * part + (1 - share) * under for part, under in pairs))


def find_nearest(colour: str, passes: Callable[[str], bool]) -> str:
    """Return the colour nearest to *colour* that *passes*, with its hue and saturation (HLS); "" when none does."""
    hue, light, saturation = colorsys.rgb_to_hls(*_parts(colour))
    down, up = round(light * STEPS), round((1 - light) * STEPS)
    steps = sorted(chain(range(-down, 0), range(1, up + 1)), key=abs)
    shades = (_hex(*colorsys.hls_to_rgb(hue, min(max(light + step / STEPS, 0), 1), saturation)) for step in steps)
    return next((shade for shade in shades if passes(shade)), "")


def find_shade(colour: str, least: float) -> str:
    """Return the darkest shade of the hue of *colour* with a luminance of at *least* so much (0 to 1), or white."""
    hue, _, saturation = colorsys.rgb_to_hls(*_parts(colour))
    shades = [step / STEPS for step in range(STEPS + 1)]
    at = bisect_left(shades, least, key=lambda light: luminance(_hex(*colorsys.hls_to_rgb(hue, light, saturation))))
    return _hex(*colorsys.hls_to_rgb(hue, shades[min(at, STEPS)], saturation))


def _linear(part: float) -> float:
    return part / 12.92 if part <= DARKEST else ((part + 0.055) / 1.055) ** 2.4


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hex(*parts: float) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


@dataclass(frozen=True, slots=True)
class Pair:
    """A colour on another in a scheme, the contrast that they have, and the least that they may have."""

    scheme: str
    front: str
    back: str
    colours: tuple[str, str]
    ratio: float
    asked: float

    @property
    def passes(self) -> bool:
        """Whether the contrast is enough."""
        return self.ratio >= self.asked


def measure_contrasts(theme: Theme) -> list[Pair]:
    """Return every pair of *theme*, each once, with the most that is asked of it."""
    pairs: dict[tuple[str, str, str], Pair] = {}
    by_scheme = {name: {**colours, **PAGES} for name, colours in schemes(theme).items()}
    for names, fronts, backs, asked in CONTRASTS:
        for key in ((name, front, back) for name in names for front in fronts for back in backs):
            if theme.logo and DRAWN & {*key}:
                continue
            name, front, back = key
            colours = by_scheme[name][front], by_scheme[name][back]
            least = max(asked, pairs[key].asked if key in pairs else 0)
            pairs[key] = Pair(name, front, back, colours, ratio(*colours), least)
    return list(pairs.values())


def find_faults(theme: Theme, path: str) -> list[ConfigError]:
    """Return an error for each colour of the theme's file *path* that is not legible: its worst pair, and a remedy.

    Pairs of which nothing is set are the default ones, and pass.
    """
    by_setting: dict[tuple[str, str], list[Pair]] = {}
    for pair in measure_contrasts(theme):
        if not pair.passes:
            by_setting.setdefault(_culprit(pair, theme), []).append(pair)
    return [_fault(theme, setting, pairs, path) for setting, pairs in by_setting.items()]


def _fault(theme: Theme, setting: tuple[str, str], pairs: Sequence[Pair], path: str) -> ConfigError:
    table, key = setting
    given: Mapping[str, str] = getattr(theme, table)
    own = [pair for pair in pairs if given[key] in pair.colours] or pairs
    worst = min(own, key=lambda pair: ("paper" not in {pair.front, pair.back}, pair.ratio / pair.asked))
    purpose = "text" if worst.asked == TEXT else "a border or sign"
    pair = f"{worst.scheme}: {worst.front} on {worst.back}"
    front, back = worst.colours
    fact = f"{front} on {back} has a contrast of {format_ratio(worst.ratio)}, and {purpose} needs {worst.asked:g}:1"
    others = f"; {len(pairs) - 1} more pairs are too weak" if len(pairs) > 1 else ""
    return ConfigError(f"{path}: [{table}] {key}: {fact} ({pair}{others})", hint=_offer(theme, table, key))


def _offer(theme: Theme, table: str, key: str) -> str:
    given: Mapping[str, str] = getattr(theme, table)

    def passes(colour: str) -> bool:
        changed = {**given, key: colour}
        tried = replace(theme, dark=changed) if table == "dark" else replace(theme, colours=changed)
        return all(pair.passes for pair in measure_contrasts(tried) if _culprit(pair, tried) == (table, key))

    nearest = find_nearest(given[key], passes)
    if nearest:
        return f'The nearest colour of this hue that is legible everywhere: {key} = "{nearest}".'
    return "No colour of this hue is legible with the others: change what it stands on, or take it out."


def _culprit(pair: Pair, theme: Theme) -> tuple[str, str]:
    """Return the table and the key to which *pair* owes its colours; ("", "") for a pair of default colours."""
    settings = (setting for name in (pair.front, pair.back) for setting in _settings(name, pair.scheme, theme))
    return next(settings, ("", ""))


def _settings(name: str, scheme: str, theme: Theme) -> Iterator[tuple[str, str]]:
    """Yield the settings by which the colour *name* of *scheme* is what it is."""
    table = "dark" if scheme == "dark" else "colours"
    if name in getattr(theme, table):
        yield table, name
        return
    if scheme == "dark" and name in theme.colours and name in HUES:
        yield "colours", name
    for parent in FOLLOWS.get(name, ()):
        yield from _settings(parent, scheme, theme)
