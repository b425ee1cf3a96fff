"""Builds that make again what has changed, and nothing else, as a build from nothing would make it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import pytest

import support
from polyleaf import cli, paths
from polyleaf.model import Edition, Font, Theme
from polyleaf.provenance import action_cache, environment
from polyleaf.provenance.digests import hash_value
from polyleaf.workspace import Workspace, cache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

FRONT = "---\ntitle: {}\ndate: 2026-03-01\nstatus: reviewed\n---\n\n"
KNEE = FRONT.format("Knie") + "# Buigen {#buigen}\n\nBuig rustig [@vink].\n\n![Een knie](media/k.svg)\n"
ELBOW = FRONT.format("Elleboog") + "::: warning\nNeem 1 tablet.\n:::\n"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect width="1" height="1"/></svg>'
BOOKS = [
    {"id": "vink", "type": "book", "title": "Knie", "author": [{"family": "Vink"}]},
    {"id": "uil", "type": "book", "title": "Arm", "author": [{"family": "Uil"}]},
]
FILES: Mapping[str, str] = {
    "source/knee.md": KNEE,
    "source/elbow.md": ELBOW,
    "source/media/k.svg": DRAWING,
    "source/references.json": json.dumps(BOOKS),
}
SETTINGS = support.SETTINGS.replace('"en"]', '"en", "de"]')
ENGLISH = {"Knie": "Knee", "Buigen": "Bend", "Buig rustig [@vink].": "Bend gently [@vink].", "Een knie": "A knee"}
ALL = {f"{language}/{leaflet}" for language in ("nl", "en", "de") for leaflet in ("knee", "elbow")}
PRINTED = ALL - {"en/elbow", "de/elbow"}
"""A warning that is not translated is not printed, so the elbow is there in Dutch alone."""


def append(path: str, text: str) -> None:
    with Path(path).open("a", encoding="utf-8") as stream:
        stream.write(text)


def change(path: str, old: str, new: str) -> Callable[[], None]:
    return lambda: support.edit(Path(), path, old, new)


CHANGES: Mapping[str, tuple[Callable[[], None], set[str]]] = {
    "nothing": (lambda: None, set()),
    "a paragraph of a source": (change("source/knee.md", "rustig", "zacht"), {"nl/knee", "en/knee", "de/knee"}),
    "the date of a source": (change("source/elbow.md", "03-01", "03-02"), {"nl/elbow"}),
    "a picture": (change("source/media/k.svg", '"/>', '" fill="red"/>'), {"nl/knee", "en/knee", "de/knee"}),
    "a translation": (lambda: support.translate(Path(), {"Buigen": "Bending"}), {"en/knee"}),
    "a translation that lets a leaflet be printed": (
        lambda: support.translate(Path(), {"Neem 1 tablet.": "Take 1 tablet."}, leaflet="elbow"),
        {"nl/elbow", "en/elbow"},
    ),
    "a comment of a translator": (
        lambda: support.translate(Path(), {"Buigen": "Bend"}, comments={"Buigen": "as in gym"}),
        set(),
    ),
    "a translation that goes": (lambda: support.translate(Path(), {"Buigen": ""}), {"en/knee"}),
    "a catalogue that goes": (lambda: Path(paths.catalog("knee", "en")).unlink(), {"en/knee"}),
    "a reference that is cited": (
        change("source/references.json", '"Knie"', '"De knie"'),
        {"nl/knee", "en/knee", "de/knee"},
    ),
    "a reference that nobody cites": (change("source/references.json", '"Arm"', '"De arm"'), set()),
    "a theme": (lambda: append("source/theme.toml", '[colours]\nbrand = "#005000"\n'), PRINTED),
    "a list of terms": (lambda: append("locales/en/terms.tsv", "knie\tknee\n"), set()),
    "a name of the organisation": (
        lambda: append("source/theme.toml", '[organisation]\nname = "Ziekenhuis"\n'),
        PRINTED,
    ),
    "a language that goes": (change("pyproject.toml", ', "de"', ""), {"nl/knee", "en/knee"}),
    "a format that comes": (change("pyproject.toml", '["html"]', '["html", "epub"]'), PRINTED),
    "a new leaflet": (lambda: append("source/arm.md", FRONT.format("Arm") + "Buig.\n"), {"nl/arm", "en/arm", "de/arm"}),
    "a leaflet that goes": (lambda: Path("source/elbow.md").unlink(), set()),
    "a leaflet that cannot be read": (change("source/elbow.md", "title", "titel"), set()),
    "an output that goes": (lambda: Path("build/en/knee.html").unlink(), {"en/knee"}),
    "an output that somebody changed": (lambda: append("build/en/knee.html", " "), {"en/knee"}),
    "a manifest that goes": (lambda: Path("build/manifest.json").unlink(), set()),
}
"""What is changed after a build, and the editions that have to be made again."""


@pytest.fixture
def project(new_project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    folder = new_project(FILES, SETTINGS, update=True)
    support.translate(folder, ENGLISH)
    return folder


def build(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, set[str], str]:
    """Return the exit code of a build, the editions that it made, and what it found."""
    capsys.readouterr()
    code = cli.run(["build", *argv])
    lines, errors = capsys.readouterr()
    editions = {line.removeprefix("made build/").rpartition(".")[0] for line in lines.splitlines() if "made" in line}
    return code, editions, errors


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@contextlib.contextmanager
def another_cache(folder: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield


@pytest.mark.law
@pytest.mark.parametrize("name", CHANGES)
def test_a_build_makes_what_has_changed_as_a_build_from_nothing_does(
    name: str, project: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    make_change, expected = CHANGES[name]
    assert PRINTED == build(capsys)[1]
    make_change()
    copy = tmp_path_factory.mktemp("copy")
    shutil.copytree(project, copy / "project", dirs_exist_ok=True)

    code, editions, errors = build(capsys)
    with another_cache(copy / "cache"), contextlib.chdir(copy / "project"):
        cold = build(capsys)

    assert expected == editions
    assert (cold[0], cold[2]) == (code, errors)
    assert contents(copy / "project" / "build") == contents(project / "build")
    assert set() == build(capsys)[1]


def test_a_format_alone_is_made_of_the_same_edition(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(capsys, "-l", "nl", "-f", "html", "knee")

    assert {"nl/elbow"} == build(capsys, "-l", "nl")[1]
    assert "kept 2 files" in "".join(_lines(capsys, "build", "-l", "nl"))
    assert {"nl/elbow", "nl/knee"} == build(capsys, "-l", "nl", "--force")[1]
    assert project.is_dir()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda: None, "knee in en: kept: nothing has changed"),
        (lambda: append("source/knee.md", "\nBuig niet.\n"), "knee in nl: made: another links_to, source/knee.md"),
        (lambda: Path("build/en/knee.html").unlink(), "knee in en: made: its file was not as it was made"),
        (lambda: Path("build/manifest.json").unlink(), "knee in en: kept: nothing has changed"),
        (lambda: Path("source/new.md").write_text(ELBOW), "new in nl: made: it is new"),
    ],
)
def test_a_build_explains_what_it_makes(
    change: Callable[[], object], reason: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert project.is_dir()
    build(capsys)
    change()

    capsys.readouterr()
    cli.run(["build", "--explain"])
    assert reason in capsys.readouterr().out.splitlines()


def _lines(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    capsys.readouterr()
    assert 0 == cli.run(argv)
    return capsys.readouterr().out


def forget_answers(project: Path) -> None:
    """Delete what builds returned, but not what they made."""
    for file in cache.folder_for(project / "build").glob("b*.json"):
        file.unlink()


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b'{"version": 1}', b'{"version": 1, "results": {"a": 1}, "printed": {}}', b"\xff"]
)
def test_a_cache_that_cannot_be_read_is_none(content: bytes, project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(capsys, "-l", "nl", "knee")
    workspace = Workspace(project)
    assert workspace.cached(action_cache.NAME)
    workspace.keep(action_cache.NAME, content)
    forget_answers(project)

    assert {"nl/knee"} == build(capsys, "-l", "nl", "knee")[1]


def test_where_nothing_can_be_kept_all_is_made(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "file").write_text("")

    with another_cache(project / "file"):
        build(capsys, "-l", "nl", "knee")
        assert {"nl/knee"} == build(capsys, "-l", "nl", "knee")[1]


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="files have no owners here")
def test_the_cache_of_another_user_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a" / "b.json"
    cache.write(file, b"x")
    assert b"x" == cache.read(file)
    assert 0o600 == file.stat().st_mode & 0o777
    assert ["b.json"] == [each.name for each in file.parent.iterdir()]

    owner = file.stat().st_uid
    monkeypatch.setattr(os, "getuid", lambda: owner + 1)

    assert None is cache.read(file)


def test_another_font_makes_all_again(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    build(capsys, "-l", "nl", "knee")
    stamps = Workspace.stamps
    monkeypatch.setattr(Workspace, "stamps", lambda *_: [*stamps(*_), ("/new.ttf", 1, 1)])

    assert {"nl/knee"} == build(capsys, "-l", "nl", "knee")[1]
    assert project.is_dir()


def test_the_environment_has_every_font_and_every_package(project: Path) -> None:
    versions = str(environment.describe(Workspace(project)))

    for name in ("weasyprint", "pypandoc", "Pango", "HarfBuzz", ".ttf", "fonts.conf"):
        assert name in versions


VALUES: dict[str, Any] = {
    **{field.name: "" for field in fields(Edition) if field.type == "str"},
    **dict.fromkeys(("keywords", "chapters", "contents", "alternates", "pictures"), ()),
    "contact": {},
    "modified": datetime(2026, 3, 1, tzinfo=UTC),
    "foreign": frozenset(),
    "incomplete": False,
}
EDITION = Edition(**VALUES)
OTHER: Mapping[str, Any] = {
    "contact": {"phone": "1"},
    "modified": datetime(2026, 3, 2, tzinfo=UTC),
    "foreign": frozenset({"title"}),
    "incomplete": True,
    "theme": Theme(heading="Gelasio"),
    **dict.fromkeys(("keywords", "chapters", "contents", "alternates", "pictures"), (Font("a", "b", "c"),)),
}


@pytest.mark.parametrize("name", [field.name for field in fields(Edition)])
def test_editions_that_differ_in_a_field_have_other_digests(name: str) -> None:
    other = replace(EDITION, **{name: OTHER.get(name, "other")})

    assert hash_value(EDITION) == hash_value(replace(EDITION))
    assert hash_value(EDITION) != hash_value(other)


@pytest.mark.parametrize(
    ("value", "other"),
    [
        (("ab", "c"), ("a", "bc")),
        ((("a",), "b"), (("a", "b"),)),
        ("1", 1),
        (1, True),
        (b"a", "a"),
        ((), ""),
        ({"a": "b"}, ("a", "b")),
        ({"a": "b", "c": "d"}, {"c": "d", "a": "b"}),
        (None, "None"),
        (Font("a", "b", "c"), ("a", "b", "c")),
        (PurePosixPath("a").parts, PurePosixPath("b").parts),
    ],
)
def test_values_that_differ_have_other_digests(value: object, other: object) -> None:
    assert hash_value(value) != hash_value(other)


def test_a_value_that_may_hide_something_has_no_digest() -> None:
    with pytest.raises(TypeError):
        hash_value(object())
