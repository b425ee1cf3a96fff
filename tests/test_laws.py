"""The laws: what holds for every document, not only for examples."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

import identity
import outline
import support
from polyleaf import catalogs, cli, sources, units
from polyleaf.catalogs import po
from polyleaf.localize import LocalizationJob, localize_documents
from polyleaf.model import Document, Manuscript, Unit
from polyleaf.project.snapshot import load_jobs, read
from polyleaf.units import message
from polyleaf.units.segmentation import Segment, Segmenter
from polyleaf.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from polyleaf.model import Nodes

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
LANGUAGES = ("en", "ar", "pl", "uk")
WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Snapshot:
    """Real documents with their units."""

    documents: list[Document]
    units: list[tuple[Unit, ...]]


def _texts() -> Iterator[tuple[str, str]]:
    """Yield name and text of Markdown that people wrote for people: the corpus, what packages bring, our leaflets."""
    for file in [*CORPUS.glob("*.md"), *(ROOT / "source").glob("*.md")]:
        yield file.stem, file.read_text("utf-8")
    for package in metadata.distributions():
        for path in package.files or ():
            if path.suffix == ".md":
                yield f"{package.name}-{path.stem}-{path.hash.value if path.hash else 0}", path.read_text("utf-8")
        about = package.metadata.json
        if "markdown" in str(about.get("description_content_type")):
            yield f"{package.name}-readme", str(about.get("description", ""))


@pytest.fixture(scope="session")
def reading() -> Snapshot:
    manuscripts = []
    for name, text in sorted(dict(_texts()).items()):
        manuscript = text
        if not text.startswith("---\ntitle:"):
            manuscript = f"---\ntitle: {name}\n---\n" + re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
        manuscripts.append(Manuscript(PurePosixPath("source") / f"{name}.md", manuscript.encode()))
    documents = sources.read_manuscripts(manuscripts, "nl")
    return Snapshot(documents, units.extract_units(documents))


@pytest.mark.law
def test_the_laws_look_at_many_real_texts(reading: Snapshot) -> None:
    assert len(reading.documents) > 20
    assert sum(len(cut) for cut in reading.units) > 1000


@pytest.mark.law
def test_translating_every_message_into_itself_changes_nothing(reading: Snapshot) -> None:
    assert [] == identity.broken(reading.documents, reading.units)


@pytest.mark.law
def test_a_translation_has_the_headings_lists_tables_boxes_and_figures_of_its_source(reading: Snapshot) -> None:
    catalog = catalogs.read(_translated(reading, "pl", "Tak: "), "pl", "x.po")
    jobs = [
        LocalizationJob(document, cut, "pl", catalog)
        for document, cut in zip(reading.documents, reading.units, strict=True)
    ]
    localized, _ = localize_documents(jobs)
    pairs = zip(reading.documents, localized, strict=True)

    assert [] == [fact for source, result in pairs for fact in outline.differences(source, result.document)]


@pytest.mark.law
@pytest.mark.parametrize("project", [ROOT, ROOT / "tests" / "projects" / "scripts"], ids=["ours", "scripts"])
def test_our_translations_have_the_outline_of_their_sources(project: Path) -> None:
    workspace = Workspace(project)
    snapshot = read(workspace, [])
    jobs = load_jobs(workspace, snapshot, snapshot.project.targets)
    localized, _ = localize_documents(jobs)

    assert jobs
    assert [] == [
        fact
        for job, result in zip(jobs, localized, strict=True)
        for fact in outline.differences(job.document, result.document)
    ]


@pytest.mark.law
def test_every_text_with_letters_is_a_unit(reading: Snapshot) -> None:
    for document, cut in zip(reading.documents, reading.units, strict=True):
        wanted: list[int] = []

        def visit(segment: Segment, inlines: Nodes, wanted: list[int] = wanted) -> Nodes:
            wanted.extend([segment.index] if message.is_text(inlines) else [])
            return inlines

        walk = Segmenter(visit)
        for inlines in document.front.texts.values():
            walk.text(inlines, "front")
        walk.blocks(document.blocks)

        assert sorted(wanted) == [unit.index for unit in cut if unit.kind != "figure text"]


@pytest.mark.law
def test_a_unit_starts_on_the_line_that_its_location_names(reading: Snapshot) -> None:
    wrong, count = [], 0
    for document, cut in zip(reading.documents, reading.units, strict=True):
        lines = document.text.split("\n")
        for unit in (unit for unit in cut if unit.location.startswith(f"{document.path}:")):
            first = WORD.search(re.sub(r"\{\w+\}|\\", "", unit.message))
            line = lines[int(unit.location.rsplit(":", 1)[1]) - 1]
            count += 1
            if first and first.group() not in line:
                wrong.append((unit.location, unit.message, line))

    assert len(wrong) <= count / 100, wrong


@pytest.mark.law
def test_every_unit_of_our_leaflets_starts_on_the_line_that_its_location_names(reading: Snapshot) -> None:
    ours = {file.name for file in (ROOT / "source").glob("*.md")}
    wrong = []
    for document, cut in zip(reading.documents, reading.units, strict=True):
        lines = document.text.split("\n")
        for unit in cut if document.path.name in ours else ():
            if unit.kind == "figure text":
                continue
            first = WORD.search(unit.message)
            number = int(unit.location.rsplit(":", 1)[1])
            if first and first.group() not in lines[number - 1]:
                wrong.append((unit.location, unit.message))

    assert ours
    assert [] == wrong


@pytest.mark.law
def test_catalogues_are_the_bytes_of_msgcat(reading: Snapshot) -> None:
    pot = _template(reading)
    for content in [pot, *(catalogs.update(pot, None, code, "x.po") for code in LANGUAGES)]:
        judged = subprocess.run(["msgcat", "-"], input=content, capture_output=True, check=True)

        assert b"" == judged.stderr
        assert content == judged.stdout


@pytest.mark.law
@pytest.mark.parametrize("code", LANGUAGES)
def test_msgfmt_and_babel_accept_a_whole_translation(code: str, reading: Snapshot, tmp_path: Path) -> None:
    folder = tmp_path / code / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "all.po").write_bytes(_translated(reading, code))
    judged = subprocess.run(
        ["msgfmt", "-c", "--statistics", "-o", str(tmp_path / "all.mo"), "all.po"],
        cwd=folder,
        capture_output=True,
        check=True,
    )
    compiled = subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", "compile", "-D", "all", "-d", "."],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )

    assert re.fullmatch(rb"\d+ translated messages\.\n", judged.stderr)
    assert (0, 0) == (compiled.returncode, compiled.stderr.count(b"error"))


@pytest.mark.law
def test_updating_twice_changes_nothing_whatever_the_clock_says(reading: Snapshot) -> None:
    pot = _template(reading)
    every = [unit for cut in reading.units for unit in cut]
    done = _translated(reading, "pl")

    assert pot == catalogs.make_template("all", every, "nl", support.LATER, pot)
    assert done == catalogs.update(pot, done, "pl", "x.po")


@pytest.mark.law
def test_a_language_more_is_one_word_in_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    body = "---\ntitle: Knie\n---\n\n# Buigen {#buigen}\n\nBuig de knie.\n\nRust bij pijn.\n"
    support.project(tmp_path, {"source/knie.md": body})
    monkeypatch.chdir(tmp_path)
    settings = tmp_path / "pyproject.toml"
    settings.write_text(support.SETTINGS.replace('"en"', '"en", "ar"'), "utf-8")
    codes = [cli.run(["update", "-q"])]
    catalogue = tmp_path / "locales/ar/LC_MESSAGES/knie.po"
    file = po.parse(catalogue.read_bytes(), "knie.po")
    for entry in file:
        entry.msgstr = "اثن الركبة." if entry.msgid == "Buig de knie." else ""
    catalogue.write_bytes(po.write(file))
    codes.append(cli.run(["build", "-q"]))
    captured = capsys.readouterr()
    page = next(tmp_path.glob("build/**/ar/**/*.html")).read_text("utf-8")

    assert [0, 0] == codes
    assert "" == captured.out
    assert "locales/ar/LC_MESSAGES/knie.po" in captured.err
    assert re.search(r'<html[^>]* lang="ar"[^>]* dir="rtl"|<html[^>]* dir="rtl"[^>]* lang="ar"', page)
    assert "<p>اثن الركبة.</p>" in page
    assert '<span class="untranslated" lang="nl" dir="ltr">Rust bij pijn.</span>' in page
    assert 'id="buigen"' in page


def _template(reading: Snapshot) -> bytes:
    every = [unit for cut in reading.units for unit in cut]
    return catalogs.make_template("all", every, "nl", support.NOW)


def _translated(reading: Snapshot, code: str, before: str = "") -> bytes:
    """Return the catalogue in which every message, after the words *before*, is its own translation."""
    file = po.parse(catalogs.update(_template(reading), None, code, "x.po"), "x.po")
    file.wrapwidth = 0
    for entry in file:
        entry.msgstr = before + entry.msgid
    return po.write(file)
