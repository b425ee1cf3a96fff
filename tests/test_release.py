"""What may be printed: every state of a leaflet in which somebody tries to print the wrong thing, and is refused."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

import output_reader
import support
from polyleaf import cli
from polyleaf.errors import SourceError
from polyleaf.release import signoff_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TODAY = datetime.now().astimezone().date()
SOON = TODAY + timedelta(days=300)
FRONT = f'title: Knie\nversion: "1.0"\nstatus: published\ndate: {TODAY}\nreview-by: {SOON}'
BODY = "# Buigen {#buigen}\n\nBuig rustig.\n\nNeem 2 keer per dag 5 mg.\n"
TEXTS = {
    "Knie": "Knee",
    "Buigen": "Bending",
    "Buig rustig.": "Bend slowly.",
    "Neem 2 keer per dag 5 mg.": "Take 5 mg twice a day.",
}


def source(front: str = FRONT, body: str = BODY) -> str:
    return f"---\n{front}\n---\n\n{body}"


@pytest.fixture
def project(new_project: Callable[..., Path]) -> Path:
    """A published leaflet with a whole translation, which nobody has signed."""
    folder = new_project({"source/knee.md": source()}, update=True)
    support.translate(folder, TEXTS)
    return folder


@pytest.fixture
def signed(project: Path) -> Path:
    """The same, signed in both languages: this may be released."""
    sign()
    return project


def sign(role: str = "pharmacist", languages: tuple[str, ...] = ("nl", "en")) -> None:
    for language in languages:
        assert 0 == cli.run(["sign", "-q", "knee", "-l", language, "--role", role, "--name", "A. Tester", "--yes"])


def refused(capsys: pytest.CaptureFixture[str], folder: Path, *argv: str) -> str:
    """Return what `build --release` says when it refuses both languages, or the one asked for."""
    capsys.readouterr()
    assert 1 == cli.run(["build", "-q", "--release", *argv])
    assert not list((folder / "build").rglob("*.html"))
    return capsys.readouterr().err


def test_what_is_signed_and_published_is_released(signed: Path) -> None:
    assert 0 == cli.run(["build", "-q", "--release"])
    assert ["en", "nl"] == sorted(file.parent.name for file in (signed / "build").rglob("*.html"))
    assert "mark draft" not in (signed / "build" / "en" / "knee.html").read_text("utf-8")


def test_a_release_is_the_same_bytes_as_a_plain_build(signed: Path) -> None:
    cli.run(["build", "-q", "--release"])
    before = (signed / "build" / "en" / "knee.html").read_bytes()
    cli.run(["build", "-q"])

    assert before == (signed / "build" / "en" / "knee.html").read_bytes()


def test_what_nobody_has_signed_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    error = refused(capsys, project)

    assert "source/knee.md: nl: the text in nl is not signed: nobody has signed it [unsigned]" in error
    assert "polyleaf sign knee -l en --role ROLE --name NAME" in error


def test_what_is_published_but_not_signed_is_printed_as_a_draft(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 0 == cli.run(["build", "-q"])
    assert "printed as a draft, though its status is 'published'" in capsys.readouterr().err
    assert "Do not use it yet" in (project / "build" / "en" / "knee.html").read_text("utf-8")


def test_a_leaflet_without_a_status_is_a_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(support.project(tmp_path, {"source/knee.md": source("title: Knie")}))
    cli.run(["build", "-q", "-l", "nl"])

    assert "mark draft" in (tmp_path / "build" / "nl" / "knee.html").read_text("utf-8")


def test_a_translation_of_an_unsigned_source_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sign(languages=("en",))

    assert "en: the text in nl is not signed" in refused(capsys, project, "-l", "en")


def test_a_word_changed_in_the_source_undoes_every_signature(signed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.edit(signed, "source/knee.md", "# Buigen", "# Buigen!")

    error = refused(capsys, signed, "-l", "nl")

    assert "the text in nl is not signed: its sign-offs are for other texts" in error


def test_a_word_changed_in_a_translation_undoes_its_signature(signed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.edit(signed, support.PO, "Bend slowly.", "Bend fast.")

    assert "the text in en is not signed: its sign-offs are for other texts" in refused(capsys, signed, "-l", "en")
    assert 0 == cli.run(["build", "-q", "--release", "-l", "nl"])


def test_another_image_undoes_a_signature(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    figure = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg>'
    body = f'{BODY}\n![Knie.](media/p.svg){{alt="Een knie."}}\n'
    files = {"source/knee.md": source(body=body), "source/media/p.svg": figure}
    monkeypatch.chdir(support.project(tmp_path, files))
    sign(languages=("nl",))
    assert 0 == cli.run(["build", "-q", "--release", "-l", "nl"])

    support.edit(tmp_path, "source/media/p.svg", "h9", "h8")

    assert 1 == cli.run(["build", "-q", "--release", "-l", "nl"])


def test_the_status_and_the_date_may_change_after_signing(project: Path) -> None:
    support.edit(project, "source/knee.md", "status: published", "status: reviewed")
    sign()
    support.edit(project, "source/knee.md", "status: reviewed", "status: published")

    assert 0 == cli.run(["build", "-q", "--release"])


@pytest.mark.parametrize("status", ["draft", "reviewed", "withdrawn"])
def test_what_is_not_published_is_refused(signed: Path, capsys: pytest.CaptureFixture[str], status: str) -> None:
    support.edit(signed, "source/knee.md", "status: published", f"status: {status}")

    assert f"source/knee.md:4: nl: the status of knee is '{status}'" in refused(capsys, signed)


def test_what_is_withdrawn_says_so_even_when_it_is_signed(signed: Path) -> None:
    support.edit(signed, "source/knee.md", "status: published", "status: withdrawn")
    cli.run(["build", "-q"])

    assert "Do not use this leaflet any more" in (signed / "build" / "en" / "knee.html").read_text("utf-8")


def test_what_is_past_its_review_date_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.edit(
        project, "source/knee.md", f"date: {TODAY}\nreview-by: {SOON}", "date: 2020-01-01\nreview-by: 2021-01-01"
    )

    assert "source/knee.md:6: nl: it should have been reviewed by 2021-01-01 [overdue]" in refused(capsys, project)


def test_nobody_can_sign_what_is_past_its_review_date(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.edit(
        project, "source/knee.md", f"date: {TODAY}\nreview-by: {SOON}", "date: 2020-01-01\nreview-by: 2021-01-01"
    )

    assert 1 == cli.run(["sign", "knee", "-l", "en", "--role", "pharmacist", "--name", "A. Tester", "--yes"])
    captured = capsys.readouterr()
    assert "source/knee.md:6: en: it should have been reviewed by 2021-01-01 [overdue]" in captured.err
    assert "write a new `date` and `review-by`" in captured.err
    assert "not signed" in captured.out
    assert not (project / "source" / "knee.sign-offs.toml").exists()


def test_what_is_reviewed_by_today_can_still_be_signed(project: Path) -> None:
    support.edit(project, "source/knee.md", f"review-by: {SOON}", f"review-by: {TODAY}")

    sign()


def tomorrow(folder: Path) -> None:
    support.edit(folder, "source/knee.sign-offs.toml", f'date = "{TODAY}"', f'date = "{TODAY + timedelta(days=1)}"')


def test_a_sign_off_that_is_dated_in_the_future_does_not_count(
    signed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tomorrow(signed)

    error = refused(capsys, signed)
    day = TODAY + timedelta(days=1)
    assert f"the text in nl is not signed: its sign-off is dated {day}, which is still to come" in error


def test_the_status_tells_of_sign_offs_that_are_dated_in_the_future(
    signed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tomorrow(signed)
    state = states(capsys)["en"]

    assert ([], 0, 1) == (state["signatures"], state["stale_signatures"], state["early_signatures"])
    assert ("draft", False) == (state["printed"], state["releasable"])
    assert 0 == cli.run(["status"])
    assert "1 dated in the future, not counted" in capsys.readouterr().out


def test_a_placeholder_is_told_once_with_its_line_and_the_way_out(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    support.edit(project, "source/knee.md", f"review-by: {SOON}", f"review-by: {SOON}\npublisher: TODO")
    support.edit(project, "source/knee.md", "Neem 2 keer", "Neem `FIXME` 2 keer")

    placeholders = [
        line for line in refused(capsys, project).splitlines() if "[placeholder]" in line or "Fill in" in line
    ]

    fact = "stands for something that is still to come [placeholder]"
    assert [f"error: source/knee.md:7: 'TODO' {fact}", f"error: source/knee.md:14: 'FIXME' {fact}"] == placeholders[::2]
    assert 2 == len([line for line in placeholders if line.startswith("  Fill in what is still to come")])


def test_a_review_more_than_three_years_away_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.edit(project, "source/knee.md", f"review-by: {SOON}", "review-by: 2099-01-01")
    sign()

    assert "more than 36 months after its date" in refused(capsys, project)


def test_a_date_that_is_still_to_come_is_refused(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.edit(project, "source/knee.md", f"date: {TODAY}\n", f"date: {SOON}\n")
    sign()

    assert "which is still to come" in refused(capsys, project)


@pytest.mark.parametrize("key", ["version", "date", "review-by"])
def test_what_does_not_say_how_old_it_is_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    text = (project / "source" / "knee.md").read_text("utf-8")
    (project / "source" / "knee.md").write_text(re.sub(rf"^{key}: .*\n", "", text, flags=re.MULTILINE), "utf-8")
    sign()

    assert f"there is no '{key}'" in refused(capsys, project)


def test_every_role_that_the_project_asks_for_must_have_signed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    support.edit(project, "pyproject.toml", "formats =", 'sign_off_roles = ["pharmacist", "editor"]\nformats =')
    sign("pharmacist")

    assert "the text in nl is not signed in the role 'editor': others have" in refused(capsys, project)
    sign("editor")
    assert 0 == cli.run(["build", "-q", "--release"])


def test_somebody_in_another_role_cannot_sign(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.edit(project, "pyproject.toml", "formats =", 'sign_off_roles = ["pharmacist"]\nformats =')

    assert 2 == cli.run(["sign", "knee", "-l", "en", "--role", "cook", "--name", "A. Tester", "-y"])
    assert "'cook' is not one of sign_off_roles" in capsys.readouterr().err


SAFETY = 'msgid "Neem 2 keer per dag 5 mg."\n'
WRONG = {
    "not translated": ('msgstr "Take 5 mg twice a day."', 'msgstr ""', "missing"),
    "another dose": ("Take 5 mg twice a day.", "Take 50 mg twice a day.", "number_differs"),
    "another unit": ("Take 5 mg twice a day.", "Take 5 ml twice a day.", "unit_differs"),
    "a denial": ("Take 5 mg twice a day.", "Do not take 5 mg twice a day.", "negation_differs"),
}


@pytest.mark.parametrize("name", WRONG)
def test_no_edition_is_made_with_a_safety_text_that_is(
    project: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    old, new, check = WRONG[name]
    support.edit(project, support.PO, old, new)

    assert 1 == cli.run(["build"])
    captured = capsys.readouterr()
    fact = rf"'Neem 2 keer per dag 5 mg.' .*\(a safety text\)(; the translation is .*)? \[{check}\]"
    assert re.search(rf"error: {support.PO}:\d+: {fact}", captured.err)
    assert "made build/nl/knee.html\n" == captured.out


def test_no_edition_is_made_with_a_fuzzy_safety_text(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.edit(project, support.PO, SAFETY, f"#, fuzzy\n{SAFETY}")

    assert 1 == cli.run(["build", "-q"])
    assert "is fuzzy, so it is not printed (a safety text); the translation is" in capsys.readouterr().err


def test_another_text_that_is_not_translated_is_printed_in_the_source_language(project: Path) -> None:
    support.edit(project, support.PO, 'msgstr "Bend slowly."', 'msgstr ""')

    assert 0 == cli.run(["build", "-q"])
    assert '<span class="untranslated" lang="nl">' in (project / "build" / "en" / "knee.html").read_text("utf-8")


def test_a_language_may_have_the_policy_to_print_nothing_that_is_not_translated(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    support.edit(project, "pyproject.toml", "formats =", 'untranslated = { en = "fail" }\nformats =')
    support.edit(project, support.PO, 'msgstr "Bend slowly."', 'msgstr ""')

    assert 1 == cli.run(["build", "-q"])
    assert "(en prints no text that is not translated) [missing]" in capsys.readouterr().err
    assert not (project / "build" / "en").exists()


def test_what_is_not_translated_completely_is_not_released(signed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.edit(signed, support.PO, 'msgstr "Bend slowly."', 'msgstr ""')

    assert "'Buig rustig.' is not translated [missing]" in refused(capsys, signed, "-l", "en")


def test_an_error_in_the_source_is_not_released(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (project / "source" / "knee.md").open("a", encoding="utf-8") as file:
        file.write("\n### Diep {#diep}\n\nTekst.\n")

    assert "[heading_skipped]" in refused(capsys, project, "-l", "nl")


@pytest.mark.parametrize("old", ['msgstr "Bend slowly."', 'msgstr "Take 5 mg twice a day."'])
def test_nobody_can_sign_what_is_not_translated(project: Path, capsys: pytest.CaptureFixture[str], old: str) -> None:
    support.edit(project, support.PO, old, 'msgstr ""')

    assert 1 == cli.run(["sign", "knee", "-l", "en", "--role", "pharmacist", "--name", "A. Tester", "--yes"])
    captured = capsys.readouterr()
    assert "is not translated" in captured.err
    assert "not signed" in captured.out
    assert not (project / "source" / "knee.sign-offs.toml").exists()


def test_nobody_can_sign_a_wrong_dose(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.edit(project, support.PO, "Take 5 mg", "Take 50 mg")

    assert 1 == cli.run(["sign", "knee", "-l", "en", "--role", "pharmacist", "--name", "A. Tester", "--yes"])
    assert "[number_differs]" in capsys.readouterr().err


def test_a_sign_off_keeps_the_earlier_ones(signed: Path) -> None:
    sign("editor")
    content = (signed / "source" / "knee.sign-offs.toml").read_bytes()
    rows = signoff_file.read(content, "x")

    assert [("pharmacist", "nl"), ("pharmacist", "en"), ("editor", "nl"), ("editor", "en")] == [
        (signoff.role, signoff.language) for signoff in rows
    ]
    assert content == signoff_file.write(rows)


@pytest.mark.parametrize("name", ["", "  ", "A\x1b[2J", "A\u202eB"])
def test_a_name_that_nobody_can_read_is_refused(project: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert 2 == cli.run(["sign", "knee", "-l", "en", "--role", "pharmacist", "--name", name, "--yes"])
    assert "--name is empty or has characters that nobody can see" in capsys.readouterr().err
    assert not (project / "source" / "knee.sign-offs.toml").exists()


GOOD = dict.fromkeys(("role", "name", "language", "version"), "x") | {"date": "2026-03-01"}
GOOD |= dict.fromkeys(("source", "translation"), f"sha256:{'0' * 64}")


def row(**changed: str) -> str:
    return "[[sign-off]]\n" + "\n".join(f'{key} = "{value}"' for key, value in (GOOD | changed).items())


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("[[sign-off]", "not valid TOML"),
        ("sign-off = 3", "something else than [[sign-off]]"),
        ("[other]", "something else than [[sign-off]]"),
        ("[[sign-off]]\nrole = 'x'", "must have exactly the keys"),
        (row(name=" "), "name must be a text with something in it"),
        (row(source="sha256:0"), "source is not a fingerprint"),
        (row(date="1 March"), "the date '1 March' is not one such as 2026-03-01"),
    ],
)
def test_a_file_of_sign_offs_that_is_broken_is_refused(text: str, fact: str) -> None:
    with pytest.raises(SourceError) as error:
        signoff_file.read(text.encode(), "source/knee.sign-offs.toml")

    assert fact in error.value.message
    assert error.value.hint


def test_a_broken_file_of_sign_offs_stops_the_build(signed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (signed / "source" / "knee.sign-offs.toml").write_text("sign-off = 1", "utf-8")

    assert 4 == cli.run(["build", "-q"])
    assert "source/knee.sign-offs.toml: holds something else" in capsys.readouterr().err


def test_now_is_a_day_of_this_machine() -> None:
    assert abs((TODAY - datetime.now(UTC).date()).days) <= 1


def states(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, object]]:
    capsys.readouterr()
    assert 0 == cli.run(["status", "--json"])
    return {state["language"]: state for state in json.loads(capsys.readouterr().out)["states"]}


@pytest.mark.usefixtures("signed")
def test_the_status_tells_what_may_be_released_and_who_signed_it(capsys: pytest.CaptureFixture[str]) -> None:
    state = states(capsys)["en"]

    assert ("published", "published", True) == (state["status"], state["printed"], state["releasable"])
    by = {"role": "pharmacist", "name": "A. Tester", "date": TODAY.isoformat()}
    assert ([by], 0) == (state["signatures"], state["stale_signatures"])


def test_the_status_tells_that_signatures_are_for_other_texts(signed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.edit(signed, support.PO, "Bend slowly.", "Bend fast.")
    state = states(capsys)["en"]

    assert ("published", "draft", False) == (state["status"], state["printed"], state["releasable"])
    assert ([], 1) == (state["signatures"], state["stale_signatures"])


@pytest.mark.parametrize(("days", "review"), [(-1, "past"), (0, "due"), (90, "due"), (91, "later")])
def test_the_status_tells_when_a_review_is_due(
    project: Path, capsys: pytest.CaptureFixture[str], days: int, review: str
) -> None:
    support.edit(project, "source/knee.md", f"review-by: {SOON}", f"review-by: {TODAY + timedelta(days=days)}")

    assert review == states(capsys)["nl"]["review"]


def test_the_status_counts_safety_and_findings(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.edit(project, support.PO, "Take 5 mg twice a day.", "")
    support.edit(project, support.PO, "Bend slowly.", "Bend slowly 3 times.")
    state = states(capsys)["en"]

    assert isinstance(state["amounts"], dict)
    assert (1, 0) == (state["amounts"]["safety"], state["amounts"]["safety_translated"])
    assert 2 == state["errors"]


def test_the_table_says_that_nobody_has_signed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == cli.run(["status"])
    assert "published, printed as draft" in capsys.readouterr().out
    assert project.is_dir()


def acknowledge(folder: Path, message: str, check: str, reason: str = "asked the ward") -> None:
    """Write what `polyleaf acknowledge` writes."""
    line = next(at for at, text in enumerate(lines(folder), 1) if text == f'msgid "{message}"')
    argv = ["acknowledge", "-q", f"{support.PO}:{line}", check, "--by", "B. Tester", "--reason", reason]
    assert 0 == cli.run(argv)


def lines(folder: Path) -> list[str]:
    return (folder / support.PO).read_text("utf-8").split("\n")


@pytest.fixture
def acknowledged_project(project: Path) -> Path:
    """A leaflet with an acknowledged error in a safety text, an acknowledged warning and an open one."""
    support.edit(project, support.PO, "Take 5 mg twice a day.", "Take 6 mg twice a day.")
    support.edit(project, support.PO, "Bend slowly.", "Bend it e.g. slowly.")
    support.edit(project, support.PO, 'msgstr "Bending"', 'msgstr "Bending etc."')
    acknowledge(project, "Buig rustig.", "abbreviation", "everybody knows it")
    acknowledge(project, "Neem 2 keer per dag 5 mg.", "number_differs")
    return project


SIGN = ["sign", "knee", "-l", "en", "--role", "pharmacist", "--name", "A. Tester"]


def test_who_signs_sees_what_was_found_and_what_was_acknowledged(
    acknowledged_project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 0 == cli.run([*SIGN, "--yes"])
    lines = capsys.readouterr().err.splitlines()
    not_looked_at = lines.pop(2)

    assert acknowledged_project.is_dir()
    assert not_looked_at.startswith("  not looked at: nl, en: ")
    assert f"knee in en, version 1.0, to be reviewed by {SOON}: 4 texts, 1 of safety" == lines[0]
    assert "1 acknowledged error, 1 open warning, 1 acknowledged warning" == lines[1]
    assert re.match(
        rf"  acknowledged error in a safety text: {support.PO}:\d+: 'Neem 2 keer .*\[number_differs\]", lines[2]
    )
    assert "'Take 6 mg twice a day.'" in lines[2]
    assert "    B. Tester, " in lines[3]
    assert lines[3].endswith(": asked the ward")
    assert re.match(rf"  open warning: {support.PO}:\d+: .*\[abbreviation\]", lines[4])
    assert re.match(rf"  acknowledged warning: {support.PO}:\d+: 'Buig rustig.'.*\[abbreviation\]", lines[5])


@pytest.mark.usefixtures("project")
def test_who_signs_sees_that_nothing_was_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == cli.run([*SIGN, "--yes"])
    assert "nothing was found" in capsys.readouterr().err


def test_without_anybody_to_ask_nothing_is_signed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == cli.run(SIGN)
    error = capsys.readouterr().err
    assert "knee in en, version 1.0" in error
    assert "nobody can be asked whether A. Tester has read and approves this" in error
    assert "--yes" in error
    assert not (project / "source" / "knee.sign-offs.toml").exists()


class Terminal(io.StringIO):
    """Somebody at a terminal, with what they type."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("typed", "code"), [("y\n", 0), ("n\n", 1)])
