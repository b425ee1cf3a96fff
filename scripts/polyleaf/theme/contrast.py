"""Contrast of colours (WCAG 2.2), and shades of a hue that have enough of it. A colour is `#rrggbb`."""

from __future__ import annotations

import colorsys
import math
from bisect import bisect_left
from collections.abc import Callable
from functools import cache
from itertools import chain

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
