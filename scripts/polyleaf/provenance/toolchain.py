"""Toolchain of an output: the theme, this program and the libraries, by version or SHA-256."""

from __future__ import annotations

import contextlib
import hashlib
import platform
import zlib
from functools import cache
from importlib import metadata, resources
from typing import TYPE_CHECKING

from polyleaf import languages, pandoc, svg
from polyleaf.formats.pdf import layout

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.resources.abc import Traversable

TEXTS = ("polyleaf", "Babel", "Jinja2", "MarkupSafe", "lxml")
"""The packages that make the text of every file."""

PAGES = ("WeasyPrint", "pydyf", "fontTools", "tinycss2", "cssselect2", "tinyhtml5", "pypdfium2", "Pillow")
"""Those that lay out pages: the PDF, and the cover of the e-book."""

CODE = (".py", ".lua", ".toml")
THEME = (".j2", ".css", ".csl", ".po", ".svg", ".toml")
"""What the theme is made of: templates, styles, labels, drawings, and which fonts are named for which script."""

REPORTS = "reports"
"""The part of the theme that is in no file for readers."""


def texts() -> dict[str, str]:
    """Return the versions of all that makes texts, by name."""
    return {
        **_packages(TEXTS),
        "polyleaf code": f"sha256:{_digest('', CODE)}",
        "Python": platform.python_version(),
        "pandoc": pandoc.version(),
        **languages.versions(),
        **svg.versions(),
    }


def pages() -> dict[str, str]:
    """Return the versions of all that lays out pages and packs them, by name; it loads what it asks."""
    return {**_packages(PAGES), **layout.versions(), "zlib": zlib.ZLIB_RUNTIME_VERSION}


@cache
def theme() -> str:
    """Return the SHA-256 of all of the theme that decides what is in a finished file, in hexadecimal digits.

    Not of its part for the people who make leaflets, such as the specimen and the status page.
    """
    return _digest("assets", THEME)


def _packages(names: Sequence[str]) -> dict[str, str]:
    """Return the versions of those of *names* that are there: what one library needs of others is its own affair."""
    versions: dict[str, str] = {}
    for name in names:
        with contextlib.suppress(metadata.PackageNotFoundError):
            versions[name] = metadata.version(name)
    return versions


def _digest(folder: str, suffixes: Sequence[str]) -> str:
    """Return the digest of the files with *suffixes* in a *folder* of this package, by name, each with its length."""
    digest = hashlib.sha256()
    files = _files(resources.files("polyleaf") / folder if folder else resources.files("polyleaf"), "")
    for name, file in sorted((name, file) for name, file in files if name.endswith(tuple(suffixes))):
        content = file.read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_file():
            yield path + entry.name, entry
        elif entry.name != REPORTS or path:
            yield from _files(entry, f"{path}{entry.name}/")
