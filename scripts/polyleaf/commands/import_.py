"""A finished translation, in whatever format, brought into a catalogue: every text fuzzy, what does not fit listed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from polyleaf import catalogs, paths, sources
from polyleaf.alignment import message_writer
from polyleaf.alignment import report as comparing
from polyleaf.catalogs import edits
from polyleaf.commands.catalogs import templates
from polyleaf.commands.check import agreed
from polyleaf.errors import CommandError, SourceError, offer
from polyleaf.project.snapshot import Selection, read, select_targets
from polyleaf.sources import documents

if TYPE_CHECKING:
    from pathlib import Path

    from polyleaf.alignment import Bead
    from polyleaf.alignment.report import Difference, Leftover, Unmatched
    from polyleaf.catalogs import Catalog, Key
    from polyleaf.model import Manuscript, Nodes, Unit
    from polyleaf.project.snapshot import Snapshot
    from polyleaf.sources.documents import ImportedDocument
    from polyleaf.workspace import Workspace

MOSTLY = 0.5
"""When more than this part of the texts are the source's own, the document is not a translation."""

FEWEST = 4
"""How many words a text must have for that to be no chance: names are the same in all languages."""


@dataclass(frozen=True, slots=True)
class Import:
    """What somebody asks for: a file, the language it is in, and the leaflet it is a translation of."""

    path: Path
    language: str
    leaflet: str | None = None
    dry: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What came of an import: *aligned* entries were filled, *kept* ones had a translation before.

    *unmatched* are the texts of the source without a counterpart, *leftovers* those of the document; *written* are
    the files that changed.
    """

    leaflet: str
    language: str
    file: str
    aligned: int
    kept: int
    unmatched: tuple[Unmatched, ...]
    leftovers: tuple[Leftover, ...]
    differences: tuple[Difference, ...]
    warnings: tuple[str, ...]
    written: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Given:
    """The translations that a document gives, and the numbers of its texts that they were made of."""

    texts: dict[Key, str]
    used: frozenset[int]


def adopt(workspace: Workspace, selection: Import) -> Report:
    """Fill the catalogue of a leaflet with what a translated document says, all of it fuzzy; return what came of it.

    Entries that have a translation, fuzzy or not, are left as they are. Raises SourceError for a document that
    cannot be read, CommandError for one that is a translation of no leaflet here.
    """
    project = workspace.project()
    select_targets(Selection(languages=(selection.language,)), project)
    manuscript = workspace.document(selection.path, documents.LARGEST)
    found = documents.read_document(manuscript, selection.language)
    snapshot = read(workspace, (_leaflet(workspace, selection),))
    pots = templates(workspace, snapshot)
    path = paths.catalog(snapshot.documents[0].leaflet, selection.language)
    po = catalogs.update(next(iter(pots.values())), workspace.read(path), selection.language, str(path))
    catalog = catalogs.read(po, selection.language, str(path))
    comparison = comparing.compare(
        snapshot.documents[0], snapshot.units[0], found.document, agreed(workspace, selection.language)
    )
    _translated(comparison, manuscript)
    given = _given(comparison, catalog)
    filled = edits.suggest(po, given.texts, manuscript.path.name, str(path))
    files = {**pots, path: filled} if given.texts and not selection.dry else {}
    report = _report(snapshot, comparison, catalog, given, found)
    written = workspace.save(files)
    return replace(report, written=tuple(str(one) for one in written))


def _leaflet(workspace: Workspace, selection: Import) -> str:
    """Return the leaflet that is wished for, else the one there is, else the one that the file is named after."""
    if selection.leaflet:
        return selection.leaflet
    names = [one.leaflet for one in workspace.manuscripts((), tuple(sources.READERS))]
    stem = selection.path.stem.casefold()
    name = names[0] if len(names) == 1 else max((one for one in names if one.casefold() in stem), key=len, default="")
    if not name:
        fact = f"the name of {selection.path.name} does not say which leaflet it is a translation of"
        raise CommandError(fact, hint=f"Name the leaflet after the file. {offer(stem, names)}")
    return name


def _translated(comparison: comparing.Comparison, manuscript: Manuscript) -> None:
    """Raise SourceError when the document says, word for word, what the source says."""
    pairs = [
        (comparison.ours[bead.first].words, comparison.theirs[bead.second].words)
        for bead in comparison.beads
        if len(bead.source) == len(bead.other) == 1
    ]
    long = [(one, other) for one, other in pairs if len(one.split()) >= FEWEST]
    same = sum(one == other for one, other in long)
    if same > MOSTLY * len(long):
        fact = f"{same} of its {len(long)} texts are those of the source, word for word: it is not translated"
        raise SourceError(f"{manuscript.path.name}: {fact}", hint="Import the document in the other language.")


def _given(comparison: comparing.Comparison, catalog: Catalog) -> _Given:
    """Return what the sure beads give for entries without a translation; of two for one message, the likelier."""
    chosen: dict[Key, tuple[Unit, Nodes, Bead]] = {}
    used: set[int] = set()
    for bead in sorted((bead for bead in comparison.beads if bead.sure), key=lambda bead: -bead.score):
        for unit, inlines in comparison.requests(bead):
            entry = catalog.entries.get(unit.key)
            if entry and entry.text:
                used.update(bead.other)
            elif unit.key not in chosen or chosen[unit.key][1] == inlines:
                chosen.setdefault(unit.key, (unit, inlines, bead))
                used.update(bead.other)
    texts = message_writer.translations([(unit, inlines) for unit, inlines, _ in chosen.values()])
    for (_, _, bead), text in zip(chosen.values(), texts, strict=True):
        used -= set() if text else set(bead.other)
    return _Given({key: text for key, text in zip(chosen, texts, strict=True) if text}, frozenset(used))


def _report(
    snapshot: Snapshot, comparison: comparing.Comparison, catalog: Catalog, given: _Given, found: ImportedDocument
) -> Report:
    done = {key for key, entry in catalog.entries.items() if entry.text}
    return Report(
        leaflet=snapshot.documents[0].leaflet,
        language=found.document.language,
        file=found.document.path.name,
        aligned=len(given.texts),
        kept=len(done & {unit.key for unit in snapshot.units[0]}),
        unmatched=comparison.unmatched(done | set(given.texts)),
        leftovers=comparison.leftovers(given.used),
        differences=comparison.differences(),
        warnings=found.warnings,
    )
