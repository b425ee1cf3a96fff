"""Leaflets as texts: findings in a source are told at its lines, those in a translation at its entries."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import support
from polyleaf import cli, localize, units
from polyleaf.catalogs import Catalog, Entry, acknowledgements
from polyleaf.checks import runner, subjects
from polyleaf.checks.registry import CHECKS
from polyleaf.checks.subjects import LanguagePair
from polyleaf.config import Project
from polyleaf.facts.style_lexicon import find_document_placeholders, find_placeholders

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from polyleaf.checks.subjects import LocalizedText

LONG = "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien"
KNEE = f"---\ntitle: Knie\n---\n\nBuig.\nEn nu {LONG}.\n\nRust (met een kussen).\n"
PO = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
REFERENCES = json.dumps([{"id": "jansen2024", "title": "A"}, {"id": "vink2020", "title": "B"}], indent=1)


@pytest.fixture
def project(new_project: Callable[..., Path]) -> Path:
    return new_project({"source/knee.md": KNEE})


def findings_by_check(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, list[dict[str, Any]]]:
    cli.run(["check", "--json", *words])
    answers: dict[str, list[dict[str, Any]]] = {}
    for finding in support.findings(capsys.readouterr().out):
        answers.setdefault(finding["check"], []).append(finding)
    return answers


def catalogue(folder: Path, language: str, **texts: str) -> None:
    entries = "".join(f'\nmsgid "{message}"\nmsgstr "{text}"\n' for message, text in texts.items())
    support.project(
        folder, {f"locales/{language}/LC_MESSAGES/knee.po": PO.format(language) + entries}, settings(language)
    )


def settings(language: str = "en", more: str = "") -> str:
    return f'[tool.polyleaf]\nsource_language = "nl"\nlanguages = ["nl", "{language}"]\n{more}'


def version(body: str, texts: dict[str, str], comment: str = "") -> LocalizedText:
    document = support.document(body)
    cut = units.extract_units([document])[0]
    entries = {
        unit.key: Entry(texts[unit.message], fuzzy=False, line=10 + at, comment=comment)
        for at, unit in reversed(list(enumerate(cut)))
        if unit.message in texts
    }
    catalog = Catalog("nl.po", entries)
    (localization,), _ = localize.localize_documents([localize.LocalizationJob(document, cut, "nl", catalog)])
    translation = subjects.Translation(localization.document, cut, localization.texts, catalog)
    return subjects.collect_translated_texts(translation, LanguagePair("en", "nl"), Project("en", ("en", "nl")))


@pytest.mark.usefixtures("project")
def test_a_long_sentence_of_a_source_is_told_at_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    (finding,) = findings_by_check(capsys)["sentence_long"]

    assert ("source/knee.md:6", "warning") == (finding["location"], finding["severity"])
    assert "has 18 words, more than 15" in finding["message"]


def test_a_long_sentence_of_a_translation_is_told_at_its_entry(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogue(project, "en", **{"Rust (met een kussen).": f"Rest {LONG} {LONG}."})
    here = [
        finding for finding in findings_by_check(capsys)["sentence_long"] if finding["location"].startswith("locales")
    ]

    assert ["locales/en/LC_MESSAGES/knee.po:6"] == [finding["location"] for finding in here]
    assert ["error"] == [finding["severity"] for finding in here]


@pytest.mark.law
def test_what_is_not_translated_is_not_judged_as_a_translation(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    catalogue(project, "en", **{"Rust (met een kussen).": "Rest."})

    assert {"source/knee.md:6"} == {finding["location"] for finding in findings_by_check(capsys)["sentence_long"]}


def test_a_project_may_have_gates_of_its_own(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    own = "[tool.polyleaf.readability.nl]\nsentence_words = { warn = 18 }\n"
    (project / "pyproject.toml").write_text(settings(more=own), "utf-8")

    assert "sentence_long" not in findings_by_check(capsys)


@pytest.mark.law
def test_a_faulty_translation_is_told_and_the_rest_is_judged(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    catalogue(project, "en", **{"Rust (met een kussen).": "- Rest", f"Buig. En nu {LONG}.": f"Bend {LONG} {LONG}."})
    answers = findings_by_check(capsys)

    assert 1 == len(answers["mark"])
    assert 2 == len(answers["sentence_long"])


def test_the_figures_are_printed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.project(project, {"source/knee.md": KNEE + f"\nBuig {LONG}.\n" * 6})

    assert 0 == cli.run(["readability", "-l", "nl"])
    output = capsys.readouterr().out
    rows = {line.strip()[:15].strip(): line.split() for line in output.splitlines()}
    assert output.startswith("knee (nl): 125 words, 9 sentences")
    assert ["warning"] == rows["LIX"][-1:]
    assert ["good"] == rows["Flesch-Douma"][-1:]
    assert ["error"] == rows["words in a sent"][-1:]


@pytest.mark.usefixtures("project")
def test_the_figures_can_be_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == cli.run(["readability", "--json", "knee"])
    nl, en = json.loads(capsys.readouterr().out)["texts"]

    assert ("nl", 23, 3, "fewer than 100 words say nothing") == (
        nl["language"],
        nl["words"],
        nl["sentences"],
        nl["obstacle"],
    )
    assert {"name": "sentence_words", "raw": 18, "result": "warning", "warn": 15, "fail": 20}.items() <= nl["figures"][
        0
    ].items()
    assert ("en", 0) == (en["language"], en["words"])


@pytest.mark.law
def test_a_leaflet_that_cannot_be_judged_says_why(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    catalogue(project, "zh_Hans", **{"Rust (met een kussen).": "休息。"})

    assert 0 == cli.run(["readability", "-l", "zh_Hans"])
    assert "not judged: its script puts no spaces between words" in capsys.readouterr().out


@pytest.mark.law
def test_a_source_that_nobody_cites_is_found(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = "---\ntitle: B\n---\n\nBuig [@jansen2024].\n"
    support.project(project, {"source/references.json": REFERENCES, "source/b.md": other}, settings())
    (finding,) = findings_by_check(capsys)["citation_unused"]

    assert ("no leaflet cites 'vink2020'", "source/references.json:7") == (finding["message"], finding["location"])
    assert "citation_unused" not in findings_by_check(capsys, "knee")


def test_a_source_may_be_cited_by_a_link_or_in_a_note(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = "---\ntitle: B\n---\n\nBuig[^1] en [lees](#ref-vink2020).\n\n[^1]: Zie @jansen2024.\n"
    support.project(project, {"source/references.json": REFERENCES, "source/b.md": other}, settings())

    assert "citation_unused" not in findings_by_check(capsys)


def test_a_text_that_stands_twice_is_told_once() -> None:
    twice = version("Stop.\n\nRest.\n\n- Stop.", {"Stop.": "Stop indien nodig."})
    findings = runner.check_text(CHECKS, twice)

    assert [("word_formal", "nl.po:11")] == [(finding.check, str(finding.location)) for finding in findings]
    assert "polyleaf acknowledge nl.po:11 word_formal" in findings[0].hint


def test_what_somebody_has_acknowledged_is_not_told() -> None:
    digest = acknowledgements.digest("", "Stop.", "Stop indien nodig.")
    comment = f"polyleaf: ok word_formal {digest} 2026-03-01 Jo: it is a quotation"

    [finding] = runner.check_text(CHECKS, version("Stop.", {"Stop.": "Stop indien nodig."}, comment))

    assert finding.acknowledged
    assert "Jo" == finding.acknowledged.name


def test_notes_keep_their_words_when_their_marks_change_places() -> None:
    body = "One[^1] two[^2].\n\n[^1]: First note.\n\n[^2]: Second note.\n"
    texts = {"One{fn1} two{fn2}.": "Twee{fn2} een{fn1}.", "First note.": "Noot 1.", "Second note.": "Noot 2."}
    localized = version(body, texts)

    assert [("First note.", "Noot 1."), ("Second note.", "Noot 2.")] == [
        (text.pair.unit.message, text.words) for text in localized.texts if text.kind == "note" and text.pair
    ]


def test_citations_and_notes_are_no_words_of_a_sentence() -> None:
    texts = support.localized_text("Bend [@a] now[^1] . ![Knee](a.svg)\n\n[^1]: Slowly.").texts

    assert ["Knee", "Bend now.", "Slowly.", "Knee"] == [text.words for text in texts]


def test_quotations_are_not_spoken_by_the_leaflet() -> None:
    (_, text) = support.localized_text("She says “stop” and 'wait' to you.").texts

    assert "She says and to you." == " ".join(text.spoken.split())


def test_a_document_and_a_text_can_be_asked_for_what_is_still_to_come() -> None:
    document = support.document(
        "# TODO\n\nSee [us](https://example.org).\n", "title: '???'\ncontact:\n  email: a@b.test"
    )

    assert ["a@b.test", "???", "TODO", "https://example.org"] == list(find_document_placeholders(document))
    assert ["[…]"] == find_placeholders("Bel […]", "nl")
    assert [] == list(find_document_placeholders(support.document("# Bend\n\nSee [us](https://a.nl).")))
