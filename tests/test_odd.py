"""Leaflets that are hard to set, in Dutch and Arabic: `tests/projects/odd`, built once, and read as a reader does."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

import output_reader
from polyleaf import cli
from polyleaf.inspection.pdf import read_pdf

PROJECT = Path(__file__).parent / "projects" / "odd"
LANGUAGES = ("nl", "ar")
DAYS = {
    "nl": "Maandag Dinsdag Woensdag Donderdag Vrijdag Zaterdag Zondag",
    "ar": "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
}
LABELS = ["1", "2", "3", "4", "5", "iv", "v", "c", "d", "7", "8", "0", "1", "B", "C", "i", "ii", "3", "4"]
STEPS, ROWS = 44, 300

pytestmark = pytest.mark.law

each = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder with the finished files of the project."""
    folder = tmp_path_factory.mktemp("odd")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(PROJECT)
        assert 0 == cli.run(["build", "-q", "-o", str(folder)])
    return folder


def test_the_catalogues_are_up_to_date_and_nothing_in_texts_and_files_is_an_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], out: Path
) -> None:
    monkeypatch.chdir(PROJECT)

    assert 0 == cli.run(["update", "--check"])
    assert 0 == cli.run(["check", "-o", str(out)])
    lines = "".join(capsys.readouterr()).splitlines()
    assert [] == [line for line in lines if re.match(r"\w+: (?:nl|ar)/", line)]


@each
def test_lists_go_on_behind_what_breaks_them(language: str, out: Path) -> None:
    content = (out / language / "lijsten.pdf").read_bytes()
    blocks = read_pdf(content, "lijsten.pdf", {"nl": "ltr", "ar": "rtl"}[language]).blocks
    labels = [re.sub(r"\W", "", line.text) for block in blocks if block.kind == "Lbl" for line in block.lines]

    assert [label for label in labels if re.fullmatch(r"\d|[A-Za-z]{1,2}", label)] == LABELS


@each
def test_no_column_of_a_wide_table_and_no_row_of_a_long_one_is_lost(language: str, out: Path) -> None:
    text = " ".join(output_reader.pages(out / language / "schemas.pdf"))

    assert all(text.count(day) >= 1 for day in DAYS[language].split())
    assert all(f"{hour:02}" in text for hour in range(6, 24, 2))
    assert {str(step) for step in range(1, STEPS + 1)} <= set(re.findall(r"\d+", text))
    assert {str(row) for row in range(1, ROWS + 1)} <= set(re.findall(r"\d+", text))


def test_nothing_of_a_camera_leaves_with_a_picture(out: Path) -> None:
    for language in LANGUAGES:
        files = [(out / language / f"beelden.{suffix}").read_bytes() for suffix in ("pdf", "html")]
        with zipfile.ZipFile(out / language / "beelden.epub") as book:
            files += [book.read(name) for name in book.namelist()]
        assert [] == [file[:20] for file in files if b"Camera" in file or b"Exif" in file]
