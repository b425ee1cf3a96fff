"""Words in, sentences out, exit codes; what happens with bad input stands in test_bad_input.py."""

from __future__ import annotations

import contextlib
import io
import json
import os
import pty
import subprocess
import sys
import threading
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import support
from polyleaf import cli
from polyleaf.checks.registry import CHECKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LEAFLET = "---\ntitle: Knie\n---\n\nBuig de knie.\n"
COMMANDS = (
    "acknowledge",
    "build",
    "check",
    "extract",
    "import",
    "readability",
    "review",
    "reword",
    "sign",
    "status",
    "update",
)


@pytest.fixture
def project(new_project: Callable[..., Path]) -> Path:
    return new_project({"source/knie.md": LEAFLET})


@pytest.fixture
def translated(project: Path) -> Path:
    """The project with its title translated, and all else not."""
    assert 0 == cli.run(["update", "-q"])
    po = project / "locales/en/LC_MESSAGES/knie.po"
    po.write_text(po.read_text("utf-8").replace('msgid "Knie"\nmsgstr ""', 'msgid "Knie"\nmsgstr "Knee"'), "utf-8")
    return project


class Terminal:
    """A real terminal, read all the time, since it holds a few lines only."""

    def __init__(self) -> None:
        try:
            self._reader, writer = pty.openpty()
        except OSError as error:  # an empty machine may have no pseudo-terminals mounted
            pytest.skip(f"this machine has no terminals: {error}")
        self.stream = os.fdopen(writer, "w", encoding="utf-8")
        self._chunks: list[bytes] = []
        self._listener = threading.Thread(target=self._listen)
        self._listener.start()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):  # which is how the end of a terminal reads
            while chunk := os.read(self._reader, 4096):
                self._chunks.append(chunk)

    def run(self, *argv: str, alone: bool = False) -> int:
        """Run the command with this terminal for what is said on the side, and for all of it if it is *alone*."""
        with contextlib.redirect_stderr(self.stream), contextlib.ExitStack() as more:
            if alone:
                more.enter_context(contextlib.redirect_stdout(self.stream))
            return cli.run(argv)

    def shown(self) -> str:
        """Close the terminal and return everything that was shown there."""
        self.stream.close()
        self._listener.join()
        return b"".join(self._chunks).decode().replace("\r\n", "\n")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    pseudo_terminal = Terminal()
    yield pseudo_terminal
    pseudo_terminal.shown()


