"""SHELL: the commands that make finished files."""

from __future__ import annotations

from pathlib import Path

import click

from polyleaf import pipeline
from polyleaf.cli.shell import LANGUAGE, LEAFLETS, QUIET, Shell, examples, workspace
from polyleaf.pipeline import Wish


@click.command(
    epilog=examples("polyleaf build", "polyleaf build knee -l en -f pdf", "polyleaf build --release -o ../site")
)
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
@click.option("--release", is_flag=True, help="Make only what may be handed out; say why the rest may not.")
@QUIET
def build(
    leaflets: tuple[str, ...],
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    output: Path | None,
    release: bool,
    quiet: bool,
) -> int:
    """Make the files of each LEAFLET in every language and format.

    No edition is made in which a text of the safety class is not translated, fuzzy or wrong. With --release only
    leaflets are made that are published, signed for exactly these texts, not past their review date, and without
    errors, untranslated texts or placeholders.
    """
    shell = Shell(quiet=quiet)
    wish = Wish(leaflets, languages, tuple(dict.fromkeys(formats)), release)
    with shell.watch() as (done, planned):
        findings = pipeline.build(workspace(output), wish, done, planned)
    return shell.tell(findings)


@click.command(epilog=examples("polyleaf theme", "polyleaf theme -o ../site"))
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Put the files there instead of in build/.",
)
@QUIET
def theme(output: Path | None, quiet: bool) -> None:
    """Make a specimen of source/theme.toml: every part of a leaflet, and every contrast and size in numbers.

    A theme that somebody could not read is refused, here and by every other command, with the colour that would do.
    """
    shell = Shell(quiet=quiet)
    for path in pipeline.preview(workspace(output)):
        shell.say(f"made {path}")


COMMANDS = (build, theme)
