"""Command that writes a sign-off, after a summary of the texts and findings: `sign`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from polyleaf.cli.output import (
    QUIET,
    STYLES,
    Terminal,
    confirm,
    escape_controls,
    examples,
    one_line,
    open_workspace,
    stderr,
)
from polyleaf.quotations import pluralize, quote_whole

if TYPE_CHECKING:
    from rich.text import Text

    from polyleaf.commands.sign import Approval
    from polyleaf.model import Finding


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

    terminal = Terminal(quiet=quiet)
    signer = Signer(one_line(role, "--role"), one_line(name, "--name"))
    approval = command.prepare_approval(open_workspace(), leaflet, language, signer)
    if approval.wrong:
        terminal.write("not signed: nobody can approve this yet")
        return terminal.show_findings(approval.wrong)
    if not (yes and quiet):
        for line in _summary(approval):
            stderr().print(line)
    if not yes and not _confirm(approval):
        terminal.write("not signed")
        return 1
    signoff = command.sign(open_workspace(), approval)
    terminal.write(f"signed: {leaflet} in {language}, {signoff.translation}")
    return 0


def _confirm(approval: Approval) -> bool:
    signoff = approval.signoff
    question = (
        f"{signoff.name} ({signoff.role}) has read {approval.leaflet} in {signoff.language} from beginning to end"
    )
    hint = "Run it in a terminal; or read the list above and say --yes."
    return confirm(f"{question} and approves it", f"{signoff.name} has read and approves this", hint)


def _summary(approval: Approval) -> Iterator[Text]:
    """Yield what is signed, line by line: acknowledged errors first, since they are printed on somebody's word."""
    from rich.text import Text

    signoff = approval.signoff
    version = f", version {signoff.version}" if signoff.version else ""
    review = f", to be reviewed by {approval.review_by}" if approval.review_by else ""
    texts = f"{pluralize(approval.texts, 'text')}, {approval.safety} of safety"
    head = f"{approval.leaflet} in {signoff.language}{version}{review}: {texts}"
    yield Text(escape_controls(head), "bold")
    errors = [finding for finding in approval.acknowledged if finding.severity == "error"]
    warnings = [finding for finding in approval.acknowledged if finding.severity != "error"]
    counts = (
        (len(errors), "acknowledged error"),
        (len(approval.open), "open warning"),
        (len(warnings), "acknowledged warning"),
    )
    yield Text(", ".join(pluralize(count, name) for count, name in counts if count) or "nothing was found")
    for line in approval.unchecked:
        yield Text(f"  not looked at: {line}", STYLES["warning"])
    for unit in approval.kept:
        text = escape_controls(f"{unit.location}: {quote_whole(unit.message)}")
        yield Text.assemble("  ", (f"stays in {approval.source}: ", STYLES["warning"]), text)
    yield from map(_acknowledged, errors)
    for finding in approval.open:
        label = ("open warning: ", STYLES[finding.severity])
        text = escape_controls(f"{finding.location}: {finding.message}")
        yield Text.assemble("  ", label, text, (f" [{finding.check}]", "dim"))
    yield from map(_acknowledged, warnings)


def _acknowledged(finding: Finding) -> Text:
    from rich.text import Text

    by, message = finding.acknowledged, finding.unit.message if finding.unit else ""
    kind = " in a safety text" if finding.in_safety else ""
    who = f"{by.name}, {by.date}: {by.reason}" if by else ""
    translation = "" if finding.translation is None else f": {quote_whole(finding.translation)}"
    head = (f"acknowledged {finding.severity}{kind}: ", STYLES[finding.severity])
    texts = escape_controls(f"{finding.location}: {quote_whole(message)} {finding.fact}{translation}")
    text = Text.assemble("  ", head, texts, (f" [{finding.check}]", "dim"))
    return text.append(escape_controls(f"\n    {who}"), "cyan")
