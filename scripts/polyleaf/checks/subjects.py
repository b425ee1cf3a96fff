"""Subjects of the checks: sources, leaflets in one language, pairs of message and translation, and all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from polyleaf import tree, units
from polyleaf.catalogs import Catalog, Entry
from polyleaf.config import Project
from polyleaf.facts import Facts
from polyleaf.facts.language_neutral import extract_comparable_facts
from polyleaf.facts.termbase import Term
from polyleaf.model import Document, Node, Nodes, Unit
from polyleaf.readability import Gates, split_sentences
from polyleaf.sources import Reference
from polyleaf.sources.positions import LocatedText

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
class LeafletCollection:
    """All leaflets of a project together, with their bibliography and its text."""

    documents: Sequence[Document]
    references: Mapping[str, Reference]
    text: str


@dataclass(frozen=True, slots=True)
class SourceText:
    """What an author hands in, and on which day: a document, the bibliography and the settings of its project.

    *texts* are those of the document with their lines, which several checks ask for.
    """

    document: Document
    texts: Sequence[LocatedText]
    references: Mapping[str, Reference]
    project: Project
    today: date = date.min


@lru_cache(maxsize=4096)
def _sentences(text: str, language: str) -> tuple[str, ...]:
    return tuple(split_sentences(text, language))


@dataclass(frozen=True, slots=True)
class LanguagePair:
    """What a pair of languages is checked by: the two codes, the terms agreed on, the names that stay as they are."""

    source: str
    target: str
    terms: tuple[Term, ...] = ()
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A unit, its entry in the catalog of a language (None: it is not in there), and the `file:line` of that."""

    unit: Unit
    entry: Entry | None
    language_pair: LanguagePair
    location: str = ""

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield message and translation, once, if the translation is one that is printed."""
        if self.entry and self.entry.text and not self.entry.fuzzy:
            yield self.unit.message, self.entry.text

    def facts(self) -> Iterator[tuple[Facts, Facts]]:
        """Yield what message and translation say, once, if the translation is one that is printed."""
        for before, after in self.texts():
            yield extract_comparable_facts(before, after, (self.language_pair.source, self.language_pair.target))

    def by_sentence(self) -> Iterator[tuple[Facts, Facts]]:
        """Yield what each sentence says in both texts, where they have as many; else what the whole texts say.

        A word in one sentence then cannot make up for one that is lost in another.
        """
        for texts in self.texts():
            before, after = self.sentences(*texts)
            for sentences in zip(before, after, strict=True) if len(before) == len(after) else (texts,):
                yield extract_comparable_facts(*sentences, (self.language_pair.source, self.language_pair.target))

    def sentences(self, before: str, after: str) -> tuple[Sequence[str], Sequence[str]]:
        """Return the sentences of a message and of its translation."""
        return _sentences(before, self.language_pair.source), _sentences(after, self.language_pair.target)


@dataclass(frozen=True, slots=True)
class KeptText:
    """A *unit* of `units.kept_texts` in the edition of a *catalog*, in whose header it is acknowledged."""

    unit: Unit
    language_pair: LanguagePair
    catalog: Catalog


@dataclass(frozen=True, slots=True)
class PairCollection:
    """All pairs of one language, of all leaflets together."""

    pairs: Sequence[Pair]


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a leaflet: its kind as `units.segmentation` has it, its inlines and words, and its location.

    Notes, citations and pictures are left out of both. *spoken* are the words without what stands in quotation
    marks, which others say. *pair* is there for a translation.
    """

    kind: str
    inlines: Nodes
    location: str
    words: str
    spoken: str
    pair: Pair | None = None

    @property
    def prose(self) -> bool:
        """Whether it is read in sentences."""
        return self.kind in PROSE or self.kind in TOLD


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """A leaflet in one language, and its file: a manuscript, or the catalog of a translation."""

    document: Document
    language: str
    path: str
    texts: tuple[Text, ...]
    gates: Gates = field(default_factory=dict)
    is_translation: bool = False

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


def collect_source_texts(document: Document, project: Project) -> LocalizedText:
    """Return *document* as its texts; their locations are lines of the manuscript."""
    segments = units.locate_segments(document)
    texts = tuple(_text(segment.kind, inlines, location) for segment, inlines, location in segments)
    language = document.language
    return LocalizedText(document, language, str(document.path), texts, project.gates(language))


@dataclass(frozen=True, slots=True)
class Translation:
    """A translated document, its units, their texts in it by index, and the catalog that these are from."""

    document: Document
    units: Sequence[Unit]
    texts: Mapping[int, Nodes]
    catalog: Catalog


def collect_translated_texts(translation: Translation, language_pair: LanguagePair, project: Project) -> LocalizedText:
    """Return *translation* as those of its texts that are translated; their locations are entries of the catalog."""
    catalog, texts = translation.catalog, []
    for unit in translation.units:
        if unit.index in translation.texts:
            pair = Pair(unit, catalog.entries.get(unit.key), language_pair, catalog.location(unit))
            texts.append(_text(unit.kind, translation.texts[unit.index], pair.location, pair))
    gates = project.gates(language_pair.target)
    return LocalizedText(
        translation.document, language_pair.target, catalog.path, tuple(texts), gates, is_translation=True
    )


def _text(kind: str, inlines: Nodes, location: str, pair: Pair | None = None) -> Text:
    own = _without(inlines, SILENT)
    spoken = QUOTED.sub(" ", _words(_without(own, {"Quoted"})))
    return Text(kind, own, location, _words(own), spoken, pair)


def _words(inlines: Nodes) -> str:
    return re.sub(r"\s+([.,;:?!])(?=\s|$)", r"\1", " ".join(tree.plain(inlines).split()))


def _without(inlines: Nodes, names: frozenset[str] | set[str]) -> Nodes:
    def change(node: Node) -> Node | Nodes:
        return [] if node["t"] in names else node

    return list(tree.rebuild(inlines, change))