def test_a_build_says_what_it_made(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == cli.run(["build"])
    assert "made build/nl/knie.html\nmade build/en/knie.html\n" == capsys.readouterr().out
    assert (project / "build/en/knie.html").is_file()


@pytest.mark.usefixtures("project")
def test_what_somebody_should_know_is_said_on_the_side(capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["build", "-q"])

    warning = "warning: locales/en/LC_MESSAGES/knie.po: 2 texts not translated"
    assert capsys.readouterr().err.startswith(warning)


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("command", ["build", "extract", "update"])
def test_a_quiet_command_says_nothing_of_what_it_did(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    cli.run([command, "--quiet"])

    assert "" == capsys.readouterr().out


def test_a_build_can_be_of_one_leaflet_language_and_format(project: Path) -> None:
    support.project(project, {"source/enkel.md": LEAFLET})

    assert 0 == cli.run(["build", "knie", "-l", "nl", "-f", "html", "-f", "html", "-q"])
    assert ["build/nl/knie.html"] == [str(file.relative_to(project)) for file in project.glob("build/*/*")]


def test_a_build_can_go_elsewhere(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == cli.run(["build", "-l", "nl", "-o", "my site/here"])
    assert "made my site/here/nl/knie.html\n" == capsys.readouterr().out
    assert (project / "my site/here/nl/knie.html").is_file()
    assert not (project / "build").exists()


def test_a_leaflet_may_have_a_space_in_its_name(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.project(project, {"source/mijn knie.md": LEAFLET})

    assert 0 == cli.run(["update", "mijn knie", "-q"])
    assert 0 == cli.run(["build", "mijn knie", "-l", "nl", "-f", "html", "-f", "epub"])
    assert "made build/nl/mijn knie.epub\nmade build/nl/mijn knie.html\n" == capsys.readouterr().out


@pytest.mark.usefixtures("project")
def test_a_terminal_shows_how_far_a_build_is(terminal: Terminal, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == terminal.run("build")

    assert "making leaflets" in terminal.shown()
    assert "made build/nl/knie.html\nmade build/en/knie.html\n" == capsys.readouterr().out


@pytest.mark.usefixtures("project")
def test_on_one_terminal_the_lines_stand_above_the_bar(terminal: Terminal) -> None:
    terminal.run("build", alone=True)

    output = terminal.shown()
    assert output.index("making leaflets") < output.index("made build/en/knie.html") < output.index("warning: ")
    assert "2/2" in output


@pytest.mark.usefixtures("project")
def test_a_quiet_build_shows_no_bar(terminal: Terminal) -> None:
    assert 0 == terminal.run("build", "-l", "nl", "-q")

    assert "" == terminal.shown()


@pytest.mark.usefixtures("project")
def test_colours_are_for_terminals(terminal: Terminal) -> None:
    terminal.run("build", "-q")

    assert "\x1b[33mwarning: " in terminal.shown()


@pytest.mark.usefixtures("project")
def test_who_wants_no_colour_gets_none(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    terminal.run("build", "-q")

    output = terminal.shown()
    assert "warning: " in output
    assert not any(f"\x1b[{code}" in output for code in ("3", "1;3", "9", "4"))


@pytest.mark.usefixtures("project")
def test_nothing_but_plain_lines_goes_into_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["build"])

    captured = capsys.readouterr()
    assert "\x1b" not in captured.out + captured.err
    assert "making leaflets" not in captured.out + captured.err


@pytest.mark.usefixtures("project")
def test_an_update_says_what_it_wrote_and_then_that_nothing_changed(capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["update"])
    first = capsys.readouterr().out
    cli.run(["update"])

    assert "wrote locales/knie.pot\nwrote locales/en/LC_MESSAGES/knie.po\n" == first
    assert "nothing to change\n" == capsys.readouterr().out


def test_an_extract_writes_the_template_alone(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == cli.run(["extract"])
    assert "wrote locales/knie.pot\n" == capsys.readouterr().out
    assert ["knie.pot"] == [file.name for file in project.glob("locales/**/*.*")]


@pytest.mark.law
@pytest.mark.usefixtures("translated")
def test_the_status_is_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == cli.run(["status", "-l", "en"])

    head, row, unchecked = (line.split() for line in capsys.readouterr().out.strip().split("\n"))
    assert ["not", "looked", "at:", "en:"] == unchecked[:4]
    assert ["translated", "words", "safety", "fuzzy", "missing"] == head[3:8]
    assert ["knie", "en", "draft", "1/2", "1/4", "0/0", "0", "1"] == row[:8]


@pytest.mark.law
@pytest.mark.usefixtures("translated")
def test_the_status_can_be_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == cli.run(["status", "--json"])

    source, translation = json.loads(capsys.readouterr().out)["states"]
    assert {"leaflet": "knie", "language": "nl", "printed": "draft", "releasable": False}.items() <= source.items()
    amounts = {"units": 2, "translated": 1, "fuzzy": 0, "missing": 1, "words": 4, "words_translated": 1}
    assert amounts.items() <= translation["amounts"].items()


@pytest.mark.law
@pytest.mark.usefixtures("translated")
def test_a_check_says_what_it_found_and_where(capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["build", "-q"])
    capsys.readouterr()
    cli.run(["check"])

    captured = capsys.readouterr()
    assert "locales/en/LC_MESSAGES/knie.po:" in captured.err
    assert "[missing]" in captured.err
    assert captured.out.startswith("1 finding\nnot looked at: ")


@pytest.mark.law
@pytest.mark.usefixtures("translated")
def test_findings_can_be_json(capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["build", "-q"])
    capsys.readouterr()
    code = cli.run(["check", "--json"])

    captured = capsys.readouterr()
    (finding,) = json.loads(captured.out)["findings"]
    assert {"check", "location", "message", "severity", "hint", "source", "translation"} == set(finding)
    assert "missing" == finding["check"]
    assert int(finding["severity"] == "error") == code
    assert "" == captured.err


def test_a_check_fails_when_a_source_has_an_error(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.project(project, {"source/knie.md": LEAFLET + "\n# Staan\n\n### Zitten\n"})

    assert 1 == cli.run(["check", "-q"])
    assert "error: source/knie.md:9: " in capsys.readouterr().err
    assert 1 == cli.run(["check", "--json"])


def test_a_check_that_finds_nothing_says_so(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.project(project, {}, support.SETTINGS.replace('"nl", "en"', '"nl"'))
    cli.run(["build", "-q"])

    assert 0 == cli.run(["check"])
    assert capsys.readouterr().out.startswith("nothing found\nnot looked at: ")


def test_every_check_can_be_listed_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)

    assert 0 == cli.run(["check", "--list"])
    lines = capsys.readouterr().out.splitlines()
    headings = [line for line in lines if line and not line.startswith("    ")]
    assert list(CHECKS) == [heading.partition(" (")[0] for heading in headings]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("option", ["-h", "--help"])
def test_every_command_has_help_with_examples(command: str, option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == cli.run([command, option])
    assert f"Examples:\n    polyleaf {command}" in capsys.readouterr().out


def test_the_help_names_every_command_and_the_completion(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == cli.run(["--help"])
    output = capsys.readouterr().out
    assert [] == [command for command in COMMANDS if f"\n  {command} " not in output]
    assert "_POLYLEAF_COMPLETE=bash_source polyleaf" in output


def test_without_a_command_there_is_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert 2 == cli.run([])
    assert "Usage: polyleaf" in capsys.readouterr().err


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    assert 0 == cli.run(["--version"])
    assert f"polyleaf, version {metadata.version('polyleaf')}\n" == capsys.readouterr().out


@pytest.mark.parametrize(("words", "word"), [("polyleaf bu", "build"), ("polyleaf build --lang", "--language")])
def test_the_shell_completes_words(
    words: str, word: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("_POLYLEAF_COMPLETE", "bash_complete")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(words.count(" ")))

    assert 0 == cli.run([])
    assert f"plain,{word}\n" == capsys.readouterr().out


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_shell_is_told_how_to_complete(
    shell: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("_POLYLEAF_COMPLETE", f"{shell}_source")

    assert 0 == cli.run([])
    assert f"_POLYLEAF_COMPLETE={shell}_complete" in capsys.readouterr().out


@pytest.mark.usefixtures("project")
def test_what_a_file_says_does_not_act_on_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    cli.run(["build", "\x1b[2J\x9bx"])

    errors = capsys.readouterr().err
    assert "\x1b" not in errors
    assert "\x9b" not in errors


def test_square_brackets_are_said_as_they_are(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    support.project(project, {"source/knie.md": LEAFLET + "\n[dit](#[red]x)\n"})

    cli.run(["build"])

    assert "#%5Bred%5Dx" in capsys.readouterr().err.replace("[", "%5B").replace("]", "%5D")


def test_the_command_ends_with_its_exit_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)

    with pytest.raises(SystemExit) as caught:
        cli.main(["build"])

    assert 3 == caught.value.code


def test_a_terminal_that_cannot_show_a_letter_gets_its_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), "ascii")
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.chdir(support.project(tmp_path, {"source/knie.md": "---\nkn\u012be: x\n---\n"}))

    with pytest.raises(SystemExit):
        cli.main(["build"])

    stream.flush()
    assert b"'kn\\u012be' is not a key" in stream.buffer.getvalue()


@pytest.mark.law
def test_python_runs_the_package_as_the_command(tmp_path: Path) -> None:
    process = subprocess.run(
        [sys.executable, "-m", "polyleaf", "build"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert 3 == process.returncode
    assert process.stderr.startswith("Error: pyproject.toml: there is no such file")


@pytest.mark.law
def test_a_reader_who_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    process = subprocess.run(
        [sys.executable, "-m", "polyleaf", "check", "--list"],
        cwd=tmp_path,
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)

    assert "" == process.stderr
