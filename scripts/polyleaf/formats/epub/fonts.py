"""Embedded fonts of a book: subsets with its characters, and the CSS rules that name them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from polyleaf.fonts import fallback, files, text_runs, used
from polyleaf.fonts.files import Face
from polyleaf.fonts.text_runs import TextRun
from polyleaf.model import Theme

if TYPE_CHECKING:
    from polyleaf import model
    from polyleaf.fonts.fallback import Chosen

OPENTYPE = b"OTTO"
"""How a font with CFF outlines begins (OpenType 1.9); others have TrueType outlines."""

SLANTED = (b"<em", b"<cite", b"<dfn", b"<i>")
FOLDER = "fonts/"

STYLES = ((400, "normal"), (700, "normal"), (400, "italic"))
"""The weights and slopes of the style sheet."""

WEIGHTS = {400: files.REGULAR, 700: files.BOLD}


@dataclass(frozen=True, slots=True)
class Resource:
    """A font or picture of the book; *media_type* is one of the core media types (EPUB 3.3, section 3.2)."""

    id: str
    name: str
    media_type: str
    content: bytes


def embed(parts: Sequence[bytes], theme: Theme) -> tuple[list[Resource], str]:
    """Return the fonts that the XHTML *parts* need in *theme*, and the style sheet that names them for every language.

    Raises RenderError for letters that no named font has, ToolMissing where a library is not there.
    """
    runs = text_runs.find_in_book(parts)
    chosen = fallback.choose(runs, theme)
    slanted = any(tag in part for part in parts for tag in SLANTED)
    fonts, rules = [], []
    for family, characters in _characters(chosen, runs, theme.heading).items():
        for face, style in _faces(family, slanted=slanted):
            used.add(map(_identify, (face,)))
            fonts.append(_font(family, *style, files.subset(face, characters)))
            rules.append(_rule(family, *style) % fonts[-1].name)
    return fonts, "\n".join((*rules, str(fallback.book_styles(chosen)), ""))


@cache
def _identify(face: Face) -> model.Font:
    """Return what the whole file of *face* says of it: once in a process, since a font of Chinese has 20 MB."""
    return used.identify(files.read_file(face), files.font_number(face))


def _characters(chosen: Chosen, runs: Sequence[TextRun], heading: str) -> dict[str, frozenset[str]]:
    """Return the families of the book, each with its characters and the spaces and control characters between."""
    shown = {character for families in chosen.values() for characters in families.values() for character in characters}
    between = frozenset(character for run in runs for character in run.words) - shown
    names = dict.fromkeys(family for families in chosen.values() for family in families)
    needed = {
        name: between.union(*(families[name] for families in chosen.values() if name in families)) for name in names
    }
    return {**needed, heading: between | shown} if heading else needed


def _faces(family: str, *, slanted: bool) -> Iterator[tuple[Face, tuple[int, str]]]:
    """Yield the faces of *family* for the styles that a book has; a family without one leaves it out."""
    seen: set[Face] = set()
    for weight, style in STYLES if slanted else STYLES[:2]:
        face = files.find_face(family, WEIGHTS[weight], is_slanted=style == "italic")
        if face and face not in seen:
            seen.add(face)
            yield face, (weight, style)


def _font(family: str, weight: int, style: str, content: bytes) -> Resource:
    name = f"{family.lower().replace(' ', '-')}-{weight}{'-italic' if style == 'italic' else ''}"
    suffix = "otf" if content.startswith(OPENTYPE) else "ttf"
    return Resource(f"font-{name}", f"{FOLDER}{name}.{suffix}", f"font/{suffix}", content)


def _rule(family: str, weight: int, style: str) -> str:
    return f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; src: url("%s"); }}'
