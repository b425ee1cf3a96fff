"""The settings of a leaflet project: `[tool.polyleaf]` in `pyproject.toml` as a frozen `Project`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from babel import Locale, UnknownLocaleError

from polyleaf.errors import ConfigError, offer
from polyleaf.readability import gates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from polyleaf.readability import Gates

FORMATS = ("html", "epub", "pdf")
"""The formats that can be asked for; `formats.registry.FORMATS` says how each is made."""


POLICIES = ("mark", "fail")
"""What may happen to a text that is not translated."""

CODE = re.compile(r"[a-z]{2,3}(_[A-Z][a-z]{3})?(_([A-Z]{2}|\d{3}))?")
"""A language, and where it matters its script and territory; other variants have no place in our folders."""

LONGEST = 60
"""How much of a wrong value a message shows."""


@dataclass(frozen=True, slots=True)
class Project:
    """What a project wants: the language its authors write in, and what is to be made.

    *languages* and *source_language* are gettext codes (`nl`, `pt_BR`, `zh_Hans`), the source first.
    *sign_off_roles* must all have signed what is released; when there are none, one person must, in any role.
    *untranslated* says for a language what happens to a text that is not translated and not of the safety class:
    `mark` prints it in the source language, marked as such, and `fail` makes no edition; `mark` when it says nothing.
    *do_not_translate* holds the names that are the same in every language: organisations, products, websites.
    *readability* holds the gates of the languages whose gates are not those that are recommended.
    """

    source_language: str
    languages: tuple[str, ...]
    formats: tuple[str, ...] = FORMATS
    sign_off_roles: tuple[str, ...] = ()
    untranslated: Mapping[str, str] = field(default_factory=dict)
    do_not_translate: tuple[str, ...] = ()
    readability: Mapping[str, Gates] = field(default_factory=dict)

    @property
    def targets(self) -> tuple[str, ...]:
        """The languages that are translated into."""
        return tuple(language for language in self.languages if language != self.source_language)

    def gates(self, language: str) -> Gates:
        """Return from which figures on a text in *language* is too hard."""
        return self.readability.get(language) or gates.recommended(language)


def read(text: str, where: str) -> Project:
    """Return the settings in the TOML *text* of the file *where*; raises ConfigError with the path of the key."""
    table = _table(text, where)
    _only_known(table, where)
    if "source_language" not in table:
        fact = "[tool.polyleaf]: source_language is missing"
        raise ConfigError(f"{where}: {fact}", hint='Add the language of source/: source_language = "nl"')
    source = _language(table["source_language"], f"{where}: [tool.polyleaf] source_language")
    languages = _names(table.get("languages", [source]), f"{where}: [tool.polyleaf] languages", '["nl", "en"]')
    checked = [_language(code, f"{where}: [tool.polyleaf] languages[{at}]") for at, code in enumerate(languages)]
    formats = _names(table.get("formats", list(FORMATS)), f"{where}: [tool.polyleaf] formats", '["html", "pdf"]')
    for at, name in enumerate(formats):
        _known(name, FORMATS, f"{where}: [tool.polyleaf] formats[{at}]", "a format")
    codes = tuple(dict.fromkeys([source, *checked]))
    return Project(
        source,
        codes,
        tuple(dict.fromkeys(formats)),
        sign_off_roles=_each(table, "sign_off_roles", "pharmacist", where),
        untranslated=_policies(table.get("untranslated", {}), codes, f"{where}: [tool.polyleaf] untranslated"),
        do_not_translate=_each(table, "do_not_translate", "Lareb", where),
        readability=gates.read(table.get("readability", {}), f"{where}: [tool.polyleaf] readability", codes),
    )


def _table(text: str, where: str) -> dict[str, Any]:
    try:
        tool = tomllib.loads(text).get("tool")
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{where}: not valid TOML: {error}", hint="Repair the file and run again.") from error
    table = tool.get("polyleaf") if isinstance(tool, dict) else None
    if isinstance(table, dict):
        return table
    raise ConfigError(
        f"{where}: there is no table [tool.polyleaf]",
        hint='Add:\n[tool.polyleaf]\nsource_language = "nl"\nlanguages = ["nl", "en"]',
    )


def _known(name: str, choices: Iterable[str], where: str, noun: str) -> None:
    if name not in choices:
        raise ConfigError(f"{where}: {name[:LONGEST]!r} is not {noun}", hint=offer(name, choices))


def _only_known(table: dict[str, Any], where: str) -> None:
    choices = [one.name for one in fields(Project)]
    for key in table:
        _known(key, choices, f"{where}: [tool.polyleaf]", "a setting")


def _names(value: object, where: str, like: str) -> list[str]:
    if isinstance(value, list) and value and all(isinstance(name, str) for name in value):
        return value
    raise ConfigError(f"{where}: must be a list of texts, not {_short(value)}", hint=f"Write it as {like}.")


def _each(table: dict[str, Any], key: str, like: str, where: str) -> tuple[str, ...]:
    """Return the names under *key*, each once; none when it is not there. *like* is an example of one."""
    value, at = table.get(key, []), f"{where}: [tool.polyleaf] {key}"
    names = _names(value, at, f'["{like}"]') if value != [] else []
    for number, name in enumerate(names):
        if not name.strip() or name != " ".join(name.split()):
            raise ConfigError(f"{at}[{number}]: {_short(name)} is no name", hint=f'Write one, such as "{like}".')
    return tuple(dict.fromkeys(names))


def _policies(value: object, codes: Sequence[str], where: str) -> dict[str, str]:
    """Return the policy of each language: one text is that of all, a table has one per language."""
    table = dict.fromkeys(codes[1:], value) if isinstance(value, str) else value
    if not isinstance(table, dict):
        raise ConfigError(f"{where}: cannot be {_short(value)}", hint='Write "fail", or { en = "fail", ar = "mark" }.')
    for code, policy in table.items():
        _known(str(code), codes[1:], f"{where}: [{code}]", "a language that is translated into")
        if policy not in POLICIES:
            raise ConfigError(f"{where}: cannot be {_short(policy)}", hint=f"Choose from: {', '.join(POLICIES)}.")
    return table


def _language(code: object, where: str) -> str:
    hint = "Write a code such as nl, pt_BR or zh_Hans."
    if not isinstance(code, str):
        raise ConfigError(f"{where}: must name a language, not {_short(code)}", hint=hint)
    try:
        locale = Locale.parse(code.replace("-", "_"))
    except (ValueError, UnknownLocaleError) as error:
        raise ConfigError(f"{where}: {_short(code)} is not a language that CLDR knows", hint=hint) from error
    if not CODE.fullmatch(str(locale)):
        raise ConfigError(f"{where}: {code!r} is a variant, not a language", hint=hint)
    if str(locale) != code:
        raise ConfigError(f"{where}: {code!r} is not the usual form", hint=f"Write {str(locale)!r}.")
    return code


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}..."
