"""One leaflet that cannot be read or rendered stops no command for the others, and nothing old looks new."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

import output_reader
import support
from polyleaf import cli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Build = Callable[..., tuple[int, str]]

pytestmark = pytest.mark.law

PDF = support.SETTINGS.replace('["html"]', '["html", "pdf"]')
BROKEN = "\U00013000"
"""A hieroglyph, which no font that leaflets are set in has."""


def leaflet(title: str, body: str = "Buig.") -> str:
    return f"---\ntitle: {title}\n---\n\n{body}\n"


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Build:
    """Write files into a project with two leaflets, build it, and return exit code and messages."""

    def run(files: dict[str, str], *argv: str, settings: str = support.SETTINGS) -> tuple[int, str]:
        sound = {"source/heup.md": leaflet("Heup"), "source/knie.md": leaflet("Knie")}
        support.project(tmp_path, {**sound, **files}, settings)
        monkeypatch.chdir(tmp_path)
        code = cli.run(["build", "-q", *argv])
        return code, capsys.readouterr().err

    return run


def outputs(folder: Path) -> set[str]:
    return {str(file.relative_to(folder / "build")) for file in (folder / "build").glob("*/*")}


def listed(folder: Path) -> set[str]:
    sums = (folder / "build/SHA256SUMS").read_text("utf-8")
    return {line.split("  ")[1] for line in sums.splitlines()} - {"manifest.json"}


PICTURE = {"source/knie.md": leaflet("Knie", "![Knie](k.png)")}
SOURCES: dict[str, tuple[dict[str, str], str]] = {
    "no front matter": ({"source/knie.md": "Buig."}, "source/knie.md:1: there is no front matter"),
    "a link": ({"source/knie.md": leaflet("Knie", "[dit](javascript:x)")}, "source/knie.md:5: the link to"),
    "a footnote": ({"source/knie.md": leaflet("Knie", "Buig.[^1]")}, "source/knie.md:5: the note [^1] has no text"),
    "deep nesting": ({"source/knie.md": leaflet("Knie", ">" * 500)}, "source/knie.md: lists, quotations or spans"),
    "no image": (PICTURE, "source/knie.md:5: the image 'k.png' is not there"),
    "a broken image": ({**PICTURE, "source/k.png": "x"}, "source/k.png: this is not a png image"),
    "a name": ({"source/knie+.md": leaflet("Knie")}, "source/: 'knie+' cannot be the name of a leaflet"),
}
SOURCE = {"no front matter": SOURCES["no front matter"]}
CATALOGUE = {
    "a catalogue": (
        {"locales/en/LC_MESSAGES/knie.po": 'msgid "a'},
        "locales/en/LC_MESSAGES/knie.po:1: gettext refuses this",
    )
}
SIGN_OFFS = {"sign-offs": ({"source/knie.sign-offs.toml": "[[sign"}, "source/knie.sign-offs.toml:1: this is not")}
EVERY = {**SOURCES, **CATALOGUE, **SIGN_OFFS}
ALL = {**SOURCE, **CATALOGUE, **SIGN_OFFS}
READ_BY = {
    "build -f html": ALL,
    "check": EVERY,
    "check --json": ALL,
    "clean": ALL,
    "extract": SOURCE,
    "readability": {**SOURCE, **CATALOGUE},
    "readability --json": SOURCE,
    "review -f html": ALL,
    "reword --by A --all": {**SOURCE, **CATALOGUE},
    "status": ALL,
    "status --html": ALL,
    "status --json": ALL,
    "update": {**SOURCES, **CATALOGUE},
}
"""What of each leaflet a command reads, and so cannot do without; two of them with every kind of source."""
NOT_READ = [
    ("extract", "a catalogue"),
    ("extract", "sign-offs"),
    ("readability", "sign-offs"),
    ("reword --by A --all", "sign-offs"),
    ("update", "sign-offs"),
]


def test_every_command_for_several_leaflets_is_here() -> None:
    several = {
        name for name, command in cli.polyleaf.commands.items() if "leaflets" in {each.name for each in command.params}
    }

    assert several == {command.split()[0] for command in READ_BY} - {"clean"}


@pytest.fixture
def edited(new_project: Callable[..., Path], capsys: pytest.CaptureFixture[str]) -> Path:
    """Go to a project with two leaflets that were edited after they were translated."""
    names = ("heup", "knie")
    project = new_project({f"source/{name}.md": leaflet(name) for name in names}, update=True)
    for name in names:
        support.translate(project, {"Buig.": "Bend."}, name)
    support.project(project, {f"source/{name}.md": leaflet(name, "Buig nu.") for name in names})
    capsys.readouterr()
    return project


@pytest.mark.parametrize(("command", "name"), [(command, name) for command, names in READ_BY.items() for name in names])
def test_what_cannot_be_read_of_a_leaflet_stops_no_other(
    command: str, name: str, edited: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files, error = READ_BY[command][name]
    support.project(edited, files)
    of_knie = {file: file.read_bytes() for file in edited.glob("locales/**/knie.po*")}

    code = cli.run(command.split())

    output, messages = capsys.readouterr()
    fact = error.partition(": ")[2]
    assert 1 == code
    assert ("check --json" != command) == messages.count(f"error: {error}")
    assert ("json" not in command) or (1 == output.count(fact) and '"heup"' in output)
    assert "nothing found" not in output
    assert "--html" not in command or fact in output_reader.page(edited / "build/review/status.html").text_content()
    if "a name" != name:
        assert of_knie == {file: file.read_bytes() for file in of_knie}
    assert (command == "update") == ("Buig nu." in (edited / "locales/en/LC_MESSAGES/heup.po").read_text("utf-8"))
    assert command.startswith("build") == (edited / "build/nl/heup.html").exists()


@pytest.mark.parametrize(("command", "name"), NOT_READ)
def test_what_a_command_does_not_read_cannot_stop_it(
    command: str, name: str, edited: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    support.project(edited, ALL[name][0])

    assert 0 == cli.run(command.split())
    assert "error" not in capsys.readouterr().err


@pytest.mark.parametrize("command", ["build", "update", "status"])
def test_where_no_leaflet_can_be_read_every_error_is_told(
    command: str, edited: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    support.project(edited, {"source/heup.md": "Buig.", "source/knie.md": leaflet("Knie", "[dit](javascript:x)")})

    assert 4 == cli.run(command.split())
    messages = capsys.readouterr().err
    assert 1 == messages.count("source/heup.md:1: there is no front matter")
    assert 1 == messages.count("source/knie.md:5: the link to")


def test_every_catalogue_that_cannot_be_read_is_told(edited: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = support.SETTINGS.replace('"en"', '"de", "en"')
    support.project(edited, {f"locales/{code}/LC_MESSAGES/knie.po": 'msgid "a' for code in ("de", "en")}, settings)

    assert 1 == cli.run(["update"])
    messages = capsys.readouterr().err
    assert [1, 1] == [messages.count(f"locales/{code}/LC_MESSAGES/knie.po:1: ") for code in ("de", "en")]
    assert "Buig nu." in (edited / "locales/de/LC_MESSAGES/heup.po").read_text("utf-8")


def test_every_fault_of_a_leaflet_that_is_not_made_is_a_finding(build: Build) -> None:
    _, messages = build({"source/knie.md": leaflet("Knie", "[dit](javascript:x)\n\n[dat](vbscript:y)")})

    assert 2 == messages.count("[source]")


def test_what_was_made_before_of_a_leaflet_that_cannot_be_read_looks_old(tmp_path: Path, build: Build) -> None:
    build({})

    code, messages = build({"source/knie.md": "Buig."})

    assert 1 == code
    assert 2 == messages.count("it may not be made now [earlier]")
    assert {"nl/heup.html", "en/heup.html"} == listed(tmp_path)
    assert {"nl/heup.html", "en/heup.html", "nl/knie.html", "en/knie.html"} == outputs(tmp_path)


def test_a_leaflet_that_cannot_be_rendered_stops_no_other(tmp_path: Path, build: Build) -> None:
    build({}, "-l", "nl", settings=PDF)

    code, messages = build({"source/knie.md": leaflet("Knie", f"Goed.\n\nEen {BROKEN}.")}, "-l", "nl", settings=PDF)

    assert 1 == code
    assert "error: source/knie.md:7: knie in nl as pdf: U+13000 EGYPTIAN HIEROGLYPH A001" in messages
    assert {"nl/heup.html", "nl/heup.pdf"} == listed(tmp_path)
    assert "[stale]" in messages


def test_no_page_links_to_an_edition_that_could_not_be_rendered(tmp_path: Path, build: Build) -> None:
    header = 'msgid ""\nmsgstr "Language: en\\nContent-Type: text/plain; charset=UTF-8\\n"\n'
    translated = f'{header}\nmsgid "Buig."\nmsgstr "Bend {BROKEN}."\n'

    code, messages = build({"locales/en/LC_MESSAGES/knie.po": translated}, settings=PDF)

    assert 1 == code
    assert "error: locales/en/LC_MESSAGES/knie.po:5: knie in en as pdf: U+13000" in messages
    assert "nl/knie.html" in outputs(tmp_path)
    assert "en/knie.html" not in outputs(tmp_path)
    assert "../en/knie.html" not in (tmp_path / "build/nl/knie.html").read_text("utf-8")
    assert [] == json.loads((tmp_path / "build/manifest.json").read_text("utf-8"))["files"]["nl/knie.html"]["links_to"]
    assert "../en/heup.html" in (tmp_path / "build/nl/heup.html").read_text("utf-8")


def test_what_cannot_be_read_is_told_where_the_rest_cannot_be_rendered(build: Build) -> None:
    files = {"source/heup.md": "Buig.", "source/knie.md": leaflet("Knie", BROKEN)}

    code, messages = build(files, "-l", "nl", settings=PDF)

    assert 4 == code
    assert "source/heup.md:1: there is no front matter" in messages
    assert "knie in nl as pdf: U+13000" in messages


def test_a_text_that_leaves_its_page_is_found_in_its_file(build: Build) -> None:
    code = "**a**" + "XKCD7744" * 12
    header = 'msgid ""\nmsgstr "Language: en\\nContent-Type: text/plain; charset=UTF-8\\n"\n'
    translated = f'{header}\nmsgid "Buig."\nmsgstr ""\n"Bend it as "\n"{code} says."\n'
    files = {
        "source/heup.md": leaflet("Heup", f"Goed.\n\nBuig,\nzoals {code} zegt.\n\nZie ook {code}."),
        "locales/en/LC_MESSAGES/knie.po": translated,
    }

    _, messages = build(files, settings=PDF)

    for location in ("source/heup.md:7: heup", "source/heup.md:10: heup", "locales/en/LC_MESSAGES/knie.po:6: knie"):
        assert re.search(rf"error: {location} in .. as pdf: page 1: .* leaves the (page|text area)", messages)


def test_where_nothing_can_be_rendered_the_build_fails(tmp_path: Path, build: Build) -> None:
    broken = {f"source/{name}.md": leaflet(name, BROKEN) for name in ("heup", "knie")}

    code, messages = build(broken, "-l", "nl", settings=PDF)

    assert 6 == code
    assert {"source/heup.md", "source/knie.md"} == set(re.findall(r"(\S+):5: \w+ in nl as pdf: U\+13000", messages))
    assert set() == outputs(tmp_path)
