"""Signing: what a person is asked to approve, and the line that says that they did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from polyleaf import paths, release
from polyleaf.checks import coverage
from polyleaf.commands.check import list_kept_units
from polyleaf.commands.quality_gate import collect_findings
from polyleaf.errors import CommandError
from polyleaf.model import Finding, Unit
from polyleaf.project.candidate import load_candidate, read_signoffs
from polyleaf.project.selection import Selection
from polyleaf.project.snapshot import load_jobs, read, select_languages
from polyleaf.quotations import quote
from polyleaf.release import signoff_file
from polyleaf.release.signoff_file import SignOff
from polyleaf.workspace import Workspace
from polyleaf.workspace.atomic_writes import redo_after_conflict


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, and in which role."""

    role: str
    name: str


@dataclass(frozen=True, slots=True)
class Approval:
    """What somebody is asked to sign in *leaflet*, and the sign-off, bound to exactly these texts, if they do.

    *texts* are how many there are, *safety* how many of the safety class. *open* is what was found and nobody has
    acknowledged, *acknowledged* what somebody has, the gravest first. What is *wrong* nobody can sign. *unchecked* says
    what the checks did not look at, a line each; *kept* are the texts that stay in the language *source*.
    """

    leaflet: str
    signoff: SignOff
    texts: int
    safety: int
    review_by: str
    open: tuple[Finding, ...]
    acknowledged: tuple[Finding, ...]
    wrong: tuple[Finding, ...]
    unchecked: tuple[str, ...] = ()
    kept: tuple[Unit, ...] = ()
    source: str = ""


def prepare_approval(workspace: Workspace, leaflet: str, language: str, signer: Signer) -> Approval:
    """Return what *signer* would approve by signing *leaflet* in *language* as it is now."""
    snapshot = read(workspace, [leaflet])
    _check_role(signer, snapshot.project.sign_off_roles)
    selected = select_languages(Selection(languages=(language,)), snapshot.project.languages)
    [findings] = collect_findings(workspace, snapshot, load_jobs(workspace, snapshot, selected))
    candidate = load_candidate(workspace, snapshot, findings.job)
    plain, prints = candidate.front.plain, candidate.fingerprints
    version, day = plain.get("version", ""), workspace.today().isoformat()
    units = findings.job.units or snapshot.units[0]
    return Approval(
        leaflet=leaflet,
        signoff=SignOff(signer.role, signer.name, day, language, version, prints.source, prints.translation),
        texts=len({unit.key for unit in units}),
        safety=len({unit.key for unit in units if unit.safety}),
        review_by=plain.get("review-by", ""),
        open=tuple(findings.open),
        acknowledged=findings.acknowledged,
        wrong=(*findings.blocking(), *release.objections(candidate)),
        unchecked=tuple(coverage.summarize(candidate.languages)) if findings.job.catalog else (),
        kept=tuple(list_kept_units(findings.job)),
        source=snapshot.project.source_language,
    )


@redo_after_conflict
def sign(workspace: Workspace, approval: Approval) -> SignOff:
    """Write down the sign-off of *approval*; raises CommandError when there is something in it that nobody can sign."""
    if approval.wrong:
        raise CommandError(f"{approval.leaflet} cannot be signed as it is", hint="`polyleaf check` says what is wrong.")
    signoffs = [*read_signoffs(workspace, approval.leaflet), approval.signoff]
    workspace.save({paths.sign_offs(approval.leaflet): signoff_file.write(signoffs)})
    return approval.signoff


def _check_role(signer: Signer, roles: Sequence[str]) -> None:
    if roles and signer.role not in roles:
        raise CommandError(
            f"{quote(signer.role)} is not one of sign_off_roles", hint=f"Choose from: {', '.join(roles)}."
        )