def test_who_is_asked_decides(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, typed: str, code: int
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal(typed))

    assert code == cli.run(SIGN)
    assert capsys.readouterr().out.startswith("signed: knee" if code == 0 else "not signed")
    assert (project / "source" / "knee.sign-offs.toml").exists() == (code == 0)


@pytest.mark.usefixtures("acknowledged_project")
def test_the_status_counts_acknowledged_errors_apart(capsys: pytest.CaptureFixture[str]) -> None:
    state = states(capsys)["en"]

    assert (2, 1, 1) == (state["acknowledged"], state["acknowledged_errors"], state["acknowledged_safety"])
    assert 0 == cli.run(["status"])
    assert "2 (errors: 1, 1 in safety texts)" in capsys.readouterr().out


@pytest.mark.parametrize("key", ["name", "phone"])
def test_what_is_printed_of_the_organisation_is_signed_too(
    project: Path, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    theme = project / "source" / "theme.toml"
    theme.write_text('[organisation]\nname = "Ziekenhuis"\nphone = "+31 20 123 45 67"\n')
    sign()
    assert 0 == cli.run(["build", "-q", "--release"])
    theme.write_text(theme.read_text().replace({"name": "Ziekenhuis", "phone": "123"}[key], "999"))
    capsys.readouterr()

    assert 1 == cli.run(["build", "-q", "--release"])
    assert "signed" in "".join(capsys.readouterr())


def test_what_a_leaflet_says_itself_is_not_the_organisations(project: Path) -> None:
    source = project / "source" / "knee.md"
    source.write_text(source.read_text().replace("title:", "publisher: Apotheek\ntitle:", 1))
    theme = project / "source" / "theme.toml"
    theme.write_text('[organisation]\nname = "Ziekenhuis"\nphone = "+31 20 123 45 67"\n')
    sign()
    theme.write_text(theme.read_text().replace("123", "999"))

    assert 0 == cli.run(["build", "-q", "--release"])


DAYS = ("Maandag", "Dinsdag", "Woensdag", "Donderdag", "Vrijdag", "Zaterdag", "Zondag")
HOURS = (
    "| Levothyroxine | Calciumcarbonaat | Ferrofumaraat | Urenertussen |\n|---|---|---|---|\n"
    "| 07.00 uur | 11.00 uur | 15.00 uur | 4 uur |\n"
)
WEEK = f"| {' | '.join(DAYS)} |\n{'|---' * 7}|\n{'| Levothyroxine ' * 7}|\n"
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="40" viewBox="0 0 300 40">'
    '<text x="9" y="30" font-size="{}">Buig</text></svg>'
)
PDF_IN_DUTCH = '[tool.polyleaf]\nsource_language = "nl"\nformats = ["pdf"]\n'


