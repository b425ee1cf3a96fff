"""What stands between a text and the press: safety, policy, and for a release sign-offs, dates and findings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from polyleaf.catalogs import copies
from polyleaf.errors import CommandError
from polyleaf.facts import placeholders
from polyleaf.model import Finding, Severity
from polyleaf.pipeline import asking
from polyleaf.pipeline.reading import Wish, jobs, languages, read
from polyleaf.release import Candidate, fingerprints, signoffs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from polyleaf.checks.questions import Answer
    from polyleaf.localize import Job
    from polyleaf.pipeline.reading import Reading
    from polyleaf.release.signoffs import SignOff
    from polyleaf.workspace import Workspace

GONE = frozenset(("missing", "fuzzy"))
"""The checks that say that there is no translation."""

NOT_PRINTED = GONE | {copies.CHECK}
"""The checks that say that there is none to print."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, and in which role."""

    role: str
    name: str


def candidate(workspace: Workspace, reading: Reading, job: Job) -> Candidate:
    """Return the leaflet of *job* in its language with its fingerprints and with the sign-offs of its file."""
    where = signed(job.document.leaflet)
    original = fingerprints.of(job.document, (), None, reading.references)
    return Candidate(
        leaflet=job.document.leaflet,
        where=str(job.document.path),
        front=job.document.front,
        language=job.language,
        project=reading.project,
        prints=fingerprints.of(job.document, job.units, job.catalog, reading.references),
        original=original,
        signoffs=signoffs.read(workspace.read(where), str(where)),
    )


def signed(leaflet: str) -> PurePosixPath:
    """Return where the sign-offs of *leaflet* are."""
    return PurePosixPath("source") / f"{leaflet}.sign-offs.toml"


def unsafe(job: Job, answers: Sequence[Answer], policy: str) -> Iterator[Finding]:
    """Yield what keeps the edition of *job* from being made, of all *answers* about its texts.

    In the safety class that is every finding of severity error: a text that is not translated or fuzzy, another
    number, a "not" too few. Elsewhere the *policy* of the language decides about what is not translated.
    """
    for answer in answers:
        in_safety = answer.pair.unit.safety and answer.severity is Severity.ERROR
        if not answer.acknowledged and (in_safety or (answer.check in NOT_PRINTED and policy == "fail")):
            found = asking.finding(answer)
            why = "a safety text" if in_safety else f"{job.language} prints no text that is not translated"
            yield Finding(found.check, found.where, f"{found.message} ({why})", Severity.ERROR, found.hint)


def sign(workspace: Workspace, leaflet: str, language: str, signer: Signer) -> tuple[SignOff | None, list[Finding]]:
    """Write down that *signer* approves *leaflet* in *language* as it is now; return the sign-off.

    When there is something in the texts that nobody can approve (one that is not translated, an error that nobody
    has acknowledged), nothing is written, and that is returned.
    """
    reading = read(workspace, [leaflet])
    _fitting(signer, reading.project.sign_off_roles)
    work = jobs(workspace, reading, languages(Wish(languages=(language,)), reading.project.languages))
    [(job, found)] = wrong(workspace, reading, work)
    if found:
        return None, found
    one = candidate(workspace, reading, job)
    version, day = one.front.plain.get("version", ""), workspace.today().isoformat()
    prints = one.prints
    made = signoffs.SignOff(signer.role, signer.name, day, language, version, prints.source, prints.translation)
    workspace.save({signed(leaflet): signoffs.write([*one.signoffs, made])})
    return made, []


def wrong(workspace: Workspace, reading: Reading, work: Sequence[Job]) -> list[tuple[Job, list[Finding]]]:
    """Return what is wrong with the texts of each of *work*: nobody should sign them, and nobody may release them."""
    texts = asking.of_versions(reading, work)
    made = []
    for job, answers in asking.answers(workspace, reading.project, work):
        found = [*asking.of_author(reading, job.document), *texts.get((job.document.leaflet, job.language), [])]
        found += [asking.finding(answer) for answer in answers if not answer.acknowledged]
        if not any(one.check == "placeholder" for one in found):
            found += _unfinished(job)
        made.append((job, [replace(one, severity=Severity.ERROR) for one in found if stops(one)]))
    return made


def _unfinished(job: Job) -> Iterator[Finding]:
    """Yield what stands for something still to come where no text is translated: in words kept as they are, in code."""
    for name in placeholders.in_document(job.document):
        fact = f"{name!r} stands for something that is still to come"
        yield Finding("placeholder", str(job.document.path), fact, Severity.ERROR)


def _fitting(signer: Signer, roles: Sequence[str]) -> None:
    if roles and signer.role not in roles:
        raise CommandError(f"{signer.role!r} is not one of sign_off_roles", hint=f"Choose from: {', '.join(roles)}.")


def stops(finding: Finding) -> bool:
    """Tell whether *finding* keeps a text from being signed and released."""
    return finding.severity is Severity.ERROR or finding.check in {"placeholder", *NOT_PRINTED}
