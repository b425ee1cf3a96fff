"""Readability of each leaflet in each language: figures, limits, and what they come to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from polyleaf import localize
from polyleaf.checks.subjects import (
    LABELS,
    LanguagePair,
    LocalizedText,
    Translation,
    collect_source_texts,
    collect_translated_texts,
)
from polyleaf.commands.failures import Report, run_and_report
from polyleaf.localize import InvalidTranslation, LocalizationJob
from polyleaf.model import Severity
from polyleaf.project.selection import Selection
from polyleaf.project.snapshot import Snapshot, load_jobs, read, select_languages
from polyleaf.readability import MEASURES, Gate, measure, split_sentences, split_words
from polyleaf.readability.formulas import FORMULAS
from polyleaf.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of a leaflet in one language: *raw*, and *masked* without the words that its glossary explains.

    *warn* and *fail* are the limits from which it is a warning or an error, None without one. *result* is None when the
    figure is good or has no limits.
    """

    name: str
    title: str
    raw: float
    masked: float | None
    warn: float | None
    fail: float | None
    result: Severity | None


@dataclass(frozen=True, slots=True)
class Ease:
    """Readability of a leaflet in one language; *obstacle* says why no formula judges it, empty when one does."""

    leaflet: str
    language: str
    words: int
    sentences: int
    rows: tuple[Row, ...]
    obstacle: str


def sources(snapshot: Snapshot) -> list[LocalizedText]:
    """Return every leaflet of *snapshot* as its author wrote it."""
    return [collect_source_texts(document, snapshot.project) for document in snapshot.documents]


def translations(
    snapshot: Snapshot, work: Sequence[LocalizationJob]
) -> tuple[list[LocalizedText], list[InvalidTranslation]]:
    """Return what there is of each translation in *work*, and the texts that cannot be used."""
    targets = [job for job in work if job.catalog]
    localized, faults = localize.localize_documents(targets)
    texts = []
    for job, target in zip(targets, localized, strict=True):
        if job.catalog:
            translation = Translation(target.document, job.units, target.texts, job.catalog)
            language_pair = LanguagePair(snapshot.project.source_language, job.language)
            texts.append(collect_translated_texts(translation, language_pair, snapshot.project))
    return texts, faults


def readability(workspace: Workspace, selection: Selection, report: Report | None = None) -> list[Ease]:
    """Return how easy each leaflet is to read in each language, the language of the sources first.

    *report* is called with each error of a leaflet that cannot be read; without it, such an error is raised.
    """
    return run_and_report(workspace, selection, partial(_measure, workspace), report)


def _measure(workspace: Workspace, selection: Selection) -> list[Ease]:
    snapshot = read(workspace, selection.leaflets)
    chosen = select_languages(selection, snapshot.project.languages)
    source = snapshot.project.source_language
    texts = sources(snapshot) if source in chosen else []
    work = load_jobs(workspace, snapshot, [language for language in chosen if language != source])
    return [_ease(version) for version in (*texts, *translations(snapshot, work)[0])]


def _ease(version: LocalizedText) -> Ease:
    figures = measure(version.prose, version.language, version.terms)
    rows = [_row(version, name, score.raw, score.masked) for name, score in figures.scores.items()]
    rows = [row for row in rows if row.name in FORMULAS] + [row for row in rows if row.name not in FORMULAS]
    if figures.words:
        counts = [
            len(split_words(sentence))
            for text in _read(version)
            for sentence in split_sentences(text, version.language)
        ]
        rows.append(_row(version, "sentence_words", max(counts, default=0)))
        rows.append(
            _row(version, "paragraph_words", max((len(split_words(text)) for text in version.prose), default=0))
        )
    leaflet, language = version.document.leaflet, version.language
    return Ease(leaflet, language, figures.words, figures.sentences, tuple(rows), figures.obstacle)


def _read(version: LocalizedText) -> Iterator[str]:
    return (text.words for text in version.texts if text.kind not in LABELS)


def _row(version: LocalizedText, name: str, raw: float, masked: float | None = None) -> Row:
    gate = version.gates.get(name, Gate())
    return Row(name, MEASURES[name].title, raw, masked, gate.warn, gate.fail, gate.judge(raw))
