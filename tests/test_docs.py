"""The documentation: its examples build without a finding, its pictures are there, and its links lead somewhere."""

from __future__ import annotations

import importlib
import importlib.machinery
import importlib.util
import json
import re
import sys
import unicodedata
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import pytest
from PIL import Image

import polyleaf
import support
from polyleaf import cli

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "scripts" / "docs"
PACKAGES = {
    path.stem
    for path in (ROOT / "scripts" / "polyleaf").iterdir()
    if path.suffix == ".py" or (path / "__init__.py").is_file()
} - {"__init__", "__main__"}
AUTHORS, AUTEURS = DOCS / "authors.md", DOCS / "auteurs.md"
PAGES = sorted(
    page
    for pattern in ("*.md", ".github/*.md", "scripts/*.md", "scripts/docs/**/*.md", "scripts/decisions/*.md")
    for page in ROOT.glob(pattern)
)
DEVELOPERS = [page for page in PAGES if page.parent.name in {".github", "scripts", "decisions"}]
"""The pages that name modules of the package."""

CODE = re.compile(r"^(?P<indent> *)(?P<fence>`{3,}).*?^ *(?P=fence)[ \t]*$|`[^`\n]+`", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)|<img[^>]*\ssrc=\"([^\"]+)\"")
DOTTED = re.compile(r"`([a-z_]+(?:\.[A-Za-z_]+)+)`")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
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

COMMANDS = ("check", "status", "readability", "import")
"""The commands that print JSON."""

GENERATED = "<!-- generated: pytest tests/test_docs.py --accept -->"
END = "<!-- end of what is generated -->"
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


def prose(page: Path) -> str:
    """Return the text of *page* without its code."""
    return CODE.sub("", page.read_text(encoding="utf-8"))


def links(page: Path) -> Iterator[str]:
    """Yield where the links and pictures of *page* lead within the repository."""
    for match in LINK.finditer(prose(page)):
        target = match[1] or match[2]
        if not re.match(r"[a-z]+:", target):
            yield unquote(target)


def anchors(page: Path) -> set[str]:
    """Return the anchors that GitHub gives the headings of *page*."""
    return {anchor(heading) for heading in HEADING.findall(prose(page) or "")}


def anchor(heading: str) -> str:
    kept = [char for char in heading.lower() if unicodedata.category(char)[0] in "LN" or char in " -_"]
    return "".join(kept).replace(" ", "-")


def json_tables() -> str:
    """Return a table of the fields of each object that a command prints, from its schema."""
    parts = []
    for command in COMMANDS:
        schema = json.loads((ROOT / f"scripts/polyleaf/assets/schemas/{command}.schema.json").read_text("utf-8"))
        rows = [f"| `{name}` | {kind} | {text} |" for name, kind, text in fields(schema, "")]
        head = [f"### `polyleaf {command} --json`", "", str(schema["description"]), ""]
        parts.append("\n".join([*head, "| field | value | what it is |", "|---|---|---|", *rows]))
    return "\n\n".join(parts)


def fields(schema: dict[str, Any], above: str) -> Iterator[tuple[str, str, str]]:
    """Yield name, value and meaning of each field of *schema*, an object below the fields *above*."""
    for name, value in schema["properties"].items():
        is_list = value.get("type") == "array"
        item = value["items"] if is_list else value
        path = f"{above}{name}[]" if is_list else above + name
        meaning = value.get("description") or item.get("description", "")
        yield path, kind_of(item), meaning
        if "properties" in item:
            yield from fields(item, f"{path}.")


def kind_of(value: dict[str, Any]) -> str:
    if "const" in value:
        return f"`{json.dumps(value['const'])}`"
    if "enum" in value:
        return ", ".join(f"`{json.dumps(choice)}`" for choice in value["enum"])
    kinds = value["type"] if isinstance(value["type"], list) else [value["type"]]
    return " or ".join(kinds)


def is_known(name: str) -> bool:
    """Tell whether the dotted *name*, such as `formats.pdf.layout`, is a module of the package or a name in one."""
    value: Any = polyleaf
    for part in name.split("."):
        qualified = f"{value.__name__}.{part}" if isinstance(value, ModuleType) else ""
        if hasattr(value, part):
            value = getattr(value, part)
        elif qualified and hasattr(value, "__path__") and importlib.util.find_spec(qualified):
            value = importlib.import_module(qualified)
        else:
            return False
    return True


def has_palette(file: Path) -> bool:
    with Image.open(file) as picture:
        return picture.mode == "P"


def constructs(guide: Path) -> list[set[str]]:
    """Return for each example of *guide* the signs of Markdown in it."""
    return [set(CONSTRUCT.findall(example.source)) for example in pictures.examples(guide)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for target in links(page):
        path, _, name = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        if not file.exists() or (name and name not in anchors(file)):
            broken.append(target)

    assert [] == broken


@pytest.mark.parametrize("page", DEVELOPERS, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_module_that_is_named_exists(page: Path) -> None:
    names = {
        name
        for name in DOTTED.findall(page.read_text(encoding="utf-8"))
        if name.split(".")[0] in PACKAGES and not name.endswith((".lua", ".toml"))
    }

    assert [] == [name for name in sorted(names) if not is_known(name)]


def test_the_architecture_names_every_package() -> None:
    text = (ROOT / "scripts" / "ARCHITECTURE.md").read_text(encoding="utf-8")

    assert [] == [name for name in sorted(PACKAGES) if f"`{name}`" not in text]


def test_the_fields_of_the_json_are_those_of_the_schemas(pytestconfig: pytest.Config) -> None:
    page = DOCS / "reference" / "json.md"
    text = page.read_text(encoding="utf-8")
    before, between, after = re.split(rf"(?<={GENERATED}\n)(.*)(?={END})", text, maxsplit=1, flags=re.DOTALL)
    if pytestconfig.getoption("--accept"):
        page.write_text(f"{before}{json_tables()}\n\n{after}", encoding="utf-8")
        return

    assert f"{json_tables()}\n\n" == between


@pytest.mark.law
def test_the_python_of_the_reference_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"source/knee.md": "---\ntitle: Knie\n---\n\nRust.\n"}
    support.project(tmp_path / "my-project", files)
    monkeypatch.chdir(tmp_path)
    values: dict[str, Any] = {}
    for block in re.findall(
        r"^```python\n(.*?)^```", (DOCS / "reference" / "python.md").read_text(), re.DOTALL | re.MULTILINE
    ):
        exec(block, values)  # noqa: S102 - as a reader would run it

    assert [] == values["refused"]
    assert b"Rest." in (tmp_path / "knee.html").read_bytes()
    assert (tmp_path / "my-project" / "locales" / "knee.pot").is_file()


@pytest.mark.law
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
