"""The command `merge-driver`, which git calls to merge catalogues, as gitattributes(5) defines it."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from polyleaf.cli.output import escape_controls, examples, stderr
from polyleaf.errors import CommandError, PolyleafError
from polyleaf.quotations import quote

if TYPE_CHECKING:
    from polyleaf.catalogs.merge import Conflict, Merged

FILE = click.Path(dir_okay=False, path_type=Path)
MOST_CONFLICTS = 127
"""The highest exit code of `git merge-file` that is a number of conflicts; any above, such as 255, is an error."""

CONFIGURATION = 'git config merge.polyleaf.driver "polyleaf merge-driver %O %A %B %P"'


@click.command("merge-driver", epilog=examples(CONFIGURATION))
@click.argument("base", type=FILE)
@click.argument("ours", type=FILE)
@click.argument("theirs", type=FILE)
@click.argument("path")
def merge_driver(base: Path, ours: Path, theirs: Path, path: str) -> int:
    """Merge two versions of a catalogue for git, which calls it with %O, %A, %B and %P.

    BASE is the common ancestor of OURS and THEIRS, and PATH the name of the file in messages. The merged file is
    written to OURS. Exit code 1 says that both sides translated a message differently: its entry is fuzzy then and
    holds both. A file that cannot be read as a catalogue is merged by lines, as git does it, and is a conflict.

    Git calls it for the files that .gitattributes names: locales/**/*.po merge=polyleaf
    """
    merged = _merge(base, ours, theirs, path)
    _replace(ours, merged.content)
    for conflict in merged.conflicts:
        _show(conflict, path)
    return int(bool(merged.conflicts))


def _merge(base: Path, ours: Path, theirs: Path, path: str) -> Merged:
    """Return the merge of the three files by entry; where that cannot be made, leave that by lines in *ours*."""
    from polyleaf.catalogs.merge import merge

    try:
        contents = [file.read_bytes() for file in (base, ours, theirs)]
    except OSError as error:
        raise CommandError(f"{path}: cannot be merged: {error}", hint=f"Git calls this: {CONFIGURATION}") from error
    try:
        return merge(contents[0], contents[1], contents[2], path)
    except Exception as error:
        _replace(ours, _merge_lines(base, ours, theirs))
        if not isinstance(error, PolyleafError):
            raise
        hint = f"{error.hint} {path} was merged by lines: mend it, then `git add` it.".strip()
        raise type(error)(error.message, hint=hint) from error


def _replace(file: Path, content: bytes) -> None:
    from polyleaf.workspace.atomic_writes import write

    write({file: content}, file.parent, {}, is_durable=True)


def _merge_lines(base: Path, ours: Path, theirs: Path) -> bytes:
    """Return the merge by lines that git makes without a driver; both files whole if it can make none."""
    import subprocess

    names = [word for name in ("ours", "base", "theirs") for word in ("-L", name)]
    command = ["git", "merge-file", "--stdout", *names, *(str(file) for file in (ours, base, theirs))]
    with contextlib.suppress(OSError):
        process = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - git called it with these files
        if process.returncode <= MOST_CONFLICTS:
            return process.stdout
    return b"<<<<<<< ours\n%b\n=======\n%b\n>>>>>>> theirs\n" % (ours.read_bytes(), theirs.read_bytes())


def _show(conflict: Conflict, path: str) -> None:
    from rich.text import Text

    fact = escape_controls(f"{path}:{conflict.line}: both sides changed the translation of {quote(conflict.message)}")
    console = stderr()
    console.print(Text.assemble(("conflict: ", "bold red"), fact))
    console.print(Text("  Its entry is fuzzy and holds both. Keep the right one, then `git add` the file.", "cyan"))
