"""CSS variables of a theme: its colours, drawings, font families and sizes under the names of the style sheets."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import PurePosixPath
from urllib.parse import quote

from polyleaf.model import DEFAULT_THEME, Picture, Theme
from polyleaf.theme import colours as palette
from polyleaf.theme import families
from polyleaf.theme.families import GENERIC, quoted

ICONS = ("warning", "now", "today", "appointment", "keypoints", "notice", "draft", "language")
"""The icons of admonitions: `drawings/<name>.svg`, the variable `--icon-<name>`."""

LARGE = 16
"""The size in points from which on print is large (UKAAF G003, Creating clear print and large print documents)."""

VARIABLE = re.compile(r"var\(--([\w-]+)\)")

MEDIA_TYPES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
"""The kinds of image that a leaflet can hold, and their media types."""

SIGNATURES = {b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg"}
"""How the files of the kinds of raster images begin that go out."""


def _listed(names: Sequence[str], generic: Sequence[str]) -> str:
    return ", ".join((*map(quoted, names), *generic))


def variables(theme: Theme, scheme: str) -> dict[str, str]:
    """Return the value of each variable, by its name without `--`, in a *scheme* of `theme.colours.schemes`."""
    colours = dict(palette.schemes(theme)[scheme])
    if scheme == "epub":
        colours |= {key: colours[f"{key}-medium"] for key in (*palette.MEDIUM, "line")}
    is_dark = scheme == "dark"
    return {
        **{name: colour for name, colour in colours.items() if not name.endswith("-medium")},
        **{f"icon-{name}": f'url("{drawing(name, colours)}")' for name in ICONS},
        "leaf-drawing": "none" if theme.logo else f'url("{drawing("leaf", colours)}")',
        "plate": "#ffffff" if is_dark and theme.logo else "transparent",
        "plate-edge": "0.5rem" if is_dark and theme.logo else "0rem",
        "text": _listed(families.latin_families(theme), GENERIC),
        "heading": _listed(families.heading_families(theme), GENERIC),
        "size": f"{theme.size:g}pt",
        "scale": f"{theme.size / DEFAULT_THEME.size:.4g}",
        "leading": f"{theme.leading:g}",
    }


def book_variables(theme: Theme) -> dict[str, str]:
    """Return the variables of a book: colours in middle tones, generic families, since readers have their own fonts."""
    text = _listed(families.latin_families(theme), GENERIC[-1:])
    heading = _listed(families.heading_families(theme), GENERIC[-1:]) if theme.heading else "inherit"
    return {**variables(theme, "epub"), "text": text, "heading": heading}


def cover_variables(theme: Theme) -> dict[str, str]:
    """Return the variables of the cover of a book; its drawing is the default one, or a band beside a logo."""
    cover = variables(theme, "cover")
    band = f"linear-gradient(to top, {cover['brand']} 240px, {cover['tint']} 240px)"
    cover = {name: value for name, value in cover.items() if name not in {"text", "heading"}}  # print has its own
    return {**cover, "drawing": band if theme.logo else f'url("{drawing("cover", cover)}")'}


def define_variables(theme: Theme, *, paged: bool) -> str:
    """Return the rules that define the variables: for print, or for light and dark screens and for print from them."""
    if paged:
        return _root(variables(theme, "print"))
    light = variables(theme, "light")
    dark, printed = (
        {name: value for name, value in variables(theme, scheme).items() if light.get(name) != value}
        for scheme in ("dark", "print")
    )
    rules = f"{_root(light)}\n@media screen and (prefers-color-scheme: dark) {{\n{_root(dark)}\n}}\n"
    return rules + (f"@media print {{\n{_root(printed)}\n}}\n" if printed else "")


def substitute(text: str, values: Mapping[str, str]) -> str:
    """Return the style sheet or drawing *text* with the *values* of its variables in their place; others stay."""
    return VARIABLE.sub(lambda match: values.get(match[1], match[0]), text)


def drawing(name: str, colours: Mapping[str, str]) -> str:
    """Return the default drawing *name* in *colours* as a data URL."""
    return "data:image/svg+xml," + quote(substitute(_read_drawing(name), colours), safe="/:=;,.-()'")


def favicon(theme: Theme) -> str:
    """Return the favicon as a data URL."""
    return drawing("favicon", palette.schemes(theme)["light"])


def data_url(picture: Picture) -> str:
    """Return *picture* as a data URL."""
    return f"data:{media_type(picture)};base64,{base64.b64encode(picture.content).decode()}"


def media_type(picture: Picture) -> str:
    """Return the media type of *picture*: by its name, but for a PNG or JPEG that was made of another kind of image."""
    suffix = PurePosixPath(picture.name).suffix.lower()
    return MEDIA_TYPES[next((kind for sign, kind in SIGNATURES.items() if picture.content.startswith(sign)), suffix)]


def _root(values: Mapping[str, str]) -> str:
    return ":root {\n" + "".join(f"  --{name}: {value};\n" for name, value in values.items()) + "}"


@cache
def _read_drawing(name: str) -> str:
    file = resources.files("polyleaf") / "assets" / "drawings" / f"{name}.svg"
    return file.read_text("utf-8").replace("\n", "").replace('"', "'")
