"""What a finding quotes of a message and of its translation: whoever decides sees both, and no fact is cut off."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import support
from polyleaf import cli
from polyleaf.checks.runner import shorten

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LONG = "De verpleegkundige vertelt u op de dag van de opname hoe het verder gaat"
MESSAGE = f"{LONG} en geeft u 2 tabletten van 5 mg."
ENGLISH = (
    "The nurse tells you on the day of your admission how things will go from there and gives you 3 tablets of 5 mg."
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Korte tekst.", "nl"),
        (f"{LONG} en geeft u 2 tabletten.", "nl"),
        (f"{LONG}, maar rijd niet zelf naar huis.", "nl"),
        (f"{LONG}, en drink hoogstens een liter.", "nl"),
        ("The nurse tells you on the day of your admission what happens next, and do not drive home.", "en"),
        (
            "Muuguzi atakuambia siku ya kulazwa hospitalini jinsi mambo yatakavyoendelea kuanzia hapo na usiendeshe.",
            "sw",
        ),
    ],
)
def test_a_text_with_a_fact_at_its_end_is_quoted_to_the_end(text: str, language: str) -> None:
    assert text == shorten(text, language)


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (f"{LONG}.", "De verpleegkundige vertelt u op de dag van de opname hoe …"),
        (f"Neem 2 tabletten. {LONG}.", "Neem 2 tabletten. De verpleegkundige vertelt u op de dag …"),
        ("a" * 90, f"{'a' * 60} …"),
    ],
)
def test_a_text_without_one_is_cut_between_words_and_says_so(text: str, quote: str) -> None:
    assert quote == shorten(text, "nl")


@pytest.fixture
def project(new_project: Callable[..., Path]) -> Path:
    folder = new_project({"source/knee.md": f"---\ntitle: Knie\n---\n\n{MESSAGE}\n"}, update=True)
    support.translate(folder, {"Knie": "Knee", MESSAGE: ENGLISH})
    return folder


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    capsys.readouterr()
    cli.run(list(argv))
    return "".join(capsys.readouterr())


SIGN = ("sign", "knee", "-l", "en", "--role", "pharmacist", "--name", "A. Tester", "--yes")


@pytest.mark.law
@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("argv", [("check",), ("build",), SIGN, ("check", "--output-format", "github")], ids=" ".join)
def test_a_finding_shows_the_source_and_the_translation_with_their_facts(
    capsys: pytest.CaptureFixture[str], argv: tuple[str, ...]
) -> None:
    text = run(capsys, *argv)

    assert repr(MESSAGE) in text
    assert f"the translation is {ENGLISH!r}" in text


@pytest.mark.law
def test_the_review_sheet_shows_both_whole(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "review", "-f", "html")
    page = (project / "build/review/en/knee.html").read_text("utf-8")
    eyes = page[page.index('id="eyes"') : page.index('id="segments"')]

    assert "tabletten" in eyes
    assert "from there" in eyes


@pytest.mark.law
@pytest.mark.usefixtures("project")
def test_the_json_has_both_whole_as_fields(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(run(capsys, "check", "--json", "-q"))["findings"]
    pairs = {(row["source"], row["translation"]) for row in rows if row["check"] == "number_differs"}

    assert {(MESSAGE, ENGLISH)} == pairs
