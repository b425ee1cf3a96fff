"""The way through XLIFF and back, with the commands that the guide for translators names."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import etree

import support
import translations
from polyleaf import catalogs
from polyleaf.catalogs import po

TOOLKIT = Path(sys.executable).parent
NAME = "{urn:oasis:names:tc:xliff:document:1.1}"
ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.law  # each command of the toolkit takes a second to start
each = pytest.mark.parametrize("code", translations.LANGUAGES)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return translations.changed(translations.project(tmp_path))


def run(folder: Path, *words: str | Path) -> None:
    done = subprocess.run([str(word) for word in words], cwd=folder, capture_output=True, check=True)

    assert b"" == done.stderr


def exported(folder: Path, code: str) -> etree._ElementTree[etree._Element]:
    """Return what the agency gets."""
    file = folder / f"{code}.xlf"
    run(folder, TOOLKIT / "po2xliff", "--progress=none", folder / translations.path(code), file)
    return etree.parse(file)


def imported(folder: Path, code: str) -> None:
    """Take back `<code>.xlf`."""
    run(folder, TOOLKIT / "xliff2po", "--progress=none", folder / f"{code}.xlf", folder / translations.path(code))
    translations.update(folder)


def units(tree: etree._ElementTree[etree._Element]) -> dict[str, list[etree._Element]]:
    by_message: dict[str, list[etree._Element]] = {}
    for unit in tree.iter(f"{NAME}trans-unit"):
        by_message.setdefault(str(unit.findtext(f"{NAME}source")), []).append(unit)
    return by_message


def fill(unit: etree._Element, text: str, *, approved: bool, state: str = "translated") -> None:
    """Do what an agency does with one unit."""
    target = unit.find(f"{NAME}target")
    assert target is not None
    target.text = text
    target.set("state", state)
    unit.set("approved", "yes" if approved else "no")


@each
def test_a_way_through_xliff_and_back_changes_nothing_but_the_old_texts_of_what_is_fuzzy(
    code: str, project: Path
) -> None:
    file = project / translations.path(code)
    before = po.parse(file.read_bytes(), code)
    exported(project, code)
    imported(project, code)
    after = po.parse(file.read_bytes(), code)
    for entry in before:
        entry.previous_msgid = None
    before.metadata["X-Generator"] = after.metadata["X-Generator"]

    assert po.write(before) == po.write(after)
    assert after.metadata["X-Generator"].startswith("Translate Toolkit")


@each
def test_what_an_agency_has_filled_and_approved_may_be_printed(code: str, project: Path) -> None:
    tree = exported(project, code)
    by_message = units(tree)
    changed = translations.TEXTS[code]["", "Buig de knie langzaam en stop bij pijn."]
    fill(by_message["Nieuw."][0], "New 1", approved=True)
    fill(by_message["Buig de knie langzaam en stop bij veel pijn."][0], changed, approved=True)
    tree.write(project / f"{code}.xlf", encoding="utf-8", xml_declaration=True)
    imported(project, code)
    file = po.parse((project / translations.path(code)).read_bytes(), code)

    assert [("New 1", False), (changed, False)] == [
        (entry.msgstr, entry.fuzzy)
        for entry in (file.find("Nieuw."), file.find("Buig de knie langzaam en stop bij veel pijn."))
        if entry
    ]


@pytest.mark.parametrize("state", ["translated", "final", "needs-review-translation"])
def test_what_is_not_approved_comes_back_fuzzy_whatever_its_state(state: str, project: Path) -> None:
    tree = exported(project, "pl")
    fill(units(tree)["Nieuw."][0], "Nowe.", approved=False, state=state)
    tree.write(project / "pl.xlf", encoding="utf-8", xml_declaration=True)
    imported(project, "pl")
    entry = po.parse((project / translations.path("pl")).read_bytes(), "pl").find("Nieuw.")

    assert entry
    assert ("Nowe.", True) == (entry.msgstr, entry.fuzzy)


def test_one_text_with_two_contexts_gets_its_two_translations_back(project: Path) -> None:
    tree = exported(project, "pl")
    for number, unit in enumerate(units(tree)["Over"]):
        fill(unit, f"O {number}", approved=True)
    tree.write(project / "pl.xlf", encoding="utf-8", xml_declaration=True)
    imported(project, "pl")
    file = po.parse((project / translations.path("pl")).read_bytes(), "pl")

    assert [("rest|deel", "O 0", []), (None, "O 1", [])] == [
        (entry.msgctxt, entry.msgstr, entry.flags) for entry in file if entry.msgid == "Over"
    ]


def test_flags_comments_and_header_are_whole_again(project: Path) -> None:
    exported(project, "uk")
    imported(project, "uk")
    file = po.parse((project / translations.path("uk")).read_bytes(), "uk")
    marked, commented = file.find(translations.MARKED), file.find("Over", msgctxt="rest|deel")

    assert marked
    assert commented
    assert ["python-brace-format"] == marked.flags
    assert ("paragraph · Buigen\nTranslators: wat er nog is, niet de kant", "Looked up in a dictionary (uk).") == (
        commented.comment,
        commented.tcomment,
    )
    assert ("uk", "nl", "knee") == tuple(
        file.metadata[key] for key in ("Language", "X-Source-Language", "Project-Id-Version")
    )
    assert not file.metadata_is_fuzzy


def test_a_source_that_moved_meanwhile_costs_nothing(project: Path) -> None:
    exported(project, "pl")
    (project / "source/knee.md").write_text(translations.LATER.replace("# Buigen", "Eerst.\n\n# Buigen"), "utf-8")
    imported(project, "pl")
    file = po.parse((project / translations.path("pl")).read_bytes(), "pl")
    by_message = {
        (entry.msgctxt or "", entry.msgid): (entry.msgstr, entry.fuzzy) for entry in file if not entry.obsolete
    }

    assert ("Kolano", False) == by_message["meta:title", "Knie"]
    assert ("Zginanie", False) == by_message["", "Buigen"]
    assert {False} == {fuzzy for (_, message), (_, fuzzy) in by_message.items() if message == "Over"}


@pytest.mark.parametrize("name", ["knee", "my knee"])
def test_one_text_on_several_lines_in_two_contexts_gets_both_back(name: str, tmp_path: Path) -> None:
    body = "---\ntitle: Knie\n---\n\nKnie\n\nBuig.\n\nKnie\n\n[Knie]{context=bot}\n"
    support.project(tmp_path, {f"source/{name}.md": body}, translations.SETTINGS)
    translations.update(tmp_path)
    path = tmp_path / "locales" / "pl" / "LC_MESSAGES" / f"{name}.po"
    file = po.parse(path.read_bytes(), "pl")
    for number, entry in enumerate(file):
        entry.msgstr = f"T{number}"
    path.write_bytes(po.write(file))
    run(tmp_path, TOOLKIT / "po2xliff", "--progress=none", path, "x.xlf")
    run(tmp_path, TOOLKIT / "xliff2po", "--progress=none", "x.xlf", path)
    translations.update(tmp_path)

    assert translations.messages(po.write(file)) == translations.messages(path.read_bytes())


def test_a_catalogue_that_has_its_contexts_keeps_them(project: Path) -> None:
    file = project / translations.path("pl")
    text = file.read_text("utf-8").replace('msgctxt "rest|deel"\n', "", 1).replace('msgid "Over"', 'msgid "Boven"', 1)
    file.write_text(text, "utf-8")
    translations.update(project)
    entry = po.parse(file.read_bytes(), "pl").find("Over", msgctxt="rest|deel")

    assert entry
    assert ("O leczeniu", True, "Over") == (entry.msgstr, entry.fuzzy, entry.previous_msgid)


def test_the_commands_of_the_page_for_translators_work_as_they_stand_there(project: Path) -> None:
    page = (ROOT / "scripts" / "docs" / "translators.md").read_text("utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    first = next(number for number, block in enumerate(blocks) if block.startswith("po2xliff"))
    commands = "".join(blocks[first : first + 2])
    before = translations.messages((project / translations.path("pl")).read_bytes())
    path = f"{TOOLKIT}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path}
    done = subprocess.run(["bash", "-c", commands], cwd=project, capture_output=True, check=False, env=environment)

    assert 4 == len(commands.splitlines())
    assert b"wrote locales/pl/LC_MESSAGES/knee.po" in done.stdout
    assert b"locales/pl/LC_MESSAGES/knee.po" in done.stderr, "the last command is a check, and there is a fuzzy text"
    assert before == translations.messages((project / translations.path("pl")).read_bytes())


def test_our_own_leaflet_comes_back_as_it_went(tmp_path: Path) -> None:
    before = next(ROOT.glob("locales/en/LC_MESSAGES/*.po"))
    pot = (ROOT / "locales" / f"{before.stem}.pot").read_bytes()
    run(tmp_path, TOOLKIT / "po2xliff", "--progress=none", before, tmp_path / "x.xlf")
    run(tmp_path, TOOLKIT / "xliff2po", "--progress=none", tmp_path / "x.xlf", tmp_path / "x.po")
    merged = catalogs.update(pot, (tmp_path / "x.po").read_bytes(), before.parts[-3], "x.po")

    assert translations.messages(before.read_bytes()) == translations.messages(merged)
