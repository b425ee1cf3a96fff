"""Fonts that outputs bring along: which characters of which family, and the style sheet of a drawing that has its own.

An image takes no font from the page around it, so a drawing has those of its words within it, as data (WOFF2).
"""

from __future__ import annotations

import base64
import io
from collections.abc import Collection, Iterable
from functools import cache

from polyleaf.fonts import fallback, files, used
from polyleaf.fonts.fallback import Chosen
from polyleaf.fonts.files import Face
from polyleaf.fonts.text_runs import TextRun
from polyleaf.model import Font, Theme

WEIGHTS = {400: files.REGULAR, 700: files.BOLD}
"""The weights of style sheets and drawings, as fontconfig counts them."""

RULE = '@font-face {{ font-family: "{}"; font-weight: {}; font-style: {}; src: url("{}"); }}'
"""A rule of CSS for a family, its weight, its style and the address of its file."""


def find_characters(chosen: Chosen, runs: Iterable[TextRun]) -> dict[str, frozenset[str]]:
    """Return the families that are *chosen* for *runs*, each with its characters and the spaces and marks between."""
    shown = {character for families in chosen.values() for characters in families.values() for character in characters}
    between = frozenset(character for run in runs for character in run.words) - shown
    names = dict.fromkeys(family for families in chosen.values() for family in families)
    return {name: between.union(*(families.get(name, ()) for families in chosen.values())) for name in names}


def cut(face: Face, characters: Collection[str]) -> bytes:
    """Return the part of *face* with *characters* as OpenType, and record that an output is set with it."""
    used.add(map(_identify, (face,)))
    return files.subset(face, characters)


def drawing_styles(words: Iterable[tuple[tuple[int, bool], TextRun]], theme: Theme) -> str:
    """Return the style sheet of a drawing with the fonts of its *words*, each with its weight and if it is slanted.

    Raises RenderError for letters that no named font has, ToolMissing where a library is not there.
    """
    looks: dict[tuple[int, bool], list[TextRun]] = {}
    for look, run in words:
        looks.setdefault(look, []).append(run)
    needed: dict[tuple[str, Face], set[str]] = {}
    for (weight, is_slanted), runs in sorted(looks.items()):
        for family, characters in find_characters(fallback.choose(runs, theme), runs).items():
            face = files.find_face(family, WEIGHTS[weight], is_slanted=is_slanted)
            if face:
                needed.setdefault((family, face), set()).update(characters)
    return "\n".join(_rule(*font, "".join(sorted(characters))) for font, characters in needed.items())


def _rule(family: str, face: Face, characters: str) -> str:
    weight = min(WEIGHTS, key=lambda weight: abs(WEIGHTS[weight] - face.weight))
    address = f"data:font/woff2;base64,{base64.b64encode(_compressed(cut(face, characters))).decode()}"
    return RULE.format(family, weight, "italic" if face.is_slanted else "normal", address)


@cache
def _compressed(content: bytes) -> bytes:
    font, target = used.open_undated(io.BytesIO(content)), io.BytesIO()
    font.flavor = "woff2"
    font.save(target, reorderTables=None)
    return target.getvalue()


@cache
def _identify(face: Face) -> Font:
    """Return what the whole file of *face* says of it: once in a process, since a font of Chinese has 20 MB."""
    return used.identify(files.read_file(face), files.font_number(face))
