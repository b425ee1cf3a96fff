"""A finished translation, in whatever format, brought into a catalogue: every text fuzzy, what does not fit listed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from polyleaf import catalogs, languages, paths, sources
from polyleaf.alignment import Alignment, Difference, Leftover, Unmatched, align
from polyleaf.catalogs import edits
from polyleaf.commands.catalogs import templates
from polyleaf.commands.check import load_terms
from polyleaf.errors import CommandError, SourceError, offer
from polyleaf.facts.language_identification import find_other_language, find_other_script
from polyleaf.model import Document, Manuscript
from polyleaf.project.selection import Selection
from polyleaf.project.snapshot import read, select_targets
from polyleaf.sources import documents
from polyleaf.workspace import Workspace
from polyleaf.workspace.atomic_writes import redo_after_conflict

MOSTLY = 0.5
"""When more than this part of the texts are the source's own, the document is not a translation."""

FEWEST = 4
"""How many words a text must have for that to be no chance: names are the same in all languages."""


@dataclass(frozen=True, slots=True)
class Import:
    """What somebody asks for: a file, the language it is in, and the leaflet it is a translation of.

    With *accept_perhaps* texts that are only perhaps each other's translation are taken, too.
    """

    path: Path
    language: str
    leaflet: str | None = None
    dry: bool = False
    accept_perhaps: bool = False


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


@redo_after_conflict
def adopt(workspace: Workspace, selection: Import) -> Report:
    """Fill the catalogue of a leaflet with what a translated document says, all of it fuzzy; return what came of it.

    Entries that have a translation, fuzzy or not, are left as they are. Raises SourceError for a document that
    cannot be read, CommandError for one that is a translation of no leaflet here.
    """
    project = workspace.project()
    select_targets(Selection(languages=(selection.language,)), project)
    manuscript = workspace.document(selection.path, documents.LARGEST)
    imported = documents.read_document(manuscript, selection.language)
    snapshot = read(workspace, (_leaflet(workspace, selection),))
    pots = templates(workspace, snapshot)
    path = paths.catalog(snapshot.documents[0].leaflet, selection.language)
    po = catalogs.update(next(iter(pots.values())), workspace.read(path), selection.language, str(path))
    catalog = catalogs.read(po, selection.language, str(path))
    alignment = align(
        snapshot.documents[0], snapshot.units[0], imported.document, load_terms(workspace, selection.language)
    )
    _refuse_untranslated(alignment, manuscript)
    _refuse_other_language(alignment, snapshot.project.source_language, imported.document)
    translated = {key for key, entry in catalog.entries.items() if entry.text}
    messages, used = alignment.translations(translated, accept_perhaps=selection.accept_perhaps)
    filled = edits.suggest(po, messages, manuscript.path.name, str(path))
    files = {**pots, path: filled} if messages and not selection.dry else {}
    report = Report(
        leaflet=snapshot.documents[0].leaflet,
        language=imported.document.language,
        file=imported.document.path.name,
        aligned=len(messages),
        kept=len(translated & {unit.key for unit in snapshot.units[0]}),
        unmatched=alignment.unmatched(translated | set(messages)),
        leftovers=alignment.leftovers(used),
        differences=alignment.differences(),
        warnings=imported.warnings,
    )
    written = workspace.save(files)
    return replace(report, written=tuple(map(str, written)))


def _leaflet(workspace: Workspace, selection: Import) -> str:
    """Return the leaflet of *selection*, else the only one there is, else the one that the file is named after."""
    if selection.leaflet:
        return selection.leaflet
    names = sorted(workspace.leaflets(tuple(sources.READERS)))
    stem = selection.path.stem.casefold()
    similar = names if len(names) == 1 else [name for name in names if name.casefold() in stem]
    name = max(similar, key=len, default="")
    if not name:
        fact = f"the name of {selection.path.name} does not say which leaflet it is a translation of"
        raise CommandError(fact, hint=f"Name the leaflet after the file. {offer(stem, names)}")
    return name


def _refuse_untranslated(alignment: Alignment, manuscript: Manuscript) -> None:
    """Raise SourceError when most of the document is, word for word, the source."""
    long = [(source, target) for source, target in alignment.pairs() if len(source.split()) >= FEWEST]
    same = sum(source == target for source, target in long)
    if same > MOSTLY * len(long):
        fact = f"{same} of its {len(long)} texts are those of the source, word for word: it is not translated"
        raise SourceError(f"{manuscript.path.name}: {fact}", hint="Import the document in the other language.")


def _refuse_other_language(alignment: Alignment, source: str, document: Document) -> None:
    """Raise SourceError when most of the *document* is in another language, or script, than it was said to be."""
    language, name = document.language, document.path.name
    words = "\n".join(features.words for _, _, features in alignment.target)
    own = "\n".join(features.words for _, features in alignment.source)
    other = find_other_language(words, source, language)
    if other:
        fact = f"it reads as {languages.name(other, 'en')}, not as {languages.name(language, 'en')}"
        raise SourceError(f"{name}: {fact}", hint=f"Name the language that it is in: polyleaf import {name} -l {other}")
    script = find_other_script(words, own, language)
    if script:
        fact = f"it is in {script.title()} letters, and {languages.name(language, 'en')} is not"
        raise SourceError(f"{name}: {fact}", hint="Name the language that it is in, with -l.")
