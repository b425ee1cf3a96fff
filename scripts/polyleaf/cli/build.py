"""Commands that make outputs: `build` and `theme`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from polyleaf.cli.output import FORMAT, LANGUAGE, LEAFLETS, OUTPUT, QUIET, Terminal, examples, open_workspace
from polyleaf.paths import CHECKSUMS, FORMATS, MANIFEST
from polyleaf.quotations import pluralize

if TYPE_CHECKING:
    from polyleaf.model import Finding
    from polyleaf.project.selection import Selection
    from polyleaf.provenance.result_cache import ResultCache
    from polyleaf.workspace import Workspace

NAME = "build"

UNRENDERED = "render"
"""The check of a finding about an edition that could not be rendered: perhaps it can be, next time."""


@click.command(
    epilog=examples(
        "polyleaf build", "polyleaf build knee -l en -f pdf", "polyleaf build --release --verify -o ../site"
    )
)
@LEAFLETS
@LANGUAGE
@FORMAT(type=click.Choice(sorted(FORMATS)))
@OUTPUT(help="Put the files there instead of in build/.")
@click.option("--release", is_flag=True, help="Make only what may be handed out; say why the rest may not.")
@click.option(
    "--verify", is_flag=True, help="Then make them again, elsewhere and otherwise, and prove that they are the same."
)
@click.option("--force", is_flag=True, help="Make also what has not changed since the last build.")
@click.option("--explain", is_flag=True, help="Say of each leaflet and language why it is made, or that it is kept.")
@QUIET
def build(
    leaflets: tuple[str, ...],
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    output: Path | None,
    release: bool,
    verify: bool,
    force: bool,
    explain: bool,
    quiet: bool,
) -> int:
    """Make the files of each LEAFLET in every language and format.

    No edition is made in which a text of the safety class is not translated, fuzzy or wrong. With --release only
    leaflets are made that are published, signed for exactly these texts, not past their review date, and without
    errors, untranslated texts or placeholders. What is in build/ and what it was made from is told by manifest.json
    and SHA256SUMS there.
    """
    from polyleaf.project.selection import Selection
    from polyleaf.provenance import result_cache
    from polyleaf.provenance.result_cache import ResultCache

    terminal = Terminal(quiet=quiet)
    selection = Selection(leaflets, languages, tuple(dict.fromkeys(formats)), release, force or verify)
    workspace = open_workspace(output)
    cache = ResultCache(workspace)
    request = asdict(replace(selection, force=False))
    known = None if selection.force or explain else cache.find(open_workspace(output), NAME, request)
    if known:
        return _show(terminal, known["notes"], known["outputs"], list(map(result_cache.unpack, known["findings"])))
    recorded = workspace.built(MANIFEST) if explain else None
    code, rendered = _build(terminal, workspace, selection, cache)
    if explain:
        _explain(terminal, workspace, recorded, rendered)
    return _verify(terminal, workspace, selection) or code if verify else code


def _build(
    terminal: Terminal, workspace: Workspace, selection: Selection, cache: ResultCache
) -> tuple[int, list[PurePosixPath]]:
    """Make the files of *selection*, tell it, and keep the answer; return the exit code, and what was made."""
    from polyleaf.commands import build as command
    from polyleaf.provenance import result_cache

    notes: list[str] = []
    rendered: list[PurePosixPath] = []

    def count(path: PurePosixPath) -> None:
        rendered.append(path)
        done(path)

    with terminal.progress() as (done, planned):
        findings = command.build(workspace, selection, count, planned, notes.append)
    outputs = len({*workspace.outputs} - {MANIFEST, CHECKSUMS})
    if not any(finding.check == UNRENDERED for finding in findings):
        result = {"notes": notes, "outputs": outputs, "findings": list(map(result_cache.pack, findings))}
        cache.keep(workspace, NAME, asdict(replace(selection, force=False)), result)
    return _show(terminal, notes, outputs - len(rendered), findings), rendered


def _explain(
    terminal: Terminal, workspace: Workspace, recorded: bytes | None, rendered: Sequence[PurePosixPath]
) -> None:
    """Say of each edition of this build why it was made, or that it was kept; *recorded* is the manifest before."""
    from polyleaf.provenance import diff, manifest

    before, after = manifest.read(recorded), manifest.read(workspace.built(MANIFEST))
    displayed = set(map(str, rendered))
    reasons: dict[str, str] = {}
    for path in map(str, workspace.outputs):
        is_made = workspace.display(PurePosixPath(path)) in displayed
        if path in after:
            edition = f"{after[path]['leaflet']} in {after[path]['language']}"
            reason = f"made: {diff.explain(before.get(path), after[path])}" if is_made else "kept: nothing has changed"
            reasons.setdefault(edition, reason)
    for edition in sorted(reasons):
        terminal.write(f"{edition}: {reasons[edition]}")


def _show(terminal: Terminal, notes: Sequence[str], kept: int, findings: Sequence[Finding]) -> int:
    """Print the *notes*, how many files were *kept* as they are, and the *findings*; return the exit code."""
    for note in notes:
        terminal.write(note)
    if kept:
        terminal.write(f"kept {pluralize(kept, 'file')}, for which nothing has changed")
    return terminal.show_findings(findings)


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
