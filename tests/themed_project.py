"""A tiny project with a theme that sets nearly everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import support

if TYPE_CHECKING:
    from pathlib import Path

LOGO = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 30 10'><path d='M0 0h30v10H0z' fill='#123456'/></svg>"
FILE = """\
[organisation]
name = "Huis"
email = "huis@example.org"
phone = "+31 20 555 01 23"
website = "https://example.org/huis"
address = "Laan 1, Dorp"

[logo]
file = "media/logo.svg"

[colours]
brand = "#0B3D91"
link = "#137"

[fonts]
heading = "Noto Serif"

[type]
size = 16
leading = 1.5
"""
TEXT = "---\ntitle: Knie\n{}---\n\n# Kop {{#k}}\n\nTekst.\n\n# Over {{#o}}\n\n::: colophon\n:::\n"
SETTINGS = '[tool.polyleaf]\nsource_language = "{}"\nformats = ["html", "epub", "pdf"]\n'


def project(folder: Path, file: str = FILE, front: str = "", language: str = "nl", logo: str | bytes = LOGO) -> Path:
    """Write a project into *folder* whose theme is *file* and whose leaflet has *front* in its front matter."""
    files = {"source/knie.md": TEXT.format(front), "source/theme.toml": file, "source/media/logo.svg": logo}
    return support.project(folder, files, SETTINGS.format(language))
