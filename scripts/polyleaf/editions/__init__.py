"""Stage 5: editions, one a leaflet and language: title, labels, dates, identifier, theme and the text as HTML.

Modules: `admonitions` (boxes: key points, warnings, calls), `footnotes` (letters, and the notes as a section at the
end), `tables` (header cells and the names of columns), `transforms` (levels, links, lists, figures, glossary,
colophon), `task_lists` (boxes with names), `typography` (quotation marks; numbers kept with their units),
`inline_text` (the text of a paragraph across its markup), `phone_links` (telephone numbers as links),
`language_labels` (passages in the source language, marked and labelled).
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import quote

from polyleaf import languages, pandoc, svg, templates, tree
from polyleaf.config import Project
from polyleaf.editions import transforms
from polyleaf.editions.footnotes import with_named_sources
from polyleaf.editions.language_labels import LanguageLabel, is_foreign, without_labels
from polyleaf.editions.phone_links import link_numbers
from polyleaf.editions.typography import directed, isolated, kept, typeset
from polyleaf.facts import phone_numbers
from polyleaf.model import Alternate, Chapter, Edition, Heading, Localized, Nodes, Picture, Theme
from polyleaf.sources import Reference, localization_notes
from polyleaf.sources.images import prepare_images
from polyleaf.theme.css import MEDIA_TYPES, media_type

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "polyleaf")
"""The name space (RFC 9562, version 5) of the identifiers of editions, which all versions have in common."""


@dataclass(frozen=True, slots=True)
class EditionSettings:
    """What all editions of a project are made with: its settings and references.

    *printed* says of each leaflet in which languages there are editions of it. *theme* is the same for all.
    """

    project: Project
    references: Mapping[str, Reference]
    printed: Mapping[str, Sequence[str]]
    theme: Theme = field(default_factory=Theme)


def make_editions(localized: Sequence[Localized], settings: EditionSettings) -> list[Edition]:
    """Return the edition of each of *localized*; pandoc runs twice, however many there are."""
    fronts = [_front(document, settings) for document in localized]
    source = settings.project.source_language
    texts = [_prepared(document, front, source) for document, front in zip(localized, fronts, strict=True)]
    cited = _cited(list(zip(texts, fronts, strict=True)), settings)
    parts = [transforms.sections(transforms.with_innermost_links(text)) for text in cited]
    html = iter(pandoc.write([section for part in parts for section in part]))
    editions = []
    for edition, part in zip(fronts, parts, strict=True):
        chapters = tuple(Chapter(_heading(section, edition), next(html)) for section in part)
        editions.append(replace(edition, chapters=chapters, contents=_contents(part, edition)))
    return editions


def _prepared(localized: Localized, edition: Edition, source: str) -> Nodes:
    document = localized.document
    language, folder = document.language, document.path.parent
    untranslated = {unit.location.rpartition(":")[0] for unit in localized.missing if unit.kind == "figure text"}
    drawings = (picture.name for picture in document.pictures if str(folder / picture.name) in untranslated)
    language_label = LanguageLabel(language, source, frozenset(drawings))
    separator = languages.list_separator(language)
    phone = phone_numbers.address(edition.contact.get("phone", ""), source)
    colophon = templates.render("colophon.html.j2", language, edition=edition, separator=separator, phone=phone)
    blocks = link_numbers(document.blocks, (language, source), source)
    return transforms.structured(typeset(blocks, language), language_label, colophon)


def _cited(texts: Sequence[tuple[Nodes, Edition]], settings: EditionSettings) -> list[Nodes]:
    """Return the texts with citations and references in them; pandoc gets only those that cite something."""
    citing = [at for at, (text, _) in enumerate(texts) if any(node["t"] == "Cite" for node in tree.walk(text))]
    requests = []
    for text, edition in (texts[at] for at in citing):
        items = [reference.metadata(edition.language) for reference in settings.references.values()]
        locale = languages.tag(languages.with_default_region(edition.language.replace("-", "_")))
        requests.append((text, items, locale))
    cited = [text for text, _ in texts]
    for at, text in zip(citing, pandoc.cite(requests, templates.read_asset("citations.csl")), strict=True):
        language = texts[at][1].language.replace("-", "_")
        cited[at] = directed(kept(with_named_sources(text, language)), language)  # only now are references there
    return cited


def _front(localized: Localized, settings: EditionSettings) -> Edition:
    """Return the edition without its text."""
    document = localized.document
    code, front = document.language, document.front
    texts = {key: tree.plain(typeset(inlines, code)) for key, inlines in front.texts.items()}
    keys = list(front.texts)
    foreign = {keys[unit.index] for unit in localized.missing if unit.context.startswith("meta:")}
    source = settings.project.source_language
    plain = {**settings.theme.organisation.front_matter_for(front.plain), **front.plain}
    version, publisher = plain.get("version", ""), plain.get("publisher", "")
    owner = settings.project.project_id or publisher
    return Edition(
        leaflet=document.leaflet,
        language=languages.tag(code),
        direction=languages.direction(code),
        **{key: texts.get(key, "") for key in ("title", "subtitle", "description", "audience", "notice", "funding")},
        keywords=tuple(text for key, text in texts.items() if key.startswith("keywords.")),
        version=version,
        status=plain.get("status", ""),
        publisher=publisher,
        licence=plain.get("licence", ""),
        contact={key.removeprefix("contact."): value for key, value in plain.items() if key.startswith("contact.")},
        date=_format_date(plain.get("date"), code),
        date_iso=plain.get("date", ""),
        review_by=_format_date(plain.get("review-by"), code),
        modified=localized.modified,
        identifier=uuid.uuid5(NAMESPACE, f"{owner}/{document.leaflet}/{code}").urn,
        source_language=languages.tag(source),
        source_direction=languages.direction(source),
        foreign_label=templates.in_language(source, code),
        foreign=frozenset(foreign),
        incomplete=bool(localized.missing),
        chapters=(),
        contents=(),
        alternates=_alternates(document.leaflet, code, settings.printed[document.leaflet]),
        pictures=tuple(_in_order(picture, code) for picture in prepare_images(document)),
        source_description=_describe_in_source(localized.source_title, code, source, version),
        theme=settings.theme,
    )


def _in_order(picture: Picture, code: str) -> Picture:
    """Return *picture* with the amounts in its words in the order that they have in texts of the language *code*."""
    if languages.direction(code) != "rtl" or media_type(picture) != MEDIA_TYPES[".svg"]:
        return picture
    figure = svg.parse(picture.content, picture.name)
    return replace(picture, content=svg.change_right_to_left(figure, isolated))


def _describe_in_source(title: Nodes, code: str, source: str, version: str) -> str:
    """Return language, title and version in the language *source*: `Turks · Uw knie · Versie 2`; nothing of a source.

    The version is a mere number where the labels are not in that language.
    """
    if not title:
        return ""
    number = templates.label("Version %(version)s", source) % {"version": version} if version else ""
    number = number if templates.has_labels(source) else version
    parts = (languages.title_name(code, source), tree.plain(typeset(title, source)), number)
    return " · ".join(part for part in parts if part)


def _format_date(value: str | None, code: str) -> str:
    return languages.long_date(date.fromisoformat(value), code) if value else ""


def _alternates(leaflet: str, code: str, printed: Sequence[str]) -> tuple[Alternate, ...]:
    return tuple(
        Alternate(
            languages.tag(language),
            languages.autonym(language),
            f"../{language}/{quote(leaflet)}.html",
            languages.direction(language),
        )
        for language in printed
        if language != code
    )


def _contents(parts: Sequence[Nodes], edition: Edition) -> tuple[Heading, ...]:
    headings = [node for part in parts for node in tree.walk(part) if node["t"] == "Header"]
    return tuple(_entry(node["c"], edition) for node in headings)


def _heading(section: Nodes, edition: Edition) -> Heading | None:
    node = transforms.heading(section)
    return _entry(node["c"], edition) if node else None


def _entry(content: list[Any], edition: Edition) -> Heading:
    level, attr, inlines = content
    foreign, inlines = is_foreign(inlines), without_labels(inlines)
    language = edition.source_language if foreign else ""
    if len(inlines) == 1 and (localization_notes.is_kept(inlines[0]) or tree.language(inlines)):
        language = tree.language(inlines)
    return Heading(attr[0], tree.plain(inlines), level, language, edition.foreign_label if foreign else "")
