"""SHELL: the commands that make finished files."""

from __future__ import annotations

from pathlib import Path

import click

from polyleaf import pipeline
from polyleaf.cli.shell import LANGUAGE, LEAFLETS, QUIET, Shell, examples, workspace
from polyleaf.pipeline import Wish


@click.command(epilog=examples("polyleaf build", "polyleaf build knee -l en -f pdf", "polyleaf build -o ../site"))
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
        findings = pipeline.build(workspace(output), wish, done, planned)
    return shell.tell(findings)


COMMANDS = (build,)
