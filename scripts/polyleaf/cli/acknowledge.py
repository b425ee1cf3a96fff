"""SHELL: the commands with which a person says something of an entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from polyleaf.cli.output import LEAFLETS, QUIET, Shell, confirmed, examples, open_workspace, said
from polyleaf.errors import CommandError
from polyleaf.model import Finding, Location, Severity

if TYPE_CHECKING:
    from collections.abc import Collection

    from polyleaf.commands.acknowledge import Rewording

WHO = click.option("--by", "name", required=True, metavar="NAME", help="Who says so.")


@click.command(
    epilog=examples(
        'polyleaf acknowledge locales/en/LC_MESSAGES/knee.po:48 negation_differs --by "A. Jansen" \\',
        '    --reason "avoid is the negation"',
    )
)
@click.argument("place", metavar="FILE.po:LINE")
@click.argument("check")
@WHO
@click.option("--reason", required=True, help="Why it is right all the same.")
@QUIET
def acknowledge(place: str, check: str, name: str, reason: str, quiet: bool) -> None:
    """Say that what CHECK finds in one entry of a catalogue is right all the same.

    PLACE and CHECK are what `polyleaf check` prints. It is written into the translator comment of the entry, with
    your name and a fingerprint of both texts: when either is edited, the finding is open again.
    """
    from polyleaf.commands import acknowledge as command

    name = said(name, "--by")
    if ":" in name:
        raise CommandError("--by has a colon in it", hint="Write the name alone.")
    shell = Shell(quiet=quiet)
    changed, what = command.acknowledge(open_workspace(), place, check, name, said(reason, "--reason"))
    shell.changed(changed)
    if what.severity is Severity.ERROR:
        where = "an error in a safety text" if what.pair.unit.safety else "an error"
        shell.say(f"This is {where}: it is printed all the same, on your word.")
        shell.say("The review sheet and `polyleaf sign` show it, with your name and reason, to everybody who signs.")


@click.command(
    epilog=examples('polyleaf reword knee --by "A. Jansen"', "polyleaf reword --at source/knee.md:12 --by ...")
)
@LEAFLETS
@WHO
@click.option("--at", "places", multiple=True, metavar="FILE:LINE", help="This text (may be repeated); do not ask.")
@click.option("--all", "every", is_flag=True, help="All texts, but for those of the safety class; do not ask.")
@QUIET
def reword(leaflets: tuple[str, ...], name: str, places: tuple[str, ...], every: bool, quiet: bool) -> int:
    """Say that a text of the source was worded anew without another meaning: its translations stay as they are.

    Run it after the source was edited, before or after `polyleaf update`. Texts are shown in which a typo or a few
    words changed, but no number, unit, limit or negation; the rest must be translated again. What you confirm is
    never fuzzy, and your name and the day are written into the comment of each entry. Whoever signed the texts must
    sign again.
    """
    from polyleaf.commands import acknowledge as command

    shell = Shell(quiet=quiet)
    found = command.rewordings(open_workspace(), leaflets)
    known = {one.place for one in found}
    for place in places:
        if place not in known:
            raise CommandError(
                f"no text at {place} has a translation of an earlier wording",
                hint=f"There is one at: {', '.join(sorted(known)) or 'no place'}.",
            )
    if not found:
        shell.say("no text was worded anew")
        return 0
    chosen = [one for one in found if _chosen(one, places, every=every)]
    shell.changed(command.reword(open_workspace(), chosen, said(name, "--by")) if chosen else [])
    left = [one for one in found if every and one not in chosen]
    return shell.tell([_left(one) for one in left])


def _chosen(one: Rewording, places: Collection[str], *, every: bool) -> bool:
    """Show *one* and tell whether it is to be reworded: because its place is named, or somebody says so."""
    if places and one.place not in places:
        return False
    click.echo(f"{one.place}\n  was: {one.old[1]!r}\n  now: {one.new[1]!r}", err=True)
    return bool(places) or (not one.safety if every else _confirmed())


def _confirmed() -> bool:
    hint = "Say which with --at FILE:LINE, or --all; or run it in a terminal."
    return confirmed("Is the meaning exactly the same?", "the meaning is the same", hint)


def _left(one: Rewording) -> Finding:
    fact = "a text of the safety class, so it was not reworded with the others"
    return Finding(
        "reword", Location.parse(one.place), fact, Severity.ERROR, f"Look at it, then: polyleaf reword --at {one.place}"
    )


COMMANDS = (acknowledge, reword)
