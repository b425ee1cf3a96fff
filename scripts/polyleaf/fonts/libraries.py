"""Libraries that find, shape and cut fonts: their versions, and which files fontconfig finds.

They are called with ctypes, which is loaded in 4 ms, as this is all that a command with nothing to do asks of them;
cffi, with which `files` asks the rest, takes 100 ms.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from typing import TypeVar

from polyleaf.errors import ToolMissing

Library = TypeVar("Library")

FILES: Mapping[str, tuple[str, ...]] = {
    "fontconfig": ("libfontconfig.so.1", "libfontconfig.1.dylib"),
    "harfbuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib"),
    "harfbuzz-subset": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
    "pango": ("libpango-1.0.so.0", "libpango-1.0.0.dylib"),
}
"""The names that the file of each library may have."""

SYSTEM = 0
"""FcSetSystem: the fonts that fontconfig finds by its settings."""


class FontSet(ctypes.Structure):
    """FcFontSet of fontconfig."""

    _fields_ = (("count", ctypes.c_int), ("allocated", ctypes.c_int), ("patterns", ctypes.POINTER(ctypes.c_void_p)))


def load(name: str, dlopen: Callable[[str], Library]) -> Library:
    """Return what *dlopen* returns for the file of the library *name*; raises ToolMissing when there is none."""
    for file in FILES[name]:
        with suppress(OSError):
            return dlopen(file)
    raise ToolMissing(f"the library {name} is missing", hint="Run scripts/build, which installs it.")


def versions() -> dict[str, str]:
    """Return the versions of the libraries that find, shape and cut fonts, by name; raises ToolMissing."""
    harfbuzz = _load("harfbuzz")
    harfbuzz.hb_version_string.restype = ctypes.c_char_p
    return {
        "fontconfig": str(_load("fontconfig").FcGetVersion()),
        "HarfBuzz": harfbuzz.hb_version_string().decode(),
        "Pango": str(_load("pango").pango_version()),
    }


def list_files() -> list[str]:
    """Return the paths of all installed fonts, and of what configures fontconfig, sorted; raises ToolMissing."""
    library = _load("fontconfig")
    return sorted({*_list_fonts(library), *_list_settings(library)})


def _list_fonts(library: ctypes.CDLL) -> Iterator[str]:
    library.FcConfigGetFonts.argtypes = (ctypes.c_void_p, ctypes.c_int)
    library.FcConfigGetFonts.restype = ctypes.POINTER(FontSet)
    library.FcPatternGetString.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p)
    fonts, file = library.FcConfigGetFonts(None, SYSTEM), ctypes.c_char_p()
    for pattern in fonts.contents.patterns[: fonts.contents.count] if fonts else ():
        at = 0
        while not library.FcPatternGetString(pattern, b"file", at, ctypes.byref(file)):
            yield (file.value or b"").decode(errors="replace")
            at += 1


def _list_settings(library: ctypes.CDLL) -> Iterator[str]:
    library.FcConfigGetConfigFiles.argtypes = (ctypes.c_void_p,)
    library.FcConfigGetConfigFiles.restype = ctypes.c_void_p
    library.FcStrListNext.argtypes = library.FcStrListDone.argtypes = (ctypes.c_void_p,)
    library.FcStrListNext.restype = ctypes.c_char_p
    library.FcStrListDone.restype = None
    listed = library.FcConfigGetConfigFiles(None)
    while (name := library.FcStrListNext(listed)) is not None:
        yield name.decode(errors="surrogateescape")
    library.FcStrListDone(listed)


@cache
def _load(name: str) -> ctypes.CDLL:
    return load(name, ctypes.CDLL)
