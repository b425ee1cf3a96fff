"""The catalogues are what the tools of translators take and give back: gettext's, Babel, polib, translate-toolkit."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import polib
import pytest

import translations
from polyleaf import cli
from polyleaf.catalogs import po

ROOT = Path(__file__).parents[1]
TOOLKIT = Path(sys.executable).parent
OURS = sorted(ROOT.glob("locales/*/LC_MESSAGES/*.po"))
SOUND = ("pythonbraceformat", "urls", "emails", "xmltags", "nplurals", "escapes", "newlines", "tabs", "startwhitespace")
"""What pofilter can ask of texts of any kind; its other questions are about style."""


@pytest.fixture(scope="module")
def translated_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return translations.project(tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="module")
def worked_on(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return translations.changed(translations.project(tmp_path_factory.mktemp("worked_on")))


@pytest.fixture(params=["ours", *translations.LANGUAGES])
def finished(request: pytest.FixtureRequest, translated_project: Path) -> Path:
    return OURS[0] if request.param == "ours" else translated_project / translations.path(request.param)


@pytest.fixture(params=["ours", *translations.LANGUAGES])
def catalogue(request: pytest.FixtureRequest, worked_on: Path) -> Path:
    return OURS[0] if request.param == "ours" else worked_on / translations.path(request.param)


def run(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([str(word) for word in words], cwd=cwd, capture_output=True, check=False)


@pytest.mark.parametrize("code", translations.LANGUAGES)
def test_these_catalogues_have_everything_that_a_catalogue_can_have(code: str, worked_on: Path) -> None:
    text = (worked_on / translations.path(code)).read_text("utf-8")

    assert "#, fuzzy\n#| msgid " in text
    assert "\n#~ msgid " in text
    assert "#~|" not in text
    assert '\nmsgctxt "rest|deel"\n' in text
    assert "\n# Looked up in a dictionary" in text
    assert "\n#. Translators: wat er nog is, niet de kant\n" in text
    assert "\n#, python-brace-format\n" in text
    assert 'msgid "Nieuw."\nmsgstr ""\n' in text
    assert re.search(r'^"Plural-Forms: nplurals=[346];', text, re.MULTILINE)
    assert re.search(r'^msgid ""\n"Zeg dan: .*\n".*doen\."$', text, re.MULTILINE)


@pytest.mark.law
def test_our_own_catalogues_are_up_to_date_with_the_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)

    assert OURS
    assert 0 == cli.run(["update", "--check", "-q"])


def test_msgfmt_checks_it_and_has_nothing_to_say(catalogue: Path, tmp_path: Path) -> None:
    done = run("msgfmt", "-c", "-v", "-o", tmp_path / "x.mo", catalogue, cwd=tmp_path)

    assert 0 == done.returncode
    assert re.fullmatch(rb"(\S+: )?\d+ translated messages?(, \d+ [a-z]+ (translation|message)s?)*\.\n", done.stderr)


def test_msgcat_writes_the_same_bytes(catalogue: Path, tmp_path: Path) -> None:
    done = run("msgcat", catalogue, cwd=tmp_path)

    assert (0, b"", catalogue.read_bytes()) == (done.returncode, done.stderr, done.stdout)


def test_babel_compiles_it_without_a_complaint(catalogue: Path, tmp_path: Path) -> None:
    done = run(
        *(sys.executable, "-m", "babel.messages.frontend", "compile", "--statistics", "--use-fuzzy"),
        *("-i", catalogue, "-o", tmp_path / "x.mo", "-l", catalogue.parts[-3]),
        cwd=tmp_path,
    )

    assert (0, 0) == (done.returncode, done.stderr.count(b"error"))
    assert (tmp_path / "x.mo").is_file()


def test_polib_reads_and_saves_the_same_messages(catalogue: Path, tmp_path: Path) -> None:
    polib.pofile(str(catalogue)).save(str(tmp_path / "x.po"))

    assert translations.messages(catalogue.read_bytes()) == translations.messages((tmp_path / "x.po").read_bytes())


def test_pofilter_finds_nothing_unsound(finished: Path, tmp_path: Path) -> None:
    tests = [word for name in SOUND for word in ("-t", name)]
    done = run(TOOLKIT / "pofilter", "--progress=none", *tests, finished, tmp_path / "x.po", cwd=tmp_path)

    assert (0, b"") == (done.returncode, done.stderr)
    assert not (tmp_path / "x.po").exists()


@pytest.mark.parametrize("program", ["msgfmt", "pofilter"])
def test_a_lost_mark_is_seen_by_everybody(program: str, translated_project: Path, tmp_path: Path) -> None:
    file = po.parse((translated_project / translations.path("pl")).read_bytes(), "x.po")
    entry = file.find(translations.MARKED)
    assert entry
    entry.msgstr = entry.msgstr.replace("{keep1}", "Thuisarts")
    (tmp_path / "x.po").write_bytes(po.write(file))
    if program == "msgfmt":
        warnings = run("msgfmt", "-c", "-o", "-", "x.po", cwd=tmp_path).stderr
    else:
        run(TOOLKIT / "pofilter", "--progress=none", "-t", "pythonbraceformat", "x.po", "y.po", cwd=tmp_path)
        warnings = (tmp_path / "y.po").read_bytes()

    assert b"keep1" in warnings


@pytest.mark.parametrize("code", translations.LANGUAGES)
def test_an_update_keeps_every_translation_beside_the_text_it_was_made_for(code: str, worked_on: Path) -> None:
    file = po.parse((worked_on / translations.path(code)).read_bytes(), code)
    kept = {(entry.msgctxt or "", entry.previous_msgid or entry.msgid): entry.msgstr for entry in file}

    assert {**translations.TEXTS[code], ("", "Nieuw."): ""} == kept
