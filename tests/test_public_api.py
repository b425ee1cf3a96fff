"""The public interface: what another program imports, calls, and may catch."""

from __future__ import annotations

import ast
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import polyleaf
import raster_files
import support
from polyleaf import PolyleafError, Project, Selection, Severity, Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
TEXT = "---\ntitle: Knie\n---\n\n# Buigen {#buigen}\n\nBuig de knie.\n"
SAFETY = "---\ntitle: Knie\n---\n\n::: warning\nBel 112.\n:::\n"
PIXEL = raster_files.encode()
BOTH = Project("nl", ("nl", "en"))
APP = """
from polyleaf import PolyleafError, Project, render

SETTINGS = Project(source_language="nl", languages=("nl", "en"))


def leaflet(text: str) -> bytes:
    try:
        return render(text, "nl", "pdf", settings=SETTINGS, images={}).content
    except PolyleafError as error:
        raise SystemExit(f"{error.message} {error.hint}") from error


if __name__ == "__main__":
    print(leaflet("---\\ntitle: Knie\\n---\\n\\nBuig de knie.\\n")[:5].decode())
"""
"""A hospital's web application, but for the web."""


def po(message: str, translation: str, *flags: str) -> str:
    marks = "".join(f"#, {flag}\n" for flag in flags)
    head = 'msgid ""\nmsgstr ""\n"Language: en\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    return f'{head}{marks}msgid "{message}"\nmsgstr "{translation}"\n'


def catalog(workspace: Workspace, translations: dict[str, str]) -> bytes:
    """Return the English catalogue of the one leaflet of *workspace* with *translations* in it."""
    [content] = [content for path, content in polyleaf.update(workspace).items() if path.suffix == ".po"]
    text = content.decode()
    for message, translation in translations.items():
        text = text.replace(f'msgid "{message}"\nmsgstr ""', f'msgid "{message}"\nmsgstr "{translation}"')
    return text.encode()


def refusal(call: Callable[[], object]) -> PolyleafError:
    with pytest.raises(PolyleafError) as caught:
        call()
    return caught.value


def test_every_public_name_is_there_and_is_said_to_type_checkers() -> None:
    [typed] = [
        node
        for node in ast.parse(Path(polyleaf.__file__).read_text("utf-8")).body
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    ]
    names = {alias.name for node in typed.body if isinstance(node, ast.ImportFrom) for alias in node.names}

    assert set(polyleaf.__all__) == names | {"__version__"}
    assert all(getattr(polyleaf, name) for name in polyleaf.__all__)


def test_no_other_name_is_there() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        getattr(polyleaf, "nothing")  # noqa: B009 - mypy knows that it is not there


def test_every_error_of_the_program_is_public() -> None:
    kinds = {kind.__name__ for kind in PolyleafError.__subclasses__() if kind.__module__ == "polyleaf.errors"}

    assert {*kinds, "PolyleafError"} <= set(polyleaf.__all__)


def test_the_import_alone_loads_no_library() -> None:
    program = "import sys, polyleaf; print(sorted(name for name in sys.modules if not name.startswith('_')))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout
    modules = {name.split(".")[0] for name in ast.literal_eval(loaded)}

    assert set() == modules & {"babel", "click", "lxml", "pypandoc", "rich", "weasyprint", "yaml"}
    assert ["polyleaf"] == [name for name in ast.literal_eval(loaded) if name.startswith("polyleaf")]


@pytest.mark.law
def test_a_project_is_built_checked_and_counted_from_another_program(tmp_path: Path) -> None:
    workspace = Workspace(support.project(tmp_path, {"source/knie.md": TEXT}))
    names: list[str] = []

    findings = polyleaf.build(workspace, Selection(languages=("nl",)), lambda path: names.append(path.name))

    assert ["knie.html"] == names
    assert [] == [finding for finding in findings if finding.severity is Severity.ERROR]
    assert {"nl", "en"} == {state.language for state in polyleaf.status(workspace)}
    assert "missing" in {finding.check for finding in polyleaf.check(workspace)}


def test_an_update_returns_the_files_that_a_workspace_saves(tmp_path: Path) -> None:
    workspace = Workspace(support.project(tmp_path, {"source/knie.md": TEXT}))

    files = polyleaf.update(workspace)

    assert ["locales/knie.pot", "locales/en/LC_MESSAGES/knie.po"] == [str(path) for path in files]
    assert list(files) == workspace.save(files)


