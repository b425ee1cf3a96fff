"""What the checks do not look at, said wherever somebody decides: one sentence, from one source."""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest

import support
from polyleaf import cli
from polyleaf.checks import coverage, runner
from polyleaf.checks.coverage import KINDS, describe_coverage, summarize
from polyleaf.facts.lexicon import load_lexicon, read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

KNEE = "---\ntitle: Knie\n---\n\nNeem 2 tabletten per dag.\n"
LANGUAGES = ("nl", "sw", "en")
SETTINGS = support.SETTINGS.replace('"nl", "en"', '"nl", "sw", "en"')
UNKNOWN = "sw: the checks know no words of this language: not compared were negations, limits, directions, number words"
UNREAD = "no native speaker has read the words that the checks know of it"


@pytest.fixture
def project(new_project: Callable[..., Path]) -> Path:
    """A leaflet with a translation into a language that the checks know no words of, and into one that they know."""
    folder = new_project({"source/knee.md": KNEE}, SETTINGS, update=True)
    support.translate(
        folder, {"Knie": "Goti", "Neem 2 tabletten per dag.": "Kunywa vidonge 2 kila siku."}, "knee", "sw"
    )
    support.translate(folder, {"Knie": "Knee", "Neem 2 tabletten per dag.": "Take 2 tablets a day."})
    return folder


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    capsys.readouterr()
    cli.run(list(argv))
    return "".join(capsys.readouterr())


SIGN = ("sign", "knee", "--role", "pharmacist", "--name", "A. Tester", "--yes", "-l")


@pytest.mark.law
@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("argv", [(*SIGN, "sw"), ("status",), ("check",), ("build", "-l", "sw")], ids=" ".join)
def test_who_decides_about_a_language_without_words_sees_what_was_not_looked_at(
    capsys: pytest.CaptureFixture[str], argv: tuple[str, ...]
) -> None:
    assert UNKNOWN in run(capsys, *argv)


@pytest.mark.law
@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("argv", [(*SIGN, "en"), ("status", "-l", "en"), ("check", "-l", "en")], ids=" ".join)
def test_who_decides_about_words_that_nobody_has_read_sees_it(
    capsys: pytest.CaptureFixture[str], argv: tuple[str, ...]
) -> None:
    text = run(capsys, *argv)

    assert UNREAD in text
    assert "the checks know no words" not in text


@pytest.mark.law
@pytest.mark.parametrize("path", ["review/sw/knee.html", "review/status.html"])
def test_the_pages_say_what_was_not_looked_at(project: Path, capsys: pytest.CaptureFixture[str], path: str) -> None:
    run(capsys, "review", "-f", "html")
    run(capsys, "status", "--html")

    assert UNKNOWN in (project / "build" / path).read_text("utf-8")


@pytest.mark.law
def test_who_acknowledges_sees_what_was_not_looked_at(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.edit(project, "locales/sw/LC_MESSAGES/knee.po", "vidonge 2", "vidonge 3")
    rows = support.findings(run_json(capsys, "check", "-l", "sw"))
    finding = next(row for row in rows if row["translation"] and "acknowledge" in row["hint"])
    text = run(
        capsys, "acknowledge", finding["location"], finding["check"], "--by", "A. Tester", "--reason", "so it is"
    )

    assert UNKNOWN in text


def run_json(capsys: pytest.CaptureFixture[str], *argv: str) -> str:
    capsys.readouterr()
    cli.run([*argv, "--json"])
    return capsys.readouterr().out


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("command", ["check", "status"])
def test_the_json_names_what_was_not_looked_at(capsys: pytest.CaptureFixture[str], command: str) -> None:
    rows = {row["language"]: row for row in json.loads(run_json(capsys, command))["coverage"]}

    assert set(LANGUAGES) == set(rows)
    assert (list(KINDS.values()), False) == (rows["sw"]["not_compared"], rows["sw"]["reviewed"])
    assert ([], "") == (rows["en"]["not_compared"], rows["en"]["message"])


def known_languages() -> list[str]:
    files = resources.files("polyleaf.facts.lexicon").iterdir()
    names = (file.name.removesuffix(".toml") for file in files if file.name.endswith(".toml"))
    return sorted(name for name in names if name not in {"medicines", "frequent"})


@pytest.mark.law
@pytest.mark.parametrize("language", known_languages())
def test_a_language_with_words_has_all_kinds_and_says_whether_a_native_speaker_has_read_them(language: str) -> None:
    [own] = describe_coverage([language])

    assert () == own.not_compared
    assert "reviewed" in load_lexicon(language).sections or own.is_reviewed is False
    assert [] == list(runner.find_unknown_languages([language]))


@pytest.mark.parametrize("language", known_languages())
def test_no_list_of_words_is_empty(language: str) -> None:
    table = read_table("polyleaf.facts.lexicon", language)

    assert [] == [".".join(path) for path, forms in lists(table) if not forms]


def lists(table: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from lists(value, (*path, key))
        elif isinstance(value, list):
            yield (*path, key), value


def test_a_kind_without_words_is_named_alone() -> None:
    partly = coverage.Coverage("xx", ("negations", "limits"), is_reviewed=True)

    assert "the checks do not know its words for these, and did not compare them: negations, limits" == partly.sentence


def test_nothing_is_said_twice() -> None:
    assert 2 == len(summarize(["sw", "sw", "nl", "en", "nl"]))
    assert f"nl, en: {UNREAD}" == summarize(["sw", "nl", "en"])[1]
