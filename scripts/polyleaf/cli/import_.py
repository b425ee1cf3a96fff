"""Command that aligns a finished translation with its source: `import`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from polyleaf.cli.output import JSON, QUIET, Terminal, examples, open_workspace
from polyleaf.quotations import pluralize, quote, shorten

if TYPE_CHECKING:
    from polyleaf.commands.import_ import Report

SHOWN = 70
"""How much of a text a line of the report shows."""


@click.command(
    "import",
    epilog=examples("polyleaf import knee.docx -l en", "polyleaf import old/leaflet.html -l en knee --dry-run"),
)
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.argument("leaflet", required=False)
@click.option("-l", "--language", required=True, metavar="LANG", help="The language that FILE is in.")
@click.option("-n", "--dry-run", "dry", is_flag=True, help="Say what would come of it, and write nothing.")
@click.option("--accept-perhaps", is_flag=True, help="Take the texts that are only perhaps a translation, too.")
@JSON
@QUIET
def import_(as_json: bool, quiet: bool, **selection: Any) -> int:  # noqa: ANN401 - click passes options by name
    """Align FILE, a translation of LEAFLET made elsewhere, with the source, and offer its texts in the catalogue.

    FILE is in any format that pandoc reads: docx, odt, html, epub, rtf, md ... All that it gives is fuzzy: nothing is
    printed before a person has looked at it and taken the flag away. Translations that are there are never touched.
    LEAFLET may be left out when there is one only, or when FILE is named after it.
    """
    from polyleaf.cli.json_output import format_import
    from polyleaf.commands import import_ as command
    from polyleaf.commands.import_ import Import

    terminal = Terminal(quiet=quiet)
    report = command.adopt(open_workspace(), Import(**selection))
    if as_json:
        click.echo(format_import(report).encode())
    else:
        for line in _lines(report, dry=selection["dry"]):
            terminal.write(line)
    return int(not report.aligned and not report.kept)


def _lines(report: Report, *, dry: bool) -> Iterator[str]:
    for warning in report.warnings:
        yield f"{report.file}: {warning}"
    for message in report.unmatched:
        perhaps = (
            "" if message.perhaps is None else f" (perhaps text {message.perhaps} of {report.file}: --accept-perhaps)"
        )
        yield f"{message.location}: no counterpart for: {shorten(message.message, SHOWN)}{perhaps}"
    for text in report.leftovers:
        under = f", under {quote(text.heading, SHOWN)}" if text.heading else ""
        yield f"{report.file}, text {text.number}{under}: not used: {shorten(text.text, SHOWN)}"
    for row in report.differences:
        yield f"{row.kind}: {row.source} in the source, {row.document} in {report.file}"
    for path in report.written:
        yield f"wrote {path}"
    if not report.written:
        yield "nothing was written" if dry else "nothing to change"
    aligned, left = pluralize(report.aligned, "text"), pluralize(len(report.leftovers), "text")
    counts = f"{aligned} aligned, {report.kept} kept, {len(report.unmatched)} without a counterpart"
    yield f"{counts}; {left} of {report.file} not used"
