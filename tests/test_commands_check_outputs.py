"""`polyleaf check` looks at what is in the build folder: which files, where, and what it says of those not there."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pytest

import oddities as odd
import outputs
import support
from polyleaf import cli
from polyleaf.checks import runner
from polyleaf.checks.registry import CHECKS
from polyleaf.formats.pdf import layout
from polyleaf.inspection import epub, html, pdf
from polyleaf.inspection.html import HtmlDocument
from polyleaf.inspection.pdf import PdfDocument
from polyleaf.inspection.text_flow import Outputs
from polyleaf.model import DEFAULT_THEME

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

pytestmark = pytest.mark.law

SOURCE = "---\ntitle: Knie\n---\n\n# Buigen {#buigen}\n\nBuig de knie.\n\n# Rust {#rust}\n\nRust bij pijn.\n"
BOTH = support.SETTINGS.replace('["html"]', '["html", "epub"]')
OUTPUT_CHECKS = {name for name, check in CHECKS.items() if check.subject in {PdfDocument, HtmlDocument, Outputs}}


@pytest.fixture
def project(new_project: Callable[..., Path]) -> Path:
    """A project whose page and e-book are built in both languages."""
    folder = new_project({"source/knie.md": SOURCE}, BOTH, update=True)
    assert 0 == cli.run(["build", "-q"])
    return folder


def find_faults(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    cli.run(["check", "--json", *words])
    findings = support.findings(capsys.readouterr().out)
    return [finding for finding in findings if finding["check"] in {*OUTPUT_CHECKS, "not_built", "unreadable"}]


def unrecord(file: Path) -> None:
    """Take the record of the build away, as if another program had made *file*: else it would be known for changed."""
    (file.parents[1] / "manifest.json").unlink(missing_ok=True)


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    unrecord(file)


def test_files_without_faults_have_no_findings(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [] == find_faults(capsys)
    assert (project / "build/en/knie.epub").is_file()


def test_a_fault_in_a_file_is_reported_with_its_location(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(project / "build/nl/knie.html", "Buig de knie.", "Buig de heup.")
    findings = find_faults(capsys)

    assert ["same_text"] == [finding["check"] for finding in findings if "lacks 'Buig de heup.'" in finding["message"]]
    assert {"build/nl/knie.epub"} == {finding["location"] for finding in findings}
    assert {"error"} == {finding["severity"] for finding in findings}


def test_a_stale_file_is_not_held_against_one_of_another_source(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    support.edit(project, "source/knie.md", "Buig de knie.", "Strek de knie.")
    assert 0 == cli.run(["build", "-q", "-l", "nl", "-f", "html"])
    capsys.readouterr()
    cli.run(["check", "--json", "-l", "nl"])
    findings = [(row["check"], row["location"]) for row in support.findings(capsys.readouterr().out)]

    assert ("stale", "build/nl/knie.epub") in findings
    assert "same_text" not in {name for name, _ in findings}


def test_files_of_one_build_are_held_against_each_other_whatever_made_them(
    new_project: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = new_project({"source/knie.md": SOURCE}, BOTH.replace('"epub"', '"pdf"'), update=True)
    assert 0 == cli.run(["build", "-q", "-l", "nl"])
    page, record = folder / "build/nl/knie.html", folder / "build/manifest.json"
    before = page.read_bytes()
    page.write_bytes(before.replace(b"Buig de knie.", b"Buig de heup."))
    old, new = (hashlib.sha256(content).hexdigest() for content in (before, page.read_bytes()))
    record.write_text(record.read_text("utf-8").replace(old, new), "utf-8")

    assert {("same_text", "build/nl/knie.pdf")} == {
        (finding["check"], finding["location"]) for finding in find_faults(capsys, "-l", "nl")
    }


def test_only_the_languages_and_leaflets_asked_for_are_looked_at(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(project / "build/nl/knie.html", "Buig de knie.", "")

    assert [] == find_faults(capsys, "-l", "en")
    assert ["same_text"] == [finding["check"] for finding in find_faults(capsys, "-l", "nl", "knie")]


def test_files_elsewhere_are_looked_at(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["build", "-q", "-o", "site"])
    spoil(project / "site/en/knie.html", "</main>", "<p>Bend it.</p></main>")

    assert [] == find_faults(capsys)
    assert [("same_text", "site/en/knie.epub")] == [
        (finding["check"], finding["location"]) for finding in find_faults(capsys, "-o", "site")
    ]


def test_many_editions_are_looked_at_side_by_side(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("elleboog", "heup", "hand"):
        support.project(project, {f"source/{name}.md": SOURCE}, BOTH)
        for language in ("nl", "en"):
            content = (project / f"build/{language}/knie.html").read_text("utf-8")
            (project / f"build/{language}/{name}.html").write_text(content, "utf-8")
    spoil(project / "build/en/hand.html", "</main>", '<div class="warning"><p>Stop.</p></div></main>')

    assert [("build/en/hand.html", "colour_alone")] == [
        (finding["location"], finding["check"]) for finding in find_faults(capsys) if finding["check"] != "not_built"
    ]


def test_files_that_are_not_there_are_reported_once_and_are_no_error(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in project.glob("build/*/knie.*"):
        file.unlink()
    findings = find_faults(capsys)
    fact = "not built yet, so not looked at: nl/knie.html, nl/knie.epub, en/knie.html and 1 more"

    assert [("not_built", "warning", fact)] == [
        (finding["check"], finding["severity"], finding["message"]) for finding in findings
    ]
    assert "polyleaf build" in findings[0]["hint"]


@pytest.mark.parametrize(
    ("name", "fact"), [("knie.epub", "not an EPUB"), ("knie.html", "not HTML"), ("knie.pdf", "not a PDF")]
)
def test_a_file_that_is_broken_is_a_finding(
    project: Path, capsys: pytest.CaptureFixture[str], name: str, fact: str
) -> None:
    spoil(project / "pyproject.toml", '["html", "epub"]', '["html", "epub", "pdf"]')
    (project / "build/nl" / name).write_bytes(b"")
    unrecord(project / "build/nl" / name)
    findings = [finding for finding in find_faults(capsys, "-l", "nl") if finding["check"] == "unreadable"]

    assert [f"build/nl/{name}"] == [finding["location"] for finding in findings]
    assert fact in findings[0]["message"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("knie.html", b"<div>" * 5000 + b"x"),
        ("knie.html", b"<p>x</p>\0\xff" * 3),
        ("knie.epub", b"PK\x03\x04" + b"\0" * 200),
        (
            "knie.pdf",
            b"%PDF-1.7\n1 0 obj\n<</Type /Catalog /Pages 1 0 R /Kids [1 0 R]>>\nendobj\ntrailer <</Root 1 0 R>>",
        ),
    ],
)
def test_a_file_that_breaks_whoever_reads_it_ends_in_no_traceback(
    project: Path, capsys: pytest.CaptureFixture[str], name: str, content: bytes
) -> None:
    spoil(project / "pyproject.toml", '["html", "epub"]', '["html", "epub", "pdf"]')
    (project / "build/nl" / name).write_bytes(content)
    unrecord(project / "build/nl" / name)
    findings = find_faults(capsys, "-l", "nl")

    assert "build/nl" in {str(finding["location"])[:8] for finding in findings if finding["severity"] == "error"}


def read_outputs(folder: Path, name: str) -> Outputs:
    files = {ending: (folder / f"{name}.{ending}").read_bytes() for ending in ("pdf", "html", "epub")}
    return Outputs(
        pdf.read_pdf(files["pdf"], "pdf", "ltr"),
        html.read_html(files["html"], "html", "ltr"),
        epub.read_epub(files["epub"], "epub", "ltr"),
    )


def errors(built: Outputs, but: Sequence[str] = ()) -> list[tuple[str, str, str]]:
    findings = runner.check_outputs(CHECKS, built)
    return [
        (finding.check, str(finding.location), finding.message)
        for finding in findings
        if finding.severity == "error" and finding.check not in but
    ]


@pytest.mark.parametrize("name", sorted(odd.CASES))
def test_what_is_unusual_is_no_fault(oddities: Path, name: str) -> None:
    assert [] == errors(read_outputs(oddities, name), but=("type_size", "page_edge"))


ARABIC = "<h1>لا</h1><h2>قليلا</h2><p>للإصابة. اتصل بالرقم \u2066020 123 45 67\u2069 فورا، ولا تأخذ 250 mg اليوم.</p>"


@pytest.mark.parametrize(
    ("printed", "lost"),
    [(ARABIC, 0), (ARABIC.replace("ولا تأخذ", "وتأخذ"), 1), (ARABIC.replace("123 45 67", "123 45 45"), 1)],
)
def test_texts_that_are_read_from_the_right_are_compared(printed: str, lost: int) -> None:
    def make_html(text: str) -> str:
        return (
            f'<html lang="ar" dir="rtl"><title>x</title><style>{outputs.STYLE}</style><body><main>{text}</main></html>'
        )

    printed_text = pdf.read_pdf(layout.render_pdf(make_html(printed), DEFAULT_THEME), "knee.pdf", "rtl")
    page = html.read_html(make_html(ARABIC).encode(), "knee.html", "rtl")

    assert lost == len(
        [fact for fact in outputs.find_facts("same_text", Outputs(printed_text, page)) if fact.startswith("it lacks")]
    )
