"""SHELL: the commands that answer questions."""

from __future__ import annotations

from dataclasses import asdict

import click
from rich.table import Table

from polyleaf import pipeline
from polyleaf.cli.shell import JSON, LANGUAGE, LEAFLETS, QUIET, Shell, examples, workspace
from polyleaf.cli.shell import as_json as as_json_text
from polyleaf.model import Severity
from polyleaf.pipeline import Wish


@click.command(epilog=examples("polyleaf status", "polyleaf status --json"))
@LEAFLETS
@LANGUAGE
@JSON
@QUIET
def status(leaflets: tuple[str, ...], languages: tuple[str, ...], as_json: bool, quiet: bool) -> None:
    """Say how far the translation of each LEAFLET is."""
    shell = Shell(quiet=quiet)
    states = pipeline.status(workspace(), Wish(leaflets, languages))
    if as_json:
        click.echo(as_json_text([asdict(state) for state in states]))
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


@click.command(epilog=examples("polyleaf check", "polyleaf check -l en --json", "polyleaf check --list"))
@LEAFLETS
@LANGUAGE
@JSON
@QUIET
@click.option("--list", "listing", is_flag=True, help="Print what is checked, with examples.")
def check(
    leaflets: tuple[str, ...],
    languages: tuple[str, ...],
    as_json: bool,
    quiet: bool,
    listing: bool,
) -> int:
    """Look for faults in the sources and the translations."""
    shell = Shell(quiet=quiet)
    if listing:
        click.echo("\n\n".join(f"{name} ({severity})\n    {text}" for name, severity, text in pipeline.described()))
        return 0
    findings = pipeline.check(workspace(), Wish(leaflets, languages))
    if as_json:
        click.echo(as_json_text([asdict(finding) for finding in findings]))
        return int(any(finding.severity is Severity.ERROR for finding in findings))
    code = shell.tell(findings)
    shell.say(f"{len(findings)} findings" if findings else "nothing found")
    return code


COMMANDS = (status, check)
