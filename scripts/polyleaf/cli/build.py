"""Commands that make outputs: `build` and `theme`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from polyleaf import config
from polyleaf.cli.output import FORMAT, LANGUAGE, LEAFLETS, OUTPUT, QUIET, Terminal, examples, open_workspace

if TYPE_CHECKING:
    from polyleaf.project.snapshot import Selection
    from polyleaf.workspace import Workspace


@click.command(
    epilog=examples(
        "polyleaf build", "polyleaf build knee -l en -f pdf", "polyleaf build --release --verify -o ../site"
    )
)
@LEAFLETS
@LANGUAGE
@FORMAT(type=click.Choice(sorted(config.FORMATS)))
@OUTPUT(help="Put the files there instead of in build/.")
@click.option("--release", is_flag=True, help="Make only what may be handed out; say why the rest may not.")
@click.option(
    "--verify", is_flag=True, help="Then make them again, elsewhere and otherwise, and prove that they are the same."
)
@QUIET
def build(
    leaflets: tuple[str, ...],
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    output: Path | None,
    release: bool,
    verify: bool,
    quiet: bool,
) -> int:
    """Make the files of each LEAFLET in every language and format.

    No edition is made in which a text of the safety class is not translated, fuzzy or wrong. With --release only
    leaflets are made that are published, signed for exactly these texts, not past their review date, and without
    errors, untranslated texts or placeholders. What is in build/ and what it was made from is told by manifest.json
    and SHA256SUMS there.
    """
    from polyleaf.commands import build as command
    from polyleaf.project.snapshot import Selection

    terminal = Terminal(quiet=quiet)
    selection = Selection(leaflets, languages, tuple(dict.fromkeys(formats)), release)
    workspace = open_workspace(output)
    notes: list[str] = []
    with terminal.progress() as (done, planned):
        findings = command.build(workspace, selection, done, planned, notes.append)
    for note in notes:
        terminal.write(note)
    code = terminal.show_findings(findings)
    return _verify(terminal, workspace, selection) or code if verify else code


def _verify(terminal: Terminal, workspace: Workspace, selection: Selection) -> int:
    """Make all of it again, say what differs or that nothing does, and return the exit code."""
    from polyleaf.commands import verify as command

    terminal.write("making all of it again, in another folder, time zone and locale")
    count, findings = command.verify(workspace, selection)
    if count and not findings:
        files = "the file is" if count == 1 else f"all {count} files are"
        terminal.write(f"{files} the same, byte by byte")
    return terminal.show_findings(findings)


@click.command(epilog=examples("polyleaf theme", "polyleaf theme -o ../site"))
@OUTPUT(help="Put the files there instead of in build/.")
@QUIET
def theme(output: Path | None, quiet: bool) -> None:
    """Make a specimen of source/theme.toml: every part of a leaflet, and every contrast and size in numbers.

    A theme that somebody could not read is refused, here and by every other command, with the colour that would do.
    """
    from polyleaf.commands import theme_preview as command

    terminal = Terminal(quiet=quiet)
    for path in command.preview(open_workspace(output)):
        terminal.write(f"made {path}")
