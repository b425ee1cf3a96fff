"""The way into the command."""

from __future__ import annotations

import builtins
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from polyleaf import __main__ as entry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SCRIPT = """
import sys
from polyleaf import cli
cli.leave_current_folder_out()
code = cli.run(sys.argv[1:])
print("MODULES", *sys.modules)
sys.exit(code)
"""
COMPLETE = {"_POLYLEAF_COMPLETE": "zsh_complete", "COMP_WORDS": "polyleaf bu", "COMP_CWORD": "1"}
HEAVY = {"cffi", "concurrent", "email", "importlib.metadata", "multiprocessing", "platformdirs", "rich", "subprocess"}
COMMANDS = {"acknowledge", "build", "catalogs", "check", "clean", "import_", "merge_driver", "review", "sign", "status"}


def find_modules(word: str, variables: Mapping[str, str]) -> set[str]:
    """Return the modules that are loaded when `polyleaf` with *word* ends."""
    words, environment = [sys.executable, "-c", SCRIPT, word], {**os.environ, **variables}
    done = subprocess.run(words, env=environment, check=True, capture_output=True, text=True)
    return set(done.stdout.partition("MODULES")[2].split())


def test_the_command_is_loaded_and_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["polyleaf", "build"])

    with pytest.raises(SystemExit) as caught:
        entry.main()

    assert 3 == caught.value.code


def test_an_interrupt_while_it_loads_is_quiet(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    load = builtins.__import__

    def interrupted(name: str, *more: Any) -> Any:
        if name == "polyleaf":
            raise KeyboardInterrupt
        return load(name, *more)

    monkeypatch.setattr(builtins, "__import__", interrupted)

    with pytest.raises(SystemExit) as caught:
        entry.main()

    assert 130 == caught.value.code
    assert ("", "") == capsys.readouterr()


def test_a_signal_while_python_exits_ends_it_without_a_word() -> None:
    program = "import atexit, os, signal; atexit.register(os.kill, os.getpid(), signal.SIGTERM)\n"
    program += "import sys; from polyleaf.__main__ import main; sys.argv = ['polyleaf', '--version']; main()"

    process = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert (-signal.SIGTERM, "") == (process.returncode, process.stderr)


@pytest.mark.law
@pytest.mark.parametrize(("word", "variables"), [("--version", {}), ("--help", {}), ("", COMPLETE)])
def test_what_only_some_commands_need_is_not_loaded_with_every_command(word: str, variables: dict[str, str]) -> None:
    modules = find_modules(word, variables)

    assert set() == HEAVY & modules
    outside = {"polyleaf", "polyleaf.cli", "polyleaf.errors", "polyleaf.paths", "polyleaf.quotations"}
    assert (
        set()
        == {name for name in modules if name.startswith("polyleaf") and not name.startswith("polyleaf.cli.")} - outside
    )


@pytest.mark.law
@pytest.mark.parametrize(
    ("word", "variables", "loaded"), [("--version", {}, set()), ("--help", {}, COMMANDS), ("", COMPLETE, {"build"})]
)
def test_a_command_is_loaded_when_it_is_looked_up(word: str, variables: dict[str, str], loaded: set[str]) -> None:
    assert {f"polyleaf.cli.{name}" for name in loaded} == find_modules(word, variables) & {
        f"polyleaf.cli.{name}" for name in COMMANDS
    }
