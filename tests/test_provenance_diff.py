"""`build --verify`: outputs that are not reproducible are found, with the location and the reason."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

import support
from polyleaf import cli
from polyleaf.provenance import diff

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.law

KNEE = "---\ntitle: Knie\ndate: 2026-03-01\n---\n\n# Buigen {#buigen}\n\nBuig.\n"
LEAK = """
from polyleaf import templates
original = templates.render
def render(name, language, **values):
    text = original(name, language, **values)
    return text.replace({end!r}, {word} + {end!r}) if name == {name!r} else text
templates.render = render
"""
SEED = 'str(hash("leak") % 10**9)'


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.chdir(support.project(tmp_path / "a project", {"source/knee.md": KNEE}))
    return tmp_path / "a project"


def test_files_that_are_the_same_are_reported_so(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == cli.run(["build", "--verify", "knee", "-l", "nl", "-f", "html"])

    output = capsys.readouterr()
    assert "the file is the same, byte by byte" in output.out
    assert "" == output.err
    assert {"knee.html", "manifest.json", "SHA256SUMS"} == {
        file.name for file in (project / "build").rglob("*.*ml")
    } | {file.name for file in (project / "build").glob("*")} - {"nl"}


def test_a_file_that_changes_while_it_is_verified_is_named(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from polyleaf import templates  # noqa: PLC0415 - only here

    original = templates.render
    monkeypatch.setattr(
        templates, "render", lambda *words, **values: original(*words, **values).replace("Buig.", "Buk.")
    )

    assert 1 == cli.run(["build", "-q", "--verify", "-l", "nl"])
    messages = capsys.readouterr().err
    assert "error: build/nl/knee.html: made again, this file differs in line" in messages
    assert "all that the manifest tells of it is the same" in messages
    assert b"Buk." in (project / "build" / "nl" / "knee.html").read_bytes()


def test_a_build_without_outputs_verifies_nothing(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 1 == cli.run(["build", "--verify", "--release"])
    assert "same" not in capsys.readouterr().out
    assert project.is_dir()


def test_only_the_selected_leaflets_are_verified(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "source" / "elbow.md").write_text(KNEE.replace("Buig.", "{.x"), "utf-8")

    cli.run(["build", "--verify", "knee", "-l", "nl"])
    assert "the file is the same" in capsys.readouterr().out


def planted(project: Path, code: str, *argv: str) -> subprocess.CompletedProcess[str]:
    """Run the command in *project* with a fault in both builds: *code* runs whenever a Python starts."""
    folder = project.parent / "planted"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(code, "utf-8")
    command = [sys.executable, "-m", "polyleaf", "build", "--verify", "-l", "nl", *argv]
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONHASHSEED": "1"}
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, encoding="utf-8", check=False)


def test_a_page_with_the_hash_seed_in_it_is_found(project: Path) -> None:
    process = planted(project, LEAK.format(name="page.html.j2", word=SEED, end="</body>"), "-f", "html")

    assert 1 == process.returncode
    assert "build/nl/knee.html: made again, this file differs in line" in process.stderr
    assert "the same, byte by byte" not in process.stdout


def test_an_epub_with_the_time_zone_in_it_is_found_in_its_member(project: Path) -> None:
    zone = '__import__("time").tzname[0]'
    process = planted(
        project, LEAK.format(name="epub/titlepage.xhtml.j2", word=zone, end="</body>"), "-f", "epub", "-f", "html"
    )

    assert 1 == process.returncode
    assert "build/nl/knee.epub: made again, this file differs in EPUB/title.xhtml, EPUB/fonts/" in process.stderr
    assert "knee.html" not in process.stderr


def test_a_pdf_with_its_folder_in_it_is_found_in_its_objects(project: Path) -> None:
    folder = '__import__("os").getcwd()[-9:]'
    process = planted(project, LEAK.format(name="print.html.j2", word=folder, end="</main>"), "-f", "pdf")

    assert 1 == process.returncode
    assert "build/nl/knee.pdf: made again, this file differs in" in process.stderr
    assert "object" in process.stderr


def test_all_formats_are_verified_and_one_processor_makes_what_several_make(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 0 == cli.run(["build", "--verify", "-f", "pdf", "-f", "epub", "-f", "html"])
    assert "all 6 files are the same, byte by byte" in capsys.readouterr().out
    assert project.is_dir()


def packed(files: dict[str, str], moment: tuple[int, int, int, int, int, int] = (1980, 1, 1, 0, 0, 0)) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as container:
        for name, content in files.items():
            container.writestr(zipfile.ZipInfo(name, moment), content)
    return target.getvalue()


def test_an_epub_differs_in_its_members() -> None:
    first = packed({"a": "1", "b": "1", "c": "1"})

    assert "in b, c" == diff.describe_difference(".epub", first, packed({"a": "1", "b": "2"}))
    assert "in the order, the dates" in diff.describe_difference(
        ".epub", first, packed({"a": "1", "b": "1", "c": "1"}, (1990, 1, 1, 0, 0, 0))
    )


@pytest.mark.parametrize(
    ("second", "location"),
    [
        (b"1 0 obj\n<</Type /Page /A 2>>\nendobj\ntrailer /ID [<1>]", "in object 1 (Page)"),
        (b"1 0 obj\n<</Type /Page /A 1>>\nendobj\ntrailer /ID [<2>]", "in what stands between its objects"),
        (b"trailer /ID [<1>]", "one has 1 objects, the other 0"),
    ],
)
def test_a_pdf_differs_in_its_objects(second: bytes, location: str) -> None:
    first = b"1 0 obj\n<</Type /Page /A 1>>\nendobj\ntrailer /ID [<1>]"

    assert diff.describe_difference(".pdf", first, second).startswith(location)


def test_an_html_file_differs_in_a_line() -> None:
    assert "in line 2" == diff.describe_difference(".html", b"a\nb", b"a\nc")
    assert "in line 3" == diff.describe_difference(".html", b"a\nb", b"a\nb\n")


def test_inputs_that_differ_between_manifests_are_named() -> None:
    first = {"theme": "a", "fonts": {"Noto Sans, 2": "x"}, "tools": {"pandoc": "3.9", "Python": "3.11"}}
    second = {"theme": "a", "fonts": {"Noto Sans, 3": "y"}, "tools": {"pandoc": "3.10", "Python": "3.11"}}

    assert "Noto Sans, 2, Noto Sans, 3, pandoc" == diff.compare_inputs(first, second)
    assert "" == diff.compare_inputs(first, first)
