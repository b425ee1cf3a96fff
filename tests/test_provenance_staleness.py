"""Stale outputs: those that are not made from the inputs of the project as they are now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from polyleaf import cli
from polyleaf.provenance.staleness import find_changed_inputs

if TYPE_CHECKING:
    from collections.abc import Callable

KNEE = "---\ntitle: Knie\n---\n\nBuig.\n"
ENTRY = {"leaflet": "knee", "language": "nl", "made_from": {"source/knee.md": "a"}, "status": "draft", "theme": "t"}


def test_a_file_that_is_made_from_what_is_there_is_not_stale() -> None:
    assert {} == find_changed_inputs(
        {"nl/knee.pdf": ENTRY}, {("knee", "nl"): {"made_from": {"source/knee.md": "a"}, "theme": "t"}}
    )


@pytest.mark.parametrize(
    ("current", "names"),
    [
        ({"made_from": {"source/knee.md": "b"}}, "source/knee.md"),
        ({"made_from": {"source/knee.md": "a", "source/media/a.svg": "c"}}, "source/media/a.svg"),
        ({"made_from": {}}, "source/knee.md"),
        ({"status": "published"}, "status"),
        ({"theme": "u", "made_from": {"source/knee.md": "b"}}, "theme, source/knee.md"),
    ],
)
def test_a_file_is_stale_when_anything_differs_that_it_was_made_from(current: dict[str, object], names: str) -> None:
    assert {"nl/knee.pdf": names} == find_changed_inputs({"nl/knee.pdf": ENTRY}, {("knee", "nl"): current})


def test_editions_that_were_not_looked_at_are_left_alone() -> None:
    assert {} == find_changed_inputs({"nl/knee.pdf": ENTRY}, {("knee", "en"): {"status": "published"}})


@pytest.fixture
def project(new_project: Callable[..., Path]) -> Path:
    files = {"source/knee.md": KNEE, "source/elbow.md": KNEE.replace("Knie", "Elleboog")}
    folder = new_project(files, update=True)
    assert 0 == cli.run(["build", "-q"])
    return folder


def stale_warnings(capsys: pytest.CaptureFixture[str], *argv: str) -> list[str]:
    capsys.readouterr()
    cli.run(["check", "-q", *argv])
    return [line for line in capsys.readouterr().err.splitlines() if "[stale]" in line]


@pytest.mark.usefixtures("project")
def test_what_was_just_built_is_not_stale(capsys: pytest.CaptureFixture[str]) -> None:
    assert [] == stale_warnings(capsys)


@pytest.mark.usefixtures("project")
def test_a_changed_source_makes_all_its_editions_stale(capsys: pytest.CaptureFixture[str]) -> None:
    Path("source/knee.md").write_text(KNEE + "\nStrek.\n", "utf-8")

    warnings = stale_warnings(capsys)
    assert ["build/en/knee.html", "build/nl/knee.html"] == [line.split(": ")[1] for line in warnings]
    assert all("source/knee.md changed after it was made" in line for line in warnings)
    assert 0 == cli.run(["build", "-q"])
    assert [] == stale_warnings(capsys)


@pytest.mark.usefixtures("project")
def test_a_changed_catalogue_makes_its_edition_stale(capsys: pytest.CaptureFixture[str]) -> None:
    file = Path("locales/en/LC_MESSAGES/knee.po")
    file.write_text(
        file.read_text("utf-8").replace('msgid "Buig."\nmsgstr ""', 'msgid "Buig."\nmsgstr "Bend."'), "utf-8"
    )

    assert ["build/en/knee.html"] == [line.split(": ")[1] for line in stale_warnings(capsys)]
    assert [] == stale_warnings(capsys, "-l", "nl")
    assert [] == stale_warnings(capsys, "elbow")


@pytest.mark.usefixtures("project")
def test_a_file_that_was_taken_away_is_not_stale(capsys: pytest.CaptureFixture[str]) -> None:
    Path("source/knee.md").write_text(KNEE + "\nStrek.\n", "utf-8")
    Path("build/nl/knee.html").unlink()

    assert ["build/en/knee.html"] == [line.split(": ")[1] for line in stale_warnings(capsys)]


@pytest.mark.parametrize("change", [b" ", b"<p>Neem 4000 mg.</p>"])
def test_a_file_that_was_changed_by_hand_is_an_error(
    project: Path, capsys: pytest.CaptureFixture[str], change: bytes
) -> None:
    file = project / "build" / "nl" / "knee.html"
    assert 0 == cli.run(["check"])
    file.write_bytes(file.read_bytes() + change)
    capsys.readouterr()

    assert 1 == cli.run(["check"])
    messages = "".join(capsys.readouterr())
    assert "build/nl/knee.html: this file was changed after it was made" in messages
    assert "build/en" not in messages
