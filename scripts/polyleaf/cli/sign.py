"""SHELL: the command with which a person signs, and what it shows of the texts before it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.text import Text

from polyleaf.cli.output import QUIET, STYLES, Shell, confirmed, examples, harmless, open_workspace, said, stderr
from polyleaf.model import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from polyleaf.checks.runner import Answer
    from polyleaf.commands.sign import Approval


@click.command(
    epilog=examples(
        'polyleaf sign knee -l en --role pharmacist --name "A. Jansen"',
        'polyleaf sign knee -l en --role pharmacist --name "A. Jansen" --yes',
    )
)
@click.argument("leaflet")
@click.option("-l", "--language", required=True, metavar="LANG", help="The language that was read.")
@click.option("--role", required=True, help="What the person who signs is, such as pharmacist.")
@click.option("--name", required=True, help="Who signs.")
@click.option("-y", "--yes", is_flag=True, help="The texts and the list of findings were read: do not ask.")
@QUIET
def sign(leaflet: str, language: str, role: str, name: str, yes: bool, quiet: bool) -> int:
    """Write down that a person has read LEAFLET in a language and approves exactly these texts.

    It shows first what is signed: how many texts, what was found in them, and what others have acknowledged. The
    sign-off goes into source/LEAFLET.sign-offs.toml with the fingerprints of the source and of the translation; when
    either changes, it does not count any more. Read the texts first: `polyleaf review`.
    """
    from polyleaf.commands import sign as command
    from polyleaf.commands.sign import Signer

    shell = Shell(quiet=quiet)
    signer = Signer(said(role, "--role"), said(name, "--name"))
    asked = command.approval(open_workspace(), leaflet, language, signer)
    if asked.wrong:
        shell.say("not signed: nobody can approve this yet")
        return shell.tell(asked.wrong)
    if not (yes and quiet):
        for line in _summary(asked):
            stderr().print(line)
    if not yes and not _agreed(asked):
        shell.say("not signed")
        return 1
    made = command.sign(open_workspace(), asked)
    shell.say(f"signed: {leaflet} in {language}, {made.translation}")
    return 0


def _agreed(asked: Approval) -> bool:
    made = asked.signoff
    question = f"{made.name} ({made.role}) has read {asked.leaflet} in {made.language} from beginning to end"
    hint = "Run it in a terminal; or read the list above and say --yes."
    return confirmed(f"{question} and approves it", f"{made.name} has read and approves this", hint)


def _summary(asked: Approval) -> Iterator[Text]:
    """Yield what is signed, line by line: acknowledged errors first, since they are printed on somebody's word."""
    made = asked.signoff
    version = f", version {made.version}" if made.version else ""
    review = f", to be reviewed by {asked.review_by}" if asked.review_by else ""
    head = (
        f"{asked.leaflet} in {made.language}{version}{review}: {_many(asked.texts, 'text')}, {asked.safety} of safety"
    )
    yield Text(harmless(head), "bold")
    errors = [one for one in asked.excused if one.severity is Severity.ERROR]
    rest = [one for one in asked.excused if one.severity is not Severity.ERROR]
    counts = (
        (len(errors), "acknowledged error"),
        (len(asked.open), "open warning"),
        (len(rest), "acknowledged warning"),
    )
    yield Text(", ".join(_many(count, name) for count, name in counts if count) or "nothing was found")
    for answer in errors:
        yield _excused(answer)
    for one in asked.open:
        label = ("open warning: ", STYLES[one.severity])
        yield Text.assemble("  ", label, harmless(f"{one.location}: {one.message}"), (f" [{one.check}]", "dim"))
    for answer in rest:
        yield _excused(answer)


def _excused(answer: Answer) -> Text:
    by, pair = answer.acknowledged, answer.pair
    where = " in a safety text" if pair.unit.safety else ""
    who = f"{by.name}, {by.date}: {by.reason}" if by else ""
    texts = f"{pair.unit.message!r} {answer.fact}" + (f": {pair.entry.text!r}" if pair.entry else "")
    head = (f"acknowledged {answer.severity}{where}: ", STYLES[answer.severity])
    text = Text.assemble("  ", head, harmless(f"{pair.place}: {texts}"), (f" [{answer.check}]", "dim"))
    return text.append(harmless(f"\n    {who}"), "cyan")


def _many(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


COMMANDS = (sign,)
