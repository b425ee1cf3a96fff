"""Command that makes review sheets: `review`."""

from __future__ import annotations

from pathlib import Path

import click

from polyleaf.cli.output import FORMAT, LANGUAGE, LEAFLETS, OUTPUT, QUIET, Terminal, examples, open_workspace


@click.command(
    epilog=examples("polyleaf review -l en", "polyleaf review knee -l en -f pdf", "polyleaf review -o ../site")
)
@LEAFLETS
@LANGUAGE
@FORMAT(type=click.Choice(("html", "pdf")))
@OUTPUT(help="Put the sheets into review/ there instead of in build/review/.")
@QUIET
def review(
    leaflets: tuple[str, ...], languages: tuple[str, ...], formats: tuple[str, ...], output: Path | None, quiet: bool
) -> int:
    """Make a sheet of each LEAFLET to compare a translation with its source, text by text, and to sign.

    It says first what needs eyes, marks numbers, limits and negations in both texts, and goes to people who read
    both languages; `polyleaf sign` writes down that they did.
    """
    from polyleaf.commands import review as command
    from polyleaf.project.selection import Selection

    terminal = Terminal(quiet=quiet)
    selection = Selection(leaflets, languages, formats)
    errors = command.review(open_workspace(output), selection, lambda path: terminal.write(f"made {path}"))
    return terminal.show_findings(errors)
