# ruff: noqa: T201 - `serve` answers on standard output
"""Commands as processes that are killed, or that run at once: a project for each, and what must be true afterwards.

Processes are known by a variable in their environment, which those that they start inherit.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import support
from polyleaf import cli, paths
from polyleaf.catalogs import po
from polyleaf.provenance import manifest
from polyleaf.release import signoff_file

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from random import Random

    import pytest

MARK = "POLYLEAF_TEST_RUN"
LATEST = 5.0
"""Seconds after which no process may be left; on a slow computer as many as the command takes there.

A fork server that still loads its modules ends when they are loaded."""

LONGEST = 120.0
"""Seconds after which a command hangs."""

SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGKILL)
SHARES = {"main": 1.0, "worker": 0.06, "server": 0.1, "pandoc": 0.01}
"""After which part of the time of the command, at the latest, one of its processes is killed once it is there."""

SETTINGS = support.SETTINGS.replace('["html"]', '["html", "pdf"]')
TEXT = "Gebruik dit niet bij koorts van 38 graden, en bel dan uw huisarts."
ENGLISH = "Avoid this if you have a fever of 38 degrees, and call your GP."
WRONG = "Use this if you have a fever of 38 degrees, and call your GP."
TEXTS = {
    "Knie": "Knee",
    "Koorts": "Fever",
    "Buig dan elke dag de knie heel langzaam.": "Then bend the knee very slowly every day.",
    TEXT: ENGLISH,
}
BODY = f"# Koorts {{#koorts}}\n\n{TEXT}\n\nBuig dan elke dag de knie heel langzaam.\n"
GERMAN = (
    "<!DOCTYPE html><html lang=de><title>Knie</title><body><h1>Knie</h1><h2>Fieber</h2>"
    "<p>Verwenden Sie das nicht bei Fieber von 38 Grad, und rufen Sie dann Ihren Hausarzt an.</p>"
    "<p>Beugen Sie dann jeden Tag das Knie ganz langsam.</p></body></html>"
)
SIGN = ("sign", "-q", "knee", "-l", "en", "--role", "pharmacist", "--yes", "--name")


def say(location: str) -> tuple[str, ...]:
    return ("acknowledge", "-q", location, "negation_differs", "--by", "A. Tester", "--reason", "looked at")


def location(folder: Path, message: str) -> str:
    path = paths.catalog("knee", "en")
    entries = po.parse((folder / path).read_bytes(), str(path))
    return f"{path}:{next(entry.linenum for entry in entries if entry.msgid == message)}"


def edit(folder: Path) -> None:
    """Mend a typo, and write another text, in the source."""
    support.edit(folder, "source/knee.md", "de knie heel langzaam.\n", "uw knie heel langzaam.\n\nStrek haar weer.\n")


def make_german(folder: Path) -> None:
    (folder / "old.html").write_text(GERMAN)
    support.edit(folder, "pyproject.toml", '"en"]', '"en", "de"]')


def make_wrong(folder: Path) -> None:
    support.translate(folder, {TEXT: WRONG})


def nothing(_: Path) -> None:
    """Change nothing."""


COMMANDS: dict[str, tuple[Callable[[Path], None], Callable[[Path], tuple[str, ...]]]] = {
    "build": (nothing, lambda _: ("build", "-q")),
    "update": (edit, lambda _: ("update", "-q")),
    "import": (make_german, lambda _: ("import", "-q", "old.html", "-l", "de", "knee")),
    "sign": (nothing, lambda _: (*SIGN, "A. Tester")),
    "acknowledge": (make_wrong, lambda folder: say(location(folder, TEXT))),
    "reword": (edit, lambda _: ("reword", "-q", "knee", "--all", "--by", "A. Tester")),
}
"""What is changed in the project before, and the words of the command in it."""


def make_project(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Write a project with a leaflet that is translated and signed."""
    support.project(folder, {"source/knee.md": f"---\ntitle: Knie\n---\n\n{BODY}"}, SETTINGS)
    patch.chdir(folder)
    assert 0 == cli.run(["update", "-q"])
    support.translate(folder, TEXTS)
    assert 0 == cli.run([*SIGN, "B. Earlier"])


