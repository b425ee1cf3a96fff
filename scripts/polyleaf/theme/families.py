"""Font families by language, in the order of fallback; `assets/fonts.toml` has the default ones, by script."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

from polyleaf import languages
from polyleaf.model import Theme

LATIN, SIGNS = "Latn", "Zyyy"

GENERIC = ("system-ui", "-apple-system", '"Segoe UI"', "Roboto", "Arial", "sans-serif")
"""What a page on a screen is shown in where the named families are not installed, as style sheets list it."""


def find_families(language: str, theme: Theme) -> tuple[str, ...]:
    """Return the families for *language* (BCP 47): of the *theme*, of its script, of Latin, and of signs."""
    families = read_table()["families"]
    own = (theme.scripts.get(language.replace("-", "_"), ""), theme.text)
    return _unique(own, families.get(find_script(language), ()), families[LATIN], families[SIGNS])


def latin_families(theme: Theme) -> tuple[str, ...]:
    """Return the families of running text whose language is not known: of the *theme*, and of Latin."""
    return _unique((theme.text,), read_table()["families"][LATIN])


def heading_families(theme: Theme) -> tuple[str, ...]:
    """Return the families of headings whose language is not known."""
    return _unique((theme.heading,), latin_families(theme))


def find_script(language: str) -> str:
    """Return the script (ISO 15924) of *language* (BCP 47), Latin for a tag that nobody knows."""
    try:
        return languages.add_likely_subtags(language)[1]
    except ValueError:
        return LATIN


def quoted(family: str) -> str:
    """Return the name of a *family* as a CSS string."""
    return f'"{family}"'


@cache
def read_table() -> dict[str, Any]:
    """Return `assets/fonts.toml`: the *families* of each script, and the *packages* in which some of them are."""
    return tomllib.loads((resources.files("polyleaf") / "assets" / "fonts.toml").read_text("utf-8"))


def _unique(*rows: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(family for row in rows for family in row if family))
