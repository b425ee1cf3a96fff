"""The settings of a leaflet project: `[tool.polyleaf]` in `pyproject.toml` as a frozen `Project`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from babel import Locale, UnknownLocaleError

from polyleaf.errors import ConfigError, offer

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMATS = ("html", "epub", "pdf")
"""The formats that can be asked for; `pipeline.FORMATS` says how each is made."""


@dataclass(frozen=True, slots=True)
class Project:
    """What a project wants: the language its authors write in, and what is to be made.

    *languages* and *source_language* are gettext codes (`nl`, `pt_BR`, `zh_Hans`), the source first.
    """

    source_language: str
    languages: tuple[str, ...]
    formats: tuple[str, ...] = FORMATS

    @property
    def targets(self) -> tuple[str, ...]:
        """The languages that are translated into."""
        return tuple(language for language in self.languages if language != self.source_language)


def read(text: str, where: str) -> Project:
    """Return the settings in the TOML *text* of the file *where*; raises ConfigError with the path of the key."""
    try:
        table = tomllib.loads(text).get("tool", {}).get("polyleaf")
    except (tomllib.TOMLDecodeError, AttributeError) as error:
        raise ConfigError(f"{where}: not valid TOML: {error}", hint="Repair the file and run again.") from error
    if not isinstance(table, dict):
        raise ConfigError(
            f"{where}: there is no [tool.polyleaf]",
            hint='Add:\n[tool.polyleaf]\nsource_language = "nl"\nlanguages = ["nl", "en"]',
        )
    _only_known(table, where)
    source = _language(table.get("source_language"), f"{where}: [tool.polyleaf] source_language")
    languages = _names(table.get("languages", [source]), f"{where}: [tool.polyleaf] languages")
    checked = [_language(code, f"{where}: [tool.polyleaf] languages[{at}]") for at, code in enumerate(languages)]
    formats = _names(table.get("formats", list(FORMATS)), f"{where}: [tool.polyleaf] formats")
    for at, name in enumerate(formats):
        _known(name, FORMATS, f"{where}: [tool.polyleaf] formats[{at}]", "a format")
    return Project(source, tuple(dict.fromkeys([source, *checked])), tuple(formats))


def _known(name: str, choices: Iterable[str], where: str, noun: str) -> None:
    if name not in choices:
        raise ConfigError(f"{where}: {name!r} is not {noun}", hint=offer(name, choices))


def _only_known(table: dict[str, Any], where: str) -> None:
    choices = [field.name for field in fields(Project)]
    for key in table:
        _known(key, choices, f"{where}: [tool.polyleaf] {key}", "a setting")


def _names(value: object, where: str) -> list[str]:
    if isinstance(value, list) and value and all(isinstance(name, str) for name in value):
        return value
    raise ConfigError(f"{where}: must be a list of texts, not {value!r}", hint='Write it as ["nl", "en"].')


def _language(code: object, where: str) -> str:
    if not isinstance(code, str) or not code:
        raise ConfigError(f"{where}: must name a language, not {code!r}", hint='Write a code such as "nl".')
    try:
        locale = Locale.parse(code.replace("-", "_"))
    except (ValueError, UnknownLocaleError) as error:
        raise ConfigError(
            f"{where}: {code!r} is not a language that CLDR knows",
            hint="Write a code such as nl, pt_BR or zh_Hans.",
        ) from error
    if str(locale) != code:
        raise ConfigError(f"{where}: {code!r} is not the usual form", hint=f"Write {str(locale)!r}.")
    return code
