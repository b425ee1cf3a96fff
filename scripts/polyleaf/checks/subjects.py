"""One leaflet in one language as its texts: what the checks of wording and of reading ease are asked about."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from polyleaf import sources, tree, units
from polyleaf.checks.translation.completeness import Pair

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from polyleaf.catalogs import Catalog
    from polyleaf.checks.translation.completeness import LanguagePair
    from polyleaf.config import Project
    from polyleaf.model import Document, Node, Nodes, Severity, Unit
    from polyleaf.readability import Gates

SILENT = frozenset(("Cite", "Image", "Math", "Note"))
"""Inlines that are no words of their sentence: a number in brackets, a picture; a note is a text of its own."""

QUOTED = re.compile("[‘“„«][^‘’“”„«»]*[’”“»]")
"""What others say, where the quotation marks are written out."""

PROSE = frozenset(("paragraph", "list item", "quotation", "line", "definition", "note", "caption"))
"""Kinds of text that are read in sentences, and that the figures of a leaflet are made of."""

TOLD = frozenset(("audience", "notice", "funding", "description"))
"""The same in the front matter."""

LABELS = frozenset(("title", "keywords", "heading", "term", "column header", "title of a link or image"))
"""Kinds of text that are names, not sentences."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a version: its kind as `units.segmentation` has it, its inlines and words, and where it stands.

    Notes, citations and pictures are left out of both. *spoken* are the words without what stands in quotation
    marks, which others say. *pair* is there for a translation.
    """

    kind: str
    inlines: Nodes
    where: str
    words: str
    spoken: str
    pair: Pair | None = None

    @property
    def prose(self) -> bool:
        """Whether it is read in sentences."""
        return self.kind in PROSE or self.kind in TOLD


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """A leaflet in one language; *origin* is the document that it is a translation of, None for a source."""

    document: Document
    language: str
    where: str
    texts: tuple[Text, ...]
    gates: Gates = field(default_factory=dict)
    origin: Document | None = None

    @property
    def terms(self) -> tuple[str, ...]:
        """What its own glossary explains."""
        boxes = [node for node in tree.walk(self.document.blocks) if "glossary" in tree.classes(node)]
        lists = [node for node in tree.walk(boxes) if node["t"] == "DefinitionList"]
        return tuple(tree.plain(term) for node in lists for term, _ in node["c"])

    @property
    def prose(self) -> list[str]:
        """The words of each of its texts that are read in sentences."""
        return [text.words for text in self.texts if text.prose]


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check says of a version: of one of its texts, on the line where *needle* stands, or of it as a whole.

    *severity* is there when the check itself weighs what it found.
    """

    fact: str
    text: Text | None = None
    needle: str = ""
    severity: Severity | None = None


def of_source(document: Document, project: Project) -> LocalizedText:
    """Return *document* as its texts; their places are lines of the manuscript."""
    found = [_text(place.kind, inlines, where) for place, inlines, where in units.locate_segments(document)]
    language = document.language
    return LocalizedText(document, language, str(document.path), tuple(found), project.gates(language))


@dataclass(frozen=True, slots=True)
class Translation:
    """A translation on its way to a version: the two documents, the units, and what stands at each place now."""

    origin: Document
    document: Document
    units: Sequence[Unit]
    texts: Mapping[int, Nodes]
    catalog: Catalog


def of_translation(translation: Translation, language_pair: LanguagePair, project: Project) -> LocalizedText:
    """Return *translation* as those of its texts that are translated; their places are entries of the catalogue."""
    found = []
    for unit in translation.units:
        if unit.index in translation.texts:
            entry, where = translation.catalog.entries.get(unit.key), translation.catalog.location(unit)
            pair = Pair(unit, entry, language_pair, where)
            found.append(_text(unit.kind, translation.texts[unit.index], where, pair))
    language = translation.document.language
    gates, where = project.gates(language), translation.catalog.path
    return LocalizedText(translation.document, language, where, tuple(found), gates, translation.origin)


def line(version: LocalizedText, remark: Remark) -> str:
    """Return where a person can open what *remark* is about."""
    text = remark.text
    if text is None:
        return version.where
    path, _, start = text.where.rpartition(":")
    if text.pair or path != str(version.document.path) or not start.isdigit():
        return text.where
    return f"{path}:{sources.find_line_after(version.document.text, remark.needle, int(start))}"


def _text(kind: str, inlines: Nodes, where: str, pair: Pair | None = None) -> Text:
    own = _without(inlines, SILENT)
    spoken = QUOTED.sub(" ", _words(_without(own, {"Quoted"})))
    return Text(kind, own, where, _words(own), spoken, pair)


def _words(inlines: Nodes) -> str:
    return re.sub(r"\s+([.,;:?!])(?=\s|$)", r"\1", " ".join(tree.plain(inlines).split()))


def _without(inlines: Nodes, names: frozenset[str] | set[str]) -> Nodes:
    def change(node: Node) -> Node | Nodes:
        return [] if node["t"] in names else node

    return list(tree.rebuild(inlines, change))
