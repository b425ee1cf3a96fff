"""The settings of a leaflet project: `[tool.polyleaf]` in `pyproject.toml` as a frozen `Project`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from babel import Locale, UnknownLocaleError

from polyleaf import settings
from polyleaf.errors import ConfigError, stop_for
from polyleaf.paths import FORMATS
from polyleaf.quotations import quote
from polyleaf.readability import Gates, gates
from polyleaf.settings import Kind, KindError, Setting, require_known, short

POLICIES = ("mark", "fail")
"""What may happen to a text that is not translated."""


@dataclass(frozen=True, slots=True)
class Project:
    """What a project asks for; `SETTINGS` says what each field means.

    *languages* and *source_language* are gettext codes (`nl`, `pt_BR`, `zh_Hans`), the source first.
    *untranslated* and *readability* hold the languages that a project sets, and no others.
    """

    source_language: str
    languages: tuple[str, ...]
    formats: tuple[str, ...] = FORMATS
    sign_off_roles: tuple[str, ...] = ()
    untranslated: Mapping[str, str] = field(default_factory=dict)
    do_not_translate: tuple[str, ...] = ()
    project_id: str = ""
    readability: Mapping[str, Gates] = field(default_factory=dict)

    @property
    def targets(self) -> tuple[str, ...]:
        """The languages that are translated into."""
        return tuple(language for language in self.languages if language != self.source_language)

    def gates(self, language: str) -> Gates:
        """Return from which figures on a text in *language* is too hard."""
        return self.readability.get(language) or gates.recommend(language)


def read(content: bytes, location: str) -> Project:
    """Return the settings in the TOML *content* of the file *location*; raises ConfigError with the path of the key."""
    return from_table(_table(content, location), location)


def from_table(table: Mapping[str, Any], location: str) -> Project:
    """Return the settings in *table*, as TOML has them, of the file *location*; raises ConfigError as `read` does."""
    location = f"{location}: [tool.polyleaf]"
    values, errors = settings.read(table, SETTINGS, "a setting", location)
    stop_for(errors)
    if "source_language" not in values:
        fact = f"{location}: source_language is missing"
        raise ConfigError(fact, hint='Add the language of source/: source_language = "nl"')
    codes = tuple(dict.fromkeys([values["source_language"], *values.pop("languages", ())]))
    try:
        with settings.inside(" untranslated"):
            policies = _policies(values.pop("untranslated", {}), codes[1:])
        with settings.inside(" readability"):
            limits = gates.read(values.pop("readability", {}), codes)
    except KindError as error:
        raise settings.locate_error(location, error) from error
    return Project(languages=codes, untranslated=policies, readability=limits, **values)


def _table(content: bytes, location: str) -> dict[str, Any]:
    tool = settings.load(content, location).get("tool")
    table = tool.get("polyleaf") if isinstance(tool, dict) else None
    if isinstance(table, dict):
        return table
    raise ConfigError(
        f"{location}: there is no table [tool.polyleaf]",
        hint='Add:\n[tool.polyleaf]\nsource_language = "nl"\nlanguages = ["nl", "en"]',
    )


def _policies(value: object, targets: Sequence[str]) -> dict[str, str]:
    """Return the policy of each language: one text is that of all, a table has one per language."""
    policies = dict.fromkeys(targets, POLICY.read(value)) if isinstance(value, str) else value
    if not isinstance(policies, dict):
        raise KindError(f"cannot be {short(value)}", 'Write "fail", or { en = "fail", ar = "mark" }.')
    for code, policy in policies.items():
        with settings.inside(f": [{code}]"):
            require_known(code, targets, "a language that is translated into")
        POLICY.read(policy)
    return policies


def _read_language(code: object) -> str:
    hint = "Write a code such as nl, pt_BR or zh_Hans."
    if not isinstance(code, str):
        raise KindError(f"must name a language, not {short(code)}", hint)
    try:
        locale = str(Locale.parse(code.replace("-", "_")))
    except (ValueError, UnknownLocaleError) as error:
        raise KindError(f"{short(code)} is not a language that CLDR knows", hint) from error
    if not settings.CODE.fullmatch(locale):
        raise KindError(f"{quote(code)} is a variant, not a language", hint)
    if locale != code:
        raise KindError(f"{quote(code)} is not the usual form", f"Write {quote(locale)}.")
    return code


def _read_format(name: str) -> str:
    require_known(name, FORMATS, "a format")
    return name


def _names(like: str) -> Kind:
    """Return the kind of a list of names, such as *like*."""
    name = settings.text("name", r"\S+( \S+)*", f'Write one, such as "{like}".', "{} is no name")
    return settings.texts("list of names", name, f'["{like}"]', least=0)


LANGUAGE = Kind({"title": "language code", "type": "string", "pattern": f"^{settings.CODE.pattern}$"}, _read_language)
POLICY = settings.choice("policy", POLICIES)

SETTINGS: Mapping[str, Setting] = {
    "source_language": Setting(LANGUAGE, "The language that the authors write in, by its gettext code; required."),
    "languages": Setting(
        settings.texts("list of language codes", LANGUAGE, '["nl", "en"]'),
        "The languages of the leaflets; that of the source may be left out.",
    ),
    "formats": Setting(
        settings.texts("list of formats", Kind({"enum": list(FORMATS)}, _read_format), '["html", "pdf"]'),
        "The formats that `polyleaf build` makes; all when it is left out.",
    ),
    "sign_off_roles": Setting(
        _names("pharmacist"),
        "The roles in which every released text must be signed; with none, one person must have signed it in any role.",
    ),
    "untranslated": Setting(
        Kind({"title": "policy, or one per language", "anyOf": [POLICY.schema, settings.by_language(POLICY.schema)]}),
        "What happens to a text that is not translated and not of the safety class: `mark` prints it in the source "
        "language, marked as such, and `fail` makes no edition; `mark` when it is left out.",
    ),
    "do_not_translate": Setting(
        _names("Lareb"), "Names that are the same in every language: of organisations, products, websites."
    ),
    "project_id": Setting(
        settings.text("identifier", r"\S+( \S+)*", 'Write one, such as "example.org".', "{} is no identifier"),
        "What the identifiers of e-books begin with, before leaflet and language: an address of your own that never "
        "changes. The publisher when it is left out; write its old name when it gets another one.",
    ),
    "readability": Setting(
        gates.LIMITS, "The readability limits of a language, where they are not the recommended ones."
    ),
}
"""The table of settings, each read and described by its kind."""
