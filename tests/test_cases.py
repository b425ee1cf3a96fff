"""Golden cases: every `tests/cases/*.md` holds sources, translations and what comes out; `pytest --accept` rewrites it.

A case is a heading, a `source` in English, and after it blocks named by a language, with a message and its
translation on each line (`(context)` in front where there is one, `~` in front of a fuzzy one), each followed by the
expected `html` or `error`. An `html` that follows the source is the English edition.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import pytest

from polyleaf import catalogs, editions, localize, sources, units
from polyleaf.catalogs import po
from polyleaf.config import Project
from polyleaf.model import Manuscript, Unit

FOLDER = Path(__file__).parent / "cases"
NOW = datetime(2026, 3, 1, tzinfo=UTC)
BLOCK = re.compile(r"^```([\w]+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINE = re.compile(r"(?P<fuzzy>~ )?(?:\((?P<context>[\w:|]+)\) )?(?P<message>.+?) =(?: (?P<text>.*))?")
VINK = b'[{"id": "vink2020", "type": "book", "title": "Knees", "language": "en", "author": [{"family": "Vink"}]}]'


@dataclass(frozen=True)
class Case:
    """One expectation: where it stands in its file, a source, the lines of one language, and what comes out."""

    file: str
    title: str
    source: str
    language: str
    lines: str
    kind: str
    expected: str
    span: tuple[int, int]

    @property
    def name(self) -> str:
        return f"{self.title} [{self.language}]"


def _cases(file: Path) -> list[Case]:
    text = file.read_text("utf-8")
    cases = []
    for part in re.finditer(r"^# (.+?)\n(```source\n.*?)(?=^# [^\n]+\n```source|\Z)", text, re.DOTALL | re.MULTILINE):
        source, language, lines = "", "en", ""
        for block in BLOCK.finditer(text, part.start(2), part.end(2)):
            if block[1] == "source":
                source = block[2]
            elif block[1] in {"html", "error"}:
                case = (file.name, part[1], source, language, lines, block[1], block[2].strip(), block.span(2))
                cases.append(Case(*case))
            else:
                language, lines = block[1], block[2]
    return cases


CASES = [case for file in sorted(FOLDER.glob("*.md")) for case in _cases(file)]


def _outcomes() -> dict[tuple[str, str], str]:
    """Return what comes out of every case: all go through pandoc together, but for those that are refused."""
    manuscripts = [
        Manuscript(PurePosixPath("source") / f"{number}.md", f"---\ntitle: Case\n---\n\n{case.source}".encode())
        for number, case in enumerate(CASES)
    ]
    documents = sources.read_manuscripts(manuscripts, "en")
    jobs = []
    for case, document, extracted in zip(CASES, documents, units.extract_units(documents), strict=True):
        catalog = None if case.language == "en" else _catalog(case, extracted)
        jobs.append(localize.LocalizationJob(document, extracted if catalog else (), case.language, catalog))
    outcomes = {}
    good = [(case, job) for case, job in zip(CASES, jobs, strict=True) if case.kind == "html"]
    settings = editions.EditionSettings(
        Project("en", ("en", "nl")),
        sources.load_bibliography(VINK, "refs"),
        {document.leaflet: ("en", "nl") for document in documents},
    )
    leaflets = editions.make_editions(localize.localize_documents([job for _, job in good])[0], settings)
    for (case, _), edition in zip(good, leaflets, strict=True):
        outcomes[case.file, case.name] = "\n".join(chapter.html.strip() for chapter in edition.chapters)
    for case, job in zip(CASES, jobs, strict=True):
        if case.kind == "error":
            _, faults = localize.localize_documents([job])
            outcomes[case.file, case.name] = "\n".join(f"{fault.fact}\n{fault.hint}" for fault in faults)
    return outcomes


def _catalog(case: Case, extracted: tuple[Unit, ...]) -> catalogs.Catalog:
    """Return the catalogue of a case, made as a project makes it: template, update, the translator's words."""
    template = catalogs.make_template("case", extracted, "en", NOW)
    file = po.parse(catalogs.update(template, None, case.language, "case.po"), "case.po")
    for line in case.lines.splitlines():
        parts = LINE.fullmatch(line)
        assert parts, f"{case.file}: {line!r} is not `message = translation`"
        entry = file.find(parts["message"], msgctxt=parts["context"] or False)
        assert entry, f"{case.file}: {case.title}: no message {line!r}; there are {[entry.msgid for entry in file]}"
        entry.msgstr = parts["text"] or ""
        entry.flags += ["fuzzy"] if parts["fuzzy"] else []
    return catalogs.read(po.write(file), case.language, "case.po")


@pytest.fixture(scope="session")
def outcomes() -> dict[tuple[str, str], str]:
    return _outcomes()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, outcomes: dict[tuple[str, str], str], request: pytest.FixtureRequest) -> None:
    outcome = outcomes[case.file, case.name]
    if request.config.getoption("--accept"):
        _accept(case, outcome)
        return

    assert case.expected == outcome


def test_every_case_file_has_cases_and_no_two_share_a_name() -> None:
    names = [(case.file, case.name) for case in CASES]

    assert sorted(set(names)) == sorted(names)
    assert {file.name for file in FOLDER.glob("*.md")} == {case.file for case in CASES}


def _accept(case: Case, outcome: str) -> None:
    """Write what came out into the file of the case; spans are taken anew, since earlier cases may have moved it."""
    file = FOLDER / case.file
    span = next(saved.span for saved in _cases(file) if saved.name == case.name)
    text = file.read_text("utf-8")
    file.write_text(f"{text[: span[0]]}{outcome}\n{text[span[1] :]}", "utf-8")
