"""Installed fonts (fontconfig), the characters that they have, and subsets of them (HarfBuzz).

WeasyPrint finds and cuts its fonts with the same libraries, so it sets what is found here.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from operator import attrgetter
from typing import Any

from polyleaf.errors import RenderError
from polyleaf.fonts import libraries, used

REGULAR, BOLD = 80, 200
"""Weights as fontconfig counts them: 400 and 700 of CSS."""

UPRIGHT = 0
NORMAL_WIDTH = 100
INSTANCE = 16
"""The index of a face has from this bit on the number of an instance of a variable font."""

FONTCONFIG = """
typedef struct { int count; int allocated; void **patterns; } FcFontSet;
FcFontSet *FcConfigGetFonts(void *config, int set);
int FcPatternGetString(void *pattern, const char *object, int n, char **text);
int FcPatternGetInteger(void *pattern, const char *object, int n, int *number);
int FcPatternGetCharSet(void *pattern, const char *object, int n, void **characters);
int FcCharSetHasChar(void *characters, uint32_t character);
"""
HARFBUZZ = """
void *hb_blob_create_from_file_or_fail(const char *name);
void *hb_face_create(void *blob, unsigned int index);
void *hb_face_reference_blob(void *face);
const char *hb_blob_get_data(void *blob, unsigned int *length);
void hb_blob_destroy(void *blob);
void hb_face_destroy(void *face);
void hb_set_add(void *set, uint32_t character);
"""
SUBSET = """
void *hb_subset_input_create_or_fail(void);
void *hb_subset_input_unicode_set(void *input);
void hb_subset_input_set_flags(void *input, unsigned int flags);
void hb_subset_input_destroy(void *input);
void *hb_subset_or_fail(void *face, void *input);
"""
DECLARATIONS = {"fontconfig": FONTCONFIG, "harfbuzz": HARFBUZZ, "harfbuzz-subset": SUBSET}
"""What is asked of each library."""

NO_HINTING, WITH_NOTDEF = 0x1, 0x40
"""Flags of hb_subset_flags_t: screens of today need no hints; the sign for what is missing stays."""


@dataclass(frozen=True, slots=True)
class Face:
    """One weight and slope of an installed family: its *file*, its index in it, its fontconfig *weight* (80 to 200)."""

    file: str
    index: int
    weight: int
    is_slanted: bool
    characters: Any = field(compare=False, repr=False)

    def has(self, character: str) -> bool:
        """Tell whether the face has a glyph for *character*."""
        return bool(_library("fontconfig")[1].FcCharSetHasChar(self.characters, ord(character)))


def find_face(family: str, weight: int = REGULAR, *, is_slanted: bool = False) -> Face | None:
    """Return the installed face of *family* nearest to *weight* and slope, None when the family is not installed."""
    faces = find_installed().get(family, ())
    return min(faces, key=lambda face: (face.is_slanted != is_slanted, abs(face.weight - weight)), default=None)


def find_script(character: str) -> str:
    """Return the script that *character* belongs to (ISO 15924): `Arab`, and `Zyyy` for signs that all share."""
    from fontTools import unicodedata  # noqa: PLC0415 - only characters of other scripts need it

    return str(unicodedata.script(character))


@cache
def find_installed() -> Mapping[str, tuple[Face, ...]]:
    """Return the installed faces of normal width by the name of their family; raises ToolMissing."""
    ffi, library = _library("fontconfig")
    fonts = library.FcConfigGetFonts(ffi.NULL, 0)
    families: dict[str, list[Face]] = {}
    for at in range(fonts.count if fonts != ffi.NULL else 0):
        face = _face(fonts.patterns[at])
        if face is not None:
            for family in _strings(fonts.patterns[at], b"family"):
                families.setdefault(family, []).append(face)
    return {family: tuple(sorted(faces, key=attrgetter("file", "index"))) for family, faces in families.items()}


def subset(face: Face, characters: Iterable[str]) -> bytes:
    """Return a font (OpenType, with TrueType or CFF outlines) with the glyphs of *face* that *characters* need.

    Ligatures and joined forms of them stay. Raises RenderError when the file cannot be read.
    """
    _, harfbuzz = _library("harfbuzz")
    with _blob(face.file) as blob:
        font = harfbuzz.hb_face_create(blob, font_number(face))
        try:
            content = _subset(font, sorted({ord(character) for character in characters}))
        finally:
            harfbuzz.hb_face_destroy(font)
    if not content:
        raise RenderError(f"the font {face.file} cannot be cut to a part of it", hint="Install it again.")
    return _instance(content, (face.index >> INSTANCE) - 1) if face.index >> INSTANCE else content


def font_number(face: Face) -> int:
    """Return the number, from 0, of the font that *face* is in its file."""
    return face.index & ((1 << INSTANCE) - 1)


def read_file(face: Face) -> bytes:
    """Return the whole file of *face*. Raises RenderError when it cannot be read."""
    with _blob(face.file) as blob:
        return _content(blob)


@contextmanager
def _blob(file: str) -> Iterator[Any]:
    ffi, harfbuzz = _library("harfbuzz")
    blob = harfbuzz.hb_blob_create_from_file_or_fail(file.encode())
    if blob == ffi.NULL:
        raise RenderError(f"the font {file} cannot be read", hint="Install it again.")
    try:
        yield blob
    finally:
        harfbuzz.hb_blob_destroy(blob)


def _content(blob: Any) -> bytes:  # noqa: ANN401 - a pointer
    ffi, harfbuzz = _library("harfbuzz")
    length = ffi.new("unsigned int *")
    return bytes(ffi.buffer(harfbuzz.hb_blob_get_data(blob, length), length[0]))


def _subset(font: Any, characters: Iterable[int]) -> bytes:  # noqa: ANN401 - a pointer
    ffi, harfbuzz = _library("harfbuzz")
    _, subset = _library("harfbuzz-subset")
    order = subset.hb_subset_input_create_or_fail()
    wanted = subset.hb_subset_input_unicode_set(order)
    for character in characters:
        harfbuzz.hb_set_add(ffi.cast("void *", wanted), character)
    subset.hb_subset_input_set_flags(order, NO_HINTING | WITH_NOTDEF)
    part = subset.hb_subset_or_fail(font, order)
    subset.hb_subset_input_destroy(order)
    if part == ffi.NULL:
        return b""
    blob = harfbuzz.hb_face_reference_blob(part)
    content = _content(blob)
    harfbuzz.hb_blob_destroy(blob)
    harfbuzz.hb_face_destroy(part)
    return content


def _instance(content: bytes, number: int) -> bytes:
    """Return the instance *number* of a variable font as a static font: some readers know no other."""
    from fontTools.varLib.instancer import instantiateVariableFont  # noqa: PLC0415 - only variable fonts need it

    font = used.open_undated(io.BytesIO(content))
    target = io.BytesIO()
    instantiateVariableFont(font, font["fvar"].instances[number].coordinates).save(target)
    return target.getvalue()


def _face(pattern: Any) -> Face | None:  # noqa: ANN401 - a pointer
    """Return the face of *pattern*; a variable font has no weight of its own, its instances have."""
    ffi, library = _library("fontconfig")
    file, index, weight = next(_strings(pattern, b"file"), ""), _number(pattern, b"index"), _number(pattern, b"weight")
    characters = ffi.new("void **")
    if not file or index is None or weight is None or _number(pattern, b"width") != NORMAL_WIDTH:
        return None
    if library.FcPatternGetCharSet(pattern, b"charset", 0, characters):
        return None
    return Face(file, index, weight, _number(pattern, b"slant") != UPRIGHT, characters[0])


def _strings(pattern: Any, name: bytes) -> Iterator[str]:  # noqa: ANN401 - a pointer
    ffi, library = _library("fontconfig")
    text, at = ffi.new("char **"), 0
    while not library.FcPatternGetString(pattern, name, at, text):
        yield ffi.string(text[0]).decode(errors="replace")
        at += 1


def _number(pattern: Any, name: bytes) -> int | None:  # noqa: ANN401 - a pointer
    ffi, library = _library("fontconfig")
    number = ffi.new("int *")
    return None if library.FcPatternGetInteger(pattern, name, 0, number) else int(number[0])


@cache
def _library(name: str) -> tuple[Any, Any]:
    from cffi import FFI  # noqa: PLC0415 - only those who set pages should wait for it

    ffi = FFI()
    ffi.cdef(DECLARATIONS[name])
    return ffi, libraries.load(name, ffi.dlopen)
