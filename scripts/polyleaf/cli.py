"""SHELL: words in, one call, sentences out, exit codes."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from polyleaf import pipeline
from polyleaf.errors import PolyleafError
from polyleaf.model import Severity
from polyleaf.pipeline import Wish
from polyleaf.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import PurePosixPath

    from polyleaf.model import Finding

INTERRUPTED = 130
STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow"}


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command in *argv* (the words of the shell by default) and leave with its exit code."""
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
        _stderr().print("Interrupted: what was there before is unchanged.")
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return 0


def _stderr() -> Console:
    return Console(stderr=True, soft_wrap=True, highlight=False)


def _stdout() -> Console:
    return Console(soft_wrap=True, highlight=False)


def _tell_error(error: PolyleafError) -> None:
    console = _stderr()
    console.print(Text.assemble(("Error: ", "bold red"), error.message))
    if error.hint:
        console.print(Text(error.hint, "cyan"))


class Shell:
    """What all commands share: the workspace, and how much they say."""

    def __init__(self, *, quiet: bool) -> None:
        """Say only what is asked for, with *quiet*."""
        self.quiet = quiet
        self.console = _stdout()

    def say(self, text: str) -> None:
        """Print a line about what was done, unless everybody should be quiet."""
        if not self.quiet:
            self.console.print(Text(text))

    def tell(self, findings: Sequence[Finding]) -> int:
        """Print *findings* and return the exit code for them."""
        console = _stderr()
        for finding in findings:
            head = Text.assemble(
                (f"{finding.severity}: ", STYLES[finding.severity]), f"{finding.where}: {finding.message}"
            )
            console.print(head.append(f" [{finding.check}]", "dim"))
            if finding.hint:
                console.print(Text(f"  {finding.hint}", "cyan"))
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

    def done(path: PurePosixPath) -> None:
        shell.say(f"made {path}")

    wish = Wish(leaflets, languages, tuple(dict.fromkeys(formats)))
    return shell.tell(pipeline.build(_workspace(output), wish, done))


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
    return Workspace(Path.cwd(), output)


def _changed(shell: Shell, paths: Sequence[PurePosixPath]) -> None:
    for path in paths:
        shell.say(f"wrote {path}")
    if not paths:
        shell.say("nothing to change")


def _json(value: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    return json.dumps(value, ensure_ascii=False, indent=2)
