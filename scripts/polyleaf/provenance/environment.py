"""Environment of a build: everything outside the project that can change an output or a finding, as one digest.

It loads little, so that a command with nothing to do can tell so: not WeasyPrint, not pandoc, no check.
"""

from __future__ import annotations

import contextlib
import hashlib
import sys
import zlib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from polyleaf.errors import ToolMissing
from polyleaf.fonts import libraries

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from polyleaf.workspace import Workspace

REPORTS = "reports"
"""The folder, in the package and in its assets, of what makes pages for staff: it changes no output."""

COMPILED = "__pycache__"

METADATA = (".dist-info", ".egg-info")
"""How the names of folders end in which installers write what they installed."""


def describe(workspace: Workspace) -> list[object]:
    """Return the versions, sizes and dates of Python, all packages, this program, the libraries of fonts, the fonts.

    Where there are no libraries of fonts there are no fonts either: only commands that set no page work there.
    """
    variables = workspace.variables()
    fonts: list[str] = []
    versions: dict[str, str] = {}
    with contextlib.suppress(ToolMissing):
        fonts, versions = libraries.list_files(), libraries.versions()
    outside = workspace.stamps([*fonts, *(value for _, value in variables if value)])
    return [sys.version, zlib.ZLIB_RUNTIME_VERSION, _list_packages(), digest_package(), versions, outside, variables]


def _list_packages() -> list[str]:
    """Return the names and versions of all packages that can be imported, as the folders of their metadata have them.

    https://packaging.python.org/en/latest/specifications/recording-installed-packages/
    """
    names: list[str] = []
    for folder in sys.path:
        with contextlib.suppress(OSError):  # it need not be there, and may be a zip
            names += [entry.name for entry in Path(folder).iterdir() if entry.name.endswith(METADATA)]
    return sorted(names)


def digest_package(suffixes: tuple[str, ...] = ("",), *folders: str) -> str:
    """Return the SHA-256 of the files with *suffixes* in a folder of this package: name, length and content of each."""
    digest = hashlib.sha256()
    contents = dict(_list_files(resources.files("polyleaf").joinpath(*folders)))
    for name in sorted(name for name in contents if name.endswith(suffixes)):
        content = contents[name].read_bytes()
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def _list_files(folder: Traversable, path: str = "") -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_file():
            yield path + entry.name, entry
        elif entry.name != COMPILED and (entry.name != REPORTS or path):
            yield from _list_files(entry, f"{path}{entry.name}/")
