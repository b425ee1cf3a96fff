"""SHELL: the commands about catalogues."""

from __future__ import annotations

import click

from polyleaf import pipeline
from polyleaf.cli.shell import LANGUAGE, LEAFLETS, QUIET, Shell, examples, workspace
from polyleaf.pipeline import Wish


@click.command(epilog=examples("polyleaf extract", "polyleaf extract knee"))
@LEAFLETS
@QUIET
def extract(leaflets: tuple[str, ...], quiet: bool) -> None:
    """Write what can be translated of each LEAFLET to locales/LEAFLET.pot."""
    shell = Shell(quiet=quiet)
    shell.changed(pipeline.extract(workspace(), leaflets))


@click.command(epilog=examples("polyleaf update", "polyleaf update -l en"))
@LEAFLETS
@LANGUAGE
@QUIET
def update(leaflets: tuple[str, ...], languages: tuple[str, ...], quiet: bool) -> None:
    """Bring the catalogues in locales/LANG/LC_MESSAGES/ up to the sources; translations are never lost."""
    shell = Shell(quiet=quiet)
    shell.changed(pipeline.update(workspace(), Wish(leaflets, languages)))


COMMANDS = (extract, update)
