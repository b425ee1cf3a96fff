"""The fonts that an e-book brings along: parts with the characters of the book, and the rules that name them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from polyleaf.fonts import fallback, files, text_runs, used

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from polyleaf import model
    from polyleaf.fonts.fallback import Chosen
    from polyleaf.fonts.files import Face
    from polyleaf.fonts.text_runs import Text
    from polyleaf.model import Theme

OPENTYPE = b"OTTO"
"""How a font with CFF outlines begins (OpenType 1.9); others have TrueType outlines."""

SLANTED = (b"<em", b"<cite", b"<dfn", b"<i>")
FOLDER = "fonts/"

STYLES = ((400, "normal"), (700, "normal"), (400, "italic"))
"""The weights and slopes of the style sheet."""

WEIGHTS = {400: files.REGULAR, 700: files.BOLD}


@dataclass(frozen=True, slots=True)
class BookFont:
    """A file of the book: *media_type* is one of the core media types of EPUB 3.3, section 3.2."""

    id: str
    name: str
    media_type: str
    content: bytes


def for_book(parts: Sequence[bytes], theme: Theme) -> tuple[list[BookFont], str]:
    """Return the fonts that the XHTML *parts* need in *theme*, and the style sheet that names them for every language.

    Raises RenderError for letters that no named font has, ToolMissing where a library is not there.
    """
    told = text_runs.of_book(parts)
    chosen = fallback.choose(told, theme)
    slanted = any(tag in part for part in parts for tag in SLANTED)
    wanted = [
        (family, characters, face, look)
        for family, characters in _wanted(chosen, told, theme.heading).items()
        for face, look in _faces(family, slanted=slanted)
    ]
    used.note_known(_known(face) for _, _, face, _ in wanted)
    made = [
        (_font(family, *look, files.cut(face, characters)), _rule(family, *look))
        for family, characters, face, look in wanted
    ]
    rules = [rule % font.name for font, rule in made]
    return [font for font, _ in made], "\n".join((*rules, str(fallback.book_styles(chosen)), ""))


@cache
def _known(face: Face) -> model.Font:
    """Return what the whole file of *face* says of it: once in a process, since a font of Chinese has 20 MB."""
    return used.told(files.whole(face), files.number(face))


def _wanted(chosen: Chosen, told: Sequence[Text], heading: str) -> dict[str, frozenset[str]]:
    """Return the families of the book, each with its characters and the spaces and steering signs between them."""
    shown = {character for families in chosen.values() for characters in families.values() for character in characters}
    between = frozenset(character for text in told for character in text.words) - shown
    names = dict.fromkeys(family for families in chosen.values() for family in families)
    wanted = {
        name: between.union(*(families[name] for families in chosen.values() if name in families)) for name in names
    }
    return {**wanted, heading: between | shown} if heading else wanted


def _faces(family: str, *, slanted: bool) -> Iterator[tuple[Face, tuple[int, str]]]:
    """Yield the faces of *family* for the styles that a book has; a family without one leaves it out."""
    seen: set[Face] = set()
    for weight, style in STYLES if slanted else STYLES[:2]:
        face = files.face(family, WEIGHTS[weight], is_slanted=style == "italic")
        if face and face not in seen:
            seen.add(face)
            yield face, (weight, style)


def _font(family: str, weight: int, style: str, content: bytes) -> BookFont:
    name = f"{family.lower().replace(' ', '-')}-{weight}{'-italic' if style == 'italic' else ''}"
    suffix = "otf" if content.startswith(OPENTYPE) else "ttf"
    return BookFont(f"font-{name}", f"{FOLDER}{name}.{suffix}", f"font/{suffix}", content)


def _rule(family: str, weight: int, style: str) -> str:
    return f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; src: url("%s"); }}'
