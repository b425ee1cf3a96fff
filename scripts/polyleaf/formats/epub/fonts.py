"""Embedded fonts of a book: subsets with its characters, and the CSS rules that name them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from polyleaf.fonts import embedding, fallback, files, text_runs
from polyleaf.fonts.embedding import RULE, WEIGHTS
from polyleaf.fonts.files import Face
from polyleaf.model import Theme

OPENTYPE = b"OTTO"
"""How a font with CFF outlines begins (OpenType 1.9); others have TrueType outlines."""

SLANTED = (b"<em", b"<cite", b"<dfn", b"<i>")
FOLDER = "fonts/"

STYLES = ((400, "normal"), (700, "normal"), (400, "italic"))
"""The weights and slopes of the style sheet."""


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
    needed = embedding.find_characters(chosen, runs)
    if theme.heading:
        needed[theme.heading] = frozenset(character for run in runs for character in run.words)
    for family, characters in needed.items():
        for face, style in _faces(family, slanted=slanted):
            fonts.append(_font(family, *style, embedding.cut(face, characters)))
            rules.append(RULE.format(family, *style, fonts[-1].name))
    return fonts, "\n".join((*rules, str(fallback.book_styles(chosen)), ""))


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
