"""One leaflet that cannot be read or rendered does not keep the others from being made, and nothing old looks new."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import support
from polyleaf import cli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Build = Callable[..., tuple[int, str]]

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


@pytest.mark.parametrize(
    ("files", "error"),
    [
        ({"source/knie.md": "Buig."}, "error: source/knie.md:1: there is no front matter"),
        ({"source/knie.md": leaflet("Knie", "[dit](javascript:x)")}, "error: source/knie.md:5: the link to"),
        (
            {"source/knie.md": leaflet("Knie", "![Knie](k.png)")},
            "error: source/knie.md:5: the image 'k.png' is not there",
        ),
        ({"locales/en/LC_MESSAGES/knie.po": 'msgid "a'}, "error: locales/en/LC_MESSAGES/knie.po:1: "),
    ],
)
def test_a_leaflet_that_cannot_be_read_stops_no_other(
    files: dict[str, str], error: str, tmp_path: Path, build: Build
) -> None:
    code, messages = build(files)

    assert 1 == code
    assert error in messages
    assert {"nl/heup.html", "en/heup.html"} == outputs(tmp_path)


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


def test_where_nothing_can_be_rendered_the_build_fails(tmp_path: Path, build: Build) -> None:
    broken = {f"source/{name}.md": leaflet(name, BROKEN) for name in ("heup", "knie")}

    code, messages = build(broken, "-l", "nl", settings=PDF)

    assert 6 == code
    assert 2 == messages.count("U+13000")
    assert set() == outputs(tmp_path)


def test_where_nothing_can_be_read_the_build_fails(tmp_path: Path, build: Build) -> None:
    code, messages = build({"source/heup.md": "Buig.", "source/knie.md": "Buig."})

    assert 4 == code
    assert 2 == messages.count("there is no front matter")
    assert set() == outputs(tmp_path)
