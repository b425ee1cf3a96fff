"""The documentation: its examples build without a finding, and its pictures are there."""

from __future__ import annotations

import importlib.machinery
import importlib.util
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from polyleaf import cli

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "scripts" / "docs"
AUTHORS, AUTEURS = DOCS / "authors.md", DOCS / "auteurs.md"
CONSTRUCT = re.compile(
    r"""
      ^:::+\ \{?\.?[a-z-]+ | ^---$ | ^\#+\  | ^[a-z-]+:(?=\ )                 # boxes, rules, headings, front matter
    | ^>\  | ^\|\  | ^:\  | ^:\ {3} | ^\ *-\  | ^\d+\.\  | \\$                # what a line starts or ends with
    | \{\# | \.row-headers | \.safety | \.mark | \b[a-z]+=                    # what stands in braces
    | \[\^ | \^\[ | \[@ | @ | !\[ | \]\(\# | \]\(https | \]\(tel | <!--\ \w+:  # notes, sources, links, comments
    | \*\*? | ` | \\\\\( | \\\* | <\w+> | ~ | \^ | -- | \.\.\.                  # what stands around words
    """,
    re.MULTILINE | re.VERBOSE,
)
"""The signs of Markdown in an example."""

LARGEST = 1_500_000
"""How many bytes all pictures may take together."""


def maker() -> Any:
    """Return `scripts/docs/make-pictures` as a module."""
    loader = importlib.machinery.SourceFileLoader("make_pictures", str(DOCS / "make-pictures"))
    spec = importlib.util.spec_from_loader("make_pictures", loader)
    assert spec
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_pictures"] = module
    loader.exec_module(module)
    return module


pictures = maker()


def has_palette(file: Path) -> bool:
    with Image.open(file) as picture:
        return picture.mode == "P"


def constructs(guide: Path) -> list[set[str]]:
    """Return for each example of *guide* the signs of Markdown in it."""
    return [set(CONSTRUCT.findall(example.source)) for example in pictures.examples(guide)]


@pytest.mark.parametrize("name", pictures.GUIDES)
def test_every_example_builds_without_a_finding(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "project"
    examples = pictures.write_project(folder, ROOT / pictures.GUIDES[name], pictures.LANGUAGES[name])
    monkeypatch.chdir(folder)

    assert examples
    assert 0 == cli.run(["build", "-q"])
    assert 0 == cli.run(["check"])
    assert "nothing found" in "".join(capsys.readouterr())


def test_every_picture_belongs_to_an_example() -> None:
    shown = {example.picture for guide in pictures.GUIDES.values() for example in pictures.examples(ROOT / guide)}

    assert shown == set((DOCS / "pictures").rglob("*.png"))


def test_every_block_of_markdown_in_a_guide_has_its_picture() -> None:
    for guide in (AUTHORS, AUTEURS):
        text = guide.read_text(encoding="utf-8")

        assert text.count("\n```markdown\n") == len(pictures.examples(guide))


def test_the_dutch_guide_shows_what_the_english_one_shows() -> None:
    assert constructs(AUTHORS) == constructs(AUTEURS)


def test_the_pictures_are_small() -> None:
    files = [*(DOCS / "pictures").rglob("*.png"), *(ROOT / ".github" / "pictures").glob("*.png")]

    assert sum(file.stat().st_size for file in files) < LARGEST
    assert not [file for file in files if not has_palette(file)]


def test_the_wheel_names_a_licence_that_is_there() -> None:
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")

    assert 'license-files = ["LICENSE"]' in settings
    assert "MIT License" in (ROOT / "LICENSE").read_text(encoding="utf-8")
