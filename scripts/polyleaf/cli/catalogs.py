"""Commands that write templates and catalogues: `extract` and `update`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import click

from polyleaf.cli.output import LANGUAGE, LEAFLETS, QUIET, Terminal, examples, open_workspace

if TYPE_CHECKING:
    from polyleaf.workspace import Workspace

CHECK = click.option("--check", is_flag=True, help="Write nothing: say what would change, with exit code 1 if any.")


@click.command(epilog=examples("polyleaf extract", "polyleaf extract knee", "polyleaf extract --check"))
@LEAFLETS
@CHECK
@QUIET
def extract(leaflets: tuple[str, ...], check: bool, quiet: bool) -> int:
    """Write what can be translated of each LEAFLET to locales/LEAFLET.pot."""
    from polyleaf.commands import catalogs as command

    workspace = open_workspace()
    return _write(workspace, command.extract(workspace, leaflets), Terminal(quiet=quiet), check=check)


@click.command(epilog=examples("polyleaf update", "polyleaf update -l en", "polyleaf update --check"))
@LEAFLETS
@LANGUAGE
@CHECK
@QUIET
def update(leaflets: tuple[str, ...], languages: tuple[str, ...], check: bool, quiet: bool) -> int:
    """Bring the catalogues in locales/LANG/LC_MESSAGES/ up to the sources; translations are never lost."""
    from polyleaf.commands import catalogs as command
    from polyleaf.project.snapshot import Selection, find_stray_files

    workspace, terminal, selection = open_workspace(), Terminal(quiet=quiet), Selection(leaflets, languages)
    code = _write(workspace, command.update(workspace, selection), terminal, check=check)
    terminal.show_findings(find_stray_files(workspace, selection))
    return code


def _write(workspace: Workspace, files: Mapping[PurePosixPath, bytes], terminal: Terminal, *, check: bool) -> int:
    """Write *files*, or with *check* say which of them are not as they should be; return the exit code."""
    paths = workspace.drift(files) if check else workspace.save(files)
    terminal.show_paths(paths, "would change" if check else "wrote")
    return int(check and bool(paths))