@pytest.mark.parametrize("suffix", ["html", "epub", pytest.param("pdf", marks=pytest.mark.law)])
def test_what_is_rendered_is_what_a_build_makes(suffix: str, tmp_path: Path) -> None:
    text = TEXT + "\n![Een punt](media/punt.png)\n"
    settings = '[tool.polyleaf]\nsource_language = "nl"\nformats = ["html", "epub"]\n'
    files: dict[str, str | bytes] = {"source/knie.md": text, "source/media/punt.png": PIXEL}
    workspace = Workspace(support.project(tmp_path, files, settings))
    polyleaf.build(workspace, Selection(formats=(suffix,)))

    project = workspace.project()
    artifact = polyleaf.render(text, "nl", suffix, settings=project, images={"media/punt.png": PIXEL}, name="knie")

    assert f"nl/knie.{suffix}" == str(artifact.path)
    assert (tmp_path / "build" / artifact.path).read_bytes() == artifact.content


def test_a_catalogue_is_printed(tmp_path: Path) -> None:
    workspace = Workspace(support.project(tmp_path, {"source/knie.md": TEXT}))

    artifact = polyleaf.render(
        TEXT, "en", "html", settings=BOTH, catalog=catalog(workspace, {"Buig de knie.": "Bend the knee."})
    )

    assert "Bend the knee." in artifact.content.decode()
    assert 'lang="nl"' in artifact.content.decode()


def test_without_settings_a_text_is_in_the_language_that_is_asked_for() -> None:
    assert '<html lang="fr"' in polyleaf.render("---\ntitle: Genou\n---\n\nPliez.\n", "fr", "html").content.decode()


@pytest.mark.law
def test_a_text_without_sign_off_is_printed_as_a_draft() -> None:
    published = TEXT.replace("title: Knie", "title: Knie\nstatus: published\nversion: 1\ndate: 2026-03-01")

    assert polyleaf.render(published.replace("published", "draft"), "nl", "html") == polyleaf.render(
        published, "nl", "html"
    )


def test_nothing_is_written_or_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(support.project(tmp_path, {"source/theme.toml": "broken", "source/leaflet.md": "broken"}))
    before = sorted(tmp_path.rglob("*"))

    polyleaf.render(TEXT, "nl", "html")

    assert before == sorted(tmp_path.rglob("*"))


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Buig.", "source/leaflet.md:1: there is no front matter"),
        (TEXT + "\n### Diep\n", "source/leaflet.md:9: the heading 'Diep' is 2 levels below"),
        (TEXT + "\n![Een punt](media/punt.png)\n", "the image 'media/punt.png' is not there"),
        (TEXT + "\nZie [@boek].\n", "boek"),
        (TEXT.encode("utf-16"), "source/leaflet.md"),
        (TEXT + "\udc80", "source/leaflet.md"),
    ],
)
def test_a_source_that_a_build_refuses_is_refused(text: str | bytes, fact: str) -> None:
    error = refusal(lambda: polyleaf.render(text, "nl", "html"))

    assert isinstance(error, polyleaf.SourceError)
    assert fact in error.message


@pytest.mark.parametrize(
    "translations",
    [
        None,
        po("Bel 112.", ""),
        po("Bel 112.", "Call 112.", "fuzzy"),
        po("Bel 112.", "Call 911."),
        po("Bel 112.", "Call *112."),
        po("Bel 112.", "<b>Call</b> 112."),
    ],
)
def test_a_safety_text_whose_translation_cannot_be_used_is_refused(translations: str | None) -> None:
    error = refusal(lambda: polyleaf.render(SAFETY, "en", "html", settings=BOTH, catalog=translations))

    assert isinstance(error, polyleaf.CatalogError)
    assert error.message.startswith("locales/en/LC_MESSAGES/leaflet.po")


def test_a_catalogue_that_cannot_be_read_is_refused() -> None:
    error = refusal(lambda: polyleaf.render(TEXT, "en", "html", settings=BOTH, catalog=b"\xff"))

    assert isinstance(error, polyleaf.CatalogError)


@pytest.mark.law
def test_a_text_without_translation_is_printed_in_its_own_language_unless_the_settings_refuse_it() -> None:
    strict = Project("nl", ("nl", "en"), untranslated={"en": "fail"})

    assert "Buig de knie." in polyleaf.render(TEXT, "en", "html", settings=BOTH).content.decode()
    assert isinstance(refusal(lambda: polyleaf.render(TEXT, "en", "html", settings=strict)), polyleaf.CatalogError)


