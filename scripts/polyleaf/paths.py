"""Paths of a project's files, relative to its folder, and of its outputs, relative to the build folder.

A *language* in them is a gettext code (`pt_BR`), a *leaflet* the name of its source without suffix.
"""

from __future__ import annotations

from pathlib import PurePosixPath

SETTINGS = PurePosixPath("pyproject.toml")
SOURCE = PurePosixPath("source")
LOCALES = PurePosixPath("locales")

BIBLIOGRAPHY = SOURCE / "references.json"
THEME = SOURCE / "theme.toml"

MANIFEST = PurePosixPath("manifest.json")
CHECKSUMS = PurePosixPath("SHA256SUMS")
REVIEW = PurePosixPath("review")
STATUS_PAGE = REVIEW / "status.html"

FORMATS = ("html", "epub", "pdf")
"""The formats of outputs that can be asked for; `formats.registry.FORMATS` says how each is made."""

COMPANIONS = {
    str(LOCALES / "*.pot"): ".pot",
    str(LOCALES / "*" / "LC_MESSAGES" / "*.po"): ".po",
    str(SOURCE / "*.sign-offs.toml"): ".sign-offs.toml",
}
"""Patterns of the files that are named after a leaflet, and what follows its name."""


def template(leaflet: str) -> PurePosixPath:
    """Return the gettext template of *leaflet*."""
    return LOCALES / f"{leaflet}.pot"


def catalog(leaflet: str, language: str) -> PurePosixPath:
    """Return the gettext catalog of *leaflet* in *language*."""
    return LOCALES / language / "LC_MESSAGES" / f"{leaflet}.po"


def termbase(language: str) -> PurePosixPath:
    """Return the list of terms agreed on for *language*."""
    return LOCALES / language / "terms.tsv"


def sign_offs(leaflet: str) -> PurePosixPath:
    """Return the file of sign-offs of *leaflet*, in all its languages."""
    return SOURCE / f"{leaflet}.sign-offs.toml"


def output(leaflet: str, language: str, suffix: str) -> PurePosixPath:
    """Return the output of *leaflet* in *language* with *suffix* (`.pdf`), relative to the build folder."""
    return PurePosixPath(language) / f"{leaflet}{suffix}"


def review_sheet(leaflet: str, language: str, suffix: str) -> PurePosixPath:
    """Return the review sheet of *leaflet* in *language* with *suffix*, relative to the build folder."""
    return REVIEW / language / f"{leaflet}{suffix}"
