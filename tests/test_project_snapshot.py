"""Files in the folder of a project that are not read: misplaced leaflets, and files of leaflets that are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import support
from polyleaf import cli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KNEE = "---\ntitle: Knie\n---\n\nBuig rustig.\n"
UNREAD = "warning: source/hart/infarct.md: this file is not read [source_unread]"


@pytest.fixture
def project(new_project: Callable[..., Path]) -> Path:
    return new_project({"source/knie.md": KNEE}, update=True)


@pytest.mark.parametrize("argv", [["check"], ["build", "-q"], ["status"], ["status", "--json"], ["update"]])
def test_a_leaflet_in_a_folder_of_its_own_is_not_read_and_told_once(
    argv: list[str], project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    support.project(project, {"source/hart/infarct.md": KNEE})

    assert 0 == cli.run(argv)
    messages = capsys.readouterr().err
    assert 1 == messages.count(UNREAD)
    assert "Move it to source/infarct.md, or give it another ending" in messages


@pytest.mark.parametrize("name", ["source/knie.MD", "source/a/b/c.md"])
def test_endings_in_capitals_and_deeper_folders_are_told(
    name: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    support.project(project, {name: KNEE})

    cli.run(["check"])
    assert f"{name}: this file is not read" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["source/.git/x.md", "source/~$knie.md", "source/hart/a.txt", "x.md"])
def test_other_files_are_nobody_s_leaflets(name: str, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.project(project, {name: KNEE})

    cli.run(["check"])
    assert "source_unread" not in capsys.readouterr().err


def test_who_asks_for_one_leaflet_is_not_told_of_others(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.project(project, {"source/hart/infarct.md": KNEE})

    cli.run(["check", "knie"])
    assert "source_unread" not in capsys.readouterr().err


def test_who_asks_for_a_leaflet_that_is_not_read_is_told_where_it_is(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    support.project(project, {"source/hart/infarct.md": KNEE})

    assert 2 == cli.run(["build", "infarct"])
    assert "source/hart/infarct.md is not read: move it to source/infarct.md." in capsys.readouterr().err


def test_a_project_with_all_leaflets_in_folders_is_told_so(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "source/hart").mkdir()
    (project / "source/knie.md").rename(project / "source/hart/knie.md")

    assert 4 == cli.run(["build"])
    assert "move it to source/knie.md" in capsys.readouterr().err


@pytest.mark.parametrize(("first", "second", "code"), [("Knie", "knie", 4), ("caf\u00e9", "cafe\u0301", 1)])
def test_two_names_that_are_one_on_many_disks_are_refused(
    first: str, second: str, code: int, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    support.project(project, {f"source/{first}.md": KNEE, f"source/{second}.md": KNEE})
    if len({file.name for file in (project / "source").iterdir()} & {f"{first}.md", f"{second}.md"}) == 1:
        pytest.skip("this disk is one of them")

    assert code == cli.run(["update"])
    assert 1 == capsys.readouterr().err.count("are one name on disks that tell")


@pytest.mark.parametrize("argv", [["check"], ["build", "-q"], ["status"], ["update"], ["update", "--check"]])
def test_the_files_of_a_leaflet_that_is_gone_are_told(
    argv: list[str], project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = ("locales/en/LC_MESSAGES/elleboog.po", "locales/elleboog.pot", "source/elleboog.sign-offs.toml")
    support.project(project, dict.fromkeys(old, ""))

    assert 0 == cli.run(argv)
    messages = capsys.readouterr().err
    for path in old:
        assert 1 == messages.count(f"warning: {path}: there is no leaflet 'elleboog' that this file belongs to")
    assert "give this file that name and run `polyleaf update`" in messages


def test_nothing_is_told_when_all_belongs_somewhere(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.project(project, {"source/knie.sign-offs.toml": "", "locales/en/terms.tsv": ""})

    assert 0 == cli.run(["check", "--json"])
    assert not [
        finding
        for finding in support.findings(capsys.readouterr().out)
        if finding["check"] in {"source_unread", "file_orphaned"}
    ]


def test_the_way_out_keeps_the_translations(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    po = project / "locales/en/LC_MESSAGES/knie.po"
    po.write_text(po.read_text("utf-8").replace('"Knie"\nmsgstr ""', '"Knie"\nmsgstr "Knee"'), "utf-8")
    (project / "source/knie.md").rename(project / "source/mijn-knie.md")
    po.rename(po.with_stem("mijn-knie"))
    (project / "locales/knie.pot").unlink()

    assert 0 == cli.run(["update"])
    assert "file_orphaned" not in capsys.readouterr().err
    assert 'msgstr "Knee"' in po.with_stem("mijn-knie").read_text("utf-8")
