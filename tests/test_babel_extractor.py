"""`pybabel extract`, the real command, finds in a manuscript what `polyleaf extract` finds."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING

import polib
import pytest
from babel.messages import extract

from polyleaf import babel_extractor, cli

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.law

ROOT = Path(__file__).parents[1]
CONFIG = "[polyleaf: source/**.md]\n"
DRAWING = '<svg viewBox="0 0 90 90" xmlns="http://www.w3.org/2000/svg">\n<text>Een bot</text></svg>\n'
KNEE = """---
title: Knie
keywords: [Knie, bot]
---

# Buigen

<!-- translators: het gewricht -->

Knie

Buig 2 keer.[^1] Lees [meer](https://a.example "Titel").

[^1]: Knie

::: {context="knie|lijf"}
Knie
:::

![Bijschrift.](media/bot.svg){alt="Een tekening."}

10 % diarree
"""


@pytest.fixture
def project(new_project: Callable[..., Path]) -> Path:
    return new_project({"babel.cfg": CONFIG, "source/knee.md": KNEE, "source/media/bot.svg": DRAWING, "locales/x": ""})


def pybabel(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "babel.cfg", "-o", "babel.pot"]
    return subprocess.run([*words, *options, "."], cwd=folder, capture_output=True, text=True, check=False)


def entries(file: Path) -> dict[tuple[str, str], str]:
    """Return the comments, however they are wrapped, by context and message."""
    extracted = polib.pofile(file.read_text("utf-8"))
    return {(entry.msgctxt or "", entry.msgid): " ".join(entry.comment.split()) for entry in extracted}


def test_the_extractor_is_registered_where_this_python_looks_for_it() -> None:
    assert ["polyleaf.babel_extractor:extract"] == [
        point.value for point in entry_points(group="babel.extractors") if point.name == "polyleaf"
    ]


def test_babel_finds_messages_contexts_and_comments_of_a_small_leaflet(project: Path) -> None:
    done = pybabel(project)
    cli.run(["extract", "-q"])
    extracted = entries(project / "babel.pot")

    assert (0, "") == (done.returncode, done.stderr)
    assert entries(project / "locales/knee.pot") == extracted
    assert {"meta:title", "meta:keywords", "alt", "title", "knie|lijf", ""} == {context for context, _ in extracted}
    assert "Translators: het gewricht" in extracted["", "Knie"]
    assert "figure text · Buigen" == extracted["", "Een bot"]


def test_babel_finds_them_in_our_own_leaflets(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "source", tmp_path / "source")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "babel.cfg").write_text(CONFIG, "utf-8")
    done = pybabel(tmp_path)
    ours: dict[tuple[str, str], str] = {}
    for file in (ROOT / "locales").glob("*.pot"):
        ours |= entries(file)

    assert (0, "") == (done.returncode, done.stderr)
    assert ours == entries(tmp_path / "babel.pot")


def test_without_settings_only_figures_are_known_to_be_risky(project: Path) -> None:
    (project / "pyproject.toml").unlink()
    (project / "source/knee.md").write_text("---\ntitle: Knie\n---\n\nNeem niets.\n\nNeem 5 mg.\n", "utf-8")
    with (project / "source/knee.md").open("rb") as file:
        extracted = {messages: notes for _, _, messages, notes in babel_extractor.extract(file, ["pgettext"], [], {})}

    assert (["paragraph"], ["paragraph · safety"]) == (extracted["Neem niets."], extracted["Neem 5 mg."])


def test_a_message_is_on_its_line_and_words_of_a_figure_where_it_is_shown(project: Path) -> None:
    with (project / "source/knee.md").open("rb") as file:
        lines = {messages: line for line, _, messages, _ in babel_extractor.extract(file, ["pgettext"], [], {})}

    assert (2, 22, 20) == (lines["meta:title", "Knie"], lines["10 % diarree"], lines["Een bot"])


def test_babel_itself_can_call_it_without_a_command(project: Path) -> None:
    extracted = list(extract.extract_from_file("polyleaf", project / "source/knee.md"))

    assert ("Knie", "knie|lijf") in {(message, context) for _, message, _, context in extracted}


def test_a_text_without_a_file_is_read_too() -> None:
    extracted = babel_extractor.extract(io.BytesIO(b"---\ntitle: Knie\n---\n\nBuig.\n"), ["pgettext"], [], {})

    assert [("meta:title", "Knie"), "Buig."] == [message for _, _, message, _ in extracted]


@pytest.mark.parametrize(
    ("text", "options", "fact"),
    [
        ("Geen titel.\n", (), "source/knee.md:1: there is no front matter"),
        (KNEE.replace("media/bot.svg", "media/been.svg"), (), "the image 'media/been.svg' is not there"),
        (KNEE + "\nZie @wie.\n", (), "'wie' is not in source/references.json"),
        (KNEE, ("--no-default-keywords", "-k", "_"), "Babel is not to look for pgettext, so contexts are lost"),
    ],
)
def test_what_is_wrong_is_said_in_our_words_without_a_traceback(
    text: str, options: tuple[str, ...], fact: str, project: Path
) -> None:
    (project / "source/knee.md").write_text(text, "utf-8")
    done = pybabel(project, *options)

    assert 1 == done.returncode
    assert fact in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("config", "fact"),
    [
        ("[polyleaf: source/**.md]\nencoding = latin-1\n", "the method polyleaf has no option 'encoding'"),
        ("[polyleaf: **.cfg]\n", "babel.cfg: polyleaf does not read .cfg"),
    ],
)
def test_a_wrong_line_in_the_settings_of_babel_is_named(config: str, fact: str, project: Path) -> None:
    (project / "babel.cfg").write_text(config, "utf-8")
    done = pybabel(project)

    assert (1, True) == (done.returncode, fact in done.stderr)
