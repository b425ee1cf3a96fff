"""Stage 4: localization: a document and a catalog make the document in another language, and what is still missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from polyleaf import templates, tree, units
from polyleaf.catalogs import Catalog
from polyleaf.languages import direction, tag
from polyleaf.model import Document, Localized, Node, Nodes, Unit
from polyleaf.quotations import quote
from polyleaf.sources import localization_notes
from polyleaf.units.kept_texts import is_name
from polyleaf.units.segmentation import TITLE, Segment

UNTRANSLATED = "untranslated"
"""The class of a passage that is still in the source language."""


@dataclass(frozen=True, slots=True)
class LocalizationJob:
    """A document with its units, and what there is of it in *language* (no catalogue: the source itself)."""

    document: Document
    units: tuple[Unit, ...]
    language: str
    catalog: Catalog | None = None


@dataclass(frozen=True, slots=True)
class InvalidTranslation:
    """A translation of *job* that cannot be used: its `file:line`, what is wrong with it, and the way out."""

    job: LocalizationJob
    location: str
    fact: str
    hint: str


def localize_documents(jobs: Sequence[LocalizationJob]) -> tuple[list[Localized], list[InvalidTranslation]]:
    """Return the document of each of *jobs* in its language, and the translations that cannot be used.

    Where a translation is missing or fuzzy, or equals the message, the nodes of the source go back untouched; a
    missing one is marked with the language that it is in. So is one that makes blocks, loses or invents a mark, or
    brings HTML. All translations are read in one run of pandoc.
    """
    filled: dict[int, dict[int, Nodes]] = {}
    refused: dict[int, set[int]] = {}
    invalid: list[InvalidTranslation] = []
    for job, unit, text, blocks in _parse(jobs):
        faults = units.find_faults(unit, text, blocks)
        if faults:
            refused.setdefault(id(job), set()).add(unit.index)
        else:
            filled.setdefault(id(job), {})[unit.index] = blocks
        invalid += [_invalid(job, unit, fact) for fact in faults]
    return [_localized(job, filled.get(id(job), {}), refused.get(id(job), set())) for job in jobs], invalid


def _parse(jobs: Sequence[LocalizationJob]) -> Iterator[tuple[LocalizationJob, Unit, str, Nodes]]:
    """Yield every translation that says something else than its message, as pandoc reads it."""
    requests = [(job, unit, text) for job in jobs for unit, text in _translations(job)]
    parsed = units.parse_translations([(unit, text) for _, unit, text in requests])
    for (job, unit, text), blocks in zip(requests, parsed, strict=True):
        yield job, unit, text, blocks


def _translations(job: LocalizationJob) -> Iterator[tuple[Unit, str]]:
    for unit in job.units if job.catalog else ():
        text = job.catalog.translation(unit) if job.catalog else None
        if text and text != unit.message:
            yield unit, text


def _invalid(job: LocalizationJob, unit: Unit, fact: str) -> InvalidTranslation:
    location = job.catalog.location(unit) if job.catalog else unit.location
    marks = ", ".join(unit.legend)
    hint = f"Repair it there; its marks are: {marks}" if "mark" in fact and marks else "Repair it there."
    return InvalidTranslation(job, location, f"in the translation of {quote(unit.message)}: {fact}", hint)


def _localized(job: LocalizationJob, texts: Mapping[int, Nodes], refused: Collection[int]) -> Localized:
    missing = {
        unit.index: unit
        for unit in job.units
        if job.catalog and (unit.index in refused or not job.catalog.translation(unit))
    }
    source = _attributes(job.document.language, job.language)
    label = tree.words(templates.in_language(job.document.language, job.language))
    localized: dict[int, Nodes] = {}

    def refill(segment: Segment, inlines: Nodes) -> Nodes:
        if segment.index in missing and segment.kind == TITLE:  # an attribute cannot name its language
            return [*label, tree.element("Space"), *inlines]
        if segment.index in missing:
            return [tree.span(inlines, classes=[UNTRANSLATED], pairs=source)]
        if segment.index in texts:
            inlines = units.restore(texts[segment.index], inlines)
        localized[segment.index] = inlines
        return inlines

    document = units.fill(job.document, job.language, refill)
    if job.language != job.document.language:
        document = replace(document, blocks=_with_language(document.blocks, source, job.document.language))
    title = job.document.front.texts.get("title", []) if job.language != job.document.language else []
    return Localized(replace(document, text=job.document.text), tuple(missing.values()), localized, title)


def _with_language(blocks: Nodes, source: Mapping[str, str], language: str) -> Nodes:
    """Return *blocks*, in which words that stay as they are say that they are in the *source* (its attributes).

    Where an author has named their language, that is it. A note is printed elsewhere, and says so there. What is more
    than a name is marked as every text that is not translated; *language* is the code of the source.
    """

    def change(node: Node) -> Node:
        if not localization_notes.is_kept(node) or not any(_is_word(part) for part in tree.walk(node)):
            return node
        (identifier, classes, pairs), inside = node["c"]
        own = dict(pairs)
        named = {key: own[key] for key in ("lang", "dir") if key in own} if "lang" in own else dict(source)
        is_labelled = named.get("lang") == source["lang"] and not is_name(node, language)
        marked = [UNTRANSLATED] if is_labelled else []
        if is_labelled and node["t"] == "Span":
            classes = [*classes, *marked]
        attr = [identifier, classes, [[key, value] for key, value in {**named, **own}.items()]]
        is_box = is_labelled and node["t"] != "Span"
        mark = (lambda inner: _marked(inner, named, marked)) if is_box else (lambda inner: _note(inner, named, marked))
        return tree.element(node["t"], [attr, tree.rebuild(inside, mark)])

    return list(tree.rebuild(blocks, change))


def _note(node: Node, pairs: dict[str, str], classes: list[str]) -> Node:
    if node["t"] != "Note":
        return node
    return tree.element("Note", tree.rebuild(node["c"], lambda block: _marked(block, pairs, classes)))


def _marked(block: Node, pairs: dict[str, str], classes: list[str]) -> Node:
    """Return *block* with a span around each text that it holds itself."""
    if block["t"] in {"Para", "Plain"}:
        return tree.element(block["t"], [_passage(block["c"], pairs, classes)])
    if block["t"] == "Header":
        level, attr, inlines = block["c"]
        return tree.element("Header", [level, attr, [_passage(inlines, pairs, classes)]])
    if block["t"] == "LineBlock":
        return tree.element("LineBlock", [[_passage(line, pairs, classes)] for line in block["c"]])
    if block["t"] == "DefinitionList":
        return tree.element("DefinitionList", [[[_passage(term, pairs, classes)], rest] for term, rest in block["c"]])
    return block


def _passage(inlines: Nodes, pairs: dict[str, str], classes: list[str]) -> Node:
    """Return *inlines* as one passage, in which no other one is marked."""
    inside = tree.rebuild(inlines, _unmarked)
    return tree.span(inside, classes=classes, pairs=pairs)


def _unmarked(node: Node) -> Node:
    if node["t"] != "Span" or UNTRANSLATED not in node["c"][0][1]:
        return node
    (identifier, classes, pairs), inlines = node["c"]
    return tree.element("Span", [[identifier, [name for name in classes if name != UNTRANSLATED], pairs], inlines])


def _is_word(node: Node) -> bool:
    return node["t"] == "Str" and any(char.isalpha() for char in node["c"])


def _attributes(source: str, language: str) -> dict[str, str]:
    """Return what marks a passage in *source* inside a document in *language*: its direction only where it turns."""
    is_turned = direction(source) != direction(language)
    return {"lang": tag(source)} | ({"dir": direction(source)} if is_turned else {})
