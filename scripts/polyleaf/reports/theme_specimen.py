"""The specimen of a theme: a leaflet of sample text that shows every part, and the numbers behind its look."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from polyleaf import templates
from polyleaf.formats.pdf import theme_fonts
from polyleaf.model import Manuscript, Picture
from polyleaf.theme import contrast_rules
from polyleaf.theme.config import LOWEST, SMALLEST, TIGHTEST
from polyleaf.theme.contrast import TEXT, format_ratio

if TYPE_CHECKING:
    from collections.abc import Sequence

    from polyleaf.model import Theme
    from polyleaf.theme.contrast_rules import Pair

PLACE = PurePosixPath("source/theme.md")
DRAWN = ("light", "dark")
"""The schemes whose colours are shown, and not only told."""

NAMED = "The look of the leaflets"
"""A label that all translations of the specimen have in words of their own."""


@dataclass(frozen=True, slots=True)
class Specimen:
    """A leaflet that nobody wrote: its text in the language of its labels, its pictures and its bibliography."""

    language: str
    manuscript: Manuscript
    pictures: tuple[Picture, ...]
    references: bytes


def make(theme: Theme, language: str) -> Specimen:
    """Return the specimen of *theme* in *language*, in English where there are no labels for it."""
    spoken = language if templates.label(NAMED, language) != NAMED else templates.FALLBACK
    measured = contrast_rules.measure(theme)
    text = templates.render(
        "reports/specimen.md.j2",
        spoken,
        drawn=DRAWN,
        tables=_tables(measured),
        fonts=theme_fonts.find_fonts(theme),
        smallest=SMALLEST,
        tightest=TIGHTEST,
        lowest=LOWEST,
        theme=theme,
        shown=format_ratio,
    )
    return Specimen(
        spoken,
        Manuscript(PLACE, text.encode()),
        tuple(_drawing(name, measured, spoken) for name in DRAWN),
        templates.read_asset("reports/specimen.json").encode(),
    )


def _drawing(scheme: str, measured: Sequence[Pair], language: str) -> Picture:
    found = [one for one in measured if one.scheme == scheme and one.asked == TEXT]
    ground = next(one.colours[1] for one in found if one.back == "paper")
    drawing = templates.render("reports/specimen.svg.j2", language, pairs=found, ground=ground, shown=format_ratio)
    return Picture(f"media/{scheme}.svg", drawing.encode())


def _tables(measured: Sequence[Pair]) -> list[tuple[str, list[Pair]]]:
    """Return the pairs of each scheme; paper has none of its own where it looks as the light page does."""
    named: dict[str, list[Pair]] = {}
    for one in measured:
        named.setdefault(one.scheme, []).append(one)
    light = {(one.front, one.back): one.colours for one in named["light"]}
    if all(light[one.front, one.back] == one.colours for one in named["print"]):
        del named["print"]
    return list(named.items())
