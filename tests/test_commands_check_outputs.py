"""`polyleaf check` looks at what is in the build folder: which files, where, and what it says of those not there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import oddities as odd
import outputs as made
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

SOURCE = "---\ntitle: Knie\n---\n\n# Buigen {#buigen}\n\nBuig de knie.\n\n# Rust {#rust}\n\nRust bij pijn.\n"
BOTH = support.SETTINGS.replace('["html"]', '["html", "epub"]')
FINISHED = {name for name, check in CHECKS.items() if check.subject in {PdfDocument, HtmlDocument, Outputs}}

ASTRAY = {"nested-lists", "rich-note"}
"""What follows a list within an item stands before that list in the tags: a voice reads it too early."""


@pytest.fixture
def project(new_project: Callable[..., Path]) -> Path:
    """A project whose page and e-book are built in both languages."""
    folder = new_project({"source/knie.md": SOURCE}, BOTH, update=True)
    assert 0 == cli.run(["build", "-q"])
    return folder


def told(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    capsys.readouterr()
    cli.run(["check", "--json", *words])
    found = support.findings(capsys.readouterr().out)
    return [one for one in found if one["check"] in {*FINISHED, "not_built", "unreadable"}]


def unrecord(file: Path) -> None:
    """Take the record of the build away, as if another program had made *file*: else it would be known for changed."""
    (file.parents[1] / "manifest.json").unlink(missing_ok=True)


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    unrecord(file)


def test_files_without_faults_are_not_told_of(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert [] == told(capsys)
    assert (project / "build/en/knie.epub").is_file()


def test_a_fault_in_a_file_is_told_with_its_place(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(project / "build/nl/knie.html", "Buig de knie.", "Buig de heup.")
    found = told(capsys)

    assert ["same_text"] == [one["check"] for one in found if "lacks 'Buig de heup.'" in one["message"]]
    assert {"build/nl/knie.epub"} == {one["location"] for one in found}
    assert {"error"} == {one["severity"] for one in found}


def test_only_the_languages_and_leaflets_asked_for_are_looked_at(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(project / "build/nl/knie.html", "Buig de knie.", "")

    assert [] == told(capsys, "-l", "en")
    assert ["same_text"] == [one["check"] for one in told(capsys, "-l", "nl", "knie")]


def test_files_elsewhere_are_looked_at(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["build", "-q", "-o", "site"])
    spoil(project / "site/en/knie.html", "</main>", "<p>Bend it.</p></main>")

    assert [] == told(capsys)
    assert [("same_text", "site/en/knie.epub")] == [
        (one["check"], one["location"]) for one in told(capsys, "-o", "site")
    ]


def test_many_editions_are_looked_at_side_by_side(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("elleboog", "heup", "hand"):
        support.project(project, {f"source/{name}.md": SOURCE}, BOTH)
        for language in ("nl", "en"):
            content = (project / f"build/{language}/knie.html").read_text("utf-8")
            (project / f"build/{language}/{name}.html").write_text(content, "utf-8")
    spoil(project / "build/en/hand.html", "</main>", '<div class="warning"><p>Stop.</p></div></main>')

    assert [("build/en/hand.html", "colour_alone")] == [
        (one["location"], one["check"]) for one in told(capsys) if one["check"] != "not_built"
    ]


def test_files_that_are_not_there_are_said_once_and_are_no_error(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in project.glob("build/*/knie.*"):
        file.unlink()
    found = told(capsys)
    fact = "not built yet, so not looked at: nl/knie.html, nl/knie.epub, en/knie.html and 1 more"

    assert [("not_built", "warning", fact)] == [(one["check"], one["severity"], one["message"]) for one in found]
    assert "polyleaf build" in found[0]["hint"]


@pytest.mark.parametrize(
    ("name", "fact"), [("knie.epub", "not an EPUB"), ("knie.html", "not HTML"), ("knie.pdf", "not a PDF")]
)
def test_a_file_that_is_broken_is_a_finding(
    project: Path, capsys: pytest.CaptureFixture[str], name: str, fact: str
) -> None:
    spoil(project / "pyproject.toml", '["html", "epub"]', '["html", "epub", "pdf"]')
    (project / "build/nl" / name).write_bytes(b"")
    unrecord(project / "build/nl" / name)
    found = [one for one in told(capsys, "-l", "nl") if one["check"] == "unreadable"]

    assert [f"build/nl/{name}"] == [one["location"] for one in found]
    assert fact in found[0]["message"]


def apart(folder: Path, name: str) -> Outputs:
    files = {ending: (folder / f"{name}.{ending}").read_bytes() for ending in ("pdf", "html", "epub")}
    return Outputs(
        pdf.paper(files["pdf"], "pdf", "ltr"),
        html.page(files["html"], "html", "ltr"),
        epub.book(files["epub"], "epub", "ltr"),
    )


def errors(finished: Outputs, but: Sequence[str] = ()) -> list[tuple[str, str, str]]:
    found = runner.check_outputs(CHECKS, finished)
    return [
        (one.check, str(one.location), one.message) for one in found if one.severity == "error" and one.check not in but
    ]


@pytest.mark.law
@pytest.mark.parametrize("name", sorted(set(odd.CASES) - ASTRAY))
def test_what_is_unusual_is_no_fault(oddities: Path, name: str) -> None:
    assert [] == errors(apart(oddities, name), but=("type_size", "page_edge"))


ARABIC = "<h1>لا</h1><h2>قليلا</h2><p>للإصابة. اتصل بالرقم \u2066020 123 45 67\u2069 فورا، ولا تأخذ 250 mg اليوم.</p>"


@pytest.mark.parametrize(
    ("printed", "lost"),
    [(ARABIC, 0), (ARABIC.replace("ولا تأخذ", "وتأخذ"), 1), (ARABIC.replace("123 45 67", "123 45 45"), 1)],
)
def test_texts_that_are_read_from_the_right_are_compared(printed: str, lost: int) -> None:
    def whole(text: str) -> str:
        return f'<html lang="ar" dir="rtl"><title>x</title><style>{made.STYLE}</style><body><main>{text}</main></html>'

    on_paper = pdf.paper(layout.render_pdf(whole(printed), DEFAULT_THEME), "knee.pdf", "rtl")
    on_page = html.page(whole(ARABIC).encode(), "knee.html", "rtl")

    assert lost == len(
        [fact for fact in made.found("same_text", Outputs(on_paper, on_page)) if fact.startswith("it lacks")]
    )
