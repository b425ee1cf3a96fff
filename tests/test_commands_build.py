"""The build as people use it: commands in, files and findings out."""

from __future__ import annotations

import importlib
import json
import pkgutil
from typing import TYPE_CHECKING

import pytest

import support
from polyleaf import checks, cli, paths, workers
from polyleaf.checks import registry
from polyleaf.checks.model import Check
from polyleaf.commands import check
from polyleaf.errors import RenderError
from polyleaf.formats import registry as formats

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KNEE = "---\ntitle: Knie\n---\n\n# Buigen {#buigen}\n\nBuig rustig.\n"
ELBOW = "---\ntitle: Elleboog\n---\n\nBuig.\n"


@pytest.fixture
def project(new_project: Callable[..., Path]) -> Path:
    return new_project({"source/knee.md": KNEE, "source/elbow.md": ELBOW})


def test_the_settings_name_every_format_of_the_registry() -> None:
    assert sorted(paths.FORMATS) == sorted(formats.FORMATS)


def test_every_check_is_in_the_table() -> None:
    modules = [importlib.import_module(row.name) for row in pkgutil.walk_packages(checks.__path__, "polyleaf.checks.")]
    ours = {value.name for module in modules for value in vars(module).values() if isinstance(value, Check)}

    assert ours == set(registry.CHECKS)


def test_every_check_says_what_it_looks_for() -> None:
    assert not [name for name, _, text in check.describe_checks() if not text]


