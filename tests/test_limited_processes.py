"""Programs within limits: of processor time, of time by the clock, and no longer than the process that started them."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from polyleaf import limited_processes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BUSY = "while True: pass"
ASLEEP = "import os, time; os.fork(); time.sleep(600)"


def run(code: str, content: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return limited_processes.run([sys.executable, "-c", code], content, 1)


def test_what_a_program_writes_is_returned_with_its_exit_code() -> None:
    process = run("import sys; print(sys.stdin.read()); print('b', file=sys.stderr); sys.exit(3)", b"a")

    assert (3, b"a\n", b"b\n") == (process.returncode, process.stdout, process.stderr)


def test_a_program_that_is_busy_is_killed_after_its_processor_time() -> None:
    assert -signal.SIGKILL == run(f"print('a', flush=True)\n{BUSY}").returncode


def test_a_program_that_sleeps_is_killed_by_the_clock_with_what_it_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited_processes, "CLOCK", 1)
    process = run("print('a', flush=True)\n" + ASLEEP)  # both hold the pipes: a child left alone would be waited for

    assert (-signal.SIGKILL, b"a\n") == (process.returncode, process.stdout[:2])


def test_a_limit_of_the_shell_that_is_lower_stays() -> None:
    code = "from polyleaf import limited_processes as l; import sys; print(l.run(['true'], b'', 99).returncode)"
    command = ["bash", "-c", f'ulimit -t 9; "{sys.executable}" -c "{code}"']

    assert "0\n" == subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_a_program_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        limited_processes.run(["/nowhere/pandoc"], b"", 1)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no signal says that a parent ended")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_program_ends_when_its_parent_is_killed(tmp_path: Path, number: int) -> None:
    child = f"import os, time; open({str(tmp_path / 'id')!r}, 'w').write(str(os.getpid()) + '.'); time.sleep(60)"
    code = f"from polyleaf import limited_processes as l; import sys; l.run([sys.executable, '-c', {child!r}], b'', 60)"
    with subprocess.Popen([sys.executable, "-c", code]) as parent:
        identifier = wait_for(tmp_path / "id")
        parent.send_signal(number)
    end = time.monotonic() + 5
    while is_running(identifier) and time.monotonic() < end:
        time.sleep(0.01)

    assert not is_running(identifier)


def loop() -> None:
    while True:
        pass


def catching() -> None:
    with contextlib.suppress(BaseException):
        loop()


def failing() -> None:
    try:
        loop()
    except BaseException as error:
        raise ValueError from error


@pytest.mark.parametrize("library", [loop, catching, failing])
def test_what_takes_too_long_is_ended_and_what_is_around_it_goes_on(library: Callable[[], None]) -> None:
    with limited_processes.time_limit(30):
        with pytest.raises(limited_processes.TimeExceededError):
            call_briefly(library)
        around = signal.getitimer(signal.ITIMER_VIRTUAL)[0]

    assert 25 < around <= 31
    assert (0.0, 0.0) == signal.getitimer(signal.ITIMER_VIRTUAL)


def call_briefly(library: Callable[[], None]) -> None:
    with limited_processes.time_limit(0.1):
        library()


def test_there_is_no_limit_in_another_thread() -> None:
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(limited_processes.time_limit(0.01).__enter__).result() is None


def wait_for(file: Path) -> int:
    """Return the number that is written into *file*, which ends with a dot when it is all there."""
    while not (file.exists() and file.read_text().endswith(".")):
        time.sleep(0.01)
    return int(float(file.read_text()))


def is_running(identifier: int) -> bool:
    status = Path(f"/proc/{identifier}/stat")
    try:
        os.kill(identifier, 0)
        return status.read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_no_error_is_raised_inside_what_a_tracer_calls_with_its_lock() -> None:
    """An error there would leave the lock of coverage locked, and the next call would wait for ever."""
    calls: list[str] = []
    names: dict[str, Any] = {"__name__": limited_processes.OBSERVERS[0], "calls": calls, "clock": time.process_time}
    exec("def trace(end):\n  while clock() < end: pass\n  calls.append('released')", names)  # noqa: S102 - our own

    def work() -> None:
        names["trace"](time.process_time() + 0.3)
        calls.append("after")
        loop()

    with pytest.raises(limited_processes.TimeExceededError), limited_processes.time_limit(0.1):
        work()

    assert ["released", "after"] == calls


ANSWERS = """
import os, sys, time
for line in sys.stdin:
    answer = str(eval(line))
    print(answer, flush=True)
    print(f"\\x04{time.process_time()}", file=sys.stderr, flush=True)
