"""The tables of settings: the readers, the JSON Schemas for editors and the reference say the same."""

from __future__ import annotations

import importlib
import json
import re
import tomllib
from datetime import date
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

import test_bad_input
import test_theme
import themed_project
from polyleaf import config
from polyleaf.errors import PolyleafError
from polyleaf.readability.gates import FIGURES
from polyleaf.settings import by_key
from polyleaf.sources import front_matter
from polyleaf.theme import colours
from polyleaf.theme import config as themes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from polyleaf.settings import Setting

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "scripts/docs/reference/settings.md"
BEGIN, END = "<!-- generated: pytest tests/test_settings.py --accept -->\n", "<!-- end of what is generated -->"
RENEW = "renew it with: pytest tests/test_settings.py --accept"
JSONSCHEMA = importlib.import_module("jsonschema")  # not an import, since it has no types of its own
DRAFTS = (JSONSCHEMA.Draft4Validator, JSONSCHEMA.Draft7Validator, JSONSCHEMA.Draft202012Validator)


def document(title: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **schema}


def table(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": {name: schema}}


TABLES = {name: by_key(settings) for name, settings in themes.TABLES.items()}
SCHEMAS = {
    "settings": document(
        "[tool.polyleaf] in pyproject.toml",
        table("tool", table("polyleaf", by_key(config.SETTINGS, ["source_language"]))),
    ),
    "theme": document("source/theme.toml", {"type": "object", "properties": TABLES, "additionalProperties": False}),
    "front-matter": document("Front matter of a leaflet", by_key(front_matter.KEYS, ["title"])),
}


def value_of(schema: Mapping[str, Any]) -> str:
    """Return in words what a value of *schema* may be."""
    if "enum" in schema.get("items", schema):
        choices = ", ".join(f"`{choice}`" for choice in schema.get("items", schema)["enum"])
        return f"{schema['title']}: {choices}"
    limits = f", {schema['minimum']} to {schema['maximum']}" if "minimum" in schema else ""
    return f"{schema['title']}{limits}"


def rows(heading: str, settings: Mapping[str, Setting]) -> Iterator[str]:
    yield f"### {heading}\n\n| key | value | what it does |\n|---|---|---|\n"
    for key, setting in settings.items():
        yield f"| `{key}` | {value_of(setting.kind.schema)} | {setting.description} |\n"
    yield "\n"


def reference() -> str:
    """Return the part of the reference that is generated."""
    own = [name for name, settings in themes.TABLES.items() if settings is not themes.COLOURS]
    parts = [
        *rows("`[tool.polyleaf]` in `pyproject.toml`", config.SETTINGS),
        *rows("`[tool.polyleaf.readability.nl]`, a table per language", FIGURES),
        *rows("`[colours]`, and `[dark]` for a dark page, in `source/theme.toml`", themes.COLOURS),
        *(part for name in own for part in rows(f"`[{name}]` in `source/theme.toml`", themes.TABLES[name])),
        *rows("Front matter of `source/*.md`", front_matter.KEYS),
        *rows("`contact` in the front matter", front_matter.CONTACT),
    ]
    return "".join(parts)


# The files that are generated.


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_what_the_table_says(name: str, request: pytest.FixtureRequest) -> None:
    file = Path(str(resources.files("polyleaf"))) / "assets/schemas" / f"{name}.schema.json"
    text = json.dumps(SCHEMAS[name], indent=2, ensure_ascii=False) + "\n"
    if request.config.getoption("--accept"):
        file.write_text(text, "utf-8")

    assert text == file.read_text("utf-8"), RENEW


def test_the_reference_is_what_the_table_says(request: pytest.FixtureRequest) -> None:
    before, text = REFERENCE.read_text("utf-8").split(BEGIN)
    text, after = text.split(END)
    if request.config.getoption("--accept"):
        REFERENCE.write_text(f"{before}{BEGIN}{reference()}{END}{after}", "utf-8")
        text = reference()

    assert reference() == text, RENEW


@pytest.mark.parametrize("draft", DRAFTS)
@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one_of_every_draft_that_editors_know(name: str, draft: Any) -> None:
    draft.check_schema(SCHEMAS[name])


def test_every_colour_of_a_theme_is_a_setting() -> None:
    assert colours.KEYS == tuple(themes.COLOURS)


def test_a_description_is_a_sentence() -> None:
    tables = (config.SETTINGS, front_matter.KEYS, front_matter.CONTACT, *themes.TABLES.values())
    texts = [setting.description for settings in tables for setting in settings.values()]

    assert [] == [text for text in texts if not re.fullmatch(r"[A-Z`].*\.", text)]


# What the readers accept and refuse, the schemas accept and refuse.


def accepts(name: str, value: object) -> bool:
    """Tell whether the schema accepts *value*, with the same verdict in every draft."""
    verdicts = {bool(draft(SCHEMAS[name]).is_valid(value)) for draft in DRAFTS}
    assert 1 == len(verdicts)
    return verdicts.pop()


class CoreLoader(yaml.SafeLoader):
    """YAML as an editor reads it, by the core schema of YAML 1.2: a date is a text there."""


CoreLoader.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:timestamp"]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def core(text: str) -> Any:
    return yaml.load(text, CoreLoader)  # noqa: S506 - a SafeLoader


def test_our_own_settings_are_valid() -> None:
    assert accepts("settings", tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8")))


def test_the_theme_of_the_tests_is_valid() -> None:
    assert accepts("theme", tomllib.loads(themed_project.FILE))


@pytest.mark.parametrize("file", sorted((ROOT / "source").glob("*.md")), ids=lambda file: file.stem)
def test_our_own_front_matter_is_valid(file: Path) -> None:
    block = front_matter.BLOCK.match(file.read_text("utf-8"))

    assert block
    assert accepts("front-matter", core(block.group(1)))
    assert accepts("front-matter", yaml.load(block.group(1), yaml.BaseLoader))  # noqa: S506 - it makes texts only


UNKNOWN_TO_SCHEMAS = {
    "settings": ("", '[tool.polyleaf]\nsource_language = "xx"'),
    "theme": (
        *("weak brand", "weak dark ink", "loud tint"),  # contrast
        *("infinite leading", "logo without a name", "strange character"),
    ),
}
"""What a reader refuses that no schema can: the data of CLDR, contrast, one key for the sake of another."""


@pytest.mark.parametrize("text", test_bad_input.SETTINGS, ids=test_bad_input.beginning)
def test_settings_that_are_refused_have_no_valid_schema(text: str) -> None:
    try:
        value = tomllib.loads(text)
    except (ValueError, RecursionError):
        return

    assert (text in UNKNOWN_TO_SCHEMAS["settings"]) == accepts("settings", value)


NOT_ASKED = {"not TOML", "size of thousands of digits"}
"""Themes of which there is no value, or one that jsonschema cannot print."""


@pytest.mark.parametrize("name", sorted(test_theme.REFUSED.keys() - NOT_ASKED))
def test_a_theme_that_is_refused_has_no_valid_schema(name: str) -> None:
    value = tomllib.loads(test_theme.REFUSED[name][0])

    assert (name in UNKNOWN_TO_SCHEMAS["theme"]) == accepts("theme", value)


SCALARS: tuple[Any, ...] = (0, 1, 12, 1.5, 14.25, 24, 25, -3, True, False, date(2026, 3, 1))
TEXTS = (
    *(
        "",
        " ",
        "x",
        "nl",
        "en",
        "pt_BR",
        "zh_Hans",
        "EN",
        "mark",
        "fail",
        "drop",
        "pdf",
        "docx",
        "#fff",
        "#0D5a52",
        "#ffff",
    ),
    *(
        "media/logo.svg",
        "./media/logo.PNG",
        "media/a/b.svg",
        "logo.svg",
        "media/logo.gif",
        "Noto Serif",
        " Noto  Sans ",
    ),
    *("Noto-Sans", "思源黑体", "a@b.nl", " a@b.nl ", "a@b", "+31 (0)20 123.45-67", "112", "---", "https://a.nl/?b=1"),
    *("http://a.nl", "javascript:x", "2026-03-01", "2026-02-30", "1 maart", "published", "final", "Lareb", "a  b"),
)
LISTS: tuple[Any, ...] = ([], [1], [[]], *([text] for text in TEXTS), ["nl", "en"], ["pdf", "html", "pdf"], ["nl", 3])
FIGURES_OF_A_LANGUAGE: tuple[Any, ...] = (
    *({}, 3, {"lix": False}, {"lix": True}, {"lix": 3}, {"flesh": {}}, {"lix": {"warn": 3}}, {"lix": {"max": 3}}),
    *({"lix": {"warn": 10, "fail": 20}}, {"lix": {"fail": False}}, {"lix": {"warn": "3"}}, {"lix": {"warn": True}}),
)
MAPS: tuple[Any, ...] = (
    *({}, {"en": "fail", "nl": "mark"}),
    *({code: text} for code in ("nl", "en", "zh_Hans", "arabic", "x") for text in ("mark", "drop", "Noto Serif")),
    *({"nl": figures} for figures in FIGURES_OF_A_LANGUAGE),
)
VALUES = (*SCALARS, *TEXTS, *LISTS, *MAPS)


def toml(value: object) -> str:
    """Return *value* as TOML."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def reads(name: str, text: str) -> bool:
    """Tell whether the reader of a file accepts its *text*."""
    try:
        if name == "settings":
            config.read(text.encode(), "pyproject.toml")
        elif name == "theme":
            themes.tables(text.encode())
        else:
            front_matter.extract(text, "source/knie.md")
    except PolyleafError:
        return False
    return True


def agree(name: str, value: object, text: str, loaded: object) -> list[str]:
    """Return *text* when reader and schema disagree on it; what a text says the reader may judge more strictly.

    A telephone number without quotes is a number to YAML, and a text to the reader.
    """
    by_reader, by_schema = reads(name, text), accepts(name, loaded)
    is_text = "'" in repr(value) or "phone" in text
    return [text] if by_reader > by_schema or (by_schema > by_reader and not is_text) else []


@pytest.mark.law
@pytest.mark.parametrize("key", [key for key in config.SETTINGS if key != "source_language"])
def test_reader_and_schema_agree_on_a_setting(key: str) -> None:
    texts: dict[str, Any] = {
        f'[tool.polyleaf]\nsource_language = "nl"\n{others}{key} = {toml(value)}': value
        for value in VALUES
        for others in (["", 'languages = ["nl", "en", "zh_Hans"]\n'] if key != "languages" else [""])
    }

    wrong = [line for text, value in texts.items() for line in agree("settings", value, text, tomllib.loads(text))]
    assert [] == wrong
    assert {True, False} == {reads("settings", text) for text in texts}


@pytest.mark.parametrize(("name", "key"), [(name, key) for name, keys in themes.TABLES.items() for key in keys])
def test_reader_and_schema_agree_on_a_key_of_a_theme(name: str, key: str) -> None:
    texts = {f"[{name}]\n{key} = {toml(value)}": value for value in VALUES}

    assert [] == [line for text, value in texts.items() for line in agree("theme", value, text, tomllib.loads(text))]
    assert {True, False} == {reads("theme", text) for text in texts}


@pytest.mark.parametrize("key", [*front_matter.KEYS, *(f"contact.{key}" for key in front_matter.CONTACT)])
def test_reader_and_schema_agree_on_a_key_of_the_front_matter(key: str) -> None:
    outer, _, inner = key.partition(".")
    wrong = []
    for value in VALUES:
        written = json.dumps({inner: value} if inner else value, default=str, ensure_ascii=False)
        block = f"{outer}: {written}\n" if key == "title" else f"title: Knie\n{outer}: {written}\n"
        wrong += agree("front-matter", value, f"---\n{block}---\n", core(block))

    assert [] == wrong


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("settings", '[tool.polyleaf]\nsource_language = "nl"\nlanguage = "nl"'),
        ("settings", '[tool.polyleaf]\nsource_language = "nl"\n[tool.polyleaf.readability.nl]\nflesh = false'),
        ("settings", '[tool.polyleaf]\nsource_language = "nl"\n[tool.polyleaf.readability.nl]\nlix = { max = 3 }'),
        ("theme", "[colors]"),
        ("theme", "size = 12"),
        *(("theme", f"[{table}]\nnone = 1") for table in themes.TABLES),
        ("front-matter", "title: Knie\ntitel: Knie"),
        ("front-matter", "title: Knie\ncontact: {fax: 1}"),
        ("front-matter", "subtitle: Knie"),
    ],
)
def test_a_key_that_is_unknown_or_missing_is_refused_by_both(name: str, text: str) -> None:
    is_yaml = name == "front-matter"

    assert not reads(name, f"---\n{text}\n---\n" if is_yaml else text)
    assert not accepts(name, core(text) if is_yaml else tomllib.loads(text))


def test_other_tools_may_have_settings_beside_ours() -> None:
    assert accepts("settings", tomllib.loads('[project]\nname = "x"\n[tool.ruff]\nline-length = 3'))
