"""The vocabulary of the project: no metaphor stands for a term, in any name, docstring, message or guide."""

from __future__ import annotations

import ast
import re
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "scripts" / "polyleaf"

METAPHORS = frozenset(
    f"{word}{ending}"
    for word, ending in product(
        ("press", "desk", "crew", "room", "door", "house", "wall", "corridor", "shelf", "foreman"), ("", "s", "es")
    )
) | {"shelves"}
"""Words that once named a part of the program: the build, its settings, processes, modules, callers of libraries."""

SHEETS = frozenset(("sheet", "sheets"))
"""A sheet is a review sheet or a style sheet, and never the layout of pages."""

REAL_SHEETS = re.compile(r"(review|style|CSS)[ _-]sheets?|\bsheets? (for reviewers|to sign)", re.IGNORECASE)

ABOUT_SHEETS = frozenset(
    ("review_sheet.py", "review.py", "css.py", "css_rules.py", "test_reports_review_sheet.py", "test_theme_colours.py")
)
"""Modules whose only subject is a review sheet or a style sheet."""

EMPTY_NAMES = frozenset(("one", "found", "made", "told", "said", "whole", "what", "where", "place", "spot"))
"""Names that say only that a value is there, or is somewhere, and not what it is."""

EXAMPLE = re.compile(r"^(`{3,}).*?^\1`*$", re.DOTALL | re.MULTILINE)
"""A fenced block of Markdown: what a leaflet may say is no term of ours."""

WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

TREES = {
    file: ast.parse(file.read_text("utf-8"))
    for file in sorted([*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")])
}
GUIDES = sorted(
    [
        *(ROOT / name for name in ("README.md", "pyproject.toml")),
        *(ROOT / ".github").glob("*.md"),
        *(ROOT / "scripts").glob("*.md"),
        *(file for file in (ROOT / "scripts" / "docs").rglob("*.md") if file.name != "auteurs.md"),  # Dutch
        *(ROOT / "scripts" / "decisions").glob("*.md"),
    ]
)


def identifiers(tree: ast.AST) -> Iterator[str]:
    """Yield every name that the code *tree* defines or uses."""
    for node in ast.walk(tree):
        for field in ("id", "attr", "arg", "name", "asname", "module"):
            value = getattr(node, field, None)
            if isinstance(value, str):
                yield value


def defined_names(tree: ast.AST) -> Iterator[str]:
    """Yield the name of every variable, field, parameter and function that the code *tree* defines."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name) | ast.FunctionDef(name=name):
                yield name


def docstrings(tree: ast.AST) -> Iterator[str]:
    """Yield the strings in *tree* that document what stands above or below them."""
    for node in ast.walk(tree):
        for part in getattr(node, "body", None) or () if not isinstance(node, (ast.Lambda, ast.IfExp)) else ():
            if (
                isinstance(part, ast.Expr)
                and isinstance(part.value, ast.Constant)
                and isinstance(part.value.value, str)
            ):
                yield part.value.value


def messages(tree: ast.AST) -> Iterator[str]:
    """Yield every other string in *tree*."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def metaphors(text: str, *, may_say_sheet: bool = False) -> set[str]:
    """Return the metaphors among the words of *text*; words joined by underscores or capitals count as words."""
    words = {word.lower() for word in WORD.findall(text)}
    sheets = set() if may_say_sheet else {word.lower() for word in WORD.findall(REAL_SHEETS.sub("", text))} & SHEETS
    return words & METAPHORS | sheets


def words_of(file: Path, tree: ast.AST) -> list[str]:
    """Return the names and texts in the *file* with the code *tree*, in which no metaphor may stand."""
    texts = [file.stem, *identifiers(tree), *docstrings(tree)]
    texts = [text for text in texts if text != "press"] if file.name == "browser.py" else texts  # Playwright's own
    return [*texts, *(messages(tree) if file.is_relative_to(PACKAGE) else ())]


def test_the_code_is_named_in_the_words_of_the_field() -> None:
    assert [] == [
        (file.name, text)
        for file, tree in TREES.items()
        for text in words_of(file, tree)
        if metaphors(text, may_say_sheet=file.name in ABOUT_SHEETS) and file != Path(__file__)
    ]


def test_no_value_is_named_only_for_being_there() -> None:
    assert [] == [
        (file.name, name) for file, tree in TREES.items() for name in EMPTY_NAMES.intersection(defined_names(tree))
    ]


@pytest.mark.parametrize(
    "code", ["found = 1", "for one in []: pass", "def f(where): pass", "def made(): pass", "class A:\n    said: str"]
)
def test_a_name_that_says_nothing_is_seen_where_it_is_defined(code: str) -> None:
    assert EMPTY_NAMES.intersection(defined_names(ast.parse(code)))


def test_the_guides_are_written_in_the_words_of_the_field() -> None:
    lines = [(file.name, line) for file in GUIDES for line in EXAMPLE.sub("", file.read_text("utf-8")).splitlines()]

    assert [] == [(name, line) for name, line in lines if metaphors(line)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a room of its own", {"room"}),
        ("PressRoom", {"press", "room"}),
        ("_sheets", {"sheets"}),
        ("the review sheet and the style sheets", set()),
        ("express a pressure in the bedroom", set()),
    ],
)
def test_a_metaphor_is_seen_inside_a_name(text: str, words: set[str]) -> None:
    assert words == metaphors(text)
