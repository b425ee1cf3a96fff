"""The specimen of a theme: a leaflet of sample text that shows every element, with its sizes and contrast ratios."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from polyleaf import templates
from polyleaf.formats.pdf import theme_fonts
from polyleaf.model import Manuscript, Picture, Theme
from polyleaf.theme.colours import TEXT, Pair, format_ratio, measure_contrasts
from polyleaf.theme.config import LOWEST, SMALLEST, TIGHTEST

PATH = PurePosixPath("source/theme.md")
DRAWN = ("light", "dark")
"""The colour schemes that are shown as swatches, and not only as numbers."""

TRANSLATED = "The look of the leaflets"
"""A label that every translation of the specimen translates."""


@dataclass(frozen=True, slots=True)
class Specimen:
    """A generated leaflet: its text in *language*, that of the labels, its pictures and its bibliography (CSL-JSON)."""

    language: str
    manuscript: Manuscript
    pictures: tuple[Picture, ...]
    references: bytes


def make(theme: Theme, language: str) -> Specimen:
    """Return the specimen of *theme* in *language*, in English where there are no labels for it."""
    spoken = language if templates.label(TRANSLATED, language) != TRANSLATED else templates.FALLBACK
    measured = measure_contrasts(theme)
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
        Manuscript(PATH, text.encode()),
        tuple(_drawing(name, measured, spoken) for name in DRAWN),
        templates.read_asset("reports/specimen.json").encode(),
    )


def _drawing(scheme: str, measured: Sequence[Pair], language: str) -> Picture:
    pairs = [pair for pair in measured if pair.scheme == scheme and pair.asked == TEXT]
    ground = next(pair.colours[1] for pair in pairs if pair.back == "paper")
    drawing = templates.render("reports/specimen.svg.j2", language, pairs=pairs, ground=ground, shown=format_ratio)
    return Picture(f"media/{scheme}.svg", drawing.encode())


def _tables(measured: Sequence[Pair]) -> list[tuple[str, list[Pair]]]:
    """Return the pairs of each colour scheme; that of print is left out where it has the colours of the light pair."""
    by_scheme: dict[str, list[Pair]] = {}
    for pair in measured:
        by_scheme.setdefault(pair.scheme, []).append(pair)
    light = {(pair.front, pair.back): pair.colours for pair in by_scheme["light"]}
    if all(light[pair.front, pair.back] == pair.colours for pair in by_scheme["print"]):
        del by_scheme["print"]
    return list(by_scheme.items())
