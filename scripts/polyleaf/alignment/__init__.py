"""Alignment of a finished translation with its source: which text of the one is the translation of which of the other.

`align` is the whole of it. `features` describes the segments to align, `scoring` compares two of them,
`dynamic_programming` finds the best sequence of beads (Gale and Church), `moved_blocks` and `glossaries` those that
are not in sequence, `beads` chooses the reliable ones; `message_writer` and `mark_matching` write the messages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from polyleaf import tree, units
from polyleaf.alignment import beads, message_writer
from polyleaf.alignment.dynamic_programming import Bead
from polyleaf.alignment.features import TextFeatures
from polyleaf.facts import extract_facts, termbase
from polyleaf.facts.termbase import Term
from polyleaf.model import Document, Nodes, Unit
from polyleaf.units.segmentation import Segment

Key = tuple[str, str]
"""The context and the message of a unit."""

COUNTED = {"heading": "headings", "list item": "list items", "note": "notes", "term": "terms"}
"""The kinds of text that are counted in both documents, with their plurals."""


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A text of the source without a counterpart; *perhaps* is the number of a text that could be it, from 1."""

    location: str
    message: str
    perhaps: int | None = None


@dataclass(frozen=True, slots=True)
class Leftover:
    """A text of the translation without a counterpart: its number there, from 1, and the heading above it."""

    number: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A kind of text of which there are more in one document than in the other, with both counts."""

    kind: str
    source: int
    document: int


@dataclass(frozen=True, slots=True)
class Alignment:
    """The beads between the segments of two documents, numbered from 0 in reading order.

    *units* are all those of the source; *source* has the unit and the features of each segment, *target* its inlines
    and features. *tables* is the number of tables in each document.
    """

    units: tuple[Unit, ...]
    source: tuple[tuple[Unit, TextFeatures], ...]
    target: tuple[tuple[Segment, Nodes, TextFeatures], ...]
    beads: tuple[Bead, ...]
    tables: tuple[int, int]

    def pairs(self) -> list[tuple[str, str]]:
        """Return the words of each segment that is aligned with one other, and of that."""
        return [
            (self.source[bead.source.start][1].words, self.target[bead.target.start][2].words)
            for bead in self.beads
            if len(bead.source) == len(bead.target) == 1
        ]

    def translations(
        self, translated: Collection[Key], *, accept_perhaps: bool = False
    ) -> tuple[dict[Key, str], frozenset[int]]:
        """Return the messages that the sure beads give for units not yet *translated*, and which segments were used.

        With *accept_perhaps* the other beads give theirs, too. A message may have several beads; the one with the best
        score counts. Used are the segments of the target whose text is in the result, or whose unit is among the
        *translated*.
        """
        chosen: dict[Key, tuple[Unit, Nodes, Bead]] = {}
        used: set[int] = set()
        accepted = (
            bead for bead in self.beads if bead.sure or (accept_perhaps and (bead.cut or len(bead.source) == 1))
        )
        for bead in sorted(accepted, key=lambda bead: (not bead.sure, -bead.score)):
            for unit, inlines in self._requests(bead):
                if unit.key in translated:
                    used.update(bead.target)
                elif unit.key not in chosen or chosen[unit.key][1] == inlines:
                    chosen.setdefault(unit.key, (unit, inlines, bead))
                    used.update(bead.target)
        messages = message_writer.write_messages([(unit, inlines) for unit, inlines, _ in chosen.values()])
        for (_, _, bead), message in zip(chosen.values(), messages, strict=True):
            used -= set() if message else set(bead.target)
        return {key: message for key, message in zip(chosen, messages, strict=True) if message}, frozenset(used)

    def _requests(self, bead: Bead) -> Iterator[tuple[Unit, Nodes]]:
        """Yield each unit of *bead* with the inlines of its translation."""
        parts = [self.target[number][1] for number in bead.target]
        if len(bead.source) > 1:
            sentences = message_writer.split_inlines(parts[0])
            parts = [message_writer.join(half) for half in (sentences[: bead.cut], sentences[bead.cut :])]
            yield from zip((self.source[number][0] for number in bead.source), parts, strict=True)
        else:
            yield self.source[bead.source.start][0], message_writer.join(parts)

    def unmatched(self, translated: Collection[Key]) -> tuple[Unmatched, ...]:
        """Return the texts of the source whose keys are not *translated*, each message once."""
        perhaps = {self.source[number][0].key: bead.target.start + 1 for bead in self.beads for number in bead.source}
        missing = {unit.key: unit for unit in reversed(self.units) if unit.key not in translated}
        return tuple(
            Unmatched(unit.location, unit.message, perhaps.get(key)) for key, unit in reversed(missing.items())
        )

    def leftovers(self, used: Collection[int]) -> tuple[Leftover, ...]:
        """Return the texts of the target whose numbers are not in *used*."""
        rows = enumerate(self.target)
        return tuple(
            Leftover(number + 1, segment.section, tree.plain(inlines))
            for number, (segment, inlines, _) in rows
            if number not in used
        )

    def differences(self) -> tuple[Difference, ...]:
        """Return the kinds of text, and tables, of which the two documents do not have the same number."""
        sides = [features for *_, features in self.source], [features for *_, features in self.target]
        counts = [Counter(features.kind for features in side) for side in sides]
        rows = [(name, counts[0][kind], counts[1][kind]) for kind, name in COUNTED.items()]
        rows.append(("tables", *self.tables))
        return tuple(Difference(*row) for row in rows if row[1] != row[2])


def align(
    document: Document, source_units: tuple[Unit, ...], translation: Document, terms: Sequence[Term]
) -> Alignment:
    """Return how *document*, with its *source_units*, is aligned with its *translation*.

    *terms* with their agreed translations are evidence that two texts belong together.
    """
    translation = _in_order(translation, list(document.front.texts))
    by_index = {unit.index: unit for unit in source_units}
    source_forms = {str(number): term.sources for number, term in enumerate(terms)}
    target_forms = {str(number): term.targets for number, term in enumerate(terms)}
    source = tuple(
        (by_index[segment.index], _extract_features(segment, inlines, document.language, source_forms))
        for segment, inlines in units.find_segments(replace(document, pictures=()))
    )
    target = tuple(
        (segment, inlines, _extract_features(segment, inlines, translation.language, target_forms))
        for segment, inlines in units.find_segments(translation)
    )
    aligned = beads.align_segments([features for *_, features in source], [features for *_, features in target])
    return Alignment(
        source_units, source, target, tuple(aligned), (_count_tables(document), _count_tables(translation))
    )


def _in_order(translation: Document, keys: Sequence[str]) -> Document:
    """Return *translation* with the texts of its front matter in the order of *keys*, that of the source."""
    texts = translation.front.texts
    ordered = {key: texts[key] for key in [*(key for key in keys if key in texts), *texts]}
    return replace(translation, front=replace(translation.front, texts=ordered))


def _extract_features(
    segment: Segment, inlines: Nodes, language: str, terms: Mapping[str, Sequence[str]]
) -> TextFeatures:
    words = message_writer.extract_words(inlines)
    folded = extract_facts(words, language).text
    present = frozenset(name for name, forms in terms.items() if any(_is_present(form, folded) for form in forms))
    links = tuple(node["c"][2][0] for node in tree.walk(inlines) if node["t"] == "Link")
    sentences = tuple(message_writer.extract_words(part) for part in message_writer.split_inlines(inlines))
    return TextFeatures(words, segment.kind, language, segment.cell, links, sentences, present)


def _is_present(form: str, folded: str) -> bool:
    """Tell whether *folded* has the term *form*; looking for its first word first is quick, and mostly enough."""
    return form.split(" ", 1)[0] in folded and termbase.present(form, folded)


def _count_tables(document: Document) -> int:
    return sum(node["t"] == "Table" for node in tree.walk(document.blocks))
