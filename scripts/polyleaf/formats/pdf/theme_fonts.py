"""Whether the fonts of a theme are there, and large enough to read in the size that it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from polyleaf.errors import ConfigError, stop_for
from polyleaf.fonts import files
from polyleaf.formats.pdf import layout
from polyleaf.theme import families
from polyleaf.theme.config import LOWEST, WHERE

if TYPE_CHECKING:
    from polyleaf.model import Theme

POINT = 25.4 / 72


@dataclass(frozen=True, slots=True)
class NamedFont:
    """A font of a theme: where its *family* is named, whether it is there, and how high its x is in millimetres.

    *height* is 0 where there is no x.
    """

    place: str
    family: str
    is_there: bool
    height: float


def named(theme: Theme) -> list[NamedFont]:
    """Return the fonts that *theme* sets running text and headings in, as this machine has them."""
    asked = {"text": families.latin(theme)[0], "heading": theme.heading, **_tagged(theme)}
    return [_face(place, family, theme.size) for place, family in asked.items() if family]


def check(theme: Theme) -> None:
    """Raise ConfigError when a font that *theme* names is not on this machine, or is too low in its size."""
    if not (theme.text or theme.heading or theme.scripts):
        return
    stop_for([error for face in named(theme) for error in _faults(face, theme)])


def _tagged(theme: Theme) -> dict[str, str]:
    return {f"languages: {code}": family for code, family in theme.scripts.items()}


def _face(place: str, family: str, size: float) -> NamedFont:
    return NamedFont(place, family, bool(files.face(family)), layout.x_height(family) * size * POINT)


def _faults(face: NamedFont, theme: Theme) -> list[ConfigError]:
    where = f"{WHERE}: [fonts] {face.place}"
    if not face.is_there:
        fact = f"there is no font {face.family!r} on this machine; another would take its place"
        return [ConfigError(f"{where}: {fact}", hint="Install it, mend its name, or take it out.")]
    if face.place != "heading" and 0 < face.height < LOWEST:
        need = theme.size * LOWEST / face.height
        fact = f"in {theme.size:g} pt the letter x of {face.family!r} is {face.height:.2f} mm high"
        return [
            ConfigError(
                f"{where}: {fact}, and text needs {LOWEST} mm",
                hint=f"Set [type] size = {need:.1f} or more, or name another font.",
            )
        ]
    return []
