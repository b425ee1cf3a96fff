"""Toolchain of an output: this program, its theme and its libraries, by version or SHA-256."""

from __future__ import annotations

import contextlib
import platform
import zlib
from collections.abc import Sequence
from functools import cache
from importlib import metadata

from polyleaf import languages, pandoc, raster_images, svg
from polyleaf.formats.pdf import layout
from polyleaf.provenance import environment

TEXT_PACKAGES = ("polyleaf", "Babel", "Jinja2", "MarkupSafe", "lxml", "Pillow")
"""The packages that make the text and the images of every output."""

LAYOUT_PACKAGES = ("WeasyPrint", "pydyf", "fontTools", "Brotli", "tinycss2", "cssselect2", "tinyhtml5", "pypdfium2")
"""The packages that lay out pages: those of the PDF, and the cover of the EPUB."""

CODE = (".py", ".lua", ".toml")
THEME = (".j2", ".css", ".csl", ".po", ".svg", ".toml")
"""Suffixes of templates, style sheets, citation styles, labels, drawings, and of the list of fonts per script."""


def find_text_versions() -> dict[str, str]:
    """Return the versions of all that makes texts and images, by name."""
    return {
        **_find_versions(TEXT_PACKAGES),
        "polyleaf code": f"sha256:{environment.digest_package(CODE)}",
        "Python": platform.python_version(),
        "pandoc": pandoc.version(),
        **languages.versions(),
        **svg.versions(),
        **raster_images.versions(),
    }


@cache
def find_layout_versions() -> dict[str, str]:
    """Return the versions of all that lays out pages and compresses them, by name; loads these libraries."""
    return {**_find_versions(LAYOUT_PACKAGES), **layout.versions(), "zlib": zlib.ZLIB_RUNTIME_VERSION}


@cache
def digest_theme() -> str:
    """Return the SHA-256 of all files of the default theme that can change an output, in hexadecimal digits."""
    return environment.digest_package(THEME, "assets")


def _find_versions(packages: Sequence[str]) -> dict[str, str]:
    versions: dict[str, str] = {}
    for name in packages:
        with contextlib.suppress(metadata.PackageNotFoundError):  # a library may do without one of its own
            versions[name] = metadata.version(name)
    return versions
