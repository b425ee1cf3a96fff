"""SHELL: the commands that answer questions."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.table import Table
from rich.text import Text

from polyleaf.cli.shell import JSON, LANGUAGE, LEAFLETS, QUIET, Shell, examples, harmless, stdout, workspace
from polyleaf.cli.shell import as_json as as_json_text
from polyleaf.model import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from polyleaf.commands.readability import Ease
    from polyleaf.commands.status import State


@click.command(epilog=examples("polyleaf status", "polyleaf status --json", "polyleaf status --html"))
@LEAFLETS
@LANGUAGE
@JSON
@click.option("--html", "as_page", is_flag=True, help="Write build/review/status.html, to be sorted and searched.")
def status(leaflets: tuple[str, ...], languages: tuple[str, ...], as_json: bool, as_page: bool) -> None:
    """Say how each LEAFLET stands in each language: translation, findings, sign-offs and review date."""
    from polyleaf.commands import status as command
    from polyleaf.project import folder
    from polyleaf.project.snapshot import Wish

    desk, wish = workspace(), Wish(leaflets, languages)
    if as_page:
        for path in command.table(desk, wish):
            click.echo(f"made {harmless(str(path))}")
    elif as_json:
        click.echo(as_json_text([asdict(state) for state in command.status(desk, wish)]))
    else:
        stdout(WIDEST).print(_table(command.status(desk, wish)))
    Shell(quiet=False).tell(folder.stray(desk, wish))


def _table(states: Sequence[State]) -> Table:
    table = Table(box=None, pad_edge=False, show_edge=False)
    for name in ("leaflet", "language", "status"):
        table.add_column(name, no_wrap=True)
    for name in ("translated", "words", "safety", "fuzzy", "missing", "errors", "warnings", "acknowledged"):
        table.add_column(name, justify="right", no_wrap=True)
    for name in ("signed by", "review by"):
        table.add_column(name, no_wrap=True)
    for state in states:
        many = state.amounts
        shares = (
            f"{many.translated}/{many.units}",
            f"{many.words_translated}/{many.words}",
            f"{many.safety_translated}/{many.safety}",
        )
        counts = (many.fuzzy, many.missing, state.errors, state.warnings, _acknowledged(state))
        said = state.status if state.status == state.printed else f"{state.status}, printed as {state.printed}"
        review = f"{state.review_by} {REVIEWS[state.review]}".strip()
        texts = (state.leaflet, state.language, said, *shares, *map(str, counts), _signed(state), review)
        table.add_row(*(Text(harmless(text)) for text in texts))
    return table


WIDEST = 1000
"""How wide a table may be: what a terminal cannot hold it wraps, and nothing is cut off."""

REVIEWS = {"": "", "past": "(past)", "due": "(due)", "later": ""}


def _acknowledged(state: State) -> str:
    """Say how many findings somebody has acknowledged, the errors among them apart: they are printed all the same."""
    if not state.acknowledged_errors:
        return str(state.acknowledged)
    safety = f", {state.acknowledged_safety} in safety texts" if state.acknowledged_safety else ""
    return f"{state.acknowledged} (errors: {state.acknowledged_errors}{safety})"


def _signed(state: State) -> str:
    names = ", ".join(f"{one.role} {one.name} {one.date}" for one in state.signatures)
    old = f"{state.stale_signatures} for other texts" if state.stale_signatures else ""
    early = f"{state.early_signatures} dated in the future, not counted" if state.early_signatures else ""
    return "; ".join(part for part in (names, old, early) if part) or "nobody"


@click.command(epilog=examples("polyleaf check", "polyleaf check -l en --json", "polyleaf check --list"))
@LEAFLETS
@LANGUAGE
@JSON
@QUIET
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Look at the finished files there instead of in build/.",
)
@click.option("--list", "listing", is_flag=True, help="Print what is checked, with examples.")
def check(
    leaflets: tuple[str, ...],
    languages: tuple[str, ...],
    as_json: bool,
    quiet: bool,
    output: Path | None,
    listing: bool,
) -> int:
    """Look for faults in the sources, the translations, and the finished files that are there."""
    from polyleaf.commands import check as command
    from polyleaf.project.snapshot import Wish

    shell = Shell(quiet=quiet)
    if listing:
        click.echo("\n\n".join(f"{name} ({severity})\n    {text}" for name, severity, text in command.described()))
        return 0
    findings = command.check(workspace(output), Wish(leaflets, languages))
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
    from polyleaf.commands import readability as command
    from polyleaf.project.snapshot import Wish

    shell = Shell(quiet=quiet)
    found = command.readability(workspace(), Wish(leaflets, languages))
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
