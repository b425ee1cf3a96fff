"""All that is found in leaflets, open and acknowledged: what those who sign must see, what keeps a text from print."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from polyleaf import sources
from polyleaf.catalogs import copied_source
from polyleaf.checks import runner
from polyleaf.checks.registry import CHECKS
from polyleaf.commands import check, readability
from polyleaf.facts import placeholders
from polyleaf.model import Finding, Location, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from polyleaf.checks.runner import Answer
    from polyleaf.checks.subjects import LocalizedText
    from polyleaf.localize import LocalizationJob
    from polyleaf.project.snapshot import Snapshot
    from polyleaf.workspace import Workspace

GONE = frozenset(("missing", "fuzzy"))
"""The checks that say that there is no translation."""

NOT_PRINTED = GONE | {copied_source.CHECK}
"""The checks that say that there is none to print."""

PLACEHOLDER = "placeholder"
FILL_IN = "Fill in what is still to come; until then nobody can sign it, and it is not released."


@dataclass(frozen=True, slots=True)
class Findings:
    """What is found of one leaflet in one language.

    *source* are findings in what its author wrote (for a translation too: it is no better than its source). *texts*
    are findings in this language about wording, *answers* those about pairs of message and translation, both open.
    *excused* is what somebody has acknowledged, of both kinds, the gravest first.
    """

    job: LocalizationJob
    source: tuple[Finding, ...]
    texts: tuple[Finding, ...]
    answers: tuple[Answer, ...]
    excused: tuple[Answer, ...]

    @property
    def open(self) -> list[Finding]:
        """What nobody has acknowledged in this language."""
        own = [*self.texts, *map(check.finding, self.answers)]
        return own if self.job.catalog else list(dict.fromkeys([*self.source, *own]))

    @property
    def grave(self) -> list[Answer]:
        """The acknowledged errors in texts of the safety class."""
        return [answer for answer in self.excused if answer.severity is Severity.ERROR and answer.pair.unit.safety]

    def wrong(self) -> list[Finding]:
        """Return, as errors, what nobody should sign and nobody may release."""
        found = dict.fromkeys([*self.source, *self.open])
        stopping = [one for one in found if stops(one)]
        return [replace(one, severity=Severity.ERROR, hint=one.hint or _way_out(one)) for one in stopping]


def stops(finding: Finding) -> bool:
    """Tell whether *finding* keeps a text from being signed and released."""
    return finding.severity is Severity.ERROR or finding.check in {PLACEHOLDER, *NOT_PRINTED}


def survey(workspace: Workspace, snapshot: Snapshot, work: Sequence[LocalizationJob]) -> list[Findings]:
    """Return for each job of *work* all that the checks say of it."""
    originals = readability.sources(snapshot)
    translated, faults = readability.translations(snapshot, work)
    texts = check.of_versions([*originals, *translated], faults)
    excused = {_edition(version): _excused(version) for version in translated}
    authors = {document.leaflet: check.of_author(snapshot, document) for document in snapshot.documents}
    made = []
    for job, answers in check.answers(workspace, snapshot.project, work):
        edition = job.document.leaflet, job.language
        original = texts.get((job.document.leaflet, snapshot.project.source_language), [])
        author = [*authors[job.document.leaflet], *(one for one in original if one.check == PLACEHOLDER)]
        author += _unfinished(job, author)
        said = [answer for answer in answers if answer.acknowledged] + excused.get(edition, [])
        made.append(
            Findings(
                job,
                tuple(author),
                tuple(texts.get(edition, ())),
                tuple(answer for answer in answers if not answer.acknowledged),
                tuple(_by_weight(_as_of_units(job, said))),
            )
        )
    return made


def _edition(version: LocalizedText) -> tuple[str, str]:
    return version.document.leaflet, version.language


def _excused(version: LocalizedText) -> list[Answer]:
    return [answer for answer in runner.of_texts(CHECKS, version) if answer.acknowledged]


def _as_of_units(job: LocalizationJob, answers: Sequence[Answer]) -> list[Answer]:
    """Return *answers*, each once, about units that are of safety when their text stands so anywhere in *job*."""
    safe = {unit.key for unit in job.units if unit.safety}
    found: dict[tuple[str, str, str], Answer] = {}
    for answer in answers:
        pair = answer.pair
        unit = replace(pair.unit, safety=pair.unit.key in safe)
        found.setdefault((answer.check, pair.place, answer.fact), replace(answer, pair=replace(pair, unit=unit)))
    return list(found.values())


def _by_weight(answers: Sequence[Answer]) -> list[Answer]:
    """Return *answers* with errors first, and among those, texts of safety."""
    return sorted(answers, key=lambda one: (one.severity is not Severity.ERROR, not one.pair.unit.safety))


def _unfinished(job: LocalizationJob, told: Sequence[Finding]) -> Iterator[Finding]:
    """Yield what stands for something still to come where no check looks, in words kept as they are, in code.

    What is *told* already is not said again.
    """
    known = " ".join(one.message for one in told if one.check == PLACEHOLDER)
    for name in placeholders.find_in_document(job.document):
        if repr(name) not in known:
            location = Location(str(job.document.path), sources.find_line(job.document.text, name))
            yield Finding(
                PLACEHOLDER, location, f"{name!r} stands for something that is still to come", Severity.WARNING
            )


def _way_out(finding: Finding) -> str:
    return FILL_IN if finding.check == PLACEHOLDER else ""
