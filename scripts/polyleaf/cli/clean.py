"""Command that removes old outputs: `clean`."""

from __future__ import annotations

from pathlib import Path

import click

from polyleaf.cli.output import OUTPUT, QUIET, Terminal, examples, open_workspace


@click.command(epilog=examples("polyleaf clean --dry-run", "polyleaf clean", "polyleaf clean -o ../site"))
@OUTPUT(help="Remove old files there instead of in build/.")
@click.option("--dry-run", is_flag=True, help="Remove nothing: say what would be removed.")
@QUIET
def clean(output: Path | None, dry_run: bool, quiet: bool) -> int:
    """Remove the files in build/ that say something else than the project does now.

    Those are the files of languages that are not in the settings any more, of leaflets that were renamed, deleted or
    withdrawn, and all that were made from other texts than are there now. Only what `manifest.json` says that a build
    made is removed, and only as long as nobody changed it. The folder must be of this project alone.
    """
    from polyleaf.commands import clean as command

    terminal = Terminal(quiet=quiet)
    cleaning = command.clean(open_workspace(output), is_trial=dry_run)
    for finding in cleaning.removed:
        terminal.write(f"{'would remove' if dry_run else 'removed'} {finding.location}: {finding.fact}")
    if not cleaning.removed:
        terminal.write("nothing to remove")
    for finding in cleaning.left:
        terminal.write(f"left {finding.location}: {finding.fact}")
    return terminal.show_findings(cleaning.errors)
