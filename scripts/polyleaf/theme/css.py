"""The look of a theme in the terms of style sheets: colours, drawings, families and sizes under the names they use."""

from __future__ import annotations

import base64
import re
from functools import cache
from importlib import resources
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from polyleaf.model import DEFAULT_THEME
from polyleaf.theme import colours as palette
from polyleaf.theme import families
from polyleaf.theme.families import GENERIC, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from polyleaf.model import Picture, Theme

ICONS = ("warning", "now", "today", "appointment", "keypoints", "notice", "draft", "language")
"""The drawings in boxes: `drawings/<name>.svg`, for which style sheets say `--icon-<name>`."""

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


def _listed(names: Sequence[str], generic: Sequence[str]) -> str:
    return ", ".join((*map(quoted, names), *generic))


def values(theme: Theme, scheme: str) -> dict[str, str]:
    """Return what stands for each name of the style sheets in one of the schemes of `theme.colours.schemes`."""
    colours = dict(palette.schemes(theme)[scheme])
    if scheme == "epub":
        colours |= {name.removesuffix("-medium"): one for name, one in colours.items() if name.endswith("-medium")}
    is_dark = scheme == "dark"
    return {
        **{name: colour for name, colour in colours.items() if not name.endswith("-medium")},
        **{f"icon-{name}": f'url("{drawing(name, colours)}")' for name in ICONS},
        "leaf-drawing": "none" if theme.logo else f'url("{drawing("leaf", colours)}")',
        "plate": "#ffffff" if is_dark and theme.logo else "transparent",
        "plate-edge": "0.5rem" if is_dark and theme.logo else "0rem",
        "text": _listed(families.latin(theme), GENERIC),
        "heading": _listed(families.headings(theme), GENERIC),
        "size": f"{theme.size:g}pt",
        "scale": f"{theme.size / DEFAULT_THEME.size:.4g}",
        "leading": f"{theme.leading:g}",
    }


def book(theme: Theme) -> dict[str, str]:
    """Return the same for a book, its colours in the middle tones; its readers have fonts of their own."""
    made = values(theme, "epub")
    heading = _listed(families.headings(theme), GENERIC[-1:]) if theme.heading else "inherit"
    return {**made, "text": _listed(families.latin(theme), GENERIC[-1:]), "heading": heading}


def cover(theme: Theme) -> dict[str, str]:
    """Return the same for the cover of a book: with the sprig of the house, or beside a logo a band of the brand."""
    made = values(theme, "cover")
    band = f"linear-gradient(to top, {made['brand']} 240px, {made['tint']} 240px)"
    made = {name: value for name, value in made.items() if name not in {"text", "heading"}}  # paper has its own
    return {**made, "drawing": band if theme.logo else f'url("{drawing("cover", made)}")'}


def block(theme: Theme, *, paged: bool) -> str:
    """Return the rules that define those names: for paper, or for screens in the light and in the dark."""
    if paged:
        return _root(values(theme, "print"))
    light, dark, paper = (values(theme, scheme) for scheme in ("light", "dark", "print"))
    night = _root({name: value for name, value in dark.items() if light.get(name) != value})
    made = f"{_root(light)}\n@media screen and (prefers-color-scheme: dark) {{\n{night}\n}}\n"
    changed = {name: value for name, value in paper.items() if light[name] != value}
    return made + (f"@media print {{\n{_root(changed)}\n}}\n" if changed else "")


def filled(text: str, meanings: Mapping[str, str]) -> str:
    """Return a style sheet or a drawing with the *meanings* of its variables in their place; others stay."""
    return VARIABLE.sub(lambda found: meanings.get(found[1], found[0]), text)


def drawing(name: str, colours: Mapping[str, str]) -> str:
    """Return the drawing *name* of the house in *colours* as an address that holds it."""
    return "data:image/svg+xml," + quote(filled(_drawn(name), colours), safe="/:=;,.-()'")


def favicon(theme: Theme) -> str:
    """Return the sign of a page for the tabs of a browser, as an address that holds it."""
    return drawing("favicon", palette.schemes(theme)["light"])


def inline(picture: Picture) -> str:
    """Return the address that holds *picture*."""
    return f"data:{media_type(picture.name)};base64,{base64.b64encode(picture.content).decode()}"


def media_type(name: str) -> str:
    """Return the media type of the image *name*."""
    return MEDIA_TYPES[PurePosixPath(name).suffix.lower()]


def _root(meanings: Mapping[str, str]) -> str:
    return ":root {\n" + "".join(f"  --{name}: {value};\n" for name, value in meanings.items()) + "}"


@cache
def _drawn(name: str) -> str:
    file = resources.files("polyleaf") / "assets" / "drawings" / f"{name}.svg"
    return file.read_text("utf-8").replace("\n", "").replace('"', "'")
