"""Toolchain of an output: this program, its theme and its libraries, by version or SHA-256."""

from __future__ import annotations

import contextlib
import hashlib
import platform
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import metadata, resources
from typing import TYPE_CHECKING

from polyleaf import languages, pandoc, raster_images, svg
from polyleaf.formats.pdf import layout

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

TEXT_PACKAGES = ("polyleaf", "Babel", "Jinja2", "MarkupSafe", "lxml", "Pillow")
"""The packages that make the text and the images of every output."""

LAYOUT_PACKAGES = ("WeasyPrint", "pydyf", "fontTools", "Brotli", "tinycss2", "cssselect2", "tinyhtml5", "pypdfium2")
"""The packages that lay out pages: those of the PDF, and the cover of the EPUB."""

CODE = (".py", ".lua", ".toml")
THEME = (".j2", ".css", ".csl", ".po", ".svg", ".toml")
"""Suffixes of templates, style sheets, citation styles, labels, drawings, and of the list of fonts per script."""

REPORTS = "reports"
"""The folder, in the package and in its assets, of what makes pages for staff: it changes no output."""


def find_text_versions() -> dict[str, str]:
    """Return the versions of all that makes texts and images, by name."""
    return {
        **_find_versions(TEXT_PACKAGES),
        "polyleaf code": f"sha256:{_digest_files(CODE)}",
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
    return _digest_files(THEME, "assets")


def _find_versions(packages: Sequence[str]) -> dict[str, str]:
    versions: dict[str, str] = {}
    for name in packages:
        with contextlib.suppress(metadata.PackageNotFoundError):  # a library may do without one of its own
            versions[name] = metadata.version(name)
    return versions


def _digest_files(suffixes: tuple[str, ...], *folders: str) -> str:
    """Return the SHA-256 of the files with *suffixes* in a folder of this package: name, length and content of each."""
    digest = hashlib.sha256()
    files = dict(_list_files(resources.files("polyleaf").joinpath(*folders)))
    for name in sorted(name for name in files if name.endswith(suffixes)):
        content = files[name].read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _list_files(folder: Traversable, path: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_file():
            yield path + entry.name, entry
        elif entry.name != REPORTS or path:
            yield from _list_files(entry, f"{path}{entry.name}/")
