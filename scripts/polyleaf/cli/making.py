"""SHELL: the commands that make finished files."""

from __future__ import annotations

from pathlib import Path

import click

from polyleaf import pipeline
from polyleaf.cli.shell import LANGUAGE, LEAFLETS, QUIET, Shell, examples, said, workspace
from polyleaf.pipeline import Signer, Wish


@click.command(
    epilog=examples("polyleaf build", "polyleaf build knee -l en -f pdf", "polyleaf build --release -o ../site")
)
@LEAFLETS
@LANGUAGE
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    type=click.Choice(sorted(pipeline.FORMATS)),
    help="Only this format (may be repeated).",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Put the files there instead of in build/.",
)
@click.option("--release", is_flag=True, help="Make only what may be handed out; say why the rest may not.")
@QUIET
def build(
    leaflets: tuple[str, ...],
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    output: Path | None,
    release: bool,
    quiet: bool,
) -> int:
    """Make the files of each LEAFLET in every language and format.

    No edition is made in which a text of the safety class is not translated, fuzzy or wrong. With --release only
    leaflets are made that are published, signed for exactly these texts, not past their review date, and without
    errors, untranslated texts or placeholders.
    """
    shell = Shell(quiet=quiet)
    wish = Wish(leaflets, languages, tuple(dict.fromkeys(formats)), release)
    with shell.watch() as (done, planned):
        findings = pipeline.build(workspace(output), wish, done, planned)
    return shell.tell(findings)


@click.command(epilog=examples('polyleaf sign knee -l en --role pharmacist --name "A. Jansen"'))
@click.argument("leaflet")
@click.option("-l", "--language", required=True, metavar="LANG", help="The language that was read.")
@click.option("--role", required=True, help="What the person who signs is, such as pharmacist.")
@click.option("--name", required=True, help="Who signs.")
@click.option("-y", "--yes", is_flag=True, help="The texts were read: do not ask.")
@QUIET
def sign(leaflet: str, language: str, role: str, name: str, yes: bool, quiet: bool) -> int:
    """Write down that a person has read LEAFLET in a language and approves exactly these texts.

    The sign-off goes into source/LEAFLET.sign-offs.toml with the fingerprints of the source and of the translation;
    when either changes, it does not count any more. Read the texts first: `polyleaf review`.
    """
    shell = Shell(quiet=quiet)
    signer = Signer(said(role, "--role"), said(name, "--name"))
    if not yes:
        question = (
            f"{signer.name} ({signer.role}) has read {leaflet} in {language} from beginning to end and approves it"
        )
        click.confirm(question, abort=True, err=True)
    made, wrong = pipeline.sign(workspace(), leaflet, language, signer)
    if made:
        shell.say(f"signed: {leaflet} in {language}, {made.translation}")
    else:
        shell.say("not signed: nobody can approve this yet")
    return shell.tell(wrong)


COMMANDS = (build, sign)
