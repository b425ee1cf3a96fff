"""Stage 5: title, labels, dates, identifier, look and paper of one edition of one language."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from polyleaf import languages, pandoc, templates, tree
from polyleaf.editions import transforms
from polyleaf.editions.footnotes import with_named_sources
from polyleaf.editions.typography import directed, kept, typeset
from polyleaf.editions.untranslated import LanguageLabel, is_foreign, without_labels
from polyleaf.model import Alternate, Chapter, Edition, Heading, Theme
from polyleaf.sources import localization_notes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from polyleaf.config import Project
    from polyleaf.model import Localized, Nodes
    from polyleaf.sources import Reference

__all__ = ["EditionSettings", "make_editions"]

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "polyleaf")
"""The name space (RFC 9562, version 5) of the identifiers of editions."""


@dataclass(frozen=True, slots=True)
class EditionSettings:
    """What all editions of a project are made with: its settings and references.

    *printed* says of each leaflet in which languages there are editions of it. *theme* is their look.
    """

    project: Project
    references: Mapping[str, Reference]
    printed: Mapping[str, Sequence[str]]
    theme: Theme = field(default_factory=Theme)


def make_editions(localized: Sequence[Localized], settings: EditionSettings) -> list[Edition]:
    """Return the edition of each of *localized*; pandoc runs twice, however many there are."""
    plain = [_front(one, settings) for one in localized]
    source = settings.project.source_language
    texts = [_prepared(one, edition, source) for one, edition in zip(localized, plain, strict=True)]
    cited = _cited([(text, edition) for text, edition in zip(texts, plain, strict=True)], settings)
    parts = [transforms.sections(transforms.with_innermost_links(text)) for text in cited]
    html = iter(pandoc.write([section for part in parts for section in part]))
    made = []
    for edition, part in zip(plain, parts, strict=True):
        chapters = tuple(Chapter(_heading(section, edition), next(html)) for section in part)
        made.append(replace(edition, chapters=chapters, contents=_contents(part, edition)))
    return made


def _prepared(one: Localized, edition: Edition, source: str) -> Nodes:
    language, folder = one.document.language, one.document.path.parent
    told = {unit.location.rpartition(":")[0] for unit in one.missing if unit.kind == "figure text"}
    drawings = (picture.name for picture in one.document.pictures if str(folder / picture.name) in told)
    language_label = LanguageLabel(language, source, frozenset(drawings))
    separator = languages.list_separator(language)
    colophon = templates.render("colophon.html.j2", language, edition=edition, separator=separator)
    return transforms.structured(typeset(one.document.blocks, language), language_label, colophon)


def _cited(texts: Sequence[tuple[Nodes, Edition]], settings: EditionSettings) -> list[Nodes]:
    """Return the texts with citations and sources set; those that cite nothing need no run for it."""
    needy = [at for at, (text, _) in enumerate(texts) if any(node["t"] == "Cite" for node in tree.walk(text))]
    jobs = []
    for text, edition in (texts[at] for at in needy):
        items = [reference.metadata(edition.language) for reference in settings.references.values()]
        habits = languages.tag(languages.with_default_region(edition.language.replace("-", "_")))
        jobs.append((text, items, habits))
    made = [text for text, _ in texts]
    for at, text in zip(needy, pandoc.cite(jobs, templates.read_asset("citations.csl")), strict=True):
        language = texts[at][1].language.replace("-", "_")
        made[at] = directed(kept(with_named_sources(text, language)), language)  # what sources say comes only now
    return made


def _front(one: Localized, settings: EditionSettings) -> Edition:
    """Return the edition without its text."""
    document = one.document
    code, front = document.language, document.front
    texts = {key: tree.plain(typeset(inlines, code)) for key, inlines in front.texts.items()}
    keys = list(front.texts)
    foreign = {keys[unit.index] for unit in one.missing if unit.context.startswith("meta:")}
    source = settings.project.source_language
    plain = {**settings.theme.organisation.front_matter_for(front.plain), **front.plain}
    version, publisher = plain.get("version", ""), plain.get("publisher", "")
    name = f"{publisher}/{document.leaflet}/{code}/{version}"
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
        date=_day(plain.get("date"), code),
        date_iso=plain.get("date", ""),
        review_by=_day(plain.get("review-by"), code),
        modified=one.modified,
        identifier=uuid.uuid5(NAMESPACE, name).urn,
        source_language=languages.tag(source),
        source_direction=languages.direction(source),
        foreign_label=templates.in_language(source, code),
        foreign=frozenset(foreign),
        incomplete=bool(one.missing),
        chapters=(),
        contents=(),
        alternates=_alternates(document.leaflet, code, settings.printed[document.leaflet]),
        pictures=document.pictures,
        theme=settings.theme,
    )


def _day(value: str | None, code: str) -> str:
    return languages.long_date(date.fromisoformat(value), code) if value else ""


def _alternates(leaflet: str, code: str, printed: Sequence[str]) -> tuple[Alternate, ...]:
    others = [other for other in printed if other != code]
    return tuple(
        Alternate(
            languages.tag(other),
            languages.autonym(other),
            f"../{other}/{quote(leaflet)}.html",
            languages.direction(other),
        )
        for other in others
    )


def _contents(parts: Sequence[Nodes], edition: Edition) -> tuple[Heading, ...]:
    found = [node for part in parts for node in tree.walk(part) if node["t"] == "Header"]
    return tuple(_entry(node["c"], edition) for node in found)


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
