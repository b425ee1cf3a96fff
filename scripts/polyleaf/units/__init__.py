"""Stage 2: a Document's translatable units, and the same walk back to refill it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from polyleaf import languages, pandoc, svg, tree
from polyleaf.errors import SourceError, stop_for
from polyleaf.facts import risky
from polyleaf.model import FrontMatter, Picture, Unit
from polyleaf.sources import localization_notes
from polyleaf.sources.positions import COMMENT, LineIndex, blank
from polyleaf.units import message as messages
from polyleaf.units import parsing, validation
from polyleaf.units.segmentation import Segment, Segmenter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from polyleaf.errors import PolyleafError
    from polyleaf.model import Document, Node, Nodes

__all__ = [
    "deduplicate",
    "extract_units",
    "fill",
    "find_faults",
    "find_segments",
    "locate_segments",
    "parse_translations",
    "restore",
    "segment_document",
]

LETTERS = re.compile(r"(?<!\\)\]\[([a-z]+)\]")
"""The letters of links and other wrapped words in a message."""

OUT_OF_ORDER = frozenset(("note", "alternative text", "title of a link or image", "caption", "short caption"))
"""Kinds of text that stand elsewhere in the manuscript than the tree has them."""


def extract_units(documents: Sequence[Document]) -> list[tuple[Unit, ...]]:
    """Return the units of each of *documents*, in reading order, every message tested.

    The test: pandoc reads the message back, and it must be the inlines that the document has. One that is
    not exact in its plain form is written again with every punctuation mark escaped.

    Raises SourceError for a text that is not exact even then: it could not be translated unseen by anyone.
    """
    places = [_places(document) for document in documents]
    drafts = [
        _CandidateMessage(place, inlines) for found in places for place, inlines in found if messages.is_text(inlines)
    ]
    _settle(drafts)
    _settle([draft.strictly() for draft in drafts if not draft.exact])
    rows = iter(drafts)
    made = []
    for document, found in zip(documents, places, strict=True):
        mine = [next(rows) for _, inlines in found if messages.is_text(inlines)]
        made.append(tuple(_units(document, mine)))
    stop_for([_inexact(unit) for row in made for unit, exact in row if not exact])
    return [tuple(unit for unit, _ in row) for row in made]


def deduplicate(units: Iterable[Unit]) -> list[Unit]:
    """Return every message of *units* once, as a catalogue has it; of safety when it stands so anywhere."""
    found: dict[tuple[str, str], Unit] = {}
    for unit in units:
        if unit.key not in found or unit.safety:
            found[unit.key] = unit
    return list(found.values())


def find_segments(document: Document) -> list[tuple[Segment, Nodes]]:
    """Return every place of *document* that has something to translate, with the inlines there, in reading order."""
    return [(place, inlines) for place, inlines in _places(document) if messages.is_text(inlines)]


def parse_translations(requests: Sequence[tuple[Unit, str]]) -> list[Nodes]:
    """Return for each unit and translation in *requests* the blocks that pandoc reads in the translation.

    Where pandoc has a warning, that is a fault of the translation: it makes a block of which `find_faults` will speak.
    """
    jobs = [(unit.location, "" if validation.refused(text) else text, unit.marks) for unit, text in requests]
    try:
        return _read(jobs)
    except SourceError:
        half = len(jobs) // 2
        return parse_translations(requests[:half]) + parse_translations(requests[half:]) if half else [[parsing.WARNED]]


def find_faults(unit: Unit, text: str, blocks: Nodes) -> list[str]:
    """Return in words why *text*, read as *blocks*, cannot take the place of *unit*; nothing when it can."""
    refused = validation.refused(text)
    if refused:
        return refused
    letters = set(LETTERS.findall(text)) - set(LETTERS.findall(unit.message)) - set(unit.marks)
    strange = [f"the mark {messages.format_mark(name)} is not in the source" for name in sorted(letters)]
    wrong = parsing.restore_inlines(blocks, unit.marks)[1] + strange
    return wrong or validation.brought(unit.message, text, blocks)


def restore(blocks: Nodes, inlines: Nodes) -> Nodes:
    """Return what a translation, read as *blocks*, makes of *inlines*, whose notes and images it keeps."""
    writer = messages.Writer()
    writer.write(inlines)
    return parsing.restore_inlines(blocks, writer.marks)[0]


def locate_segments(document: Document) -> list[tuple[Segment, Nodes, str]]:
    """Return every place of *document* that has a text, its inlines and its `file:line`, in reading order."""
    where = _LocationFinder(document)
    return [(place, inlines, where.find(place, inlines)) for place, inlines in find_segments(document)]


def fill(document: Document, language: str, refill: Callable[[Segment, Nodes], Nodes]) -> Document:
    """Return *document* in *language*, with what *refill* gives for each place and the inlines there."""
    walk = Segmenter(refill)
    front = _front(document.front, walk)
    blocks = walk.blocks(document.blocks)
    drawn = {picture.name: _picture(picture, walk, languages.tag(language)) for picture in _drawings(document)}
    pictures = tuple(drawn.get(picture.name, picture) for picture in document.pictures)
    return replace(document, language=language, front=front, blocks=blocks, pictures=pictures)


def segment_document(document: Document) -> Segmenter:
    """Return the one cut after its way through the blocks of *document*: it knows what is kept, and what is unheard."""
    walk = Segmenter(lambda _place, inlines: inlines)
    walk.blocks(document.blocks)
    return walk


class _CandidateMessage:
    """The message of one place on its way to a unit."""

    def __init__(self, place: Segment, inlines: Nodes) -> None:
        self.place = place
        self.inlines = inlines
        self.exact = False
        self._write(strict=False)

    def strictly(self) -> _CandidateMessage:
        self._write(strict=True)
        return self

    def _write(self, *, strict: bool) -> None:
        writer = messages.Writer(strict=strict)
        self.text = writer.write(self.inlines)
        self.marks = writer.marks


def _settle(drafts: Sequence[_CandidateMessage]) -> None:
    read = _read([("message", draft.text, draft.marks) for draft in drafts])
    for draft, blocks in zip(drafts, read, strict=True):
        inlines, faults = parsing.restore_inlines(blocks, draft.marks)
        draft.exact = not faults and parsing.is_same_text(inlines, draft.inlines)


def _read(jobs: Sequence[tuple[str, str, Mapping[str, Node]]]) -> list[Nodes]:
    """Return the blocks of each message in *jobs*: name, text, marks. Pandoc reads those that are not plain."""
    known = [None if marks else parsing.parse_plain(text) for _, text, marks in jobs]
    asked = [
        (name, pandoc.FRAGMENT, messages.to_markdown(text, marks))
        for (name, text, marks), inlines in zip(jobs, known, strict=True)
        if inlines is None
    ]
    read = iter(pandoc.read(asked))
    return [next(read) if inlines is None else [tree.element("Para", inlines)] for inlines in known]


def _places(document: Document) -> list[tuple[Segment, Nodes]]:
    found: list[tuple[Segment, Nodes]] = []

    def visit(place: Segment, inlines: Nodes) -> Nodes:
        found.append((place, inlines))
        return inlines

    walk = Segmenter(visit)
    _front(document.front, walk)
    walk.blocks(document.blocks)
    for picture in _drawings(document):
        _picture(picture, walk, languages.tag(document.language))
    return sorted(found, key=lambda pair: pair[0].index)


def _front(front: FrontMatter, walk: Segmenter) -> FrontMatter:
    texts = {}
    for key, inlines in front.texts.items():
        name = key.split(".")[0]
        texts[key] = walk.text(inlines, name, f"meta:{name}")
    return FrontMatter(front.plain, texts, front.lines)


def _drawings(document: Document) -> list[Picture]:
    """Return the images of *document* with words to translate in them."""
    shown = localization_notes.translated_images(document)
    return [picture for picture in document.pictures if picture.name.lower().endswith(".svg") and picture.name in shown]


def _picture(picture: Picture, walk: Segmenter, language: str) -> Picture:
    root = svg.parse(picture.content, picture.name)
    with walk.showing(picture.name):
        made = [walk.text(tree.words(text), "figure text") for _, text in svg.texts(root)]
    words = [(tree.plain(inlines), tree.language(inlines)) for inlines in made]
    return Picture(picture.name, svg.with_texts(root, words, language))


def _units(document: Document, drafts: Sequence[_CandidateMessage]) -> list[tuple[Unit, bool]]:
    where = _LocationFinder(document)
    made = []
    for draft in drafts:
        place = draft.place
        safety = place.safety or risky(draft.text, document.language)
        line = where.find(place, draft.inlines)
        unit = Unit(place.index, draft.text, place.context, place.kind, place.section, line)
        unit = replace(unit, safety=safety, marks=draft.marks, legend=messages.describe_marks(draft.marks))
        unit = replace(unit, comments=place.comments)
        made.append((unit, draft.exact))
    return made


def _inexact(unit: Unit) -> PolyleafError:
    return SourceError(
        f"{unit.location}: this text cannot be shown to a translator without changing it: {unit.message[:60]!r}",
        hint="Write it with simpler markup, no links or spans inside one another, and no private characters.",
    )


class _LocationFinder:
    """Says for each place of a document, asked in order, in which file and line it stands."""

    def __init__(self, document: Document) -> None:
        self._path = str(document.path)
        self._front = [document.front.lines[key] for key in document.front.texts]
        self._lines = LineIndex(COMMENT.sub(blank, document.text))
        folder = document.path.parent
        self._pictures = [
            f"{folder / picture.name}:{line}"
            for picture in _drawings(document)
            for line, _ in svg.texts(svg.parse(picture.content, picture.name))
        ]

    def find(self, place: Segment, inlines: Nodes) -> str:
        if place.context.startswith("meta:"):
            return f"{self._path}:{self._front[place.index]}"
        if place.kind == "figure text":
            return self._pictures.pop(0)
        line = self._lines.find(tree.plain(inlines), out_of_order=place.kind in OUT_OF_ORDER)
        return f"{self._path}:{line}"
