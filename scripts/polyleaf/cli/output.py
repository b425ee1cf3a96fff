"""Output of the commands: lines, findings, a progress bar, JSON; control characters are escaped in all of them."""

from __future__ import annotations

import contextlib
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from polyleaf.errors import CommandError
from polyleaf.quotations import shorten

if TYPE_CHECKING:
    from rich.console import Console

    from polyleaf.checks.coverage import Coverage
    from polyleaf.errors import PolyleafError
    from polyleaf.model import Finding
    from polyleaf.workspace import Workspace

CONTROL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Characters that a terminal obeys, or that reorder what is around them, but for tabs and line feeds."""

LONGEST = 4000
"""How many characters of a line are printed: more than any paragraph has."""

MOST = 50
"""How many findings of one check are printed: whoever has more mends the first, and asks again."""

STYLES = {"error": "bold red", "warning": "yellow"}
"""The style of each severity."""

ONLY_LANGUAGE = "Only this language (may be repeated)."
LANGUAGE = click.option("-l", "--language", "languages", multiple=True, metavar="LANG", help=ONLY_LANGUAGE)
LEAFLETS = click.argument("leaflets", nargs=-1, metavar="[LEAFLET]...")
QUIET = click.option("-q", "--quiet", is_flag=True, help="Say nothing that is not asked for.")
FORMAT = partial(click.option, "-f", "--format", "formats", multiple=True, help="Only this format (may be repeated).")
OUTPUT = partial(click.option, "-o", "--output", type=click.Path(file_okay=False, path_type=Path))
JSON = click.option("--json", "as_json", is_flag=True, help="Print the answer as JSON.")


def stderr() -> Console:
    """Return the console for errors and findings."""
    from rich.console import Console

    return Console(stderr=True, soft_wrap=True, highlight=False)


def stdout(width: int | None = None) -> Console:
    """Return the console for results, as wide as the terminal or *width* characters."""
    from rich.console import Console

    return Console(soft_wrap=True, highlight=False, width=width)


def show_error(error: PolyleafError) -> None:
    """Print the message and the hint of *error*."""
    from rich.text import Text

    console = stderr()
    console.print(Text.assemble(("Error: ", "bold red"), escape_controls(error.message)))
    if error.hint:
        console.print(Text(escape_controls(error.hint), "cyan"))


def escape_controls(text: str) -> str:
    """Return *text* with the numbers of control characters in their place, and no line longer than LONGEST."""
    lines = CONTROL.sub(_number, text).split("\n")
    return "\n".join(shorten(line, LONGEST) if len(line) > LONGEST else line for line in lines)


def _number(match: re.Match[str]) -> str:
    character = match.group()
    return f"\\x{ord(character):02x}" if character <= "\xff" else f"\\u{ord(character):04x}"


class Terminal:
    """Standard output and standard error of a command, with or without lines about what it does."""

    def __init__(self, *, quiet: bool) -> None:
        """Print results and findings only, with *quiet*."""
        self.quiet = quiet

    @cached_property
    def console(self) -> Console:
        """The console for results, loaded when something is printed that is more than a line."""
        return stdout()

    def write(self, text: str) -> None:
        """Print a line about what was done, unless quiet."""
        if not self.quiet:
            print(escape_controls(text).expandtabs(), flush=True)

    @contextlib.contextmanager
    def progress(self) -> Iterator[tuple[Callable[[PurePosixPath], None], Callable[[int], None]]]:
        """Give two functions, to call with each file made and with their number: lines, and on a terminal a bar."""
        if self.quiet or not sys.stderr.isatty():
            yield (lambda path: self.write(f"made {path}")), (lambda _count: None)
            return
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
        from rich.text import Text

        columns = (SpinnerColumn(), TextColumn("making leaflets"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=stderr(), transient=True, redirect_stdout=False, redirect_stderr=False) as bar:
            task = bar.add_task("", total=None)
            # A line on the same screen goes through the bar's own console, which then draws the bar below it.
            lines = bar.console if sys.stdout.isatty() else self.console

            def done(path: PurePosixPath) -> None:
                lines.print(Text(escape_controls(f"made {path}")))
                bar.advance(task)

            yield done, lambda count: bar.update(task, total=count)

    def show_paths(self, paths: Sequence[PurePosixPath], verb: str = "wrote") -> None:
        """Print the *paths* of files, each after *verb*."""
        for path in paths:
            self.write(f"{verb} {path}")
        if not paths:
            self.write("nothing to change")

    def show_coverage(self, coverage: Sequence[Coverage]) -> None:
        """Print what the checks did not look at, as *coverage* has it, unless quiet."""
        from polyleaf.checks.coverage import format_coverage

        for line in format_coverage(coverage):
            self.write(f"not looked at: {line}")

    def show_findings(self, findings: Sequence[Finding]) -> int:
        """Print *findings* and return their exit code: 1 when one is an error, else 0."""
        if not findings:
            return 0
        from rich.text import Text

        console = stderr()
        shown, left = _first_of_each(findings)
        for finding in shown:
            label = (f"{finding.severity}: ", STYLES[finding.severity])
            text = escape_controls(f"{finding.location}: {finding.message}")
            console.print(Text.assemble(label, text, (f" [{finding.check}]", "dim")))
            if finding.hint:
                console.print(Text(escape_controls(f"  {finding.hint}"), "cyan"))
        for (severity, check), count in left.items():
            console.print(Text.assemble((f"{severity}: ", STYLES[severity]), f"{count} more", (f" [{check}]", "dim")))
        return int(any(finding.severity == "error" for finding in findings))


def _first_of_each(findings: Sequence[Finding]) -> tuple[list[Finding], Counter[tuple[str, str]]]:
    """Return the first MOST of *findings* of each check and severity, and how many more there are of which."""
    counts = Counter[tuple[str, str]]()
    shown = []
    for finding in findings:
        kind = finding.severity, finding.check
        counts[kind] += 1
        if counts[kind] <= MOST:
            shown.append(finding)
    return shown, Counter({kind: count - MOST for kind, count in counts.items() if count > MOST})


def confirm(question: str, doubt: str, hint: str) -> bool:
    """Ask *question*, yes or no; raises CommandError where standard input is no terminal: *doubt* is not known."""
    if not sys.stdin.isatty():
        raise CommandError(f"nobody can be asked whether {doubt}", hint=hint)
    return click.confirm(question, err=True)


def open_workspace(output: Path | None = None) -> Workspace:
    """Return the project in the current folder; raises CommandError when that folder is gone."""
    from polyleaf.workspace import Workspace

    try:
        return Workspace(Path.cwd(), output)
    except FileNotFoundError as error:
        raise CommandError("the folder you are in is gone", hint="Go to the folder of your project.") from error


def examples(*lines: str) -> str:
    """Return *lines* as the examples under the help of a command."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def one_line(text: str, option: str) -> str:
    """Return *text*, given with *option*, as one line; raises CommandError when it is empty or not printable."""
    words = " ".join(text.split())
    if not words or not words.isprintable():
        raise CommandError(f"{option} is empty or has characters that nobody can see", hint="Write it in plain words.")
    return words
