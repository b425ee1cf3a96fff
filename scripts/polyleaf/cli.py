"""SHELL: words in, one call, sentences out, exit codes."""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table
from rich.text import Text

from polyleaf import pipeline
from polyleaf.errors import CommandError, PolyleafError
from polyleaf.model import Severity
from polyleaf.pipeline import Wish
from polyleaf.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import PurePosixPath

    from polyleaf.model import Finding

INTERRUPTED = 130
CONTROL = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f]")
STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow"}


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command in *argv* (the words of the shell by default) and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # for terminals that cannot show what a leaflet says
    sys.exit(run(argv))


def run(argv: Sequence[str] | None = None) -> int:
    """Run the command in *argv* and return its exit code.

    0 fine, 1 findings of severity error, 2 wrong command line, 3 to 7 as `errors` has them, 130 interrupted.
    """
    try:
        return int(commands.main(argv, prog_name="polyleaf", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except PolyleafError as error:
        _tell_error(error)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        _stderr().print("Interrupted: no file is half written.")
        return INTERRUPTED


def _stderr() -> Console:
    return Console(stderr=True, soft_wrap=True, highlight=False)


def _stdout() -> Console:
    return Console(soft_wrap=True, highlight=False)


def _tell_error(error: PolyleafError) -> None:
    console = _stderr()
    console.print(Text.assemble(("Error: ", "bold red"), _harmless(error.message)))
    if error.hint:
        console.print(Text(_harmless(error.hint), "cyan"))


def _harmless(text: str) -> str:
    """Return *text*, which may quote a file of anybody, without characters that a terminal would obey."""
    return CONTROL.sub(lambda found: f"\\x{ord(found.group()):02x}", text)


class Shell:
    """What all commands share: the workspace, and how much they say."""

    def __init__(self, *, quiet: bool) -> None:
        """Say only what is asked for, with *quiet*."""
        self.quiet = quiet
        self.console = _stdout()

    def say(self, text: str) -> None:
        """Print a line about what was done, unless everybody should be quiet."""
        if not self.quiet:
            self.console.print(Text(_harmless(text)))

    @contextlib.contextmanager
    def watch(self) -> Iterator[tuple[Callable[[PurePosixPath], None], Callable[[int], None]]]:
        """Give what is to be told of each file made, and of their number: lines, and on a terminal a bar below them."""
        if self.quiet or not sys.stderr.isatty():
            yield (lambda path: self.say(f"made {path}")), (lambda _count: None)
            return
        columns = (SpinnerColumn(), TextColumn("making leaflets"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=_stderr(), transient=True, redirect_stdout=False, redirect_stderr=False) as bar:
            task = bar.add_task("", total=None)
            # A line on the same screen goes through the bar's own console, which then draws the bar below it.
            lines = bar.console if sys.stdout.isatty() else self.console

            def done(path: PurePosixPath) -> None:
                lines.print(Text(_harmless(f"made {path}")))
                bar.advance(task)

            yield done, lambda count: bar.update(task, total=count)

    def tell(self, findings: Sequence[Finding]) -> int:
        """Print *findings* and return the exit code for them."""
        console = _stderr()
        for finding in findings:
            head = Text.assemble(
                (f"{finding.severity}: ", STYLES[finding.severity]), _harmless(f"{finding.where}: {finding.message}")
            )
            console.print(head.append(f" [{finding.check}]", "dim"))
            if finding.hint:
                console.print(Text(_harmless(f"  {finding.hint}"), "cyan"))
        return int(any(finding.severity is Severity.ERROR for finding in findings))


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


def _examples(*lines: str) -> str:
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=_examples("polyleaf update", "polyleaf build", "polyleaf check")
    + "\n\n\b\nCompletion of words in the shell (bash; zsh and fish likewise):\n"
    '  eval "$(_POLYLEAF_COMPLETE=bash_source polyleaf)"',
)
@click.version_option(package_name="polyleaf")
def commands() -> None:
    """Make leaflets in several languages, as PDF, EPUB and HTML, from one source text.

    Run it in the folder of a leaflet project: one with source/ and a pyproject.toml that has [tool.polyleaf].
    """


@commands.command(epilog=_examples("polyleaf extract", "polyleaf extract knee"))
@LEAFLETS
@QUIET
def extract(leaflets: tuple[str, ...], quiet: bool) -> None:  # noqa: FBT001 - click passes options by name
    """Write what can be translated of each LEAFLET to locales/LEAFLET.pot."""
    shell = Shell(quiet=quiet)
    _changed(shell, pipeline.extract(_workspace(), leaflets))


@commands.command(epilog=_examples("polyleaf update", "polyleaf update -l en"))
@LEAFLETS
@LANGUAGE
@QUIET
def update(leaflets: tuple[str, ...], languages: tuple[str, ...], quiet: bool) -> None:  # noqa: FBT001
    """Bring the catalogues in locales/LANG/LC_MESSAGES/ up to the sources; translations are never lost."""
    shell = Shell(quiet=quiet)
    _changed(shell, pipeline.update(_workspace(), Wish(leaflets, languages)))


@commands.command(epilog=_examples("polyleaf build", "polyleaf build knee -l en -f pdf", "polyleaf build -o ../site"))
@LEAFLETS
@LANGUAGE
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(sorted(pipeline.FORMATS)),
    help="Only this format (may be repeated).",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Put the files there instead of in build/.",
)
@QUIET
def build(
    leaflets: tuple[str, ...],
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    output: Path | None,
    quiet: bool,  # noqa: FBT001
) -> int:
    """Make the files of each LEAFLET in every language and format."""
    shell = Shell(quiet=quiet)
    wish = Wish(leaflets, languages, tuple(dict.fromkeys(formats)))
    with shell.watch() as (done, planned):
        findings = pipeline.build(_workspace(output), wish, done, planned)
    return shell.tell(findings)


@commands.command(epilog=_examples("polyleaf status", "polyleaf status --json"))
@LEAFLETS
@LANGUAGE
@JSON
@QUIET
def status(leaflets: tuple[str, ...], languages: tuple[str, ...], as_json: bool, quiet: bool) -> None:  # noqa: FBT001
    """Say how far the translation of each LEAFLET is."""
    shell = Shell(quiet=quiet)
    states = pipeline.status(_workspace(), Wish(leaflets, languages))
    if as_json:
        click.echo(_json([asdict(state) for state in states]))
        return
    table = Table(box=None, pad_edge=False, show_edge=False)
    for name in ("leaflet", "language"):
        table.add_column(name, no_wrap=True)
    for name in ("texts", "translated", "fuzzy", "missing", "words"):
        table.add_column(name, justify="right")
    for state in states:
        counts = (
            state.units,
            state.translated,
            state.fuzzy,
            state.missing,
            f"{state.words_translated}/{state.words}",
        )
        table.add_row(state.leaflet, state.language, *map(str, counts))
    shell.console.print(table)


@commands.command(epilog=_examples("polyleaf check", "polyleaf check -l en --json", "polyleaf check --list"))
@LEAFLETS
@LANGUAGE
@JSON
@QUIET
@click.option("--list", "listing", is_flag=True, help="Print what is checked, with examples.")
def check(
    leaflets: tuple[str, ...],
    languages: tuple[str, ...],
    as_json: bool,  # noqa: FBT001
    quiet: bool,  # noqa: FBT001
    listing: bool,  # noqa: FBT001
) -> int:
    """Look for faults in the sources and the translations."""
    shell = Shell(quiet=quiet)
    if listing:
        click.echo("\n\n".join(f"{name} ({severity})\n    {text}" for name, severity, text in pipeline.described()))
        return 0
    findings = pipeline.check(_workspace(), Wish(leaflets, languages))
    if as_json:
        click.echo(_json([asdict(finding) for finding in findings]))
        return int(any(finding.severity is Severity.ERROR for finding in findings))
    code = shell.tell(findings)
    shell.say(f"{len(findings)} findings" if findings else "nothing found")
    return code


def _workspace(output: Path | None = None) -> Workspace:
    try:
        return Workspace(Path.cwd(), output)
    except FileNotFoundError as error:
        raise CommandError("the folder you are in is gone", hint="Go to the folder of your project.") from error


def _changed(shell: Shell, paths: Sequence[PurePosixPath]) -> None:
    for path in paths:
        shell.say(f"wrote {path}")
    if not paths:
        shell.say("nothing to change")


def _json(value: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    return json.dumps(value, ensure_ascii=False, indent=2)
