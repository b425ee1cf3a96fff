"""What people say of entries: a finding is right all the same; a new wording means what the old one meant."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest

import support
from polyleaf import cli
from polyleaf.catalogs import acknowledgements, po
from polyleaf.model import Acknowledgement

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.law

TEXT = "Gebruik dit niet bij koorts van 38 graden, en bel dan uw huisarts."
ENGLISH = "Avoid this if you have a fever of 38 degrees, and call your GP."
WRONG = "Use this if you have a fever of 38 degrees, and call your GP."


def read(folder: Path, path: str = support.PO) -> str:
    return (folder / path).read_text("utf-8")


def entry(folder: Path, message: str, path: str = support.PO) -> po.Entry:
    return next(row for row in po.parse((folder / path).read_bytes(), path) if row.msgid == message)


@pytest.fixture
def project(new_project: Callable[..., Path]) -> Path:
    """A leaflet with one text whose translation lost its denial."""
    files = {"source/knee.md": f"---\ntitle: Knie\n---\n\n# Koorts {{#koorts}}\n\n{TEXT}\n"}
    settings = support.SETTINGS.replace('"en"]', '"en", "de"]')
    folder = new_project(files, settings, update=True)
    support.translate(folder, {"Knie": "Knee", "Koorts": "Fever", TEXT: WRONG})
    return folder


def checks_that_find(capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    cli.run(["check", "-l", "en"])
    return re.findall(rf"{support.PO}:\d+: .*\[(\w+)\]", capsys.readouterr().err)


def find_location(folder: Path) -> str:
    return f"{support.PO}:{entry(folder, TEXT).linenum}"


def say(folder: Path, check: str = "negation_differs", location: str = "", name: str = "A. Tester") -> int:
    return cli.run(
        ["acknowledge", "-q", location or find_location(folder), check, "--by", name, "--reason", "looked at"]
    )


def test_a_finding_that_is_acknowledged_is_not_found_again(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ["negation_differs"] == checks_that_find(capsys)
    assert 0 == say(project)
    assert [] == checks_that_find(capsys)


def test_an_acknowledgement_lets_the_edition_be_made(project: Path) -> None:
    assert 1 == cli.run(["build", "-q", "-l", "en"])
    say(project)
    assert 0 == cli.run(["build", "-q", "-l", "en"])


def test_an_acknowledgement_says_who_when_and_why(project: Path) -> None:
    say(project)

    comment = entry(project, TEXT).tcomment
    assert re.fullmatch(r"polyleaf: ok negation_differs [0-9a-f]{16} \d{4}-\d\d-\d\d A\. Tester: looked at", comment)


def test_whoever_acknowledges_an_error_in_a_safety_text_is_told(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    argv = ["acknowledge", find_location(project), "negation_differs", "--by", "A. Tester", "--reason", "looked at"]

    assert 0 == cli.run(argv)
    output = capsys.readouterr().out
    assert "This is an error in a safety text: it is printed all the same, on your word." in output
    assert "The review sheet and `polyleaf sign` show it" in output


def test_whoever_acknowledges_a_warning_is_told_what_was_not_looked_at_and_no_more(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    support.translate(project, {TEXT: f"{ENGLISH} Do so e.g. at once."})
    argv = ["acknowledge", find_location(project), "abbreviation", "--by", "A. Tester", "--reason", "looked at"]

    assert 0 == cli.run(argv)
    [wrote, unchecked] = capsys.readouterr().out.splitlines()
    assert f"wrote {support.PO}" == wrote
    assert unchecked.startswith("not looked at: en: ")


def test_an_acknowledgement_may_name_any_line_of_the_entry(project: Path) -> None:
    line = (entry(project, TEXT).linenum or 0) + 2

    assert 0 == say(project, location=f"{support.PO}:{line}")
    assert "polyleaf: ok" in entry(project, TEXT).tcomment


def test_an_edited_translation_opens_the_finding_again(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    say(project)
    support.translate(project, {TEXT: WRONG.replace("call", "phone")})

    assert ["negation_differs"] == checks_that_find(capsys)


def test_an_edited_source_opens_the_finding_again(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    say(project)
    support.edit(project, "source/knee.md", "uw huisarts", "de huisarts")
    cli.run(["update", "-q"])
    file = po.parse((project / support.PO).read_bytes(), support.PO)
    for po_entry in file:
        po_entry.flags = [flag for flag in po_entry.flags if flag != "fuzzy"]
    (project / support.PO).write_bytes(po.write(file))

    assert ["negation_differs"] == checks_that_find(capsys)


def test_an_acknowledgement_of_one_check_is_none_of_another(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.translate(project, {TEXT: WRONG.replace("38", "39")})
    say(project)

    assert ["number_differs"] == checks_that_find(capsys)


def test_a_second_acknowledgement_takes_the_place_of_the_first(project: Path) -> None:
    support.translate(project, {}, comments={TEXT: "Ask the ward."})
    say(project)
    say(project, name="B. Tester")

    comment = entry(project, TEXT).tcomment
    assert ["Ask the ward.", "B. Tester"] == [comment.split("\n")[0], acknowledgements.read(comment)[0].name]
    assert 1 == len(acknowledgements.read(comment))


def test_an_acknowledgement_never_takes_what_others_wrote_below_it() -> None:
    broken = f"polyleaf: ok number_differs {'0' * 16} 2026-03-01 x\nNote: the pharmacist says: wrong dose"
    acknowledgement = Acknowledgement("number_differs", "1" * 16, "2026-03-01", "A. Tester", "looked at")

    assert () == acknowledgements.read(broken)
    assert f"{broken}\n{acknowledgement}" == acknowledgements.add(broken, acknowledgement)


def test_an_update_keeps_acknowledgements(project: Path) -> None:
    say(project)
    before = (project / support.PO).read_bytes()
    cli.run(["update", "-q"])

    assert before == (project / support.PO).read_bytes()


def test_a_catalogue_with_acknowledgements_is_one_for_everybody(project: Path) -> None:
    say(project)

    content = (project / support.PO).read_bytes()
    assert content == subprocess.run(["msgcat", "-"], input=content, capture_output=True, check=True).stdout
    assert 0 == subprocess.run(["msgfmt", "-c", "-o", "-", support.PO], capture_output=True, check=True).returncode


@pytest.mark.parametrize(
    ("location", "check", "fact"),
    [
        ("", "number_differs", "number_differs finds nothing there"),
        ("", "negation_difers", "'negation_difers' is not a check"),
        ("", "missing", "nobody can acknowledge 'missing'"),
        ("source/knee.md:7", "negation_differs", "is no place in a catalogue"),
        ("locales/en/LC_MESSAGES/hip.po:3", "negation_differs", "there is no leaflet 'hip'"),
        ("locales/fr/LC_MESSAGES/knee.po:3", "negation_differs", "there is no language 'fr'"),
        (f"{support.PO}:1", "negation_differs", "negation_differs finds nothing there"),
    ],
)
def test_what_cannot_be_acknowledged_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str], location: str, check: str, fact: str
) -> None:
    before = (project / support.PO).read_bytes()

    assert 2 == say(project, check, location)
    assert fact in capsys.readouterr().err
    assert before == (project / support.PO).read_bytes()


@pytest.mark.parametrize("name", ["", "A: B", "A\nB\x07"])
def test_a_name_that_cannot_be_read_back_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert 2 == say(project, name=name)
    assert "--by" in capsys.readouterr().err


NEW = TEXT.replace("Gebruik", "Gebruikt u").replace("dit niet", "dit niet,")


@pytest.fixture
def translated(project: Path) -> Path:
    """The same with the right translation, and one in German."""
    support.translate(project, {TEXT: ENGLISH})
    support.translate(project, {TEXT: "Verwenden Sie das nicht bei Fieber von 38 Grad."}, language="de")
    return project


def reword(*argv: str) -> int:
    return cli.run(["reword", "knee", "--by", "A. Tester", *argv])


@pytest.mark.parametrize("updated", [False, True])
def test_a_text_worded_anew_keeps_its_translation_in_every_language(translated: Path, *, updated: bool) -> None:
    support.edit(translated, "source/knee.md", TEXT, NEW)
    if updated:
        cli.run(["update", "-q"])
    assert 0 == reword("--at", "source/knee.md:7")

    entries = [entry(translated, NEW, support.PO.replace("en/", f"{language}/")) for language in ("en", "de")]
    assert [ENGLISH, "Verwenden Sie das nicht bei Fieber von 38 Grad."] == [po_entry.msgstr for po_entry in entries]
    assert [False, False] == [po_entry.fuzzy for po_entry in entries]
    assert TEXT not in [po_entry.msgid for po_entry in po.parse((translated / support.PO).read_bytes(), support.PO)]


def test_a_rewording_says_who_when_and_what_it_was(translated: Path) -> None:
    support.edit(translated, "source/knee.md", TEXT, NEW)
    reword("--at", "source/knee.md:7")

    assert re.fullmatch(
        rf"polyleaf: reworded \d{{4}}-\d\d-\d\d A\. Tester: was “{TEXT}”", entry(translated, NEW).tcomment
    )


def test_a_rewording_leaves_the_catalogues_as_an_update_would(
    translated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    support.edit(translated, "source/knee.md", TEXT, NEW)
    reword("--at", "source/knee.md:7", "-q")
    cli.run(["update"])

    assert "nothing to change\n" == capsys.readouterr().out


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("38", "39"),
        TEXT.replace("niet ", ""),
        TEXT.replace("38", "meer dan 38"),
        TEXT.replace("graden", "uur"),
        "Rust uit als u koorts heeft.",
    ],
)
def test_a_text_that_says_something_else_is_not_reworded(
    translated: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    support.edit(translated, "source/knee.md", TEXT, text)

    assert 0 == reword("--all")
    assert "no text was worded anew" in capsys.readouterr().out
    assert ENGLISH in read(translated)


def test_a_fuzzy_translation_is_not_reworded(translated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for language in ("en", "de"):
        path = support.PO.replace("en/", f"{language}/")
        file = po.parse((translated / path).read_bytes(), path)
        for po_entry in file:
            po_entry.flags.append("fuzzy")
        (translated / path).write_bytes(po.write(file))
    support.edit(translated, "source/knee.md", TEXT, NEW)

    reword("--all")

    assert "no text was worded anew" in capsys.readouterr().out


def test_without_anybody_to_ask_nothing_is_reworded(translated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.edit(translated, "source/knee.md", TEXT, NEW)
    before = (translated / support.PO).read_bytes()

    assert 2 == reword()
    errors = capsys.readouterr().err
    assert f"was: {TEXT!r}" in errors
    assert "nobody can be asked whether the meaning is the same" in errors
    assert before == (translated / support.PO).read_bytes()


def test_a_place_where_nothing_was_reworded_is_named(translated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.edit(translated, "source/knee.md", TEXT, NEW)

    assert 2 == reword("--at", "source/knee.md:2")
    assert "There is one at: source/knee.md:7." in capsys.readouterr().err


def test_a_finding_about_wording_can_be_acknowledged(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.translate(project, {TEXT: f"{ENGLISH} Do so e.g. at once."})
    assert "abbreviation" in checks_that_find(capsys)
    assert 0 == say(project, "abbreviation")
    assert "abbreviation" not in checks_that_find(capsys)


def test_a_translation_of_the_new_wording_is_kept(translated: Path) -> None:
    german = support.PO.replace("en/", "de/")
    support.edit(translated, "source/knee.md", TEXT, NEW)
    cli.run(["update", "-q"])
    file = po.parse((translated / german).read_bytes(), german)
    for po_entry in file:
        if po_entry.msgid == NEW:
            po_entry.msgstr, po_entry.flags = "Nicht bei Fieber von 38 Grad verwenden, und den Hausarzt anrufen.", []
    (translated / german).write_bytes(po.write(file))

    assert 0 == reword("--at", "source/knee.md:7")
    assert ENGLISH == entry(translated, NEW).msgstr
    assert "Nicht bei Fieber von 38 Grad verwenden, und den Hausarzt anrufen." == entry(translated, NEW, german).msgstr


def test_a_text_worded_anew_in_one_leaflet_is_left_alone_in_another(translated: Path) -> None:
    (translated / "source" / "hip.md").write_text(f"---\ntitle: Heup\n---\n\n{TEXT}\n", "utf-8")
    cli.run(["update", "-q"])
    other = support.PO.replace("knee", "hip")
    support.translate(translated, {TEXT: ENGLISH}, "hip")
    before = (translated / other).read_bytes()
    support.edit(translated, "source/knee.md", TEXT, NEW)

    assert 0 == cli.run(["reword", "--by", "A. Tester", "--at", "source/knee.md:7"])
    assert before == (translated / other).read_bytes()
    assert ENGLISH == entry(translated, NEW).msgstr


def test_what_is_reworded_is_shown_and_a_safety_text_is_not_reworded_with_all_others(
    translated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    support.edit(translated, "source/knee.md", TEXT, NEW)
    before = (translated / support.PO).read_bytes()

    assert 1 == reword("--all")
    errors = capsys.readouterr().err
    assert f"was: {TEXT!r}\n  now: {NEW!r}" in errors
    assert "error: source/knee.md:7: a text of the safety class, so it was not reworded with the others" in errors
    assert "polyleaf reword --at source/knee.md:7" in errors
    assert before == (translated / support.PO).read_bytes()


def test_another_medicine_is_no_other_wording(translated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.edit(translated, "source/knee.md", TEXT, f"{TEXT} Slik Xarelto heel door.")
    cli.run(["update", "-q"])
    support.translate(translated, {f"{TEXT} Slik Xarelto heel door.": f"{ENGLISH} Swallow Xarelto whole."})
    support.edit(translated, "source/knee.md", "Xarelto", "Eliquis")

    assert 0 == reword("--all")
    assert "no text was worded anew" in capsys.readouterr().out
