"""Standard streams that are closed, full, or read by nobody, and a limit of open files: one line, and an exit code."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import support
from polyleaf import cli
from polyleaf.cli import streams

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FULL = "/dev/full"
COMMANDS = ("status", "status --json", "--help", "build -f html")

pytestmark = [
    pytest.mark.law,
    pytest.mark.skipif(not os.path.exists(FULL), reason="there is no device that is full"),  # noqa: PTH110
]


@pytest.fixture
def run(tmp_path: Path) -> Callable[[str, str], subprocess.CompletedProcess[str]]:
    """Run a command in a project, with redirections of the shell."""
    support.project(tmp_path, {"source/knee.md": "---\ntitle: Knie\n---\n\nBuig.\n"})
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONUNBUFFERED"}

    def run(command: str, redirections: str) -> subprocess.CompletedProcess[str]:
        words = ["sh", "-c", f'exec "$0" -P -m polyleaf {command} {redirections}', sys.executable]
        return subprocess.run(words, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    return run


@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_output_is_one_error(command: str, run: Callable[..., subprocess.CompletedProcess[str]]) -> None:
    done = run(command, f">{FULL}")

    assert 6 == done.returncode
    assert "standard output, or another file: No space left on device\nFree what there is too little of" in done.stderr
    assert 1 == done.stderr.count("Error: ")
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


def test_when_no_stream_can_be_written_the_exit_code_says_so(
    run: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    assert 6 == run("status", f">{FULL} 2>&1").returncode


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", "<&- >&- 2>&-"])
def test_a_build_with_closed_streams_is_a_build(
    closed: str, tmp_path: Path, run: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    done = run("build -f html", closed)

    assert 0 == done.returncode
    assert "Traceback" not in done.stderr
    assert "Error" not in done.stderr
    for language in ("nl", "en"):
        assert (tmp_path / "build" / language / "knee.html").read_text("utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("command", ["status", "status --json", "build -f html"])
def test_a_command_that_nobody_reads_stops_quietly(
    command: str, tmp_path: Path, run: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    done = run(command, f"3<>'{pipe}' 4>'{pipe}' 3<&- >&4 4>&-")

    assert (141, "") == (done.returncode, done.stderr)


def test_too_few_open_files_are_told_before_anything_is_done(
    new_project: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    new_project({"source/knee.md": "---\ntitle: Knie\n---\n\nBuig.\n"})

    def refuse(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr(resource, "getrlimit", lambda _: (20, 20))
    monkeypatch.setattr(resource, "setrlimit", refuse)

    assert 6 == cli.run(["build"])
    assert (
        "Error: no more than 20 files may be open here at once, and polyleaf needs 64\nRaise the limit: ulimit -n 256\n"
        == capsys.readouterr().err
    )


def test_a_limit_of_this_process_alone_is_raised() -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (40, before[1]))
        streams.allow_files()
        assert streams.FILES == resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
