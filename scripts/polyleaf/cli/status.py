"""Command that shows the state of every leaflet in every language: `status`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from polyleaf.cli.output import JSON, LANGUAGE, LEAFLETS, Terminal, escape_controls, examples, open_workspace, stdout

if TYPE_CHECKING:
    from rich.table import Table

    from polyleaf.model import Finding
    from polyleaf.project.selection import Selection
    from polyleaf.reports.status_page import State

WIDEST = 1000
"""Characters that a line of the table may have: a terminal wraps what is too long for it, nothing is cut off."""

REVIEWS = {"": "", "past": "(past)", "due": "(due)", "later": ""}


@click.command(epilog=examples("polyleaf status", "polyleaf status --json", "polyleaf status --html"))
@LEAFLETS
@LANGUAGE
@JSON
@click.option("--html", "as_page", is_flag=True, help="Write build/review/status.html, to be sorted and searched.")
def status(leaflets: tuple[str, ...], languages: tuple[str, ...], as_json: bool, as_page: bool) -> int:
    """Say how each LEAFLET stands in each language: translation, findings, sign-offs and review date."""
    from polyleaf.checks.coverage import Coverage
    from polyleaf.project.selection import Selection
    from polyleaf.provenance import result_cache

    selection, terminal = Selection(leaflets, languages), Terminal(quiet=False)
    if as_page:
        return terminal.show_findings(_write_page(selection))
    answer = _find_states(selection)
    if as_json:
        click.echo(answer["json"].encode())
    else:
        stdout(WIDEST).print(_table(answer["rows"]))
        terminal.show_coverage([Coverage.unpack(each) for each in answer["coverage"]])
    return terminal.show_findings(list(map(result_cache.unpack, answer["findings"])))


def _write_page(selection: Selection) -> list[Finding]:
    """Write the status page, say where it is, and return what keeps leaflets from being read, and stray files."""
    from polyleaf.commands import status as command
    from polyleaf.project.snapshot import find_stray_files

    workspace = open_workspace()
    errors: list[Finding] = []
    for path in command.write_page(workspace, selection, errors.append):
        click.echo(f"made {escape_controls(str(path))}")
    return [*errors, *find_stray_files(workspace, selection)]


def _find_states(selection: Selection) -> Mapping[str, Any]:
    """Return the states of *selection*: as JSON, as rows of a table; their coverage, and findings that are packed."""
    from polyleaf.provenance import result_cache
    from polyleaf.provenance.result_cache import ResultCache

    workspace = open_workspace()
    cache = ResultCache(workspace)
    known: Mapping[str, Any] | None = cache.find(open_workspace(), "status", asdict(selection))
    if known:
        return known
    from polyleaf.checks.coverage import describe_coverage
    from polyleaf.cli.json_output import format_states
    from polyleaf.commands import status as command
    from polyleaf.project.snapshot import find_stray_files

    errors: list[Finding] = []
    states = command.status(workspace, selection, errors.append)
    coverage = describe_coverage(state.language for state in states)
    answer = {
        "json": format_states(states, coverage, errors),
        "rows": [_row(state) for state in states],
        "coverage": list(map(asdict, coverage)),
        "findings": list(map(result_cache.pack, [*errors, *find_stray_files(workspace, selection)])),
    }
    cache.keep(workspace, "status", asdict(selection), answer)
    return answer


def _table(rows: Sequence[Sequence[str]]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, show_edge=False)
    for name in ("leaflet", "language", "status"):
        table.add_column(name, no_wrap=True)
    for name in ("translated", "words", "safety", "fuzzy", "missing", "errors", "warnings", "acknowledged"):
        table.add_column(name, justify="right", no_wrap=True)
    for name in ("signed by", "review by"):
        table.add_column(name, no_wrap=True)
    for row in rows:
        table.add_row(*(Text(escape_controls(text)) for text in row))
    return table


def _row(state: State) -> list[str]:
    amounts = state.amounts
    shares = (
        f"{amounts.translated}/{amounts.units}",
        f"{amounts.words_translated}/{amounts.words}",
        f"{amounts.safety_translated}/{amounts.safety}",
    )
    counts = (amounts.fuzzy, amounts.missing, state.errors, state.warnings, _acknowledged(state))
    printed = state.status if state.status == state.printed else f"{state.status}, printed as {state.printed}"
    review = f"{state.review_by} {REVIEWS[state.review]}".strip()
    return [state.leaflet, state.language, printed, *shares, *map(str, counts), _signed(state), review]


def _acknowledged(state: State) -> str:
    """Say how many findings somebody has acknowledged, the errors among them apart: they are printed all the same."""
    if not state.acknowledged_errors:
        return str(state.acknowledged)
    safety = f", {state.acknowledged_safety} in safety texts" if state.acknowledged_safety else ""
    return f"{state.acknowledged} (errors: {state.acknowledged_errors}{safety})"


def _signed(state: State) -> str:
    names = ", ".join(f"{signature.role} {signature.name} {signature.date}" for signature in state.signatures)
    old = f"{state.stale_signatures} for other texts" if state.stale_signatures else ""
    early = f"{state.early_signatures} dated in the future, not counted" if state.early_signatures else ""
    return "; ".join(part for part in (names, old, early) if part) or "nobody"
