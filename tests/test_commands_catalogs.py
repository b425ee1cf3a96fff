"""`--check`: what an update would change, told by exit code, with nothing written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

import support
from polyleaf import cli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KNEE = "---\ntitle: Knie\n---\n\nBuig de knie.\n"
POT = "locales/knee.pot"


@pytest.fixture
def project(new_project: Callable[..., Path]) -> Path:
    return new_project({"source/knee.md": KNEE})


def files(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def redate(file: Path) -> None:
    """Make the catalogue *file* say that its template is of another day."""
    text = re.sub(r"POT-Creation-Date: [^\\]*", "POT-Creation-Date: 2001-01-01 01:00+0000", file.read_text("utf-8"))
    file.write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("command", "output"),
    [("extract", f"would change {POT}\n"), ("update", f"would change {POT}\nwould change {support.PO}\n")],
)
def test_a_check_names_what_would_change_and_writes_nothing(
    command: str, output: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = files(project)
    code = cli.run([command, "--check"])

    assert (1, output) == (code, capsys.readouterr().out)
    assert before == files(project)


@pytest.mark.parametrize("command", ["extract", "update"])
def test_a_check_of_what_is_up_to_date_finds_nothing(
    command: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.run(["update", "-q"])
    before = files(project)
    code = cli.run([command, "--check"])

    assert (0, "nothing to change\n") == (code, capsys.readouterr().out)
    assert before == files(project)


def test_a_check_sees_a_change_of_the_source(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["update", "-q"])
    (project / "source/knee.md").write_text(KNEE + "\nStop bij pijn.\n", "utf-8")
    code = cli.run(["update", "--check"])

    assert (1, f"would change {POT}\nwould change {support.PO}\n") == (code, capsys.readouterr().out)


def test_a_check_of_one_language_leaves_the_others_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = support.SETTINGS.replace('"en"', '"en", "pl"')
    support.project(project, {}, settings)
    cli.run(["update", "-q", "-l", "en"])

    assert 0 == cli.run(["update", "--check", "-l", "en"])
    assert 1 == cli.run(["update", "--check", "-l", "pl"])
    assert "nothing to change\nwould change locales/pl/LC_MESSAGES/knee.po\n" == capsys.readouterr().out


@pytest.mark.usefixtures("project")
def test_a_quiet_check_answers_with_its_exit_code_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert 1 == cli.run(["update", "--check", "-q"])
    assert "" == capsys.readouterr().out


@pytest.mark.parametrize("name", [POT, support.PO])
def test_a_date_alone_is_no_drift(name: str, project: Path) -> None:
    cli.run(["update", "-q"])
    redate(project / name)
    before = files(project)

    assert 0 == cli.run(["update", "--check"])
    assert 0 == cli.run(["update", "-q"])
    assert before == files(project)
