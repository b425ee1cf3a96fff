"""The law of formats: PDF, page and e-book have the same words, labels of lists, pictures and notes in the same order.

Names of columns are left out: wide tables have them in other places.

The PDF is read by pdfium in the order of its tags, page and e-book as a browser shows them.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pikepdf
import pytest

import generated_leaflets
import output_reader
import pdf_tags
from polyleaf import editions, languages, localize, sources, units
from polyleaf.commands.check_outputs import inspect_edition
from polyleaf.config import Project
from polyleaf.formats import pdf
from polyleaf.formats.registry import FORMATS
from polyleaf.inspection.pdf_text import read_runs
from polyleaf.model import Manuscript, Picture

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from generated_leaflets import Section
    from pdf_tags import Element
    from polyleaf.model import Edition

JUDGES = Path(os.environ.get("POLYLEAF_JUDGES", Path.home() / ".cache" / "polyleaf-judges"))
PYTHON = JUDGES / "venv" / "bin" / "python"
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 9" width="99" height="9"><path d="M0 0H9V9z"/></svg>'
)
UNSEEN = re.compile("[\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e]")
BULLET = re.compile("[◦▪■]")
SECTION = re.compile(r"(?=Part\d+)")


@dataclass(frozen=True)
class Flow:
    """What a reader gets of a file: its text with labels and names of pictures, and its notes, all without spaces."""

    text: str
    notes: tuple[str, ...]
    labels: tuple[str, ...] = ()

    def sections(self) -> list[str]:
        """Return its text, a part a section."""
        return SECTION.split(self.text)[1:]


def squeeze(text: str) -> str:
    """Return *text* without white space and signs that are not seen, each letter, and bullets, in one form."""
    return BULLET.sub("•", UNSEEN.sub("", unicodedata.normalize("NFKC", text)))


def make_editions(leaflets: Mapping[str, Sequence[Section]], language: str) -> list[Edition]:
    """Return the edition in *language* of each of *leaflets*."""
    manuscripts = [
        Manuscript(
            PurePosixPath("source") / f"{name}.md",
            f"---\ntitle: {name}\n---\n\n{chr(10).join(section.markdown + chr(10) for section in sections)}".encode(),
        )
        for name, sections in leaflets.items()
    ]
    documents = sources.read_manuscripts(manuscripts, language)
    sources.validate(documents, set())
    documents = [
        sources.attach_images(document, [Picture(name, DRAWING) for name in sources.find_images(document)])
        for document in documents
    ]
    jobs = [
        localize.LocalizationJob(document, its_units, language)
        for document, its_units in zip(documents, units.extract_units(documents), strict=True)
    ]
    localized, _ = localize.localize_documents(jobs)
    printed = dict.fromkeys(leaflets, (language,))
    return editions.make_editions(localized, editions.EditionSettings(Project(language, (language,)), {}, printed))


# The PDF, by pdfium


def read_pdf(content: bytes, direction: str) -> Flow:
    """Return what is in a PDF in the order of its tags; the words are those that pdfium finds.

    From right to left pdfium guesses at the order of signs, and of what is written from left to right: there it only
    finds letters, and the order is that in which they are painted.
    """
    texts: dict[int, dict[int, str]] = defaultdict(lambda: defaultdict(str))
    for run in read_runs(content, "x.pdf"):
        texts[run.page][run.mark] += run.text
    with pikepdf.open(io.BytesIO(content)) as document:
        by_page = {page.obj.objgen: texts[number] for number, page in enumerate(document.pages, 1)}
        notes: list[str] = []
        tree = pdf_tags.tree(document)
        by_pdfium = pdf_tags.tree(document, by_page)
        assert sorted(filter(str.isalnum, tree.text)) == sorted(filter(str.isalnum, by_pdfium.text))
        text = "".join(_read_element(tree if direction == "rtl" else by_pdfium, notes))
    return Flow(squeeze(text), tuple(squeeze(note) for note in notes))


def _read_element(element: Element, notes: list[str]) -> Iterator[str]:
    if element.kind in {"TOC", "TH"}:  # names of columns stand again before each value of a wide table
        return
    if element.kind == "Note":
        notes.append(re.sub("↩.?", "", element.text))
    elif element.kind == "Figure" or (element.kind == "Span" and "Alt" in element.attributes):
        yield f"[{element.attributes['Alt']}]"
        yield from (part for caption in element.all("Caption") for part in _read_element(caption, notes))
    else:
        for part in element.parts:
            yield from [part] if isinstance(part, str) else _read_element(part, notes)


# Page and e-book, by a browser


def read_in_browser(folder: Path, leaflets: Mapping[str, Sequence[bytes]]) -> dict[str, Flow]:
    """Return what a browser shows of each of *leaflets*, whose documents are written into *folder*."""
    files = {}
    for name, documents in leaflets.items():
        for at, content in enumerate(documents):
            suffix = ".xhtml" if content.startswith(b"<?xml") else ".html"
            files[folder / f"{name}-{at}{suffix}"] = name
            (folder / f"{name}-{at}{suffix}").write_bytes(content)
    probe = Path(__file__).with_name("browser_text.py")
    process = subprocess.run([PYTHON, probe, *files], capture_output=True, text=True, check=True)
    parts = defaultdict(list)
    for file, its_parts in json.loads(process.stdout).items():
        parts[files[Path(file)]].extend(its_parts)
    return {name: _as_flow(its_parts) for name, its_parts in parts.items()}


def _as_flow(parts: Sequence[tuple[str, str, int]]) -> Flow:
    texts: dict[int, str] = defaultdict(str)
    for kind, text, note in parts:
        texts[note] += f"[{text}]" if kind == "image" else text
    notes = tuple(squeeze(text) for note, text in sorted(texts.items()) if note)
    labels = (squeeze(text) for kind, text, note in parts if kind == "label" and not note)
    return Flow(squeeze(texts[0]), notes, tuple(label for label in labels if label != "•"))


def find_differences(name: str, flows: Mapping[str, Flow]) -> Iterator[str]:
    """Yield each section, and each note, in which one of *flows* differs from the first."""
    (first, measure), *others = flows.items()
    for other, flow in others:
        rows = list(zip_longest(measure.sections(), flow.sections(), fillvalue=""))
        rows += zip_longest(measure.notes, flow.notes, fillvalue="")
        for before, after in rows:
            at = next((at for at, (a, b) in enumerate(zip_longest(before, after)) if a != b), None)
            if at is not None:
                around = slice(max(at - 30, 0), at + 30)
                yield f"{name}: {first} {before[around]!r}, {other} {after[around]!r}"


def write_leaflets(language: str, count: int, sections: int) -> dict[str, list[Section]]:
    """Return *count* leaflets in *language* by name, each of so many *sections*."""
    return {
        f"{language}-{seed}": list(generated_leaflets.LeafletWriter(language, seed).sections(sections))
        for seed in range(count)
    }


def render(edition: Edition) -> dict[str, bytes]:
    """Return the files of *edition* by their formats."""
    layout = pdf.lay_out(edition)
    arguments = {name: [edition, layout] if format_.of_layout else [edition] for name, format_ in FORMATS.items()}
    return {name: FORMATS[name].render(*of_format).content for name, of_format in arguments.items()}


def find_faults(files: Mapping[str, bytes], language: str) -> list[str]:
    """Return what the checks find in the texts of *files*; nothing from right to left, where pdfium guesses."""
    findings = inspect_edition({kind: (f"leaflet.{kind}", content) for kind, content in files.items()}, language)
    wrong = [finding for finding in findings if finding.check in {"same_text", "reading_order"}]
    return [f"{finding.location}: {finding.fact}" for finding in wrong if languages.direction(language) == "ltr"]


def check(folder: Path, language: str, count: int, sections: int) -> list[str]:
    """Return the differences between the formats of *count* leaflets in *language*, each of so many *sections*."""
    leaflets = write_leaflets(language, count, sections)
    direction = languages.direction(language)
    papers, documents = {}, {}
    faults: list[str] = []
    for name, edition in zip(leaflets, make_editions(leaflets, language), strict=True):
        files = render(edition)
        papers[name] = read_pdf(files["pdf"], direction)
        parts = output_reader.unpacked(files["epub"])
        (folder / "style.css").write_bytes(parts["EPUB/style.css"])
        documents[f"{name}-page"] = [files["html"]]
        documents[f"{name}-book"] = [parts[part] for part in sorted(parts) if part.startswith("EPUB/part-")]
    shown = read_in_browser(folder, documents)
    for name, its_sections in leaflets.items():
        flows = {"page": shown[f"{name}-page"], "book": shown[f"{name}-book"], "paper": papers[name]}
        faults += find_differences(name, flows)
        written = [label for section in its_sections for label in section.labels]
        pairs = zip_longest(written, flows["page"].labels)
        faults += [f"{name}: written {before}, shown {after}" for before, after in pairs if before != after][:1]
    return faults


@pytest.mark.skipif(not (PYTHON.is_file() and shutil.which("chromium")), reason="there is no browser with the judges")
@pytest.mark.parametrize("language", generated_leaflets.LETTERS)
@pytest.mark.parametrize(
    ("count", "sections"), [pytest.param(1, 6, marks=pytest.mark.law), pytest.param(2, 15, marks=pytest.mark.slow)]
)
def test_all_formats_have_the_same_words_and_labels_in_the_same_order(
    language: str, count: int, sections: int, tmp_path: Path
) -> None:
    assert [] == check(tmp_path, language, count, sections)


@pytest.mark.law
@pytest.mark.parametrize("language", ["nl", "uk"])
def test_the_checks_find_no_fault_in_the_texts_of_what_has_none(language: str) -> None:
    leaflets = write_leaflets(language, 1, 10)

    assert [] == [
        fault for edition in make_editions(leaflets, language) for fault in find_faults(render(edition), language)
    ]


@pytest.mark.parametrize("language", ["nl", "ar"])
def test_paper_has_the_labels_that_were_written(language: str) -> None:
    """Some of what the law asks, without a browser."""
    leaflets = write_leaflets(language, 1, 1)
    [edition] = make_editions(leaflets, language)
    files = render(edition)
    with pikepdf.open(io.BytesIO(files["pdf"])) as document:
        printed = [squeeze(text) for text in _read_labels(pdf_tags.tree(document))]

    assert [label for section in leaflets[f"{language}-0"] for label in section.labels] == printed
    assert [] == find_faults(files, language)


def _read_labels(element: Element) -> Iterator[str]:
    """Yield the labels of the items of numbered lists in *element*, not those of notes nor in them."""
    for kid in element.kids:
        if kid.kind == "Lbl" and element.kind == "LI" and re.fullmatch(r"\(?\w+[.)]\s*", kid.text):
            yield kid.text
        elif kid.kind != "Note":
            yield from _read_labels(kid)


@pytest.mark.parametrize(
    ("text", "notes", "count"),
    [
        ("Part1 3. word c) more", ("a. note",), 0),
        ("Part1 1. word c) more", ("a. note",), 1),
        ("Part1 3. word c. more", ("a. note",), 1),
        ("Part1 c) more 3. word", ("a. note",), 1),
        ("Part1 3. word c) more", ("b. note",), 1),
        ("Part1 .3 word c) more", ("a. note",), 1),
        ("Part1 3. word", (), 2),
    ],
)
def test_a_difference_in_labels_words_order_or_notes_is_seen(text: str, notes: tuple[str, ...], count: int) -> None:
    page = Flow("Part1 3. word c) more", ("a. note",))

    assert count == len(list(find_differences("x", {"page": page, "paper": Flow(text, notes)})))
