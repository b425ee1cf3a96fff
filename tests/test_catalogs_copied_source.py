"""A translation that is the text of the source again is none: print, status, review and sign-offs agree about it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

import support
from polyleaf import catalogs, cli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.law

SOURCE = "---\ntitle: Knie\n---\n\n# Buigen {#a}\n\nBuig rustig door.\n\nRust uit.\n\n- Rust uit.\n- Loop dan door.\n"
COPY = "Buig rustig door."
MARKED = f'<span class="untranslated" lang="nl">{COPY}</span>'


@pytest.fixture
def project(new_project: Callable[..., Path]) -> Path:
    """A leaflet in which one text is copied, one is fuzzy, and one that stands twice is missing."""
    folder = new_project({"source/knee.md": SOURCE}, update=True)
    support.translate(folder, {"Knie": "Knee", "Buigen": "Bending", COPY: COPY, "Loop dan door.": "~Then walk on."})
    return folder


def page(folder: Path, language: str = "en") -> str:
    assert 0 == cli.run(["build", "-q", "-l", language])
    return (folder / "build" / language / "knee.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("message", "translation"),
    [("Buig rustig door.", "Buig rustig door."), ("Buig **rustig** door.", "buig  **rustig** Door.")],
)
def test_the_same_sentence_is_a_copy(message: str, translation: str) -> None:
    assert catalogs.is_copy(message, translation)


@pytest.mark.parametrize(
    "message",
    [
        "Paracetamol",
        "Polyleaf Apotheek",
        "https://example.org/een/lange/weg",
        "een.twee@drie.example.org",
        "Magnesium citraat{fn1}{cite1}",
        "10 mg · 20 mg · 30 mg",
    ],
)
def test_a_name_an_address_and_a_figure_may_stay_as_they_are(message: str) -> None:
    assert not catalogs.is_copy(message, message)


def test_another_sentence_is_no_copy() -> None:
    assert not catalogs.is_copy("Buig rustig door.", "Buig rustig verder.")


def test_a_copy_is_printed_as_what_it_is(project: Path) -> None:
    assert MARKED in page(project)


def test_print_status_and_review_count_the_same(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page(project)
    error = capsys.readouterr().err
    cli.run(["status", "--json", "-l", "en"])
    amounts = json.loads(capsys.readouterr().out)["states"][0]
    cli.run(["review", "-q", "-l", "en", "-f", "html"])
    review_sheet = next((project / "build").rglob("review/**/knee.html")).read_text("utf-8")

    assert "2 texts not translated and 1 text fuzzy: printed in nl, and marked as such" in error
    assert '"missing": 2' in json.dumps(amounts)
    assert '"fuzzy": 1' in json.dumps(amounts)
    assert "1, niet vertaald: 2" in re.sub(r"\s+", " ", review_sheet)


def test_a_person_may_say_that_a_copy_is_right(project: Path) -> None:
    line = next(
        number
        for number, text in enumerate((project / support.PO).read_text("utf-8").split("\n"), 1)
        if f'msgid "{COPY}"' in text
    )
    assert 0 == cli.run(
        ["acknowledge", "-q", f"{support.PO}:{line}", "copied", "--by", "A. Tester", "--reason", "A name."]
    )
    text = page(project)

    assert MARKED not in text
    assert f"<p>{COPY}</p>" in text


def test_nobody_signs_a_copy(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.translate(project, {"Rust uit.": "Rest.", "Loop dan door.": "Go."})

    assert 1 == cli.run(["sign", "-q", "knee", "-l", "en", "--role", "pharmacist", "--name", "A. Tester", "--yes"])
    error = capsys.readouterr().err
    assert "is the text of the source again" in error
    assert "[copied]" in error


def test_the_policy_to_print_nothing_untranslated_holds_for_copies(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = support.SETTINGS + 'untranslated = { en = "fail" }\n'
    (project / "pyproject.toml").write_text(settings, "utf-8")
    support.translate(project, {"Rust uit.": "Rest.", "Loop dan door.": "Go."})

    assert 1 == cli.run(["build", "-q", "-l", "en"])
    error = capsys.readouterr().err
    assert "(en prints no text that is not translated)" in error
    assert "[copied]" in error


def test_another_form_of_the_language_may_have_the_same_texts(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "pyproject.toml").write_text(support.SETTINGS.replace('"en"', '"en", "nl_BE"'), "utf-8")
    assert 0 == cli.run(["update", "-q"])
    support.translate(project, {COPY: COPY}, language="nl_BE")
    text = page(project, "nl_BE")
    cli.run(["check", "-l", "nl_BE"])

    assert f"<p>{COPY}</p>" in text
    assert "[copied]" not in capsys.readouterr().err
