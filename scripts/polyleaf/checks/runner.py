"""How the checks are asked: each of a table, about every document or every pair of message and translation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from polyleaf import sources
from polyleaf.checks.subjects import line
from polyleaf.checks.translation.completeness import Pair
from polyleaf.facts.lexicon import load_lexicon
from polyleaf.model import Finding, Location, Severity
from polyleaf.units import deduplicate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from polyleaf.catalogs import Acknowledgement, Catalog
    from polyleaf.checks.source.structure import LeafletCollection, SourceText
    from polyleaf.checks.subjects import LocalizedText, Remark
    from polyleaf.checks.translation.completeness import LanguagePair
    from polyleaf.inspection.finished import Outputs
    from polyleaf.model import Unit

SHOWN = 60
"""How much of a message a finding shows."""

EXCUSE = "If it is right all the same: polyleaf acknowledge {place} {check} --by NAME --reason WHY"


class Subject(Enum):
    """What a check is asked about, which decides what it is given and what it yields."""

    COPY = auto()
    """A document, as `checks.source.structure.SourceText`: yields the line, or a piece of the source, and the fact."""

    PAIR = auto()
    """One message and its translation, as `checks.translation.completeness.Pair`: yields the fact."""

    PAIRS = auto()
    """All pairs of one language, of all leaflets together: yields a pair and the fact."""

    SHELF = auto()
    """All leaflets and their bibliography (`LeafletCollection`): yields a piece of the bibliography, and the fact."""

    VERSION = auto()
    """A leaflet in one language, source or translation, as `checks.subjects.LocalizedText`: yields a `Remark`."""

    PAPER = auto()
    """A PDF, as `inspection.pdf.PdfDocument`: yields the fact."""

    PAGE = auto()
    """A web page, as `inspection.html.HtmlDocument`: yields the fact."""

    FINISHED = auto()
    """The files of a leaflet in one language together, as `inspection.finished.Outputs`: a file and the fact."""


@dataclass(frozen=True, slots=True)
class Check:
    """A row of the table: whom it asks, how bad what it finds is, and how bad in a text of the safety class.

    *excusable*: a person may acknowledge what it finds on one entry. *graded*: the check weighs itself what it
    finds, by the gates of the project; *severity* is then for what has no gate.
    """

    ask: Callable[[Any], Iterator[Any]]
    subject: Subject
    severity: Severity
    in_safety: Severity | None = None
    excusable: bool = True
    graded: bool = False

    def weigh(self, unit: Unit) -> Severity:
        """Return how bad it is to find something in *unit*."""
        return self.in_safety if self.in_safety and unit.safety else self.severity


@dataclass(frozen=True, slots=True)
class Answer:
    """What one check says of one pair, and who has acknowledged that it is right all the same."""

    check: str
    pair: Pair
    fact: str
    severity: Severity
    acknowledged: Acknowledgement | None = None


def to_author(checks: Mapping[str, Check], copy: SourceText) -> Iterator[Finding]:
    """Yield what those of *checks* that are for authors find in *copy*."""
    document = copy.document
    for name, check in _about(checks, Subject.COPY):
        for at, fact, *way_out in check.ask(copy):
            line = at if isinstance(at, int) else sources.find_line(document.text, at)
            yield Finding(name, Location(str(document.path), line), fact, check.severity, *way_out)


def of_shelf(checks: Mapping[str, Check], shelf: LeafletCollection, where: str) -> Iterator[Finding]:
    """Yield what those of *checks* that look at all leaflets together find in the bibliography in the file *where*."""
    for name, check in _about(checks, Subject.SHELF):
        for needle, fact in check.ask(shelf):
            yield Finding(name, Location(where, sources.find_line(shelf.text, needle)), fact, check.severity)


def of_version(checks: Mapping[str, Check], version: LocalizedText) -> Iterator[Finding]:
    """Yield, each once, what those of *checks* that read texts find in *version*, and nobody has acknowledged."""
    found: dict[Finding, None] = {}
    for name, check, remark in _remarks(checks, version):
        answer = _of_remark(name, check, remark)
        if not answer or not answer.acknowledged:
            where = line(version, remark)
            hint = EXCUSE.format(place=where, check=name) if answer else ""
            found[Finding(name, Location.parse(where), remark.fact, remark.severity or check.severity, hint)] = None
    yield from found


def of_texts(checks: Mapping[str, Check], version: LocalizedText) -> Iterator[Answer]:
    """Yield what those of *checks* that read texts say of single translations in *version*, acknowledged or not."""
    for name, check, remark in _remarks(checks, version):
        answer = _of_remark(name, check, remark)
        if answer:
            yield answer


def _remarks(checks: Mapping[str, Check], version: LocalizedText) -> Iterator[tuple[str, Check, Remark]]:
    for name, check in _about(checks, Subject.VERSION):
        for remark in check.ask(version):
            yield name, check, remark


def _of_remark(name: str, check: Check, remark: Remark) -> Answer | None:
    pair = remark.text.pair if remark.text and check.excusable else None
    if pair is None:
        return None
    by = pair.entry.acknowledged(pair.unit.key, name) if pair.entry else None
    return Answer(name, pair, remark.fact, remark.severity or check.severity, by)


def pairs(units: Iterable[Unit], catalog: Catalog, language_pair: LanguagePair) -> list[Pair]:
    """Return every message of *units* once, with what *catalog* has for it; of safety when it stands so anywhere."""
    return [
        Pair(unit, catalog.entries.get(unit.key), language_pair, catalog.location(unit)) for unit in deduplicate(units)
    ]


def of_pairs(checks: Mapping[str, Check], asked: Sequence[Pair]) -> Iterator[Answer]:
    """Yield what those of *checks* that look at one pair say of the pairs *asked*, acknowledged or not."""
    for pair in asked:
        for name, check in _about(checks, Subject.PAIR):
            for fact in check.ask(pair):
                yield _answer(name, check, pair, fact)


def of_language(checks: Mapping[str, Check], asked: Sequence[Pair]) -> Iterator[Answer]:
    """Yield what those of *checks* that look at all pairs of a language say of those *asked*, acknowledged or not."""
    for name, check in _about(checks, Subject.PAIRS):
        for pair, fact in check.ask(asked):
            yield _answer(name, check, pair, fact)


def of_finished(checks: Mapping[str, Check], finished: Outputs) -> Iterator[Finding]:
    """Yield what those of *checks* that look at finished files find in *finished*."""
    files = {Subject.PAPER: finished.paper, Subject.PAGE: finished.page}
    for subject, file in files.items():
        for name, check in _about(checks, subject) if file else ():
            for fact in check.ask(file):
                yield Finding(name, Location(file.where if file else ""), fact, check.severity)
    for name, check in _about(checks, Subject.FINISHED):
        for where, fact in check.ask(finished):
            yield Finding(name, Location(where), fact, check.severity)


def _about(checks: Mapping[str, Check], subject: Subject) -> list[tuple[str, Check]]:
    return [(name, check) for name, check in checks.items() if check.subject is subject]


def _answer(name: str, check: Check, pair: Pair, fact: str) -> Answer:
    by = pair.entry.acknowledged(pair.unit.key, name) if pair.entry and check.excusable else None
    return Answer(name, pair, fact, check.weigh(pair.unit), by)


def finding(answer: Answer, *, excusable: bool) -> Finding:
    """Return *answer* as a finding, which tells how to acknowledge it where that can be done."""
    pair = answer.pair
    fact = f"{pair.unit.message[:SHOWN]!r} {answer.fact}"
    hint = EXCUSE.format(place=pair.place, check=answer.check) if excusable else ""
    return Finding(answer.check, Location.parse(pair.place), fact, answer.severity, hint)


def unworded(languages: Iterable[str]) -> Iterator[Finding]:
    """Yield a finding for each of *languages* whose words the checks do not know."""
    fact = "the checks know no words of this language: they compare figures and addresses, not units or negations"
    for code in languages:
        if not load_lexicon(code).known:
            yield Finding(
                "words", Location(code), fact, Severity.WARNING, f"Write scripts/polyleaf/facts/lexicon/{code}.toml."
            )
