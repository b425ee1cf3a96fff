"""Command line of polyleaf: the group of commands, errors as sentences on stderr, exit codes.

Modules: `acknowledge` (`acknowledge` and `reword`), `build` (`build` and `theme`), `catalogs` (`extract` and
`update`), `check` (`check` and `readability`), `clean` (`clean`), `code_scanning` (findings as GitHub annotations and
SARIF), `import_` (`import`), `json_output` (the JSON of every command), `merge_driver` (`merge-driver`), `output` (the
terminal: lines, findings, progress, questions), `review` (`review`), `search_paths` (where programs are looked for),
`sign` (`sign`), `signals` (those that end a command), `status` (`status`), `streams` (standard streams that cannot be
used).
"""

from __future__ import annotations

import contextlib
import io
import sys
from collections import UserDict
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

import polyleaf as program
from polyleaf.cli import signals, streams
from polyleaf.cli.output import escape_controls, examples, show_error, stderr
from polyleaf.cli.search_paths import leave_current_folder_out
from polyleaf.errors import PolyleafError

COMMANDS = {
    "acknowledge": "acknowledge:acknowledge",
    "build": "build:build",
    "check": "check:check",
    "clean": "clean:clean",
    "extract": "catalogs:extract",
    "import": "import_:import_",
    "merge-driver": "merge_driver:merge_driver",
    "readability": "check:readability",
    "review": "review:review",
    "reword": "acknowledge:reword",
    "sign": "sign:sign",
    "status": "status:status",
    "theme": "build:theme",
    "update": "catalogs:update",
}
"""The module and the function of each command, as entry points name them."""


class LazyCommands(UserDict[str, Any]):
    """The commands by name: the module of each is loaded when it is looked up, those of the others are not."""

    def __getitem__(self, name: str) -> click.Command:
        """Return the command *name*; raises KeyError when there is none."""
        module, _, function = self.data[name].partition(":")
        command: click.Command = getattr(import_module(f"polyleaf.cli.{module}"), function)
        return command


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command in *argv* (the words of the shell by default) and leave with its exit code."""
    leave_current_folder_out()
    streams.open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # for terminals that cannot show what a leaflet says
    heard = signals.listen()
    code = streams.flush(run(argv))
    signals.stop_listening(heard)
    sys.exit(code)


def run(argv: Sequence[str] | None = None) -> int:
    """Run the command in *argv* and return its exit code.

    0 fine, 1 findings of severity error, 2 wrong command line, 3 to 7 as `errors` has them, 130 interrupted, 129 and
    143 ended by SIGHUP and SIGTERM, 141 nobody reads on.
    """
    try:
        return int(polyleaf.main(argv, prog_name="polyleaf", standalone_mode=False) or 0)
    except click.ClickException as error:
        lines = io.StringIO()
        error.show(lines)
        click.echo(escape_controls(lines.getvalue()), nl=False, err=True)
        return error.exit_code
    except PolyleafError as error:
        show_error(error)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        _say_interrupted()
        return signals.INTERRUPTED
    except SystemExit as end:
        return _leave(end)
    except OSError as error:
        return streams.explain(error)


def _leave(end: SystemExit) -> int:
    """Return the exit code for *end*: a signal, or nobody who reads on, for which click and rich leave with 1."""
    if isinstance(end, signals.Ended):
        _say_interrupted()
        return int(end.code or 0)
    return streams.READER_GONE if end.code else 0


def _say_interrupted() -> None:
    with contextlib.suppress(OSError):  # the terminal is gone
        stderr().print("Interrupted: no file is half written.")


@click.group(
    commands=LazyCommands(COMMANDS),
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=examples("polyleaf update", "polyleaf build", "polyleaf check")
    + "\n\n\b\nCompletion of words in the shell (bash; zsh and fish likewise):\n"
    '  eval "$(_POLYLEAF_COMPLETE=bash_source polyleaf)"',
)
@click.version_option(program.__version__)
def polyleaf() -> None:
    """Make leaflets in several languages, as PDF, EPUB and HTML, from one source text.

    Run it in the folder of a leaflet project: one with source/ and a pyproject.toml that has [tool.polyleaf].
    """
    streams.allow_files()
