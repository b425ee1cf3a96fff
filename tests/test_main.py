"""The way into the command."""

from __future__ import annotations

import builtins
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from polyleaf import __main__ as entry

if TYPE_CHECKING:
    from pathlib import Path


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
