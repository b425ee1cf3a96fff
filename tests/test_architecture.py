"""The rules of the house."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "scripts" / "polyleaf"
MAP = PACKAGE.parent / "ARCHITECTURE.md"

LEVELS = (
    ("__main__",),
    ("cli", "babel_extractor", "extractor"),
    ("commands", "pipeline"),
    ("provenance",),
    ("project",),
    ("workspace", "workers"),
    ("reports",),
    ("localize", "checks", "editions", "release"),
    ("formats",),
    ("fonts", "templates"),
    ("theme", "alignment"),
    ("units",),
    ("sources",),
    ("catalogs", "config"),
    ("readability",),
    ("facts",),
    ("svg", "pandoc", "languages", "inspection"),
    ("tree", "settings"),
    ("model", "errors", "paths"),
)
"""The rooms from the street down; a room may look only at rooms below it."""

EXCEPTIONS = frozenset(
    (
        ("editions", "localize"),  # the class that marks what is not translated
        ("units", "sources"),  # the line of a text in its manuscript
    )
)
"""Looks that stay on one floor, each with its reason."""

DOORS = {
    "babel": {"languages", "catalogs", "config"},
    "cffi": {"fonts.files"},
    "click": {"cli"},
    "fontTools": {"formats.epub.fonts", "fonts"},
    "jinja2": {"templates"},
    "PIL": {"formats.epub", "formats.pdf.layout"},
    "lxml": {
        "svg",
        "formats.epub",
        "formats.epub.page_list",
        "fonts.text_runs",
        "inspection",
    },
    "pikepdf": {"inspection.pdf_structure"},
    "polib": {"catalogs.po"},
    "pypandoc": {"pandoc"},
    "pypdfium2": {"formats.pdf.layout", "inspection.pdf_text"},
    "rapidfuzz": {"catalogs"},
    "rich": {"cli"},
    "weasyprint": {"formats.pdf.layout"},
    "yaml": {"sources.front_matter"},
}
"""The rooms through which a library comes in; a folder lets in all its rooms."""

FILES = sorted(PACKAGE.rglob("*.py"))


def name(file: Path) -> str:
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


MODULES = {name(file): ast.parse(file.read_text("utf-8")) for file in FILES if name(file)}

each = pytest.mark.parametrize("module", sorted(MODULES))


def imports(tree: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def room(module: str) -> str:
    return module.split(".", maxsplit=1)[0]


def level(module: str) -> int:
    return next(at for at, rooms in enumerate(LEVELS) if room(module) in rooms)


def test_every_room_has_a_level() -> None:
    assert {room(module) for module in MODULES} <= {room for rooms in LEVELS for room in rooms}


@each
def test_imports_point_down(module: str) -> None:
    ours = {found.split(".")[1] for found in imports(MODULES[module]) if found.startswith("polyleaf.")}
    above = {other for other in ours - {room(module)} if level(other) <= level(module)}

    assert set() == {other for other in above if (room(module), other) not in EXCEPTIONS}


def test_every_exception_is_in_use() -> None:
    used = {
        (room(module), found.split(".")[1])
        for module, tree in MODULES.items()
        for found in imports(tree)
        if found.startswith("polyleaf.")
    }

    assert set() == EXCEPTIONS - used


@pytest.mark.parametrize("library", DOORS)
def test_a_library_comes_in_through_its_door(library: str) -> None:
    users = {module for module, tree in MODULES.items() if library in {found.split(".")[0] for found in imports(tree)}}
    doors = DOORS[library]

    assert users
    assert set() == {user for user in users if user not in doors and room(user) not in doors}


@each
def test_a_room_says_its_name(module: str) -> None:
    assert re.match(r"[A-Z`].*[.:]", ast.get_docstring(MODULES[module]) or "", re.DOTALL)


@each
def test_values_are_frozen(module: str) -> None:
    decorators = [
        ast.unparse(decorator)
        for node in ast.walk(MODULES[module])
        if isinstance(node, ast.ClassDef)
        for decorator in node.decorator_list
    ]

    assert not [text for text in decorators if text.startswith("dataclass") and "frozen=True" not in text]


@each
def test_a_room_is_small(module: str) -> None:
    file = next(file for file in FILES if name(file) == module)

    assert len(file.read_text("utf-8").splitlines()) <= 400


@each
def test_a_function_is_small(module: str) -> None:
    functions = [
        node for node in ast.walk(MODULES[module]) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    ]
    lines = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions}

    assert {} == {name: count for name, count in lines.items() if count >= 40}