def serve() -> None:
    """Run commands, each in a fork of this process, in which all modules are loaded: what standard input asks for.

    A line has a request as JSON: the folder, the words, the mark and a file for errors; its answer is the process id.
    That of a process id is its exit code, negative for a signal.
    """
    for line in sys.stdin:
        request = json.loads(line)
        if isinstance(request, int):
            print(os.waitstatus_to_exitcode(os.waitpid(request, 0)[1]), flush=True)
            continue
        process = os.fork()
        if not process:
            _run(*request)
        print(process, flush=True)


def _run(folder: str, words: list[str], mark: str, errors: str) -> NoReturn:
    os.setsid()
    os.environ[MARK] = mark
    os.chdir(folder)
    for name, flags, number in ((os.devnull, os.O_RDWR, 0), (os.devnull, os.O_RDWR, 1), (errors, os.O_RDWR, 2)):
        os.dup2(os.open(name, flags), number)
    for number in (signal.SIGHUP, signal.SIGTERM):  # ignored where the tests run in the background
        signal.signal(number, signal.SIG_DFL)
    cli.main(words)
    raise AssertionError


class Nursery:
    """A process that has run each command but `build` once, and runs them from then on as forks of itself."""

    def __init__(self, project: Path, folder: Path) -> None:
        """Run the commands in copies of *project* in *folder*."""
        warm = "import contextlib, io, kills, sys\nfrom polyleaf import cli\nfrom polyleaf.formats.pdf import layout\n"
        warm += "layout.load_libraries()\nfrom polyleaf.commands import build\n"
        for name, (prepare, words) in COMMANDS.items():
            if name != "build":
                copy = folder / f"warm-{name}"
                shutil.copytree(project, copy)
                prepare(copy)
                warm += f"with contextlib.chdir({str(copy)!r}): assert 0 == cli.run({words(copy)!r})\n"
        search = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
        self._process = subprocess.Popen(
            [sys.executable, "-c", warm + "kills.serve()"],
            env={**os.environ, "PYTHONPATH": search},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._folder = folder

    def ask(self, request: object) -> int:
        """Return the answer to *request*."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def run(self, folder: Path, words: Sequence[str]) -> Run:
        """Begin the command *words* in *folder*."""
        mark = uuid.uuid4().hex
        errors = self._folder / f"{mark}.err"
        errors.touch()
        return Run(self, folder, mark, errors, self.ask([str(folder), list(words), mark, str(errors)]))

    def close(self) -> None:
        """End it."""
        self._process.communicate()


@dataclass(frozen=True)
class Run:
    """A command that runs in *folder* as the process *main*, in a session of its own."""

    nursery: Nursery
    folder: Path
    mark: str
    errors: Path
    main: int

    def is_running(self) -> bool:
        """Tell whether *main* has not ended."""
        return read_stat(self.main)[0] != "Z"

    def find(self, kind: str) -> int | None:
        """Wait for a process of this *kind* and return its id; None when the command ends before there is one."""
        while self.is_running():
            for number in self._descend(self.main):
                with contextlib.suppress(OSError):
                    if self._kind(number) == kind:
                        return number
            time.sleep(0.005)
        return None

    def _kind(self, number: int) -> str:
        command = Path(f"/proc/{number}/cmdline").read_bytes()
        if b"forkserver" in command:
            return "server" if read_stat(number)[1] == self.main else "worker"
        return Path(f"/proc/{number}/comm").read_text().strip()

    def _descend(self, parent: int) -> Iterator[int]:
        """Yield the processes that *parent* has started, and those that they have."""
        with contextlib.suppress(OSError):
            for thread in Path(f"/proc/{parent}/task").iterdir():
                for child in map(int, (thread / "children").read_text().split()):
                    yield child
                    yield from self._descend(child)

    def end(self) -> tuple[int, str]:
        """Wait for its end; return the exit code, and what it wrote to standard error."""
        deadline = time.monotonic() + LONGEST
        while self.is_running() and time.monotonic() < deadline:
            time.sleep(0.005)
        if self.is_running():
            os.kill(self.main, signal.SIGKILL)
        code = self.nursery.ask(self.main)
        errors = self.errors.read_text(errors="replace")
        self.errors.unlink()
        return code, errors

    def left(self, seconds: float) -> list[str]:
        """Return the command lines of what still lives after so many *seconds*, and end it."""
        deadline = time.monotonic() + seconds
        while (living := self._list_marked()) and time.monotonic() < deadline:
            time.sleep(0.02)
        for number in living:
            os.kill(number, signal.SIGKILL)
        return list(living.values())

    def _list_marked(self) -> dict[int, str]:
        marked = {}
        for entry in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if f"{MARK}={self.mark}".encode() in (entry / "environ").read_bytes().split(b"\0"):
                    marked[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()[:60]
        return marked


def read_stat(number: int) -> tuple[str, int]:
    """Return the state and the parent of a process: `proc_pid_stat(5)`."""
    state, parent, *_ = Path(f"/proc/{number}/stat").read_text(errors="replace").rpartition(") ")[2].split()
    return state, int(parent)


def kill(run: Run, target: str, number: signal.Signals, delay: float) -> bool:
    """Send signal *number* to a process of *run* after *delay* seconds; tell whether there was one."""
    process = run.main if target == "main" else run.find(target)
    if process is None:
        return False
    time.sleep(delay)
    try:
        was_there = read_stat(process)[0] != "Z"
        os.kill(process, number)
    except (OSError, ProcessLookupError):
        return False
    return was_there


def read_people(folder: Path) -> tuple[set[str], set[str], set[str]]:
    """Return the translations, the lines of comments in catalogs, and the names in sign-offs; all files are whole."""
    texts: set[str] = set()
    comments: set[str] = set()
    names: set[str] = set()
    for file in sorted(folder.glob("locales/**/*.po*")):
        for entry in po.parse(file.read_bytes(), str(file)):
            texts.add(entry.msgstr)
            comments.update(entry.tcomment.split("\n"))
    for file in sorted(folder.glob("source/*.sign-offs.toml")):
        names.update(row.name for row in signoff_file.read(file.read_bytes(), str(file)))
    return texts, comments, names


def read_files(folder: Path) -> dict[str, bytes]:
    """Return the files in *folder* by path, catalogs without their dates."""
    contents = {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    return {
        name: b"\n".join(row for row in content.split(b"\n") if b"-Date: " not in row) if ".po" in name else content
        for name, content in contents.items()
    }


def find_faults(run: Run, trial: Trial, replaced: Collection[str] = ()) -> list[str]:
    """Wait for the end of *run*, in a copy of *trial*; return what is left, lost, half written or recorded wrongly.

    Texts in *replaced* may be gone.
    """
    code, errors = run.end()
    faults = [f"{code}: {errors}"] * (code in {1, 2} or "Traceback" in errors)
    faults += [f"left: {command}" for command in run.left(max(LATEST, trial.seconds))]
    for kept, now in zip(read_people(trial.before), read_people(run.folder), strict=True):
        faults += [f"lost: {text}" for text in kept - now - set(replaced)]
    built = {name: content for name, content in read_files(run.folder / "build").items() if ".polyleaf-" not in name}
    undisturbed = read_files(trial.after / "build")
    records = {"manifest.json", "SHA256SUMS"}
    faults += [
        f"half: {name}" for name, content in built.items() if name not in records and content != undisturbed[name]
    ]
    entries = manifest.read(built.get("manifest.json"))
    return faults + [
        f"recorded: {name}" for name, entry in entries.items() if entry["sha256"] != manifest.digest(built[name])
    ]


def save_during_update(trial: Trial, folder: Path, random: Random) -> list[str]:
    """Save a translation, as an editor does, while `update` runs in *folder*; return what is wrong afterwards."""
    run = trial.begin(folder)
    time.sleep(random.uniform(0, trial.seconds))
    support.translate(folder, {"Knie": "Knee of somebody"})
    faults = find_faults(run, trial, {"Knee"})
    return faults + ["lost: what was saved"] * ("Knee of somebody" not in read_people(folder)[0])


def sign_twice(trial: Trial, folder: Path, random: Random) -> list[str]:
    """Sign twice at once in *folder*; return what is wrong afterwards."""
    run = trial.begin(folder)
    time.sleep(random.uniform(0, trial.seconds / 4))
    other = trial.nursery.run(folder, [*SIGN, "C. Other"])
    faults = find_faults(run, trial) + find_faults(other, trial)
    return faults + [f"lost: {name}" for name in {"A. Tester", "C. Other"} - read_people(folder)[2]]


def acknowledge_and_reword(trial: Trial, folder: Path, random: Random) -> list[str]:
    """Run both at once in *folder*, the project of `reword` with a wrong translation; return what is wrong."""
    shutil.copytree(trial.before, folder)
    make_wrong(folder)
    words = {"reword": COMMANDS["reword"][1](folder), "ok": say(location(folder, TEXT))}
    runs = {}
    for name in random.sample(sorted(words), 2):
        runs[name] = trial.nursery.run(folder, words[name])
        time.sleep(random.uniform(0, trial.seconds / 4))
    outcomes = {name: run.end() for name, run in runs.items()}
    texts, comments, _ = read_people(folder)
    lost = {TEXTS[message] for message in TEXTS if message != TEXT} | {WRONG}
    faults = [f"lost: {text}" for text in lost - texts]
    for name, (code, errors) in outcomes.items():
        if code == 0:
            faults += [f"lost: {name}"] * (not any(line.startswith(f"polyleaf: {name}") for line in comments))
        elif name == "reword" or "finds nothing there" not in errors:  # the lines of a catalogue have moved
            faults.append(f"{name}: {code}: {errors}")
    return faults


@dataclass(frozen=True)
class Trial:
    """The command *name*, its project *before* and *after* a run that nobody disturbs, which took so many *seconds*."""

    nursery: Nursery
    name: str
    before: Path
    after: Path
    seconds: float

    @classmethod
    def prepare(cls, nursery: Nursery, name: str, project: Path, folder: Path) -> Trial:
        """Copy *project* into *folder* and run the command there."""
        before, after = folder / f"{name}-before", folder / f"{name}-after"
        shutil.copytree(project, before)
        COMMANDS[name][0](before)
        times = []
        for copy in (folder / f"{name}-first", after):
            shutil.copytree(before, copy)
            began = time.monotonic()
            code, errors = nursery.run(copy, COMMANDS[name][1](copy)).end()
            times.append(time.monotonic() - began)
            assert 0 == code, errors
        return cls(nursery, name, before, after, min(times))

    def begin(self, folder: Path) -> Run:
        """Begin the command in *folder*, which becomes a copy of the project if it is none yet."""
        if not folder.exists():
            shutil.copytree(self.before, folder)
        return self.nursery.run(folder, COMMANDS[self.name][1](self.before))

    def hurt(self, folder: Path, target: str, number: signal.Signals, random: Random) -> tuple[bool, list[str]]:
        """Run the command in *folder*, kill *target*; return whether it was there, and what is wrong then."""
        run = self.begin(folder)
        was_hit = kill(run, target, number, random.uniform(0, SHARES[target] * self.seconds))
        return was_hit, find_faults(run, self)

    def finish(self, folder: Path) -> list[str]:
        """Run the command in *folder* to its end; return what is wrong, and what is not as in *after*."""
        faults = find_faults(self.begin(folder), self)
        now, expected = read_files(folder), read_files(self.after)
        signed = str(paths.sign_offs("knee"))  # who signs again has signed twice
        return faults + [
            f"differs: {name}"
            for name in sorted(now.keys() | expected)
            if now.get(name) != expected.get(name) and not (name == signed and name in now)
        ]