@pytest.mark.parametrize(
    ("call", "kind", "fact"),
    [
        (lambda: polyleaf.render(TEXT, "xx", "html"), polyleaf.ConfigError, "'xx' is not a language"),
        (lambda: polyleaf.render(TEXT, 'nl"\nx = "', "html"), polyleaf.ConfigError, "is not a language"),
        (lambda: polyleaf.render(TEXT, "de", "html", settings=BOTH), polyleaf.CommandError, "no language 'de'"),
        (lambda: polyleaf.render(TEXT, "nl", "docx"), polyleaf.CommandError, "'docx' is not a format"),
        (lambda: polyleaf.render(TEXT, "nl", "html", name="../x"), polyleaf.CommandError, "'../x' cannot be"),
        (lambda: polyleaf.render(TEXT, "nl", "html", name="/x"), polyleaf.CommandError, "'/x' cannot be"),
        (lambda: polyleaf.render(TEXT, "nl", "html", name=""), polyleaf.CommandError, "'' cannot be"),
        (lambda: polyleaf.render(TEXT, "nl", "html", name="x\n"), polyleaf.SourceError, "cannot be the name"),
        (lambda: polyleaf.render(TEXT, "nl", "html", catalog=b""), polyleaf.CommandError, "language of the sources"),
    ],
)
def test_what_cannot_be_is_refused(call: Callable[[], object], kind: type[PolyleafError], fact: str) -> None:
    error = refusal(call)

    assert isinstance(error, kind)
    assert fact in error.message
    assert error.hint


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `app.py` and an environment of its own, `env`, in which the wheel is installed."""
    folder = tmp_path_factory.mktemp("application")
    (folder / "app.py").write_text(APP, "utf-8")
    run(ROOT, sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    venv.create(folder / "env", symlinks=True)
    [packages] = (folder / "env").glob("lib/python*/site-packages")
    [wheel] = folder.glob("*.whl")
    run(
        folder, sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "-t", str(packages), str(wheel)
    )
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    return folder


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": str(Path(sys.executable).parent) + ":/usr/bin:/bin"}
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stdout + done.stderr
    return done


def judge_types(application: Path, program: str) -> subprocess.CompletedProcess[str]:
    file = application / "typed.py"
    file.write_text(program, "utf-8")
    words = ["--strict", "--python-executable", "env/bin/python", "--cache-dir", "cache", file.name]
    return subprocess.run(
        [sys.executable, "-m", "mypy", *words],
        cwd=application,
        env={"PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.law
def test_an_application_makes_a_pdf_of_a_text_with_the_wheel(application: Path) -> None:
    assert "%PDF-\n" == run(application, "env/bin/python", "app.py").stdout


@pytest.mark.law
def test_the_wheel_has_the_schemas_of_json(application: Path) -> None:
    ours = {file.name for file in (ROOT / "scripts/polyleaf/assets/schemas").iterdir()}

    assert ours == {file.name for file in application.glob("env/lib/python*/site-packages/polyleaf/assets/schemas/*")}


@pytest.mark.law
def test_a_type_checker_knows_the_wheel(application: Path) -> None:
    right = judge_types(application, APP)
    wrong = judge_types(application, APP.replace('"pdf", settings', "7, settings"))

    assert (0, "Success: no issues found in 1 source file\n") == (right.returncode, right.stdout)
    assert 'Argument 3 to "render" has incompatible type "int"' in wrong.stdout


def test_a_build_refuses_a_format_that_is_none(tmp_path: Path) -> None:
    project = support.project(tmp_path, {"source/knee.md": "---\ntitle: Knie\n---\n\nRust.\n"})

    with pytest.raises(polyleaf.CommandError, match="'docx' is not a format"):
        polyleaf.build(polyleaf.Workspace(project), polyleaf.Selection(formats=("docx",)))


@pytest.mark.parametrize("policy", [{"nl": "Fail"}, "Fail", {"de": "fail"}, 1])
def test_a_text_in_memory_needs_a_policy_that_there_is(policy: Any) -> None:
    settings = polyleaf.Project("en", ("en", "nl"), untranslated=policy)

    with pytest.raises(polyleaf.ConfigError, match="untranslated"):
        polyleaf.render("---\ntitle: Your knee\n---\n\nRest.\n", "nl", "html", settings=settings)


@pytest.mark.parametrize("policy", [{"nl": "fail"}, "fail"])
def test_a_policy_for_a_text_in_memory_is_read_as_in_a_file(policy: Any) -> None:
    settings = polyleaf.Project("en", ("en", "nl"), untranslated=policy)

    with pytest.raises(polyleaf.CatalogError, match="not translated"):
        polyleaf.render("---\ntitle: Your knee\n---\n\nRest.\n", "nl", "html", settings=settings)
