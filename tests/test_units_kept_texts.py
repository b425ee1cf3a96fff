"""A text that stays as it is in every language says so, and in a matter of safety stops its edition."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import output_reader
import support
from polyleaf import cli, paths
from polyleaf.units.kept_texts import find_kept_texts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LABEL = '<span class="passage-language">(in Dutch)</span>'

TEXTS = {
    "Neem [niet meer dan 3 pillen]{translate=no} in.": [("niet meer dan 3 pillen", True)],
    "::: {translate=no}\nNeem 3 pillen in.\n\n- Slaap goed.\n:::": [("Neem 3 pillen in. Slaap goed.", True)],
    "::: {translate=no}\nBloemen zijn heel mooi.\n:::": [("Bloemen zijn heel mooi.", False)],
    "::: {.warning translate=no}\nBel ons.\n:::": [("Bel ons.", True)],
    "::: warning\nDoe [meteen wat de dokter zegt]{translate=no}.\n:::": [("meteen wat de dokter zegt", True)],
    "# Niet innemen {translate=no}": [("Niet innemen", True)],
    "[Niet innemen]{translate=no}": [("Niet innemen", True)],
    "Kijk op [Thuisarts]{translate=no} of bij het [Erasmus MC]{translate=no}.": [],
    "::: warning\nKijk op [Thuisarts]{translate=no}.\n:::": [],
    "[12]{translate=no}": [],
}


@pytest.mark.parametrize("body", TEXTS)
def test_a_kept_text_that_is_no_name_is_a_unit(body: str) -> None:
    kept = find_kept_texts(support.document(body, language="nl"))

    assert TEXTS[body] == [(unit.message, unit.safety) for unit in kept]


def page(folder: Path) -> str:
    return (folder / "build/en/knee.html").read_text("utf-8")


def project(new_project: Callable[..., Path], body: str) -> Path:
    folder = new_project({"source/knee.md": f"---\ntitle: Knie\n---\n\n{body}\n"}, update=True)
    support.translate(folder, {"Knie": "Knee", "Neem {keep1} in.": "Take {keep1}.", "Slik.": "Swallow."})
    return folder


@pytest.mark.law
def test_a_kept_text_is_labelled_as_every_text_that_is_not_translated(new_project: Callable[..., Path]) -> None:
    body = "Slik.\n\n::: {translate=no}\n## Bloemen\n\nBloemen zijn *heel* mooi.\n\nOf [lees nog]{translate=no}.\n:::"
    folder = project(new_project, body)

    assert 0 == cli.run(["build", "-q", "-l", "en"])
    assert f'{LABEL} <span class="untranslated" lang="nl">Bloemen</span></h2>' in page(folder)
    assert '<span class="untranslated" lang="nl">Bloemen zijn <em>heel</em> mooi.</span>' in page(folder)
    assert 1 == page(folder).count("lees nog")


@pytest.mark.law
def test_a_name_is_not_labelled(new_project: Callable[..., Path]) -> None:
    folder = project(new_project, "Neem [Thuisarts]{translate=no} in.")

    assert 0 == cli.run(["build", "-q", "-l", "en"])
    assert 'Take <span lang="nl" translate="no">Thuisarts</span>.' in page(folder)


@pytest.mark.law
def test_a_kept_text_of_safety_stops_its_edition_until_it_is_acknowledged(
    new_project: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = project(new_project, "Neem [niet meer dan 3 pillen]{translate=no} in.")
    refused = cli.run(["build", "-q", "-l", "en"])
    error = capsys.readouterr().err

    assert 1 == refused
    assert f"{support.PO}:1: 'niet meer dan 3 pillen' stays in the language 'nl'" in error
    assert f"polyleaf acknowledge {support.PO}:1 kept_safety" in error

    argv = ["acknowledge", f"{support.PO}:1", "kept_safety", "--by", "A. Jansen", "--reason", "a quotation"]
    assert [0, 0] == [cli.run([*argv, "-q"]), cli.run(["build", "-q", "-l", "en"])]
    assert f"{LABEL} " in page(folder)

    support.edit(folder, "source/knee.md", "3 pillen", "30 pillen")
    assert [0, 1] == [cli.run(["update", "-q"]), cli.run(["build", "-q", "-l", "en"])]


SEVERAL = "Neem [niet meer dan 3 pillen]{translate=no} in.\n\n::: {translate=no}\nRaak het gif niet aan.\n:::\n\nSlik."


def acknowledge(*argv: str) -> int:
    words = ("acknowledge", "-q", f"{support.PO}:1", "kept_safety", "--by", "A. Jansen", "--reason", "a quotation")
    return cli.run([*words, *argv])


@pytest.mark.law
def test_kept_texts_of_safety_are_looked_at_one_by_one(
    new_project: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = project(new_project, SEVERAL)

    assert 0 != acknowledge()
    assert "Say of which it is right: --text source/knee.md:5, or --text source/knee.md:8" in capsys.readouterr().err
    assert 0 == acknowledge("--text", "source/knee.md:5")
    assert 1 == cli.run(["build", "-q", "-l", "en"])
    error = capsys.readouterr().err
    assert "kept_safety --by NAME --reason WHY --text source/knee.md:8" in error
    assert "3 pillen" not in error
    assert [0, 0] == [acknowledge("--text", "source/knee.md:8") for _ in range(2)]
    assert 2 == (folder / support.PO).read_text("utf-8").count("polyleaf: ok kept_safety")
    assert [0, 0] == [cli.run(["update", "-q"]), cli.run(["build", "-q", "-l", "en"])]


@pytest.mark.law
@pytest.mark.parametrize("ending", ["html", "epub", "pdf"])
def test_a_kept_text_is_labelled_in_every_format(new_project: Callable[..., Path], ending: str) -> None:
    folder = project(new_project, "Slik.\n\n::: {translate=no}\nBloemen zijn heel mooi.\n:::")

    assert 0 == cli.run(["build", "-q", "-l", "en", "-f", ending])
    file = folder / "build/en" / f"knee.{ending}"
    assert "(in Dutch) Bloemen zijn heel mooi." in read_words(file)


def read_words(file: Path) -> str:
    """Return what a reader gets of an output, in one line."""
    readers: dict[str, Callable[[], list[str]]] = {
        ".pdf": lambda: output_reader.pages(file),
        ".epub": lambda: list(map(output_reader.visible, output_reader.parts(output_reader.book(file)))),
        ".html": lambda: [output_reader.visible(output_reader.page(file))],
    }
    return " ".join(" ".join(readers[file.suffix]()).split())


@pytest.mark.law
def test_whoever_signs_sees_every_kept_text_and_who_acknowledged_it(
    new_project: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    project(new_project, "Neem [niet meer dan 3 pillen]{translate=no} in.\n\n[Bloemen zijn mooi.]{translate=no}")
    assert 0 == acknowledge()
    argv = ["sign", "knee", "-l", "en", "--role", "pharmacist", "--name", "A. Tester", "--yes"]
    assert 0 == cli.run(argv)
    shown = capsys.readouterr().err

    assert "stays in nl: source/knee.md:5: 'niet meer dan 3 pillen'" in shown
    assert "stays in nl: source/knee.md:7: 'Bloemen zijn mooi.'" in shown
    assert "acknowledged error in a safety text: " in shown
    assert "by translate=no (source/knee.md:5) [kept_safety]\n    A. Jansen, " in shown
    assert 0 == cli.run(["status", "--json"])
    rows = {row["language"]: row for row in json.loads(capsys.readouterr().out)["states"]}
    assert 1 == rows["en"]["acknowledged_safety"]


@pytest.mark.law
def test_a_kept_text_stands_on_the_review_sheet(new_project: Callable[..., Path]) -> None:
    folder = project(new_project, "Neem [niet meer dan 3 pillen]{translate=no} in.")

    assert 0 == cli.run(["review", "-q", "-l", "en", "-f", "html"])
    review = (folder / "build" / paths.review_sheet("knee", "en", ".html")).read_text("utf-8")
    assert 2 <= review.count("3 pillen")
    assert "kept_safety" in review
