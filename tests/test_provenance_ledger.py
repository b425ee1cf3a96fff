"""Manifest and checksums of the build folder: manifest.json and SHA256SUMS, true at every moment."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import zipfile
from importlib import resources
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any

import pytest

from polyleaf import cli
from polyleaf.errors import RenderError
from polyleaf.fonts import files as faces
from polyleaf.fonts import used
from polyleaf.provenance import ledger, manifest, toolchain
from polyleaf.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import PurePosixPath

pytestmark = pytest.mark.law

FRONT = "---\ntitle: Knie\ndate: 2026-03-01\n---\n\n"
KNEE = FRONT + "# Buigen {#buigen}\n\nBuig rustig [@vink].\n\n![Een knie](media/k.svg)\n"
ELBOW = "---\ntitle: Elleboog\ndate: 2026-03-01\n---\n\nBuig.\n"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>'
BOOKS = [
    {"id": "vink", "type": "book", "title": "Knie", "author": [{"family": "Vink"}]},
    {"id": "uil", "type": "book", "title": "Arm", "author": [{"family": "Uil"}]},
]
FILES: Mapping[str, str] = {
    "source/knee.md": KNEE,
    "source/elbow.md": ELBOW,
    "source/media/k.svg": DRAWING,
    "source/references.json": json.dumps(BOOKS),
}


@pytest.fixture
def project(new_project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return new_project(FILES, update=True)


def build(*argv: str) -> None:
    assert 0 == cli.run(["build", "-q", *argv])


def table() -> dict[str, Any]:
    return dict(json.loads(Path("build/manifest.json").read_bytes()))


def entries() -> dict[str, Any]:
    return dict(table()["files"])


def digest(path: str) -> str:
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()


@pytest.mark.usefixtures("project")
def test_the_manifest_says_what_every_file_is_and_what_it_was_made_from() -> None:
    build()
    files = entries()

    assert ["en/elbow.html", "en/knee.html", "nl/elbow.html", "nl/knee.html"] == list(files)
    entry = files["en/knee.html"]
    assert digest("build/en/knee.html") == entry["sha256"]
    assert Path("build/en/knee.html").stat().st_size == entry["size"]
    assert ("text/html", "knee", "en", "html") == tuple(
        entry[key] for key in ("media_type", "leaflet", "language", "format")
    )
    assert (["nl"], "draft", "nl") == (entry["links_to"], entry["status"], entry["source_language"])
    po = "locales/en/LC_MESSAGES/knee.po"
    assert {po, "source/knee.md", "source/media/k.svg", "source/references.json"} == set(entry["made_from"])
    assert [digest(path) for path in (po, "source/knee.md", "source/media/k.svg")] == [
        entry["made_from"][path] for path in (po, "source/knee.md", "source/media/k.svg")
    ]
    assert {"source/elbow.md"} == set(files["nl/elbow.html"]["made_from"])


def embedded_fonts(epub: str) -> set[str]:
    """Return the names of the fonts in the file *epub*, as each font says it itself."""
    with zipfile.ZipFile(epub) as container:
        return {used.identify(container.read(name)).name for name in container.namelist() if "/fonts/" in name}


def file_of(font: str) -> str:
    """Return the sum of the whole file in which *font*, a name and a version, is installed."""
    every = {face.file: face for family in ("Noto Sans", "Noto Sans CJK SC") for face in faces.find_installed()[family]}
    known = (used.identify(Path(face.file).read_bytes(), faces.font_number(face)) for face in every.values())
    return next((font_file.digest for font_file in known if font_file.name == font.split(",", maxsplit=1)[0]), "")


@pytest.mark.usefixtures("project")
def test_an_html_file_has_no_layout_tools_and_a_pdf_has_its_fonts() -> None:
    Path("source/elbow.md").write_text(ELBOW + "\n*Strek* uw 肘.\n", "utf-8")
    build("elbow", "-l", "nl", "-f", "html", "-f", "pdf", "-f", "epub")
    content = table()
    html, epub, pdf = (content["files"][f"nl/elbow.{name}"] for name in ("html", "epub", "pdf"))

    assert {"pandoc", "polyleaf", "Jinja2", "CLDR", "libxml2"} <= set(content["tools"][html["tools"]])
    assert "WeasyPrint" not in content["tools"][html["tools"]]
    assert {"WeasyPrint", "Pango", "HarfBuzz", "zlib", "fontTools"} <= set(content["tools"][pdf["tools"]])
    assert all(content["tools"][pdf["tools"]].values())
    assert {} == html["fonts"]
    assert pdf["fonts"]
    assert 3 <= len(embedded_fonts("build/nl/elbow.epub"))
    assert embedded_fonts("build/nl/elbow.epub") <= {name.split(",")[0] for name in epub["fonts"]}
    assert {file_of(name) for name in epub["fonts"]} == set(epub["fonts"].values())
    assert all(", Version " in name and 64 == len(sum_) for name, sum_ in pdf["fonts"].items())
    assert "2026-03-01T00:00:00Z" == epub["modified"]
    assert "modified" not in pdf


@pytest.mark.usefixtures("project")
def test_the_sums_are_those_that_sha256sum_checks() -> None:
    build()
    lines = Path("build/SHA256SUMS").read_text("utf-8").splitlines()

    assert sorted(line.split("  ")[1] for line in lines) == [line.split("  ")[1] for line in lines]
    assert {*entries(), "manifest.json"} == {line.split("  ")[1] for line in lines}
    assert all(digest(f"build/{line.split('  ')[1]}") == line.split("  ")[0] for line in lines)


@pytest.mark.skipif(not which("sha256sum"), reason="GNU coreutils are not here")
def test_sha256sum_finds_a_file_that_was_changed(project: Path) -> None:
    build()
    command = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    good = subprocess.run(command, cwd=project / "build", capture_output=True, check=False)
    (project / "build" / "nl" / "knee.html").write_text("x", "utf-8")
    bad = subprocess.run(command, cwd=project / "build", capture_output=True, text=True, check=False)

    assert (0, b"") == (good.returncode, good.stdout)
    assert 1 == bad.returncode
    assert "nl/knee.html: FAILED" in bad.stdout


@pytest.mark.usefixtures("project")
def test_there_is_no_machine_person_folder_or_moment_in_the_manifest() -> None:
    build()
    first = Path("build/manifest.json").read_bytes()
    assert str(Path.cwd()).encode() not in first
    for file in Path("source").rglob("*.md"):
        os.utime(file, (0, 4_000_000_000))
    build()

    assert first == Path("build/manifest.json").read_bytes()


@pytest.mark.usefixtures("project")
def test_a_build_of_a_part_keeps_what_the_manifest_says_of_the_rest() -> None:
    build()
    before = entries()
    Path("source/elbow.md").write_text(ELBOW + "\nStrek.\n", "utf-8")
    build("elbow", "-l", "nl")
    after = entries()

    assert set(before) == set(after)
    assert ["nl/elbow.html"] == [path for path in before if before[path] != after[path]]


@pytest.mark.usefixtures("project")
def test_what_is_gone_or_not_what_it_was_is_not_in_the_manifest_any_more() -> None:
    build()
    Path("build/nl/knee.html").unlink()
    Path("build/en/knee.html").write_text("another", "utf-8")
    build("elbow")

    assert ["en/elbow.html", "nl/elbow.html"] == list(entries())


@pytest.mark.usefixtures("project")
def test_a_build_that_fails_leaves_the_record_of_what_is_still_there(capsys: pytest.CaptureFixture[str]) -> None:
    build()
    before = entries()
    Path("build/nl/elbow.epub/x").mkdir(parents=True)
    Path("source/elbow.md").write_text(ELBOW + "\nStrek.\n", "utf-8")

    assert 6 == cli.run(["build", "-q", "elbow", "-l", "nl", "-f", "html", "-f", "epub"])
    assert before == entries()
    capsys.readouterr()
    cli.run(["check", "elbow", "-l", "nl"])
    assert "build/nl/elbow.html: this file is not made from what is there now" in capsys.readouterr().err


@pytest.mark.usefixtures("project")
def test_what_was_published_of_an_incomplete_edition_is_in_the_record(monkeypatch: pytest.MonkeyPatch) -> None:
    build()
    before = entries()
    Path("source/elbow.md").write_text(ELBOW + "\nStrek.\n", "utf-8")
    publish = Workspace.publish

    def broken(self: Workspace, files: Mapping[PurePosixPath, bytes]) -> list[PurePosixPath]:
        outputs = publish(self, files)
        if any(path.name == "elbow.html" for path in files):
            raise RenderError("no space", hint="Free some space.")
        return outputs

    monkeypatch.setattr(Workspace, "publish", broken)

    assert 6 == cli.run(["build", "-q", "elbow", "-l", "nl"])
    assert set(before) == set(entries())
    assert digest("build/nl/elbow.html") == entries()["nl/elbow.html"]["sha256"] != before["nl/elbow.html"]["sha256"]


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"manifest": 1}', '{"manifest": 9, "files": {}, "tools": {}}', "[" * 9999]
)
def test_a_manifest_that_is_none_is_written_anew(content: str) -> None:
    Path("build").mkdir()
    Path("build/manifest.json").write_text(content, "utf-8")
    build()

    assert 4 == len(entries())


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("key", "value"), [("fonts", None), ("links_to", 1), ("made_from", []), ("theme", None), ("tools", "x")]
)
def test_an_incomplete_entry_is_left_out_alone(key: str, value: object, capsys: pytest.CaptureFixture[str]) -> None:
    build("-l", "nl")
    changed = table()
    changed["files"]["nl/knee.html"][key] = value
    del changed["files"]["nl/elbow.html"][key]
    changed["files"]["nl/toe.html"] = {
        **changed["files"]["nl/knee.html"],
        **changed["files"]["nl/elbow.html"],
        key: value,
    }
    changed["files"]["nl/foot.html"] = entries()["nl/knee.html"]
    content = json.dumps(changed).encode()
    Path("build/manifest.json").write_bytes(content)

    assert ["nl/foot.html"] == list(manifest.read(content))
    assert cli.run(["check"]) in {0, 1}
    assert "stale" not in capsys.readouterr().err


@pytest.mark.usefixtures("project")
def test_a_path_that_leads_out_of_the_build_folder_is_not_taken_over() -> None:
    build()
    changed = table()
    changed["files"]["../source/knee.md"] = {**changed["files"]["nl/knee.html"], "sha256": digest("source/knee.md")}
    Path("build/manifest.json").write_text(json.dumps(changed), "utf-8")
    build("elbow")

    assert 4 == len(entries())


@pytest.mark.usefixtures("project")
def test_a_source_that_is_not_cited_changes_nothing() -> None:
    build()
    before = entries()
    Path("source/references.json").write_text(json.dumps(BOOKS[:1]), "utf-8")
    build()
    assert before == entries()
    Path("source/references.json").write_text(json.dumps([{**BOOKS[0], "title": "De knie"}]), "utf-8")
    build()

    assert {"en/knee.html", "nl/knee.html"} == {path for path in before if before[path] != entries()[path]}


@pytest.mark.usefixtures("project")
def test_only_the_sign_offs_that_count_are_told() -> None:
    text = KNEE.replace("date:", "version: 1\nstatus: published\ndate:")
    Path("source/knee.md").write_text(text, "utf-8")
    build()
    signed = "source/knee.sign-offs.toml"
    assert signed not in entries()["nl/knee.html"]["made_from"]
    assert 0 == cli.run(["sign", "-q", "knee", "-l", "nl", "--role", "pharmacist", "--name", "A. Tester", "--yes"])
    build()
    assert signed in entries()["nl/knee.html"]["made_from"]
    assert "A. Tester" not in Path("build/manifest.json").read_text("utf-8")
    Path("source/knee.md").write_text(text + "\nStrek.\n", "utf-8")
    build()

    assert signed not in entries()["nl/knee.html"]["made_from"]


@pytest.mark.usefixtures("project")
def test_a_build_that_fails_says_what_it_made_and_nothing_wrong() -> None:
    build()
    before = entries()
    Path("source/elbow.md").write_text(ELBOW + "\nStrek.\n", "utf-8")
    Path("source/knee.md").write_text(KNEE + "\n\\\\(\\frac{a}{b}\\\\)\n", "utf-8")

    assert 1 == cli.run(["build", "-q", "-l", "nl"])
    assert {"nl/elbow.html"} == {path for path, entry in entries().items() if before[path] != entry}


class Killed(BaseException):
    """The end of a process that nobody can catch."""


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("at", [0, 1, 3, 5, 6])
def test_a_build_that_is_killed_at_any_write_leaves_a_manifest_that_is_true(
    at: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    build()
    for leaflet in ("knee", "elbow"):
        file = Path(f"source/{leaflet}.md")
        file.write_text(file.read_text("utf-8") + "\nStrek.\n", "utf-8")
    count, publish = iter(range(99)), Workspace.publish

    def interrupted(self: Workspace, files: Mapping[PurePosixPath, bytes]) -> list[PurePosixPath]:
        if next(count) >= at:
            raise Killed
        return publish(self, files)

    monkeypatch.setattr(Workspace, "publish", interrupted)
    if at < 6:  # what is taken back, four editions, and the end
        with pytest.raises(Killed):
            cli.run(["build", "-q"])
    else:
        build()

    assert {} == {path: entry for path, entry in entries().items() if digest(f"build/{path}") != entry["sha256"]}


@pytest.mark.usefixtures("project")
def test_a_build_that_changes_nothing_takes_nothing_back(monkeypatch: pytest.MonkeyPatch) -> None:
    build()
    written: list[object] = []
    monkeypatch.setattr(ledger.Ledger, "_write", lambda _self, entries: written.append(entries))
    build("--force")

    assert 1 == len(written)


def test_the_theme_and_the_code_are_told_by_all_their_files() -> None:
    assert 64 == len(toolchain.digest_theme())
    assert toolchain.digest_theme() != toolchain.find_text_versions()["polyleaf code"].removeprefix("sha256:")


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("fonts.toml", True),
        ("print.css", True),
        ("locales/nl/LC_MESSAGES/polyleaf.po", True),
        ("reports/specimen.md.j2", False),
        ("reports/specimen.svg.j2", False),
        ("reports/status.css", False),
    ],
)
def test_a_change_of_the_theme_counts_where_it_changes_what_readers_get(
    name: str,
    counts: bool,  # noqa: FBT001 - a parameter of pytest
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shutil.copytree(str(resources.files("polyleaf") / "assets"), tmp_path / "assets")
    monkeypatch.setattr(resources, "files", lambda _name: tmp_path)
    before = toolchain.digest_theme.__wrapped__()
    file = tmp_path / "assets" / name
    file.write_bytes(file.read_bytes() + b"\n")

    assert counts == (before != toolchain.digest_theme.__wrapped__())
