"""SHELL: how the command speaks: sentences, findings, a bar on terminals, JSON; nothing a terminal would obey."""

from __future__ import annotations

import contextlib
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.text import Text

from polyleaf.errors import CommandError
from polyleaf.model import Severity
from polyleaf.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import PurePosixPath

    from polyleaf.errors import PolyleafError
    from polyleaf.model import Finding

CONTROL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f]")
STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow"}

LANGUAGE = click.option(
    "-l",
    "--language",
    "languages",
    multiple=True,
    metavar="LANG",
    help="Only this language (may be repeated).",
)
LEAFLETS = click.argument("leaflets", nargs=-1, metavar="[LEAFLET]...")
QUIET = click.option("-q", "--quiet", is_flag=True, help="Say nothing that is not asked for.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")


def stderr() -> Console:
    """Return where errors and findings go."""
    return Console(stderr=True, soft_wrap=True, highlight=False)


def stdout(width: int | None = None) -> Console:
    """Return where answers go, as wide as the terminal or *width* characters."""
    return Console(soft_wrap=True, highlight=False, width=width)


def tell_error(error: PolyleafError) -> None:
    """Print *error* and the way out."""
    console = stderr()
    console.print(Text.assemble(("Error: ", "bold red"), harmless(error.message)))
    if error.hint:
        console.print(Text(harmless(error.hint), "cyan"))


def harmless(text: str) -> str:
    """Return *text*, which may quote a file of anybody, without characters that a terminal would obey."""
    return CONTROL.sub(lambda found: f"\\x{ord(found.group()):02x}", text)


class Shell:
    """What all commands share: the workspace, and how much they say."""

    def __init__(self, *, quiet: bool) -> None:
        """Say only what is asked for, with *quiet*."""
        self.quiet = quiet
        self.console = stdout()

    def say(self, text: str) -> None:
        """Print a line about what was done, unless everybody should be quiet."""
        if not self.quiet:
            self.console.print(Text(harmless(text)))

    @contextlib.contextmanager
    def watch(self) -> Iterator[tuple[Callable[[PurePosixPath], None], Callable[[int], None]]]:
        """Give what is to be told of each file made, and of their number: lines, and on a terminal a bar below them."""
        if self.quiet or not sys.stderr.isatty():
            yield (lambda path: self.say(f"made {path}")), (lambda _count: None)
            return
        columns = (SpinnerColumn(), TextColumn("making leaflets"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=stderr(), transient=True, redirect_stdout=False, redirect_stderr=False) as bar:
            task = bar.add_task("", total=None)
            # A line on the same screen goes through the bar's own console, which then draws the bar below it.
            lines = bar.console if sys.stdout.isatty() else self.console

            def done(path: PurePosixPath) -> None:
                lines.print(Text(harmless(f"made {path}")))
                bar.advance(task)

            yield done, lambda count: bar.update(task, total=count)

    def changed(self, paths: Sequence[PurePosixPath], verb: str = "wrote") -> None:
        """Say which files were written, or what else *verb* says of them."""
        for path in paths:
            self.say(f"{verb} {path}")
        if not paths:
            self.say("nothing to change")

    def tell(self, findings: Sequence[Finding]) -> int:
        """Print *findings* and return the exit code for them."""
        console = stderr()
        for finding in findings:
            head = Text.assemble(
                (f"{finding.severity}: ", STYLES[finding.severity]), harmless(f"{finding.location}: {finding.message}")
            )
            console.print(head.append(f" [{finding.check}]", "dim"))
            if finding.hint:
                console.print(Text(harmless(f"  {finding.hint}"), "cyan"))
        return int(any(finding.severity is Severity.ERROR for finding in findings))


def confirmed(question: str, doubt: str, hint: str) -> bool:
    """Ask *question*, yes or no; raises CommandError where nobody sits at a terminal: *doubt* is then not known."""
    if not sys.stdin.isatty():
        raise CommandError(f"nobody can be asked whether {doubt}", hint=hint)
    return click.confirm(question, err=True)


def open_workspace(output: Path | None = None) -> Workspace:
    """Return the project in the folder where a person is."""
    try:
        return Workspace(Path.cwd(), output)
    except FileNotFoundError as error:
        raise CommandError("the folder you are in is gone", hint="Go to the folder of your project.") from error


def as_json(value: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    """Return *value* as JSON, letters of all scripts as they are."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return re.sub("[\x7f-\x9f]", lambda found: f"\\u{ord(found.group()):04x}", text)


def examples(*lines: str) -> str:
    """Return *lines* as the examples under the help of a command."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def said(text: str, option: str) -> str:
    """Return *text*, given with *option*, as one line; raises CommandError when nobody can read it."""
    words = " ".join(text.split())
    if not words or not words.isprintable():
        raise CommandError(f"{option} is empty or has characters that nobody can see", hint="Write it in plain words.")
    return words
