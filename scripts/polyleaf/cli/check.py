"""Commands that report on texts: `check` and `readability`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from textwrap import indent
from typing import TYPE_CHECKING

import click

from polyleaf.cli.output import (
    JSON,
    LANGUAGE,
    LEAFLETS,
    OUTPUT,
    QUIET,
    Terminal,
    escape_controls,
    examples,
    open_workspace,
)
from polyleaf.quotations import pluralize

if TYPE_CHECKING:
    from rich.table import Table

    from polyleaf.checks.coverage import Coverage
    from polyleaf.commands.readability import Ease
    from polyleaf.model import Finding
    from polyleaf.project.selection import Selection


@click.command(epilog=examples("polyleaf check", "polyleaf check -l en --json", "polyleaf check --list"))
@LEAFLETS
@LANGUAGE
@JSON
@click.option(
    "--output-format",
    type=click.Choice(("text", "json", "github", "sarif")),
    default="text",
    help="Print findings as text, JSON, workflow commands of GitHub Actions, or SARIF 2.1.0.",
)
@QUIET
@OUTPUT(help="Look at the finished files there instead of in build/.")
@click.option("--list", "listing", is_flag=True, help="Print what is checked, with examples.")
def check(
    leaflets: tuple[str, ...],
    languages: tuple[str, ...],
    as_json: bool,
    output_format: str,
    quiet: bool,
    output: Path | None,
    listing: bool,
) -> int:
    """Look for faults in the sources, the translations, and the finished files that are there."""
    from polyleaf.project.selection import Selection

    terminal = Terminal(quiet=quiet)
    if listing:
        click.echo("\n\n".join(f"{name} ({severity})\n{indent(text, ' ' * 4)}" for name, severity, text in _checks()))
        return 0
    findings, coverage = _check(output, Selection(leaflets, languages))
    if as_json or output_format == "json":
        from polyleaf.cli.json_output import format_findings

        click.echo(format_findings(findings, coverage).encode())
    elif output_format == "sarif":
        from polyleaf.cli.code_scanning import format_sarif

        click.echo(format_sarif(findings, _checks()).encode())
    elif output_format == "github":
        from polyleaf.cli.code_scanning import format_github

        click.echo(format_github(findings), nl=bool(findings))
    else:
        terminal.show_findings(findings)
        terminal.write(pluralize(len(findings), "finding") if findings else "nothing found")
        terminal.show_coverage(coverage)
    return int(any(finding.severity == "error" for finding in findings))


def _check(output: Path | None, selection: Selection) -> tuple[list[Finding], list[Coverage]]:
    """Return the findings in *selection*, and the coverage of the languages that were checked."""
    from polyleaf.checks.coverage import Coverage, describe_coverage
    from polyleaf.provenance import result_cache
    from polyleaf.provenance.result_cache import ResultCache

    workspace = open_workspace(output)
    cache = ResultCache(workspace)
    known = cache.find(open_workspace(output), "check", asdict(selection))
    if known:
        return list(map(result_cache.unpack, known["findings"])), [Coverage.unpack(each) for each in known["coverage"]]
    from polyleaf.commands import check as command

    findings = command.check(workspace, selection)
    coverage = describe_coverage(selection.languages or workspace.project().languages)
    result = {"findings": list(map(result_cache.pack, findings)), "coverage": list(map(asdict, coverage))}
    cache.keep(workspace, "check", asdict(selection), result)
    return findings, coverage


def _checks() -> list[tuple[str, str, str]]:
    from polyleaf.commands import check as command

    return command.describe_checks()


@click.command(
    epilog=examples("polyleaf readability", "polyleaf readability knee -l en", "polyleaf readability --json")
)
@LEAFLETS
@LANGUAGE
@JSON
@QUIET
def readability(leaflets: tuple[str, ...], languages: tuple[str, ...], as_json: bool, quiet: bool) -> int:
    """Say how easy each LEAFLET is to read in every language, by the formulas of that language.

    Each figure is there twice: of all words, and with those masked that the leaflet's own glossary explains. They
    measure the lengths of words and sentences, not whether a text can be understood.
    """
    from rich.text import Text

    from polyleaf.cli.json_output import format_readability
    from polyleaf.commands import readability as command
    from polyleaf.project.selection import Selection

    terminal = Terminal(quiet=quiet)
    errors: list[Finding] = []
    texts = command.readability(open_workspace(), Selection(leaflets, languages), errors.append)
    if as_json:
        click.echo(format_readability(texts, errors).encode())
    for ease in () if as_json else texts:
        counts = f"{pluralize(ease.words, 'word')}, {pluralize(ease.sentences, 'sentence')}"
        head = f"{ease.leaflet} ({ease.language}): {counts}"
        terminal.console.print(Text(escape_controls(head)))
        if ease.obstacle:
            terminal.console.print(f"  not judged: {ease.obstacle}")
        if ease.rows:
            terminal.console.print(_figures(ease))
    return terminal.show_findings(errors)


def _figures(ease: Ease) -> Table:
    from rich.table import Table

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
