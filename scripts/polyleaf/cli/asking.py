"""SHELL: the commands that answer questions."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click
from rich.table import Table
from rich.text import Text

from polyleaf import pipeline
from polyleaf.cli.shell import JSON, LANGUAGE, LEAFLETS, QUIET, Shell, examples, harmless, workspace
from polyleaf.cli.shell import as_json as as_json_text
from polyleaf.model import Severity
from polyleaf.pipeline import Wish

if TYPE_CHECKING:
    from polyleaf.pipeline.versions import Ease


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


@click.command(
    epilog=examples("polyleaf readability", "polyleaf readability knee -l en", "polyleaf readability --json")
)
@LEAFLETS
@LANGUAGE
@JSON
@QUIET
def readability(
    leaflets: tuple[str, ...],
    languages: tuple[str, ...],
    as_json: bool,
    quiet: bool,
) -> None:
    """Say how easy each LEAFLET is to read in every language, by the formulas of that language.

    Each figure is there twice: of all words, and with those masked that the leaflet's own glossary explains. They
    measure the lengths of words and sentences, not whether a text can be understood.
    """
    shell = Shell(quiet=quiet)
    found = pipeline.readability(workspace(), Wish(leaflets, languages))
    if as_json:
        click.echo(as_json_text([asdict(ease) for ease in found]))
        return
    for ease in found:
        head = f"{ease.leaflet} ({ease.language}): {ease.words} words, {ease.sentences} sentences"
        shell.console.print(Text(harmless(head)))
        if ease.obstacle:
            shell.console.print(f"  not judged: {ease.obstacle}")
        if ease.rows:
            shell.console.print(_figures(ease))


def _figures(ease: Ease) -> Table:
    table = Table(box=None, pad_edge=False, show_edge=False)
    table.add_column("  figure", no_wrap=True)
    for name in ("all words", "masked", "warn", "fail"):
        table.add_column(name, justify="right")
    table.add_column("result")
    for row in ease.rows:
        figures = ["" if figure is None else f"{figure:g}" for figure in (row.raw, row.masked, row.warn, row.fail)]
        good = "" if row.warn is row.fail is None else "good"
        table.add_row(f"  {row.title}", *figures, str(row.result or good))
    return table


COMMANDS = (status, check, readability)
