"""What commands print: nothing that a terminal obeys, no endless line, no endless list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import support
from polyleaf import cli
from polyleaf.cli.output import LONGEST, MOST, Terminal, escape_controls
from polyleaf.errors import CommandError, SourceError, stop_for
from polyleaf.model import Finding, Location, Severity

if TYPE_CHECKING:
    from pathlib import Path

OBEYED = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
HEAD = "---\ntitle: Knie\n---\n\n"

HOSTILE = {
    "an escape in an address": HEAD + "[dit](java&#27;[31mscript:x)\n",
    "a picture as an address": f"{HEAD}![Knie](data:image/png;base64,{'iVBORw0KGgo' * 20_000})\n",
    "a link without end": f"{HEAD}[dit](javascript:{'x' * 50_000})\n",
    "a word without end": f"{HEAD}Buig {'x' * 50_000}**.\n",
    "an attribute without end": f"{HEAD}[dit]{{{'x' * 30_000}=1}}\n",
    "a class that turns": f"{HEAD}[dit]{{.a&#x202e;b}}\n",
    "HTML without end": f"{HEAD}Buig <b onclick='{'x' * 30_000}'>niet</b>.\n",
    "a title that acts": '---\ntitle: "a\\e[31mb"\n---\n\nBuig.\n',
    "a key without end": f"---\ntitle: Knie\n{'k' * 30_000}: x\n---\n\nBuig.\n",
    "a key that turns": '---\ntitle: Knie\n"\\u202eab": x\n---\n\nBuig.\n',
    "an image that turns": HEAD + "![Knie](a\u2066b\u2069c.xyz)\n",
    "a box without end": f"{HEAD}::: {'x' * 30_000}\nBuig.\n:::\n",
    "a formula without end": f"{HEAD}Reken \\\\(\\frac{{a}}{{{'b+' * 20_000}c}}\\\\).\n",
    "words in a formula": f"{HEAD}Reken \\\\({'woord ' * 9_000}\\\\).\n",
    "a row without end": f"{HEAD}| a | b |\n|---|---|\n| {'c | ' * 9_000} d |\n",
    "a note without end": f"{HEAD}Buig.[^{'x' * 30_000}]\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_no_source_makes_a_terminal_obey_or_fills_it(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(support.project(tmp_path, {"source/knie.md": HOSTILE[name]}))

    assert cli.run(["build", "-l", "nl"]) in {1, 4}
    lines = [line for stream in capfd.readouterr() for line in stream.split("\n")]
    assert not [line for line in lines if OBEYED.search(line)]
    assert 400 > max(map(len, lines))


@pytest.mark.law
@given(st.text(max_size=200))
def test_what_is_printed_has_no_character_that_a_terminal_obeys(text: str) -> None:
    assert not OBEYED.search(escape_controls(text))


def test_a_line_has_an_end() -> None:
    lines = escape_controls(f"{'x' * 200_000}\n{'Buig de knie. ' * 30_000}\nBuig.").split("\n")

    assert [True, True, False] == [line.endswith("…") for line in lines]
    assert LONGEST + 1 == len(lines[0])


def test_a_wrong_option_does_not_act_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == cli.run(["build", "-f", "\x1b[31mpdf"])
    assert not OBEYED.search(capsys.readouterr().err)


def test_many_findings_of_a_kind_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    many = [Finding("ragged", Location("a.pdf", line), "x", Severity.WARNING) for line in range(MOST + 7)]
    terminal = Terminal(quiet=True)

    assert 1 == terminal.show_findings([*many, Finding("parted", Location("b.pdf"), "y", Severity.ERROR)])
    lines = capsys.readouterr().err.splitlines()
    assert MOST + 2 == len(lines)
    assert "error: b.pdf: y [parted]" in lines
    assert "warning: 7 more [ragged]" == lines[-1]


def test_many_errors_are_counted() -> None:
    with pytest.raises(SourceError) as caught:
        stop_for([SourceError(f"a.md:{line}: no") for line in range(60)])

    assert caught.value.message.endswith("a.md:49: no\nand 10 errors more")
    assert 60 == len(caught.value.parts)


def test_errors_of_two_kinds_keep_their_parts() -> None:
    with pytest.raises(CommandError) as caught:
        stop_for([CommandError("a"), SourceError("b")])

    assert ["a", "b"] == [part.message for part in caught.value.parts]
