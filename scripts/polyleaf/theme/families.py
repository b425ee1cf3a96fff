"""Which families of fonts are named for which language, and in which order: the only place that orders them.

`assets/fonts.toml` has the families of the house, by script.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from polyleaf import languages

if TYPE_CHECKING:
    from polyleaf.model import Theme

LATIN, SIGNS = "Latn", "Zyyy"

GENERIC = ("system-ui", "-apple-system", '"Segoe UI"', "Roboto", "Arial", "sans-serif")
"""What a page on a screen is shown in where the named families are not installed, as style sheets list it."""


def named(language: str, theme: Theme) -> tuple[str, ...]:
    """Return the families for the BCP 47 tag *language*: of the *theme*, of its script, of Latin, and of signs."""
    families = table()["families"]
    own = (theme.scripts.get(language.replace("-", "_"), ""), theme.text)
    return _each(own, families.get(script(language), ()), families[LATIN], families[SIGNS])


def latin(theme: Theme) -> tuple[str, ...]:
    """Return the families of running text whose language is not known: of the *theme*, and of Latin."""
    return _each((theme.text,), table()["families"][LATIN])


def headings(theme: Theme) -> tuple[str, ...]:
    """Return the same for headings."""
    return _each((theme.heading,), latin(theme))


def script(language: str) -> str:
    """Return the script (ISO 15924) of the BCP 47 tag *language*, Latin for a tag that nobody knows."""
    try:
        return languages.add_likely_subtags(language)[1]
    except ValueError:
        return LATIN


def quoted(family: str) -> str:
    """Return the name of a *family* as style sheets have it."""
    return f'"{family}"'


@cache
def table() -> dict[str, Any]:
    """Return `assets/fonts.toml`: the *families* of each script, and the *packages* in which some of them are."""
    return tomllib.loads((resources.files("polyleaf") / "assets" / "fonts.toml").read_text("utf-8"))


def _each(*rows: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(family for row in rows for family in row if family))
