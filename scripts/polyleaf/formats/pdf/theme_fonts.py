"""Are the theme's fonts installed, and is their x-height at its size at least 1.42 mm."""

from __future__ import annotations

from dataclasses import dataclass

from polyleaf.errors import ConfigError, stop_for
from polyleaf.fonts import files
from polyleaf.formats.pdf import layout
from polyleaf.model import Theme
from polyleaf.quotations import quote
from polyleaf.theme import families
from polyleaf.theme.config import FILE, LOWEST

POINT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class NamedFont:
    """A font of a theme: the setting (*setting*) that names its *family*, and the *height* of its x in millimetres.

    *height* is 0 where there is no x.
    """

    setting: str
    family: str
    is_installed: bool
    height: float


def find_fonts(theme: Theme) -> list[NamedFont]:
    """Return the fonts of running text and headings of *theme*, as they are on this machine."""
    by_language = {f"languages: {code}": family for code, family in theme.scripts.items()}
    settings = {"text": families.latin_families(theme)[0], "heading": theme.heading, **by_language}
    return [
        NamedFont(setting, family, bool(files.find_face(family)), layout.measure_x_height(family) * theme.size * POINT)
        for setting, family in settings.items()
        if family
    ]


def check_fonts(theme: Theme) -> None:
    """Raise ConfigError when a font that *theme* names is not on this machine, or is too low in its size."""
    if not (theme.text or theme.heading or theme.scripts):
        return
    stop_for([error for font in find_fonts(theme) for error in _faults(font, theme)])


def _faults(font: NamedFont, theme: Theme) -> list[ConfigError]:
    location = f"{FILE}: [fonts] {font.setting}"
    if not font.is_installed:
        fact = f"there is no font {quote(font.family)} on this machine; another would take its place"
        return [ConfigError(f"{location}: {fact}", hint="Install it, mend its name, or take it out.")]
    if font.setting != "heading" and 0 < font.height < LOWEST:
        need = theme.size * LOWEST / font.height
        fact = f"in {theme.size:g} pt the letter x of {quote(font.family)} is {font.height:.2f} mm high"
        hint = f"Set [type] size = {need:.1f} or more, or name another font."
        return [ConfigError(f"{location}: {fact}, and text needs {LOWEST} mm", hint=hint)]
    return []
