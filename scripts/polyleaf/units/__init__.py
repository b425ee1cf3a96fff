"""Stage 2: the translatable units of a document, and the same document refilled with translations.

`segmentation` finds the segments, `message` writes them for translators, `parsing` takes the translations;
`kept_texts` has what nobody translates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from polyleaf import languages, pandoc, svg, tree
from polyleaf.errors import PolyleafError, SourceError, stop_for
from polyleaf.facts import risky
from polyleaf.model import LONGEST_MESSAGE, Document, FrontMatter, Node, Nodes, Picture, Unit
from polyleaf.quotations import quote
from polyleaf.sources import localization_notes
from polyleaf.sources.positions import LineIndex, without_comments
from polyleaf.units import parsing
from polyleaf.units.message import Writer, describe_marks, format_mark, is_text, to_markdown
from polyleaf.units.segmentation import Segment, Segmenter

LETTERS = re.compile(r"(?<!\\)\]\[([a-z]+)\]")
"""The letters of links and other wrapped words in a message."""

LONGEST, MOST = 10_000, 10_000
"""How many characters a text may have (four pages without a paragraph), and how many texts a leaflet: what
the checks compare grows faster than both."""

OUT_OF_ORDER = frozenset(("note", "alternative text", "title of a link or image", "caption", "short caption"))
"""Kinds of text that stand elsewhere in the manuscript than in the tree."""


def extract_units(documents: Sequence[Document]) -> list[tuple[Unit, ...]]:
    """Return the units of each of *documents*, in reading order, every message tested.

    The test: pandoc reads the message back, and it must be the inlines that the document has. One that is
    not exact in its plain form is written again with every punctuation mark escaped.

    Raises SourceError for every text that is not exact even then (no translator could see all of it), for one of more
    than LONGEST characters, and for a document of more than MOST texts.
    """
    segments = [find_segments(document) for document in documents]
    stop_for([error for pair in zip(documents, segments, strict=True) for error in _oversized(*pair)])
    messages = iter(_write_exactly([pair for pairs in segments for pair in pairs]))
    units = [
        _units(document, pairs, [next(messages) for _ in pairs])
        for document, pairs in zip(documents, segments, strict=True)
    ]
    stop_for([error for row in units for unit, exact in row for error in _unusable(unit, exact=exact)])
    return [tuple(unit for unit, _ in row) for row in units]


def deduplicate(units: Iterable[Unit]) -> list[Unit]:
    """Return every message of *units* once, as a catalogue has it; of safety when it is so anywhere."""
    first: dict[tuple[str, str], Unit] = {}
    for unit in units:
        if unit.key not in first or unit.safety:
            first[unit.key] = unit
    return list(first.values())


def find_segments(document: Document) -> list[tuple[Segment, Nodes]]:
    """Return every segment of *document* that has something to translate, with its inlines, in reading order."""
    segments: list[tuple[Segment, Nodes]] = []

    def visit(segment: Segment, inlines: Nodes) -> Nodes:
        if is_text(inlines):
            segments.append((segment, inlines))
        return inlines

    _refill(document, Segmenter(visit), document.language)
    return sorted(segments, key=lambda pair: pair[0].index)


def locate_segments(document: Document) -> list[tuple[Segment, Nodes, str]]:
    """Return every segment of *document* that has a text, its inlines and its `file:line`, in reading order."""
    segments = find_segments(document)
    locations = _locations(document, segments)
    return [(segment, inlines, location) for (segment, inlines), location in zip(segments, locations, strict=True)]


def parse_translations(requests: Sequence[tuple[Unit, str]]) -> list[Nodes]:
    """Return for each unit and translation in *requests* the blocks that pandoc reads in the translation.

    Where pandoc has a warning, or takes too long, that is a fault of the translation: it becomes a block that
    `find_faults` reports.
    """
    read = ["" if parsing.find_refusals(text) else parsing.as_text(text) for _, text in requests]
    return _parse([(unit.location, text, unit.marks) for (unit, _), text in zip(requests, read, strict=True)])


def find_faults(unit: Unit, text: str, blocks: Nodes) -> list[str]:
    """Return in words why *text*, read as *blocks*, cannot stand for *unit*; nothing when it can."""
    refusals = parsing.find_refusals(text)
    if refusals:
        return refusals
    letters = set(LETTERS.findall(text)) - set(LETTERS.findall(unit.message)) - set(unit.marks)
    faults = parsing.restore_inlines(blocks, unit.marks)[1]
    faults += [f"the mark {format_mark(name)} is not in the source" for name in sorted(letters)]
    return faults or parsing.find_additions(unit, text, blocks)


def restore(blocks: Nodes, inlines: Nodes) -> Nodes:
    """Return what a translation, read as *blocks*, makes of *inlines*, whose notes and images it keeps."""
    writer = Writer()
    writer.write(inlines)
    return parsing.restore_inlines(blocks, writer.marks)[0]


def fill(document: Document, language: str, visit: Callable[[Segment, Nodes], Nodes]) -> Document:
    """Return *document* in *language*, with what *visit* returns for each segment and its inlines."""
    return _refill(document, Segmenter(visit), language)


def segment_document(document: Document) -> Segmenter:
    """Return the segmenter after its way through the blocks of *document*, for its *kept* and *unheard*."""
    segmenter = Segmenter(lambda _segment, inlines: inlines)
    segmenter.blocks(document.blocks)
    return segmenter


@dataclass(frozen=True, slots=True)
class _Message:
    """The message of a segment; *exact* when pandoc reads the same inlines in it."""

    text: str
    marks: Mapping[str, Node]
    exact: bool


def _write_exactly(segments: Sequence[tuple[Segment, Nodes]]) -> list[_Message]:
    """Return the message of each of *segments*; one that is not exact in its plain form has all punctuation escaped."""
    messages = _write([inlines for _, inlines in segments], strict=False)
    inexact = [inlines for (_, inlines), message in zip(segments, messages, strict=True) if not message.exact]
    strict = iter(_write(inexact, strict=True))
    return [message if message.exact else next(strict) for message in messages]


def _write(texts: Sequence[Nodes], *, strict: bool) -> list[_Message]:
    writers = [Writer(strict=strict) for _ in texts]
    messages = [(writer.write(inlines), writer.marks) for writer, inlines in zip(writers, texts, strict=True)]
    parsed = _parse([("message", text, marks) for text, marks in messages])
    return [
        _Message(text, marks, _is_exact(blocks, marks, inlines))
        for (text, marks), blocks, inlines in zip(messages, parsed, texts, strict=True)
    ]


def _is_exact(blocks: Nodes, marks: Mapping[str, Node], inlines: Nodes) -> bool:
    restored, faults = parsing.restore_inlines(blocks, marks)
    return not faults and parsing.is_same_text(restored, inlines)


def _parse(texts: Sequence[tuple[str, str, Mapping[str, Node]]]) -> list[Nodes]:
    """Return the blocks of each of *texts*: name, message, marks. Pandoc reads those that are not plain, in one run."""
    plain = [None if marks else parsing.parse_plain(text) for _, text, marks in texts]
    requests = [
        (name, pandoc.FRAGMENT, to_markdown(text, marks))
        for (name, text, marks), inlines in zip(texts, plain, strict=True)
        if inlines is None
    ]
    parsed = (
        [parsing.EXCEEDED if result.exceeded else parsing.WARNED] if isinstance(result, pandoc.Refusal) else result
        for result in pandoc.read_each(requests)
    )
    return [next(parsed) if inlines is None else [tree.element("Para", inlines)] for inlines in plain]


def _refill(document: Document, segmenter: Segmenter, language: str) -> Document:
    """Return *document* in *language* after *segmenter* has gone through front matter, blocks and drawings."""
    texts = {}
    for key, inlines in document.front.texts.items():
        name = key.split(".")[0]
        texts[key] = segmenter.text(inlines, name, f"meta:{name}")
    front = FrontMatter(document.front.plain, texts, document.front.lines)
    blocks = segmenter.blocks(document.blocks)
    drawings = {drawing.name: _refill_drawing(drawing, segmenter, language) for drawing in _drawings(document)}
    pictures = tuple(drawings.get(picture.name, picture) for picture in document.pictures)
    return replace(document, language=language, front=front, blocks=blocks, pictures=pictures)


def _drawings(document: Document) -> list[Picture]:
    """Return the images of *document* with words to translate in them."""
    drawings = [picture for picture in document.pictures if picture.name.lower().endswith(".svg")]
    shown = localization_notes.find_translated_images(document) if drawings else set()
    return [drawing for drawing in drawings if drawing.name in shown]


def _refill_drawing(drawing: Picture, segmenter: Segmenter, language: str) -> Picture:
    root = svg.parse(drawing.content, drawing.name)
    with segmenter.showing(drawing.name):
        texts = [segmenter.text(tree.words(text), "figure text") for _, text in svg.find_texts(root)]
    words = [(tree.plain(inlines), tree.language(inlines)) for inlines in texts]
    return Picture(drawing.name, svg.replace_texts(root, words, languages.tag(language)))


def _units(
    document: Document, segments: Sequence[tuple[Segment, Nodes]], messages: Sequence[_Message]
) -> list[tuple[Unit, bool]]:
    """Return each unit, and whether its message is exact."""
    locations = _locations(document, segments)
    units = []
    for (segment, _), message, location in zip(segments, messages, locations, strict=True):
        unit = Unit(segment.index, message.text, segment.context, segment.kind, segment.section, location)
        safety = segment.safety or risky(message.text, document.language)
        unit = replace(unit, safety=safety, marks=message.marks, legend=describe_marks(message.marks))
        units.append((replace(unit, comments=segment.comments), message.exact))
    return units


def _oversized(document: Document, segments: Sequence[tuple[Segment, Nodes]]) -> Iterator[PolyleafError]:
    """Yield an error for each text that is too long, and for too many of them."""
    texts = [tree.plain(inlines) for _, inlines in segments]
    if len(texts) > MOST:
        fact = f"{document.path}: it has more than {MOST} texts, which no leaflet has"
        yield SourceError(fact, hint="Make several leaflets of it.")
    elif max(map(len, texts), default=0) > LONGEST:
        for text, location in zip(texts, _locations(document, segments), strict=True):
            if len(text) > LONGEST:
                yield _too_long(location, text)


def _unusable(unit: Unit, *, exact: bool) -> Iterator[PolyleafError]:
    """Yield an error for a message that no translator could see all of, as it is not *exact*, or is too long."""
    if not exact:
        fact = f"{unit.location}: this text cannot be shown to a translator without changing it: {quote(unit.message)}"
        hint = "Write it with simpler markup, no links or spans inside one another, and no private characters."
        yield SourceError(fact, hint=hint)
    elif len(unit.message) > LONGEST_MESSAGE:
        yield _too_long(unit.location, unit.message)


def _too_long(location: str, text: str) -> PolyleafError:
    fact = f"{location}: this paragraph has more than {LONGEST} characters, or marks on every letter: {quote(text)}"
    return SourceError(fact, hint="Make several of it.")


def _locations(document: Document, segments: Sequence[tuple[Segment, Nodes]]) -> list[str]:
    """Return the `file:line` of each of *segments*, which are those of *document* in reading order."""
    front = [document.front.lines[key] for key in document.front.texts]
    index = LineIndex(without_comments(document.text))
    in_drawings = (
        f"{document.path.parent / drawing.name}:{line}"
        for drawing in _drawings(document)
        for line, text in svg.find_texts(svg.parse(drawing.content, drawing.name))
        if is_text(tree.words(text))
    )

    def locate(segment: Segment, inlines: Nodes) -> str:
        if segment.context.startswith("meta:"):
            return f"{document.path}:{front[segment.index]}"
        if segment.kind == "figure text":
            return next(in_drawings)
        line = index.find(tree.plain(inlines), out_of_order=segment.kind in OUT_OF_ORDER)
        return f"{document.path}:{line}"

    return [locate(segment, inlines) for segment, inlines in segments]
