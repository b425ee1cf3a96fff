"""When an edition last changed: the dates in its own files, never those of the disk they are on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import output_reader
import support
from polyleaf import catalogs, cli

SETTINGS = support.SETTINGS.replace('"html"', '"epub"')
KNEE = "---\ntitle: Knie\n{front}---\n\n# Buigen {{#buigen}}\n\nBuig rustig.\n"
PO = """\
msgid ""
msgstr ""
"Language: en\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"PO-Revision-Date: {revised}\\n"

msgid "Buig rustig."
msgstr "Bend slowly."
"""


@pytest.fixture(autouse=True)
def _no_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def make_project(folder: Path, monkeypatch: pytest.MonkeyPatch, front: str = "", revised: str = "none") -> Path:
    files = {"source/knee.md": KNEE.format(front=front), "locales/en/LC_MESSAGES/knee.po": PO.format(revised=revised)}
    monkeypatch.chdir(support.project(folder, files, SETTINGS))
    return folder


def modified(language: str) -> str:
    """Build the e-book in *language* and return when it says it was last changed."""
    assert 0 == cli.run(["build", "-q", "-l", language])
    package = output_reader.book(Path("build") / language / "knee.epub")["EPUB/package.opf"].decode()
    return package.split('property="dcterms:modified">')[1].split("<")[0]


def test_an_edition_changed_on_the_date_of_its_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_project(tmp_path, monkeypatch, front="date: 2026-03-01\n")

    assert "2026-03-01T00:00:00Z" == modified("nl")


@pytest.mark.law
def test_a_translation_changed_when_its_catalogue_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_project(tmp_path, monkeypatch, front="date: 2026-03-01\n", revised="2026-04-02 00:30+0200")

    assert "2026-04-01T22:30:00Z" == modified("en")
    assert "2026-03-01T00:00:00Z" == modified("nl")


def test_an_old_catalogue_does_not_hide_a_new_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_project(tmp_path, monkeypatch, front="date: 2026-03-01\n", revised="2025-04-02 00:30+0200")

    assert "2026-03-01T00:00:00Z" == modified("en")


@pytest.mark.parametrize("text", ["YEAR-MO-DA HO:MI+ZONE", "", "2026-02-30 12:00+0000", "0001-01-01 00:00+0200"])
def test_a_revision_date_that_is_none_is_none(text: str) -> None:
    assert catalogs.read(PO.format(revised=text).encode(), "en", "knee.po").revised is None


@pytest.mark.law
def test_a_sign_off_that_counts_is_a_change_of_its_language_and_of_no_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    front = "date: 2024-03-01\nversion: 1\nstatus: published\n"
    make_project(tmp_path, monkeypatch, front=front)
    assert 0 == cli.run(["sign", "-q", "knee", "-l", "nl", "--role", "pharmacist", "--name", "A. Tester", "--yes"])
    file = tmp_path / "source" / "knee.sign-offs.toml"
    text = file.read_text("utf-8")
    file.write_text(text.replace(f'date = "{text.split("date = ")[1][1:11]}"', 'date = "2025-06-07"'), "utf-8")

    assert "2025-06-07T00:00:00Z" == modified("nl")
    assert "2024-03-01T00:00:00Z" == modified("en")
    (tmp_path / "source" / "knee.md").write_text(KNEE.format(front=front) + "\nStop.\n", "utf-8")
    assert "2024-03-01T00:00:00Z" == modified("nl")


@pytest.mark.law
def test_the_disk_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make_project(tmp_path, monkeypatch, front="date: 2026-03-01\n")
    before = modified("nl")
    os.utime(folder / "source" / "knee.md", (0, 4_000_000_000))

    assert before == modified("nl")


def test_source_date_epoch_comes_before_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_project(tmp_path, monkeypatch, front="date: 2026-03-01\n")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")

    assert "2023-11-14T22:13:20Z" == modified("nl")


def test_a_leaflet_that_tells_no_date_says_the_first_of_all_and_the_build_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_project(tmp_path, monkeypatch)

    assert "1980-01-01T00:00:00Z" == modified("nl")
    messages = capsys.readouterr().err
    assert 1 == messages.count("source/knee.md:1: no file tells when this leaflet last changed")
    assert "Add `date: ...`" in messages


def test_a_year_too_early_for_any_book_is_not_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_project(tmp_path, monkeypatch, front="date: 0026-03-01\n")

    assert "1980-01-01T00:00:00Z" == modified("nl")


def test_a_page_tells_no_date_of_its_own_and_needs_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    make_project(tmp_path, monkeypatch)

    assert 0 == cli.run(["build", "-q", "-l", "nl", "-f", "html"])
    assert "no file tells" not in capsys.readouterr().err