@pytest.mark.parametrize(("table", "size"), [(HOURS, 24), (WEEK, 12)], ids=["hours", "week"])
def test_an_edition_with_a_wide_table_is_released_with_all_its_columns(
    new_project: Callable[..., Path], table: str, size: int
) -> None:
    theme = f"[type]\nsize = {size}\n"
    text = source(body=f"Neem 5 mg.\n\n{table}")
    folder = new_project({"source/knee.md": text, "source/theme.toml": theme}, PDF_IN_DUTCH)
    sign(languages=("nl",))

    assert 0 == cli.run(["build", "-q", "--release"])
    text = re.sub(r"[-\ufffe\x02]\r?\n?", "", " ".join(output_reader.pages(folder / "build/nl/knee.pdf")))
    assert set(output_reader.words(table)) <= set(output_reader.words(text))


def test_an_edition_with_a_fault_in_a_finished_file_is_not_released(
    new_project: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = new_project({"source/knee.md": source(body="Neem 5 mg.\n")}, PDF_IN_DUTCH)
    sign(languages=("nl",))
    assert 0 == cli.run(["build", "-q", "--release"])
    before = (folder / "build/nl/knee.pdf").read_bytes()
    (folder / "source/k.svg").write_text(DRAWING.format(6), "utf-8")
    (folder / "source/knee.md").write_text(source(body="Neem 5 mg.\n\n![Een knie](k.svg)\n"), "utf-8")
    sign(languages=("nl",))
    capsys.readouterr()

    assert 1 == cli.run(["build", "-q", "--release"])
    error = capsys.readouterr().err
    assert "error: build/nl/knee.pdf: page 1, 'Buig': 4.5 pt, smaller than 12 pt [type_size]" in error
    assert "This edition is not released, and no file of it is replaced" in error
    assert "error: build/nl/knee.pdf: this file is not made from what is there now" in error
    assert before == (folder / "build/nl/knee.pdf").read_bytes()
    assert 0 == cli.run(["build", "-q"]), "a draft may be looked at"


def test_the_other_languages_of_a_refused_edition_are_released_without_a_link_to_it(
    new_project: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    settings = support.SETTINGS.replace('["html"]', '["html", "pdf"]')
    files = {"source/knee.md": source(body=f"{BODY}\n![Een knie](k.svg)\n"), "source/k.svg": DRAWING.format(20)}
    folder = new_project(files, settings, update=True)
    support.translate(folder, {**TEXTS, "Een knie": "A knee", "Buig": "Bend slow" + "w" * 90 + "ly"})
    sign()
    capsys.readouterr()

    assert 1 == cli.run(["build", "-q", "--release"])
    assert "in the drawing 'k.svg' the words 'Bend" in capsys.readouterr().err
    assert ["nl/knee.html", "nl/knee.pdf"] == sorted(
        str(file.relative_to(folder / "build")) for file in (folder / "build").rglob("knee.*")
    )
    assert "English" not in (folder / "build/nl/knee.html").read_text("utf-8")
