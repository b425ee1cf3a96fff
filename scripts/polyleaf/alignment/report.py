"""A leaflet beside its finished translation: which text is which, and what has no counterpart on either side."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from polyleaf import alignment, tree, units
from polyleaf.alignment import Bead, Text, message_writer
from polyleaf.facts import extract_facts, termbase

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from polyleaf.facts.termbase import Term
    from polyleaf.model import Document, Nodes, Unit
    from polyleaf.units.segmentation import Segment

COUNTED = {"heading": "headings", "list item": "list items", "note": "notes", "term": "terms"}
"""The kinds of text that the report counts, and what several of them are called."""


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A text of the source without a counterpart; *perhaps* is the number of a text that could be it."""

    where: str
    message: str
    perhaps: int | None = None


@dataclass(frozen=True, slots=True)
class Leftover:
    """A text of the document without a counterpart: its number there, from 1, and the heading above it."""

    number: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Of how many things of a kind the two documents are made."""

    kind: str
    source: int
    document: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both documents as texts, in their order, and the beads between them.

    *units* belong to *ours*, one by one; *places* to *theirs*.
    """

    every: tuple[Unit, ...]
    units: tuple[Unit, ...]
    ours: tuple[Text, ...]
    places: tuple[tuple[Segment, Nodes], ...]
    theirs: tuple[Text, ...]
    beads: tuple[Bead, ...]
    tables: tuple[int, int]

    def requests(self, bead: Bead) -> Iterator[tuple[Unit, Nodes]]:
        """Yield each unit of *bead* with the inlines of its translation."""
        parts = [self.places[at][1] for at in bead.other]
        if len(bead.source) > 1:
            cut = message_writer.sentences(parts[0])
            parts = [message_writer.joined(cut[: bead.cut]), message_writer.joined(cut[bead.cut :])]
            yield from zip((self.units[at] for at in bead.source), parts, strict=True)
        else:
            yield self.units[bead.first], message_writer.joined(parts)

    def unmatched(self, done: Collection[tuple[str, str]]) -> tuple[Unmatched, ...]:
        """Return the texts of the source whose keys are not in *done*, each message once."""
        perhaps = {self.units[at].key: bead.second + 1 for bead in self.beads for at in bead.source}
        rest = {unit.key: unit for unit in reversed(self.every) if unit.key not in done}
        return tuple(Unmatched(unit.location, unit.message, perhaps.get(key)) for key, unit in reversed(rest.items()))

    def leftovers(self, used: Collection[int]) -> tuple[Leftover, ...]:
        """Return the texts of the document whose numbers are not in *used*."""
        rest = [at for at in range(len(self.theirs)) if at not in used]
        return tuple(Leftover(at + 1, self.places[at][0].section, tree.plain(self.places[at][1])) for at in rest)

    def differences(self) -> tuple[Difference, ...]:
        """Return the kinds of text of which the documents have not as many."""
        counts = [Counter(text.kind for text in texts) for texts in (self.ours, self.theirs)]
        rows = [(name, counts[0][kind], counts[1][kind]) for kind, name in COUNTED.items()]
        rows.append(("tables", *self.tables))
        return tuple(Difference(*row) for row in rows if row[1] != row[2])


def compare(document: Document, every: tuple[Unit, ...], other: Document, agreed: Sequence[Term]) -> Comparison:
    """Return *document* with its units *every* beside *other*, its translation; *agreed* terms help to align them."""
    by_index = {unit.index: unit for unit in every}
    found = units.find_segments(replace(document, pictures=()))
    places = units.find_segments(other)
    known = [(str(at), term.sources, term.targets) for at, term in enumerate(agreed)]
    ours = tuple(_text(one, document.language, [(name, forms) for name, forms, _ in known]) for one in found)
    theirs = tuple(_text(one, other.language, [(name, forms) for name, _, forms in known]) for one in places)
    mine = tuple(by_index[place.index] for place, _ in found)
    beads = tuple(alignment.align(ours, theirs))
    return Comparison(every, mine, ours, tuple(places), theirs, beads, (_tables(document), _tables(other)))


def _text(one: tuple[Segment, Nodes], language: str, agreed: Sequence[tuple[str, Sequence[str]]]) -> Text:
    place, inlines = one
    words = message_writer.words(inlines)
    folded = extract_facts(words, language).text
    named = frozenset(name for name, forms in agreed if any(_present(form, folded) for form in forms))
    targets = tuple(node["c"][2][0] for node in tree.walk(inlines) if node["t"] == "Link")
    sentences = tuple(message_writer.words(part) for part in message_writer.sentences(inlines))
    return Text(words, place.kind, language, place.cell, targets, sentences, named)


def _present(form: str, folded: str) -> bool:
    """Tell whether *folded* has the term *form*; most have not even how it starts, which is soon seen."""
    return form.split(" ", 1)[0] in folded and termbase.present(form, folded)


def _tables(document: Document) -> int:
    return sum(node["t"] == "Table" for node in tree.walk(document.blocks))
