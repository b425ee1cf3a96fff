"""Commands that write templates and catalogues: `extract` and `update`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import click

from polyleaf.cli.output import LANGUAGE, LEAFLETS, QUIET, Terminal, examples, open_workspace

if TYPE_CHECKING:
    from polyleaf.model import Finding
    from polyleaf.workspace import Workspace

    Make = Callable[[Callable[[Finding], object]], Mapping[PurePosixPath, bytes]]
    """Takes what is called with each finding, and returns the files as they are to be."""

CHECK = click.option("--check", is_flag=True, help="Write nothing: say what would change, with exit code 1 if any.")


@click.command(epilog=examples("polyleaf extract", "polyleaf extract knee", "polyleaf extract --check"))
@LEAFLETS
@CHECK
@QUIET
def extract(leaflets: tuple[str, ...], check: bool, quiet: bool) -> int:
    """Write what can be translated of each LEAFLET to locales/LEAFLET.pot."""
    from polyleaf.commands import catalogs as command
    from polyleaf.project.selection import Selection

    workspace, selection, terminal = open_workspace(), Selection(leaflets), Terminal(quiet=quiet)
    paths, findings = _write(workspace, partial(command.extract, workspace, selection), terminal, check=check)
    return int(check and bool(paths)) | terminal.show_findings(findings)


@click.command(epilog=examples("polyleaf update", "polyleaf update -l en", "polyleaf update --check"))
@LEAFLETS
@LANGUAGE
@CHECK
@QUIET
def update(leaflets: tuple[str, ...], languages: tuple[str, ...], check: bool, quiet: bool) -> int:
    """Bring the catalogues in locales/LANG/LC_MESSAGES/ up to the sources; translations are never lost."""
    from polyleaf.project.selection import Selection
    from polyleaf.provenance import result_cache
    from polyleaf.provenance.result_cache import ResultCache

    terminal, selection = Terminal(quiet=quiet), Selection(leaflets, languages)
    workspace = open_workspace()
    cache = ResultCache(workspace)
    known = cache.find(open_workspace(), "update", asdict(selection))
    if known is not None:
        terminal.show_paths([])
        return terminal.show_findings(list(map(result_cache.unpack, known)))
    from polyleaf.commands import catalogs as command
    from polyleaf.project.snapshot import find_stray_files

    paths, findings = _write(workspace, partial(command.update, workspace, selection), terminal, check=check)
    findings += find_stray_files(workspace, selection)
    if not paths:
        cache.keep(workspace, "update", asdict(selection), list(map(result_cache.pack, findings)))
    return int(check and bool(paths)) | terminal.show_findings(findings)


def _write(
    workspace: Workspace, make: Make, terminal: Terminal, *, check: bool
) -> tuple[Sequence[PurePosixPath], list[Finding]]:
    """Write what *make* returns, or with *check* say which files are not as they should be; return them, and errors."""
    from polyleaf.workspace.atomic_writes import redo_after_conflict

    @redo_after_conflict
    def write() -> tuple[list[PurePosixPath], list[Finding]]:
        findings: dict[Finding, None] = {}
        files = make(findings.setdefault)
        return workspace.drift(files) if check else workspace.save(files), list(findings)

    paths, findings = write()
    terminal.show_paths(paths, "would change" if check else "wrote")
    return paths, findings
