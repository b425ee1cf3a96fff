"""Stale outputs: those that are not made from the inputs of the project as they are now."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from polyleaf import cli
from polyleaf.provenance.staleness import CurrentEditions

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.law

KNEE = "---\ntitle: Knie\n---\n\nBuig.\n"
ENTRY = {
    "leaflet": "knee",
    "language": "nl",
    "made_from": {"source/knee.md": "a"},
    "status": "published",
    "theme": "t",
    "source_language": "nl",
    "links_to": ["en"],
}
NOW = {"made_from": {"source/knee.md": "a"}, "status": "published"}
CURRENT = CurrentEditions(("knee", "elbow"), ("nl", "en"), {"theme": "t"}, {("knee", "nl"): NOW})


def test_a_file_that_is_made_from_what_is_there_is_not_old() -> None:
    assert None is CURRENT.explain(ENTRY)
    assert None is replace(CURRENT, is_release=True).explain(ENTRY)


@pytest.mark.parametrize(
    ("now", "names"),
    [
        ({"made_from": {"source/knee.md": "b"}}, "source/knee.md"),
        ({"made_from": {"source/knee.md": "a", "source/media/a.svg": "c"}}, "source/media/a.svg"),
        ({"made_from": {}}, "source/knee.md"),
        ({"status": "draft"}, "status"),
        ({"theme": "u", "made_from": {"source/knee.md": "b"}}, "theme, source/knee.md"),
        ({"links_to": []}, "links_to"),
    ],
)
def test_a_file_is_stale_when_anything_differs_that_it_was_made_from(now: dict[str, object], names: str) -> None:
    reason = replace(CURRENT, editions={("knee", "nl"): {**NOW, **now}}).explain(ENTRY)

    assert reason
    assert ("stale", f"this file is not made from what is there now: {names} changed after it was made") == (
        reason.check,
        reason.fact,
    )


@pytest.mark.parametrize(
    ("change", "check", "fact"),
    [
        ({"leaflets": ("elbow",)}, "output_orphaned", "there is no leaflet 'knee' any more: it was renamed or deleted"),
        ({"languages": ("en",)}, "output_orphaned", "the project has no language 'nl' any more"),
        ({"languages": ("nl",)}, "links_stale", "this file links to a language that the project does not have any"),
        ({"editions": {("knee", "nl"): {**NOW, "status": "withdrawn"}}}, "stale", "the leaflet is withdrawn, and this"),
        ({"refused": {("knee", "nl")}}, "earlier", "this file was made before and is still there, but it may not be"),
    ],
)
def test_a_file_of_what_the_project_does_not_make_any_more_is_old(
    change: dict[str, Any], check: str, fact: str
) -> None:
    reason = replace(CURRENT, **change).explain(ENTRY)

    assert reason
    assert (check, True) == (reason.check, reason.is_grave)
    assert reason.fact.startswith(fact)


@pytest.mark.parametrize("status", ["draft", "reviewed", "withdrawn"])
def test_a_draft_is_no_part_of_a_release_and_says_so_itself(status: str) -> None:
    entry, now = {**ENTRY, "status": status}, {("knee", "nl"): {**NOW, "status": status}}
    reason = replace(CURRENT, editions=now, is_release=True).explain(entry)

    assert None is replace(CURRENT, editions=now).explain(entry)
    assert reason
    assert ("earlier", False) == (reason.check, reason.is_grave)


def test_editions_that_were_not_looked_at_are_left_alone() -> None:
    assert None is replace(CURRENT, editions={("knee", "en"): {"status": "published"}}).explain(ENTRY)


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
