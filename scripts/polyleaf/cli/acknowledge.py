"""Commands that write a person's judgement into a catalogue: `acknowledge` and `reword`."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import click

from polyleaf.cli.output import LEAFLETS, QUIET, Terminal, confirm, examples, one_line, open_workspace
from polyleaf.errors import CommandError
from polyleaf.quotations import quote_whole

if TYPE_CHECKING:
    from polyleaf.commands.acknowledge import Rewording
    from polyleaf.model import Finding

WHO = click.option("--by", "name", required=True, metavar="NAME", help="Who says so.")


@click.command(
    epilog=examples(
        'polyleaf acknowledge locales/en/LC_MESSAGES/knee.po:48 negation_differs --by "A. Jansen" \\',
        '    --reason "avoid is the negation"',
    )
)
@click.argument("location", metavar="FILE.po:LINE")
@click.argument("check")
@WHO
@click.option("--reason", required=True, help="Why it is right all the same.")
@click.option("--text", default="", metavar="FILE:LINE", help="The text, where several stay as they are.")
@QUIET
def acknowledge(location: str, check: str, name: str, reason: str, text: str, quiet: bool) -> None:
    """Say that what CHECK finds in one entry of a catalogue is right all the same.

    FILE.po:LINE and CHECK are what `polyleaf check` prints. It is written into the translator comment of the entry,
    with your name and a fingerprint of both texts: when either is edited, the finding is open again. That of a text
    which stays as it is goes into the comment of the header, since it has no entry.
    """
    from polyleaf.checks.coverage import describe_coverage
    from polyleaf.commands import acknowledge as command
    from polyleaf.commands.acknowledge import Judgement

    name = one_line(name, "--by")
    if ":" in name:
        raise CommandError("--by has a colon in it", hint="Write the name alone.")
    terminal = Terminal(quiet=quiet)
    judgement = Judgement(name, one_line(reason, "--reason"), text)
    paths, finding = command.acknowledge(open_workspace(), location, check, judgement)
    terminal.show_paths(paths)
    terminal.show_coverage(describe_coverage([PurePosixPath(finding.location.path).parts[1]]))
    if finding.severity == "error":
        kind = "an error in a safety text" if finding.in_safety else "an error"
        terminal.write(f"This is {kind}: it is printed all the same, on your word.")
        terminal.write(
            "The review sheet and `polyleaf sign` show it, with your name and reason, to everybody who signs."
        )


@click.command(
    epilog=examples('polyleaf reword knee --by "A. Jansen"', "polyleaf reword --at source/knee.md:12 --by ...")
)
@LEAFLETS
@WHO
@click.option("--at", "locations", multiple=True, metavar="FILE:LINE", help="This text (may be repeated); do not ask.")
@click.option("--all", "every", is_flag=True, help="All texts, but for those of the safety class; do not ask.")
@QUIET
def reword(leaflets: tuple[str, ...], name: str, locations: tuple[str, ...], every: bool, quiet: bool) -> int:
    """Say that a text of the source was worded anew without another meaning: its translations stay as they are.

    Run it after the source was edited, before or after `polyleaf update`. Texts are shown in which a typo or a few
    words changed, but no number, unit, limit or negation; the rest must be translated again. What you confirm is
    never fuzzy, and your name and the day are written into the comment of each entry. Whoever signed the texts must
    sign again.
    """
    from polyleaf.commands import acknowledge as command

    terminal = Terminal(quiet=quiet)
    errors: list[Finding] = []
    rewordings = command.rewordings(open_workspace(), leaflets, errors.append)
    known = {rewording.location for rewording in rewordings}
    for location in locations:
        if location not in known:
            raise CommandError(
                f"no text at {location} has a translation of an earlier wording",
                hint=f"There is one at: {', '.join(sorted(known)) or 'no place'}.",
            )
    if not rewordings:
        terminal.write("no text was worded anew")
        return terminal.show_findings(errors)
    chosen = [rewording for rewording in rewordings if _is_chosen(rewording, locations, every=every)]
    terminal.show_paths(command.reword(open_workspace(), chosen, one_line(name, "--by")) if chosen else [])
    skipped = [rewording for rewording in rewordings if every and rewording not in chosen]
    return terminal.show_findings([*errors, *(_skipped(rewording) for rewording in skipped)])


def _is_chosen(rewording: Rewording, locations: Collection[str], *, every: bool) -> bool:
    """Show *rewording* and tell whether to apply it: its location is among *locations*, or somebody agrees."""
    if locations and rewording.location not in locations:
        return False
    click.echo(
        f"{rewording.location}\n  was: {quote_whole(rewording.old[1])}\n  now: {quote_whole(rewording.new[1])}",
        err=True,
    )
    return bool(locations) or (not rewording.safety if every else _confirm())


def _confirm() -> bool:
    hint = "Say which with --at FILE:LINE, or --all; or run it in a terminal."
    return confirm("Is the meaning exactly the same?", "the meaning is the same", hint)


def _skipped(rewording: Rewording) -> Finding:
    from polyleaf.model import Finding, Location, Severity

    fact = "a text of the safety class, so it was not reworded with the others"
    hint = f"Look at it, then: polyleaf reword --at {rewording.location}"
    return Finding("reword", Location.parse(rewording.location), fact, Severity.ERROR, hint)