@pytest.mark.parametrize(
    ("words", "tasks"),
    [(["-f", "html"], 1), (["-l", "nl", "knee", "-f", "pdf"], 2), (["-l", "nl", "-f", "pdf"], 4), (["-f", "epub"], 8)],
)
@pytest.mark.usefixtures("project")
def test_there_are_hands_for_every_leaflet_in_every_language(
    words: list[str], tasks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def process_pool(count: int, _warm: object) -> None:
        asked.append(count)
        raise RenderError("closed", hint="Come back.")

    monkeypatch.setattr(workers, "process_pool", process_pool)

    assert 6 == cli.run(["build", *words])
    assert [tasks] == asked


def test_a_build_without_a_leaflet_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(support.project(tmp_path, {"source/notes.txt": "x"}))

    assert 4 == cli.run(["build", "-f", "pdf"])


@pytest.mark.law
def test_a_build_makes_every_leaflet_in_every_language(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == cli.run(["build"])
    assert {"made build/nl/knee.html", "made build/en/elbow.html"} <= set(capsys.readouterr().out.splitlines())
    assert 4 == len(list((project / "build").rglob("*.html")))


def test_a_build_makes_only_what_is_asked_for(project: Path) -> None:
    assert 0 == cli.run(["build", "-q", "knee", "-l", "nl", "-f", "html"])
    assert ["knee.html"] == [file.name for file in (project / "build").rglob("*.html")]


def test_a_language_that_is_not_there_is_named(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == cli.run(["build", "-l", "ne"])
    assert "there is no language 'ne'" in capsys.readouterr().err
    assert not (project / "build").exists()


def test_a_language_twice_is_built_once(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == cli.run(["build", "knee", "-l", "nl", "-l", "nl"])
    assert ["made build/nl/knee.html"] == capsys.readouterr().out.splitlines()
    assert project.is_dir()


@pytest.mark.law
def test_text_that_is_not_translated_is_printed_and_said(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["update", "-q"])
    cli.run(["build", "-q", "knee", "-l", "en"])

    assert "texts not translated" in capsys.readouterr().err
    assert 'lang="nl"' in (project / "build" / "en" / "knee.html").read_text("utf-8")


def test_a_translation_is_printed(project: Path) -> None:
    cli.run(["update", "-q"])
    support.translate(project, {"Buig rustig.": "Bend slowly."})
    cli.run(["build", "-q", "knee", "-l", "en"])

    assert "Bend slowly." in (project / "build" / "en" / "knee.html").read_text("utf-8")


@pytest.mark.law
@pytest.mark.usefixtures("project")
def test_status_counts_what_is_translated(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    cli.run(["update", "-q"])
    support.translate(tmp_path, {"Buig.": "Bend."}, "elbow")
    cli.run(["status", "--json", "elbow", "-l", "en"])
    state = json.loads(capsys.readouterr().out)["states"][0]

    assert {"translated": 1, "missing": 1, "fuzzy": 0, "units": 2}.items() <= state["amounts"].items()


def test_status_without_a_catalogue_is_all_missing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == cli.run(["status", "--json", "elbow", "-l", "en"])
    assert 2 == json.loads(capsys.readouterr().out)["states"][0]["amounts"]["missing"]
    assert not (project / "locales").exists()


@pytest.mark.law
def test_a_second_update_changes_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["update", "-q"])
    before = {file: file.read_bytes() for file in (project / "locales").rglob("*.p*")}
    cli.run(["update"])

    assert "nothing to change\n" == capsys.readouterr().out
    assert before == {file: file.read_bytes() for file in before}


@pytest.mark.usefixtures("project")
def test_a_check_looks_at_sources_and_translations(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "source" / "elbow.md").write_text(ELBOW + "\n# A {#a}\n\n### B {#b}\n", "utf-8")
    cli.run(["update", "-q"])

    assert 1 == cli.run(["check", "--json", "elbow"])
    findings = support.findings(capsys.readouterr().out)
    assert {"heading_skipped", "missing"} <= {finding["check"] for finding in findings}
    placed = [finding for finding in findings if finding["check"] != "not_built"]
    assert placed == sorted(
        placed,
        key=lambda finding: (finding["location"].rpartition(":")[0], int(finding["location"].rpartition(":")[2])),
    )


@pytest.mark.law
@pytest.mark.usefixtures("project")
def test_a_language_without_labels_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(support.SETTINGS.replace('"en"', '"sv"'), "utf-8")
    cli.run(["build", "-q", "knee"])

    errors = capsys.readouterr().err
    assert "sv: the theme has no labels in this language" in errors
    assert "sv: the checks know no words of this language" in errors


@pytest.mark.law
@pytest.mark.usefixtures("project")
def test_a_failing_edition_leaves_its_earlier_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["build", "-q", "knee", "-l", "nl"])
    before = (tmp_path / "build" / "nl" / "knee.html").read_bytes()
    (tmp_path / "source" / "knee.md").write_text(KNEE + "\n\\\\(\\frac{a}{b}\\\\)\n", "utf-8")

    assert 4 == cli.run(["build", "-q", "knee", "-l", "nl"])
    assert "has a fraction, a root or a sign" in capsys.readouterr().err
    assert before == (tmp_path / "build" / "nl" / "knee.html").read_bytes()


@pytest.mark.law
@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("sv", "ltr"), ("pl", "ltr")])
def test_any_language_can_be_printed(
    project: Path, language: str, direction: str, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = f'[tool.polyleaf]\nsource_language = "nl"\nlanguages = ["nl", "{language}"]\n'
    (project / "pyproject.toml").write_text(settings, "utf-8")
    cli.run(["update", "-q"])

    assert 0 == cli.run(["build", "-q", "knee", "-l", language])
    assert "texts not translated" in capsys.readouterr().err
    page = (project / "build" / language / "knee.html").read_text("utf-8")
    assert f'<html lang="{language.replace("_", "-")}" dir="{direction}">' in page
    assert (project / "build" / language / "knee.pdf").read_bytes().startswith(b"%PDF")
    assert (project / "build" / language / "knee.epub").is_file()


@pytest.mark.law
def test_a_language_with_a_script_and_no_font_has_its_page(project: Path) -> None:
    settings = '[tool.polyleaf]\nsource_language = "nl"\nlanguages = ["nl", "zh_Hans"]\n'
    (project / "pyproject.toml").write_text(settings, "utf-8")

    assert 0 == cli.run(["build", "-q", "knee", "-l", "zh_Hans", "-f", "html"])
    page = (project / "build" / "zh_Hans" / "knee.html").read_text("utf-8")
    assert '<html lang="zh-Hans" dir="ltr">' in page


@pytest.mark.usefixtures("project")
def test_a_check_of_the_language_of_the_sources_is_a_check_of_the_sources(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "source/knee.md").write_text(KNEE + "\n#### Diep\n\nBuig.\n", "utf-8")

    assert 1 == cli.run(["check", "-l", "nl", "--json"])
    names = [finding["check"] for finding in support.findings(capsys.readouterr().out)]
    assert ["heading_skipped"] == [name for name in names if name != "not_built"]


def test_an_update_of_the_language_of_the_sources_writes_templates(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 0 == cli.run(["update", "-l", "nl"])
    assert ["wrote locales/elbow.pot", "wrote locales/knee.pot"] == capsys.readouterr().out.splitlines()
    assert not (project / "locales/nl").exists()


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    "argv",
    [
        ["review", "-l", "nl"],
        ["acknowledge", "locales/nl/LC_MESSAGES/knee.po:3", "missing", "--by", "A", "--reason", "B"],
    ],
)
def test_there_is_no_translation_into_the_language_of_the_sources(
    argv: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert 2 == cli.run(argv)

    errors = capsys.readouterr().err
    assert "'nl' is the language of the sources: there is no translation into it" in errors
    assert "Choose from: en." in errors


@pytest.mark.parametrize(("day", "count"), [("2020-01-01", 1), ("2999-01-01", 0)])
@pytest.mark.parametrize("argv", [["check"], ["build", "-q"]])
def test_a_leaflet_past_its_review_date_is_told(
    day: str, count: int, argv: list[str], project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "source/knee.md").write_text(KNEE.replace("Knie\n", f"Knie\nreview-by: {day}\n", 1), "utf-8")

    assert 0 == cli.run(argv)
    fact = f"warning: source/knee.md:3: this leaflet should have been reviewed by {day} [review_overdue]"
    assert count == capsys.readouterr().err.count(fact)
