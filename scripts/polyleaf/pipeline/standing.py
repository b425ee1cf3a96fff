"""How far the translations are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from polyleaf.pipeline.reading import Wish, jobs, languages, read

if TYPE_CHECKING:
    from polyleaf import localize
    from polyleaf.workspace import Workspace


@dataclass(frozen=True, slots=True)
class State:
    """How far the translation of one leaflet into one language is, in units and in words of the source."""

    leaflet: str
    language: str
    units: int
    translated: int
    fuzzy: int
    missing: int
    words: int
    words_translated: int


def status(workspace: Workspace, wish: Wish) -> list[State]:
    """Return how far the translation of each leaflet into each language is."""
    reading = read(workspace, wish.leaflets)
    chosen = languages(wish, reading.project.targets)
    return [_state(job) for job in jobs(workspace, reading, chosen)]


def _state(job: localize.Job) -> State:
    entries = job.catalog.entries if job.catalog else {}
    found = {unit.key: unit for unit in job.units}
    translated = [unit for key, unit in found.items() if job.catalog and job.catalog.translation(unit)]
    fuzzy = [key for key in found if key in entries and entries[key].fuzzy and entries[key].text]
    return State(
        leaflet=job.document.leaflet,
        language=job.language,
        units=len(found),
        translated=len(translated),
        fuzzy=len(fuzzy),
        missing=len(found) - len(translated) - len(fuzzy),
        words=sum(len(unit.message.split()) for unit in found.values()),
        words_translated=sum(len(unit.message.split()) for unit in translated),
    )