"""
"""A coprocess that evaluates lines of Python."""


@pytest.fixture
def coprocess() -> Iterator[limited_processes.Coprocess]:
    coprocess = limited_processes.Coprocess([sys.executable, "-c", ANSWERS])
    yield coprocess
    coprocess.close()


def test_a_coprocess_answers_one_request_after_another(coprocess: limited_processes.Coprocess) -> None:
    answers = [coprocess.ask(request, 9) for request in (b"os.getpid()", b"'\\xff' * 9_000_000", b"os.getpid()")]

    assert answers[0] == answers[2]
    assert 9_000_000 == len(answers[1].line.decode())
    assert [None] * 3 == [answer.exit_code for answer in answers]


def test_what_a_coprocess_says_beside_its_answer_belongs_to_one_request(coprocess: limited_processes.Coprocess) -> None:
    assert b"a\n" == coprocess.ask(b"print('a', file=sys.stderr)", 9).errors
    assert b"" == coprocess.ask(b"1", 9).errors


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (b"[1 for _ in iter(int, 1)]", {-signal.SIGXCPU, -signal.SIGKILL}),
        (b"os._exit(3)", {3}),
        (b"os.kill(os.getpid(), 9)", {-signal.SIGKILL}),
    ],
)
def test_a_coprocess_that_ends_is_started_again(
    coprocess: limited_processes.Coprocess, request_: bytes, expected: set[int]
) -> None:
    first = coprocess.ask(b"os.getpid()", 9)

    assert coprocess.ask(request_, 1).exit_code in expected
    assert first.line != coprocess.ask(b"os.getpid()", 9).line


@pytest.mark.law
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the clock alone stops it")
def test_each_request_has_the_whole_time(coprocess: limited_processes.Coprocess) -> None:
    busy = b"[1 for _ in iter(lambda end=time.process_time() + 0.7: time.process_time() < end, False)] and 'done'"

    assert [b"done"] * 5 == [coprocess.ask(busy, 1).line for _ in range(5)]


def test_a_coprocess_that_sleeps_is_killed_by_the_clock(
    coprocess: limited_processes.Coprocess, monkeypatch: pytest.MonkeyPatch
) -> None:
    coprocess.ask(b"1", 9)
    monkeypatch.setattr(limited_processes, "CLOCK", 1)

    assert -signal.SIGKILL == coprocess.ask(b"time.sleep(60)", 1).exit_code


def test_a_coprocess_that_died_between_two_requests_is_started_again(coprocess: limited_processes.Coprocess) -> None:
    os.kill(int(coprocess.ask(b"os.getpid()", 9).line), signal.SIGKILL)
    time.sleep(0.2)

    assert b"2" == coprocess.ask(b"1 + 1", 9).line


def test_a_coprocess_that_was_asked_much_is_replaced(
    coprocess: limited_processes.Coprocess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limited_processes, "MOST_BYTES", 100)
    first = coprocess.ask(b"os.getpid()", 9).line

    assert first == coprocess.ask(b"os.getpid()", 9).line
    assert b"1" == coprocess.ask(b"1" + b" " * 100, 9).line
    assert first != coprocess.ask(b"os.getpid()", 9).line


def test_an_error_while_it_waits_ends_the_coprocess(coprocess: limited_processes.Coprocess) -> None:
    first = int(coprocess.ask(b"os.getpid()", 9).line)
    main = threading.main_thread().ident or 0
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background ignores it
    threading.Timer(0.3, lambda: signal.pthread_kill(main, signal.SIGINT)).start()

    with pytest.raises(KeyboardInterrupt):
        coprocess.ask(b"time.sleep(60)", 60)
    signal.signal(signal.SIGINT, handler)
    assert not is_running(first)
    assert b"2" == coprocess.ask(b"1 + 1", 9).line


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_a_process_that_forked_has_a_coprocess_of_its_own(coprocess: limited_processes.Coprocess) -> None:
    first = coprocess.ask(b"os.getpid()", 9).line
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.write(writer, coprocess.ask(b"os.getpid()", 9).line)
        coprocess.close()
        os._exit(0)
    os.waitpid(child, 0)

    assert first == coprocess.ask(b"os.getpid()", 9).line
    assert first != os.read(reader, 99)
    for descriptor in (reader, writer):
        os.close(descriptor)


def test_threads_take_turns(coprocess: limited_processes.Coprocess) -> None:
    with ThreadPoolExecutor(8) as threads:
        answers = threads.map(lambda number: coprocess.ask(b"%d" % number, 9).line, range(200))

        assert [b"%d" % number for number in range(200)] == list(answers)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no signal says that a parent ended")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, 0])
def test_a_coprocess_ends_with_its_parent(tmp_path: Path, number: int) -> None:
    code = (
        "from polyleaf.limited_processes import Coprocess; import sys, time\n"
        f"coprocess = Coprocess([sys.executable, '-c', {ANSWERS!r}])\n"
        f"open({str(tmp_path / 'id')!r}, 'w').write(coprocess.ask(b'os.getpid()', 9).line.decode() + '.')\n"
        f"time.sleep({60 if number else 0})"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as parent:
        identifier = wait_for(tmp_path / "id")
        if number:
            parent.send_signal(number)
    end = time.monotonic() + 5
    while is_running(identifier) and time.monotonic() < end:
        time.sleep(0.01)

    assert not is_running(identifier)


def test_a_coprocess_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        limited_processes.Coprocess(["/nowhere/pandoc"]).ask(b"", 1)


class Dying:
    def __del__(self) -> None:
        end = time.process_time() + 0.3
        while time.process_time() < end:
            pass


def test_no_error_is_raised_while_something_is_thrown_away() -> None:
    def throw_away() -> None:
        Dying()  # an error in `__del__` is printed and lost: pytest fails for it
        loop()

    with pytest.raises(limited_processes.TimeExceededError), limited_processes.time_limit(0.1):
        throw_away()
