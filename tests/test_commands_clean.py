"""Old files in the build folder, from the text that changed to what lies beside a release, and what removes them."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import support
from polyleaf import cli

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.law

TODAY = datetime.now().astimezone().date()
FRONT = f'title: Pijn\nversion: "1.0"\nstatus: published\ndate: {TODAY}\nreview-by: {TODAY + timedelta(days=300)}'
SOURCE = f"---\n{FRONT}\n---\n\nNeem 4 tabletten per dag.\n"
TEXTS = {"Pijn": "Pain", "Neem 4 tabletten per dag.": "Take 4 tablets a day."}
WITHOUT_ENGLISH = support.SETTINGS.replace('"nl", "en"', '"nl"')


def sign(leaflet: str, language: str) -> None:
    words = ["sign", "-q", leaflet, "-l", language, "--role", "pharmacist", "--name", "A. Tester", "--yes"]
    assert 0 == cli.run(words)


@pytest.fixture
def released(new_project: Callable[..., Path]) -> Path:
    """Two leaflets, signed and released in both languages."""
    files = {"source/pain.md": SOURCE, "source/knee.md": SOURCE.replace("Pijn", "Knie")}
    folder = new_project(files, update=True)
    for leaflet, texts in (("pain", TEXTS), ("knee", {**TEXTS, "Knie": "Knee"})):
        support.translate(folder, texts, leaflet)
        sign(leaflet, "nl")
        sign(leaflet, "en")
    assert 0 == cli.run(["build", "-q", "--release"])
    return folder


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str]:
    """Return the exit code of a command, and all that it prints."""
    capsys.readouterr()
    code = cli.run(list(argv))
    return code, "".join(capsys.readouterr())


def listed(folder: Path) -> list[str]:
    """Return the files that SHA256SUMS lists."""
    lines = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    return [line.split("  ")[1] for line in lines if not line.endswith("manifest.json")]


def outputs(folder: Path) -> list[str]:
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*.html"))


BOTH = ("-f", "html", "-f", "epub")
ALL = ["en/knee.html", "en/pain.html", "nl/knee.html", "nl/pain.html"]


def test_an_old_translation_beside_a_release_is_an_error_and_no_sum_vouches_for_it(
    released: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    support.edit(released, "source/pain.md", "Neem 4", "Neem 2")
    sign("pain", "nl")
    code, text = run(capsys, "build", "--release", "-l", "nl")

    assert 1 == code
    assert "error: build/en/pain.html: this file is not made from what is there now: status, source/pain.md" in text
    assert "or remove it (polyleaf clean)" in text
    assert "error: build/en/knee.html" not in text
    assert ["en/knee.html", "nl/knee.html", "nl/pain.html"] == listed(released / "build")

    assert (0, True) == ((result := run(capsys, "clean"))[0], "removed build/en/pain.html" in result[1])
    assert ["en/knee.html", "nl/knee.html", "nl/pain.html"] == outputs(released / "build")
    assert 0 == cli.run(["build", "-q", "--release", "-l", "nl"])


def test_a_build_of_drafts_warns_of_an_old_file_and_is_no_error(
    released: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    support.edit(released, "source/pain.md", "Neem 4", "Neem 2")
    code, text = run(capsys, "build", "pain", "-l", "nl")

    assert 0 == code
    assert "warning: build/en/pain.html: this file is not made from what is there now" in text
    assert "build/en/pain.html" not in run(capsys, "build", "knee")[1], "another leaflet was not looked at"


def test_the_file_of_another_format_that_was_not_made_again_is_old(
    released: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.run(["build", "-q", "--release", "-f", "epub", "pain", "-l", "nl"])
    support.edit(released, "source/pain.md", "Neem 4", "Neem 2")
    sign("pain", "nl")
    text = run(capsys, "build", "--release", "pain", "-l", "nl")[1]

    assert "error: build/nl/pain.epub: this file is not made from what is there now" in text
    assert 0 == run(capsys, "clean", "-q")[0]
    assert not (released / "build/nl/pain.epub").exists()


def remove_language(folder: Path) -> None:
    (folder / "pyproject.toml").write_text(WITHOUT_ENGLISH, "utf-8")


def rename(folder: Path) -> None:
    for path in ("source/{}.md", "source/{}.sign-offs.toml", "locales/{}.pot", "locales/en/LC_MESSAGES/{}.po"):
        (folder / path.format("pain")).rename(folder / path.format("ache"))


def delete(folder: Path) -> None:
    (folder / "source/pain.md").unlink()


def withdraw(folder: Path) -> None:
    support.edit(folder, "source/pain.md", "status: published", "status: withdrawn")


WAYS = [
    (remove_language, ["en/knee.html", "en/pain.html"], "the project has no language 'en' any more"),
    (rename, ["en/pain.html", "nl/pain.html"], "there is no leaflet 'pain' any more: it was renamed or deleted"),
    (delete, ["en/pain.html", "nl/pain.html"], "there is no leaflet 'pain' any more: it was renamed or deleted"),
    (withdraw, ["en/pain.html", "nl/pain.html"], "the leaflet is withdrawn, and this file does not say so"),
]


@pytest.mark.parametrize(("change", "old", "fact"), WAYS)
def test_files_of_what_is_not_made_any_more_are_told_leave_the_sums_and_are_removed(
    released: Path, capsys: pytest.CaptureFixture[str], change: Callable[[Path], None], old: list[str], fact: str
) -> None:
    change(released)
    code, text = run(capsys, "build", "--release")

    assert 1 == code
    assert old == [path for path in ALL if f"error: build/{path}: {fact}" in text]
    assert not set(old) & set(listed(released / "build"))
    assert old == [path for path in ALL if f"warning: build/{path}: {fact}" in run(capsys, "check")[1]]

    assert 0 == run(capsys, "clean", "--dry-run")[0]
    assert set(old) <= set(outputs(released / "build")), "a trial removes nothing"
    text = run(capsys, "clean")[1]
    assert old == [path for path in ALL if f"removed build/{path}: {fact}" in text]
    assert not set(old) & set(outputs(released / "build"))
    assert not set(old) & set(json.loads((released / "build/manifest.json").read_bytes())["files"])
    assert set(ALL) - set(old) <= set(outputs(released / "build"))
    assert "nothing to remove" in run(capsys, "clean")[1]


def test_what_was_just_made_is_not_removed(released: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (0, "nothing to remove\n") == run(capsys, "clean")
    assert ALL == outputs(released / "build")
    assert (0, "") == run(capsys, "build", "-q", "--release")


def test_a_build_before_there_is_anything_has_nothing_to_remove(
    new_project: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = new_project({"source/knee.md": SOURCE})

    assert (0, "nothing to remove\n") == run(capsys, "clean")
    assert not (folder / "build").exists()


def test_what_somebody_changed_is_left_and_told(released: Path, capsys: pytest.CaptureFixture[str]) -> None:
    delete(released)
    (released / "build/nl/pain.html").write_text("mine", "utf-8")
    text = run(capsys, "clean")[1]

    assert "left build/nl/pain.html: this file was changed after it was made" in text
    assert "removed build/en/pain.html" in text
    assert "mine" == (released / "build/nl/pain.html").read_text("utf-8")
    assert "error: build/nl/pain.html: this file was changed after" in run(capsys, "build", "--release")[1]


def test_a_file_of_somebody_else_is_left(released: Path, capsys: pytest.CaptureFixture[str]) -> None:
    remove_language(released)
    (released / "build/en/notes.html").write_text("mine", "utf-8")
    (released / "build/nl/pain.epub").write_text("mine", "utf-8")
    text = run(capsys, "clean")[1]

    assert ["en/notes.html", "nl/knee.html", "nl/pain.html"] == outputs(released / "build")
    assert "left build/nl/pain.epub: manifest.json does not tell what this file was made from" in text
    assert "notes" not in text
    assert (released / "build/nl/pain.epub").exists()
    code, text = run(capsys, "build", "--release", "-f", "html")
    assert (1, True) == (code, "error: build/nl/pain.epub: manifest.json does not tell what" in text)


def test_an_empty_folder_goes_with_its_last_file(released: Path) -> None:
    remove_language(released)
    assert 0 == cli.run(["clean", "-q"])

    assert not (released / "build/en").exists()
    assert (released / "build/nl").exists()


@pytest.mark.parametrize("path", ["../source/knee.md", "review/knee.html", "nl/../../source/knee.md", "/knee.html"])
def test_a_path_that_is_none_of_an_output_is_never_removed(released: Path, path: str) -> None:
    file = released / "build/manifest.json"
    table: dict[str, Any] = json.loads(file.read_bytes())
    (released / "build/review").mkdir()
    shutil.copy(released / "build/nl/pain.html", released / "build/review/knee.html")
    target = released / "build" / path
    digest = subprocess.run(["sha256sum", str(target)], capture_output=True, text=True, check=False).stdout[:64]
    table["files"][path] = {**table["files"]["nl/pain.html"], "leaflet": "gone", "sha256": digest}
    file.write_text(json.dumps(table), "utf-8")
    assert 0 == cli.run(["clean", "-q"])

    assert (released / "source/knee.md").exists()
    assert (released / "build/review/knee.html").exists()


def test_another_folder_is_cleaned_and_no_other(released: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == cli.run(["build", "-q", "--release", "-o", "site"])
    remove_language(released)

    assert 0 == run(capsys, "clean", "-o", "site")[0]
    assert ["nl/knee.html", "nl/pain.html"] == outputs(released / "site")
    assert ALL == outputs(released / "build")


def test_a_draft_after_a_release_is_no_part_of_the_next_one(released: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.edit(released, support.PO, "Take 4 tablets a day.", "Take 4 tablets every day.")
    assert 0 == cli.run(["build", "-q", "knee"])
    code, text = run(capsys, "build", "--release", "-l", "nl")

    assert 0 == code
    assert "warning: build/en/knee.html: this file is no part of a release, and says so on every page" in text
    assert ["en/pain.html", "nl/knee.html", "nl/pain.html"] == listed(released / "build")


@pytest.mark.parametrize(
    ("change", "code", "fact"),
    [
        (None, 0, "warning: build/en/pain.html: this file is no part of a release, and says so on every page"),
        ("Take 4", 1, "error: build/en/pain.html: this file is not made from what is there now: locales/en"),
    ],
)
def test_a_draft_translation_is_no_old_file_when_only_the_source_is_signed(
    new_project: Callable[..., Path], capsys: pytest.CaptureFixture[str], change: str | None, code: int, fact: str
) -> None:
    folder = new_project({"source/pain.md": SOURCE}, update=True)
    support.translate(folder, TEXTS, "pain")
    assert 0 == cli.run(["build", "-q", *BOTH])
    page, book = ((folder / f"build/en/pain.{ending}").read_bytes() for ending in ("html", "epub"))
    sign("pain", "nl")
    if change:
        support.edit(folder, "locales/en/LC_MESSAGES/pain.po", change, "Take  4")
    result, text = run(capsys, "build", "--release", "-l", "nl", *BOTH)

    assert (code, True) == (result, fact in text), text
    assert ["nl/pain.epub", "nl/pain.html"] == listed(folder / "build")
    if not change:
        assert "not made from what is there now" not in run(capsys, "check")[1]
        assert 0 == cli.run(["build", "-q", "-l", "en", *BOTH])
        assert [page, book] == [(folder / f"build/en/pain.{ending}").read_bytes() for ending in ("html", "epub")]


def test_a_checkout_with_other_texts_tells_of_the_files_of_the_first(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    second = tmp_path / "second"
    shutil.copytree(released, second, ignore=shutil.ignore_patterns("second", "build"))
    monkeypatch.chdir(second)
    support.edit(second, "source/pain.md", "Neem 4", "Neem 2")
    sign("pain", "nl")
    code, text = run(capsys, "build", "--release", "pain", "-l", "nl", "-o", str(released / "build"))

    assert 1 == code
    assert "en/pain.html: this file is not made from what is there now" in text
    assert "en/knee.html" in listed(released / "build")


def test_an_edition_that_is_refused_now_is_told_and_no_sum_vouches_for_it(
    new_project: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = new_project({"source/knee.md": "---\ntitle: Knie\n---\n\nBuig.\n"}, update=True)
    assert 0 == cli.run(["build", "-q"])
    assert ["en/knee.html", "nl/knee.html"] == listed(folder / "build")
    settings = support.SETTINGS + 'untranslated = { en = "fail" }\n'
    (folder / "pyproject.toml").write_text(settings, "utf-8")
    code, text = run(capsys, "build")

    assert 1 == code
    assert "warning: build/en/knee.html: this file was made before and is still there, but it may not be" in text
    assert ["nl/knee.html"] == listed(folder / "build")


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="GNU coreutils are not here")
def test_sha256sum_agrees_after_a_cleaning(released: Path) -> None:
    delete(released)
    assert 0 == cli.run(["clean", "-q"])

    command = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    assert 0 == subprocess.run(command, cwd=released / "build", check=False).returncode
